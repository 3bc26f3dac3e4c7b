"""Threats -> who, against whom, on which condition, with what, by when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dragoman.model import Claim, EventType, Kind, Status, When, merged
from dragoman.process.facts import Facts, alike, clause_text, own_text, verb_of
from dragoman.process.records import Threat
from dragoman.process.standing import best_time, grouped, leading, sorted_records, standing, standing_on
from dragoman.process.threats_told import ToldThreat, told_threats
from dragoman.process.ultimatums import Ultimatum, ultimatums

_FORCE = frozenset({EventType.ASSAULT, EventType.SANCTION, EventType.COERCE})
_DO_SO = re.compile(r"\b(?:do|does|did) (?:so|that|this)\b|\bfails?\Z|\brefuses?\Z|\bnot\Z", re.IGNORECASE)
_YIELDS = re.compile(r"\b(?:would|will) (?:halt|stop|end|free|release|withdraw|lift|cease)\b")
_OR_ELSE = re.compile(r"^(?:that |to )?(.+?),? or (?:else\b|(?:to )?face\b|be\b|risk\b|suffer\b)")
_IF = re.compile(
    r"\b((?:if|unless|should|in case|in the event|as long as|whoever|anyone who|any)\b[^,;]+)", re.IGNORECASE
)


def threats(claims: Iterable[Claim], facts: Facts) -> tuple[Threat, ...]:
    """Return the threats that hang on a condition; told again it is one entry, another condition is another threat."""
    listed = list(claims)
    given = ultimatums(listed, facts)
    found = [claim for claim in listed if _is_threat(claim, facts) and _condition(claim, facts)]
    made = [_threat(group, facts) for group in grouped(found, lambda one, other: _same(one, other, facts))]
    for ultimatum in given:
        number = ultimatum.evidence.sentence
        own = [c for c in listed if c.event is EventType.THREATEN and c.evidence.sentence == number]
        if own:
            _add_ultimatum(made, ultimatum, own)
    for told in told_threats(listed, facts):
        _add_told(made, told)
    return sorted_records(made)


def _add_told(made: list[Threat], told: ToldThreat) -> None:
    """Add a threat that a sentence makes: who threatens whom in place of what its claim says, or as its own."""
    number = told.evidence.sentence
    first = next((at for at, entry in enumerate(made) if number in entry.sentences), None)
    if first is not None:
        same = made[first].condition
        made[:] = [e for at, e in enumerate(made) if at <= first or number not in e.sentences or e.condition != same]
    for at, entry in enumerate(made):
        if number in entry.sentences:
            due = entry.deadline or told.deadline
            made[at] = replace(entry, party=told.party, against=entry.against or told.against, deadline=due)
            return
    key = ("threat", told.party, told.condition)
    made.append(
        Threat(
            party=told.party, against=told.against, condition=told.condition, consequence=told.consequence,
            deadline=told.deadline, date=When(), **standing_on(key, told.evidence),
        )
    )  # fmt: skip


def _add_ultimatum(made: list[Threat], given: Ultimatum, told: list[Claim]) -> None:
    """Add an ultimatum: as the condition of the threat that goes with it, else as a threat of its own."""
    if given.party is None:
        return
    number = given.evidence.sentence
    for at, entry in enumerate(made):
        with_it = entry.party == given.party and 0 <= entry.sentences[0] - number <= 2
        vague = entry.condition is None or _DO_SO.search(entry.condition) is not None
        if with_it and (number in entry.sentences or vague):
            condition = f"{entry.condition} ({given.act})" if number not in entry.sentences else given.act
            whom = entry.against if number in entry.sentences and entry.against else given.whom
            made[at] = replace(entry, condition=condition, against=whom, deadline=given.window)
            return
    made.append(
        Threat(
            party=given.party,
            against=given.whom,
            condition=given.act,
            consequence=None,
            deadline=given.window,
            date=When(),
            **standing(("threat", given.party, given.act), told),
        )
    )


def _threat(group: list[Claim], facts: Facts) -> Threat:
    lead = leading(group)
    condition = _condition(lead, facts)
    consequence = _consequence(lead, condition, facts)
    return Threat(
        party=_party(lead, facts),
        against=merged(claim.recipient for claim in group) or _whom(lead, condition, facts),
        condition=condition,
        consequence=consequence or lead.words.get("object"),
        deadline=facts.time_in(condition, "until") or facts.time_in(clause_text(lead), "until"),
        date=best_time([lead.date, *(claim.date for claim in group)]),
        **standing(("threat", _party(lead, facts), condition, consequence), group),
    )


def _whom(claim: Claim, condition: str | None, facts: Facts) -> tuple[str, ...]:
    """Return whom a threat is against where nobody is addressed: who would bring it about ('if the rebels stay')."""
    found = facts.ids_in(claim, condition)
    return tuple(i for i in found if facts.may_be_party(i) and i not in claim.actor)[:1]


def _condition(claim: Claim, facts: Facts) -> str | None:
    """Return on what a threat hangs: its 'if', the demand before 'or else', the act it answers ('to any attack')."""
    if claim.condition:
        return claim.condition
    text = claim.content or ""
    demand = _OR_ELSE.match(text)
    if demand is not None:
        return demand.group(1)
    found = next((m for t in (text, own_text(claim), clause_text(claim)) if (m := _IF.search(t))), None)
    if found is not None:
        return found.group(1).split(" | ")[0].strip()
    return text if text and facts.time_in(text, "until") else None


def _consequence(claim: Claim, condition: str | None, facts: Facts) -> str | None:
    """Return what is threatened: the content of 'threatened with …', else the clause without its condition."""
    clause = claim.words.get("clause")
    if clause is None or facts.has(verb_of(claim), "threatening"):
        text = claim.content or claim.means
    else:
        text = clause.replace(claim.condition or "", "").strip(" ,;") or claim.content
    if text and condition and not claim.condition:
        text = re.sub(r"\s+", " ", text.replace(condition, "")).strip(" ,;") or text
    return re.sub(r"^(?:to |that )?or ", "", text) if text else None


def _is_threat(claim: Claim, facts: Facts) -> bool:
    """Return whether a claim threatens: by its event or mark, or as force that is announced on a condition."""
    if _YIELDS.search(claim.content or "") and not facts.has(claim.content, "menaces"):
        return False
    if claim.negated or not claim.actor or not _may_threaten(_party(claim, facts), facts):
        return False
    if claim.event is EventType.THREATEN or "threat" in claim.marks:
        return claim.status is not Status.HYPOTHETICAL or bool(claim.condition)
    return claim.event in _FORCE and claim.status is Status.FUTURE and bool(claim.condition)


def _may_threaten(identity: str, facts: Facts) -> bool:
    return facts.may_be_party(identity) or facts.kind(identity) is Kind.IGO


def _party(claim: Claim, facts: Facts) -> str:
    """Return who threatens; 'we' in a delegate's or commander's mouth is his side."""
    return facts.meant(claim)[0]


def _same(one: Claim, other: Claim, facts: Facts) -> bool:
    if set(one.actor).isdisjoint(other.actor):
        return False
    first, second = set(one.recipient), set(other.recipient)
    if first and second and first.isdisjoint(second):
        return False
    return alike(_condition(one, facts), _condition(other, facts))
