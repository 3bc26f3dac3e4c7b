"""Rows as Parquet: the types of the rows as columns, whatever the rows hold, so that all files of a kind have one schema."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from itertools import islice
from types import NoneType, UnionType
from typing import Any, BinaryIO, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.export.content import Content
from dragoman.export.contract import Origin
from dragoman.export.formats.rows import (
    ClaimRow,
    EntityRow,
    EventRow,
    RecordRow,
    ReportRow,
    claim_rows,
    entity_rows,
    event_rows,
    made_with,
    record_rows,
    report_rows,
)

_GROUP = 20_000  # rows that are held at a time, and stand in one row group
_PLAIN = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), date: pa.date32()}


def claims(content: Content, file: BinaryIO) -> None:
    """Write each claim as a row."""
    _write(claim_rows(content), ClaimRow, content.origin, file)


def events(content: Content, file: BinaryIO) -> None:
    """Write each event as a row."""
    _write(event_rows(content), EventRow, content.origin, file)


def records(content: Content, file: BinaryIO) -> None:
    """Write each record as a row."""
    _write(record_rows(content), RecordRow, content.origin, file)


def reports(content: Content, file: BinaryIO) -> None:
    """Write each report as a row."""
    _write(report_rows(content), ReportRow, content.origin, file)


def entities(content: Content, file: BinaryIO) -> None:
    """Write each entity as a row."""
    _write(entity_rows(content), EntityRow, content.origin, file)


def schema_of(kind: type[msgspec.Struct]) -> pa.Schema:
    """Return the columns of a kind of rows; None is allowed only where the row's type allows it.

    >>> schema_of(ClaimRow).field("published").type, schema_of(ClaimRow).field("actor").type
    (DataType(date32[day]), ListType(list<item: string not null>))
    """
    return pa.schema(_fields(kind))


def _fields(kind: type[msgspec.Struct]) -> list[pa.Field]:
    hints = get_type_hints(kind)
    names = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    return [_field(printed, hints[name]) for name, printed in names]


def _field(name: str, hint: Any) -> pa.Field:
    optional = get_origin(hint) in (Union, UnionType)
    inner = next(each for each in get_args(hint) if each is not NoneType) if optional else hint
    return pa.field(name, _type(inner), nullable=optional)


def _type(hint: Any) -> pa.DataType:
    if get_origin(hint) is tuple:
        return pa.list_(_field("item", get_args(hint)[0]))
    if issubclass(hint, msgspec.Struct):
        return pa.struct(_fields(hint))
    return _PLAIN[str if issubclass(hint, Enum) else hint]


def _write(rows: Iterable[msgspec.Struct], kind: type[msgspec.Struct], origin: Origin, file: BinaryIO) -> None:
    schema = schema_of(kind).with_metadata({f"dragoman.{name}": value for name, value in made_with(origin).items()})
    left = iter(rows)
    with pq.ParquetWriter(file, schema, compression="zstd", write_statistics=True) as writer:
        while group := list(islice(left, _GROUP)):
            plain = [msgspec.to_builtins(row, builtin_types=(date,)) for row in group]
            writer.write_table(pa.Table.from_pylist(plain, schema=schema), row_group_size=_GROUP)
