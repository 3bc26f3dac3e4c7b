"""The tutorial is what comes out when it is run: each cell prints and shows what is committed with it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tutorial() -> ModuleType:
    """Return tools/tutorial.py as a module."""
    spec = importlib.util.spec_from_file_location("tutorial", ROOT / "tools" / "tutorial.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_run_gives_what_is_committed(tutorial: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("PYTHONWARNINGS", "error:::dragoman")
    kept = nbformat.read(tutorial.NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    again = tutorial.executed(tmp_path)
    for cell, was, now in zip(kept.cells, tutorial.said(kept), tutorial.said(again), strict=True):
        assert now == was, f"run tools/tutorial.py and look at what changed; the cell:\n{cell.source}"


def test_it_has_its_pictures_and_no_errors(tutorial: ModuleType) -> None:
    kept = nbformat.read(tutorial.NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    outputs = [output for cell in kept.cells for output in cell.get("outputs", ())]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2
    assert not [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]
    assert not [cell for cell in kept.cells if cell.cell_type == "code" and cell.execution_count is None]
