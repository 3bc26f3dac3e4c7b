"""Sentences that set a day ahead -> what is due, when, by whom, whether or not a claim tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import Evidence, Kind, When, Where
from dragoman.process.facts import Facts, known
from dragoman.process.naming import place_of
from dragoman.reading.when import TimePhrase, find_times, resolve_named

_DUE = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|being)\s+(?:now\s+|also\s+)?"
    r"(?:due|scheduled|set(?! up)|expected|supposed|slated|planned|to(?=\s+[a-z]))"
    r"|(?:is|are|was|were) to be|due|scheduled|expected|planned)\b(?:\s+to\b)?"
)
_DEADLINE = re.compile(
    r"\b(?:deadline|ultimatum|truce|ceasefire|cease-fire)\b[^;.]{0,80}?"
    r"\b(?:expires?|expiring|runs? out|ends|(?:is|was|due|will) (?:due )?(?:to )?end|lapses?)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"(?<![A-Z])[;.]\s|,\s|\b(?:but|that|which|who|said|says|after|before|when|while|because|since|if|unless|and)\b"
)
_SPAN = 110
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPlan:
    """What a sentence sets for a day ahead."""

    what: str
    kind: str
    window: When
    due: tuple[str, ...]
    place: Where | None
    evidence: Evidence


def told_plans(facts: Facts) -> tuple[ToldPlan, ...]:
    """Return what the report's sentences set for a day ahead."""
    found = []
    for sentence in facts.sentences:
        times = find_times(sentence.text)
        plan = next(
            (p for lead in _leads(sentence.text) if (p := _plan(sentence, lead, times, facts)) is not None), None
        )
        if plan is not None:
            found.append(plan)
    return tuple(found)


def _leads(text: str) -> list[tuple[str, re.Match[str]]]:
    """Return the words of a sentence that set a day, in order, with what they set."""
    leads = [("deadline", m) for m in _DEADLINE.finditer(text)]
    leads += [("act", m) for m in _DUE.finditer(text)]
    return sorted(leads, key=lambda lead: lead[1].start())


def _plan(
    sentence: Evidence, lead: tuple[str, re.Match[str]], times: tuple[TimePhrase, ...], facts: Facts
) -> ToldPlan | None:
    kind, mark = lead
    text = sentence.text
    day = next(
        (
            (t, when)
            for t in times
            if mark.end() <= t.start <= mark.end() + _SPAN and (when := _ahead(t, facts)) is not None
        ),
        None,
    )
    if day is None or re.search(
        r"[;.]\s|\bsaid\b|\bon condition\b", text[mark.end() : day[0].start].replace("U.N.", "")
    ):
        return None
    start = _subject_start(text, mark.start())
    what = _what(text, (start, day[0].start), day[0].end) if kind == "act" else text[mark.start() : mark.end()]
    due = _sides_between(sentence, (start, mark.start() if kind == "act" else mark.end()), facts)
    return ToldPlan(
        what=what, kind=kind, window=day[1], due=due, place=place_of(text[mark.end() : day[0].end + 40], facts),
        evidence=sentence,
    )  # fmt: skip


def _what(text: str, span: tuple[int, int], end: int) -> str:
    """Return what is due without its day: 'the Senate was due to vote' and 'on a resolution to end the war'."""
    rest = _BREAK.split(text[end:], maxsplit=1)[0]
    return f"{text[span[0] : span[1]].strip(' ,')} {rest.strip(' ,.')}".strip()


def _ahead(phrase: TimePhrase, facts: Facts) -> When | None:
    """Return the day or days of a time phrase, where they lie ahead of the report and not too far."""
    when = resolve_named(phrase, facts.day, past=False)
    if not known(when) or facts.day is None or phrase.attributive:
        return None
    last = when.latest or when.earliest
    first = when.earliest or when.latest
    if last is None or first is None or last < facts.day or (first - facts.day).days > _LONGEST:
        return None
    return when if (last - first).days <= _LONGEST else None


def _subject_start(text: str, end: int) -> int:
    """Return where the words before a verb begin that can be its subject."""
    breaks = [m.end() for m in _BREAK.finditer(text[:end])]
    near = [at for at in breaks if text[at:end].strip()]
    return near[-1] if near else 0


def _sides_between(sentence: Evidence, span: tuple[int, int], facts: Facts) -> tuple[str, ...]:
    """Return who is to do it: the last named in the words before the verb; a relative clause's antecedent too."""
    start = sentence.start + span[0]
    found = facts.ids_between(start, sentence.start + span[1])
    if not found:
        before = [i for s, e, i in facts.mentions if sentence.start <= s and e <= start]
        found = tuple(before[-1:])
    return tuple(i for i in found if facts.may_be_party(i) or facts.kind(i) is Kind.IGO)
