"""No registry has the package: nothing may say that its name is to be installed, for anybody could take it."""

from __future__ import annotations

import json
import re

import pytest
from conftest import ROOT

from dragoman.cli import run
from dragoman.export.formats import table

NAMED = re.compile(r"pip install[^\n`]*['\" ]dragoman\b")


def test_nothing_says_to_install_the_package_by_its_name() -> None:
    files = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "src").rglob("*.py"),
    ]
    found = [str(file) for file in files if NAMED.search(file.read_text(encoding="utf-8"))]
    assert found == []


def test_the_list_of_formats_says_what_is_not_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(table, "find_spec", lambda name: None if name == "pyarrow" else name)
    assert run(["export", "--list"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["claims-parquet"].endswith(" (needs pyarrow: in a clone: pip install '.[formats]')")
    assert "needs" not in lines["claims-csv"]
    assert run(["export", "--list", "--json"]) == 0
    forms = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert next(form["missing"] for form in forms if form["name"] == "claims-parquet") == ["pyarrow"]
