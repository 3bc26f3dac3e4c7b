"""Rulebook -> what a text must have, in words, so that a frame can fire: a necessary condition, never a sufficient one.

A frame needs an inflected form of one of its verbs or nouns with the words of its pattern, and for each test of a role that
lists only words at least one of these words. A test that kinds (#actor) or anything may meet is no condition; nor are
prepositions and auxiliaries, which the clauses may have under another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.reading.events import noun_pattern
from dragoman.rulebook.codes import PREPOSITIONS
from dragoman.rulebook.spelling import fold
from dragoman.rulebook.types import Frame, Pattern, Rulebook, Test

BITS = re.compile(r"[^\W_]+")
# a contraction or the mending of a tree makes these without their letters: "'s", "n't", the dash of 'broke truce - army'
_ALWAYS = frozenset("be have do will would shall can not say".split()) | PREPOSITIONS
# lists of process.toml whose words name what a record is of: their sentences are read for records without a frame
_RECORD_LISTS = ("talks", "told_talks", "truces", "truce_names", "document_heads", "bodies", "people_bodies", "violations")
STEM = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What must stand in a text beside a frame's verb or noun: all of ``words``, and one item of each of ``groups``.

    An item is a set of words that must all be there: 'exchange of fire' is {exchange, fire}.
    """

    words: frozenset[str] = frozenset()
    groups: tuple[frozenset[frozenset[str]], ...] = ()

    def met(self, words: frozenset[str]) -> bool:
        """Return whether a text of these dictionary forms has what is needed."""
        return self.words <= words and all(any(item <= words for item in group) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggers:
    """The words that can wake a frame or name a record's matter: ``free`` alone, those of ``needs`` with others beside them.

    ``stems`` are beginnings of words (with ``*``), ``words`` all dictionary forms that any condition looks at.
    """

    free: frozenset[str]
    needs: Mapping[str, tuple[Need, ...]]
    stems: tuple[str, ...]
    words: frozenset[str]

    def met(self, words: frozenset[str]) -> bool:
        """Return whether a text of these dictionary forms can make a claim or a record."""
        if not self.free.isdisjoint(words):
            return True
        return any(need.met(words) for word in words & self.needs.keys() for need in self.needs[word])


def bits(text: str) -> tuple[str, ...]:
    """Return the runs of letters and figures of a text, folded, in small letters.

    >>> bits("Counter-attack on the U.S."), bits("Erdoğan’s")
    (('counter', 'attack', 'on', 'the', 'u', 's'), ('erdogan', 's'))
    """
    return tuple(BITS.findall(fold(text).lower()))


def triggers(rulebook: Rulebook) -> Triggers:
    """Return the necessary conditions of a rulebook's frames and records."""
    free: set[str] = set()
    needs: dict[str, set[Need]] = {}
    for frame in rulebook.frames:
        if not frame.silent:
            for key, need in _of_frame(frame):
                _put(key, need, free, needs)
    for name in _RECORD_LISTS:
        for words in rulebook.process.get(name, ()):
            _put(*_of_words(words), free, needs)
    _put("deny", Need(), free, needs)
    for word in rulebook.words("denying_words") | rulebook.words("dismissing_words"):
        _put(*_of_words(word), free, needs)
    kept = {key: _least(found) for key, found in needs.items() if key not in free}
    looked = {w for found in kept.values() for n in found for w in (*n.words, *(w for g in n.groups for i in g for w in i))}
    words = frozenset(free | kept.keys() | looked)
    stems = tuple(sorted(word for word in words if word.endswith(STEM)))
    return Triggers(free=frozenset(free), needs=kept, stems=stems, words=words)


def _put(key: str, need: Need, free: set[str], needs: dict[str, set[Need]]) -> None:
    if need == Need():
        free.add(key)
    else:
        needs.setdefault(key, set()).add(need)


def _of_frame(frame: Frame) -> Iterable[tuple[str, Need]]:
    """Yield for each verb and noun of a frame the word that wakes it and what must stand with it."""
    groups = tuple(group for test in frame.tests if (group := _group(test)) is not None)
    patterns = (*frame.verbs, *(noun_pattern(noun) for noun in frame.nouns))
    for pattern in patterns:
        yield _of_pattern(pattern, groups)
    if frame.any_verb:
        # any verb will do: the first test's words wake it
        for item in next(iter(groups), ()):
            key, *rest = sorted(item)
            yield key, Need(words=frozenset(rest), groups=groups[1:])


def _of_pattern(pattern: Pattern, groups: tuple[frozenset[frozenset[str]], ...]) -> tuple[str, Need]:
    key, *rest = sorted(_content(pattern.lemma) or bits(pattern.lemma), key=len, reverse=True)
    words = frozenset(rest).union(*(_content(word) for word in pattern.rest))
    return key, Need(words=words - {key}, groups=groups)


def _group(test: Test) -> frozenset[frozenset[str]] | None:
    """Return the items of which a test needs one, or None where it may be met without any word."""
    if test.kinds or test.anything:
        return None
    items = frozenset(_content(word) for word in test.words)
    return None if frozenset() in items else items


def _content(words: str) -> frozenset[str]:
    return frozenset(bits(words)) - _ALWAYS


def _of_words(words: str) -> tuple[str, Need]:
    """Return the condition of the words of a list of process.toml, in which '*' ends a stem or stands for a word."""
    found = {bit for word in words.split() if word != STEM for bit in _stemmed(word)} - _ALWAYS
    key, *rest = sorted(found, key=len, reverse=True)
    return key, Need(words=frozenset(rest))


def _stemmed(word: str) -> tuple[str, ...]:
    parts = bits(word)
    return (*parts[:-1], parts[-1] + STEM) if word.endswith(STEM) else parts


def _least(found: Iterable[Need]) -> tuple[Need, ...]:
    """Return the conditions without those that another makes needless, the easiest first."""
    kept: list[Need] = []
    for need in sorted(found, key=lambda n: (len(n.groups), len(n.words), sorted(n.words), _named(n))):
        if not any(one.words <= need.words and set(one.groups) <= set(need.groups) for one in kept):
            kept.append(need)
    return tuple(kept)


def _named(need: Need) -> str:
    return repr([sorted(sorted(item) for item in group) for group in need.groups])
