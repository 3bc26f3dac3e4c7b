"""The word lists of the rulebook's process.toml as patterns, and which of them can stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from dragoman.process.cues import Cues, cues_of

_GAP = re.compile(r"~(\d) ")
_NAME = re.compile(r"(?<![\w\\\[<])([A-D])(?!\w)")
_SIGN = "[\ue000-\uf8ff]"
_SMALL = r"(?:(?:the|its|their|his|her|an?|this|that) )?"
_MOST = 4


@lru_cache(maxsize=512)
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of the words; '*' ends a stem, '-' may be a hyphen, a space or nothing.

    >>> pattern_of(("cease-fire", "truce*")).search("Two truces and a ceasefire").group()
    'truces'
    """
    parts = [re.escape(w).replace(r"\*", r"\w*").replace(r"\-", "[-‑ ]?").replace(r"\ ", r"\s+") for w in words]
    parts.sort(key=len, reverse=True)
    return re.compile(rf"(?<![\w])(?:{'|'.join(_by_letter(parts))})(?!\w)", re.IGNORECASE)


def _by_letter(parts: list[str]) -> list[str]:
    """Return the same alternatives, those of one first letter together: `re` is done with the others at one letter."""
    if not all(part[0].isalnum() for part in parts):
        return parts
    groups: dict[str, list[str]] = {}
    for part in parts:
        groups.setdefault(part[0].lower(), []).append(part)
    return [f"(?:{'|'.join(group)})" for group in groups.values()]


@lru_cache(maxsize=512)
def slot_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the rulebook as a regular expression: 'A' to 'D' are names, '~2 ' is up to two small words.

    >>> slot_pattern("A-backed ~2 B").search("\ue000-backed the rebel \ue001")["B"] == "\ue001"
    True
    """
    gaps = _GAP.sub(lambda m: _SMALL + r"(?:[a-z][\w-]* ){0," + m.group(1) + "}", pattern)
    return re.compile(_NAME.sub(lambda m: f"(?P<{m.group(1)}>{_SIGN})", gaps))


class Lists(Mapping[str, tuple[str, ...]]):
    """The lists by name; the same lists are made into patterns and automata once a process (`lists_of`)."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._words = words
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._places: dict[tuple[str, ...], tuple[tuple[re.Pattern[str], int], ...]] = {}

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._words[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def pattern(self, names: tuple[str, ...]) -> re.Pattern[str]:
        """Return one pattern for all words of some lists."""
        found = self._patterns.get(names)
        if found is None:
            found = self._patterns[names] = pattern_of(tuple(word for name in names for word in self._words[name]))
        return found

    def places(self, patterns: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], int], ...]:
        """Return patterns with places for names, each with the bits that a text must have (`slots`)."""
        found = self._places.get(patterns)
        if found is None:
            found = self._places[patterns] = tuple((slot_pattern(each), self.slots.needs[each]) for each in patterns)
        return found

    @cached_property
    def words(self) -> Cues:
        """The automaton over the words of all lists, by the list's name."""
        return cues_of((name, pattern_of(words)) for name, words in self._words.items())

    @cached_property
    def slots(self) -> Cues:
        """The automaton over the patterns with places for names, by the pattern itself."""
        patterns = {each for words in self._words.values() for each in words if _NAME.search(each)}
        return cues_of((each, slot_pattern(each)) for each in sorted(patterns))


_MADE: dict[int, tuple[Mapping[str, tuple[str, ...]], Lists]] = {}


def lists_of(words: Mapping[str, tuple[str, ...]]) -> Lists:
    """Return the lists of a rulebook, the same for the same mapping."""
    if isinstance(words, Lists):
        return words
    known = _MADE.get(id(words))  # the mapping is kept beside, so that no other can have its number
    if known is None:
        if len(_MADE) >= _MOST:
            _MADE.clear()
        known = _MADE[id(words)] = (words, Lists(words))
    return known[1]
