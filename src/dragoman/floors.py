"""Pinned floors for the gate: the least score of each kind, in a TOML file; what falls under its floor is named."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from dragoman.errors import SettingsError
from dragoman.gate import Table
from dragoman.settings import toml_of

Floors = Mapping[str, Mapping[str, float]]
_HEAD = """# Floors of `dragoman gate`: it fails where a score is lower. `--pin` raises them to what is reached now;
# they sink only with `--lower`. rows: share of rows read right, in all and by gold type;
# count and look: F1 on the judged reports that are only counted, and on those studied while rules are written.
"""


def read_floors(path: Path) -> Floors:
    """Return the floors by part (rows, reports) and score; none where there is no file.

    Raises SettingsError where the file is not as it should be.
    """
    if not path.exists():
        return {}
    floors = toml_of(path, "mend the file or remove it")
    for part, scores in floors.items():
        if not isinstance(scores, dict) or not all(isinstance(value, int | float) for value in scores.values()):
            raise SettingsError(where=str(path), found=f"[{part}] is no table of numbers", remedy='write "name" = 0.8')
    return floors


def scores_of(part: str, table: Table) -> dict[str, float]:
    """Return a table's figures that floors are set for: recall for rows (their accuracy), F1 for reports."""
    return {name: score.recall if part == "rows" else score.f1 for name, score in table.scores.items()}


def sunk(part: str, scores: Mapping[str, float], floors: Floors) -> list[str]:
    """Return a line for each floor that is not reached or is no longer measured.

    >>> sunk("rows", {"all": 0.79}, {"rows": {"all": 0.8}})
    ['rows: all is 0.790, its floor 0.800']
    """
    lines = []
    for name, floor in floors.get(part, {}).items():
        if name not in scores:
            lines.append(f"{part}: {name} is not measured, its floor {floor:.3f}")
        elif scores[name] < floor:
            lines.append(f"{part}: {name} is {scores[name]:.3f}, its floor {floor:.3f}")
    return lines


def pinned(floors: Floors, measured: Floors, *, lower: bool = False) -> dict[str, dict[str, float]]:
    """Return the floors raised to what was measured, three decimals rounded down; lowered only on demand.

    >>> pinned({"rows": {"all": 0.8}}, {"rows": {"all": 0.7999}})
    {'rows': {'all': 0.8}}
    >>> pinned({"rows": {"all": 0.8}}, {"rows": {"all": 0.7999}}, lower=True)
    {'rows': {'all': 0.799}}
    """
    raised = {part: dict(scores) for part, scores in floors.items()}
    for part, scores in measured.items():
        old = raised.setdefault(part, {})
        for name, value in scores.items():
            now = math.floor(value * 1000 + 1e-9) / 1000
            old[name] = now if lower else max(now, old.get(name, 0.0))
    return raised


def write_floors(path: Path, floors: Floors) -> None:
    """Write the floors, sorted, with their explanation."""
    lines = [_HEAD]
    for part in sorted(floors):
        lines += [f"[{part}]", *(f'"{name}" = {floors[part][name]:.3f}' for name in sorted(floors[part])), ""]
    path.write_text("\n".join(lines), encoding="utf-8")
