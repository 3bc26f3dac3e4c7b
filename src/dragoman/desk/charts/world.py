"""The base map: countries of Natural Earth as rings of points in Mercator degrees, and what of them is in a box."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import asinh, atan, degrees, radians, sinh, tan

Point = tuple[float, float]
"""Degrees east, and degrees north as Mercator stretches them (``mercator``)."""

SOUTH, NORTH = -78.0, 84.0
"""How far the map goes."""
_FINE = 70.0  # degrees across from which the coarse lines do


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A box in degrees east and in Mercator degrees north."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Return how far it goes from west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Return how far it goes from south to north."""
        return self.north - self.south

    def meets(self, other: Frame) -> bool:
        """Return whether two boxes have something in common."""
        apart = self.east < other.west or other.east < self.west or self.north < other.south or other.north < self.south
        return not apart

    def has(self, x: float, y: float) -> bool:
        """Return whether a point is in it."""
        return self.west <= x <= self.east and self.south <= y <= self.north

    def wider(self, share: float) -> Frame:
        """Return it with a margin all around, as a share of its width and height."""
        x, y = self.width * share, self.height * share
        return Frame(west=self.west - x, south=self.south - y, east=self.east + x, north=self.north + y)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """The line around a piece of land, or around a hole in it."""

    points: tuple[Point, ...]
    frame: Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country as Natural Earth has it; ``code`` is its ISO 3166 alpha-3 code, None where it has none."""

    name: str
    code: str | None
    rings: tuple[Ring, ...]


def mercator(north: float) -> float:
    """Return degrees north as Mercator stretches them.

    >>> round(mercator(0), 3), round(mercator(60), 3)
    (0.0, 75.456)
    """
    return degrees(asinh(tan(radians(min(max(north, SOUTH), NORTH)))))


def unmercator(y: float) -> float:
    """Return the degrees north of stretched ones.

    >>> round(unmercator(mercator(32.9)), 6)
    32.9
    """
    return degrees(atan(sinh(radians(y))))


def countries(frame: Frame) -> tuple[Country, ...]:
    """Return the countries, as fine as a box of this width shows them."""
    return _countries("50m" if frame.width < _FINE else "110m")


@lru_cache(maxsize=2)
def _countries(scale: str) -> tuple[Country, ...]:
    packed = (files("dragoman.desk") / "data" / f"countries-{scale}.json.gz").read_bytes()
    world = json.loads(gzip.decompress(packed))
    arcs = [_arc(arc, world["scale"], world["origin"]) for arc in world["arcs"]]
    return tuple(
        Country(
            name=each["name"],
            code=each["code"],
            rings=tuple(part for polygon in each["polygons"] for ring in polygon for part in _rings(ring, arcs)),
        )
        for each in world["countries"]
    )


def _arc(steps: Sequence[Sequence[int]], scale: Sequence[float], origin: Sequence[float]) -> list[Point]:
    """Return the points of a line that is kept as steps of whole numbers."""
    x = y = 0
    found = []
    for step in steps:
        x, y = x + step[0], y + step[1]
        found.append((x * scale[0] + origin[0], mercator(y * scale[1] + origin[1])))
    return found


def _rings(numbers: Sequence[int], arcs: Sequence[list[Point]]) -> Iterator[Ring]:
    """Yield a ring of lines one after another; the number of one that runs backwards is its complement.

    One that goes over the date line is yielded at both ends of the map.
    """
    points: list[Point] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += line[1:] if points else line
    whole = _unrolled(points)
    frame = frame_of(whole)
    for turn in (-360.0, 0.0, 360.0):
        if frame.west + turn < 180 and frame.east + turn > -180:
            moved = tuple((x + turn, y) for x, y in whole) if turn else tuple(whole)
            yield Ring(points=moved, frame=frame_of(moved))


def _unrolled(points: Sequence[Point]) -> list[Point]:
    """Return a ring that goes on beyond 180 degrees instead of back to the other end; one around the pole is closed there.

    >>> [round(x) for x, _ in _unrolled([(170, 0), (-170, 0), (-170, 10), (170, 10), (170, 0)])]
    [170, 190, 190, 170, 170]
    """
    turn, before = 0.0, points[0][0]
    found = []
    for x, y in points:
        if abs(x - before) > 180:
            turn += 360.0 if x < before else -360.0
        found.append((x + turn, y))
        before = x
    if turn:
        found += [(found[-1][0], mercator(SOUTH)), (found[0][0], mercator(SOUTH))]
    return found


def frame_of(points: Sequence[Point]) -> Frame:
    """Return the least box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Frame(west=min(xs), south=min(ys), east=max(xs), north=max(ys))


def clipped(ring: Ring, frame: Frame) -> list[Point]:
    """Return what of a ring is in a box, as a ring along the box's edges; nothing where it is outside.

    Sutherland and Hodgman's way: the ring is cut at one edge after another.
    """
    if not ring.frame.meets(frame):
        return []
    points = list(ring.points)
    for axis, bound, above in (
        (0, frame.west, True), (0, frame.east, False), (1, frame.south, True), (1, frame.north, False),
    ):  # fmt: skip
        points = list(_cut(points, axis, bound, above))
    return points


def _cut(points: Sequence[Point], axis: int, bound: float, above: bool) -> Iterator[Point]:
    if not points:
        return
    before = points[-1]
    was_in = (before[axis] >= bound) is above
    for point in points:
        is_in = (point[axis] >= bound) is above
        if is_in is not was_in:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            across = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (bound, across) if axis == 0 else (across, bound)
        if is_in:
            yield point
        before, was_in = point, is_in
