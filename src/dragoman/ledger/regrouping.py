"""Events that people joined or parted: claims of one act have one ``event_id``, the first of them in the order of the reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from dragoman.ledger.parting import Groups
from dragoman.ledger.store import KeptClaim, Told
from dragoman.ledger.verdicts import Decision, DecisionKind

_EVENT = attrgetter("claim.event_id")
Ruling = tuple[Decision, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """The reports with the events as people want them, and the decisions that later ones overrule."""

    told: list[Told]
    overruled: frozenset[str]


def regrouped(
    told: Sequence[Told], rulings: Sequence[Ruling], moved: frozenset[str], events: frozenset[str]
) -> Regrouped:
    """Return the reports with events joined and parted by decisions (each with its two claims), the later ones first.

    Of an event that is parted the second claim leaves, and with it what stands in the same report or says the same words; the
    others stay together. ``moved`` are claims that tell of another act by a correction: each is an event of its own. ``events`` are
    those that may change: reports that tell of none of them come back as they are.
    """
    found = list(told)
    of = events.isdisjoint
    telling = [place for place, each in enumerate(found if events else ()) if not of(map(_EVENT, each.claims))]
    kept = {one.claim.id: one for place in telling for one in found[place].claims if one.claim.event_id in events}
    groups, overruled, leavers = _ruled(rulings)
    members: dict[str, list[KeptClaim]] = {}
    for identity, one in kept.items():
        if identity not in moved:
            members.setdefault(one.claim.event_id, []).append(one)
    for listed in members.values():
        _link(groups, listed, leavers)
    ids = {member: first for first, group in groups.groups(kept).items() for member in group}
    for place in telling:
        found[place] = _told(found[place], ids)
    return Regrouped(told=found, overruled=overruled)


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
