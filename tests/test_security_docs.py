"""docs/security.md: each requirement of the standard stands there once, and each test that it names is there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs" / "security.md"
STATES = ("met", "partly", "not met", "proxy", "n/a")
# how many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they come first in their section
ASKED = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5,
    "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4,
    "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3,
    "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4,
    "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
_ROW = re.compile(r"^\| (\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))? \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
_TEST = re.compile(r"`(tests/\w+\.py)::(\w+)`")


def _text() -> str:
    return DOCS.read_text(encoding="utf-8")


def _numbers() -> Iterator[str]:
    """Yield the requirements that the manual answers, ranges one by one."""
    for first, last, *_ in _ROW.findall(_text()):
        section, start = first.rsplit(".", 1)
        other, end = (last or first).rsplit(".", 1)
        assert section == other
        yield from (f"{section}.{number}" for number in range(int(start), int(end) + 1))


@lru_cache
def _tests_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_each_requirement_is_answered_once() -> None:
    asked = {f"{section}.{number}" for section, count in ASKED.items() for number in range(1, count + 1)}
    answered = Counter(_numbers())
    assert set(answered) == asked
    assert [number for number, count in answered.items() if count > 1] == []


def test_each_answer_has_a_state_and_says_why() -> None:
    rows = _ROW.findall(_text())
    assert {state for *_, state, _ in rows} <= set(STATES)
    assert [row[0] for row in rows if len(row[4].strip()) < 8] == []
    assert "@" not in "".join(row[4] for row in rows)


def test_each_test_that_is_named_is_there() -> None:
    named = _TEST.findall(_text())
    assert len(named) > 100
    assert [
        f"{path}::{name}" for path, name in named if not (ROOT / path).exists() or name not in _tests_in(path)
    ] == []
