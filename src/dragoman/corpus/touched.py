"""Which reports a change of rules can touch: those that have the words of it. All others read as they did.

A report is kept with all dictionary forms that its words may have; a change is told by words (rulebook/changes.py). Too many
reports may be found, never too few: tests code samples by changed rulebooks both ways and compare the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set

from dragoman.reading.parse import Sentence
from dragoman.rulebook.changes import Change, FrameChange
from dragoman.rulebook.codes import PREPOSITIONS
from dragoman.rulebook.spelling import fold
from dragoman.rulebook.types import Frame, Pattern, Test

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
Forms = Callable[[str], Set[str]]


def words_of(text: str, sentences: Iterable[Sentence], forms: Forms) -> frozenset[str]:
    """Return the words of a report in lower case: as they stand, folded, their parts, and all dictionary forms of them.

    ``forms`` gives the dictionary forms of one word; those that the sentences were read with are among them.
    """
    found: set[str] = set()
    for token in {*_TOKEN.findall(text), *_TOKEN.findall(fold(text))}:
        lower = token.lower()
        parts = _PART.findall(lower)
        found |= {lower, "".join(parts), *parts}
        for part in {lower, parts[-1]}:
            found |= forms(part)
    for sentence in sentences:
        for lemma in sentence.lemmas:
            found |= {lemma.lower(), *_PART.findall(lemma.lower())}
    return frozenset(found)


def is_touched(words: Set[str], change: Change) -> bool:
    """Return whether a report with these words may read differently after a change."""
    return (
        change.whole is not None
        or not words.isdisjoint(change.words)
        or not words.isdisjoint(change.names)
        or any(_has(words, phrase) for phrase in change.phrases)
        or any(_may_fire(each, words) for each in change.frames)
        or _has_stem(words, change.stems)
    )


def _has_stem(words: Set[str], stems: Set[str]) -> bool:
    beginnings = tuple(stems)
    return any(word.startswith(beginnings) for word in words)


def _may_fire(change: FrameChange, words: Set[str]) -> bool:
    """Return whether a form of a changed frame could fire on some clause of the report, by its words alone."""
    if change.any is not None and not any(_has(words, word) for word in change.any):
        return False
    return any(_is_possible(frame, words) for frame in change.frames)


def _is_possible(frame: Frame, words: Set[str]) -> bool:
    woken = frame.any_verb or any(_is_there(pattern, words) for pattern in (*frame.verbs, *frame.nouns))
    return woken and all(_can_hold(test, words) for test in frame.tests)


def _is_there(pattern: Pattern, words: Set[str]) -> bool:
    return all(_has(words, word) for word in (pattern.lemma, *pattern.rest))


def _can_hold(test: Test, words: Set[str]) -> bool:
    return test.anything or bool(test.kinds) or any(_has(words, word) for word in test.words)


def _has(words: Set[str], wanted: str) -> bool:
    """Return whether all parts of a word or a pair of words are there; prepositions are not asked for."""
    return wanted in words or all(part in words for part in _asked(wanted))


def _asked(wanted: str) -> Iterator[str]:
    return (part for part in _PART.findall(wanted.lower()) if part not in PREPOSITIONS)
