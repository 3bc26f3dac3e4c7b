"""A time in bins of days, weeks, months or years: the events of each by class, and which of them no report tells of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.desk.charts.happenings import Happening, Quad, origins_of
from dragoman.desk.days import dashed
from dragoman.export.days import day_words, interval_words
from dragoman.views.times import Scale, end_of, later

MOST = 186
"""More bins than these cannot be told apart on a page."""
_GOOD = {"day": 62, "week": 60, "month": 132}  # the most of them that is chosen unasked


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Days from ``start`` to ``end``, both in it. ``reports`` of the conflict are of these days: none is a gap of coverage."""

    start: date
    end: date
    events: tuple[Happening, ...]
    parts: Mapping[Quad, tuple[Happening, ...]]
    reports: int

    def of(self, quad: Quad) -> tuple[Happening, ...]:
        """Return the events of a class."""
        return self.parts.get(quad, ())

    @property
    def origins(self) -> int:
        """Return how many origins tell of its events."""
        return origins_of(self.events)

    @property
    def words(self) -> str:
        """Return its days in words."""
        return span_words(self.start, self.end)


def span_words(start: date, end: date) -> str:
    """Return days in words.

    >>> span_words(date(2020, 1, 6), date(2020, 1, 12))
    '6–12 Jan 2020'
    """
    return dashed(interval_words({"start": start.isoformat(), "end": end.isoformat()}, weekday=start == end))


def _count(start: date, end: date, scale: Scale) -> int:
    """Return how many bins a time takes, about."""
    days = {Scale.DAY: 1, Scale.WEEK: 7, Scale.MONTH: 30, Scale.YEAR: 365}[scale]
    return (end - start).days // days + 1


def fitting(start: date, end: date, asked: Scale | None = None) -> Scale:
    """Return the scale that is asked for, or a coarser one where that is too fine; unasked, one that is easily read.

    >>> fitting(date(2020, 1, 1), date(2020, 2, 10)).value, fitting(date(2015, 1, 1), date(2020, 1, 1), Scale.DAY).value
    ('day', 'month')
    """
    scales = list(Scale)
    for scale in scales[scales.index(asked) if asked else 0 :]:
        if _count(start, end, scale) <= (MOST if asked else _GOOD.get(scale, MOST)):
            return scale
    return Scale.YEAR


def bins(start: date, end: date, scale: Scale, found: Sequence[Happening], days: Sequence[date]) -> tuple[Bin, ...]:
    """Return the bins of a time; ``found`` are events, by day, and ``days`` those of the reports, in order.

    The first and last bin are cut where the time begins and ends.
    """
    dated = [each for each in found if each.day is not None]
    keys = [each.day or start for each in dated]
    made = []
    day = start
    while day <= end:
        last = min(end_of(day, scale), end)
        events = tuple(dated[bisect_left(keys, day) : bisect_right(keys, last)])
        reports = bisect_right(days, last) - bisect_left(days, day)
        made.append(Bin(start=day, end=last, events=events, parts=by_quad(events), reports=reports))
        if last == date.max:
            break
        day = later(last, 1)
    return tuple(made)


def by_quad(found: Iterable[Happening]) -> dict[Quad, tuple[Happening, ...]]:
    """Return events by their class, in the order of classes; a class without events is not there."""
    parts: dict[Quad, list[Happening]] = {}
    for each in found:
        parts.setdefault(each.quad, []).append(each)
    return {quad: tuple(parts[quad]) for quad in Quad if quad in parts}


def gaps(made: Iterable[Bin]) -> tuple[tuple[int, int], ...]:
    """Return the runs of bins in which no report of the conflict was published: the first and the last of each."""
    found: list[tuple[int, int]] = []
    for at, each in enumerate(made):
        if each.reports == 0:
            if found and found[-1][1] == at - 1:
                found[-1] = (found[-1][0], at)
            else:
                found.append((at, at))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The times that lead on from one: nearer, wider, earlier, later; None where there is none."""

    nearer: tuple[date, date] | None
    wider: tuple[date, date]
    earlier: tuple[date, date]
    later: tuple[date, date]


def ways(start: date, end: date) -> Ways:
    """Return the times to go to: half as long about the middle, twice as long, and half of it earlier or later.

    >>> ways(date(2020, 1, 1), date(2020, 1, 31)).nearer[0].isoformat()
    '2020-01-08'
    """
    days = (end - start).days
    quarter, half = max(days // 4, 1), max(days // 2, 1)
    nearer = (later(start, quarter), later(end, -quarter)) if days > 2 * quarter else None
    return Ways(
        nearer=nearer,
        wider=(later(start, -half), later(end, half)),
        earlier=(later(start, -half), later(end, -half)),
        later=(later(start, half), later(end, half)),
    )


def tick_words(day: date, scale: Scale) -> str:
    """Return how an axis names a bin.

    >>> [tick_words(date(2020, 1, 6), scale) for scale in Scale]
    ['6 Jan', '6 Jan', 'Jan 2020', '2020']
    """
    if scale is Scale.YEAR:
        return str(day.year)
    short = day_words(day)
    return short.split(" ", 1)[1] if scale is Scale.MONTH else short.rsplit(" ", 1)[0]
