"""A sentence with one sign for each name in it, so that patterns of the rulebook can say 'A's ally, B'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.model import Evidence
from dragoman.process.facts import Facts
from dragoman.process.lists import Lists

_FIRST = 0xE000
_SIGN = "[\ue000-\uf8ff]"
_CUT = re.compile(r"(?:backed|led|held|allied|armed|controlled|ruled|brokered|supported|aligned|mediated) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slotted:
    """The text of a sentence with a sign for each name, and whose each sign is ('both sides' are two).

    ``bits``: which patterns with places can match it at all.
    """

    text: str
    sentence: Evidence
    ids: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[int, int], ...]
    lists: Lists
    bits: int

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

    Made once, and kept for the same sentence with the same mentions.
    """
    found = facts.slotted.get(sentence.sentence)
    if found is None:
        mentions = facts.mentions_between(sentence.start, sentence.end)
        key = (sentence.sentence, mentions)
        found = facts.slots.get(key)
        if found is None:
            found = facts.slots[key] = _slotted(sentence, mentions, facts)
        facts.slotted[sentence.sentence] = found
    return found


def _slotted(sentence: Evidence, mentions: tuple[tuple[int, int, str], ...], facts: Facts) -> Slotted:
    text, at = "", sentence.start
    ids: list[tuple[str, ...]] = []
    spans: list[tuple[int, int]] = []
    named: dict[tuple[int, int], list[str]] = {}
    for begin, end, identity in mentions:
        if facts.text[begin:end].istitle() or not facts.has(facts.text[begin:end], "tie_nouns"):
            cut = _CUT.match(facts.text, begin, end)
            named.setdefault((cut.end() if cut else begin, end), []).append(identity)
    for start, end in sorted(named, key=lambda span: (span[0], -span[1])):
        if start >= at:
            text += _unsigned(facts.text[at:start]) + chr(_FIRST + len(ids))
            ids.append(tuple(dict.fromkeys(named[start, end])))
            spans.append((start, end))
            at = end
    text += _unsigned(facts.text[at : sentence.end])
    bits = facts.words.slots.spot(text) if ids else 0
    return Slotted(text=text, sentence=sentence, ids=tuple(ids), spans=tuple(spans), lists=facts.words, bits=bits)


def _unsigned(text: str) -> str:
    """Return a text in which no letter can be taken for a sign: pages have such letters for their icons."""
    return text if text.isascii() else re.sub(_SIGN, "\ufffd", text)


def matches(text: Slotted, patterns: tuple[str, ...]) -> Iterator[tuple[re.Match[str], Mapping[str, tuple[str, ...]]]]:
    """Return each match of the patterns with who stands in its places A, B and so on."""
    if not text.ids:  # each pattern has a place for a name
        return
    for pattern, need in text.lists.places(patterns):
        if text.bits & need == need:
            for found in pattern.finditer(text.text):
                named = {name: sign for name, sign in found.groupdict().items() if len(name) == 1 and sign}
                yield found, {name: text.meant(sign) for name, sign in named.items()}
