"""A conflict as feeds: what changed day by day (Atom, JSON Feed), and what is planned (iCalendar). Same record, same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
from feedgen.feed import FeedGenerator
from icalendar import STATUS, TRANSP, Calendar, Event

from dragoman import __version__
from dragoman.board.types import Cited, Due
from dragoman.desk.asked import address
from dragoman.desk.kept import Desk, Shown
from dragoman.desk.news import NEVER, Day, counts, news
from dragoman.desk.paper import templates
from dragoman.export.brief import clean, shorten
from dragoman.export.days import day_words
from dragoman.export.ledger_page import leading, origins_words, source_words
from dragoman.export.ledger_since import Change
from dragoman.export.ledger_words import Tongue, due_words
from dragoman.ledger.stamps import name_of
from dragoman.views.naming import issues_of

_SHOWN = 100  # changes of a day
_KEPT = 4  # addresses for which a calendar is kept
_SENTENCES = 3  # of an entry
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATUS = {"held": STATUS.CONFIRMED, "cancelled": STATUS.CANCELLED, "postponed": STATUS.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One change of a day: how, of what kind, in words, the facts that are others, where its page is, its first sentences."""

    how: str
    kind: str
    words: str
    facts: tuple[str, ...]
    url: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed: a day. Its id is the same whatever comes to be told of that day."""

    id: str
    url: str
    title: str
    html: str
    text: str
    published: datetime
    updated: datetime


def items(desk: Desk, conflict: str, base: str) -> list[Item]:
    """Return the days of a conflict's feed, the newest first; ``base`` is the address of the desk, without a slash at its end."""
    with desk.ledger.reading() as connection:
        ledger = name_of(connection)
    one = desk.conflict(conflict)
    return [
        _item(day, f"urn:dragoman:{ledger}:{one.id}:{day.day}", one.id, one.name, base) for day in news(desk, one.id)
    ]


def _item(day: Day, identity: str, conflict: str, name: str, base: str) -> Item:
    lines = [_line(change, day, conflict, base) for change in day.changes[:_SHOWN]]
    url = base + address("conflicts", conflict, as_of=day.day)
    left = len(day.changes) - len(lines)
    html = templates().get_template("feed_day.html").render(lines=lines, left=left, url=url)
    return Item(
        id=identity, url=url, title=_fit(f"{name}, {day_words(day.day)}: {counts(day)}"), html=_fit(html),
        text=_fit("\n".join(_text(lines, left))), published=datetime.combine(day.day, time(), UTC), updated=day.updated,
    )  # fmt: skip


def _line(change: Change, day: Day, conflict: str, base: str) -> Line:
    said = change.entry
    seen = day.before if change.how == "gone" else day.day
    facts = tuple(f"{name}: {before} → {now}" for name, before, now in change.facts)
    sources = tuple(source_words(cited, day.quote, {}) for cited in leading(change.cited, _SENTENCES))
    return Line(
        how=change.how, kind=said.kind, words=said.words if change.how != "changed" else said.title, facts=facts,
        url=base + address("conflicts", conflict, "entries", said.id, as_of=seen), sources=sources,
    )  # fmt: skip


def _text(lines: Iterable[Line], left: int) -> Iterator[str]:
    for line in lines:
        yield f"{line.how.upper()} {line.kind}: {line.words}"
        yield from (f"  {each}" for each in (*line.facts, *line.sources))
    if left:
        yield f"and {left} more"


def _fit(words: str) -> str:
    """Return words without what XML cannot hold."""
    return _NO_XML.sub("", words)


# -- as they are sent


def atom(desk: Desk, conflict: str, base: str) -> bytes:
    """Return the changes of a conflict as an Atom feed."""
    found, one = items(desk, conflict, base), desk.conflict(conflict)
    feed = FeedGenerator()
    feed.id(f"{base}{address('feeds', f'{one.id}.atom')}")
    feed.title(_title(one.name))
    feed.author({"name": "Dragoman"})
    feed.generator("Dragoman", version=__version__)
    feed.link(href=base + address("conflicts", one.id), rel="alternate")
    feed.link(href=f"{base}{address('feeds', f'{one.id}.atom')}", rel="self", type="application/atom+xml")
    feed.updated(max((each.updated for each in found), default=NEVER))
    for each in found:
        entry = feed.add_entry(order="append")
        entry.id(each.id)
        entry.title(each.title)
        entry.link(href=each.url)
        entry.published(each.published)
        entry.updated(each.updated)
        entry.content(each.html, type="html")
    made: bytes = feed.atom_str(pretty=True)
    return made


def json_feed(desk: Desk, conflict: str, base: str) -> bytes:
    """Return the changes of a conflict as a JSON Feed (1.1)."""
    found, one = items(desk, conflict, base), desk.conflict(conflict)
    listed: list[dict[str, Any]] = [
        {
            "id": each.id, "url": each.url, "title": each.title, "content_html": each.html, "content_text": each.text,
            "date_published": each.published, "date_modified": each.updated,
        }
        for each in found
    ]  # fmt: skip
    return msgspec.json.encode(
        {
            "version": "https://jsonfeed.org/version/1.1", "title": _title(one.name), "language": "en",
            "home_page_url": base + address("conflicts", one.id), "feed_url": base + address("feeds", f"{one.id}.json"),
            "authors": [{"name": "Dragoman"}], "items": listed,
        }
    )  # fmt: skip


def _title(name: str) -> str:
    return _fit(f"{name}: what changed")


# -- the calendar


def calendar(desk: Desk, conflict: str, base: str) -> bytes:
    """Return what is planned in a conflict as iCalendar: what has a day, each with its sentences and what became of it.

    Readers ask for it again and again: it is kept as long as nothing changes, for few of the addresses that the desk is asked by.
    """
    desk.conflict(conflict)
    kept: dict[str, bytes] = desk.picture(conflict).once("calendar", lambda _: {})
    if base not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        kept[base] = _calendar(desk, conflict, base)
    return kept[base]


def _calendar(desk: Desk, conflict: str, base: str) -> bytes:
    shown = desk.shown(conflict)
    due = [each for each in shown.board.calendar if each.window.earliest or each.window.latest]
    texts = desk.boards.texts({cited.report for each in due for cited in (*each.cited, *each.settled_by)})
    made = Calendar.new(
        prodid=f"-//Dragoman//{__version__}//EN", name=clean(f"{shown.conflict.name}: what is planned"),
        uid=f"{shown.conflict.id}@dragoman", url=base + address("conflicts", shown.conflict.id),
        refresh_interval=timedelta(hours=1), last_modified=max((_recorded(desk, shown, each) for each in due), default=NEVER),
    )  # fmt: skip
    for each in due:
        made.add_component(_event(each, shown, desk, base, texts))
    return bytes(made.to_ical(sorted=True))


def _event(due: Due, shown: Shown, desk: Desk, base: str, texts: Any) -> Event:
    tongue = Tongue(shown.board.names, issues_of(shown.conflict))
    said, recorded = due_words(due, tongue), _recorded(desk, shown, due)
    url = base + address("conflicts", shown.conflict.id, "entries", due.id)
    first, last = _ends(due)

    def quote(cited: Cited) -> str:
        text: str = texts[cited.report][cited.start : cited.end]
        return text

    lines = [
        said.words,
        origins_words(due.cited),
        *(source_words(each, quote, {}) for each in leading(due.cited, _SENTENCES)),
    ]
    lines += [f"What became of it: {source_words(each, quote, {})}" for each in leading(due.settled_by, _SENTENCES)]
    return Event.new(
        uid=f"{shown.conflict.id}-{due.id}@dragoman", stamp=recorded, last_modified=recorded, start=first,
        end=last + timedelta(days=1), summary=shorten(clean(said.title), 200), location=clean(due.place.name) if due.place else None,
        status=_STATUS.get(due.outcome, STATUS.TENTATIVE), transparency=TRANSP.TRANSPARENT, categories=[clean(due.kind)],
        description="\n".join(filter(None, lines)), url=url,
    )  # fmt: skip


def _ends(due: Due) -> tuple[date, date]:
    """Return the first and the last day of what is due; one that is open has one day."""
    days = [day for day in (due.window.earliest, due.window.latest) if day is not None]
    return days[0], min(days[-1], date.max - timedelta(days=1))


def _recorded(desk: Desk, shown: Shown, due: Due) -> datetime:
    """Return when the last report that tells of it, or of what became of it, was recorded, to the second."""
    reports = desk.picture(shown.conflict.id).reports
    found = (reports[each.report].kept.recorded for each in (*due.cited, *due.settled_by) if each.report in reports)
    return max(found, default=NEVER).astimezone(UTC).replace(microsecond=0)
