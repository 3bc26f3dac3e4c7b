"""The board of one conflict: each kind of entry computed from the conflict's reports, up to a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dragoman.board.backings import backings
from dragoman.board.bodies import bodies
from dragoman.board.breaches import breaches
from dragoman.board.calendar import calendar
from dragoman.board.citing import is_by
from dragoman.board.conflicts import Conflict
from dragoman.board.disputes import disputes
from dragoman.board.menaces import menaces
from dragoman.board.names import names_of
from dragoman.board.papers import papers
from dragoman.board.rules import turnings
from dragoman.board.stances import stances
from dragoman.board.tracks import tracks
from dragoman.board.truces import truces
from dragoman.board.types import Board
from dragoman.ledger.store import Told, View
from dragoman.settings import Settings


def board_of(
    told: Sequence[Told],
    conflict: Conflict,
    view: View,
    settings: Settings | None = None,
) -> Board:
    """Return the board of a conflict from its reports, given in the order of publication.

    As of ``view.until``, or the day of the last report where no day is asked for: no clock is read.
    """
    chosen = settings or Settings()
    last = last_day(told)
    day = view.until or last or date.min
    listed = tuple(each for each in told if is_by(each, day))
    return Board(
        conflict=conflict.id,
        name=conflict.name,
        until=view.until,
        known=view.known,
        reports=len(listed),
        last=last_day(listed),
        truces=truces(listed, conflict, day, stale=chosen.stale),
        papers=papers(listed, conflict, day),
        tracks=tracks(listed, conflict, day),
        stances=stances(listed, conflict, day),
        menaces=menaces(listed, conflict, day),
        backings=backings(listed, conflict, day),
        breaches=breaches(listed, conflict, day),
        bodies=bodies(listed, conflict, day),
        calendar=calendar(listed, conflict, day),
        turnings=turnings(listed, conflict, day),
        disputes=disputes(listed),
        names=names_of(listed),
    )


def last_day(told: Sequence[Told]) -> date | None:
    """Return the day of the last report; None where none has a day."""
    return max((day for each in told if (day := each.kept.report.published)), default=None)
