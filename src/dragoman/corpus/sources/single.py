"""Files that hold one report: a text, a page, a JSON object."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.corpus.sources.fields import layout_of, options_of
from dragoman.corpus.sources.rows import draft_of_columns
from dragoman.corpus.sources.source import Record, Source, longest
from dragoman.corpus.sources.unpacked import pieces
from dragoman.corpus.types import Columns, Taking
from dragoman.errors import IntakeError
from dragoman.reading.formats import Draft, draft_of_page, draft_of_record
from dragoman.reading.intake import Taken, taken, too_long
from dragoman.reading.plain import decode


class Single(Source):
    """A file that is one report, of which ``draft`` makes the draft from text and place; its place is the file."""

    def __init__(self, path: str, taking: Taking, draft: Callable[[str, str], Draft]) -> None:
        self._path, self._draft = path, draft
        self._options = options_of(taking)
        self._longest = longest(taking.max_chars)

    def records(self, first: int, offset: int | None) -> Iterator[Record]:
        """Yield the file, unread: None where another record than its first is asked for."""
        if first == 0:
            yield Record(0, 0, None)

    def take(self, number: int, record: None) -> Taken | None:
        """Return the report of the file."""
        return taken(self._whole, self._options)

    def _whole(self) -> Draft:
        found, size = list[bytes](), 0
        for piece in pieces(self._path):
            found.append(piece)
            size += len(piece)
            if size > self._longest:
                raise too_long(self._path, self._options)
        text = decode(b"".join(found), self._path)
        if not text.strip("\ufeff \t\r\n"):
            raise IntakeError(where=self._path, found="the file is empty", remedy="give a report with text")
        return self._draft(text, self._path)


def text_file(path: str, taking: Taking) -> Single:
    """Return a file of plain text, its headline still in it."""
    return Single(path, taking, lambda text, where: Draft(where=where, text=text, titled=False))


def page_file(path: str, taking: Taking) -> Single:
    """Return a file that is the page of a report."""
    return Single(path, taking, draft_of_page)


def object_file(path: str, taking: Taking) -> Single:
    """Return a file that is one JSON object."""
    layout = layout_of((), taking) if taking.columns != Columns() else None
    if layout is None:
        return Single(path, taking, lambda text, where: draft_of_record(text.encode(), where))
    return Single(path, taking, lambda text, where: draft_of_columns(text.encode(), where, layout))
