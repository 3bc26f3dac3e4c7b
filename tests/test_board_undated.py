"""A report without a day: what a board tells of it has no day either, and nothing stands for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.board.conflicts import load_conflicts
from dragoman.board.fold import board_of
from dragoman.ledger.store import Ledger, Made, View
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.reader import Reader

LIBYA = load_conflicts()["libya"]
TEXTS = (
    "The Libyan National Army and the Government of National Accord agreed on a ceasefire on Saturday.",
    "The Government of National Accord accused the Libyan National Army of violating the ceasefire on Wednesday.",
    "The Libyan National Army ended the ceasefire with the Government of National Accord. "
    "The Libyan National Army attacked the Government of National Accord's positions in Tripoli on Thursday.",
    "Talks between the Libyan National Army and the Government of National Accord collapsed in Geneva.",
    "The Libyan National Army returned to the talks with the Government of National Accord in Geneva.",
)
DATED = Report(
    id="dated", headline=None, body_start=0, published=date(2020, 1, 20),
    text="The Libyan National Army rejected the demands of the Government of National Accord.",
)  # fmt: skip


def days(value: Any) -> Iterator[date]:
    """Yield each day that stands anywhere in a board."""
    if isinstance(value, date):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from days(each)
    elif isinstance(value, dict):
        yield from days([*value.values()])
    elif is_dataclass(value):
        for each in fields(value):
            yield from days(getattr(value, each.name))


@pytest.mark.parametrize("more", [(), (DATED,)], ids=["no day", "another has a day"])
def test_no_day_stands_for_an_unknown_one(reader: Reader, tmp_path: Path, more: tuple[Report, ...]) -> None:
    undated = [Report(id=f"r{at}", headline=None, text=text, body_start=0) for at, text in enumerate(TEXTS)]
    ledger = Ledger(str(tmp_path / "one.ledger"), create=True)
    for report in (*undated, *more):
        reading = reader.read(report)
        ledger.add(reading, record_of(reading, reader.rulebook), Made(rulebook="sha256:0", model="test"))
    told = sorted(ledger.told(), key=lambda each: (each.kept.report.published or date.min, each.kept.report.id))
    board = board_of(told, LIBYA, View())
    ledger.close()
    assert board.truces
    assert board.turnings
    assert set(days(board)) <= {each.published for each in more}
    assert all(turn.day is None for truce in board.truces for turn in truce.history)
