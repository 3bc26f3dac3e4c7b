"""The JSON Schemas of the printed forms, made from the same types that print them."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from dragoman.export.form import ReadingForm
from dragoman.export.formats.plover import PloverEvent
from dragoman.export.ledger_form import BoardForm, EventForm, HitForm, LedgerClaimForm
from dragoman.export.ledger_why import WhyForm
from dragoman.export.process_form import ProcessForm


class PrintedReading(ReadingForm, frozen=True, kw_only=True):
    """What one report says. One such object a line."""

    process: ProcessForm  # type: ignore[assignment]


_FORMS: dict[str, tuple[type[msgspec.Struct], str]] = {
    "read": (PrintedReading, "What one report says: a line of dragoman read --json"),
    "board": (BoardForm, "The state of a peace process: what dragoman board --json and dragoman brief --json print"),
    "claims": (LedgerClaimForm, "A claim of a ledger: a line of dragoman claims"),
    "events": (EventForm, "An event of a ledger: a line of dragoman events --json"),
    "why": (WhyForm, "What an id of a ledger stands on: what dragoman why --json prints"),
    "plover": (PloverEvent, "An event in PLOVER's form: a line of dragoman code or export --format plover"),
    "search": (HitForm, "A report that was found: a line of dragoman search --json"),
}
FORMS = tuple(_FORMS)


def schema(form: str = "read") -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a printed form: one of ``FORMS``, of ``dragoman read --json`` if not named."""
    kind, title = _FORMS[form]
    made = msgspec.json.schema(kind, ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **made}


def schema_text(form: str = "read") -> str:
    """Return the schema of a printed form as indented JSON, keys sorted."""
    return json.dumps(schema(form), indent=2, sort_keys=True, ensure_ascii=False)
