"""Feeds into a ledger: what is due is asked for, what is new is added, what fails is counted and asked for more and more seldom."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, delete, func, insert, or_, select

from dragoman.errors import DragomanError, FetchError, IntakeError, RefusedError
from dragoman.feeds.clock import Clock
from dragoman.feeds.config import Feed, Feeds
from dragoman.feeds.fetch import LATER, Answer, Request, wanted_wait
from dragoman.feeds.items import Item, items_of, report_of_item, report_of_page
from dragoman.feeds.robots import Polite
from dragoman.ledger.adding import Added, add_with, storable
from dragoman.ledger.schema import failures, reports
from dragoman.ledger.schema import feeds as table
from dragoman.ledger.store import Ledger
from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, Taken
from dragoman.reading.reader import Reader

_SEEN = 304
_SELDOM = timedelta(days=1)
_LONGEST = 60.0  # seconds of sleep at a time: a clock may be set, a machine may sleep
_DOUBLED = 10  # times; more is more than a day in any case


class Look(StrEnum):
    """What a look at a feed gave."""

    NEW = "read"
    SAME = "not changed"
    FAILED = "failed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One look at a feed: its items' number, what became of those that were new, and the fault where it failed.

    ``due`` is when a feed that failed before is asked again; until then it is left alone.
    """

    feed: Feed
    look: Look
    items: int = 0
    added: tuple[Added, ...] = ()
    fault: DragomanError | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a ledger keeps of a feed: what its host said of its version, when it was asked, how often it failed since.

    ``later`` is when its host wants to be asked again, where it says so.
    """

    etag: str | None = None
    modified: str | None = None
    polled: datetime | None = None
    failed: int = 0
    fault: str | None = None
    later: datetime | None = None

    def due(self, feed: Feed) -> datetime | None:
        """Return when the feed is to be asked again, or None for at once.

        Each failure in a row doubles the wait, up to a day; it is never before the host wants it.
        """
        if self.polled is None:
            return None
        doubled: timedelta = feed.every * 2 ** min(self.failed, _DOUBLED)
        due = self.polled + min(doubled, max(_SELDOM, feed.every))
        return due if self.later is None else max(due, self.later)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is needed to look at feeds: the ledger, the reader (asked for when something is new), and what fetches.

    ``clock`` is the ledger's, too; ``seen`` are the items of each feed as they were dealt with at the last look.
    """

    ledger: Ledger
    reader: Callable[[], Reader]
    feeds: Feeds
    polite: Polite
    options: IntakeOptions = field(default_factory=IntakeOptions)
    clock: Clock = field(default_factory=Clock)
    seen: dict[str, frozenset[bytes]] = field(default_factory=dict)

    def now(self) -> datetime:
        """Return the ledger's instant."""
        return datetime.fromisoformat(self.ledger.now())


def follow(watch: Watch) -> Iterator[Looked]:
    """Look at feeds when they are due, without end; between looks it sleeps."""
    while True:
        yield from look_at_due(watch)
        left = (next_due(watch) - watch.now()).total_seconds()
        watch.clock.sleep(min(_LONGEST, max(0.1, left)))


def look_at_all(watch: Watch) -> Iterator[Looked]:
    """Look at each feed once, whenever it was looked at before; one that failed is left alone for its time. One after the other."""
    for feed in watch.feeds.feeds:
        state = state_of(watch.ledger, feed)
        due = state.due(feed) if state.failed else None
        if due is not None and due > watch.now():
            yield Looked(feed=feed, look=Look.WAITING, due=due)
        else:
            yield look_at(watch, feed, state)


def look_at_due(watch: Watch) -> Iterator[Looked]:
    """Look at each feed whose time has come."""
    for feed, state in _states(watch):
        due = state.due(feed)
        if due is None or due <= watch.now():
            yield look_at(watch, feed, state)


def next_due(watch: Watch) -> datetime:
    """Return when the next feed is due."""
    found = [state.due(feed) for feed, state in _states(watch)]
    return min((due or datetime.min.replace(tzinfo=UTC) for due in found), default=watch.now())


def look_at(watch: Watch, feed: Feed, state: State) -> Looked:
    """Look at a feed and add what is new; its version is kept only when all its items were dealt with."""
    try:
        answer, now = watch.polite.get(_request(watch, feed, state)), watch.now()
        if answer.status == _SEEN:
            keep(watch.ledger, feed, State(etag=state.etag, modified=state.modified, polled=now))
            return Looked(feed=feed, look=Look.SAME)
        items = items_of(_found(answer, now), now)
    except FetchError as fault:
        now = watch.now()
        known = replace(state, polled=now, failed=state.failed + 1, fault=str(fault), later=_later(fault, now))
        keep(watch.ledger, feed, known, fault)
        return Looked(feed=feed, look=Look.FAILED, fault=fault, due=known.due(feed))
    # it was asked, whatever becomes of its items: who is cut off and begins again does not ask it more often
    keep(watch.ledger, feed, State(etag=state.etag, modified=state.modified, polled=now))
    added = tuple(add_with(watch.ledger, watch.reader, _taken(watch, feed, items, now)))
    again = any(isinstance(each.fault, FetchError) for each in added)
    version = answer.headers if not again else {}
    watch.seen[feed.url] = frozenset() if again else frozenset(map(_digest, items))
    keep(watch.ledger, feed, State(etag=version.get("etag"), modified=version.get("last-modified"), polled=now))
    return Looked(feed=feed, look=Look.NEW, items=len(items), added=added)


def _later(fault: FetchError, now: datetime) -> datetime | None:
    return now + timedelta(seconds=fault.after) if fault.after is not None else None


def state_of(ledger: Ledger, feed: Feed) -> State:
    """Return what a ledger keeps of a feed; nothing of one that it never saw."""
    with ledger.reading() as connection:
        row = connection.execute(select(table).where(table.c.url == feed.url)).mappings().first()
    return _state(row)


def _states(watch: Watch) -> list[tuple[Feed, State]]:
    """Return what the ledger keeps of each feed, by one look at it."""
    with watch.ledger.reading() as connection:
        rows = {row["url"]: row for row in connection.execute(select(table)).mappings()}
    return [(feed, _state(rows.get(feed.url))) for feed in watch.feeds.feeds]


def _state(row: RowMapping | None) -> State:
    if row is None:
        return State()
    polled = datetime.fromisoformat(row["polled"]) if row["polled"] else None
    later = datetime.fromisoformat(row["later"]) if row["later"] else None
    return State(
        etag=row["etag"], modified=row["modified"], polled=polled, failed=row["failed"], fault=row["fault"], later=later
    )


def keep(ledger: Ledger, feed: Feed, state: State, fault: DragomanError | None = None) -> None:
    """Keep the state of a feed, and why it fails: with the instant of the first failure since it last could be read."""
    polled, later = (each.isoformat(timespec="microseconds") if each else None for each in (state.polled, state.later))
    row = {
        "url": feed.url, "etag": state.etag, "modified": state.modified, "polled": polled, "failed": state.failed,
        "fault": state.fault, "later": later,
    }  # fmt: skip
    with ledger.writing() as connection:
        connection.execute(delete(table).where(table.c.url == feed.url))
        connection.execute(insert(table), [row])
        _keep_fault(connection, feed.url, fault, ledger.now())


def _keep_fault(connection: Connection, url: str, fault: DragomanError | None, now: str) -> None:
    mine = failures.c.source == url
    since = connection.execute(select(failures.c.recorded).where(mine)).scalar()
    connection.execute(delete(failures).where(mine))
    if fault is not None:
        told = {"found": storable(fault.found), "remedy": storable(fault.remedy)}
        connection.execute(insert(failures), [{"source": url, **told, "recorded": since or now}])


def _request(watch: Watch, feed: Feed, state: State) -> Request:
    asked = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    headers = {
        "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
        **{name: value for name, value in asked.items() if value},
    }
    return Request(url=feed.url, headers=headers, allowed=watch.feeds.allowed(feed))


def _found(answer: Answer, now: datetime) -> Answer:
    """Return the answer of a page or feed that is there; RefusedError for what will not be, FetchError for what fails now."""
    if 200 <= answer.status < 300:
        return answer
    if 400 <= answer.status < 500 and answer.status not in (408, 425, 429):
        raise RefusedError(where=answer.url, found=f"the host answered {answer.status}", remedy="check the address")
    after = wanted_wait(answer, now)
    raise FetchError(where=answer.url, found=f"the host answered {answer.status}", remedy=LATER, after=after)


def _taken(watch: Watch, feed: Feed, items: list[Item], now: datetime) -> Iterator[Taken]:
    """Yield the reports of the items that are new, and the faults of those that cannot be fetched now; oldest first."""
    seen = watch.seen.get(feed.url, frozenset())
    fresh = [item for item in items if _digest(item) not in seen]
    known = _dealt_with(watch.ledger, fresh)
    for item in sorted(fresh, key=lambda each: (each.published or date.min, each.key)):
        last = known.get(item.link or item.key)
        told = item.whole and item.link is not None  # its words cost nothing: whether they are new, they say themselves
        if last is not None and not told and (item.updated is None or item.updated <= last):
            continue
        try:
            taken = _report(watch, feed, item, now)
        except FetchError as fault:
            yield FetchError(where=item.link or item.key, found=fault.found, remedy=fault.remedy)
            continue
        if not isinstance(taken, Report) or not _is_there(watch.ledger, taken):
            yield taken


def _digest(item: Item) -> bytes:
    """Return by what an item is known that says the very same again."""
    told = (item.key, item.title, item.link, str(item.published), str(item.updated), item.text)
    return hashlib.sha256(msgspec.json.encode(told)).digest()


def _report(watch: Watch, feed: Feed, item: Item, now: datetime) -> Taken:
    """Return the report of an item: by its own words where they are whole, or where its page will never be had."""
    own = report_of_item(item, feed.outlet, now, watch.options)
    if item.whole or item.link is None:
        return own
    try:
        page = _found(watch.polite.get(Request(url=item.link, allowed=watch.feeds.allowed(feed))), now)
    except RefusedError as fault:
        where = item.link
        return own if isinstance(own, Report) else IntakeError(where=where, found=fault.found, remedy=fault.remedy)
    taken = report_of_page(item, page, feed.outlet, now, watch.options)
    return taken if isinstance(taken, Report) or not isinstance(own, Report) else own


def _dealt_with(ledger: Ledger, items: list[Item]) -> Mapping[str, datetime]:
    """Return when items were last dealt with, by their address or key: added, or failed for good (no article, another language)."""
    links = [item.link or item.key for item in items]
    there = select(reports.c.url, func.coalesce(reports.c.fetched, reports.c.recorded)).where(reports.c.url.in_(links))
    failed = select(failures.c.source, failures.c.recorded).where(
        failures.c.source.in_(links), failures.c.remedy != LATER
    )
    found: dict[str, datetime] = {}
    with ledger.reading() as connection:
        for url, moment in (*connection.execute(there), *connection.execute(failed)):
            last = datetime.fromisoformat(moment)
            found[url] = max(last, found.get(url, last))
    return found


def _is_there(ledger: Ledger, report: Report) -> bool:
    """Return whether this outlet's very text is there, whatever the feed says of its day or address by now."""
    digest = hashlib.sha256(report.text.encode("utf-8", "replace")).digest()
    same = reports.c.outlet == report.outlet
    if report.url is not None:
        same = or_(same, reports.c.url == report.url)
    with ledger.reading() as connection:
        return connection.execute(select(reports.c.no).where(reports.c.hash == digest, same)).first() is not None


def counts(looked: Looked) -> Mapping[str, int]:
    """Return how many reports of a look were added, were there, or failed."""
    found: dict[str, Any] = {}
    for each in looked.added:
        found[each.outcome.value] = found.get(each.outcome.value, 0) + 1
    return found
