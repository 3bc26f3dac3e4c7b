"""A JSON list of reports: a record an entry, found without reading the list whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from dragoman.corpus.sources.fields import layout_of, options_of
from dragoman.corpus.sources.lines import enterable, pieces_in_utf8
from dragoman.corpus.sources.rows import draft_of
from dragoman.corpus.sources.source import Record, Source, longest
from dragoman.corpus.types import Columns, Taking
from dragoman.errors import IntakeError
from dragoman.reading.intake import Taken, taken, too_long

_OUTSIDE = re.compile(rb'["{}\[\],]')
_INSIDE = re.compile(rb'["\\]')
_OPENING, _CLOSING = b"{[", b"}]"


class Entry(NamedTuple):
    """An entry of a list: the byte at which it begins, what it is, and its length in bytes; of one that is too long, its beginning."""

    start: int
    data: bytes
    size: int


class Listed(Source):
    """A file that is a JSON list. A record is an entry, counted from 0; its place is its number from 1."""

    def __init__(self, path: str, taking: Taking) -> None:
        self.enterable = enterable(path)
        self._path, self._options = path, options_of(taking)
        self._longest = longest(taking.max_chars)
        self._layout = layout_of((), taking) if taking.columns != Columns() else None

    def records(self, first: int, offset: int | None) -> Iterator[Record]:
        """Yield the entries from the one that is asked for."""
        entries = _Entries(self._path, self._longest, offset).of(pieces_in_utf8(self._path, offset or 0))
        for number, entry in enumerate(islice(entries, 0 if offset is not None else first, None), first):
            yield Record(number, entry.start, entry)

    def take(self, number: int, record: Entry) -> Taken | None:
        """Return the report of an entry."""
        where = f"{self._path}:{number + 1}"
        if record.size > self._longest:
            return too_long(where, self._options)
        return taken(lambda: draft_of(record.data, where, self._layout), self._options)


class _Entries:
    """The entries of a list as its bytes come in. ``depth`` counts the brackets that are open, the list's own among them."""

    def __init__(self, path: str, longest: int, offset: int | None) -> None:
        self._path, self._longest = path, longest
        self._depth = 0 if offset is None else 1
        self._place = offset or 0
        self._quoted = self._escaped = self._ended = False
        self._kept, self._size, self._start = list[bytes](), 0, offset or 0

    def of(self, pieces: Iterable[bytes]) -> Iterator[Entry]:
        """Yield the entries; IntakeError where the list is not closed, or something comes after it."""
        for piece in pieces:
            yield from self._in_piece(piece)
            self._place += len(piece)
        if not self._ended:
            raise IntakeError(where=self._path, found="the list is cut off", remedy="get the file again")

    def _in_piece(self, piece: bytes) -> Iterator[Entry]:
        at = begin = 0
        if self._escaped:
            at, self._escaped = 1, False
        while at < len(piece):
            match = (_INSIDE if self._quoted else _OUTSIDE).search(piece, at)
            if match is None:
                break
            at = match.end()
            if self._quoted:
                self._quote(match.group())
                at += self._escaped
                self._escaped = self._escaped and at > len(piece)
            elif self._mark(match.group()):
                self._keep(piece[begin : at - 1])
                if entry := self._entry():
                    yield entry
                begin, self._start = at, self._place + at
        self._keep(piece[begin:])

    def _quote(self, mark: bytes) -> None:
        self._quoted, self._escaped = mark == b"\\", mark == b"\\"

    def _mark(self, mark: bytes) -> bool:
        """Take in a bracket, comma or quote outside of text; return whether it begins or ends an entry."""
        if mark == b'"':
            self._quoted = True
            return False
        before = self._depth
        self._depth += (mark in _OPENING) - (mark in _CLOSING)
        self._ended = self._ended or self._depth == 0
        return before == 0 or self._depth == 0 or (before == 1 and mark == b",")

    def _keep(self, data: bytes) -> None:
        if self._size <= self._longest:
            self._kept.append(data)
        self._size += len(data)

    def _entry(self) -> Entry | None:
        """Return what is kept as an entry, where it is one, and begin anew."""
        data = b"".join(self._kept)
        entry = Entry(self._start, data[: self._longest], self._size)
        self._kept, self._size = [], 0
        return entry if data.strip(b"\xef\xbb\xbf \t\r\n") else None
