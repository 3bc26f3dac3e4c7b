"""The map: geometry, boxes and places, and its page in a browser."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from desking import SETTINGS, Browsed, overflows, violations
from hypothesis import given
from hypothesis import strategies as st

from dragoman.board.conflicts import load_conflicts
from dragoman.desk.charts.happenings import As, happenings
from dragoman.desk.charts.mapped import fitted, sheet
from dragoman.desk.charts.world import NORTH, SOUTH, Frame, Ring, clipped, countries, frame_of, mercator, unmercator
from dragoman.desk.faults import RequestError
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.pages.maps import box_in, box_words, chosen_of, held, home_of, spots_of
from dragoman.ledger.store import Ledger

NUMBERS = st.floats(min_value=-100, max_value=100, allow_nan=False, width=32)
SIDES = st.floats(min_value=1, max_value=50, allow_nan=False, width=32)
FRAMES = st.builds(lambda x, y, w, h: Frame(west=x, south=y, east=x + w, north=y + h), NUMBERS, NUMBERS, SIDES, SIDES)
BOX = Frame(west=0, south=0, east=10, north=10)


@pytest.fixture
def libya(corpus_ledger: Path) -> Picture:
    return Desk(Ledger(str(corpus_ledger)), SETTINGS).picture("libya")


def _area(points: list[tuple[float, float]]) -> float:
    return abs(sum(x * b - a * y for (x, y), (a, b) in zip(points, [*points[1:], points[0]], strict=True))) / 2


@pytest.mark.parametrize(
    ("points", "area"),
    [
        ([(2, 2), (4, 2), (4, 4), (2, 4)], 4),  # within
        ([(-5, -5), (15, -5), (15, 15), (-5, 15)], 100),  # around
        ([(5, 5), (15, 5), (15, 15), (5, 15)], 25),  # over a corner
        ([(-5, 2), (15, 2), (15, 4), (-5, 4)], 20),  # across
        ([(0, 0), (20, 0), (0, 20)], 100),  # a corner cut off, which touches the box's own
        ([(20, 20), (30, 20), (30, 30)], 0),  # outside
    ],
)
def test_a_ring_is_cut_to_a_box(points: list[tuple[float, float]], area: float) -> None:
    made = clipped(Ring(points=tuple(points), frame=frame_of(points)), BOX)
    assert (_area(made) if made else 0) == pytest.approx(area)
    assert all(BOX.has(x, y) for x, y in made)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=9), FRAMES)
def test_what_is_cut_is_within_the_box(points: list[tuple[float, float]], frame: Frame) -> None:
    made = clipped(Ring(points=tuple(points), frame=frame_of(points)), frame)
    around = frame.wider(1e-6)
    assert all(around.has(x, y) for x, y in made)


@given(st.floats(min_value=SOUTH, max_value=NORTH))
def test_mercator_and_back(north: float) -> None:
    assert unmercator(mercator(north)) == pytest.approx(north, abs=1e-9)


@given(FRAMES)
def test_a_box_is_whole_on_its_sheet_and_in_the_middle(frame: Frame) -> None:
    made = fitted(frame, 1100, 600)
    assert made.wider(1e-9).has(frame.west, frame.south)
    assert made.wider(1e-9).has(frame.east, frame.north)
    assert made.width / made.height == pytest.approx(1100 / 600)


@given(FRAMES)
def test_a_box_that_is_held_stays_as_it_is(frame: Frame) -> None:
    once = held(frame)
    again = box_in(box_words(once))
    assert again is not None
    for one, other in zip(
        (once.west, once.south, once.east, once.north), (again.west, again.south, again.east, again.north), strict=True
    ):
        assert one == pytest.approx(other, abs=0.02)


@pytest.mark.parametrize("given_", ["1,2,3", "a,b,c,d", "10,0,5,5", "0,10,5,5", "nan,0,1,1", "0,0,inf,1", "0,-91,1,1"])
def test_a_box_that_is_none_is_refused(given_: str) -> None:
    with pytest.raises(RequestError, match="no box"):
        box_in(given_)


def test_both_maps_have_each_country_of_a_conflict_where_it_is() -> None:
    wanted = {code for each in load_conflicts().values() for code in each.countries}
    for width in (10, 300):
        found = {each.code: each for each in countries(Frame(west=0, south=0, east=width, north=10)) if each.code}
        assert wanted <= set(found)
        libya = frame_of([point for ring in found["LBY"].rings for point in ring.points])
        assert (round(libya.west), round(libya.east)) == (9, 25)
        assert (round(unmercator(libya.south), -1), round(unmercator(libya.north))) == (20, 33)


def test_no_line_runs_across_the_map_where_land_goes_over_the_date_line() -> None:
    for width in (10, 300):
        for each in countries(Frame(west=0, south=0, east=width, north=10)):
            for ring in each.rings:
                leaps = [(one, other) for one, other in pairwise(ring.points) if abs(one[0] - other[0]) > 90]
                assert all(one[1] == other[1] == mercator(SOUTH) for one, other in leaps)
        russia = next(each for each in countries(Frame(west=0, south=0, east=width, north=10)) if each.code == "RUS")
        assert min(ring.frame.east for ring in russia.rings) < -160  # Chukotka, at the other end too


def test_circles_are_as_great_in_area_as_their_events_are_many(libya: Picture) -> None:
    spots = spots_of(happenings(libya)[As.HAPPENED], libya)
    made = sheet(home_of(spots, load_conflicts()["libya"]), spots, 1100, 600)
    greatest, second = made.circles[:2]
    share = (greatest.radius / second.radius) ** 2
    assert share == pytest.approx(len(greatest.spot.events) / len(second.spot.events), rel=0.02)
    assert len(made.circles) == len(spots)
    assert all(0 < c.x < 1100 and 0 < c.y < 600 for c in made.circles)


def test_names_do_not_cover_each_other(libya: Picture) -> None:
    spots = spots_of(happenings(libya)[As.HAPPENED], libya)
    for width, height in ((1100, 600), (350, 400)):
        names = sheet(home_of(spots, load_conflicts()["libya"]), spots, width, height).names
        assert len(names) > 5
        for at, one in enumerate(names):
            assert all(abs(one.y - other.y) > 8 or abs(one.x - other.x) > 8 for other in names[at + 1 :])


def test_each_event_is_in_one_place_or_in_none(libya: Picture) -> None:
    found = happenings(libya)[As.HAPPENED]
    spots = spots_of(found, libya)
    listed = [each.id for spot in spots for each in chosen_of(found, spots, spot.key, None)]
    listed += [each.id for each in chosen_of(found, spots, "none", None)]
    assert sorted(listed) == sorted(each.id for each in found)
    assert [spot.name for spot in spots if spot.whole] == ["Libya"]


def test_where_no_event_has_a_place_the_map_is_of_the_countries() -> None:
    frame = home_of((), load_conflicts()["libya"])
    assert 5 < frame.west < 9.4 < 25 < frame.east < 29


def test_the_page_with_all_that_it_loads_is_light(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya/map")
    sizes = """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
        .reduce((sum, each) => sum + each.transferSize, 0)"""
    assert 20_000 < page.evaluate(sizes) <= 300_000


# -- in a browser


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
@pytest.mark.parametrize("path", ["/conflicts/libya/map?place=Tripoli,+LBY&box=8,19,26,34", "/conflicts/sorvia/map"])
def test_its_page_is_fit_for_all(browsed: Browsed, path: str, narrow: bool, dark: bool) -> None:
    page = browsed(path, narrow=narrow, dark=dark)
    for each in page.locator("details").all():
        each.evaluate("each => { each.open = true }")
    assert (violations(page), overflows(page)) == ([], [])


def test_a_circle_leads_to_the_events_of_its_place(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya/map")
    page.locator("svg.broad a.spot[aria-label^='Berlin'] circle").click()
    page.get_by_role("heading", name="Events in Berlin, DEU").wait_for()
    listed = page.locator("#events .happenings > li")
    told = page.locator("svg.broad a.spot[aria-current]").get_attribute("aria-label")
    assert told == f"Berlin: {listed.count()} events"
    assert all("Berlin" in each for each in listed.all_inner_texts())


def test_dragging_and_the_wheel_change_the_box_of_the_address(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya/map?box=8,19,26,34&place=Tripoli,+LBY")
    page.evaluate("window.same = true")
    area = page.locator("svg.broad").bounding_box()
    assert area
    x, y = area["x"] + area["width"] / 2, area["y"] + 100
    before = [float(page.locator("svg.broad").get_attribute(f"data-{edge}") or 0) for edge in ("west", "east")]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - area["width"] / 4, y, steps=4)
    page.mouse.up()
    page.wait_for_url(lambda url: "box=8%2C19" not in url and "box=8,19" not in url)
    moved = [float(part) for part in re.split(",|%2C", page.url.split("box=")[1].split("&")[0])]
    assert moved[0] - before[0] == pytest.approx((before[1] - before[0]) / 4, rel=0.05)
    page.locator("svg.broad[viewBox^='0 0 ']").wait_for()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_url(lambda url: f"box={moved[0]}" not in url)
    nearer = [float(part) for part in re.split(",|%2C", page.url.split("box=")[1].split("&")[0])]
    assert nearer[2] - nearer[0] == pytest.approx(0.8 * (moved[2] - moved[0]), rel=0.02)
    assert "place=Tripoli" in page.url
    assert page.evaluate("window.same") is True


def test_the_map_says_whose_lines_it_shows(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya/map")
    assert "Natural Earth (public domain)" in page.locator("#chart").inner_text()
