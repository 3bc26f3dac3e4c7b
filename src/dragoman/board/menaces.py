"""Threats, and what came of them: carried out, withdrawn, passed with their day, or open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

from dragoman.board.citing import (
    Conflict,
    cited,
    cited_claim,
    day_of,
    entries,
    has,
    meets,
    parties,
    party,
    similar,
    together,
    words_of,
)
from dragoman.board.folding import Fold, Now, folded
from dragoman.board.types import Cited, Menace
from dragoman.ledger.store import Told
from dragoman.model import Claim, EventType, Status, When, content_id, merged
from dragoman.process.records import Threat
from dragoman.process.standing import best_time, longest

_DEEDS = {
    "menaces_force": frozenset({EventType.ASSAULT}),
    "menaces_sanction": frozenset({EventType.SANCTION}),
    "menaces_coerce": frozenset({EventType.COERCE}),
    "menaces_refusal": frozenset({EventType.REJECT}),
    "menaces_troops": frozenset({EventType.MOBILIZE, EventType.AID, EventType.ASSAULT}),
}
_HARM = frozenset({EventType.ASSAULT, EventType.SANCTION, EventType.COERCE})
_YIELDING = frozenset({EventType.CONCEDE, EventType.RETREAT})
_ANSWERS = _HARM | _YIELDING | {EventType.REJECT, EventType.MOBILIZE, EventType.AID}
_LONGEST = timedelta(days=30)  # what is done later without a word of the threat is not known to carry it out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """One report's word of a threat."""

    whom: tuple[str, ...]
    condition: str | None
    consequence: str | None
    deadline: When | None
    day: date | None
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """An act of who threatens in a later report (of which ``number``), and whether it takes the threat back or carries it out."""

    number: int
    event: EventType
    on: tuple[str, ...]
    text: str
    content: str | None
    place: str | None
    day: date | None
    cited: Cited
    back: bool = False
    done: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class _Thread:
    """One threat, so far: the words that tell of it and the deeds that may answer it. ``number`` is that of its first report."""

    number: int
    words: tuple[_Word, ...] = ()
    deeds: tuple[_Deed, ...] = ()

    @cached_property
    def deadline(self) -> When | None:
        known = [word.deadline for word in self.words if word.deadline is not None]
        return best_time(known) if known else None


@dataclass(slots=True, kw_only=True)
class _State:
    """``threads`` by who threatens."""

    threads: dict[str, tuple[_Thread, ...]] = field(default_factory=dict)


def menaces(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Menace, ...]:
    """Return the threats as of a day with what came of them, in the order in which they were made."""
    return folded(Menaces(conflict), told, day)


class Menaces(Fold[_State, Menace]):
    """The threats that reports tell of, with what came of them: those of one party together, in the order in which they were made."""

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in a report's threats, and the deeds that answer those of the reports before it."""
        threads = self.state.threads
        for _, record in entries([told], "threats", Threat):
            whose = party(record.party, told, self.conflict)
            word = _word(told, record, whose, self.conflict)
            threads[whose] = _joined(threads.get(whose, ()), word, self.taken)
        for whose, deed in _deeds(told, self.conflict, self.taken):
            if whose in threads:
                threads[whose] = tuple(_answered(thread, deed) for thread in threads[whose])

    def entries(self, now: Now) -> tuple[Menace, ...]:
        """Return the threats as they stand on a day."""
        self._kept.turn()
        return tuple(
            self._entry(whose, thread, now.day) for whose, mine in self.state.threads.items() for thread in mine
        )

    def _entry(self, whose: str, thread: _Thread, day: date) -> Menace:
        deadline = thread.deadline
        over = deadline is not None and deadline.latest is not None and deadline.latest < day
        return self._kept.get((thread,), lambda: _menace(whose, thread, over=over), also=over)


def _word(told: Told, record: Threat, whose: str, conflict: Conflict) -> _Word:
    return _Word(
        whom=_whom(told, record, whose, conflict),
        condition=record.condition,
        consequence=record.consequence,
        deadline=record.deadline,
        day=day_of(record.date, told.kept.report.published),
        cited=cited(told, record),
        against=cited(told, record, contrary=True),
    )


def _whom(told: Told, record: Threat, whose: str, conflict: Conflict) -> tuple[str, ...]:
    """Return whom a threat is to: where no party is, the party that its condition names ('unless Sorvia opened the road')."""
    day = told.kept.report.published
    found = tuple(i for i in parties(record.against, told, conflict) if i != whose)
    if any(conflict.side_of(i, day) for i in found):
        return found
    named = (e for e, _ in told.entities if record.condition and e.name in record.condition)
    meant = tuple(dict.fromkeys(p for e in named if (p := conflict.party_of(e.id, day)) and p != whose))
    return meant or found


def _joined(threads: tuple[_Thread, ...], word: _Word, number: int) -> tuple[_Thread, ...]:
    """Return a party's threats with a word put to the one that it tells of; what is new begins one."""
    place = next((n for n, thread in enumerate(threads) if any(_is_same(known, word) for known in thread.words)), None)
    if place is None:
        return (*threads, _Thread(number=number, words=(word,)))
    home = threads[place]
    deeds = tuple(_answering(deed, [word]) for deed in home.deeds)
    told = _Thread(number=home.number, words=(*home.words, word), deeds=deeds)
    return (*threads[:place], told, *threads[place + 1 :])


def _is_same(one: _Word, other: _Word) -> bool:
    """Return whether two reports tell of one threat: its harm and condition are alike; one or its day, where it is to the same."""
    alike = similar(one.condition, other.condition)
    harm = one.consequence is not None and similar(one.consequence, other.consequence)
    if not meets(one.whom, other.whom):
        return alike and harm
    if alike or harm:
        return True
    last = one.deadline.latest if one.deadline else None
    return last is not None and other.deadline is not None and last == other.deadline.latest


def _deeds(told: Told, conflict: Conflict, number: int) -> Iterator[tuple[str, _Deed]]:
    """Yield who did what by a report that may carry out or take back a threat."""
    for kept in told.claims:
        claim = kept.claim
        if not _is_deed(claim):
            continue
        on = parties(claim.recipient, told, conflict)
        for whose in parties(claim.actor, told, conflict):
            yield whose, _Deed(
                number=number, event=claim.event, on=on, text=claim.evidence.text, content=claim.content,
                place=claim.place.name if claim.place else None, day=day_of(claim.date, told.kept.report.published),
                cited=cited_claim(told, claim),
            )  # fmt: skip


def _is_deed(claim: Claim) -> bool:
    return claim.event in _ANSWERS and claim.status is Status.OCCURRED and not claim.negated and not claim.hedged


def _answered(thread: _Thread, deed: _Deed) -> _Thread:
    """Return a threat with a deed that may answer it; the same threat where it does not."""
    if not _is_after(deed, thread):
        return thread
    return replace(thread, deeds=(*thread.deeds, _answering(deed, thread.words)))


def _is_after(deed: _Deed, thread: _Thread) -> bool:
    """Return whether a deed is told by a later report and was done since the threat, while it is fresh."""
    made = thread.words[0].day
    if deed.number <= thread.number or made is None or deed.day is None:
        return False
    return made <= deed.day <= made + _LONGEST


def _answering(deed: _Deed, words: Sequence[_Word]) -> _Deed:
    """Return a deed with what it is to a threat by further words of it."""
    back = deed.back or _takes_back(deed, words)
    done = deed.done or any(_fits(deed, word) and _hits(deed, word) for word in words)
    return deed if (back, done) == (deed.back, deed.done) else replace(deed, back=back, done=done)


def _menace(whose: str, thread: _Thread, *, over: bool) -> Menace:
    words, first = thread.words, thread.words[0]
    outcome, settled_by = _outcome(thread)
    return Menace(
        id=content_id("menace", whose, *first.whom, first.condition),
        party=whose,
        whom=merged(word.whom for word in words),
        condition=longest(word.condition for word in words),
        consequence=longest(word.consequence for word in words),
        deadline=thread.deadline,
        outcome=outcome or ("passed" if over else "open"),
        settled_by=settled_by,
        cited=together(word.cited for word in words),
        against=together(word.against for word in words),
    )


def _outcome(thread: _Thread) -> tuple[str | None, tuple[Cited, ...]]:
    """Return what came of a threat and the sentences that tell it; nothing where no report does. Taken back goes before done."""
    back = [deed for deed in thread.deeds if deed.back]
    done = [deed for deed in thread.deeds if deed.done]
    if back and (not done or back[0].number < done[0].number):
        return "withdrawn", together([deed.cited] for deed in back)
    return ("carried_out", together([deed.cited] for deed in done)) if done else (None, ())


def _takes_back(deed: _Deed, words: Sequence[_Word]) -> bool:
    if deed.event not in _YIELDING or not has(deed.text, "menaces_back"):
        return False
    mine = words_of(deed.content or deed.text) | words_of(deed.text)
    return any(mine & (words_of(word.consequence) | words_of(word.condition)) for word in words)


def _fits(deed: _Deed, word: _Word) -> bool:
    """Return whether a deed is of the kind that was threatened; what was to be cut off may be blown up."""
    threatened = word.consequence or word.condition
    if deed.event is EventType.ASSAULT and has(threatened, "menaces_coerce") and _thing(deed, word):
        return True
    return deed.event in _threatened(threatened)


@lru_cache(maxsize=1024)
def _threatened(consequence: str | None) -> frozenset[EventType]:
    """Return what kinds of deeds a threat is of; one that names no harm is of any."""
    kinds = [name for name in _DEEDS if has(consequence, name)]
    return frozenset().union(*(_DEEDS[name] for name in kinds)) if kinds else _HARM


def _hits(deed: _Deed, word: _Word) -> bool:
    """Return whether a deed is done to whom the threat names, or to the very thing that it names."""
    if not set(word.whom).isdisjoint(deed.on):
        return True
    return _thing(deed, word) or (not word.whom and bool(deed.on) and deed.event is EventType.ASSAULT)


def _thing(deed: _Deed, word: _Word) -> bool:
    """Return whether a deed is done to the very thing that a threat names."""
    harm = (word.consequence or "").replace(word.condition or "\0", "")
    return bool(words_of(harm) & words_of(f"{deed.content or ''} {deed.place or ''}"))
