"""Names of the roster in a text, by automaton: accents, apostrophes and al-/el- spellings folded, case kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick_rs

from dragoman.model import Kind
from dragoman.rulebook.spelling import fold as fold
from dragoman.rulebook.spelling import forms
from dragoman.rulebook.types import Actor

_BACKED = re.compile(r"-(backed|supported|allied|aligned)\b")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A roster name in a text: offsets, the ids it may mean, and how (name, acronym, demonym, seat)."""

    start: int
    end: int
    ids: tuple[str, ...]
    how: str


class NameIndex:
    """All names, demonyms and seats of a roster in one automaton (built per process, it does not pickle)."""

    def __init__(self, roster: Mapping[str, Actor]) -> None:
        known: dict[str, dict[str, str]] = {}
        for actor in roster.values():
            for name, how in _names_of(actor):
                for form in forms(name):
                    known.setdefault(form, {}).setdefault(actor.id, how)
        self._names = sorted(known)
        self.names = tuple(self._names)
        self._meaning = [known[name] for name in self._names]
        self._automaton = ahocorasick_rs.AhoCorasick(self._names, matchkind=ahocorasick_rs.MatchKind.Standard)
        self.by_surname = _surnames(roster.values())
        self.shared = _shared(roster.values())

    def find(self, text: str) -> tuple[Hit, ...]:
        """Return the longest names that stand as whole words, without overlap, in text order."""
        folded = fold(text)
        raw = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        whole = [(start, end, number) for number, start, end in raw if _whole(folded, start, end)]
        whole.sort(key=lambda item: (item[0], -item[1]))
        hits: list[Hit] = []
        for start, end, number in whole:
            if hits and start < hits[-1].end:
                continue
            meaning = self._meaning[number]
            hits.append(Hit(start=start, end=end, ids=tuple(sorted(meaning)), how=next(iter(meaning.values()))))
        return tuple(hits)


def _whole(text: str, start: int, end: int) -> bool:
    before = start == 0 or not _WORD.match(text[start - 1])
    after = end == len(text) or not _WORD.match(text[end])
    return before and after


def _names_of(actor: Actor) -> Iterable[tuple[str, str]]:
    yield actor.name, "name"
    for alias in actor.aliases:
        if _BACKED.search(alias):
            continue
        yield alias, "acronym" if alias.isupper() else "name"
    for demonym in actor.demonyms:
        yield demonym, "demonym"
    for seat in actor.seats:
        yield seat.name, "seat"


def surname(name: str) -> str:
    """Return the part of a person's name that the press uses alone.

    >>> surname("Fayez al-Sarraj"), surname("Abdel Fattah el-Sisi")
    ('al-Sarraj', 'el-Sisi')
    """
    words = name.split()
    if len(words) > 2 and words[-2].lower() in (
        "al",
        "el",
        "bin",
        "ben",
        "abu",
        "van",
        "von",
        "de",
        "le",
        "ould",
    ):
        return " ".join(words[-2:])
    return words[-1]


def bare(name: str) -> str:
    """Return a surname folded, lower case, without its article.

    >>> bare("al-Sarraj"), bare("El Sisi")
    ('sarraj', 'sisi')
    """
    lowered = fold(name).lower()
    return re.sub(r"^(al|el|as|ar|ad|az|an)[- ]", "", lowered)


def _shared(actors: Iterable[Actor]) -> dict[str, tuple[str, ...]]:
    """Return the plurals of names that two states share: 'Koreas', 'Sudans', 'Congos'."""
    found: dict[str, list[str]] = {}
    for actor in actors:
        if actor.kind is Kind.STATE and actor.end is None:
            found.setdefault(actor.name.split()[-1] + "s", []).append(actor.id)
    return {plural: tuple(sorted(ids)) for plural, ids in found.items() if len(ids) == 2}


def _surnames(actors: Iterable[Actor]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for actor in actors:
        if actor.kind is Kind.PERSON:
            for name in (actor.name, *actor.aliases):
                ids = found.setdefault(bare(surname(name)), [])
                if actor.id not in ids:
                    ids.append(actor.id)
    return {key: tuple(ids) for key, ids in found.items()}
