"""What a ledger keeps is what its reports give when they are read again; each way in which it is not is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from conftest import Command
from ledger_prepared import MADE
from msgspec import structs
from sqlalchemy import select, update

from dragoman.ledger import rows
from dragoman.ledger.adding import add
from dragoman.ledger.rereading import reread
from dragoman.ledger.schema import claims, reports
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify
from dragoman.model import Report
from dragoman.reading.reader import Reader

TOLD = (
    "Gondor rejected Mordor's demand to leave Tarsk. Its army shelled the port, residents said.",
    "Gondor rejected Mordor's demand to leave Tarsk on Monday.",
    "Rohan and Harad signed a ceasefire agreement in Vellin.",
)  # fmt: skip


@pytest.fixture
def ledger(target: str, reader: Reader) -> Iterator[Ledger]:
    kept = Ledger(target, create=True)
    taken = (Report(id=f"r{n}", headline=None, text=text, body_start=0) for n, text in enumerate(TOLD))
    assert sum(each.claims for each in add(kept, reader, taken)) >= 4
    settle(kept)
    yield kept
    kept.close()


def _spoil(ledger: Ledger, identity: str, **changes: Any) -> None:
    """Pack what was read in a report anew, with other values."""
    with ledger.writing() as connection:
        row = connection.execute(select(reports).where(reports.c.id == identity)).mappings().one()
        said = structs.replace(rows.unpacked(row["said"], row["text"], identity), **changes)
        packed = rows.packed(said, row["text"])
        connection.execute(update(reports).where(reports.c.id == identity).values(said=packed))


def _said(ledger: Ledger, identity: str) -> rows.Said:
    with ledger.reading() as connection:
        row = connection.execute(select(reports).where(reports.c.id == identity)).mappings().one()
    return rows.unpacked(row["said"], row["text"], identity)


def test_the_same_rules_give_the_same(ledger: Ledger, reader: Reader) -> None:
    assert list(reread(ledger, reader)) == []


def test_what_the_same_rules_do_not_give_is_found(ledger: Ledger, reader: Reader) -> None:
    first, *others = _said(ledger, "r0").claims
    _spoil(ledger, "r0", claims=(structs.replace(first, negated=True, hedged=True), *others))
    assert verify(ledger) == []  # nothing that the text alone could tell
    (found,) = reread(ledger, reader)
    assert found.where == "report r0"
    assert found.found.endswith("is read otherwise by the same rules: negated, hedged")
    assert found.remedy == "read it again: dragoman recode --all"


def test_a_claim_that_is_kept_only_or_read_only_is_found(ledger: Ledger, reader: Reader) -> None:
    with ledger.writing() as connection:
        kept = connection.execute(select(claims.c.id).where(claims.c.place == 0).order_by(claims.c.id)).scalars().all()
        connection.execute(update(claims).where(claims.c.id == kept[0]).values(id="f" * 16, told=None))
    found = [each.found for each in reread(ledger, reader) if each.found.startswith("claim")]
    assert f"claim {'f' * 16} is not what the same rules read in it" in found
    assert f"claim {kept[0]} is read in it by the same rules, and not kept" in found


def test_another_record_and_other_entities_are_found(ledger: Ledger, reader: Reader) -> None:
    said = _said(ledger, "r2")
    assert said.record.agreements
    _spoil(ledger, "r2", record=replace(said.record, agreements=()))
    (found,) = reread(ledger, reader)
    assert (found.where, found.found) == ("report r2", "its record is read otherwise by the same rules: agreements")
    _spoil(ledger, "r2", record=said.record, entities=tuple((count + 1, one) for count, one in said.entities))
    (found,) = reread(ledger, reader)
    assert found.found.startswith("whom it tells of differs: ")


def test_what_was_read_with_other_rules_is_not_compared(ledger: Ledger, reader: Reader) -> None:
    (told,) = [each for each in ledger.told() if each.kept.report.id == "r1"]
    reading = replace(reader.read(told.kept.report), claims=())
    ledger.replace(reading, replace(_said(ledger, "r1").record, positions=()), MADE)
    (found,) = reread(ledger, reader)
    assert (found.where, found.found) == ("books", "1 report was read with other rules, and not compared")
    assert "dragoman recode" in found.remedy


def test_a_report_that_cannot_be_read_again_is_found(
    ledger: Ledger, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no such luck")

    monkeypatch.setattr(reader, "read_parsed", fail)
    found = list(reread(ledger, reader))
    assert [each.where for each in found] == ["report r0", "report r1", "report r2"]
    assert all("it cannot be read again" in each.found for each in found)


def test_the_command_reads_again(dragoman: Command, target: str, reader: Reader) -> None:
    if "postgres" in target:
        pytest.skip("the command is the same on each database")
    kept = Ledger(target, create=True)
    report = Report(id="r0", headline=None, text=TOLD[0], body_start=0)
    assert [each.outcome.value for each in add(kept, reader, [report])] == ["added"]
    done = dragoman("check", "--reread", "--ledger", target)
    assert (done.returncode, done.stderr) == (0, b"")
    first, *others = _said(kept, "r0").claims
    _spoil(kept, "r0", claims=(structs.replace(first, negated=True), *others))
    kept.close()
    assert dragoman("check", "--ledger", target).returncode == 0
    done = dragoman("check", "--reread", "--ledger", target)
    assert done.returncode == 1
    assert b"is read otherwise by the same rules: negated; read it again: dragoman recode --all" in done.stdout
