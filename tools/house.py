"""Print how the house stands: files, functions, the longest, what is over the bounds, modules a layer.

`python tools/house.py [FOLDER]`; FOLDER is a checkout (default: this one). Lines are counted as they stand in the file, a
function's with its docstring and without its decorators. The share of
comments is of lines that are a comment, a docstring, or part of one.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PARTS = ("src", "tests", "tools", "benchmarks")
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
_DOCUMENTED = (ast.Module, ast.ClassDef, *_FUNCTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A file: its lines, how many of them explain, and the lines of each function by its name."""

    path: Path
    lines: int
    explaining: int
    functions: tuple[tuple[str, int], ...]


def measured(path: Path) -> Module:
    """Return the measures of one file."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    functions = tuple((node.name, _lines_of(node)) for node in ast.walk(tree) if isinstance(node, _FUNCTION))
    return Module(path=path, lines=len(text.splitlines()), explaining=len(_explaining(text, tree)), functions=functions)


def _lines_of(node: ast.stmt | ast.expr) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _explaining(text: str, tree: ast.Module) -> set[int]:
    """Return the numbers of lines that are comments or docstrings."""
    found = {
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip()
    }
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            found.update(range(first.lineno, first.lineno + _lines_of(first)))
    return found


def row(name: str, modules: list[Module]) -> str:
    """Return a row of the table: what one part of the house comes to."""
    lengths = [lines for module in modules for _, lines in module.functions] or [0]
    files = [module.lines for module in modules]
    total = sum(files)
    cells = (
        len(modules),
        total,
        max(files),
        sum(lines > LONGEST_FILE for lines in files),
        len(lengths),
        max(lengths),
        f"{median(lengths):g}",
        sum(lines > LONGEST_FUNCTION for lines in lengths),
        f"{sum(module.explaining for module in modules) / max(1, total):.0%}",
    )
    return f"{name:<12}" + "".join(f"{cell:>10}" for cell in cells)


def over(modules: list[Module]) -> Iterator[str]:
    """Yield each file and function that is over its bound."""
    for module in modules:
        if module.lines > LONGEST_FILE:
            yield f"{module.path}: {module.lines} lines"
        for name, lines in module.functions:
            if lines > LONGEST_FUNCTION:
                yield f"{module.path}: {name} has {lines} lines"


def layers(modules: list[Module], package: Path) -> str:
    """Return how many modules each layer has, the most first."""
    count: Counter[str] = Counter()
    for module in modules:
        inside = module.path.relative_to(package).parts
        count[inside[0] if len(inside) > 1 else "(top)"] += 1
    return " · ".join(f"{name} {number}" for name, number in sorted(count.items(), key=lambda one: (-one[1], one[0])))


def fullest(modules: list[Module]) -> str:
    """Return the three folders with the most modules."""
    count = Counter(module.path.parent for module in modules)
    return " · ".join(f"{folder} {number}" for folder, number in count.most_common(3))


def report(root: Path) -> Iterator[str]:
    """Yield the lines of the report on a checkout."""
    heads = ("files", "lines", "longest", "over 500", "functions", "longest", "median", "over 60", "comments")
    yield f"{'':<12}" + "".join(f"{head:>10}" for head in heads)
    parts = {part: [measured(path) for path in sorted((root / part).rglob("*.py"))] for part in PARTS}
    for part, modules in parts.items():
        if modules:
            yield row(part, modules)
    yield "over the bounds: " + ("; ".join(line for each in parts.values() for line in over(each)) or "nothing")
    yield f"modules a layer: {layers(parts['src'], root / 'src' / 'dragoman')}"
    yield f"fullest folders: {fullest(parts['src'])}"


if __name__ == "__main__":
    here = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    print("\n".join(line.replace(f"{here}/", "") for line in report(here)))
