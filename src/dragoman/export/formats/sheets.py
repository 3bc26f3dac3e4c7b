"""Rows as CSV that is safe to be opened in a spreadsheet: what the JSON lines have, flat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from dragoman.export.content import Content
from dragoman.export.formats.rows import (
    ClaimRow,
    EntityRow,
    EventRow,
    RecordRow,
    ReportRow,
    claim_rows,
    entity_rows,
    event_rows,
    record_rows,
    report_rows,
)
from dragoman.export.sheet import columns_of, sheet


def claims(content: Content, file: BinaryIO) -> None:
    """Write a line of columns, then each claim as a line."""
    _write(claim_rows(content), ClaimRow, file)


def events(content: Content, file: BinaryIO) -> None:
    """Write a line of columns, then each event as a line."""
    _write(event_rows(content), EventRow, file)


def records(content: Content, file: BinaryIO) -> None:
    """Write a line of columns, then each record as a line."""
    _write(record_rows(content), RecordRow, file)


def reports(content: Content, file: BinaryIO) -> None:
    """Write a line of columns, then each report as a line."""
    _write(report_rows(content), ReportRow, file)


def entities(content: Content, file: BinaryIO) -> None:
    """Write a line of columns, then each entity as a line."""
    _write(entity_rows(content), EntityRow, file)


def _write(rows: Iterable[msgspec.Struct], kind: type[msgspec.Struct], file: BinaryIO) -> None:
    for piece in sheet(rows, columns_of(kind)):
        file.write(piece)
