"""A conflict as it is followed: its board as of its last report, at the cost of one step for one report more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
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
from dragoman.board.folding import Fold, Now
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
WHOLE: Mapping[str, type[Fold[Any, Any]]] = {"disputes": Disputes, "names": Names}
"""Those that are made of all reports."""


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
    """Folds that take the same reports, and those that they have taken."""

    folds: Mapping[str, Fold[Any, Any]]
    lines: list[Line]


class Following:
    """One conflict's board, kept with all that it was made of. Lines are given in the order of publication."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self._day: date | None = None
        self._counted = _Row({name: of(conflict) for name, of in COUNTED.items()}, [])
        self._whole = _Row({name: of(conflict) for name, of in WHOLE.items()}, [])

    def board(self, lines: Sequence[Line], load: Load, view: View, stale: int) -> Board:
        """Return the board of these reports, as of ``view.until`` or the day of the last; ``load`` gives those not yet taken."""
        last = _last(lines)
        day = view.until or last or date.min
        listed = lines if view.until is None else [each for each in lines if each.day is None or each.day <= day]
        undated = bool(lines) and lines[0].day is None  # its day is that of the board
        for row, wanted in ((self._counted, _counted(listed)), (self._whole, list(listed))):
            _bring(row, wanted, load, day, anew=undated and day != self._day)
        self._day = day
        now = Now(day=day, stale=stale, days=[each.day for each in listed if each.day is not None])
        folds = {**self._counted.folds, **self._whole.folds}
        made: dict[str, Any] = {name: fold.entries(now) for name, fold in folds.items()}
        made["names"] = dict(made["names"])
        return Board(
            conflict=self.conflict.id, name=self.conflict.name, until=view.until, known=view.known, reports=len(listed),
            last=_last(listed), **made,
        )  # fmt: skip

    def held(self) -> Held:
        """Return all that the board was made with."""
        folds = {**self._counted.folds, **self._whole.folds}
        return Held(
            day=self._day,
            counted=self._counted.lines,
            whole=self._whole.lines,
            steps={name: [(taken, _encoded(state)) for taken, state in fold.steps()] for name, fold in folds.items()},
        )

    def resume(self, held: Held, lines: Sequence[Line]) -> None:
        """Go on from what a board was made with, as far as its reports are the same.

        Raises msgspec.MsgspecError or KeyError where that cannot be read.
        """
        for row, former, wanted in (
            (self._counted, held.counted, _counted(lines)),
            (self._whole, held.whole, list(lines)),
        ):
            same = _same(former, wanted)
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
    """Have folds take these reports, from the first on that is another than before."""
    same = 0 if anew else _same(row.lines, lines)
    starts = {name: fold.back(same) for name, fold in row.folds.items()}
    first = min(starts.values())
    told = load([each.id for each in lines[first:]])
    listed = [told[each.id] for each in lines[first:]]
    for name, fold in row.folds.items():
        fold.add(listed[starts[name] - first :], day)
    row.lines = lines


def _same(one: Sequence[Line], other: Sequence[Line]) -> int:
    """Return how many lines both begin with."""
    least = min(len(one), len(other))
    if one[:least] == other[:least]:
        return least
    return bisect_left(range(least), True, key=lambda at: one[: at + 1] != other[: at + 1])
