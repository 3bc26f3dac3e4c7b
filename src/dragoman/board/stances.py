"""Where each party stands on each issue, and how it came to stand there: demand, offer, acceptance, refusal, red line, dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.board.citing import (
    Conflict,
    cited,
    cited_claim,
    counted,
    entries,
    has,
    heads,
    meets,
    parties,
    party,
    similar,
    together,
)
from dragoman.board.types import Cited, Stance, Turn
from dragoman.ledger.store import Told
from dragoman.model import Status, content_id
from dragoman.process.records import Position
from dragoman.process.sides import pattern_of

_HARD = frozenset({"demand", "refusal", "red_line"})
_LAST, _BEFORE = "dropped", date.min
_HALF = 0.5
_ALMOST = 0.8
_DROP = r"(?:to (?:drop|give up|abandon|withdraw|renounce) )?"
_OWN = re.compile(rf"\A{_DROP}(?:his|her|its|their|our) (?:own )?demands?\b")
_DEMAND = re.compile(
    rf"\A{_DROP}(?:an?|the|any|his|her|its|their|our) (?:own )?demands? (?:of [^,]+? )?(?=(?:that|for|to) )"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """One report's word on where a party stands. ``day`` is the day of the stance, ``early`` that it is told as background."""

    party: str
    issue: str | None
    of: tuple[str, ...]
    state: str
    content: str
    condition: str | None
    day: date | None
    early: bool
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]
    headline: bool


@dataclass(slots=True, kw_only=True)
class _Thread:
    """A party on an issue, so far. ``turns`` are its steps, each with its day and the first word that told it."""

    issue: str
    named: bool
    words: list[_Word] = field(default_factory=list)
    turns: list[tuple[date, _Word]] = field(default_factory=list)


def stances(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Stance, ...]:
    """Return where each party stands on each issue as of a day, by party and issue."""
    threads: dict[str, list[_Thread]] = {}
    for each in counted(told, day):
        for thread, words in _by_thread(_words(each, conflict), threads):
            for word in _steps(words):
                _turn(thread, word)
    made = [_stance(who, thread) for who, listed in threads.items() for thread in listed if thread.turns]
    return tuple(sorted(made, key=lambda stance: (stance.party, stance.issue, stance.id)))


def _words(told: Told, conflict: Conflict) -> Iterator[_Word]:
    past = {kept.claim.id for kept in told.claims if kept.claim.status is Status.HISTORICAL}
    for _, record in entries([told], "positions", Position):
        whose = party(record.party, told, conflict)
        yield _Word(
            party=whose,
            issue=_issue(record.content, conflict),
            of=tuple(i for i in parties(record.of, told, conflict) if i != whose),
            state=_state(record),
            content=_DEMAND.sub("", record.content),
            condition=record.condition,
            day=record.date.latest or record.date.earliest,
            early=(bool(record.claims) and past.issuperset(record.claims))
            or has(record.evidence.text, "stands_before"),
            cited=cited(told, record),
            against=cited(told, record, contrary=True),
            headline=record.evidence.start < told.kept.report.body_start,
        )
    yield from _declared(told, conflict)


def _declared(told: Told, conflict: Conflict) -> Iterator[_Word]:
    """Yield the truces that a party of the conflict declares: it accepts that there be one."""
    for kept in told.claims:
        claim = kept.claim
        if "ceasefire.declared" not in claim.marks or claim.negated or claim.status is not Status.OCCURRED:
            continue
        content = claim.content or claim.evidence.text
        for whose in parties(claim.actor, told, conflict):
            if conflict.party_of(whose, told.kept.report.published) is not None:
                yield _Word(
                    party=whose, issue=_issue(content, conflict), of=(), state="acceptance", content=content,
                    condition=claim.condition, day=claim.date.latest or claim.date.earliest, early=False,
                    cited=(cited_claim(told, claim),), against=(),
                    headline=claim.evidence.start < told.kept.report.body_start,
                )  # fmt: skip


def _state(record: Position) -> str:
    """Return where a party stands: who will not drop his own demand still demands."""
    if record.status == "dropped":
        return _LAST
    return "demand" if record.stance == "refusal" and _OWN.match(record.content) else record.stance


def _issue(content: str, conflict: Conflict) -> str | None:
    """Return the issue of the conflict that most words of a content tell of, the first among equals."""
    counts = [(len(pattern_of(issue.words).findall(content)), -at) for at, issue in enumerate(conflict.issues)]
    most, at = max(counts, default=(0, 0))
    return conflict.issues[-at].id if most else None


def _by_thread(words: Iterable[_Word], threads: dict[str, list[_Thread]]) -> list[tuple[_Thread, list[_Word]]]:
    """Return the words of a report with the thread that each goes on; what is new begins one."""
    found: dict[int, tuple[_Thread, list[_Word]]] = {}
    for word in words:
        mine = threads.setdefault(word.party, [])
        thread = next((t for t in mine if _goes_on(t, word)), None)
        if thread is None:
            thread = _Thread(issue=word.issue or heads(word.content), named=word.issue is not None)
            mine.append(thread)
        thread.words.append(word)
        found.setdefault(id(thread), (thread, []))[1].append(word)
    return list(found.values())


def _goes_on(thread: _Thread, word: _Word) -> bool:
    if thread.named or word.issue is not None:
        return thread.issue == word.issue
    return any(
        similar(known.content, word.content, _HALF if meets(known.of, word.of) else _ALMOST) for known in thread.words
    )


def _steps(words: Sequence[_Word]) -> list[_Word]:
    """Return the words of one report as steps in time: what is dropped last, else the first sentence being the newest.

    Of a demand and a refusal told together the first stands for both; a headline is no step where the text has it.
    """
    body = [word for word in words if not word.headline]
    listed = sorted(
        body or words, key=lambda w: (not w.early, w.day or date.max, w.state == _LAST, -w.cited[0].sentence)
    )
    return [
        word
        for word, after in zip(listed, [*listed[1:], None], strict=True)
        if after is None or not (word.state in _HARD and after.state in _HARD and _when(word) == _when(after))
    ]


def _when(word: _Word) -> tuple[bool, date | None]:
    return word.early, word.day


def _turn(thread: _Thread, word: _Word) -> None:
    """Take a step: the same stance told again is none, one of an earlier day takes its place before the later ones."""
    day = _BEFORE if word.early and word.day is None else word.day or word.cited[0].published or _BEFORE
    last = thread.turns[-1] if thread.turns else None
    if last is None or (day >= last[0] and not _is_same(last[1], word)):
        thread.turns.append((day, word))
    elif day < last[0] and not any(turn.state == word.state for _, turn in thread.turns):
        at = next(number for number, (since, _) in enumerate(thread.turns) if since > day)
        thread.turns.insert(at, (day, word))


def _is_same(one: _Word, other: _Word) -> bool:
    return one.state == other.state and similar(one.content, other.content, _HALF)


def _stance(whose: str, thread: _Thread) -> Stance:
    now = thread.turns[-1][1]
    return Stance(
        id=content_id("stance", whose, thread.issue),
        party=whose,
        issue=thread.issue,
        of=tuple(dict.fromkeys(i for word in thread.words if _is_same(word, now) for i in word.of)),
        state=now.state,
        content=now.content,
        condition=now.condition,
        history=tuple(
            Turn(state=word.state, day=word.cited[0].published, text=word.content, cited=word.cited[0])
            for _, word in thread.turns
        ),
        cited=together(word.cited for word in thread.words),
        against=together(word.against for word in thread.words),
    )
