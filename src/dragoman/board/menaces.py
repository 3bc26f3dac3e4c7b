"""Threats, and what came of them: carried out, withdrawn, passed with their day, or open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.board.citing import (
    Conflict,
    cited,
    cited_claim,
    counted,
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
from dragoman.board.types import Cited, Menace
from dragoman.ledger.store import Told
from dragoman.model import Claim, EventType, Status, content_id
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
_LONGEST = timedelta(days=30)  # what is done later without a word of the threat is not known to carry it out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """One report's word of a threat."""

    party: str
    whom: tuple[str, ...]
    record: Threat
    number: int
    day: date | None
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """An act of somebody in a report, as it may answer a threat."""

    party: str
    on: tuple[str, ...]
    claim: Claim
    number: int
    day: date | None
    cited: Cited


@dataclass(slots=True, kw_only=True)
class _Thread:
    words: list[_Word] = field(default_factory=list)


def menaces(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Menace, ...]:
    """Return the threats as of a day with what came of them, in the order in which they were made."""
    listed = counted(told, day)
    threads: dict[str, list[_Thread]] = {}
    for number, each in enumerate(listed):
        for _, record in entries([each], "threats", Threat):
            _join(threads, _word(each, record, number, conflict))
    deeds = _deeds(listed, conflict, frozenset(threads))
    return tuple(_menace(thread, deeds.get(whose, []), day) for whose, mine in threads.items() for thread in mine)


def _word(told: Told, record: Threat, number: int, conflict: Conflict) -> _Word:
    whose = party(record.party, told, conflict)
    return _Word(
        party=whose,
        whom=_whom(told, record, whose, conflict),
        record=record,
        number=number,
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


def _join(threads: dict[str, list[_Thread]], word: _Word) -> None:
    mine = threads.setdefault(word.party, [])
    home = next((thread for thread in mine if any(_is_same(known, word) for known in thread.words)), None)
    if home is None:
        mine.append(_Thread(words=[word]))
    else:
        home.words.append(word)


def _is_same(one: _Word, other: _Word) -> bool:
    """Return whether two reports tell of one threat: its harm and condition are alike; one or its day, where it is to the same."""
    first, second = one.record, other.record
    alike = similar(first.condition, second.condition)
    harm = first.consequence is not None and similar(first.consequence, second.consequence)
    if not meets(one.whom, other.whom):
        return alike and harm
    if alike or harm:
        return True
    last = first.deadline.latest if first.deadline else None
    return last is not None and second.deadline is not None and last == second.deadline.latest


def _deeds(told: Iterable[Told], conflict: Conflict, who: frozenset[str]) -> dict[str, list[_Deed]]:
    """Return what each of these did that may carry out or take back a threat, in the order of the reports."""
    found: dict[str, list[_Deed]] = {}
    for number, each in enumerate(told):
        for kept in each.claims:
            claim = kept.claim
            if not _is_deed(claim):
                continue
            on = parties(claim.recipient, each, conflict)
            for whose in parties(claim.actor, each, conflict):
                if whose in who:
                    deed = _Deed(
                        party=whose, on=on, claim=claim, number=number, cited=cited_claim(each, claim),
                        day=day_of(claim.date, each.kept.report.published),
                    )  # fmt: skip
                    found.setdefault(whose, []).append(deed)
    return found


def _is_deed(claim: Claim) -> bool:
    events = _HARM | _YIELDING | {EventType.REJECT, EventType.MOBILIZE, EventType.AID}
    return claim.event in events and claim.status is Status.OCCURRED and not claim.negated and not claim.hedged


def _menace(thread: _Thread, deeds: Sequence[_Deed], day: date) -> Menace:
    first = thread.words[0]
    records = [word.record for word in thread.words]
    condition = longest(record.condition for record in records)
    consequence = longest(record.consequence for record in records)
    known = [record.deadline for record in records if record.deadline is not None]
    deadline = best_time(known) if known else None
    outcome, settled_by = _outcome(thread, [deed for deed in deeds if _is_after(deed, first)])
    if outcome is None:
        outcome = "passed" if deadline is not None and deadline.latest is not None and deadline.latest < day else "open"
    return Menace(
        id=content_id("menace", first.party, *first.whom, first.record.condition),
        party=first.party,
        whom=tuple(dict.fromkeys(i for word in thread.words for i in word.whom)),
        condition=condition,
        consequence=consequence,
        deadline=deadline,
        outcome=outcome,
        settled_by=settled_by,
        cited=together(word.cited for word in thread.words),
        against=together(word.against for word in thread.words),
    )


def _is_after(deed: _Deed, threat: _Word) -> bool:
    """Return whether a deed is told by a later report and was done since the threat, while it is fresh."""
    if deed.number <= threat.number or threat.day is None or deed.day is None:
        return False
    return threat.day <= deed.day <= threat.day + _LONGEST


def _outcome(thread: _Thread, deeds: Sequence[_Deed]) -> tuple[str | None, tuple[Cited, ...]]:
    """Return what came of a threat and the sentences that tell it; nothing where no report does. Taken back goes before done."""
    back = [deed for deed in deeds if _takes_back(deed, thread)]
    done = [deed for deed in deeds if _carries_out(deed, thread)]
    if back and (not done or back[0].number < done[0].number):
        return "withdrawn", together([deed.cited] for deed in back)
    return ("carried_out", together([deed.cited] for deed in done)) if done else (None, ())


def _takes_back(deed: _Deed, thread: _Thread) -> bool:
    text = deed.claim.evidence.text
    if deed.claim.event not in _YIELDING or not has(text, "menaces_back"):
        return False
    mine = words_of(deed.claim.content or text) | words_of(text)
    theirs = [words_of(word.record.consequence) | words_of(word.record.condition) for word in thread.words]
    return any(mine & each for each in theirs)


def _carries_out(deed: _Deed, thread: _Thread) -> bool:
    return any(_fits(deed, word) and _hits(deed, word) for word in thread.words)


def _fits(deed: _Deed, word: _Word) -> bool:
    """Return whether a deed is of the kind that was threatened; a threat that names no harm fits any."""
    consequence = word.record.consequence or word.record.condition
    kinds = [name for name in _DEEDS if has(consequence, name)]
    if "menaces_coerce" in kinds and deed.claim.event is EventType.ASSAULT and _thing(deed, word):
        return True  # what was to be cut off is blown up
    return deed.claim.event in (frozenset().union(*(_DEEDS[name] for name in kinds)) if kinds else _HARM)


def _hits(deed: _Deed, word: _Word) -> bool:
    """Return whether a deed is done to whom the threat names, or to the very thing that it names."""
    if not set(word.whom).isdisjoint(deed.on):
        return True
    return _thing(deed, word) or (not word.whom and bool(deed.on) and deed.claim.event is EventType.ASSAULT)


def _thing(deed: _Deed, word: _Word) -> bool:
    """Return whether a deed is done to the very thing that a threat names."""
    harm = (word.record.consequence or "").replace(word.record.condition or "\0", "")
    deed_on = f"{deed.claim.content or ''} {deed.claim.place.name if deed.claim.place else ''}"
    return bool(words_of(harm) & words_of(deed_on))
