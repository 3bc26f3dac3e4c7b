"""Append to a ledger and read from it. One report is added whole or not at all; adding it again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, text, update

from dragoman.errors import DragomanError
from dragoman.ledger import rows
from dragoman.ledger.connect import connect, told, writing
from dragoman.ledger.schema import books, claims, facts, failures, reports
from dragoman.model import Claim, Entity, Report
from dragoman.process.records import ProcessRecord, Record
from dragoman.reading.reader import Reading

UNSETTLED = "unsettled"
_ALWAYS = "0001-01-01"  # reports without a day come first
_REPORTS = select(reports, books.c.rulebook, books.c.model).join(books, reports.c.book == books.c.no)
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
    """A claim as the ledger has it; its ``event_id`` is the claim that tells first of the same event."""

    claim: Claim
    report: str
    first_rulebook: str
    last_rulebook: str
    gone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report with all that was read in it: claims as they stand, who is told of and how often, its own record by kind."""

    kept: Kept
    claims: tuple[KeptClaim, ...]
    entities: tuple[tuple[Entity, int], ...]
    records: Mapping[str, tuple[Record, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a new reading of a report changed: ids of claims that are new (or back), and of those that are gone."""

    report: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class Ledger:
    """One ledger. ``clock`` gives the instant that is recorded with what is added; tests set it."""

    def __init__(self, target: str, *, create: bool = False, clock: Callable[[], datetime] | None = None) -> None:
        self.where = target
        self.engine = connect(target, create=create)
        self._clock = clock or (lambda: datetime.now(UTC))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def now(self) -> str:
        """Return the instant to be recorded, in UTC to the microsecond: texts of it sort by time."""
        return instant(self._clock())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the ledger."""
        with told(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in one transaction that no other writer shares."""
        with writing(self.engine) as connection:
            yield connection

    # -- append

    def has(self, report: Report) -> bool:
        """Return whether the ledger has this very report."""
        with self.reading() as connection:
            return connection.execute(select(reports.c.no).where(reports.c.id == report.id)).first() is not None

    def add(self, reading: Reading, record: ProcessRecord, made: Made) -> bool:
        """Keep a report with all that was read in it, in one transaction; False where the ledger has it already."""
        report = reading.report
        row = rows.report_row(report, len(reading.sentences))
        said = rows.packed(rows.said_of(reading, record))
        with self.writing() as connection:
            if connection.execute(select(reports.c.no).where(reports.c.id == report.id)).first() is not None:
                return False
            book = book_of(connection, made)
            new = {**row, "said": said, "recorded": self.now(), "book": book}
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
        given = {claim.id: claim for claim in reading.claims}
        with self.writing() as connection:
            kept = connection.execute(select(reports.c.no, reports.c.said).where(reports.c.id == report.id)).one()
            book = book_of(connection, made)
            old = {row.id: row.gone for row in connection.execute(select(claims).where(claims.c.report == kept.no))}
            gained = tuple(claim.id for claim in reading.claims if claim.id not in old or old[claim.id] is not None)
            lost = tuple(identity for identity, gone in old.items() if gone is None and identity not in given)
            mine = claims.c.report == kept.no
            connection.execute(update(claims).where(mine, claims.c.id.in_(lost)).values(gone=book))
            connection.execute(update(claims).where(mine, claims.c.id.in_(given)).values(gone=None, last_book=book))
            new = [claim for claim in reading.claims if claim.id not in old]
            _put_claims(connection, kept.no, enumerate(new, start=len(old)), book)
            former = rows.unpacked(kept.said).claims
            whole = rows.Said(entities=said.entities, records=said.records, claims={**former, **said.claims})
            connection.execute(
                update(reports).where(reports.c.no == kept.no)
                .values(said=rows.packed(whole), book=book, sentences=len(reading.sentences), marks=None)
            )  # fmt: skip
            unsettle(connection, report.published)
        return Change(report=report.id, gained=gained, lost=lost)

    # -- read

    def reports(self, view: View | None = None) -> list[Kept]:
        """Return the reports in the order in which they were published, then by id; those without a day come first."""
        with self.reading() as connection:
            found = connection.execute(in_order(viewed(_REPORTS, view or View()))).mappings().all()
        return [kept_of(row) for row in found]

    def report(self, identity: str) -> Kept | None:
        """Return one report by its id, or by the beginning of it where no other begins so."""
        query = _REPORTS.where(reports.c.id.startswith(identity, autoescape=True)).order_by(reports.c.id).limit(2)
        with self.reading() as connection:
            found = connection.execute(query).mappings().all()
        one = found[:1] if found and (found[0]["id"] == identity or len(found) == 1) else []
        return kept_of(one[0]) if one else None

    def told(self, view: View | None = None, *, gone: bool = False) -> Iterator[Told]:
        """Yield each report with all that was read in it, in the order of ``reports``; claims that are gone only where wanted."""
        query = in_order(viewed(_REPORTS, view or View()))
        mine = in_order(
            viewed(select(claims).join(reports, claims.c.report == reports.c.no), view or View()), claims.c.place
        )
        with self.reading() as connection:
            found = connection.execute(query).mappings().all()
            listed: dict[int, list[Any]] = {}
            for row in connection.execute(mine if gone else mine.where(claims.c.gone.is_(None))).mappings():
                listed.setdefault(row["report"], []).append(row)
            digests = {row.no: row.rulebook for row in connection.execute(select(books))}
        for row in found:
            yield told_of(row, listed.get(row["no"], ()), digests)

    def claims(self, view: View | None = None, *, gone: bool = False) -> list[KeptClaim]:
        """Return the claims by their report, then as they stand in it; those that are gone only where wanted."""
        return [claim for told in self.told(view, gone=gone) for claim in told.claims]

    def failures(self) -> list[dict[str, Any]]:
        """Return what could not be read: source, found, remedy, recorded."""
        with self.reading() as connection:
            return [dict(row) for row in connection.execute(select(failures).order_by(failures.c.source)).mappings()]


def instant(moment: datetime) -> str:
    """Return an instant as text that sorts by time.

    >>> instant(datetime(2020, 1, 20, 12, tzinfo=UTC))
    '2020-01-20T12:00:00.000000+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def unsettle(connection: Connection, day: date | None) -> None:
    """Note that derived values must be made anew from a day on; a report without a day comes before all."""
    first = day.isoformat() if day else _ALWAYS
    now = connection.execute(select(facts.c.value).where(facts.c.key == UNSETTLED)).scalar()
    if now is None:
        connection.execute(insert(facts), [{"key": UNSETTLED, "value": first}])
    elif first < now:
        connection.execute(update(facts).where(facts.c.key == UNSETTLED).values(value=first))


def viewed(query: Select[Any], view: View) -> Select[Any]:
    """Return a query that has ``reports`` in it, narrowed to a view."""
    if view.until is not None:
        query = query.where((reports.c.published <= view.until) | reports.c.published.is_(None))
    if view.known is not None:
        query = query.where(reports.c.recorded <= instant(view.known))
    if view.ids is not None:
        query = query.where(reports.c.id.in_(sorted(view.ids)))
    return query


def in_order(query: Select[Any], *then: Any) -> Select[Any]:
    """Return a query in the order in which its reports were published; those without a day first, alike on each database."""
    return query.order_by(func.coalesce(reports.c.published, date(1, 1, 1)), reports.c.id, *then)


def kept_of(row: Any) -> Kept:
    """Return a report of its row, which has its book's columns, too."""
    return Kept(
        number=row["no"], report=rows.report_of(row), recorded=datetime.fromisoformat(row["recorded"]),
        made=Made(rulebook=row["rulebook"], model=row["model"]), sentences=row["sentences"], hash=row["hash"].hex(),
        revises=row["revises"], origin=row["origin"] or row["id"],
    )  # fmt: skip


def told_of(row: Any, listed: Iterable[Any], digests: Mapping[int, str]) -> Told:
    """Return a report with what was read in it, of its row and those of its claims; ``digests`` are the rulebooks by number."""
    said, text_ = rows.unpacked(row["said"]), row["text"]
    kept = [
        KeptClaim(
            claim=rows.claim_of(each, said.claims[each["id"]], text_), report=row["id"],
            first_rulebook=digests[each["first_book"]], last_rulebook=digests[each["last_book"]],
            gone=digests[each["gone"]] if each["gone"] else None,
        )
        for each in listed
    ]  # fmt: skip
    return Told(
        kept=kept_of(row),
        claims=tuple(sorted(kept, key=lambda k: (k.claim.evidence.start, k.claim.id))),
        entities=tuple((rows.entity_of(fields_of), count) for count, fields_of in said.entities),
        records={
            kind: tuple(rows.record_of(kind, each, text_) for each in found) for kind, found in said.records.items()
        },
    )


def book_of(connection: Connection, made: Made) -> int:
    """Return the number of a rulebook with its model, which gets one where it has none."""
    mine = select(books.c.no).where(books.c.rulebook == made.rulebook, books.c.model == made.model)
    known = connection.execute(mine).scalar()
    if known is not None:
        return int(known)
    row = {"rulebook": made.rulebook, "model": made.model}
    return int(connection.execute(insert(books).values(row).returning(books.c.no)).scalar_one())


def _put_claims(connection: Connection, number: int, placed: Iterable[tuple[int, Claim]], book: int) -> None:
    shared = {"report": number, "first_book": book, "last_book": book}
    found = [{**rows.claim_row(claim), **shared, "place": place} for place, claim in placed]
    if found:
        connection.execute(insert(claims), found)
