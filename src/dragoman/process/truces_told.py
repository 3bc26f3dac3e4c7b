"""Sentences that say how a truce fares, whether or not a claim does: 'the ceasefire collapsed', 'in breach of the truce'."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from dragoman.model import Evidence, When
from dragoman.process.facts import Facts, known
from dragoman.process.truce_cues import cued_states
from dragoman.reading.when import find_times, resolve_named

_STATES = ("extended", "ended", "violated", "holding", "in_force", "agreed")
_DOUBT = re.compile(
    r"\b(?:if|unless|whether|could|might|may|should|until|once|hope\w*|fear\w*|to)\b[^,;.]{0,40}\Z",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:whichever|whoever|anyone|if|unless|whether|could|might|may|should|fear\w*|den(?:y|ied|ies)|not|never)\b[^,;.]{0,40}\Z"
)
_NOT = re.compile(r"\b(?:not|never|no longer|n't|failed to)\b")
_COMPLAINT = re.compile(r"\b(?:accus\w+|alleg\w+|claim\w*|according to|said|says|blam\w+|charg\w+)\b")
_WORD = r"(?:[\w’'-]+ )"
_BEFORE = {
    "in_force": re.compile(
        rf"\b(?:(?:entry|coming|entering) into (?:force|effect)|start|beginning|onset)\b[^.;,]{{0,25}} of {_WORD}{{0,3}}\Z",
        re.IGNORECASE,
    ),
    "violated": re.compile(
        rf"\b(?:(?:breach|violation|defiance)(?:e?s)? of|fail(?:ure|ed|ing|s) to (?:comply with|observe|respect|honou?r|uphold|abide by)"  # noqa: E501
        rf"|blow to|broken?|breaking|breach(?:ed|ing)|violat(?:ed?|ing|es)) "
        rf"{_WORD}{{0,3}}\Z",
        re.IGNORECASE,
    ),
    "ended": re.compile(
        rf"\b(?:collapse of|breakdown of|with(?:drew|drawn|drawing|draws) from|pull(?:ed|ing|s) out of|quit(?:s|ting)?|tore up|torn up"
        rf"|renounc(?:ed|es|ing)|abandon(?:ed|s|ing)|call(?:ed|s|ing) off|scrapp(?:ed|ing)|revok(?:ed|es|ing)) {_WORD}{{0,3}}\Z",
        re.IGNORECASE,
    ),
}
BACK = re.compile(r"\A(?:But |And )?(?:It|That|This)(?= (?!was the |is the )[a-z])")
_HALT = re.compile(
    r"\b(?:[Hh]ostilities|(?:[Aa]ll )?[Ff]ighting|[Tt]he guns|[Aa]ll (?:attacks|military operations|firing))\b[^.;,]{0,30}?"
    r"\b(?:are to|is to|will|would|must|shall) (?:be )?(?:end|cease|stop|fall silent|silent|halt|halted)\b"
)
_ASKED = re.compile(
    r"\b(?:demand\w*|call\w*|urg\w*|insist\w*|want\w*|propos\w*|hop\w*|if|until|unless|before)\b[^.;]{0,60}\Z"
)
_PRINCIPLE = re.compile(
    r"\b(?:(?:principle|idea) of (?:a |the )?|(?:appeals?|calls?|pleas?|requests?|proposals?) for (?:an? |the )?(?:[\w-]+ )?)\Z"
)
_DEAL = re.compile(r"\b(?:breach|violation|defiance)s? of (?:the|that|this|its) (?:deal|accord|agreement|pact)\b")
_TRANSITIVE = re.compile(
    r"ended (?!on\b|at\b|after\b|in\b|when\b|last\b|with\b|early\b|hours\b|days\b|without\b|abruptly\b)\w",
    re.IGNORECASE,
)
_BROKE_IT = re.compile(r"\b(?:broke|breached|violated|flouted) it\b")
_MADE = re.compile(
    r"[^.;:]{0,60}?\b(?:reached|concluded|signed|agreed|declared|announced|brokered|ended)\b[^.;:,]{0,60}"
)
_TURNED = {"holding": "violated", "in_force": "agreed", "violated": "holding", "ended": "holding"}
_REACH = 110
_OLD = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTruce:
    """What a sentence says of a truce. ``era``: now, earlier, or its month; ``firm``: no side's complaint."""

    status: str
    era: str
    parties: tuple[str, ...]
    declared: When | None
    firm: bool
    evidence: Evidence


def told_truces(facts: Facts) -> tuple[ToldTruce, ...]:
    """Return what the sentences of the report say of how its truces fare."""
    found = [told for sentence in facts.sentences for told in _told(sentence, facts)]
    for before, sentence in pairwise(facts.sentences):
        back = BACK.match(sentence.text)
        if back is not None and truce_named(before, facts) and not truce_named(sentence, facts):
            era = next((told.era for told in found if told.evidence is before), "now")
            found += [
                replace(_word(sentence, back, s, facts), era=era, firm=True)
                for s in _states(sentence.text, back, facts)
            ]
    return tuple(found)


def truce_named(sentence: Evidence, facts: Facts) -> bool:
    """Return whether a sentence names a truce."""
    return any(_is_truce(sentence.text, named, facts) for named in facts.every(sentence.text, "truce_names"))


def _is_truce(text: str, named: re.Match[str], facts: Facts) -> bool:
    """Return whether the word means a truce, not what is called after one: 'the truce village', 'ceasefire talks'."""
    after = facts.pattern("called_after_truce").match(text, named.end() + 1)
    return after is None


def era_of(when: When | None, facts: Facts) -> str:
    """Return 'now', or the month of a day that lies more than a month before the report."""
    day = (when.earliest or when.latest) if when is not None else None
    if day is None or facts.day is None or (when and when.latest and when.latest > facts.day - _OLD):
        return "now"
    return f"{day:%Y-%m}" if day < facts.day - _OLD else "now"


def _told(sentence: Evidence, facts: Facts) -> list[ToldTruce]:
    found: dict[str, ToldTruce] = {}
    if sentence.text.rstrip('"” ').endswith("?"):
        return []
    deal = _DEAL.search(sentence.text)
    if deal is not None and not _UNSURE.search(sentence.text[: deal.start()]) and facts.tells("truce_names"):
        found["violated"] = _word(sentence, deal, "violated", facts)
    halt = _HALT.search(sentence.text)
    if halt is not None and not _ASKED.search(sentence.text[: halt.start()]):
        found["agreed"] = _word(sentence, halt, "agreed", facts)
    for named in facts.every(sentence.text, "truce_deals") if facts.tells("truce_names") else ():
        if "in_force" in _states(sentence.text, named, facts):
            found["in_force"] = _word(sentence, named, "in_force", facts)
    for named in facts.every(sentence.text, "truce_names"):
        if _is_truce(sentence.text, named, facts):
            for state in (*_states(sentence.text, named, facts), *cued_states(sentence.text, named, facts)):
                found.setdefault(state, _word(sentence, named, state, facts))
    return list(found.values())


def _states(text: str, named: re.Match[str], facts: Facts) -> list[str]:
    """Return the states that the words before and after a truce's name give it."""
    before, after = text[: named.start()], text[named.end() :]
    found = [
        state
        for state, words in _BEFORE.items()
        if (m := words.search(before)) and not _UNSURE.search(before[: m.start()])
    ]
    stop = re.search(r"[;.](?:\s|\Z)|\b(?:said|but)\b", after)
    clause = after[: min(stop.start() if stop else len(after), _REACH + 40)]
    if _PRINCIPLE.search(before):
        return ["proposed"]
    if _BROKE_IT.search(clause):
        found.append("violated")
    hits = [(m.start(), state) for state in _STATES if (m := facts.where(clause, f"truce_{state}")) is not None]
    if not hits or min(hits)[0] > _REACH or _DOUBT.search(before):
        return found
    at, state = min(hits)
    if state == "ended" and _TRANSITIVE.match(clause[at:]):
        return found
    if re.search(r"\b(?:would|could|might|may|should|if|unless)\b", clause[:at]) and state not in (
        "agreed",
        "extended",
    ):
        return found
    if _NOT.search(clause[: at + 12]):
        state = _TURNED.get(state, "rejected")
        return [*found, state]
    later = [
        s
        for place, s in sorted(hits)
        if state == "in_force" and s in ("holding", "violated", "ended") and place <= _REACH
    ]
    return [*found, state, *later[:1]]


def _word(sentence: Evidence, named: re.Match[str], state: str, facts: Facts) -> ToldTruce:
    text = sentence.text
    declared = made_on(text, named, facts)
    earlier = facts.has(text[max(0, named.start() - 25) : named.end()], "earlier_truces")
    start = sentence.start + named.end()
    between = re.match(
        r" between [^;.]{3,80}?(?= (?:has|had|is|was|were|will|would|that|which|in|on|held|collapsed|took|appears)\b|,|\Z)",
        text[named.end() :],
    )
    era = era_of(declared, facts)
    return ToldTruce(
        status=state,
        era="earlier" if earlier and era == "now" else era,
        parties=facts.ids_between(start, start + between.end()) if between else (),
        declared=declared,
        firm=_COMPLAINT.search(text) is None,
        evidence=sentence,
    )


def made_on(text: str, named: re.Match[str], facts: Facts) -> When | None:
    """Return when a truce was made, where the words after its name say so: 'a truce that they reached in May'."""
    after = text[named.end() :]
    of = re.match(r" of (?=\d|[A-Z])", after)
    made = of or _MADE.match(after)
    if made is None:
        return None
    stretch = after[:40] if of else made.group()
    for phrase in find_times(stretch):
        when = resolve_named(phrase, facts.day, past=True)
        if phrase.role == "at" and known(when) and (when.earliest or date.min) <= (facts.day or date.max):
            return when
    return None
