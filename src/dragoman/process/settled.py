"""Who is meant: 'the rebels' are the one group of the report that has a name, 'the two sides' are its two sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dragoman.model import Claim, Entity, Kind
from dragoman.process.facts import Facts
from dragoman.process.organs import governments, organs
from dragoman.process.pairs import helpers, is_grounded, main_pair

_NEAR = 60
_PRONOUNS = frozenset({"it", "its", "they", "their", "them", "we", "our", "us"})


def settled(claims: Sequence[Claim], facts: Facts) -> tuple[list[Claim], Facts]:
    """Return the claims and facts of a report with those whom it names otherwise under their own names, and its two sides."""
    named, facts = list(claims), facts
    for of_whom in (organs, _same):
        same = of_whom(facts)
        facts = replace(facts, mentions=tuple((s, e, same.get(i, i)) for s, e, i in facts.mentions))
        named = [_renamed(claim, same) for claim in named]
    named, facts = _turned(named, governments(facts), facts)
    named, facts = _at_home(named, facts)
    pair = main_pair(named, facts)
    paired = [_paired(claim, pair, facts) for claim in named]
    return paired, replace(facts, pair=pair if paired == named else main_pair(paired, facts))


def _at_home(claims: list[Claim], facts: Facts) -> tuple[list[Claim], Facts]:
    """Return claims and facts in which 'the government' is that of the one state whose war with a group the report tells."""
    home = _home(facts)
    if home is None:
        return claims, facts
    bare = facts.pattern("bare_governments")
    strange = {s: i for s, e, i in facts.mentions if i != home and _is_bare_state(s, e, i, bare, facts)}
    return _turned(claims, {s: home for s in strange if not _is_named_near(s, strange[s], facts)}, facts)


def _turned(claims: list[Claim], turned: Mapping[int, str], facts: Facts) -> tuple[list[Claim], Facts]:
    """Return claims and facts in which the mentions at some offsets mean somebody else."""
    if not turned:
        return claims, facts
    mentions = tuple((s, e, turned.get(s, i)) for s, e, i in facts.mentions)
    made = []
    for claim in claims:
        here = facts.mentions_between(claim.evidence.start, claim.evidence.end)
        kept = {i for s, _, i in here if s not in turned}
        made.append(_renamed(claim, {i: turned[s] for s, _, i in here if s in turned and i not in kept}))
    return made, replace(facts, mentions=mentions)


def _is_bare_state(start: int, end: int, identity: str, bare: re.Pattern[str], facts: Facts) -> bool:
    return facts.kind(identity) is Kind.STATE and bare.fullmatch(facts.text[start:end]) is not None


def _is_named_near(start: int, identity: str, facts: Facts) -> bool:
    """Return whether a state is named just before or behind its government: 'Norway, whose government', 'government of Norway'."""
    near = facts.mentions_between(max(0, start - _NEAR), start + _NEAR)
    return any(i == identity and facts.text[s].isupper() for s, _, i in near)


def _home(facts: Facts) -> str | None:
    """Return the state named most beside a group that fights, who is no helper; None where two are named much alike."""
    kinds = (Kind.ARMED_GROUP, Kind.GROUP)
    groups = Counter(i for _, _, i in facts.mentions if facts.kind(i) in kinds and not facts.is_nobody(i))
    if not any(count > 1 for count in groups.values()):
        return None
    aside = helpers(facts)
    counts: Counter[str] = Counter()
    for start, end, identity in facts.mentions:
        if facts.kind(identity) is Kind.STATE and identity not in aside and facts.text[start].isupper():
            office = facts.pattern("state_offices").match(
                facts.text, end + 1 + (facts.text[end : end + 2] in ("'s", "’s")) * 2
            )
            counts[identity] += 3 if office else 1
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return ranked[0][0]


def _same(facts: Facts) -> dict[str, str]:
    """Return whose name stands for another: a group by its whole name for a part of it, the one group for 'the rebels'."""
    often = Counter(i for _, _, i in facts.mentions)
    armed = [e for e in facts.entities.values() if e.kind is Kind.ARMED_GROUP]
    named = [e for e in armed if e.name != e.name.lower()]
    found: dict[str, str] = {}
    by_word = _by_word(facts.entities.values())
    for entity in named:
        words = entity.name.lower().split()
        near = min((by_word[word] for word in words), key=len) if words else ()
        fuller = [e for e in near if _within(entity, e)]
        if len(fuller) == 1 and not entity.roster:
            found[entity.id] = fuller[0].id
    groups = {found.get(e.id, e.id) for e in named if often[e.id] > 1}
    if len(groups) == 1:
        (group,) = groups
        nameless = facts.pattern("rebels")
        found |= {e.id: group for e in armed if e.name == e.name.lower() and nameless.fullmatch(e.name)}
        return found
    for entity in [e for e in named if _is_only_rebels(e, facts)]:
        others = groups - {found.get(entity.id, entity.id)}
        if len(others) == 1:
            (found[entity.id],) = others
    return found


def _by_word(entities: Iterable[Entity]) -> Mapping[str, Sequence[Entity]]:
    """Return the groups by each word of their names."""
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        if entity.kind in (Kind.ARMED_GROUP, Kind.GROUP):
            for word in dict.fromkeys(entity.name.lower().split()):
                found.setdefault(word, []).append(entity)
    return found


def _is_only_rebels(entity: Entity, facts: Facts) -> bool:
    """Return whether the report calls a group by no other name than 'rebels', whosever: 'Syrian rebels'."""
    nameless = facts.pattern("rebels")
    texts = {facts.text[s:e] for s, e in facts.spans(entity.id) if facts.text[s:e].lower() not in _PRONOUNS}
    return (
        bool(texts)
        and not entity.roster
        and all(nameless.fullmatch(text.split()[-1]) and len(text.split()) < 3 for text in texts)
    )


def _within(short: Entity, long: Entity) -> bool:
    if long.part_of == short.id and long.kind is Kind.GROUP and long.name.split()[-1].islower():
        return False  # 'our children' are no fuller name of us
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
    guessed = claim.marks and not is_grounded(claim, facts)

    def meant(ids: tuple[str, ...], role: str) -> tuple[str, ...]:
        unnamed = words.fullmatch(claim.words.get(role, "")) is not None or (guessed and len(ids) == 2)
        return pair if unnamed and len(pair) == 2 and len(set(facts.sided(ids)) & set(pair)) != 1 else ids

    actor, recipient = meant(claim.actor, "subject"), meant(claim.recipient, "object")
    same = actor == claim.actor and recipient == claim.recipient
    return claim if same else replace(claim, actor=actor, recipient=recipient)
