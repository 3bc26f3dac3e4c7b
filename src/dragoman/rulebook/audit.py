"""What is wrong or doubtful in a roster: names that clash, offices that overlap, dates that run backwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from dragoman.model import Kind
from dragoman.rulebook.spelling import forms
from dragoman.rulebook.types import Actor, Office, Seat

# Offices that one person holds at a time; months stand for days in the files, so a month of overlap is none.
SINGLE = frozenset({
    "president", "prime minister", "foreign minister", "defence minister", "interior minister", "king", "emir", "sultan",
    "crown prince", "supreme leader", "chancellor", "army chief", "speaker of parliament",
})  # fmt: skip
_SLACK = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of a check. A ``mistake`` must be mended; what is none may be right and is worth a look."""

    mistake: bool
    what: str

    def __str__(self) -> str:
        return f"{'mistake' if self.mistake else 'note'}: {self.what}"


def audit(roster: Mapping[str, Actor]) -> list[Finding]:
    """Return the findings on a roster: mistakes first, each part in a settled order."""
    found = [*_backwards(roster.values()), *_clashes(roster), *_overlaps(roster)]
    return sorted(found, key=lambda item: (not item.mistake, item.what))


def _backwards(actors: Iterable[Actor]) -> Iterator[Finding]:
    for actor in actors:
        spans = [(actor.id, actor.start, actor.end)]
        spans += [(f"{actor.id}, {link.title} of {link.of}", link.start, link.end) for link in _links(actor)]
        spans += [(f"{actor.id}, seat {seat.name}", seat.start, seat.end) for seat in actor.seats]
        for where, start, end in spans:
            if start is not None and end is not None and end < start:
                yield Finding(mistake=True, what=f"{where}: from {start} is after to {end}; mend the dates")


def _links(actor: Actor) -> tuple[Office, ...]:
    return (*actor.offices, *actor.affiliations)


def _clashes(roster: Mapping[str, Actor]) -> Iterator[Finding]:
    """Names of several entries: a mistake where country and days do not tell which is meant. Rivals may share a seat."""
    owners: dict[str, dict[str, Seat | None]] = {}
    for actor in roster.values():
        for seat in actor.seats:
            for form in forms(seat.name):
                owners.setdefault(form, {})[actor.id] = seat
        for name in (actor.name, *actor.aliases, *actor.demonyms):
            for form in forms(name):
                owners.setdefault(form, {})[actor.id] = None
    told: set[tuple[str, str]] = set()
    for form in sorted(owners, key=lambda name: (name.lower(), name)):
        for first, second in combinations(sorted(owners[form]), 2):
            one, other = owners[form][first], owners[form][second]
            seats = one is not None and other is not None
            apart = one and other and not _together((one.start, one.end), (other.start, other.end), timedelta(0))
            if (first, second) in told or apart:
                continue
            told.add((first, second))
            blind = not seats and _alike(roster[first], roster[second])
            remedy = "country and days do not tell them apart; take it off one" if blind else "the report must tell"
            yield Finding(mistake=blind, what=f"{form!r} names {first} and {second}; {remedy}")


def _alike(first: Actor, second: Actor) -> bool:
    return first.code == second.code and _together((first.start, first.end), (second.start, second.end), timedelta(0))


def _together(one: tuple[date | None, date | None], other: tuple[date | None, date | None], slack: timedelta) -> bool:
    start = max(one[0] or date.min, other[0] or date.min)
    end = min(one[1] or date.max, other[1] or date.max)
    return end - start > slack if end > start else False


def _overlaps(roster: Mapping[str, Actor]) -> Iterator[Finding]:
    held: dict[tuple[str, str], list[tuple[str, Office]]] = {}
    for actor in roster.values():
        for office in actor.offices:
            held.setdefault((office.of, office.title), []).append((actor.id, office))
    for (of, title), holders in sorted(held.items()):
        for (first, one), (second, other) in combinations(holders, 2):
            same = first == second
            slack = timedelta(0) if same else _SLACK
            if not (same or (title in SINGLE and _dated(one) and _dated(other))):
                continue
            if _together((one.start, one.end), (other.start, other.end), slack):
                who = f"{first} twice" if same else f"{first} ({_span(one)}) and {second} ({_span(other)})"
                yield Finding(mistake=same, what=f"{title} of {of}: {who} at a time; mend the dates unless it was so")


def _dated(office: Office) -> bool:
    return office.start is not None or office.end is not None


def _span(office: Office) -> str:
    return f"{office.start or ''}..{office.end or ''}"


def counts(actors: Iterable[Actor]) -> dict[str, int]:
    """Return how many entries there are of each kind, in the order of the kinds."""
    listed = [actor.kind for actor in actors]
    return {kind.value: listed.count(kind) for kind in Kind if kind in listed}
