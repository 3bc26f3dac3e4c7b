"""The tool that breaks the code: what it changes, that a change is put in, and that what it accepts is still there."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parent.parent / "tools"
SOURCE = '''
from functools import lru_cache

def near(day, last=7):
    """Return whether a day is near."""
    for step in range(2):
        if day == step:
            continue
    return 0 <= day and not day > last

@lru_cache
def twice(words: str) -> str:
    found = []
    found.append(words[1:])
    return f"{words} and {words}"

class Box:
    @property
    def full(self):
        return self.count >= 3

def _days():
    return {"mon": 1}

DAYS = _days()
LONG = dict(DAYS)
'''


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return tools/mutants.py as a module."""
    monkeypatch.syspath_prepend(str(TOOLS))
    import mutants

    return mutants


def _module() -> ModuleType:
    module = ModuleType("tried")
    exec(compile(SOURCE, "tried", "exec"), vars(module))
    return module


def test_every_kind_of_change_is_found(tool: ModuleType) -> None:
    found = {(m.function, m.before, m.after) for m in tool.mutants_of("tried", SOURCE)}
    assert found == {
        ("near", "7", "8"),
        ("near", "2", "3"),
        ("near", "day == step", "day != step"),
        ("near", "continue", "break"),
        ("near", "return 0 <= day and (not day > last)", "return None"),
        ("near", "0 <= day and (not day > last)", "0 <= day or not day > last"),
        ("near", "0 <= day", "0 < day"),
        ("near", "0", "1"),
        ("near", "not day > last", "day > last"),
        ("near", "day > last", "day >= last"),
        ("twice", "found = []", "found = None"),
        ("twice", "found.append(words[1:])", "pass"),
        ("twice", "1:", ":"),
        ("twice", "1", "2"),
        ("twice", "return f'{words} and {words}'", "return None"),
        ("Box.full", "return self.count >= 3", "return None"),
        ("Box.full", "self.count >= 3", "self.count > 3"),
        ("Box.full", "3", "4"),
        ("_days", "return {'mon': 1}", "return None"),
        ("_days", "'mon'", "'XXmonXX'"),
        ("_days", "1", "2"),
    }


@pytest.mark.parametrize(
    ("change", "asked", "whole", "broken"),
    [
        ("7 => 8", "near(8)", False, True),
        ("day > last => day >= last", "near(7)", True, False),
        ("return f'{words} and {words}' => return None", "twice('x')", "x and x", None),
        ("'mon' => 'XXmonXX'", "LONG", {"mon": 1}, {"XXmonXX": 1}),
        ("self.count >= 3 => self.count > 3", "Box.full.fget(Box)", True, False),
    ],
)
def test_a_change_is_put_in(tool: ModuleType, change: str, asked: str, whole: object, broken: object) -> None:
    module = _module()
    module.Box.count = 3
    assert eval(asked, vars(module)) == whole
    (mutant,) = [m for m in tool.mutants_of("tried", SOURCE) if f"{m.before} => {m.after}" == change]
    module.twice.cache_clear()
    tool.put_in(module, SOURCE, mutant)
    assert eval(asked, vars(module)) == broken


def test_the_lines_come_to_are_noted(tool: ModuleType) -> None:
    module, hits = _module(), set[tuple[str, int]]()
    tool.watch(module, SOURCE, hits)
    assert module.near(0)
    assert {line for _, line in hits} == {5, 6, 7, 8, 9}


def test_what_is_accepted_is_there_and_says_why(tool: ModuleType) -> None:
    names = {m.name for group in tool.GROUPS for m in tool.every_mutant(group)}
    entries = tool.accepted()
    assert entries
    assert sorted(set(entries) - names) == []
    assert [name for name, why in entries.items() if len(why) < 20] == []
