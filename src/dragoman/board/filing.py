"""Which reports are of a conflict, and why: by who acts, by places and countries, within its time; a filing by hand wins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product

from dragoman.board.citing import party
from dragoman.board.conflicts import Conflict
from dragoman.ledger.store import Told
from dragoman.model import Entity, EventType, Kind
from dragoman.process.lists import pattern_of

Hands = Mapping[tuple[str, str], bool]
_ROLES = ("parties", "party", "of", "against", "accuser", "accused", "backer", "backed", "members", "due")
_TRUCE = ("ceasefires", "violations")
_SIDES = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.OTHER})  # a state that no roster has is 'other'
_OFTEN = 2
_MUCH = 2
_ISSUES = 2
_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Why a report is of a conflict. ``rule``: hand, own, sides, party, backer or country; the rest is what did it."""

    report: str
    conflict: str
    rule: str
    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two parties that fight or talk in reports of no conflict: in how many origins, and a ready conflict file."""

    parties: tuple[str, str]
    origins: int
    text: str


def filed(told: Iterable[Told], conflict: Conflict, hands: Hands | None = None) -> Iterator[Told]:
    """Yield the reports that are of a conflict, in their order."""
    return (each for each in told if filing_of(each, conflict, hands) is not None)


def filing_of(told: Told, conflict: Conflict, hands: Hands | None = None) -> Filing | None:
    """Return why a report is of a conflict, or None where it is not; what was said by hand goes before all."""
    report = told.kept.report
    said = (hands or {}).get((report.id, conflict.id))
    if said is not None:
        return Filing(report=report.id, conflict=conflict.id, rule="hand") if said else None
    return _found(told, conflict) if conflict.covers(report.published) else None


def _found(told: Told, conflict: Conflict) -> Filing | None:
    """Return the first of the rules that holds, with what it stands on."""
    report = told.kept.report
    acting = _acting(told)
    parties: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    if _is_known(told, acting, conflict):
        parties = tuple(dict.fromkeys(p for i in acting if (p := _party(i, told, conflict)) is not None))
        own = tuple(p for p in parties if p in conflict.own) or _often(told, conflict)
    countries = _countries(told, conflict)

    def because(rule: str, who: tuple[str, ...], *, places: tuple[str, ...] = ()) -> Filing:
        return Filing(
            report=report.id, conflict=conflict.id, rule=rule, parties=who, places=places, countries=countries
        )

    if own:
        return because("own", own)
    if len({conflict.parties[p] for p in parties}) > 1:
        return because("sides", parties)
    backers = tuple(i for i in acting if i in conflict.backers)
    places = _places(report.text, conflict) if parties or backers else ()
    if parties and places:
        return because("party", parties, places=places)
    if backers and (places or countries):
        return because("backer", backers, places=places)
    return _by_country(told, conflict, acting, countries)


def _by_country(told: Told, conflict: Conflict, acting: Iterable[str], countries: tuple[str, ...]) -> Filing | None:
    """Return a filing by the country where a truce or two issues are told of, and no other armed group of it acts.

    The report speaks of no other state more, or names one of the conflict's places.
    """
    if not countries:
        return None
    entities = {entity.id: entity for entity, _ in told.entities}
    others = [i for i in acting if i in entities and entities[i].kind is Kind.ARMED_GROUP and entities[i].roster]
    places = _places(told.kept.report.text, conflict)
    if not (places or _is_of(told, countries)) or any(entities[i].code in conflict.countries for i in others):
        return None
    issues = tuple(i.id for i in conflict.issues if pattern_of(i.words).search(told.kept.report.text))
    if not any(told.records.get(kind) for kind in _TRUCE) and len(issues) < _ISSUES:
        return None
    return Filing(
        report=told.kept.report.id,
        conflict=conflict.id,
        rule="country",
        places=places,
        countries=countries,
        issues=issues,
    )


def _party(identity: str, told: Told, conflict: Conflict) -> str | None:
    found = party(identity, told, conflict)
    return found if found in conflict.parties else None


def _is_known(told: Told, acting: Iterable[str], conflict: Conflict) -> bool:
    """Return whether the conflict knows anybody of a report, without whom nobody is of a party: most reports are of few conflicts."""
    owners = (entity.part_of for entity, _ in told.entities if entity.part_of is not None)
    return any(
        i in conflict.parties or i in conflict.members or i in conflict.ties
        for i in chain(acting, (entity.id for entity, _ in told.entities), owners)
    )


def _acting(told: Told) -> tuple[str, ...]:
    """Return who acts or is acted upon in a report, by its claims and its own record."""
    found = dict.fromkeys(i for kept in told.claims for i in (*kept.claim.actor, *kept.claim.recipient))
    for record in (record for records in told.records.values() for record in records):
        for role in _ROLES:
            value = getattr(record, role, None) or ()
            found |= dict.fromkeys((value,) if isinstance(value, str) else value)
    return tuple(found)


def _often(told: Told, conflict: Conflict) -> tuple[str, ...]:
    """Return the conflict's own parties that a report names often though it tells no act of theirs."""
    named: Counter[str] = Counter()
    for entity, count in told.entities:
        whose = _party(entity.id, told, conflict)
        if whose in conflict.own:
            named[whose] += count
    return tuple(whose for whose, count in named.items() if count >= _OFTEN)


def _countries(told: Told, conflict: Conflict) -> tuple[str, ...]:
    """Return the conflict's countries of whose states the headline or the report speaks; where one hosts talks is no matter."""
    headline = told.kept.report.headline or ""
    named = [(e.code, e.name in headline or n >= _MUCH) for e, n in told.entities if e.kind is Kind.STATE]
    return tuple(sorted({code for code, much in named if code and much and code in conflict.countries}))


def _is_of(told: Told, countries: Iterable[str]) -> bool:
    """Return whether a report speaks of no state more often than of one of these countries."""
    named: Counter[str | None] = Counter()
    for entity, count in told.entities:
        if entity.kind is Kind.STATE:
            named[entity.code] += count
    return bool(named) and max(named[code] for code in countries) == max(named.values())


def _places(text: str, conflict: Conflict) -> tuple[str, ...]:
    pattern = _pattern(conflict.places)
    return tuple(dict.fromkeys(pattern.findall(text))) if pattern is not None else ()


@lru_cache(maxsize=64)
def _pattern(places: tuple[str, ...]) -> re.Pattern[str] | None:
    names = sorted(places, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None


# -- new conflicts


def suggest(
    told: Sequence[Told], conflicts: Iterable[Conflict], hands: Hands | None = None, *, least: int = 3
) -> list[Proposal]:
    """Return the pairs of parties that fight or talk in at least ``least`` origins of no conflict, the most frequent first."""
    listed = list(conflicts)
    loose = [each for each in told if all(filing_of(each, conflict, hands) is None for conflict in listed)]
    pairs: dict[tuple[str, str], set[str]] = {}
    for each in loose:
        for pair in set(_pairs(each)):
            pairs.setdefault(pair, set()).add(each.kept.origin)
    often = sorted(((len(o), p) for p, o in pairs.items() if len(o) >= least), key=lambda found: (-found[0], found[1]))
    return [Proposal(parties=pair, origins=count, text=_file(pair, loose)) for count, pair in often]


def _pairs(told: Told) -> Iterator[tuple[str, str]]:
    """Yield the pairs of those who can be sides that fight, accuse each other of breaches, agree or talk."""
    entities = {entity.id: entity for entity, _ in told.entities}

    def ordered(one: str, other: str) -> Iterator[tuple[str, str]]:
        first, second = (_owner(i, entities) for i in (one, other))
        if first != second and all(i in entities and _can_be_side(entities[i]) for i in (first, second)):
            yield (min(first, second), max(first, second))

    for kept in told.claims:
        if kept.claim.event is EventType.ASSAULT and not kept.claim.negated:
            for one, other in product(kept.claim.actor, kept.claim.recipient):
                yield from ordered(one, other)
    for kind in ("ceasefires", "agreements", "talks"):
        for record in told.records.get(kind, ()):
            parties = getattr(record, "parties", ())
            if len(parties) == _PAIR:
                yield from ordered(*parties)


def _can_be_side(entity: Entity) -> bool:
    """Return whether an entity can be a side of a war: of such a kind, and with a name of its own."""
    return entity.kind in _SIDES and (entity.roster or entity.name != entity.name.lower())


def _owner(identity: str, entities: Mapping[str, Entity]) -> str:
    entity = entities.get(identity)
    return entity.part_of if entity is not None and entity.part_of and entity.kind is not Kind.ARMED_GROUP else identity


def _file(pair: tuple[str, str], told: Sequence[Told]) -> str:
    """Return a conflict file for two parties, of what the reports that name both tell."""
    mine = [each for each in told if set(pair) <= {i for e, _ in each.entities for i in (e.id, e.part_of)}]
    entities = {e.id: e for each in mine for e, _ in each.entities if e.id in pair}
    days = [day for each in mine if (day := each.kept.report.published)]
    codes = sorted({e.code for e in entities.values() if e.code and e.kind is not Kind.IGO})
    places = Counter(k.claim.place.name for each in mine for k in each.claims if k.claim.place is not None)
    top = [name for name, _ in sorted(places.items(), key=lambda found: (-found[1], found[0]))[:10]]
    unlisted = [i for i in pair if i in entities and not entities[i].roster]
    names = [entities[i].name if i in entities else i for i in pair]
    lines = [
        f"id = {_quoted('-'.join(pair))}", f"name = {_quoted(' and '.join(names))}", f"countries = {_list(codes)}",
        *([f"from = {min(days).isoformat()}"] if days else []), f"places = {_list(top)}",
        *([f"unlisted = {_list(unlisted)}"] if unlisted else []), "", "[parties]",
        *(f"{_quoted(i)} = {_quoted(i)}" for i in pair),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, items))}]"


def _quoted(text: str) -> str:
    """Return a text as a TOML string: names of reports are data, whatever is in them."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
