"""A ledger is damaged in each way that a ledger can be, and the check says where and how."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from ledger_prepared import MADE, NOON, fill, made, prepared
from sqlalchemy import insert, select, update

from dragoman.ledger import rows
from dragoman.ledger.decisions import decide
from dragoman.ledger.schema import books, claims, decisions, facts, reports
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind
from dragoman.ledger.verify import Finding, verify

MINE, OTHER = (made(number)[0].report.id for number in (1, 2))
FIRST, SECOND = (claim.id for claim in made(1)[0].claims[:2])


@pytest.fixture
def ledger(target: str) -> Iterator[Ledger]:
    """Return a ledger of six reports, settled, with two decisions."""
    kept = Ledger(target, create=True, clock=lambda: NOON)
    fill(kept, prepared(6))
    settle(kept)
    decide(kept, Asked(kind=DecisionKind.WRONG_CLAIM, about=(FIRST,), user="ann"))
    decide(kept, Asked(kind=DecisionKind.FILED, about=(MINE, "libya"), user="ann"))
    yield kept
    kept.close()


def _change(ledger: Ledger, table: Any, where: Any, **values: Any) -> list[Finding]:
    """Return what is found after rows were changed."""
    with ledger.writing() as connection:
        assert connection.execute(update(table).where(where).values(**values)).rowcount >= 1
    return verify(ledger)


def _report(ledger: Ledger, **values: Any) -> list[str]:
    """Return what is found after a report was changed, all of it about that report."""
    found = [each for each in _change(ledger, reports, reports.c.id == MINE, **values) if each.where != "words"]
    assert {each.where for each in found} <= {f"report {MINE}"}
    return [each.found for each in found]


def _claim(ledger: Ledger, **values: Any) -> list[str]:
    found = _change(ledger, claims, claims.c.id == SECOND, **values)
    assert {each.where for each in found} == {f"report {MINE}"}
    return [each.found for each in found]


def test_all_is_well(ledger: Ledger) -> None:
    assert verify(ledger) == []
    ledger.replace(*_halved(), MADE)
    assert verify(ledger) == []


def _halved() -> tuple[Any, Any]:
    reading, record = made(1)
    return replace(reading, claims=reading.claims[:2]), record


def test_a_changed_text_is_found(ledger: Ledger) -> None:
    told = made(1)[0].report.text.replace("Gondor", "Mordor")
    found = _report(ledger, text=told)
    assert "its text is not the one that was added (hash)" in found
    assert any("what was read in it is damaged" in each for each in found)


def test_a_changed_hash_is_found(ledger: Ledger) -> None:
    assert _report(ledger, hash=b"\0" * 32) == ["its text is not the one that was added (hash)"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"body_start": 9999}, "its body begins outside its text"),
        ({"recorded": "yesterday"}, "the instant at which it was recorded is none (yesterday)"),
        ({"recorded": "2020-01-01T00:00:00"}, "the instant at which it was recorded is none (2020-01-01T00:00:00)"),
        ({"rest": "{"}, "its notices or dateline cannot be read"),
        ({"fetched": "soon"}, "its notices or dateline cannot be read"),
        ({"revises": "nobody"}, "revises names report nobody, which is not there"),
        ({"origin": "nobody"}, "origin names report nobody, which is not there"),
        ({"origin": MINE}, f"origin names report {MINE}, which is itself or was published later"),
        ({"revises": OTHER}, f"revises names report {OTHER}, which is itself or was published later"),
        ({"said": b"\x01damaged"}, "what was read in it is damaged"),
        ({"said": b"\x63"}, "what was read in it is in an unknown form (63)"),
        ({"sentences": 2}, "stands on no sentence of the text (3:"),
    ],
)  # fmt: skip
def test_a_damaged_report_is_found(ledger: Ledger, values: dict[str, Any], told: str) -> None:
    found = _report(ledger, **values)
    assert found
    assert all(told in each for each in found[:1])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"start": 5000, "end": 5001}, "stands on no sentence of the text (2: 5000..5001)"),
        ({"sentence": 99}, "stands on no sentence of the text (99:"),
        ({"sentence": 1}, "has another span of sentence 1 than the claims before it"),
        ({"place": 7}, "4 claims do not match the 4 that were read in it"),
        ({"place": 0}, "4 claims do not match the 4 that were read in it"),
        ({"told": "nobody"}, f"the event of claim {SECOND} names claim nobody, which is not there or is itself"),
        ({"told": SECOND}, f"the event of claim {SECOND} names claim {SECOND}, which is not there or is itself"),
        ({"event": "SMILE"}, f"claim {SECOND} has a type that is none (SMILE)"),
    ],
)  # fmt: skip
def test_a_damaged_claim_is_found(ledger: Ledger, values: dict[str, Any], told: str) -> None:
    assert any(told in each for each in _claim(ledger, **values))


def test_a_claim_without_packed_fields_and_the_other_way_round_are_found(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        row = dict(connection.execute(select(claims).where(claims.c.id == SECOND)).mappings().one())
        connection.execute(insert(claims).values({**row, "id": "00000000000000bb", "place": 4}))
    assert [each.found for each in verify(ledger)] == ["5 claims do not match the 4 that were read in it"]
    with ledger.writing() as connection:
        connection.execute(claims.delete().where(claims.c.report == row["report"], claims.c.place >= 3))
    assert [each.found for each in verify(ledger)] == ["3 claims do not match the 4 that were read in it"]


def test_an_entry_that_quotes_another_text_is_found(ledger: Ledger) -> None:
    reading, record = made(1)
    quoted = replace(record.positions[0].evidence, text="They never said so.")
    wrong = replace(record, positions=(replace(record.positions[0], evidence=quoted),))
    said = rows.packed(rows.said_of(reading, wrong), reading.report.text)
    entry = record.positions[0].id
    assert _report(ledger, said=said) == [f"entry {entry} of its positions quotes what is not in the text"]
    moved = replace(quoted, start=quoted.start + 1, text=reading.report.text[quoted.start + 1 : quoted.end])
    wrong = replace(record, positions=(replace(record.positions[0], evidence=moved),))
    said = rows.packed(rows.said_of(reading, wrong), reading.report.text)
    assert _report(ledger, said=said) == [
        f"entry {entry} of its positions has another span of sentence 1 than the claims"
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"about": '["nobody"]'}, "it is about claim nobody, which is not there"),
        ({"about": "nobody"}, "it cannot be read"),
        ({"verdict": "{"}, "it cannot be read"),
        ({"kind": "guess"}, "it cannot be read"),
        ({"recorded": "soon"}, "an instant of it is none"),
        ({"withdrawn": "soon"}, "an instant of it is none"),
        ({"withdrawn_by": "ann"}, "it is half withdrawn: when and by whom belong together"),
        ({"kind": "filed"}, f"it is about report {FIRST}, which is not there"),
    ],
)  # fmt: skip
def test_a_decision_about_nothing_is_found(ledger: Ledger, values: dict[str, Any], told: str) -> None:
    found = _change(ledger, decisions, decisions.c.kind == "wrong_claim", **values)
    assert all(each.where.startswith("decision ") for each in found)
    assert any(told in each.found for each in found)


def test_single_values_are_checked(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        connection.execute(insert(facts).values(key="unsettled", value="soon"))
    assert verify(ledger) == [Finding(where="facts", found="the first day to be settled is none (soon)")]
    assert len(_change(ledger, books, books.c.model == MADE.model, model="")) == 2


# -- SQLite alone: what PostgreSQL holds by itself


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a ledger with sixty reports, closed."""
    path = tmp_path / "test.ledger"
    ledger = Ledger(str(path), create=True)
    fill(ledger, prepared(60))
    ledger.close()
    return path


def _found(path: Path) -> list[Finding]:
    ledger = Ledger(str(path))
    found = verify(ledger)
    ledger.close()
    return found


def test_a_search_index_that_lost_words_is_found(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO words(words, rowid, text) SELECT 'delete', no, text FROM reports WHERE no = 3")
    connection.close()
    assert _found(file) == [Finding(where="words", found="full-text search does not have the words of the reports")]


def test_a_row_that_refers_to_nothing_is_found(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE claims SET rule = 99 WHERE report = 3 AND place = 0")
    connection.close()
    assert _found(file) == [Finding(where="claims", found="a row refers to one that is not in rules")]


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_bytes_written_over_are_found(file: Path, place: float) -> None:
    data = bytearray(file.read_bytes())
    start = int(len(data) * place)
    data[start : start + 9000] = b"\xa5" * 9000
    file.write_bytes(data)
    assert _found(file)


def test_the_command_prints_what_is_wrong(file: Path, dragoman: Command) -> None:
    well = dragoman("check", "--ledger", file)
    assert (well.returncode, well.stdout.decode(), well.stderr) == (0, "60 reports, 240 claims: all is well\n", b"")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE reports SET hash = x'00' WHERE id = ?", (MINE,))
    connection.close()
    ill = dragoman("check", "--ledger", file)
    assert ill.returncode == 1
    assert ill.stdout.decode() == f"report {MINE}: its text is not the one that was added (hash)\n"
    assert "1 finding" in ill.stderr.decode()
