"""Who is meant: 'the rebels' are the one group of the report that has a name, 'the two sides' are its two sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.model import Claim, Entity, Kind
from dragoman.process.facts import Facts
from dragoman.process.pairs import main_pair


def settled(claims: Sequence[Claim], facts: Facts) -> tuple[list[Claim], Facts]:
    """Return the claims and facts of a report with those whom it names otherwise under their own names, and its two sides."""
    same = _same(facts)
    facts = replace(facts, mentions=tuple((s, e, same.get(i, i)) for s, e, i in facts.mentions))
    named = [_renamed(claim, same) for claim in claims]
    pair = main_pair(named, facts)
    paired = [_paired(claim, pair, facts) for claim in named]
    return paired, replace(facts, pair=main_pair(paired, facts))


def _same(facts: Facts) -> dict[str, str]:
    """Return whose name stands for another: a group by its whole name for a part of it, the one group for 'the rebels'."""
    often = Counter(i for _, _, i in facts.mentions)
    armed = [e for e in facts.entities.values() if e.kind is Kind.ARMED_GROUP]
    named = [e for e in armed if e.name != e.name.lower()]
    found: dict[str, str] = {}
    for entity in named:
        fuller = [e for e in facts.entities.values() if e.kind in (Kind.ARMED_GROUP, Kind.GROUP) and _within(entity, e)]
        if len(fuller) == 1 and not entity.roster:
            found[entity.id] = fuller[0].id
    groups = {found.get(e.id, e.id) for e in named if often[e.id] > 1}
    if len(groups) == 1:
        (group,) = groups
        nameless = facts.pattern("rebels")
        found |= {e.id: group for e in armed if e.name == e.name.lower() and nameless.fullmatch(e.name)}
    return found


def _within(short: Entity, long: Entity) -> bool:
    return set(short.name.lower().split()) < set(long.name.lower().split()) and long.name != long.name.lower()


def _renamed(claim: Claim, same: Mapping[str, str]) -> Claim:
    def of(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(same.get(i, i) for i in ids))

    if not set(same) & {*claim.actor, *claim.recipient, *(a.speaker or "" for a in claim.attribution)}:
        return claim
    said = tuple(replace(a, speaker=same.get(a.speaker, a.speaker) if a.speaker else None) for a in claim.attribution)
    return replace(claim, actor=of(claim.actor), recipient=of(claim.recipient), attribution=said)


def _paired(claim: Claim, pair: tuple[str, ...], facts: Facts) -> Claim:
    """Return a claim of 'the two sides' as one of the report's own two sides, unless it has one of them and another."""
    words = facts.pattern("both_sides")

    def meant(ids: tuple[str, ...], role: str) -> tuple[str, ...]:
        unnamed = words.fullmatch(claim.words.get(role, "")) is not None
        return pair if unnamed and len(pair) == 2 and len(set(facts.sided(ids)) & set(pair)) != 1 else ids

    actor, recipient = meant(claim.actor, "subject"), meant(claim.recipient, "object")
    same = actor == claim.actor and recipient == claim.recipient
    return claim if same else replace(claim, actor=actor, recipient=recipient)
