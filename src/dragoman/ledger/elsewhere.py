"""The same claim elsewhere: in what updates its report, in what that updates, and in other prints of the same text.

Two claims are the same where type, polarity, actors, recipients and the words of the sentence are, quotation marks and spaces aside.
What one sentence says several times of one act is told apart by the rest of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from dragoman.ledger.store import KeptClaim, Told
from dragoman.ledger.verdicts import Said
from dragoman.model import Claim, Report

_SINGLE, _DOUBLE = "'‘’‚‛`´′", '"“”„‟«»″'
_PLAIN = {**dict.fromkeys(map(ord, _SINGLE), "'"), **dict.fromkeys(map(ord, _DOUBLE), '"')}
_SPELLED = {ord("'"): f"[{_SINGLE}]", ord('"'): f"[{_DOUBLE}]"}
_ENDS = re.compile(r"(?:[.!?…][\"'’”»)\]]*\s+|\n\s*)\Z")
_DASHES = " \n\t-–—"
_ENDED = ".!?…\"'’”»)]"

Key = tuple[str, bool, tuple[str, ...], tuple[str, ...], str]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text with single spaces and straight quotation marks.

    >>> plain("“Haftar’s  men” \\n left")
    '"Haftar\\'s men" left'
    """
    return " ".join(text.translate(_PLAIN).split())


def said_of(kept: KeptClaim, told: Told) -> Said:
    """Return what a claim of a report says and in which words."""
    claim, key = kept.claim, _key(kept.claim)
    others = (other for other in told.claims if other.claim.id != claim.id and other.gone is None)
    return Said(
        event=claim.event, negated=claim.negated, actor=key[2], recipient=key[3], text=key[4], rest=_rest(claim),
        alone=all(other.claim.event is not claim.event or _key(other.claim) != key for other in others),
        origin=told.kept.origin,
    )  # fmt: skip


def same_in(told: Told, said: Said) -> Iterator[KeptClaim]:
    """Yield the claims of a report that say the same in the same words, and of several those whose rest is the same, too."""
    key = (said.event, said.negated, said.actor, said.recipient, said.text)
    found = [kept for kept in told.claims if kept.claim.event is said.event and _key(kept.claim) == key]
    same = [kept for kept in found if _rest(kept.claim) == said.rest]
    yield from same or (found if said.alone and len(found) == 1 else ())


def _key(claim: Claim) -> Key:
    actor, recipient = tuple(sorted(claim.actor)), tuple(sorted(claim.recipient))
    return claim.event, claim.negated, actor, recipient, plain(claim.evidence.text)


def _rest(claim: Claim) -> tuple[str, ...]:
    place = claim.place.name if claim.place else ""
    texts = (claim.content, claim.condition, claim.means, claim.casualties, claim.date.phrase, place)
    return (claim.status.value, *(plain(text or "") for text in texts))


@lru_cache(maxsize=256)
def _pattern(sentence: str) -> re.Pattern[str]:
    words = (re.escape(word).translate(_SPELLED) for word in plain(sentence).split(" "))
    return re.compile(r"\s+".join(words))


def find_sentence(report: Report, sentence: str) -> tuple[int, int] | None:
    """Return where a whole sentence stands in a report, quotation marks and spaces aside; None where it is none of its sentences.

    >>> find_sentence(Report(id="a", headline=None, text="All left. Haftar’s  men signed.", body_start=0), "Haftar's men signed.")
    (10, 31)
    """
    text, starts = report.text, [0, report.body_start, *([report.dateline.span.end] if report.dateline else [])]
    for found in _pattern(sentence).finditer(text):
        start, after = found.start(), text[found.end() : found.end() + 1]
        begins = _ENDS.search(text, max(0, start - 8), start) or any(not text[i:start].strip(_DASHES) for i in starts)
        if begins and (after in ("", "\n") or (found.group()[-1] in _ENDED and after.isspace())):
            return found.span()
    return None


class Kin:
    """Which reports are of one hand: the versions of one report, and the prints of one text."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._prints: dict[str, list[str]] = {}
        self._revises: dict[str, str] = {}
        self._revised: dict[str, list[str]] = {}
        for each in told:
            kept = each.kept
            identity = kept.report.id
            if kept.origin != identity:
                self._prints.setdefault(kept.origin, []).append(identity)
            if kept.revises is not None:
                self._revises[identity] = kept.revises
                self._revised.setdefault(kept.revises, []).append(identity)

    def of(self, report: str, origin: str) -> tuple[str, ...]:
        """Return the other versions of a report, and the other prints of the text that it prints, all once."""
        first = report
        while first in self._revises:
            first = self._revises[first]
        versions = (first, *self.after(first))
        return tuple(
            each for each in dict.fromkeys((origin, *self._prints.get(origin, ()), *versions)) if each != report
        )

    def after(self, report: str) -> tuple[str, ...]:
        """Return the reports that revise a report, directly or by others between them."""
        return chained((report,), self._revised)


def chained(firsts: Iterable[str], then: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return what comes after some things, and what comes after that, each once.

    >>> chained("a", {"a": "bc", "c": "d"})
    ('b', 'c', 'd')
    """
    found: dict[str, None] = {}
    waiting = list(firsts)
    while waiting:
        waiting = [later for each in waiting for later in then.get(each, ()) if later not in found]
        found |= dict.fromkeys(waiting)
    return tuple(found)


__all__ = ["Kin", "chained", "find_sentence", "plain", "said_of", "same_in"]
