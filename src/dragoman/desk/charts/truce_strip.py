"""The strip of a ceasefire: how it stood over time, as bars between days, with the reports that tell of it as marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.board.types import Truce, Turn
from dragoman.export.days import day_words

_DAY = timedelta(days=1)
_OVER = frozenset({"ended", "rejected"})  # these need no further word to stay so
_LOOKS = {
    "proposed": "proposed", "agreed": "agreed", "in_force": "on", "holding": "on", "extended": "on",
    "violated": "broken", "rejected": "over", "ended": "over",
}  # fmt: skip
WORDS = {"violated": "alleged broken"}
_NARROW, _WIDE = 2.6, 0.75  # percent of the strip that a letter of a label takes, on a narrow page and on a wide one
_STEPS = (1, 2, 7, 14)
_TICKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days, first and last, on which a truce stood so; ``turn`` made it so, None where silence or its time did."""

    state: str
    first: date
    last: date
    turn: Turn | None = None

    @property
    def words(self) -> str:
        """Return the state as people write it."""
        return state_words(self.state)

    @property
    def look(self) -> str:
        """Return how the bar looks: proposed, agreed, on, broken, over, unknown."""
        return _LOOKS.get(self.state, "unknown")

    @property
    def days(self) -> str:
        """Return its days in words."""
        return day_words(self.first) if self.first == self.last else f"{day_words(self.first)} – {day_words(self.last)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A span as it is drawn: place and width in percent of the axis; ``label``: always, wide (where there is room) or never."""

    span: Span
    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day on which reports tell of a truce: how many for it and against it, and the place in percent."""

    day: date
    reports: int
    against: int
    x: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The strip of one truce: ``spans`` are the same in words."""

    spans: tuple[Span, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]

    @property
    def words(self) -> str:
        """Return the strip in a sentence, for those who cannot see it."""
        return "; ".join(f"{span.words} {span.days}" for span in self.spans) or "no day is known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The days that strips are drawn over, with the ticks below them as (percent, words, whether narrow pages have it, too)."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Return the place of the beginning of a day in percent.

        >>> Axis(first=date(2020, 1, 1), last=date(2020, 1, 4)).x(date(2020, 1, 2))
        25.0
        """
        at = (min(max(day, self.first), self.last + _DAY) - self.first).days
        return round(100 * at / ((self.last - self.first).days + 1), 3)

    @property
    def ticks(self) -> tuple[tuple[float, str, bool], ...]:
        """Return where days, months or years are written."""
        days = list(_tick_days(self.first, self.last))
        months = (self.last - self.first).days > _TICKS * _STEPS[-1]
        return tuple((self.x(day), _tick_words(day, months=months), at % 2 == 0) for at, day in enumerate(days))


def state_words(state: str) -> str:
    """Return the state of a truce as people write it.

    >>> state_words("in_force"), state_words("violated")
    ('in force', 'alleged broken')
    """
    return WORDS.get(state, state.replace("_", " "))


def axis_of(truces: Iterable[Truce], last: date) -> Axis:
    """Return the axis for truces up to a day: it begins a little before the first of them."""
    first = min((day for truce in truces for day in _heard(truce)), default=last)
    return Axis(first=min(first, last) - _DAY, last=last)


def strip_of(truce: Truce, axis: Axis, stale: int) -> Strip:
    """Return the strip of a truce. After more than ``stale`` days without a word it is unknown until the next one."""
    found = spans(truce, axis.last, stale)
    return Strip(spans=found, bars=tuple(_bar(span, axis) for span in found), marks=tuple(_marks(truce, axis)))


def spans(truce: Truce, last: date, stale: int) -> tuple[Span, ...]:
    """Return how a truce stood up to a day, span after span; the last span is its state on that day."""
    heard = [day for day in _heard(truce) if day <= last]
    found = [part for span in _told(truce, last) for part in _silenced(span, heard, stale)]
    found = [part for span in found for part in _begun(span, truce)]
    return tuple(_joined(_ended(found, truce, last)))


def _heard(truce: Truce) -> list[date]:
    """Return the days on which something was said of a truce."""
    printed = {each.published for each in truce.cited if each.published}
    return sorted(printed | {turn.day for turn in truce.history if turn.day})


def _told(truce: Truce, last: date) -> Iterator[Span]:
    """Yield the spans from one turn to the next; of one day the last turn counts."""
    turns = {turn.day: turn for turn in truce.history if turn.day and turn.day <= last}
    days = sorted(turns)
    for day, following in zip(days, [*days[1:], last + _DAY], strict=True):
        yield Span(state=turns[day].state, first=day, last=following - _DAY, turn=turns[day])


def _silenced(span: Span, heard: Sequence[date], stale: int) -> Iterator[Span]:
    """Yield the parts of a span: where nothing was said for too long it is unknown."""
    if span.state in _OVER:
        yield span
        return
    words = [span.first, *(day for day in heard if span.first < day <= span.last)]
    begin = span.first
    for day, following in zip(words, [*words[1:], span.last + _DAY], strict=True):
        silent = day + timedelta(days=stale + 1)
        if silent < following:
            yield replace(span, first=begin, last=silent - _DAY)
            yield Span(state="unknown", first=silent, last=following - _DAY)
            begin = following
    if begin <= span.last:
        yield replace(span, first=begin)


def _begun(span: Span, truce: Truce) -> Iterator[Span]:
    """Yield the parts of a span: what was agreed is in force from its day on."""
    begins = (truce.from_.latest or truce.from_.earliest) if truce.from_ else None
    if span.state != "agreed" or begins is None or begins > span.last:
        yield span
        return
    if span.first < begins:
        yield replace(span, last=begins - _DAY)
    yield Span(state="in_force", first=max(span.first, begins), last=span.last)


def _ended(found: list[Span], truce: Truce, last: date) -> list[Span]:
    """Return the spans with the state that the board has on the last day: a truce whose time is over has ended."""
    if found and found[-1].state == truce.status:
        return found
    until = (truce.until.latest or truce.until.earliest) if truce.until and truce.status == "ended" else None
    first = min(until + _DAY, last) if until else last
    before = [replace(span, last=min(span.last, first - _DAY)) for span in found if span.first < first]
    return [*before, Span(state=truce.status, first=first, last=last)]


def _joined(found: Iterable[Span]) -> Iterator[Span]:
    """Yield spans, those of one state that follow each other as one."""
    former: Span | None = None
    for span in found:
        if former is not None and former.state == span.state:
            former = replace(former, last=span.last)
            continue
        if former is not None:
            yield former
        former = span
    if former is not None:
        yield former


# -- as it is drawn


def _bar(span: Span, axis: Axis) -> Bar:
    x = axis.x(span.first)
    width = round(max(axis.x(span.last + _DAY) - x, 0.3), 3)
    letters = len(span.words) + 1
    label = "always" if width >= letters * _NARROW else "wide" if width >= letters * _WIDE else "never"
    return Bar(span=span, x=x, width=width, label=label)


def _marks(truce: Truce, axis: Axis) -> Iterator[Mark]:
    """Yield the days on which it was printed, with how many reports."""
    days = [{each.report: each.published for each in cited} for cited in (truce.cited, truce.against)]
    half = (axis.x(axis.first + _DAY) - axis.x(axis.first)) / 2
    for day in sorted({day for reports in days for day in reports.values() if day and axis.first <= day <= axis.last}):
        told, against = (sum(each == day for each in reports.values()) for reports in days)
        yield Mark(day=day, reports=told, against=against, x=round(axis.x(day) + half, 3))


def _tick_days(first: date, last: date) -> Iterator[date]:
    days = (last - first).days + 1
    step = next((step for step in _STEPS if days / step <= _TICKS), None)
    if step is not None:
        yield from (first + timedelta(days=at) for at in range(1 if days > 1 else 0, days, step))
        return
    months = -(-days // (30 * _TICKS))
    months = next((each for each in (1, 2, 3, 6, 12) if each >= months), -(-months // 12) * 12)
    at = first.year * 12 + first.month
    for month in range(at + (-at % months), last.year * 12 + last.month, months):
        yield date(month // 12, month % 12 + 1, 1)


def _tick_words(day: date, *, months: bool) -> str:
    day_of, month, year = day_words(day).split()
    return f"{month} {year}" if months else f"{day_of} {month}"
