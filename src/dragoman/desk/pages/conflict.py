"""The page of a conflict: the state of its peace process as of a day, and what changed since somebody was last here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from dragoman.board.types import Board
from dragoman.desk.asked import Asked, AskedOf, day_in, moment_in
from dragoman.desk.charts.graph import backers_graph
from dragoman.desk.charts.span import Time, in_time, offset, time_of
from dragoman.desk.conflict.called import Called, Standing, standing_of
from dragoman.desk.conflict.rows import Rows, Which, made, taken
from dragoman.desk.conflict.state import state_of
from dragoman.desk.kept import Desk, Shown
from dragoman.desk.paper import desk_of, page
from dragoman.desk.parts.visits import Visit, visit_of
from dragoman.export.ledger_brief import ranked_changes
from dragoman.export.ledger_since import Change
from dragoman.export.ledger_words import Said
from dragoman.ledger.store import View

router = APIRouter()

_YEAR = 366 * 24 * 3600
_WEEK = timedelta(days=7)
_CHANGES = 12


def which_of(
    all_: Annotated[str | None, Query(alias="all", max_length=40, description="The part that is wanted whole.")] = None,
    start: Annotated[int, Query(ge=0, le=1_000_000, description="The row from which on.")] = 0,
) -> Which:
    """Return which part of the page is wanted whole."""
    return Which(all=all_, start=start)


WhichOf = Annotated[Which, Depends(which_of)]
SinceOf = Annotated[
    str | None, Query(description="Show what changed since this day, or since the ledger of this moment (UTC).")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What the slider shows: the whole time, the day, and its place in it; days with reports to step to."""

    time: Time
    day: date
    at: int
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """Since when changes are asked for: a day of reports, or a moment of the ledger. ``text`` is what an address says."""

    text: str
    day: date | None = None
    moment: datetime | None = None

    def view(self, asked: Asked) -> View:
        """Return the view of the earlier board."""
        if self.moment is not None:
            return View(until=asked.as_of, known=self.moment)
        return View(until=self.day, known=asked.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One entry that is new, changed or gone, and the sentences that the change stands on."""

    change: Change
    standing: Standing

    @property
    def said(self) -> Said:
        """Return the entry in words."""
        return self.change.entry


@router.get("/conflicts/{conflict}")
def conflict_page(request: Request, conflict: str, asked: AskedOf, which: WhichOf, since: SinceOf = None) -> Response:
    """Show the state of a conflict's peace process; the browser keeps when it was last here."""
    desk = desk_of(request)
    shown = desk.shown(conflict, asked.view)
    called = Called(shown, desk.settings)
    given = since_in(since)
    visit = visit_of(request.cookies.get(_cookie(conflict)), datetime.fromisoformat(desk.ledger.now()))
    context = {
        "shown": shown,
        "conflict": shown.conflict,
        "clock": clock_of(desk, conflict, asked),
        "state": state_of(shown, called, which, desk.settings.stale),
        "graph": desk.picture(conflict, asked.view).once("backers graph", lambda _: backers_graph(shown)),
        "since": given,
        "since_text": given.text if given else None,
        "last_here": visit.before,
        "changes": _changes(desk, conflict, asked, given, which) if given else None,
        "week_before": _week_before(shown.board),
        "pinned": _pinned(desk, shown, asked),
    }
    response = page(request, "conflict.html", context, asked)
    if not asked.query and given is None:
        _keep(response, conflict, visit)
    return response


@router.get("/conflicts/{conflict}/changes")
def changes_page(request: Request, conflict: str, asked: AskedOf, which: WhichOf, since: SinceOf = None) -> Response:
    """Show what changed since a day or moment: as a page of its own, or the part of the page that asks for it."""
    desk = desk_of(request)
    shown = desk.shown(conflict, asked.view)
    given = since_in(since) or _week_before(shown.board)
    context = {
        "conflict": shown.conflict,
        "since": given,
        "since_text": given.text if given else None,
        "changes": _changes(desk, conflict, asked, given, which) if given else None,
    }
    is_part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    response = page(request, "conflict_changes.html" if is_part else "changes.html", context, asked)
    response.headers["Vary"] = "HX-Request"
    return response


def since_in(given: str | None) -> Since | None:
    """Return since when changes are asked for; RequestError where it is neither day nor moment."""
    if not given:
        return None
    if "T" in given or " " in given:
        return Since(text=given, moment=moment_in(given, "since"))
    return Since(text=given, day=day_in(given, "since"))


def _week_before(board: Board) -> Since | None:
    day = board.until or board.last
    return Since(text=(day - _WEEK).isoformat(), day=day - _WEEK) if day else None


def clock_of(desk: Desk, conflict: str, asked: Asked) -> Clock | None:
    """Return what the slider shows, None where no report has a day."""
    time = time_of(desk.picture(conflict, View(known=asked.known)))
    if not time.days:
        return None
    day = in_time(time, asked.as_of)
    return Clock(
        time=time, day=day, at=offset(time, asked.as_of), before=time.before(asked.as_of or day), after=time.after(day)
    )


def _changes(desk: Desk, conflict: str, asked: Asked, since: Since, which: Which) -> Rows[Changed]:
    before, now = desk.shown(conflict, since.view(asked)), desk.shown(conflict, asked.view)
    called = Called(now, desk.settings, before.board)
    found = desk.picture(conflict, asked.view).once(
        f"changes {since.view(asked)}", lambda _: ranked_changes(before.board, now.board, called.tongue)
    )
    rows = taken("changes", found, which, _CHANGES)
    return made(rows, (_changed(change) for change in rows.shown))


def _changed(change: Change) -> Changed:
    return Changed(change=change, standing=standing_of(change.entry.id, change.cited, change.entry.against))


def _pinned(desk: Desk, shown: Shown, asked: Asked) -> dict[str, str]:
    """Return the clocks of an address that will always show this state: both of them set."""
    day = asked.as_of or shown.board.last
    known = asked.known or datetime.fromisoformat(desk.ledger.now()) + timedelta(seconds=1)
    return Asked(as_of=day, known=known).query


# -- the last visit


def _cookie(conflict: str) -> str:
    return f"visit-{conflict}"


def _keep(response: Response, conflict: str, visit: Visit) -> None:
    response.set_cookie(
        _cookie(conflict), visit.cookie, max_age=_YEAR, path=f"/conflicts/{conflict}", httponly=True, samesite="lax"
    )
