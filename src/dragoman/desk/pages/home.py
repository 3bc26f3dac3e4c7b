"""The first page: the conflicts that are followed, with what is told of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.board.conflicts import Conflict
from dragoman.board.types import Truce
from dragoman.desk.asked import AskedOf
from dragoman.desk.kept import Desk
from dragoman.desk.paper import desk_of, page
from dragoman.ledger.store import View

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A conflict in one line: how many reports, of which day the last is, and how its newest truce stands."""

    conflict: Conflict
    reports: int
    last: date | None
    truce: Truce | None
    disputes: int


@router.get("/")
def home(request: Request, asked: AskedOf) -> Response:
    """Show the conflicts that reports tell of, the newest first; those without any below."""
    desk = desk_of(request)
    listed = [_followed(desk, one, asked.view) for one in desk.conflicts]
    told = sorted((each for each in listed if each.reports), key=lambda each: (-_ordinal(each.last), each.conflict.id))
    silent = sorted((each.conflict for each in listed if not each.reports), key=lambda each: each.name)
    reports = len(desk.picture(view=asked.view).told)
    return page(request, "home.html", {"told": told, "silent": silent, "reports": reports}, asked)


def _followed(desk: Desk, identity: str, view: View) -> Followed:
    shown = desk.shown(identity, view)
    board = shown.board
    truce = max(board.truces, key=lambda each: (_ordinal(each.last), each.id), default=None)
    return Followed(
        conflict=shown.conflict, reports=board.reports, last=board.last, truce=truce, disputes=len(board.disputes)
    )


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
