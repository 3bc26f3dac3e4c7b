"""Which conflicts a ledger follows, and which have grown stale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dragoman.board.conflicts import load_conflicts
from dragoman.board.followed import Followed, followed
from dragoman.ledger.adding import add
from dragoman.ledger.decisions import by_hand, decide, decisions
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind
from dragoman.model import Report
from dragoman.reading.intake import from_text
from dragoman.reading.reader import Reader

SENT = from_text("Turkey sent troops to Libya on Tuesday.", headline="Troops in Libya")
BREE = from_text("Gondor left the talks with Mordor.", headline="Talks in Bree")


def dated(report: Report, identity: str, day: date | None) -> Report:
    return replace(report, id=identity, published=day)


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Iterator[Ledger]:
    made = Ledger(str(tmp_path / "ledger.sqlite"), create=True)
    reports = [
        dated(SENT, "first", date(2024, 5, 1)),
        dated(SENT, "last", date(2024, 5, 4)),
        dated(SENT, "undated", None),
        dated(BREE, "bree", date(2024, 5, 19)),
    ]
    list(add(made, reader, reports))
    yield made
    made.close()


def libya(ledger: Ledger, stale: int = 14) -> Followed | None:
    found = followed(ledger.told(), load_conflicts().values(), stale=stale, hands=by_hand(decisions(ledger)))
    return {each.conflict: each for each in found}.get("libya")


def test_a_conflict_is_stale_when_the_ledger_goes_on_without_it(ledger: Ledger) -> None:
    found = libya(ledger)
    assert found is not None
    assert (found.reports, found.first, found.last) == (3, date(2024, 5, 1), date(2024, 5, 4))
    assert (found.quiet, found.stale) == (15, True)
    assert libya(ledger, stale=15) == replace(found, stale=False)


def test_what_is_filed_by_hand_counts(ledger: Ledger) -> None:
    decide(ledger, Asked(kind=DecisionKind.FILED, about=("bree", "libya"), user="ann"))
    decide(ledger, Asked(kind=DecisionKind.NOT_FILED, about=("last", "libya"), user="ann"))
    found = libya(ledger)
    assert found is not None
    assert (found.reports, found.last, found.quiet, found.stale) == (3, date(2024, 5, 19), 0, False)


def test_without_any_day_nothing_is_stale(tmp_path: Path, reader: Reader) -> None:
    ledger = Ledger(str(tmp_path / "other.sqlite"), create=True)
    list(add(ledger, reader, [dated(SENT, "undated", None)]))
    found = libya(ledger, stale=1)
    ledger.close()
    assert found is not None
    assert (found.last, found.quiet, found.stale) == (None, None, False)
