"""What is planned, and what came of it: held, postponed, cancelled, or passed with no report; deadlines; ordered by day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.board.citing import (
    Conflict,
    cited,
    cited_claim,
    counted,
    entries,
    has,
    may_be_same_place,
    meets,
    parties,
    similar,
    together,
)
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


def calendar(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Due, ...]:
    """Return what was planned by a day with what came of it, by the day it is due; what has no day comes last."""
    listed = counted(told, day)
    lines: list[list[_Plan]] = []
    for number, each in enumerate(listed):
        for plan in _plans(each, number, conflict):
            home = next((line for line in reversed(lines) if _is_same(line, plan)), None)
            if home is None:
                lines.append([plan])
            else:
                home.append(plan)
    news = sorted(_all_news(listed, conflict), key=lambda item: (item.published, item.number))
    days = [item.published for item in news]
    made = [_due(line, _near(line, news, days), day) for line in lines]
    return tuple(sorted(made, key=_by_day))


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


def _is_same(line: Sequence[_Plan], plan: _Plan) -> bool:
    return any(_is_one(known_, plan) for known_ in line)


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


def _all_news(told: Iterable[Told], conflict: Conflict) -> Iterator[_News]:
    for number, each in enumerate(told):
        if each.kept.report.published is not None:
            yield from _records_news(each, each.kept.report.published, number, conflict)
            yield from _claims_news(each, each.kept.report.published, number, conflict)


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


def _near(line: Sequence[_Plan], news: Sequence[_News], days: Sequence[date]) -> Sequence[_News]:
    """Return the news from the day on which a plan was first told until soon after it was due."""
    told = [plan.published for plan in line if plan.published is not None]
    window = _window(line)
    last = window.latest or window.earliest
    start = bisect_left(days, min(told)) if told else 0
    return news[start : bisect_right(days, last + _LATE)] if last else news[start:]


def _window(line: Sequence[_Plan]) -> When:
    """Return when a plan is due: the narrowest that was told, the latest among equals, so that a correction counts."""
    return best_time(plan.window for plan in reversed(line))


def _due(line: Sequence[_Plan], news: Sequence[_News], day: date) -> Due:
    first = line[0]
    named = next((plan for plan in line if len(plan.what.split()) <= _NAME), first)
    due = Due(
        id=content_id("due", first.kind, first.what, first.window.earliest, first.window.latest),
        what=named.what,
        kind=first.kind,
        place=best_place(plan.place for plan in line),
        window=_window(line),
        due=tuple(dict.fromkeys(i for plan in line for i in plan.due)),
        outcome="ahead",
        cited=together(plan.cited for plan in line),
        against=together(plan.against for plan in line),
    )
    fitting = [item for item in news if item.number > first.number and _fits(item, due)]
    outcome, settled_by = _outcome(line, fitting)
    over = due.window.latest is not None and due.window.latest < day
    return replace(
        due,
        kind=_PRINTED.get(due.kind, due.kind),
        outcome=outcome or ("passed" if over else "ahead"),
        settled_by=settled_by,
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


def _fits(item: _News, plan: Due) -> bool:
    """Return whether news is of a plan: of its kind, its people, its place and its days."""
    if plan.kind not in _SHOWN_BY.get(item.kind, (item.kind,)):
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
