"""Which report an update revises: the latest earlier one with its address, or with its headline and outlet within three days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.model import Report
from dragoman.reading.notices import take_prefix

_WINDOW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What tells whether a report revises another."""

    id: str
    day: date | None
    address: str | None
    piece: str | None


def head_of(report: Report) -> Head:
    """Return what tells whether a report revises another."""
    stem = take_prefix(report.headline or "")[0].casefold()
    piece = f"{report.outlet}\n{stem}" if report.outlet and stem and report.published else None
    return Head(id=report.id, day=report.published, address=report.url, piece=piece)


def revisions(heads: Iterable[Head]) -> dict[str, str]:
    """Return each report that revises another, with the one that it revises: its id -> the other's."""
    found: dict[str, str] = {}
    last: dict[str, Head] = {}
    for head in sorted(heads, key=lambda h: (h.day or date.min, h.id)):
        for key in (head.address, head.piece):
            former = last.get(key) if key else None
            close = former and former.day and head.day and (head.day - former.day).days <= _WINDOW
            if former and (key == head.address or close):
                found.setdefault(head.id, former.id)
            if key:
                last[key] = head
    return found
