"""Who stands by whom in a conflict, and who stands between: the ties of its board, each with its sign, status and entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dragoman.board.conflicts import Conflict
from dragoman.board.types import Backing, Board, Cited, Menace, Round
from dragoman.export.ledger_words import spaced


class Sign(StrEnum):
    """Whether a tie is for somebody, between parties, or against somebody."""

    FOR = "for"
    BETWEEN = "between"
    AGAINST = "against"


class Standing(StrEnum):
    """How a tie stands: as told, only alleged, planned, over, or denied by somebody."""

    TOLD = "told"
    ALLEGED = "alleged"
    PLANNED = "planned"
    OVER = "over"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One tie from ``source`` to ``target``. ``kind`` is a verb: arms, funds, fights for, hosts, mediates, threatens.

    ``entry`` is the entry of the board that it stands on, ``more`` those of the same kind that were told earlier.
    """

    source: str
    target: str
    sign: Sign
    kind: str
    standing: Standing
    entry: str
    means: str | None = None
    denied_by: tuple[str, ...] = ()
    origins: int
    first: date | None
    last: date | None
    more: tuple[str, ...] = ()


_VERBS = {
    "arms": "arms",
    "funds": "funds",
    "training": "trains",
    "troops": "fights for",
    "mercenaries": "hires fighters for",
    "military": "helps in war",
    "political": "backs in words",
}
_SIGNS = list(Sign)


def ties_of(board: Board, conflict: Conflict) -> tuple[Tie, ...]:
    """Return the ties of a board: backings, mediation and hosting of talks, threats; those for somebody first."""
    found = (*_backed(board.backings), *_between(board, conflict), *_threatened(board.menaces, conflict))
    return tuple(sorted(found, key=lambda tie: (_SIGNS.index(tie.sign), tie.source, tie.target, tie.kind)))


def _backed(backings: Iterable[Backing]) -> Iterator[Tie]:
    for each in backings:
        yield Tie(
            source=each.backer, target=each.backed, sign=Sign.FOR, kind=_VERBS.get(each.kind, spaced(each.kind)),
            standing=_standing(each), entry=each.id, means=each.means, denied_by=each.denied_by, origins=each.origins,
            first=each.first, last=each.last,
        )  # fmt: skip


def _standing(backing: Backing) -> Standing:
    if backing.denied_by or backing.against:
        return Standing.DENIED
    if backing.status != "stated":
        return Standing.PLANNED if backing.status == "planned" else Standing.OVER
    return Standing.ALLEGED if _is_alleged(backing.cited) else Standing.TOLD


def _is_alleged(cited: tuple[Cited, ...]) -> bool:
    """Return whether every sentence hedges what it tells ('reportedly')."""
    return bool(cited) and all(each.hedged for each in cited)


def _between(board: Board, conflict: Conflict) -> Iterator[Tie]:
    """Yield who mediates for or hosts which party of the conflict: one tie for all rounds of the two."""
    held: dict[tuple[str, str, str], list[Round]] = {}
    for talks in (each for track in board.tracks for each in track.rounds):
        for who, kind in _helpers(talks):
            for party in talks.parties:
                if party != who and conflict.side_of(party) is not None:
                    held.setdefault((who, party, kind), []).append(talks)
    for (who, party, kind), rounds in held.items():
        *more, last = sorted(rounds, key=lambda talks: (talks.last or date.min, talks.id))
        yield Tie(
            source=who, target=party, sign=Sign.BETWEEN, kind=kind, standing=_outlook(last), entry=last.id,
            origins=_origins(rounds), first=_first(rounds), last=last.last, more=tuple(each.id for each in more),
        )  # fmt: skip


def _helpers(talks: Round) -> Iterator[tuple[str, str]]:
    yield from ((who, "mediates") for who in talks.mediators)
    if talks.host is not None and talks.host not in talks.mediators:
        yield talks.host, "hosts"


def _outlook(talks: Round) -> Standing:
    if talks.status in ("planned", "proposed", "postponed"):
        return Standing.PLANNED
    if talks.status in ("cancelled", "passed"):
        return Standing.OVER
    return Standing.ALLEGED if _is_alleged(talks.cited) else Standing.TOLD


def _threatened(menaces: Iterable[Menace], conflict: Conflict) -> Iterator[Tie]:
    """Yield who threatens whom: one tie for all threats of the two, the newest open one leading.

    One of the two is of a side of the conflict: the threats of others to others are no ties of it.
    """
    made: dict[tuple[str, str], list[Menace]] = {}
    for each in menaces:
        for whom in each.whom:
            sides = {conflict.side_of(each.party), conflict.side_of(whom)}
            if whom != each.party and sides != {None}:
                made.setdefault((each.party, whom), []).append(each)
    for (party, whom), threats in made.items():
        ordered = sorted(threats, key=lambda each: (each.outcome == "open", each.last or date.min, each.id))
        *more, last = ordered
        yield Tie(
            source=party, target=whom, sign=Sign.AGAINST, kind="threatens",
            standing=_menacing(last), entry=last.id, means=last.consequence, origins=_origins(threats),
            first=_first(threats), last=last.last, more=tuple(each.id for each in more),
        )  # fmt: skip


def _menacing(menace: Menace) -> Standing:
    if menace.outcome in ("withdrawn", "passed"):
        return Standing.OVER
    return Standing.ALLEGED if _is_alleged(menace.cited) else Standing.TOLD


def _origins(entries: Iterable[Round | Menace]) -> int:
    return len({cited.origin for each in entries for cited in each.cited})


def _first(entries: Iterable[Round | Menace]) -> date | None:
    return min((each.first for each in entries if each.first), default=None)


def side_backed(source: str, ties: Iterable[Tie], conflict: Conflict) -> str | None:
    """Return the side that somebody from outside stands by most, by origins; None where it stands by none."""
    counted: Counter[str] = Counter()
    for tie in ties:
        side = conflict.side_of(tie.target)
        if tie.source == source and tie.sign is Sign.FOR and side is not None:
            counted[side] += tie.origins
    return min(counted, key=lambda side: (-counted[side], conflict.sides.index(side)), default=None)
