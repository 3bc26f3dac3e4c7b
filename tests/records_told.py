"""A reading and its record in short lines, so that a change of any part of them can be seen and looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from dragoman.export.contract import claim_form, record_forms
from dragoman.process.records import ProcessRecord
from dragoman.reading.reader import Reading

_LEFT_OUT = frozenset({"id", "evidence", "rule", "where", "event_id"})  # told in another way, or the gazetteer's


def told(reading: Reading, record: ProcessRecord) -> list[str]:
    """Return a line for each claim, in its order, then one for each entry of the record; claims by their numbers."""
    numbers = {claim.id: f"#{number}" for number, claim in enumerate(reading.claims, 1)}
    lines = [
        f"{numbers[claim.id]} {_line(msgspec.to_builtins(claim_form(claim)), numbers)}" for claim in reading.claims
    ]
    for kind, entries in msgspec.to_builtins(record_forms(record, reading.claims)).items():
        lines += [f"{kind}: {_line(entry, numbers)}" for entry in entries]
    return lines


def _line(entry: Mapping[str, Any], numbers: Mapping[str, str]) -> str:
    parts = [f"{key} {_short(value, numbers)}" for key, value in entry.items() if value and key not in _LEFT_OUT]
    event, evidence = entry.get("event_id"), entry.get("evidence")
    if event and event != entry["id"]:
        parts.append(f"event {numbers[event]}")
    if evidence:
        parts.append(f"s{evidence['sentence']}")
    return " | ".join(parts)


def _short(value: Any, numbers: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} {_short(each, numbers)}" for key, each in value.items() if each) + "}"
    if isinstance(value, list | tuple):
        return ", ".join(_short(each, numbers) for each in value)
    return numbers.get(value, value) if isinstance(value, str) else str(value)
