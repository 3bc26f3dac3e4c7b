"""The board of a conflict from a ledger: settle, tell, decide, file, fold."""

from __future__ import annotations

from dragoman.board.boards import Boards
from dragoman.board.conflicts import Conflict
from dragoman.board.types import Board
from dragoman.ledger.store import Ledger, View
from dragoman.settings import Settings


def board(ledger: Ledger, conflict: Conflict, view: View | None = None, settings: Settings | None = None) -> Board:
    """Return the board of a conflict as of a view: what a reader of that day, or the ledger at that instant, would have had."""
    return Boards(ledger, settings).board(conflict, view)
