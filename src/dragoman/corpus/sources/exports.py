"""Exports of news databases as text: many documents in one file, each with lines at its head that say what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from dragoman.corpus.sources.fields import options_of
from dragoman.corpus.sources.lines import enterable, lines_of
from dragoman.corpus.sources.source import Record, Source, longest
from dragoman.corpus.types import Taking
from dragoman.errors import IntakeError
from dragoman.reading.formats import Draft
from dragoman.reading.intake import Taken, taken, too_long
from dragoman.reading.plain import decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What parts the documents of a file: ``begins`` a line without which none begins, ``ends`` a line after which one is over.

    ``last``: the line that ends a document belongs to it. ``known``: a line that every document has; what has none at the end
    of a file (a summary of the search) is no document.
    """

    begins: re.Pattern[bytes] | None
    ends: re.Pattern[bytes]
    known: re.Pattern[bytes]
    last: bool = False


class Export(Source):
    """A file of documents. A record is a document, counted from 0; its place is its number from 1."""

    def __init__(self, path: str, taking: Taking, marks: Marks, draft: Callable[[str, str], Draft]) -> None:
        self.enterable = enterable(path)
        self._path, self._marks, self._draft = path, marks, draft
        self._options = options_of(taking)
        self._longest = longest(taking.max_chars)

    def records(self, first: int, offset: int | None) -> Iterator[Record]:
        """Yield the documents from the one that is asked for."""
        found = self._documents(offset or 0)
        for number, (start, held) in enumerate(islice(found, 0 if offset is not None else first, None), first):
            yield Record(number, start, held)

    def take(self, number: int, record: bytes | str | None) -> Taken | None:
        """Return the report of a document."""
        where = f"{self._path}:{number + 1}"
        if isinstance(record, str):
            return IntakeError(where=where, found=record, remedy="get the file again, or end the document")
        if record is None:
            return too_long(where, self._options)
        return taken(lambda: self._draft(decode(record, where).replace("\r\n", "\n"), where), self._options)

    def _documents(self, offset: int) -> Iterator[tuple[int, bytes | str | None]]:
        """Yield where each document begins, and its bytes, None where they are too many, or in words what else is wrong with it."""
        marks = self._marks
        kept: list[bytes] = []
        size, start, inside = 0, offset, marks.begins is None
        for line in lines_of(self._path, self._longest, offset):
            begins = marks.begins is not None and marks.begins.match(line.data)
            ends = marks.ends.match(line.data)
            if begins or ends:
                if ends and marks.last:
                    kept.append(line.data)
                if inside and any(map(bytes.strip, kept)):
                    yield start, b"".join(kept) if size <= self._longest else None
                kept, size, inside = [], 0, bool(begins) or marks.begins is None
                start = line.start if begins else line.start + line.size
            elif inside:
                size += line.size
                if size <= self._longest:
                    kept.append(line.data)
        if inside and marks.begins is not None:
            yield start, b"".join(kept) if size <= self._longest else None
        elif inside and any(map(marks.known.match, kept)):
            yield start, "the file ends before the document does"


def no_head(where: str, missing: str, remedy: str) -> IntakeError:
    """Return the error for a document whose head cannot be read."""
    return IntakeError(where=where, found=f"the document has {missing}", remedy=remedy)
