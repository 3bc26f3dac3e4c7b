"""Entities that are one: in claims, among who is told of, and in the report's own record they have one id and one name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter, itemgetter
from typing import Any

from dragoman.ledger.parting import Groups
from dragoman.ledger.rows import KINDS
from dragoman.ledger.store import KeptClaim, Told
from dragoman.ledger.verdicts import Decision, DecisionKind
from dragoman.model import Claim, Entity
from dragoman.process.records import ROLES, Contradiction, Record

_WHO, _ID = itemgetter(0), attrgetter("id")
_OWN = {kind: tuple(item.name for item in fields(kind) if item.name in ROLES) for kind in KINDS.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """Who is who: id -> the id it has from now on, those as they are, and the decisions that later ones overrule."""

    ids: Mapping[str, str]
    entities: Mapping[str, Entity]
    overruled: frozenset[str]


def renaming(decisions: Iterable[Decision]) -> Renaming:
    """Return who is who by decisions in the order in which they were made: of two that contradict the later stands."""
    listed = list(decisions)
    groups, overruled = Groups(), set()
    for each in reversed(listed):
        carry = groups.join if each.kind is DecisionKind.SAME_ENTITY else groups.part
        if not carry(each.about[1], each.about[0]):
            overruled.add(each.id)
    same = [each for each in listed if each.kind is DecisionKind.SAME_ENTITY and each.id not in overruled]
    ids = _named(same)
    entities = {entity.id: entity for each in listed for entity in each.verdict.entities}
    return Renaming(ids=ids, entities=entities, overruled=frozenset(overruled))


def _named(same: Iterable[Decision]) -> dict[str, str]:
    """Return each id with the one it is: the second of a decision, or who that is by another."""
    groups = Groups()
    name: dict[str, str] = {}
    members: dict[str, None] = {}
    for each in same:
        one, into = each.about
        first, second = groups.head(one), groups.head(into)
        target = into if first == second else name.get(second, into)
        groups.join(into, one)
        name[groups.head(into)] = target
        members |= dict.fromkeys((one, into))
    return {i: target for i in members if (target := name[groups.head(i)]) != i}


def renamed(told: Iterable[Told], who: Renaming, changed: Iterable[int] = ()) -> list[Told]:
    """Return the reports in which everybody has the id that he has from now on: those that name nobody of these as they are.

    ``changed`` are the places of reports that decisions changed: they may name who is not told of in them.
    """
    ids, listed = who.ids, list(told)
    if ids:
        of = frozenset(ids).isdisjoint
        naming = {place for place, each in enumerate(listed) if not of(map(_ID, map(_WHO, each.entities)))}
        for place in naming.union(changed):
            listed[place] = _renamed(listed[place], who)
    return listed


def _renamed(told: Told, who: Renaming) -> Told:
    return replace(
        told,
        claims=tuple(_claim(kept, who.ids) for kept in told.claims),
        entities=_entities(told.entities, who),
        records={kind: tuple(_record(each, who.ids) for each in found) for kind, found in told.records.items()},
        contradictions=tuple(_contradiction(each, who.ids) for each in told.contradictions),
    )


def _entities(told: Iterable[tuple[Entity, int]], who: Renaming) -> tuple[tuple[Entity, int], ...]:
    found: dict[str, tuple[Entity, int]] = {}
    listed = list(told)
    own = {entity.id: entity for entity, _ in listed}
    for entity, count in listed:
        identity = who.ids.get(entity.id, entity.id)
        one = own.get(identity) or who.entities.get(identity) or replace(entity, id=identity)
        part = who.ids.get(one.part_of, one.part_of) if one.part_of else None
        part = part if part != identity else None
        one = one if part == one.part_of else replace(one, part_of=part)
        found[identity] = (one, found.get(identity, (one, 0))[1] + count)
    return tuple(sorted(found.values(), key=lambda each: each[0].id))


def _ids(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ids.get(value, value)
    return tuple(dict.fromkeys(ids.get(each, each) for each in value)) if isinstance(value, tuple) else value


def _claim(kept: KeptClaim, ids: Mapping[str, str]) -> KeptClaim:
    claim: Claim = kept.claim
    speakers = (link.speaker for link in claim.attribution if link.speaker)
    if not any(each in ids for each in (*claim.actor, *claim.recipient, *speakers)):
        return kept
    said = tuple(
        replace(link, speaker=ids.get(link.speaker, link.speaker)) if link.speaker else link
        for link in claim.attribution
    )
    return replace(
        kept, claim=replace(claim, actor=_ids(claim.actor, ids), recipient=_ids(claim.recipient, ids), attribution=said)
    )


def _record(record: Record, ids: Mapping[str, str]) -> Record:
    own = {name: getattr(record, name) for name in _OWN[type(record)]}
    values = {name: new for name, value in own.items() if (new := _ids(value, ids)) != value}
    return replace(record, **values) if values else record


def _contradiction(found: Contradiction, ids: Mapping[str, str]) -> Contradiction:
    """Return a contradiction with other ids of who speaks, and of the party that it is about."""
    party, colon, rest = found.about.partition(": ")
    sides = tuple(replace(side, speakers=_ids(side.speakers, ids)) for side in found.sides)
    return replace(found, about=f"{ids.get(party, party)}{colon}{rest}" if colon else found.about, sides=sides)
