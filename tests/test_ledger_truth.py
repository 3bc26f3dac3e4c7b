"""The sample corpus settled: judged pairs, origins, updates and disputes as a reader judged them."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dragoman.board.disputes import disputes
from dragoman.board.types import Dispute
from dragoman.ledger.adding import add
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger, Told
from dragoman.reading.intake import read_path
from dragoman.reading.reader import Reader

ROOT = Path(__file__).parent.parent
TRUTH = ROOT / "tests" / "ledger_truth"
PRECISION, RECALL, HALF = 0.99, 0.80, 0.78  # floors


def truth(name: str) -> dict[str, Any]:
    return tomllib.loads((TRUTH / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Told]]:
    ledger = Ledger(str(tmp_path_factory.mktemp("corpus") / "ledger.sqlite"), create=True)
    assert all(each.fault is None for each in add(ledger, reader, read_path(ROOT / "samples" / "corpus")))
    assert settle(ledger)
    yield list(ledger.told())
    ledger.close()


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pairs", ROOT / "tools" / "pairs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["pairs"] = module
    spec.loader.exec_module(module)
    return module


def test_claims_of_one_act_are_one_event(told: list[Told], tool: ModuleType) -> None:
    listed = tool.judged(told, tool.pairs())
    assert len(listed) >= 300
    whole = tool.score(listed)
    assert whole.unread <= 5  # the rules read on: a sentence may come to give another type
    assert whole.precision >= PRECISION
    assert whole.recall >= RECALL
    for half in (listed[::2], listed[1::2]):
        assert tool.score(half).precision >= PRECISION
        assert tool.score(half).recall >= HALF


def test_prints_and_versions_of_one_text_are_one_origin_and_nothing_else_is(told: list[Told]) -> None:
    bound = [{each["text"], *each["copies"]} for each in truth("origins")["origin"]]
    bound += [{each["report"], each["revises"]} for each in truth("revisions")["revision"]]
    group: dict[str, set[str]] = {each.kept.report.id: {each.kept.report.id} for each in told}
    for ids in bound:
        whole = set().union(*(group[identity] for identity in ids))
        group |= dict.fromkeys(whole, whole)
    found: dict[str, set[str]] = {}
    for each in told:
        found.setdefault(each.kept.origin, set()).add(each.kept.report.id)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, {id(g): g for g in group.values()}.values()))


def test_updates_revise_the_version_before(told: list[Told]) -> None:
    expected = {each["report"]: each["revises"] for each in truth("revisions")["revision"]}
    assert {each.kept.report.id: each.kept.revises for each in told if each.kept.revises} == expected


@pytest.mark.parametrize("conflict", ["libya", "sorvia"])
def test_the_planted_disputes_are_found_on_each_day_and_no_correction_is_one(told: list[Told], conflict: str) -> None:
    prefix = {"libya": "ly-", "sorvia": "sv-"}[conflict]
    text = {each.kept.report.id: each.kept.report.text for each in told}
    missing, extra = [], []
    for board in truth(conflict)["board"]:
        listed = [
            t
            for t in told
            if t.kept.report.id.startswith(prefix) and (t.kept.report.published or board["day"]) <= board["day"]
        ]
        found = disputes(listed)
        missing += [
            (board["day"], each) for each in board.get("disputes", []) if not any(_fits(d, each, text) for d in found)
        ]
        extra += [
            (board["day"], words, d.about)
            for words in board.get("no_disputes", [])
            for d in found
            if any(words in value for value, _ in d.versions)
        ]
    assert (missing, extra) == ([], [])


def _fits(dispute: Dispute, wanted: dict[str, Any], text: dict[str, str]) -> bool:
    words = " ".join([dispute.about, *(text[c.report][c.start : c.end] for c in dispute.cited)]).lower()
    values = [value for value, _ in dispute.versions]
    versions = all(any(str(version) in value for value in values) for version in wanted.get("versions", []))
    return dispute.kind in wanted["kind"] and wanted["about"].lower() in words and versions
