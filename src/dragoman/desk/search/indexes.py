"""Indexes of a picture: its claims by who, what, where and from whom, its events and its reports in order; each made once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dragoman.board.citing import counted
from dragoman.desk.kept import Picture
from dragoman.ledger.decided import is_outside
from dragoman.ledger.store import KeptClaim, Told
from dragoman.views.listing import WIDEST, is_called

LATE = date.max.toordinal()  # what has no day comes last in either order
_Value = TypeVar("_Value")

Key = tuple[int | float | str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A claim with its report, which of its report's claims it is, and the days that it tells of (0: none that count).

    ``counts``: no later report of the picture updates its report.
    """

    told: Told
    kept: KeptClaim
    place: int
    first: int
    last: int
    counts: bool

    @property
    def newest(self) -> Key:
        """Return what puts the claim of the newest report first."""
        return (-day_of(self.told, 0), self.told.kept.report.id, self.place)

    @property
    def oldest(self) -> Key:
        """Return what puts the claim of the oldest report first; without a day it is last."""
        return (day_of(self.told, LATE), self.told.kept.report.id, self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event: its claims in the order of publication (at least one), and its first day (0: unknown)."""

    id: str
    rows: tuple[Row, ...]
    day: int

    @property
    def lead(self) -> Row:
        """Return the claim that told of it first."""
        return self.rows[0]

    @property
    def origins(self) -> int:
        """Return how many origins tell of it."""
        return len({row.told.kept.origin for row in self.rows})

    @property
    def reports(self) -> int:
        """Return how many reports tell of it."""
        return len({row.told.kept.report.id for row in self.rows})

    @property
    def newest(self) -> Key:
        """Return what puts the event of the last day first."""
        return (-self.day, self.id)

    @property
    def oldest(self) -> Key:
        """Return what puts the event of the first day first; without a day it is last."""
        return (self.day or LATE, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The claims of a picture, those of the newest reports first, and where those of a value stand among them."""

    rows: tuple[Row, ...]
    oldest: Sequence[int]
    parties: Mapping[str, Sequence[int]]
    types: Mapping[str, Sequence[int]]
    places: Mapping[str, Sequence[int]]
    countries: Mapping[str, Sequence[int]]
    outlets: Mapping[str, Sequence[int]]
    statuses: Mapping[str, Sequence[int]]
    rules: Mapping[str, Sequence[int]]

    def at_place(self, asked: str) -> set[int]:
        """Return where the claims stand that are of a place whose name has this in it, or of the country of this code."""
        folded = folding(asked)
        named = (at for name, at in self.places.items() if folded in name)
        return set[int]().union(*named, self.countries.get(asked.upper(), ()))


def claims_of(picture: Picture) -> Claims:
    """Return the claims of a picture with their indexes."""
    return picture.once("finding.claims", _claims)


def events_of(picture: Picture) -> Mapping[str, Event]:
    """Return the events of a picture by id; claims of reports that were updated since tell of none."""
    return picture.once("finding.events", _events)


def reports_of(picture: Picture) -> Sequence[Told]:
    """Return the reports of a picture, the newest first; outside sources of added claims are none."""
    return picture.once("finding.reports", _reports)


def outlets_of(picture: Picture) -> Mapping[str, Sequence[Told]]:
    """Return the reports of each outlet, the newest first, by its name without case; '' has those of unknown outlets."""
    return picture.once("finding.outlets", lambda it: grouped(reports_of(it), lambda each: folding(outlet_of(each))))


def called(picture: Picture, asked: str) -> Mapping[str, str]:
    """Return who is meant by an id or a name: the ids with their names; where nobody is called so, those with it in a name."""
    folded = folding(asked)
    names: Mapping[str, frozenset[str]] = picture.once("finding.names", _names)
    exact = names.get(folded, frozenset())
    found = sorted(exact) or [each.id for each in picture.seen if is_called(each, folded)]
    return {identity: picture.names.get(identity, identity) for identity in found}


def folding(words: str) -> str:
    """Return words without case and without spaces that say nothing.

    >>> folding(" Northern  WIRE")
    'northern wire'
    """
    return " ".join(words.split()).casefold()


def outlet_of(told: Told) -> str:
    """Return the outlet of a report, '' where it is not known."""
    return told.kept.report.outlet or ""


def day_of(told: Told, unknown: int) -> int:
    """Return the number of the day on which a report was published."""
    published = told.kept.report.published
    return published.toordinal() if published else unknown


def grouped(values: Iterable[_Value], key: object) -> dict[str, list[_Value]]:
    """Return values by their key, in their order."""
    assert callable(key)
    found: dict[str, list[_Value]] = {}
    for each in values:
        found.setdefault(key(each), []).append(each)
    return found


# -- made once


def _reports(picture: Picture) -> tuple[Told, ...]:
    inside = (each for each in picture.told if not is_outside(each))
    return tuple(sorted(inside, key=lambda each: (-day_of(each, 0), each.kept.report.id)))


def _names(picture: Picture) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for identity, name in picture.names.items():
        for each in (identity, name):
            found.setdefault(folding(each), set()).add(identity)
    return {name: frozenset(ids) for name, ids in found.items()}


def _claims(picture: Picture) -> Claims:
    count = {each.kept.report.id for each in counted(picture.told, date.max)}
    newest = sorted(picture.told, key=lambda each: (-day_of(each, 0), each.kept.report.id))
    rows = tuple(
        _row(each, kept, place, counts=each.kept.report.id in count)
        for each in newest
        for place, kept in enumerate(each.claims)
        if kept.gone is None
    )
    where: dict[str, dict[str, array[int]]] = {name: {} for name in _INDEXED}
    for number, row in enumerate(rows):
        for name, values in _values(row):
            for value in values:
                where[name].setdefault(value, array("I")).append(number)
    oldest = array("I", sorted(range(len(rows)), key=lambda number: rows[number].oldest))
    return Claims(rows=rows, oldest=oldest, **where)


_INDEXED = ("parties", "types", "places", "countries", "outlets", "statuses", "rules")


def _values(row: Row) -> Iterable[tuple[str, Iterable[str]]]:
    """Yield what a claim is found by, index by index."""
    claim = row.kept.claim
    yield "parties", {*claim.actor, *claim.recipient}
    yield "types", (claim.event.value,)
    yield "statuses", (claim.status.value,)
    yield "rules", (claim.rule,)
    yield "outlets", (folding(outlet_of(row.told)),)
    if claim.place is not None:
        yield "places", (folding(claim.place.name),)
        yield "countries", (claim.place.code,) if claim.place.code else ()


def _row(told: Told, kept: KeptClaim, place: int, *, counts: bool) -> Row:
    """Return a row; what is told of more days than a month has is background, and of no day."""
    when, published = kept.claim.date, told.kept.report.published
    first = when.earliest or when.latest or published
    last = when.latest or when.earliest or published
    if first is None or last is None or (last - first).days > WIDEST:
        return Row(told=told, kept=kept, place=place, first=0, last=0, counts=counts)
    return Row(told=told, kept=kept, place=place, first=first.toordinal(), last=last.toordinal(), counts=counts)


def _events(picture: Picture) -> dict[str, Event]:
    claims = claims_of(picture)
    told: dict[str, list[Row]] = {}
    for row in (claims.rows[number] for number in claims.oldest):
        if row.counts:
            told.setdefault(row.kept.claim.event_id, []).append(row)
    return {identity: Event(id=identity, rows=tuple(rows), day=_first_day(rows[0])) for identity, rows in told.items()}


def _first_day(row: Row) -> int:
    when = row.kept.claim.date
    day = when.earliest or when.latest or row.told.kept.report.published
    return day.toordinal() if day else 0
