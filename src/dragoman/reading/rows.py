"""Bytes -> rows to relate: TSV with a header, or JSON lines. An unusable row is an IntakeError in its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

import msgspec

from dragoman.errors import NO_JSON, IntakeError
from dragoman.reading.plain import decode
from dragoman.reading.relate import Row

_NEEDED = ("sentence", "source", "target")


def rows_of(data: bytes, name: str) -> Iterator[Row | IntakeError]:
    """Yield the rows; without an ``id`` a row is called by its number, from 1."""
    try:
        text = decode(data, name).removeprefix("\ufeff")
    except IntakeError as mistake:
        yield mistake
        return
    if not text.strip():
        yield IntakeError(where=name, found="the file is empty", remedy=f"give rows with {', '.join(_NEEDED)}")
    elif text.lstrip().startswith("{"):
        yield from _from_json(text, name)
    else:
        yield from _from_table(text, name)


def _from_json(text: str, name: str) -> Iterator[Row | IntakeError]:
    number = 0
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        number += 1
        try:
            record = msgspec.json.decode(content, type=dict[str, object])
        except NO_JSON as mistake:
            yield IntakeError(
                where=f"{name}:{line}", found=f"no JSON object ({mistake})", remedy="give one object a line"
            )
            continue
        yield _row(record, f"{name}:{line}", number)


def _from_table(text: str, name: str) -> Iterator[Row | IntakeError]:
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
    missing = [column for column in _NEEDED if column not in (table.fieldnames or ())]
    if missing:
        found = f"the first line names no column {', '.join(missing)}"
        yield IntakeError(where=f"{name}:1", found=found, remedy="give a header with id, sentence, source, target")
        return
    try:
        for number, record in enumerate(table, 1):
            yield _row(record, f"{name}:{table.line_num}", number)
    except csv.Error as mistake:
        yield IntakeError(where=f"{name}:{table.line_num}", found=str(mistake), remedy="give tab-separated rows")


def _row(record: Mapping[str, object], where: str, number: int) -> Row | IntakeError:
    wrong = [key for key in _NEEDED if not isinstance(record.get(key), str)]
    if wrong:
        return IntakeError(
            where=where, found=f"no text for {', '.join(wrong)}", remedy="give sentence, source and target"
        )
    sentence, source, target = (str(record[key]) for key in _NEEDED)
    identity = record.get("id")
    return Row(
        id=str(number if identity in (None, "") else identity),
        sentence=sentence,
        source=source,
        target=target,
    )
