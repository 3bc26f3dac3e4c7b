"""The timeline: which events it counts, bins and bars, and its page in a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from desking import SETTINGS, Browsed, overflows, violations
from hypothesis import given
from hypothesis import strategies as st

from dragoman.desk.charts.bars import bars
from dragoman.desk.charts.bins import MOST, bins, fitting, gaps, ways
from dragoman.desk.charts.happenings import As, Happening, Quad, Wish, events_of, happenings, report_days, wish_of
from dragoman.desk.faults import RequestError
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.pages.timeline import timeline_of
from dragoman.ledger.store import Ledger, Told, View
from dragoman.model import EventType, Status, When
from dragoman.rulebook.codes import QUADS
from dragoman.views.times import Scale, end_of, start_of

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1))
TIMES = st.tuples(DAYS, DAYS).map(lambda days: (min(days), max(days)))
JAN = date(2020, 1, 1)


@pytest.fixture
def libya(corpus_ledger: Path) -> Picture:
    return Desk(Ledger(str(corpus_ledger)), SETTINGS).picture("libya")


def _one(libya: Picture, **changes: object) -> Told:
    """Return a report with one claim of it alone, changed."""
    told = next(each for each in libya.told if each.claims)
    kept = told.claims[0]
    return replace(told, claims=(replace(kept, claim=replace(kept.claim, **changes)),))  # type: ignore[arg-type]


def _event(libya: Picture, **changes: object) -> Happening:
    found = happenings(Picture((_one(libya, **changes),), View()))
    (event,) = [each for kind in As for each in found[kind]]
    return event


def test_each_type_is_of_one_of_the_four_classes() -> None:
    assert set(QUADS) == set(EventType)
    assert {name.replace(" ", "-") for name in QUADS.values()} == set(Quad)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"negated": True, "status": Status.OCCURRED}, As.DENIED),
        ({"negated": False, "status": Status.FUTURE}, As.PLANNED),
        ({"negated": False, "status": Status.HYPOTHETICAL}, As.PLANNED),
        ({"negated": False, "status": Status.HISTORICAL}, As.BACKGROUND),
        (
            {"negated": False, "status": Status.OCCURRED, "date": When(earliest=JAN, latest=date(2020, 12, 31))},
            As.BACKGROUND,
        ),
        (
            {"negated": False, "status": Status.OCCURRED, "date": When(earliest=JAN, latest=date(2020, 1, 31))},
            As.HAPPENED,
        ),
    ],
)
def test_what_is_not_told_as_happened_is_kept_apart(libya: Picture, changes: dict[str, object], kind: As) -> None:
    assert _event(libya, **changes).told_as is kind


def test_an_event_is_of_its_own_day_or_else_of_its_report(libya: Picture) -> None:
    told = _one(libya)
    stated = _event(libya, date=When(earliest=JAN, latest=date(2020, 1, 3)), status=Status.OCCURRED, negated=False)
    silent = _event(libya, date=When(), status=Status.OCCURRED, negated=False)
    assert (stated.day, stated.stated) == (JAN, True)
    assert (silent.day, silent.stated) == (told.kept.report.published, False)


def test_an_event_that_one_report_tells_as_happened_and_another_denies_happened_and_is_marked(libya: Picture) -> None:
    yes, no = _one(libya, negated=False, status=Status.OCCURRED), _one(libya, negated=True)
    found = happenings(Picture((no, yes), View()))
    (event,) = found[As.HAPPENED]
    assert event.also_denied
    assert not found[As.DENIED]


def test_reports_that_an_update_replaced_do_not_count(libya: Picture) -> None:
    old = next(each for each in libya.told if each.kept.revises).kept.revises
    counted = {each.leading[0].report.id for kind in As for each in happenings(libya)[kind]}
    assert old in libya.reports
    assert old not in counted


@given(TIMES, st.sampled_from(Scale))
def test_bins_cover_a_time_without_hole_or_overlap(time: tuple[date, date], scale: Scale) -> None:
    start, end = time
    made = bins(start, end, fitting(start, end, scale), (), ())
    assert (made[0].start, made[-1].end) == time
    assert all(one.end + timedelta(days=1) == other.start for one, other in pairwise(made))
    assert len(made) <= MOST + 2


@given(DAYS, st.sampled_from(Scale))
def test_a_day_is_within_its_bin(day: date, scale: Scale) -> None:
    assert start_of(day, scale) <= day <= end_of(day, scale)
    assert start_of(end_of(day, scale), scale) == start_of(day, scale)


@given(TIMES)
def test_ways_lead_to_times_that_do_not_run_backwards(time: tuple[date, date]) -> None:
    made = ways(*time)
    for start, end in filter(None, (made.nearer, made.wider, made.earlier, made.later)):
        assert start <= end
    assert made.wider[0] < time[0]
    assert made.later[1] > time[1]


def test_the_last_days_there_are_have_bins_too() -> None:
    for scale in Scale:
        assert bins(date(9999, 12, 30), date.max, scale, (), ())[-1].end == date.max
    assert ways(date(9999, 12, 1), date.max).later[1] == date.max


def test_all_events_of_a_time_are_in_its_bins_once(libya: Picture) -> None:
    found = [each for each in happenings(libya)[As.HAPPENED] if each.day and each.day >= JAN]
    last = max(each.day for each in found if each.day)
    for scale in Scale:
        made = bins(JAN, last, scale, found, ())
        assert [event.id for each in made for event in each.events] == [each.id for each in found]
        assert sum(len(each.of(quad)) for each in made for quad in Quad) == len(found)


def test_what_no_report_is_of_is_a_gap_whether_or_not_something_happened(libya: Picture) -> None:
    found = happenings(libya)[As.HAPPENED]
    made = bins(JAN, date(2020, 2, 12), Scale.DAY, found, report_days(libya))
    silent = {each.start for each in made if not each.reports}
    assert silent == {JAN + timedelta(days=n) for n in range(43)} - set(report_days(libya))
    assert [(made[a].start.day, made[b].start.day) for a, b in gaps(made)] == [(24, 24), (28, 28), (31, 2), (7, 7)]


def test_a_gap_is_where_no_report_is_not_where_nothing_happened(libya: Picture) -> None:
    found = happenings(libya)[As.HAPPENED]
    told = bins(JAN, date(2020, 1, 3), Scale.DAY, (), [date(2020, 1, 2)])
    untold = bins(JAN, date(2020, 1, 3), Scale.DAY, found, ())
    assert gaps(told) == ((0, 0), (2, 2))
    assert all(each.events for each in untold)
    assert gaps(untold) == ((0, 2),)


def test_bars_are_as_high_as_their_events_are_many_and_stand_on_their_side_of_the_line(libya: Picture) -> None:
    made = bins(JAN, date(2020, 2, 12), Scale.DAY, happenings(libya)[As.HAPPENED], report_days(libya))
    drawn = bars(made, Scale.DAY, width=1100, height=320)
    heights = {round(part.height / len(bar.bin.of(part.quad)), 1) for bar in drawn.bars for part in bar.parts}
    assert max(heights) - min(heights) <= 0.2
    for bar in drawn.bars:
        assert {part.quad for part in bar.parts} == set(bar.bin.parts)
        for part in bar.parts:
            if part.quad in (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION):
                assert drawn.top - 0.2 <= part.y <= part.y + part.height <= drawn.zero + 0.2
            else:
                assert drawn.zero - 0.2 <= part.y <= part.y + part.height <= drawn.foot + 0.2


def test_the_timeline_tells_what_it_does_not_draw(libya: Picture) -> None:
    made = timeline_of(libya, Wish(start=date(2020, 1, 10), end=date(2020, 1, 20)))
    assert made is not None
    all_of_them = len(happenings(libya)[As.HAPPENED])
    assert made.events + sum(made.outside) == all_of_them
    assert made.outside[0] > 0 < made.outside[1]
    planned = timeline_of(libya, Wish(told_as=As.PLANNED))
    assert planned is not None
    assert {event.told_as for each in planned.bins for event in each.events} == {As.PLANNED}
    assert planned.end > report_days(libya)[-1]


def test_a_list_of_events_is_paged_and_its_last_page_is_the_end(libya: Picture) -> None:
    found = happenings(libya)[As.HAPPENED]
    pages = [events_of(found, libya.names, number) for number in range(1, events_of(found, {}).pages + 1)]
    assert [each.id for one in pages for each in one.listed] == [each.id for each in found]
    assert events_of(found, libya.names, 9999) == pages[-1]


@pytest.mark.parametrize(
    "asked",
    [("2020-13-01", None, None, None), ("2020-02-01", "2020-01-01", None, None), (None, None, ["war"], None),
     (None, None, None, "true")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(asked: tuple[str | None, str | None, list[str] | None, str | None]) -> None:
    with pytest.raises(RequestError):
        wish_of(*asked)


def test_a_time_too_long_to_draw_is_refused(libya: Picture) -> None:
    with pytest.raises(RequestError, match="too long"):
        timeline_of(libya, Wish(start=date.min))


# -- in a browser

TIMELINE = "/conflicts/libya/timeline"


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
@pytest.mark.parametrize("query", ["?at=2020-01-13", "?as=denied&scale=month", "?as_of=2019-01-01"])
def test_its_page_is_fit_for_all(browsed: Browsed, query: str, narrow: bool, dark: bool) -> None:
    page = browsed(TIMELINE + query, narrow=narrow, dark=dark)
    for each in page.locator("details").all():
        each.evaluate("each => { each.open = true }")
    assert (violations(page), overflows(page)) == ([], [])


def test_a_bar_leads_to_its_events_and_they_to_theirs(browsed: Browsed) -> None:
    page = browsed(f"{TIMELINE}?class=verbal-conflict")
    page.locator("svg.broad a[data-start='2020-01-13'] .column").click()
    page.wait_for_url("**at=2020-01-13**")
    told = page.locator("svg.broad a[data-start='2020-01-13']").get_attribute("aria-label") or ""
    listed = page.locator("#events .happenings > li")
    assert f"{listed.count()} verbal conflict" in told
    assert all("verbal conflict" in each for each in listed.all_inner_texts())
    assert re.match(r"/events/\w+$", listed.first.locator("a").get_attribute("href") or "")


def test_zoom_links_keep_both_clocks_and_change_only_the_chart(browsed: Browsed) -> None:
    page = browsed(f"{TIMELINE}?as_of=2020-01-31")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Zoom in").click()
    page.wait_for_url("**from=2020-01-*")
    assert "as_of=2020-01-31" in page.url
    page.get_by_role("heading", name="8–23 Jan 2020, by day").wait_for()
    assert page.evaluate("window.same") is True
    page.go_back()
    page.get_by_role("heading", name="1–30 Jan 2020, by day").wait_for()


def test_dragging_over_the_chart_chooses_a_time(browsed: Browsed) -> None:
    page = browsed(TIMELINE)
    page.evaluate("window.same = true")
    first = page.locator("svg.broad a[data-start='2020-01-06'] .column").bounding_box()
    last = page.locator("svg.broad a[data-start='2020-01-09'] .column").bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 4, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 8, last["y"] + 40, steps=4)
    page.mouse.up()
    page.get_by_role("heading", name="6–9 Jan 2020, by day").wait_for()
    assert "from=2020-01-06&to=2020-01-09" in page.url
    assert page.evaluate("window.same") is True


def test_the_form_chooses_as_what_events_are_told(browsed: Browsed) -> None:
    page = browsed(TIMELINE)
    page.get_by_label("Events that are").select_option("denied")
    page.get_by_text("These are not told as happened").wait_for()
    assert "as=denied" in page.url
