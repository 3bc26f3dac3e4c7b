"""The state of a peace process as its page shows it: gathered from the board of a view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.board.types import Board, Truce, Turn
from dragoman.desk.charts.truce_strip import Axis, Strip, axis_of, strip_of
from dragoman.desk.conflict import sections
from dragoman.desk.conflict.called import Called, Name, Standing
from dragoman.desk.conflict.matrix import Papers, Positions, papers_of, positions_of
from dragoman.desk.conflict.rows import Rows, Which, made, taken
from dragoman.desk.days import days_of
from dragoman.desk.kept import Shown
from dragoman.export.ledger_brief import TRUCE_ORDER, newest
from dragoman.export.ledger_words import since_when, spaced, tame

_TRUCES = 5
_OLD = 60  # days before the newest truce's last word: what is older comes after it, whatever its state


@dataclass(frozen=True, slots=True, kw_only=True)
class TruceRow:
    """A ceasefire: its state and since when, its days and scope, and its strip. ``word``: the last word before silence."""

    parties: tuple[Name, ...]
    status: str
    since: date | None
    word: str
    declared: str
    begins: str
    until: str
    scope: str
    history: tuple[Turn, ...]
    strip: Strip
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All parts of the page."""

    day: date
    truces: Rows[TruceRow]
    axis: Axis
    turnings: Rows[sections.TurningRow]
    papers: Papers
    positions: Positions
    tracks: Rows[sections.TrackRow]
    threats: Rows[sections.Threat]
    settled: Rows[sections.Threat]
    violations: Rows[sections.Violation]
    mechanisms: Rows[sections.Mechanism]
    backers: Rows[sections.Backer]
    ahead: Rows[sections.Planned]
    past: Rows[sections.Planned]
    disputes: int
    legend: tuple[Name, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many entries each part has, by its place on the page."""
        return {
            "truces": self.truces.total,
            "signatures": self.papers.signed.total + self.papers.others.total,
            "positions": self.positions.total,
            "talks": sum(track.total for track in self.tracks.shown),
            "threats": self.threats.total + self.settled.total,
            "violations": self.violations.total,
            "backers": self.backers.total,
            "mechanisms": self.mechanisms.total,
            "calendar": self.ahead.total + self.past.total,
        }


def state_of(shown: Shown, called: Called, which: Which, stale: int) -> State | None:
    """Return what the page of a conflict shows; None where no report of it has a day."""
    board = shown.board
    day = board.until or board.last
    if day is None or not board.reports:
        return None
    truces = taken("truces", ranked(board), which, _TRUCES)
    axis = axis_of(truces.shown, day)
    threats, settled = sections.threats_of(board.menaces, called, which)
    ahead, past = sections.calendar_of(board.calendar, called, which)
    return State(
        day=day,
        truces=made(truces, (truce_of(truce, axis, called, stale) for truce in truces.shown)),
        axis=axis,
        turnings=sections.turnings_of(board.turnings, called, which),
        papers=papers_of(board.papers, called, which),
        positions=positions_of(board.stances, shown.conflict, called, which),
        tracks=sections.tracks_of(board.tracks, called, which),
        threats=threats,
        settled=settled,
        violations=sections.violations_of(board.breaches, called, which),
        mechanisms=sections.mechanisms_of(board.bodies, called, which),
        backers=sections.backers_of(board.backings, called, which),
        ahead=ahead,
        past=past,
        disputes=len(board.disputes),
        legend=called.legend,
    )


def ranked(board: Board) -> list[Truce]:
    """Return the truces that were told of of late by their state, the most alive first, then older ones by their last word."""
    last = max((truce.last or date.min for truce in board.truces), default=date.min)
    recent = last - timedelta(days=_OLD) if last > date.min else last

    def rank(truce: Truce) -> tuple[bool, int, tuple[int, str]]:
        old = (truce.last or date.min) < recent
        state = TRUCE_ORDER.index(truce.status) if truce.status in TRUCE_ORDER else len(TRUCE_ORDER)
        return old, 0 if old else state, newest(truce)

    return sorted(board.truces, key=rank)


def truce_of(truce: Truce, axis: Axis, called: Called, stale: int) -> TruceRow:
    """Return a ceasefire with its strip over the days of an axis."""
    quiet = truce.status == "unknown"
    told = [turn.state for turn in truce.history if turn.state != "unknown"]
    return TruceRow(
        parties=called.all(truce.parties),
        status=truce.status,
        since=truce.since if quiet else since_when(truce.history, truce.status),
        word=spaced(told[-1]) if quiet and told else "",
        declared=days_of(truce.declared),
        begins=days_of(truce.from_),
        until=days_of(truce.until),
        scope=tame(truce.scope or "", 60),
        history=truce.history,
        strip=strip_of(truce, axis, stale),
        standing=called.standing(truce),
    )
