"""Append to a ledger and read from it. One report is added whole or not at all; adding it again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, literal, select, text, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from dragoman.errors import DragomanError, LedgerError
from dragoman.ledger import rows
from dragoman.ledger.connect import WAIT, connect, place_of, reading, writing
from dragoman.ledger.schema import books, claims, facts, failures, marks, reports, rules
from dragoman.ledger.stamps import UNSETTLED, next_stamp
from dragoman.ledger.verdicts import Held
from dragoman.model import Claim, Entity, Report
from dragoman.process.records import Contradiction, ProcessRecord, Record
from dragoman.reading.reader import Reading

_ALWAYS = "0001-01-01"  # reports without a day come first
_REPORTS = select(reports, books.c.rulebook, books.c.model).join(books, reports.c.book == books.c.no)
_NORMAL = "take it in as text in UTF-8"
_INDEXED = text("INSERT INTO words(rowid, text) VALUES (:no, :text)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a reading was made with: the rulebook's digest and the model's name."""

    rulebook: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which reports count: published no later than ``until``, recorded no later than ``known``, of a conflict or by id.

    ``until`` is what a reader of that day could have read; ``known`` what the ledger had at that instant (UTC).
    """

    until: date | None = None
    known: datetime | None = None
    ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A report as the ledger has it. ``revises`` and ``origin`` are derived: the report it updates, the one it copies or itself."""

    number: int
    report: Report
    recorded: datetime
    made: Made
    sentences: int
    hash: str
    revises: str | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptClaim:
    """A claim as the ledger has it; its ``event_id`` is the claim that tells first of the same event.

    ``linked`` is the claim of the same report that leads those which its reader took for one event: itself, where there is no other.
    ``decided`` are the decisions that changed it.
    """

    claim: Claim
    report: str
    first_rulebook: str
    last_rulebook: str
    gone: str | None
    linked: str = ""
    decided: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report with all that was read in it: claims as they stand, who is told of and how often, its own record by kind.

    ``contradictions`` are those of the report with itself.
    """

    kept: Kept
    claims: tuple[KeptClaim, ...]
    entities: tuple[tuple[Entity, int], ...]
    records: Mapping[str, tuple[Record, ...]]
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a new reading of a report changed: ids of claims that are new (or back), and of those that are gone."""

    report: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class Ledger:
    """One ledger. ``clock`` gives the instant that is recorded with what is added; tests set it.

    ``wait`` is how many seconds it waits for another writer before it gives up with a LedgerError.
    """

    def __init__(
        self, target: str, *, create: bool = False, clock: Callable[[], datetime] | None = None, wait: float = WAIT
    ) -> None:
        self.engine = connect(target, create=create, wait=wait)
        self.where = place_of(self.engine.url)
        self._clock = clock or (lambda: datetime.now(UTC))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def now(self) -> str:
        """Return the instant to be recorded, in UTC to the microsecond: texts of it sort by time."""
        return instant(self._clock())

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees one state of the ledger."""
        return reading(self.engine)

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection in one transaction that no other writer shares."""
        return writing(self.engine)

    # -- append

    def has(self, report: Report) -> bool:
        """Return whether the ledger has this very report."""
        with self.reading() as connection:
            return connection.execute(select(reports.c.no).where(reports.c.id == report.id)).first() is not None

    def add(self, reading: Reading, record: ProcessRecord, made: Made) -> bool:
        """Keep a report with all that was read in it, in one transaction; False where the ledger has its id already."""
        report = reading.report
        with encodable(report):
            row = rows.report_row(report, len(reading.sentences))
            said = rows.packed(rows.said_of(reading, record), report.text)
        with self.writing() as connection:
            if connection.execute(select(reports.c.no).where(reports.c.id == report.id)).first() is not None:
                return False
            book = book_of(connection, made)
            new = {**row, "said": said, "recorded": self.now(), "book": book, "stamp": next_stamp(connection)}
            number = connection.execute(insert(reports).values(new).returning(reports.c.no)).scalar_one()
            if connection.dialect.name == "sqlite":
                connection.execute(_INDEXED, {"no": number, "text": report.text})
            _put_claims(connection, number, enumerate(reading.claims), book)
            connection.execute(delete(failures).where(failures.c.source == report.source))
            unsettle(connection, report.published)
        return True

    def fail(self, fault: DragomanError) -> None:
        """Keep what could not be read, and why; a later success of the same source takes it away."""
        row = {"source": fault.where, "found": fault.found, "remedy": fault.remedy, "recorded": self.now()}
        with self.writing() as connection:
            connection.execute(delete(failures).where(failures.c.source == fault.where))
            connection.execute(insert(failures), [row])

    def replace(self, reading: Reading, record: ProcessRecord, made: Made) -> Change:
        """Put a new reading in place of a report's former one.

        Claims that both give stay where they are; those that the rules no longer give stay, too, marked as gone.
        """
        report, said = reading.report, rows.said_of(reading, record)
        given = {claim.id: fields_of for claim, fields_of in zip(reading.claims, said.claims, strict=True)}
        with self.writing() as connection:
            kept = connection.execute(select(reports).where(reports.c.id == report.id)).first()
            if kept is None or kept.text != report.text:
                found = f"the ledger has no report {report.id} with this text"
                raise LedgerError(where=report.source, found=found, remedy="add it")
            book = book_of(connection, made)
            mine = claims.c.report == kept.no
            old = connection.execute(select(claims.c.id, claims.c.gone).where(mine).order_by(claims.c.place)).all()
            former = rows.unpacked(kept.said, kept.text, report.id).claims
            stand = {row.id for row in old if row.gone is None}
            lost = tuple(row.id for row in old if row.gone is None and row.id not in given)
            connection.execute(update(claims).where(mine, among(claims.c.id, lost)).values(gone=book))
            connection.execute(update(claims).where(mine, among(claims.c.id, given)).values(gone=None, last_book=book))
            places = [row.id for row in old]
            new = [claim for claim in reading.claims if claim.id not in set(places)]
            _put_claims(connection, kept.no, enumerate(new, start=len(old)), book)
            whole = [given.get(identity, fields_of) for identity, fields_of in zip(places, former, strict=True)]
            whole += [given[claim.id] for claim in new]
            packed = rows.packed(msgspec.structs.replace(said, claims=tuple(whole)), report.text)
            changed = {
                "said": packed, "book": book, "sentences": len(reading.sentences), "stamp": next_stamp(connection)
            }  # fmt: skip
            connection.execute(update(reports).where(reports.c.no == kept.no).values(changed))
            connection.execute(delete(marks).where(marks.c.report == kept.no))
            unsettle(connection, kept.published)
        gained = tuple(claim.id for claim in reading.claims if claim.id not in stand)
        return Change(report=report.id, gained=gained, lost=lost)

    # -- read

    def reports(self, view: View | None = None) -> list[Kept]:
        """Return the reports in the order in which they were published, then by id; those without a day come first."""
        with self.reading() as connection:
            found = connection.execute(in_order(viewed(_REPORTS, view or View()))).mappings().all()
        return [kept_of(row) for row in found]

    def report(self, identity: str) -> Kept | None:
        """Return one report by its id, or by the beginning of it where no other begins so."""
        begins = func.substr(reports.c.id, 1, len(identity)) == identity  # unlike LIKE, alike on each database
        query = _REPORTS.where(begins).order_by(reports.c.id).limit(2)
        with self.reading() as connection:
            found = connection.execute(query).mappings().all()
        one = found[:1] if found and (found[0]["id"] == identity or len(found) == 1) else []
        return kept_of(one[0]) if one else None

    def holder(self, claim: str) -> str | None:
        """Return the id of the report that a claim stands in, also of one that is gone; None where there is no such claim."""
        query = select(reports.c.id).join(claims, claims.c.report == reports.c.no).where(claims.c.id == claim)
        with self.reading() as connection:
            return connection.execute(query).scalar()

    def told(self, view: View | None = None, *, gone: bool = False) -> Iterator[Told]:
        """Yield each report with all that was read in it, in the order of ``reports``; claims that are gone only where wanted."""
        query = in_order(viewed(_REPORTS, view or View()))
        mine = viewed(select(claims).join(reports, claims.c.report == reports.c.no), view or View())
        with self.reading() as connection:
            found = connection.execute(query).mappings().all()
            listed: dict[int, list[Any]] = {}
            for each in connection.execute(mine if gone else mine.where(claims.c.gone.is_(None))):
                listed.setdefault(each.report, []).append(each)
            names = names_in(connection)
        for row in found:
            yield told_of(row, listed.get(row["no"], ()), names)

    def texts(self, ids: Collection[str]) -> dict[str, str]:
        """Return the texts of reports by id; what is no report's id has none."""
        if not ids:
            return {}
        with self.reading() as connection:
            found = connection.execute(select(reports.c.id, reports.c.text).where(among(reports.c.id, ids)))
            return {row.id: row.text for row in found}

    def claims(self, view: View | None = None, *, gone: bool = False) -> list[KeptClaim]:
        """Return the claims by their report, then as they stand in it; those that are gone only where wanted."""
        return [claim for told in self.told(view, gone=gone) for claim in told.claims]

    def failures(self) -> list[dict[str, Any]]:
        """Return what could not be read: source, found, remedy, recorded."""
        with self.reading() as connection:
            return [dict(row) for row in connection.execute(select(failures).order_by(failures.c.source)).mappings()]


def instant(moment: datetime) -> str:
    """Return an instant as text that sorts by time; one without a time zone is meant in UTC, whatever the machine's is.

    >>> instant(datetime(2020, 1, 20, 12))
    '2020-01-20T12:00:00.000000+00:00'
    """
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@contextmanager
def encodable(report: Report) -> Iterator[None]:
    """Turn the failure to write half of a character, which no database keeps, into a LedgerError of that report."""
    try:
        yield
    except UnicodeEncodeError as fault:
        raise LedgerError(
            where=report.source, found=f"it is no Unicode text ({fault.reason})", remedy=_NORMAL
        ) from fault


def among(column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a column has one of the values, however many they are: they are given as one parameter."""
    listed = func.listed(literal(msgspec.json.encode(sorted(values)).decode())).table_valued("value")
    return column.in_(select(listed.c.value))


def unsettle(connection: Connection, day: date | None) -> None:
    """Note that derived values must be made anew from a day on; a report without a day comes before all."""
    first = day.isoformat() if day else _ALWAYS
    now = unsettled(connection)
    if now is None:
        connection.execute(insert(facts), [{"key": UNSETTLED, "value": first}])
    elif first < now:
        connection.execute(update(facts).where(facts.c.key == UNSETTLED).values(value=first))


def unsettled(connection: Connection) -> str | None:
    """Return the first day from which derived values must be made anew, or None where all is settled."""
    return connection.execute(select(facts.c.value).where(facts.c.key == UNSETTLED)).scalar()


def viewed(query: Select[Any], view: View) -> Select[Any]:
    """Return a query that has ``reports`` in it, narrowed to a view."""
    if view.until is not None:
        query = query.where((reports.c.published <= view.until) | reports.c.published.is_(None))
    if view.known is not None:
        query = query.where(reports.c.recorded <= instant(view.known))
    if view.ids is not None:
        query = query.where(among(reports.c.id, view.ids))
    return query


def in_order(query: Select[Any], *then: Any) -> Select[Any]:
    """Return a query in the order in which its reports were published; those without a day first, alike on each database."""
    return query.order_by(func.coalesce(reports.c.published, date(1, 1, 1)), reports.c.id, *then)


def kept_of(row: Any) -> Kept:
    """Return a report of its row, which has its book's columns, too; LedgerError where it is damaged."""
    try:
        report, recorded = rows.report_of(row), datetime.fromisoformat(row["recorded"])
    except (ValueError, TypeError, msgspec.MsgspecError) as fault:
        found, remedy = f"its row is damaged ({fault})", "see what is wrong: dragoman check"
        raise LedgerError(where=row["id"], found=found, remedy=remedy) from fault
    return Kept(
        number=row["no"], report=report, recorded=recorded,
        made=Made(rulebook=row["rulebook"], model=row["model"]), sentences=row["sentences"], hash=row["hash"].hex(),
        revises=row["revises"], origin=row["origin"] or row["id"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What rows say by number: rulebooks' digests and rules."""

    digests: Mapping[int | None, str | None]
    rules: Mapping[int, str]


def names_in(connection: Connection) -> Names:
    """Return what rows say by number."""
    digests = connection.execute(select(books.c.no, books.c.rulebook)).all()
    return Names(
        digests={None: None, **{no: digest for no, digest in digests}},
        rules={no: rule for no, rule in connection.execute(select(rules.c.no, rules.c.rule))},
    )


def told_of(row: Any, listed: Sequence[Any], names: Names) -> Told:
    """Return a report with what was read in it, of its row and those of its claims; LedgerError where it is damaged."""
    own, where = kept_of(row), row["id"]
    said = rows.unpacked(row["said"], row["text"], where)
    moved = {each.id for each in listed if each.told}
    try:
        kept = [_kept_claim(each, said.claims[each.place], names, row, moved) for each in listed]
    except (IndexError, KeyError, msgspec.ValidationError) as fault:
        reason = f"a claim has no counterpart in what was read in the report ({fault})"
        raise LedgerError(where=where, found=reason, remedy="see what is wrong: dragoman check") from fault
    record = said.record
    return Told(
        kept=own,
        claims=tuple(sorted(kept, key=lambda each: (each.claim.evidence.start, each.claim.id))),
        entities=tuple((rows.entity_of(bytes(fields_of)), count) for count, fields_of in said.entities),
        records={kind: entries for kind in rows.KINDS if (entries := getattr(record, kind))},
        contradictions=record.contradictions,
    )


def _kept_claim(row: Any, rest: rows.PackedClaim, names: Names, report: Any, moved: set[str]) -> KeptClaim:
    """Return a claim of its row, its packed fields and its report's row; ``moved`` claims are known not to lead their event."""
    linked = rest.event_id or row.id
    if linked in moved:  # the event is settled, and this claim tells of it first: it has no other noted
        rest = msgspec.structs.replace(rest, event_id="")
    return KeptClaim(
        claim=rows.claim_of(row, rest, names.rules[row.rule], report["text"]),
        report=report["id"],
        first_rulebook=names.digests[row.first_book] or "",
        last_rulebook=names.digests[row.last_book] or "",
        gone=names.digests[row.gone],
        linked=linked,
    )


def book_of(connection: Connection, made: Made) -> int:
    """Return the number of a rulebook with its model, which gets one where it has none."""
    mine = select(books.c.no).where(books.c.rulebook == made.rulebook, books.c.model == made.model)
    known = connection.execute(mine).scalar()
    if known is not None:
        return int(known)
    row = {"rulebook": made.rulebook, "model": made.model}
    return int(connection.execute(insert(books).values(row).returning(books.c.no)).scalar_one())


def rules_of(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """Return the numbers of rules, which get one where they have none."""
    wanted = sorted(set(names))
    query = select(rules.c.rule, rules.c.no).where(among(rules.c.rule, wanted))
    known = {rule: int(no) for rule, no in connection.execute(query)}
    missing = [{"rule": rule} for rule in wanted if rule not in known]
    if missing:
        connection.execute(insert(rules), missing)
        known = {rule: int(no) for rule, no in connection.execute(query)}
    return known


def _put_claims(connection: Connection, number: int, placed: Iterable[tuple[int, Claim]], book: int) -> None:
    new = list(placed)
    if not new:
        return
    numbers = rules_of(connection, (claim.rule for _, claim in new))
    shared = {"report": number, "first_book": book, "last_book": book}
    found = [{**rows.claim_row(claim), **shared, "place": place, "rule": numbers[claim.rule]} for place, claim in new]
    connection.execute(insert(claims), sorted(found, key=lambda row: row["id"]))  # so that their pages are filled


class _Listed(GenericFunction[Any]):
    """A JSON list as a table with the column ``value``."""

    name = "listed"
    inherit_cache = True


@compiles(_Listed, "sqlite")
def _listed_in_sqlite(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Listed, "postgresql")
def _listed_in_postgres(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS json))"
