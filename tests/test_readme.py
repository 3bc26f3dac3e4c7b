"""README: its output is real and current; the demo reads every sample; docs name what is there."""

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


def test_the_output_in_the_readme_is_current(tool: ModuleType) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert tool.commands(text)
    assert tool.current(text) == text, "run make readme"


def test_blocks_are_replaced_and_cut(tool: ModuleType) -> None:
    text = "a\n<!-- output: dragoman --version | first 1 lines -->\nold\n<!-- end -->\nb\n"
    fresh = tool.current(text)
    assert re.search(r"-->\n\n```\n\$ dragoman --version\ndragoman \d+\.\d+\.\d+\n```\n\n<!-- end -->\nb\n$", fresh)
    assert "old" not in fresh
    assert tool.current(fresh) == fresh


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
