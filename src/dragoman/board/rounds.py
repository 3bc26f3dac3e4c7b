"""What single reports say of talks, and which of it is of one round: same sides, and the same place and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from dragoman.board.citing import Conflict, cited, entries, has, may_be_same_place, parties
from dragoman.board.folding import month_of
from dragoman.board.types import Cited
from dragoman.ledger.store import Told
from dragoman.model import When, Where, content_id
from dragoman.process.facts import known
from dragoman.process.records import Planned, Talks

AHEAD = frozenset({"planned", "proposed", "postponed"})
DONE = frozenset({"held", "ended"})
_OVER = ("ended", "cancelled")
_ORDINALS = {
    word: number for number, word in enumerate("first second third fourth fifth sixth seventh eighth".split(), start=1)
}
_ORDINAL = re.compile(rf"\b((?a:{'|'.join(_ORDINALS)}))\s+(?:[\w-]+\s+)?round\b", re.IGNORECASE)
_SPELL = timedelta(days=3)  # without news after which a round of talks goes on
_NAME = 6  # a name has no more words; what has more is a clause
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
    copied: bool
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

    @property
    def length(self) -> int:
        """Return how many days its days are apart."""
        return (self.last - self.first).days if self.first is not None and self.last is not None else 0

    @property
    def is_early(self) -> bool:
        """Return whether talks are called held though their day was still to come: they were planned."""
        return self.first is not None and self.first > self.printed

    def is_within(self, other: Word) -> bool:
        """Return whether its days are among those of another."""
        days = (self.first, self.last, other.first, other.last)
        return None not in days and days[2] <= days[0] and days[1] <= days[3]  # type: ignore[operator]


@dataclass(frozen=True, kw_only=True, eq=False)
class Thread:
    """One round, so far: the words that tell of it in the order of print. What is asked of it again and again is kept."""

    words: tuple[Word, ...] = ()

    @cached_property
    def sides(self) -> frozenset[str]:
        """Return the sides that take part."""
        return frozenset().union(*(word.sides for word in self.words))

    @cached_property
    def parties(self) -> frozenset[str]:
        """Return who takes part, mediates or is host."""
        return frozenset(
            i for word in self.words for i in (*word.parties, *word.mediators, *filter(None, (word.host,)))
        )

    @cached_property
    def ordinals(self) -> frozenset[int]:
        """Return the numbers that the round is told to have."""
        return frozenset(word.ordinal for word in self.words if word.ordinal is not None)

    @cached_property
    def places(self) -> tuple[Where, ...]:
        """Return the places that are told, each once."""
        return tuple(dict.fromkeys(word.place for word in self.words if word.place is not None))

    @cached_property
    def span(self) -> tuple[date, date] | None:
        """Return the days of the round as told so far: those on which it was held, else those for which it is planned."""
        done = [word for word in self.words if word.status in DONE and word.first is not None and not word.is_early]
        if done:
            first = min(word.first for word in done if word.first is not None)
            return first, self._last(first, max(word.last for word in done if word.last is not None))
        ahead = [word for word in self.words if word.first is not None]
        if not ahead:
            return None
        best = max(ahead, key=lambda word: (word.printed, -word.length))
        best = min((word for word in ahead if word.is_within(best)), key=lambda word: word.length)
        return (best.first, best.last) if best.first is not None and best.last is not None else None

    def _last(self, first: date, last: date) -> date:
        """Return the last day of a round that began: a word without a day is of that on which it was printed, until it ended."""
        for word in sorted(self.words, key=lambda w: (w.printed, w.status in _OVER)):
            undated = word.status in DONE and word.place is not None and word.first is None and not word.copied
            if undated and first <= word.printed <= last + _SPELL:
                last = max(last, word.printed)
            if word.status in _OVER and first <= word.printed:
                break
        return last

    @cached_property
    def latest(self) -> date:
        """Return the day of its last word."""
        return max(word.printed for word in self.words)

    @cached_property
    def phones(self) -> frozenset[bool]:
        """Return whether it is by phone, as each of its words has it."""
        return frozenset(word.format == "phone" for word in self.words)

    @cached_property
    def is_held(self) -> bool:
        """Return whether any word tells that the round was held."""
        return any(word.status in DONE for word in self.words)

    @cached_property
    def shelves(self) -> tuple[str, ...]:
        """Return where the meetings are kept that may show that it was held: none where that is told, or no days or places are."""
        if self.span is None or self.is_held:
            return ()
        names = dict.fromkeys(place.name for place in self.places)
        return tuple(shelf for name in names for shelf in shelves_of(name, *self.span))

    @cached_property
    def is_over(self) -> bool:
        """Return whether the round is told to have ended."""
        return any(word.status == "ended" for word in self.words)


def shelves_of(place: str, first: date, last: date) -> list[str]:
    """Return where the meetings at a place on any of these days are kept: by the place and each month that the days touch.

    >>> len(shelves_of("Geneva", date(2020, 1, 30), date(2020, 2, 2)))
    2
    """
    return [f"{place} {month}" for month in range(month_of(first), month_of(last) + 1)]


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
    whose = _whose(talk.parties, told, conflict)
    mediators = parties(talk.mediators, told, conflict)
    return Word(
        id=content_id(told.kept.report.id, talk.id), name=talk.name, status=talk.status,
        parties=tuple(who for who in whose if who not in mediators),
        sides=_sides(whose, conflict, published),
        place=talk.place, when=talk.date, format=talk.format, host=talk.host, mediators=mediators,
        declined=parties(talk.declined, told, conflict), outcome=talk.outcome,
        ordinal=_ordinal(f"{talk.name} {talk.evidence.text}"), printed=published or day, origin=told.kept.origin,
        copied=_is_copy(told),
        cited=cited(told, talk), against=cited(told, talk, contrary=True),
    )  # fmt: skip


def _plan(told: Told, plan: Planned, conflict: Conflict, day: date) -> Word:
    published = told.kept.report.published
    whose = _whose(plan.due, told, conflict)
    name = plan.what if len(plan.what.split()) <= _NAME else "talks"
    return Word(
        id=content_id(told.kept.report.id, plan.id), name=name, status="planned", parties=whose,
        sides=_sides(whose, conflict, published),
        place=plan.place, when=plan.window, format=None, host=plan.host, mediators=(),
        declined=parties(plan.declined, told, conflict), outcome=None, ordinal=_ordinal(plan.evidence.text),
        printed=published or day, origin=told.kept.origin,
        copied=_is_copy(told),
        cited=cited(told, plan), against=cited(told, plan, contrary=True),
    )  # fmt: skip


def _is_copy(told: Told) -> bool:
    """Return whether a report prints what another printed before; an update tells of its own day."""
    return told.kept.origin != told.kept.report.id and told.kept.revises is None


def _sides(who: Iterable[str], conflict: Conflict, day: date | None) -> frozenset[str]:
    return frozenset(side for each in who if (side := conflict.side_of(each, day)))


def _whose(identities: Iterable[str], told: Told, conflict: Conflict) -> tuple[str, ...]:
    """Return the parties that these are of; who talks for a side is of it, its officers and delegates, too."""
    aside = conflict.parties
    owners = {e.id: e.part_of for e, _ in told.entities if e.part_of is not None and e.id not in aside}
    day = told.kept.report.published
    found = parties(identities, told, conflict)
    return tuple(dict.fromkeys(conflict.party_of(owners[i], day) or i if i in owners else i for i in found))


def _ordinal(text: str) -> int | None:
    """Return the number of a round by its words.

    >>> _ordinal("the second round of talks")
    2
    """
    found = _ORDINAL.search(text)
    return _ORDINALS[found.group(1).lower()] if found else None


# -- which round a word is of


def place_of(word: Word, threads: Sequence[Thread], conflict: Conflict) -> int | None:
    """Return the place of the round that a word is of, None where it is of another: the best fit, the newest among equals."""
    fits = [(fit, number) for number, thread in enumerate(threads) if (fit := _fit(word, thread, conflict)) is not None]
    return max(fits)[1] if fits else None


def _fit(word: Word, thread: Thread, conflict: Conflict) -> int | None:
    """Return how well a word fits a round, or None where it must be of another."""
    if _days_fit(word, thread, here=True) is None:
        return None  # wherever it was: this is the quickest to say
    here = _place_fits(word, thread)
    if here is None or not _format_fits(word, thread) or (word.ordinal and thread.ordinals - {word.ordinal}):
        return None
    days = _days_fit(word, thread, here=here)
    if days is None or not _who_fits(word, thread, conflict, sure=here and days > 0):
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
    return (word.format == "phone") in thread.phones


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
    if span is None:
        latest = thread.latest
        reference = word.first or word.printed
        return int(here) if -_RECENT <= reference - latest <= _LONG else None
    if word.first is None or word.last is None:
        before, after = span[0] - word.printed, word.printed - span[1]
        return int(here) if before <= (_LONG if here else _RECENT) and after <= (_RECENT if here else _SPELL) else None
    if word.first <= span[1] and span[0] <= word.last:
        return 3
    near = word.first - span[1] <= _SPELL and span[0] - word.last <= _SPELL
    goes_on = not thread.is_over or word.last <= span[1]
    if near and goes_on and (here or word.place is None) and word.status in DONE:
        return 2
    return 1 if here and _is_put_later(word, thread, span) else None


def _is_put_later(word: Word, thread: Thread, span: tuple[date, date]) -> bool:
    """Return whether a round that was to be 'within days' is now planned for a day soon after."""
    vague = span[1] > span[0] and not thread.is_held
    return vague and word.status in AHEAD and timedelta() < (word.first or span[0]) - span[1] <= _RECENT
