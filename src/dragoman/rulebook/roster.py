"""One roster table -> Actor, with its mistakes (docs/roster.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dragoman.model import Kind
from dragoman.rulebook import codes
from dragoman.rulebook.types import Actor, Office, Seat

_KEYS = {
    "id", "name", "kind", "code", "sectors", "aliases", "demonyms", "seats", "offices", "affiliations", "from", "to",
    "nationality",
}  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


def actors_of(place: str, table: Mapping[str, Any], mistakes: list[str]) -> Actor | None:
    """Return the Actor of a roster table, or None with its mistakes added to ``mistakes``."""
    before = len(mistakes)
    for key in sorted(set(table) - _KEYS):
        mistakes.append(f"{place}: unknown key {key!r}; allowed: {', '.join(sorted(_KEYS))}")
    identity = str(table.get("id", ""))
    if not _ID.fullmatch(identity):
        mistakes.append(f"{place}: id {identity!r} must be lower-case ASCII words joined by hyphens")
    if table.get("kind") not in {kind.value for kind in Kind} or not table.get("name"):
        mistakes.append(f"{place}: {identity} needs a name and a kind")
    _check_lists(f"{place}: {identity}", table, mistakes)
    if len(mistakes) > before:
        return None
    return Actor(
        id=identity,
        name=table["name"],
        kind=Kind(table["kind"]),
        code=table.get("code"),
        sectors=tuple(table.get("sectors", ())),
        aliases=tuple(table.get("aliases", ())),
        demonyms=tuple(table.get("demonyms", ())),
        seats=tuple(_seat(item) for item in table.get("seats", ())),
        offices=tuple(_link(item, "title") for item in table.get("offices", ())),
        affiliations=tuple(_link(item, "kind") for item in table.get("affiliations", ())),
        start=table.get("from"),
        end=table.get("to"),
    )


def _check_lists(place: str, table: Mapping[str, Any], mistakes: list[str]) -> None:
    code = table.get("code")
    if code is not None and not (code in _CODES or re.fullmatch(r"[A-Z]{3}", code)):
        mistakes.append(f"{place}: code {code!r} is no ISO 3166 alpha-3 or one of {', '.join(sorted(_CODES))}")
    _closed(place, table.get("sectors", ()), codes.SECTORS, mistakes)
    _closed(place, [item.get("title") for item in table.get("offices", ())], codes.OFFICE_TITLES, mistakes)
    _closed(place, [item.get("kind") for item in table.get("affiliations", ())], codes.AFFILIATIONS, mistakes)
    for item in (*table.get("offices", ()), *table.get("affiliations", ())):
        if set(item) - {"title", "kind", "of", "from", "to"} or "of" not in item:
            mistakes.append(f"{place}: an office has title, of, from, to; found {', '.join(item)}")
        for key in ("from", "to"):
            if key in item and not isinstance(item[key], date):
                mistakes.append(f"{place}: {key} must be a day such as 2020-01-31, without quotes")


def _closed(place: str, given: Iterable[Any], allowed: frozenset[str], mistakes: list[str]) -> None:
    for item in given:
        if item not in allowed:
            mistakes.append(f"{place}: unknown {item!r}; allowed: {', '.join(sorted(allowed))}")


def _seat(item: str | Mapping[str, Any]) -> Seat:
    if isinstance(item, str):
        return Seat(name=item)
    return Seat(name=item["name"], start=item.get("from"), end=item.get("to"))


def _link(item: Mapping[str, Any], key: str) -> Office:
    return Office(title=item[key], of=item["of"], start=item.get("from"), end=item.get("to"))
