"""The board of the sample corpus: truces, papers and talks held to the hand-made truth of six days; a day knows nothing later."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from board_judge import Judge

from dragoman.board.board import board
from dragoman.board.conflicts import Conflict, load_conflicts
from dragoman.board.filing import filing_of
from dragoman.board.viewed import reports_of
from dragoman.ledger.store import Ledger, Made, View
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import read_path
from dragoman.reading.reader import Reader, Reading

ROOT = Path(__file__).resolve().parent
CONFLICTS = load_conflicts(str(ROOT.parent / "samples" / "conflicts"))
NAMES = ("libya", "sorvia")
Read = Sequence[tuple[Reading, ProcessRecord]]
TAVRIN = load_conflicts(str(ROOT / "ledger_truth" / "conflicts"))["tavrin"]
# How many judgements hold of those that there are: they may only grow. What fails is told in the report of the test.
HOLD: dict[str, dict[str, int]] = {
    "libya": {
        "backer": 21, "denied_by": 4, "mechanism": 2, "no backer": 2, "outcome": 7, "planned": 10,
        "planned outcome": 3, "position": 20, "position before": 1, "signature": 11, "stale": 1,
        "talks": 34, "threat": 10, "truce": 21, "verified_by": 1, "violation": 7,
    },
    "sorvia": {
        "backer": 12, "denied_by": 12, "mechanism": 2, "no backer": 1, "no position": 1, "outcome":
        4, "paper": 2, "planned": 9, "planned outcome": 9, "position": 29, "position before": 2,
        "signature": 7, "stale": 1, "talks": 30, "threat": 11, "truce": 27, "verified_by": 2,
        "violation": 12,
    },
    "tavrin": {
        "backer": 7, "denied_by": 4, "mechanism": 12, "no backer": 3, "no violation": 3, "outcome":
        7, "paper": 1, "planned": 9, "planned outcome": 6, "position": 20, "position before": 1,
        "signature": 5, "stale": 1, "talks": 10, "threat": 24, "truce": 12, "verified_by": 4,
        "violation": 4,
    },
}  # fmt: skip
OF: dict[str, dict[str, int]] = {
    "libya": {
        "backer": 21, "denied_by": 5, "mechanism": 2, "no backer": 2, "outcome": 7, "planned": 10,
        "planned outcome": 3, "position": 25, "position before": 1, "signature": 11, "stale": 1,
        "talks": 41, "threat": 10, "truce": 22, "verified_by": 2, "violation": 11,
    },
    "sorvia": {
        "backer": 14, "denied_by": 12, "mechanism": 2, "no backer": 1, "no position": 1, "outcome":
        4, "paper": 2, "planned": 10, "planned outcome": 10, "position": 29, "position before": 2,
        "signature": 8, "stale": 1, "talks": 32, "threat": 11, "truce": 28, "verified_by": 2,
        "violation": 12,
    },
    "tavrin": {
        "backer": 8, "denied_by": 6, "mechanism": 12, "no backer": 3, "no violation": 3, "outcome":
        9, "paper": 2, "planned": 11, "planned outcome": 10, "position": 24, "position before": 2,
        "signature": 7, "stale": 1, "talks": 16, "threat": 26, "truce": 13, "verified_by": 7,
        "violation": 7,
    },
}  # fmt: skip


def kept(folder: Path, name: str, read: Read, start: datetime = datetime(2021, 6, 1, tzinfo=UTC)) -> Ledger:
    """Return a ledger with these readings, added one a minute."""
    at = iter(start + timedelta(minutes=n) for n in range(10 * len(read) + 10))
    ledger = Ledger(str(folder / f"{name}.db"), create=True, clock=lambda: next(at))
    for reading, record in read:
        ledger.add(reading, record, Made(rulebook="own", model="own"))
    return ledger


@pytest.fixture(scope="module")
def whole(corpus: Read, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Return a ledger of the whole corpus."""
    ledger = kept(tmp_path_factory.mktemp("whole"), "whole", corpus)
    yield ledger
    ledger.close()


@pytest.fixture(scope="module")
def held_out(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Return a ledger of the reports that are told in other words than the sample corpora."""
    found = [each for each in read_path(ROOT / "ledger_truth" / "tavrin.jsonl") if isinstance(each, Report)]
    readings = [reader.read(report) for report in found]
    ledger = kept(
        tmp_path_factory.mktemp("held"), "held", [(each, record_of(each, reader.rulebook)) for each in readings]
    )
    yield ledger
    ledger.close()


def truth(name: str) -> dict[str, Any]:
    """Return the truth of a conflict."""
    return tomllib.loads((ROOT / "ledger_truth" / f"{name}.toml").read_text(encoding="utf-8"))


# -- held to the truth


def judged(ledger: Ledger, conflict: Conflict) -> list[tuple[str, bool, str]]:
    """Return every judgement of a conflict on all days."""
    said = truth(conflict.id)
    texts = {each.kept.report.id: each.kept.report.text for each in ledger.told()}
    judge = Judge(conflict, said["sides"], texts)
    for day in said["board"]:
        judge.day(board(ledger, conflict, View(until=day["day"])), day)
    stale = said["stale"]
    state = board(ledger, conflict, View(until=stale["day"])).truces
    unknown = (stale["truce_status"], stale["since"])
    judge.say("stale", state, holds=any((truce.status, truce.since) == unknown for truce in state))
    return judge.held


def hold(found: Sequence[tuple[str, bool, str]], name: str) -> None:
    """Hold judgements to their floors."""
    counts, holding = Counter(kind for kind, _, _ in found), Counter(kind for kind, holds, _ in found if holds)
    wrong = "\n".join(f"{kind}: {what}" for kind, holds, what in found if not holds)
    assert {kind: holding[kind] for kind, floor in HOLD[name].items() if holding[kind] < floor} == {}, wrong
    assert {kind: counts[kind] for kind, least in OF[name].items() if counts[kind] < least} == {}, counts


@pytest.mark.parametrize("name", NAMES)
def test_the_board_holds_to_the_truth_of_six_days(whole: Ledger, name: str) -> None:
    hold(judged(whole, CONFLICTS[name]), name)


def test_the_board_of_reports_in_other_words_holds_to_the_truth_of_three_days(held_out: Ledger) -> None:
    hold(judged(held_out, TAVRIN), "tavrin")
    days = {day["day"]: day["reports"] for day in truth("tavrin")["board"]}
    assert {day: board(held_out, TAVRIN, View(until=day)).reports for day in days} == days


def test_the_number_of_reports_of_each_day_is_that_of_the_truth(whole: Ledger) -> None:
    for name in NAMES:
        days = {day["day"]: day["reports"] for day in truth(name)["board"]}
        assert {day: board(whole, CONFLICTS[name], View(until=day)).reports for day in days} == days


def test_each_report_is_filed_where_it_belongs_and_nowhere_else(whole: Ledger) -> None:
    for each in whole.told():
        filed = [name for name, conflict in CONFLICTS.items() if filing_of(each, conflict) is not None]
        assert filed == ["libya" if each.kept.report.id.startswith("ly-") else "sorvia"], each.kept.report.headline


# -- two clocks


def test_the_board_of_a_day_is_that_of_a_ledger_that_saw_only_the_reports_up_to_it(
    corpus: Read, whole: Ledger, tmp_path: Path
) -> None:
    shuffled = list(corpus)
    random.Random(3).shuffle(shuffled)
    for name, days in (
        ("libya", (date(2020, 1, 11), date(2020, 1, 14))),
        ("sorvia", (date(2021, 3, 15), date(2021, 4, 6))),
    ):
        for day in days:
            seen = [pair for pair in shuffled if pair[0].report.published and pair[0].report.published <= day]
            early = kept(tmp_path, f"{name}-{day}", seen)
            assert board(early, CONFLICTS[name], View(until=day)) == board(whole, CONFLICTS[name], View(until=day))
            assert (
                replace(board(early, CONFLICTS[name]), until=day).truces
                == board(whole, CONFLICTS[name], View(until=day)).truces
            )
            early.close()


def test_the_board_of_an_instant_is_that_of_a_ledger_that_had_no_more(corpus: Read, tmp_path: Path) -> None:
    first = kept(tmp_path, "first", corpus[:40])
    more = kept(tmp_path, "more", corpus[:60])
    instants = sorted(report.recorded for report in more.reports())
    now = View(known=instants[39])
    assert len(more.reports(now)) == 40
    had = board(more, CONFLICTS["libya"], now)
    assert replace(had, known=None) == board(first, CONFLICTS["libya"])
    assert had != board(more, CONFLICTS["libya"])
    for ledger in (first, more):
        ledger.close()


def test_reports_of_a_conflict_come_in_the_order_of_publication(whole: Ledger) -> None:
    told = reports_of(whole, CONFLICTS["sorvia"], View())
    days = [each.kept.report.published for each in told]
    assert len(told) == 72
    assert days == sorted(day for day in days if day)
