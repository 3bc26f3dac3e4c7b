"""Which acts of several reports are one event: field by field, and conservative.

Two acts are compared in type, polarity, status, who acts, upon whom, when, where and what. A field that differs parts them; fields
that agree give points, and enough points join them. Acts are taken in the order of publication and compared with earlier ones only,
so that later reports change nothing of what earlier ones gave. An act joins the event of that which it agrees with most, where it
does not differ from the others of the event in actor, day or place. Only acts of one type, week, and party or word are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import msgspec

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
    "kind": {"same": 2, "near": 1},
    "signature": {"same": 1},
    "count": {"same": 1},
}
_ASKED = 12  # acts of an event that each new one must not differ from
_IN_REPORT = 3.0  # points that join a headline to what its own report tells
_GENERIC = frozenset(
    "rebels rebel leader fighters forces army troops government officers delegation officials soldiers".split()
)
_ARMY = re.compile(r"(?:army|armed-forces|military)$")
_MUTUAL = frozenset({"CONSULT"})
_LIKE, _ALIKE = 0.3, 0.6  # share of the shorter content's words
_UNDATED = 3  # days between the reports of acts of which one has no day
_WEEK, _WIDEST = 7, 6  # an interval of more weeks is compared with other such ones only
_KINDS = ("signature.", "ceasefire.", "agreement.", "talks.")  # marks of acts that are done once
_NOBODYS = frozenset({"ceasefire.in_force"})  # a truce comes into force; who is named with it is chance
_STAGED = frozenset({"signature", "ceasefire"})  # proposed, agreed and in force are three acts
_KIN = {"signature.refused": "signature.not_signed", "ceasefire.extended": "ceasefire.agreed"}
_COMMON = frozenset({"truce", "deal", "talks", "attack", "troops", "sign", "peace"})  # half a word each
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
        "signature": "same" if any(m.startswith("signature.") for m in _marks(one) & _marks(two)) else "unknown",
        "count": "same" if one.count is not None and one.count == two.count else "unknown",
    }


def points(fields: Fields) -> float:
    """Return the sum of what agrees."""
    return sum(_POINTS[name].get(agrees, 0.0) for name, agrees in fields.items() if name in _POINTS)


def doubt(fields: Fields) -> str | None:
    """Return why acts that agree in enough are not joined all the same, or None."""
    what, whom, day = fields["content"], fields["recipient"], fields["day"]
    if fields["actor"] == "unknown" and (what != "same" or day != "same"):
        return "one does not say who acted, and day and content are not both the same"
    alike = what == "same" or fields["kind"] == "same" or (what == "near" and whom == "same")
    return "one has no day, and what is said is not alike enough" if day == "unknown" and not alike else None


def _kinds(one: Act, other: Act) -> Agreement:
    """Return how the marks agree that rules give for the record: 'signature.signed' is not 'talks.mediate'."""
    first, second = _marks(one), _marks(other)
    if first & second:
        return "same"
    if first and second:
        return "near" if {_family(m) for m in first} & {_family(m) for m in second} - _STAGED else "differs"
    return "near" if set(one.marks) & set(other.marks) else "unknown"


def _family(mark: str) -> str:
    return mark.partition(".")[0]


def _signs(act: Act) -> bool:
    return any(_family(mark) == "signature" for mark in act.marks)


def _marks(act: Act) -> set[str]:
    return {_KIN.get(mark, mark) for mark in act.marks if mark.startswith(_KINDS)}


def _actors(one: Act, other: Act) -> Agreement:
    if one.event in _MUTUAL:
        return _parties((*one.actors, *one.recipients), (*other.actors, *other.recipients))
    agrees = _parties(one.actors, other.actors)
    if agrees == "near" and _signs(one) and _signs(other) and not _kin(one.actors[0], other.actors[0]):
        return "differs"  # 'X signed a pact with Y' is not Y's signing
    nobodys = agrees == "differs" and not _NOBODYS.isdisjoint(one.marks) and not _NOBODYS.isdisjoint(other.marks)
    return "unknown" if nobodys else agrees


def _recipients(one: Act, other: Act) -> Agreement:
    if one.event in _MUTUAL:
        return "unknown"
    first, second = (
        tuple(p for p in act.recipients if not any(_kin(p, q) for q in act.actors)) for act in (one, other)
    )
    return _parties(first, second)  # nobody acts upon himself: such a recipient is a slip of the reading


def _parties(first: Sequence[Party], second: Sequence[Party]) -> Agreement:
    """Return how two groups of actors agree: all the same, each of the fewer kin of one of the others, or different."""
    if not first or not second:
        return "unknown"
    few, many = sorted((first, second), key=len)
    if len(few) == len(many) and all(any(_same(p, q) for q in many) for p in few):
        return "same"
    if all(any(_kin(p, q) for q in many) for p in few):
        return "near"
    nameless = not any(party.named for party in first) or not any(party.named for party in second)
    return "unknown" if nameless else "differs"


def _same(one: Party, other: Party) -> bool:
    """Return whether two parties are one: by id, or by the last name of a full name ('dremmel', 'anton-dremmel')."""
    return one.id == other.id or (one.named and other.named and _ends_with(one.id, other.id))


def _kin(one: Party, other: Party) -> bool:
    """Return whether two parties may stand for each other: a force and its state, a person and his side, 'rebels' and theirs."""
    if one.id == other.id or one.id in other.sides or other.id in one.sides or _ends_with(one.id, other.id):
        return True
    if any(_ARMY.match(p.id) and _ARMY.search(q.id) for p, q in ((one, other), (other, one))):
        return True
    if one.known or other.known:
        return False
    few, many = sorted((one.id.split("-"), other.id.split("-")), key=len)
    return set(few) <= set(many) or (few[0][:5] == many[0][:5] and len(few[0]) > 4 and few[-1] in _GENERIC)


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
    """Return how the words agree; upon whom it is done counts as words where one of them does not say it apart."""
    names = one.targets | other.targets
    if one.targets and other.targets:
        return _alike(one.words - names, other.words - names, one.event)
    found = (
        _alike(one.words, other.words, one.event),
        _alike(one.words | one.targets, other.words | other.targets, one.event),
    )
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
    return "unknown" if event in _MUTUAL else "differs"


def _weight(words: Iterable[str]) -> float:
    return sum(0.5 if word in _COMMON else 1.0 for word in words)


def joined(acts: Sequence[Act]) -> tuple[Act, ...]:
    """Return the acts of one report, those that only its headline tells put to what its body tells of them."""
    body = [act for act in acts if not act.headline]
    alone = []
    for act in acts:
        if act.headline:
            home = _home(act, body)
            if home is None:
                alone.append(act)
            else:
                body[home] = _with_headline(body[home], act)
    return (*alone, *body)


def _home(headline: Act, body: Sequence[Act]) -> int | None:
    """Return which act of the body a headline tells of: its day is the report's, and other words for one act are likely."""
    found = []
    for place, act in enumerate(body):
        fields = agreement(Seen(act=act, report="", published=None), Seen(act=headline, report="", published=None))
        fields["day"] = "unknown"
        for name, by in (("recipient", ("content", "kind")), ("content", ("kind",))):
            if fields[name] == "differs" and any(fields[other] == "same" for other in by):
                fields[name] = "unknown"
        score = points(fields)
        if "differs" not in fields.values() and score >= _IN_REPORT:
            found.append((-score, place))
    return min(found)[1] if found else None


def _with_headline(act: Act, headline: Act) -> Act:
    return msgspec.structs.replace(
        act,
        claims=(*headline.claims, *act.claims),
        recipients=act.recipients or headline.recipients,
        targets=act.targets or headline.targets,
        place=act.place or headline.place,
        words=act.words | headline.words,
        marks=tuple(dict.fromkeys((*act.marks, *headline.marks))),
        said=(*act.said, *headline.said),
    )


@dataclass(slots=True)
class Events:
    """The events told of so far, in the order of publication. An event's id is that of the act that tells of it first."""

    _acts: list[tuple[Seen, str]] = field(default_factory=list)
    _members: dict[str, list[Seen]] = field(default_factory=dict)
    _blocks: dict[tuple[object, ...], list[int]] = field(default_factory=dict)
    _sentences: dict[tuple[str, str], str] = field(default_factory=dict)

    def put(self, seen: Seen, event: str, *, known: bool = False) -> None:
        """Take in an act of that event; ``known``: an earlier print of its sentences was taken in."""
        for text in sorted(seen.texts):
            for said in seen.act.said:
                self._sentences.setdefault((text, said), event)
        if not known:
            self._members.setdefault(event, []).append(seen)
            for key in _keys(seen, asked=False):
                self._blocks.setdefault(key, []).append(len(self._acts))
            self._acts.append((seen, event))

    def place(self, seen: Seen) -> str:
        """Take in an act and return the id of its event: that of the act that it agrees with most, or its own."""
        printed = self._printed(seen)
        event = printed or self._found(seen) or seen.act.id
        self.put(seen, event, known=printed is not None)
        return event

    def near(self, seen: Seen) -> Iterator[tuple[Seen, str]]:
        """Yield the acts from other reports, with their events, that share type, party and week with an act, in order."""
        for place in sorted({place for key in _keys(seen, asked=True) for place in self._blocks.get(key, ())}):
            if self._acts[place][0].report != seen.report:
                yield self._acts[place]

    def _printed(self, seen: Seen) -> str | None:
        keys = ((text, said) for text in sorted(seen.texts) for said in seen.act.said)
        return next((event for key in keys if (event := self._sentences.get(key))), None)

    def _found(self, seen: Seen) -> str | None:
        best, most = None, 0.0
        for other, event in self.near(seen):
            if not one_event(other, seen):
                continue
            score = points(agreement(other, seen))
            if score > most and not any(_parted(member, seen) for member in self._members[event][:_ASKED]):
                best, most = event, score
        return best


def _parted(member: Seen, seen: Seen) -> bool:
    fields = agreement(member, seen)
    return any(fields[name] == "differs" for name in ("actor", "day", "place"))


def _keys(seen: Seen, *, asked: bool) -> Iterator[tuple[object, ...]]:
    """Yield the blocks of an act: its type, a week, and who acts by each of his names, or else upon whom, where, and in which words.

    An act is kept under all of these, one without a named actor under marked ones; it is ``asked`` for under those that can match.
    """
    act = seen.act
    actors = (*act.actors, *act.recipients) if act.event in _MUTUAL else act.actors
    acting = [("actor", name) for name in _names(actors)]
    others = [("recipient", name) for name in _names(act.recipients)]
    others += [("place", act.place.lower())] if act.place else []
    others += [("word", word) for word in sorted(act.words - _COMMON)]
    nameless = [(f"nobody, {kind}", name) for kind, name in others]
    kept = acting + others if acting else nameless
    keys = [*(acting or others), *nameless] if asked else kept
    for week in _weeks(seen):
        for kind, name in keys:
            yield act.event, act.negated, _STATUS[act.status], kind, name, week


def _names(parties: Iterable[Party]) -> list[str]:
    """Return under which names parties are found; those that are only described ('soldiers') have none."""
    named = [party for party in parties if party.named]
    return sorted({name for p in named for name in (p.id, *p.id.split("-"), *p.sides) if len(name) > 2})


def _weeks(seen: Seen) -> tuple[int, ...]:
    """Return the weeks in which an act may lie, one more on either side of its days; -1 stands for too many."""
    start, end = reach(seen)
    first, last = (max(1, start.toordinal() - 1)) // _WEEK, (end.toordinal() + 1) // _WEEK
    return tuple(range(first, last + 1)) if last - first <= _WIDEST else (-1,)
