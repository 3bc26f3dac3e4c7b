"""The JSON Schema of the printed form, made from the same types that print it."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from dragoman.export.form import ReadingForm


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of ``dragoman read --json``."""
    made = msgspec.json.schema(ReadingForm, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What one report says: a line of dragoman read --json",
        **made,
    }


def schema_text() -> str:
    """Return the schema as indented JSON, keys sorted."""
    return json.dumps(schema(), indent=2, sort_keys=True, ensure_ascii=False)
