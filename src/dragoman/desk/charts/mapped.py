"""A map on a sheet: countries as lines in pixels, places as circles by how much happened there, names where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from dragoman.desk.charts.happenings import Happening
from dragoman.desk.charts.world import Frame, Point, clipped, countries, frame_of

_MARGIN = 0.25  # what is drawn beyond the sheet, to be there when it is moved
_STEP = 0.8  # pixels: points nearer than that to the last are left out
_SMALL = 4.5
_LETTER, _LINE = 6.6, 15  # pixels of a letter, and of a line of names
_LEAST_LAND = 900  # square pixels of a country that is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with its events. ``whole``: only the country is told, and the circle stands somewhere in it."""

    name: str
    code: str | None
    x: float
    y: float
    whole: bool
    events: tuple[Happening, ...]

    @property
    def key(self) -> str:
        """Return what names it in an address."""
        return f"{self.name}, {self.code}" if self.code else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A place drawn."""

    spot: Spot
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name on the map, and where it stands. ``anchor`` as in SVG."""

    text: str
    x: float
    y: float
    anchor: str
    country: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """A country's land in pixels, and where its name would stand, if it is big enough for one."""

    name: str
    path: str
    middle: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A map of a size in pixels; ``frame`` is what it shows."""

    width: int
    height: int
    frame: Frame
    lands: tuple[Land, ...]
    circles: tuple[Circle, ...]
    names: tuple[Name, ...]


def fitted(frame: Frame, width: int, height: int) -> Frame:
    """Return the least box with the shape of a sheet that a box is in the middle of.

    >>> made = fitted(Frame(west=0, south=0, east=10, north=10), 200, 100)
    >>> (made.west, made.east, made.south, made.north)
    (-5.0, 15.0, 0.0, 10.0)
    """
    wide = max(frame.width, frame.height * width / height)
    tall = wide * height / width
    x, y = (frame.west + frame.east) / 2, (frame.south + frame.north) / 2
    return Frame(west=x - wide / 2, south=y - tall / 2, east=x + wide / 2, north=y + tall / 2)


def sheet(frame: Frame, spots: Sequence[Spot], width: int, height: int) -> Sheet:
    """Return a map of what is in a box and a little around it; places are drawn from the greatest to the least."""
    shown = fitted(frame, width, height)
    lands = _lands(shown, width, height)
    per = width / shown.width
    most = max((len(spot.events) for spot in spots), default=1)
    greatest = width / 32 if width > 600 else width / 16
    circles = tuple(
        Circle(
            spot=spot,
            x=round((spot.x - shown.west) * per, 1),
            y=round((shown.north - spot.y) * per, 1),
            radius=round(max(_SMALL, greatest * sqrt(len(spot.events) / most)), 1),
        )
        for spot in spots
    )
    inside = [each for each in circles if 0 <= each.x <= width and 0 <= each.y <= height]
    return Sheet(
        width=width, height=height, frame=shown, lands=lands, circles=circles,
        names=tuple(_names(inside, lands, width, height)),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _lands(shown: Frame, width: int, height: int) -> tuple[Land, ...]:
    """Return the countries of a box in pixels."""
    around = shown.wider(_MARGIN)
    per = width / shown.width
    found = []
    for country in countries(shown):
        rings = [ring for each in country.rings if len(ring := clipped(each, around)) > 2]
        drawn = [_pixels(ring, shown, per) for ring in rings]
        path = "".join(_path(points) for points in drawn if len(points) > 2)
        if path:
            found.append(Land(name=country.name, path=path, middle=_middle(drawn, width, height)))
    return tuple(found)


def _pixels(ring: Sequence[Point], shown: Frame, per: float) -> list[Point]:
    """Return a ring in pixels, points that are too near to the last left out."""
    found: list[Point] = []
    for x, y in ring:
        point = ((x - shown.west) * per, (shown.north - y) * per)
        if not found or abs(point[0] - found[-1][0]) + abs(point[1] - found[-1][1]) >= _STEP:
            found.append(point)
    return found


def _path(points: Sequence[Point]) -> str:
    """Return a ring in SVG, as steps in tenths of pixels."""
    x, y = round(points[0][0], 1), round(points[0][1], 1)
    steps = [f"M{x:g},{y:g}l"]
    for there in points[1:]:
        to_x, to_y = round(there[0], 1), round(there[1], 1)
        steps.append(f"{round(to_x - x, 1):g},{round(to_y - y, 1):g} ")
        x, y = to_x, to_y
    return "".join(steps).rstrip() + "z"


def _middle(rings: Iterable[Sequence[Point]], width: int, height: int) -> Point | None:
    """Return the middle of the greatest piece of a country that is on the sheet, if it is great enough for a name."""
    best, at = float(_LEAST_LAND), None
    for ring in rings:
        if len(ring) < 3:
            continue
        edge = frame_of(ring)
        west, east = max(edge.west, 0.0), min(edge.east, float(width))
        top, foot = max(edge.south, 0.0), min(edge.north, float(height))
        if east > west and foot > top and (east - west) * (foot - top) > best:
            best = (east - west) * (foot - top)
            at = _centre([(min(max(x, 0.0), float(width)), min(max(y, 0.0), float(height))) for x, y in ring])
    return at


def _centre(ring: Sequence[Point]) -> Point | None:
    """Return the centre of gravity of a ring."""
    twice = across = down = 0.0
    for (x, y), (to_x, to_y) in zip(ring, (*ring[1:], ring[0]), strict=True):
        part = x * to_y - to_x * y
        twice += part
        across += (x + to_x) * part
        down += (y + to_y) * part
    return (round(across / (3 * twice), 1), round(down / (3 * twice), 1)) if abs(twice) > 1 else None


_Taken = tuple[float, float, float, float]


def _names(circles: Sequence[Circle], lands: Sequence[Land], width: int, height: int) -> Iterable[Name]:
    """Yield the names for which there is room: places first, those with most events leading, then countries."""
    taken: list[_Taken] = [(c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius) for c in circles]
    told = {circle.spot.name for circle in circles if circle.spot.whole}
    for circle in circles:
        text = f"{circle.spot.name} (country)" if circle.spot.whole else circle.spot.name
        wide = len(text) * _LETTER
        for anchor, x in (("start", circle.x + circle.radius + 3), ("end", circle.x - circle.radius - 3)):
            left = x if anchor == "start" else x - wide
            room = (left, circle.y - _LINE / 2, left + wide, circle.y + _LINE / 2)
            if _is_free(room, taken, width, height):
                taken.append(room)
                yield Name(text=text, x=round(x, 1), y=circle.y + 4, anchor=anchor, country=False)
                break
    for land in lands:
        if land.middle is not None and land.name not in told:
            (x, y), wide = land.middle, len(land.name) * _LETTER
            room = (x - wide / 2, y - _LINE / 2, x + wide / 2, y + _LINE / 2)
            if _is_free(room, taken, width, height):
                taken.append(room)
                yield Name(text=land.name, x=x, y=y + 4, anchor="middle", country=True)


def _is_free(room: _Taken, taken: Iterable[_Taken], width: int, height: int) -> bool:
    left, top, right, foot = room
    if left < 0 or top < 0 or right > width or foot > height:
        return False
    return all(right < a or c < left or foot < b or d < top for a, b, c, d in taken)
