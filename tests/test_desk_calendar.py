"""Somebody subscribes to a conflict's calendar: from its page in a browser to a calendar that other programs read."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from desking import Browsed
from icalendar import Calendar


def test_one_subscribes_to_the_calendar_of_a_conflict(browsed: Browsed, served: str) -> None:
    page = browsed("/conflicts/libya")
    page.get_by_text("How to subscribe").click()
    told = page.locator("#calendar").inner_text()
    where = f"{served}/feeds/libya.ics"
    assert where in told
    with page.expect_download() as coming:
        page.get_by_role("link", name="Calendar feed").click()
    given = Path(coming.value.path()).read_bytes()
    assert given == httpx.get(where, timeout=60).content  # what the calendar of a program will have, too
    events = Calendar.from_ical(given).walk("VEVENT")
    assert any("Berlin" in str(event["SUMMARY"]) for event in events)
    page.goto(str(events[0]["URL"]))
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("conflict", ["libya", "sorvia"])
def test_the_feed_names_its_conflict(served: str, conflict: str) -> None:
    calendar = Calendar.from_ical(httpx.get(f"{served}/feeds/{conflict}.ics", timeout=60).content)
    assert str(calendar["X-WR-CALNAME"])
