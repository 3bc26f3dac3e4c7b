"""Threats -> who, against whom, on which condition, with what, by when."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import Claim, EventType, Status
from dragoman.process.facts import Facts, alike, clause_text, verb_of
from dragoman.process.records import Threat
from dragoman.process.standing import best_time, grouped, leading, longest, merged, sorted_records, standing

_FORCE = frozenset({EventType.ASSAULT, EventType.SANCTION, EventType.COERCE})


def threats(claims: Iterable[Claim], facts: Facts) -> tuple[Threat, ...]:
    """Return the threats; the same threat told again is one entry, another condition is another threat."""
    found = [claim for claim in claims if _is_threat(claim, facts)]
    return sorted_records(_threat(group, facts) for group in grouped(found, _same))


def _threat(group: list[Claim], facts: Facts) -> Threat:
    lead = leading(group)
    condition = lead.condition or longest(claim.condition for claim in group)
    consequence = _consequence(lead, facts)
    return Threat(
        party=_party(lead),
        against=merged(claim.recipient for claim in group),
        condition=condition,
        consequence=consequence or lead.words.get("object"),
        deadline=facts.time_in(condition, "until") or facts.time_in(clause_text(lead), "until"),
        date=best_time([lead.date, *(claim.date for claim in group)]),
        **standing(("threat", _party(lead), condition, consequence), group),
    )


def _consequence(claim: Claim, facts: Facts) -> str | None:
    """Return what is threatened: the content of 'threatened with …', else the clause without its condition."""
    clause = claim.words.get("clause")
    if clause is None or facts.has(verb_of(claim), "threatening"):
        return claim.content or claim.means
    return clause.replace(claim.condition or "", "").strip(" ,;") or claim.content


def _is_threat(claim: Claim, facts: Facts) -> bool:
    """Return whether a claim threatens: by its event or mark, or as force that is announced on a condition."""
    if claim.negated or not claim.actor or not facts.may_be_party(_party(claim)):
        return False
    if claim.event is EventType.THREATEN or "threat" in claim.marks:
        return claim.status is not Status.HYPOTHETICAL or bool(claim.condition)
    return claim.event in _FORCE and claim.status is Status.FUTURE and bool(claim.condition)


def _party(claim: Claim) -> str:
    return claim.actor[0]


def _same(one: Claim, other: Claim) -> bool:
    if set(one.actor).isdisjoint(other.actor):
        return False
    first, second = set(one.recipient), set(other.recipient)
    if first and second and first.isdisjoint(second):
        return False
    if one.condition and other.condition:
        return alike(one.condition, other.condition)
    if one.condition or other.condition:
        return alike(one.content, other.content) and bool(one.content)
    return alike(one.content, other.content)
