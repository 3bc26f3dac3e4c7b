"""What lists of the API are narrowed by, and the lists themselves: made once for each picture of the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Query, Request

from dragoman.board.citing import counted
from dragoman.desk.api.listed import Listed
from dragoman.desk.api.paging import Key
from dragoman.desk.asked import AskedOf, day_in
from dragoman.desk.kept import Picture
from dragoman.desk.paper import desk_of
from dragoman.ledger.store import Kept, Told
from dragoman.model import Claim, EventType, Status
from dragoman.views.listing import Seen, Telling, Wanted, tellings

_LONG = 300


class Order(StrEnum):
    """In which order a list is given: as reports were published, or the newest first."""

    OLDEST = "oldest"
    NEWEST = "newest"


OfConflict = Annotated[
    str | None, Query(alias="conflict", max_length=_LONG, description="Only of this conflict: its id.")
]
OrderOf = Annotated[Order, Query(description="By the day of publication: the oldest or the newest first.")]


def picture_of(request: Request, asked: AskedOf, conflict: OfConflict = None) -> Picture:
    """Return the reports that a request is about: of a conflict or all, as of its clocks."""
    return desk_of(request).picture(conflict or None, asked.view)


PictureOf = Annotated[Picture, Depends(picture_of)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is narrowed by: ``values`` by their names as indexes have them, and days.

    ``party`` and ``place`` are as they were given.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    party: str | None = None
    start: date | None = None
    end: date | None = None

    def wanted(self, picture: Picture) -> dict[str, Iterable[str]]:
        """Return by which values items are found in the lists of a picture."""
        party = {"party": _ids(self.party, picture)} if self.party else {}
        return {**self.values, **party}

    def fits_claim(self) -> Callable[[Telling], bool] | None:
        """Return what tells whether a claim is of the days that are asked for; None where all are."""
        if self.start is None and self.end is None:
            return None
        wanted = Wanted(start=self.start, end=self.end)
        return lambda telling: wanted.has(telling[1].claim, telling[0].report.published)

    def fits_report(self) -> Callable[[Told], bool] | None:
        """Return what tells whether a report was published on the days that are asked for; None where all are."""
        if self.start is None and self.end is None:
            return None
        first, last = self.start or date.min, self.end or date.max

        def fits(told: Told) -> bool:
            day = told.kept.report.published
            return day is not None and first <= day <= last

        return fits


def days_of(
    from_: Annotated[str | None, Query(alias="from", description="From this day on.", examples=["2020-01-12"])] = None,
    to: Annotated[str | None, Query(description="Up to this day.", examples=["2020-01-14"])] = None,
) -> Filters:
    """Return the days that a request gives."""
    return Filters(start=day_in(from_, "from"), end=day_in(to, "to"))


DaysOf = Annotated[Filters, Depends(days_of)]


def report_filters(
    days: DaysOf,
    outlet: Annotated[str | None, Query(max_length=_LONG, description="Only of this outlet.")] = None,
    party: Annotated[
        str | None, Query(max_length=_LONG, description="Only where this party is told of: its id or name.")
    ] = None,
) -> Filters:
    """Return what reports are narrowed by; ``from`` and ``to`` are days of publication."""
    return Filters(values=_given(outlet=outlet), party=party, start=days.start, end=days.end)


def claim_filters(  # noqa: PLR0913  a parameter of the request is one here
    days: DaysOf,
    party: Annotated[
        str | None, Query(max_length=_LONG, description="Only where this party acts or is acted upon: its id or name.")
    ] = None,
    type_: Annotated[EventType | None, Query(alias="type", description="Only of this event type.")] = None,
    status: Annotated[Status | None, Query(description="Only of this status.")] = None,
    place: Annotated[
        str | None, Query(max_length=_LONG, description="Only at this place: its name, or a country's code (LBY).")
    ] = None,
    outlet: Annotated[str | None, Query(max_length=_LONG, description="Only told by this outlet.")] = None,
) -> Filters:
    """Return what claims and events are narrowed by; ``from`` and ``to`` are days of what they tell."""
    values = _given(type=type_.value if type_ else None, status=status, place=place, outlet=outlet)
    return Filters(values=values, party=party, start=days.start, end=days.end)


ReportFilters = Annotated[Filters, Depends(report_filters)]
ClaimFilters = Annotated[Filters, Depends(claim_filters)]


def _given(**values: str | None) -> dict[str, tuple[str, ...]]:
    return {name: (folded(value),) for name, value in values.items() if value}


def folded(words: str) -> str:
    """Return words as they are compared: without case, and without spaces around them."""
    return words.strip().casefold()


def _ids(party: str, picture: Picture) -> frozenset[str]:
    """Return the ids of a party that is given by id or by name; itself where nobody is called so."""
    return picture.once("api.called", _called).get(folded(party), frozenset({party}))


def _called(picture: Picture) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for identity, name in picture.names.items():
        for each in (identity, name):
            found.setdefault(folded(each), set()).add(identity)
    return {called: frozenset(ids) for called, ids in found.items()}


# -- the lists


def reports_in(picture: Picture) -> Listed[Told]:
    """Return the reports in the order of publication."""
    return picture.once("api.reports", lambda made: Listed(made.told, report_key, _report_values))


def claims_in(picture: Picture) -> Listed[Telling]:
    """Return the claims that stand in the order of publication, then as they stand in their report."""
    return picture.once("api.claims", lambda made: Listed(_claims(made), claim_key, _claim_values))


def events_in(picture: Picture) -> Listed[list[Telling]]:
    """Return the events by the day of the report that told of them first; reports that an update supersedes do not count."""
    return picture.once("api.events", lambda made: Listed(_events(made), event_key, _event_values))


def entities_in(picture: Picture) -> Listed[Seen]:
    """Return who is told of, by id."""
    return picture.once("api.entities", lambda made: Listed(made.seen, lambda seen: (seen.id,), _seen_values))


def event_by_id(picture: Picture) -> Mapping[str, list[Telling]]:
    """Return the events by id."""
    return picture.once("api.event", lambda made: {each[0][1].claim.event_id: each for each in events_in(made).items})


def seen_by_id(picture: Picture) -> Mapping[str, Seen]:
    """Return who is told of by id."""
    return picture.once("api.seen", lambda made: {each.id: each for each in made.seen})


def _claims(picture: Picture) -> Iterator[Telling]:
    for told in picture.told:
        for kept in told.claims:
            if kept.gone is None:
                yield told.kept, kept


def _events(picture: Picture) -> list[list[Telling]]:
    return tellings(counted(picture.told, date.max))


def report_key(told: Told) -> Key:
    return _day(told.kept), told.kept.report.id


def claim_key(telling: Telling) -> Key:
    kept, one = telling
    return _day(kept), kept.report.id, one.claim.evidence.start, one.claim.id


def event_key(event: list[Telling]) -> Key:
    return claim_key(event[0])


def _day(kept: Kept) -> int:
    return kept.report.published.toordinal() if kept.report.published else 0


def _report_values(told: Told) -> dict[str, Iterable[str]]:
    outlet = told.kept.report.outlet
    parties = (entity.id for entity, _ in told.entities)
    return {"outlet": (folded(outlet),) if outlet else (), "party": parties}


def _claim_values(telling: Telling) -> dict[str, Iterable[str]]:
    kept, one = telling
    outlet = kept.report.outlet
    return {**_told_values(one.claim), "outlet": (folded(outlet),) if outlet else (), "report": (kept.report.id,)}


def _event_values(event: list[Telling]) -> dict[str, Iterable[str]]:
    outlets = (folded(kept.report.outlet) for kept, _ in event if kept.report.outlet)
    return {**_told_values(event[0][1].claim), "outlet": outlets}


def _told_values(claim: Claim) -> dict[str, Iterable[str]]:
    place = claim.place
    return {
        "type": (folded(claim.event.value),),
        "status": (folded(claim.status.value),),
        "party": (*claim.actor, *claim.recipient),
        "place": (folded(place.name), folded(place.code or "")) if place else (),
    }


def _seen_values(seen: Seen) -> dict[str, Iterable[str]]:
    return {"kind": (seen.entity.kind.value,)}
