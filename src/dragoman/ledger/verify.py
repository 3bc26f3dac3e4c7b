"""What is wrong in a ledger: each report against its hash, each claim against its text, each reference against what is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Table, Text, func, select, text, type_coerce
from sqlalchemy.exc import DBAPIError

from dragoman.errors import LedgerError
from dragoman.ledger import rows
from dragoman.ledger.added import added_id
from dragoman.ledger.schema import books, claims, decisions, failures, feeds, filings, reports
from dragoman.ledger.store import Ledger, unsettled
from dragoman.ledger.verdicts import OF_CLAIMS, OF_ENTITIES, OF_EVENTS, OF_FILING, WHO, Anchor, DecisionKind, Verdict
from dragoman.model import Entity, EventType
from dragoman.process.proofs import Stated, unproved
from dragoman.process.ties import Ties
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import Rulebook

_TYPES = frozenset(each.value for each in EventType)
_MOST = 20  # lines that SQLite says of one damage
_RESTORE = "restore a copy, or add the reports to a new ledger"
REREAD = "read it again: dragoman recode --all"
_SETTLE = "have it made anew: dragoman recode --all"
_WITHDRAW = "withdraw it: dragoman decide --withdraw {}"
_REBUILD = "have it made anew: sqlite3 '{}' \"INSERT INTO words(words) VALUES ('rebuild')\""
_HINDERED = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_NOMEM,
})  # fmt: skip
_HINDERED_STATES = ("08", "28", "40", "42501", "53", "55", "57")  # of PostgreSQL: by their beginnings


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, where (a report's id, a decision, a table or the file), and what to do about it."""

    where: str
    found: str
    remedy: str = _RESTORE

    def __str__(self) -> str:
        return f"{self.where}: {self.found}; {self.remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """What references may name."""

    reports: Mapping[str, date | None]  # and when each was published
    claims: Mapping[str, str]  # and the report of each
    lengths: Mapping[str, int]  # of the texts of reports
    derived: Mapping[str, Mapping[str, str]]  # 'revises', 'origin' and 'told': id -> id


def verify(ledger: Ledger, rulebook: Rulebook | None = None) -> list[Finding]:
    """Return all that is wrong in a ledger, none where all is well."""
    return list(findings(ledger, rulebook))


def findings(ledger: Ledger, rulebook: Rulebook | None = None) -> Iterator[Finding]:
    """Yield what is wrong in a ledger, each thing once; what is too damaged to be read is a finding, too.

    The rulebook is asked for the names of its roster. What only hinders the check (another program that writes, no right to
    write, no room) is a LedgerError: it ends the check, and comes after what was found without writing.
    """
    told: set[Finding] = set()
    ties = Ties(rulebook or load_rulebook(None))
    for check in (_database, partial(_contents, ties=ties), _index):
        try:
            found = list(check(ledger))
        except LedgerError as fault:
            if _hinders(fault):
                raise
            found = [Finding(where=fault.where, found=fault.found, remedy=fault.remedy)]
        yield from (each for each in dict.fromkeys(found) if each not in told)
        told.update(found)
        if any(each.where == ledger.where for each in found):
            return  # a damaged file damages what is looked at next


def _hinders(fault: LedgerError) -> bool:
    """Return whether a fault keeps the ledger from being checked, and is no damage of it."""
    cause = fault.__cause__
    orig = cause.orig if isinstance(cause, DBAPIError) else cause
    code, state = getattr(orig, "sqlite_errorcode", None), getattr(orig, "sqlstate", None)
    return (code is not None and code & 0xFF in _HINDERED) or bool(state and state.startswith(_HINDERED_STATES))


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
            found = "full-text search does not have the words of the reports"
            return [Finding(where="words", found=found, remedy=_REBUILD.format(ledger.where))]
        raise
    return []


def _contents(ledger: Ledger, ties: Ties) -> list[Finding]:
    with ledger.reading() as connection:
        there = _there(connection)
        listed = _numbers(connection)
        found = [each for number, identity in listed for each in _report(connection, number, identity, there, ties)]
        found += _decisions(connection, there)
        found += _single(connection)
    return found


def _there(connection: Connection) -> _There:
    published = type_coerce(reports.c.published, Text).label("published")  # as it is, for it may be none
    light = select(reports.c.id, published, reports.c.revises, reports.c.origin, func.length(reports.c.text))
    listed = connection.execute(light).all()
    stated = select(claims.c.id, reports.c.id, claims.c.told).join(reports, claims.c.report == reports.c.no)
    owners = connection.execute(stated).all()
    return _There(
        reports={identity: _day(day) for identity, day, *_ in listed},
        claims={claim: report for claim, report, _ in owners},
        lengths={identity: length for identity, *_, length in listed},
        derived={
            "revises": {identity: other for identity, _, other, _, _ in listed if other is not None},
            "origin": {identity: other for identity, _, _, other, _ in listed if other is not None},
            "told": {claim: other for claim, _, other in owners if other is not None},
        },
    )


def _day(value: Any) -> date | None:
    """Return a day as the database gives it; None where it is none, which is found with its report."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _numbers(connection: Connection) -> list[tuple[int, str]]:
    listed = select(reports.c.no, reports.c.id).order_by(reports.c.id)
    return [(number, identity) for number, identity in connection.execute(listed)]


# -- reports


def _report(connection: Connection, number: int, identity: str, there: _There, ties: Ties) -> list[Finding]:
    where = f"report {identity}"
    try:
        row = connection.execute(select(reports).where(reports.c.no == number)).mappings().one()
    except ValueError as fault:
        return [Finding(where=where, found=f"a value of its row cannot be read ({fault})")]
    mine = connection.execute(select(claims).where(claims.c.report == number).order_by(claims.c.place)).mappings().all()
    strange = [*_strange(row, reports), *(found for each in mine for found in _strange(each, claims))]
    if strange:
        return [Finding(where=where, found=each) for each in strange]
    wrong = {
        _RESTORE: [*_text(row), *_spans(row, mine)],
        _SETTLE: [*_derived(row, there), *_events(mine, there)],
        REREAD: [],
    }
    try:
        said = rows.unpacked(row["said"], row["text"], row["id"])
        wrong[_RESTORE] += _counterparts(mine, said)
        wrong[REREAD] += _links(mine, said)
        entities = _entities(said, wrong[REREAD])
        if not wrong[_RESTORE]:
            wrong[REREAD] += _proofs(row, mine, said, entities, ties)
    except LedgerError as fault:
        wrong[_RESTORE].append(fault.found)
    return [Finding(where=where, found=each, remedy=remedy) for remedy, found in wrong.items() for each in found]


def _strange(row: RowMapping, table: Table) -> Iterator[str]:
    """Yield which values of a row are of another kind than their column: SQLite takes anything."""
    for column in table.c:
        value = row[column.name]
        if value is not None and not isinstance(value, column.type.python_type):
            yield f"the value of {table.name}.{column.name} is of another kind ({type(value).__name__})"


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


def _derived(row: RowMapping, there: _There) -> Iterator[str]:
    """Yield what is wrong with derived ids: none names itself, what is not there, or what was published later.

    An origin is the first print of its text: it has none itself. What revises goes back to a first version.
    """
    for name in ("revises", "origin"):
        other = row[name]
        if other is None:
            continue
        if other not in there.reports:
            yield f"{name} names report {other}, which is not there"
        elif other == row["id"] or (there.reports[other] or date.min) > (row["published"] or date.min):
            yield f"{name} names report {other}, which is itself or was published later"
        elif name == "origin" and other in there.derived[name]:
            yield f"origin names report {other}, which is a copy of {there.derived[name][other]}"
        elif name == "revises" and _goes_round(row["id"], there.derived[name]):
            yield f"revises names report {other}, which revises it in turn"


def _goes_round(identity: str, revises: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    while identity in revises and identity not in seen:
        seen.add(identity)
        identity = revises[identity]
    return identity in seen


def _events(mine: Iterable[RowMapping], there: _There) -> Iterator[str]:
    """Yield what is wrong with the events of claims: each is another claim, which tells of it first and leads it."""
    for claim in mine:
        other = claim["told"]
        if other is None:
            continue
        if other not in there.claims or other == claim["id"]:
            yield f"the event of claim {claim['id']} names claim {other}, which is not there or is itself"
        elif other in there.derived["told"]:
            yield f"the event of claim {claim['id']} names claim {other}, which is of event {there.derived['told'][other]}"


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


def _counterparts(mine: Sequence[RowMapping], said: rows.Said) -> Iterator[str]:
    if [claim["place"] for claim in mine] != list(range(len(said.claims))):
        yield f"{len(mine)} claims do not match the {len(said.claims)} that were read in it"


def _links(mine: Sequence[RowMapping], said: rows.Said) -> Iterator[str]:
    ids = {claim["id"] for claim in mine}
    for claim, packed in zip(mine, said.claims, strict=False):
        if packed.event_id and packed.event_id not in ids:
            yield f"claim {claim['id']} is linked with claim {packed.event_id}, which is not in the report"


def _proofs(
    row: RowMapping, mine: Sequence[RowMapping], said: rows.Said, entities: Mapping[str, Entity], ties: Ties
) -> Iterator[str]:
    """Yield what of a report's reading cannot be proved by its text (docs/proofs.md); claims that are gone prove nothing."""
    stand = [
        rows.claim_of(claim, msgspec.structs.replace(packed, event_id=claim["id"]), "-", row["text"])
        for claim, packed in zip(mine, said.claims, strict=False)
        if claim["gone"] is None and claim["event"] in _TYPES
    ]
    stated = Stated(
        report=rows.report_of(dict(row)),
        claims=tuple(replace(claim, event_id="") for claim in stand),
        entities=entities,
        record=said.record,
        signs=frozenset(said.signs),
    )
    yield from (str(each) for each in unproved(stated, ties))


def _entities(said: rows.Said, wrong: list[str]) -> dict[str, Entity]:
    """Return the entities of a report by id; those that cannot be read are added to what is wrong."""
    there: dict[str, Entity] = {}
    for count, packed in said.entities:
        try:
            entity = rows.entity_of(bytes(packed))
            there[entity.id] = entity
        except msgspec.MsgspecError as fault:
            wrong.append(f"an entity that is mentioned {count} times cannot be read ({fault})")
    return there


# -- decisions and single values


def _decisions(connection: Connection, there: _There) -> list[Finding]:
    listed = connection.execute(select(decisions).order_by(decisions.c.id)).mappings().all()
    added = _added(listed, there)
    found = [each for row in listed for each in _decision(row, there, added)]
    conflicts = select(filings.c.conflict).where(filings.c.conflict == "")
    return found + [Finding(where="filings", found="no conflict is named") for _ in connection.execute(conflicts)]


def _added(listed: Sequence[RowMapping], there: _There) -> set[str]:
    """Return the ids of claims that decisions add, of those in updates only what decisions are about."""
    adding = [row["id"] for row in listed if row["kind"] == DecisionKind.ADDED_CLAIM.value]
    added = {added_id(each) for each in adding}
    about: set[str] = set()
    for row in listed if adding else ():
        with suppress(msgspec.MsgspecError):
            about |= {*msgspec.json.decode(row["about"], type=tuple[str, ...])}
    if unknown := about - added - there.claims.keys() - set(there.reports):
        added |= unknown & {added_id(each, report) for each in adding for report in there.reports}
    return added


def _decision(row: RowMapping, there: _There, added: set[str]) -> Iterator[Finding]:
    where = f"decision {row['id']}"
    try:
        kind = DecisionKind(row["kind"])
        about = msgspec.json.decode(row["about"], type=tuple[str, ...])
        verdict = msgspec.json.decode(row["verdict"], type=Verdict)
    except (ValueError, msgspec.MsgspecError) as fault:
        yield Finding(where=where, found=f"it cannot be read ({fault})")
        return
    if not _is_instant(row["recorded"]) or not (row["withdrawn"] is None or _is_instant(row["withdrawn"])):
        yield Finding(where=where, found="an instant of it is none")
    if (row["withdrawn"] is None) != (row["withdrawn_by"] is None):
        yield Finding(where=where, found="it is half withdrawn: when and by whom belong together")
    wrong = [
        *_missing(kind, about, verdict, there, added), *_unanchored(kind, about, verdict, added),
        *(found for anchor in verdict.anchors for found in _anchor(anchor, there)), *_unknown(kind, about, verdict),
    ]  # fmt: skip
    if row["withdrawn"] is None:  # one that was withdrawn is about nothing any more
        yield from (Finding(where=where, found=each, remedy=_WITHDRAW.format(row["id"])) for each in wrong)


def _missing(
    kind: DecisionKind, about: Sequence[str], verdict: Verdict, there: _There, added: set[str]
) -> Iterator[str]:
    """Yield what a decision is about that is not there."""
    has: dict[str, Callable[[str], bool]] = {
        "claim": lambda identity: identity in there.claims or identity in added,
        "report": lambda identity: identity in there.reports,
    }
    for what, identity in _named(kind, about, verdict):
        if not has[what](identity):
            yield f"it is about {what} {identity}, which is not there"
    source = verdict.source
    if source is not None and source.report is not None and source.report in there.reports:
        start, end = source.start, source.end
        if start is None or end is None or not 0 <= start < end <= there.lengths[source.report]:
            yield f"it adds a claim from no sentence of report {source.report} ({start}..{end})"


def _named(kind: DecisionKind, about: Sequence[str], verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Yield what a decision names: 'claim' or 'report', and its id."""
    if kind in OF_CLAIMS or kind in OF_EVENTS:
        yield from (("claim", identity) for identity in about)
    if kind in OF_FILING:
        yield "report", about[0]
    if verdict.source is not None and verdict.source.report is not None:
        yield "report", verdict.source.report


def _unanchored(kind: DecisionKind, about: Sequence[str], verdict: Verdict, added: set[str]) -> Iterator[str]:
    """Yield the claims of reports that a decision is about and keeps no anchor of, and anchors of what it is not about."""
    anchored = {anchor.claim for anchor in verdict.anchors}
    wanted = {*about} - added if kind in OF_CLAIMS or kind in OF_EVENTS else set()
    yield from (f"it keeps no anchor of claim {each}" for each in sorted(wanted - anchored))
    yield from (f"it has an anchor of claim {each}, which it is not about" for each in sorted(anchored - wanted))


def _anchor(anchor: Anchor, there: _There) -> Iterator[str]:
    """Yield what is wrong with an anchor: its claim is of its report, and its sentence stands in that report's text."""
    if anchor.report not in there.reports:
        yield f"its anchor names report {anchor.report}, which is not there"
        return
    if there.claims.get(anchor.claim) != anchor.report:
        yield f"its anchor names claim {anchor.claim}, which is not of report {anchor.report}"
    if not 0 <= anchor.start < anchor.end <= there.lengths[anchor.report]:
        yield f"its anchor stands on no sentence of report {anchor.report} ({anchor.start}..{anchor.end})"


def _unknown(kind: DecisionKind, about: Sequence[str], verdict: Verdict) -> Iterator[str]:
    """Yield the entities that a decision names and does not keep as they were then."""
    kept = {entity.id for entity in verdict.entities}
    value = verdict.value if isinstance(verdict.value, Mapping) else {str(verdict.field): verdict.value}
    named = [*about] if kind in OF_ENTITIES else [who for role in WHO for who in value.get(role) or ()]
    yield from (f"it keeps nothing of entity {each}" for each in dict.fromkeys(named) if each not in kept)


def _single(connection: Connection) -> Iterator[Finding]:
    first = unsettled(connection)
    with suppress(ValueError):
        if first is not None:
            date.fromisoformat(first)
        first = None
    if first is not None:
        yield Finding(where="facts", found=f"the first day to be settled is none ({first})", remedy=_SETTLE)
    for table, named, column in (
        (failures, "source", "recorded"),
        (filings, "conflict", "recorded"),
        (feeds, "url", "polled"),
        (feeds, "url", "later"),
    ):
        for name, moment in connection.execute(select(table.c[named], table.c[column]).order_by(table.c[named])):
            if moment is not None and not _is_instant(moment):
                yield Finding(where=f"{table.name} {name}", found=f"an instant of it is none ({moment})")
    for row in connection.execute(select(books)):
        if not row.rulebook or not row.model:
            yield Finding(where="books", found=f"rulebook {row.no} has no digest or no model")


def _is_instant(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False
