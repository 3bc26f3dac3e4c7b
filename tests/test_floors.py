"""The gate's floors: what sinks is named, pinning only raises, a broken file is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import SettingsError
from dragoman.floors import pinned, read_floors, sunk, write_floors


def test_what_is_under_its_floor_or_not_measured_is_named() -> None:
    floors = {"rows": {"all": 0.8, "AID": 0.5, "gone": 0.1}}
    assert sunk("rows", {"all": 0.8, "AID": 0.499}, floors) == [
        "rows: AID is 0.499, its floor 0.500",
        "rows: gone is not measured, its floor 0.100",
    ]
    assert sunk("reports", {"type": 0.1}, floors) == []


def test_pinning_raises_and_lowers_only_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    write_floors(path, pinned({}, {"rows": {"all": 0.81239}}))
    assert read_floors(path) == {"rows": {"all": 0.812}}
    assert pinned(read_floors(path), {"rows": {"all": 0.7}}) == {"rows": {"all": 0.812}}
    assert pinned(read_floors(path), {"rows": {"all": 0.7}}, lower=True) == {"rows": {"all": 0.7}}
    assert sunk("rows", {"all": 0.81239}, read_floors(path)) == []


def test_no_file_is_no_floor_and_a_broken_one_is_an_error(tmp_path: Path) -> None:
    assert read_floors(tmp_path / "none.toml") == {}
    for text in ("[rows", "rows = 1", '[rows]\nall = "high"'):
        path = tmp_path / "floors.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"floors\.toml"):
            read_floors(path)
