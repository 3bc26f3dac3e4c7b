"""A sentence with one sign for each name in it, so that patterns of the rulebook can say 'A's ally, B'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dragoman.model import Evidence
from dragoman.process.facts import Facts

_FIRST = 0xE000
_SIGN = "[\ue000-\uf8ff]"
_SMALL = r"(?:(?:the|its|their|his|her|an?|this|that) )?"
_CUT = re.compile(r"(?:backed|led|held|allied|armed|controlled|ruled|brokered|supported|aligned|mediated) ")
_GAP = re.compile(r"~(\d) ")
_NAME = re.compile(r"(?<![\w\\\[<])([A-D])(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slotted:
    """The text of a sentence with a sign for each name, and whose each sign is ('both sides' are two)."""

    text: str
    sentence: Evidence
    ids: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[int, int], ...]

    def meant(self, sign: str) -> tuple[str, ...]:
        """Return whose sign it is."""
        return self.ids[ord(sign) - _FIRST]

    def plain(self, start: int, end: int, facts: Facts) -> str:
        """Return a stretch of the text with the names in place of their signs."""

        def name(found: re.Match[str]) -> str:
            begin, last = self.spans[ord(found.group()) - _FIRST]
            return facts.text[begin:last]

        return re.sub(_SIGN, name, self.text[start:end])


def slotted(sentence: Evidence, facts: Facts) -> Slotted:
    """Return a sentence with one sign for each name, the longest where one lies in another; 'ally' and 'backer' are words.

    Made once a sentence, and kept in the facts whose mentions it shows.
    """
    found = facts.slots.get(sentence.sentence)
    if found is None:
        found = facts.slots[sentence.sentence] = _slotted(sentence, facts)
    return found


def _slotted(sentence: Evidence, facts: Facts) -> Slotted:
    text, at = "", sentence.start
    ids: list[tuple[str, ...]] = []
    spans: list[tuple[int, int]] = []
    named: dict[tuple[int, int], list[str]] = {}
    for begin, end, identity in facts.mentions_between(sentence.start, sentence.end):
        if facts.text[begin:end].istitle() or not facts.has(facts.text[begin:end], "tie_nouns"):
            cut = _CUT.match(facts.text, begin, end)
            named.setdefault((cut.end() if cut else begin, end), []).append(identity)
    for start, end in sorted(named, key=lambda span: (span[0], -span[1])):
        if start >= at:
            text += facts.text[at:start] + chr(_FIRST + len(ids))
            ids.append(tuple(dict.fromkeys(named[start, end])))
            spans.append((start, end))
            at = end
    return Slotted(text=text + facts.text[at : sentence.end], sentence=sentence, ids=tuple(ids), spans=tuple(spans))


def matches(text: Slotted, patterns: tuple[str, ...]) -> Iterator[tuple[re.Match[str], Mapping[str, tuple[str, ...]]]]:
    """Return each match of the patterns with who stands in its places A, B and so on."""
    for pattern in patterns:
        for found in slot_pattern(pattern).finditer(text.text):
            yield found, {name: text.meant(sign) for name, sign in found.groupdict().items() if len(name) == 1 and sign}


@lru_cache(maxsize=512)
def slot_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the rulebook as a regular expression: 'A' to 'D' are names, '~2 ' is up to two small words.

    >>> slot_pattern("A-backed ~2 B").search("\ue000-backed the rebel \ue001")["B"] == "\ue001"
    True
    """
    gaps = _GAP.sub(lambda m: _SMALL + r"(?:[a-z][\w-]* ){0," + m.group(1) + "}", pattern)
    return re.compile(_NAME.sub(lambda m: f"(?P<{m.group(1)}>{_SIGN})", gaps))
