"""What ties an entity to a report: a name, an office, a link of the roster, or the words that describe it.

The text itself is asked, and not the reading's mentions: so a ledger, which keeps none, is proved in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from dragoman.model import Entity, Kind, Report
from dragoman.reading.names import bare, fold, surname
from dragoman.rulebook.spelling import forms
from dragoman.rulebook.types import Actor, Office, Rulebook

_FAR = 2  # links of the roster: a spokesman, his ministry, its state
_ALIKE = 6  # letters: 'protesters' of 'protests'
_SHOUTED = 4  # letters: a shorter name in capitals may be another word ('US')
_WORD = re.compile(r"\w+")
_LEADING = frozenset(
    {"president", "prime minister", "chancellor", "king", "emir", "sultan", "supreme leader", "monarch"}
)
_NAMING = frozenset("the a an of and for in on to at by from with".split())


class Tie(StrEnum):
    """By what a report's text has an entity."""

    NAME = "name"  # a name, alias, acronym, demonym, seat or surname of it stands in the text
    OFFICE = (
        "office"  # the title of an office that it held on the report's day stands there, and whose office it is, too
    )
    LINK = "link"  # somebody with a tie holds an office of it or belongs to it; or it, being no person, belongs to such a one
    WORDS = "words"  # no list knows it: words of its own description stand there


class Ties:
    """The names of a rulebook's roster, to ask what ties an entity to a report."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._roster = rulebook.roster
        self._titles = rulebook.titles
        self._labels: dict[str, set[str]] = {}
        for agent in rulebook.agents:
            if agent.label is not None:
                self._labels.setdefault(agent.label, set()).update(agent.words)
        self._forms: dict[str, frozenset[str]] = {}

    def of(self, report: Report) -> ReportTies:
        """Return the ties of one report."""
        return ReportTies(self, report)

    def actor(self, identity: str) -> Actor | None:
        """Return an entry of the roster, or None."""
        return self._roster.get(identity)

    def names(self, identity: str, name: str) -> frozenset[str]:
        """Return the spellings of all names of an entity; ``name`` where the roster does not know it."""
        found = self._forms.get(identity)
        if found is None:
            actor = self._roster.get(identity)
            if actor is None:
                return frozenset(forms(name))
            found = self._forms[identity] = frozenset(form for each in _names(actor) for form in forms(each))
        return found

    def links(self, identity: str, day: date | None) -> Iterator[Office]:
        """Yield the offices that an entity held on a day, and what it belongs to."""
        actor = self._roster.get(identity)
        if actor is not None:
            yield from (office for office in (*actor.offices, *actor.affiliations) if office.held_on(day))

    def title_words(self, title: str) -> Iterator[str]:
        """Yield the words that stand for a title of an office."""
        yield title.replace("_", " ")
        yield from (word for word, meant in self._titles.items() if meant == title)
        if title in _LEADING:
            yield "leader"

    def called(self, label: str) -> frozenset[str]:
        """Return the common nouns that make a body of that label."""
        return frozenset(self._labels.get(label, ()))


class ReportTies:
    """The ties of one report's entities, each looked up once."""

    def __init__(self, ties: Ties, report: Report) -> None:
        self._ties = ties
        self._text = fold(report.text)
        self._day = report.published
        self._named: dict[str, bool] = {}

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_stem(word) for word in _WORD.findall(self._text.lower()))

    def tie(self, entity: Entity, others: Mapping[str, Entity]) -> Tie | None:
        """Return by what the text has an entity, or None; ``others`` are the entities of the report."""
        if self.named(entity.id, entity.name):
            return Tie.NAME
        if self._in_office(entity.id):
            return Tie.OFFICE
        if self._linked(entity, others, _FAR):
            return Tie.LINK
        return Tie.WORDS if not entity.roster and self._described(entity) else None

    def named(self, identity: str, name: str) -> bool:
        """Return whether a name of an entity stands in the text as whole words."""
        found = self._named.get(identity)
        if found is None:
            found = self._named[identity] = any(self._has(each) for each in self._ties.names(identity, name))
            actor = self._ties.actor(identity)
            if not found and actor is not None and actor.kind is Kind.PERSON:
                found = self._named[identity] = self._has_surname(actor)
        return found

    def _has(self, name: str) -> bool:
        spelt = (name, name.upper(), name[:1].upper() + name[1:]) if len(name) >= _SHOUTED else (name,)
        return any(self._stands(each) for each in dict.fromkeys(spelt))

    def _stands(self, words: str) -> bool:
        start = self._text.find(words)
        while start >= 0:
            end = start + len(words)
            before, after = self._text[max(0, start - 1) : start], self._text[end : end + 1]
            if not before.isalnum() and not after.isalnum():
                return True
            start = self._text.find(words, start + 1)
        return False

    def _has_surname(self, actor: Actor) -> bool:
        spoken = {bare(surname(each)) for each in (actor.name, *actor.aliases)} | {bare(actor.name.split()[0])}
        return any(_stem(word) in self._words for each in spoken for word in _WORD.findall(each) if len(word) > 1)

    def _in_office(self, identity: str) -> bool:
        """Return whether the text has the title of an office of somebody, and whose office it is."""
        return any(
            self._owner_named(office.of) and any(self._says(word) for word in self._ties.title_words(office.title))
            for office in self._ties.links(identity, self._day)
        )

    def _owner_named(self, identity: str) -> bool:
        actor = self._ties.actor(identity)
        return actor is not None and self.named(identity, actor.name)

    def _linked(self, entity: Entity, others: Mapping[str, Entity], far: int) -> bool:
        """Return whether a link leads from an entity to one that the text names, or from there to it."""
        person = entity.kind is Kind.PERSON  # a state that is named brings none of its ministers in
        above = set() if person else {office.of for office in self._ties.links(entity.id, self._day)}
        if entity.part_of is not None:
            above.add(entity.part_of)
        below = (i for i in others if any(office.of == entity.id for office in self._ties.links(i, self._day)))
        for identity in sorted({*above, *below}):
            other = others.get(identity)
            actor = self._ties.actor(identity)
            name = other.name if other is not None else actor.name if actor is not None else None
            if name is not None and self.named(identity, name):
                return True
            if far > 1 and other is not None and self._linked(other, others, far - 1):
                return True
        return False

    def _described(self, entity: Entity) -> bool:
        """Return whether a word of an entity's description, or a noun that makes such a body, stands in the text."""
        own = [_stem(word)[:_ALIKE] for word in _WORD.findall(fold(entity.name).lower()) if word not in _NAMING]
        if any(word.startswith(tuple(own)) for word in self._words):
            return True
        return any(self._says(word) for name in (entity.name, _stem(entity.name)) for word in self._ties.called(name))

    def _says(self, words: str) -> bool:
        return all(_stem(word) in self._words for word in _WORD.findall(words.lower()))


def _names(actor: Actor) -> Iterator[str]:
    yield actor.name
    yield from actor.aliases
    for demonym in actor.demonyms:
        yield from (demonym, f"{demonym}s")
    yield from (seat.name for seat in actor.seats)


def _stem(word: str) -> str:
    """Return a word without the ending of a plural.

    >>> _stem("ministries"), _stem("forces")
    ('ministry', 'force')
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
