"""The page for programs, in a browser: all of the API is on it, and it opens what is pointed at."""

from __future__ import annotations

import pytest
from desking import Browsed, overflows, violations


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
def test_the_page_is_fit_for_all(browsed: Browsed, narrow: bool, dark: bool) -> None:
    page = browsed("/api#form-BoardForm", narrow=narrow, dark=dark)
    page.locator("#form-BoardForm table").wait_for()
    assert (violations(page), overflows(page)) == ([], [])


def test_all_of_the_api_is_on_it(browsed: Browsed) -> None:
    page = browsed("/api")
    published = page.request.get("/api/v1/openapi.json").json()
    shown = page.locator(".operation > summary code").all_inner_texts()
    assert set(published["paths"]) | set(published["components"]["schemas"]) == set(shown)
    page.locator("#conflicts").scroll_into_view_if_needed()
    page.locator(".operation > summary", has_text="/api/v1/conflicts/{conflict}/board").click()
    page.get_by_role("link", name="BoardForm").first.click()
    page.locator("#form-BoardForm th", has_text="disputes").wait_for()
    feeds = page.get_by_role("link", name="iCalendar of Libya")
    assert page.request.get(feeds.get_attribute("href") or "").text().startswith("BEGIN:VCALENDAR")
