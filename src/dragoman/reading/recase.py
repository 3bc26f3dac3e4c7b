"""A text all in capitals -> the same text in ordinary case, as far as the roster knows its names (same length)."""

from __future__ import annotations

import re
from collections.abc import Iterable

import ahocorasick_rs

from dragoman.reading.names import fold

_START = re.compile(r"(?:^|[.!?]\s+[\"“]?|\n)([a-z])")
_MOSTLY = 0.85
_WORDS = frozenset(
    "us is it who am an as at in no so he we can may all aid mid tip fan red sad pan the and for has was".split()
)
_ENOUGH = 20  # letters: shorter pieces are acronyms and headings, not shouting


def is_shouted(text: str) -> bool:
    """Return whether nearly all letters of a text are capitals.

    >>> is_shouted("REBELS SIGN TRUCE WITH GOVERNMENT IN NAIROBI"), is_shouted("The UN and the AU met.")
    (True, False)
    """
    letters = [char for char in text if char.isalpha()]
    return len(letters) > _ENOUGH and sum(char.isupper() for char in letters) > _MOSTLY * len(letters)


class Recaser:
    """Gives a shouted text its small letters back; names of the roster keep their own case."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({name for name in names if len(name) > 1 and name.lower() not in _WORDS})
        self._automaton: ahocorasick_rs.AhoCorasick | None = None

    def recase_if_shouted(self, text: str) -> str:
        """Return the text itself, or in ordinary case where it is all in capitals."""
        return self.recase(text) if is_shouted(text) else text

    def recase(self, text: str) -> str:
        """Return the text in ordinary case, code point by code point (a character that would grow stays)."""
        small = "".join(low if len(low := char.lower()) == 1 else char for char in text)
        letters = list(_START.sub(lambda m: m.group(0)[:-1] + m.group(1).upper(), small))
        folded = fold(small).lower()
        for number, start, end in self._matches().find_matches_as_indexes(folded, overlapping=True):
            if _is_word(folded, start, end):
                name = self._names[number]
                for offset in range(end - start):
                    if name[offset].isupper():
                        letters[start + offset] = letters[start + offset].upper()
        return "".join(letters)

    def _matches(self) -> ahocorasick_rs.AhoCorasick:
        if self._automaton is None:
            self._automaton = ahocorasick_rs.AhoCorasick([name.lower() for name in self._names])
        return self._automaton


def _is_word(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
