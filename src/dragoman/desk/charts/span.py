"""The whole time of a conflict's reports: its first and last day, how many reports each day has, and days to step to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.desk.kept import Picture

_BINS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """Reports of a day or of some days in a row: place, width and height in percent."""

    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """The days on which reports tell of a conflict, in order, and how many they are as heaps over the whole time."""

    days: tuple[date, ...]
    heaps: tuple[Heap, ...]
    unpublished: int

    @property
    def first(self) -> date:
        """Return the day of the first report."""
        return self.days[0]

    @property
    def last(self) -> date:
        """Return the day of the last report."""
        return self.days[-1]

    @property
    def length(self) -> int:
        """Return how many days lie between the first and the last."""
        return (self.last - self.first).days

    def before(self, day: date) -> date | None:
        """Return the last day with reports before a day."""
        at = bisect_left(self.days, day)
        return self.days[at - 1] if at else None

    def after(self, day: date) -> date | None:
        """Return the first day with reports after a day."""
        at = bisect_right(self.days, day)
        return self.days[at] if at < len(self.days) else None


def time_of(picture: Picture) -> Time:
    """Return the whole time of the reports of a picture."""
    return picture.once("time", _time)


def _time(picture: Picture) -> Time:
    found = Counter(each.kept.report.published for each in picture.told)
    days = sorted(day for day in found if day is not None)
    heaps = _heaps(days, {day: found[day] for day in days}) if days else ()
    return Time(days=tuple(days), heaps=heaps, unpublished=found[None])


def _heaps(days: list[date], found: dict[date, int]) -> tuple[Heap, ...]:
    length = (days[-1] - days[0]).days + 1
    step = -(-length // _BINS)
    sums = Counter[int]()
    for day, number in found.items():
        sums[(day - days[0]).days // step] += number
    most, width = max(sums.values()), 100 * step / length
    return tuple(
        Heap(x=round(at * width, 3), width=round(width, 3), height=round(100 * number / most, 1))
        for at, number in sorted(sums.items())
    )


def in_time(time: Time, day: date | None) -> date:
    """Return a day as the slider shows it: inside the whole time, the last day where none is asked for."""
    return min(max(day, time.first), time.last) if day else time.last


def offset(time: Time, day: date | None) -> int:
    """Return how many days a day is from the first."""
    return (in_time(time, day) - time.first) // timedelta(days=1)
