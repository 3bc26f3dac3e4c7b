"""Fill the tables of examples in docs/: a row's sentence is read, and what it gives is written beside it.

``python tools/examples.py`` rewrites the pages, ``--check`` only says whether they are current. A table of claims is headed
``| Sentence | Claims |``, one of the process record ``| Sentence | Entries |``; further columns are left as they stand. All sentences
are read as printed on Thursday, 14 May 2026. Look at what is written: it is what the rules give, right or wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

from pages import refreshed

from dragoman.model import Claim, Status, When, Where
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord, Record
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader, Reading, default_reader

ROOT = Path(__file__).resolve().parent.parent
PAGES = tuple(ROOT / "docs" / name for name in ("codebook.md", "how-it-reads.md", "quality.md"))
DAY = date(2026, 5, 14)
HEADS = ("Claims", "Entries")
_ONE = {"talks": "talks"}
_COMMON = frozenset(field.name for field in fields(Record)) | {"contradictions"}


def current(text: str, reader: Reader) -> str:
    """Return a page with what each sentence gives now."""
    return "\n".join(_lines(text.split("\n"), reader))


def examples(text: str) -> list[str]:
    """Return the sentences of a page's tables."""
    return [cells[0] for head, cells in _rows(text.split("\n")) if head]


def _lines(lines: list[str], reader: Reader) -> Iterator[str]:
    for line, (head, cells) in zip(lines, _rows(lines), strict=True):
        if not head:
            yield line
            continue
        reading = reader.read(from_text(cells[0], IntakeOptions(published=DAY)))
        shown = claims_in_words(reading) if head == "Claims" else entries_in_words(record_of(reading, reader.rulebook))
        yield f"| {' | '.join([cells[0], shown, *cells[2:]])} |"


def _rows(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield for each line the head of the second column and the cells; no head where the line is no example."""
    head = ""
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            head = ""
        if cells[:1] == ["Sentence"] and len(cells) > 1 and cells[1] in HEADS:
            head = cells[1]
            yield "", cells
        else:
            yield (head if cells and not cells[0].startswith("-") else ""), cells


def claims_in_words(reading: Reading) -> str:
    """Return all claims of a reading in a line."""
    return "; ".join(_claim(claim) for claim in reading.claims) or "none"


def _claim(claim: Claim) -> str:
    act = " ".join([f"**{claim.event}**", *claim.modes])
    who = " → ".join(part for part in (", ".join(claim.actor) or "nobody named", ", ".join(claim.recipient)) if part)
    more = [
        "negated" if claim.negated else "",
        claim.status.value if claim.status is not Status.OCCURRED else "",
        "hedged" if claim.hedged else "",
        f"said by {', '.join(link.speaker or link.text for link in claim.attribution)}" if claim.attribution else "",
        _when(claim.date),
        f"at {claim.place.name}" if claim.place else "",
        f"condition: {claim.condition}" if claim.condition else "",
    ]
    return " · ".join([f"{act} {who}", *(part for part in more if part)])


def entries_in_words(record: ProcessRecord) -> str:
    """Return all entries of a record in a line."""
    return "; ".join(
        f"**{_ONE.get(kind.name, kind.name.rstrip('s'))}** {' · '.join(_facts(entry))}"
        for kind in fields(record)
        if kind.name not in _COMMON
        for entry in getattr(record, kind.name)
    ) or "none"  # fmt: skip


def _facts(entry: Record) -> Iterator[str]:
    for field in fields(entry):
        value = _words(getattr(entry, field.name)) if field.name not in _COMMON else ""
        if value:
            yield f"{field.name.rstrip('_')}: {value}"


def _words(value: str | tuple[str, ...] | When | Where | None) -> str:
    if isinstance(value, When):
        return _when(value)
    if isinstance(value, Where):
        return value.name
    return ", ".join(value) if isinstance(value, tuple) else value or ""


def _when(when: When) -> str:
    if when.earliest == when.latest:
        return str(when.earliest) if when.earliest else ""
    return f"{when.earliest or ''}..{when.latest or ''}"


def main() -> int:
    """Rewrite the pages, or with ``--check`` return 1 where one is not current."""
    reader = default_reader()
    fresh = ((page, current(page.read_text(encoding="utf-8"), reader)) for page in PAGES)
    return refreshed(fresh, "make examples")


if __name__ == "__main__":
    sys.exit(main())
