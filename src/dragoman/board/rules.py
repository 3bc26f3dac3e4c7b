"""Rules over time ([[over_time]] of process.toml): what reports tell one after another comes to 'talks failed', 'truce broken'."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.board.citing import Conflict, cited, cited_claim, counted, entries, has, together
from dragoman.board.types import Cited, Turning
from dragoman.ledger.store import Told
from dragoman.model import Claim, Status, When, content_id
from dragoman.process.facts import known
from dragoman.process.records import Ceasefire, Record, Signature, Talks, Violation
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import OverTime, Step

_AHEAD = frozenset(
    {"planned", "proposed", "postponed", "cancelled", "will_sign"}
)  # their days lie ahead: printed is when


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """What a report tells that a step may be: its kinds ('talks.ended'), whose it is, when it was so, its sentences."""

    kinds: frozenset[str]
    sides: frozenset[str]
    day: date
    text: str
    cited: tuple[Cited, ...]


def turnings(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Turning, ...]:
    """Return what the rules over time find in the reports up to a day, by the day on which it came to be so."""
    facts = sorted((fact for each in counted(told, day) for fact in _facts(each, conflict)), key=lambda fact: fact.day)
    rules = load_rulebook(None).over_time
    found: list[Turning] = []
    for identity in _in_order(rules):
        ways = [rule for rule in rules if rule.id == identity]
        known_ = sorted([*facts, *map(_as_fact, found)], key=lambda fact: fact.day)
        found += _joined([turn for rule in ways for turn in _turns(rule, known_)], ways)
    return tuple(sorted(found, key=lambda turn: (turn.day or date.min, turn.rule)))


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


# -- what reports tell


def _facts(told: Told, conflict: Conflict) -> Iterator[_Fact]:
    def fact(kind: str, who: Iterable[str], when: When, record: Record, also: str | None = None) -> _Fact:
        sentences = cited(told, record)
        text = " ".join(told.kept.report.text[each.start : each.end] for each in sentences)
        ahead = kind.partition(".")[2] in _AHEAD
        return _Fact(
            kinds=frozenset({kind, also}) if also and known(when) else frozenset({kind}),
            sides=_sides(who, told, conflict), text=text, cited=sentences,
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
    yield from _claims(told, published, conflict)


def _claims(told: Told, published: date, conflict: Conflict) -> Iterator[_Fact]:
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
        if kinds:
            yield _Fact(
                kinds=frozenset(kinds), sides=by | on, day=_day(claim.date, published), text=_text(claim),
                cited=(cited_claim(told, claim),),
            )  # fmt: skip


def _text(claim: Claim) -> str:
    return claim.evidence.text


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


def _turns(rule: OverTime, facts: Sequence[_Fact]) -> Iterator[Turning]:
    """Yield each time that the steps of a rule follow one another; the next time begins with a first step after it."""
    mine = [fact for fact in facts if any(_fits(step, fact, None) for step in rule.when)]
    days = [fact.day for fact in mine]
    at = begin = 0
    while at < len(mine):
        path = _back(rule.when, mine[begin:at], mine[at]) if _fits(rule.when[-1], mine[at], None) else None
        if path is None:
            at += 1
            continue
        end = path[-1].day
        after = bisect_right(days, end + timedelta(days=rule.fresh))
        again = (fact for fact in mine[bisect_left(days, end) : after] if _fits(rule.when[-1], fact, path[0]))
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
    if fact.kinds.isdisjoint(step.any) or (step.has and not has(fact.text, *step.has)):
        return False
    return other is None or not fact.sides or not other.sides or not fact.sides.isdisjoint(other.sides)


def _joined(turns: Sequence[Turning], ways: Sequence[OverTime]) -> list[Turning]:
    """Return the findings of several ways to the same, those close to one another as one with the first day."""
    fresh = max(rule.fresh for rule in ways)
    found: list[Turning] = []
    for turn in sorted(turns, key=lambda turn: turn.day or date.min):
        last = found[-1] if found else None
        if last and last.day and turn.day and (turn.day - last.day).days <= fresh:
            found[-1] = Turning(
                id=last.id, rule=last.rule, words=last.words, day=last.day, cited=together([last.cited, turn.cited])
            )
        else:
            found.append(turn)
    return found


def _as_fact(turn: Turning) -> _Fact:
    return _Fact(
        kinds=frozenset({f"rules.{turn.rule}"}), sides=frozenset(), day=turn.day or date.min, text="", cited=turn.cited
    )
