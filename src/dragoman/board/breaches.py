"""Violations: who accuses whom of what, who denies it and who verified it, as four columns; it has no confidence of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Self

from dragoman.board.citing import (
    Conflict,
    cited,
    cited_claim,
    entries,
    has,
    may_be_same_place,
    may_be_same_time,
    parties,
    similar,
    together,
    words_of,
)
from dragoman.board.folding import Fold, Kept, Now, folded, month_of
from dragoman.board.types import Breach, Cited
from dragoman.ledger.store import Told
from dragoman.model import Claim, EventType, When, Where, content_id, merged
from dragoman.process.facts import known, overlapping
from dragoman.process.records import Violation
from dragoman.process.standing import best_place, best_time, longest
from dragoman.reading.when import find_times, resolve_named

_NEAR = timedelta(days=2)  # reports of a breach whose day is not told tell of the same one so long
_FRESH = timedelta(days=10)  # a later denial is of a breach so long ago at most
_WIDE = 12  # months
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


@dataclass(frozen=True, kw_only=True, eq=False)
class _Thread:
    """One breach, so far: the words that tell of it, those that only point at it last."""

    words: tuple[_Word, ...]

    @cached_property
    def accusers(self) -> frozenset[str]:
        return frozenset(who for word in self.words for who in word.accusers)

    @cached_property
    def place(self) -> Where | None:
        return best_place(word.place for word in self.words)

    @cached_property
    def when(self) -> When:
        return best_time(word.when for word in self.words)

    @cached_property
    def names(self) -> frozenset[str]:
        return words_of(" ".join(self.words[0].accused).replace("-", " "))


@dataclass(slots=True, kw_only=True)
class _State:
    """``threads``, ``pointers`` and what is denied (``said``) by the accused; ``denials`` are all."""

    threads: dict[str, tuple[_Thread, ...]] = field(default_factory=dict)
    pointers: dict[str, tuple[_Word, ...]] = field(default_factory=dict)
    said: dict[str, tuple[_Denial, ...]] = field(default_factory=dict)
    denials: list[_Denial] = field(default_factory=list)


def breaches(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Breach, ...]:
    """Return the breaches told of by a day, in the order in which they were first told; told again they are one."""
    return folded(Breaches(conflict), told, day)


class Breaches(Fold[_State, Breach]):
    """The breaches that reports tell of: those of the same accused together, in the order in which they were first told.

    What only points at a breach comes after all that tell of one, also where it was printed before.
    """

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict)
        self._parts: dict[str, Kept] = {}

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in what a report says of breaches, and what it denies."""
        state = self.state
        for _, record in entries([told], "violations", Violation):
            word = _word(told, record, self.conflict)
            if word.accused or word.verified_by or word.place or known(word.when):
                self._put(word)
        for denial in _denials(told, self.conflict):
            state.denials.append(denial)
            for key, said in state.said.items():
                if _is_by(denial, key):
                    state.said[key] = (*said, denial)

    def _put(self, word: _Word) -> None:
        state, key = self.state, "\n".join(sorted(word.accused))
        if key not in state.said:
            state.said[key] = tuple(denial for denial in state.denials if _is_by(denial, key))
        if _is_pointer(word):
            state.pointers[key] = (*state.pointers.get(key, ()), word)
        else:
            mine = state.threads.get(key, ())
            place = next((at for at, thread in enumerate(mine) if _is_same(thread, word)), len(mine))
            words = mine[place].words if place < len(mine) else ()
            state.threads[key] = (*mine[:place], _Thread(words=(*words, word)), *mine[place + 1 :])

    def branch(self) -> Self:
        """Return a fold that goes its own way, with what this one has made."""
        found = super().branch()
        found._parts = {key: Kept(kept) for key, kept in self._parts.items()}
        return found

    def entries(self, now: Now) -> tuple[Breach, ...]:
        """Return the breaches by all that was taken."""
        self._kept.turn()
        keys = dict.fromkeys((*self.state.threads, *self.state.pointers))
        return tuple(breach for key in keys for breach in self._of(key))

    def _of(self, key: str) -> tuple[Breach, ...]:
        """Return the breaches of the same accused: made again where anything was told or denied of them."""
        threads, pointers = self.state.threads.get(key, ()), self.state.pointers.get(key, ())
        said = self.state.said[key]
        kept = self._parts.setdefault(key, Kept())
        return self._kept.get((threads, pointers, said), lambda: _breaches(threads, pointers, said, kept), also=key)


def _breaches(
    threads: Sequence[_Thread], pointers: Iterable[_Word], said: Sequence[_Denial], kept: Kept
) -> tuple[Breach, ...]:
    kept.turn()
    denials = _Denials(said)
    made = []
    for thread in _pointed(threads, pointers, kept):
        may = denials.soon_after(thread.words[0].published)
        denied = kept.get((thread, *may), partial(_denied, thread, may), also="denied") if may else ()
        made.append(kept.get((thread, *denied), partial(_breach, thread, denied)))
    return tuple(made)


def _pointed(threads: Iterable[_Thread], pointers: Iterable[_Word], kept: Kept) -> list[_Thread]:
    """Return breaches with the words that only point at them; one that points at none of them is one of its own."""
    found, near = list(threads), _Near()
    for at, thread in enumerate(found):
        near.put(at, thread.words[-1])
    for word in pointers:
        place = _meant(found, word, near.of(word))
        if place is None:
            place = len(found)
            found.append(kept.get((word,), partial(_Thread, words=(word,))))
        else:
            home = found[place]
            found[place] = kept.get((home, word), partial(_Thread, words=(*home.words, word)), also="points")
        near.put(place, word)
    return found


class _Near:
    """Where breaches stand among others by the months of their last word: no others can agree with a word of these months."""

    def __init__(self) -> None:
        self._months: dict[int, list[int]] = {}
        self._any: list[int] = []
        self._all: dict[int, None] = {}

    def put(self, at: int, word: _Word) -> None:
        """Put the place of a breach by its last word; that it had another before does no harm."""
        self._all[at] = None
        months = _months(word)
        for listed in (self._months.setdefault(month, []) for month in months) if months is not None else (self._any,):
            listed.append(at)

    def of(self, word: _Word) -> Iterable[int]:
        """Return the places of the breaches with which a word may agree, in their order."""
        months = _months(word)
        if months is None:
            return self._all
        reach = range(min(months) - 1, max(months) + 2)
        return sorted({*self._any, *(at for month in reach for at in self._months.get(month, ()))})


def _months(word: _Word) -> set[int] | None:
    """Return the months in which a word was printed and of which it tells; None where those may be any."""
    earliest, latest = word.when.earliest, word.when.latest
    if word.published is None or (known(word.when) and (earliest is None or latest is None)):
        return None
    days = (word.published, *(each for each in (earliest, latest) if each is not None))
    first, last = month_of(min(days)), month_of(max(days))
    return set(range(first, last + 1)) if last - first <= _WIDE else None


class _Denials:
    """What some accused deny, by the day on which it was printed."""

    def __init__(self, said: Sequence[_Denial]) -> None:
        self._said = said
        self._order = sorted(range(len(said)), key=lambda at: (_printed(said[at].published), at))
        self._days = [_printed(said[at].published) for at in self._order]

    def soon_after(self, published: date | None) -> list[_Denial]:
        """Return what was denied on a day or within some days after it, in the order of the reports."""
        first = _printed(published)
        low, high = bisect_left(self._days, first), bisect_right(self._days, first + _FRESH)
        return [self._said[at] for at in sorted(self._order[low:high])]


def _printed(published: date | None) -> date:
    return published or date.min


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


def _is_same(thread: _Thread, word: _Word) -> bool:
    """Return whether a report tells of a breach again: nothing told of it is of another day or place, and some act is alike."""
    if not all(_agree(each, word) for each in thread.words):
        return False
    return any(_is_alike(each.act, word.act) or _is_found(each, word) for each in thread.words)


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


def _meant(threads: Sequence[_Thread], word: _Word, near: Iterable[int]) -> int | None:
    """Return the place of the breach that a word points at: the last one of those near that the same accuser has told of."""
    own = (at for at in near if not threads[at].accusers.isdisjoint(word.accusers))
    mine = [at for at in own if _agree(threads[at].words[-1], word)]
    if mine:
        return max(mine, key=lambda at: _printed(threads[at].words[-1].published))
    return next((at for at in near if _agree(threads[at].words[-1], word) and _is_same(threads[at], word)), None)


def _is_pointer(word: _Word) -> bool:
    """Return whether a report only says that a truce was broken ('with the attack'), and of no place."""
    return word.place is None and has(word.act, "breaking") and len(words_of(word.act)) <= _FEW


def _agree(one: _Word, other: _Word) -> bool:
    dated = known(one.when) and known(other.when)
    if not dated and one.published and other.published and abs(one.published - other.published) > _NEAR:
        return False
    return may_be_same_place(one.place, other.place) and may_be_same_time(one.when, other.when)


def _is_alike(one: str, other: str) -> bool:
    """Return whether two acts are told in like words; two that only say that a truce was broken are alike."""
    return similar(one, other) or (_is_bare(one) and _is_bare(other))


def _is_bare(act: str) -> bool:
    return has(act, "breaking") and not has(act, "shooting") and len(words_of(act)) <= _BARE


def _denied(thread: _Thread, denials: Iterable[_Denial]) -> tuple[_Denial, ...]:
    return tuple(denial for denial in denials if _denies(denial, thread))


def _breach(thread: _Thread, denied: Sequence[_Denial]) -> Breach:
    words, first = thread.words, thread.words[0]
    return Breach(
        id=content_id("breach", *first.accused, first.act, first.published),
        accusers=merged(word.accusers for word in words),
        accused=first.accused,
        act=longest(word.act for word in words) or first.act,
        place=thread.place,
        date=thread.when,
        denied_by=merged([*(word.denied_by for word in words), *(denial.by for denial in denied)]),
        verified_by=merged(word.verified_by for word in words),
        cited=together(word.cited for word in words),
        against=together([*(word.against for word in words), *([denial.cited] for denial in denied)]),
    )


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


def _is_by(denial: _Denial, accused: str) -> bool:
    return not set(denial.by).isdisjoint(accused.split("\n"))


def _denies(denial: _Denial, thread: _Thread) -> bool:
    """Return whether what an accused denies soon after is this breach: in like words, of its day and place."""
    if not may_be_same_place(denial.place, thread.place):
        return False
    if known(denial.when) and known(thread.when) and not overlapping(denial.when, thread.when):
        return False
    return denial.bare or any(_shares(denial.act, word.act, thread.names) for word in thread.words)


def _shares(one: str, other: str, names: frozenset[str]) -> bool:
    """Return whether two sentences have at least two longer words in common, or force and one such word; names do not count."""
    shared = len((words_of(one) & words_of(other)) - names)
    return shared >= 2 or (shared >= 1 and has(one, "shooting") and has(other, "shooting"))
