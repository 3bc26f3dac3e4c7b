"""The frozen types as rows of the tables and back: what the database must hold to is in columns, the rest packed per report."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from dragoman.errors import LedgerError
from dragoman.model import (
    Attribution,
    Claim,
    Dateline,
    Entity,
    EventType,
    Evidence,
    Report,
    Revision,
    Status,
    When,
    Where,
)
from dragoman.process import records as kinds
from dragoman.process.records import ProcessRecord, Record
from dragoman.reading.reader import Reading

KINDS: Mapping[str, type[Record]] = {
    "alignments": kinds.Alignment, "positions": kinds.Position, "threats": kinds.Threat, "talks": kinds.Talks,
    "agreements": kinds.Agreement, "signatures": kinds.Signature, "ceasefires": kinds.Ceasefire,
    "violations": kinds.Violation, "mechanisms": kinds.Mechanism, "planned": kinds.Planned,
}  # fmt: skip
_FORM = b"\x01"  # the first byte of what is packed: packing1.txt goes with it
_WINDOW = 32_768  # so far back does the compression look
_UNDATED = When()
_IN_COLUMNS = frozenset({"id", "event", "evidence", "rule", "event_id"})
_DAMAGED = "restore a copy, or add the report to a new ledger"


class PackedClaim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The fields of a claim as they are packed: without those in columns, which ``claim_of`` puts in beside them.

    ``event_id`` is the reader's, empty where it is the claim itself.
    """

    id: str = ""
    event: EventType | None = None
    evidence: Evidence | None = None
    rule: str = ""
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    negated: bool = False
    status: Status = Status.OCCURRED
    hedged: bool = False
    quoted: bool = False
    attribution: tuple[Attribution, ...] = ()
    date: When = _UNDATED
    place: Where | None = None
    content: str | None = None
    condition: str | None = None
    means: str | None = None
    casualties: str | None = None
    event_id: str = ""
    marks: tuple[str, ...] = ()


class _Rest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What no query asks for of a report."""

    revision: Revision | None = None
    dateline: Dateline | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that was read in one report: entities with how often each is mentioned, claims by their place, its own record.

    Entities are left as JSON, for the same ones come in many reports: ``entity_of`` decodes each once. ``signs`` are the ids
    of what the record stands on beside claims: signs are kept with no report, and only their ids tell that they were there.
    """

    entities: tuple[tuple[int, msgspec.Raw], ...]
    claims: tuple[PackedClaim, ...]
    record: ProcessRecord
    signs: tuple[str, ...] = ()


def said_of(reading: Reading, record: ProcessRecord) -> Said:
    """Return what was read in a report."""
    named = {claim for _, claims in stood_on(record) for claim in claims}
    return Said(
        entities=tuple(
            (len(each.mentions), msgspec.Raw(msgspec.json.encode(_differing(each, _ENTITY_FIELDS))))
            for each in sorted(reading.entities, key=lambda entity: entity.id)
        ),
        claims=tuple(packed_claim(claim) for claim in reading.claims),
        record=record,
        signs=tuple(sign.id for sign in reading.signs if sign.id in named),
    )


def stood_on(record: ProcessRecord) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each entry of a report's own record ('entry ID of its talks') with the ids of claims and signs for it and against."""
    for kind in KINDS:
        for entry in getattr(record, kind):
            yield f"entry {entry.id} of its {kind}", (*entry.claims, *entry.contrary)
    for found in record.contradictions:
        yield f"entry {found.id} of its contradictions", tuple(claim for side in found.sides for claim in side.claims)


def packed(said: Said, text: str) -> bytes:
    """Return what was read in a report of that text, packed: JSON, compressed with common words and the report's own."""
    press = zlib.compressobj(9, zdict=_words(text))
    return _FORM + press.compress(msgspec.json.encode(said)) + press.flush()


def unpacked(data: bytes, text: str, where: str) -> Said:
    """Return what was read in a report from its packed form and its text; LedgerError where either is damaged."""
    form, rest = data[:1], data[1:]
    if not isinstance(text, str):  # SQLite keeps anything anywhere
        raise LedgerError(where=where, found="its text is none", remedy=_DAMAGED)
    if form != _FORM:
        raise LedgerError(
            where=where, found=f"what was read in it is in an unknown form ({form.hex()})", remedy=_DAMAGED
        )
    try:
        return _DECODER.decode(zlib.decompressobj(zdict=_words(text)).decompress(rest))
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise LedgerError(where=where, found=f"what was read in it is damaged ({fault})", remedy=_DAMAGED) from fault


def packed_claim(claim: Claim) -> PackedClaim:
    """Return the fields of a claim that are packed."""
    found = _differing(claim, _CLAIM_FIELDS)
    if claim.event_id not in ("", claim.id):
        found["event_id"] = claim.event_id
    return PackedClaim(**found)


def report_row(report: Report, sentences: int) -> dict[str, Any]:
    """Return the columns of a report that do not depend on when and with what it was read."""
    rest = _Rest(revision=report.revision, dateline=report.dateline)
    return {
        "id": report.id, "source": report.source, "headline": report.headline, "outlet": report.outlet, "url": report.url,
        "published": report.published, "language": report.language, "text": report.text, "body_start": report.body_start,
        "fetched": report.fetched.isoformat(timespec="microseconds") if report.fetched else None,
        "hash": text_hash(report.text), "sentences": sentences,
        "rest": msgspec.json.encode(rest).decode() if rest != _NO_REST else None,
    }  # fmt: skip


def text_hash(text: str) -> bytes:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).digest()


def report_of(row: Mapping[str, Any]) -> Report:
    """Return the report of a row; TypeError where it has no text."""
    if not isinstance(row["text"], str):
        raise TypeError("its text is none")
    rest = _REST.decode(row["rest"]) if row["rest"] else _NO_REST
    return Report(
        id=row["id"], headline=row["headline"], text=row["text"], body_start=row["body_start"], outlet=row["outlet"],
        url=row["url"], published=row["published"], language=row["language"], revision=rest.revision,
        dateline=rest.dateline, source=row["source"],
        fetched=datetime.fromisoformat(row["fetched"]) if row["fetched"] else None,
    )  # fmt: skip


def claim_row(claim: Claim) -> dict[str, Any]:
    """Return the columns of a claim that do not depend on where it is kept and with what it was read."""
    return {
        "id": claim.id, "event": claim.event.value, "sentence": claim.evidence.sentence,
        "start": claim.evidence.start, "end": claim.evidence.end,
    }  # fmt: skip


def claim_of(row: Any, rest: PackedClaim, rule: str, text: str) -> Claim:
    """Return the claim of its row and packed fields; its event is the claim that tells of it first.

    Until events are settled, it is the claim of the same report that its reader took to lead the event.
    """
    start, end = row.start, row.end
    whole = msgspec.structs.replace(
        rest, id=row.id, event=_EVENTS[row.event], rule=rule, event_id=row.told or rest.event_id or row.id,
        evidence=Evidence(sentence=row.sentence, start=start, end=end, text=text[start:end]),
    )  # fmt: skip
    return msgspec.convert(whole, Claim, from_attributes=True)  # twice as quick as calling Claim


@lru_cache(maxsize=20_000)
def entity_of(packed_fields: bytes) -> Entity:
    """Return an entity without its mentions from its JSON."""
    return _ENTITY.decode(packed_fields)


@lru_cache(maxsize=8)
def common_words(name: str = "packing1.txt") -> bytes:
    """Return what packed reports have in common: a part of the form, so it is never changed, only followed by another."""
    return Path(__file__).with_name(name).read_bytes()


def _words(text: str) -> bytes:
    """Return what the compression looks back at: the report's text comes last, being the likeliest."""
    return (common_words() + text.encode("utf-8", "surrogatepass"))[-_WINDOW:]


def _defaults(kind: type, names: frozenset[str]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (each.name, each.default_factory() if each.default_factory is not MISSING else each.default)
        for each in fields(kind)
        if each.name in names
    )


def _differing(item: object, defaults: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """Return those fields that differ from their defaults."""
    return {name: value for name, default in defaults if (value := getattr(item, name)) != default}


_EVENTS = {each.value: each for each in EventType}
_NO_REST = _Rest()
_REST = msgspec.json.Decoder(_Rest)
_DECODER = msgspec.json.Decoder(Said)
_ENTITY = msgspec.json.Decoder(Entity)
_ENTITY_FIELDS = _defaults(Entity, frozenset(each.name for each in fields(Entity)) - {"mentions"})
_CLAIM_FIELDS = _defaults(Claim, frozenset(PackedClaim.__struct_fields__) - _IN_COLUMNS)
