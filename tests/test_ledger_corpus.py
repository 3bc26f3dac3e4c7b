"""The sample corpus and what was judged of it fit each other: every report, day and sentence that the truth names is there."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import Report
from dragoman.reading.intake import read_path

ROOT = Path(__file__).parent
CORPUS = ROOT.parent / "samples" / "corpus"
TRUTH = ROOT / "ledger_truth"
CONFLICTS = ("libya", "sorvia")


def judged(name: str) -> dict[str, Any]:
    """Return a file of the truth."""
    return tomllib.loads((TRUTH / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """Return the corpus by id."""
    found = list(read_path(CORPUS))
    assert all(isinstance(each, Report) for each in found)
    return {each.id: each for each in found if isinstance(each, Report)}


def test_there_are_150_reports_of_six_weeks_from_ten_outlets_in_mixed_order(reports: dict[str, Report]) -> None:
    assert len(reports) == 150
    assert len({each.outlet for each in reports.values()}) == 10
    for prefix in ("ly-", "sv-"):
        days = [each.published for name, each in reports.items() if name.startswith(prefix) and each.published]
        assert 40 <= (max(days) - min(days)).days <= 43
        assert days != sorted(days)
        assert max(days[-4:]) < max(days)


def test_each_report_is_short(reports: dict[str, Report]) -> None:
    assert {name: n for name, each in reports.items() if not 55 <= (n := len(each.text.split())) <= 160} == {}


def test_copies_print_the_agency_text_in_another_outlet(reports: dict[str, Report]) -> None:
    origins = judged("origins")["origin"]
    assert sum(len(each["copies"]) for each in origins) == 25
    for each in origins:
        text = reports[each["text"]]
        assert text.outlet not in {reports[copy].outlet for copy in each["copies"]}
        for copy in each["copies"]:
            shared = set(paragraphs(text)) & set(paragraphs(reports[copy]))
            assert len(shared) >= 2, copy


def paragraphs(report: Report) -> list[str]:
    """Return the paragraphs of the body without datelines and credits."""
    return [
        re.sub(r"^.{0,60}?\) - ", "", each) for each in report.text[report.body_start :].split("\n\n") if len(each) > 30
    ]


def test_revisions_are_of_the_same_outlet_and_say_what_they_changed(reports: dict[str, Report]) -> None:
    revisions = judged("revisions")["revision"]
    assert Counter(each["kind"] for each in revisions) == {"update": 12, "correction": 4}
    for each in revisions:
        new, old = reports[each["report"]], reports[each["revises"]]
        assert new.outlet == old.outlet
        assert new.revision
        assert old.published
        assert new.published
        assert 0 <= (new.published - old.published).days <= 3
        assert (new.url == old.url) if each["by"] == "url" else (new.headline == old.headline)


def test_each_judged_pair_names_two_sentences_of_the_corpus(reports: dict[str, Report]) -> None:
    pairs = judged("pairs")["pair"]
    assert len(pairs) == 320
    assert sum(each["hard"] for each in pairs) == 160
    for side in chain.from_iterable((each["a"], each["b"]) for each in pairs):
        text = reports[side["report"]].text
        assert len(re.findall(rf"(?:^|[\n ]){re.escape(side['begins'])}", text)) >= 1, side
    keys = [
        tuple(sorted((each["a"]["report"], each["a"]["begins"], each["b"]["report"], each["b"]["begins"])))
        for each in pairs
    ]
    assert len({(key, each["type"]) for key, each in zip(keys, pairs, strict=True)}) == 320


@pytest.mark.parametrize("conflict", CONFLICTS)
def test_boards_count_the_reports_of_their_day_and_name_known_parties(
    conflict: str, reports: dict[str, Report]
) -> None:
    truth = judged(conflict)
    own = list(read_path(ROOT.parent / truth["reports"]))
    days = [each.published for each in own if isinstance(each, Report) and each.published]
    assert len(truth["board"]) == 6
    assert truth["stale"]["since"] == max(days)
    for board in truth["board"]:
        assert board["reports"] == sum(day <= board["day"] for day in days), board["day"]
        assert set(board["truce"]["parties"]) <= set(truth["sides"])
        for entry in board["positions"] + board.get("signatures", []):
            assert entry["party"] in truth["sides"], entry
        for entry in board["talks"]:
            assert isinstance(entry.get("from", date.min), date), entry
