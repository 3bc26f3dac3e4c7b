"""Atom: the newest events and records, each with its sentences. No clock: an item was updated on the day of its newest report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import BinaryIO

from dragoman.export.content import Content, Entry, Event
from dragoman.export.feed import Feed, Item, atom_of
from dragoman.export.formats.wording import (
    entry_ids,
    entry_words,
    event_words,
    quoted,
    told_from,
    told_until,
    urn,
    web_address,
)
from dragoman.model import Report, content_id

NEWEST = 200
_SENTENCES = 3

Told = tuple[Report, str]


def write(content: Content, file: BinaryIO) -> None:
    """Write the feed: items by the day of their newest report, the newest first, those of a day in the content's order."""
    told: list[Event | Entry] = [*content.events, *content.entries]
    newest = sorted(told, key=lambda each: told_until(_reports(each)), reverse=True)[:NEWEST]
    items = tuple(_of(each, content) for each in newest)
    file.write(atom_of(Feed(id=_feed_id(content), title="Dragoman: the newest events and records", items=items)))


def _feed_id(content: Content) -> str:
    """Return a name that a conflict's feed keeps as reports come in; that of a corpus is made from its reports."""
    conflicts = sorted({entry.conflict for entry in content.entries if entry.conflict})
    return urn("feed", content_id(*(conflicts or sorted(coded.report.id for coded in content.reports))))


def _reports(told: Event | Entry) -> Iterator[Report]:
    if isinstance(told, Event):
        return (each.coded.report for each in told.tellings)
    return (each.report for each in told.sentences)


def _of(told: Event | Entry, content: Content) -> Item:
    if isinstance(told, Event):
        sentences = [(each.coded.report, each.claim.evidence.text) for each in told.tellings]
        return _item(urn("event", told.id), event_words(told, content.names), sentences)
    sentences = [(each.report, each.text) for each in told.sentences]
    return _item(urn("record", told.kind, *entry_ids(told)), entry_words(told, content.names), sentences)


def _item(identity: str, words: str, told: list[Told]) -> Item:
    reports = [report for report, _ in told]
    lines = [quoted(report, sentence) for report, sentence in told[:_SENTENCES]]
    return Item(
        id=identity, url=next((url for report in reports if (url := web_address(report))), None), title=words,
        html=_html(words, lines), text="\n".join((words, *lines)), published=told_from(reports),
        updated=told_until(reports),
    )  # fmt: skip


def _html(words: str, lines: Iterable[str]) -> str:
    """Return the words and sentences as paragraphs; what a report says is text in them, never markup."""
    return "".join((f"<p>{escape(words)}</p>", *(f"<blockquote>{escape(line)}</blockquote>" for line in lines)))
