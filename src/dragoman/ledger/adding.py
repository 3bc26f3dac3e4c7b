"""Reports into a ledger: each is added whole, is already there, or failed and says why; none costs the others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from dragoman.errors import DragomanError, LedgerError, fault_in
from dragoman.ledger.schema import failures, reports
from dragoman.ledger.store import Ledger, Made
from dragoman.model import Report, content_id
from dragoman.process.board import record_of
from dragoman.reading.intake import Taken
from dragoman.reading.reader import Reader


class Outcome(StrEnum):
    """What became of a report."""

    ADDED = "added"
    THERE = "already there"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one report: with its claims' number where it was added, with the fault where it failed."""

    outcome: Outcome
    source: str
    report: Report | None = None
    claims: int = 0
    fault: DragomanError | None = None


def add(ledger: Ledger, reader: Reader, taken: Iterable[Taken], made: Made | None = None) -> Iterator[Added]:
    """Add reports as they come, and yield what became of each.

    A report that is there is not read again. A fault in one (of the text, or of the reading) is kept in the ledger and the
    rest goes on; a fault of the ledger itself ends it with a LedgerError. Each report is one transaction, and none is open
    while a report is read or fetched from ``taken``: cut off at any moment, the ledger has whole reports, and a rerun adds the rest.
    """
    return add_with(ledger, lambda: reader, taken, made)


def add_with(
    ledger: Ledger, reader: Callable[[], Reader], taken: Iterable[Taken], made: Made | None = None
) -> Iterator[Added]:
    """Add reports like ``add``; the reader is asked for when the first report is new, and then for each."""
    failing = {row["source"] for row in ledger.failures()}
    for each in taken:
        if isinstance(each, DragomanError):
            yield _failed(ledger, each)
            continue
        report = replace(each, source=storable(each.source))
        done = _added(ledger, reader, report, made)
        if done.outcome is Outcome.THERE and report.source in failing:
            mended(ledger, report.source)
        yield done


def made_with(reader: Reader) -> Made:
    """Return what a reader's readings are made with."""
    return Made(rulebook=reader.rulebook.digest, model=reader.parser.name)


def unkept(ledger: Ledger, report: Report) -> Report | None:
    """Return the report under the id that it is to have in the ledger, or None where it is there.

    An id that its source gave may stand for another text by now: this version then gets an id of its own, made of both.
    """
    version = content_id(report.text, report.outlet, report.published, report.url)
    for one in (report, replace(report, id=f"{report.id}.{version}")):
        found = select(reports.c.text, reports.c.outlet, reports.c.url, reports.c.published).where(
            reports.c.id == one.id
        )
        with ledger.reading() as connection:
            row = connection.execute(found).first()
        if row is None:
            return one
        if tuple(row) == (one.text, one.outlet, one.url, one.published):
            return None
    return None


def mended(ledger: Ledger, source: str) -> None:
    """Take away what is kept of a failure of a source that can be read by now."""
    with ledger.writing() as connection:
        connection.execute(delete(failures).where(failures.c.source == source))


def storable(words: str) -> str:
    """Return words that every database can keep: what is no character in UTF-8 is written as its number.

    >>> storable("a\\udcff.txt")
    'a\\\\udcff.txt'
    """
    return words.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode()


def of_ledger(fault: LedgerError) -> bool:
    """Return whether a fault is of the ledger itself (locked, full, damaged), and not of what was to be kept in it."""
    cause = fault.__cause__
    return isinstance(cause, DBAPIError | sqlite3.Error) and not isinstance(cause, DataError | IntegrityError)


def _added(ledger: Ledger, reader: Callable[[], Reader], report: Report, made: Made | None) -> Added:
    try:
        new = unkept(ledger, report)
    except Exception as fault:  # noqa: BLE001  a fault of ours in one report must not cost the others
        return _costing_itself(ledger, report, fault)
    if new is None:
        return Added(outcome=Outcome.THERE, source=report.source, report=report)
    loaded = reader()
    try:
        reading = loaded.read(new)
        record = record_of(reading, loaded.rulebook)
        if ledger.add(reading, record, made or made_with(loaded)):
            return Added(outcome=Outcome.ADDED, source=report.source, report=new, claims=len(reading.claims))
    except Exception as fault:  # noqa: BLE001  a fault of ours in one report must not cost the others
        return _costing_itself(ledger, report, fault)
    # another writer has added this id since it was asked for: ask again what it stands for
    return _added(ledger, reader, report, made)


def _costing_itself(ledger: Ledger, report: Report, fault: Exception) -> Added:
    """Keep a fault that is the report's alone; raise one that is of the ledger."""
    if not isinstance(fault, LedgerError):
        return _failed(ledger, fault_in(report.source, fault))
    if of_ledger(fault):
        raise fault
    return _failed(ledger, DragomanError(where=report.source, found=fault.found, remedy="mend the report"))


def _failed(ledger: Ledger, fault: DragomanError) -> Added:
    told = DragomanError(where=storable(fault.where), found=storable(fault.found), remedy=storable(fault.remedy))
    ledger.fail(told)
    return Added(outcome=Outcome.FAILED, source=fault.where, fault=fault)
