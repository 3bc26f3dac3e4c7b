"""Who stands how to whom, as a signed graph of networkx: who backs or agrees with whom, who fights or threatens whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

from dragoman.analysis.acts import Act
from dragoman.board.conflicts import Conflict
from dragoman.board.types import Board
from dragoman.errors import FormatError, install
from dragoman.export.brief import clean
from dragoman.model import EventType
from dragoman.rulebook.codes import SCALE
from dragoman.views.ties import Sign, Standing, ties_of

if TYPE_CHECKING:
    from networkx import DiGraph

_BACKING = SCALE[EventType.SUPPORT]
_SIGNING = SCALE[EventType.AGREE]
_THREAT = SCALE[EventType.THREATEN]
_SIGNED = frozenset({"signed", "accepted"})
TYPES = frozenset(map(EventType, "AGREE SUPPORT COOPERATE AID THREATEN SANCTION MOBILIZE COERCE ASSAULT".split()))
"""Acts by which somebody stands by or against somebody. What is said of or asked from others, meetings and retreats are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    source: str
    target: str
    kind: str
    weight: float
    stands_on: tuple[str, ...]


def signed_network(
    source: Board | Iterable[Act],
    conflict: Conflict | None = None,
    *,
    names: Mapping[str, str] | None = None,
    types: Collection[EventType] = TYPES,
) -> DiGraph:
    """Return a directed graph of networkx with a signed weight on each edge: who backs or agrees with, fights or threatens whom.

    Of acts (`acts_of`), each of these ``types`` adds its value on PLOVER's scale, from -9.3 (assault) to 7.4 (aid). Of a board
    (with its conflict), each backing that is told counts as support (4.6), each paper that two have signed as agreement (4.2,
    both ways), each threat that is not over as -5.1; backings that are alleged only, planned, denied or over are left out, and
    so are mediators, who stand between.

    An edge has ``weight`` (the sum), ``sign`` (of the sum), ``positive`` and ``negative`` (how many things are summed up on
    each side), ``kinds`` (kind -> number) and ``stands_on`` (ids of claims or entries). A node has ``name`` and, with a
    conflict, ``side``.

    What it must not be read as: a weight is not how much two like or hate each other. It sums up what reports tell: who is
    written about more weighs more, and a sum near 0 can be little of both or much (look at ``positive`` and ``negative``).
    A missing edge is what nobody told, not neutrality. Raises FormatError where networkx is not installed.
    """
    links = _of_board(source, conflict) if isinstance(source, Board) else _of_acts(source, types)
    known = {**(source.names if isinstance(source, Board) else {}), **(names or {})}
    graph = _networkx().DiGraph()
    for link in links:
        for who in (link.source, link.target):
            side = conflict.side_of(who) if conflict else None
            graph.add_node(who, name=clean(known.get(who, who)), side=side)
        _add(graph, link)
    for _, _, edge in graph.edges(data=True):
        edge["weight"] = round(edge["weight"], 1)
        edge["sign"] = (edge["weight"] > 0) - (edge["weight"] < 0)
    return graph


def _networkx() -> Any:
    try:
        import networkx
    except ImportError as missing:
        remedy = install("analysis")
        raise FormatError(where="signed_network", found="networkx is not installed", remedy=remedy) from missing
    return networkx


def _add(graph: DiGraph, link: _Link) -> None:
    """Add a link to the edge between two."""
    if not graph.has_edge(link.source, link.target):
        graph.add_edge(link.source, link.target, weight=0.0, positive=0, negative=0, kinds=Counter(), stands_on=())
    edge = graph.edges[link.source, link.target]
    edge["weight"] += link.weight
    edge["positive" if link.weight > 0 else "negative"] += 1
    edge["kinds"][link.kind] += 1
    edge["stands_on"] += link.stands_on


def _of_acts(acts: Iterable[Act], types: Collection[EventType]) -> Iterator[_Link]:
    for act in acts:
        for source, target in act.pairs() if act.type in types else ():
            yield _Link(source=source, target=target, kind=act.type.value, weight=act.scale, stands_on=act.claims)


def _of_board(board: Board, conflict: Conflict | None) -> Iterator[_Link]:
    if conflict is None:
        raise FormatError(where="signed_network", found="a board without its conflict", remedy="give the conflict, too")
    for tie in ties_of(board, conflict):
        if tie.standing is Standing.TOLD and tie.sign is not Sign.BETWEEN:
            weight = _BACKING if tie.sign is Sign.FOR else _THREAT
            yield _Link(
                source=tie.source, target=tie.target, kind=tie.kind, weight=weight, stands_on=(tie.entry, *tie.more)
            )
    for paper in board.papers:
        signed = dict.fromkeys(each.party for each in paper.signings if each.status in _SIGNED and not each.against)
        for one, other in permutations(signed, 2):
            yield _Link(source=one, target=other, kind="signed with", weight=_SIGNING, stands_on=(paper.id,))
