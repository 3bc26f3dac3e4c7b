"""The reports of a ledger as of a view, with what people had decided of them, and those of a conflict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.board.conflicts import Conflict
from dragoman.board.filing import filed
from dragoman.ledger.decided import Carried, carried, decided
from dragoman.ledger.decisions import by_hand, decisions
from dragoman.ledger.settle import derived_by, settle, with_derived
from dragoman.ledger.store import Ledger, Told, View


def reports_of(ledger: Ledger, conflict: Conflict, view: View) -> tuple[Told, ...]:
    """Return the reports of a conflict as of a view, in the order of publication."""
    return tuple(filed(told_in(ledger, view), conflict, hands_of(ledger, view)))


def told_in(ledger: Ledger, view: View) -> list[Told]:
    """Return the reports of a view with what people had decided of them by then.

    Their derived values are those that the ledger keeps; those of an instant are made anew, for it knew less then.
    """
    return decided(read_in(ledger, view), decisions(ledger, view.known), view.until)


def read_in(ledger: Ledger, view: View) -> Iterator[Told]:
    """Return the reports of a view as they were read, whatever people decided, with their derived values as of then."""
    settle(ledger)
    told = ledger.told(view)
    return told if view.known is None else with_derived(told, derived_by(ledger, view))


def carried_in(ledger: Ledger, view: View) -> Carried:
    """Return the reports of a view as ``told_in`` does, and what became of each decision."""
    return carried(read_in(ledger, view), decisions(ledger, view.known), view.until)


def hands_of(ledger: Ledger, view: View) -> Mapping[tuple[str, str], bool]:
    """Return what had been filed by hand as of a view: (report, conflict) -> whether it is of it."""
    return by_hand(decisions(ledger, view.known))
