"""Attacks of which one side of a truce complains, breaches that each side lays to the other, breaches that are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model import Claim, EventType, Evidence, Status
from dragoman.process.breaches_told import ToldBreach
from dragoman.process.facts import Facts, clause_text
from dragoman.process.slots import matches, slotted
from dragoman.process.truces_told import truce_named

_NEAR = 3  # sentences between a truce's name and a complaint
_REACH = 5  # sentences after a complaint in which attacks belong to it
_COMPLAINT = re.compile(
    r"\b(?:accus\w+|blam\w+|breach\w*|violat\w+|violation\w*|complain\w+|traded (?:charges|blame))\b"
)
_EACH = re.compile(
    r"\b[Ee]ach (?:side |party |army |of them )?(?:said|says|claimed|claims|insisted|maintained)(?: that)? the other(?: side)? "
    r"(?P<act>[^.;]{6,})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One side's word of an attack by the other while a truce was in force."""

    accuser: str
    accused: tuple[str, ...]
    act: str
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class MutualCharge:
    """What each of the two sides says that the other did."""

    act: str
    evidence: Evidence


def complaints(claims: Sequence[Claim], facts: Facts) -> tuple[Complaint, ...]:
    """Return the attacks by one of the report's two sides that the other tells of, near words of a truce and of complaint."""
    pair = set(facts.pair)
    told = _complaining(facts)
    if len(pair) != 2 or not told:
        return ()
    found = []
    for claim in claims:
        number = claim.evidence.sentence
        done = claim.event is EventType.ASSAULT and not claim.negated and claim.status is Status.OCCURRED
        if not done or not any(t - 1 <= number <= t + _REACH for t in told):
            continue
        speaker = next(
            (link.speaker for link in claim.attribution if set(facts.sided((link.speaker or "",))) & pair), None
        )
        if speaker is not None and set(facts.sided(claim.actor)) == pair - set(facts.sided((speaker,))):
            accuser = (
                speaker
                if facts.has(facts.entities[speaker].name, "armies")
                else facts.sided((facts.voice(speaker),))[0]
            )
            found.append(Complaint(accuser=accuser, accused=claim.actor, act=clause_text(claim), claim=claim))
    return tuple(found)


def mutual_charges(facts: Facts) -> tuple[MutualCharge, ...]:
    """Return what each side says that the other did, in a report of a truce between two sides."""
    if len(facts.pair) != 2 or not any(truce_named(s, facts) for s in facts.sentences):
        return ()
    found = ((s, _EACH.search(s.text)) for s in facts.sentences)
    return tuple(
        MutualCharge(act=f"the other {match.group('act').strip()}", evidence=sentence)
        for sentence, match in found
        if match
    )


def told_complaints(facts: Facts) -> tuple[ToldBreach, ...]:
    """Return what one of the two sides says that the other did, near words of a truce and of complaint, by the words around them."""
    pair = set(facts.pair)
    told = _complaining(facts)
    if len(pair) != 2 or not told:
        return ()
    found = []
    for sentence in facts.sentences:
        if not any(t <= sentence.sentence <= t + _NEAR for t in told):
            continue
        text = slotted(sentence, facts)
        for match, who in matches(text, facts.words["complaint_told"]):
            one, other = (set(facts.sided(who[name])) for name in "AB")
            if len(one) == len(other) == 1 and one | other == pair:
                act = text.plain(match.start("act"), match.end("act"), facts)
                found.append(ToldBreach(accuser=facts.voice(who["A"][0]), accused=who["B"], act=act, evidence=sentence))
    return tuple(found)


def _complaining(facts: Facts) -> tuple[int, ...]:
    """Return the numbers of the sentences that complain of a breach, with a truce named in them or just before."""
    named = [s.sentence for s in facts.sentences if truce_named(s, facts)]
    return tuple(
        s.sentence
        for s in facts.sentences
        if _COMPLAINT.search(s.text) and any(0 <= s.sentence - n <= _NEAR for n in named)
    )
