"""Which patterns can match a text at all: the letters that each needs, looked for all at once by an automaton.

The record has hundreds of patterns and a report speaks of few. What a pattern cannot do without is read off the pattern
itself, so that nobody keeps a second list of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import ahocorasick_rs

# A pattern as `re` itself reads it, so that there is no second grammar. The standard library has no public way to this
# (`sre_parse` is deprecated), and Hypothesis goes the same one. Where a Python has it no more, nothing is known of what a
# pattern needs: each is then tried on every text, which costs time and loses nothing.
try:
    _ops: Any = import_module("re._constants")
    _parser: Any = import_module("re._parser")
except ImportError:  # not on Python 3.11 to 3.13
    _parser = None
_ODD = re.compile("[\u0130\u0131\u017f]")  # letters that `re` takes for i and s, and str.lower does not
_SHORTEST = 2
_LAST = 0x250  # letters from here on may have cases that str.lower and `re` see otherwise
_ALL = -1


def needed(pattern: str, flags: int = 0) -> tuple[frozenset[str], ...]:
    """Return sets of small-letter texts; each match of a pattern has at least one text of every set.

    >>> [sorted(texts) for texts in needed("(?:[Cc]ease-?fire|truces?) (?:is|was) over")]
    [['ease', 'truce'], ['is', 'was'], [' over']]
    >>> needed("[a-z]+")
    ()
    """
    return () if _parser is None else tuple(_of_sequence(_parser.parse(pattern, flags)))


def _of_sequence(parsed: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """Return what the parts of a sequence need, part by part."""
    found: list[frozenset[str]] = []
    run = ""
    for op, value in (*parsed, (None, None)):
        if op is _ops.LITERAL and value < _LAST:
            run += chr(value).lower()
            continue
        if len(run) >= _SHORTEST:
            found.append(frozenset({run}))
        run = ""
        found += _of_part(op, value)
    return found


def _of_part(op: Any, value: Any) -> list[frozenset[str]]:
    if op is _ops.SUBPATTERN:
        return _of_sequence(value[3])
    if op in (_ops.MAX_REPEAT, _ops.MIN_REPEAT):
        return _of_sequence(value[2]) if value[0] else []
    if op is _ops.BRANCH:
        ways = [_of_sequence(way) for way in value[1]]
        return [frozenset().union(*map(_rarest, ways))] if all(ways) else []
    return []


def _rarest(found: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the set whose shortest text is longest."""
    return max(found, key=lambda texts: (min(map(len, texts)), -len(texts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """An automaton over what patterns need: ``spot`` gives the bits of a text, ``needs`` which of them a key must have."""

    needs: Mapping[str, int]
    meant: Sequence[int]
    automaton: ahocorasick_rs.AhoCorasick

    def spot(self, text: str) -> int:
        """Return the bits of the needs that a text fulfils; all of them where its letters leave it in doubt."""
        if not text.isascii() and _ODD.search(text):
            return _ALL
        bits = 0
        meant = self.meant
        for number, _, _ in self.automaton.find_matches_as_indexes(text.lower(), overlapping=True):
            bits |= meant[number]
        return bits

    def may(self, key: str, bits: int) -> bool:
        """Return whether the pattern of a key can match a text with these bits."""
        need = self.needs[key]
        return bits & need == need


def cues_of(patterns: Iterable[tuple[str, re.Pattern[str]]]) -> Cues:
    """Return what finds the keys whose patterns may match.

    >>> cues = cues_of([("truce", re.compile("truces?")), ("talks", re.compile("talks|summit"))])
    >>> [key for key in cues.needs if cues.may(key, cues.spot("A summit was held."))]
    ['talks']
    """
    needs: dict[str, int] = {}
    bit_of: dict[frozenset[str], int] = {}
    for key, pattern in patterns:
        needs[key] = 0
        for texts in needed(pattern.pattern, pattern.flags):
            needs[key] |= bit_of.setdefault(texts, 1 << len(bit_of))
    meant: dict[str, int] = {}
    for texts, bit in bit_of.items():
        for text in texts:
            meant[text] = meant.get(text, 0) | bit
    automaton = ahocorasick_rs.AhoCorasick(list(meant), matchkind=ahocorasick_rs.MatchKind.Standard)
    return Cues(needs=needs, meant=tuple(meant.values()), automaton=automaton)
