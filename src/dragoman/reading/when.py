"""When: time words and the report's day give an interval of days with its basis. Never the clock.

``find_times`` marks the time expressions of a text, ``resolve`` makes days of one. A part of a month or
year ('early', 'mid', 'end of') is a third of it; a week is the ISO week, Monday to Sunday; a past or coming
stretch without number ('recent weeks') is 7 days, 4 weeks, 6 months or 5 years; 'a week, month, year ago' is
that day give or take half of the unit.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.model import Basis, When
from dragoman.reading.time_phrases import TimePhrase, find_times
from dragoman.reading.time_words import Named

__all__ = ["TimePhrase", "find_times", "resolve", "resolve_named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stand:
    """Where one stands to say which day is meant; ``chained`` where another time says so."""

    report: date | None
    past: bool
    anchor: When | None
    chained: bool = False
    near: bool = False

    def base(self, named: Named) -> date:
        """Return the day from which a relative time counts."""
        day = self.report
        if named.anchor in ("text", "either") and self.anchor:
            day = self.anchor.latest if named.high > 0 or named.which == "next" else self.anchor.earliest
            day = day or self.anchor.earliest or self.anchor.latest or day
        if day is None:
            raise ValueError("no day to count from")
        return day


_BOUNDS = frozenset(
    "from since until till beginning starting effective commencing by as through before after within".split()
)
_Days = tuple[date, date]


def resolve(
    phrase: TimePhrase, report_day: date | None, *, past: bool | None = True, anchor: When | None = None
) -> When:
    """Return the interval that a phrase means in a report of that day; None where an end is open.

    ``past`` is whether the act is told in the past (None: the tense does not say); ``anchor``
    is the time that 'the next day' counts from.

    >>> phrase = find_times("Haftar left Moscow on Monday.")[0]
    >>> resolve(phrase, date(2020, 1, 14)).earliest
    datetime.date(2020, 1, 13)
    """
    stand = _Stand(report=report_day, past=past is not False, anchor=anchor if anchor and _known(anchor) else None)
    stand = replace(
        stand, near=past is None or phrase.role in ("from", "until", "range") or phrase.word.split(" ")[0] in _BOUNDS
    )
    basis = _basis(phrase, stand)
    if basis in (Basis.MISSING, Basis.UNKNOWN):
        return When(phrase=phrase.text, basis=basis)
    try:
        earliest, latest = _shaped(phrase, stand, _all_days(phrase.named, stand))
        return When(earliest=earliest, latest=latest, phrase=phrase.text, basis=basis)
    except (ValueError, OverflowError):
        return When(phrase=phrase.text)


def resolve_named(
    phrase: TimePhrase, report_day: date | None, *, past: bool | None = True, anchor: When | None = None
) -> When:
    """Return the days that the phrase names, whatever its preposition: Tuesday itself for 'until Tuesday'.

    >>> resolve_named(find_times("a truce until March 5, 2019")[0], None).earliest
    datetime.date(2019, 3, 5)
    """
    inner = phrase if phrase.role in ("duration", "range") else replace(phrase, role="at")
    return resolve(inner, report_day, past=past, anchor=anchor)


def _known(when: When) -> bool:
    return when.earliest is not None or when.latest is not None


def _basis(phrase: TimePhrase, stand: _Stand) -> Basis:
    """Return what the phrase rests on, before any day is reckoned."""
    if phrase.role == "duration" or any(n.rule in ("vague", "clock", "quantity") for n in phrase.named):
        return Basis.UNKNOWN
    anchors = {named.anchor for named in _with_year(phrase.named)}
    if stand.anchor is None and "text" in anchors:
        return Basis.UNKNOWN
    if "report" in anchors or ("either" in anchors and stand.anchor is None):
        return Basis.RELATIVE if stand.report else Basis.MISSING
    if stand.anchor and anchors != {"none"}:
        return stand.anchor.basis
    return Basis.STATED


def _shaped(phrase: TimePhrase, stand: _Stand, days: _Days) -> tuple[date | None, date | None]:
    """Return the interval as the preposition opens or shuts it."""
    earliest, latest = days
    report = stand.report
    if phrase.role == "from":
        going_on = phrase.word in ("since", "after", "ever") and report is not None and report >= earliest
        return earliest, report if going_on else None
    if phrase.role != "until" or phrase.word == "within":
        return earliest, latest
    if phrase.word in ("before", "prior"):
        return None, earliest - timedelta(days=1)
    due = phrase.word in ("by", "no", "not") and not stand.past and report is not None and report <= latest
    return report if due else None, latest


def _all_days(names: tuple[Named, ...], stand: _Stand) -> _Days:
    """Return the days from the first time of a phrase to its last; each is reckoned from its neighbour."""
    names = _with_year(names)
    order = list(reversed(names)) if stand.past else list(names)
    spans = [_DAYS[order[0].rule](order[0], stand)]
    for named in order[1:]:
        near = spans[-1][0] if stand.past else spans[-1][1]
        chained = named.rule in ("weekday", "date", "month", "season") and named.anchor == "report"
        spans.append(_DAYS[named.rule](named, replace(stand, report=near, chained=True) if chained else stand))
    spans = list(reversed(spans)) if stand.past else spans
    if spans[0][0] > spans[-1][1]:
        raise ValueError("the times run backwards")
    return spans[0][0], max(span[1] for span in spans)


def _with_year(names: tuple[Named, ...]) -> tuple[Named, ...]:
    """Give the year of the last time to those before it: 'between December and March 2019' begins in 2018."""
    last = names[-1]
    if len(names) == 1 or last.year is None or last.rule == "year":
        return names
    shared = []
    for named in names[:-1]:
        if named.rule in ("date", "month") and named.year is None and not named.which:
            later = (named.month, named.day) > (last.month, last.last_day or 31)
            named = replace(named, year=last.year - later, anchor="none")
        shared.append(named)
    return (*shared, last)


def _date(named: Named, stand: _Stand) -> _Days:
    """The one date; without year the last or next such day by the tense, or the nearest; an impossible day is an error."""
    if named.year is not None:
        return _in_year(named, named.year)
    base = stand.base(named)
    spans = [span for year in range(base.year - 1, base.year + 2) if (span := _if_valid(named, year))]
    if stand.chained or not stand.near:
        fitting = [span for span in spans if (span[0] <= base if stand.past else span[0] >= base)]
        return max(fitting) if stand.past else min(fitting)
    near = [span for span in spans if abs((span[0] - base).days) <= 183]
    return min(near, key=lambda span: (abs((span[0] - base).days), (span[0] > base) == stand.past))


def _in_year(named: Named, year: int) -> _Days:
    days = date(year, named.month, named.day), date(year, named.month, named.last_day)
    if days[0] > days[1]:
        raise ValueError("the days run backwards")
    return (days[0] - timedelta(days=1),) * 2 if named.part == "eve" else days


def _if_valid(named: Named, year: int) -> _Days | None:
    try:
        return _in_year(named, year)
    except ValueError:
        return None


def _monthday(named: Named, stand: _Stand) -> _Days:
    """'the 12th': of this month or, where the month is not named, the nearest on the tense's side."""
    base = stand.base(named)
    start = _months_on(base.replace(day=1), named.low)
    if named.bare and stand.past and named.day > base.day:
        start = _months_on(start, -1)
    elif named.bare and not stand.past and named.day < base.day:
        start = _months_on(start, 1)
    day = start.replace(day=named.day)
    return day, day


def _months_on(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day that month has."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("no such year")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _stretch(first: date, months: int) -> _Days:
    return first, _months_on(first, months) - timedelta(days=1)


_THIRDS = {"early": 0, "start": 0, "beginning": 0, "outset": 0, "middle": 1, "late": 2, "end": 2, "close": 2}
_PIECES = {"half": 2, "quarter": 4}
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "latter": 1, "last": 3}


def _cut(days: _Days, part: str) -> _Days:
    """Return the part of a stretch: thirds (1-10, 11-20, 21-end of a month), halves, quarters, weeks."""
    first, last = days
    word, _, of = part.partition(" ")
    length = (last - first).days + 1
    if of == "week":
        start = last - timedelta(days=6) if word == "last" else first + timedelta(days=7 * _ORDINALS[word])
        return start, min(last, start + timedelta(days=6))
    if of in _PIECES:
        pieces, index = _PIECES[of], _ORDINALS[word]
    elif part in _THIRDS:
        pieces, index = 3, _THIRDS[word]
    else:
        return days
    if length > 300:
        months = 12 * (last.year - first.year + 1)
        return _stretch(_months_on(first, index * months // pieces), months // pieces)
    step = length / pieces
    start, end = (
        first + timedelta(days=int(index * step)),
        first + timedelta(days=int((index + 1) * step) - 1),
    )
    return start, last if index == pieces - 1 else end


def _turn(named: Named, stand: _Stand, of_year: Callable[[int], _Days]) -> _Days:
    """Return which year's stretch is meant: the last begun, the last over, the next to come."""
    base = stand.base(named)
    spans = [of_year(base.year + step) for step in (-2, -1, 0, 1, 2)]
    if named.which == "last":
        return max(span for span in spans if span[1] < base)
    if named.which == "next":
        return min(span for span in spans if span[0] > base)
    if named.which == "this" and named.rule == "month":
        return of_year(base.year)
    if stand.past:
        return max(span for span in spans if span[0] <= base)
    return min(span for span in spans if span[1] >= base)


def _month(named: Named, stand: _Stand) -> _Days:
    def of_year(year: int) -> _Days:
        return _cut(_stretch(date(year, named.month, 1), 1), named.part)

    if named.year is not None:
        return of_year(named.year)
    if named.which == "year":
        return of_year(stand.base(named).year + named.low)
    return _turn(named, stand, of_year)


def _season(named: Named, stand: _Stand) -> _Days:
    """Seasons of the northern half, by whole months; a winter bears the year in which it begins."""

    def of_year(year: int) -> _Days:
        return _cut(_stretch(date(year, named.month, 1), 3), named.part)

    return of_year(named.year) if named.year is not None else _turn(named, stand, of_year)


def _year(named: Named, stand: _Stand) -> _Days:
    days = date(named.year or 0, 1, 1), date(named.high, 12, 31)
    return _cut(days, named.part) if named.year == named.high else days


def _weekday(named: Named, stand: _Stand) -> _Days:
    base = stand.base(named)
    monday = base - timedelta(days=base.weekday())
    back = timedelta(days=(base.weekday() - named.weekday) % 7)
    ahead = timedelta(days=(named.weekday - base.weekday()) % 7)
    week = timedelta(days=7)
    if named.which.startswith("week-"):
        day = monday + timedelta(days=named.weekday) + {"last": -1, "this": 0, "next": 1}[named.which[5:]] * week
    elif named.which == "last":
        day = base - (back or week)
    elif named.which in ("next", "coming"):
        day = base + (ahead or week)
    elif named.which == "this" and stand.past:
        day = monday + timedelta(days=named.weekday)
    else:
        day = base - back if stand.past else base + ahead
    return _nights(named.part, day)


def _nights(part: str, day: date) -> _Days:
    """A night reaches over two days: 'overnight into Friday' ends on it, 'Friday overnight' begins on it."""
    one = timedelta(days=1)
    if part in ("eve", "overnight into"):
        return day - one, day - one if part == "eve" else day
    return day, day + one if part == "overnight" else day


def _weekend(named: Named, stand: _Stand) -> _Days:
    base = stand.base(named)
    saturday = base + timedelta(days=5 - base.weekday())
    if named.which in ("last", "next"):
        saturday += timedelta(days=7 if named.which == "next" else -7)
    elif saturday > base and stand.past:
        saturday -= timedelta(days=7)
    return saturday, saturday + timedelta(days=1)


_STEP = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def _unit(named: Named, stand: _Stand) -> _Days:
    """'last week', 'later this month', 'early next year'."""
    base = stand.base(named)
    turn = {"last": -1, "this": 0, "next": 1}[named.which]
    if named.grain == "week":
        first = base + timedelta(days=7 * turn - base.weekday())
        days = first, first + timedelta(days=6)
    else:
        months = _STEP[named.grain]
        into = (base.year * 12 + base.month - 1) % months
        days = _stretch(_months_on(base.replace(day=1), turn * months - into), months)
    if turn == 0 and named.part in ("later", "earlier"):
        return (base, days[1]) if named.part == "later" else (days[0], base)
    return _cut(days, {"later": "late", "earlier": "early"}.get(named.part, named.part))


def _shift(named: Named, stand: _Stand) -> _Days:
    """So many days, weeks, months from the base day; half a unit of leeway from weeks upward."""
    base = stand.base(named)
    first, last = _moved(base, named.low, named.grain), _moved(base, named.high, named.grain)
    if named.grain in ("hour", "minute"):
        per_day = 24 if named.grain == "hour" else 1440
        first, last = (
            base + timedelta(days=named.low // per_day),
            base - timedelta(days=-named.high // per_day),
        )
    if named.low == named.high and named.grain in ("week", "month", "year"):
        leeway = timedelta(days={"week": 3, "month": 15, "year": 183}[named.grain])
        first, last = first - leeway, last + leeway
    return first, last


def _moved(base: date, count: int, grain: str) -> date:
    if grain in ("month", "year"):
        return _months_on(base, count * _STEP[grain])
    return base + timedelta(days=count * {"week": 7, "day": 1}.get(grain, 0))


def _ahead(named: Named, stand: _Stand) -> _Days:
    """'in two days': a day ahead in the future tense; in the past tense it says how long something took."""
    if stand.past:
        raise ValueError("a duration names no day")
    return _shift(named, stand)


_DAYS: dict[str, Callable[[Named, _Stand], _Days]] = {
    "date": _date,
    "monthday": _monthday,
    "month": _month,
    "season": _season,
    "year": _year,
    "weekday": _weekday,
    "weekend": _weekend,
    "unit": _unit,
    "shift": _shift,
    "ahead": _ahead,
}
