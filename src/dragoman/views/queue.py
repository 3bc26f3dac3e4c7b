"""What a person should look at, the gravest doubt first: claims, contradictions, actors, sentences, entries and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from dragoman.board.citing import counted
from dragoman.board.conflicts import Conflict
from dragoman.board.types import Board, Entry
from dragoman.export.ledger_words import KINDS, Tongue, entries_of
from dragoman.ledger.decided import Carried
from dragoman.ledger.store import KeptClaim, Told
from dragoman.ledger.verdicts import OF_ENTITIES, Decision, DecisionKind
from dragoman.model import Claim
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.lookup import names_of
from dragoman.rulebook.spelling import forms
from dragoman.rulebook.types import Actor
from dragoman.views import doubts
from dragoman.views.doubts import Reason
from dragoman.views.listing import Seen
from dragoman.views.naming import issues_of
from dragoman.views.versions import claims_of

Of = Literal["claim", "contradiction", "actor", "sentences", "entry", "decision"]
_STATE = tuple((kind, words) for kind, words in KINDS if kind not in ("turnings", "disputes"))
_WORDS = dict(KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to look at. ``about``: the ids that a note on it is about; ``note``: the words by which it was looked at.

    ``place`` is the stretch of sentences, where it is one; ``conflict`` whose board has it, where one does.
    """

    of: Of
    id: str
    reasons: tuple[Reason, ...]
    day: date | None
    about: tuple[str, ...] = ()
    note: str = ""
    title: str = ""
    conflict: str | None = None
    place: doubts.Stretch | None = None

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Return what items are sorted by: the gravest doubt, then the newest, then by kind and id."""
        return self.reasons[0].rank, -(self.day.toordinal() if self.day else 0), self.of, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the queue is made from: reports as they are told, boards, who is told of, and what was decided."""

    told: Sequence[Told]
    boards: Sequence[tuple[Conflict, Board]]
    seen: Sequence[Seen]
    carried: Carried
    decisions: Sequence[Decision]
    roster: str | None = None


def queue(record: Record) -> tuple[Item, ...]:
    """Return all that a person should look at and nobody has yet, the gravest doubt first, of one doubt the newest."""
    noted = frozenset(_noted(record.decisions))
    reports = counted(record.told, date.max)
    every = (
        *_claims(record, reports), *_disputes(record), *_actors(record), *_sentences(reports), *_entries(record),
        *_decisions(record),
    )  # fmt: skip
    open_ones = (each for each in every if not (each.note and (each.about[0], each.note) in noted))
    return tuple(sorted(open_ones, key=lambda each: each.order))


def _noted(decisions: Iterable[Decision]) -> Iterator[tuple[str, str]]:
    """Yield each object with the words of a note on it that stands."""
    for each in decisions:
        if each.kind is DecisionKind.NOTE and each.withdrawn_at is None and each.note:
            yield from ((identity, each.note) for identity in each.about)


def _ordered(reasons: Iterable[Reason | None]) -> tuple[Reason, ...]:
    return tuple(sorted((each for each in reasons if each is not None), key=lambda each: each.rank))


# -- claims


def _claims(record: Record, reports: Iterable[Told]) -> Iterator[Item]:
    held, said = record.carried.held, _of_boards(record)
    listed = [(told, kept) for told in reports for kept in told.claims if kept.gone is None]
    alike = _alike(kept for _, kept in listed)
    against = {claim: others for told in {id(t): t for t, _ in listed}.values() for claim, others in _against(told)}
    met: set[str] = set()
    for told, kept in listed:
        claim = kept.claim
        if claim.id in held or claim.id in met or kept.decided:
            continue
        met.add(claim.id)
        reasons = _ordered((
            doubts.contradicted(against.get(claim.id, ())), *said.get(claim.id, ()), doubts.unknown_speaker(claim),
            doubts.hedged(claim), doubts.nobody_named(claim), doubts.twins(len(alike.get(_key(claim), _NONE)) - 1),
            doubts.no_day(claim),
        ))  # fmt: skip
        if reasons:
            yield Item(of="claim", id=claim.id, reasons=reasons, day=told.kept.report.published, about=(claim.id,))


_NONE = frozenset({""})


def _against(told: Told) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the claims of a report that its own record has others against, with those."""
    for records in told.records.values():
        for each in records:
            if each.contrary:
                yield from ((claim, each.contrary) for claim in each.claims if claim not in each.contrary)


def _key(claim: Claim) -> tuple[object, ...] | None:
    """Return by what two claims of different events may be one: all but the words; None where too little is said."""
    if not claim.actor or claim.date.earliest is None or claim.date.earliest != claim.date.latest:
        return None
    return (
        claim.event, claim.negated, claim.status, frozenset(claim.actor), frozenset(claim.recipient), claim.date.earliest
    )  # fmt: skip


def _alike(listed: Iterable[KeptClaim]) -> dict[tuple[object, ...] | None, frozenset[str] | set[str]]:
    """Return the events of claims that may be one."""
    found: dict[tuple[object, ...] | None, frozenset[str] | set[str]] = {}
    for kept in listed:
        key = _key(kept.claim)
        if key is not None:
            events = found.setdefault(key, set())
            assert isinstance(events, set)
            events.add(kept.claim.event_id)
    return found


def _of_boards(record: Record) -> dict[str, list[Reason]]:
    """Return the doubts of claims that come from boards: other versions, and entries that they speak for alone."""
    found: dict[str, list[Reason]] = {}
    for conflict, board in record.boards:
        tongue = Tongue(board.names, issues_of(conflict))
        for kind, words in _STATE:
            for entry in entries_of(board, kind):
                if entry.origins == 1:
                    said = words(entry, tongue)
                    reason = doubts.alone(f"{said.kind}, {said.title}", conflict.id, entry.id)
                    for claim in {claim for cited in entry.cited for claim in cited.claims}:
                        _put(found, claim, reason)
        for dispute in board.disputes:
            asks = _WORDS["disputes"](dispute, tongue).title
            for claim in claims_of(dispute):
                _put(found, claim, doubts.disputed(asks, conflict.id, dispute.id))
    return found


def _put(found: dict[str, list[Reason]], claim: str, reason: Reason) -> None:
    """Put a doubt to a claim, of each kind the first."""
    mine = found.setdefault(claim, [])
    if all(each.key != reason.key for each in mine):
        mine.append(reason)


# -- the others


def _disputes(record: Record) -> Iterator[Item]:
    held, met = record.carried.held, set[str]()
    for conflict, board in record.boards:
        tongue = Tongue(board.names, issues_of(conflict))
        for dispute in board.disputes:
            claims = claims_of(dispute)
            if dispute.id in met or not claims or any(each in held for each in claims):
                continue
            met.add(dispute.id)
            title = _WORDS["disputes"](dispute, tongue).title
            yield Item(
                of="contradiction", id=dispute.id, reasons=(doubts.undecided(len(dispute.versions), conflict.id, dispute.id),),
                day=dispute.last, about=claims[:1], note="Looked at: told in several ways", title=title,
                conflict=conflict.id,
            )  # fmt: skip


def _actors(record: Record) -> Iterator[Item]:
    spoken = {
        identity
        for each in record.decisions
        if each.kind in OF_ENTITIES and record.carried.states.get(each.id) == "stands"
        for identity in each.about
    }
    by_name = _by_name(record.roster)
    for seen in record.seen:
        if seen.id in spoken or seen.entity.roster:
            continue
        reasons = _ordered((
            doubts.several_candidates(seen.entity, _candidates(seen, by_name)), doubts.unlisted(seen.entity)
        ))  # fmt: skip
        if reasons:
            note = f"Looked at: {doubts.TITLES[reasons[0].key]}"
            day = max(seen.days, default=None)
            yield Item(of="actor", id=seen.id, reasons=reasons, day=day, about=(seen.id,), note=note, title=seen.name)


@lru_cache(maxsize=2)
def _by_name(roster: str | None) -> Mapping[str, tuple[Actor, ...]]:
    """Return who of the roster is called so, by each spelling of each name."""
    found: dict[str, dict[str, Actor]] = {}
    for actor in load_rulebook(roster).roster.values():
        for name in names_of(actor):
            for form in forms(name):
                found.setdefault(form.casefold(), {})[actor.id] = actor
    return {form: tuple(actors.values()) for form, actors in found.items()}


def _candidates(seen: Seen, by_name: Mapping[str, Sequence[Actor]]) -> tuple[Actor, ...]:
    found = {
        actor.id: actor for name in seen.names for form in forms(name) for actor in by_name.get(form.casefold(), ())
    }
    return tuple(found.values())


def _sentences(reports: Iterable[Told]) -> Iterator[Item]:
    for told in reports:
        report = told.kept.report
        for place in doubts.unread_in(told):
            which = f"{place.first}" if place.first == place.last else f"{place.first} to {place.last}"
            yield Item(
                of="sentences", id=f"{report.id}-{place.first}", reasons=(doubts.unread(place.word),),
                day=report.published, about=(report.id,), note=f"Looked at: unread, sentences {which}", place=place,
            )  # fmt: skip


def _entries(record: Record) -> Iterator[Item]:
    for conflict, board in record.boards:
        tongue = Tongue(board.names, issues_of(conflict))
        for kind, words in _STATE:
            for entry in entries_of(board, kind):
                reason = doubts.stale(entry)
                last = _last_claim(entry)
                if reason is not None and last is not None:
                    yield Item(
                        of="entry", id=entry.id, reasons=(reason,), day=entry.last, about=(last,),
                        note=f"Looked at: no word since, {entry.id}", title=words(entry, tongue).words,
                        conflict=conflict.id,
                    )  # fmt: skip


def _last_claim(entry: Entry) -> str | None:
    """Return a claim of the last word on an entry: with a newer one the entry is to be looked at again."""
    dated = [(cited.published or date.min, claim) for cited in entry.cited for claim in cited.claims]
    return max(dated)[1] if dated else None


def _decisions(record: Record) -> Iterator[Item]:
    for each in record.decisions:
        if record.carried.states.get(each.id) == "without object":
            yield Item(of="decision", id=each.id, reasons=(doubts.without_object(),), day=each.at.date())
