"""The page of a conflict and those of its entries: as of a day, since the last visit, and down to the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from desking import SETTINGS, Browsed, overflows, serving, violations

from dragoman.board.types import Cited, Truce, Turn
from dragoman.desk.charts.truce_strip import axis_of, spans, strip_of
from dragoman.desk.conflict.called import Called
from dragoman.desk.conflict.matrix import standpoint_of
from dragoman.desk.conflict.rows import Which
from dragoman.desk.conflict.state import state_of
from dragoman.desk.kept import Desk
from dragoman.export.ledger_words import KINDS, entries_of
from dragoman.ledger.store import Ledger, Made, View
from dragoman.model import When

MADE = Made(rulebook="sha256:" + "0" * 64, model="test")
EVENING = date(2020, 1, 13)


@pytest.fixture
def desk(desk_ledger: Path) -> Iterator[Desk]:
    ledger = Ledger(str(desk_ledger))
    yield Desk(ledger, SETTINGS)
    ledger.close()


@pytest.fixture
def asked(desk: Desk) -> Iterator[httpx.Client]:
    with serving(desk) as where, httpx.Client(base_url=where, timeout=60) as client:
        yield client


@dataclass
class At:
    """A clock that a test sets."""

    now: datetime = field(default=datetime(2020, 1, 1, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def living(corpus: Any, tmp_path: Path) -> Iterator[tuple[Ledger, At, list[Any]]]:
    """Give a ledger to which the reports of Libya came at six of their evenings, up to the 13th; its clock; the later ones."""
    at = At()
    ledger = Ledger(str(tmp_path / "living.ledger"), create=True, clock=at)
    days = sorted((pair for pair in corpus if pair[0].report.published), key=lambda pair: pair[0].report.published)
    libya = [pair for pair in days if pair[0].report.published.year == 2020]
    later = [pair for pair in libya if pair[0].report.published > EVENING]
    for reading, record in libya[: len(libya) - len(later)]:
        at.now = datetime.combine(reading.report.published, datetime.min.time(), UTC) + timedelta(hours=18)
        ledger.add(reading, record, MADE)
    yield ledger, at, later
    ledger.close()


# -- the strip of a ceasefire


def cited(day: date) -> Cited:
    return Cited(report=str(day), outlet="Wire", published=day, origin=str(day), sentence=1, start=0, end=1)


def truce(status: str, *turns: tuple[int, str], begins: int | None = None, until: int | None = None) -> Truce:
    def january(day: int | None) -> When | None:
        return When(earliest=date(2020, 1, day), latest=date(2020, 1, day)) if day else None

    history = tuple(Turn(state=s, day=date(2020, 1, d), cited=cited(date(2020, 1, d))) for d, s in turns)
    return Truce(
        id="t", cited=tuple(turn.cited for turn in history), parties=(), scope=None, declared=None,
        from_=january(begins), until=january(until), status=status, since=None, history=history,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (truce("violated", (3, "proposed"), (5, "violated")), ["proposed 3-4", "violated 5-20"]),
        (truce("in_force", (3, "agreed"), begins=6), ["agreed 3-5", "in_force 6-20"]),
        (truce("ended", (3, "holding"), until=10), ["holding 3-10", "ended 11-20"]),
        (truce("rejected", (3, "rejected")), ["rejected 3-20"]),
        (truce("holding", (3, "agreed"), (3, "holding"), (12, "holding")), ["holding 3-20"]),
    ],
)
def test_a_truce_stands_so_from_turn_to_turn(one: Truce, expected: list[str]) -> None:
    found = spans(one, date(2020, 1, 20), stale=30)
    assert [f"{span.state} {span.first.day}-{span.last.day}" for span in found] == expected


def test_silence_longer_than_the_setting_is_unknown_until_the_next_word() -> None:
    one = truce("holding", (1, "holding"), (15, "holding"))
    found = [(span.state, span.first.day, span.last.day) for span in spans(one, date(2020, 1, 20), stale=5)]
    assert found == [("holding", 1, 6), ("unknown", 7, 14), ("holding", 15, 20)]


@pytest.mark.parametrize("conflict", ["libya", "sorvia"])
def test_strips_have_no_gap_and_end_as_the_board_has_it(desk: Desk, conflict: str) -> None:
    for day in (None, date(2020, 1, 13), date(2020, 1, 25), date(2021, 3, 12), date(2021, 3, 30)):
        board = desk.shown(conflict, View(until=day)).board
        last = board.until or board.last
        for each in board.truces:
            assert last is not None
            found = spans(each, last, SETTINGS.stale)
            assert found[-1].state == each.status
            assert found[-1].last == last
            assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(found))
            strip = strip_of(each, axis_of([each], last), SETTINGS.stale)
            assert all(bar.x >= 0 and bar.x + bar.width <= 100.5 for bar in strip.bars)


# -- what the page has of the board


def test_each_entry_of_the_board_is_on_the_page_when_all_are_wanted(asked: httpx.Client, desk: Desk) -> None:
    board = desk.shown("libya").board
    parts = {
        "truces": "truces", "turnings": "turnings", "papers": "signatures papers", "rounds": "talks",
        "stances": "positions other-positions", "menaces": "threats answered-threats", "backings": "backers",
        "breaches": "violations", "bodies": "mechanisms", "calendar": "calendar past",
    }  # fmt: skip
    for kind, _ in KINDS:
        keys = parts.get(kind, "").split()
        pages = "".join(asked.get("/conflicts/libya", params={"all": key}).text for key in keys)
        linked = set(re.findall(r"/entries/([0-9a-f]+)", pages))
        missing = {entry.id for entry in entries_of(board, kind)} - linked if keys else set()
        assert not missing, kind


def test_a_large_part_is_shown_page_by_page(desk: Desk) -> None:
    shown = desk.shown("libya")
    called = Called(shown, SETTINGS)
    state = state_of(shown, called, Which(all="violations", start=3), SETTINGS.stale)
    assert state is not None
    assert (state.violations.start, len(state.violations.shown)) == (3, state.violations.total - 3)
    first = state_of(shown, called, Which(), SETTINGS.stale)
    assert first is not None
    assert first.violations.cut
    assert not first.backers.whole


def test_a_position_that_moved_says_what_it_was(desk: Desk) -> None:
    shown = desk.shown("libya")
    called = Called(shown, SETTINGS)
    moved = [each for each in shown.board.stances if (each.party, each.issue) == ("libya-gna", "truce")]
    found = [standpoint_of(each, called) for each in moved]
    assert [(each.state, each.was) for each in found] == [("acceptance", "demand")]
    assert found[0].before is not None
    assert found[0].since is not None
    assert found[0].before.day is not None
    assert found[0].before.day < found[0].since


@pytest.mark.parametrize("conflict", ["libya", "sorvia"])
def test_each_entry_has_a_page_with_its_sentences(asked: httpx.Client, desk: Desk, conflict: str) -> None:
    board = desk.shown(conflict).board
    for kind, _ in KINDS:
        for entry in entries_of(board, kind)[:3]:
            page = asked.get(f"/conflicts/{conflict}/entries/{entry.id}")
            assert page.status_code == 200, entry.id
            for each in (*entry.cited[:1], *entry.against[:1]):
                assert f'/reports/{each.report}#s{each.sentence}"' in page.text, (kind, entry.id)


def test_an_entry_that_is_not_there_says_what_to_do(asked: httpx.Client) -> None:
    page = asked.get("/conflicts/libya/entries/0000")
    assert page.status_code == 404
    assert "look for it on the page of the conflict" in page.text
    assert asked.get("/conflicts/atlantis").status_code == 404


def test_what_is_asked_wrongly_is_refused(asked: httpx.Client) -> None:
    for query in ("as_of=13.1.2020", "known=noon", "since=yesterday", "since=2020-01-13T99", "start=-1", "start=a"):
        answer = asked.get(f"/conflicts/libya?{query}")
        assert answer.status_code in (400, 422), query
    assert asked.get("/conflicts/libya?as_of=&known=&since=&all=nothing").status_code == 200


# -- two clocks


def test_what_the_ledger_had_on_an_evening_is_what_a_reader_could_have(living: tuple[Ledger, At, list[Any]]) -> None:
    ledger, at, later = living
    for reading, record in later:
        at.now = datetime.combine(reading.report.published, datetime.min.time(), UTC) + timedelta(hours=18)
        ledger.add(reading, record, MADE)
    desk = Desk(ledger, SETTINGS)
    read = desk.shown("libya", View(until=EVENING)).board
    had = desk.shown("libya", View(known=datetime(2020, 1, 13, 19, tzinfo=UTC))).board
    assert (had.reports, had.truces, had.papers) == (read.reports, read.truces, read.papers)
    noon = desk.shown("libya", View(known=datetime(2020, 1, 13, 12, tzinfo=UTC))).board
    assert noon.reports < had.reports
    with serving(desk) as where, httpx.Client(base_url=where, timeout=60) as client:
        page = client.get("/conflicts/libya?known=2020-01-13T19:00").text
        assert f"{had.reports} reports, the last of 13 Jan 2020" in page
        assert "as the ledger had it on 13 Jan 2020, 19:00 UTC" in page
        assert "Nothing was known of this conflict then." in client.get("/conflicts/libya?known=2019-01-01T00:00").text


# -- since the last visit


def test_what_came_since_the_last_visit_is_shown(living: tuple[Ledger, At, list[Any]]) -> None:
    ledger, at, later = living
    at.now = datetime(2020, 1, 13, 20, tzinfo=UTC)
    with serving(Desk(ledger, SETTINGS)) as where, httpx.Client(base_url=where, timeout=60) as client:
        first = client.get("/conflicts/libya")
        assert "This is your first visit" in first.text
        cookie = first.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "path=/conflicts/libya" in cookie
        at.now = datetime(2020, 1, 14, 18, tzinfo=UTC)
        for reading, record in later[:6]:
            ledger.add(reading, record, MADE)
        at.now += timedelta(hours=1)
        page = client.get("/conflicts/libya").text
        assert "You were last here on 13 Jan 2020, 20:00 UTC." in page
        address = "/conflicts/libya/changes?since=2020-01-13T20%3A00%3A00"
        assert f'hx-get="{address}"' in page
        assert f'href="{address}"' in page
        whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
        assert "<h1>" in whole.text
        assert "<h1>" not in part.text
        assert "not signed" in part.text
        assert "13 Jan 2020, 20:00 UTC" in part.text
        inline = client.get("/conflicts/libya?since=2020-01-13T20:00:00").text
        assert 'class="entries changes"' in inline


def test_a_visit_lasts_while_one_stays(living: tuple[Ledger, At, list[Any]]) -> None:
    ledger, at, _ = living
    at.now = datetime(2020, 1, 13, 20, tzinfo=UTC)
    with serving(Desk(ledger, SETTINGS)) as where, httpx.Client(base_url=where, timeout=60) as client:
        client.get("/conflicts/libya")
        at.now += timedelta(hours=2)
        client.get("/conflicts/libya")
        at.now += timedelta(minutes=10)
        assert "You were last here on 13 Jan 2020, 20:00 UTC." in client.get("/conflicts/libya").text
        at.now += timedelta(hours=3)
        assert "set-cookie" not in client.get("/conflicts/libya?as_of=2020-01-12").headers
        assert "You were last here on 13 Jan 2020, 22:10 UTC." in client.get("/conflicts/libya").text


@pytest.mark.parametrize(
    "cookie", ["x", "_", "9999-99-99T00:00:00_", "<script>_2020-01-01T00:00:00", "_2999-01-01T00:00:00"]
)
def test_a_cookie_that_is_none_of_ours_counts_for_nothing(asked: httpx.Client, cookie: str) -> None:
    page = asked.get("/conflicts/libya", headers={"Cookie": f"visit-libya={cookie}"})
    assert page.status_code == 200
    assert "<script>_" not in page.text


# -- in a browser


def entry_of(desk: Desk, kind: str) -> str:
    found = max(entries_of(desk.shown("libya").board, kind), key=lambda entry: len(entry.cited))
    return f"/conflicts/libya/entries/{found.id}"


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
@pytest.mark.parametrize(
    "path",
    [
        "/conflicts/libya",
        "/conflicts/sorvia?as_of=2021-03-20&since=2021-03-12",
        "/conflicts/yemen",
        "/conflicts/libya/changes",
        "papers",
        "truces",
        "disputes",
    ],
)
def test_pages_are_fit_for_all(browsed: Browsed, desk: Desk, path: str, narrow: bool, dark: bool) -> None:
    page = browsed(path if path.startswith("/") else entry_of(desk, path), narrow=narrow, dark=dark)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert (violations(page), overflows(page)) == ([], [])


def test_the_slider_shows_the_evening_of_the_13th(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya")
    slide = page.get_by_role("slider")
    slide.focus()
    page.evaluate(
        """() => { const s = document.getElementById('slide'); s.value = 12;
        s.dispatchEvent(new Event('input', {bubbles: true})); s.dispatchEvent(new Event('change', {bubbles: true})); }"""
    )
    assert page.locator("#slide-day").inner_text() == "Mon 13 Jan 2020"
    page.wait_for_url("**/conflicts/libya?as_of=2020-01-13")
    page.get_by_text("as a reader of 13 Jan 2020 could have it").wait_for()
    assert page.locator("#truces .badge").first.inner_text() == "holding"
    assert page.evaluate("document.activeElement.id") == "slide"
    assert "as_of=2020-01-13" in (page.get_by_role("link", name="Reports", exact=True).get_attribute("href") or "")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/conflicts/libya?as_of=2020-01-14")
    page.go_back()
    page.get_by_text("as a reader of 13 Jan 2020 could have it").wait_for()
    assert page.locator("h1").inner_text() == "Libya"


def test_without_scripts_a_day_is_chosen_in_a_field(browser: Any, served: str) -> None:
    context = browser.new_context(base_url=served, java_script_enabled=False)
    page = context.new_page()
    page.goto("/conflicts/libya")
    assert not page.get_by_role("slider").is_visible()
    page.get_by_label("As of day").fill("2020-01-13")
    page.get_by_role("button", name="Show").click()
    assert page.locator("#truces .badge").first.inner_text() == "holding"
    page.get_by_role("link", name="14 Jan 2020").click()
    assert "as_of=2020-01-14" in page.url
    context.close()


def test_from_a_signature_to_its_sentence(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya")
    row = page.locator("#signatures tr", has=page.get_by_role("rowheader", name="LNA"))
    row.get_by_role("link").first.click()
    side = page.locator(f"#{page.url.partition('#')[2]}")
    assert side.get_by_role("heading").first.inner_text() == "LNA: not signed"
    sentence = side.get_by_role("link").filter(has_text="without signing").first
    assert re.fullmatch(r"/reports/[^/]+#s\d+", sentence.get_attribute("href") or "")


def test_what_changed_is_loaded_after_the_page(living: tuple[Ledger, At, list[Any]], browser: Any) -> None:
    ledger, at, later = living
    at.now = datetime(2020, 1, 13, 20, tzinfo=UTC)
    with serving(Desk(ledger, SETTINGS)) as where:
        context = browser.new_context(base_url=where)
        page = context.new_page()
        page.goto("/conflicts/libya")
        at.now = datetime(2020, 1, 14, 18, tzinfo=UTC)
        for reading, record in later[:6]:
            ledger.add(reading, record, MADE)
        page.goto("/conflicts/libya")
        page.locator("#changes .badge").first.wait_for()
        assert "Against what the ledger had on 13 Jan 2020, 20:00 UTC" in page.locator("#changes").inner_text()
        context.close()
