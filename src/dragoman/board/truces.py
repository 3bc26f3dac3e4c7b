"""Ceasefires over many reports: which words tell of one truce, and how it stands as of a day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from dragoman.board.citing import Conflict, cited, entries, parties, together
from dragoman.board.folding import STALE, Fold, Now, folded
from dragoman.board.truce_states import POSITIVE, State, steps
from dragoman.board.types import Cited, Truce, Turn
from dragoman.ledger.store import Told
from dragoman.model import EventType, Status, When, content_id
from dragoman.process.facts import known
from dragoman.process.records import Ceasefire

_NEAR = timedelta(days=3)  # days of one truce that reports tell differently
_WEEK = timedelta(days=7)  # from the day on which it was agreed to that on which it begins
_MONTH = timedelta(days=31)
_SURE = 4  # how well a word fits whose day is the truce's
_SHARE = 0.25  # of the mentions of the party named most for a side, so that another of it is named too
_LASTING = frozenset({"permanent", "lasting", "comprehensive", "durable", "final"})
_TRUCE = r"(?:\w+[ -]){0,2}?(?:cease-?fire|truce)"
_FRESH = re.compile(rf"\b(?:new|another|fresh|renewed|second|third)\s+{_TRUCE}", re.IGNORECASE)
_FORMER = re.compile(rf"\b(?:previous|earlier|former|last|first|prior|failed)\s+{_TRUCE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What one report says of a truce. ``day`` is when it was so, ``printed`` when it was told; ``dated``: that day is known.

    Where it is not, the day of the board stands for it in their order, and is told to nobody.
    """

    id: str
    status: str
    parties: tuple[str, ...]
    sides: frozenset[str]
    scope: str | None
    declared: When | None
    acted: When | None
    begins: When | None
    until: When | None
    day: date
    dated: bool
    printed: date | None
    text: str
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]

    @property
    def fresh(self) -> bool:
        """Return whether its sentence says that the truce is another than one before."""
        return _FRESH.search(self.text) is not None

    @property
    def former(self) -> bool:
        """Return whether its sentence tells of a truce before this one."""
        return _FORMER.search(self.text) is not None


@dataclass(frozen=True, kw_only=True, eq=False)
class _Thread:
    """One truce, so far: the words that tell of it in the order of print. What is asked of it again and again is kept."""

    words: tuple[_Word, ...] = ()

    @cached_property
    def sides(self) -> frozenset[str]:
        return frozenset().union(*(word.sides for word in self.words))

    @cached_property
    def former(self) -> bool:
        return all(word.former for word in self.words)

    @cached_property
    def fresh(self) -> bool:
        return any(word.fresh for word in self.words)

    @cached_property
    def lasting(self) -> bool:
        return any(word.scope in _LASTING for word in self.words)

    @cached_property
    def scopes(self) -> frozenset[str]:
        return frozenset(word.scope for word in self.words if word.scope is not None)

    @cached_property
    def begins(self) -> When | None:
        return _last_told(word.begins for word in self.words)

    @cached_property
    def declared(self) -> When | None:
        return _last_told(word.declared for word in self.words)

    @cached_property
    def state(self) -> State | None:
        """Return how it stands by what has been told so far."""
        return next(reversed(steps(_states(self.words))), None)


def _last_told(told: Iterable[When | None]) -> When | None:
    days = [when for when in told if known(when)]
    return days[-1] if days else None


def truces(told: Sequence[Told], conflict: Conflict, day: date, *, stale: int = STALE) -> tuple[Truce, ...]:
    """Return the ceasefires that reports up to a day tell of, as of that day, by when they were first told of."""
    return folded(Truces(conflict), told, day, stale)


@dataclass(slots=True, kw_only=True)
class _State:
    threads: list[_Thread] = field(default_factory=list)


class Truces(Fold[_State, Truce]):
    """The ceasefires that reports tell of, by when they were first told of.

    One of which nothing has been said for more than ``stale`` days is *unknown*, unless it was ended or refused.
    """

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in what a report says of truces."""
        threads = self.state.threads
        for word in _words(told, self.conflict, day):
            place = _place_of(word, threads, self.conflict)
            if place is None:
                threads.append(_Thread(words=(word,)))
            else:
                threads[place] = _Thread(words=(*threads[place].words, word))

    def entries(self, now: Now) -> tuple[Truce, ...]:
        """Return the truces as they stand on a day."""
        self._kept.turn()
        return tuple(self._entry(thread, now) for thread in self.state.threads)

    def _entry(self, thread: _Thread, now: Now) -> Truce:
        made = self._kept.get((thread,), lambda: _truce(thread, self.conflict))
        status, since = _standing(thread, made.from_, made.until, now)
        return replace(made, status=status, since=since)


# -- words


def _words(told: Told, conflict: Conflict, day: date) -> Iterator[_Word]:
    published = told.kept.report.published
    for _, record in entries([told], "ceasefires", Ceasefire):
        whose = parties(record.parties, told, conflict)
        printed = published or day
        acted = _acted(told, record, printed)
        so = _day(record, acted, printed)
        yield _Word(
            id=content_id(told.kept.report.id, record.id),
            status=_status_told(told, record, printed),
            parties=whose,
            sides=frozenset(side for who in whose if (side := conflict.side_of(who, published))),
            scope=record.scope,
            declared=record.declared,
            acted=acted,
            begins=record.from_,
            until=record.until,
            day=so,
            dated=published is not None or so != printed,
            printed=published,
            text=record.evidence.text,
            cited=cited(told, record),
            against=cited(told, record, contrary=True),
        )


def _status_told(told: Told, record: Ceasefire, printed: date) -> str:
    """Return what a report says of how a truce stands: one that is still to begin is agreed, one that is called for proposed."""
    begins = _first(record.from_)
    if record.status in ("holding", "in_force") and begins is not None and begins > printed:
        return "agreed"
    return "proposed" if _is_call(told, record) else record.status


def _is_call(told: Told, record: Ceasefire) -> bool:
    """Return whether an entry without days only calls for a truce to be kept: that is no word that one is in force."""
    mine = frozenset(record.claims)
    acts = [kept.claim.event for kept in told.claims if kept.claim.id in mine]
    dated = known(record.declared) or known(record.from_) or known(record.until)
    return record.status == "in_force" and not dated and bool(acts) and set(acts) == {EventType.REQUEST}


def _acted(told: Told, record: Ceasefire, printed: date) -> When | None:
    """Return the last day that is told of an act of the entry, where it is not long before the report."""
    mine = frozenset(record.claims)
    acts = [kept.claim.date for kept in told.claims if kept.claim.id in mine and kept.claim.status is Status.OCCURRED]
    near = [when for when in acts if when.latest and printed - _NEAR <= when.latest <= printed]
    return max(near, key=lambda when: when.latest or date.min, default=None)


def _day(record: Ceasefire, acted: When | None, printed: date) -> date:
    """Return when it was so: what holds or is in force is so when it is printed; an act is so on the day that is told of it."""
    if record.status in ("holding", "in_force", "unknown"):
        return printed
    if record.status == "agreed":
        return min(printed, _last(record.declared) or printed)
    if record.status == "ended" and known(record.until):
        return min(printed, _last(record.until) or printed)
    return min(printed, _last(record.declared) or _last(acted) or printed)


def _last(when: When | None) -> date | None:
    return (when.latest or when.earliest) if when is not None else None


def _first(when: When | None) -> date | None:
    return (when.earliest or when.latest) if when is not None else None


# -- which truce a word tells of


def _place_of(word: _Word, threads: Sequence[_Thread], conflict: Conflict) -> int | None:
    """Return the place of the truce that a word tells of, None where it tells of another: the best fit, the newest among equals."""
    fits = [(fit, number) for number, thread in enumerate(threads) if (fit := _fit(word, thread, conflict)) is not None]
    return max(fits)[1] if fits else None


def _fit(word: _Word, thread: _Thread, conflict: Conflict) -> int | None:
    """Return how well a word fits a truce, or None where it must be another."""
    if not _sides_fit(word.sides, thread.sides, conflict) or not _scope_fits(word, thread):
        return None
    days = _days_fit(word, thread)
    if days is None or (days < _SURE and not _time_fits(word, thread)):
        return None
    state = thread.state
    active = state is not None and state.status in POSITIVE | {"violated"}
    return days + (2 if active and word.status not in ("proposed", "rejected") else 0)


def _sides_fit(one: frozenset[str], other: frozenset[str], conflict: Conflict) -> bool:
    """Return whether the sides can be those of one truce: one is part of the other, or the war has two sides at most."""
    if not one or not other or len(conflict.sides) <= 2 or one <= other or other <= one:
        return True
    return len(one | other) == 2 and conflict.sides[0] in one | other


def _scope_fits(word: _Word, thread: _Thread) -> bool:
    """Return whether the scopes agree; a lasting truce that is only wanted is another than the one that is in force."""
    lasting = word.scope in _LASTING
    if lasting == thread.lasting:
        return word.scope is None or lasting or thread.scopes <= {word.scope}
    wanted = word.status if lasting else _status(thread)
    return wanted not in ("proposed", "agreed", "rejected") or (not lasting and word.status == wanted)


def _status(thread: _Thread) -> str | None:
    state = thread.state
    return state.status if state is not None else None


def _days_fit(word: _Word, thread: _Thread) -> int | None:
    """Return how well the days agree, ``_SURE`` where the same day is told, or None where they are apart."""
    begins, declared = thread.begins, thread.declared
    if known(word.begins) and known(begins):
        if not _apart(word.begins, begins, _NEAR):
            return _SURE + 1
        return 1 if word.status == "extended" and _status(thread) != "ended" else None
    if known(word.declared) and known(declared):
        if not _apart(word.declared, declared, _NEAR):
            return _SURE
        return 0 if _goes_on(word, thread) else None
    if known(word.declared) and known(begins):
        close = not _apart(word.declared, begins, _WEEK)
        return 2 if close else 0 if _goes_on(word, thread) else None
    if known(word.begins) and known(declared):
        return 2 if not _apart(word.begins, declared, _MONTH) else None
    return 0


def _goes_on(word: _Word, thread: _Thread) -> bool:
    """Return whether a day on which something was agreed can be one of a truce that is there already."""
    return word.status not in ("proposed", "agreed") and _status(thread) not in ("ended", "rejected")


def _apart(one: When | None, other: When | None, gap: timedelta) -> bool:
    first, second = (_first(one), _last(one)), (_first(other), _last(other))
    if None in (*first, *second):
        return False
    return first[0] - second[1] > gap or second[0] - first[1] > gap  # type: ignore[operator]


def _time_fits(word: _Word, thread: _Thread) -> bool:
    """Return whether a word whose days say nothing can still be of a truce, as the text and its end have it."""
    if word.former != thread.former:
        return False
    state = thread.state
    if state is None or state.status not in ("ended", "rejected"):
        return thread.fresh or not word.fresh
    since = word.day - state.day
    if state.status == "rejected":
        return since <= _WEEK + _WEEK and not word.fresh
    if word.status in ("violated", "ended", "rejected"):
        return since <= _MONTH and (thread.fresh or not word.fresh)
    return word.status in ("holding", "extended") and since <= _NEAR and not word.fresh


# -- how it stands


def _states(words: Iterable[_Word]) -> list[State]:
    return [
        State(
            status=word.status, day=word.day, origin=word.cited[0].origin, dated=known(word.begins) or known(word.declared),
            at=at,
        )
        for at, word in enumerate(words)
    ]  # fmt: skip


def _truce(thread: _Thread, conflict: Conflict) -> Truce:
    """Return a truce without how it stands, which another day changes."""
    words = thread.words
    begins = _most_told((word.begins, word.cited[0].origin) for word in words)
    return Truce(
        id=content_id("truce", words[0].id),
        parties=_named(words, conflict),
        scope=next((word.scope for word in reversed(words) if word.scope), None),
        declared=_declared(words, begins),
        from_=begins,
        until=_until(thread),
        status="unknown",
        since=None,
        history=_history(words),
        cited=together(word.cited for word in words),
        against=together([*(word.against for word in words), *_against(words, thread.state)]),
    )


def _standing(thread: _Thread, begins: When | None, until: When | None, now: Now) -> tuple[str, date | None]:
    """Return how a truce stands on the day of the board, and since when that is unknown.

    What is agreed is in force once its day has come; it has ended when its time is over, if until then it was told of.
    """
    state = thread.state
    last = max((word.printed or word.day for word in thread.words), default=now.day)
    known_to = last + timedelta(days=now.stale)
    status = state.status if state is not None else "unknown"
    over, begun = _last(until), _last(begins)
    if status in ("ended", "rejected"):
        return status, None
    if (
        status != "proposed"
        and over is not None
        and over < now.day
        and over <= known_to
        and (state is None or state.day <= over)
    ):
        return "ended", None
    if now.day > known_to:
        return "unknown", max(last, *now.days[: bisect_right(now.days, known_to)][-1:])
    return ("in_force" if status == "agreed" and begun is not None and begun <= now.day else status), None


def _until(thread: _Thread) -> When | None:
    """Return until when it lasts by the last word that is no report of its end, else when it ended."""
    told = [word for word in thread.words if known(word.until)]
    ahead = [word for word in told if word.status != "ended"]
    return (ahead or told)[-1].until if told else None


def _most_told(told: Iterable[tuple[When | None, str]], *, latest: bool = True) -> When | None:
    """Return what most origins say of a day, told as (time, origin): the narrower, then the later or earlier among equals."""
    origins: dict[tuple[date | None, date | None], set[str]] = {}
    times: dict[tuple[date | None, date | None], When] = {}
    for when, origin in told:
        if when is not None and known(when):
            key = (when.earliest, when.latest)
            origins.setdefault(key, set()).add(origin)
            times[key] = when

    def rank(key: tuple[date | None, date | None]) -> tuple[int, int, int]:
        day = (key[1] or key[0] or date.min).toordinal()
        return len(origins[key]), -_length(times[key]), day if latest else -day

    return times[max(times, key=rank)] if times else None


def _declared(words: Sequence[_Word], begins: When | None) -> When | None:
    """Return when a truce was declared, agreed or renewed, by most origins: not after it began, where one such day is told."""
    told = [(word.declared or (word.acted if word.status == "extended" else None), word) for word in words]
    dated = [(when, word.cited[0].origin) for when, word in told if when is not None and known(when)]
    start = _last(begins)
    before = [(when, origin) for when, origin in dated if start is None or (_first(when) or date.min) <= start]
    return _most_told(before or dated, latest=False)


def _length(when: When) -> int:
    first, last = _first(when), _last(when)
    return (last - first).days if first and last else 0


def _named(words: Sequence[_Word], conflict: Conflict) -> tuple[str, ...]:
    """Return the parties of a truce: those of the conflict that are named often for their side, or where there are none, all."""
    named = Counter(who for word in words for who in dict.fromkeys(word.parties))
    sides: dict[str, list[str]] = {}
    for who in named:
        if (side := conflict.side_of(who)) is not None:
            sides.setdefault(side, []).append(who)
    often = [who for mine in sides.values() for who in mine if named[who] >= _SHARE * max(named[i] for i in mine)]
    return tuple(often or named)


def _history(words: Sequence[_Word]) -> tuple[Turn, ...]:
    """Return the steps of a truce: each change of how it stands, by the day on which it was so."""
    turns = [(step, words[step.at]) for step in steps(_states(words))]
    return tuple(
        Turn(state=step.status, day=step.day if word.dated else None, text=word.text, cited=word.cited[0])
        for step, word in turns
    )


def _against(words: Sequence[_Word], state: State | None) -> Iterator[tuple[Cited, ...]]:
    """Yield what was told against its present state since the day on which that came to be."""
    if state is None:
        return
    good = state.status in POSITIVE
    for word in words:
        opposite = word.status in ("violated", "rejected", "ended") if good else word.status in POSITIVE
        if opposite and word.day >= state.day:
            yield word.cited
