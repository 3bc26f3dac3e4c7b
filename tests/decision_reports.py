"""Three short reports and what is asked about them: shared by the tests of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dragoman.ledger.adding import add
from dragoman.ledger.asking import Helps
from dragoman.ledger.store import KeptClaim, Ledger, Told
from dragoman.model import Evidence, Report
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader

NOON = datetime(2020, 1, 20, 12, tzinfo=UTC)
TEXTS = (
    (
        "Haftar leaves",
        "Libyan commander Khalifa Haftar left Moscow on Tuesday without signing the ceasefire. Egypt backed Haftar. "
        "The Fezzan Shield attacked Tripoli on Sunday.",
    ),
    ("Shield", "The Fezzan Shield attacked Tripoli on Sunday. Turkey sent troops to Libya on Monday."),
    ("Denial", "Turkey said it did not send troops to Libya. Haftar rejected the truce."),
)


class Clock:
    """A clock that goes on by an hour each time it is asked."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """Return the instant, and go on."""
        self.now += timedelta(hours=1)
        return self.now


def reports() -> list[Report]:
    """Return the reports, of three days and outlets."""
    return [
        from_text(body, IntakeOptions(published=date(2020, 1, 14 + n), outlet=f"Wire {n}"), headline=headline)
        for n, (headline, body) in enumerate(TEXTS)
    ]


def filled(path: Path | str, reader: Reader, clock: Callable[[], datetime] | None = None) -> Ledger:
    """Return a new ledger with the reports."""
    ledger = Ledger(str(path), create=True, clock=clock or Clock())
    assert [done.outcome for done in add(ledger, reader, reports())] == ["added"] * 3
    return ledger


def helps_of(reader: Reader) -> Helps:
    """Return the roster and what finds sentences."""

    def sentences(report: Report) -> Iterator[Evidence]:
        for each in reader.read(report).sentences:
            yield Evidence(sentence=each.number, start=each.start, end=each.end, text=each.text)

    return Helps(roster=reader.rulebook.roster, sentences=sentences)


def claim_of(told: list[Told], report: int, event: str) -> KeptClaim:
    """Return the one claim of a type in a report."""
    (found,) = [kept for kept in told[report].claims if kept.claim.event == event]
    return found
