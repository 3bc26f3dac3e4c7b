"""What single reports say of talks, and which of it is of one round: same sides, and the same place and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.board.citing import Conflict, cited, entries, has, may_be_same_place, parties
from dragoman.board.types import Cited
from dragoman.ledger.store import Told
from dragoman.model import When, Where, content_id
from dragoman.process.facts import known
from dragoman.process.records import Planned, Talks

AHEAD = frozenset({"planned", "proposed", "postponed"})
DONE = frozenset({"held", "ended"})
_ORDINALS = {
    word: number for number, word in enumerate("first second third fourth fifth sixth seventh eighth".split(), start=1)
}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\s+(?:[\w-]+\s+)?round\b", re.IGNORECASE)
_SPELL = timedelta(days=3)  # without news after which a round of talks goes on
_RECENT = timedelta(days=10)  # so long after a round words without a day are of it
_LONG = timedelta(days=31)  # so far ahead words without a day are of a round that is planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one report says of talks. ``ordinal`` is the number of the round where it is told."""

    id: str
    name: str
    status: str
    parties: tuple[str, ...]
    sides: frozenset[str]
    place: Where | None
    when: When
    format: str | None
    host: str | None
    mediators: tuple[str, ...]
    declined: tuple[str, ...]
    outcome: str | None
    ordinal: int | None
    printed: date
    origin: str
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]

    @property
    def first(self) -> date | None:
        """Return the first of its days."""
        return self.when.earliest or self.when.latest

    @property
    def last(self) -> date | None:
        """Return the last of its days."""
        return self.when.latest or self.when.earliest


@dataclass(slots=True, kw_only=True)
class Thread:
    """One round, so far: the words that tell of it in the order of print."""

    words: list[Word] = field(default_factory=list)

    @property
    def sides(self) -> frozenset[str]:
        """Return the sides that take part."""
        return frozenset().union(*(word.sides for word in self.words))

    @property
    def parties(self) -> frozenset[str]:
        """Return who takes part, mediates or is host."""
        return frozenset(
            i for word in self.words for i in (*word.parties, *word.mediators, *filter(None, (word.host,)))
        )

    @property
    def ordinals(self) -> frozenset[int]:
        """Return the numbers that the round is told to have."""
        return frozenset(word.ordinal for word in self.words if word.ordinal is not None)

    @property
    def places(self) -> list[Where]:
        """Return the places that are told."""
        return [word.place for word in self.words if word.place is not None]

    @property
    def span(self) -> tuple[date, date] | None:
        """Return the days of the round as told so far; a word without a day is of that on which it was printed, once it began."""
        dated = [word for word in self.words if known(word.when)]
        if not dated:
            return None
        first = min(word.first for word in dated if word.first is not None)
        last = max(word.last for word in dated if word.last is not None)
        for word in self.words:
            if word.status in DONE and not known(word.when) and first <= word.printed <= last + _SPELL:
                last = max(last, word.printed)
        return first, last

    @property
    def is_over(self) -> bool:
        """Return whether the round is told to have ended."""
        return any(word.status == "ended" for word in self.words)


def words_of(told: Told, conflict: Conflict, day: date) -> Iterator[Word]:
    """Yield what a report says of talks: its talks, and the meetings that it says are planned."""
    for _, talk in entries([told], "talks", Talks):
        yield _word(told, talk, conflict, day)
    for _, plan in entries([told], "planned", Planned):
        if (
            known(plan.window)
            and plan.place is not None
            and (plan.kind == "meeting" or has(plan.what, "meetings_told"))
        ):
            yield _plan(told, plan, conflict, day)


def _word(told: Told, talk: Talks, conflict: Conflict, day: date) -> Word:
    published = told.kept.report.published
    whose = parties(talk.parties, told, conflict)
    mediators = parties(talk.mediators, told, conflict)
    return Word(
        id=content_id(told.kept.report.id, talk.id), name=talk.name, status=talk.status,
        parties=tuple(who for who in whose if who not in mediators),
        sides=frozenset(side for who in whose if (side := conflict.side_of(who, published))),
        place=talk.place, when=talk.date, format=talk.format, host=talk.host, mediators=mediators,
        declined=parties(talk.declined, told, conflict), outcome=talk.outcome,
        ordinal=_ordinal(f"{talk.name} {talk.evidence.text}"), printed=published or day, origin=told.kept.origin,
        cited=cited(told, talk), against=cited(told, talk, contrary=True),
    )  # fmt: skip


def _plan(told: Told, plan: Planned, conflict: Conflict, day: date) -> Word:
    published = told.kept.report.published
    whose = parties(plan.due, told, conflict)
    name = plan.what if plan.kind == "meeting" else "talks"
    return Word(
        id=content_id(told.kept.report.id, plan.id), name=name, status="planned", parties=whose,
        sides=frozenset(side for who in whose if (side := conflict.side_of(who, published))),
        place=plan.place, when=plan.window, format=None, host=plan.host, mediators=(),
        declined=parties(plan.declined, told, conflict), outcome=None, ordinal=_ordinal(plan.evidence.text),
        printed=published or day, origin=told.kept.origin,
        cited=cited(told, plan), against=cited(told, plan, contrary=True),
    )  # fmt: skip


def _ordinal(text: str) -> int | None:
    """Return the number of a round by its words.

    >>> _ordinal("the second round of talks")
    2
    """
    found = _ORDINAL.search(text)
    return _ORDINALS[found.group(1).lower()] if found else None


# -- which round a word is of


def thread_of(word: Word, threads: Sequence[Thread], conflict: Conflict) -> Thread | None:
    """Return the round that a word is of, or None where it is of another: the best fit, the newest among equals."""
    fits = [(fit, number) for number, thread in enumerate(threads) if (fit := _fit(word, thread, conflict)) is not None]
    return threads[max(fits)[1]] if fits else None


def _fit(word: Word, thread: Thread, conflict: Conflict) -> int | None:
    """Return how well a word fits a round, or None where it must be of another."""
    here = _place_fits(word, thread)
    if here is None or not _format_fits(word, thread) or (word.ordinal and thread.ordinals - {word.ordinal}):
        return None
    days = _days_fit(word, thread, here=here)
    if days is None or not _who_fits(word, thread, conflict, sure=here and days > 1):
        return None
    return days + (2 if here else 0) + (2 if word.ordinal is not None and word.ordinal in thread.ordinals else 0)


def _place_fits(word: Word, thread: Thread) -> bool | None:
    """Return True where the place is the same, False where one of them is not told, None where they are apart."""
    places = thread.places
    if word.place is None or not places:
        return False
    return True if any(_is_same(word.place, place) for place in places) else None


def _is_same(one: Where, other: Where) -> bool:
    return one.name.casefold() == other.name.casefold() or may_be_same_place(one, other)


def _format_fits(word: Word, thread: Thread) -> bool:
    phones = {each.format == "phone" for each in thread.words}
    return (word.format == "phone") in phones


def _who_fits(word: Word, thread: Thread, conflict: Conflict, *, sure: bool) -> bool:
    """Return whether those who talk can be the same: the same two sides, or else somebody in common; ``sure`` by place and day."""
    mine, theirs = word.sides, thread.sides
    if len(mine) > 1 and len(theirs) > 1:
        return len(conflict.sides) <= 2 or mine <= theirs or theirs <= mine
    if sure or not word.parties:
        return True
    who = frozenset((*word.parties, *word.mediators, *filter(None, (word.host,))))
    return not who.isdisjoint(thread.parties) and (bool(mine) == bool(theirs) or not thread.parties)


def _days_fit(word: Word, thread: Thread, *, here: bool) -> int | None:
    """Return how well the days agree: 3 the same, 2 in a row, 1 by the day of print, 0 by nothing; None where they are apart."""
    span = thread.span
    if known(word.when) and span is not None:
        first, last = word.first or word.printed, word.last or word.printed
        if first <= span[1] and span[0] <= last:
            return 3
        near = first - span[1] <= _SPELL and span[0] - last <= _SPELL
        goes_on = not thread.is_over or last <= span[1]
        return 2 if near and goes_on and (here or word.place is None) and word.status in DONE else None
    if span is None:
        latest = max(each.printed for each in thread.words)
        reference = word.first or word.printed
        return (1 if here else 0) if -_RECENT <= reference - latest <= _LONG else None
    if word.status in DONE and span[0] <= word.printed <= span[1] + (_RECENT if here else _SPELL):
        return 1
    return (
        1
        if here and timedelta() <= span[0] - word.printed <= _LONG
        else 0
        if word.printed <= span[1] + _RECENT and here
        else None
    )


def origins(words: Iterable[Word]) -> int:
    """Return how many independent texts the words are of."""
    return len({word.origin for word in words})
