"""How tense it is between two, day by day or week by week: the sums of a scale of conflict and cooperation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.analysis.acts import Act
from dragoman.views.times import Scale, end_of, later, start_of

Who = str | Iterable[str]
"""An id, or those of all who count as one side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A day, week or month. ``events`` 0 means that no report tells of anything between the two: not that it was quiet.

    ``total`` is ``conflict`` (all that is below 0) and ``cooperation`` (all above) together.
    """

    start: date
    end: date
    total: float
    conflict: float
    cooperation: float
    events: int
    claims: tuple[str, ...]


def tension(acts: Iterable[Act], a: Who, b: Who, by: str = "week") -> tuple[Point, ...]:
    """Return the sums of what A does towards B and B towards A, by 'day', 'week' (from Monday), 'month' or 'year'.

    Each event counts once with its type's value on the scale of the PLOVER manual (`event_scale`), from -9.3 (assault) over
    -5.1 (threat) and 4.2 (agreement) to 7.6 (retreat). It is one number for a whole type, made after the scale of J. S.
    Goldstein ('A Conflict-Cooperation Scale for WEIS Events Data', Journal of Conflict Resolution 36(2), 1992). The series
    runs from the first to the last such event without a gap: what nobody tells of is 0 with 0 events.

    What it must not be read as: events are those that were told, so a week with more correspondents is a 'tenser' one; a sum
    of 0 can be a truce and a raid on one day (see ``conflict`` and ``cooperation``); an assault that kills one weighs as much
    as one that kills hundreds; and two truces are no 'twice as friendly'. It compares the weeks of one pair in one set of
    outlets, no more.
    """
    first, second = _ids(a), _ids(b)
    scale = Scale(by)
    between = [act for act in acts if act.day is not None and _is_between(act, first, second)]
    found: dict[date, list[Act]] = {}
    for act in between:
        found.setdefault(start_of(act.day or date.min, scale), []).append(act)
    return tuple(_point(start, scale, found.get(start, ())) for start in _starts(found, scale))


def _ids(who: Who) -> frozenset[str]:
    return frozenset([who] if isinstance(who, str) else who)


def _is_between(act: Act, first: frozenset[str], second: frozenset[str]) -> bool:
    pairs = act.pairs()
    return any((x in first and y in second) or (x in second and y in first) for x, y in pairs)


def _starts(found: Iterable[date], scale: Scale) -> Iterator[date]:
    """Yield the first day of each bin from the first to the last."""
    listed = sorted(found)
    at = listed[0] if listed else None
    while at is not None and at <= listed[-1]:
        yield at
        last = end_of(at, scale)
        at = later(last, 1) if last < date.max else None


def _point(start: date, scale: Scale, acts: Sequence[Act]) -> Point:
    values = [act.scale for act in acts]
    conflict, cooperation = sum(v for v in values if v < 0), sum(v for v in values if v > 0)
    return Point(
        start=start,
        end=end_of(start, scale),
        total=round(conflict + cooperation, 1),
        conflict=round(conflict, 1),
        cooperation=round(cooperation, 1),
        events=len(acts),
        claims=tuple(claim for act in acts for claim in act.claims),
    )
