"""Conflicts and their boards, and what an id stands on."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.desk.api.answers import JSON, answer, answered, told
from dragoman.desk.api.forms import Page
from dragoman.desk.api.making import conflict_form
from dragoman.desk.asked import Asked, AskedOf, day_in
from dragoman.desk.faults import bad, not_found
from dragoman.desk.kept import Desk
from dragoman.desk.paper import desk_of
from dragoman.desk.search.near import acts_near
from dragoman.export.contract import line_of
from dragoman.export.ledger_json import board_form
from dragoman.export.ledger_since import changes
from dragoman.export.ledger_why import why_form
from dragoman.export.ledger_words import Tongue
from dragoman.views.grounds import Asked as AskedWhy
from dragoman.views.grounds import grounds
from dragoman.views.naming import issues_of

router = APIRouter(tags=["conflicts"])

_LEAST = 4  # characters of an id that is looked up


@router.get("/conflicts", response_class=Response, responses=told("Page_ConflictForm_", "All that are followed."))
def conflicts(request: Request, asked: AskedOf) -> Response:
    """List the conflicts that are followed, with how many reports tell of each."""
    desk = desk_of(request)
    found = tuple(conflict_form(desk.shown(one, asked.view)) for one in sorted(desk.conflicts))
    return answer(request, Page(items=found, next=None))


@router.get("/conflicts/{conflict}", response_class=Response, responses=told("ConflictForm", "The conflict."))
def conflict(request: Request, asked: AskedOf, conflict: str) -> Response:
    """Show a conflict: parties, backers, issues, and how many reports tell of it."""
    return answer(request, conflict_form(desk_of(request).shown(conflict, asked.view)))


@router.get("/conflicts/{conflict}/board", response_class=Response, responses=told("BoardForm", "The board."))
def board(
    request: Request,
    asked: AskedOf,
    conflict: str,
    since: Annotated[
        str, Query(description="Also what changed since the board of this day.", json_schema_extra={"format": "date"})
    ] = "",
) -> Response:
    """Show the board of a conflict: the very bytes of ``dragoman board --json``, with ``since`` of ``brief --since --json``."""
    desk = desk_of(request)
    return answered(request, board_line(desk, conflict, asked, since), JSON)


def board_line(desk: Desk, conflict: str, asked: Asked, since: str) -> bytes:
    """Return a board as the commands print it."""
    day = day_in(since, "since")
    if day and asked.as_of and day > asked.as_of:
        raise bad("since", "since is after as_of", "give an earlier day")
    now = desk.shown(conflict, asked.view)
    if day is None:
        made = desk.picture(conflict, asked.view)
        return made.once("api.board", lambda _: line_of(board_form(now.board, desk.quote(now.board))))
    before = desk.shown(conflict, replace(asked.view, until=day)).board
    tongue = Tongue({**before.names, **now.board.names}, issues_of(now.conflict))
    quote = desk.quote(before, now.board)
    return line_of(board_form(now.board, quote, day, changes(before, now.board, tongue)))


@router.get("/why/{identity:path}", response_class=Response, responses=told("WhyForm", "What it stands on."))
def why(
    request: Request,
    asked: AskedOf,
    identity: str,
    conflict: Annotated[str | None, Query(max_length=300, description="Look at this conflict's board alone.")] = None,
) -> Response:
    """Show what a claim, an event, a report's filing or an entry of a board stands on, and what speaks against it."""
    if len(identity) < _LEAST:
        raise bad(identity, "too short for an id", f"give at least {_LEAST} characters of it")
    desk = desk_of(request)
    picture = desk.picture(view=asked.view)
    carried, _, hands = desk.boards.decisions(asked.view)
    chosen = [desk.conflict(conflict)] if conflict else list(desk.conflicts.values())
    found = grounds(identity, AskedWhy(
        ledger=desk.ledger, view=asked.view, told=picture.told, conflicts=chosen, hands=hands, held=carried.held,
        board=lambda one: desk.shown(one.id, asked.view).board, acts=lambda reports: acts_near(desk, picture, reports),
        stands=lambda one: desk.stands(one, asked.view),
    ))  # fmt: skip
    if not found:
        raise not_found(identity, "claim, event, report or entry")
    boards = (desk.shown(one, asked.view).board for one, _ in found.entries)
    return answered(request, line_of(why_form(found, desk.quote(*boards))), JSON)
