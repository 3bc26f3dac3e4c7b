"""The map of a conflict: where its events were, on lines that ship with the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.board.conflicts import Conflict
from dragoman.desk.asked import AskedOf
from dragoman.desk.charts.bins import by_quad
from dragoman.desk.charts.happenings import As, Happening, Quad, WishOf, events_of, happenings, one_of, origins_of
from dragoman.desk.charts.mapped import Sheet, Spot, sheet
from dragoman.desk.charts.world import NORTH, SOUTH, Country, Frame, Point, countries, frame_of, mercator, unmercator
from dragoman.desk.faults import bad
from dragoman.desk.kept import Picture
from dragoman.desk.paper import desk_of, page
from dragoman.model import Where
from dragoman.reading.where import default_gazetteer

router = APIRouter()

_WIDE, _NARROW = (1100, 600), (350, 400)
_MOST_DRAWN, _MOST_LISTED = 150, 60
_LEAST, _MOST = 0.5, 360.0  # degrees across
_MARGIN = 0.12
_NOWHERE = "none"
_WORLD = Frame(west=-170, south=mercator(-56), east=180, north=mercator(75))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A place in the table, its events by class."""

    spot: Spot
    parts: Mapping[Quad, Sequence[Happening]]
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """What the page shows. ``ways`` are boxes to go to by name; ``outside`` counts places that are not on it."""

    wide: Sheet
    narrow: Sheet
    rows: tuple[Row, ...]
    box: str
    ways: Mapping[str, str]
    placed: int
    nowhere: int
    whole: int
    outside: int
    unlisted: int
    counts: Mapping[As, int]


@router.get("/conflicts/{conflict}/map")
def map_(  # noqa: PLR0913  a parameter of the address is a parameter here
    request: Request,
    conflict: str,
    asked: AskedOf,
    wish: WishOf,
    box: str | None = None,
    place: str | None = None,
    of: str | None = None,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Show where the events of a conflict were, and beneath a list of them: all, or those of one place."""
    desk = desk_of(request)
    picture, one = desk.picture(conflict, asked.view), desk.conflict(conflict)
    found = happenings(picture)
    mine = [each for each in wish.of(found) if wish.covers(each)]
    spots, quad = spots_of(mine, picture), one_of(Quad, of, "of") if of else None
    chosen = chosen_of(mine, spots, place, quad)
    context = {
        "conflict": one, "wish": wish, "drawn": map_of(spots, mine, box_in(box), one, found), "place": place, "of": quad,
        "keep": {**wish.query, "from_": wish.start, "to": wish.end, "box": box}, "quads": tuple(Quad), "kinds": tuple(As),
        "nowhere": _NOWHERE, "events": events_of(chosen, picture.names, number),
    }  # fmt: skip
    return page(request, "map.html", context, asked)


# -- places


def spots_of(found: Sequence[Happening], picture: Picture) -> tuple[Spot, ...]:
    """Return the places of events, those with the most first."""
    wheres: dict[tuple[str, str | None], Where] = {}
    events: dict[tuple[str, str | None], list[Happening]] = {}
    for each in found:
        if each.place is not None:
            key = (each.place.name, each.place.code)
            wheres.setdefault(key, each.place)
            events.setdefault(key, []).append(each)
    known: dict[tuple[str, str | None], bool] = picture.once("whole_countries", lambda _: {})
    spots = []
    for key, where in wheres.items():
        if key not in known:
            known[key] = is_country(where)
        spots.append(
            Spot(
                name=where.name, code=where.code, x=where.lon or 0.0, y=mercator(where.lat or 0.0), whole=known[key],
                events=tuple(events[key]),
            )
        )  # fmt: skip
    return tuple(sorted(spots, key=lambda spot: (-len(spot.events), spot.name, spot.code or "")))


def is_country(where: Where) -> bool:
    """Return whether a place is a whole country, so that its coordinates are only those of somewhere in it.

    >>> is_country(Where(name="Libya", code="LBY")), is_country(Where(name="Tripoli", code="LBY"))
    (True, False)
    """
    places = default_gazetteer().candidates(where.name)
    return any(place.feature == "country" and place.code == (where.code or "") for place in places)


def chosen_of(
    found: Sequence[Happening], spots: Sequence[Spot], place: str | None, quad: Quad | None
) -> Sequence[Happening]:
    """Return the events of a place, or those without one, or all that have one; of one class, where one is given."""
    if place == _NOWHERE:
        chosen: Sequence[Happening] = [each for each in found if each.place is None]
    elif place:
        chosen = next((spot.events for spot in spots if spot.key == place), ())
    else:
        chosen = [each for each in found if each.place is not None]
    return [each for each in chosen if quad is None or each.quad is quad]


# -- boxes


def box_in(given: str | None) -> Frame | None:
    """Return the box that an address gives as west,south,east,north in degrees; RequestError where it is none.

    >>> box_in("9,19,26,34").west
    9.0
    """
    if not given:
        return None
    remedy = "give west,south,east,north in degrees, as 9,19,26,34"
    try:
        west, south, east, north = (float(part) for part in given.split(","))
    except ValueError as mistake:
        raise bad("box", f"{given[:60]!r} is no box", remedy) from mistake
    if not (-540 <= west < east <= 540 and -90 <= south < north <= 90):  # not a number is none of this
        raise bad("box", f"{given[:60]!r} is no box", remedy)
    return held(Frame(west=west, south=mercator(south), east=east, north=mercator(north)))


def held(frame: Frame) -> Frame:
    """Return a box that is neither too small nor too great, and on the map."""
    wide, tall = min(max(frame.width, _LEAST), _MOST), max(frame.height, _LEAST / 2)
    south, north = mercator(SOUTH), mercator(NORTH)
    tall = min(tall, north - south)
    x = min(max((frame.west + frame.east) / 2, -180 + wide / 2), 180 - wide / 2)
    y = min(max((frame.south + frame.north) / 2, south + tall / 2), north - tall / 2)
    return Frame(west=x - wide / 2, south=y - tall / 2, east=x + wide / 2, north=y + tall / 2)


def box_words(frame: Frame) -> str:
    """Return a box as an address gives it.

    >>> box_words(box_in("9,19,26,34"))
    '9,19,26,34'
    """
    parts = (frame.west, unmercator(frame.south), frame.east, unmercator(frame.north))
    return ",".join(f"{round(part, 3) + 0.0:g}" for part in parts)


def home_of(spots: Sequence[Spot], conflict: Conflict) -> Frame:
    """Return the box of the places with a margin; where there are none that of the conflict's countries, or the world."""
    points = [(spot.x, spot.y) for spot in spots] or _lands_of(conflict)
    return _around(points) if points else _WORLD


def _around(points: Sequence[Point]) -> Frame:
    frame = frame_of(points)
    least = Frame(
        west=frame.west - 1.5, south=frame.south - 1.5, east=frame.east + 1.5, north=frame.north + 1.5
    )  # a single place, too, has land around it
    return held(least.wider(_MARGIN))


def _lands_of(conflict: Conflict) -> list[Point]:
    """Return the corners of the greatest piece of land of each country of a conflict."""
    mine = [each for each in countries(_WORLD) if each.code in conflict.countries]
    return [point for each in mine for point in _corners(each)]


def _corners(country: Country) -> list[Point]:
    frame = max((ring.frame for ring in country.rings), key=lambda each: each.width * each.height)
    return [(frame.west, frame.south), (frame.east, frame.north)]


def _ways(frame: Frame, spots: Sequence[Spot], conflict: Conflict) -> dict[str, str]:
    """Return the boxes to go to, by the words of their links."""
    x, y = frame.width / 3, frame.height / 3

    def moved(east: float, north: float) -> Frame:
        return Frame(
            west=frame.west + east, south=frame.south + north, east=frame.east + east, north=frame.north + north
        )

    found = {
        "Zoom in": frame.wider(-0.25), "Zoom out": frame.wider(0.5), "← West": moved(-x, 0), "East →": moved(x, 0),
        "↑ North": moved(0, y), "↓ South": moved(0, -y), "All places": home_of(spots, conflict),
    }  # fmt: skip
    land = _lands_of(conflict)
    if land:
        found["The country" if len(conflict.countries) == 1 else "The countries"] = _around(land)
    return {words: box_words(held(each)) for words, each in found.items()}


# -- the map


def map_of(
    spots: Sequence[Spot],
    found: Sequence[Happening],
    asked: Frame | None,
    conflict: Conflict,
    counted: Mapping[As, Sequence[Happening]],
) -> Map:
    """Return the map of places in a box, or in that of all places."""
    frame = asked or home_of(spots, conflict)
    drawn = spots[:_MOST_DRAWN]
    wide = sheet(frame, drawn, *_WIDE)
    inside = [spot for spot in spots if wide.frame.has(spot.x, spot.y)]
    rows = (
        Row(spot=spot, parts=by_quad(spot.events), origins=origins_of(spot.events)) for spot in inside[:_MOST_LISTED]
    )
    return Map(
        wide=wide,
        narrow=sheet(frame, drawn, *_NARROW),
        rows=tuple(rows),
        box=box_words(frame),
        ways=_ways(frame, spots, conflict),
        placed=sum(len(spot.events) for spot in spots),
        nowhere=sum(each.place is None for each in found),
        whole=sum(len(spot.events) for spot in spots if spot.whole),
        outside=len(spots) - len(inside),
        unlisted=max(len(inside) - _MOST_LISTED, 0),
        counts={kind: len(counted[kind]) for kind in As},
    )
