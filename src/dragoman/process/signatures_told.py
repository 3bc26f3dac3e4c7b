"""Sentences that say who put his name to a paper, by the words around two names, where no claim tells so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.model import Evidence, Kind, When
from dragoman.process.facts import Facts, known
from dragoman.process.slots import Slotted, matches, slotted

_UNSURE = re.compile(
    r"\b(?:if|whether|until|unless|should|once|could|might|may|hop\w+|urg\w+)\b[^,;.]{0,40}\Z", re.IGNORECASE
)
_SINCE = re.compile(
    r"\bsince (?:it|they|the (?:truce|cease-?fire|deal|accord|agreement)) (?:was|were) signed\b(?P<rest>[^;.]{0,40})"
)
_LISTS = (("signed_told", "signed"), ("unsigned_told", "not_signed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSignature:
    """Who signed, or did not sign, which paper on what day, by a sentence."""

    party: str
    status: str
    paper: str | None
    date: When
    evidence: Evidence


def told_signatures(facts: Facts) -> tuple[ToldSignature, ...]:
    """Return the signatures that the report's sentences tell of or say to be missing."""
    return facts.once(_told_in_all)


def _told_in_all(facts: Facts) -> tuple[ToldSignature, ...]:
    found: list[ToldSignature] = []
    for sentence in facts.sentences:
        text = slotted(sentence, facts)
        for name, status in _LISTS:
            for match, who in matches(text, facts.words[name]):
                if not _UNSURE.search(text.text[: match.start()]):
                    found += _signed(text, match, (status, _signing(who, facts)), facts)
        since = _SINCE.search(sentence.text)
        day = (facts.time_in(since.group("rest"), "at", ahead=False) if since else None) or When()
        if known(day) and len(facts.pair) == 2:
            found += [
                ToldSignature(party=i, status="signed", paper=None, date=day, evidence=sentence) for i in facts.pair
            ]
    return tuple(found)


def _signing(who: Mapping[str, tuple[str, ...]], facts: Facts) -> tuple[str, ...]:
    """Return who stands in the places of a pattern: sides and people, no media, no bodies of states."""
    named = dict.fromkeys(i for place in ("A", "B", "C") for i in who.get(place, ()))
    return tuple(i for i in facts.parties(named) if facts.kind(i) is not Kind.MEDIA and not facts.is_nobody(i))


def _signed(
    text: Slotted, match: re.Match[str], told: tuple[str, tuple[str, ...]], facts: Facts
) -> list[ToldSignature]:
    status, parties = told
    paper = match.groupdict().get("paper")
    if paper is not None:
        paper = text.plain(match.start("paper"), match.end("paper"), facts).strip()
        if not facts.has(paper, "document_heads", "truces") or facts.has(paper, "not_documents"):
            return []
    day = facts.time_in(text.text[match.start() : match.end() + 40], "at", ahead=False) or When()
    return [ToldSignature(party=i, status=status, paper=paper, date=day, evidence=text.sentence) for i in parties]
