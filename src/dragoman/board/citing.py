"""What all entries of the board share: which reports count, the sentences of a record, whose somebody is, what is alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import takewhile
from math import hypot
from typing import Protocol, TypeVar

from dragoman.board.types import Cited
from dragoman.ledger.store import Told
from dragoman.model import Claim, Evidence, Kind, When, Where
from dragoman.process.facts import known, overlapping, stems
from dragoman.process.lists import pattern_of
from dragoman.process.records import Record
from dragoman.reading.time_phrases import find_times
from dragoman.rulebook.loader import load_rulebook

_Record = TypeVar("_Record", bound=Record)
_LONG_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}|\d[\d,.]*")
_OFFICIAL = frozenset({"GOV", "MIL"})
_NAMELESS = frozenset({"army", "government", "defence-ministry", "military", "government-forces", "soldiers", "troops"})
_HEADS = 4
_NEAR = 0.3  # degrees: a suburb and its town


class Issue(Protocol):
    """What a conflict is over, and the words that tell of it."""

    @property
    def id(self) -> str: ...
    @property
    def words(self) -> tuple[str, ...]: ...


class Conflict(Protocol):
    """What the entries ask of a conflict."""

    @property
    def parties(self) -> Mapping[str, str]: ...
    @property
    def issues(self) -> Sequence[Issue]: ...
    @property
    def sides(self) -> tuple[str, ...]: ...
    def party_of(self, identity: str, day: date | None = None) -> str | None: ...
    def side_of(self, identity: str, day: date | None = None) -> str | None: ...


# -- which reports count


def counted(told: Iterable[Told], day: date) -> tuple[Told, ...]:
    """Return the reports up to a day, in their order, without those that a later one of them updates."""
    listed = [each for each in told if is_by(each, day)]
    updated = {each.kept.revises for each in listed}
    return tuple(each for each in listed if each.kept.report.id not in updated)


def is_by(told: Told, day: date) -> bool:
    """Return whether a report was published by a day; one without a day always was."""
    published = told.kept.report.published
    return published is None or published <= day


def entries(told: Iterable[Told], kind: str, of: type[_Record]) -> Iterator[tuple[Told, _Record]]:
    """Yield the entries of one kind in the reports' own records, report by report."""
    for each in told:
        for record in each.records.get(kind, ()):
            if isinstance(record, of):
                yield each, record


# -- what an entry stands on


def cited(told: Told, record: Record, *, contrary: bool = False) -> tuple[Cited, ...]:
    """Return the sentences that speak for a record of a report, or those against it: its own first, then those of its claims."""
    wanted = frozenset(record.contrary if contrary else record.claims)
    claims = [kept.claim for kept in told.claims if kept.claim.id in wanted] if wanted else []
    if contrary:
        return tuple(cited_claim(told, claim) for claim in claims)
    spans: dict[int, tuple[Evidence, list[str]]] = {record.evidence.sentence: (record.evidence, [])}
    for claim in claims:
        spans.setdefault(claim.evidence.sentence, (claim.evidence, []))[1].append(claim.id)
    return tuple(
        _cited(told, evidence, tuple(ids), record.speakers, hedged=record.hedged) for evidence, ids in spans.values()
    )


def cited_claim(told: Told, claim: Claim) -> Cited:
    """Return the sentence of a claim."""
    return _cited(told, claim.evidence, (claim.id,), speakers_of(claim), hedged=claim.hedged)


def speakers_of(claim: Claim) -> tuple[str, ...]:
    """Return who says what a claim states: ids, or words where only those are known."""
    return tuple(dict.fromkeys(link.speaker or link.text for link in claim.attribution))


def _cited(
    told: Told, evidence: Evidence, claims: tuple[str, ...], speakers: tuple[str, ...], *, hedged: bool
) -> Cited:
    kept = told.kept
    return Cited(
        report=kept.report.id, outlet=kept.report.outlet, published=kept.report.published, origin=kept.origin,
        sentence=evidence.sentence, start=evidence.start, end=evidence.end, claims=claims, speakers=speakers, hedged=hedged,
    )  # fmt: skip


def together(groups: Iterable[Iterable[Cited]]) -> tuple[Cited, ...]:
    """Return all cited sentences once each, in order: the first word on a sentence stands."""
    found: dict[tuple[str, int], Cited] = {}
    for group in groups:
        for each in group:
            found.setdefault((each.report, each.sentence), each)
    return tuple(found.values())


def joined(former: tuple[Cited, ...], more: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return cited sentences and those of a report after them, once each, as ``together`` does at a cost that does not grow."""
    found = former
    for each in more:
        own = takewhile(lambda known, report=each.report: known.report == report, reversed(found))  # type: ignore[misc]
        if all(known.sentence != each.sentence for known in own):
            found = (*found, each)
    return found


# -- whose somebody is


def party(identity: str, told: Told, conflict: Conflict) -> str:
    """Return the party that somebody is of on the day of a report, or himself where he is of none; an army is its state's."""
    day = told.kept.report.published
    found = conflict.party_of(identity, day)
    if found is not None:
        return found
    own = next((entity for entity, _ in told.entities if entity.id == identity), None)
    if own is None or own.kind is Kind.ARMED_GROUP or _OFFICIAL.isdisjoint(own.sectors):
        return identity
    if own.part_of is not None:
        return conflict.party_of(own.part_of, day) or identity
    return (_only_state(told, conflict) or identity) if identity in _NAMELESS and not own.roster else identity


def _only_state(told: Told, conflict: Conflict) -> str | None:
    """Return the only party of a report that is no armed group: 'the army' is its, unless the group is called one, too."""
    day = told.kept.report.published
    found = [entity for entity, _ in told.entities if conflict.party_of(entity.id, day) == entity.id]
    states = [entity.id for entity in found if entity.kind is not Kind.ARMED_GROUP]
    armies = any("army" in entity.name.lower() for entity in found)
    return states[0] if len(states) == 1 and not armies else None


def parties(identities: Iterable[str], told: Told, conflict: Conflict) -> tuple[str, ...]:
    """Return the parties that these are of, each once, in order."""
    return tuple(dict.fromkeys(party(identity, told, conflict) for identity in identities))


def meets(one: Iterable[str], other: Iterable[str]) -> bool:
    """Return whether two lists have somebody in common, or one of them names nobody."""
    first, second = frozenset(one), frozenset(other)
    return not first or not second or not first.isdisjoint(second)


# -- what is alike


def has(text: str | None, *lists: str) -> bool:
    """Return whether a word of the lists of process.toml stands in a text."""
    return bool(text) and any(pattern_of(load_rulebook(None).process[name]).search(text or "") for name in lists)


def similar(one: str | None, other: str | None, share: float = 0.5) -> bool:
    """Return whether two texts of different reports have enough words in common to say the same.

    >>> similar("that Turkey have no role in the monitoring", "to keep Turkey out of monitoring")
    True
    >>> similar("the agreement in Moscow", "the agreement on prisoners")
    False
    """
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return one == other
    shared, least = len(first & second), min(len(first), len(second))
    return shared >= share * least and shared >= min(2, least)


@lru_cache(maxsize=8192)
def words_of(text: str | None) -> frozenset[str]:
    """Return the stems of a text's longer words."""
    return stems(text)


@lru_cache(maxsize=8192)
def matter(text: str) -> str:
    """Return a text without its times, and with one word for each word that names a truce: the same matter on any day.

    >>> matter("a ceasefire on Wednesday")
    'a truce '
    """
    for phrase in reversed(find_times(text)):
        text = text[: phrase.start] + text[phrase.end :]
    names = load_rulebook(None).process["truce_names"]
    return pattern_of(names).sub(names[0], text)


def heads(text: str) -> str:
    """Return the first longer words of a text: what it is about, whenever, where no issue of the conflict names it.

    >>> heads("that the army withdraw from Brakk by Friday at once")
    'army withdraw brakk once'
    """
    found = [word.lower() for word in _LONG_WORD.findall(matter(text)) if stems(word)]
    return " ".join(dict.fromkeys(found[:_HEADS])) or text.lower()


def may_be_same_time(one: When | None, other: When | None) -> bool:
    """Return whether two times can be the same; one that is not known can be any."""
    return one is None or other is None or not known(one) or not known(other) or overlapping(one, other)


def may_be_same_place(one: Where | None, other: Where | None) -> bool:
    """Return whether two places can be the same: alike in name, close by, or not known."""
    if one is None or other is None or one.name == other.name:
        return True
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None:
        return False
    return hypot(one.lat - other.lat, one.lon - other.lon) <= _NEAR


def day_of(when: When | None, published: date | None) -> date | None:
    """Return the last day on which something was, or the day on which it was printed where no day is told."""
    return (when.latest or when.earliest if when else None) or published
