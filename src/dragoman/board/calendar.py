"""What is planned, and what came of it: held, postponed, cancelled, or passed with no report; deadlines; ordered by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from dragoman.board.citing import (
    Conflict,
    cited,
    cited_claim,
    entries,
    has,
    may_be_same_place,
    meets,
    parties,
    similar,
    together,
)
from dragoman.board.folding import Fold, Now, folded, month_of
from dragoman.board.types import Cited, Due
from dragoman.ledger.store import Told
from dragoman.model import EventType, Status, When, Where, content_id
from dragoman.process.facts import known, overlapping
from dragoman.process.records import Ceasefire, Planned, Signature, Talks
from dragoman.process.standing import best_place, best_time

_LATE = timedelta(days=7)  # so long after its day a report may tell of it without naming the day
_SPOKEN = timedelta(days=1)  # what is told without its day is of yesterday or today
_PLACED = timedelta(days=3)  # where the place is the same, of the last days
_NAME = 6  # a name has no more words; what has more is a clause
_TALKS = {"held": "held", "ended": "held", "postponed": "postponed", "cancelled": "cancelled"}
_SIGNED = {"signed": "held", "accepted": "held", "refused": "cancelled", "not_signed": "cancelled"}
_TRUCES = {"in_force": "held", "holding": "held", "violated": "held", "ended": "held", "rejected": "cancelled"}
_ENDS = {"extended": "postponed", "ended": "held"}
_MEETING = frozenset({EventType.CONSULT, EventType.AGREE, EventType.SUPPORT, EventType.CONCEDE})
_WORDS = frozenset({EventType.REQUEST, EventType.THREATEN, EventType.ACCUSE, EventType.REJECT, EventType.AGREE})
_SHOWN_BY = {
    "gathering": ("meeting",),
    "act": ("act", "deadline"),
}  # which plans news of a kind can be of, beside its own
_PRINTED = {"truce": "act", "truce_end": "deadline"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """One report's word of what is ahead. ``kind``: meeting, signing, truce, deadline or act."""

    kind: str
    what: str
    place: Where | None
    window: When
    due: tuple[str, ...]
    published: date | None
    number: int
    put_off: str | None
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What a report tells that may be the outcome of a plan."""

    kind: str
    outcome: str
    what: str
    place: Where | None
    when: When
    who: tuple[str, ...]
    published: date
    number: int
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ahead:
    """What a plan is by all that was told of it: what news must fit. ``start``: when it was first told; ``until``: when it is old."""

    kind: str
    what: str
    place: Where | None
    window: When
    due: tuple[str, ...]
    number: int
    start: date
    until: date


@dataclass(frozen=True, kw_only=True, eq=False)
class _Line:
    """One plan, so far: the words that tell of it in the order of print, and the news that fits it."""

    plans: tuple[_Plan, ...] = ()
    news: tuple[_News, ...] = ()

    @cached_property
    def ahead(self) -> _Ahead:
        return _ahead(self.plans)

    @cached_property
    def reach(self) -> tuple[date, date] | None:
        """Return the first and the last day that any of its words names; None where one names none."""
        times = [plan.window for plan in self.plans]
        if not all(map(known, times)):
            return None
        return min(when.earliest or date.min for when in times), max(when.latest or date.max for when in times)


def calendar(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Due, ...]:
    """Return what was planned by a day with what came of it, by the day it is due; what has no day comes last."""
    return folded(Calendar(conflict), told, day)


@dataclass(slots=True, kw_only=True)
class _State:
    """``news`` is kept by the month of print; ``reports`` is how many were taken."""

    lines: list[_Line] = field(default_factory=list)
    news: dict[int, tuple[_News, ...]] = field(default_factory=dict)
    reports: int = 0


class Calendar(Fold[_State, Due]):
    """What was planned with what came of it, by the day it is due; what has no day comes last."""

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in what a report says is planned, and what it tells that may have come of what was."""
        state, number = self.state, self.state.reports
        state.reports += 1
        otherwise = self._plan(_plans(told, number, self.conflict))
        published = told.kept.report.published
        news = tuple(_news(told, published, number, self.conflict)) if published is not None else ()
        if published is not None and news:
            month = month_of(published)
            state.news[month] = (*state.news.get(month, ()), *news)
            for place, line in enumerate(state.lines):
                if line.ahead.start <= published <= line.ahead.until and place not in otherwise:
                    self._settle(place, (*line.news, *(item for item in news if _fits(item, line.ahead))))
        for place in otherwise:
            ahead = state.lines[place].ahead
            self._settle(place, tuple(item for item in self._near(ahead) if _fits(item, ahead)))

    def _plan(self, plans: Iterable[_Plan]) -> list[int]:
        """Put each word to the plan that it is of, or to the end; return the places of those that are now told otherwise."""
        lines = self.state.lines
        before: dict[int, _Ahead] = {}
        for plan in plans:
            place = next((at for at in range(len(lines) - 1, -1, -1) if _is_same(lines[at], plan)), None)
            if place is None:
                lines.append(_Line(plans=(plan,)))
            else:
                before.setdefault(place, lines[place].ahead)
                lines[place] = _Line(plans=(*lines[place].plans, plan), news=lines[place].news)
        return [place for place, ahead in before.items() if lines[place].ahead != ahead]

    def _settle(self, place: int, news: tuple[_News, ...]) -> None:
        line = self.state.lines[place]
        if news != line.news:
            self.state.lines[place] = _Line(plans=line.plans, news=news)

    def _near(self, plan: _Ahead) -> Iterator[_News]:
        """Yield the news from the month in which a plan was first told to that in which it is old."""
        first, last = month_of(plan.start), month_of(plan.until)
        for month, news in self.state.news.items():
            if first <= month <= last:
                yield from news

    def entries(self, now: Now) -> tuple[Due, ...]:
        """Return the plans as they stand on a day."""
        self._kept.turn()
        return tuple(sorted((self._entry(line, now.day) for line in self.state.lines), key=_by_day))

    def _entry(self, line: _Line, day: date) -> Due:
        last = line.ahead.window.latest
        over = last is not None and last < day
        return self._kept.get((line,), lambda: _due(line, over=over), over)


def _by_day(due: Due) -> tuple[date, date, str, str]:
    first = due.window.earliest or due.window.latest or date.max
    return first, due.window.latest or date.max, due.what, due.id


# -- plans


def _plans(told: Told, number: int, conflict: Conflict) -> Iterator[_Plan]:
    def plan(record: Planned | Talks, kind: str, what: str, window: When, due: tuple[str, ...]) -> _Plan:
        text = record.evidence.text
        who = due if record.host is None or record.host in due else (record.host, *due)
        return _Plan(
            kind=kind, what=what, place=record.place, window=window, due=parties(who, told, conflict),
            published=told.kept.report.published, number=number, cited=cited(told, record),
            put_off="postponed" if has(text, "put_off") else "cancelled" if has(text, "called_off") else None,
            against=cited(told, record, contrary=True),
        )  # fmt: skip

    for _, record in entries([told], "planned", Planned):
        yield plan(record, _class(record), record.what, record.window, record.due)
    for _, talk in entries([told], "talks", Talks):
        if talk.status == "planned" and known(talk.date):
            yield plan(talk, "meeting", talk.name, talk.date, talk.parties)


def _class(record: Planned) -> str:
    """Return what a plan is: an announced meeting is one however it is told, and so are the beginning and end of a truce."""
    if record.kind in ("act", "deadline") and has(record.what, "truce_names"):
        return (
            "truce_end" if record.kind == "deadline" or record.window.earliest is None or _is_end(record) else "truce"
        )
    if record.kind != "act":
        return record.kind
    return "meeting" if has(record.what, "meetings_told") else "act"


def _is_end(record: Planned) -> bool:
    return (record.window.phrase or "").startswith(("until", "till", "through"))


def _is_same(line: _Line, plan: _Plan) -> bool:
    if line.plans[0].kind != plan.kind or line.reach is None:
        return False
    first, last = line.reach
    if first > (plan.window.latest or date.max) or (plan.window.earliest or date.min) > last:
        return False
    return any(_is_one(known_, plan) for known_ in line.plans)


def _is_one(one: _Plan, other: _Plan) -> bool:
    """Return whether two reports tell of one plan: the same kind of thing for days that can be the same, and like people or words."""
    if one.kind != other.kind or not _may_be_once(one.window, other.window):
        return False
    if not may_be_same_place(one.place, other.place):
        return False
    shared = bool(set(one.due) & set(other.due))
    if one.kind in ("meeting", "signing"):
        placed = one.place is not None and other.place is not None
        return shared or placed or similar(one.what, other.what)
    if one.kind in _PRINTED:
        return meets(one.due, other.due) or one.window.latest == other.window.latest
    if one.kind == "deadline" and one.window.latest == other.window.latest:
        return meets(one.due, other.due) or similar(one.what, other.what)
    return meets(one.due, other.due) and similar(one.what, other.what)


def _may_be_once(one: When, other: When) -> bool:
    return known(one) and known(other) and overlapping(one, other)


# -- what came of them


def _news(told: Told, published: date, number: int, conflict: Conflict) -> Iterator[_News]:
    yield from _records_news(told, published, number, conflict)
    yield from _claims_news(told, published, number, conflict)


def _records_news(told: Told, published: date, number: int, conflict: Conflict) -> Iterator[_News]:
    for _, talk in entries([told], "talks", Talks):
        if talk.status in _TALKS:
            yield _News(
                kind="meeting", outcome=_TALKS[talk.status], what=talk.name, place=talk.place, when=talk.date,
                who=parties((*talk.parties, *((talk.host,) if talk.host else ())), told, conflict), published=published,
                number=number, cited=cited(told, talk),
            )  # fmt: skip
    for _, signature in entries([told], "signatures", Signature):
        if signature.status in _SIGNED:
            yield _News(
                kind="signing", outcome=_SIGNED[signature.status], what=signature.document, place=signature.place,
                when=signature.date, who=parties([signature.party], told, conflict), published=published,
                number=number, cited=cited(told, signature),
            )  # fmt: skip
    for _, truce in entries([told], "ceasefires", Ceasefire):
        for kind, outcomes in (("truce", _TRUCES), ("truce_end", _ENDS)):
            if truce.status not in outcomes:
                continue
            yield _News(
                kind=kind, outcome=outcomes[truce.status], what="truce", place=None, when=truce.until or When(),
                who=parties(truce.parties, told, conflict), published=published, number=number, cited=cited(told, truce),
            )  # fmt: skip


def _claims_news(told: Told, published: date, number: int, conflict: Conflict) -> Iterator[_News]:
    for kept in told.claims:
        claim = kept.claim
        off = next((state for state in ("postponed", "cancelled") if f"talks.{state}" in claim.marks), None)
        if claim.negated or not claim.actor or (claim.status is not Status.OCCURRED and not off):
            continue
        if off is not None:
            yield _News(
                kind="meeting", outcome=off, what=claim.evidence.text, place=claim.place, when=claim.date,
                who=parties((*claim.actor, *claim.recipient), told, conflict), published=published, number=number,
                cited=(cited_claim(told, claim),),
            )  # fmt: skip
            continue
        meeting = claim.event in _MEETING and claim.place is not None and known(claim.date)
        for kind in (*(("act",) if claim.event not in _WORDS else ()), *(("gathering",) if meeting else ())):
            yield _News(
                kind=kind, outcome="held", what=claim.evidence.text, place=claim.place, when=claim.date,
                who=parties(claim.actor, told, conflict), published=published, number=number,
                cited=(cited_claim(told, claim),),
            )  # fmt: skip


def _ahead(line: Sequence[_Plan]) -> _Ahead:
    first = line[0]
    window = _window(line)
    last = window.latest or window.earliest
    return _Ahead(
        kind=first.kind,
        what=next((plan.what for plan in line if len(plan.what.split()) <= _NAME), first.what),
        place=best_place(plan.place for plan in line),
        window=window,
        due=tuple(dict.fromkeys(i for plan in line for i in plan.due)),
        number=first.number,
        start=min((plan.published for plan in line if plan.published is not None), default=date.min),
        until=last + _LATE if last else date.max,
    )


def _window(line: Sequence[_Plan]) -> When:
    """Return when a plan is due: the narrowest that was told, the latest among equals, so that a correction counts."""
    return best_time(plan.window for plan in reversed(line))


def _due(line: _Line, *, over: bool) -> Due:
    first, ahead = line.plans[0], line.ahead
    outcome, settled_by = _outcome(line.plans, line.news)
    return Due(
        id=content_id("due", first.kind, first.what, first.window.earliest, first.window.latest),
        what=ahead.what,
        kind=_PRINTED.get(ahead.kind, ahead.kind),
        place=ahead.place,
        window=ahead.window,
        due=ahead.due,
        outcome=outcome or ("passed" if over else "ahead"),
        settled_by=settled_by,
        cited=together(plan.cited for plan in line.plans),
        against=together(plan.against for plan in line.plans),
    )


def _outcome(line: Sequence[_Plan], news: Sequence[_News]) -> tuple[str | None, tuple[Cited, ...]]:
    """Return what the last report says came of a plan, with the sentences that say so; nothing where none does.

    A signing was held where one of its signers signed: who did not is in the table of the paper.
    """
    told = [(item.number, item.outcome == "held", item.outcome, item.cited) for item in news]
    told += [(plan.number, False, plan.put_off, plan.cited) for plan in line if plan.put_off]
    if not told:
        return None, ()
    signing = line[0].kind == "signing"
    last = max(told, key=lambda each: (signing and each[1], *each[:2]))[2]
    return last, together(each[3] for each in sorted(told, key=lambda each: each[0]) if each[2] == last)


def _fits(item: _News, plan: _Ahead) -> bool:
    """Return whether news is of a plan: told after it and until soon after it was due, of its kind, people, place and days."""
    if plan.kind not in _SHOWN_BY.get(item.kind, (item.kind,)):
        return False
    if item.number <= plan.number or not plan.start <= item.published <= plan.until:
        return False
    first = plan.window.earliest
    begun = item.outcome != "held" or first is None or item.published >= first
    if not begun or not may_be_same_place(item.place, plan.place):
        return False
    if plan.kind in _PRINTED:
        until, last = item.when.latest, plan.window.latest
        return item.outcome != "postponed" or until is None or last is None or until > last
    placed = item.place is not None and plan.place is not None
    if not _in_time(item, plan.window, placed=placed):
        return False
    if item.kind == "gathering":
        return placed
    shared = bool(set(item.who) & set(plan.due))
    return (shared or placed) if plan.kind == "meeting" else shared and similar(plan.what, item.what)


def _in_time(item: _News, window: When, *, placed: bool) -> bool:
    """Return whether news is of the days of a plan; told without a day it must be fresh."""
    if known(item.when):
        return overlapping(item.when, window)
    last = window.latest or window.earliest
    return item.outcome != "held" or last is None or item.published <= last + (_PLACED if placed else _SPOKEN)
