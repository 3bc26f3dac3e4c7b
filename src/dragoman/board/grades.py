"""How far a user trusts each outlet: A to F, in a file of the user's own or by decision, which goes before the file.

It is a scale apart from how many origins tell a thing.

The letters are those of the Admiralty scale: A reliable, B usually reliable, C fairly reliable, D not usually reliable, E unreliable,
F cannot be judged, which is what every outlet is that neither names. Nothing is computed from them: no claim is dropped,
preferred or weighed by its outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from dragoman.errors import SettingsError
from dragoman.ledger.decisions import grades_by_hand
from dragoman.ledger.verdicts import GRADES, Decision, outlet_key
from dragoman.settings import toml_of

UNKNOWN = "F"
_TABLE = "reliability"


def load_grades(path: str | None) -> Mapping[str, str]:
    """Return the grade of each outlet that a file names, by its name in small letters; SettingsError says what is wrong in it.

    The file has one table, ``[reliability]``, with lines like ``"Northern Wire" = "B"``.
    """
    if path is None:
        return {}
    table = _table(path)
    found: dict[str, str] = {}
    for outlet, grade in table.items():
        if grade not in GRADES:
            raise SettingsError(
                where=path, found=f"{outlet} has the grade {grade!r}", remedy=f"give one of {', '.join(GRADES)}"
            )
        if found.setdefault(outlet_key(outlet), grade) != grade:
            raise SettingsError(where=path, found=f"{outlet} has two grades", remedy="leave one of them")
    return found


def grades_of(path: str | None, decisions: Iterable[Decision] = ()) -> Mapping[str, str]:
    """Return the grade of each outlet by its name in small letters: as decided, else as the file has it."""
    by_hand = {outlet: str(each.verdict.value) for outlet, each in grades_by_hand(decisions).items()}
    return {**load_grades(path), **by_hand}


def graded(outlets: Iterable[str | None], grades: Mapping[str, str]) -> dict[str, str]:
    """Return the grade of each of these outlets, by name.

    >>> graded(["Northern Wire", "Harbour Radio", None], {"northern wire": "B"})
    {'Harbour Radio': 'F', 'Northern Wire': 'B'}
    """
    return {each: grades.get(outlet_key(each), UNKNOWN) for each in sorted({each for each in outlets if each})}


def _table(path: str) -> Mapping[str, object]:
    found = toml_of(Path(path), "give a readable TOML file of outlets")
    other = sorted(found.keys() - {_TABLE})
    table = found.get(_TABLE, {})
    if other or not isinstance(table, dict):
        raise SettingsError(
            where=path,
            found=f"there is {', '.join(other) or _TABLE + ' that is no table'}",
            remedy=f"give [{_TABLE}] alone",
        )
    return table


__all__ = ["GRADES", "UNKNOWN", "graded", "grades_of", "load_grades"]
