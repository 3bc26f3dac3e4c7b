"""How two acts agree, field by field: type, polarity, status, day, place, kind, content, who acts, upon whom.

A field that differs parts two acts; fields that agree give points, and enough points join them. What cannot be compared is unknown and
counts for nothing, so that little is said of many acts and they stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.ledger.acts import COMMON, Act, Party

Agreement = Literal["same", "near", "unknown", "differs"]
Fields = dict[str, Agreement]

ENOUGH = 6.0
MUTUAL = frozenset({"CONSULT"})
POINTS: dict[str, dict[Agreement, float]] = {
    "actor": {"same": 3, "near": 2},
    "recipient": {"same": 2, "near": 1},
    "day": {"same": 2, "near": 1},
    "place": {"same": 1, "near": 0.5},
    "content": {"same": 3, "near": 1.5},
    "kind": {"same": 2, "near": 1},
    "signature": {"same": 1},
    "count": {"same": 1},
}
ARMY = re.compile(r"(?:army|armed-forces|military)$")
_LIKE, _ALIKE = 0.3, 0.6  # share of the shorter content's words
_UNDATED = 3  # days between the reports of acts of which one has no day
_KINDS = ("signature.", "ceasefire.", "agreement.", "talks.")  # marks of acts that are done once
_NOBODYS = frozenset({"ceasefire.in_force"})  # a truce comes into force; who is named with it is chance
_STAGED = frozenset({"signature", "ceasefire"})  # proposed, agreed and in force are three acts
_ALIASES = {"signature.refused": "signature.not_signed", "ceasefire.extended": "ceasefire.agreed"}
_STATUS = {"occurred": "done", "historical": "done", "future": "ahead", "hypothetical": "possible"}
GENERIC = frozenset(
    "rebels rebel leader fighters forces army troops government officers delegation officials soldiers".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An act with its report. ``texts``: the origin of its text, and the report that it is a version of.

    It lies within the days ``start`` to ``end`` (ordinals).
    """

    act: Act
    report: str
    start: int
    end: int
    texts: frozenset[str] = frozenset()


def seen(act: Act, report: str = "", published: date | None = None, texts: frozenset[str] = frozenset()) -> Seen:
    """Return an act with its report; one of unknown day lies within three days of its report."""
    if dated(act):
        start, end = (act.first or date.min).toordinal(), (act.last or date.max).toordinal()
    else:
        middle = published.toordinal() if published else 1
        start, end = max(1, middle - _UNDATED), middle + (0 if stage(act) == "done" else _UNDATED)
    return Seen(act=act, report=report, start=start, end=end, texts=texts)


def score(one: Seen, other: Seen) -> float:
    """Return how much two acts of one event agree in; 0.0 where they are not one."""
    fields: Fields = {}
    for name, how in FIELDS.items():
        fields[name] = how(one, other)
        if fields[name] == "differs":
            return 0.0
    total = points(fields)
    return total if total >= ENOUGH and not doubt(fields) else 0.0


def agreement(one: Seen, other: Seen) -> Fields:
    """Return how each field of two acts agrees."""
    return {name: how(one, other) for name, how in FIELDS.items()}


def printed_twice(one: Seen, other: Seen) -> bool:
    """Return whether two acts stand in the same sentence of one text, printed twice or updated."""
    return not one.texts.isdisjoint(other.texts) and not set(one.act.said).isdisjoint(other.act.said)


def points(fields: Fields) -> float:
    """Return the sum of what agrees."""
    return sum(counts.get(fields[name], 0.0) for name, counts in POINTS.items())


def doubt(fields: Fields) -> str | None:
    """Return why acts that agree in enough are not joined all the same, or None."""
    what, whom, day = fields["content"], fields["recipient"], fields["day"]
    if fields["actor"] == "unknown" and (what != "same" or day != "same"):
        return "one does not say who acted, and day and content are not both the same"
    alike = what == "same" or fields["kind"] == "same" or (what == "near" and whom == "same")
    return "one has no day, and what is said is not alike enough" if day == "unknown" and not alike else None


def stage(act: Act) -> str:
    """Return whether an act is done, ahead or only possible."""
    return _STATUS[act.status]


# -- when and where


def dated(act: Act) -> bool:
    """Return whether anything is known of an act's day."""
    return act.first is not None or act.last is not None


def _days(one: Seen, other: Seen) -> Agreement:
    apart = max(other.start - one.end, one.start - other.end)
    if apart > 1:
        return "differs"
    if not dated(one.act) or not dated(other.act):
        return "unknown" if apart <= 0 else "differs"
    if one.start == one.end == other.start == other.end:
        return "same"
    return "near" if apart <= (0 if one.act.sharp and other.act.sharp else 1) else "differs"


def _places(one: Seen, other: Seen) -> Agreement:
    here, there = one.act, other.act
    if not here.place or not there.place:
        return "unknown"
    first, second = here.place.lower(), there.place.lower()
    if first == second:
        return "same"
    within = here.code is not None and here.code == there.code and (here.country or there.country)
    return "near" if within or first in second or second in first else "differs"


# -- who


def _actors(one: Seen, other: Seen) -> Agreement:
    act, its = one.act, other.act
    if act.event in MUTUAL:
        return _parties((*act.actors, *act.recipients), (*its.actors, *its.recipients))
    agrees = _parties(act.actors, its.actors)
    if agrees == "near" and _signs(act) and _signs(its) and not kin(act.actors[0], its.actors[0]):
        return "differs"  # 'X signed a pact with Y' is not Y's signing
    nobodys = agrees == "differs" and not _NOBODYS.isdisjoint(act.marks) and not _NOBODYS.isdisjoint(its.marks)
    return "unknown" if nobodys else agrees


def _recipients(one: Seen, other: Seen) -> Agreement:
    return "unknown" if one.act.event in MUTUAL else _parties(one.act.recipients, other.act.recipients)


def _parties(first: Sequence[Party], second: Sequence[Party]) -> Agreement:
    """Return how two groups of actors agree: all the same, each of the fewer kin of one of the others, or different."""
    if not first or not second:
        return "unknown"
    few, many = sorted((first, second), key=len)
    if len(few) == len(many) and all(any(_same(p, q) for q in many) for p in few):
        return "same"
    if all(any(kin(p, q) for q in many) for p in few):
        return "near"
    nameless = not any(party.named for party in first) or not any(party.named for party in second)
    return "unknown" if nameless else "differs"


def _same(one: Party, other: Party) -> bool:
    """Return whether two parties are one: by id, or by the last name of a full name ('dremmel', 'anton-dremmel')."""
    return one.id == other.id or (one.named and other.named and _ends_with(one.id, other.id))


def kin(one: Party, other: Party) -> bool:
    """Return whether two parties may stand for each other: a force and its state, a person and his side, 'rebels' and theirs."""
    if one.id == other.id or one.id in other.sides or other.id in one.sides or _ends_with(one.id, other.id):
        return True
    if any(ARMY.match(p.id) and ARMY.search(q.id) for p, q in ((one, other), (other, one))):
        return True
    if one.known or other.known:
        return False
    few, many = sorted((one.id.split("-"), other.id.split("-")), key=len)
    return set(few) <= set(many) or (few[0][:5] == many[0][:5] and len(few[0]) > 4 and few[-1] in GENERIC)


def _ends_with(one: str, other: str) -> bool:
    return one.endswith(f"-{other}") or other.endswith(f"-{one}")


# -- what


def _types(one: Seen, other: Seen) -> Agreement:
    return "same" if one.act.event == other.act.event else "differs"


def _polarity(one: Seen, other: Seen) -> Agreement:
    return "same" if one.act.negated == other.act.negated else "differs"


def _statuses(one: Seen, other: Seen) -> Agreement:
    return "same" if stage(one.act) == stage(other.act) else "differs"


def _kinds(one: Seen, other: Seen) -> Agreement:
    """Return how the marks agree that rules give for the record: 'signature.signed' is not 'talks.mediate'."""
    if not one.act.marks or not other.act.marks:
        return "unknown"
    first, second = _marks(one.act), _marks(other.act)
    if first & second:
        return "same"
    if first and second:
        return "near" if {_family(m) for m in first} & {_family(m) for m in second} - _STAGED else "differs"
    return "near" if set(one.act.marks) & set(other.act.marks) else "unknown"


def _signatures(one: Seen, other: Seen) -> Agreement:
    same = (
        _signs(one.act)
        and _signs(other.act)
        and any(_family(m) == "signature" for m in _marks(one.act) & _marks(other.act))
    )
    return "same" if same else "unknown"


def _counts(one: Seen, other: Seen) -> Agreement:
    return "same" if one.act.count is not None and one.act.count == other.act.count else "unknown"


def _contents(one: Seen, other: Seen) -> Agreement:
    """Return how the words agree; upon whom it is done counts as words where one of them does not say it apart."""
    act, its = one.act, other.act
    if act.targets and its.targets:
        names = act.targets | its.targets
        return _alike(act.words - names, its.words - names, act.event)
    bare = _alike(act.words, its.words, act.event)
    if not act.targets and not its.targets:
        return bare
    found = (bare, _alike(act.words | act.targets, its.words | its.targets, act.event))
    return min(found, key=("same", "near", "differs", "unknown").index)


def _alike(first: frozenset[str], second: frozenset[str], event: str) -> Agreement:
    fewer = min(_weight(first), _weight(second))
    if not fewer:
        return "unknown"
    shared = _weight(first & second)
    if shared / fewer >= _ALIKE and shared >= 1:
        return "same"
    if shared / fewer >= _LIKE:
        return "near"
    return "unknown" if event in MUTUAL else "differs"


def _weight(words: frozenset[str]) -> float:
    return len(words) - 0.5 * len(words & COMMON)


def _signs(act: Act) -> bool:
    return any(_family(mark) == "signature" for mark in act.marks)


def _marks(act: Act) -> set[str]:
    return {_ALIASES.get(mark, mark) for mark in act.marks if mark.startswith(_KINDS)}


def _family(mark: str) -> str:
    return mark.partition(".")[0]


FIELDS: dict[str, Callable[[Seen, Seen], Agreement]] = {
    "type": _types, "polarity": _polarity, "status": _statuses, "day": _days, "place": _places, "content": _contents,
    "kind": _kinds, "signature": _signatures, "count": _counts, "actor": _actors, "recipient": _recipients,
}  # fmt: skip
"""What is compared, the quickest first."""
