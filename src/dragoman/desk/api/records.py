"""Reports, claims, events and entities: lists with filters, and each by its id; and search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.desk.api.answers import answer, told
from dragoman.desk.api.filters import Conflict, SoughtClaims, SoughtEvents, SoughtReports
from dragoman.desk.api.making import hit_of_report, ledger_report_form, report_line, row_form, seen_form
from dragoman.desk.api.paging import PartOf
from dragoman.desk.asked import AskedOf
from dragoman.desk.faults import bad, not_found
from dragoman.desk.kept import Picture
from dragoman.desk.paper import desk_of
from dragoman.desk.search.finding import Found, find_claims, find_events, find_reports, form_of_event
from dragoman.desk.search.indexes import events_of
from dragoman.export.ledger_json import ledger_claim_form
from dragoman.model import Kind
from dragoman.views.listing import Seen, is_called

router = APIRouter(tags=["records"])


@router.get("/reports", response_class=Response, responses=told("Page_ReportLineForm_", "Reports, newest first."))
def reports(request: Request, asked: AskedOf, sought: SoughtReports, part: PartOf) -> Response:
    """List the reports; what is asked of claims, one of a report's claims must have."""
    found = find_reports(desk_of(request), sought, asked.view)
    return answer(request, part.page(found, lambda each: report_line(each.told)))


@router.get("/reports/{report:path}", response_class=Response, responses=told("LedgerReportForm", "The report."))
def report(request: Request, asked: AskedOf, report: str) -> Response:
    """Show a report: its text, who is in it, what it claims, and where it is filed."""
    desk = desk_of(request)
    return answer(request, ledger_report_form(desk, desk.report(report, asked.view)))


@router.get("/claims", response_class=Response, responses=told("Page_LedgerClaimForm_", "Claims, newest report first."))
def claims(request: Request, asked: AskedOf, sought: SoughtClaims, part: PartOf) -> Response:
    """List the claims that stand; those that people decided are wrong are out."""
    return answer(request, part.page(find_claims(desk_of(request), sought, asked.view), row_form))


@router.get("/claims/{claim}", response_class=Response, responses=told("LedgerClaimForm", "The claim."))
def claim(request: Request, asked: AskedOf, claim: str) -> Response:
    """Show a claim that stands; /why says what it stands on."""
    found = desk_of(request).picture(view=asked.view).claims.get(claim)
    if found is None:
        raise not_found(claim, "claim", "check the id; of one that was decided to be wrong, ask /api/v1/why")
    return answer(request, ledger_claim_form(found[1], found[0].kept))


@router.get("/events", response_class=Response, responses=told("Page_EventForm_", "Events, newest first."))
def events(request: Request, asked: AskedOf, sought: SoughtEvents, part: PartOf) -> Response:
    """List the events; reports that an update supersedes do not count."""
    found = find_events(desk_of(request), sought, asked.view)
    return answer(request, part.page(found, lambda each: form_of_event(each.event)))


@router.get("/events/{event}", response_class=Response, responses=told("EventForm", "The event."))
def event(request: Request, asked: AskedOf, event: str) -> Response:
    """Show an event with the ids of the claims that tell of it."""
    found = events_of(desk_of(request).picture(view=asked.view)).get(event)
    if found is None:
        raise not_found(event, "event")
    return answer(request, form_of_event(found))


@router.get("/entities", response_class=Response, responses=told("Page_SeenForm_", "Who is told of, by id."))
def entities(  # noqa: PLR0913  a parameter of the request is one here
    request: Request,
    asked: AskedOf,
    part: PartOf,
    conflict: Conflict = "",
    name: Annotated[str, Query(max_length=300, description="Only whose id or a name of theirs has this in it.")] = "",
    kind: Annotated[Kind | None, Query(description="Only of this kind.")] = None,
    least: Annotated[int, Query(ge=1, le=1_000_000, description="Only who is mentioned so often.")] = 1,
) -> Response:
    """List who is told of."""
    picture = desk_of(request).picture(conflict or None, asked.view)
    rows = [
        each
        for each in picture.once("api.entities", _by_id).values()
        if each.mentions >= least and kind in (None, each.entity.kind) and (not name or is_called(each, name))
    ]
    return answer(request, part.page(Found(rows=rows, key=lambda each: (each.id,)), seen_form))


@router.get("/entities/{entity:path}", response_class=Response, responses=told("SeenForm", "Who it is."))
def entity(request: Request, asked: AskedOf, entity: str) -> Response:
    """Show somebody who is told of."""
    found = desk_of(request).picture(view=asked.view).once("api.entities", _by_id).get(entity)
    if found is None:
        raise not_found(entity, "entity")
    return answer(request, seen_form(found))


@router.get("/search", response_class=Response, responses=told("Page_HitForm_", "Reports, the best first."))
def found(request: Request, asked: AskedOf, sought: SoughtReports, part: PartOf) -> Response:
    """Find reports by words in them (`q`): all of the words, in any form, and none of the -words; the best come first."""
    if sought.words is None:
        raise bad("q", "no word to be found", 'give WORDS, "A PHRASE", and -WITHOUT')
    hits = find_reports(desk_of(request), sought, asked.view)
    return answer(request, part.page(hits, lambda each: hit_of_report(each, sought)))


def _by_id(picture: Picture) -> dict[str, Seen]:
    return {each.id: each for each in sorted(picture.seen, key=lambda each: each.id)}
