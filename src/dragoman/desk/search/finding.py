"""What is looked for: reports, claims or events by words and filters, sorted, in parts that a cursor leads on from.

The search page and the API ask here. All is looked up in indexes of a picture, made once, so that a part costs the same in a
large ledger.
"""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Generic, TypeVar

import msgspec
from fastapi import Depends, Query

from dragoman.desk.asked import day_in
from dragoman.desk.faults import RequestError, bad
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.search.indexes import (
    LATE,
    Claims,
    Event,
    Key,
    Row,
    called,
    claims_of,
    day_of,
    events_of,
    folding,
    outlets_of,
    reports_of,
)
from dragoman.export.ledger_form import EventForm, HitForm, LedgerClaimForm
from dragoman.export.ledger_json import event_form, hit_form, ledger_claim_form
from dragoman.ledger import search
from dragoman.ledger.search import Hit
from dragoman.ledger.store import Told, View
from dragoman.model import EventType, Status

PART = 25  # so many of what is found are shown at a time
_LONGEST = 1000  # characters of a query or filter
_FEW = 2000  # rows that are sorted anew rather than picked out of all in order

_Row = TypeVar("_Row")
_OneOf = TypeVar("_OneOf", bound=StrEnum)


class Kind(StrEnum):
    """What is looked for."""

    REPORTS = "reports"
    CLAIMS = "claims"
    EVENTS = "events"


class Order(StrEnum):
    """What comes first: the best hits, what is newest, or what is oldest (who said it first)."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The parameters of a search as they stand in its address."""

    q: str = ""
    conflict: str = ""
    party: str = ""
    type: str = ""
    start: str = ""
    end: str = ""
    place: str = ""
    outlet: str = ""
    status: str = ""
    kind: str = ""
    order: str = ""

    @property
    def query(self) -> dict[str, str]:
        """Return the parameters that are given, by their names in an address."""
        named = {
            "q": self.q, "in": self.kind, "conflict": self.conflict, "party": self.party, "type": self.type,
            "from": self.start, "to": self.end, "place": self.place, "outlet": self.outlet, "status": self.status,
            "sort": self.order,
        }  # fmt: skip
        return {name: value for name, value in named.items() if value}

    @property
    def narrows(self) -> bool:
        """Return whether something is asked for, and not all."""
        return not self.query.keys() <= {"in", "sort"}


def given_in(  # noqa: PLR0913  a parameter of the address is a parameter here
    q: Annotated[str, Query(description='Words, "phrases" and -words that must not be there.')] = "",
    conflict: Annotated[str, Query(description="Id of a conflict.")] = "",
    party: Annotated[str, Query(description="Who acts or is acted upon: an id, a name, or part of one.")] = "",
    type: Annotated[str, Query(description="A PLOVER event type, as AGREE.")] = "",
    start: Annotated[str, Query(alias="from", description="First day; of reports that of publication.")] = "",
    end: Annotated[str, Query(alias="to", description="Last day; of reports that of publication.")] = "",
    place: Annotated[str, Query(description="A place's name, part of it, or a country's code.")] = "",
    outlet: Annotated[str, Query(description="The source: an outlet's name.")] = "",
    status: Annotated[str, Query(description="occurred, future, hypothetical or historical.")] = "",
    kind: Annotated[str, Query(alias="in", description="reports, claims or events.")] = "",
    order: Annotated[str, Query(alias="sort", description="best, newest or oldest.")] = "",
) -> Given:
    """Return the parameters of a search; nothing is said of whether they can be used."""
    listed = (q, conflict, party, type, start, end, place, outlet, status, kind, order)
    return Given(**dict(zip(Given.__dataclass_fields__, map(str.strip, listed), strict=True)))


GivenIn = Annotated[Given, Depends(given_in)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for. Of claims and events the days are those that they tell of, of reports those of publication."""

    kind: Kind = Kind.REPORTS
    words: search.Query | None = None
    conflict: str | None = None
    party: str | None = None
    type: EventType | None = None
    start: date | None = None
    end: date | None = None
    place: str | None = None
    outlet: str | None = None
    status: Status | None = None
    order: Order = Order.NEWEST

    @property
    def narrows_claims(self) -> bool:
        """Return whether something of claims is asked, which a report has only by its claims."""
        return any(each is not None for each in (self.party, self.type, self.place, self.status))


def sought_in(given: Given, kind: Kind | None = None) -> Sought:
    """Return what an address looks for; DragomanError where a parameter cannot be used.

    >>> sought_in(Given(q="left", type="reject")).type
    <EventType.REJECT: 'REJECT'>
    """
    for name, value in given.query.items():
        if len(value) > _LONGEST:
            raise bad(name, f"more than {_LONGEST:,} characters", "give the few words that matter")
    chosen = kind or _one_of(Kind, given.kind, "in") or Kind.REPORTS
    words = search.query_of(given.q) if given.q else None
    best = words is not None and chosen is Kind.REPORTS
    order = _one_of(Order, given.order, "sort") or (Order.BEST if best else Order.NEWEST)
    return Sought(
        kind=chosen, words=words, conflict=given.conflict or None, party=given.party or None,
        type=_one_of(EventType, given.type.upper(), "type"), start=day_in(given.start, "from"),
        end=day_in(given.end, "to"), place=given.place or None, outlet=given.outlet or None,
        status=_one_of(Status, given.status, "status"),
        order=order if best or order is not Order.BEST else Order.NEWEST,
    )  # fmt: skip


def sought_of(given: GivenIn) -> Sought:
    """Return what an address looks for, for FastAPI's ``Depends``."""
    return sought_in(given)


SoughtOf = Annotated[Sought, Depends(sought_of)]


def _one_of(kind: type[_OneOf], value: str, name: str) -> _OneOf | None:
    if not value:
        return None
    try:
        return kind(value)
    except ValueError as mistake:
        raise bad(name, f"{value[:40]!r} is none", f"use one of: {', '.join(kind)}") from mistake


# -- what is found, in parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[_Row]):
    """Some of what was found, how much there is in all, and the cursor of the next part (None at the end)."""

    rows: tuple[_Row, ...]
    count: int
    before: int
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[_Row]):
    """All that was found, in order; ``key`` is what it is sorted by."""

    rows: Sequence[_Row]
    key: Callable[[_Row], Key]

    def part(self, cursor: str | None = None, size: int = PART) -> Part[_Row]:
        """Return what comes after a cursor. It names the last row before, so that what is added meanwhile shifts nothing."""
        start = self._after(key_of(cursor)) if cursor and self.rows else 0
        rows = tuple(self.rows[start : start + size])
        more = start + len(rows) < len(self.rows)
        return Part(
            rows=rows, count=len(self.rows), before=start, next=cursor_of(self.key(rows[-1])) if more and rows else None
        )

    def _after(self, key: Key) -> int:
        """Return the place of the first row after a key; RequestError where it is one of another list."""
        try:
            return bisect_right(self.rows, key, key=self.key)
        except TypeError as mistake:
            raise _no_cursor() from mistake


def cursor_of(key: Key) -> str:
    """Return the cursor of a row by what it is sorted by.

    >>> key_of(cursor_of((-737437, "1f", 3)))
    (-737437, '1f', 3)
    """
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def key_of(cursor: str) -> Key:
    """Return what the row of a cursor is sorted by; RequestError where it is no cursor."""
    try:
        raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(raw, type=tuple[int | float | str, ...])
    except (ValueError, binascii.Error, msgspec.MsgspecError, RecursionError) as mistake:
        raise _no_cursor() from mistake


def _no_cursor() -> RequestError:
    return bad("cursor", "this is no cursor of this list", "follow the link to the next part, or leave it out")


# -- what is found


@dataclass(frozen=True, slots=True, kw_only=True)
class OfReport:
    """A report that was found: how well it answers the words, and the first of its claims that was asked for."""

    told: Told
    score: float = 0.0
    claim: Row | None = None

    @property
    def best(self) -> Key:
        """Return what puts the best hit first, then the newest."""
        return (-self.score, *self.newest)

    @property
    def newest(self) -> Key:
        """Return what puts the newest first."""
        return (-day_of(self.told, 0), self.told.kept.report.id)

    @property
    def oldest(self) -> Key:
        """Return what puts the oldest first; without a day it is last."""
        return (day_of(self.told, LATE), self.told.kept.report.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfEvent:
    """An event that was found, by which of its claims."""

    event: Event
    row: Row

    @property
    def newest(self) -> Key:
        """Return what puts the event of the last day first."""
        return self.event.newest

    @property
    def oldest(self) -> Key:
        """Return what puts the event of the first day first."""
        return self.event.oldest


def picture_of(desk: Desk, sought: Sought, view: View | None = None) -> Picture:
    """Return the picture in which is looked; RequestError where there is no such conflict."""
    return desk.picture(sought.conflict, view)


def find_claims(desk: Desk, sought: Sought, view: View | None = None) -> Found[Row]:
    """Return the claims that are looked for, in order."""
    picture = picture_of(desk, sought, view)
    claims, found = claims_of(picture), _places(picture, sought, days=True)
    if sought.order is not Order.OLDEST:
        return Found(rows=[claims.rows[number] for number in sorted(found)], key=lambda row: row.newest)
    if len(found) > _FEW:
        return Found(rows=[claims.rows[at] for at in claims.oldest if at in found], key=lambda row: row.oldest)
    return Found(rows=sorted((claims.rows[at] for at in found), key=lambda row: row.oldest), key=lambda row: row.oldest)


def find_events(desk: Desk, sought: Sought, view: View | None = None) -> Found[OfEvent]:
    """Return the events of which a claim is looked for, in order; that claim stands with each (the first that was printed)."""
    picture = picture_of(desk, sought, view)
    claims, events = claims_of(picture), events_of(picture)
    first: dict[str, Row] = {}
    for number in sorted(_places(picture, sought, days=True)):
        row = claims.rows[number]
        if row.counts:
            first[row.kept.claim.event_id] = row  # the newest come first: the last one stays
    oldest = sought.order is Order.OLDEST
    rows = [OfEvent(event=events[identity], row=row) for identity, row in first.items()]
    rows.sort(key=lambda each: each.oldest if oldest else each.newest)
    return Found(rows=rows, key=lambda each: each.oldest if oldest else each.newest)


def find_reports(desk: Desk, sought: Sought, view: View | None = None) -> Found[OfReport]:
    """Return the reports that are looked for, in order; what is asked of claims, one of a report's claims must have."""
    picture = picture_of(desk, sought, view)
    scores = search.scores(desk.ledger, sought.words) if sought.words else None
    claims = _by_report(picture, sought) if sought.narrows_claims else None
    start, end = _ends(sought)
    rows = []
    for told in outlets_of(picture).get(folding(sought.outlet), ()) if sought.outlet else reports_of(picture):
        identity = told.kept.report.id
        if any(some is not None and identity not in some for some in (scores, claims)):
            continue
        if (sought.start or sought.end) and not start <= day_of(told, 0) <= end:
            continue
        claim = claims[identity] if claims else None
        rows.append(OfReport(told=told, score=scores[identity] if scores else 0.0, claim=claim))
    if sought.order is not Order.NEWEST:
        rows.sort(key=lambda each: each.best if sought.order is Order.BEST else each.oldest)
    return Found(rows=rows, key=_REPORT_KEYS[sought.order])


_REPORT_KEYS: dict[Order, Callable[[OfReport], Key]] = {
    Order.BEST: lambda each: each.best,
    Order.NEWEST: lambda each: each.newest,
    Order.OLDEST: lambda each: each.oldest,
}


def hit_of(found: OfReport, words: search.Query | None) -> Hit:
    """Return a report that was found with a stretch of its text: its sentence with the hit, where that gave a claim."""
    report = found.told.kept.report
    start, end = _stretch(found, words)
    return Hit(
        report=report.id, outlet=report.outlet, published=report.published, headline=report.headline, score=found.score,
        start=start, end=end, snippet=report.text[start:end],
    )  # fmt: skip


def sentence_of(found: OfReport, words: search.Query | None) -> int | None:
    """Return the number of the sentence in which the first hit stands, None where it gave no claim."""
    if words is None:
        return found.claim.kept.claim.evidence.sentence if found.claim else None
    row = _claim_at(found.told, search.first_hit(found.told.kept.report.text, words))
    return row[2] if row else None


def forms_of(desk: Desk, sought: Sought, view: View | None = None) -> Iterator[HitForm | LedgerClaimForm | EventForm]:
    """Yield the printed form of each report, claim or event that is looked for, in order."""
    if sought.kind is Kind.REPORTS:
        yield from (hit_form(hit_of(each, sought.words)) for each in find_reports(desk, sought, view).rows)
    elif sought.kind is Kind.CLAIMS:
        yield from (ledger_claim_form(row.kept, row.told.kept) for row in find_claims(desk, sought, view).rows)
    else:
        yield from (form_of_event(each.event) for each in find_events(desk, sought, view).rows)


def form_of_event(event: Event) -> EventForm:
    """Return the printed form of an event."""
    return event_form([(row.told.kept, row.kept) for row in event.rows])


def _stretch(found: OfReport, words: search.Query | None) -> tuple[int, int]:
    report = found.told.kept.report
    if words is None and found.claim is not None:
        evidence = found.claim.kept.claim.evidence
        return evidence.start, evidence.end
    if words is None:
        start = report.body_start
        return start, start + search.around(report.text[start:], 0)[1]
    hit = search.first_hit(report.text, words)
    sentence = _claim_at(found.told, hit)
    return sentence[:2] if sentence else search.around(report.text, hit)


def _claim_at(told: Told, hit: int) -> tuple[int, int, int] | None:
    """Return start, end and number of the sentence with a claim that is at a place of a report."""
    evidences = (kept.claim.evidence for kept in told.claims)
    return next(((one.start, one.end, one.sentence) for one in evidences if one.start <= hit < one.end), None)


def _by_report(picture: Picture, sought: Sought) -> dict[str, Row]:
    """Return the first of the claims that are asked for of each report that has one, whatever days it tells of."""
    claims = claims_of(picture)
    found: dict[str, Row] = {}
    for number in sorted(_places(picture, sought, days=False, words=False)):
        found.setdefault(claims.rows[number].told.kept.report.id, claims.rows[number])
    return found


def _places(picture: Picture, sought: Sought, *, days: bool, words: bool = True) -> set[int]:
    """Return where the claims that are looked for stand among those of a picture."""
    claims = claims_of(picture)
    narrowed = list(_narrowed(picture, claims, sought))
    found: Iterable[int] = set[int].intersection(*narrowed) if narrowed else range(len(claims.rows))
    if days and (sought.start or sought.end):
        start, end = _ends(sought)
        found = [at for at in found if (row := claims.rows[at]).first and row.last >= start and row.first <= end]
    if words and sought.words is not None:
        query, wanted, stems = sought.words, search.stems_wanted(sought.words), picture.once("finding.stems", _stems)
        found = [at for at in found if wanted <= stems[at]]
        if query.unwanted or any(len(term) > 1 for term in query.wanted):
            found = [at for at in found if search.has(claims.rows[at].kept.claim.evidence.text, query)]
    return found if isinstance(found, set) else set(found)


def _stems(picture: Picture) -> list[frozenset[str]]:
    """Return the stems of the words of each claim's sentence."""
    return [search.stems_of(row.kept.claim.evidence.text) for row in claims_of(picture).rows]


def _narrowed(picture: Picture, claims: Claims, sought: Sought) -> Iterable[set[int]]:
    """Yield where the claims stand that each filter lets through."""
    if sought.party is not None:
        yield set[int]().union(*(claims.parties.get(identity, ()) for identity in called(picture, sought.party)))
    if sought.type is not None:
        yield set(claims.types.get(sought.type.value, ()))
    if sought.status is not None:
        yield set(claims.statuses.get(sought.status.value, ()))
    if sought.place is not None:
        yield claims.at_place(sought.place)
    if sought.outlet is not None:
        yield set(claims.outlets.get(folding(sought.outlet), ()))


def _ends(sought: Sought) -> tuple[int, int]:
    """Return the numbers of the first and the last day that are looked for."""
    return (sought.start or date.min).toordinal(), (sought.end or date.max).toordinal()
