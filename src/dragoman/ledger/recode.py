"""All reports of a ledger read again with today's rules; decisions are not touched, and what the rules no longer give is marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from dragoman.errors import DragomanError, LedgerError, fault_in
from dragoman.ledger.adding import made_with, mended, of_ledger
from dragoman.ledger.schema import books, reports
from dragoman.ledger.store import Ledger, Made, View, in_order
from dragoman.model import Claim
from dragoman.process.board import record_of
from dragoman.reading.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoded:
    """What a new reading of one report changed: claims that are new or back, claims that are gone; or why it failed."""

    report: str
    source: str
    headline: str | None
    gained: tuple[Claim, ...] = ()
    lost: tuple[Claim, ...] = ()
    fault: DragomanError | None = None


def outdated(ledger: Ledger, made: Made, *, everything: bool = False) -> list[tuple[str, str]]:
    """Return id and source of the reports that were not read with this rulebook and model, in order; of all where wanted."""
    query = select(reports.c.id, reports.c.source).join(books, reports.c.book == books.c.no)
    if not everything:
        query = query.where((books.c.rulebook != made.rulebook) | (books.c.model != made.model))
    with ledger.reading() as connection:
        return [(row.id, row.source) for row in connection.execute(in_order(query))]


def recode(ledger: Ledger, reader: Reader, made: Made | None = None, *, everything: bool = False) -> Iterator[Recoded]:
    """Read again, one transaction each, the reports that were read with other rules; yield what changed in each.

    A report whose reading fails stays as it was, and the failure is kept; cut off at any moment, a rerun does the rest.
    """
    made = made or made_with(reader)
    failing = {row["source"] for row in ledger.failures()}
    for identity, source in outdated(ledger, made, everything=everything):
        try:
            done = _recoded(ledger, reader, identity, made)
        except Exception as fault:  # noqa: BLE001  a fault of ours in one report must not cost the others
            told = _costing_itself(source, fault)
            ledger.fail(told)
            done = Recoded(report=identity, source=source, headline=None, fault=told)
        if done.fault is None and source in failing:
            mended(ledger, source)
        yield done


def _recoded(ledger: Ledger, reader: Reader, identity: str, made: Made) -> Recoded:
    (told,) = ledger.told(View(ids=frozenset({identity})))
    report = told.kept.report
    reading = reader.read(report)
    change = ledger.replace(reading, record_of(reading, reader.rulebook), made)
    return Recoded(
        report=identity,
        source=report.source,
        headline=report.headline,
        gained=_named(reading.claims, change.gained),
        lost=_named(tuple(each.claim for each in told.claims), change.lost),
    )


def _costing_itself(source: str, fault: Exception) -> DragomanError:
    """Return a fault that is the report's alone; raise one that is of the ledger."""
    if not isinstance(fault, LedgerError):
        return fault_in(source, fault)
    if of_ledger(fault):
        raise fault
    return DragomanError(where=source, found=fault.found, remedy=fault.remedy)


def _named(found: tuple[Claim, ...], ids: tuple[str, ...]) -> tuple[Claim, ...]:
    return tuple(claim for claim in found if claim.id in ids)
