"""One page of a list: what is shown of it, and where the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Generic[_Item]):
    """Some items of a list: from which place on, of how many."""

    items: tuple[_Item, ...]
    skip: int
    count: int

    @property
    def more(self) -> int | None:
        """Return the place from which the next page shows, None at the end."""
        after = self.skip + len(self.items)
        return after if after < self.count else None

    @property
    def shown(self) -> str:
        """Return '21 to 40', or '0'."""
        return f"{self.skip + 1} to {self.skip + len(self.items)}" if self.items else "0"


def paged(listed: Sequence[_Item], skip: int, size: int) -> Paged[_Item]:
    """Return one page of a list; the first where it has no such place.

    >>> paged("abcde", 2, 2).items, paged("abcde", 2, 2).more, paged("abcde", 9, 2).skip
    (('c', 'd'), 4, 0)
    """
    begin = skip if 0 <= skip < len(listed) else 0
    return Paged(items=tuple(listed[begin : begin + size]), skip=begin, count=len(listed))
