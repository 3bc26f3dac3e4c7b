"""Backers as a signed graph: the sides left and right, who backs them outside, who mediates between; drawn wide and narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.board.conflicts import Conflict
from dragoman.desk.charts.layers import Box, Layout, Line, layout
from dragoman.desk.kept import Shown
from dragoman.export.brief import clean, shorten
from dragoman.views.naming import lines_of
from dragoman.views.ties import Sign, Standing, Tie, side_backed, ties_of

_MOST = 36
"""Lines beyond this many hide each other: the rest stands in the table alone."""
_WIDE, _WIDE_BOX = 1100, 126
_NARROW, _NARROW_BOX = 350, 112
_TALL = 66  # pixels of a box that has room for three lines of a name
_LETTER, _SMALL_LETTER = 7.4, 6.8  # pixels of a letter of the boxes' names, wide and narrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A box of the graph: who it is, and what it is in the conflict ('side east', 'backs east', 'mediator')."""

    box: Box
    name: str
    lines: tuple[str, ...]
    role: str
    side: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line of the graph with its tie; ``label`` is short, ``words`` say all."""

    line: Line
    tie: Tie
    label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The graph on a sheet."""

    width: float
    height: float
    who: tuple[Who, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The ties of a conflict, drawn for a wide and for a narrow page. ``left_out`` of them stand in the table alone."""

    conflict: str
    ties: tuple[Tie, ...]
    names: Mapping[str, str]
    wide: Drawing
    narrow: Drawing
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cast:
    """Who is in the graph: the column of each (0 to 4, from the left), what it is, and the number of its side."""

    columns: Mapping[str, int]
    roles: Mapping[str, str]
    sides: Mapping[str, int]
    names: Mapping[str, str]


def backers_graph(shown: Shown) -> Graph:
    """Return the backers, mediators and hosts of a conflict as of a view, as a signed graph."""
    ties = ties_of(shown.board, shown.conflict)
    drawn = sorted(ties, key=lambda tie: -tie.origins)[:_MOST]
    drawn = [tie for tie in ties if tie in drawn]
    names = {i: clean(shown.board.names.get(i, i)) for tie in ties for i in (tie.source, tie.target, *tie.denied_by)}
    cast = _cast(drawn, shown.conflict, names)
    return Graph(
        conflict=shown.conflict.id, ties=ties, names=names, wide=_wide(drawn, cast), narrow=_narrow(drawn, cast),
        left_out=len(ties) - len(drawn),
    )  # fmt: skip


def _cast(ties: Sequence[Tie], conflict: Conflict, names: Mapping[str, str]) -> _Cast:
    """Return where each stands: whom a tie leads to inside, who is its source outside by the side that it backs, others between."""
    targets = {tie.target for tie in ties}
    columns: dict[str, int] = {}
    roles: dict[str, str] = {}
    sides: dict[str, int] = {}
    for who in sorted({*targets, *(tie.source for tie in ties)}):
        own, backed = conflict.side_of(who), side_backed(who, ties, conflict)
        side = own if own is not None else backed
        right = side is not None and conflict.sides.index(side) % 2 == 1
        if own is not None:
            columns[who] = (3 if right else 1) if who in targets or backed is None else (4 if right else 0)
        else:
            columns[who] = (4 if right else 0) if side is not None or _backs(who, ties) else 2
        roles[who] = f"side {own}" if own is not None else f"backs {backed}" if backed else _role(who, ties)
        if side is not None:
            sides[who] = conflict.sides.index(side)
    return _Cast(columns=columns, roles=roles, sides=sides, names=names)


def _backs(who: str, ties: Sequence[Tie]) -> bool:
    return any(tie.source == who and tie.sign is Sign.FOR for tie in ties)


def _role(who: str, ties: Sequence[Tie]) -> str:
    """Return what somebody is who is of no side and backs none."""
    kinds = {tie.kind for tie in ties if tie.source == who}
    if "mediates" in kinds:
        return "mediator"
    return "host of talks" if "hosts" in kinds else "of no side"


def _wide(ties: Sequence[Tie], cast: _Cast) -> Drawing:
    columns = [[who for who in cast.columns if cast.columns[who] == column] for column in range(5)]
    pairs = [(tie.source, tie.target) for tie in ties]
    return _drawing(layout(columns, pairs, width=_WIDE, box=_WIDE_BOX), ties, cast)


def _narrow(ties: Sequence[Tie], cast: _Cast) -> Drawing:
    """Return the graph in two columns: who does something left, to whom it is done right."""
    targets = {tie.target for tie in ties}
    placed = sorted(cast.columns, key=lambda who: (cast.columns[who] in (3, 4), cast.columns[who] == 2))
    columns = [[who for who in placed if who not in targets], [who for who in placed if who in targets]]
    pairs = [(tie.source, tie.target) for tie in ties]
    return _drawing(layout(columns, pairs, width=_NARROW, box=_NARROW_BOX), ties, cast)


def _drawing(made: Layout, ties: Sequence[Tie], cast: _Cast) -> Drawing:
    edges = tuple(
        Edge(
            line=line,
            tie=ties[line.index],
            label=_label(ties[line.index]),
            words=tie_words(ties[line.index], cast.names),
        )
        for line in made.lines
    )
    who = tuple(_who(box, cast) for box in made.boxes)
    return Drawing(width=made.width, height=made.height, who=who, edges=edges)


def _who(box: Box, cast: _Cast) -> Who:
    name, most = cast.names[box.id], 3 if box.height > _TALL else 2
    letter = _LETTER if box.width > _NARROW_BOX else _SMALL_LETTER
    return Who(
        box=box, name=name, lines=lines_of(name, int((box.width - 6) / letter), most), role=shorten(cast.roles[box.id], 20),
        side=cast.sides.get(box.id),
    )  # fmt: skip


def _label(tie: Tie) -> str:
    times = f" ×{len(tie.more) + 1}" if tie.more else ""
    mark = "" if tie.standing is Standing.TOLD else f", {tie.standing}"
    return f"{_SHORT.get(tie.kind, tie.kind)}{times}{mark}"


_SHORT = {"hires fighters for": "mercenaries", "helps in war": "war help", "backs in words": "in words"}


def tie_words(tie: Tie, names: Mapping[str, str]) -> str:
    """Return a tie in a sentence: who does what for, with or against whom, how that stands, and how many tell of it."""
    means = f" ({shorten(clean(tie.means), 60)})" if tie.means else ""
    denied = f" by {', '.join(names[i] for i in tie.denied_by)}" if tie.denied_by else ""
    standing = "" if tie.standing is Standing.TOLD else f", {tie.standing}{denied}"
    origins = f"{tie.origins} origin{'' if tie.origins == 1 else 's'}"
    link = {Sign.FOR: "", Sign.BETWEEN: " for", Sign.AGAINST: ""}[tie.sign]
    return f"{names[tie.source]} {tie.kind}{link} {names[tie.target]}{means}{standing}; {origins}"
