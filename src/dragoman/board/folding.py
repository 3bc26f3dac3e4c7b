"""How a board is folded: report by report in the order of publication, each kind of entry for itself.

A fold looks back only. Its state is lists and dicts of things that are never changed, so that a copy of it costs little: where a
report comes in late, or an update takes the place of what it updates, the fold goes back to the last copy from before that and takes
again what follows, until its state is what it was there before: the rest is then known. A report that is newer than all others costs
one step, however many there are; one that is told otherwise costs few steps of those folds for which that makes no difference.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, ClassVar, Generic, Self, TypeVar

from dragoman.board import conflicts
from dragoman.board.citing import Conflict, counted, is_by
from dragoman.ledger.store import Told

ANY: Conflict = conflicts.Conflict(id="", name="", countries=(), parties={})
"""The conflict of a fold for which it is no matter which one it is."""
STALE = 14
_EVERY = 16  # reports from one copy of a state to the next
_BACK = 64  # reports that another run may go back at no great cost
_LAST = 16  # reports of which each has a copy: those of one day are put in order as they come

_State = TypeVar("_State")
_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """As of when entries are made. ``stale``: days without a word after which a state is unknown; ``days``: those of all reports."""

    day: date
    stale: int = STALE
    days: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Which reports are others than those in their places before, and how many places further on those after all of them now are.

    Where that is not 0 the last of them is enough.
    """

    places: Sequence[int]
    further: int = 0


class Fold(ABC, Generic[_State, _Entry]):
    """One kind of entry of a conflict's board, and the reports that it has taken so far.

    ``state`` is a dataclass whose fields are lists, dicts, or values that are never changed; what is in a list or dict is never
    changed, only put in place of. It is plain data: no ``Told`` is in it. ``alone``: what it goes on with is its state alone.
    """

    alone: ClassVar[bool] = True

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.state = self.begin()
        self.taken = 0
        self._kept = Kept()
        self._copies: list[tuple[int, _State]] = []
        self._former: dict[int, _State] = {}  # copies of states that were gone back from, the last one among them

    @abstractmethod
    def begin(self) -> _State:
        """Return the state before any report."""

    @abstractmethod
    def take(self, told: Told, day: date) -> None:
        """Take in the next report; ``day``, that of the board, stands for the day of one that has none."""

    @abstractmethod
    def entries(self, now: Now) -> tuple[_Entry, ...]:
        """Return the entries of all that was taken."""

    def add(self, told: Sequence[Told], day: date, otherwise: Otherwise | None = None) -> None:
        """Take in the next reports; ``otherwise`` tells which of them are others than those that were gone back from."""
        begin, end = self.taken, self.taken + len(told)
        while self.taken < end:
            self.take(told[self.taken - begin], day)
            self.taken += 1
            goes_on = otherwise is not None and self._goes_on(otherwise)
            if not goes_on and (self.taken % _EVERY == 0 or end - self.taken < _LAST):
                self._copies.append((self.taken, copied(self.state)))
        self._former = {}
        self._thin()

    def _goes_on(self, otherwise: Otherwise) -> bool:
        """Return whether the state is what it was here before it was gone back; it then goes on before the next that is another."""
        further, others = otherwise.further, otherwise.places[bisect_left(otherwise.places, self.taken) :]
        before = self._former.get(self.taken - further)
        if before is None or (further and others) or not is_same(self.state, before):
            return False
        until = others[0] if others else self.taken + max(self._former)
        rest = [(n + further, state) for n, state in self._former.items() if self.taken <= n + further <= until]
        self.taken, last = rest[-1]
        self.state = copied(last)
        self._copies += rest
        return True

    def _thin(self) -> None:
        """Let go of copies: each of the last few reports has one, and few of those before."""
        old = {count // _EVERY: (count, state) for count, state in reversed(self._copies[:-_LAST])}
        self._copies = [*reversed(old.values()), *self._copies[-_LAST:]]

    def back(self, count: int) -> int:
        """Go back to a state from before the report in place ``count``, and return how many had been taken then."""
        self._former = {}
        if self.taken > count:
            copies = {**dict(self._copies), self.taken: self.state}
            self._former = {taken: state for taken, state in copies.items() if taken > count} if self.alone else {}
            self._copies = [each for each in self._copies if each[0] <= count]
            self.taken, kept = self._copies[-1] if self._copies else (0, None)
            self.state = self.begin() if kept is None else copied(kept)
        return self.taken

    def branch(self) -> Self:
        """Return a fold that goes its own way from here, or from any place before, with what this one has made."""
        found = type(self)(self.conflict)
        found.state, found.taken, found._copies = copied(self.state), self.taken, list(self._copies)
        for name, value in vars(self).items():
            if isinstance(value, Kept):
                setattr(found, name, Kept(value))
        return found

    def resume(self, state: _State, taken: int) -> None:
        """Go on from a state in which so many reports had been taken."""
        self.state, self.taken = state, taken
        self._copies = [(taken, copied(state))]

    def steps(self) -> list[tuple[int, _State]]:
        """Return the states from which another run may go on, with how many had been taken: of some time ago, and of now."""
        old = [each for each in self._copies if each[0] <= self.taken - _BACK]
        return [*old[-1:], (self.taken, self.state)]


def folded(fold: Fold[Any, _Entry], told: Sequence[Told], day: date, stale: int = STALE) -> tuple[_Entry, ...]:
    """Return the entries of a fold that takes the reports up to a day, in their order."""
    listed = [each for each in told if is_by(each, day)]
    fold.add(counted(listed, day), day)
    return fold.entries(Now(day=day, stale=stale, days=days_of(listed)))


def days_of(told: Iterable[Told]) -> list[date]:
    """Return the days of reports, in their order."""
    return [day for each in told if (day := each.kept.report.published) is not None]


def month_of(day: date) -> int:
    """Return the number of a month: what is looked up by its day is kept by month, so that the most of it stays as it was.

    >>> month_of(date(2020, 2, 1)) - month_of(date(2019, 12, 31))
    2
    """
    return day.year * 12 + day.month - 1


def copied(state: _State) -> _State:
    """Return a copy of a fold's state: its lists and dicts are new ones, what is in them is the same."""
    return replace(state, **{each.name: copy(getattr(state, each.name)) for each in fields(state)})  # type: ignore[type-var, arg-type]


def is_same(one: object, other: object) -> bool:
    """Return whether two states are the same: things in them are, too, that are equal only to themselves.

    >>> is_same([(1, "a"), {"b": 2}], [(1, "a"), {"b": 2}]), is_same([1], [1, 2])
    (True, False)
    """
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(map(is_same, one.values(), other.values()))
    if is_dataclass(one):
        return all(is_same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return one == other


class Kept:
    """What was made before, by the very things that it is made of: what none of them changed for is not made again.

    >>> kept, word = Kept(), ["a"]
    >>> kept.get((word,), lambda: word[0] + "!")
    'a!'
    """

    def __init__(self, beside: Kept | None = None) -> None:
        self._beside = beside  # what another fold made of the same things
        self._former: dict[Hashable, tuple[Any, Any]] = {}
        self._made: dict[Hashable, tuple[Any, Any]] = {}

    def turn(self) -> None:
        """Begin to make everything once more: what is not asked for until the next turn is forgotten."""
        self._former, self._made = self._made, {}

    def get(self, of: tuple[object, ...], make: Callable[[], _Entry], also: Hashable = None) -> _Entry:
        """Return what is made of these very things (and of a value that is compared), made now if it was not before."""
        key = (tuple(map(id, of)), also)
        found = self._find(key)
        if found is None:
            found = (of, make())  # what it is made of is held, so that no other thing gets its place in memory
        self._made[key] = found
        made: _Entry = found[1]
        return made

    def _find(self, key: Hashable) -> tuple[Any, Any] | None:
        found = self._made.get(key) or self._former.get(key)
        return self._beside._find(key) if found is None and self._beside is not None else found
