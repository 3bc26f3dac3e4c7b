"""README and the pages of docs/ that print output: it is real and current; the demo reads every sample; docs name what is there."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT, SAMPLES, load_samples


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme", ROOT / "tools" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["readme"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["README.md", "docs/start.md", "docs/how-it-reads.md"])
def test_the_output_on_a_page_is_current(tool: ModuleType, page: str) -> None:
    assert ROOT / page in tool.PAGES
    text = (ROOT / page).read_text(encoding="utf-8")
    assert tool.commands(text)
    assert tool.current(text) == text, "run make readme"


def test_blocks_are_replaced_and_cut(tool: ModuleType) -> None:
    text = "a\n<!-- output: dragoman --version | first 1 lines -->\nold\n<!-- end -->\nb\n"
    fresh = tool.current(text)
    assert re.search(r"-->\n\n```\n\$ dragoman --version\ndragoman \d+\.\d+\.\d+\n```\n\n<!-- end -->\nb\n$", fresh)
    assert "old" not in fresh
    assert tool.current(fresh) == fresh


def test_a_part_of_the_output_starts_at_its_words(tool: ModuleType) -> None:
    page = tool.current('<!-- output: dragoman conflicts | 2 lines from "mali" -->\n<!-- end -->')
    assert re.search(r"\$ dragoman conflicts\n…\nmali: .+\nmyanmar: .+\n```", page)
    with pytest.raises(SystemExit, match="is in no line"):
        tool.current('<!-- output: dragoman conflicts | 2 lines from "atlantis" -->\n<!-- end -->')


def test_instants_and_names_of_decisions_do_not_make_a_page_stale(tool: ModuleType) -> None:
    printed = "6a570803d70e6631 wrong_claim 2dcc6eb387a09e59 · stands\n  ada, 2026-11-26 18:02 UTC: no"
    assert tool.steady(printed) == "DECISION wrong_claim 2dcc6eb387a09e59 · stands\n  ada, DAY HH:MM UTC: no"


@pytest.mark.parametrize("command", ["rm -rf x", "dragoman --version | sort"])
def test_only_dragoman_is_run_without_a_shell(tool: ModuleType, command: str) -> None:
    with pytest.raises(SystemExit):
        tool.current(f"<!-- output: {command} -->\n<!-- end -->")


def test_every_sample_is_in_the_index() -> None:
    assert {sample.path for sample in load_samples()} == set(SAMPLES.glob("*.txt"))


def test_links_of_the_docs_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    missing = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not Path(page.parent, link).exists()
    ]
    assert missing == []
