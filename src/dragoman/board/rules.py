"""Rules over time ([[over_time]] of process.toml): what reports tell one after another comes to 'talks failed', 'truce broken'."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self

from dragoman.board.citing import Conflict, cited, cited_claim, entries, has, together
from dragoman.board.folding import Fold, Now, folded, month_of
from dragoman.board.types import Cited, Turning
from dragoman.ledger.store import Told
from dragoman.model import Status, When, content_id
from dragoman.process.facts import known
from dragoman.process.records import Ceasefire, Record, Signature, Talks, Violation
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import OverTime, Step

_AHEAD = frozenset(
    {"planned", "proposed", "postponed", "cancelled", "will_sign"}
)  # their days lie ahead: printed is when
_SHORTEST = 28  # days of a month


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """What a report tells that a step may be: its kinds ('talks.ended'), whose it is, when it was so, its sentences.

    ``words`` are the lists of process.toml that a step of its kinds asks for and that have a word in its text.
    """

    kinds: frozenset[str]
    sides: frozenset[str]
    day: date
    words: frozenset[str]
    cited: tuple[Cited, ...]


_Facts = Mapping[int, tuple[_Fact, ...]]  # by month


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a rule found in a month, in which facts, and after which day."""

    near: tuple[tuple[_Fact, ...], ...]
    after: date | None
    turns: tuple[Turning, ...]


def turnings(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Turning, ...]:
    """Return what the rules over time find in the reports up to a day, by the day on which it came to be so."""
    return folded(Turnings(conflict), told, day)


@dataclass(slots=True, kw_only=True)
class _State:
    """``facts`` by the month of their day, in the order of their days, of one day as told: those that a rule asks for."""

    facts: dict[int, tuple[_Fact, ...]] = field(default_factory=dict)


class Turnings(Fold[_State, Turning]):
    """What the rules over time find in reports, by the day on which it came to be so."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict)
        rules = load_rulebook(None).over_time
        self._steps = tuple(step for rule in rules for step in rule.when)
        self._ways = [[_Search(rule) for rule in rules if rule.id == identity] for identity in _in_order(rules)]

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in what a report tells that the rules ask for."""
        facts: dict[int, list[_Fact]] = {}
        for fact in _facts(told, self.conflict, self._steps):
            if _is_asked(fact.kinds, self._steps):
                facts.setdefault(month_of(fact.day), []).append(fact)
        for month, new in facts.items():
            self.state.facts[month] = _by_day((*self.state.facts.get(month, ()), *new))

    def branch(self) -> Self:
        """Return a fold that goes its own way, with what this one has found."""
        found = super().branch()
        found._ways = [[copy(way) for way in ways] for ways in self._ways]
        return found

    def entries(self, now: Now) -> tuple[Turning, ...]:
        """Return what the rules find; it is by what was told, whatever the day."""
        self._kept.turn()
        found: list[Turning] = []
        for ways in self._ways:
            facts = self._with(found) if any(_asks(way.rule) for way in ways) else self.state.facts
            found += self._joined([turn for way in ways for turn in way.turns(facts)], [way.rule for way in ways])
        return tuple(map(self._told, sorted(found, key=lambda turn: (turn.day or date.min, turn.rule))))

    def _told(self, turn: Turning) -> Turning:
        """Return a finding as it is told: the day that stands for an unknown one is none."""
        return turn if turn.day != date.min else self._kept.get((turn,), lambda: replace(turn, day=None), "told")

    def _with(self, found: Iterable[Turning]) -> _Facts:
        """Return the facts by month with those that other rules found."""
        more: dict[int, list[_Fact]] = {}
        for turn in found:
            fact = self._as_fact(turn)
            more.setdefault(month_of(fact.day), []).append(fact)
        return {**self.state.facts, **{month: self._month(month, new) for month, new in more.items()}}

    def _as_fact(self, turn: Turning) -> _Fact:
        return self._kept.get((turn,), lambda: _as_fact(turn), "fact")

    def _month(self, month: int, new: Sequence[_Fact]) -> tuple[_Fact, ...]:
        told = self.state.facts.get(month, ())
        return self._kept.get((told, *new), lambda: _by_day((*told, *new)), "month")

    def _joined(self, turns: Iterable[Turning], ways: Sequence[OverTime]) -> list[Turning]:
        """Return the findings of several ways to the same, those close to one another as one with the first day."""
        fresh = timedelta(days=max(rule.fresh for rule in ways))
        groups: list[list[Turning]] = []
        for turn in sorted(turns, key=lambda turn: turn.day or date.min):
            if groups and turn.day and groups[-1][0].day and turn.day - groups[-1][0].day <= fresh:
                groups[-1].append(turn)
            else:
                groups.append([turn])
        return [self._as_one(group) for group in groups]

    def _as_one(self, group: Sequence[Turning]) -> Turning:
        first = group[0]
        if len(group) == 1:
            return first
        return self._kept.get(tuple(group), lambda: replace(first, cited=together(turn.cited for turn in group)), "one")


def _by_day(facts: Iterable[_Fact]) -> tuple[_Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.day))


def _months(days: int) -> int:
    """Return how many months at most so many days from any day of one may go.

    >>> _months(0), _months(28), _months(90)
    (0, 1, 4)
    """
    return -(-days // _SHORTEST)


def _in_order(rules: Iterable[OverTime]) -> list[str]:
    """Return the ids of rules, each after those whose findings it asks for."""
    asks: dict[str, set[str]] = {}
    for rule in rules:
        names = {kind.removeprefix("rules.") for step in rule.when for kind in step.any if kind.startswith("rules.")}
        asks.setdefault(rule.id, set()).update(names - {rule.id})
    order: list[str] = []
    while len(order) < len(asks):
        free = [identity for identity in asks if identity not in order and asks[identity] <= set(order)]
        order += free or [next(identity for identity in asks if identity not in order)]
    return order


class _Search:
    """What a rule finds in facts, looked for month by month and kept from one time to the next.

    What it finds in one month depends on the facts of the months before and after that its steps reach, and on its last finding
    before: where they are the same, so is what it finds.
    """

    def __init__(self, rule: OverTime) -> None:
        self.rule = rule
        self._back, self._ahead = _months(sum(step.within for step in rule.when[1:])), _months(rule.fresh)
        self._facts: _Facts = {}
        self._found: dict[int, _Found] = {}

    def turns(self, facts: _Facts) -> list[Turning]:
        """Return all that it finds in facts by month."""
        before, was = self._facts, self._found
        changed = [month for month in before.keys() | facts.keys() if before.get(month) is not facts.get(month)]
        if changed:
            same = min(changed) - self._ahead  # before this month
            self._facts, self._found, last = dict(facts), {}, None
            for month in sorted(facts):
                found = was[month] if month < same else self._in(month, was.get(month), last)
                self._found[month] = found
                last = found.turns[-1].day if found.turns else last
        return [turn for found in self._found.values() for turn in found.turns]

    def _in(self, month: int, was: _Found | None, last: date | None) -> _Found:
        """Return what it finds in a month after its last finding; one too long ago to matter makes no difference."""
        near = tuple(self._facts.get(each, ()) for each in range(month - self._back, month + self._ahead + 1))
        after = last if last is not None and month_of(last) >= month - max(self._back, self._ahead) else None
        if was is not None and was.near == near and was.after == after:
            return was
        listed = [fact for group in near for fact in group]
        return _Found(near=near, after=after, turns=tuple(_turns(self.rule, listed, month, after)))


def _asks(rule: OverTime) -> bool:
    """Return whether a rule asks for what other rules found."""
    return any(kind.startswith("rules.") for step in rule.when for kind in step.any)


# -- what reports tell


def _facts(told: Told, conflict: Conflict, steps: Sequence[Step]) -> Iterator[_Fact]:
    def fact(kind: str, who: Iterable[str], when: When, record: Record, also: str | None = None) -> _Fact:
        sentences = cited(told, record)
        text = " ".join(told.kept.report.text[each.start : each.end] for each in sentences)
        ahead = kind.partition(".")[2] in _AHEAD
        kinds = frozenset({kind, also}) if also and known(when) else frozenset({kind})
        return _Fact(
            kinds=kinds, sides=_sides(who, told, conflict), words=_words(kinds, text, steps), cited=sentences,
            day=published if ahead else _day(when, published),
        )  # fmt: skip

    published = told.kept.report.published or date.min
    for _, talk in entries([told], "talks", Talks):
        begun = "talks.begun" if talk.status in ("held", "ended") else None
        yield fact(f"talks.{talk.status}", talk.parties, talk.date, talk, begun)
    for _, signature in entries([told], "signatures", Signature):
        if not has(signature.evidence.text, "only_meant"):
            yield fact(f"signatures.{signature.status}", [signature.party], signature.date, signature)
    for _, truce in entries([told], "ceasefires", Ceasefire):
        if truce.status == "ended" and has(truce.evidence.text, "only_to_end"):
            continue
        since = truce.from_ if truce.status in ("in_force", "agreed") else None
        declared = "ceasefires.declared" if truce.status in ("in_force", "agreed", "extended") else None
        yield fact(f"ceasefires.{truce.status}", truce.parties, since or truce.declared or When(), truce, declared)
    for _, breach in entries([told], "violations", Violation):
        if _sides(breach.accused, told, conflict):
            state = "verified" if breach.verified_by else "alleged"
            yield fact(f"violations.{state}", breach.accused, breach.date, breach)
    yield from _claims(told, published, conflict, steps)


def _words(kinds: frozenset[str], text: str, steps: Sequence[Step]) -> frozenset[str]:
    """Return the lists that steps of these kinds ask for and that have a word in a text."""
    asked = {name for step in steps if step.has and not kinds.isdisjoint(step.any) for name in step.has}
    return frozenset(name for name in asked if has(text, name))


def _is_asked(kinds: frozenset[str] | set[str], steps: Iterable[Step]) -> bool:
    return any(not kinds.isdisjoint(step.any) for step in steps)


def _claims(told: Told, published: date, conflict: Conflict, steps: Sequence[Step]) -> Iterator[_Fact]:
    """Yield marked claims, and the acts of one side on another that the report or no side of the war tells, with their day."""
    for kept in told.claims:
        claim = kept.claim
        if claim.negated or claim.hedged or claim.status is not Status.OCCURRED:
            continue
        kinds = {f"marks.{mark}" for mark in claim.marks}
        by, on = _sides(claim.actor, told, conflict), _sides(claim.recipient, told, conflict)
        speakers = _sides((link.speaker for link in claim.attribution if link.speaker), told, conflict)
        if known(claim.date) and not speakers and (len(by) > 1 or (by and on - by)):
            kinds.add(f"claims.{claim.event.value}")
        if _is_asked(kinds, steps):
            yield _Fact(
                kinds=frozenset(kinds), sides=by | on, day=_day(claim.date, published),
                words=_words(frozenset(kinds), claim.evidence.text, steps), cited=(cited_claim(told, claim),),
            )  # fmt: skip


def _sides(identities: Iterable[str], told: Told, conflict: Conflict) -> frozenset[str]:
    """Return the sides of the conflict that these are parties of; a backer or mediator is of none."""
    day = told.kept.report.published
    mine = (identity for identity in identities if conflict.party_of(identity, day) is not None)
    return frozenset(side for identity in mine if (side := conflict.side_of(identity, day)) is not None)


def _day(when: When, published: date) -> date:
    """Return the last day of a time that is over, or the day of the report."""
    last = when.latest or when.earliest
    return last if last is not None and last <= published else published


# -- steps


def _turns(rule: OverTime, facts: Sequence[_Fact], month: int, last: date | None) -> Iterator[Turning]:
    """Yield each time in a month that the steps of a rule follow one another; the next begins with a first step after it.

    ``facts`` are those of the month and of the months that it may need, ``last`` the day of the last time before.
    """
    days = [fact.day for fact in facts]
    months = [month_of(day) for day in days]
    at, stop, begin = bisect_left(months, month), bisect_right(months, month), 0
    if last is not None:
        at, begin = max(at, bisect_right(days, last + timedelta(days=rule.fresh))), bisect_right(days, last)
    while at < stop:
        path = _back(rule.when, facts[begin:at], facts[at]) if _fits(rule.when[-1], facts[at], None) else None
        if path is None:
            at += 1
            continue
        end = path[-1].day
        after = bisect_right(days, end + timedelta(days=rule.fresh))
        again = (fact for fact in facts[bisect_left(days, end) : after] if _fits(rule.when[-1], fact, path[0]))
        yield Turning(
            id=content_id("turning", rule.id, end),
            rule=rule.id,
            words=rule.words,
            day=end,
            cited=together(fact.cited for fact in (*path, *again)),
        )
        at, begin = after, bisect_right(days, end)


def _back(steps: Sequence[Step], facts: Sequence[_Fact], last: _Fact) -> list[_Fact] | None:
    """Return the facts that lead to the last step's, the nearest before it first tried."""
    if len(steps) == 1:
        return [last]
    step = steps[-1]
    for at in range(len(facts) - 1, -1, -1):
        fact, gap = facts[at], (last.day - facts[at].day).days
        if gap > step.within:
            return None
        if gap >= step.after and _fits(steps[-2], fact, last):
            path = _back(steps[:-1], facts[:at], fact)
            if path is not None:
                return [*path, last]
    return None


def _fits(step: Step, fact: _Fact, other: _Fact | None) -> bool:
    if fact.kinds.isdisjoint(step.any) or (step.has and fact.words.isdisjoint(step.has)):
        return False
    return other is None or not fact.sides or not other.sides or not fact.sides.isdisjoint(other.sides)


def _as_fact(turn: Turning) -> _Fact:
    return _Fact(
        kinds=frozenset({f"rules.{turn.rule}"}),
        sides=frozenset(),
        day=turn.day or date.min,
        words=frozenset(),
        cited=turn.cited,
    )
