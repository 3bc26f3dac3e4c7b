"""Which acts of several reports are one event: conservative, and in the order of publication.

An act joins the event of that earlier act with which it agrees most (agreement.py), where it does not differ from the others of the
event in day, place or actor; else it is the first of a new event. It is compared with earlier ones only, so that later reports change
nothing of what earlier ones gave, and only with those of its type, its weeks and one of its parties or words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from dragoman.ledger.acts import COMMON, Act, Party
from dragoman.ledger.agreement import FIELDS, GENERIC, MUTUAL, Seen, agreement, kin, points, score, seen, stage

_IN_REPORT = 3.0  # points that join a headline to what its own report tells
_MEMBERS = 12  # acts of an event that each new one must not differ from
_WEEK, _SHORT, _WIDEST = (
    7,
    8,
    6,
)  # days; days of a short interval; weeks beyond which it is compared with other such ones only


def prepared(acts: Sequence[Act]) -> tuple[Act, ...]:
    """Return the acts of one report as they are compared: those that only its headline tells put to what its body tells of them.

    Nobody acts upon himself: such a recipient is a slip of the reading and is left out.
    """
    cleared = [act if act.event in MUTUAL else _cleared(act) for act in acts]
    body = [act for act in cleared if not act.headline]
    alone = []
    for act in cleared:
        if act.headline:
            home = _home(act, body)
            if home is None:
                alone.append(act)
            else:
                body[home] = _with_headline(body[home], act)
    return (*alone, *body)


def _cleared(act: Act) -> Act:
    upon = tuple(party for party in act.recipients if not any(kin(party, actor) for actor in act.actors))
    return act if len(upon) == len(act.recipients) else msgspec.structs.replace(act, recipients=upon)


def _home(headline: Act, body: Sequence[Act]) -> int | None:
    """Return which act of the body a headline tells of: its day is the report's, and other words for one act are likely."""
    found = []
    for place, act in enumerate(body):
        fields = agreement(seen(act), seen(headline))
        fields["day"] = "unknown"
        for name, by in (("recipient", ("content", "kind")), ("content", ("kind",))):
            if fields[name] == "differs" and any(fields[other] == "same" for other in by):
                fields[name] = "unknown"
        total = points(fields)
        if "differs" not in fields.values() and total >= _IN_REPORT:
            found.append((-total, place))
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
    _last: str | None = None
    _since: int = 0

    def put(self, mine: Seen, event: str, *, asked_for: bool = True) -> None:
        """Take in an act of that event; ``asked_for`` is false where no act to come can be compared with it."""
        if self._last != mine.report:
            self._last, self._since = mine.report, len(self._acts)
        if self._printed(mine) is None:
            self._members.setdefault(event, []).append(mine)
            if asked_for:
                for key in _keys(mine, asked=False):
                    self._blocks.setdefault(key, []).append(len(self._acts))
                self._acts.append((mine, event))
        for text in mine.texts:
            for said in mine.act.said:
                self._sentences.setdefault((text, said), event)

    def place(self, mine: Seen) -> str:
        """Take in an act and return the id of its event: that of the act that it agrees with most, or its own."""
        event = self._printed(mine) or self._found(mine) or mine.act.id
        self.put(mine, event)
        return event

    def near(self, mine: Seen) -> Iterator[tuple[Seen, str]]:
        """Yield the acts from other reports, with their events, that share type, party and week with an act, in order."""
        before = self._before(mine.report)
        blocks = (self._blocks.get(key, ()) for key in _keys(mine, asked=True))
        for place in sorted({place for block in blocks for place in block[: bisect_left(block, before)]}):
            if self._acts[place][0].report != mine.report:
                yield self._acts[place]

    def _before(self, report: str) -> int:
        """Return how many acts came before those of a report that is being taken in: a long one is not looked through for each."""
        return self._since if self._last == report else len(self._acts)

    def _printed(self, mine: Seen) -> str | None:
        keys = ((text, said) for text in sorted(mine.texts) for said in mine.act.said)
        return next((event for key in keys if (event := self._sentences.get(key))), None)

    def _found(self, mine: Seen) -> str | None:
        best, most = None, 0.0
        for other, event in self.near(mine):
            much = score(other, mine)
            if much > most and not any(_parted(member, mine) for member in self._members[event][:_MEMBERS]):
                best, most = event, much
        return best


def _parted(member: Seen, mine: Seen) -> bool:
    return any(FIELDS[name](member, mine) == "differs" for name in ("day", "place", "actor"))


def _keys(mine: Seen, *, asked: bool) -> Iterator[tuple[object, ...]]:
    """Yield the blocks of an act: its type, a week, and who acts by each of his names, or else upon whom, where, and in which words.

    An act is kept under all of these, one without a named actor under marked ones; it is ``asked`` for under those that can match.
    """
    act = mine.act
    actors = (*act.actors, *act.recipients) if act.event in MUTUAL else act.actors
    acting = [("actor", name) for name in _names(actors)]
    others = [("recipient", name) for name in _names(act.recipients)]
    others += [("place", act.place.lower())] if act.place else []
    others += [("word", word) for word in sorted(act.words - COMMON)]
    nameless = [(f"nobody, {kind}", name) for kind, name in others]
    kept = acting + others if acting else nameless
    keys = [*(acting or others), *nameless] if asked else kept
    for when in _when(mine, asked=asked):
        for kind, name in keys:
            yield act.event, act.negated, stage(act), kind, name, when


def fields_of_time(mine: Seen) -> Iterator[tuple[object, ...]]:
    """Yield what two acts must share to be compared at all: type, polarity, status and a week."""
    act = mine.act
    first, last = (mine.start - 1) // _WEEK, (mine.end + 1) // _WEEK
    weeks = range(first, last + 1) if last - first <= _WIDEST else (-1,)
    return ((act.event, act.negated, stage(act), week) for week in weeks)


def _names(parties: Iterable[Party]) -> list[str]:
    """Return under which names parties are found; those that are only described ('soldiers') have none."""
    named = [party for party in parties if party.named]
    return sorted({name for party in named for name in _known_as(party) if len(name) > 2 and name not in GENERIC})


def _known_as(party: Party) -> Iterator[str]:
    first, *rest = party.id.split("-")
    yield from (party.id, *party.sides)
    if not party.known or len(rest) == 1:
        yield from (first, *rest[-1:])


def _when(mine: Seen, *, asked: bool) -> list[tuple[str, int]]:
    """Return the spans of time under which an act is kept, or asked for: a short one's days and weeks, a long one's weeks.

    One more day on either side makes up for days that are told loosely; -1 stands for too many weeks.
    """
    start, end = mine.start - 1, mine.end + 1
    first, last = start // _WEEK, end // _WEEK
    weeks = range(first, last + 1) if last - first <= _WIDEST else (-1,)
    if end - start > _SHORT:
        kinds = ("week of short", "week of long") if asked else ("week of long",)
        return [(kind, week) for kind in kinds for week in weeks]
    days = [("day", day) for day in (range(start, end + 1) if asked else range(mine.start, mine.end + 1))]
    return days + [("week of long" if asked else "week of short", week) for week in weeks]
