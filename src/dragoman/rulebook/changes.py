"""What two rulebooks differ in, as words: a report that has none of them reads the same by both.

What reads the same need not be read again (corpus/recode.py). So the difference may be told too large, never too small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dragoman.model import Kind
from dragoman.rulebook.spelling import fold
from dragoman.rulebook.types import Actor, Frame, Rulebook, Test

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameChange:
    """Two forms of one frame, or a frame that is new or gone. ``any``: the words in which alone the two differ, or None."""

    frames: tuple[Frame, ...]
    any: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a report must have for two rulebooks to read it differently.

    ``words`` are dictionary forms, ``phrases`` several of them together, ``stems`` beginnings of words, ``names`` folded words of
    names, ``frames`` the frames that differ: each may touch a report alone. ``whole`` is why every report may be touched, or None.
    """

    words: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    frames: tuple[FrameChange, ...] = ()
    whole: str | None = None

    def __bool__(self) -> bool:
        """Return whether there is any difference at all."""
        return bool(self.words or self.phrases or self.stems or self.names or self.frames or self.whole)


def change_of(old: Rulebook, new: Rulebook) -> Change:
    """Return what differs from one rulebook to another."""
    if old.digest == new.digest:
        return Change()
    frames = tuple(_frames(old, new))
    words, stems = _parted(_process_words(old, new))
    words |= frozenset(
        word.lower() for group in (_lists, _vocabulary, _cues, _agents, _titles) for word in group(old, new)
    )
    return Change(
        words=frozenset(word for word in words if " " not in word),
        phrases=frozenset(word for word in words if " " in word),
        stems=stems,
        names=frozenset(_names(old.roster, new.roster)),
        frames=frames,
        whole="frames stand in another order" if _reordered(old, new) else None,
    )


# -- frames


def _frames(old: Rulebook, new: Rulebook) -> Iterator[FrameChange]:
    before, after = _by_id(old), _by_id(new)
    for identity in sorted(before.keys() | after.keys()):
        one, other = before.get(identity), after.get(identity)
        if one is None or other is None:
            yield FrameChange(frames=tuple(each for each in (one, other) if each is not None))
        elif one != other:
            yield FrameChange(frames=(one, other), any=_only_words(one, other))


def _by_id(rulebook: Rulebook) -> dict[str, Frame]:
    return {frame.id: replace(frame, says=(), never=(), place="") for frame in rulebook.frames}


def _reordered(old: Rulebook, new: Rulebook) -> bool:
    """Return whether frames of both stand in another order: among equals the first one fires."""
    shared = {frame.id for frame in old.frames} & {frame.id for frame in new.frames}
    first, second = ([frame.id for frame in book.frames if frame.id in shared] for book in (old, new))
    return first != second


def _only_words(one: Frame, other: Frame) -> frozenset[str] | None:
    """Return the words of tests in which alone two forms of a frame differ; None where they differ in more."""
    if _without_words(one) != _without_words(other):
        return None
    pairs = zip((*one.tests, *one.unless), (*other.tests, *other.unless), strict=True)
    return frozenset(word for a, b in pairs for word in a.words ^ b.words)


def _without_words(frame: Frame) -> Frame:
    def bare(tests: tuple[Test, ...]) -> tuple[Test, ...]:
        return tuple(replace(test, words=frozenset({"*"} if test.words else ())) for test in tests)

    return replace(frame, tests=bare(frame.tests), unless=bare(frame.unless))


# -- words


def _lists(old: Rulebook, new: Rulebook) -> Iterator[str]:
    for name in old.lists.keys() | new.lists.keys():
        yield from old.lists.get(name, frozenset()) ^ new.lists.get(name, frozenset())


def _vocabulary(old: Rulebook, new: Rulebook) -> frozenset[str]:
    """Return the verbs and nouns that only one of them knows: such a word makes a clause of its own."""
    first, second = (
        {pattern.lemma for frame in book.frames for pattern in (*frame.verbs, *frame.nouns)} for book in (old, new)
    )
    return frozenset(first ^ second)


def _cues(old: Rulebook, new: Rulebook) -> Iterator[str]:
    for cue in _differing(old.cues, new.cues):
        yield from (" ".join((pattern.lemma, *pattern.rest)) for pattern in (*cue.words, *cue.exceptions))


def _agents(old: Rulebook, new: Rulebook) -> Iterator[str]:
    for agent in _differing(old.agents, new.agents):
        yield from agent.words


def _differing(old: Iterable[Any], new: Iterable[Any]) -> list[Any]:
    """Return what stands in one of them alone."""
    first, second = list(old), list(new)
    return [each for each in first if each not in second] + [each for each in second if each not in first]


def _titles(old: Rulebook, new: Rulebook) -> Iterator[str]:
    for title, meaning in old.titles.items() ^ new.titles.items():
        yield from (title, meaning)


def _process_words(old: Rulebook, new: Rulebook) -> Iterator[str]:
    for name in old.process.keys() | new.process.keys():
        yield from frozenset(old.process.get(name, ())) ^ frozenset(new.process.get(name, ()))


def _parted(entries: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return words (or several together) and stems of record words: with '*' or '-' any part of an entry is looked for as a stem."""
    words: set[str] = set()
    stems: set[str] = set()
    for entry in entries:
        if "*" in entry or "-" in entry:
            stems |= {part.rstrip("*") for part in re.split(r"[\s-]+", entry.lower())}
        else:
            words.add(entry.lower())
    return frozenset(words - {""}), frozenset(stems - {""})


# -- names


def _names(old: Mapping[str, Actor], new: Mapping[str, Actor]) -> Iterator[str]:
    """Yield words of the names by which a report may come to somebody who differs.

    Those are the names of whom they hold or held an office of, of whom they belong to, and of the state that they are of, too.
    """
    changed = {i for i in old.keys() | new.keys() if old.get(i) != new.get(i)}
    for book in (old, new):
        states = {actor.code: i for i, actor in book.items() if actor.kind is Kind.STATE and actor.code}
        for identity in changed & book.keys():
            for each in {identity, *_linked(book[identity], states)} & book.keys():
                yield from _name_words(book[each])


def _linked(actor: Actor, states: Mapping[str, str]) -> Iterator[str]:
    yield from (office.of for office in (*actor.offices, *actor.affiliations))
    if actor.code is not None and actor.code in states:
        yield states[actor.code]


def _name_words(actor: Actor) -> Iterator[str]:
    """Yield of each name the words that stand for it: all of a person's, else the longest."""
    names = (actor.name, *actor.aliases, *actor.demonyms, *(seat.name for seat in actor.seats))
    for name in names:
        found = _WORD.findall(fold(name))
        yield from (
            word.lower() for word in (found if actor.kind is Kind.PERSON else [max(found, key=len)] if found else [])
        )
