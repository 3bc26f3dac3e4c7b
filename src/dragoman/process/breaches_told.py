"""Sentences that say who broke a truce, by the words around two names: 'the army said the rebels had violated the truce'."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Evidence, Kind
from dragoman.process.facts import Facts
from dragoman.process.slots import matches, slotted


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBreach:
    """Who says, if anybody, that whom broke a truce with what, by a sentence; ``own``: an entry beside others of its sentence."""

    accuser: str | None
    accused: tuple[str, ...]
    act: str
    evidence: Evidence
    own: bool = False
    denied_by: tuple[str, ...] = ()
    verified_by: tuple[str, ...] = ()


def told_breaches(facts: Facts) -> tuple[ToldBreach, ...]:
    """Return the breaches that the report's sentences tell of."""
    if not facts.tells("truces"):
        return ()
    found = []
    for sentence in facts.sentences:
        text = slotted(sentence, facts)
        counted = [(found, who, True) for found, who in matches(text, facts.words["breach_counted"])]
        for match, who, own in [*counted, *((m, w, False) for m, w in matches(text, facts.words["breach_told"]))]:
            accuser = next((facts.voice(i) for i in who.get("A", ()) if facts.kind(i) is not Kind.MEDIA), None)
            accused = tuple(i for i in who["B"] if facts.may_be_party(i) and i != accuser)
            act = text.plain(match.start("act"), match.end("act"), facts)
            if accused and facts.has(match.group(), "truces", "document_heads", "violations"):
                found.append(ToldBreach(accuser=accuser, accused=accused, act=act, evidence=sentence, own=own))
    return tuple(found)
