"""Strips: stretches and marks of time, drawn as one line of a table; the days stand beside them in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_WIDE = 1000.0
_LEAST = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch of a strip, in thousandths of its width; ``open_start`` and ``open_end`` where it goes on beyond it."""

    x: float
    width: float
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The days from the first to the last of a strip."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return where a day is, in thousandths; one beyond an end is at that end.

        >>> Scale(first=date(2020, 1, 1), last=date(2020, 1, 11)).at(date(2020, 1, 6))
        500.0
        """
        span = max((self.last - self.first).days, 1)
        return round(_WIDE * min(max((day - self.first).days / span, 0.0), 1.0), 1)

    def bar(self, start: date | None, end: date | None) -> Bar:
        """Return the stretch from a day to a day; an end that is not known goes on beyond the strip."""
        left = self.at(start) if start else 0.0
        right = self.at(end) if end else _WIDE
        width = max(right - left, _LEAST)
        return Bar(x=min(left, _WIDE - width), width=width, open_start=start is None, open_end=end is None)


def scale_of(days: Iterable[date | None], around: date | None = None) -> Scale | None:
    """Return the scale that has all of these days, None where there are none; with ``around``, that day too."""
    known = [each for each in days if each is not None]
    if not known:
        return None
    both = [*known, around] if around else known
    return Scale(first=min(both), last=max(both))
