"""The reports with what people decided: who is one, what is wrong, corrected or added, which acts are one event.

``decided`` is asked by all that reads claims for people, before reports are filed under conflicts or narrowed to one: by
``dragoman board`` and ``brief`` (the board of a conflict), ``claims``, ``events``, ``why``, ``entities``. Rules and matching do
not see decisions; the ledger keeps what was read and what was decided apart.

It costs what decisions touch: a report that none touches comes back as the very object that it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from dragoman.ledger.about import Objects, Source
from dragoman.ledger.added import RULE, is_outside, with_added
from dragoman.ledger.amending import Amended, amended, recorded, undisputed
from dragoman.ledger.elsewhere import Kin
from dragoman.ledger.regrouping import regrouped
from dragoman.ledger.renaming import renamed, renaming
from dragoman.ledger.store import KeptClaim, Told
from dragoman.ledger.verdicts import (
    OF_CLAIMS,
    OF_ENTITIES,
    OF_EVENTS,
    OF_FILING,
    OF_SOURCES,
    Decision,
    DecisionKind,
    Held,
    outlet_key,
    restored,
)
from dragoman.model import Claim, Entity, Report
from dragoman.process.records import Record
from dragoman.reading.reader import Reading
from dragoman.rulebook.codes import MODES

State = Literal["stands", "overruled", "withdrawn", "without object"]
_ANOTHER_ACT = ("event", "negated", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The reports with what people decided, and what became of each decision, by its id.

    ``held``: a claim that decisions are about -> those that hold for it, also where they are carried from the same claim elsewhere.
    """

    told: list[Told]
    states: Mapping[str, State]
    held: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)


def decided(told: Iterable[Told], decisions: Iterable[Decision], until: date | None = None) -> list[Told]:
    """Return the reports with what people decided.

    Entities that are one have one id and name; wrong claims are out, and with them what rests on nothing else in the report's own
    record; fields are corrected; both hold, too, for the same claim in other versions and prints of its report, unless somebody
    decided otherwise of that claim itself. Added claims stand (rule ``decided``) in their report and its updates or, from an outside
    source of no later than ``until``, in a report of that source's words; events are joined or parted. Of two decisions that
    contradict the later stands. ``told`` are all reports of a view in their order; those of ``decisions`` that are withdrawn, or about
    nothing in them, change nothing.
    """
    reports = list(told)
    live = _standing(decisions)
    return _applied(reports, live, until).told if live else reports


def carried(told: Iterable[Told], decisions: Iterable[Decision], until: date | None = None) -> Carried:
    """Return the reports with what people decided, as ``decided`` does, and which decisions stand."""
    reports, listed = list(told), list(decisions)
    live = _standing(listed)
    states: dict[str, State] = {each.id: "withdrawn" for each in listed if each.withdrawn_at is not None}
    if not live:
        return Carried(told=reports, states=states)
    found = _applied(reports, live, until)
    states |= {each.id: "stands" for each in live}
    states |= dict.fromkeys(found.overruled, "overruled")
    states |= _without_object(live, found)
    return Carried(told=found.told, states=states, held=found.held)


def _standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that nobody withdrew, in the order in which they were made."""
    return sorted((each for each in decisions if each.withdrawn_at is None), key=lambda each: (each.at, each.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Applied:
    """The reports after decisions, what those were about, and which of them later ones overrule."""

    told: list[Told]
    where: Objects
    overruled: frozenset[str]
    pointless: frozenset[str]
    held: Mapping[str, tuple[Held, ...]]


def _applied(reports: list[Told], live: Sequence[Decision], until: date | None) -> _Applied:
    kin = Kin(reports)
    where = Objects(with_added(reports, live, kin, until), kin)
    word = _last_words(live, where)
    told, changed = _with_corrections(where, word)
    rulings = [(each, where.claims(each)) for each in live if each.kind in OF_EVENTS]
    about = [(each, ids) for each, ids in rulings if len(ids) == len(each.about) and word.wrong.isdisjoint(ids)]
    grouped = regrouped(told, about, word.moved, _events(about, where, word))
    who = renaming([each for each in live if each.kind in OF_ENTITIES])
    return _Applied(
        told=[each for each in renamed(grouped.told, who, changed) if each.claims or not is_outside(each)],
        where=where,
        overruled=frozenset({*word.overruled, *grouped.overruled, *who.overruled, *_refiled(live)}),
        pointless=frozenset({each.id for each, _ in rulings} - {each.id for each, _ in about}),
        held=word.held,
    )


def _events(about: Iterable[tuple[Decision, tuple[str, ...]]], where: Objects, word: _Word) -> frozenset[str]:
    """Return the events that change: those that decisions are about, of claims that tell of another act, or led by a wrong one."""
    joined = {kept.claim.event_id for decision, _ in about for kept, _ in where.themselves(decision)}
    left = {kept.claim.event_id for claim in word.moved if (kept := where.kept(claim, word.reports[claim])) is not None}
    return frozenset(joined | left | word.wrong)


def _without_object(live: Iterable[Decision], found: _Applied) -> dict[str, State]:
    """Return the decisions about claims, reports and entities of which none is there."""
    where, there = found.where, _there(found.where.told)
    stand = {decision.decision for held in found.held.values() for decision in held}
    missing: dict[str, State] = {}
    for each in live:
        if each.kind in OF_CLAIMS:
            is_there = each.id in stand or each.id in found.overruled
        elif each.kind in OF_EVENTS:
            is_there = each.id not in found.pointless
        elif each.kind in OF_ENTITIES:
            is_there = not there.entities.isdisjoint(each.about)
        elif each.kind in OF_FILING:
            is_there = each.about[0] in where.places
        elif each.kind in OF_SOURCES:
            is_there = outlet_key(each.about[0]) in there.outlets
        elif each.kind is DecisionKind.NOTE:
            is_there = any(i in where.places or i in there.claims or i in there.entities for i in each.about)
        else:
            is_there = each.id not in where.homeless
        if not is_there:
            missing[each.id] = "without object"
    return missing


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """Who and what is in the reports."""

    claims: frozenset[str]
    entities: frozenset[str]
    outlets: frozenset[str]


def _there(told: Iterable[Told]) -> _There:
    listed = list(told)
    return _There(
        claims=frozenset(kept.claim.id for each in listed for kept in each.claims),
        entities=frozenset(entity.id for each in listed for entity, _ in each.entities),
        outlets=frozenset(outlet_key(name) for each in listed if (name := each.kept.report.outlet)),
    )


def _refiled(live: Iterable[Decision]) -> dict[str, State]:
    """Return the filings that a later one of the same report and conflict overrules, and the grades of outlets likewise."""
    said = [(each.id, _subject(each)) for each in live if each.kind in OF_FILING or each.kind in OF_SOURCES]
    last = {subject: identity for identity, subject in said}
    return {identity: "overruled" for identity, subject in said if last[subject] != identity}


def _subject(decision: Decision) -> tuple[str, ...]:
    return tuple(map(outlet_key, decision.about)) if decision.kind in OF_SOURCES else decision.about


# -- wrong claims and corrected fields


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """The last word on claims: which are wrong, the corrected fields of the others, and the entities that people brought in.

    ``reports``: the report of each claim that is decided about; ``moved`` tell of another act by now.
    """

    wrong: frozenset[str]
    fields: Mapping[str, Mapping[str, Any]]
    entities: Mapping[str, tuple[Entity, ...]]
    held: Mapping[str, tuple[Held, ...]]
    reports: Mapping[str, str]
    moved: frozenset[str]
    overruled: frozenset[str]


def _last_words(live: Sequence[Decision], where: Objects) -> _Word:
    """Return the last word on each claim: of what was decided about it if anything was, else of what is carried to it."""
    carried, direct = {}, {}
    reports: dict[str, str] = {}
    spoken: set[str] = set()
    for decision in (each for each in live if each.kind in OF_CLAIMS):
        name = decision.verdict.field or ""
        for kept, source in where.elsewhere(decision):
            carried[kept.claim.id, name] = _holding(decision, kept, source)
            reports[kept.claim.id] = kept.report
            spoken.add(decision.id)
        for kept, _ in where.themselves(decision):
            direct[kept.claim.id, name] = _holding(decision, kept)
            reports[kept.claim.id] = kept.report
            spoken.add(decision.id)
    last = carried | direct
    values = {each.id: each.verdict for each in live}
    fields_of: dict[str, dict[str, Any]] = {}
    entities = {i: d.verdict.entities for d in live for i in where.added_by(d.id)}
    held: dict[str, tuple[Held, ...]] = dict(where.copied)
    for (claim, name), one in last.items():
        held[claim] = tuple(sorted((*held.get(claim, ()), one), key=lambda each: (each.at, each.decision)))
        if name:
            verdict = values[one.decision]
            fields_of.setdefault(claim, {})[name] = restored(name, verdict.value)
            entities[claim] = (*entities.get(claim, ()), *verdict.entities)
    return _Word(
        wrong=frozenset(claim for (claim, _), one in last.items() if one.kind is DecisionKind.WRONG_CLAIM),
        fields=fields_of, entities=entities, held=held, reports=reports,
        moved=frozenset(i for i, values in fields_of.items() if any(name in values for name in _ANOTHER_ACT)),
        overruled=frozenset(spoken - {one.decision for one in last.values()}),
    )  # fmt: skip


def _holding(decision: Decision, kept: KeptClaim, source: Source | None = None) -> Held:
    return Held(
        report=kept.report, decision=decision.id, kind=decision.kind, field=decision.verdict.field, user=decision.user,
        at=decision.at, carried=source,
    )  # fmt: skip


def _with_corrections(where: Objects, word: _Word) -> tuple[list[Told], frozenset[int]]:
    """Return the reports with the last word on each claim, and the places of those that changed."""
    told = list(where.told)
    reports = {word.reports[claim] for claim in (*word.wrong, *word.fields)} | where.supplied
    changed = frozenset(where.places[each] for each in reports)
    for place in changed:
        told[place] = _amended(told[place], word)
    return told, changed


def _amended(told: Told, word: _Word) -> Told:
    claims = tuple(_kept(kept, word) for kept in told.claims if kept.claim.id not in word.wrong)
    there = {entity.id for entity, _ in told.entities}
    brought = {e.id: e for kept in claims for e in word.entities.get(kept.claim.id, ()) if e.id not in there}
    entities = (*told.entities, *((entity, 1) for entity in brought.values()))
    changes = Amended(
        before={kept.claim.id: kept.claim for kept in told.claims}, now={kept.claim.id: kept.claim for kept in claims}
    )
    records = {kind: found for kind, listed in told.records.items() if (found := amended(listed, changes))}
    disputed = undisputed(told.contradictions, changes)
    whole = replace(told, claims=claims, entities=entities, records=records, contradictions=disputed)
    return replace(whole, records=_with_own(whole))


def _kept(kept: KeptClaim, word: _Word) -> KeptClaim:
    """Return a claim with its corrected fields, and the decisions that corrected them."""
    values = word.fields.get(kept.claim.id)
    if not values:
        return kept
    why = tuple(each for each in word.held[kept.claim.id] if each.field)
    return replace(kept, claim=_corrected(kept.claim, values), decided=(*kept.decided, *why))


def _corrected(claim: Claim, values: Mapping[str, Any]) -> Claim:
    if not values:
        return claim
    found = replace(claim, **values)
    if "event" in values and "modes" not in values:
        allowed = MODES.get(found.event, ())
        return replace(found, modes=tuple(mode for mode in found.modes if mode in allowed))
    return found


def _with_own(told: Told) -> Mapping[str, tuple[Record, ...]]:
    """Return a report's record with what the rules make of the claims that people added."""
    own = [kept.claim for kept in told.claims if kept.claim.rule == RULE]
    if not own:
        return told.records
    report = told.kept.report
    reading = Reading(
        report=report, sentences=(), entities=tuple(entity for entity, _ in told.entities), claims=(), unread=()
    )
    found = {kind: list(records) for kind, records in told.records.items()}
    for kind, record in _records(report, own, reading):
        found.setdefault(kind, []).append(record)
    return {kind: tuple(records) for kind, records in found.items()}


def _records(report: Report, claims: Iterable[Claim], reading: Reading) -> Iterator[tuple[str, Record]]:
    for claim in claims:
        for kind, records in recorded(report, claim, reading).items():
            yield from ((kind, record) for record in records)


__all__ = ["RULE", "Carried", "State", "carried", "decided", "is_outside"]
