"""Sentences that say where somebody stands, by the words around his name -> positions, where no claim tells of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import Evidence, Kind
from dragoman.process.facts import Facts
from dragoman.process.slots import matches, slotted

_NEVER = re.compile(r" (?:will|would|shall) (?:never|not)(?: ever)? (?P<act>(?P<verb>[a-z]+)\b[^,;.\"”]*)")
_IF = re.compile(r"\b(?:if|whether|until|unless)\b[^,;]{0,30}\Z", re.IGNORECASE)
_FIRST = frozenset({"we", "our", "us"})


_LISTS = ("dropped_told", "demand_told", "refusal_told", "offer_told", "acceptance_told")
_UNSURE = re.compile(
    r"\b(?:if|whether|unless|until|could|might|may|not|never|accus\w+|den(?:y|ies|ied))\b[^,;]{0,40}\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPosition:
    """Who stands where on what, towards whom, by a sentence."""

    party: str
    stance: str
    of: tuple[str, ...]
    content: str
    evidence: Evidence
    status: str = "held"


def told_positions(facts: Facts) -> tuple[ToldPosition, ...]:
    """Return the demands, refusals, offers and acceptances that the report's sentences tell of."""
    found: list[ToldPosition] = []
    for sentence in facts.sentences:
        text = slotted(sentence, facts)
        for name in _LISTS:
            dropped = name == "dropped_told"
            status = "dropped" if dropped else "held"
            stance = "demand" if dropped else name.removesuffix("_told")
            for match, who in matches(text, facts.words[name]):
                content = text.plain(match.start("content"), match.end("content"), facts).strip(' "”')
                if _UNSURE.search(text.text[: match.start()]) or not _is_issue(stance, content, facts):
                    continue
                found += [
                    ToldPosition(
                        party=party,
                        stance=stance,
                        of=who.get("B", ()),
                        content=content,
                        evidence=sentence,
                        status=status,
                    )
                    for party in who["A"]
                    if _may_stand(party, facts)
                ]
    return tuple(found)


def _may_stand(party: str, facts: Facts) -> bool:
    """Return whether somebody can have a position: a side or a body of states, not people in general."""
    kind = facts.kind(party)
    return (facts.may_be_party(party) or kind is Kind.IGO) and kind is not Kind.MEDIA and not facts.is_nobody(party)


def _is_issue(stance: str, content: str, facts: Facts) -> bool:
    """Return whether words name an issue of a peace, not a charge or a quarrel."""
    if facts.has(content, "accusations") or len(content.split()) < 2:
        return False
    return stance == "offer" or facts.has(
        content,
        "matters",
        "truces",
        "talks",
        "document_heads",
        "issues",
        *(["conceding"] if stance == "refusal" else []),
    )


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
