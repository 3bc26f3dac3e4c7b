"""Reports, claims, events and entities: lists with filters, and each by its id."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.desk.api.answers import answer, told
from dragoman.desk.api.filters import (
    ClaimFilters,
    Order,
    OrderOf,
    PictureOf,
    ReportFilters,
    claim_key,
    claims_in,
    entities_in,
    event_by_id,
    event_key,
    events_in,
    report_key,
    reports_in,
    seen_by_id,
)
from dragoman.desk.api.making import event_of, ledger_report_form, report_line, seen_form, telling_form
from dragoman.desk.api.paging import PartOf
from dragoman.desk.asked import AskedOf
from dragoman.desk.faults import not_found
from dragoman.desk.paper import desk_of
from dragoman.model import Kind
from dragoman.views.listing import Seen, is_called

router = APIRouter(tags=["records"])


@router.get("/reports", response_class=Response, responses=told("Page_ReportLineForm_", "Reports, oldest first."))
def reports(
    request: Request, picture: PictureOf, only: ReportFilters, part: PartOf, order: OrderOf = Order.OLDEST
) -> Response:
    """List the reports."""
    listed, newest = reports_in(picture), order is Order.NEWEST
    found = listed.find(only.wanted(picture), only.fits_report(), part.after, backwards=newest)
    return answer(request, part.page(part.taken(found), report_key, report_line))


@router.get("/reports/{report:path}", response_class=Response, responses=told("LedgerReportForm", "The report."))
def report(request: Request, asked: AskedOf, report: str) -> Response:
    """Show a report: its text, who is in it, what it claims, and where it is filed."""
    desk = desk_of(request)
    return answer(request, ledger_report_form(desk, desk.report(report, asked.view)))


@router.get("/claims", response_class=Response, responses=told("Page_LedgerClaimForm_", "Claims by report."))
def claims(  # noqa: PLR0913  a parameter of the request is one here
    request: Request,
    picture: PictureOf,
    only: ClaimFilters,
    part: PartOf,
    report: Annotated[str | None, Query(max_length=300, description="Only of this report: its id.")] = None,
    order: OrderOf = Order.OLDEST,
) -> Response:
    """List the claims that stand; those that people decided are wrong are out."""
    wanted = {**only.wanted(picture), **({"report": (report,)} if report else {})}
    found = claims_in(picture).find(wanted, only.fits_claim(), part.after, backwards=order is Order.NEWEST)
    return answer(request, part.page(part.taken(found), claim_key, telling_form))


@router.get("/claims/{claim}", response_class=Response, responses=told("LedgerClaimForm", "The claim."))
def claim(request: Request, asked: AskedOf, claim: str) -> Response:
    """Show a claim that stands; /why says what it stands on."""
    found = desk_of(request).picture(view=asked.view).claims.get(claim)
    if found is None:
        raise not_found(claim, "claim", "check the id; of one that was decided to be wrong, ask /api/v1/why")
    return answer(request, telling_form((found[0].kept, found[1])))


@router.get("/events", response_class=Response, responses=told("Page_EventForm_", "Events by first report."))
def events(
    request: Request, picture: PictureOf, only: ClaimFilters, part: PartOf, order: OrderOf = Order.OLDEST
) -> Response:
    """List the events; reports that an update supersedes do not count."""
    fits = only.fits_claim()
    found = events_in(picture).find(
        only.wanted(picture), (lambda each: fits(each[0])) if fits else None, part.after,
        backwards=order is Order.NEWEST,
    )  # fmt: skip
    return answer(request, part.page(part.taken(found), event_key, event_of))


@router.get("/events/{event}", response_class=Response, responses=told("EventForm", "The event."))
def event(request: Request, asked: AskedOf, event: str) -> Response:
    """Show an event with the ids of the claims that tell of it."""
    found = event_by_id(desk_of(request).picture(view=asked.view)).get(event)
    if found is None:
        raise not_found(event, "event")
    return answer(request, event_of(found))


@router.get("/entities", response_class=Response, responses=told("Page_SeenForm_", "Who is told of, by id."))
def entities(  # noqa: PLR0913  a parameter of the request is one here
    request: Request, picture: PictureOf, part: PartOf,
    name: Annotated[
        str | None, Query(max_length=300, description="Only whose id or a name of theirs has this in it.")
    ] = None,
    kind: Annotated[Kind | None, Query(description="Only of this kind.")] = None,
    least: Annotated[int, Query(ge=1, le=1_000_000, description="Only who is mentioned so often.")] = 1,
) -> Response:  # fmt: skip
    """List who is told of."""

    def fits(seen: Seen) -> bool:
        return seen.mentions >= least and (not name or is_called(seen, name))

    found = entities_in(picture).find({"kind": (kind.value,)} if kind else {}, fits, part.after)
    return answer(request, part.page(part.taken(found), lambda seen: (seen.id,), seen_form))


@router.get("/entities/{entity:path}", response_class=Response, responses=told("SeenForm", "Who it is."))
def entity(request: Request, asked: AskedOf, entity: str) -> Response:
    """Show somebody who is told of."""
    found = seen_by_id(desk_of(request).picture(view=asked.view)).get(entity)
    if found is None:
        raise not_found(entity, "entity")
    return answer(request, seen_form(found))
