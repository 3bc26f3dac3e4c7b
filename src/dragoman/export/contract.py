"""A reading and its process record -> the form of the contract, and the bytes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.export.form import (
    ClaimForm,
    DateForm,
    EntityForm,
    EvidenceForm,
    LinkForm,
    MentionForm,
    PlaceForm,
    ReadingForm,
    Record,
    RelationForm,
    ReportForm,
    RevisionForm,
    UnreadForm,
)
from dragoman.model import Claim, Entity, Evidence, Report, When, Where
from dragoman.process.records import Planned, ProcessRecord, Talks
from dragoman.reading.reader import Reading
from dragoman.reading.relate import Relation

_SHARED = ("claims", "contrary", "speakers", "hedged", "sentences", "evidence")
_IDS = ("claims", "contrary")
_NAMED_PLACES = (Talks, Planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a reading was made with: the rulebook's SHA-256 and the model's name and version."""

    rulebook: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What the user asked to have in the form: the report's text, and the conflict it is filed under."""

    text: bool = False
    conflict: str | None = None


def form_of(reading: Reading, process: ProcessRecord, origin: Origin, extras: Extras | None = None) -> ReadingForm:
    """Return the printed form of a reading."""
    return ReadingForm(
        version=__version__,
        rulebook=origin.rulebook if origin.rulebook.startswith("sha256:") else f"sha256:{origin.rulebook}",
        model=origin.model,
        report=_report(reading.report, len(reading.sentences), extras or Extras()),
        entities=tuple(_entity(entity) for entity in reading.entities),
        claims=tuple(claim_form(claim) for claim in reading.claims),
        process=_resting_on(process_form(process), frozenset(claim.id for claim in reading.claims)),
        unread=tuple(UnreadForm(sentence=item.sentence, why=item.why) for item in reading.unread),
    )


def claim_form(claim: Claim) -> ClaimForm:
    """Return the printed form of a claim."""
    return ClaimForm(
        id=claim.id,
        event=claim.event,
        modes=claim.modes,
        contexts=claim.contexts,
        actor=claim.actor,
        recipient=claim.recipient,
        negated=claim.negated,
        status=claim.status,
        hedged=claim.hedged,
        quoted=claim.quoted,
        attribution=tuple(LinkForm(speaker=link.speaker, text=link.text) for link in claim.attribution),
        date=date_form(claim.date),
        place=place_form(claim.place) if claim.place else None,
        content=claim.content,
        condition=claim.condition,
        means=claim.means,
        casualties=claim.casualties,
        evidence=_evidence(claim.evidence),
        rule=claim.rule,
        event_id=claim.event_id,
    )


def relation_form(relation: Relation) -> RelationForm:
    """Return the printed form of a relation."""
    return RelationForm(
        id=relation.id,
        event=relation.event,
        modes=relation.modes,
        status=relation.status,
        negated=relation.negated,
        rule=relation.rule,
    )


def line_of(form: msgspec.Struct) -> bytes:
    """Return one line of JSON in UTF-8, with its line end: the same form gives the same bytes."""
    return msgspec.json.encode(form) + b"\n"


def process_form(process: ProcessRecord) -> dict[str, list[Record]]:
    """Return the process records by kind, in the order of the record's fields."""
    return {item.name: [_record(record) for record in getattr(process, item.name)] for item in fields(process)}


def record_forms(process: ProcessRecord, claims: Iterable[Claim]) -> dict[str, tuple[Record, ...]]:
    """Return the printed records by kind, those kinds that there are, with the ids of these claims alone."""
    printed = _resting_on(process_form(process), frozenset(claim.id for claim in claims))
    return {kind: tuple(records) for kind, records in printed.items() if records}


def _resting_on(value: Any, published: frozenset[str]) -> Any:
    """Return printed records with the ids of published claims alone; what rests on a mere sign keeps its sentence."""
    if isinstance(value, list):
        return [_resting_on(item, published) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: [i for i in item if i in published] if key in _IDS else _resting_on(item, published)
        for key, item in value.items()
    }


def _record(record: Any) -> Record:
    """Return a record's fields, its own before those that all records have; ``from_`` is printed as ``from``."""
    names = [item.name for item in fields(record)]
    own = [name for name in names if name not in _SHARED]
    printed: Record = {}
    for name in [*own, *(name for name in names if name in _SHARED)]:
        value = getattr(record, name)
        if name == "place" and type(record) in _NAMED_PLACES:
            printed["place"], printed["where"] = value.name if value else None, _plain(value)
        else:
            printed[name.rstrip("_")] = _plain(value)
    return printed


def _plain(value: Any) -> Any:
    """Return a value of a record in JSON's types."""
    if isinstance(value, When):
        return msgspec.to_builtins(date_form(value))
    if isinstance(value, Where):
        return msgspec.to_builtins(place_form(value))
    if isinstance(value, Evidence):
        return msgspec.to_builtins(_evidence(value))
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _report(report: Report, sentences: int, extras: Extras) -> ReportForm:
    revision = report.revision
    return ReportForm(
        id=report.id,
        headline=report.headline,
        outlet=report.outlet,
        url=report.url,
        published=report.published.isoformat() if report.published else None,
        language=report.language,
        sentences=sentences,
        revision=RevisionForm(notice=revision.notice, paragraphs=revision.paragraphs) if revision else None,
        conflict=extras.conflict if extras.conflict is not None else msgspec.UNSET,
        text=report.text if extras.text else msgspec.UNSET,
    )


def _entity(entity: Entity) -> EntityForm:
    return EntityForm(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        code=entity.code,
        sectors=entity.sectors,
        roster=entity.roster,
        mentions=tuple(
            MentionForm(start=each.start, end=each.end, text=each.text, how=each.how) for each in entity.mentions
        ),
    )


def date_form(when: When) -> DateForm:
    """Return the printed form of an interval of days."""
    return DateForm(
        start=when.earliest.isoformat() if when.earliest else None,
        end=when.latest.isoformat() if when.latest else None,
        text=when.phrase,
        basis=when.basis,
    )


def place_form(where: Where) -> PlaceForm:
    """Return the printed form of a place."""
    return PlaceForm(name=where.name, code=where.code, lat=where.lat, lon=where.lon, text=where.text)


def _evidence(evidence: Evidence) -> EvidenceForm:
    return EvidenceForm(sentence=evidence.sentence, start=evidence.start, end=evidence.end, text=evidence.text)
