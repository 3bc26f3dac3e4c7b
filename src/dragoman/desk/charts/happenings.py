"""Events as the charts count them: of which class, on which day, where, whether as happened, and how many origins tell of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

from fastapi import Depends, Query

from dragoman.board.citing import counted
from dragoman.desk.asked import day_in
from dragoman.desk.faults import bad
from dragoman.desk.kept import Picture
from dragoman.export.brief import act_words, clean
from dragoman.export.contract import claim_form
from dragoman.export.records import Names
from dragoman.model import Claim, Status, Where
from dragoman.rulebook.codes import QUADS
from dragoman.views.listing import Telling, published, tellings

_WIDEST = 31  # days: what is told of a longer time is of no day
_PAGE = 25

_Word = TypeVar("_Word", bound=StrEnum)


class Quad(StrEnum):
    """The four classes of events, from the friendliest: said or done, with each other or against."""

    VERBAL_COOPERATION = "verbal-cooperation"
    MATERIAL_COOPERATION = "material-cooperation"
    VERBAL_CONFLICT = "verbal-conflict"
    MATERIAL_CONFLICT = "material-conflict"

    @property
    def words(self) -> str:
        """Return the class in words."""
        return self.replace("-", " ")


class As(StrEnum):
    """As what an event is told of; the first is the one that charts draw unless asked for another."""

    HAPPENED = "happened"
    PLANNED = "planned"
    BACKGROUND = "background"
    DENIED = "denied"

    @property
    def words(self) -> str:
        """Return what it means."""
        return {
            As.HAPPENED: "told as happened",
            As.PLANNED: "planned, threatened or possible",
            As.BACKGROUND: "background: told of as of earlier times, or of more than a month",
            As.DENIED: "told as not so",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event. ``day`` is that of the event where ``stated``, else that of the first report of it; of several days the first."""

    id: str
    day: date | None
    stated: bool
    quad: Quad
    told_as: As
    place: Where | None
    origins: frozenset[str]
    reports: int
    also_denied: bool
    leading: Telling


def happenings(picture: Picture) -> Mapping[As, Sequence[Happening]]:
    """Return the events of a picture by what they are told as, then by day; reports that a later one updates do not count."""
    return picture.once("happenings", _made)


def _made(picture: Picture) -> dict[As, tuple[Happening, ...]]:
    found = [_happening(each) for each in tellings(counted(picture.told, date.max))]
    found.sort(key=lambda each: (each.day or date.max, each.id))
    return {kind: tuple(each for each in found if each.told_as is kind) for kind in As}


def report_days(picture: Picture) -> Sequence[date]:
    """Return the days of the reports of a picture, in order, one for each report."""
    return picture.once(
        "report_days", lambda _: sorted(filter(None, (each.kept.report.published for each in picture.told)))
    )


def _happening(told: Sequence[Telling]) -> Happening:
    """Return the event that claims tell of: as happened where one of them says so."""
    kinds = [_told_as(kept.claim) for _, kept in told]
    kind = As.HAPPENED if As.HAPPENED in kinds else kinds[0]
    mine = [each for each, one in zip(told, kinds, strict=True) if one is kind]
    dated = next((each for each in mine if _day_of(each[1].claim)), None)
    places = (kept.claim.place for _, kept in mine)
    return Happening(
        id=mine[0][1].claim.event_id,
        day=_day_of(dated[1].claim) if dated else min(filter(None, map(published, mine)), default=None),
        stated=dated is not None,
        quad=Quad(QUADS[mine[0][1].claim.event].replace(" ", "-")),
        told_as=kind,
        place=next((place for place in places if place and place.lat is not None and place.lon is not None), None),
        origins=frozenset(kept.origin for kept, _ in told),
        reports=len({kept.report.id for kept, _ in told}),
        also_denied=kind is not As.DENIED and As.DENIED in kinds,
        leading=mine[0],
    )


def _told_as(claim: Claim) -> As:
    if claim.negated:
        return As.DENIED
    if claim.status in (Status.FUTURE, Status.HYPOTHETICAL):
        return As.PLANNED
    return As.BACKGROUND if claim.status is Status.HISTORICAL or _is_long(claim) else As.HAPPENED


def _is_long(claim: Claim) -> bool:
    first, last = claim.date.earliest, claim.date.latest
    return first is not None and last is not None and (last - first).days > _WIDEST


def _day_of(claim: Claim) -> date | None:
    return claim.date.earliest or claim.date.latest


def origins_of(found: Iterable[Happening]) -> int:
    """Return how many origins tell of events."""
    return len(frozenset[str]().union(*(each.origins for each in found)))


# -- what an address asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which events a chart is to show: their days, classes (all, where none is named), and as what they are told of."""

    start: date | None = None
    end: date | None = None
    quads: frozenset[Quad] = frozenset()
    told_as: As = As.HAPPENED

    def of(self, found: Mapping[As, Sequence[Happening]]) -> Sequence[Happening]:
        """Return the events of the classes that are told of so, of all days."""
        mine = found[self.told_as]
        return [each for each in mine if each.quad in self.quads] if self.quads else mine

    def covers(self, each: Happening) -> bool:
        """Return whether an event is of the days; one without a day is where no days are asked for."""
        if self.start is None and self.end is None:
            return True
        return each.day is not None and (self.start or date.min) <= each.day <= (self.end or date.max)

    @property
    def query(self) -> dict[str, object]:
        """Return the parameters by which an address keeps what is asked for, but for its days."""
        return {
            "class": [quad.value for quad in Quad if quad in self.quads],
            "as": None if self.told_as is As.HAPPENED else self.told_as.value,
        }


def wish_of(
    start: Annotated[str | None, Query(alias="from")] = None,
    end: Annotated[str | None, Query(alias="to")] = None,
    quads: Annotated[list[str] | None, Query(alias="class")] = None,
    told_as: Annotated[str | None, Query(alias="as")] = None,
) -> Wish:
    """Return what an address asks for; RequestError where a day, class or kind is none, or the days run backwards."""
    first, last = day_in(start, "from"), day_in(end, "to")
    if first and last and first > last:
        raise bad("from", f"{first} is after {last}", "give the earlier day as from, the later as to")
    kind = one_of(As, told_as, "as") if told_as else As.HAPPENED
    asked = frozenset(one_of(Quad, each, "class") for each in quads or () if each)
    return Wish(start=first, end=last, quads=asked if len(asked) < len(Quad) else frozenset(), told_as=kind)


WishOf = Annotated[Wish, Depends(wish_of)]
"""What an address asks for, of a page that shows events."""


def one_of(words: type[_Word], given: str, name: str) -> _Word:
    """Return the word of a closed list that an address gives; RequestError where there is no such one."""
    if given not in list(words):
        raise bad(name, f"{given[:40]!r} is none", f"there are: {', '.join(words)}")
    return words(given)


# -- lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An event in a list, in words."""

    id: str
    words: str
    day: date | None
    stated: bool
    quad: Quad
    place: str | None
    origins: int
    reports: int
    also_denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """One page of a list of events: ``number`` from 1 of ``pages``; ``count`` events in all, from ``origins`` origins."""

    listed: tuple[Listed, ...]
    number: int
    pages: int
    count: int
    origins: int


def events_of(found: Sequence[Happening], names: Mapping[str, str], number: int = 1) -> Events:
    """Return a page of a list of events; the last page where there are fewer."""
    pages = max(1, -(-len(found) // _PAGE))
    number = min(max(number, 1), pages)
    known = Names(names)
    shown = found[(number - 1) * _PAGE : number * _PAGE]
    return Events(
        listed=tuple(_listed(each, known) for each in shown), number=number, pages=pages, count=len(found),
        origins=origins_of(found),
    )  # fmt: skip


def _listed(each: Happening, names: Names) -> Listed:
    return Listed(
        id=each.id, words=clean(act_words(claim_form(each.leading[1].claim), names)), day=each.day, stated=each.stated,
        quad=each.quad, place=each.place.name if each.place else None, origins=len(each.origins), reports=each.reports,
        also_denied=each.also_denied,
    )  # fmt: skip
