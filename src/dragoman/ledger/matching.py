"""Which acts of several reports are one event: field by field, and conservative.

Two acts are compared in type, polarity, status, who acts, upon whom, when, where and what. A field that differs parts them; fields that
agree give points, and enough points join them. Acts are taken in the order of publication and compared with the first act of each
event (its leader), so that later reports change nothing of what earlier ones gave. Only acts of one type, party and week are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from dragoman.ledger.acts import Act, Party

Agreement = Literal["same", "near", "unknown", "differs"]
Fields = dict[str, Agreement]

ENOUGH = 6.0
_POINTS: dict[str, dict[Agreement, float]] = {
    "actor": {"same": 3, "near": 2},
    "recipient": {"same": 2, "near": 1},
    "day": {"same": 2, "near": 1},
    "place": {"same": 1, "near": 0.5},
    "content": {"same": 3, "near": 1.5},
    "kind": {"same": 1},
}
_MUTUAL = frozenset({"CONSULT"})
_LIKE, _ALIKE = 0.34, 0.6  # share of the shorter content's words
_UNDATED = 3  # days between the reports of acts of which one has no day
_WEEK, _WIDEST = 7, 6  # an interval of more weeks is compared with other such ones only
_KIN = {"signature.refused": "signature.not_signed", "position.acceptance": "position.offer"}
_STATUS = {"occurred": "done", "historical": "done", "future": "ahead", "hypothetical": "possible"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An act with its report and the day of that. ``texts``: the origin of its text, and the reports that it revises."""

    act: Act
    report: str
    published: date | None
    texts: frozenset[str] = frozenset()


def one_event(leader: Seen, other: Seen) -> bool:
    """Return whether an act tells of the event that the leader was the first to tell of."""
    if printed_twice(leader, other):
        return True
    found = agreement(leader, other)
    return "differs" not in found.values() and points(found) >= ENOUGH and not doubt(found)


def printed_twice(one: Seen, other: Seen) -> bool:
    """Return whether two acts stand in the same sentence of one text, printed twice or updated."""
    return not one.texts.isdisjoint(other.texts) and not set(one.act.said).isdisjoint(other.act.said)


def agreement(leader: Seen, other: Seen) -> Fields:
    """Return how each field of two acts agrees."""
    one, two = leader.act, other.act
    return {
        "type": "same" if one.event == two.event else "differs",
        "polarity": "same" if one.negated == two.negated else "differs",
        "status": "same" if _STATUS[one.status] == _STATUS[two.status] else "differs",
        "day": _days(leader, other),
        "actor": _actors(one, two),
        "recipient": _recipients(one, two),
        "place": _places(one, two),
        "content": _contents(one, two),
        "kind": _kinds(one, two),
    }


def points(fields: Fields) -> float:
    """Return the sum of what agrees."""
    return sum(_POINTS[name].get(agrees, 0.0) for name, agrees in fields.items() if name in _POINTS)


def doubt(fields: Fields) -> str | None:
    """Return why acts that agree in enough are not joined all the same, or None."""
    what, whom, day = fields["content"], fields["recipient"], fields["day"]
    if fields["actor"] == "unknown" and (what != "same" or day != "same"):
        return "one does not say who acted, and day and content are not both the same"
    if day == "unknown" and what != "same" and (what != "near" or whom != "same"):
        return "one has no day, and what is said is not alike enough"
    return None


def _kinds(one: Act, other: Act) -> Agreement:
    """Return how the marks agree that rules give for the record: 'signature.signed' is not 'talks.mediate'."""
    first, second = ({_KIN.get(mark, mark) for mark in act.marks} for act in (one, other))
    if not first or not second:
        return "unknown"
    return "differs" if first.isdisjoint(second) else "same"


def _actors(one: Act, other: Act) -> Agreement:
    if one.event in _MUTUAL:
        return _parties((*one.actors, *one.recipients), (*other.actors, *other.recipients))
    return _parties(one.actors, other.actors)


def _recipients(one: Act, other: Act) -> Agreement:
    if one.event in _MUTUAL:
        return "unknown"
    first, second = one.recipients, other.recipients
    agrees = _parties(first, second)
    if agrees == "differs" and not all(party.named for party in (*first, *second)):
        return "unknown"  # 'civilians' here, 'residents' there
    return agrees


def _parties(first: Sequence[Party], second: Sequence[Party]) -> Agreement:
    """Return how two groups of actors agree: all the same, each of the fewer kin of one of the others, or different."""
    if not first or not second:
        return "unknown"
    few, many = sorted((first, second), key=len)
    if len(few) == len(many) and all(any(_same(p, q) for q in many) for p in few):
        return "same"
    return "near" if all(any(_kin(p, q) for q in many) for p in few) else "differs"


def _same(one: Party, other: Party) -> bool:
    """Return whether two parties are one: by id, or by the last name of a full name ('dremmel', 'anton-dremmel')."""
    return one.id == other.id or (one.named and other.named and _ends_with(one.id, other.id))


def _kin(one: Party, other: Party) -> bool:
    """Return whether two parties may stand for each other: a force and its state, a person and his side, 'rebels' and theirs."""
    return one.id == other.id or one.id in other.sides or other.id in one.sides or _ends_with(one.id, other.id)


def _ends_with(one: str, other: str) -> bool:
    return one.endswith(f"-{other}") or other.endswith(f"-{one}")


def _days(leader: Seen, other: Seen) -> Agreement:
    (start, end), (begin, stop) = reach(leader), reach(other)
    apart = max(begin.toordinal() - end.toordinal(), start.toordinal() - stop.toordinal())
    if not dated(leader.act) or not dated(other.act):
        return "unknown" if apart <= 0 else "differs"
    if start == end == begin == stop:
        return "same"
    return "near" if apart <= (0 if leader.act.sharp and other.act.sharp else 1) else "differs"


def dated(act: Act) -> bool:
    """Return whether anything is known of an act's day."""
    return act.first is not None or act.last is not None


def reach(seen: Seen) -> tuple[date, date]:
    """Return the days within which an act lies; one of unknown day lies within three days of its report."""
    act = seen.act
    if dated(act):
        return act.first or date.min, act.last or date.max
    if seen.published is None:
        return date.min, date.min
    ahead = 0 if _STATUS[act.status] == "done" else _UNDATED
    return seen.published - timedelta(days=_UNDATED), seen.published + timedelta(days=ahead)


def _places(one: Act, other: Act) -> Agreement:
    if not one.place or not other.place:
        return "unknown"
    first, second = one.place.lower(), other.place.lower()
    if first == second:
        return "same"
    within = one.code is not None and one.code == other.code and (one.country or other.country)
    return "near" if within or first in second or second in first else "differs"


def _contents(one: Act, other: Act) -> Agreement:
    fewer = min(len(one.words), len(other.words))
    if not fewer:
        return "unknown"
    shared = len(one.words & other.words)
    if shared / fewer >= _ALIKE and shared > 1:
        return "same"
    if shared / fewer >= _LIKE:
        return "near"
    return "unknown" if one.event in _MUTUAL else "differs"


@dataclass(slots=True)
class Events:
    """The events told of so far, in the order of publication."""

    _leaders: list[Seen] = field(default_factory=list)
    _blocks: dict[tuple[object, ...], list[int]] = field(default_factory=dict)
    _sentences: dict[tuple[str, str], str] = field(default_factory=dict)

    def put(self, seen: Seen, event: str) -> None:
        """Take in an act whose event is known; it leads the event where that has its own id."""
        for text in sorted(seen.texts):
            for said in seen.act.said:
                self._sentences.setdefault((text, said), event)
        if event == seen.act.id:
            place = len(self._leaders)
            self._leaders.append(seen)
            for key in _keys(seen, _REGISTERED):
                self._blocks.setdefault(key, []).append(place)

    def place(self, seen: Seen) -> str:
        """Take in an act and return the id of its event: the leader's that it agrees with most, or its own."""
        event = self._printed(seen) or self._found(seen) or seen.act.id
        self.put(seen, event)
        return event

    def near(self, seen: Seen) -> Iterator[Seen]:
        """Yield the leaders from other reports that share type, party and week with an act, in order."""
        for place in sorted({place for key in _keys(seen, _ASKED) for place in self._blocks.get(key, ())}):
            if self._leaders[place].report != seen.report:
                yield self._leaders[place]

    def _printed(self, seen: Seen) -> str | None:
        keys = ((text, said) for text in sorted(seen.texts) for said in seen.act.said)
        return next((event for key in keys if (event := self._sentences.get(key))), None)

    def _found(self, seen: Seen) -> str | None:
        best, most = None, 0.0
        for leader in self.near(seen):
            if not one_event(leader, seen):
                continue
            score = points(agreement(leader, seen))
            if score > most:
                best, most = leader.act.id, score
        return best


_REGISTERED = {True: (("actor", "actor"), ("recipient", "recipient")), False: (("recipient", "nobody"),)}
_ASKED = {True: (("actor", "actor"), ("recipient", "nobody")), False: (("recipient", "recipient"), ("recipient", "nobody"))}


def _keys(seen: Seen, roles: Mapping[bool, tuple[tuple[str, str], ...]]) -> Iterator[tuple[object, ...]]:
    """Yield the blocks of an act: its type, who acts (upon whom, where nobody is said to act) by each of his names, a week."""
    act = seen.act
    parties = {"actor": act.actors, "recipient": act.recipients}
    if act.event in _MUTUAL:
        parties = {"actor": (*act.actors, *act.recipients), "recipient": ()}
    weeks = _weeks(seen)
    for role, block in roles[bool(parties["actor"])]:
        for name in sorted({name for party in parties[role] for name in _names(party)}):
            for week in weeks:
                yield act.event, act.negated, _STATUS[act.status], block, name, week


def _names(party: Party) -> Iterable[str]:
    return party.id, party.id.rpartition("-")[2], *party.sides


def _weeks(seen: Seen) -> tuple[int, ...]:
    """Return the weeks in which an act may lie, one more on either side of its days; -1 stands for too many."""
    start, end = reach(seen)
    first, last = (max(1, start.toordinal() - 1)) // _WEEK, (end.toordinal() + 1) // _WEEK
    return tuple(range(first, last + 1)) if last - first <= _WIDEST else (-1,)
