"""The board of a conflict from a ledger: settle, tell, file, fold."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.board.conflicts import Conflict
from dragoman.board.filing import filed
from dragoman.board.fold import board_of
from dragoman.board.types import Board
from dragoman.ledger.decided import decided
from dragoman.ledger.decisions import by_hand, decisions
from dragoman.ledger.settle import derived, settle, with_derived
from dragoman.ledger.store import Ledger, Told, View
from dragoman.settings import Settings


def board(ledger: Ledger, conflict: Conflict, view: View | None = None, settings: Settings | None = None) -> Board:
    """Return the board of a conflict as of a view: what a reader of that day, or the ledger at that instant, would have had."""
    chosen = view or View()
    return board_of(reports_of(ledger, conflict, chosen), conflict, chosen, settings)


def reports_of(ledger: Ledger, conflict: Conflict, view: View) -> tuple[Told, ...]:
    """Return the reports of a conflict as of a view, with what people had decided by then, in the order of publication."""
    found = decisions(ledger, view.known)
    return tuple(filed(decided(told_in(ledger, view), found, view.until), conflict, by_hand(found)))


def told_in(ledger: Ledger, view: View) -> Iterator[Told]:
    """Yield the reports of a view with their derived values; those of an instant are made anew, for the ledger knew less then."""
    settle(ledger)
    told = ledger.told(view)
    return told if view.known is None else with_derived(told, derived(ledger, view))
