"""The first page: the conflicts that are followed, with what is told of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.board.conflicts import Conflict
from dragoman.desk.asked import AskedOf
from dragoman.desk.conflict.state import ranked
from dragoman.desk.kept import Desk
from dragoman.desk.paper import desk_of, page
from dragoman.export.ledger_words import since_when
from dragoman.ledger.store import View

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A conflict in one line: how many reports, of which day the last is, and how its most alive ceasefire stands, since when."""

    conflict: Conflict
    reports: int
    last: date | None
    ceasefire: str | None
    since: date | None
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
    truce = next(iter(ranked(board)), None)
    return Followed(
        conflict=shown.conflict, reports=board.reports, last=board.last, ceasefire=truce.status if truce else None,
        since=since_when(truce.history, truce.status) if truce else None, disputes=len(board.disputes),
    )  # fmt: skip


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
