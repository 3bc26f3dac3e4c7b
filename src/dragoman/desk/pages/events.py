"""An event: the claims that tell of it, who told it first, why they are one, and what was nearly joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dragoman.desk.asked import AskedOf, address
from dragoman.desk.days import days_of
from dragoman.desk.faults import not_found
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.pages.reports import shelf
from dragoman.desk.paper import desk_of, page
from dragoman.desk.parts.decided import Card as DecisionCard
from dragoman.desk.parts.decided import cards, words_on
from dragoman.desk.parts.lines import Card, card_of, claim_words, find_claim
from dragoman.desk.search.near import acts_near
from dragoman.export.brief import clean
from dragoman.export.ledger_words import spaced
from dragoman.ledger.reasons import Agreed, Compared, agreed
from dragoman.ledger.store import Kept, KeptClaim
from dragoman.model import Claim
from dragoman.views.grounds import event_of

router = APIRouter()
_SHOWN = 200  # claims that are listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A claim of an event with its report; ``origin``: the report whose text it prints, or of which it is a later version."""

    report: Kept
    card: Card
    origin: Kept | None
    updated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """A field that is told in several ways: each value with how many origins tell it so, the most frequent first."""

    field: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """An event as it is set. ``first``: the claims of the first day; which of them came first on that day is not known."""

    id: str
    words: str
    first: tuple[Line, ...]
    lines: tuple[Line, ...]
    count: int
    reports: int
    origins: int
    days: tuple[date | None, date | None]
    differs: tuple[Differs, ...]
    history: tuple[DecisionCard, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Return the outlets that told of it on its first day."""
        return tuple(dict.fromkeys(clean(each.report.report.outlet or "an unknown outlet") for each in self.first))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two acts that were compared: the later with its report and words, in what they agree, or what keeps them apart."""

    id: str
    words: str
    report: Kept | None
    earlier: str
    same_sentence: bool
    agreed: tuple[str, ...]
    against: tuple[str, ...]


@router.get("/events/{identity}")
def event(request: Request, identity: str, asked: AskedOf, why: bool = False) -> Response:
    """Show an event; the address with the id of any of its claims leads to it."""
    desk = desk_of(request)
    picture = desk.picture(view=asked.view)
    if identity not in picture.events:
        leads = find_claim(desk, identity, asked.view)
        if leads.state != "stands":
            return RedirectResponse(address("claims", identity, **asked.query), status_code=HTTPStatus.SEE_OTHER)
        to = address("events", leads.kept.claim.event_id, **asked.query)
        return RedirectResponse(to, status_code=HTTPStatus.SEE_OTHER)
    context = {
        "shown": _event(desk, picture, identity),
        "words": words_on(desk, asked.view),
        "why": _why(desk, picture, identity) if why else None,
    }
    return page(request, "event.html", context, asked)


@router.get("/events/{identity}/why")
def reasons(request: Request, identity: str, asked: AskedOf) -> HTMLResponse:
    """Return why the claims of an event are one, and which were nearly joined, as a part of its page."""
    desk = desk_of(request)
    picture = desk.picture(view=asked.view)
    if identity not in picture.events:
        raise not_found(identity, "event")
    return page(request, "event_why.html", {"why": _why(desk, picture, identity), "event": identity}, asked)


def _event(desk: Desk, picture: Picture, identity: str) -> EventPage:
    tellings = picture.events[identity]
    first = tellings[0][1].claim
    lines = [_line(picture, report, kept) for report, kept in tellings[:_SHOWN]]
    published = [report.report.published for report, _ in tellings if report.report.published]
    ids = {kept.claim.id for _, kept in tellings}
    listed = [each for each in reversed(desk.boards.decisions(picture.view)[1]) if not ids.isdisjoint(each.about)]
    return EventPage(
        id=identity,
        words=claim_words(first, picture.names),
        first=tuple(each for each in lines if each.report.report.published == lines[0].report.report.published),
        lines=tuple(lines),
        count=len(tellings),
        reports=len({report.report.id for report, _ in tellings}),
        origins=len({report.origin for report, _ in tellings}),
        days=(min(published, default=None), max(published, default=None)),
        differs=_differing(tellings),
        history=tuple(cards(desk, listed[:50], picture.view)),
    )


def _line(picture: Picture, report: Kept, kept: KeptClaim) -> Line:
    origin = picture.reports.get(report.origin) if report.origin != report.report.id else None
    return Line(
        report=report,
        card=card_of(kept, picture.names),
        origin=origin.kept if origin else None,
        updated=report.report.id in shelf(picture).updates,
    )


def _differing(tellings: Sequence[tuple[Kept, KeptClaim]]) -> tuple[Differs, ...]:
    """Return the fields that are told in several ways, with the number of origins for each."""
    found = []
    for field in ("day", "place", "status", "casualties", "polarity"):
        told = {(report.origin, value) for report, kept in tellings if (value := _value(field, kept.claim))}
        counted = Counter(value for _, value in told)
        if len(counted) > 1:
            ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
            found.append(Differs(field=field, values=tuple(ordered)))
    return tuple(found)


def _value(field: str, claim: Claim) -> str:
    if field == "day":
        return days_of(claim.date)
    if field == "place":
        return claim.place.name if claim.place else ""
    if field == "status":
        return spaced(claim.status.value)
    return ("not so" if claim.negated else "so") if field == "polarity" else claim.casualties or ""


# -- why


def _why(desk: Desk, picture: Picture, identity: str) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """Return the pairs by which the claims of an event are one, and those that were nearly joined."""
    tellings = tuple(picture.events[identity])
    events = picture.once("event of claim", _events)
    of = event_of(identity, tellings, events, acts_near(desk, picture, [report for report, _ in tellings]))
    joined = tuple(_pair(picture, each, joins=True) for each in of.joined)
    near = (each for each in of.near if each.later.act.id in picture.claims)  # those that stand
    return joined, tuple(_pair(picture, each, joins=False) for each in near)


def _events(picture: Picture) -> dict[str, str]:
    return {claim: kept.claim.event_id for claim, (_, kept) in picture.claims.items()}


def _agreed(one: Agreed, names: Mapping[str, str]) -> str:
    """Return a field that agrees, with what both say of it: 'day (14 Jan 2020)', 'place (near: Moscow / Russia)'."""
    values = (names.get(each, each) for each in one.words.split(", "))
    words = ", ".join(
        spaced(each.replace(".", ": ")) if one.field in ("kind", "signature") else each for each in values
    )
    return clean(f"{one.field} ({'near: ' if one.how == 'near' else ''}{words})")


def _pair(picture: Picture, compared: Compared, *, joins: bool) -> Pair:
    later = compared.later.act.id
    told = picture.claims.get(later)
    return Pair(
        id=later,
        words=claim_words(told[1].claim, picture.names) if told else f"claim {later}",
        report=told[0].kept if told else None,
        earlier=compared.earlier.act.id,
        same_sentence=compared.copied,
        agreed=tuple(_agreed(each, picture.names) for each in agreed(compared)),
        against=() if joins else compared.against,
    )
