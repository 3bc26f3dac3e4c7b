"""The page of an entry of a board: all that it stands on, sentence by sentence."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.board.types import Entry, cited_in
from dragoman.desk.asked import AskedOf
from dragoman.desk.conflict.called import Called
from dragoman.desk.conflict.entry import Setter, entry_page, found_in
from dragoman.desk.faults import not_found
from dragoman.desk.kept import Desk
from dragoman.desk.pages.conflict import WhichOf
from dragoman.desk.paper import desk_of, page
from dragoman.export.ledger_page import Quote

router = APIRouter()

_GONE = "its id may be another as of this day: look for it on the page of the conflict"


@router.get("/conflicts/{conflict}/entries/{entry}")
def entry_shown(request: Request, conflict: str, entry: str, asked: AskedOf, which: WhichOf) -> Response:
    """Show an entry with its facts, its history and its sentences."""
    desk = desk_of(request)
    shown = desk.shown(conflict, asked.view)
    found = found_in(shown.board, entry)
    if found is None:
        raise not_found(entry, "entry of this board", _GONE)
    kind, its = found
    called = Called(shown, desk.settings)
    setter = Setter(called, shown.board, _quote(desk, its), desk.picture(conflict, asked.view), which)
    made = entry_page(kind, its, shown.board, setter, desk.settings.stale)
    words = " ".join((made.title, *(fact.value for fact in made.facts)))
    context = {
        "conflict": shown.conflict,
        "entry": made,
        "since_text": None,
        "legend": called.used(words),
        "graded": bool(shown.board.reliability),
    }
    return page(request, "entry.html", context, asked)


def _quote(desk: Desk, entry: Entry) -> Quote:
    """Return what gives the sentences of one entry."""
    texts = desk.boards.texts({cited.report for cited in cited_in(entry)})
    return lambda cited: texts[cited.report][cited.start : cited.end]
