"""What is listed of a ledger: events with the claims that tell of them, claims that are wanted, and who is told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from dragoman.ledger.store import Kept, KeptClaim, Told
from dragoman.model import Claim, Entity, EventType

Telling = tuple[Kept, KeptClaim]
"""A claim with its report."""

WIDEST = 31  # days; what is told of more is background


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which claims are wanted: their type, who acts or is acted upon, and the days that they tell of.

    What is told of more days than a month has is background: it is of no days from and to.
    """

    type: EventType | None = None
    parties: frozenset[str] | None = None
    start: date | None = None
    end: date | None = None

    def has(self, claim: Claim, published: date | None) -> bool:
        """Return whether a claim is wanted; one that tells no day counts as of its report's."""
        if self.type is not None and claim.event is not self.type:
            return False
        if self.parties is not None and self.parties.isdisjoint((*claim.actor, *claim.recipient)):
            return False
        first = claim.date.earliest or claim.date.latest or published
        last = claim.date.latest or claim.date.earliest or published
        if self.start is None and self.end is None:
            return True
        if first is None or last is None or (last - first).days > WIDEST:
            return False
        return (self.start or date.min) <= last and first <= (self.end or date.max)


def tellings(told: Iterable[Told]) -> list[list[Telling]]:
    """Return for each event the claims that tell of it with their reports, in the order of publication."""
    found: dict[str, list[Telling]] = {}
    for each in told:
        for kept in each.claims:
            if kept.gone is None:
                found.setdefault(kept.claim.event_id, []).append((each.kept, kept))
    return list(found.values())


def published(telling: Telling) -> date | None:
    return telling[0].report.published


def first_day(telling: Telling) -> date:
    claim = telling[1].claim
    return claim.date.earliest or claim.date.latest or published(telling) or date.min


def ids_named(party: str | None, names: Mapping[str, str]) -> frozenset[str] | None:
    """Return the ids of a party that is given by id or by name; itself where nobody is called so."""
    if party is None:
        return None
    asked = party.strip().casefold()
    return frozenset(i for i, name in names.items() if asked in (i.casefold(), name.casefold())) or frozenset({party})


# -- entities


@dataclass(slots=True, kw_only=True)
class Seen:
    """Somebody who is told of: names with how often they lead, mentions, reports by outlet, first and last day."""

    id: str
    entity: Entity
    names: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    outlets: Counter[str] = field(default_factory=Counter)
    days: list[date] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the roster's name, or the one that most reports have."""
        return self.entity.name if self.entity.roster else min(self.names, key=lambda n: (-self.names[n], n))


def seen_in(told: Iterable[Told]) -> list[Seen]:
    """Return all who are told of, the most often mentioned first."""
    found: dict[str, Seen] = {}
    for each in told:
        report = each.kept.report
        for entity, count in each.entities:
            seen = found.setdefault(entity.id, Seen(id=entity.id, entity=entity))
            seen.names[entity.name] += 1
            seen.mentions += count
            seen.outlets[report.outlet or "outlet unknown"] += 1
            seen.days += [report.published] if report.published else []
    return sorted(found.values(), key=lambda seen: (-seen.mentions, seen.id))


def is_called(seen: Seen, name: str) -> bool:
    asked = name.strip().casefold()
    return any(asked in each.casefold() for each in (seen.id, *seen.names))
