"""Days, weeks, months and years: which one a day is in, and where that begins and ends."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Scale(StrEnum):
    """How long a bin is. Years are for times of which months are too many."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def start_of(day: date, scale: Scale) -> date:
    """Return the first day of the bin that a day is in; weeks begin on Monday.

    >>> start_of(date(2020, 1, 15), Scale.WEEK).isoformat()
    '2020-01-13'
    """
    if scale is Scale.WEEK:
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if scale is Scale.DAY:
        return day
    return day.replace(day=1) if scale is Scale.MONTH else day.replace(month=1, day=1)


def end_of(day: date, scale: Scale) -> date:
    """Return the last day of the bin that a day is in.

    >>> end_of(date(2020, 2, 15), Scale.MONTH).isoformat(), end_of(date(2020, 2, 15), Scale.YEAR).isoformat()
    ('2020-02-29', '2020-12-31')
    """
    if scale is Scale.DAY:
        return day
    if scale is Scale.YEAR:
        return day.replace(month=12, day=31)
    if scale is Scale.WEEK:
        return later(start_of(day, scale), 6)
    first = day.replace(day=1)
    return date.max if (first.year, first.month) == (9999, 12) else (first + timedelta(days=31)).replace(day=1) - _DAY


_DAY = timedelta(days=1)


def later(day: date, days: int) -> date:
    """Return a day so many days later (or earlier), no further than dates go."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
