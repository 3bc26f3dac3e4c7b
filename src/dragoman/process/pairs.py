"""The two sides of a report's war or peace, for the entries whose own claims name none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise, product

from dragoman.model import Claim, EventType, Kind
from dragoman.process.facts import Facts
from dragoman.process.slots import matches, slotted

_TOGETHER = frozenset(
    {EventType.AGREE, EventType.SUPPORT, EventType.CONSULT, EventType.CONCEDE, EventType.RETREAT, EventType.ASSAULT}
)
_TOWARDS = frozenset({EventType.ACCUSE, EventType.ASSAULT, EventType.REJECT, EventType.THREATEN, EventType.REQUEST})
_PEACE = ("ceasefire.", "signature.", "agreement.", "talks.")
_SIDES = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.GROUP, Kind.OTHER})
_JOINED = re.compile(r"(?:['’]s? [\w-]+)?,? (?:and|with) (?:by |with )?(?:the |its |their )?(?:[a-z-]+ ){0,2}\Z")
_BETWEEN = re.compile(r"\bbetween (?:the |its )?(?:[a-z-]+ ){0,3}\Z")
_REACH = 60
_HEAD = 4


def main_pair(claims: Iterable[Claim], facts: Facts) -> tuple[str, ...]:
    """Return the two sides that sign, agree, talk or fight with each other most in the report, or nobody.

    What claims say of two sides counts, and two names that a sentence of war or truce holds or joins ('between A and B').
    Who mediates is no side.
    """
    listed = [claim for claim in claims if not _is_unnamed(claim, facts)]
    counts: Counter[frozenset[str]] = Counter()
    order: dict[frozenset[str], tuple[str, ...]] = {}
    between = {i for claim in listed if "talks.mediate" in claim.marks for i in facts.sided(claim.actor)}
    between |= helpers(facts) | facts.towns
    for one, other, weight in (*_of_claims(listed, facts), *_of_sentences(facts), *_of_names(facts, between)):
        key = frozenset((one, other))
        if key & between:
            continue
        order.setdefault(key, (one, other))
        counts[key] += weight
    if not counts:
        return ()
    often = Counter(side for s, e, i in facts.mentions if _names(s, e, i, facts) for side in facts.sided((i,)))
    head = frozenset(i for s in facts.sentences[:_HEAD] for i in facts.sided(facts.ids_between(s.start, s.end)))
    best = max(order, key=lambda key: counts[key] * _standing(key, often, head, facts))  # among equals the first
    return order[best]


def helpers(facts: Facts) -> frozenset[str]:
    """Return who brokers, hosts, mediates or watches by the words around a name, and envoys of bodies: no sides of a war."""
    found: set[str] = set()
    for sentence in facts.sentences:
        text = slotted(sentence, facts)
        for _, who in matches(text, facts.words["helper_told"]):
            found |= set(facts.sided(who["A"])) | set(who["A"])
    return frozenset(found | {i for i, side in facts.sides.items() if facts.kind(side) is Kind.IGO})


def _names(start: int, end: int, identity: str, facts: Facts) -> bool:
    """Return whether a mention is by name, or of a group that has no name: 'the government' may be anybody's."""
    if facts.text[start:end] != facts.text[start:end].lower() or facts.kind(identity) is Kind.ARMED_GROUP:
        return True
    return facts.kind(identity) is Kind.GROUP and facts.is_nameless(identity) and not facts.is_nobody(identity)


def _standing(pair: frozenset[str], often: Counter[str], head: frozenset[str], facts: Facts) -> float:
    """Return how much two sides stand out: how often the report names them, at its head, and whether one is an armed group."""
    kinds = [facts.kind(i) for i in pair]
    foes = Kind.ARMED_GROUP in kinds and (Kind.STATE in kinds or not any(facts.is_nameless(i) for i in pair))
    return (0.2 + min(4, *(often[i] for i in pair))) * (2 if foes else 1) * (1.5 if pair <= head else 1)


def _is_unnamed(claim: Claim, facts: Facts) -> bool:
    """Return whether a claim's sides are only 'the two sides', which it is for others to name."""
    words = facts.pattern("unnamed_pair")
    return any(words.fullmatch(claim.words.get(role, "")) for role in ("subject", "object"))


def is_grounded(claim: Claim, facts: Facts) -> bool:
    """Return whether a claim's sentence itself names those who act together in it, and does not only call them 'the sides'."""
    if len(claim.actor) < 2:
        return True
    words = facts.pattern("unnamed_pair", "bare_parties")
    here = facts.mentions_between(claim.evidence.start, claim.evidence.end)
    named = {i for s, e, i in here if words.fullmatch(facts.text[s:e]) is None}
    return not set(facts.sided(claim.actor)).isdisjoint(facts.sided(named))


def _of_claims(claims: Iterable[Claim], facts: Facts) -> Iterator[tuple[str, str, int]]:
    """Return the pairs of sides of each claim with its weight."""
    for claim in claims:
        peace = any(m.startswith(_PEACE) for m in claim.marks)
        actors, others = (_sides(ids, facts, people=peace) for ids in (claim.actor, claim.recipient))
        if claim.event in _TOGETHER and 1 < len(actors) < 4:
            weight = (6 if peace else 2) if is_grounded(claim, facts) else 1
            yield from ((one, other, weight) for one, other in combinations(actors, 2))
        elif claim.event is EventType.REQUEST and facts.has(claim.content, "truces", "talks", "document_heads"):
            if len(others) == 2:  # who calls for peace may be no side, but the two called upon are
                yield others[0], others[1], 8
        elif claim.event in _TOWARDS and len(actors) == 1:
            weight = 4 if claim.event is EventType.ASSAULT else 2
            yield from ((one, other, weight) for one, other in product(actors, others) if one != other)


def _of_sentences(facts: Facts) -> Iterator[tuple[str, str, int]]:
    """Return the pairs that sentences of war, truce or talks name: by 'between A and B' best, then by 'and' or 'with'."""
    for sentence in facts.sentences:
        if not facts.has(sentence.text, "truces", "talks", "war_words", "document_heads"):
            continue
        named = facts.mentions_between(sentence.start, sentence.end)
        here = _sides(dict.fromkeys(i for _, _, i in named), facts)
        if len(here) < 4:
            yield from ((one, other, 1) for one, other in combinations(here, 2))
        for (start, end, one), (after, _, other) in pairwise(named):
            sides = _sides((one, other), facts)
            if len(sides) == 2 and after - end < _REACH and _JOINED.fullmatch(facts.text[end:after]):
                yield sides[0], sides[1], 8 if _BETWEEN.search(facts.text[sentence.start : start]) else 1


def _of_names(facts: Facts, aside: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Return the state and the fighting group that the report names most, where it names both often."""
    named: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for start, end, identity in facts.mentions:
        if _names(start, end, identity, facts) and identity not in aside:
            side = facts.sides.get(identity, identity)
            if facts.kind(side) in (Kind.STATE, Kind.ARMED_GROUP):
                named[facts.kind(side) is Kind.STATE][side] += 1
    tops = [counts.most_common(1) for counts in named.values()]
    if all(top and top[0][1] > 2 for top in tops):
        yield tops[0][0][0], tops[1][0][0], 3


def _sides(identities: Iterable[str], facts: Facts, *, people: bool = False) -> tuple[str, ...]:
    """Return those that can be sides of a war: states, governments, groups with a name; persons only where wanted."""
    found = facts.parties(facts.sided(identities))
    kinds = _SIDES | {Kind.PERSON} if people else _SIDES
    return tuple(i for i in found if facts.kind(i) in kinds and not facts.is_nobody(i))
