"""Printed forms as a table in CSV: one line each, safe to be opened in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from dragoman.export.ledger_form import EventForm, HitForm, LedgerClaimForm

_DAYS = ("start", "end", "text", "basis")
_INNER = {
    **dict.fromkeys(("date", "since", "declared", "from", "until", "deadline", "window"), _DAYS),
    "place": ("name", "code", "lat", "lon", "text"),
    "evidence": ("sentence", "start", "end", "text"),
}
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # with these a spreadsheet begins to reckon (OWASP: CSV injection)
_MARK = "\ufeff"  # by which spreadsheets know that it is UTF-8
_PIECE = 32_768


def columns_of(form: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the columns of a form: its fields, and those of what has fields of its own with a dot.

    >>> columns_of(HitForm)[:4]
    ('report', 'outlet', 'published', 'headline')
    """
    names = form.__struct_encode_fields__
    return tuple(f"{name}.{each}" if each else name for name in names for each in _INNER.get(name, ("",)))


CLAIMS, EVENTS, HITS = (columns_of(form) for form in (LedgerClaimForm, EventForm, HitForm))


def sheet(forms: Iterable[msgspec.Struct], columns: tuple[str, ...]) -> Iterator[bytes]:
    """Yield a table of forms in CSV, in pieces: a line of columns, then one line a form."""
    held = io.StringIO()
    held.write(_MARK)
    writer = csv.writer(held, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for form in forms:
        flat = _flat(msgspec.to_builtins(form))
        writer.writerow([cell(flat.get(name)) for name in columns])
        if held.tell() > _PIECE:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def cell(value: Any) -> str:
    """Return the words of a cell. What would be a formula in a spreadsheet gets a quote before it, so that it is text.

    >>> cell("=1+1"), cell(("a", "b")), cell(None), cell(-3.5), cell("-3.5")
    ("'=1+1", 'a; b', '', '-3.5', "'-3.5")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        plain = all(isinstance(each, str) for each in value)
        return cell("; ".join(value) if plain else msgspec.json.encode(value).decode()) if value else ""
    words = str(value).replace("\x00", "")
    return f"'{words}" if words.startswith(_FORMULA) else words


def _flat(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form's fields, those of what has fields of its own with a dot."""
    found: dict[str, Any] = {}
    for name, value in form.items():
        if name in _INNER:
            found |= {f"{name}.{inner}": (value or {}).get(inner) for inner in _INNER[name]}
        else:
            found[name] = value
    return found
