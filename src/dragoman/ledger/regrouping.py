"""Events that people joined or parted: claims of one act have one ``event_id``, the first of them in the order of the reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.ledger.parting import Groups
from dragoman.ledger.store import KeptClaim, Told
from dragoman.ledger.verdicts import Decision, DecisionKind

Ruling = tuple[Decision, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """The reports with the events as people want them, and the decisions that later ones overrule."""

    told: list[Told]
    overruled: frozenset[str]


def regrouped(told: Sequence[Told], rulings: Sequence[Ruling], moved: frozenset[str]) -> Regrouped:
    """Return the reports with events joined and parted by decisions (each with its two claims), the later ones first.

    Of an event that is parted the second claim leaves, and with it what stands in the same report or says the same words; the
    others stay together. ``moved`` are claims that tell of another act by a correction: each is an event of its own.
    """
    kept = {each.claim.id: each for one in told for each in one.claims}
    touched = _touched(kept, rulings, moved)
    if not touched:
        return Regrouped(told=list(told), overruled=frozenset())
    members = [identity for identity, each in kept.items() if each.claim.event_id in touched]
    groups, overruled, leavers = _ruled(rulings)
    events: dict[str, list[KeptClaim]] = {}
    for identity in members:
        if identity not in moved:
            events.setdefault(kept[identity].claim.event_id, []).append(kept[identity])
    for listed in events.values():
        _link(groups, listed, leavers)
    ids = {member: first for first, group in groups.groups(members).items() for member in group}
    return Regrouped(told=[_told(each, ids) for each in told], overruled=overruled)


def _touched(kept: Mapping[str, KeptClaim], rulings: Iterable[Ruling], moved: frozenset[str]) -> frozenset[str]:
    """Return the events that decisions are about, and those whose first claim is out."""
    about = {identity for _, ids in rulings for identity in ids} | (moved & kept.keys())
    found = {kept[identity].claim.event_id for identity in about}
    return frozenset(found | {e.claim.event_id for e in kept.values() if e.claim.event_id not in kept})


def _ruled(rulings: Sequence[Ruling]) -> tuple[Groups, frozenset[str], frozenset[str]]:
    groups, overruled, leavers = Groups(), set(), set()
    for decision, (stays, other) in reversed(rulings):
        same = decision.kind is DecisionKind.SAME_EVENT
        if not (groups.join if same else groups.part)(stays, other):
            overruled.add(decision.id)
        elif not same:
            leavers.add(other)
    return groups, frozenset(overruled), frozenset(leavers)


def _link(groups: Groups, listed: Sequence[KeptClaim], leavers: frozenset[str]) -> None:
    """Join the claims of one event that decisions do not keep apart."""
    for leaver in (each for each in listed if each.claim.id in leavers):
        for other in listed:
            if other.report == leaver.report or _words(other) == _words(leaver):
                groups.join(leaver.claim.id, other.claim.id)
    stay = [each for each in listed if each.claim.id not in leavers]
    centre = (stay or listed)[0].claim.id
    for each in [*stay, *(each for each in listed if each.claim.id in leavers)]:
        groups.join(centre, each.claim.id)


def _words(kept: KeptClaim) -> str:
    return " ".join(kept.claim.evidence.text.split())


def _told(told: Told, ids: Mapping[str, str]) -> Told:
    if all(ids.get(each.claim.id, each.claim.event_id) == each.claim.event_id for each in told.claims):
        return told
    claims = tuple(
        replace(each, claim=replace(each.claim, event_id=ids.get(each.claim.id, each.claim.event_id)))
        for each in told.claims
    )
    return replace(told, claims=claims)
