"""Disputes: what reports tell in two ways, and what one report itself tells so, each way with its sentences and origins.

One text speaks once: of the prints and versions of one origin only the last version counts, so that what was corrected is no side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TypeVar

import msgspec

from dragoman.board.citing import Conflict, cited_claim, together
from dragoman.board.folding import ANY, Fold, Now
from dragoman.board.types import Cited, Dispute
from dragoman.ledger.contradictions import (
    Clash,
    End,
    Index,
    Pair,
    Place,
    Side,
    clash_of,
    counted,
    grouped,
    is_count,
    sides_of,
)
from dragoman.ledger.store import Told
from dragoman.model import content_id
from dragoman.process.records import Contradiction

_KINDS = {"date": "day", "status": "signer", "denial": "polarity", "casualties": "number"}
_HELD = 128  # of the last reports, those that may be gone back to at little cost
_Rank = tuple[int, int]
_Key = TypeVar("_Key", int, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A report that none updates, as one that may speak for its origin; ``number`` is its place in the order of print."""

    number: int
    origin: str
    updates: bool
    sentences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """What one report tells in two ways, and by which kind and claims that is known from other reports too."""

    dispute: Dispute
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """What a report tells that may be told in another way, each with its sentence, and what it tells in two ways itself."""

    sides: tuple[Side, ...] = ()
    cited: tuple[Cited, ...] = ()
    own: tuple[_Own, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Found:
    """What is found in the reports that speak, whatever the way to it was: it goes from one state over to the next.

    By the ids of reports: ``tellings``, as MessagePack, ``pairs`` (under the later of the two) and ``own``. ``speaking`` is which
    report speaks for an origin, ``weeks`` and ``counts`` are the reports that tell something in two weeks, or a number of an event.
    """

    speaking: dict[str, str] = field(default_factory=dict)
    tellings: dict[str, bytes] = field(default_factory=dict)
    weeks: dict[int, tuple[str, ...]] = field(default_factory=dict)
    counts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pairs: dict[str, tuple[Pair, ...]] = field(default_factory=dict)
    own: dict[str, tuple[_Own, ...]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _State:
    """Reports by id that may speak (``versions``), their ids by origin, and ids of updated reports that are still to come."""

    versions: dict[str, _Version] = field(default_factory=dict)
    origins: dict[str, tuple[str, ...]] = field(default_factory=dict)
    awaited: set[str] = field(default_factory=set)
    found: _Found = field(default_factory=_Found)


_CODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODER = msgspec.msgpack.Decoder(_Telling)


def disputes(told: Sequence[Told]) -> tuple[Dispute, ...]:
    """Return the disputes of reports that are given in the order of publication: those between them, then those within one."""
    fold = Disputes(ANY)
    fold.add(told, date.max)
    return fold.entries(Now(day=date.max))


class Disputes(Fold[_State, Dispute]):
    """The disputes of all reports, those too that a later one updates: those between them first, then those within one.

    Which report speaks for an origin is settled when entries are asked for, and only what changed is compared. What a report tells is
    read when it first speaks: one that was updated before anybody asked is not even looked at. Those that were not read are held
    until the state is asked for to be kept.
    """

    alone = False

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict)
        self.last: dict[str, Told] | None = None  # as they were taken last, where all reports are held anyway
        self._told: dict[str, tuple[int, Told]] = {}  # what was not read, with its number
        self._begin()

    def _begin(self) -> None:
        """Forget all but the state."""
        self._read: dict[str, _Telling] = {}
        self._index = Index()
        self._touched: dict[str, None] | None = None  # origins, None for all
        self._entries: tuple[Dispute, ...] | None = None

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in that a report may speak for its origin, and that the one that it updates does not."""
        state, kept = self.state, told.kept
        identity = kept.report.id
        self._renew(identity, told)
        if identity in state.awaited:
            state.awaited.remove(identity)
        else:
            state.versions[identity] = _Version(
                number=self.taken, origin=kept.origin, updates=kept.revises is not None, sentences=kept.sentences
            )
            state.origins[kept.origin] = (*state.origins.get(kept.origin, ()), identity)
            self._touch(kept.origin)
        if kept.revises:
            self._updated(kept.revises)

    def back(self, count: int) -> int:
        """Go back to a state from before a report; what was found is not lost, and is compared with what then speaks."""
        found, former = self.state.found, self.taken
        if super().back(count) != former:
            self.state.found = found
            if not self._can_be_read(self.state):
                super().resume(self.begin(), 0)
            self.state.found, self._touched, self._entries = found, None, None
        return self.taken

    def resume(self, state: _State, taken: int) -> None:
        """Go on from a state that was kept."""
        super().resume(state, taken)
        self._told = {}
        self._begin()

    def entries(self, now: Now) -> tuple[Dispute, ...]:
        """Return the disputes of all that was taken."""
        self._settle()
        if self._entries is None:
            self._kept.turn()
            self._entries = self._made()
        return self._entries

    def steps(self) -> list[tuple[int, _State]]:
        """Return the states from which another run may go on: each with what all reports tell that may yet speak, and no others."""
        self._settle()
        return [(taken, self._whole(state)) for taken, state in super().steps() if self._can_be_read(state)]

    def _can_be_read(self, state: _State) -> bool:
        """Return whether it is known what each report tells that may speak: one that was let go of cannot be read again."""
        return all(each in self.state.found.tellings or each in self._told for each in state.versions)

    def _whole(self, state: _State) -> _State:
        found = self.state.found
        ids = [*dict.fromkeys((*state.versions, *self.state.versions))]
        for identity in ids:
            self._telling(identity)
        return replace(state, found=replace(found, tellings={identity: found.tellings[identity] for identity in ids}))

    # -- which report speaks

    def _touch(self, origin: str) -> None:
        if self._touched is not None:
            self._touched[origin] = None

    def _updated(self, identity: str) -> None:
        version = self.state.versions.pop(identity, None)
        if version is None:
            self.state.awaited.add(identity)
            return
        mine = self.state.origins.pop(version.origin)
        if mine != (identity,):
            self.state.origins[version.origin] = tuple(each for each in mine if each != identity)
        self._touch(version.origin)

    def _renew(self, identity: str, told: Told) -> None:
        """Forget what was found in a report that is told otherwise than before."""
        found = self.state.found
        if self.last is not None:
            former, self.last[identity] = self.last.get(identity), told
            if former is told and (identity in found.tellings or identity in self._told):
                return
        if identity not in found.tellings:
            self._told[identity] = (self.taken, told)
            return
        telling = _telling(told)
        encoded = _CODER.encode(telling)
        if found.tellings[identity] != encoded:
            for origin in [each for each, which in found.speaking.items() if which == identity]:
                self._drop(origin)
                self._touch(origin)
            found.tellings[identity], self._read[identity] = encoded, telling

    def _settle(self) -> None:
        """Let those speak that now do, and no others."""
        speaking = self.state.found.speaking
        touched = self._touched
        if touched is None:
            touched = dict.fromkeys((*self.state.origins, *speaking))
        now = {origin: self._speaker(origin) for origin in touched}
        for origin, identity in now.items():
            if origin in speaking and speaking[origin] != identity:
                self._drop(origin)
        for origin, identity in now.items():
            if identity is not None and origin not in speaking:
                self._bring(origin, identity)
        if touched:
            self._let_go()
        self._touched = {}

    def _let_go(self) -> None:
        """Let go of reports that no longer may speak, if they are not of the last that were taken: those may be gone back to."""
        self._told = {
            identity: (number, told)
            for identity, (number, told) in self._told.items()
            if identity in self.state.versions or number >= self.taken - _HELD
        }

    def _speaker(self, origin: str) -> str | None:
        """Return the report that speaks for an origin: the last version of its text where that was revised, else its fullest print."""
        found: str | None = None
        former: _Version | None = None
        for identity in self.state.origins.get(origin, ()):
            each = self.state.versions[identity]
            fuller = former is None or (not former.updates and each.sentences > former.sentences)
            if each.updates or fuller:
                found, former = identity, each
        return found

    # -- what they tell

    def _telling(self, identity: str) -> _Telling:
        """Return what a report tells, read once."""
        if identity not in self._read:
            kept = self.state.found.tellings
            if identity in kept:
                self._read[identity] = _DECODER.decode(kept[identity])
            else:
                self._read[identity] = _telling(self._told.pop(identity)[1])
                kept[identity] = _CODER.encode(self._read[identity])
        return self._read[identity]

    def _bring(self, origin: str, identity: str) -> None:
        """Let a report speak: find what it tells otherwise than those that speak already."""
        found, telling = self.state.found, self._telling(identity)
        found.speaking[origin] = identity
        pairs = [pair for side in telling.sides for pair in self._pairs(side)]
        for side in telling.sides[:1]:
            found.weeks[side.week] = (*found.weeks.get(side.week, ()), identity)
        if pairs:
            found.pairs[identity] = tuple(pairs)
        if telling.own:
            found.own[identity] = telling.own
        if pairs or telling.own:
            self._entries = None

    def _pairs(self, side: Side) -> Iterator[Pair]:
        """Yield what a telling and those before it tell in two ways, and put it to them."""
        counts = self.state.found.counts
        for week in (side.week - 1, side.week, side.week + 1):
            if week not in self._index:
                mine = self.state.found.weeks.get(week, ())
                self._index.put(week, [each for identity in mine for each in self._telling(identity).sides])
        yield from self._index.pairs(side, self._is_before)
        self._index.put(side.week, [side])
        if is_count(side):
            mine = counts.get(side.event, ())
            for identity in dict.fromkeys((*mine, side.report)):
                for other in self._telling(identity).sides:
                    if (
                        other.event == side.event
                        and is_count(other)
                        and (identity != side.report or other.at < side.at)
                    ):
                        yield from counted(*((side, other) if self._is_before(side, other) else (other, side)))
            if side.report not in mine:
                counts[side.event] = (*mine, side.report)

    def _drop(self, origin: str) -> None:
        """Let the report that speaks for an origin be silent, and take out what it told otherwise than others."""
        found = self.state.found
        identity = found.speaking.pop(origin)
        sides = self._telling(identity).sides
        for side in sides[:1]:
            _without(found.weeks, side.week, identity)
            self._index.drop(side.week, sides)
        for event in dict.fromkeys(side.event for side in sides):
            _without(found.counts, event, identity)
        if found.own.pop(identity, None):
            self._entries = None
        for other, pairs in list(found.pairs.items()):
            rest = tuple(pair for pair in pairs if identity not in (pair.first.report, pair.second.report))
            if len(rest) < len(pairs):
                self._entries = None
                found.pairs[other] = rest
            if not rest:
                del found.pairs[other]

    def _is_before(self, one: Side, other: Side) -> bool:
        return self._rank(one.place) < self._rank(other.place)

    def _rank(self, place: Place) -> _Rank:
        return self.state.versions[place[0]].number, place[1]

    # -- the entries

    def _made(self) -> tuple[Dispute, ...]:
        found, versions = self.state.found, self.state.versions
        between = self._between()
        known = {(each.kind, claim) for each in between for sentence in each.cited for claim in sentence.claims}
        within = [
            own.dispute
            for identity in sorted(found.own, key=lambda each: versions[each].number)
            for own in found.own[identity]
            if not any((own.dispute.kind, claim) in known for claim in own.claims)
        ]
        return (*between, *within)

    def _between(self) -> list[Dispute]:
        """Return what reports tell in two ways, by what of it was told first."""
        made = []
        for group in grouped((pair for pairs in self.state.found.pairs.values() for pair in pairs), self._event_of):
            pairs = sorted(group, key=self._order)
            clash, dispute = self._kept.get((*pairs,), partial(self._dispute, pairs))
            last = max(self._order(pair) for pair in pairs)
            made.append(((self._rank(clash.first.place), clash.kind, clash.about, last), dispute))
        return [dispute for _, dispute in sorted(made, key=lambda each: each[0])]

    def _order(self, pair: Pair) -> tuple[_Rank, _Rank, str]:
        return self._rank(pair.first.place), self._rank(pair.second.place), pair.of

    def _event_of(self, end: End) -> str:
        return self._telling(end.report).sides[end.at].event

    def _dispute(self, pairs: Sequence[Pair]) -> tuple[Clash, Dispute]:
        places = sorted({end.place for pair in pairs for end in (pair.first, pair.second)}, key=self._rank)
        clash = clash_of(pairs, {place: self._telling(place[0]).sides[place[1]] for place in places})
        versions = tuple(
            (value, together([[self._telling(side.report).cited[side.at]] for side in sides]))
            for value, sides in clash.versions
        )
        identity = content_id("dispute", clash.kind, clash.of, clash.first.event)
        return clash, _dispute(clash.kind, identity, clash.about, versions)


def _without(of: dict[_Key, tuple[str, ...]], key: _Key, identity: str) -> None:
    """Take an id out of those under a key."""
    rest = tuple(each for each in of.pop(key, ()) if each != identity)
    if rest:
        of[key] = rest


def _telling(told: Told) -> _Telling:
    sides = sides_of(told)
    claims = {kept.claim.id: kept.claim for kept in told.claims}
    return _Telling(
        sides=sides,
        cited=tuple(cited_claim(told, claims[side.claim]) for side in sides),
        own=tuple(own for found in told.contradictions if (own := _own(told, found)) is not None),
    )


def _own(told: Told, found: Contradiction) -> _Own | None:
    """Return what one report tells in two ways; a claim that is no more is no side, and one side is no dispute."""
    versions = tuple((side.value, tuple(_of(told, side.claims))) for side in found.sides)
    kept = tuple((value, cited) for value, cited in versions if cited)
    if len(kept) < 2:
        return None
    dispute = _dispute(_KINDS[found.kind], found.id, found.about, kept)
    return _Own(dispute=dispute, claims=tuple(claim for side in found.sides for claim in side.claims))


def _dispute(kind: str, identity: str, about: str, versions: tuple[tuple[str, tuple[Cited, ...]], ...]) -> Dispute:
    cited = together(cited for _, cited in versions)
    return Dispute(id=identity, kind=kind, about=about, versions=versions, cited=cited)


def _of(told: Told, claims: Sequence[str]) -> Iterator[Cited]:
    return (cited_claim(told, kept.claim) for kept in told.claims if kept.claim.id in claims)
