"""How the text names talks and bodies."""

from __future__ import annotations

import re

from dragoman.model import Claim, Where
from dragoman.process.facts import Facts
from dragoman.reading.where import default_gazetteer, to_where

_LED = r"\s?[-‑–]\s?(?:led|brokered|mediated|sponsored|facilitated|chaired|moderated)\b"
_BY = r"\b(?:mediated|brokered|led|facilitated|chaired|moderated|sponsored)\s+by\s+(?:the\s+)?(?:[\w.’'-]+\s+){0,3}\Z"
_NAME = r"(?:[A-Z][\w’'-]*(?:-[A-Z]\w+)*)(?:\s(?:[A-Z][\w’'-]+|al-\w+))?"
_IN = re.compile(
    rf"\b(?:in|at)\s+(?:(?:the|a|an)\s+(?:[A-Z]?[\w-]+\s+){{1,5}}(?:of|called|named)\s+|(?:the\s+)?(?:[a-z-]+\s+){{0,2}})({_NAME})"
)
_HOSTED = r"\bhosted\s+by\s+(?:the\s+)?\Z"


def talks_name(text: str | None, facts: Facts) -> str | None:
    """Return the name of the first talks in a text, with the words before it that say what kind: 'peace talks'."""
    found = facts.where(text, "talks")
    if text is None or found is None:
        return None
    start = found.start()
    while (before := re.search(r"[\w-]+\s+\Z", text[:start])) is not None:
        if facts.pattern("talks_modifiers").fullmatch(before.group().strip()) is None:
            break
        start = before.start()
    return text[start : found.end()]


def place_of(text: str | None, facts: Facts) -> Where | None:
    """Return where talks are by the words about them: 'Geneva talks', 'a round of talks in the resort of Sochi'."""
    found = facts.where(text, "talks")
    if text is None:
        return None
    before = re.search(rf"({_NAME})\s+(?:[a-z-]+\s+)?\Z", text[: found.start()]) if found else None
    after = _IN.search(text, found.start() if found else 0)
    for match in (before, after):
        place = default_gazetteer().look_up(match.group(1)) if match else None
        if match and place is not None and (match is after or place.feature != "country"):
            return to_where(place, match.group(1))
    return None


def mediators_in(claim: Claim, facts: Facts) -> tuple[str, ...]:
    """Return who leads the talks by the words around the name: 'U.N.-led talks', 'mediated by Norway'."""
    return _beside(claim, facts, after=_LED, before=_BY)


def hosts_in(claim: Claim, facts: Facts) -> tuple[str, ...]:
    """Return who hosts by the words before the name: 'hosted by Norway'."""
    return _beside(claim, facts, after=None, before=_HOSTED)


def _beside(claim: Claim, facts: Facts, *, after: str | None, before: str) -> tuple[str, ...]:
    sentence = claim.evidence
    found = []
    for start, end, identity in facts.mentions_between(sentence.start, sentence.end):
        left, right = facts.text[sentence.start : start], facts.text[end : sentence.end]
        if (after and re.match(after, right)) or re.search(before, left):
            found.append(identity)
    return tuple(dict.fromkeys(found))
