"""Each format has a page that tells what is lost and how to load it; pages of tables have the schema's fields and types."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest
from formatting import written

from dragoman.export.content import Content
from dragoman.export.formats.columns import schema_of
from dragoman.export.formats.rows import ClaimRow, EntityRow, EventRow, RecordRow, ReportRow
from dragoman.export.formats.table import FORMATS

PAGES = Path(__file__).resolve().parent.parent / "docs" / "formats"
TABLES: dict[str, type[msgspec.Struct]] = {
    "claims": ClaimRow, "events": EventRow, "records": RecordRow, "reports": ReportRow, "entities": EntityRow,
}  # fmt: skip
STRUCTS = {
    "days": ["start", "end", "text", "basis"],
    "place": ["name", "code", "lat", "lon", "text"],
    "quote": ["sentence", "start", "end", "text"],
    "speaker": ["speaker", "text"],
    "side": ["value", "claims", "speakers", "evidence"],
    "cited": ["report", "outlet", "url", "published", "start", "end", "text", "claims"],
}
PLAIN = {pa.string(): "string", pa.bool_(): "bool", pa.int64(): "int64", pa.date32(): "date32"}
MINE = ("ftm", "geojson", "annotations", "ical", "atom", "prov")


def _word(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list<{_word(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return next(name for name, fields in STRUCTS.items() if [field.name for field in kind] == fields)
    return PLAIN[kind]


def _rows(page: str) -> list[list[str]]:
    """Return the first cells of the first table of a page, without marks of code."""
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    table = re.search(r"^\|.*?(?=\n\n)", text, re.MULTILINE | re.DOTALL)
    assert table
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table[0].splitlines()[2:]]


@pytest.mark.parametrize("name", TABLES)
def test_the_page_of_a_table_has_its_fields_and_types(name: str) -> None:
    told = [(field, kind) for field, kind, _ in _rows(name)]
    assert told == [(field.name, _word(field.type) + "?" * field.nullable) for field in schema_of(TABLES[name])]


def test_the_page_of_geojson_has_its_properties(content: Content) -> None:
    features = json.loads(written("geojson", content))["features"]
    assert {name for name, _ in _rows("geojson")} == {name for feature in features for name in feature["properties"]}


@pytest.mark.parametrize("name", MINE)
def test_every_format_has_a_page_that_says_what_is_lost_and_how_to_load_it(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert name in FORMATS
    assert "## Load" in text
    assert "## What is lost" in text


def test_every_table_is_in_the_page_of_tables() -> None:
    text = (PAGES / "tables.md").read_text(encoding="utf-8")
    for name in TABLES:
        for form in (name, f"{name}-csv", f"{name}-parquet"):
            assert form in FORMATS
            assert f"`{form}`" in text
