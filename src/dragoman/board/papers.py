"""Agreements over many reports: which words tell of one paper, and the table of who signed it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from dragoman.board.citing import Conflict, cited, entries, may_be_same_place, parties, party, together
from dragoman.board.folding import Fold, Now, folded
from dragoman.board.types import Cited, Paper, Signing
from dragoman.ledger.store import Told
from dragoman.model import When, Where, content_id, merged
from dragoman.process.facts import known, overlapping
from dragoman.process.records import Agreement, Signature

_SIGNED = frozenset({"signed", "accepted"})
_LACKING = frozenset({"refused", "not_signed"})
_AHEAD = "will_sign"
_RANK = ("planned", "not_reached", "reached", "not_signed", "partly_signed", "signed")
_TRUCES = frozenset({"truce", "ceasefire", "cease-fire", "extension"})
_PLAIN = frozenset(
    "a an the of on for in its this that his their agreement agreements accord accords deal deals pact pacts treaty text "
    "document documents declaration memorandum understanding protocol framework peace truce ceasefire cease-fire extension "
    "draft final revised revitalised new first second third military political permanent partial comprehensive joint "
    "prisoner exchange plan roadmap resolution statement communique".split()
)
_KINDS = ({"renewal", "comprehensive"}, {"framework", "comprehensive"}, {"partial", "implementation"})
_NONE = re.compile(
    r"\b(?:any|no)\s+(?:[\w-]+\s+){0,2}?(?:accord|agreement|deal|pact|treaty|text|document)\b", re.IGNORECASE
)
_WORD = re.compile(r"[\w’'-]+")
_APART = timedelta(days=3)  # between the days on which a paper without a name of its own was made
_WHILE = timedelta(days=60)  # after which words without a day tell of another paper


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """What one report says that a party did with a paper. ``day`` is when it was so."""

    party: str
    status: str
    when: When
    day: date
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What one report says of a paper. ``own`` are the words of its name that others have not, ``truce`` that it is one.

    ``is_paper`` is false where it does not say that there is one: 'would not sign any accord'.
    """

    id: str
    name: str
    own: frozenset[str]
    truce: bool
    kind: str | None
    terms: tuple[str, ...]
    status: str
    parties: tuple[str, ...]
    sides: frozenset[str]
    place: Where | None
    when: When
    printed: date
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]
    marks: tuple[_Mark, ...]
    is_paper: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class _Thread:
    """One paper, so far: the words that tell of it in the order of print. What is asked of it again and again is kept."""

    words: tuple[_Word, ...] = ()

    @cached_property
    def own(self) -> frozenset[str]:
        return frozenset().union(*(word.own for word in self.words))

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(word.kind for word in self.words if word.kind is not None)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        return merged(word.parties for word in self.words)

    @cached_property
    def has_sides(self) -> bool:
        return any(word.sides for word in self.words)

    @cached_property
    def heads(self) -> frozenset[bool]:
        return frozenset(word.truce for word in self.words)

    @cached_property
    def dated(self) -> tuple[_Word, ...]:
        return tuple(word for word in self.words if known(word.when) and word.status != "not_signed")

    @cached_property
    def places(self) -> tuple[Where, ...]:
        return tuple(dict.fromkeys(word.place for word in self.words if word.place is not None))


def papers(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Paper, ...]:
    """Return the agreements that reports up to a day tell of with who signed them, by when they were first told of."""
    return folded(Papers(conflict), told, day)


@dataclass(slots=True, kw_only=True)
class _State:
    threads: list[_Thread] = field(default_factory=list)


class Papers(Fold[_State, Paper]):
    """The agreements that reports tell of with who signed them, by when they were first told of."""

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in what a report says of papers, and of who signed them."""
        threads = self.state.threads
        for word in _words(told, self.conflict, day):
            place = _place_of(word, threads)
            if place is not None:
                threads[place] = _Thread(words=(*threads[place].words, word))
            elif word.is_paper:
                threads.append(_Thread(words=(word,)))

    def entries(self, now: Now) -> tuple[Paper, ...]:
        """Return the papers; how they stand is by what was told, whatever the day."""
        self._kept.turn()
        return tuple(self._entry(thread) for thread in self.state.threads)

    def _entry(self, thread: _Thread) -> Paper:
        return self._kept.get((thread,), lambda: _paper(thread, self.conflict))


# -- words


def _words(told: Told, conflict: Conflict, day: date) -> Iterator[_Word]:
    published = told.kept.report.published
    signed = [signature for _, signature in entries([told], "signatures", Signature)]
    named = set()
    for _, record in entries([told], "agreements", Agreement):
        named.add(record.name)
        whose = parties(record.parties, told, conflict)
        marks = tuple(_mark(s, told, conflict, day) for s in signed if s.document == record.name)
        yield _Word(
            id=content_id(told.kept.report.id, record.id), name=record.name, own=_own(record.name),
            truce=_is_truce(record.name) and not marks,
            kind=record.kind, terms=record.terms, status=record.status, parties=whose,
            sides=_sides((*whose, *(mark.party for mark in marks)), conflict, published),
            place=record.place, when=record.date, printed=published or day,
            cited=cited(told, record), against=cited(told, record, contrary=True), marks=marks,
            is_paper=_NONE.search(record.evidence.text) is None or record.status != "not_signed",
        )  # fmt: skip
    for document in dict.fromkeys(s.document for s in signed if s.document not in named):
        yield _of_marks(document, [s for s in signed if s.document == document], told, conflict, day)


def _of_marks(document: str, signed: Sequence[Signature], told: Told, conflict: Conflict, day: date) -> _Word:
    """Return the word on a paper of which a report tells only who signed it."""
    published = told.kept.report.published
    marks = tuple(_mark(s, told, conflict, day) for s in signed)
    first = signed[0]
    return _Word(
        id=content_id(told.kept.report.id, first.id), name=document, own=_own(document), truce=False,
        kind=None, terms=(), status="signed" if first.status in _SIGNED else "not_signed",
        parties=tuple(dict.fromkeys(mark.party for mark in marks)),
        sides=_sides((mark.party for mark in marks), conflict, published),
        place=first.place, when=first.date, printed=published or day,
        cited=together(mark.cited for mark in marks), against=(), marks=marks,
        is_paper=_NONE.search(first.evidence.text) is None or first.status not in _LACKING,
    )  # fmt: skip


def _mark(signature: Signature, told: Told, conflict: Conflict, day: date) -> _Mark:
    printed = told.kept.report.published or day
    when = signature.date
    so = (when.latest or when.earliest or printed) if signature.status != _AHEAD else printed
    return _Mark(
        party=party(signature.party, told, conflict), status=signature.status, when=when, day=min(so, printed),
        cited=cited(told, signature),
    )  # fmt: skip


def _sides(who: Iterable[str], conflict: Conflict, day: date | None) -> frozenset[str]:
    return frozenset(side for each in who if (side := conflict.side_of(each, day)))


def _own(name: str) -> frozenset[str]:
    """Return the words of a name that only this paper has.

    >>> sorted(_own("the Orinth accord"))
    ['orinth']
    """
    return frozenset(_WORD.findall(name.lower())) - _PLAIN


def _is_truce(name: str) -> bool:
    """Return whether a name is that of a truce itself and not of a paper: 'truce', but not 'ceasefire agreement'."""
    words = _WORD.findall(name.lower())
    return bool(words) and words[-1] in _TRUCES


# -- which paper a word tells of


def _place_of(word: _Word, threads: Sequence[_Thread]) -> int | None:
    """Return the place of the paper that a word tells of, None where it tells of another: the best fit, the newest among equals."""
    fits = [(fit, number) for number, thread in enumerate(threads) if (fit := _fit(word, thread)) is not None]
    return max(fits)[1] if fits else None


def _fit(word: _Word, thread: _Thread) -> int | None:
    """Return how well a word fits a paper, or None where it must be another."""
    own = thread.own
    if word.own and own and word.own.isdisjoint(own):
        return None
    named = bool(word.own & own)
    if not (_kinds_fit(word, thread) or named) or not _parties_fit(word, thread):
        return None
    days = _days_fit(word, thread, named=named)
    if days is None:
        return None
    return days + (4 if named else 0) + (1 if word.kind in thread.kinds else 0)


def _kinds_fit(word: _Word, thread: _Thread) -> bool:
    kinds = thread.kinds
    if word.kind is None or not kinds or word.kind in kinds:
        return True
    return any({word.kind, kind} <= pair for pair in _KINDS for kind in kinds)


def _parties_fit(word: _Word, thread: _Thread) -> bool:
    """Return whether two papers can be of the same parties: they share one, or one of them names nobody."""
    mine, theirs = word.parties, thread.parties
    if not mine or not theirs or any(who in theirs for who in mine):
        return True
    return thread.has_sides and (bool(word.sides) or word.truce)


def _days_fit(word: _Word, thread: _Thread, *, named: bool) -> int | None:
    """Return how well the days on which they were made agree, or None where they are apart."""
    heads, dated = thread.heads, thread.dated
    if known(word.when) and word.status != "not_signed" and dated:
        if any(overlapping(word.when, each.when) for each in dated):
            return 3 if word.truce in heads else None if word.status == "signed" else 2
        if named or (word.truce in heads and any(_close(word, each) for each in dated)):
            return 1
        return None
    if word.truce not in heads:
        return None
    if not named and not all(may_be_same_place(word.place, place) for place in thread.places):
        return None
    return 1 if named or word.printed - thread.words[-1].printed <= _WHILE else None


def _close(word: _Word, other: _Word) -> bool:
    return abs(_day(word) - _day(other)) <= _APART


def _day(word: _Word) -> date:
    return word.when.latest or word.when.earliest or word.printed


# -- the table


def _paper(thread: _Thread, conflict: Conflict) -> Paper:
    words = thread.words
    whose = thread.parties
    sided = [who for who in whose if conflict.side_of(who) is not None]
    signings = _signings([mark for word in words for mark in word.marks])
    status = _status(words, signings, conflict)
    other = [word for word in words if status == "signed" and word.status in ("not_signed", "not_reached")]
    known_place = [word.place for word in words if word.place is not None]
    return Paper(
        id=content_id("paper", words[0].id),
        name=_name(words),
        kind=next((word.kind for word in words if word.kind), None),
        terms=merged(word.terms for word in words),
        parties=tuple(sided if len({conflict.side_of(who) for who in sided}) > 1 else whose),
        place=known_place[0] if known_place else None,
        date=_made(words),
        status=status,
        signings=signings,
        cited=together(word.cited for word in words if word not in other),
        against=together(
            [*(word.against for word in words), *(w.cited for w in other), *(signing.against for signing in signings)]
        ),
    )


def _made(words: Sequence[_Word]) -> When:
    """Return the day on which a paper was made, as most origins have it: signed before reached, the narrowest among equals."""
    origins: dict[tuple[bool, date | None, date | None], set[str]] = {}
    told: dict[tuple[bool, date | None, date | None], When] = {}
    for word in words:
        if known(word.when):
            key = (word.status in ("signed", "partly_signed"), word.when.earliest, word.when.latest)
            origins.setdefault(key, set()).add(word.cited[0].origin if word.cited else word.id)
            told.setdefault(key, word.when)
    if not told:
        return words[0].when

    def rank(key: tuple[bool, date | None, date | None]) -> tuple[bool, int, int]:
        first, last = key[1] or key[2], key[2] or key[1]
        return key[0], len(origins[key]), -(last - first).days if first and last else 0

    return told[max(told, key=rank)]


def _signings(marks: Sequence[_Mark]) -> tuple[Signing, ...]:
    """Return what each party did with a paper by the last word on it, and what speaks against that."""
    return tuple(_signing([m for m in marks if m.party == who]) for who in dict.fromkeys(m.party for m in marks))


def _signing(marks: Sequence[_Mark]) -> Signing:
    """Return what a party did: the last word wins, of one day that of most origins; a promise does not undo a signature.

    Where as many say that it has signed as that it has not, it has not: what speaks against that stands beside it.
    """
    signed = any(mark.status in _SIGNED for mark in marks)
    done = [mark for mark in marks if mark.status != _AHEAD] if signed else list(marks)
    last = max(mark.day for mark in done)
    told = {mark.status for mark in done if mark.day == last}
    status = max(sorted(told), key=lambda state: (len(_origins(done, state, last)), state in _LACKING))
    same = [mark for mark in done if mark.status == status]
    now = next(mark for mark in reversed(same) if mark.day == last)
    other = [m.day for m in done if m.day < last and (m.status in _SIGNED) != (status in _SIGNED)]
    return Signing(
        party=now.party,
        status=status,
        date=_when([mark for mark in same if mark.day >= max(other, default=date.min)], now),
        cited=together(mark.cited for mark in same),
        against=together(mark.cited for mark in done if _contradicts(mark, now)),
    )


def _origins(marks: Iterable[_Mark], status: str, day: date) -> set[str]:
    return {cited.origin for mark in marks if mark.status == status and mark.day == day for cited in mark.cited}


def _when(same: Sequence[_Mark], now: _Mark) -> When:
    """Return when a party did so, by the words since it did otherwise: the narrowest day that agrees with the last of them, that of
    most origins among equals.
    """
    fits = [m.when for m in same if known(m.when) and (not known(now.when) or overlapping(m.when, now.when))]
    told = Counter(fits)
    return min(fits, key=lambda when: (_length(when), -told[when]), default=now.when)


def _length(when: When) -> int:
    return (when.latest - when.earliest).days if when.latest and when.earliest else _APART.days


def _contradicts(mark: _Mark, now: _Mark) -> bool:
    """Return whether a word says otherwise of the same time: who is said to have signed before is not one who has not signed."""
    if (mark.status in _SIGNED) == (now.status in _SIGNED) or _AHEAD in (mark.status, now.status):
        return False
    return mark.day >= now.day if now.status in _SIGNED else mark.day <= now.day


def _status(words: Sequence[_Word], signings: Sequence[Signing], conflict: Conflict) -> str:
    """Return how a paper stands: by its signatures where there are any, else by the last word.

    A side has signed where the last word on its people is that they have; one side's signature alone makes no agreement.
    """
    signed, lacking, ahead = (_sides_that(signings, states, conflict) for states in (_SIGNED, _LACKING, {_AHEAD}))
    if not signed:
        if any(day >= ahead.get(side, date.min) for side, day in lacking.items()):
            return "not_signed"
        return max(words, key=lambda word: (word.printed, _RANK.index(word.status))).status
    missing = [side for side, day in lacking.items() if day >= signed.get(side, date.min)]
    whole = len(signed) > 1 or any(len(word.sides) > 1 and word.status == "signed" for word in words)
    return "signed" if whole and not missing else "partly_signed"


def _sides_that(signings: Iterable[Signing], states: AbstractSet[str], conflict: Conflict) -> dict[str, date]:
    """Return the sides of which somebody did so, with the last day; who is of no side is one himself."""
    found: dict[str, date] = {}
    for signing in signings:
        if signing.status in states:
            side = conflict.side_of(signing.party) or signing.party
            day = signing.date.latest or signing.date.earliest
            day = day or max((cited.published or date.min for cited in signing.cited), default=date.min)
            found[side] = max(found.get(side, date.min), day)
    return found


def _name(words: Sequence[_Word]) -> str:
    """Return what a paper is called most often, of the names that are most its own."""
    most = max(len(word.own) for word in words)
    names = Counter(word.name for word in words if len(word.own) == most)
    return names.most_common(1)[0][0]
