"""The rows of the conflict page: talks, threats, violations, mechanisms, backers, the calendar and turning points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.board.types import Backing, Body, Breach, Due, Menace, Round, Track, Turning
from dragoman.desk.conflict.called import Called, Name, Standing
from dragoman.desk.conflict.rows import FEW, Rows, Which, made, taken
from dragoman.desk.days import days_of
from dragoman.export.ledger_brief import AHEAD, DUE_ORDER, by_day, newest
from dragoman.export.ledger_words import spaced, tame
from dragoman.export.records import led

_TRACKS, _ROUNDS = 6, 4


# -- talks


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """A round of talks. ``others``: who takes part, where that is not who the track is of; ``ahead``: it is still to come."""

    name: str
    days: str
    place: str
    format: str
    host: Name | None
    mediators: tuple[Name, ...]
    others: tuple[Name, ...]
    declined: tuple[Name, ...]
    status: str
    outcome: str
    ahead: bool
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRow:
    """Talks between the same parties: what is ahead first, then the rounds from the newest; ``total`` with those not shown."""

    parties: tuple[Name, ...]
    total: int
    rounds: tuple[RoundRow, ...]
    standing: Standing


def tracks_of(tracks: Iterable[Track], called: Called, which: Which) -> Rows[TrackRow]:
    """Return the tracks of talks, those of the conflict's own parties first."""
    ranked = sorted(tracks, key=lambda track: (not called.tongue.has(*track.parties), newest(track)))
    found = taken("talks", ranked, which, _TRACKS)
    return made(found, (_track(track, called, whole=found.whole) for track in found.shown))


def _track(track: Track, called: Called, *, whole: bool) -> TrackRow:
    ahead = sorted((talks for talks in track.rounds if talks.status in AHEAD), key=by_day)
    behind = sorted((talks for talks in track.rounds if talks.status not in AHEAD), key=by_day, reverse=True)
    listed = [*ahead, *behind]
    return TrackRow(
        parties=called.all(track.parties),
        total=len(listed),
        rounds=tuple(round_of(talks, called, track.parties) for talks in (listed if whole else listed[:_ROUNDS])),
        standing=called.standing(track),
    )


def round_of(talks: Round, called: Called, parties: tuple[str, ...] = ()) -> RoundRow:
    """Return a round as its row says it, under a track of these parties."""
    name, kind = tame(talks.name, 60), spaced(talks.format)
    place = tame(talks.place.name, 40) if talks.place else ""
    return RoundRow(
        name=name[:1].upper() + name[1:],
        days=days_of(talks.date),
        place="" if place.lower() in name.lower() else place,
        format="" if kind in name.lower() else kind,
        host=called.of(talks.host) if talks.host else None,
        mediators=called.all(talks.mediators),
        others=called.all(talks.parties) if set(talks.parties) != set(parties) else (),
        declined=called.all(talks.declined),
        status=spaced(talks.status),
        outcome=tame(talks.outcome or ""),
        ahead=talks.status in AHEAD,
        standing=called.standing(talks, talks.name),
    )


# -- threats and violations


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """A threat, its condition, consequence and deadline, and what came of it; ``settled``: how many sentences say that."""

    party: Name
    whom: tuple[Name, ...]
    condition: str
    consequence: str
    deadline: str
    outcome: str
    settled: int
    standing: Standing


def threats_of(menaces: Iterable[Menace], called: Called, which: Which) -> tuple[Rows[Threat], Rows[Threat]]:
    """Return the threats that are open, and those that something came of, the newest first."""
    ranked = sorted(
        menaces, key=lambda menace: (not called.tongue.has(menace.party, *menace.whom), newest(menace))
    )  # fmt: skip
    unsettled = taken("threats", [menace for menace in ranked if menace.outcome == "open"], which)
    settled = taken("answered-threats", [menace for menace in ranked if menace.outcome != "open"], which)
    return _threats(unsettled, called), _threats(settled, called)


def _threats(rows: Rows[Menace], called: Called) -> Rows[Threat]:
    return made(rows, (_threat(each, called) for each in rows.shown))


def _threat(menace: Menace, called: Called) -> Threat:
    return Threat(
        party=called.of(menace.party),
        whom=called.all(menace.whom),
        condition=tame(led("if", menace.condition)),
        consequence=tame(menace.consequence or ""),
        deadline=days_of(menace.deadline),
        outcome=spaced(menace.outcome),
        settled=len(menace.settled_by),
        standing=called.standing(menace),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """An act that somebody calls a breach of the truce: accusers, accused, who denies it and who verified it stand apart."""

    act: str
    days: str
    place: str
    accusers: tuple[Name, ...]
    accused: tuple[Name, ...]
    denied: tuple[Name, ...]
    verified: tuple[Name, ...]
    standing: Standing


def violations_of(breaches: Iterable[Breach], called: Called, which: Which) -> Rows[Violation]:
    """Return the alleged violations, those by the conflict's own parties first, then the newest."""
    ranked = sorted(breaches, key=lambda breach: (not called.tongue.has(*breach.accused), newest(breach)))
    rows = taken("violations", ranked, which)
    return made(rows, (_violation(breach, called) for breach in rows.shown))


def _violation(breach: Breach, called: Called) -> Violation:
    return Violation(
        act=tame(breach.act),
        days=days_of(breach.date),
        place=tame(breach.place.name, 40) if breach.place else "",
        accusers=called.all(breach.accusers),
        accused=called.all(breach.accused),
        denied=called.all(breach.denied_by),
        verified=called.all(breach.verified_by),
        standing=called.standing(breach),
    )


# -- mechanisms and backers


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """A body that watches, oversees or mediates: what for, who is in it, whom somebody wants in or out."""

    name: str
    kind: str
    status: str
    mandate: str
    members: tuple[Name, ...]
    asked_in: tuple[Name, ...]
    asked_out: tuple[Name, ...]
    asked_by: tuple[Name, ...]
    standing: Standing


def mechanisms_of(bodies: Iterable[Body], called: Called, which: Which) -> Rows[Mechanism]:
    """Return the mechanisms, the newest first."""
    rows = taken("mechanisms", sorted(bodies, key=newest), which)
    return made(rows, (_mechanism(body, called) for body in rows.shown))


def _mechanism(body: Body, called: Called) -> Mechanism:
    name, kind = tame(body.name, 60), spaced(body.kind)
    return Mechanism(
        name=name[:1].upper() + name[1:],
        kind="" if kind in name.lower() else kind,
        status=spaced(body.status),
        mandate=tame(body.mandate or ""),
        members=called.all(body.members),
        asked_in=called.all(body.asked_in),
        asked_out=called.all(body.asked_out),
        asked_by=called.all(body.asked_by),
        standing=called.standing(body, name),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Backer:
    """Who backs whom, with which kind of support, and who says that it is not so."""

    backer: Name
    backed: Name
    kind: str
    means: str
    status: str
    denied: tuple[Name, ...]
    standing: Standing


def backers_of(backings: Iterable[Backing], called: Called, which: Which) -> Rows[Backer]:
    """Return the backers, those of the conflict's own parties first, then the newest."""
    ranked = sorted(backings, key=lambda each: (not called.tongue.has(each.backed), each.kind, newest(each)))
    rows = taken("backers", ranked, which)
    return made(rows, (_backer(backing, called) for backing in rows.shown))


def _backer(backing: Backing, called: Called) -> Backer:
    return Backer(
        backer=called.of(backing.backer),
        backed=called.of(backing.backed),
        kind=spaced(backing.kind),
        means=tame(backing.means or "", 80),
        status="" if backing.status == "stated" else spaced(backing.status),
        denied=called.all(backing.denied_by),
        standing=called.standing(backing),
    )


# -- what is planned, and what it came to


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What is planned: when, where, who, and what came of it. ``settled``: how many sentences say that."""

    what: str
    kind: str
    days: str
    place: str
    due: tuple[Name, ...]
    outcome: str
    settled: int
    standing: Standing


def calendar_of(calendar: Iterable[Due], called: Called, which: Which) -> tuple[Rows[Planned], Rows[Planned]]:
    """Return what lies ahead by day, and what is past: the newest first."""
    listed = list(calendar)
    ahead = sorted((due for due in listed if due.outcome == "ahead"), key=lambda due: (_begins(due), due.id))
    past = sorted((due for due in listed if due.outcome != "ahead"), key=_past)
    return _planned_rows(taken("calendar", ahead, which), called), _planned_rows(
        taken("past", past, which, FEW // 2), called
    )


def _planned_rows(rows: Rows[Due], called: Called) -> Rows[Planned]:
    return made(rows, (_planned(due, called) for due in rows.shown))


def _begins(due: Due) -> date:
    return due.window.earliest or due.window.latest or date.max


def _past(due: Due) -> tuple[int, int, str]:
    day = due.window.latest or due.window.earliest or date.min
    return -day.toordinal(), DUE_ORDER.index(due.outcome) if due.outcome in DUE_ORDER else len(DUE_ORDER), due.id


def _planned(due: Due, called: Called) -> Planned:
    what = tame(due.what, 90)
    return Planned(
        what=what[:1].upper() + what[1:],
        kind=spaced(due.kind),
        days=days_of(due.window),
        place=tame(due.place.name, 40) if due.place else "",
        due=called.all(due.due),
        outcome="passed, nothing told" if due.outcome == "passed" else spaced(due.outcome),
        settled=len(due.settled_by),
        standing=called.standing(due, what),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningRow:
    """What a rule over time found, and the day."""

    words: str
    day: date | None
    standing: Standing


def turnings_of(turnings: Iterable[Turning], called: Called, which: Which) -> Rows[TurningRow]:
    """Return the turning points, the newest first."""
    rows = taken("turnings", sorted(turnings, key=lambda t: (-(t.day or date.min).toordinal(), t.id)), which, FEW // 2)
    return made(
        rows,
        (TurningRow(words=tame(each.words), day=each.day, standing=called.standing(each)) for each in rows.shown),
    )
