"""Texts that are longer than any report: the record in sections, and that nothing in them takes as long as its square."""

from __future__ import annotations

import time
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from growing import TEXTS

from dragoman.model import Report
from dragoman.process import board
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader, Reading

DAY = date(2024, 5, 15)
_LETTERS = 100_000
_FIRST = "Armenia and Azerbaijan signed a ceasefire in Geneva on Monday. Armenia demanded that Azerbaijan withdraw its troops."
_OTHER = "Rain fell on the hills. The market stayed closed."


def report(text: str) -> Report:
    return from_text(text, IntakeOptions(published=DAY), headline="Armenia signs ceasefire")


@pytest.fixture(scope="module")
def long(reader: Reader) -> Reading:
    """Return the reading of a text of 60 sentences in which the first and the last tell of a truce."""
    return reader.read(report("\n\n".join([_FIRST, *[_OTHER] * 28, _FIRST.replace("Monday", "Tuesday")])))


def test_sections_give_each_what_a_report_of_its_own_would(
    reader: Reader, long: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = record_of(long, reader.rulebook)
    monkeypatch.setattr(board, "_SECTION", 20)
    parted = record_of(long, reader.rulebook)
    assert (
        {one.party for one in parted.signatures} == {one.party for one in whole.signatures} == {"armenia", "azerbaijan"}
    )
    assert len(parted.positions) > len(whole.positions) > 0
    for kind in fields(ProcessRecord):
        entries = getattr(parted, kind.name)
        assert len({entry.id for entry in entries}) == len(entries)
    for entry in (*parted.positions, *parted.signatures):
        assert {number // 20 for number in (each - 1 for each in entry.sentences)} in ({0}, {2}, {3})


def test_a_report_of_ordinary_length_is_one_section(
    reader: Reader, long: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = record_of(long, reader.rulebook)
    monkeypatch.setattr(board, "_SECTION", len(long.sentences))
    assert record_of(long, reader.rulebook) == whole


def test_how_long_a_section_is_stands_where_it_is_promised() -> None:
    promised = f"more than {board._SECTION} sentences"
    page = (Path(__file__).parent.parent / "docs" / "fuzzing.md").read_text(encoding="utf-8")
    assert promised in str(record_of.__doc__)
    assert promised in page


def took(reader: Reader, given: Report) -> tuple[float, int]:
    """Return the CPU seconds that the reading of a text took, and how many sentences it has."""
    began = time.process_time()
    reading = reader.read(given)
    return time.process_time() - began, len(reading.sentences)


@pytest.fixture(scope="module")
def ordinary(reader: Reader, long: Reading) -> float:
    """Return the CPU seconds that as many letters of ordinary text take; all is loaded before (``long``)."""
    return took(reader, report("\n\n".join([_OTHER] * (_LETTERS // len(_OTHER)))))[0]


@pytest.mark.parametrize("name", ["marks of quotes", "one nest of brackets", "one word", "one number"])
def test_what_is_no_text_takes_no_longer_than_text(reader: Reader, ordinary: float, name: str) -> None:
    seconds, sentences = took(reader, report(TEXTS[name](_LETTERS)))
    assert seconds < ordinary
    assert sentences > 2
