"""Sentences that give somebody until a day to do something -> ultimatums: who, to whom, what, by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dragoman.model import Basis, Claim, EventType, Evidence, When
from dragoman.process.facts import Facts, known, verb_of
from dragoman.reading.when import TimePhrase, find_times, resolve_named

_ASKING = frozenset({EventType.THREATEN, EventType.REQUEST})
_LONGEST = 200  # days: 'until May 7' in a report of June is no day of next year
_GIVES = re.compile(
    r"\b(?:gave|gives|given|giving|give|handed|issued|served)\s+(?P<whom>[^;.]{2,80}?),?\s+(?:with\s+)?"
    r"(?P<time>(?:until|till|a|an|one|two|three|four|five|six|seven|ten|another|\d+|a deadline|(?:a |an )?[\w]+-(?:hour|day|week)|an ultimatum)\s[^,;.]{2,40}?)"  # noqa: E501
    r"\s+to\s+(?P<act>[a-z][^,;.]+)"
)
_BREAK = re.compile(r"(?<![A-Z])[;.]\s|\b(?:but|said|says|while|because)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ultimatum:
    """Who gives whom how long to do what."""

    party: str | None
    whom: tuple[str, ...]
    act: str
    window: When
    evidence: Evidence


def ultimatums(claims: Sequence[Claim], facts: Facts) -> tuple[Ultimatum, ...]:
    """Return the ultimatums that the report's sentences tell of."""
    found = []
    for sentence in facts.sentences:
        match = _GIVES.search(sentence.text)
        window = _window(sentence.text, match, facts) if match else None
        if match is not None and window is not None:
            start = sentence.start
            found.append(
                Ultimatum(
                    party=_giver(sentence, match.start(), claims, facts),
                    whom=facts.ids_between(start + match.start("whom"), start + match.end("whom")),
                    act=match.group("act").strip(),
                    window=window,
                    evidence=sentence,
                )
            )
    return tuple(one for one in found if not _is_told_again(one, found))


def _is_told_again(one: Ultimatum, found: Sequence[Ultimatum]) -> bool:
    """Return whether the text tells of an ultimatum of the headline again, more fully."""
    return one.evidence.sentence == 1 and any(
        other is not one and other.party == one.party and set(other.whom) & set(one.whom) for other in found
    )


def _window(text: str, match: re.Match[str], facts: Facts) -> When | None:
    span = match.span("time")
    phrase = next((t for t in find_times(text) if span[0] - 1 <= t.start < span[1]), None)
    if phrase is None:
        return _stretch(match.group("time"), facts)
    if phrase.role == "duration":
        return _lasting(phrase, facts)
    when = resolve_named(phrase, facts.day, past=False)
    first = when.earliest or when.latest
    far = first is not None and facts.day is not None and (first - facts.day).days > _LONGEST
    return when if known(when) and not far else None


def _lasting(phrase: TimePhrase, facts: Facts) -> When | None:
    if facts.day is None or phrase.days is None:
        return None
    last = facts.day + timedelta(days=phrase.days)
    return When(earliest=facts.day, latest=last, phrase=phrase.text, basis=Basis.RELATIVE)


def _stretch(words: str, facts: Facts) -> When | None:
    """Return the days of 'a week', 'three days' from the report's day on."""
    words = re.sub(r"^(?:an? )?(\w+)-(hour|day|week)\b.*", r"\1 \2s", words)
    phrase = next(iter(find_times(f"for {words}")), None)
    return _lasting(phrase, facts) if phrase is not None else None


def _giver(sentence: Evidence, end: int, claims: Sequence[Claim], facts: Facts) -> str | None:
    """Return who gives: the actor of the sentence's own threat or demand by that verb, else the first named before."""
    told = [c for c in claims if c.evidence.sentence == sentence.sentence and c.actor]
    threat = next((c for c in told if c.event in _ASKING and verb_of(c).startswith("giv")), None)
    if threat is not None:
        return facts.voice(threat.actor[0])
    breaks = [m.end() for m in _BREAK.finditer(sentence.text[:end])]
    start = sentence.start + (breaks[-1] if breaks else 0)
    named = facts.ids_between(start, sentence.start + end)
    return facts.voice(named[0]) if named else None
