"""Saved feeds: RSS, Atom and JSON Feed; a record is an item, read as the feed has it, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from dragoman.corpus.sources.days import day_of
from dragoman.corpus.sources.fields import options_of
from dragoman.corpus.sources.source import Record, Source
from dragoman.corpus.sources.unpacked import pieces
from dragoman.corpus.types import Taking
from dragoman.errors import NO_JSON, IntakeError
from dragoman.feeds.fetch import Answer
from dragoman.feeds.items import feed_of, text_of
from dragoman.reading.formats import Draft
from dragoman.reading.intake import Taken, taken

_MOST = 32 << 20
_NEVER = datetime(2200, 1, 1, tzinfo=UTC)  # no clock: what a feed says of its days is believed


class Saved(Source):
    """A file that is a feed. A record is an item, counted from 0; its place is its number from 1."""

    def __init__(self, path: str, taking: Taking) -> None:
        self._path, self._options = path, options_of(taking)
        data = _whole(path)
        self._drafts = (
            _json_items(data, path) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _items(data, path)
        )

    def records(self, first: int, offset: int | None) -> Iterator[Record]:
        """Yield the items from the one that is asked for."""
        for number in range(first, len(self._drafts)):
            yield Record(number, 0, self._drafts[number])

    def take(self, number: int, record: Draft) -> Taken | None:
        """Return the report of an item."""
        return taken(lambda: record, self._options)


def _whole(path: str) -> bytes:
    found, size = list[bytes](), 0
    for piece in pieces(path):
        found.append(piece)
        size += len(piece)
        if size > _MOST:
            what = f"the feed has more than {_MOST >> 20} MB"
            raise IntakeError(where=path, found=what, remedy="save it in parts")
    return b"".join(found)


def _items(data: bytes, path: str) -> list[Draft]:
    answer = Answer(url=path, status=200, headers={}, body=data)
    try:
        title, items = feed_of(answer, _NEVER)
    except IntakeError as mistake:
        raise IntakeError(
            where=path, found=mistake.found, remedy="give an RSS or Atom feed, or leave it out"
        ) from mistake
    return [
        Draft(
            where=f"{path}:{number}",
            text=item.text,
            headline=item.title,
            outlet=title,
            url=item.link,
            published=item.published,
        )
        for number, item in enumerate(items, 1)
    ]


def _json_items(data: bytes, path: str) -> list[Draft]:
    try:
        feed = msgspec.json.decode(data)
        items = [item for item in feed["items"] if isinstance(item, dict)]
    except (*NO_JSON, KeyError, TypeError) as mistake:
        raise IntakeError(where=path, found="this is no JSON Feed", remedy="give a feed with items") from mistake
    return [_json_item(item, _text(feed.get("title")), f"{path}:{number}") for number, item in enumerate(items, 1)]


def _json_item(item: dict[str, Any], outlet: str | None, where: str) -> Draft:
    text = _text(item.get("content_text")) or text_of(
        _text(item.get("content_html")) or _text(item.get("summary")) or ""
    )
    day = _text(item.get("date_published"))
    return Draft(
        where=where,
        text=text,
        headline=_text(item.get("title")),
        outlet=outlet,
        url=_text(item.get("url")) or _text(item.get("external_url")),
        published=day_of(day) if day else None,
    )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
