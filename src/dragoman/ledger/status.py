"""What is in a ledger: how many reports and claims, by outlet and day, what failed, and what is not settled yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from dragoman.ledger.schema import books, claims, failures, feeds, reports
from dragoman.ledger.store import Ledger, unsettled

_OF_SOURCES = select(failures).where(failures.c.source.not_in(select(feeds.c.url))).order_by(failures.c.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Reports and the claims in them that stand, of one outlet, day or rulebook; None where that is not known."""

    of: str | None
    reports: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source that could not be read, and what to do about it."""

    source: str
    found: str
    remedy: str
    recorded: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingFeed:
    """A feed that fails: how often in a row, since when (None where that was not kept), when it was asked last, and why."""

    feed: str
    failed: int
    since: datetime | None
    asked: datetime | None
    found: str
    remedy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is in a ledger. ``gone``: claims that today's rules no longer give; ``unsettled``: first day to be made anew, or None.

    ``feeds`` is how many are followed, ``failing`` those of them that fail now; ``failures`` are of other sources.
    """

    reports: int
    claims: int
    gone: int
    first: date | None
    last: date | None
    outlets: tuple[Count, ...]
    days: tuple[Count, ...]
    rulebooks: tuple[Count, ...]
    failures: tuple[Failure, ...]
    feeds: int
    failing: tuple[FailingFeed, ...]
    unsettled: str | None


def status(ledger: Ledger) -> Status:
    """Return what is in a ledger, of one state of it."""
    with ledger.reading() as connection:
        outlets = _counts(connection, reports.c.outlet)
        first, last = connection.execute(select(func.min(reports.c.published), func.max(reports.c.published))).one()
        gone = select(func.count()).select_from(claims).where(claims.c.gone.is_not(None))
        return Status(
            reports=sum(each.reports for each in outlets),
            claims=sum(each.claims for each in outlets),
            gone=connection.execute(gone).scalar_one(),
            first=first,
            last=last,
            outlets=tuple(sorted(outlets, key=lambda each: (-each.reports, each.of is None, each.of or ""))),
            days=tuple(sorted(_counts(connection, reports.c.published), key=lambda each: each.of or "")),
            rulebooks=tuple(sorted(_counts(connection, books.c.rulebook), key=lambda each: each.of or "")),
            failures=tuple(_failures(connection)),
            feeds=connection.execute(select(func.count()).select_from(feeds)).scalar_one(),
            failing=tuple(_failing(connection)),
            unsettled=unsettled(connection),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What fails now: feeds, and other sources that could not be read; ``feeds`` is how many are followed."""

    feeds: int
    failing: tuple[FailingFeed, ...]
    failures: tuple[Failure, ...]


def faults(ledger: Ledger) -> Faults:
    """Return what fails now, the newest failure first."""
    with ledger.reading() as connection:
        return Faults(
            feeds=connection.execute(select(func.count()).select_from(feeds)).scalar_one(),
            failing=tuple(_failing(connection)),
            failures=tuple(sorted(_failures(connection), key=lambda each: each.recorded, reverse=True)),
        )


def _counts(connection: Connection, column: ColumnElement[str] | ColumnElement[date]) -> list[Count]:
    """Return reports and standing claims by the values of a column."""
    standing = and_(claims.c.report == reports.c.no, claims.c.gone.is_(None))
    number = select(func.count()).select_from(claims).where(standing).scalar_subquery()
    read = reports.join(books, reports.c.book == books.c.no)
    each = select(column.label("of"), number.label("claims")).select_from(read).subquery()
    query = select(each.c.of, func.count(), func.sum(each.c.claims)).group_by(each.c.of)
    return [
        Count(of=str(of) if of is not None else None, reports=some, claims=int(told))
        for of, some, told in connection.execute(query)
    ]


def _failures(connection: Connection) -> list[Failure]:
    return [
        Failure(
            source=row.source,
            found=row.found,
            remedy=row.remedy,
            recorded=datetime.fromisoformat(row.recorded),
        )
        for row in connection.execute(_OF_SOURCES)
    ]


def _failing(connection: Connection) -> list[FailingFeed]:
    kept = (failures.c.found, failures.c.remedy, failures.c.recorded)
    query = select(feeds, *kept).outerjoin(failures, failures.c.source == feeds.c.url).where(feeds.c.failed > 0)
    return [
        FailingFeed(
            feed=row.url,
            failed=row.failed,
            since=datetime.fromisoformat(row.recorded) if row.recorded else None,
            asked=datetime.fromisoformat(row.polled) if row.polled else None,
            found=row.found or row.fault or "it cannot be had",
            remedy=row.remedy,
        )
        for row in connection.execute(query.order_by(feeds.c.url))
    ]
