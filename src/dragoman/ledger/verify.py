"""What is wrong in a ledger: each report against its hash, each claim against its text, each reference against what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, select, text
from sqlalchemy.exc import DBAPIError

from dragoman.errors import LedgerError
from dragoman.ledger import rows
from dragoman.ledger.added import added_id
from dragoman.ledger.schema import books, claims, decisions, filings, reports
from dragoman.ledger.store import Ledger, unsettled
from dragoman.ledger.verdicts import OF_CLAIMS, OF_EVENTS, OF_FILING, DecisionKind, Verdict
from dragoman.model import EventType, Evidence
from dragoman.process.records import ProcessRecord

_TYPES = frozenset(each.value for each in EventType)
_MOST = 20  # lines that SQLite says of one damage


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and where: a report's id, a decision, a table or the file."""

    where: str
    found: str

    def __str__(self) -> str:
        return f"{self.where}: {self.found}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """What references may name."""

    reports: Mapping[str, date | None]  # and when each was published
    claims: frozenset[str]


def verify(ledger: Ledger) -> list[Finding]:
    """Return all that is wrong in a ledger, none where all is well; what is too damaged to be read is a finding, too."""
    found: list[Finding] = []
    for check in (_database, _index, _contents):
        try:
            found += check(ledger)
        except LedgerError as fault:
            found.append(Finding(where=fault.where, found=fault.found))
    return list(dict.fromkeys(found))


def _database(ledger: Ledger) -> Iterator[Finding]:
    """Yield what the database itself finds wrong; PostgreSQL holds keys and references by itself and has no such check."""
    if ledger.engine.dialect.name != "sqlite":
        return
    with ledger.reading() as connection:
        for (line,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").all():
            if line != "ok":
                yield Finding(where=ledger.where, found=f"the file is damaged ({line})")
        for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            yield Finding(where=table, found=f"a row refers to one that is not in {parent}")


def _index(ledger: Ledger) -> list[Finding]:
    """Return whether full-text search has the words of the texts: on SQLite, where we keep its index ourselves."""
    if ledger.engine.dialect.name != "sqlite":
        return []
    try:
        with ledger.writing() as connection:
            connection.execute(text("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)"))
    except LedgerError as fault:
        if isinstance(fault.__cause__, DBAPIError) and "malformed" in fault.found:
            return [Finding(where="words", found="full-text search does not have the words of the reports")]
        raise
    return []


def _contents(ledger: Ledger) -> list[Finding]:
    with ledger.reading() as connection:
        there = _there(connection)
        found = [each for number in _numbers(connection) for each in _report(connection, number, there)]
        found += _decisions(connection, there)
        found += _single(connection)
    return found


def _there(connection: Connection) -> _There:
    days = connection.execute(select(reports.c.id, reports.c.published))
    return _There(
        reports={row.id: row.published for row in days},
        claims=frozenset(connection.execute(select(claims.c.id)).scalars()),
    )


def _numbers(connection: Connection) -> Sequence[int]:
    return connection.execute(select(reports.c.no).order_by(reports.c.id)).scalars().all()


# -- reports


def _report(connection: Connection, number: int, there: _There) -> list[Finding]:
    row = connection.execute(select(reports).where(reports.c.no == number)).mappings().one()
    mine = connection.execute(select(claims).where(claims.c.report == number).order_by(claims.c.place)).mappings().all()
    wrong = [*_text(row), *_derived(row, mine, there), *_spans(row, mine)]
    try:
        said = rows.unpacked(row["said"], row["text"], row["id"])
        wrong += _said(row, mine, said)
    except LedgerError as fault:
        wrong.append(fault.found)
    return [Finding(where=f"report {row['id']}", found=each) for each in wrong]


def _text(row: RowMapping) -> Iterator[str]:
    if rows.text_hash(row["text"]) != row["hash"]:
        yield "its text is not the one that was added (hash)"
    if not 0 <= row["body_start"] <= len(row["text"]):
        yield "its body begins outside its text"
    if not _is_instant(row["recorded"]):
        yield f"the instant at which it was recorded is none ({row['recorded']})"
    try:
        rows.report_of(dict(row))
    except (ValueError, TypeError, msgspec.MsgspecError) as fault:
        yield f"its notices or dateline cannot be read ({fault})"


def _derived(row: RowMapping, mine: Iterable[RowMapping], there: _There) -> Iterator[str]:
    """Yield what is wrong with derived ids: none names itself, what is not there, or what was published later."""
    for name in ("revises", "origin"):
        other = row[name]
        if other is not None and other not in there.reports:
            yield f"{name} names report {other}, which is not there"
        elif other is not None and (
            other == row["id"] or (there.reports[other] or date.min) > (row["published"] or date.min)
        ):
            yield f"{name} names report {other}, which is itself or was published later"
    for claim in mine:
        if claim["told"] is not None and (claim["told"] not in there.claims or claim["told"] == claim["id"]):
            yield f"the event of claim {claim['id']} names claim {claim['told']}, which is not there or is itself"


def _spans(row: RowMapping, mine: Iterable[RowMapping]) -> Iterator[str]:
    """Yield which claims do not stand on a sentence of the text; claims of one sentence have one span."""
    length = len(row["text"])
    sentences: dict[int, tuple[int, int]] = {}
    for claim in mine:
        span, number = (claim["start"], claim["end"]), claim["sentence"]
        if not 0 <= span[0] < span[1] <= length or not 1 <= number <= row["sentences"]:
            yield f"claim {claim['id']} stands on no sentence of the text ({number}: {span[0]}..{span[1]})"
        elif sentences.setdefault(number, span) != span:
            yield f"claim {claim['id']} has another span of sentence {number} than the claims before it"
        if claim["event"] not in _TYPES:
            yield f"claim {claim['id']} has a type that is none ({claim['event']})"


def _said(row: RowMapping, mine: Sequence[RowMapping], said: rows.Said) -> Iterator[str]:
    places = [claim["place"] for claim in mine]
    if places != list(range(len(said.claims))):
        yield f"{len(mine)} claims do not match the {len(said.claims)} that were read in it"
    ids = {claim["id"] for claim in mine}
    for claim, packed in zip(mine, said.claims, strict=False):
        if packed.event_id and packed.event_id not in ids:
            yield f"claim {claim['id']} is linked with claim {packed.event_id}, which is not in the report"
    for count, packed_entity in said.entities:
        try:
            rows.entity_of(bytes(packed_entity))
        except msgspec.MsgspecError as fault:
            yield f"an entity that is mentioned {count} times cannot be read ({fault})"
    spans = {claim["sentence"]: (claim["start"], claim["end"]) for claim in mine if claim["gone"] is None}
    for where, evidence in _evidence(said.record):
        span = (evidence.start, evidence.end)
        if row["text"][evidence.start : evidence.end] != evidence.text:
            yield f"{where} quotes what is not in the text"
        elif spans.get(evidence.sentence, span) != span:
            yield f"{where} has another span of sentence {evidence.sentence} than the claims"


def _evidence(record: ProcessRecord) -> Iterator[tuple[str, Evidence]]:
    for kind in fields(record):
        for entry in getattr(record, kind.name):
            stands = (side.evidence for side in entry.sides) if kind.name == "contradictions" else (entry.evidence,)
            for evidence in stands:
                yield f"entry {entry.id} of its {kind.name}", evidence


# -- decisions and single values


def _decisions(connection: Connection, there: _There) -> list[Finding]:
    listed = connection.execute(select(decisions).order_by(decisions.c.id)).mappings().all()
    adding = [row["id"] for row in listed if row["kind"] == DecisionKind.ADDED_CLAIM.value]
    added = {added_id(each) for each in adding}

    def of_update(identity: str) -> bool:
        return any(added_id(each, report) == identity for each in adding for report in there.reports)

    has: dict[str, Callable[[str], bool]] = {
        "claim": lambda identity: identity in there.claims or identity in added or of_update(identity),
        "report": lambda identity: identity in there.reports,
    }
    found = [Finding(where=f"decision {row['id']}", found=each) for row in listed for each in _decision(row, has)]
    conflicts = select(filings.c.conflict).where(filings.c.conflict == "")
    return found + [Finding(where="filings", found="no conflict is named") for _ in connection.execute(conflicts)]


def _decision(row: RowMapping, has: Mapping[str, Callable[[str], bool]]) -> Iterator[str]:
    try:
        kind = DecisionKind(row["kind"])
        about = msgspec.json.decode(row["about"], type=tuple[str, ...])
        verdict = msgspec.json.decode(row["verdict"], type=Verdict)
    except (ValueError, msgspec.MsgspecError) as fault:
        yield f"it cannot be read ({fault})"
        return
    for what, identity in _named(kind, about, verdict):
        if not has[what](identity):
            yield f"it is about {what} {identity}, which is not there"
    if not _is_instant(row["recorded"]) or not (row["withdrawn"] is None or _is_instant(row["withdrawn"])):
        yield "an instant of it is none"
    if (row["withdrawn"] is None) != (row["withdrawn_by"] is None):
        yield "it is half withdrawn: when and by whom belong together"


def _named(kind: DecisionKind, about: Sequence[str], verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Yield what a decision names: 'claim' or 'report', and its id."""
    if kind in OF_CLAIMS or kind in OF_EVENTS:
        yield from (("claim", identity) for identity in about)
    if kind in OF_FILING:
        yield "report", about[0]
    for anchor in verdict.anchors:
        yield "report", anchor.report
        yield "claim", anchor.claim
    if verdict.source is not None and verdict.source.report is not None:
        yield "report", verdict.source.report


def _single(connection: Connection) -> Iterator[Finding]:
    first = unsettled(connection)
    with suppress(ValueError):
        if first is not None:
            date.fromisoformat(first)
        first = None
    if first is not None:
        yield Finding(where="facts", found=f"the first day to be settled is none ({first})")
    for row in connection.execute(select(books)):
        if not row.rulebook or not row.model:
            yield Finding(where="books", found=f"rulebook {row.no} has no digest or no model")


def _is_instant(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False
