"""Claims and events whole, as JSON lines or CSV, sent as they are made."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman import __version__
from dragoman.desk.api.answers import streamed, told_as
from dragoman.desk.api.filters import SoughtClaims
from dragoman.desk.asked import AskedOf
from dragoman.desk.guard import audit
from dragoman.desk.kept import Desk
from dragoman.desk.paper import desk_of
from dragoman.desk.search.finding import Kind, forms_of
from dragoman.export.contract import line_of
from dragoman.ledger.stamps import name_of, stamp

router = APIRouter(tags=["export"])

_LINES, _CSV = "application/x-ndjson", "text/csv; charset=utf-8"
_PIECE = 200  # rows that are sent together
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class What(StrEnum):
    """What is exported."""

    CLAIMS = "claims"
    EVENTS = "events"


class Format(StrEnum):
    """How it is written: one JSON object a line, or a table."""

    JSONL = "jsonl"
    CSV = "csv"


@router.get(
    "/export/{what}", response_class=Response, responses=told_as((_LINES, "text/csv"), "All of them, as a file.")
)
def export(
    request: Request,
    asked: AskedOf,
    what: What,
    only: SoughtClaims,
    format_: Annotated[Format, Query(alias="format", description="JSON lines or CSV.")] = Format.JSONL,
) -> Response:
    """Give all claims or events that fit, as the commands print them or as a table."""
    audit(request, "export", f"{what} as {format_}")
    desk, sought = desk_of(request), replace(only, kind=Kind(what.value))
    reports = ",".join(desk.picture(sought.conflict, asked.view).reports)
    grounds = (__version__, request.url.path, request.url.query, _state(desk), reports)
    forms = forms_of(desk, sought, asked.view)
    if format_ is Format.JSONL:
        return streamed(request, _together(map(line_of, forms)), _LINES, f"{what}.jsonl", grounds)
    return streamed(request, _together(_table(forms, what)), _CSV, f"{what}.csv", grounds)


def _state(desk: Desk) -> object:
    """Return what is another as soon as reports or decisions are others, and the same in another run."""
    listed = tuple((one.id, one.withdrawn_at) for one in desk.boards.decisions()[1])
    with desk.ledger.reading() as connection:
        return name_of(connection), stamp(connection), listed


def _together(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces some at a time: each that is sent costs more than it holds."""
    held: list[bytes] = []
    for piece in pieces:
        held.append(piece)
        if len(held) == _PIECE:
            yield b"".join(held)
            held = []
    yield b"".join(held)


# -- tables

Column = tuple[str, Callable[[Any], object]]


def _table(forms: Iterable[Any], what: What) -> Iterator[bytes]:
    columns = _COLUMNS[what]
    yield _row([name for name, _ in columns])
    for form in forms:
        yield _row([cell(value(form)) for _, value in columns])


def _row(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()


def cell(value: object) -> str:
    """Return a value as a cell; text that a spreadsheet would take for a formula has an apostrophe before it.

    >>> cell(("a", "b")), cell(None), cell(True), cell("=1+1"), cell(-4.5)
    ('a; b', '', 'true', "'=1+1", '-4.5')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    words = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _of(*names: str) -> tuple[Column, ...]:
    return tuple((name, lambda form, name=name: getattr(form, name)) for name in names)


_SHARED: tuple[Column, ...] = (
    *_of("event", "modes", "actor", "recipient", "negated", "status"),
    ("date_start", lambda form: form.date.start),
    ("date_end", lambda form: form.date.end),
    ("date_basis", lambda form: form.date.basis.value),
    ("place", lambda form: form.place and form.place.name),
    ("country", lambda form: form.place and form.place.code),
    ("lat", lambda form: form.place and form.place.lat),
    ("lon", lambda form: form.place and form.place.lon),
    *_of("content", "casualties"),
)
_COLUMNS: dict[What, tuple[Column, ...]] = {
    What.CLAIMS: (
        *_of("id", "event_id", "report", "origin", "outlet", "published"),
        *_SHARED,
        *_of("contexts", "hedged", "quoted", "condition", "means"),
        ("said_by", lambda form: tuple(link.speaker or link.text for link in form.attribution)),
        ("sentence", lambda form: form.evidence.sentence),
        ("start", lambda form: form.evidence.start),
        ("end", lambda form: form.evidence.end),
        ("text", lambda form: form.evidence.text),
        ("rule", lambda form: form.rule),
    ),
    What.EVENTS: (*_of("id"), *_SHARED, *_of("origins", "reports", "claims")),
}
