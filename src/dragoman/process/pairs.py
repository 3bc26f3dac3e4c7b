"""The two sides of a report's war or peace, for the entries whose own claims name none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dragoman.model import Claim, EventType, Kind
from dragoman.process.facts import Facts

_TOGETHER = frozenset(
    {EventType.AGREE, EventType.SUPPORT, EventType.CONSULT, EventType.CONCEDE, EventType.RETREAT, EventType.ASSAULT}
)
_TOWARDS = frozenset({EventType.ACCUSE, EventType.ASSAULT, EventType.REJECT, EventType.THREATEN, EventType.REQUEST})
_PEACE = ("ceasefire.", "signature.", "agreement.", "talks.")


def main_pair(claims: Iterable[Claim], facts: Facts, *, foes: bool = False) -> tuple[str, ...]:
    """Return the two sides that sign, agree, talk or fight with each other most in the report, or nobody.

    ``foes``: only a state or government and an armed group will do.
    """
    counts: Counter[frozenset[str]] = Counter()
    order: dict[frozenset[str], tuple[str, ...]] = {}
    for claim in claims:
        pair = _pair(claim, facts)
        if len(pair) == 2:
            key = frozenset(pair)
            order.setdefault(key, pair)
            counts[key] += 3 if any(m.startswith(_PEACE) for m in claim.marks) else 1
    if not counts:
        return ()
    best = max(counts, key=lambda key: (counts[key], -list(order).index(key)))
    kinds = {facts.kind(i) for i in order[best]}
    return () if foes and Kind.ARMED_GROUP not in kinds else order[best]


def _pair(claim: Claim, facts: Facts) -> tuple[str, ...]:
    if claim.event in _TOGETHER and len(claim.actor) > 1:
        return _sides(claim.actor, facts)
    if claim.event in _TOWARDS and len(claim.actor) == 1 and len(claim.recipient) == 1:
        return _sides((*claim.actor, *claim.recipient), facts)
    return ()


def _sides(identities: Iterable[str], facts: Facts) -> tuple[str, ...]:
    found = facts.parties(facts.sided(identities))
    return tuple(i for i in found if facts.kind(i) is not Kind.IGO)
