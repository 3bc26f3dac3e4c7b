"""Sentences that name a body and its task -> bodies, whether or not a claim speaks of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import Evidence
from dragoman.process.facts import Facts

_LEFT = re.compile(r"(\S+)\s+\Z")
_STOP = re.compile(
    r",(?= (?:which|who|that|said|and (?:is|has|will))\b)|\b(?:will|would|to|which|that|who|said)\b|[;.]|\Z"
)
_MANDATE = re.compile(r"[,;:.\"”]\s|[,;:.\"”]\Z|\s(?:but|said)\s|\s(?:was|were|is|are|will|has|have) ")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|is to|are to|was to|were to|to be|be|due|set to|plans? to|agreed|agree|planned|planning)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:demand\w*|call(?:s|ed|ing)? for|ask\w* for|urg\w+|should|must|want\w*|request\w*)\b", re.IGNORECASE
)
_OFFERED = re.compile(r"\b(?:propos\w+|offer\w*|could|might|may|suggest\w*|consider\w*)\b", re.IGNORECASE)
_KINDS = ("oversight", "verification", "monitoring", "peacekeeping", "mediation")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBody:
    """A body as a sentence tells of it: its name, what kind of task, its words, its state and who is in it."""

    name: str
    kind: str
    mandate: str | None
    status: str
    members: tuple[str, ...]
    evidence: Evidence


def told_bodies(facts: Facts) -> tuple[ToldBody, ...]:
    """Return the bodies with a task that the report's sentences name."""
    found: list[ToldBody] = []
    for sentence in facts.sentences:
        here: list[ToldBody] = []
        for match in facts.pattern("bodies", "told_bodies").finditer(sentence.text):
            body = _body(sentence, match, facts)
            if body is not None and not any(_within(body, other) for other in here):
                here.append(body)
        found += here
    return tuple(found)


def _within(body: ToldBody, other: ToldBody) -> bool:
    """Return whether two names of one sentence are one body: 'a panel of observers' that has one task."""
    return body.mandate == other.mandate


def _body(sentence: Evidence, found: re.Match[str], facts: Facts) -> ToldBody | None:
    if re.match(
        r" (?:mission|committee|commission|force|team|group|cent(?:re|er)|body|panel)s?\b", sentence.text[found.end() :]
    ):
        return None
    start = _begin(sentence.text, found.start(), facts)
    name = sentence.text[start : found.end()]
    words = name.split()
    if facts.has(name, "not_bodies") or re.search(
        r"\b(?:to|will|would|should|must)\s\Z", sentence.text[: found.start()]
    ):
        return None
    after = sentence.text[found.end() :]
    task = _task(after, facts)
    told = facts.has(after[:60], "body_signs") or _is_founded(sentence.text, start, found.end(), facts)
    own = next((kind for kind in _KINDS if len(words) > 1 and facts.has(name, f"task_{kind}")), None)
    if task is None and not (own and told):
        return None
    kind, mandate = task or (own or "", None)
    return ToldBody(
        name=name,
        kind=own if own and task is None else kind,
        mandate=mandate,
        status=_status(sentence.text, found, facts),
        members=_members(sentence, found.end(), facts),
        evidence=sentence,
    )


def _begin(text: str, start: int, facts: Facts) -> int:
    """Return where the name begins: before names and the words that such names have, without the article."""
    for _ in range(6):
        before = _LEFT.search(text[:start])
        token = before.group(1).strip("\"“'") if before else ""
        closed = token.endswith((",", "'s", "’s", ".", ";")) and token not in ("U.N.", "A.U.", "E.U.", "U.S.")
        if before is None or closed or token.lower() in facts.words["articles"]:
            break
        if before is None or not (token[:1].isupper() or facts.pattern("body_modifiers").fullmatch(token)):
            break
        if before.start() == 0 and facts.has(token, "sentence_openers"):
            break
        start = before.start(1)
    return start


def _task(after: str, facts: Facts) -> tuple[str, str] | None:
    """Return the kind of the task that follows a body's name, and its words: 'to oversee …', 'will monitor …'."""
    for found in re.finditer(r"\b(\w+)\b", after[:170]):
        if re.search(r"[.;]", after[: found.start()].replace("U.N.", "")):
            break
        kind = next((k for k in _KINDS if facts.pattern(f"told_verbs_{k}").fullmatch(found.group())), None)
        if kind is None:
            continue
        between = after[: found.start()]
        if facts.has(between, "speech_verbs") or not _leads(between):
            return None
        return kind, _cut(after[found.start() :])
    return None


_LEAD = re.compile(
    r"(?:\b(?:to|will|would|shall|should|must|could|can|which|who|that|and|is|are|was|were|been|for|with|tasked|charged|have|has|had|also|now)\s+)\Z|\A\s+\Z"
)


def _leads(between: str) -> bool:
    """Return whether the words between a body and a verb make the verb the body's own task."""
    return _LEAD.search(between) is not None and len(re.findall(r",", between)) <= 3


def _cut(text: str) -> str:
    found = _MANDATE.search(text)
    return (text[: found.start()] if found else text).strip()


def _is_founded(text: str, start: int, end: int, facts: Facts) -> bool:
    """Return whether the words around a name set the body up: 'agreed to form a …', 'a … was established'."""
    return facts.has(text[max(0, start - 40) : start], "forming") or facts.has(text[end : end + 40], "forming")


def _status(text: str, found: re.Match[str], facts: Facts) -> str:
    before, after = text[: found.start()], text[found.end() : found.end() + 60]
    if _WANTED.search(before):
        return "demanded"
    if _OFFERED.search(before) or re.match(r" (?:could|might|may)\b", after):
        return "proposed"
    if _AHEAD.search(before[-60:]) or re.search(r"\b(?:will|would|is to|are to|was to|to be|shall)\b", after):
        return "planned"
    if facts.has(f"{before[-40:]} {after}", "forming"):
        return "established"
    return "working"


def _members(sentence: Evidence, end: int, facts: Facts) -> tuple[str, ...]:
    """Return who chairs a body or makes it up: 'chaired by the United Nations', 'made up of A, B and C'."""
    after = sentence.text[end:]
    found = facts.pattern("member_words").search(after)
    if found is None or "." in after[: found.start()].replace("U.N.", "") or found.start() > 80:
        return ()
    stop = _STOP.search(after, found.end())
    last = stop.start() if stop else len(after)
    start = sentence.start + end
    return facts.ids_between(start + found.end(), start + last)
