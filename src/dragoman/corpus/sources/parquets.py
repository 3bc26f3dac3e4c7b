"""Parquet: a record a row; only the columns that are needed are read, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dragoman.corpus.sources.fields import Layout, layout_of, options_of, require_columns, said
from dragoman.corpus.sources.source import Record, Source
from dragoman.corpus.sources.unpacked import raw
from dragoman.corpus.types import Taking
from dragoman.errors import IntakeError, install
from dragoman.reading.intake import Taken, taken

_BATCH = 64
_BUFFER = 1 << 20


class Parquet(Source):
    """A Parquet file. A record is a row, counted from 0; its place is its number from 1.

    Of a group of rows that is damaged the rows before the damage are read, and the groups after it.
    """

    enterable = False

    def __init__(self, path: str, taking: Taking) -> None:
        self._path, self._options = path, options_of(taking)
        with self._opened() as file:
            schema = file.schema_arrow
            groups = [file.metadata.row_group(each) for each in range(file.metadata.num_row_groups)]
            self._groups = [(each.num_rows, each.total_byte_size) for each in groups]
            columns = layout_of(schema.names, taking).columns
            require_columns(schema.names, columns, path)
            self._kinds = _kinds(schema)
            _require_kinds(columns.text, columns.published, self._kinds, path)
            days = self._days(file, columns.published) if groups else []
        self._layout: Layout = layout_of(schema.names, taking, days)
        self._needed = [name for _, name in self._layout.fields()]
        self.guesses = said(path, self._layout.columns, taking.columns)

    def starts(self) -> Iterator[int]:
        """Yield for each row about how many bytes stand before it: the rows are counted, not read."""
        begin = 0
        for rows, size in self._groups:
            yield from (begin + size * row // rows for row in range(rows))
            begin += size

    def records(self, first: int, offset: int | None) -> Iterator[Record]:
        """Yield the rows from the one that is asked for."""
        begin = 0
        with self._opened() as file:
            for group, (rows, _) in enumerate(self._groups):
                if first < begin + rows:
                    yield from self._rows(file, group, begin, max(first - begin, 0))
                begin += rows

    def take(self, number: int, record: Any) -> Taken | None:
        """Return the report of a row."""
        if isinstance(record, IntakeError):
            return record
        where = f"{self._path}:{number + 1}"
        return taken(lambda: self._layout.draft(record, where), self._options)

    def _rows(self, file: Any, group: int, begin: int, skip: int) -> Iterator[Record]:
        """Yield the rows of a group that come after so many; where they break, an IntakeError as the last."""
        pyarrow, _ = _library(self._path)
        number = 0
        try:
            for batch in file.iter_batches(_BATCH, row_groups=[group], columns=self._needed, use_threads=False):
                if number + batch.num_rows > skip:
                    for row in self._values(batch):
                        if number >= skip:
                            yield Record(begin + number, 0, row)
                        number += 1
                else:
                    number += batch.num_rows
        except (pyarrow.ArrowException, OSError) as mistake:
            where = f"{self._path}:{begin + max(number, skip) + 1}"
            yield Record(begin + max(number, skip), 0, _damaged(where, mistake, "the other groups of rows are read"))

    def _values(self, batch: Any) -> list[dict[str, object]]:
        day = self._layout.columns.published
        if day and self._kinds[day] == "time":
            batch = batch.set_column(batch.schema.get_field_index(day), day, _as_days(batch.column(day)))
        return list(batch.to_pylist())

    def _days(self, file: Any, column: str | None) -> list[str]:
        """Return the first days of a column of text, which may show their order."""
        if column is None or self._kinds[column] != "text":
            return []
        batch = next(file.iter_batches(_BATCH, columns=[column], use_threads=False), None)
        return [str(day) for day in batch.column(0).to_pylist()] if batch is not None else []

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        pyarrow, parquet = _library(self._path)
        with raw(self._path) as file:
            try:
                opened = parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
            except (pyarrow.ArrowException, OSError) as mistake:
                raise _damaged(self._path, mistake, "get the file again") from mistake
            yield opened


def _kinds(schema: Any) -> dict[str, str]:
    """Return of each column whether it holds text, times, days, or something else, whose type is given back."""
    from pyarrow import types

    found = {}
    for field in schema:
        kind = field.type.value_type if types.is_dictionary(field.type) else field.type
        text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
        time = types.is_timestamp(kind)
        found[field.name] = "text" if text else "time" if time else "day" if types.is_date(kind) else str(kind)
    return found


def _require_kinds(text: str | None, published: str | None, kinds: dict[str, str], path: str) -> None:
    if text is not None and kinds[text] != "text":
        found = f"the column {text!r} holds no text but {kinds[text]}"
        raise IntakeError(where=path, found=found, remedy="say which column holds the text: text=NAME")
    if published is not None and kinds[published] not in ("text", "time", "day"):
        found = f"the column {published!r} holds no days but {kinds[published]}"
        raise IntakeError(where=path, found=found, remedy="say which column holds the day: published=NAME")


def _as_days(column: Any) -> Any:
    """Return instants as the days that they are where they were written."""
    import pyarrow
    from pyarrow import compute

    wall = compute.local_timestamp(column) if column.type.tz else column
    return wall.cast(pyarrow.date32(), safe=False)


def _damaged(where: str, mistake: Exception, remedy: str) -> IntakeError:
    return IntakeError(
        where=where, found=f"the Parquet file is damaged ({str(mistake).splitlines()[0]})", remedy=remedy
    )


def _library(path: str) -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as mistake:
        remedy = install("corpus")
        raise IntakeError(where=path, found="pyarrow is not installed", remedy=remedy) from mistake
    return pyarrow, parquet
