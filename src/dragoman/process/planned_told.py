"""Sentences that set a day ahead -> what is due, when, by whom, whether or not a claim tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dragoman.model import Evidence, Kind, When, Where
from dragoman.process.facts import Facts, known
from dragoman.process.naming import place_of
from dragoman.process.talks_told import place_in
from dragoman.reading.when import TimePhrase, find_times, resolve_named

_DUE = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|being)\s+(?:now\s+|also\s+)?"
    r"(?:due|scheduled|set(?! up)|expected|supposed|slated|planned|to(?=\s+[a-z]))"
    r"|(?:is|are|was|were) to be|due|scheduled|expected|planned|(?:have|has) been (?:invited|summoned))\b(?:\s+to\b)?"
)
_WILL = re.compile(r"\b(?:will|would|intends? to|plans? to)\s+(?!not\b|never\b|have\b|if\b)(?:be\s+)?[a-z]+\b")
_IF = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Ss]hould|as long as|so long as|whoever|in case)\b")
_OFF = re.compile(
    r"\b(?:call(?:s|ed)? off|pull(?:s|ed)? out|is now off|is off|are off|cancel\w+|postpon\w+|scrap\w+|will not travel)\b"
)
_ASKED = re.compile(
    r"\b(?:demand(?:s|ed)?|must|order(?:s|ed)|instruct(?:s|ed)|gave|give[ns]?|call(?:s|ed)? on|urg(?:es|ed)"
    r"|ask(?:s|ed)|told|want(?:s|ed))\b"
)
_AWAY = re.compile(r"[;.]\s|,? \bbut\b|[\"”]|\btold\b|\bsaid\b|\bon condition\b|\bsince\b")
_WHEN = re.compile(r",? when (?:the )?(?:[\w’'-]+ ){1,6}\Z")
_DEADLINE = re.compile(
    r"\b(?:deadline|ultimatum|truce|ceasefire|cease-fire)\b[^;.]{0,80}?"
    r"\b(?:expires?|expiring|runs? out|ends|(?:is|was|due|will) (?:due )?(?:to )?end|lapses?)\b",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:truce|cease-?fire|armistice|pause|deadline|ultimatum|mandate)\b[^;.]{0,120}?"
    r"\b(?:extended|prolonged|renewed|pushed back|put back|moved|put off)\b",
    re.IGNORECASE,
)
_UP = re.compile(r"\b(?:days|weeks|months|hours) (?:are|is|will be) (?:up|over)\b")
_HOLD = re.compile(
    r"\b(?:cease-?fire|truce|hold (?:their|its|his|our) fire|(?:stop|cease) (?:shooting|firing|all operations))\b(?=[^;.]{0,40} (?:from|starting|beginning))"  # noqa: E501
)
_BREAK = re.compile(
    r"(?<![A-Z])[;.]\s|,\s|\b(?:but|that|which|who|said|says|after|before|when|while|because|since|if|unless|and)\b"
)
_KINDS = {"put off": "deadline", "hold": "act"}
_ROLES = {"asked": ("until",), "put off": ("until",), "hold": ("from",)}
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
    found: list[ToldPlan] = []
    for sentence in facts.sentences:
        if _OFF.search(sentence.text):
            continue
        here: list[ToldPlan] = []
        for lead in _leads(sentence.text):
            plan = _plan(sentence, lead, find_times(sentence.text), facts)
            if plan is not None and not any(plan.window == other.window for other in here):
                here.append(plan)
        found += here
    return tuple(found)


def _leads(text: str) -> list[tuple[str, re.Match[str]]]:
    """Return the words of a sentence that set a day, in order, with what they set."""
    put_off = _PUT_OFF.search(text)
    if put_off is not None and re.match(r"[^;.]{0,60}\b(?:until|till|to)\b", text[put_off.end() :]):
        return [("put off", put_off)]
    leads = [("deadline", m) for words in (_DEADLINE, _UP) for m in words.finditer(text)]
    leads += [("hold", m) for m in _HOLD.finditer(text)]
    leads += [("act", m) for m in _DUE.finditer(text)]
    if not _IF.search(text):
        leads += [("act", m) for m in _WILL.finditer(text)]
    leads += [("asked", m) for m in _ASKED.finditer(text)]
    return sorted(leads, key=lambda lead: lead[1].start())


def _plan(
    sentence: Evidence, lead: tuple[str, re.Match[str]], times: tuple[TimePhrase, ...], facts: Facts
) -> ToldPlan | None:
    kind, mark = lead
    text = sentence.text
    roles = _ROLES.get(kind, ("at", "until", "from", "range"))
    day = next(
        (
            (t, when)
            for t in times
            if mark.end() <= t.start <= mark.end() + _SPAN
            and (t.role in roles or t.word == "within")
            and (when := _ahead(t, facts)) is not None
        ),
        None,
    )
    if day is None and kind == "act" and _WHEN.search(text[: mark.start()]):
        day = next(((t, w) for t in reversed(times) if t.end <= mark.start() and (w := _ahead(t, facts))), None)
        day = (replace(day[0], start=mark.end(), end=mark.end()), day[1]) if day else None
    if day is None or _AWAY.search(text[mark.end() : day[0].start].replace("U.N.", "")):
        return None
    if kind == "act" and (day[0].word == "within" or re.match(r"\s*end\b", text[mark.end() :])):
        return None
    if kind == "asked":
        if re.search(r"\b(?:last (?:week|month|year)|had (?:given|ordered|demanded|told))\b", text):
            return None
        return _asked(sentence, mark, day, facts)
    start = _subject_start(text, mark.start())
    what = _what(text, (start, day[0].start), day[0].end) if kind == "act" else text[mark.start() : mark.end()]
    due = _sides_between(sentence, (start, mark.start() if kind == "act" else mark.end()), facts)
    return ToldPlan(
        what=what, kind=_KINDS.get(kind, kind), window=day[1], due=due, place=_place(text[mark.end() : day[0].end + 50], facts),
        evidence=sentence,
    )  # fmt: skip


def _asked(sentence: Evidence, mark: re.Match[str], day: tuple[TimePhrase, When], facts: Facts) -> ToldPlan | None:
    """Return what somebody is told to do by a day: 'demanded that they apologise by Friday'."""
    what = sentence.text[mark.end() : day[0].start].strip(" ,")
    named = facts.ids_between(sentence.start + mark.end(), sentence.start + day[0].start)
    if facts.has(what, "subordinates") or len(what.split()) < 2:
        return None
    due = tuple(i for i in named if facts.may_be_party(i))[:1]
    return ToldPlan(
        what=f"deadline: {what}", kind="deadline", window=day[1], due=due,
        place=_place(sentence.text[mark.end() : day[0].start], facts), evidence=sentence,
    )  # fmt: skip


def _place(text: str, facts: Facts) -> Where | None:
    """Return where a plan is to be carried out: by the gazetteer, else by a name after 'in'."""
    return place_of(text, facts) or place_in(text, facts)


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
        before = [i for _, _, i in facts.mentions_between(sentence.start, start)]
        found = tuple(before[-1:])
    return tuple(i for i in found if facts.may_be_party(i) or facts.kind(i) is Kind.IGO)
