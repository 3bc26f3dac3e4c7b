"""Boxes in columns with lines between them, placed the same each time: no line runs through a box, and each starts at its own port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

PITCH = 22
"""Pixels from one port of a box to the next: a label has room over its line."""
_LEAST = 52
_GAP = 16
_MARGIN = 12
_SWEEPS = 6
_LANE = 14
_BULGE = 46
_HEAD = 8
_STUB = 46


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A placed box."""

    id: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A placed line: ``path`` and ``head`` (its arrow) in SVG, and where its label stands. ``index`` is that of its pair."""

    index: int
    path: str
    head: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Boxes and lines on a sheet."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


_Node = tuple[str, int]
"""A box ('name', -1) or a lane ('', number of the line) in a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """What stands in which column, in order, and the way of each line through it as (column, node)."""

    columns: list[list[_Node]]
    ways: list[list[tuple[int, _Node]]]


def layout(columns: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]], *, width: float, box: float) -> Layout:
    """Return boxes of a width in columns over a sheet's width, and a line for each pair.

    >>> made = layout([["a"], ["b", "c"]], [("a", "b"), ("a", "c")], width=300, box=100)
    >>> [(each.id, each.x) for each in made.boxes], len(made.lines)
    ([('a', 0.0), ('b', 200.0), ('c', 200.0)], 2)
    """
    sheet = _ordered(_sheet([list(column) for column in columns if column], pairs))
    ports = _ports(sheet)
    tall = [[_height(column, node, ports) for node in nodes] for column, nodes in enumerate(sheet.columns)]
    height = max((sum(each) + _GAP * (len(each) - 1) for each in tall), default=0) + 2 * _MARGIN
    step = (width - box) / max(len(sheet.columns) - 1, 1)
    placed: dict[tuple[int, _Node], Box] = {}
    for column, nodes in enumerate(sheet.columns):
        y = (height - sum(tall[column]) - _GAP * (len(nodes) - 1)) / 2
        for node, high in zip(nodes, tall[column], strict=True):
            placed[column, node] = Box(id=node[0], x=round(column * step, 1), y=round(y, 1), width=box, height=high)
            y += high + _GAP
    lines = [_line(index, way, placed, ports, len(sheet.columns)) for index, way in enumerate(sheet.ways)]
    boxes = tuple(each for (_, node), each in placed.items() if node[1] < 0)
    return Layout(width=width, height=round(height, 1), boxes=boxes, lines=tuple(lines))


def _sheet(columns: list[list[str]], pairs: Sequence[tuple[str, str]]) -> _Sheet:
    """Return boxes in columns, with a lane for each line through each column that it crosses."""
    where = {name: number for number, column in enumerate(columns) for name in column}
    nodes: list[list[_Node]] = [[(name, -1) for name in column] for column in columns]
    ways = []
    for index, (source, target) in enumerate(pairs):
        start, end = where[source], where[target]
        between = range(start + 1, end) if start < end else range(start - 1, end, -1)
        for column in between:
            nodes[column].append(("", index))
        lanes = [(column, ("", index)) for column in between]
        ways.append([(start, (source, -1)), *lanes, (end, (target, -1))])
    return _Sheet(columns=nodes, ways=ways)


def _ordered(sheet: _Sheet) -> _Sheet:
    """Return a sheet whose columns are ordered so that lines cross little: each node by the mean place of those next to it."""
    near: dict[tuple[int, _Node], list[tuple[int, _Node]]] = {}
    for way in sheet.ways:
        for one, other in pairwise(way):
            near.setdefault(one, []).append(other)
            near.setdefault(other, []).append(one)
    columns = [list(column) for column in sheet.columns]
    for sweep in range(_SWEEPS):
        numbers = range(len(columns)) if sweep % 2 == 0 else range(len(columns) - 1, -1, -1)
        for number in numbers:
            share = {(c, node): (at + 0.5) / len(col) for c, col in enumerate(columns) for at, node in enumerate(col)}
            columns[number] = sorted(columns[number], key=lambda node: _mean(number, node, near, share))
    return _Sheet(columns=columns, ways=sheet.ways)


def _mean(
    column: int,
    node: _Node,
    near: Mapping[tuple[int, _Node], list[tuple[int, _Node]]],
    share: Mapping[tuple[int, _Node], float],
) -> float:
    found = [share[other] for other in near.get((column, node), []) if other[0] != column]
    return round(sum(found) / len(found) if found else share[column, node], 6)


_Ports = dict[tuple[int, _Node, int], list[tuple[int, int]]]
"""Ends of lines at a face (-1 left, 1 right) of a node: (number of the line, 0 for its start or 1 for its end), from the top."""


def _ports(sheet: _Sheet) -> _Ports:
    order = {(c, node): at for c, column in enumerate(sheet.columns) for at, node in enumerate(column)}
    wanted: dict[tuple[int, _Node, int], list[tuple[tuple[int, int], tuple[int, int]]]] = {}
    for index, way in enumerate(sheet.ways):
        for end, (here, there) in enumerate(((way[0], way[1]), (way[-1], way[-2]))):
            face = _face(here[0], there[0], len(sheet.columns))
            wanted.setdefault((*here, face), []).append(((order[there], index), (index, end)))
    return {key: [end for _, end in sorted(ends)] for key, ends in wanted.items()}


def _face(here: int, there: int, columns: int) -> int:
    """Return the face of a box that a line leaves by; one to the same column leaves by the inner face."""
    if here != there:
        return 1 if there > here else -1
    return 1 if here < columns / 2 else -1


def _height(column: int, node: _Node, ports: _Ports) -> float:
    if node[1] >= 0:
        return _LANE
    most = max(len(ports.get((column, node, face), ())) for face in (-1, 1))
    return max(_LEAST, PITCH * most + _LANE)


def _line(
    index: int, way: list[tuple[int, _Node]], placed: Mapping[tuple[int, _Node], Box], ports: _Ports, columns: int
) -> Line:
    first = _face(way[0][0], way[1][0], columns)
    last = _face(way[-1][0], way[-2][0], columns)
    x, y = _port(placed[way[0]], first, (index, 0), ports[(*way[0], first)])
    end, low = _port(placed[way[-1]], last, (index, 1), ports[(*way[-1], last)])
    at, level = x + _STUB * first, y
    steps = [f"M{x:g},{y:g} H{at:g}"]
    for lane in way[1:-1]:
        box = placed[lane]
        near, far = (box.x, box.x + box.width) if first > 0 else (box.x + box.width, box.x)
        middle = box.y + box.height / 2
        steps.append(f"{_curve(at, level, near, middle)} H{far:g}")
        at, level = far, middle
    tip = end + _HEAD * last
    if way[0][0] == way[-1][0]:
        out = max(x, end, key=lambda edge: edge * first) + _BULGE * first
        steps.append(f"C{out:g},{level:g} {out:g},{low:g} {tip:g},{low:g}")
    else:
        steps.append(_curve(at, level, tip, low))
    head = f"M{end:g},{low:g} L{tip:g},{low - 4.5:g} V{low + 4.5:g} Z"
    anchor = "start" if first > 0 else "end"
    return Line(index=index, path=" ".join(steps), head=head, x=x + 5 * first, y=y - 4, anchor=anchor)


def _port(box: Box, face: int, end: tuple[int, int], ends: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Return where a line meets a box: ports are spread evenly about the middle of its face."""
    offset = (ends.index(end) - (len(ends) - 1) / 2) * PITCH
    return box.x + (box.width if face > 0 else 0), round(box.y + box.height / 2 + offset + 3, 1)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    half = round(x + (to_x - x) * 0.6, 1)
    return f"C{half:g},{y:g} {half:g},{to_y:g} {to_x:g},{to_y:g}"
