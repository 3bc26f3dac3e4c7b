"""How pages print, how they are read on a phone, and that the keyboard reaches all and keeps its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

Browsed = Callable[..., "Page"]
_OUT = ".top, .foot, .tabs, form, nav, .skip, .notice.no-print"


@pytest.mark.parametrize(
    "path",
    [
        "/conflicts/libya?as_of=2020-01-20",
        "/reports/ly-0114-nw-1?as_of=2020-01-20",
        "/conflicts/libya/contradictions?as_of=2020-01-20",
        "/actors/khalifa-haftar?conflict=libya&as_of=2020-01-20",
    ],
)
def test_a_page_prints_what_it_says_and_where_that_stands(browsed: Browsed, path: str) -> None:
    page = browsed(path)
    page.emulate_media(media="print")
    seen = page.locator(_OUT).evaluate_all(
        "found => found.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 90))"
    )
    assert seen == []
    head = page.locator(".print-only").first.inner_text()
    assert page.url in head
    assert "20 Jan 2020" in head
    folded = page.locator("main details:not(.no-print, .noting) > :not(summary)")
    assert all(folded.evaluate_all("found => found.map(e => e.checkVisibility({contentVisibilityAuto: true}))"))
    kept = "found => found.filter(e => getComputedStyle(e).breakInside !== 'avoid').length"
    assert page.locator("main .entries > li, main tbody tr").evaluate_all(kept) == 0


def test_the_tables_of_a_conflict_are_read_on_a_phone_without_moving_them(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya", narrow=True)
    hidden = "found => found.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.getAttribute('aria-label'))"
    assert page.locator(".wide:has(> .stack)").count() >= 5
    assert page.locator(".wide:has(> .stack)").evaluate_all(hidden) == []
    cell = page.locator("table.positions td:not(.none)").first
    head = cell.evaluate("e => getComputedStyle(e, '::before').content")
    assert head.strip('"') == cell.get_attribute("data-label") != ""


@pytest.mark.parametrize("path", ["/conflicts/libya", "/reports/ly-0114-nw-1"])
def test_the_keyboard_reaches_the_end_and_shows_where_it_is(browsed: Browsed, path: str) -> None:
    page = browsed(path)
    page.wait_for_load_state("networkidle")
    where = """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
        return e === document.body ? null : { at: e.outerHTML.slice(0, 90), seen: r.bottom > 0 && r.top < innerHeight,
            ring: s.outlineStyle !== 'none' || s.boxShadow !== 'none' } }"""
    page.keyboard.press("Tab")
    assert "Skip to the page" in page.evaluate(where)["at"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached: list[dict[str, object]] = []
    while len(reached) < 400:
        page.keyboard.press("Tab")
        now = page.evaluate(where)
        if now is None:
            break
        reached.append(now)
    assert 50 < len(reached) < 400, "the keyboard does not come to the end"
    assert [each["at"] for each in reached if not (each["seen"] and each["ring"])] == []


def test_what_is_decided_by_keyboard_keeps_the_keyboard_there(browsed: Browsed) -> None:
    page = browsed("/reports/ly-0114-nw-1")
    page.goto(page.locator(".card h3 a.number").first.get_attribute("href") or "")
    page.get_by_role("button", name="Right").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Undo").first.wait_for()
    page.locator(".decide:focus, .decide :focus").wait_for()
