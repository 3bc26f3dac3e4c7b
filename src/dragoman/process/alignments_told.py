"""Sentences that tell of backing in a clause that no claim reads: 'which had armed Rohan', 'propped up by Mordor'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import Evidence, Kind
from dragoman.process.facts import Facts

_BY = re.compile(r" by (?:the )?(?:[a-z-]+ ){0,2}\Z")
_GAP = re.compile(r" (?:the |its |their )?(?:[a-z-]+ ){0,2}\Z")
_DOUBT = re.compile(
    r"\b(?:accus\w+|deny|denies|denied|denying|alleg\w+|never|not|stop\w*|if|would|could|to stop|charg\w+|suspect\w*)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:]|\b(?:and|but|said|that|because|while)\b")
_SIDES = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.GROUP, Kind.PERSON, Kind.OTHER})
_NEAR = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBacking:
    """Who backs whom, with what kind of help, by a sentence."""

    backer: str
    backed: str
    kind: str
    evidence: Evidence


def told_backings(facts: Facts) -> tuple[ToldBacking, ...]:
    """Return the backing that the report's sentences tell of as their own."""
    found = []
    for sentence in facts.sentences:
        for verb in facts.pattern("backing_verbs").finditer(sentence.text):
            backing = _backing(sentence, verb, facts)
            if backing is not None:
                found.append(backing)
    return tuple(found)


def _backing(sentence: Evidence, verb: re.Match[str], facts: Facts) -> ToldBacking | None:
    text = sentence.text
    if _DOUBT.search(text[max(0, verb.start() - 60) : verb.start()]):
        return None
    named = [
        (s - sentence.start, e - sentence.start, i) for s, e, i in facts.mentions_between(sentence.start, sentence.end)
    ]
    after = next((n for n in named if verb.end() < n[0] <= verb.end() + _NEAR), None)
    before = next((n for n in reversed(named) if n[1] <= verb.start() <= n[1] + _NEAR), None)
    if after is None or before is None or _CLAUSE.search(text[before[1] : verb.start()]):
        return None
    gap = text[verb.end() : after[0]]
    passive = _BY.fullmatch(gap) is not None
    if not passive and _GAP.fullmatch(gap) is None:
        return None
    backer, backed = (after[2], before[2]) if passive else (before[2], after[2])
    sides = facts.sided((backer,)) == facts.sided((backed,))
    if sides or not all(facts.kind(i) in _SIDES and not facts.is_nobody(i) for i in (backer, backed)):
        return None
    word = verb.group()
    kind = next((name for name in ("arms", "funds", "training") if facts.has(word, f"support_{name}")), "political")
    if re.match(r"arm", word):
        kind = "arms"
    return ToldBacking(backer=backer, backed=backed, kind=kind, evidence=sentence)
