"""WARC files: a record is an archived answer; those that are pages are reports."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from dragoman.corpus.sources.fields import options_of
from dragoman.corpus.sources.source import Record, Source, longest
from dragoman.corpus.sources.unpacked import outside, packing, raw
from dragoman.corpus.types import Taking
from dragoman.errors import IntakeError, install
from dragoman.reading.formats import Draft, draft_of_page, in_utc
from dragoman.reading.intake import Taken, taken, too_long
from dragoman.reading.plain import decode

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_GZIP = 31
_FIRST = 1 << 20  # bytes of a gzip file in which its first record has ended, where each is packed by itself
_MAGIC = b"\x1f\x8b"
_OK = 200


class Archive(Source):
    """A WARC file. A record is a response, counted from 0; those that are no pages, or not of status 200, are passed over.

    The address and the instant of the capture are the archive's; the day of publication is the page's or unknown.
    """

    def __init__(self, path: str, taking: Taking) -> None:
        self._path, self._options = path, options_of(taking)
        self._longest = longest(taking.max_chars)
        self._iterator, self._responses = _library(path)
        with raw(path) as file:
            beginning = file.read(_FIRST)
        packed = packing(path) is not None or beginning.startswith(_MAGIC)
        self.enterable = outside(path)[1] is None and (not packed or _is_packed_by_record(beginning))

    def records(self, first: int, offset: int | None) -> Iterator[Record]:
        """Yield the responses from the one that is asked for."""
        with raw(self._path) as file:
            file.seek(offset or 0)
            found = self._iterator(file, record_types=self._responses, parse_http=False)
            try:
                for number, record in enumerate(islice(found, 0 if offset is not None else first, None), first):
                    yield Record(number, record.stream_pos, record)
            except (OSError, ValueError) as mistake:
                what = f"the archive is damaged ({mistake})"
                remedy = "what comes before is read; get the file again for the rest"
                raise IntakeError(where=self._path, found=what, remedy=remedy) from mistake

    def take(self, number: int, record: Any) -> Taken | None:
        """Return the report on an archived page."""
        where = f"{self._path}:{number + 1}"
        try:
            if not record.is_http_parsed:
                record.parse_http(auto_decode="all")
            headers = record.http_headers
            if headers is None or headers.status_code is None:
                return _cut_off(where)
            if headers.status_code != _OK or record.http_content_type not in _PAGES:
                return None
            size, page = record.content_length, record.reader.read(self._longest + 1)
        except (OSError, ValueError) as mistake:
            found = f"the record cannot be unpacked ({mistake})"
            return IntakeError(where=where, found=found, remedy="get the file again")
        if len(page) > self._longest:
            return too_long(where, self._options)
        encoded = headers.get("Content-Encoding") or headers.get("Transfer-Encoding")
        if not encoded and len(page) < size:
            return _cut_off(where)
        return taken(lambda: _draft(page, record, where), self._options)


def _draft(page: bytes, record: Any, where: str) -> Draft:
    captured = record.record_date
    draft = draft_of_page(decode(_in_utf8(page, record.http_charset), where), where)
    address = record.headers.get("WARC-Target-URI")
    return replace(
        draft,
        url=address.strip("<> ") if address else draft.url,
        published=_before(draft.published, captured.date() if captured else None),
        fetched=in_utc(captured) if captured else None,
    )


def _before(published: date | None, captured: date | None) -> date | None:
    """Return the day that a page states, unless that is after it was captured: then it is some other day on the page."""
    return None if published and captured and (published - captured).days > 1 else published


def _in_utf8(page: bytes, charset: str | None) -> bytes:
    """Return a page in UTF-8 where it is in the charset that its host states."""
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return page.decode(charset).encode() if charset else page
        except (LookupError, UnicodeDecodeError):
            return page
    return page


def _cut_off(where: str) -> IntakeError:
    return IntakeError(where=where, found="the record is cut off", remedy="get the file again")


def _is_packed_by_record(beginning: bytes) -> bool:
    """Return whether the first member of a gzip file ends and another begins: then a record may be entered at its byte."""
    own = zlib.decompressobj(_GZIP)
    try:
        data = beginning
        while data and not own.eof:
            own.decompress(data, _FIRST)
            data = own.unconsumed_tail
    except zlib.error:
        return False
    return own.eof and own.unused_data.startswith(_MAGIC)


def _library(path: str) -> tuple[Any, Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as mistake:
        remedy = install("corpus")
        raise IntakeError(where=path, found="fastwarc is not installed", remedy=remedy) from mistake
    return ArchiveIterator, WarcRecordType.response
