"""Which rows of a long part of the page are shown: the first ones, or all, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_Row = TypeVar("_Row")
_Made = TypeVar("_Made")

FEW = 12
PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which part of the page is wanted whole, and from which row on."""

    all: str | None = None
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Generic[_Row]):
    """The rows of a part that are shown, of how many. ``following``: where the next page begins, None at the end."""

    key: str
    total: int
    shown: tuple[_Row, ...]
    whole: bool = False
    start: int = 0

    @property
    def following(self) -> int | None:
        """Return the row with which another page begins."""
        end = self.start + PAGE
        return end if self.whole and end < self.total else None

    @property
    def cut(self) -> bool:
        """Return whether there is more than is shown."""
        return len(self.shown) < self.total


def taken(key: str, rows: Sequence[_Row], which: Which, few: int = FEW) -> Rows[_Row]:
    """Return the first rows of a part, or a page of all where it is wanted whole.

    >>> taken("threats", "abc", Which(), 2).shown, taken("threats", "abc", Which(all="threats"), 2).shown
    (('a', 'b'), ('a', 'b', 'c'))
    """
    whole = which.all == key
    start = which.start if whole and which.start < len(rows) else 0
    return Rows(
        key=key,
        total=len(rows),
        shown=tuple(rows[start : start + PAGE] if whole else rows[:few]),
        whole=whole,
        start=start,
    )


def made(rows: Rows[_Row], make: Iterable[_Made]) -> Rows[_Made]:
    """Return the same with what was made of each row that is shown."""
    return Rows(key=rows.key, total=rows.total, shown=tuple(make), whole=rows.whole, start=rows.start)
