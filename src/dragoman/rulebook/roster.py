"""One roster table -> Actor, with its mistakes (docs/roster.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from dragoman.model import Kind
from dragoman.rulebook import codes, keys
from dragoman.rulebook.types import Actor, Office, Seat

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KINDS = frozenset(kind.value for kind in Kind)


def actors_of(place: str, table: Mapping[str, Any], mistakes: list[str]) -> Actor | None:
    """Return the Actor of a roster table, or None with its mistakes added to ``mistakes``."""
    before = len(mistakes)
    for key in sorted(set(table) - keys.ACTOR.keys()):
        mistakes.append(f"{place}: unknown key {key!r}; allowed: {', '.join(sorted(keys.ACTOR))}")
    _check_shape(f"{place}: {table.get('id', '')}", table, mistakes)
    if len(mistakes) > before:
        return None
    identity = table.get("id", "")
    if not _ID.fullmatch(identity):
        mistakes.append(f"{place}: id {identity!r} must be lower-case ASCII words joined by hyphens")
    if table.get("kind") not in _KINDS or not table.get("name"):
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


def _check_shape(place: str, table: Mapping[str, Any], mistakes: list[str]) -> None:
    """Note each value that is not of the type of its key, so that the rest can rely on them."""
    for key in ("id", "name", "kind", "code", "nationality"):
        if key in table and not (isinstance(table[key], str) and table[key].strip()):
            mistakes.append(f"{place}: {key} must be a text in quotes")
    for key in ("sectors", "aliases", "demonyms"):
        if not _all_texts(table.get(key, [])):
            mistakes.append(f"{place}: {key} must be a list of texts in quotes")
    _check_days(place, table, mistakes)
    for key, wanted in (("seats", ("name",)), ("offices", ("title", "of")), ("affiliations", ("kind", "of"))):
        items = table.get(key, [])
        if not isinstance(items, list):
            mistakes.append(f"{place}: {key} must be a list")
            continue
        for item in items:
            if key == "seats" and isinstance(item, str) and item.strip():
                continue
            if not _is_table(item, wanted):
                mistakes.append(f"{place}: each of {key} has {', '.join((*wanted, 'from', 'to'))}; found {item!r}")
            else:
                _check_days(f"{place}: {key}", item, mistakes)


def _is_table(item: Any, wanted: tuple[str, ...]) -> bool:
    """Return whether an item has these keys as texts, and at most days beside them."""
    if not isinstance(item, dict) or set(item) - {*wanted, "from", "to"}:
        return False
    return all(isinstance(item.get(key), str) and item[key].strip() for key in wanted)


def _all_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _check_days(place: str, table: Mapping[str, Any], mistakes: list[str]) -> None:
    for key in ("from", "to"):
        if key in table and (not isinstance(table[key], date) or isinstance(table[key], datetime)):
            mistakes.append(f"{place}: {key} must be a day such as 2020-01-31, without quotes")


def _check_lists(place: str, table: Mapping[str, Any], mistakes: list[str]) -> None:
    code = table.get("code")
    if code is not None and not (code in codes.WORLD_CODES or re.fullmatch(r"[A-Z]{3}", code)):
        mistakes.append(
            f"{place}: code {code!r} is no ISO 3166 alpha-3 or one of {', '.join(sorted(codes.WORLD_CODES))}"
        )
    _closed(place, "sector", table.get("sectors", ()), codes.SECTORS, mistakes)
    titles = [item["title"] for item in table.get("offices", ())]
    _closed(place, "title of an office", titles, codes.OFFICE_TITLES, mistakes)
    kinds = [item["kind"] for item in table.get("affiliations", ())]
    _closed(place, "kind of affiliation", kinds, codes.AFFILIATIONS, mistakes)


def _closed(place: str, what: str, given: Iterable[Any], allowed: frozenset[str], mistakes: list[str]) -> None:
    for item in given:
        if item not in allowed:
            mistakes.append(f"{place}: unknown {what} {item!r}; allowed: {', '.join(sorted(allowed))}")


def _seat(item: str | Mapping[str, Any]) -> Seat:
    if isinstance(item, str):
        return Seat(name=item)
    return Seat(name=item["name"], start=item.get("from"), end=item.get("to"))


def _link(item: Mapping[str, Any], key: str) -> Office:
    return Office(title=item[key], of=item["of"], start=item.get("from"), end=item.get("to"))
