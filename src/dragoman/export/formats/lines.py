"""Rows as JSON lines: one object a line, in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from dragoman.export.content import Content
from dragoman.export.contract import line_of
from dragoman.export.formats.rows import claim_rows, entity_rows, event_rows, record_rows, report_rows


def claims(content: Content, file: BinaryIO) -> None:
    """Write each claim as a line."""
    _write(claim_rows(content), file)


def events(content: Content, file: BinaryIO) -> None:
    """Write each event as a line."""
    _write(event_rows(content), file)


def records(content: Content, file: BinaryIO) -> None:
    """Write each record as a line."""
    _write(record_rows(content), file)


def reports(content: Content, file: BinaryIO) -> None:
    """Write each report as a line."""
    _write(report_rows(content), file)


def entities(content: Content, file: BinaryIO) -> None:
    """Write each entity as a line."""
    _write(entity_rows(content), file)


def _write(rows: Iterable[msgspec.Struct], file: BinaryIO) -> None:
    for row in rows:
        file.write(line_of(row))
