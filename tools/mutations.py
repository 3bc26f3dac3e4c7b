"""What a mutant is: one small change in a function's code, made on its syntax tree; which there are, and how one is put in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_HIT = "_mutants_hit"
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A change in a function: where, the words before and after, and the how-manieth in the function it is that reads so.

    ``line`` is where the changed statement begins; ``node`` and ``choice`` are the changed node and which of its changes this is.
    """

    module: str
    function: str
    line: int
    before: str
    after: str
    nth: int
    node: int
    choice: int

    @property
    def name(self) -> str:
        """Return a name that holds for as long as the function has these words."""
        again = f" #{self.nth + 1}" if self.nth else ""
        return f"{self.module}:{self.function}: {self.before} => {self.after}{again}"


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Return every mutant of the functions of a module.

    >>> [(m.before, m.after) for m in mutants_of("m", "def f(a, b=1):\\n    return a < b\\n")]
    [('return a < b', 'return None'), ('1', '2'), ('a < b', 'a <= b')]
    """
    found: list[Mutant] = []
    for name, function in _functions(ast.parse(source)):
        alike: dict[tuple[str, str], int] = {}
        out, lines = _left_out(function), _lines(function)
        for place, node in enumerate(ast.walk(function)):
            changes = [] if node in out else _changes_of(node)
            for choice, changed in enumerate(changes):
                words = ast.unparse(node), ast.unparse(changed)
                alike[words] = alike.get(words, -1) + 1
                found.append(
                    Mutant(
                        module=module,
                        function=name,
                        line=lines[node],
                        before=words[0],
                        after=words[1],
                        nth=alike[words],
                        node=place,
                        choice=choice,
                    )
                )
    return found


def put_in(module: ModuleType, source: str, mutant: Mutant) -> None:
    """Have the process run a function with the mutant's change from now on."""
    tree = ast.parse(source)
    function = next(node for name, node in _functions(tree) if name == mutant.function)
    node = list(ast.walk(function))[mutant.node]
    every = [*function.args.defaults, *function.args.kw_defaults]
    by_default = any(node in ast.walk(default) for default in every if default is not None)
    _replace(function, node, _changes_of(node)[mutant.choice])
    live = _live(module, mutant.function)
    live.__code__ = _codes(tree)[mutant.function]
    if by_default:
        _default(module, live, function)
    for statement in _made_by(tree, mutant.function):
        exec(compile(ast.Module([statement], []), "<mutant>", "exec"), vars(module))


def runs_at_import(source: str, function: str) -> bool:
    """Return whether a module makes something by a function of its own when it is imported.

    >>> runs_at_import("def f(): ...; X = f()".replace("; ", chr(10)), "f"), runs_at_import("def f(): ...", "f")
    (True, False)
    """
    return bool(_made_by(ast.parse(source), function))


def watch(module: ModuleType, source: str, hits: set[tuple[str, int]]) -> None:
    """Have the functions of a module note the line of each statement that they come to, with the module's name, in ``hits``."""
    name = module.__name__
    vars(module)[_HIT] = lambda line: hits.add((name, line))
    tree = ast.parse(source)
    for _, function in _functions(tree):
        for node in list(ast.walk(function)):
            for field in ("body", "orelse", "finalbody"):
                body = getattr(node, field, None)
                if isinstance(body, list):
                    setattr(node, field, [each for statement in body for each in (_note(statement), statement)])
    codes = _codes(tree)
    for function_name, _ in _functions(ast.parse(source)):
        _live(module, function_name).__code__ = codes[function_name]


# -- the changes


def _changes_of(node: ast.AST) -> list[ast.AST]:
    return [ast.copy_location(changed, node) for changed in _changes(node)]


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in place of a node."""
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp():
            yield from _joined(node)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _RECKONED:
            yield ast.BinOp(node.left, _RECKONED[type(node.op)](), node.right)
        case ast.Constant():
            yield from _constants(node)
        case ast.Slice():
            yield from _slices(node)
        case ast.expr():
            return
        case _:
            yield from _statements(node)


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    match node:
        case ast.AugAssign():
            if type(node.op) in _RECKONED:
                yield ast.AugAssign(node.target, _RECKONED[type(node.op)](), node.value)
            yield ast.Pass()
        case ast.Return() if node.value is not None and not _is_none(node.value):
            yield ast.Return(ast.Constant(None))
        case ast.Assign() if not isinstance(node.targets[0], ast.Tuple) and not _is_none(node.value):
            yield ast.Assign(node.targets, ast.Constant(None))
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()


def _compared(node: ast.Compare) -> Iterator[ast.expr]:
    for place, operator in enumerate(node.ops):
        ops = [_COMPARED[type(operator)]() if n == place else each for n, each in enumerate(node.ops)]
        yield ast.Compare(node.left, ops, node.comparators)


def _joined(node: ast.BoolOp) -> Iterator[ast.expr]:
    """Yield for each place of an 'and' what it is with an 'or' there, and the reverse."""
    other: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    for cut in range(1, len(node.values)):
        halves = node.values[:cut], node.values[cut:]
        yield ast.BoolOp(other, [half[0] if len(half) == 1 else ast.BoolOp(node.op, half) for half in halves])


def _constants(node: ast.Constant) -> Iterator[ast.expr]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(f"XX{value}XX")


def _slices(node: ast.Slice) -> Iterator[ast.Slice]:
    if node.lower is not None:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield ast.Slice(node.lower, None, node.step)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


# -- the tree of a module


def _functions(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, _Function]]:
    """Yield the functions and methods of a module with their names; what is defined inside of them belongs to them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, _Function) and not any(ast.unparse(each) == "overload" for each in node.decorator_list):
            yield f"{inside}{node.name}", node
        elif isinstance(node, ast.ClassDef) and not any(ast.unparse(b) == "Protocol" for b in node.bases):
            yield from _functions(node, f"{inside}{node.name}.")


def _left_out(function: _Function) -> set[ast.AST]:
    """Return the nodes of a function that are not tried: docstrings, annotations, decorators, errors, f-strings' own text."""
    roots: list[ast.AST | None] = []
    for node in ast.walk(function):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                roots += [node.returns, *node.decorator_list]
                if ast.get_docstring(node) is not None:
                    roots.append(node.body[0])
            case ast.arg() | ast.AnnAssign():
                roots.append(node.annotation)
            case ast.Raise():
                roots.append(node)
            case ast.Call(func=ast.Name(id="cast")):
                roots += node.args[:1]
            case ast.JoinedStr():
                roots += [part for part in node.values if isinstance(part, ast.Constant)]
            case ast.FormattedValue():
                roots.append(node.format_spec)
    return {node for root in roots if root is not None for node in ast.walk(root)}


def _lines(function: _Function) -> dict[ast.AST, int]:
    """Return for each node of a function where the statement that it stands in begins; for defaults, the function's first."""
    lines: dict[ast.AST, int] = {}

    def go(node: ast.AST, line: int) -> None:
        inner = node.lineno if isinstance(node, ast.stmt) and node is not function else line
        lines[node] = inner
        for child in ast.iter_child_nodes(node):
            go(child, inner)

    go(function, function.body[0].lineno)
    return lines


def _replace(root: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(root):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
            elif isinstance(value, list):
                setattr(parent, field, [new if each is old else each for each in value])


def _note(statement: ast.stmt) -> ast.stmt:
    called = ast.Call(ast.Name(_HIT, ast.Load()), [ast.Constant(statement.lineno)], [])
    return ast.copy_location(ast.Expr(called), statement)


# -- the living module


def _made_by(tree: ast.Module, function: str) -> list[ast.stmt]:
    """Return the module's own assignments from the first on that calls a function: what is made by it, and of that."""
    made = [each for each in tree.body if isinstance(each, ast.Assign | ast.AugAssign | ast.AnnAssign)]
    for place, each in enumerate(made):
        if any(
            isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == function for n in ast.walk(each)
        ):
            return list(made[place:])
    return []


def _codes(tree: ast.Module) -> dict[str, CodeType]:
    """Return the code of each function and method of a module's tree by its name."""
    found: dict[str, CodeType] = {}
    left = [compile(ast.fix_missing_locations(tree), "<mutant>", "exec", dont_inherit=True)]
    while left:
        for constant in left.pop().co_consts:
            if isinstance(constant, CodeType) and "<" not in constant.co_qualname:
                found[constant.co_qualname] = constant
                left.append(constant)
    return found


def _live(module: ModuleType, name: str) -> FunctionType:
    """Return the function of a loaded module itself, without what is wrapped around it."""
    found: Any = module
    for part in name.split("."):
        found = vars(found)[part]
    while not isinstance(found, FunctionType):
        match found:
            case property():
                found = found.fget
            case cached_property():
                found = found.func
            case _:
                found = getattr(found, "__wrapped__", None) or found.__func__
    return found


def _default(module: ModuleType, live: FunctionType, function: _Function) -> None:
    def value(node: ast.expr) -> Any:
        return eval(compile(ast.fix_missing_locations(ast.Expression(node)), "<mutant>", "eval"), vars(module))

    live.__defaults__ = tuple(value(node) for node in function.args.defaults) or None
    pairs = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    live.__kwdefaults__ = {argument.arg: value(node) for argument, node in pairs if node is not None}
