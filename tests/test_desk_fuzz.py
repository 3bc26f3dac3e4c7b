"""The API under cases that are made from its OpenAPI: no answer is a server error, and each is what OpenAPI says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from desking import ROOT, SETTINGS
from fastapi import APIRouter
from starlette.requests import Request

from dragoman.desk.api import published
from dragoman.desk.kept import Desk
from dragoman.ledger.store import Ledger
from dragoman.reading.reader import Reader

CASES = 160


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return tools/fuzz_api.py as a module."""
    spec = importlib.util.spec_from_file_location("fuzz_api", ROOT / "tools/fuzz_api.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look for it there
    spec.loader.exec_module(module)
    return module


def desk_of(tool: ModuleType, path: Path, reader: Reader) -> Desk:
    """Return a desk that may be asked as often as one likes."""
    desk = Desk(Ledger(str(path)), tool.fuzz_settings(SETTINGS))
    desk.__dict__["_reader"] = reader
    return desk


@pytest.mark.filterwarnings("ignore")
def test_no_case_fails(tool: ModuleType, desk_ledger: Path, reader: Reader) -> None:
    found = tool.fuzz(desk_of(tool, desk_ledger, reader), CASES)
    assert list(found.failures.items()) == []
    assert found.cases >= CASES
    assert found.statuses[200] > CASES / 10


@pytest.mark.filterwarnings("ignore")
def test_the_tool_sees_a_server_error_and_an_answer_of_another_form(
    tool: ModuleType, desk_ledger: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = APIRouter(prefix=published.ROOT)

    @broken.get(
        "/broken",
        responses={200: {"description": "a number", "content": {"application/json": {"schema": {"type": "integer"}}}}},
    )
    def fail(request: Request, number: int) -> object:
        return {"no": "number"} if number > 0 else 1 // 0

    broken.add_api_route("/openapi.json", published.openapi, include_in_schema=False)
    monkeypatch.setattr(published, "router", broken)
    found = tool.fuzz(desk_of(tool, desk_ledger, reader), 40)
    told = "\n".join(tool.told(found))
    assert "status 500: ZeroDivisionError" in told
    assert "Response violates schema" in told
