"""The reports with what people decided: who is one, what is wrong, corrected or added, which acts are one event.

``decided`` is asked by all that reads claims for people, before reports are filed under conflicts or narrowed to one: by
``dragoman board`` and ``brief`` (the board of a conflict), ``claims``, ``events``, ``why``, ``entities``. Rules and matching do
not see decisions; the ledger keeps what was read and what was decided apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from dragoman.ledger.amending import Amended, amended, recorded, undisputed
from dragoman.ledger.asking import added_id
from dragoman.ledger.regrouping import regrouped
from dragoman.ledger.renaming import renamed, renaming
from dragoman.ledger.store import Kept, KeptClaim, Made, Told
from dragoman.ledger.verdicts import (
    OF_CLAIMS,
    OF_ENTITIES,
    OF_EVENTS,
    OF_FILING,
    Anchor,
    Decision,
    DecisionKind,
    restored,
)
from dragoman.model import Claim, Entity, Evidence, Report
from dragoman.process.records import Record
from dragoman.reading.reader import Reading
from dragoman.rulebook.codes import MODES

State = Literal["stands", "overruled", "withdrawn", "without object"]
RULE = "decided"
_ANOTHER_ACT = ("event", "negated", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The reports with what people decided, and what became of each decision, by its id."""

    told: list[Told]
    states: Mapping[str, State]


def decided(told: Iterable[Told], decisions: Iterable[Decision], until: date | None = None) -> list[Told]:
    """Return the reports with what people decided.

    Entities that are one have one id and name; wrong claims are out, and with them what rests on nothing else in the report's own
    record; fields are corrected; added claims stand (rule ``decided``) in their report or, from an outside source of no later than
    ``until``, in a report of that source's words; events are joined or parted. Of two decisions that contradict the later stands.
    ``told`` are all reports of a view in their order; those of ``decisions`` that are withdrawn, or about nothing in them, change
    nothing.
    """
    return carried(told, decisions, until).told


def carried(told: Iterable[Told], decisions: Iterable[Decision], until: date | None = None) -> Carried:
    """Return the reports with what people decided, as ``decided`` does, and which decisions stand."""
    listed = sorted(decisions, key=lambda each: (each.at, each.id))
    live = [each for each in listed if each.withdrawn_at is None]
    states: dict[str, State] = {each.id: "stands" if each.withdrawn_at is None else "withdrawn" for each in listed}
    reports = list(told)
    if not live:
        return Carried(told=reports, states=states)
    reports = _with_added(reports, live, until, states)
    where = _Objects(reports)
    reports, moved = _with_corrections(reports, live, where, states)
    who = renaming([each for each in live if each.kind in OF_ENTITIES])
    stand = {kept.claim.id for each in reports for kept in each.claims}
    events = [(each, tuple(i for i in where.claims(each) if i in stand)) for each in live if each.kind in OF_EVENTS]
    found = regrouped(reports, [(d, ids) for d, ids in events if len(ids) == 2], moved)
    reports = [renamed(each, who) for each in found.told]
    states |= dict.fromkeys((*who.overruled, *found.overruled), "overruled")
    states |= {decision.id: "without object" for decision, ids in events if len(ids) < 2}
    states |= _without_object(live, where)
    states |= _refiled(live)
    return Carried(told=reports, states=states)


class _Objects:
    """What decisions are about, in the reports at hand: claims by their ids, or by their evidence where an id is gone."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.by_id = {kept.claim.id: kept for each in told for kept in each.claims}
        self.reports = {each.kept.report.id: each for each in told}
        self.entities = {entity.id for each in told for entity, _ in each.entities}

    def claims(self, decision: Decision) -> tuple[str, ...]:
        """Return the claims that a decision is about, those left out that are gone with nothing in their place."""
        anchors = {anchor.claim: anchor for anchor in decision.verdict.anchors}
        found = (self._claim(identity, anchors.get(identity)) for identity in decision.about)
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def _claim(self, identity: str, anchor: Anchor | None) -> str | None:
        if identity in self.by_id:
            return identity
        told = self.reports.get(anchor.report) if anchor else None
        if anchor is None or told is None:
            return None
        near = [kept.claim.id for kept in told.claims if _in_place(kept, anchor)]
        return near[0] if len(near) == 1 else None


def _in_place(kept: KeptClaim, anchor: Anchor) -> bool:
    """Return whether a claim can have taken the place of one that is gone: of its sentence and type, and not there before."""
    claim = kept.claim
    meets = claim.evidence.start < anchor.end and anchor.start < claim.evidence.end
    return meets and claim.event is anchor.event and claim.id not in anchor.beside and claim.rule != RULE


def _without_object(live: Iterable[Decision], where: _Objects) -> dict[str, State]:
    """Return the decisions about claims, reports and entities of which none is there."""
    found: dict[str, State] = {}
    for each in live:
        if each.kind in OF_CLAIMS:
            there = bool(where.claims(each))
        elif each.kind in OF_ENTITIES:
            there = not where.entities.isdisjoint(each.about)
        elif each.kind in OF_FILING:
            there = each.about[0] in where.reports
        elif each.kind is DecisionKind.NOTE:
            there = any(i in where.reports or i in where.by_id or i in where.entities for i in each.about)
        else:
            continue
        if not there:
            found[each.id] = "without object"
    return found


def _refiled(live: Iterable[Decision]) -> dict[str, State]:
    """Return the filings that a later one of the same report and conflict overrules."""
    filed = [each for each in live if each.kind in OF_FILING]
    last = {each.about: each.id for each in filed}
    return {each.id: "overruled" for each in filed if last[each.about] != each.id}


# -- claims that people added


def _with_added(told: list[Told], live: Iterable[Decision], until: date | None, states: dict[str, State]) -> list[Told]:
    places = {each.kept.report.id: place for place, each in enumerate(told)}
    outside: list[Told] = []
    for decision in live:
        if decision.kind is not DecisionKind.ADDED_CLAIM or decision.verdict.source is None:
            continue
        if decision.verdict.source.report is None:
            own = _outside(decision)
            if until is None or own.kept.report.published is None or own.kept.report.published <= until:
                outside.append(own)
            else:
                states[decision.id] = "without object"
        elif decision.verdict.source.report in places:
            place = places[decision.verdict.source.report]
            told[place] = _inside(told[place], decision)
        else:
            states[decision.id] = "without object"
    return sorted([*told, *outside], key=_order) if outside else told


def _order(told: Told) -> tuple[date, str]:
    return told.kept.report.published or date.min, told.kept.report.id


def _inside(told: Told, decision: Decision) -> Told:
    text = told.kept.report.text
    source = decision.verdict.source
    if source is None or source.sentence is None or source.start is None or source.end is None:
        return told
    evidence = Evidence(
        sentence=source.sentence, start=source.start, end=source.end, text=text[source.start : source.end]
    )
    claims = (*told.claims, _kept_claim(decision, evidence, told.kept.report.id))
    return replace(told, claims=tuple(sorted(claims, key=_place)))


def _outside(decision: Decision) -> Told:
    """Return a report of an outside source's words with the claim that somebody took from it.

    One without a day was known on the day of the decision.
    """
    source = decision.verdict.source
    assert source is not None
    text = source.quote or ""
    report = Report(
        id=f"decided-{decision.id}", headline=None, text=text, body_start=0, outlet=source.name, url=source.url,
        published=source.published or decision.at.date(), source=f"decision {decision.id}",
    )  # fmt: skip
    kept = Kept(
        number=0, report=report, recorded=decision.at, made=Made(rulebook=RULE, model=RULE), sentences=1,
        hash=hashlib.sha256(text.encode()).hexdigest(), revises=None, origin=report.id,
    )  # fmt: skip
    claim = _kept_claim(decision, Evidence(sentence=1, start=0, end=len(text), text=text), report.id)
    return Told(kept=kept, claims=(claim,), entities=(), records={})


def is_outside(told: Told) -> bool:
    """Return whether a report is no report of the ledger but an outside source's words, from which somebody took a claim."""
    return told.kept.made.rulebook == RULE


def _kept_claim(decision: Decision, evidence: Evidence, report: str) -> KeptClaim:
    identity = added_id(decision.id)
    fields_of: dict[str, Any] = {name: restored(name, value) for name, value in decision.verdict.value.items()}
    words = {"user": decision.user, "decision": decision.id}
    claim = Claim(id=identity, evidence=evidence, rule=RULE, event_id=identity, words=words, **fields_of)
    by = f"decided by {decision.user}"
    return KeptClaim(claim=claim, report=report, first_rulebook=by, last_rulebook=by, gone=None, linked=identity)


def _place(kept: KeptClaim) -> tuple[int, str]:
    return kept.claim.evidence.start, kept.claim.id


# -- wrong claims and corrected fields


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """The last word on claims: which are wrong, the corrected fields of the others, and the entities that people brought in."""

    wrong: frozenset[str]
    fields: Mapping[str, Mapping[str, Any]]
    entities: Mapping[str, tuple[Entity, ...]]


def _with_corrections(
    told: Iterable[Told], live: Sequence[Decision], where: _Objects, states: dict[str, State]
) -> tuple[list[Told], frozenset[str]]:
    """Return the reports with the last word on each claim, and the claims that tell of another act by now."""
    word = _last_words(live, where, states)
    reports, moved = [], set()
    for each in told:
        ids = {kept.claim.id for kept in each.claims}
        ours = any(kept.claim.rule == RULE for kept in each.claims)
        if ours or not ids.isdisjoint(word.wrong) or not ids.isdisjoint(word.fields):
            each = _amended(each, word)
        if each.claims or each.kept.made.rulebook != RULE:
            reports.append(each)
        moved |= {i for i in ids & word.fields.keys() if any(name in word.fields[i] for name in _ANOTHER_ACT)}
    return reports, frozenset(moved)


def _last_words(live: Sequence[Decision], where: _Objects, states: dict[str, State]) -> _Word:
    last: dict[tuple[str, str], Decision] = {}
    said: dict[str, set[tuple[str, str]]] = {}
    for decision in (each for each in live if each.kind in OF_CLAIMS):
        for claim in where.claims(decision):
            key = (claim, decision.verdict.field or "")
            last[key] = decision
            said.setdefault(decision.id, set()).add(key)
    for identity, keys in said.items():
        if all(last[key].id != identity for key in keys):
            states[identity] = "overruled"
    fields_of: dict[str, dict[str, Any]] = {}
    entities = {added_id(d.id): d.verdict.entities for d in live if d.kind is DecisionKind.ADDED_CLAIM}
    for (claim, field), decision in last.items():
        if field:
            fields_of.setdefault(claim, {})[field] = restored(field, decision.verdict.value)
            entities[claim] = (*entities.get(claim, ()), *decision.verdict.entities)
    wrong = frozenset(c for (c, f), d in last.items() if not f and d.kind is DecisionKind.WRONG_CLAIM)
    return _Word(wrong=wrong, fields=fields_of, entities=entities)


def _amended(told: Told, word: _Word) -> Told:
    claims = tuple(
        replace(kept, claim=_corrected(kept.claim, word.fields.get(kept.claim.id, {})))
        for kept in told.claims
        if kept.claim.id not in word.wrong
    )
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
