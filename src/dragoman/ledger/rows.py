"""The frozen types as rows of the tables and back: what the database must hold to is in columns, the rest packed per report."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

import msgspec

from dragoman.model import Claim, Entity, Evidence, Report
from dragoman.process import records as kinds
from dragoman.process.records import ProcessRecord, Record
from dragoman.reading.reader import Reading

_KEPT_OUT = frozenset({"words", "times", "others"})  # what only the process rules need, and they have been
_IN_COLUMNS = frozenset({"id", "event", "evidence", "rule"})
_WITHOUT = {Evidence: frozenset({"text"}), Claim: _KEPT_OUT | _IN_COLUMNS, Entity: frozenset({"mentions"})}
KINDS: Mapping[str, type[Record]] = {
    "alignments": kinds.Alignment, "positions": kinds.Position, "threats": kinds.Threat, "talks": kinds.Talks,
    "agreements": kinds.Agreement, "signatures": kinds.Signature, "ceasefires": kinds.Ceasefire,
    "violations": kinds.Violation, "mechanisms": kinds.Mechanism, "planned": kinds.Planned,
}  # fmt: skip
_WORDS = (  # what packed reports have in common, the most frequent last; a part of the form: never change, add a new one
    b'"hedged":true,"quoted":true,"negated":true,"casualties":"means":"condition":"contexts":["diplomatic"],"modes":['
    b'"place":{"name":"code":"lat":"lon":"text":"outcome":"mediators":["format":"direct","host":"declined":["window":{'
    b'"stance":"demand","refusal","acceptance","offer","status":"signed","held","planned","occurred","future","historical"'
    b'"kind":"igo","ngo","media","group","armed_group","government","place","other","person","roster":true,"part_of":"'
    b'"sectors":["GOV","MIL","REB","code":"mentions":"basis":"stated","relative-to-report","earliest":"20"latest":"20"'
    b'"phrase":"Monday","on Tuesday","date":{"attribution":[{"speaker":"marks":["recipient":["content":"to","actor":["'
    b'"sentences":[1],"evidence":{"sentence":"start":"end":"claims":["contrary":[],"speakers":[],"hedged":false'
)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read in one report, in JSON's types: entities with how often each is mentioned, claims by id, records by kind."""

    entities: list[tuple[int, dict[str, Any]]]
    claims: dict[str, dict[str, Any]]
    records: dict[str, list[dict[str, Any]]]


def said_of(reading: Reading, record: ProcessRecord) -> Said:
    """Return what was read in a report."""
    return Said(
        entities=[(len(each.mentions), plain(each)) for each in sorted(reading.entities, key=lambda e: e.id)],
        claims={claim.id: plain(_bare(claim)) for claim in reading.claims},
        records={kind: [plain(each) for each in found] for kind in KINDS if (found := getattr(record, kind))},
    )


def _bare(claim: Claim) -> Claim:
    """Return a claim that leads its report's event without saying so: only others name their leader."""
    return replace(claim, event_id="") if claim.event_id == claim.id else claim


def packed(said: Said) -> bytes:
    """Return what was read in a report, packed: JSON, compressed with words that all such have in common."""
    press = zlib.compressobj(9, zdict=_WORDS)
    return press.compress(msgspec.json.encode(said)) + press.flush()


def unpacked(data: bytes) -> Said:
    """Return what was read in a report from its packed form; raises zlib.error or msgspec.MsgspecError where it is damaged."""
    return msgspec.json.decode(zlib.decompressobj(zdict=_WORDS).decompress(data), type=Said)


def plain(item: Any) -> Any:
    """Return the fields of a frozen type that differ from their defaults, in JSON's types; evidence without its text."""
    if is_dataclass(item):
        without = _WITHOUT.get(type(item), frozenset())
        found = {}
        for each in fields(item):
            value = getattr(item, each.name)
            default = each.default_factory() if each.default_factory is not MISSING else each.default
            if each.name not in without and value != default:
                found[each.name] = plain(value)
        return found
    if isinstance(item, Mapping):
        return {key: plain(value) for key, value in item.items()}
    if isinstance(item, tuple | list):
        return [plain(value) for value in item]
    return msgspec.to_builtins(item)


def report_row(report: Report, sentences: int) -> dict[str, Any]:
    """Return the columns of a report that do not depend on when and with what it was read."""
    rest = {name: plain(value) for name in ("revision", "dateline") if (value := getattr(report, name)) is not None}
    return {
        "id": report.id, "source": report.source, "headline": report.headline, "outlet": report.outlet, "url": report.url,
        "published": report.published, "language": report.language, "text": report.text, "body_start": report.body_start,
        "fetched": report.fetched.isoformat(timespec="microseconds") if report.fetched else None,
        "hash": hashlib.sha256(report.text.encode()).digest(), "sentences": sentences,
        "rest": msgspec.json.encode(rest).decode() if rest else None,
    }  # fmt: skip


def report_of(row: Mapping[str, Any]) -> Report:
    """Return the report of a row."""
    names = ("id", "source", "headline", "outlet", "url", "language", "text", "body_start", "published", "fetched")
    rest = msgspec.json.decode(row["rest"]) if row["rest"] else {}
    return msgspec.convert({**{name: row[name] for name in names}, **rest}, Report)


def claim_row(claim: Claim) -> dict[str, Any]:
    """Return the columns of a claim that do not depend on where it is kept and with what it was read."""
    return {
        "id": claim.id, "event": claim.event.value, "sentence": claim.evidence.sentence,
        "start": claim.evidence.start, "end": claim.evidence.end, "rule": claim.rule,
    }  # fmt: skip


def claim_of(row: Mapping[str, Any], rest: Mapping[str, Any], text: str) -> Claim:
    """Return the claim of its row and packed fields; its event is the claim that tells of it first, or leads it in its report."""
    own = {name: row[name] for name in ("id", "event", "rule")}
    evidence = {
        "sentence": row["sentence"],
        "start": row["start"],
        "end": row["end"],
        "text": text[row["start"] : row["end"]],
    }
    return msgspec.convert(
        {**rest, **own, "evidence": evidence, "event_id": row["told"] or rest.get("event_id") or row["id"]}, Claim
    )


def entity_of(fields_of: Mapping[str, Any]) -> Entity:
    """Return an entity without its mentions."""
    return msgspec.convert(fields_of, Entity)


def record_of(kind: str, fields_of: Mapping[str, Any], text: str) -> Record:
    """Return an entry of a report's record, its evidence's text cut from the report's."""
    span = fields_of["evidence"]
    evidence = {**span, "text": text[span["start"] : span["end"]]}
    return msgspec.convert({**fields_of, "evidence": evidence}, KINDS[kind])
