"""What changed on a conflict's board day by day: what its feeds tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from dragoman.board.conflicts import Conflict
from dragoman.board.types import Board, Cited
from dragoman.desk.kept import Desk, Picture
from dragoman.export.days import NEVER
from dragoman.export.ledger_since import Change, changes
from dragoman.export.ledger_words import Tongue
from dragoman.ledger.store import View
from dragoman.views.naming import issues_of

DAYS = 30  # that a feed has


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What changed on a board with the reports of a day, and when the last of these was recorded; ``before`` is the day before it.

    ``texts`` has the texts of the reports that the changes are cited from.
    """

    day: date
    before: date | None
    updated: datetime
    changes: tuple[Change, ...]
    texts: dict[str, str]

    def quote(self, cited: Cited) -> str:
        """Return the text of a sentence."""
        return self.texts[cited.report][cited.start : cited.end]


def news(desk: Desk, conflict: str) -> tuple[Day, ...]:
    """Return the last days on which reports changed the board of a conflict, the newest first; made anew only when they change."""
    one = desk.conflict(conflict)
    return desk.picture(conflict).once("news", lambda picture: tuple(reversed(list(_days(desk, one, picture)))))


def _days(desk: Desk, conflict: Conflict, picture: Picture) -> Iterator[Day]:
    recorded: dict[date, datetime] = {}
    for told in picture.told:
        if (day := told.kept.report.published) is not None:
            recorded[day] = max(recorded.get(day, NEVER), told.kept.recorded)
    days = sorted(recorded)[-DAYS - 1 :]
    board, before = _nothing(conflict), None
    if len(days) > DAYS:
        before = days.pop(0)
        board = desk.boards.board(conflict, View(until=before))
    for day in days:
        now = desk.boards.board(conflict, View(until=day))
        found = changes(board, now, Tongue({**_names(desk, conflict), **board.names, **now.names}, issues_of(conflict)))
        if found:
            reports = {cited.report for change in found for cited in change.cited}
            texts = dict(desk.boards.texts(reports))
            yield Day(day=day, before=before, updated=recorded[day], changes=found, texts=texts)
        board, before = now, day


def _nothing(conflict: Conflict) -> Board:
    return Board(conflict=conflict.id, name=conflict.name, until=None, known=None, reports=0, last=None)


def _names(desk: Desk, conflict: Conflict) -> dict[str, str]:
    """Return the names that the newest board has of those whom no report of a day names."""
    return desk.shown(conflict.id).board.names


def counts(day: Day) -> str:
    """Return how many entries are new, changed and gone, in words."""
    found = {how: sum(change.how == how for change in day.changes) for how in ("new", "changed", "gone")}
    return ", ".join(f"{number} {how}" for how, number in found.items() if number)
