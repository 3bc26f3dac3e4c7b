"""Why claims are one event, in words: which fields agree with those told before, and what was nearly joined and why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.ledger.acts import Act
from dragoman.ledger.agreement import ENOUGH, POINTS, Fields, Seen, agreement, doubt, points, printed_twice
from dragoman.ledger.matching import Events, fields_of_time

_NEARLY = 2.0  # points under what is enough
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two acts and how they agree; ``joined``: they are one event. ``copied``: both stand in one sentence of one text."""

    earlier: Seen
    later: Seen
    fields: Fields
    joined: bool
    copied: bool

    @property
    def points(self) -> float:
        """Return how much agrees."""
        return points(self.fields)

    @property
    def against(self) -> tuple[str, ...]:
        """Return what keeps the two apart, in words."""
        parted = tuple(name for name, agrees in self.fields.items() if agrees == "differs")
        found = tuple(f"{name}: {_words(name, self.earlier.act, self.later.act)}" for name in parted)
        if found or self.points < ENOUGH:
            return found or (f"agrees in {self.points:g} points of {ENOUGH:g}",)
        return (doubt(self.fields) or "another event agrees more, or one of this event's claims differs",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A field in which two acts are the ``same`` or ``near``: what that counts, and what they say of it."""

    field: str
    how: str
    points: float
    words: str


def agreed(compared: Compared) -> tuple[Agreed, ...]:
    """Return the fields that agree and count; none where the two stand in one sentence of one text."""
    one, other = compared.earlier.act, compared.later.act
    return tuple(
        Agreed(field=name, how=agrees, points=POINTS[name].get(agrees, 0.0), words=_words(name, one, other))
        for name, agrees in compared.fields.items()
        if name in POINTS and agrees in ("same", "near") and not compared.copied
    )


def members(acts: Iterable[Seen], told: dict[str, str], event: str) -> list[Compared]:
    """Return each act of an event with the earlier one that it agrees with most; the acts are in the order of publication."""
    mine = [seen for seen in acts if told.get(seen.act.id, seen.act.id) == event]
    return [_best(mine[:at], seen) for at, seen in enumerate(mine) if at]


def nearly(acts: Sequence[Seen], told: dict[str, str], event: str) -> list[Compared]:
    """Return acts that nearly joined an event, the nearest first: little is missing, or one field differs."""
    mine = [seen for seen in acts if told.get(seen.act.id, seen.act.id) == event]
    wanted = {key for seen in mine for key in fields_of_time(seen)}
    index = Events()
    for seen in acts:
        if told.get(seen.act.id, seen.act.id) != event:
            index.put(seen, seen.act.id, asked_for=not wanted.isdisjoint(fields_of_time(seen)))
    found: dict[str, Compared] = {}
    for one in mine:
        for other, _ in index.near(one):
            compared = _compared(one, other)
            if _is_near(compared) and compared.points > (found[other.act.id].points if other.act.id in found else 0.0):
                found[other.act.id] = compared
    return sorted(found.values(), key=lambda each: (-each.points, each.later.act.id))[:_SHOWN]


def why(acts: Sequence[Seen], told: dict[str, str], event: str) -> list[str]:
    """Return lines that say which field of which claims agreed how, and which claims were nearly joined and why not."""
    return lines_of(acts, event, members(acts, told, event), nearly(acts, told, event))


def lines_of(acts: Iterable[Seen], event: str, joined: Iterable[Compared], near: Iterable[Compared]) -> list[str]:
    """Return in words the acts that joined an event and those that nearly did; none where the event is not among the acts."""
    first = next((seen for seen in acts if seen.act.id == event), None)
    if first is None:
        return []
    lines = [f"first told in {first.report}: {_told(first.act)}"]
    for each in joined:
        lines.append(f"also in {each.later.report}: {_told(each.later.act)}")
        lines += [f"  {line}" for line in _agreeing(each)]
    for each in near:
        lines.append(f"not joined, {each.later.report}: {_told(each.later.act)}")
        lines += [f"  {line}" for line in each.against]
    return lines


def _best(before: Sequence[Seen], seen: Seen) -> Compared:
    compared = [_compared(other, seen) for other in before]
    return max(compared, key=lambda each: (each.copied, each.joined, each.points))


def _compared(earlier: Seen, later: Seen) -> Compared:
    fields, copied = agreement(earlier, later), printed_twice(earlier, later)
    whole = "differs" not in fields.values() and points(fields) >= ENOUGH and not doubt(fields)
    return Compared(earlier=earlier, later=later, fields=fields, joined=copied or whole, copied=copied)


def _is_near(compared: Compared) -> bool:
    parted = sum(agrees == "differs" for agrees in compared.fields.values())
    return parted <= 1 and compared.points >= ENOUGH - _NEARLY


def _agreeing(compared: Compared) -> Iterator[str]:
    if compared.copied:
        yield "the same sentence of one text"
        return
    yield from (f"{each.field} {each.how} ({each.points:g}): {each.words}" for each in agreed(compared))


def _told(act: Act) -> str:
    no = "not " if act.negated else ""
    parts = [f"{no}{act.event}", _list(p.id for p in act.actors) or "nobody named"]
    parts += [f"→ {_list(p.id for p in act.recipients)}"] if act.recipients else []
    return " ".join([*parts, f"({_value('day', act)})"])


def _words(name: str, one: Act, other: Act) -> str:
    """Return what two acts say of a field."""
    if name == "content":
        return _list(sorted((one.words | one.targets) & (other.words | other.targets))) or "no word in both"
    first, second = _value(name, one), _value(name, other)
    return first if first == second else f"{first} / {second}"


def _value(name: str, act: Act) -> str:
    values = {
        "type": act.event, "polarity": "not so" if act.negated else "so", "status": act.status, "place": act.place or "",
        "actor": _list(p.id for p in act.actors), "recipient": _list(p.id for p in act.recipients),
        "kind": _list(act.marks), "signature": _list(act.marks), "count": "" if act.count is None else str(act.count),
        "day": f"{act.first}" if act.first == act.last else f"{act.first or '…'} to {act.last or '…'}",
    }  # fmt: skip
    if name == "day" and act.first is act.last is None:
        return "no day"
    return values[name] or "not said"


def _list(items: Iterable[str]) -> str:
    return ", ".join(items)
