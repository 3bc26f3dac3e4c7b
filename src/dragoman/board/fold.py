"""The board of one conflict from its reports, up to a day."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.board.conflicts import Conflict
from dragoman.board.following import Following, line_of
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
    by_id = {each.kept.report.id: each for each in told}
    lines = [line_of(each) for each in told]
    return Following(conflict).board(lines, lambda _: by_id, view, (settings or Settings()).stale)
