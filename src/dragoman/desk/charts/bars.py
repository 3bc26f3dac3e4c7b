"""Bins drawn as bars: what is with each other above the line, against each other below, what is done darker than what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

from dragoman.desk.charts.bins import Bin, gaps, tick_words
from dragoman.desk.charts.happenings import Quad
from dragoman.views.times import Scale

_UP = (Quad.MATERIAL_COOPERATION, Quad.VERBAL_COOPERATION)
_DOWN = (Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT)
_LEFT, _RIGHT, _TOP, _FOOT = 34, 6, 10, 24
_LABEL = 62  # pixels that the name of a bin takes on the axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar: the events of one class."""

    quad: Quad
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The bar of a bin, with the whole column that leads to its list."""

    bin: Bin
    x: float
    width: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis."""

    at: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time of which there is no report."""

    x: float
    width: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A chart on a sheet: ``left`` and ``right`` are the ends of its plot, ``zero`` where nothing happened."""

    width: float
    height: float
    left: float
    right: float
    top: float
    foot: float
    zero: float
    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    days: tuple[Tick, ...]
    numbers: tuple[Tick, ...]


def bars(made: Sequence[Bin], scale: Scale, *, width: float, height: float) -> Bars:
    """Return bins as bars on a sheet of a size in pixels. The axis goes to a round number of events both ways."""
    step = (width - _LEFT - _RIGHT) / max(len(made), 1)
    high = max((_sum(each, _UP) for each in made), default=0)
    low = max((_sum(each, _DOWN) for each in made), default=0)
    unit = _unit(high + low)
    high, low = max(ceil(high / unit), 1) * unit, max(ceil(low / unit), 1) * unit
    per = (height - _TOP - _FOOT) / (high + low)
    zero = _TOP + high * per
    drawn = tuple(_bar(each, _LEFT + at * step, step, zero, per) for at, each in enumerate(made))
    every = ceil(_LABEL / step) if made else 1
    return Bars(
        width=width, height=height, left=_LEFT, right=width - _RIGHT, top=_TOP, foot=height - _FOOT, zero=round(zero, 1),
        bars=drawn,
        gaps=tuple(
            Gap(x=round(_LEFT + first * step, 1), width=round((last - first + 1) * step, 1), words=_gap_words(made, first, last))
            for first, last in gaps(made)
        ),
        days=tuple(
            Tick(at=round(_LEFT + (at + 0.5) * step, 1), words=tick_words(made[at].start, scale))
            for at in range(0, len(made), every)
        ),
        numbers=tuple(
            Tick(at=round(zero - number * per, 1), words=str(abs(number))) for number in range(-low, high + 1, unit)
        ),
    )  # fmt: skip


def _gap_words(made: Sequence[Bin], first: int, last: int) -> str:
    one = made[first].words
    return one if first == last else f"{one} to {made[last].words}"


def _sum(each: Bin, quads: Sequence[Quad]) -> int:
    return sum(len(each.of(quad)) for quad in quads)


def _unit(most: int) -> int:
    """Return a round step of an axis that has some six of them.

    >>> [_unit(most) for most in (0, 6, 25, 90, 800)]
    [1, 1, 5, 20, 200]
    """
    rough = max(most / 6, 1)
    power: int = 10 ** int(log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)


def _bar(each: Bin, x: float, step: float, zero: float, per: float) -> Bar:
    parts = []
    for quads, way in ((_UP, -1), (_DOWN, 1)):
        level = zero
        for quad in quads:
            tall = len(each.of(quad)) * per
            if tall:
                parts.append(Part(quad=quad, y=round(level - tall if way < 0 else level, 1), height=round(tall, 1)))
            level += tall * way
    return Bar(bin=each, x=round(x, 2), width=round(step, 2), parts=tuple(parts))
