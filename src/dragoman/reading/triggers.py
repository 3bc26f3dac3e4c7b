"""Rulebook -> what a text must have, in words, so that a frame can fire: a necessary condition, never a sufficient one.

A frame needs an inflected form of one of its verbs or nouns with the words of its pattern, and for each test of a role that
lists only words at least one of these words. A test that kinds (#actor) or anything may meet is no condition
beyond the preposition that its role is named after. Words that a contraction hides are read from it (``plain``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dragoman.reading.events import noun_pattern
from dragoman.rulebook.codes import PREPOSITIONS
from dragoman.rulebook.spelling import fold
from dragoman.rulebook.types import Frame, Rulebook, Test

BITS = re.compile(r"[^\W_]+")
_ALWAYS = frozenset({"say"})  # the dash of 'Rebels broke truce - army' says so
_NEGATIONS = frozenset("not no never neither nor nobody none nothing".split())
# lists of process.toml whose words name what a record is of: their sentences are read for records without a frame
_RECORD_LISTS = (
    "talks",
    "told_talks",
    "truces",
    "truce_names",
    "document_heads",
    "bodies",
    "people_bodies",
    "violations",
)
# roles that are filled only where their preposition stands in the text
_LINKS = PREPOSITIONS - {"as", "to", "from", "of", "by", "in"}
STEM = "*"
QUOTED = '"'  # a quotation mark or a colon
EVERYWHERE = ""  # a word that every text has
_Groups = tuple[frozenset[frozenset[str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What must stand in a text beside a frame's verb or noun: all of ``words``, and one item of each of ``groups``.

    An item is a set of words that must all be there: 'exchange of fire' is {exchange, fire}.
    """

    words: frozenset[str] = frozenset()
    groups: _Groups = ()

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
        for entry in rulebook.process.get(name, ()):
            _put(*_of_words(entry), free, needs)
    _put("deny", Need(), free, needs)
    for word in rulebook.words("denying_words") | rulebook.words("dismissing_words"):
        _put(*_of_words(word), free, needs)
    kept = {key: _least(found) for key, found in needs.items() if key not in free}
    looked = {
        w for found in kept.values() for n in found for w in (*n.words, *(w for g in n.groups for i in g for w in i))
    }
    words = frozenset(free | kept.keys() | looked)
    stems = tuple(sorted(word for word in words if word.endswith(STEM)))
    return Triggers(free=frozenset(free), needs=kept, stems=stems, words=words)


def _put(key: str, need: Need, free: set[str], needs: dict[str, set[Need]]) -> None:
    if need == Need():
        free.add(key)
    else:
        needs.setdefault(key, set()).add(need)


def _of_frame(frame: Frame) -> Iterator[tuple[str, Need]]:
    """Yield for each verb and noun of a frame the word that wakes it and what must stand with it."""
    groups = (*(group for test in frame.tests if (group := _group(test)) is not None), *_mood(frame))
    links = frozenset(part for test in frame.tests for part in test.role.split(".")) & _LINKS
    if any(test.kinds == {"#infinitive"} and not test.words for test in frame.tests):
        links |= {"to"}
    patterns = (*frame.verbs, *(noun_pattern(noun) for noun in frame.nouns))
    for pattern in patterns:
        yield from _with_groups(links.union(_content(pattern.lemma), *map(_content, pattern.rest)), groups)
    if frame.any_verb:
        yield from _with_groups(links, groups)


def _mood(frame: Frame) -> _Groups:
    """Return what a frame's modal verb and negation ask of a text: 'must' itself; what is bidden stands in quotation marks."""
    asked = frame.manner
    if asked is None:
        return ()
    wanted = frozenset[str]() if "*" in asked.modal else asked.modal
    modals = frozenset(frozenset({QUOTED if modal == "bid" else modal}) for modal in wanted)
    # the 'to' of a heading, and 'is due to', are read as 'will'
    modals |= {frozenset({"to"})} if "will" in wanted else set()
    denials = frozenset(frozenset({word}) for word in _NEGATIONS) if asked.negated else frozenset()
    return tuple(group for group in (modals, denials) if group)


def _with_groups(words: frozenset[str], groups: _Groups) -> Iterator[tuple[str, Need]]:
    """Yield the conditions of words and groups; where all words are everywhere, a group's words wake the frame."""
    told = words - _ALWAYS - PREPOSITIONS
    if told:
        key = max(told, key=lambda word: (len(word), word))
        yield key, Need(words=words - {key}, groups=groups)
    elif groups:
        smallest = min(groups, key=lambda group: (len(group), sorted(map(sorted, group))))
        for item in sorted(smallest, key=sorted):
            yield from _with_groups(words | item, tuple(group for group in groups if group is not smallest))
    else:
        yield min(words, default=EVERYWHERE), Need(words=words)


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
    key, *rest = sorted(found, key=len, reverse=True) or [EVERYWHERE]
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
