"""Violations: who accuses whom of what, who denies it and who verified it, as four columns; it has no confidence of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.board.citing import (
    Conflict,
    cited,
    cited_claim,
    counted,
    entries,
    has,
    may_be_same_place,
    may_be_same_time,
    parties,
    similar,
    together,
    words_of,
)
from dragoman.board.types import Breach, Cited
from dragoman.ledger.store import Told
from dragoman.model import Claim, EventType, When, Where, content_id
from dragoman.process.facts import known, overlapping
from dragoman.process.records import Violation
from dragoman.process.standing import best_place, best_time, longest
from dragoman.reading.when import find_times, resolve_named

_NEAR = timedelta(days=2)  # reports of a breach whose day is not told tell of the same one so long
_FRESH = timedelta(days=10)  # a later denial is of a breach so long ago at most
_BARE = 2
_FEW = 5  # so few longer words tell of an act hardly more than that it broke a truce
_ACTS = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """One report's word of a breach."""

    accusers: tuple[str, ...]
    accused: tuple[str, ...]
    act: str
    place: Where | None
    when: When
    published: date | None
    denied_by: tuple[str, ...]
    verified_by: tuple[str, ...]
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Denial:
    """One report's word that somebody did not do what he is accused of."""

    by: tuple[str, ...]
    act: str
    bare: bool
    place: Where | None
    when: When
    published: date | None
    cited: Cited


def breaches(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Breach, ...]:
    """Return the breaches told of by a day, in the order in which they were first told; told again they are one."""
    listed = counted(told, day)
    words = [_word(each, record, conflict) for each, record in entries(listed, "violations", Violation)]
    words = [word for word in words if word.accused or word.verified_by or word.place or known(word.when)]
    threads: dict[tuple[str, ...], list[list[_Word]]] = {}
    for word in sorted(words, key=_is_pointer):  # what only points at a breach comes after all that tell of one
        mine = threads.setdefault(tuple(sorted(word.accused)), [])
        home = _home(mine, word)
        if home is None:
            mine.append([word])
        else:
            home.append(word)
    denials = [denial for each in listed for denial in _denials(each, conflict)]
    return tuple(_breach(thread, denials) for mine in threads.values() for thread in mine)


def _word(told: Told, record: Violation, conflict: Conflict) -> _Word:
    said = (record.accuser,) if record.accuser else tuple(i for i in record.speakers if _is_named(i, told))
    accused = parties(record.accused, told, conflict)
    verified = parties(record.verified_by, told, conflict)
    return _Word(
        accusers=tuple(i for i in parties(said, told, conflict) if i not in verified or record.accuser),
        accused=accused,
        act=record.act,
        place=record.place,
        when=_when(record, told.kept.report.published),
        published=told.kept.report.published,
        denied_by=parties(record.denied_by, told, conflict),
        verified_by=verified,
        cited=cited(told, record),
        against=cited(told, record, contrary=True),
    )


def _when(record: Violation, published: date | None) -> When:
    """Return when a breach was: its day, or the one that its act names ('shelling a mill on Friday')."""
    if known(record.date):
        return record.date
    for phrase in find_times(record.act):
        when = resolve_named(phrase, published, past=True)
        if phrase.role not in ("from", "until") and known(when):
            return when
    return record.date


def _is_named(identity: str, told: Told) -> bool:
    return any(entity.id == identity for entity, _ in told.entities)


def _is_same(thread: Sequence[_Word], word: _Word) -> bool:
    """Return whether a report tells of a breach again: nothing told of it is of another day or place, and some act is alike."""
    if any(not _agree(known_, word) for known_ in thread):
        return False
    return any(_is_alike(known_.act, word.act) or _is_found(known_, word) for known_ in thread)


def _is_found(one: _Word, other: _Word) -> bool:
    """Return whether one of two is what a body found of the other: fire of one day, told of in a common word."""
    bodies = bool(one.verified_by) != bool(other.verified_by)
    same_day = known(one.when) and known(other.when) and overlapping(one.when, other.when)
    fire = has(one.act, "shooting") and has(other.act, "shooting")
    return (
        bodies
        and same_day
        and fire
        and bool(words_of(one.act) & words_of(other.act) or len(words_of(other.act)) < _FEW)
    )


def _home(threads: Sequence[list[_Word]], word: _Word) -> list[_Word] | None:
    """Return the breach that a report tells of again, or points at: the last one that the same accuser has told of."""
    if not _is_pointer(word):
        return next((thread for thread in threads if _is_same(thread, word)), None)
    accusers = frozenset(word.accusers)
    mine = [t for t in threads if _agree(t[-1], word) and accusers & {who for each in t for who in each.accusers}]
    same = (thread for thread in threads if _is_same(thread, word))
    return max(mine, key=lambda t: t[-1].published or date.min) if mine else next(same, None)


def _is_pointer(word: _Word) -> bool:
    """Return whether a report only says that a truce was broken ('with the attack'), and of no place."""
    return word.place is None and has(word.act, "breaking") and len(words_of(word.act)) <= _FEW


def _agree(one: _Word, other: _Word) -> bool:
    if not may_be_same_place(one.place, other.place) or not may_be_same_time(one.when, other.when):
        return False
    if known(one.when) and known(other.when):
        return True
    if one.published is None or other.published is None:
        return True
    return abs(one.published - other.published) <= _NEAR


def _is_alike(one: str, other: str) -> bool:
    """Return whether two acts are told in like words; two that only say that a truce was broken are alike."""
    return similar(one, other) or (_is_bare(one) and _is_bare(other))


def _is_bare(act: str) -> bool:
    return has(act, "breaking") and not has(act, "shooting") and len(words_of(act)) <= _BARE


def _breach(thread: Sequence[_Word], denials: Iterable[_Denial]) -> Breach:
    first = thread[0]
    act, place, when = (
        longest(w.act for w in thread),
        best_place(w.place for w in thread),
        best_time(w.when for w in thread),
    )
    denied = [denial for denial in denials if _denies(denial, thread, when, place)]
    return Breach(
        id=content_id("breach", *first.accused, first.act, first.published),
        accusers=_each(word.accusers for word in thread),
        accused=first.accused,
        act=act or first.act,
        place=place,
        date=when,
        denied_by=_each([*(word.denied_by for word in thread), *(denial.by for denial in denied)]),
        verified_by=_each(word.verified_by for word in thread),
        cited=together(word.cited for word in thread),
        against=together([*(word.against for word in thread), *([denial.cited] for denial in denied)]),
    )


def _each(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for group in groups for i in group))


def _denials(told: Told, conflict: Conflict) -> Iterator[_Denial]:
    """Yield what a report says that somebody did not do, or did not accept as true of him."""
    for kept in told.claims:
        claim = kept.claim
        if not _is_denial(claim):
            continue
        speakers = parties((link.speaker for link in claim.attribution if link.speaker), told, conflict)
        by = parties(claim.actor, told, conflict)
        if speakers and not set(by) & set(speakers):
            continue  # somebody else says so
        act = claim.content or claim.evidence.text
        yield _Denial(
            by=by, act=claim.evidence.text, bare=not words_of(act) or has(act, "accusations"), place=claim.place,
            when=claim.date, published=told.kept.report.published, cited=cited_claim(told, claim),
        )  # fmt: skip


def _is_denial(claim: Claim) -> bool:
    if "violation.denied" in claim.marks:
        return True
    if claim.event is EventType.REJECT:
        return has(claim.content, "accusations") and not claim.negated
    return claim.negated and claim.event in _ACTS


def _denies(denial: _Denial, thread: Sequence[_Word], when: When, place: Where | None) -> bool:
    """Return whether an accused denies this breach: in like words, of its day and place, soon after it was told."""
    first = thread[0]
    if not set(denial.by) & set(first.accused) or not may_be_same_place(denial.place, place):
        return False
    if not timedelta(0) <= (denial.published or date.min) - (first.published or date.min) <= _FRESH:
        return False
    if known(denial.when) and known(when) and not overlapping(denial.when, when):
        return False
    names = words_of(" ".join(first.accused).replace("-", " "))
    return denial.bare or any(_shares(denial.act, word.act, names) for word in thread)


def _shares(one: str, other: str, names: frozenset[str]) -> bool:
    """Return whether two sentences have at least two longer words in common, or force and one such word; names do not count."""
    shared = len((words_of(one) & words_of(other)) - names)
    return shared >= 2 or (shared >= 1 and has(one, "shooting") and has(other, "shooting"))
