"""Each change of a report has a number, so that who has seen a ledger can ask what came since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ledger_prepared import fill, prepared
from sqlalchemy import text

from dragoman.ledger.dump import dump
from dragoman.ledger.schema import VERSIONS
from dragoman.ledger.settle import settle
from dragoman.ledger.stamps import changed_since, name_of, stamp
from dragoman.ledger.store import Ledger, unsettle

FEW = 6


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return an empty place for a ledger."""
    return str(tmp_path / "test.ledger") if request.param == "sqlite" else request.getfixturevalue("postgres")()


def _seen(ledger: Ledger) -> int:
    settle(ledger)
    with ledger.reading() as connection:
        return stamp(connection)


def _since(ledger: Ledger, number: int) -> list[str]:
    settle(ledger)
    with ledger.reading() as connection:
        return changed_since(connection, number)


def test_what_was_added_since_is_told(target: str) -> None:
    ledger = Ledger(target, create=True)
    listed = prepared(FEW)
    fill(ledger, listed[:-1])
    before = _seen(ledger)
    assert _since(ledger, before) == []
    fill(ledger, listed[-1:])
    assert listed[-1][0].report.id in _since(ledger, before)
    assert len(_since(ledger, 0)) == FEW
    ledger.close()


def test_adding_again_and_settling_again_change_nothing(target: str) -> None:
    ledger = Ledger(target, create=True)
    fill(ledger, prepared(FEW))
    before = _seen(ledger)
    fill(ledger, prepared(FEW))
    with ledger.writing() as connection:
        unsettle(connection, date.min)
    assert _since(ledger, before) == []
    ledger.close()


def test_a_report_whose_derived_values_change_is_told_of(target: str) -> None:
    ledger = Ledger(target, create=True)
    fill(ledger, prepared(FEW))
    before = _seen(ledger)
    with ledger.writing() as connection:  # as a matching of former rules would have left it
        one = connection.execute(text("SELECT id FROM reports WHERE origin IS NULL ORDER BY id")).scalars().first()
        other = next(reading.report.id for reading, _ in prepared(FEW) if reading.report.id != one)
        connection.execute(text("UPDATE reports SET origin = :other WHERE id = :one"), {"one": one, "other": other})
        unsettle(connection, date.min)
    assert _since(ledger, before) == [one]
    ledger.close()


def test_ledgers_have_names_of_their_own_that_are_no_part_of_what_they_say(tmp_path: Path) -> None:
    ledgers = [Ledger(str(tmp_path / name), create=True) for name in ("a", "b")]
    names = set()
    for each in ledgers:
        fill(each, prepared(FEW))
        with each.reading() as connection:
            names.add(name_of(connection))
    assert len(names) == 2
    assert dump(ledgers[0]) == dump(ledgers[1])
    for each in ledgers:
        each.close()


def test_a_ledger_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = str(tmp_path / "old.ledger")
    ledger = Ledger(path, create=True)
    fill(ledger, prepared(FEW))
    before = dump(ledger)
    with ledger.writing() as connection:
        for order in (
            *("DROP INDEX ix_reports_stamp", "ALTER TABLE reports DROP COLUMN stamp", "DELETE FROM facts"),
            "ALTER TABLE feeds DROP COLUMN later",
        ):
            connection.execute(text(order))
        connection.execute(text(f"UPDATE {VERSIONS} SET version_num = '0001'"))
    ledger.close()
    again = Ledger(path)
    assert dump(again) == before
    seen = _seen(again)
    fill(again, prepared(FEW + 1))
    assert len(_since(again, seen)) == 1
    again.close()
