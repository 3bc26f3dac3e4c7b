"""How a board is folded: report by report in the order of publication, each kind of entry for itself.

A fold looks back only. Its state is lists and dicts of things that are never changed, so that a copy of it costs little: where a
report comes in late, or an update takes the place of what it updates, the fold goes back to the last copy from before that and takes
again what follows. A report that is newer than all others costs one step, however many there are.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Generic, TypeVar

from dragoman.board import conflicts
from dragoman.board.citing import Conflict, counted, is_by
from dragoman.ledger.store import Told

ANY: Conflict = conflicts.Conflict(id="", name="", countries=(), parties={})
"""The conflict of a fold for which it is no matter which one it is."""
STALE = 14
_EVERY = 64  # reports from one copy of a state to the next
_LAST = 16  # reports of which each has a copy: those of one day are put in order as they come

_State = TypeVar("_State")
_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """As of when entries are made. ``stale``: days without a word after which a state is unknown; ``days``: those of all reports."""

    day: date
    stale: int = STALE
    days: Sequence[date] = ()


class Fold(ABC, Generic[_State, _Entry]):
    """One kind of entry of a conflict's board, and the reports that it has taken so far.

    ``state`` is a dataclass whose fields are lists, dicts, or values that are never changed; what is in a list or dict is never
    changed, only put in place of. It is plain data: no ``Told`` is in it.
    """

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.state = self.begin()
        self.taken = 0
        self._kept = Kept()
        self._copies: list[tuple[int, _State]] = []

    @abstractmethod
    def begin(self) -> _State:
        """Return the state before any report."""

    @abstractmethod
    def take(self, told: Told, day: date) -> None:
        """Take in the next report; ``day``, that of the board, stands for the day of one that has none."""

    @abstractmethod
    def entries(self, now: Now) -> tuple[_Entry, ...]:
        """Return the entries of all that was taken."""

    def add(self, told: Sequence[Told], day: date) -> None:
        """Take in the next reports."""
        for left, each in enumerate(told, start=1 - len(told)):
            self.take(each, day)
            self.taken += 1
            if self.taken % _EVERY == 0 or left > -_LAST:
                self._copies.append((self.taken, copied(self.state)))
        if len(self._copies) > _LAST:
            old = [each for each in self._copies[:-_LAST] if each[0] % _EVERY == 0]
            self._copies = [*old, *self._copies[-_LAST:]]

    def back(self, count: int) -> int:
        """Go back to a state from before the report in place ``count``, and return how many had been taken then."""
        while self._copies and self._copies[-1][0] > count:
            self._copies.pop()
        if self.taken > count:
            self.taken, kept = self._copies[-1] if self._copies else (0, None)
            self.state = self.begin() if kept is None else copied(kept)
        return self.taken

    def resume(self, state: _State, taken: int) -> None:
        """Go on from a state in which so many reports had been taken."""
        self.state, self.taken = state, taken
        self._copies = [(taken, copied(state))]

    def steps(self) -> list[tuple[int, _State]]:
        """Return the states from which another run may go on, with how many had been taken: of some time ago, and of now."""
        old = [each for each in self._copies if each[0] % _EVERY == 0 and each[0] <= self.taken - _EVERY]
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


class Kept:
    """What was made before, by the very things that it is made of: what none of them changed for is not made again.

    >>> kept, word = Kept(), ["a"]
    >>> kept.get((word,), lambda: word[0] + "!")
    'a!'
    """

    def __init__(self) -> None:
        self._former: dict[Hashable, tuple[Any, Any]] = {}
        self._made: dict[Hashable, tuple[Any, Any]] = {}

    def turn(self) -> None:
        """Begin to make everything once more: what is not asked for until the next turn is forgotten."""
        self._former, self._made = self._made, {}

    def get(self, of: tuple[object, ...], make: Callable[[], _Entry], also: Hashable = None) -> _Entry:
        """Return what is made of these very things (and of a value that is compared), made now if it was not before."""
        key = (tuple(map(id, of)), also)
        found = self._made.get(key) or self._former.get(key)
        if found is None:
            found = (of, make())  # what it is made of is held, so that no other thing gets its place in memory
        self._made[key] = found
        made: _Entry = found[1]
        return made
