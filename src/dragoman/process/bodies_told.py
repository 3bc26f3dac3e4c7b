"""Sentences that name a body and its task -> bodies, whether or not a claim speaks of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import Evidence, Kind
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
_BODY = r"(?:Mission|Committee|Commission|Force|Team|Group|Mechanism|Centre|Center)"
_PROPER = re.compile(rf"(?:[A-Z][\w.’'-]* ){{1,4}}{_BODY}\b")
_OBSERVERS_OF = re.compile(
    r"\b(?:observers|monitors|peacekeepers|inspectors) of the [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
)
_OVER = (
    r"(?:the |that |their |this )?(?:[\w-]+ ){0,2}"
    r"(?:truce|cease-?fire|accord|agreement|deal|pullout|withdrawal|pause|buffer zone|armistice)"
)
_WATCHES = re.compile(
    r" (?:will|would|is to|are to|has|have|had|was to|were to)(?: also| then)? "
    r"(?P<task>(?:watch(?:ed)? over|monitor(?:ed)?|verif(?:y|ied)|overs(?:ee|een)|supervised?|observed?|policed?|patrol(?:led)?) "
    rf"{_OVER})\b",
    re.IGNORECASE,
)
_WATCHED_BY = re.compile(
    r"(?P<task>\b(?:truce|cease-?fire|accord|agreement|pullout|withdrawal)\b[^.;,]{0,20} (?:is|was|are|were|been|be|being) "
    r"(?:monitored|verified|supervised|observed|overseen|policed|watched)) by (?P<name>[^.;,]{3,70})",
    re.IGNORECASE,
)
_WATCHERS = frozenset({Kind.IGO, Kind.GROUP, Kind.NGO, Kind.STATE})
KINDS = ("oversight", "verification", "monitoring", "peacekeeping", "mediation")


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
    """Return the bodies with a task that the report's sentences name: by task, by a name that tells it, or as watchers."""
    found: list[ToldBody] = []
    for sentence in facts.sentences:
        here = _named(sentence, facts) + _watching(sentence, facts)
        for match in facts.every(sentence.text, "bodies", "told_bodies"):
            body = _body(sentence, match, facts)
            if body is not None and not any(_within(body, other) for other in here):
                here.append(body)
        found += [body for body in here if not any(body.name == other.name and not body.mandate for other in found)]
    return tuple(found)


def _named(sentence: Evidence, facts: Facts) -> list[ToldBody]:
    """Return the bodies whose own name tells the task, and the observers of one: 'the Usk Monitoring Mission'."""
    found = []
    for match in (*_PROPER.finditer(sentence.text), *_OBSERVERS_OF.finditer(sentence.text)):
        words = match.group().split()
        while words and words[0].lower() in facts.words["sentence_openers"]:
            words = words[1:]
        name = " ".join(words)
        kind = next((kind for kind in KINDS if facts.has(name, f"task_{kind}")), None)
        if kind is None or len(words) < 2 or facts.has(name, "not_bodies"):
            continue
        after = sentence.text[match.end() :]
        task = _task(after, facts)
        found.append(
            ToldBody(
                name=name, kind=kind, mandate=task[1] if task else None, status=_status(sentence.text, match, facts),
                members=_members(sentence, match.end(), facts), evidence=sentence,
            )
        )  # fmt: skip
    return found


def _watching(sentence: Evidence, facts: Facts) -> list[ToldBody]:
    """Return who watches over a truce or accord: 'the Forum will verify the truce', 'the truce was monitored by officers'."""
    text = sentence.text
    passive = _WATCHED_BY.search(text)
    if passive is not None:
        name = re.sub(r"^(?:the|a|an) ", "", passive.group("name")).strip()
        return [_watcher(name, passive.group("task"), passive, sentence, facts)]
    for match in _WATCHES.finditer(text):
        end = sentence.start + match.start()
        before = [
            (s, e, i) for s, e, i in facts.mentions_between(sentence.start, end) if e == end and facts.text[s].isupper()
        ]
        for start, _, identity in before:
            below = re.search(r"\b(?:by|of|with|for|from) (?:the )?\Z", facts.text[sentence.start : start])
            if facts.kind(identity) in _WATCHERS and below is None:
                return [_watcher(facts.text[start:end], match.group("task"), match, sentence, facts)]
    return []


def _watcher(name: str, task: str, match: re.Match[str], sentence: Evidence, facts: Facts) -> ToldBody:
    kind = next((kind for kind in KINDS if facts.has(task, f"verbs_{kind}", f"told_verbs_{kind}")), "monitoring")
    status = "working" if re.search(r"\b(?:has|have|had|was|were|is|are)\b(?! to\b)", match.group()) else "planned"
    return ToldBody(name=name, kind=kind, mandate=task, status=status, members=(), evidence=sentence)


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
    own = next((kind for kind in KINDS if len(words) > 1 and facts.has(name, f"task_{kind}")), None)
    own = own or ("oversight" if len(words) > 1 and facts.has(name, "shared_bodies") else None)
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
        if not (token[:1].isupper() or facts.pattern("body_modifiers").fullmatch(token)):
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
        kind = next((k for k in KINDS if facts.pattern(f"told_verbs_{k}").fullmatch(found.group())), None)
        if kind is None:
            continue
        between = after[: found.start()]
        if facts.has(between, "speech_verbs") or not _leads(between):
            return None
        return kind, _cut(after[found.start() :])
    return None


_LEAD = re.compile(
    r"(?:\b(?:to|will|would|shall|should|must|could|can|which|who|that|and|is|are|was|were|been|for|with|tasked|charged|have|has|had|also|now|one|other)\s+)\Z|\A\s+\Z"
)


def _leads(between: str) -> bool:
    """Return whether the words between a body and a verb make the verb the body's own task."""
    return _LEAD.search(between) is not None and len(re.findall(r",", between)) <= 5


def _cut(text: str) -> str:
    found = _MANDATE.search(text)
    return (text[: found.start()] if found else text).strip()


def _is_founded(text: str, start: int, end: int, facts: Facts) -> bool:
    """Return whether the words around a name set the body up: 'agreed to form a …', 'a … was established'."""
    if re.search(r"\bsits? on (?:a|the) \Z", text[:start]):
        return True
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
    found = facts.where(after, "member_words")
    if found is None or "." in after[: found.start()].replace("U.N.", "") or found.start() > 80:
        return ()
    stop = _STOP.search(after, found.end())
    last = stop.start() if stop else len(after)
    start = sentence.start + end
    return facts.ids_between(start + found.end(), start + last)
