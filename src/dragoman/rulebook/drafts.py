"""Entries of a user's own roster while they are made from another file, and the TOML they are written as."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from dragoman.model import Kind
from dragoman.rulebook.spelling import fold

HEADER = "# Made by dragoman roster import; form: docs/roster.md. Mend it freely, or make it again.\n"
_SLUG = re.compile(r"[^a-z0-9]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
Tie = tuple[str, str, date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A line that could not be read, or an entry that was left out, and why."""

    line: int
    what: str


@dataclass(slots=True, kw_only=True)
class Draft:
    """An entry in the making; ``ties`` are affiliations (kind, of, from, to)."""

    line: int
    name: str
    kind: Kind
    code: str | None = None
    sectors: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @property
    def id(self) -> str:
        return slug(self.name)


@dataclass(slots=True, kw_only=True)
class Taken:
    """What was read of a file: entries, and the faults in the order of their lines."""

    drafts: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, what: str) -> None:
        self.faults.append(Fault(line=line, what=what))


def slug(name: str) -> str:
    """Return an id made from a name.

    >>> slug("Khalifa Haftar")
    'khalifa-haftar'
    """
    return _SLUG.sub("-", fold(name).lower()).strip("-")


def clean(name: str) -> str:
    """Return a name without control characters and double spaces."""
    return " ".join(_CONTROL.sub(" ", name).split())


def toml_of(drafts: Iterable[Draft]) -> str:
    """Return the entries as TOML."""
    return HEADER + "".join("\n" + "\n".join(_table(draft)) + "\n" for draft in drafts)


def _table(draft: Draft) -> list[str]:
    lines = ["[[actor]]", f"id = {_text(draft.id)}", f"name = {_text(draft.name)}", f"kind = {_text(draft.kind.value)}"]
    if draft.code:
        lines.append(f"code = {_text(draft.code)}")
    for key, items in (("sectors", draft.sectors), ("aliases", draft.aliases)):
        if items:
            lines.append(f"{key} = [{', '.join(_text(item) for item in items)}]")
    if draft.ties:
        lines += ["affiliations = [", *(f"  {_tie(tie)}," for tie in draft.ties), "]"]
    return lines


def _tie(tie: Tie) -> str:
    kind, of, start, end = tie
    parts = [f"kind = {_text(kind)}", f"of = {_text(of)}"]
    parts += [f"{key} = {day.isoformat()}" for key, day in (("from", start), ("to", end)) if day is not None]
    return "{ " + ", ".join(parts) + " }"


def _text(text: str) -> str:
    """Return a TOML basic string: JSON escapes are a part of TOML's."""
    return json.dumps(text, ensure_ascii=False)
