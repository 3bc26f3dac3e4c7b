"""The JSON Schema of the printed form, made from the same types that print it."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from dragoman.export.form import ReadingForm
from dragoman.export.process_form import ProcessForm


class _Printed(ReadingForm, frozen=True, kw_only=True):
    """What one report says. One such object a line."""

    process: ProcessForm  # type: ignore[assignment]


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of ``dragoman read --json``."""
    made = msgspec.json.schema(_Printed, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What one report says: a line of dragoman read --json",
        **made,
    }


def schema_text() -> str:
    """Return the schema as indented JSON, keys sorted."""
    return json.dumps(schema(), indent=2, sort_keys=True, ensure_ascii=False)
