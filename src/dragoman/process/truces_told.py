"""Sentences that say how a truce fares, where no claim does: 'the ceasefire collapsed', 'the truce has held'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import Evidence
from dragoman.process.facts import Facts

_STATES = ("ended", "violated", "holding", "in_force", "agreed")
_DOUBT = re.compile(
    r"\b(?:if|unless|whether|could|might|may|should|until|once|hope\w*|fear\w*|to)\b[^,;.]{0,40}\Z", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:not|never|no longer|n't|failed to)\b")
_TURNED = {"holding": "violated", "in_force": "agreed", "violated": "holding", "ended": "holding"}
_REACH = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTruce:
    """What a sentence says of a truce."""

    status: str
    earlier: bool
    parties: tuple[str, ...]
    evidence: Evidence


def told_truces(facts: Facts, taken: set[int]) -> tuple[ToldTruce, ...]:
    """Return what the sentences that are not ``taken`` say of how a truce fares."""
    found = [_truce(sentence, facts) for sentence in facts.sentences if sentence.sentence not in taken]
    return tuple(truce for truce in found if truce is not None)


def _truce(sentence: Evidence, facts: Facts) -> ToldTruce | None:
    text = sentence.text
    for named in facts.pattern("truce_names").finditer(text):
        before, after = text[: named.start()], text[named.end() :]
        stop = re.search(r"[;.](?:\s|\Z)|\b(?:said|but)\b", after)
        clause = after[: min(stop.start() if stop else len(after), _REACH + 60)]
        hits = [(m.start(), state) for state in _STATES if (m := facts.where(clause, f"truce_{state}")) is not None]
        if not hits or min(hits)[0] > _REACH or _DOUBT.search(before):
            continue
        at, state = min(hits)
        if re.search(r"\b(?:would|could|might|may|should|if|unless)\b", clause[:at]) and state != "agreed":
            continue
        if _NOT.search(clause[: at + 12]):
            state = _TURNED.get(state, "rejected")
        between = re.match(
            r" between [^;.]{3,80}?(?= (?:has|had|is|was|were|will|would|that|which|in|on|held|collapsed|took)\b|,|\Z)",
            after,
        )
        start = sentence.start + named.end()
        return ToldTruce(
            status=state,
            earlier=facts.has(text[max(0, named.start() - 25) : named.end()], "earlier_truces"),
            parties=facts.ids_between(start, start + between.end()) if between else (),
            evidence=sentence,
        )
    return None
