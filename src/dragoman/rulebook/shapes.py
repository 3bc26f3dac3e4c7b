"""Which kind of value each key of a rulebook's files takes: text, list of texts, yes or no, number, table.

What is of another kind is told with its place before anything is made of it, so that the loader can rely on the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dragoman.model import Kind, Status

_Says = Callable[[Any], str | None]
"""Returns what a value should be, in words, or None where it is that."""


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text(value: Any) -> str | None:
    return None if _is_text(value) else "a text in quotes"


def _texts(value: Any) -> str | None:
    return None if isinstance(value, list) and all(map(_is_text, value)) else "a list of texts in quotes"


def _text_or_texts(value: Any) -> str | None:
    return None if _is_text(value) or not _texts(value) else "a text in quotes or a list of them"


def _yes_or_no(value: Any) -> str | None:
    return None if isinstance(value, bool) else "true or false"


def _number(value: Any) -> str | None:
    return None if isinstance(value, int) and not isinstance(value, bool) else "a whole number"


def _status(value: Any) -> str | None:
    states = [state.value for state in Status]
    return None if value in states else f"one of {', '.join(states)}"


def _kind(value: Any) -> str | None:
    kinds = [kind.value for kind in Kind]
    return None if value in kinds else f"one of {', '.join(kinds)}"


def _table(value: Any) -> str | None:
    return None if isinstance(value, dict) else "a table"


_ROLES: Mapping[str, _Says] = {"negated": _yes_or_no, "passive": _yes_or_no}  # any other key of when is a role
_GIVES: Mapping[str, _Says] = {
    "event": _text, "modes": _texts, "contexts": _texts, "actor": _text_or_texts, "recipient": _text_or_texts,
    "content": _text_or_texts, "means": _text_or_texts, "mutual": _yes_or_no, "status": _status, "negated": _yes_or_no,
    "marks": _texts, "others": _table, "keeps": _yes_or_no, "sign": _yes_or_no,
}  # fmt: skip
_SETS: Mapping[str, _Says] = {
    "negated": _yes_or_no, "hedged": _yes_or_no, "status": _status, "speaker": _yes_or_no, "transparent": _yes_or_no,
}  # fmt: skip
_ENTRIES: Mapping[str, Mapping[str, _Says]] = {
    "frame": {
        "id": _text, "when": _table, "unless": _table, "gives": _table, "says": _texts, "never": _texts, "rank": _number,
        "silent": _yes_or_no, "relate": _text,
    },
    "cue": {"id": _text, "words": _texts, "over": _text, "sets": _table, "except": _texts},
    "agent": {"words": _texts, "makes": _text, "kind": _kind, "sectors": _texts, "label": _text},
    "actor": {},  # roster.py says what it has
    "over_time": {"fresh": _number},  # over_time.py says what else it has
}  # fmt: skip
"""Tables that a file may have several of, and what their keys take."""

_STEP: Mapping[str, _Says] = {"has": _texts, "after": _number}  # of the steps of a rule over time

_INSIDE: Mapping[tuple[str, str], tuple[Mapping[str, _Says], _Says | None]] = {
    ("frame", "when"): (_ROLES, _text_or_texts),
    ("frame", "unless"): (_ROLES, _text_or_texts),
    ("frame", "gives"): (_GIVES, None),
    ("cue", "sets"): (_SETS, None),
}
"""Tables inside of them: what their keys take, and what a key takes that is not listed (None: the loader says that it is unknown)."""

_NAMED = ("list", "title", "process")
"""Tables of lists of texts, by names of the writer's."""


def misshapen(name: str, tables: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is not of the kind that its key takes, as 'file: [table] key: what it must be'.

    >>> list(misshapen("a.toml", {"list": {"truces": 3}}))
    ['a.toml: [list] truces is 3; it must be a list of texts in quotes']
    """
    for key, value in tables.items():
        if key in _NAMED:
            if not isinstance(value, dict):
                yield f"{name}: {key} must be one table: [{key}]"
                continue
            yield from _wrong(f"{name}: [{key}]", value, {}, _texts)
        elif key in _ENTRIES:
            if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
                yield f"{name}: {key} must be tables: [[{key}]]"
                continue
            for number, entry in enumerate(value, 1):
                yield from _wrong_entry(f"{name}: [[{key}]] {entry.get('id', number)}", key, entry)


def _wrong_entry(place: str, key: str, entry: Mapping[str, Any]) -> Iterator[str]:
    yield from _wrong(place, entry, _ENTRIES[key], None)
    for inner, value in entry.items():
        if (key, inner) in _INSIDE and isinstance(value, dict):
            yield from _wrong(f"{place}: {inner}", value, *_INSIDE[key, inner])
    steps = entry.get("when") if key == "over_time" else None
    for step in steps if isinstance(steps, list) else ():
        yield from _wrong(f"{place}: when", step if isinstance(step, dict) else {}, _STEP, None)
    gives = entry.get("gives")
    if key == "frame" and isinstance(gives, dict) and isinstance(gives.get("others"), dict):
        yield from _wrong(f"{place}: gives.others", gives["others"], {}, _text_or_texts)


def _wrong(place: str, table: Mapping[str, Any], known: Mapping[str, _Says], other: _Says | None) -> Iterator[str]:
    for key, value in table.items():
        says = known.get(key, other)
        if says is not None and (wanted := says(value)) is not None:
            yield f"{place} {key} is {_shown(value)}; it must be {wanted}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "…"
