"""JSON lines: a record a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import msgspec

from dragoman.corpus.sources.fields import Layout, layout_of, options_of
from dragoman.corpus.sources.lines import Line, enterable, lines_of
from dragoman.corpus.sources.source import Record, Source, longest
from dragoman.corpus.types import Columns, Taking
from dragoman.errors import NO_JSON
from dragoman.reading.formats import Draft, draft_of_record
from dragoman.reading.intake import Taken, taken, too_long
from dragoman.reading.plain import decode


class Rows(Source):
    """A file of JSON lines. A record is a line, counted from 0; an empty one is no report and no mistake."""

    def __init__(self, path: str, taking: Taking) -> None:
        self.enterable = enterable(path)
        self._path = path
        self._options = options_of(taking)
        self._longest = longest(taking.max_chars)
        self._layout = layout_of((), taking) if taking.columns != Columns() else None

    def records(self, first: int, offset: int | None) -> Iterator[Record]:
        """Yield the lines from the one that is asked for."""
        lines = lines_of(self._path, self._longest, offset or 0)
        for number, line in enumerate(islice(lines, 0 if offset is not None else first, None), first):
            yield Record(number, line.start, line)

    def take(self, number: int, record: Line) -> Taken | None:
        """Return the report of a line."""
        where = f"{self._path}:{number + 1}"
        if record.size > self._longest:
            return too_long(where, self._options)
        if not record.data.strip():
            return None
        return taken(lambda: draft_of(record.data, where, self._layout), self._options)


def draft_of(data: bytes, where: str, layout: Layout | None) -> Draft:
    """Return the draft of a JSON object, by its own keys where the user has not said which hold what."""
    text = decode(data, where).strip().encode()
    return draft_of_record(text, where) if layout is None else draft_of_columns(text, where, layout)


def draft_of_columns(data: bytes, where: str, layout: Layout) -> Draft:
    """Return the draft of a JSON object of which the user has said which key holds what."""
    try:
        record = msgspec.json.decode(data)
    except NO_JSON:
        record = None
    if isinstance(record, dict):
        return layout.draft(record, where)
    return draft_of_record(data, where)  # which says what is wrong with it
