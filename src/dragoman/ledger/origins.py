"""Which reports print the same text: copies and near-copies of one wire are one origin.

The text is compared without its dateline, credit lines and boilerplate, by runs of four words. MinHash (rensa) finds the few earlier
reports that may share a text; what is shared is then counted exactly. A text most of whose runs stand in an earlier one is a copy of
it, and so is a cut of it; a longer text that takes in an earlier one is a copy only where that is a good part of it. Credit lines
('(Reuters)', 'AFP contributed to this report') decide near the threshold and make no copy alone.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import eq

import msgspec
from rensa import RMinHash

from dragoman.model import Report

_RUN = 4  # words
_PERMUTATIONS, _HITS, _SEED = 256, 2, 42  # texts of which a quarter is shared are found in 99.7 of 100 cases
_FEW = 12  # runs: a shorter text is a copy only of the very same words
_COPY, _NEAR = 0.55, 0.35  # share of the shorter text's runs: a copy; a copy where the credits agree
_TAKEN_IN = 0.2  # share of a longer, later text that must be the earlier one's
_LOOKED_AT = 6  # candidates that are compared exactly
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME = r"[A-Z][\w.&-]*(?:[ /][A-Z][\w.&-]*){0,3}"
_CREDITS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"\((?P<name>{_NAME})\)\s*[.—–-]*\s*$",
        rf"^\s*[—–-]+\s*(?P<name>{_NAME})(?:[ ,/]+agenc(?:y|ies))?\s*\.?$",
        rf"(?P<name>{_NAME})(?: and [A-Z]\w+)? contributed to this (?:report|story|article)",
        rf"[Aa]dditional reporting (?:by|from) (?P<name>{_NAME})",
        rf"\b[Ww]ith (?:reporting|files|material|input|information) (?:by|from) (?:the )?(?P<name>{_NAME})",
        rf"^\s*(?:[Ss]ource|[Vv]ia)\s?:\s*(?P<name>{_NAME})\s*\.?$",
    )
)
_BOILERPLATE = re.compile(
    r"^[\s(\[*—–-]*(?:(?:additional |with )?(?:reporting|writing|editing|compiled|translated|material|files)\b.{0,20}? (?:by|from)\b"
    r"|(?:source|via|photo|image|picture|video|file photo|credit|by)\s?:|©|\(c\)|copyright\b|all rights reserved"
    r"|our standards\b|read (?:more|also)\b|see also\b|related\b.{0,20}:|sign up\b|subscribe\b|follow us\b|click here\b|share this\b"
    r"|this (?:story|article|report|material) (?:was|has been|may)(?: \w+)? "
    r"(?:published|produced|supplied|translated|updated|corrected|edited|written|distributed|reproduced)\b"
    r"|editor['’]?s['’]? note\b|for more\b|download\b).*$"
    r"|^.{0,80}\bcontributed to this (?:report|story|article).*$"
    rf"|^\s*(?:[—–-]+\s*|\()(?:{_NAME})(?:[ ,/]+agenc(?:y|ies))?\)?\s*\.?$",
    re.IGNORECASE | re.MULTILINE,
)
_ENDING = re.compile(rf"\s*\({_NAME}\)\s*[.—–-]*\s*$", re.MULTILINE)


class Print(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """What a report's text is compared by: MinHash of its runs of words, how many there are, whom it credits."""

    digest: bytes
    size: int
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much two texts share: runs in both, as shares of the earlier and of the later text."""

    shared: int
    of_earlier: float
    of_later: float

    @property
    def of_shorter(self) -> float:
        """Return the share of the text that has fewer runs."""
        return max(self.of_earlier, self.of_later)


def print_of(report: Report) -> Print:
    """Return what a report's text is compared by."""
    runs = runs_of(report)
    return Print(digest=_digest(runs), size=len(runs), credits=tuple(sorted(credits_of(report))))


def runs_of(report: Report) -> frozenset[str]:
    """Return the runs of four words of a body without dateline, credit lines and boilerplate; all of it where it is shorter."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(_bare(report))]
    if len(words) < _RUN:
        return frozenset({" ".join(words)}) if words else frozenset()
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def credits_of(report: Report) -> frozenset[str]:
    """Return whom a report credits with its text, in small letters: its dateline's agency, credit lines, its own outlet.

    >>> text = "Troops left the town. AFP contributed to this report."
    >>> sorted(credits_of(Report(id="a", headline=None, text=text, body_start=0, outlet="City Post")))
    ['afp', 'city post']
    """
    names = [report.outlet, report.dateline.agency if report.dateline else None]
    body = report.text[report.body_start :]
    names += [found["name"] for pattern in _CREDITS for found in pattern.finditer(body)]
    return frozenset(" ".join(name.lower().split()) for name in names if name)


def likeness(earlier: frozenset[str], later: frozenset[str]) -> Likeness:
    """Return how much two texts share."""
    shared = len(earlier & later)
    return Likeness(shared=shared, of_earlier=shared / max(1, len(earlier)), of_later=shared / max(1, len(later)))


def is_copy(found: Likeness, credited: bool) -> bool:
    """Return whether a later text is a copy of an earlier one; ``credited``: both name the same source."""
    if found.of_later < _TAKEN_IN or not found.shared:
        return False
    if found.shared < _FEW:
        return found.of_earlier == found.of_later == 1.0
    return found.of_shorter >= (_NEAR if credited else _COPY)


@dataclass(slots=True)
class Origins:
    """The texts seen so far, in the order in which they were published.

    ``runs`` gives the runs of a report by its id; ``few``: so few are to be placed that looking through all is quicker than an index.
    """

    runs: Callable[[str], frozenset[str]]
    few: bool = False
    _prints: list[tuple[str, Print]] = field(default_factory=list)
    _origin: list[str] = field(default_factory=list)
    _bands: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def put(self, identity: str, marks: Print, origin: str) -> None:
        """Take in a report whose origin is known."""
        if not self.few:
            for key in enumerate(_pairs(marks)):
                self._bands.setdefault(key, []).append(len(self._prints))
        self._prints.append((identity, marks))
        self._origin.append(origin)

    def place(self, identity: str, marks: Print) -> str:
        """Take in a report and return its origin: that of the earlier report whose text it shares most, or its own id."""
        origin = self._found(identity, marks)
        self.put(identity, marks, origin)
        return origin

    def _found(self, identity: str, marks: Print) -> str:
        near = sorted((-share, place) for place in self._near(marks) if (share := self._share(place, marks)) > 0.0)
        mine = self.runs(identity) if near else frozenset()
        best: tuple[float, int] | None = None
        for _, place in near[:_LOOKED_AT]:
            other, theirs = self._prints[place]
            found = likeness(self.runs(other), mine)
            if is_copy(found, _credited(theirs, marks)):
                best = min(best or (1.0, place), (-found.of_shorter, place))
        return self._origin[best[1]] if best else identity

    def _near(self, marks: Print) -> list[int]:
        """Return the places of texts that have two pairs of numbers of their MinHash in common with another."""
        pairs = _pairs(marks)
        if self.few:
            found = ((place, _pairs(other)) for place, (_, other) in enumerate(self._prints))
            return [place for place, others in found if sum(map(eq, others, pairs)) >= _HITS]
        hits = Counter(place for key in enumerate(pairs) for place in self._bands.get(key, ()))
        return [place for place, count in hits.items() if count >= _HITS]

    def _share(self, place: int, marks: Print) -> float:
        """Return about which share of the shorter text another one has; nothing where it cannot be a copy."""
        other = self._prints[place][1]
        equal = sum(map(eq, other.digest, marks.digest)) / _PERMUTATIONS
        shared = equal / (1 + equal) * (other.size + marks.size)
        share = shared / max(1, min(other.size, marks.size))
        return share if share >= _NEAR / 2 else 0.0


def _credited(one: Print, other: Print) -> bool:
    return bool(set(one.credits) & set(other.credits))


def _bare(report: Report) -> str:
    start = report.dateline.span.end if report.dateline else report.body_start
    return _ENDING.sub("", _BOILERPLATE.sub("", report.text[max(start, report.body_start) :]))


def _digest(runs: Iterable[str]) -> bytes:
    """Return the last byte of each number of the MinHash: by chance they are equal once in 256 times, which does not mislead."""
    hashed = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    hashed.update(sorted(runs))
    return bytes(number & 0xFF for number in hashed.digest())


def _pairs(marks: Print) -> array[int]:
    """Return the numbers of a MinHash two by two; none for an empty text."""
    return array("H", marks.digest if marks.size else b"")


__all__ = ["Likeness", "Origins", "Print", "credits_of", "is_copy", "likeness", "print_of", "runs_of"]
