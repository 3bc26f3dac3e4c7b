"""The addresses of a conflict's feeds."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.desk.api.answers import answered
from dragoman.desk.paper import desk_of
from dragoman.desk.told.feeds import atom, calendar, json_feed

router = APIRouter()


@router.get("/feeds/{conflict}.atom")
def as_atom(request: Request, conflict: str) -> Response:
    """Give what changed day by day as Atom."""
    return answered(request, atom(desk_of(request), conflict, _base(request)), "application/atom+xml")


@router.get("/feeds/{conflict}.json")
def as_json(request: Request, conflict: str) -> Response:
    """Give what changed day by day as JSON Feed."""
    return answered(request, json_feed(desk_of(request), conflict, _base(request)), "application/feed+json")


@router.get("/feeds/{conflict}.ics")
def as_calendar(request: Request, conflict: str) -> Response:
    """Give what is planned as iCalendar."""
    return answered(request, calendar(desk_of(request), conflict, _base(request)), "text/calendar")


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")
