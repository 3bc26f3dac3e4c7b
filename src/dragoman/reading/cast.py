"""The cast of one report: its entities, made from the roster or from what the text says of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from dragoman.model import Entity, Kind, Mention
from dragoman.reading.names import bare, fold, surname
from dragoman.rulebook.types import Actor, Rulebook

_SLUG = re.compile(r"[^a-z0-9]+")
ORGANISED = frozenset(set(Kind) - {Kind.PERSON, Kind.PLACE})
SURNAME_FIRST = frozenset({"PRK", "KOR", "CHN", "TWN", "VNM", "KHM"})
PARTIES = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.GROUP})


def slug(text: str) -> str:
    """Return an id made from a name: lower-case ASCII words joined by hyphens.

    >>> slug("Lord Denethor II")
    'lord-denethor-ii'
    """
    return _SLUG.sub("-", fold(text).lower()).strip("-") or "unnamed"


@dataclass(slots=True)
class Person:
    """What the text says of a named person: titles heard, whom they serve by name, by a common noun ('army'), and which person."""

    titles: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    masters: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Draft:
    id: str
    name: str
    kind: Kind
    code: str | None
    sectors: tuple[str, ...]
    roster: bool
    part_of: str | None = None
    mentions: list[Mention] = field(default_factory=list)


_SPOKEN_OF = 2.0  # mentions: 'the war in X' points to a country as strongly as so many namings
_HOSTING = 0.3  # mentions: what a name of one who mediates or hosts, or of his people, points to its country
_OWN_BODIES = frozenset({"council", "assembly", "yuan", "reserve", "agency", "organization", "government"})
_ORGANISATIONS = frozenset({Kind.ARMED_GROUP, Kind.GROUP, Kind.IGO, Kind.NGO, Kind.GOVERNMENT, Kind.OTHER})
_HEADS = frozenset({"president", "king", "emir", "sultan", "leader", "supreme leader", "head of state", "monarch"})


_MAY_FIGHT = frozenset("union front movement alliance league resistance".split())


class Cast:
    """Entities of one report, by id, in the order of first mention. Grows while the report is read."""

    def __init__(self, rulebook: Rulebook, day: date | None) -> None:
        self.rulebook = rulebook
        self.day = day
        self._drafts: dict[str, _Draft] = {}
        self.people: dict[str, Person] = {}
        self.surnames: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        self.codes: dict[str, int] = {}
        self.home: str | None = None
        self.counts: dict[str, int] = {}
        self.nameless: set[str] = set()
        self.third: set[str] = set()
        self.adjectives: dict[str, str] = {}
        self.called: dict[str, set[str]] = {}
        self.acting: set[str] = set()
        self.is_place: Callable[[str], bool] = lambda name: False

    def actor(self, identity: str) -> Actor | None:
        return self.rulebook.roster.get(identity)

    def kind(self, identity: str) -> Kind:
        return self._drafts[identity].kind

    def code(self, identity: str) -> str | None:
        return self._drafts[identity].code

    def sectors(self, identity: str) -> tuple[str, ...]:
        return self._drafts[identity].sectors

    def name(self, identity: str) -> str:
        return self._drafts[identity].name

    def part_of(self, identity: str) -> str | None:
        return self._drafts[identity].part_of

    def __contains__(self, identity: str) -> bool:
        return identity in self._drafts

    def admit(self, identity: str) -> str:
        """Put a roster actor into the cast and return its id."""
        if identity not in self._drafts:
            actor = self.rulebook.roster[identity]
            owner = next((link.of for link in actor.affiliations if link.title in ("part_of", "wing_of")), None)
            self._drafts[identity] = _Draft(
                identity, actor.name, actor.kind, actor.code, actor.sectors, True, part_of=owner
            )
            if actor.kind is Kind.PERSON:
                self.people.setdefault(identity, Person())
                self._hear_surname(identity, actor.name)
                for alias in actor.aliases:
                    self._hear_surname(identity, alias)
                if actor.code in SURNAME_FIRST:
                    self.surnames.setdefault(bare(actor.name.split()[0]), identity)
        return identity

    def make(self, entity: Entity) -> str:
        """Put an entity that the roster does not know into the cast and return its id."""
        if entity.id not in self._drafts:
            self._drafts[entity.id] = _Draft(
                entity.id,
                entity.name,
                entity.kind,
                entity.code,
                entity.sectors,
                False,
                part_of=entity.part_of,
            )
            if entity.kind is Kind.PERSON:
                self.people.setdefault(entity.id, Person())
                if " " in entity.name:
                    self._hear_surname(entity.id, entity.name)
        return entity.id

    def learn(
        self,
        identity: str,
        *,
        code: str | None = None,
        sectors: tuple[str, ...] = (),
        kind: Kind | None = None,
    ) -> None:
        """Add what the text says of an entity that the roster does not know."""
        draft = self._drafts[identity]
        if draft.roster:
            return
        draft.code = draft.code or code
        draft.kind = kind or draft.kind
        draft.sectors = draft.sectors or sectors
        if draft.kind is Kind.PERSON:
            self.people.setdefault(identity, Person())

    def _hear_surname(self, identity: str, name: str) -> None:
        self.surnames.setdefault(bare(surname(name)), identity)

    def mention(self, identity: str, mention: Mention) -> None:
        draft = self._drafts[identity]
        if all((known.start, known.end) != (mention.start, mention.end) for known in draft.mentions[-3:]):
            draft.mentions.append(mention)
            if draft.code:
                self.codes[draft.code] = self.codes.get(draft.code, 0) + 1

    def called_before(self, identity: str, end: int) -> str | None:
        """Return the name, or else the words, by which the text last mentions an entity before an offset."""
        there = [m for m in self._drafts[identity].mentions if m.end <= end]
        named = [m for m in there if m.how not in ("pronoun", "description")]
        return max(named or there, key=lambda m: m.start).text if there else None

    def body(self, owner: str | None, label: str, kind: Kind, sectors: tuple[str, ...]) -> str:
        """Return the id of a part of an owner that has no name of its own: 'Turkish police'."""
        if owner is None:
            self.nameless.add(slug(label))
            return self.make(Entity(id=slug(label), name=label, kind=kind, sectors=sectors, code=self.main_code()))
        named = self.rulebook.roster.get(owner)
        told = self.adjectives.get(owner, self.name(owner))
        adjective = named.demonyms[0] if named and named.demonyms else told
        self.nameless.add(slug(f"{owner}-{label}"))
        return self.make(
            Entity(
                id=slug(f"{owner}-{label}"),
                name=f"{adjective} {label}",
                kind=kind,
                sectors=sectors,
                code=self.code(owner),
                part_of=owner,
            )
        )

    def following(self, person: str, word: str) -> str:
        """Return the id of those who follow a person: 'Doru's supporters'."""
        name = f"{self.name(person)}'s {word}"
        self.nameless.add(slug(name))
        return self.make(
            Entity(id=slug(name), name=name, kind=Kind.GROUP, sectors=("CVL",), code=self.code(person), part_of=person)
        )

    def speaks_for(self, identity: str) -> str | None:
        """Return the institution that a person is the spokesperson of, by the text or the roster, or None."""
        known = self.people.get(identity)
        if known is not None and known.titles & self.rulebook.words("spokesperson_words"):
            return min(known.owners, default=None) or min(known.masters, default=None) or self._body_of(known)
        if known is not None and known.titles:
            return None
        actor = self.rulebook.roster.get(identity)
        held = (o.of for o in actor.offices if o.title == "spokesperson" and o.held_on(self.day)) if actor else ()
        owner = next(iter(held), None)
        return self.admit(owner) if owner is not None else None

    def _body_of(self, known: Person) -> str | None:
        """Return whom a spokesperson without a named owner speaks for: 'government spokesman', 'the army's spokesman'."""
        for word in sorted(known.bodies):
            agent = next((a for a in self.rulebook.agents if word in a.words), None)
            if agent is None or agent.label == "munitions":
                continue
            if agent.makes == "owner":
                return self.home
            if agent.makes == "force" and self.home is not None:
                return self.force(self.home)
            several = next((form for form in (f"{word}s", word) if form in agent.words), word)
            return self.body(None, several, agent.kind, agent.sectors)
        return None

    def stands_for(self, identity: str) -> str:
        """Return the state whose ministry or seat of government an entity is ('the Kremlin'), else the entity itself."""
        actor = self.rulebook.roster.get(identity)
        if actor is None or actor.kind is not Kind.GROUP or actor.sectors != ("GOV",):
            return identity
        if set(actor.name.lower().split()) & _OWN_BODIES:
            return identity
        owner = next((link.of for link in actor.affiliations if link.title == "part_of"), None)
        known = owner is not None and self.rulebook.roster[owner].kind is Kind.STATE
        return self.admit(owner) if owner is not None and known else identity

    def side_of(self, identity: str) -> str | None:
        """Return the state or group that a person speaks for: by office on the report's day, else by the text, or None.

        Heads of states speak for themselves (docs/coding-conventions.md).
        """
        if self.kind(identity) is not Kind.PERSON:
            return None
        spoken = self.speaks_for(identity)
        if spoken is not None:
            return spoken
        actor = self.rulebook.roster.get(identity)
        held = [o for o in actor.offices if o.held_on(self.day)] if actor else []
        if any(o.title in _HEADS and self.rulebook.roster[o.of].kind is Kind.STATE for o in held):
            return None
        if held:
            return self.admit(held[0].of)
        known = self.people.get(identity)
        owner = min(known.owners, default=None) if known is not None else None
        heads = known is not None and bool(known.titles & _HEADS)
        return None if owner is not None and heads and self.kind(owner) is Kind.STATE else owner

    def camp_of(self, identity: str) -> str | None:
        """Return whose a person's 'we', 'our' and 'his party' are: his side, or the state that he heads."""
        side = self.side_of(identity)
        if side is not None and self.kind(side) is Kind.PERSON:
            return self.camp_of(side) if side != identity else side
        if side is not None or self.kind(identity) is not Kind.PERSON:
            return side
        actor = self.rulebook.roster.get(identity)
        held = [o.of for o in actor.offices if o.held_on(self.day) and o.title in _HEADS] if actor else []
        known = self.people.get(identity)
        owner = held[0] if held else min(known.owners, default=None) if known is not None else None
        return self.admit(owner) if owner is not None and owner in self.rulebook.roster else owner

    def only_rebels(self) -> str | None:
        """Return the one armed group with a name that the report has, or None where it has none or several."""
        armed = [i for i in self.counts if self.kind(i) is Kind.ARMED_GROUP and {"REB", "PTY"} >= set(self.sectors(i))]
        if len(armed) != 1:
            return None
        before = takewhile(lambda i: i != armed[0], self.counts)  # in the order in which they are first named
        unknown = (i for i in before if self.kind(i) is Kind.GROUP and i not in self.rulebook.roster)
        others = (i for i in unknown if self.name(i).lower().split()[-1] in _MAY_FIGHT)
        return None if any(self.counts[i] >= 2 * self.counts[armed[0]] for i in others) else armed[0]

    def merge(self, parts: Collection[str], whole: str) -> None:
        """Give an entity the mentions of others, who then are no entities of the report."""
        gone = frozenset(parts)
        for identity in parts:
            self._drafts[whole].mentions += self._drafts.pop(identity).mentions
            self.nameless.discard(identity)
        for draft in self._drafts.values():
            draft.part_of = whole if draft.part_of in gone else draft.part_of
        for person in self.people.values():
            for served in (person.owners, person.masters):
                if not gone.isdisjoint(served):
                    served -= gone
                    served.add(whole)

    def move_mention(self, parts: Iterable[str], whole: str, end: int) -> None:
        """Give an entity the mention of others that ends there."""
        for identity in parts:
            moved = [mention for mention in self._drafts[identity].mentions if mention.end == end]
            self._drafts[whole].mentions += moved
            self._drafts[identity].mentions = [m for m in self._drafts[identity].mentions if m.end != end]

    def organised_as(self, word: str) -> str | None:
        """Return the one organisation whose name has the word with a capital ('the Mission' of a United Nations Mission)."""
        bearers = [
            i for i, draft in self._drafts.items() if draft.kind in _ORGANISATIONS and word in draft.name.split()
        ]
        return bearers[0] if len(bearers) == 1 else None

    def acted(self, identity: str) -> bool:
        """Return whether the report has a name act or own something, as towns seldom do."""
        return identity in self.acting

    def states(self) -> tuple[str, ...]:
        """Return the states that the report has named so far."""
        return tuple(i for i, draft in self._drafts.items() if draft.kind is Kind.STATE)

    def is_weapon(self, identity: str) -> bool:
        """Return whether a nameless body is a thing that fights ('drones', 'warships')."""
        name = self.name(identity)
        return any(name in agent.words for agent in self.rulebook.agents if agent.label == "weapons")

    def force(self, owner: str) -> str:
        """Return the armed forces of an owner: a state's own entry, or a group itself."""
        armed = f"{owner}-armed-forces"
        if armed in self.rulebook.roster:
            return self.admit(armed)
        if self.kind(owner) is Kind.STATE:
            return self.body(owner, "armed forces", Kind.GROUP, ("MIL",))
        return owner

    def settle_home(self, named: Iterable[str], hints: Mapping[str, int]) -> None:
        """Choose the report's own country: the state that its names, and their countries, point to most often.

        Who mediates or hosts counts little; hints are how often a name is spoken of as of a country.
        """
        weights: dict[str, float] = {}
        for identity in named:
            self.counts[identity] = self.counts.get(identity, 0) + 1
            draft = self._drafts[identity]
            state = self._state_of(draft, hints)
            if state is not None:
                weights[state] = weights.get(state, 0.0) + (_HOSTING if state in self.third else self._pull(draft))
        for identity in hints:
            if identity in weights:
                weights[identity] += _SPOKEN_OF * hints[identity]
        if weights:
            self.home = max(sorted(weights), key=lambda state: weights[state])
            if self.home in self.rulebook.roster:
                self.admit(self.home)
            self.learn(self.home, kind=Kind.STATE, sectors=("GOV",))

    def _state_of(self, draft: _Draft, hints: Mapping[str, int]) -> str | None:
        """Return the state that a name is, or that it belongs to by its country or by what the text says of a person."""
        if draft.kind is Kind.STATE or draft.id in hints:
            return draft.id
        known = self.people.get(draft.id)
        served = sorted(known.owners) if known is not None and not draft.roster else ()
        owner = next((i for i in served if self._drafts[i].kind is Kind.STATE), None)
        return owner or self.rulebook.states.get(draft.code or "")

    def _pull(self, draft: _Draft) -> float:
        """How strongly a name points to its country."""
        if draft.id in self.third:
            return _HOSTING
        if draft.kind in (Kind.ARMED_GROUP, Kind.GOVERNMENT):
            return 1.5
        return 1.0 if draft.kind is Kind.STATE else 0.7

    def main_code(self) -> str | None:
        """Return the country code of the report's own country, or None."""
        return self._drafts[self.home].code if self.home is not None else None

    def entities(self) -> tuple[Entity, ...]:
        """Return all entities that were mentioned, in the order of first mention."""
        drafts = [draft for draft in self._drafts.values()]
        order = {draft.id: (draft.mentions[0].start if draft.mentions else 10**9, draft.id) for draft in drafts}
        return tuple(
            Entity(
                id=draft.id,
                name=draft.name,
                kind=draft.kind,
                code=draft.code,
                sectors=draft.sectors,
                roster=draft.roster,
                part_of=draft.part_of,
                mentions=tuple(sorted(draft.mentions, key=lambda m: (m.start, m.end))),
            )
            for draft in sorted(drafts, key=lambda d: order[d.id])
        )
