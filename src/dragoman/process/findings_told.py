"""Sentences that say what a body found, what somebody alleges that another did, and that it is not so: breaches with their columns."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Evidence, Kind
from dragoman.process.breaches_told import ToldBreach
from dragoman.process.facts import Facts
from dragoman.process.slots import matches, slotted


def told_findings(facts: Facts) -> tuple[ToldBreach, ...]:
    """Return the acts of force that the sentences of a report tell as found by a body, alleged, or alleged and denied."""
    truce = facts.tells("truce_names")
    found = [one for sentence in facts.sentences for one in _found(sentence, facts)]
    found += [one for sentence in facts.sentences for one in _alleged(sentence, facts) if truce or one.denied_by]
    return tuple(one for one in found if one.accused and facts.has(one.act, "shooting"))


def _found(sentence: Evidence, facts: Facts) -> Iterator[ToldBreach]:
    text = slotted(sentence, facts)
    for match, who in matches(text, facts.words["finding_told"]):
        bodies = tuple(i for i in who["A"] if _watches(i, facts))
        if bodies:
            yield ToldBreach(
                accuser=None, accused=_accused(who["B"], facts), verified_by=bodies, own=True, evidence=sentence,
                act=text.plain(match.start("act"), match.end("act"), facts),
            )  # fmt: skip


def _alleged(sentence: Evidence, facts: Facts) -> Iterator[ToldBreach]:
    text = slotted(sentence, facts)
    for name in ("allegation_told", "false_told"):
        for match, who in matches(text, facts.words[name]):
            accuser = next((facts.voice(i) for i in who["A"] if facts.may_be_party(i)), None)
            accused = tuple(i for i in _accused(who["B"], facts) if i != accuser)
            yield ToldBreach(
                accuser=accuser, accused=accused, denied_by=accused if name == "false_told" else (), own=True,
                act=text.plain(match.start("act"), match.end("act"), facts), evidence=sentence,
            )  # fmt: skip


def _accused(identities: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    return tuple(i for i in identities if facts.may_be_party(i))


def _watches(identity: str, facts: Facts) -> bool:
    """Return whether somebody is a body that watches a truce."""
    entity = facts.entities.get(identity)
    return entity is not None and (entity.kind is Kind.IGO or facts.has(entity.name, "watchers"))
