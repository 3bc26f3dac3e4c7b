"""CSV and TSV: a record a row, with a head that names the columns; which delimiter and quoting, is found from the beginning."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from dragoman.corpus.sources.fields import layout_of, options_of, require_columns, said
from dragoman.corpus.sources.lines import Line, enterable, lines_of, split
from dragoman.corpus.sources.source import Record, Source
from dragoman.corpus.types import Taking
from dragoman.errors import IntakeError
from dragoman.reading.formats import Draft
from dragoman.reading.intake import Taken, taken, too_long
from dragoman.reading.plain import binary_kind, decode, not_text

_HEAD = 1 << 18
_SAMPLE = 100
_BYTES_PER_CHAR = 8  # of the text, and so much again for the other columns
_DELIMITERS = (",", "\t", ";", "|")
_MEND = (
    "mend the row: text with the delimiter, quotes or line ends in it stands in double quotes, quotes in it are doubled"
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a table is written: what parts its columns, and whether double quotes keep a cell together."""

    delimiter: str
    quoted: bool = True

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Return the rows of lines; csv.Error at the first that is not written like this."""
        csv.field_size_limit(min(sys.maxsize, 1 << 31 - 1))  # what is read is bounded before it comes here
        if self.quoted:
            return csv.reader(lines, delimiter=self.delimiter, strict=True)
        return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE, strict=True)


class Table(Source):
    """A file of rows. A record is a row below the head, counted from 0; its place is the row as a spreadsheet counts it, from 2."""

    def __init__(self, path: str, taking: Taking) -> None:
        self.enterable = enterable(path)
        self._path, self._options = path, options_of(taking)
        self._longest = taking.max_chars * _BYTES_PER_CHAR + _HEAD
        self._manner, sample = _sniffed(path)
        self.names = [cell.strip() for cell in sample[0]]
        layout = layout_of(self.names, taking)
        require_columns(self.names, layout.columns, path)
        place = self.names.index(layout.columns.published) if layout.columns.published else None
        days = [row[place] for row in sample[1:] if len(row) > place] if place is not None else []
        self._layout = layout_of(self.names, taking, days)
        self._cells = [(name, self.names.index(name)) for _, name in self._layout.fields()]
        self.guesses = said(path, self._layout.columns, taking.columns)

    def records(self, first: int, offset: int | None) -> Iterator[Record]:
        """Yield the rows from the one that is asked for; a row that is not well written is one by itself."""
        rows = _rows(lines_of(self._path, self._longest, offset or 0), self._manner, len(self.names), self._longest)
        for number, (start, row) in enumerate(islice(rows, 0 if offset is not None else first + 1, None), first):
            yield Record(number, start, row)

    def take(self, number: int, record: list[str] | str | None) -> Taken | None:
        """Return the report of a row."""
        where = f"{self._path}:{number + 2}"
        if record is None:
            return too_long(where, self._options)
        if isinstance(record, str):
            return IntakeError(where=where, found=record, remedy=_MEND)
        return taken(lambda: self._draft(record, where), self._options) if record else None

    def _draft(self, row: list[str], where: str) -> Draft:
        cells = {name: decode(row[place].encode("latin-1"), where) for name, place in self._cells}
        return self._layout.draft(cells, where)


def _rows(lines: Iterable[Line], manner: Manner, width: int, most: int) -> Iterator[tuple[int, list[str] | str | None]]:
    """Yield the rows: cells as Latin-1, '[]' for an empty line, what is wrong in words, or None for one that is too long.

    After a row that is wrong, the reading begins anew at the line after its first: a quote that is never closed costs no more.
    """
    feed = _Feed(iter(lines), most)
    rows = manner.reader(feed)
    while True:
        feed.begin()
        try:
            row: list[str] | str | None = next(rows)
        except StopIteration:
            return
        except _TooLongError:
            row = None
        except csv.Error as mistake:
            row = _fault(str(mistake))
        if isinstance(row, list) and row and (wrong := _wrong(row, width)):
            row = wrong
        yield feed.start, row
        if not isinstance(row, list):
            feed.back()
            rows = manner.reader(feed)


def _wrong(row: list[str], width: int) -> str | None:
    if len(row) != width:
        return f"the row has {len(row)} columns, the head {width}"
    return "there is a NUL in the row" if any("\0" in cell for cell in row) else None


def _fault(mistake: str) -> str:
    quote = "unexpected end" in mistake or "expected after" in mistake
    return "a quote is not closed, or its cell goes on after it" if quote else mistake


class _TooLongError(Exception):
    """A row that is longer than a report may be."""


class _Feed:
    """Lines as the csv module takes them, with the way back to the line after the first of a row."""

    def __init__(self, lines: Iterator[Line], most: int) -> None:
        self._lines, self._most = lines, most
        self._given: list[Line] = []
        self._again: list[Line] = []
        self._size = 0
        self.start = 0

    def begin(self) -> None:
        """A row begins."""
        self._given, self._size = [], 0

    def back(self) -> None:
        """Give all lines of this row but its first again."""
        self._again += self._given[:0:-1]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        if not self._given:
            self.start = line.start
        self._given.append(line)
        self._size += line.size
        if self._size > self._most:
            raise _TooLongError
        data = line.data
        if line.start == 0 and data.startswith(b"\xef\xbb\xbf"):
            data = data[3:]
        return data.decode("latin-1")


def _sniffed(path: str) -> tuple[Manner, list[list[str]]]:
    """Return the manner in which most rows of the beginning have as many columns as the head, and those rows."""
    data = head_in_utf8(path)
    if not data.strip():
        raise IntakeError(where=path, found="the file is empty", remedy="give a table with a head")
    if kind := binary_kind(data[:8]):
        raise not_text(path, kind)
    if b"\r" in data and b"\n" not in data:
        raise IntakeError(where=path, found="its lines end in carriage returns alone", remedy="save it with line feeds")
    manners = [Manner(each) for each in _DELIMITERS] + [Manner("\t", quoted=False)]
    tried = [(manner, _tried(data, manner)) for manner in manners]
    return max(tried, key=lambda pair: (min(len(pair[1][0]), 2), len(pair[1]), len(pair[1][0])))


def _tried(data: bytes, manner: Manner) -> list[list[str]]:
    lines = list(split([data], _HEAD))
    whole = lines if len(data) < _HEAD else lines[:-1] or lines
    names = next(iter(_head(whole, manner)), [""])
    rows = islice(_rows(whole, manner, len(names), _HEAD), 1, _SAMPLE)
    return [names, *(row for _, row in rows if isinstance(row, list) and row)]


def _head(lines: list[Line], manner: Manner) -> Iterator[list[str]]:
    try:
        for row in manner.reader(_Feed(iter(lines), _HEAD)):
            yield [decode(cell.encode("latin-1"), "head") for cell in row]
    except (csv.Error, _TooLongError, IntakeError):
        return


def head_in_utf8(path: str) -> bytes:
    """Return the beginning of a file, in UTF-8 where it is in UTF-16."""
    found, size = [], 0
    try:
        for line in lines_of(path, _HEAD):
            found.append(line.data)
            size += line.size
            if size >= _HEAD:
                break
    except IntakeError:
        if not found:
            raise
    return b"".join(found)
