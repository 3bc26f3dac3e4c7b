"""What a person may decide, as frozen types, and which values a decision may give: checked before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, get_type_hints

import msgspec

from dragoman.errors import LedgerError
from dragoman.model import Attribution, Basis, Claim, Entity, EventType, Status, When, Where
from dragoman.rulebook.codes import CONTEXTS, MODES


class DecisionKind(StrEnum):
    """What is decided. Of the two ids of ``same_entity`` the second is who the first is; of ``other_event`` it is what leaves."""

    SAME_ENTITY = "same_entity"
    OTHER_ENTITY = "other_entity"
    SAME_EVENT = "same_event"
    OTHER_EVENT = "other_event"
    WRONG_CLAIM = "wrong_claim"
    RIGHT_CLAIM = "right_claim"
    CORRECTED_FIELD = "corrected_field"
    ADDED_CLAIM = "added_claim"
    FILED = "filed"
    NOT_FILED = "not_filed"
    GRADED_SOURCE = "graded_source"
    NOTE = "note"


OF_ENTITIES = frozenset({DecisionKind.SAME_ENTITY, DecisionKind.OTHER_ENTITY})
OF_EVENTS = frozenset({DecisionKind.SAME_EVENT, DecisionKind.OTHER_EVENT})
OF_CLAIMS = frozenset({DecisionKind.WRONG_CLAIM, DecisionKind.RIGHT_CLAIM, DecisionKind.CORRECTED_FIELD})
OF_FILING = frozenset({DecisionKind.FILED, DecisionKind.NOT_FILED})
OF_SOURCES = frozenset({DecisionKind.GRADED_SOURCE})

GRADES = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""How far a source is trusted: the letters of the Admiralty scale (board/grades.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a claim says and in which words, as it was read: the same claim in another report is found by it.

    ``rest`` tells apart what one sentence says of the same act twice; ``alone``: it says it once. ``origin`` is its report's.
    """

    event: EventType
    negated: bool
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    text: str
    rest: tuple[str, ...]
    alone: bool
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A claim that a decision is about, by what lasts longer than its id: its report, its sentence's offsets and its type.

    ``beside`` are the other claims of that sentence and type when it was decided: none of them can have taken its place. By
    ``said`` the decision holds, too, for the same claim in other versions and prints of the report.
    """

    claim: str
    report: str
    start: int
    end: int
    event: EventType
    beside: tuple[str, ...] = ()
    said: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A decision that holds for a claim of a report: about it, or ``carried`` from the same claim (id, report) elsewhere."""

    report: str
    decision: str
    kind: DecisionKind
    field: str | None
    user: str
    at: datetime
    carried: tuple[str, str] | None = None

    @property
    def words(self) -> str:
        """Return 'actor corrected by anna (decision 1a2b), carried from claim 3c4d in report 5e6f'."""
        done = f"{self.field} corrected" if self.field else self.kind.value.replace("_claim", "")
        source = f", {self.source_words}" if self.carried else ""
        return f"{done} by {self.user} (decision {self.decision}){source}"

    @property
    def source_words(self) -> str:
        """Return 'carried from claim 3c4d in report 5e6f', or nothing where it is about the claim itself."""
        return f"carried from claim {self.carried[0]} in report {self.carried[1]}" if self.carried else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What an added claim stands on: a sentence of a report, or a source outside the ledger with its words."""

    report: str | None = None
    sentence: int | None = None
    start: int | None = None
    end: int | None = None
    name: str | None = None
    quote: str | None = None
    url: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a decision says beside its kind: the field and its value, the claim added (as ``value``) with its source.

    ``anchors`` and ``entities`` keep what it is about as it was then, so that it can be carried out when that has changed.
    """

    field: str | None = None
    value: Any = None
    source: Source | None = None
    anchors: tuple[Anchor, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided, and when. It is never deleted: ``withdrawn_at`` and ``withdrawn_by`` say that it counts no more."""

    id: str
    kind: DecisionKind
    about: tuple[str, ...]
    verdict: Verdict
    user: str
    at: datetime
    note: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to decide. ``about`` are ids (of claims and reports a beginning will do).

    ``value`` is of the field's type, in JSON's types, or the text that ``value_of`` reads; for an added claim its fields by name.
    """

    kind: DecisionKind
    about: tuple[str, ...]
    user: str
    field: str | None = None
    value: Any = None
    source: Source | None = None
    note: str | None = None


FIELDS = (
    "event", "modes", "contexts", "actor", "recipient", "negated", "status", "hedged", "quoted", "attribution", "date",
    "place", "content", "condition", "means", "casualties",
)  # fmt: skip
ADDED = (*FIELDS, "marks")
WHO = ("actor", "recipient")
_TYPES = get_type_hints(Claim)
_SPAN = ".."
_YES, _NO = frozenset({"true", "yes"}), frozenset({"false", "no"})


def outlet_key(outlet: str) -> str:
    """Return an outlet's name as it is compared: without case, its spaces single.

    >>> outlet_key("Northern  Wire")
    'northern wire'
    """
    return " ".join(outlet.split()).casefold()


def value_of(field: str, value: Any, where: str) -> Any:
    """Return the value of a claim's field in its type; LedgerError where the field or the value is not allowed.

    Text is read by the field's type: ids with commas between them, true or false, 2020-01-13 or 2020-01-12..2020-01-14,
    a place by its name, nothing for no value. JSON gives the rest.

    >>> value_of("actor", "haftar, lna", "a"), value_of("date", "2020-01-12..", "a").latest
    (('haftar', 'lna'), None)
    """
    if field not in FIELDS:
        found, remedy = f"the field {field!r} cannot be corrected", f"use one of: {', '.join(FIELDS)}"
        raise LedgerError(where=where, found=found, remedy=remedy)
    return _typed(field, value, where)


def fields_of(given: Any, where: str) -> dict[str, Any]:
    """Return the fields of a claim to be added, each in its type; LedgerError where one is not allowed or the type is missing."""
    if isinstance(given, str):
        given = _json(
            given, where, 'give its fields as JSON: {"event": "SUPPORT", "actor": ["id"], "recipient": ["id"]}'
        )
    if not isinstance(given, Mapping) or "event" not in given:
        found = "the claim has no event type"
        raise LedgerError(where=where, found=found, remedy=f'give "event": one of {", ".join(EventType)}')
    unknown = sorted(set(map(str, given)) - set(ADDED))
    if unknown:
        found, remedy = f"a claim has no field {unknown[0]!r}", f"use some of: {', '.join(ADDED)}"
        raise LedgerError(where=where, found=found, remedy=remedy)
    values = {name: _typed(name, value, where) for name, value in given.items()}
    if not values.get("actor") and not values.get("recipient"):
        raise LedgerError(where=where, found="the claim names nobody", remedy="give actor or recipient")
    check_codes(values["event"], values.get("modes", ()), values.get("contexts", ()), where)
    return values


def check_codes(event: EventType, modes: tuple[str, ...], contexts: tuple[str, ...], where: str) -> None:
    """Raise LedgerError where a mode is none of the event type's, or a context none of the codebook's."""
    allowed = sorted(MODES.get(event, ()))
    for mode in modes:
        if mode not in allowed:
            remedy = f"use some of: {', '.join(allowed)}" if allowed else "leave the modes out"
            raise LedgerError(where=where, found=f"{event} has no mode {mode!r}", remedy=remedy)
    for context in contexts:
        if context not in CONTEXTS:
            remedy = f"use some of: {', '.join(sorted(CONTEXTS))}"
            raise LedgerError(where=where, found=f"there is no context {context!r}", remedy=remedy)


def builtin(value: Any) -> Any:
    """Return a value in JSON's types, as a decision keeps it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def restored(field: str, value: Any) -> Any:
    """Return the value that a decision keeps, in the field's type."""
    return msgspec.convert(value, _TYPES[field])


def _typed(field: str, value: Any, where: str) -> Any:
    kind = _TYPES[field]
    if isinstance(value, str):
        value = _read(field, value.strip(), where)
    try:
        return msgspec.convert(builtin(value), kind)
    except (msgspec.ValidationError, ValueError, TypeError) as mistake:
        found = f"{field} cannot be {_shown(value)} ({mistake})"
        raise LedgerError(where=where, found=found, remedy=f"give {_ALLOWED[field]}") from mistake


def _read(field: str, text: str, where: str) -> Any:
    """Return what a text says for a field, in JSON's types."""
    if text.startswith(("[", "{")):
        return _json(text, where, f"give {_ALLOWED[field]}")
    return _READERS.get(field, _words)(text)


def _json(text: str, where: str, remedy: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as mistake:
        raise LedgerError(where=where, found=f"no readable JSON ({mistake})", remedy=remedy) from mistake


def _words(text: str) -> str | None:
    return text or None


def _listed(text: str) -> list[str]:
    return [part for part in map(str.strip, text.split(",")) if part]


def _truth(text: str) -> bool | str:
    low = text.lower()
    return True if low in _YES else False if low in _NO else text


def _days(text: str) -> Any:
    if not text:
        return When()
    first, span, last = (part.strip() for part in text.partition(_SPAN))
    ends = {"earliest": first or None, "latest": (last or None) if span else first}
    return {**ends, "phrase": text, "basis": Basis.STATED.value}


def _place(text: str) -> Any:
    return Where(name=text, text=text) if text else None


def _speakers(text: str) -> list[Any]:
    return [Attribution(speaker=None, text=each) for each in _listed(text)]


def _shown(value: Any) -> str:
    shown = msgspec.json.encode(value).decode() if not isinstance(value, str) else repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"


_READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("modes", "contexts", "actor", "recipient", "marks"), _listed),
    **dict.fromkeys(("negated", "hedged", "quoted"), _truth),
    "date": _days,
    "place": _place,
    "attribution": _speakers,
    "event": str.upper,
    "status": str.lower,
}
_ALLOWED: Mapping[str, str] = {
    **dict.fromkeys(WHO, "ids of entities, with commas between them"),
    **dict.fromkeys(("modes", "contexts", "marks"), "words with commas between them"),
    **dict.fromkeys(("negated", "hedged", "quoted"), "true or false"),
    **dict.fromkeys(("content", "condition", "means", "casualties"), "text, or nothing for none"),
    "event": f"one of {', '.join(EventType)}",
    "status": f"one of {', '.join(Status)}",
    "date": "a day (2020-01-13), days (2020-01-12..2020-01-14), or nothing for unknown",
    "place": 'the name of a place, {"name": …, "code": …} or nothing for none',
    "attribution": 'who says so, innermost first: [{"speaker": ID or null, "text": …}]',
}
