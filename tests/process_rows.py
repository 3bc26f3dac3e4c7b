"""Tables of short reports and what the record must hold.

A row is '> ' and the text, then a line an entry: 'part: field=value | field=value', with every field that says something (days
as month and day, lists by the letter), or 'part: none'. The parts that a row names must hold these entries and no others; a
field of which it says '?' may be anything.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from conftest import record_told

from dragoman.model import When, Where
from dragoman.process.records import Contradiction, ProcessRecord
from dragoman.reading.reader import Reader

DAY = date(2021, 3, 10)  # a Wednesday
PARTS = tuple(field.name for field in fields(ProcessRecord))
_LEFT = frozenset({"id", "claims", "contrary", "evidence", "sides"})


def table(text: str) -> dict[str, dict[str, list[str]]]:
    """Return the rows of a table: for each text the entries of each part that the row names."""
    rows: dict[str, dict[str, list[str]]] = {}
    for line in text.strip().splitlines():
        if line.startswith("> "):
            row = rows.setdefault(line[2:], {})
            assert not row, f"twice: {line}"
        else:
            part, entry = line.split(": ", 1)
            assert part in PARTS
            row.setdefault(part, []).extend([entry] if entry != "none" else [])
    return rows


def misfit(reader: Reader, text: str, wanted: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the parts of a report's record that are not as the row says, as they are."""
    found = told_rows(reader, text)
    return {part: found.get(part, []) for part, rows in wanted.items() if not fits(found.get(part, []), rows)}


def told_rows(reader: Reader, text: str) -> dict[str, list[str]]:
    """Return what the record of a report holds: by part the entries, each as 'field=value | field=value'."""
    record = record_told(reader, text, DAY)
    return {part: [shown(entry) for entry in entries] for part in PARTS if (entries := getattr(record, part))}


def shown(entry: Any) -> str:
    """Return an entry as a row: 'field=value | field=value'."""
    told = ((field.name.rstrip("_"), getattr(entry, field.name)) for field in fields(entry) if field.name not in _LEFT)
    shown = [(name, _shown(value)) for name, value in told if not (name == "sentences" and value == (1,))]
    if isinstance(entry, Contradiction):
        shown.append(("speakers", " / ".join(",".join(side.speakers) or "-" for side in entry.sides)))
    return " | ".join(f"{name}={value}" for name, value in shown if value)


def _shown(value: Any) -> str:
    if isinstance(value, When):
        days = list(
            dict.fromkeys(
                f"{day:%m-%d}" if day and day.year == DAY.year else f"{day or '?'}"
                for day in (value.earliest, value.latest)
            )
        )
        return "" if days == ["?"] else "..".join(days)
    if isinstance(value, Where):
        return value.name
    if isinstance(value, tuple):
        return ",".join(sorted(str(each) for each in value))
    return "" if value in (None, False) else str(value)


def fits(found: list[str], wanted: list[str]) -> bool:
    """Return whether entries are the wanted ones, in any order; a field of which a row says '?' may be anything."""
    if len(found) != len(wanted):
        return False
    rest = [_fields(row) for row in found]
    for want in map(_fields, wanted):
        free = {name for name, value in want.items() if value == "?"}
        home = next((one for one in rest if _without(one, free) == _without(want, free)), None)
        if home is None:
            return False
        rest.remove(home)
    return True


def _fields(row: str) -> dict[str, str]:
    return {name: value for name, value in (part.strip().split("=", 1) for part in row.split(" | "))}


def _without(row: dict[str, str], names: set[str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if name not in names}
