"""Intervals of days in words for people, the same in every locale."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when what rests on no report of a known day was told

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_words(day: date, *, weekday: bool = False) -> str:
    """Return a day in words.

    >>> day_words(date(2020, 1, 14), weekday=True)
    'Tue 14 Jan 2020'
    """
    words = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_DAYS[day.weekday()]} {words}" if weekday else words


def interval_words(interval: Mapping[str, Any] | None, *, weekday: bool = False) -> str:
    """Return an interval of the contract's form in words; an empty string where no day is known.

    >>> interval_words({"start": "2020-01-14", "end": "2020-01-31"})
    '14-31 Jan 2020'
    >>> interval_words({"start": "2019-10-01", "end": "2019-10-31"})
    'Oct 2019'
    >>> interval_words({"start": None, "end": "2020-01-14"})
    'until 14 Jan 2020'
    """
    start, end = (_day(interval, key) for key in ("start", "end"))
    if start and end:
        return day_words(start, weekday=weekday) if start == end else _between(start, end)
    if start:
        return f"from {day_words(start)}"
    return f"until {day_words(end)}" if end else ""


def _day(interval: Mapping[str, Any] | None, key: str) -> date | None:
    value = interval.get(key) if interval else None
    return date.fromisoformat(value) if value else None


def _between(start: date, end: date) -> str:
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    if start.year != end.year:
        return f"{day_words(start)} - {day_words(end)}"
    if whole and (start.month, end.month) == (1, 12):
        return str(start.year)
    first, last = _MONTHS[start.month - 1], _MONTHS[end.month - 1]
    if whole:
        return f"{first} {end.year}" if first == last else f"{first}-{last} {end.year}"
    if first == last:
        return f"{start.day}-{end.day} {last} {end.year}"
    return f"{start.day} {first} - {end.day} {last} {end.year}"
