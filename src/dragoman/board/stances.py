"""Where each party stands on each issue, and how it came to stand there: demand, offer, acceptance, refusal, red line, dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

from dragoman.board.citing import (
    Conflict,
    cited,
    cited_claim,
    entries,
    has,
    heads,
    matter,
    meets,
    parties,
    party,
    similar,
    together,
    words_of,
)
from dragoman.board.folding import Fold, Now, folded
from dragoman.board.types import Cited, Stance, Turn
from dragoman.ledger.store import Told
from dragoman.model import Status, content_id
from dragoman.process.lists import pattern_of
from dragoman.process.records import Position

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A step of a thread: the day of it, and the place of the first word that told it."""

    day: date
    at: int


@dataclass(frozen=True, kw_only=True, eq=False)
class _Thread:
    """A party on an issue, so far: the words that tell of it in the order of print, and its steps in time."""

    issue: str
    named: bool
    words: tuple[_Word, ...] = ()
    steps: tuple[_Step, ...] = ()

    @cached_property
    def said(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the matter of what was said, of whom, once each."""
        return tuple(dict.fromkeys((matter(word.content), word.of) for word in self.words))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of all that was said."""
        return frozenset().union(*(words_of(content) for content, _ in self.said))


@dataclass(slots=True, kw_only=True)
class _State:
    """``threads`` by party."""

    threads: dict[str, tuple[_Thread, ...]] = field(default_factory=dict)


def stances(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Stance, ...]:
    """Return where each party stands on each issue as of a day, by party and issue."""
    return folded(Stances(conflict), told, day)


class Stances(Fold[_State, Stance]):
    """Where each party stands on each issue by what reports tell, by party and issue."""

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in what a report says of where parties stand."""
        found: dict[tuple[str, int], int] = {}
        for word in _words(told, self.conflict):
            place = self._place_of(word)
            thread = self.state.threads[word.party][place]
            found.setdefault((word.party, place), len(thread.words))
            self._put(word.party, place, replace(thread, words=(*thread.words, word)))
        for (whose, place), first in found.items():
            thread = self.state.threads[whose][place]
            for at in _in_time(thread.words, first):
                thread = _turned(thread, at)
            self._put(whose, place, thread)

    def _place_of(self, word: _Word) -> int:
        """Return the place among its party's of the thread that a word goes on; what is new begins one."""
        mine = self.state.threads.get(word.party, ())
        place = next((at for at, thread in enumerate(mine) if _goes_on(thread, word)), len(mine))
        if place == len(mine):
            begun = _Thread(issue=word.issue or heads(word.content), named=word.issue is not None)
            self.state.threads[word.party] = (*mine, begun)
        return place

    def _put(self, whose: str, place: int, thread: _Thread) -> None:
        mine = self.state.threads[whose]
        self.state.threads[whose] = (*mine[:place], thread, *mine[place + 1 :])

    def entries(self, now: Now) -> tuple[Stance, ...]:
        """Return the stances by all that was taken."""
        self._kept.turn()
        made = [
            self._kept.get((thread,), partial(_stance, whose, thread))
            for whose, mine in self.state.threads.items()
            for thread in mine
            if thread.steps
        ]
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


def _goes_on(thread: _Thread, word: _Word) -> bool:
    if thread.named or word.issue is not None:
        return thread.issue == word.issue
    new = matter(word.content)
    words = words_of(new)
    if words and words.isdisjoint(thread.stems):
        return False
    return any(similar(known, new, _HALF if meets(of, word.of) else _ALMOST) for known, of in thread.said)


def _in_time(words: Sequence[_Word], first: int) -> list[int]:
    """Return the places of the words of one report, those from ``first`` on, as steps in time.

    What is dropped comes last, else the first sentence is the newest. Of a demand and a refusal told together the first stands for
    both; a headline is no step where the text has it.
    """
    own = range(first, len(words))
    body = [at for at in own if not words[at].headline]
    listed = sorted(body or own, key=lambda at: _order(words[at]))
    return [
        at
        for at, after in zip(listed, [*listed[1:], None], strict=True)
        if after is None or not _stands_for(words[at], words[after])
    ]


def _order(word: _Word) -> tuple[bool, date, bool, int]:
    return not word.early, word.day or date.max, word.state == _LAST, -word.cited[0].sentence


def _stands_for(word: _Word, after: _Word) -> bool:
    return word.state in _HARD and after.state in _HARD and _when(word) == _when(after)


def _when(word: _Word) -> tuple[bool, date | None]:
    return word.early, word.day


def _turned(thread: _Thread, at: int) -> _Thread:
    """Take a step: the same stance told again is none, one of an earlier day takes its place before the later ones."""
    word, steps = thread.words[at], thread.steps
    day = _BEFORE if word.early and word.day is None else word.day or word.cited[0].published or _BEFORE
    if not steps or (day >= steps[-1].day and not _is_same(thread.words[steps[-1].at], word)):
        place = len(steps)
    elif day < steps[-1].day and not any(thread.words[step.at].state == word.state for step in steps):
        place = next(number for number, step in enumerate(steps) if step.day > day)
    else:
        return thread
    return replace(thread, steps=(*steps[:place], _Step(day=day, at=at), *steps[place:]))


def _is_same(one: _Word, other: _Word) -> bool:
    return one.state == other.state and similar(one.content, other.content, _HALF)


def _stance(whose: str, thread: _Thread) -> Stance:
    turns = [thread.words[step.at] for step in thread.steps]
    now = turns[-1]
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
            for word in turns
        ),
        cited=together(word.cited for word in thread.words),
        against=together(word.against for word in thread.words),
    )
