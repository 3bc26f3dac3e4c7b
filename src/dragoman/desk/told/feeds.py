"""A conflict as feeds: what changed day by day (Atom, JSON Feed), and what is planned (iCalendar). Same record, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec

from dragoman.board.types import Cited, Due
from dragoman.desk.asked import address
from dragoman.desk.kept import Desk, Shown
from dragoman.desk.paper import templates
from dragoman.desk.told.news import Day, counts, news
from dragoman.export.agenda import Agenda, Appointment, days_shown, ical_of
from dragoman.export.brief import fit
from dragoman.export.days import NEVER, day_words
from dragoman.export.feed import Feed, Item, atom_of
from dragoman.export.ledger_page import leading, origins_words, source_words
from dragoman.export.ledger_since import Change
from dragoman.export.ledger_words import Tongue, due_words
from dragoman.ledger.stamps import name_of
from dragoman.views.naming import issues_of

_SHOWN = 100  # changes of a day
_KEPT = 4  # addresses for which a calendar is kept
_SENTENCES = 3  # of an entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One change of a day: how, of what kind, in words, the facts that are others, where its page is, its first sentences."""

    how: str
    kind: str
    words: str
    facts: tuple[str, ...]
    url: str
    sources: tuple[str, ...]


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
        id=identity, url=url, title=fit(f"{name}, {day_words(day.day)}: {counts(day)}"), html=fit(html),
        text=fit("\n".join(_text(lines, left))), published=datetime.combine(day.day, time(), UTC), updated=day.updated,
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


# -- as they are sent


def atom(desk: Desk, conflict: str, base: str) -> bytes:
    """Return the changes of a conflict as an Atom feed."""
    one = desk.conflict(conflict)
    own = base + address("feeds", f"{one.id}.atom")
    feed = Feed(
        id=own, title=_title(one.name), items=tuple(items(desk, conflict, base)),
        page=base + address("conflicts", one.id), own=own,
    )  # fmt: skip
    return atom_of(feed)


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
    return fit(f"{name}: what changed")


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
    due = [
        (each, days) for each in shown.board.calendar if (days := days_shown(each.window.earliest, each.window.latest))
    ]
    texts = desk.boards.texts({cited.report for each, _ in due for cited in (*each.cited, *each.settled_by)})
    agenda = Agenda(
        uid=f"{shown.conflict.id}@dragoman", name=f"{shown.conflict.name}: what is planned",
        changed=max((_recorded(desk, shown, each) for each, _ in due), default=NEVER),
        url=base + address("conflicts", shown.conflict.id), refresh=timedelta(hours=1),
    )  # fmt: skip
    asked = _Asked(desk=desk, base=base, texts=texts)
    return ical_of(agenda, (_appointment(each, days, shown, asked) for each, days in due))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a calendar is made with: the desk, the address that it was asked by, the texts of the reports."""

    desk: Desk
    base: str
    texts: Mapping[str, str]

    def quote(self, cited: Cited) -> str:
        return self.texts[cited.report][cited.start : cited.end]


def _appointment(due: Due, days: tuple[date, date], shown: Shown, asked: _Asked) -> Appointment:
    said = due_words(due, Tongue(shown.board.names, issues_of(shown.conflict)))
    lines = [
        said.words,
        origins_words(due.cited),
        *(source_words(each, asked.quote, {}) for each in leading(due.cited, _SENTENCES)),
    ]
    settled = leading(due.settled_by, _SENTENCES)
    lines += [f"What became of it: {source_words(each, asked.quote, {})}" for each in settled]
    return Appointment(
        uid=f"{shown.conflict.id}-{due.id}@dragoman", title=said.title, first=days[0], last=days[1], kind=due.kind,
        lines=tuple(lines), recorded=_recorded(asked.desk, shown, due), outcome=due.outcome,
        place=due.place.name if due.place else None,
        url=asked.base + address("conflicts", shown.conflict.id, "entries", due.id),
    )  # fmt: skip


def _recorded(desk: Desk, shown: Shown, due: Due) -> datetime:
    """Return when the last report that tells of it, or of what became of it, was recorded, to the second."""
    reports = desk.picture(shown.conflict.id).reports
    found = (reports[each.report].kept.recorded for each in (*due.cited, *due.settled_by) if each.report in reports)
    return max(found, default=NEVER).astimezone(UTC).replace(microsecond=0)
