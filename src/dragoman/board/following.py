"""A conflict as it is followed: its board as of its last report, at the cost of one step for one report more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from dragoman.board.backings import Backings
from dragoman.board.bodies import Bodies
from dragoman.board.breaches import Breaches
from dragoman.board.calendar import Calendar
from dragoman.board.conflicts import Conflict
from dragoman.board.disputes import Disputes
from dragoman.board.folding import Fold, Now, Otherwise
from dragoman.board.menaces import Menaces
from dragoman.board.names import Names
from dragoman.board.papers import Papers
from dragoman.board.rules import Turnings
from dragoman.board.stances import Stances
from dragoman.board.tracks import Tracks
from dragoman.board.truces import Truces
from dragoman.board.types import Board
from dragoman.ledger.store import Told, View

Load = Callable[[Sequence[str]], Mapping[str, Told]]
"""Gives the reports of these ids with what was read in them, by id."""

COUNTED: Mapping[str, type[Fold[Any, Any]]] = {
    "truces": Truces, "papers": Papers, "tracks": Tracks, "stances": Stances, "menaces": Menaces, "backings": Backings,
    "breaches": Breaches, "bodies": Bodies, "calendar": Calendar, "turnings": Turnings,
}  # fmt: skip
"""The kinds of entries that are made of reports without those that a later one updates."""


class Line(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A report as it is followed; its ``version`` is another one where what is told of it is another."""

    id: str
    version: int
    day: date | None
    revises: str | None

    @property
    def order(self) -> tuple[date, str]:
        """Return what puts reports in the order of publication, those without a day first."""
        return self.day or date.min, self.id


def line_of(told: Told, version: int = 0) -> Line:
    """Return a report as it is followed."""
    kept = told.kept
    return Line(id=kept.report.id, version=version, day=kept.report.published, revises=kept.revises)


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """All that a board was made with: the day, the lines that were taken, and for each fold its steps (how many taken, the state)."""

    day: date | None
    counted: list[Line]
    whole: list[Line]
    steps: dict[str, list[tuple[int, msgspec.Raw]]]


@dataclass(slots=True)
class _Row:
    """Folds that take the same reports, and those that they have taken; ``counted``: without those that a later one updates."""

    folds: Mapping[str, Fold[Any, Any]]
    lines: list[Line]
    counted: bool = False

    def branch(self) -> _Row:
        return _Row({name: fold.branch() for name, fold in self.folds.items()}, self.lines, self.counted)

    def wants(self, lines: Sequence[Line]) -> list[Line]:
        return _counted(lines) if self.counted else list(lines)


class Following:
    """One conflict's board, kept with all that it was made of. Lines are given in the order of publication.

    ``held``: all reports are held in memory anyway.
    """

    def __init__(self, conflict: Conflict, *, held: bool = False) -> None:
        self.conflict = conflict
        self._day: date | None = None
        disputes = Disputes(conflict)
        disputes.last = {} if held else None
        self._rows: tuple[_Row, ...] = (
            _Row({name: of(conflict) for name, of in COUNTED.items()}, [], counted=True),
            _Row({"names": Names(conflict)}, []),
            _Row({"disputes": disputes}, []),
        )

    @property
    def begun(self) -> bool:
        """Return whether it has taken reports."""
        return any(row.lines for row in self._rows)

    def branch(self, former: Following) -> Following:
        """Return what goes its own way from any place that this has gone by; disputes go on where a former branch left them."""
        found = copy(former)
        found._rows = (*(row.branch() for row in self._rows[:-1]), former._rows[-1])
        found._day = self._day
        return found

    def board(self, lines: Sequence[Line], load: Load, view: View, stale: int) -> Board:
        """Return the board of these reports, as of ``view.until`` or the day of the last; ``load`` gives those not yet taken."""
        last = _last(lines)
        day = view.until or last or date.min
        listed = lines if view.until is None else [each for each in lines if each.day is None or each.day <= day]
        undated = bool(lines) and lines[0].day is None  # its day is that of the board
        for row in self._rows:
            _bring(row, row.wants(listed), load, day, anew=undated and day != self._day)
        self._day = day
        now = Now(day=day, stale=stale, days=[each.day for each in listed if each.day is not None])
        folds = {name: fold for row in self._rows for name, fold in row.folds.items()}
        made: dict[str, Any] = {name: fold.entries(now) for name, fold in folds.items()}
        made["names"] = dict(made["names"])
        return Board(
            conflict=self.conflict.id, name=self.conflict.name, until=view.until, known=view.known, reports=len(listed),
            last=_last(listed), **made,
        )  # fmt: skip

    def held(self) -> Held:
        """Return all that the board was made with."""
        folds = {name: fold for row in self._rows for name, fold in row.folds.items()}
        return Held(
            day=self._day,
            counted=self._rows[0].lines,
            whole=self._rows[-1].lines,
            steps={name: [(taken, _encoded(state)) for taken, state in fold.steps()] for name, fold in folds.items()},
        )

    def resume(self, held: Held, lines: Sequence[Line]) -> None:
        """Go on from what a board was made with, as far as its reports are the same.

        Raises msgspec.MsgspecError or KeyError where that cannot be read.
        """
        for row in self._rows:
            former = held.counted if row.counted else held.whole
            same = _same(former, row.wants(lines))
            for name, fold in row.folds.items():
                fits = [step for step in held.steps[name] if step[0] <= same]
                for taken, raw in fits[-1:]:
                    fold.resume(msgspec.msgpack.decode(raw, type=type(fold.begin())), taken)
            row.lines = former[:same]
        self._day = held.day


def _counted(lines: Sequence[Line]) -> list[Line]:
    """Return the reports without those that a later one updates."""
    updated = {each.revises for each in lines if each.revises is not None}
    return [each for each in lines if each.id not in updated]


def _encoded(state: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(state))


def _last(lines: Sequence[Line]) -> date | None:
    """Return the day of the last report, as they are in order; None where none has a day."""
    return lines[-1].day if lines else None


def _bring(row: _Row, lines: list[Line], load: Load, day: date, *, anew: bool) -> None:
    """Have folds take these reports, from the first on that is another than before to where it no longer makes a difference."""
    same = 0 if anew else _same(row.lines, lines)
    otherwise = None if anew else _otherwise(row.lines, lines, same)
    starts = {name: fold.back(same) for name, fold in row.folds.items()}
    first = min(starts.values())
    told = load([each.id for each in lines[first:]])
    listed = [told[each.id] for each in lines[first:]]
    for name, fold in row.folds.items():
        fold.add(listed[starts[name] - first :], day, otherwise)
    row.lines = lines


def _same(one: Sequence[Line], other: Sequence[Line]) -> int:
    """Return how many lines both begin with."""
    least = min(len(one), len(other))
    if one[:least] == other[:least]:
        return least
    return bisect_left(range(least), True, key=lambda at: one[: at + 1] != other[: at + 1])


def _otherwise(one: Sequence[Line], other: Sequence[Line], same: int) -> Otherwise:
    """Return which lines are others than before."""
    if len(one) == len(other):
        return Otherwise([place for place in range(same, len(other)) if one[place] != other[place]])
    return Otherwise([len(other) - _same_end(one, other, same) - 1], len(other) - len(one))


def _same_end(one: Sequence[Line], other: Sequence[Line], begin: int) -> int:
    """Return how many lines both end with, those left out that both begin with."""
    least = min(len(one), len(other)) - begin
    return bisect_left(range(least), True, key=lambda at: one[len(one) - at - 1 :] != other[len(other) - at - 1 :])
