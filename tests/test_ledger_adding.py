"""Reports into a ledger: whole or not at all, once, in any order; what fails costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from dragoman.errors import IntakeError, LedgerError
from dragoman.ledger.adding import Added, Outcome, add, add_with, unkept
from dragoman.ledger.store import Ledger, Told
from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, Taken, from_text, read_stream
from dragoman.reading.reader import Reader, Reading

DAY = date(2024, 5, 15)
NOW = datetime(2024, 5, 16, 12, tzinfo=UTC)
BODIES = (
    "Gondor left the talks with Mordor on Monday without signing the deal.",
    "Turkey sent troops to Libya on Tuesday.",
    "Egypt demanded on Tuesday that Turkey withdraw its troops from Libya.",
    "The rebels attacked Tripoli on Sunday, killing 20 people.",
)


def report(body: str, *, outlet: str = "The Palantir", day: date | None = DAY, name: str = "-") -> Report:
    return from_text(body, IntakeOptions(published=day, outlet=outlet), headline="News of the day", name=name)


REPORTS = tuple(report(body, name=f"{number}.txt") for number, body in enumerate(BODIES))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(str(tmp_path / "ledger.sqlite"), create=True, clock=lambda: NOW)
    yield made
    made.close()


def state(ledger: Ledger) -> list[Told]:
    """Return all that a ledger tells, without the numbers of its rows, which tell in which order it was added."""
    return [replace(told, kept=replace(told.kept, number=0)) for told in ledger.told()]


def outcomes(done: Iterator[Added]) -> list[str]:
    return [each.outcome.value for each in done]


class _Faulty:
    """A reader that cannot read some reports."""

    def __init__(self, reader: Reader, bad: str) -> None:
        self.rulebook, self.parser = reader.rulebook, reader.parser
        self._reader, self._bad = reader, bad

    def read(self, report: Report) -> Reading:
        if self._bad in report.text:
            raise IndexError("no such token")
        return self._reader.read(report)


def test_adding_twice_changes_nothing(ledger: Ledger, reader: Reader) -> None:
    first = list(add(ledger, reader, REPORTS))
    assert [each.outcome for each in first] == [Outcome.ADDED] * 4
    assert [each.claims for each in first] == [
        len(told.claims) for report in REPORTS for told in _of(ledger, report.id)
    ]
    assert all(each.claims for each in first)
    before = state(ledger)
    second = list(add(ledger, reader, REPORTS))
    assert [(each.outcome, each.source) for each in second] == [(Outcome.THERE, f"{n}.txt") for n in range(4)]
    assert state(ledger) == before


def _of(ledger: Ledger, identity: str) -> list[Told]:
    return [told for told in ledger.told() if told.kept.report.id == identity]


def test_the_order_of_adding_does_not_matter(ledger: Ledger, reader: Reader, tmp_path: Path) -> None:
    list(add(ledger, reader, REPORTS))
    other = Ledger(str(tmp_path / "other.sqlite"), create=True, clock=lambda: NOW)
    list(add(other, reader, reversed(REPORTS)))
    assert state(other) == state(ledger)
    other.close()


def test_what_is_there_is_not_read(ledger: Ledger, reader: Reader) -> None:
    list(add(ledger, reader, REPORTS[:2]))

    def none() -> Reader:
        raise AssertionError("nothing is to be read")

    assert outcomes(add_with(ledger, none, REPORTS[:2])) == ["already there"] * 2


def test_one_bad_report_costs_only_itself(ledger: Ledger, reader: Reader) -> None:
    bad: list[Taken] = [
        REPORTS[0],
        IntakeError(where="x.jsonl:2", found="no words", remedy="give text"),
        replace(REPORTS[1], source="odd\udcff.txt"),
        REPORTS[2],
    ]
    done = list(add(ledger, _Faulty(reader, "sent troops"), bad))  # type: ignore[arg-type]
    assert [each.outcome.value for each in done] == ["added", "failed", "failed", "added"]
    kept = {row["source"]: row for row in ledger.failures()}
    assert set(kept) == {"x.jsonl:2", "odd\\udcff.txt"}
    assert kept["x.jsonl:2"]["found"] == "no words"
    assert "IndexError: no such token at test_ledger_adding.py" in kept["odd\\udcff.txt"]["found"]
    assert {told.kept.report.id for told in ledger.told()} == {REPORTS[0].id, REPORTS[2].id}
    assert outcomes(add(ledger, reader, bad)) == ["already there", "failed", "added", "already there"]
    assert [row["source"] for row in ledger.failures()] == ["x.jsonl:2"]


def test_a_failure_is_over_when_its_source_has_what_is_there(ledger: Ledger, reader: Reader) -> None:
    list(add(ledger, reader, [REPORTS[0], IntakeError(where="a.txt", found="empty", remedy="give text")]))
    assert len(ledger.failures()) == 1
    assert outcomes(add(ledger, reader, [replace(REPORTS[0], source="a.txt")])) == ["already there"]
    assert ledger.failures() == []


def test_a_report_that_the_database_cannot_keep_costs_only_itself(ledger: Ledger, reader: Reader) -> None:
    with ledger.writing() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER no_ring BEFORE INSERT ON reports WHEN NEW.url = 'ring:1'"
                " BEGIN SELECT RAISE(ABORT, 'not this one'); END"
            )
        )
    done = list(add(ledger, reader, [replace(REPORTS[0], url="ring:1"), REPORTS[1]]))
    assert [each.outcome.value for each in done] == ["failed", "added"]
    assert ledger.failures()[0]["found"] == "not this one"


def test_half_a_character_costs_only_its_report(ledger: Ledger, reader: Reader) -> None:
    odd = [replace(REPORTS[0], outlet="The \udcff"), replace(REPORTS[1], id="\udcff"), REPORTS[2]]
    assert outcomes(add(ledger, reader, odd)) == ["failed", "failed", "added"]
    assert [row["source"] for row in ledger.failures()] == ["0.txt", "1.txt"]


def test_a_ledger_that_cannot_be_written_ends_it(ledger: Ledger, reader: Reader) -> None:
    with ledger.writing() as connection:
        connection.execute(text("ALTER TABLE claims RENAME TO lost"))
    with pytest.raises(LedgerError, match="no such table"):
        list(add(ledger, reader, REPORTS))
    assert ledger.failures() == []
    assert ledger.reports() == []


def test_no_transaction_is_open_while_a_report_is_taken_or_read(ledger: Ledger, reader: Reader) -> None:
    free = Ledger(ledger.where)

    def taken() -> Iterator[Report]:
        for each in REPORTS[:2]:
            free.fail(IntakeError(where="another writer", found="x", remedy="y"))
            yield each

    class Watching(_Faulty):
        def read(self, report: Report) -> Reading:
            free.fail(IntakeError(where="another writer", found="x", remedy="y"))
            return super().read(report)

    assert outcomes(add(ledger, Watching(reader, "?"), taken())) == ["added"] * 2  # type: ignore[arg-type]
    free.close()


def test_one_id_for_two_texts_keeps_both(ledger: Ledger, reader: Reader) -> None:
    first, second = replace(REPORTS[0], id="a1"), replace(REPORTS[1], id="a1")
    assert outcomes(add(ledger, reader, [first, second])) == ["added"] * 2
    assert outcomes(add(ledger, reader, [second, first, second])) == ["already there"] * 3
    ids = sorted(told.kept.report.id for told in ledger.told())
    assert ids[0] == "a1"
    assert ids[1].startswith("a1.")
    assert len(ids) == 2


def test_an_id_that_another_writer_took_meanwhile_keeps_both(ledger: Ledger, reader: Reader) -> None:
    first, second = replace(REPORTS[0], id="a1"), replace(REPORTS[1], id="a1")

    class Slow(_Faulty):
        def read(self, report: Report) -> Reading:
            if report.id == "a1" and report.text == second.text:
                list(add(ledger, reader, [first]))
            return super().read(report)

    (done,) = add(ledger, Slow(reader, "?"), [second])  # type: ignore[arg-type]
    assert (done.outcome, len(ledger.reports())) == (Outcome.ADDED, 2)
    assert unkept(ledger, first) is None
    assert unkept(ledger, second) is None


def test_when_it_was_fetched_is_kept(ledger: Ledger, reader: Reader) -> None:
    lines = (
        b'{"id": "a", "text": "Turkey sent troops to Libya.", "fetched": "2024-05-15T10:30:00+02:00"}\n'
        b'{"id": "b", "text": "Egypt sent troops to Libya.", "fetched": "some day"}\n'
        b'{"id": "c", "text": "Qatar sent troops to Libya."}\n'
    )
    given = datetime(2024, 5, 16, tzinfo=UTC)
    list(add(ledger, reader, read_stream(lines, "-", IntakeOptions(fetched=given))))
    kept = {each.report.id: each.report.fetched for each in ledger.reports()}
    assert kept == {"a": datetime(2024, 5, 15, 8, 30, tzinfo=UTC), "b": given, "c": given}


def _killed(where: str, reader: Reader, moment: int) -> None:
    calls = iter(range(1000))

    def clock() -> datetime:  # asked inside the transaction of each report
        if next(calls) == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return NOW

    list(add(Ledger(where, clock=clock), reader, REPORTS))


@pytest.mark.parametrize("moment", [0, 2])
def test_killed_inside_a_transaction_it_has_whole_reports_and_goes_on(
    ledger: Ledger, reader: Reader, tmp_path: Path, moment: int
) -> None:
    whole = Ledger(str(tmp_path / "whole.sqlite"), create=True, clock=lambda: NOW)
    list(add(whole, reader, REPORTS))
    ledger.close()
    run: Callable[..., None] = _killed
    child = multiprocessing.get_context("fork").Process(target=run, args=(ledger.where, reader, moment))
    child.start()
    child.join(120)
    assert child.exitcode == -signal.SIGKILL
    assert state(ledger) == [told for told in state(whole) if told.kept.report.id in {r.id for r in REPORTS[:moment]}]
    assert sorted(outcomes(add(ledger, reader, REPORTS))) == ["added"] * (4 - moment) + ["already there"] * moment
    assert state(ledger) == state(whole)
    whole.close()
