"""Many reports read together: what each says does not depend on its neighbours, and a fault in one costs no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, from_text, read_path
from dragoman.reading.parse import Sentence, _Place
from dragoman.reading.parses import Table
from dragoman.reading.reader import Reader, Reading

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [each for each in read_path(SAMPLES / "corpus") if isinstance(each, Report)]


def test_reports_read_together_give_what_each_gives_alone(reader: Reader, reports: list[Report]) -> None:
    assert list(reader.read_all(reports)) == [reader.read(report) for report in reports]


def test_a_fault_in_one_report_stands_in_its_place(
    reader: Reader, reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = from_text("Talks end\n\nThe unreadable envoy left.", name="bad.txt")
    plain = reader.parser._sentences

    def faulty(table: Table, parsed: str, place: _Place, text: str) -> Iterator[Sentence]:
        if "unreadable" in text:
            raise IndexError("tuple index out of range")
        return plain(table, parsed, place, text)

    monkeypatch.setattr(reader.parser, "_sentences", faulty)
    first, fault, last = reader.read_all([reports[0], bad, reports[1]])
    assert isinstance(first, Reading)
    assert isinstance(last, Reading)
    assert last.report == reports[1]
    assert last.claims
    assert isinstance(fault, DragomanError)
    assert fault.where == "bad.txt"
    assert "tuple index out of range" in fault.found


def test_reports_are_taken_as_they_are_read(reader: Reader) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Report]:
        while True:
            taken.append(1)
            yield from_text("Talks end\n\nRebels left the talks on Monday.", IntakeOptions(), name="r")

    assert isinstance(next(reader.read_all(endless())), Reading)
    assert len(taken) < 100
