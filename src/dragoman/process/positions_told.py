"""Sentences in which somebody says that he will not do what a peace asks -> refusals, where no claim tells of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import Evidence, Kind
from dragoman.process.facts import Facts

_NEVER = re.compile(r" (?:will|would|shall) (?:never|not)(?: ever)? (?P<act>(?P<verb>[a-z]+)\b[^,;.\"”]*)")
_IF = re.compile(r"\b(?:if|whether|until|unless)\b[^,;]{0,30}\Z", re.IGNORECASE)
_FIRST = frozenset({"we", "our", "us"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRefusal:
    """Who will not do what, by a sentence."""

    party: str
    content: str
    evidence: Evidence


def told_refusals(facts: Facts, taken: Iterable[int]) -> tuple[ToldRefusal, ...]:
    """Return the refusals that the sentences which are not ``taken`` tell of."""
    done = set(taken)
    found = (_refusal(s, facts) for s in facts.sentences if s.sentence not in done)
    return tuple(refusal for refusal in found if refusal is not None)


def _refusal(sentence: Evidence, facts: Facts) -> ToldRefusal | None:
    for match in _NEVER.finditer(sentence.text):
        if facts.pattern("conceding").fullmatch(match.group("verb")) is None or _IF.search(
            sentence.text[: match.start()]
        ):
            continue
        end = sentence.start + match.start()
        party = next((i for _, e, i in facts.mentions_between(sentence.start, end) if e == end), None)
        if party is None or not facts.may_be_party(party) or facts.is_nobody(party) or facts.kind(party) is Kind.MEDIA:
            continue
        word = sentence.text[: match.start()].split()[-1].lower().strip('"“')
        party = facts.for_side(party) if word in _FIRST else party
        return ToldRefusal(party=party, content=match.group("act").strip(), evidence=sentence)
    return None
