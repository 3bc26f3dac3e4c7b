"""The rows as CSV and as Parquet: what the JSON lines have, read back by other programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from formatting import ODD, claim_of, empty, made, written

from dragoman.export.content import Content
from dragoman.export.formats.columns import schema_of
from dragoman.export.formats.rows import ClaimRow, EntityRow, EventRow, RecordRow, ReportRow
from dragoman.export.formats.table import format_of

KINDS: dict[str, type[msgspec.Struct]] = {
    "claims": ClaimRow, "events": EventRow, "records": RecordRow, "reports": ReportRow, "entities": EntityRow,
}  # fmt: skip


def _lines(name: str, content: Content) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(name, content).splitlines()]


def _table(name: str, content: Content) -> pa.Table:
    return pq.read_table(pa.BufferReader(written(f"{name}-parquet", content)))


def _sheet(name: str, content: Content) -> list[dict[str, str]]:
    text = written(f"{name}-csv", content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", KINDS)
def test_parquet_has_what_the_lines_have(name: str, content: Content) -> None:
    rows = json.loads(json.dumps(_table(name, content).to_pylist(), default=date.isoformat))
    assert rows == _lines(name, content)


@pytest.mark.parametrize("name", KINDS)
def test_parquet_has_the_schema_and_says_what_it_was_made_with(name: str, content: Content) -> None:
    for each in (content, empty()):
        schema = _table(name, each).schema
        assert schema.equals(schema_of(KINDS[name]))
        rulebook = schema.metadata[b"dragoman.rulebook"].decode()
        assert rulebook.removeprefix("sha256:") == each.origin.rulebook.removeprefix("sha256:")
        assert set(schema.metadata) == {b"dragoman.version", b"dragoman.rulebook", b"dragoman.model"}


def test_days_are_days_and_lists_are_lists() -> None:
    schema = schema_of(ClaimRow)
    assert schema.field("published").type == pa.date32()
    assert schema.field("date").type.field("start").type == pa.date32()
    assert pa.types.is_list(schema.field("actor").type)
    assert schema.field("place").type.field("lat").type == pa.float64()
    assert schema.field("negated").type == pa.bool_()
    assert not schema.field("id").nullable
    assert schema.field("outlet").nullable


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_the_same_content_gives_the_same_bytes(name: str, form: str, content: Content) -> None:
    assert written(f"{name}-{form}", content) == written(f"{name}-{form}", content)


@pytest.mark.parametrize("name", KINDS)
def test_nothing_gives_a_table_without_rows(name: str) -> None:
    assert _table(name, empty()).num_rows == 0
    assert _sheet(name, empty()) == []
    assert written(f"{name}-csv", empty()).count(b"\n") == 1


def test_many_rows_stand_in_row_groups_and_none_is_lost(monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    monkeypatch.setattr("dragoman.export.formats.columns._GROUP", 7)
    data = written("claims-parquet", content)
    lines = _lines("claims", content)
    assert pq.ParquetFile(pa.BufferReader(data)).num_row_groups == -(-len(lines) // 7)
    assert [row["id"] for row in pq.read_table(pa.BufferReader(data)).to_pylist()] == [row["id"] for row in lines]


def test_the_file_stays_open_for_who_opened_it(content: Content) -> None:
    held = io.BytesIO()
    format_of("claims-parquet").writer()(content, held)
    assert not held.closed


@pytest.mark.parametrize("name", KINDS)
def test_a_sheet_has_a_line_for_each_row_in_its_order(name: str, content: Content) -> None:
    lines, rows = _lines(name, content), _sheet(name, content)
    assert [row["id"] for row in rows] == [line["id"] for line in lines]
    if name in ("reports", "entities"):
        return
    for row, line in zip(rows, lines, strict=True):
        assert row["published"] == (line["published"] or "")
        assert row["evidence.text"].removeprefix("'") == (line["evidence"] or {"text": ""})["text"].removeprefix("'")
        assert row["date.start"] == ((line["date"] or {}).get("start") or "")


def test_no_cell_is_a_formula() -> None:
    claim = claim_of("=cmd|' /C calc'!A0", content="+1", means="@SUM(1)", condition="\tx", actor=("-a",))
    (row,) = _sheet("claims", made("=cmd|' /C calc'!A0", [claim], report={"outlet": "=HYPERLINK(1)", "url": "=x"}))
    assert not [cell for cell in row.values() if cell.startswith(tuple("=+-@\t\r\n"))]
    assert row["evidence.text"] == "'=cmd|' /C calc'!A0"


def test_odd_characters_come_back() -> None:
    content = made(ODD, [claim_of(ODD, content=ODD)], report={"outlet": ODD})
    assert _table("claims", content).to_pylist()[0]["content"] == ODD
    assert _sheet("claims", content)[0]["content"] == ODD
