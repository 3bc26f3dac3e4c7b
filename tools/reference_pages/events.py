"""docs/reference/events.md: event types with modes, and the other closed words of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from dragoman.model import Basis, EventType, Kind, Status
from dragoman.rulebook import codes, meanings
from reference_pages.words import MADE, code, needed, table


def page() -> str:
    """Return the page."""
    parts = [
        MADE,
        "# Event types, modes and other words of a claim\n",
        "The types and modes are those of PLOVER (manual of December 2023). The class is the manual's; "
        "the scale runs from conflict (-10) to",
        "cooperation (10), after Goldstein's.\n",
        "## Event types\n",
        table(
            ("type", "meaning", "class", "scale"),
            [
                (
                    code(event),
                    needed(meanings.EVENTS.get(event), f"type {event}"),
                    codes.QUADS[event],
                    f"{codes.SCALE[event]:+.1f}",
                )
                for event in EventType
            ],
        ),
        "## Modes\n",
        "A claim may have one or more modes of its type; the types that are not here have none.\n",
        table(
            ("type", "mode", "meaning"),
            [
                (code(event), code(mode), needed(meanings.MODES.get(event, {}).get(mode), f"mode {mode} of {event}"))
                for event in EventType
                for mode in codes.MODES.get(event, ())
            ],
        ),
        "## Contexts\n",
        "What an act is about; a claim may have any number: "
        + ", ".join(code(each) for each in sorted(codes.CONTEXTS))
        + ".\n",
        "## Status\n",
        _words(Status, meanings.STATUSES),
        "## What a day rests on\n",
        _words(Basis, meanings.BASES),
        "## Kinds of entity\n",
        _words(Kind, meanings.KINDS),
    ]
    return "\n".join(parts)


def _words(closed: type[StrEnum], said: Mapping[StrEnum, str]) -> str:
    return table(
        ("word", "meaning"),
        [(code(each.value), needed(said.get(each), f"{closed.__name__} {each}")) for each in closed],
    )
