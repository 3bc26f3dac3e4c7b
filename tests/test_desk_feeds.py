"""Feeds of a conflict: what changed day by day, and what is planned; read by programs that others made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import httpx
import pytest
from desking import SETTINGS, serving
from icalendar import Calendar
from lxml import html

from dragoman.desk.kept import Desk
from dragoman.desk.told.feeds import atom, calendar, json_feed
from dragoman.ledger.adding import add
from dragoman.ledger.store import Ledger
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader

BASE = "http://desk.test"


@pytest.fixture
def desk(desk_ledger: Path) -> Iterator[Desk]:
    """Return a desk of the sample corpus."""
    ledger = Ledger(str(desk_ledger))
    yield Desk(ledger, SETTINGS)
    ledger.close()


@pytest.fixture
def asker(desk: Desk) -> Iterator[httpx.Client]:
    """Return what asks a desk that is served."""
    with serving(desk) as where, httpx.Client(base_url=where, timeout=60) as client:
        yield client


def told(desk: Desk, reader: Reader, text: str, day: date) -> None:
    """Add a report to the ledger of a desk."""
    report = from_text(text, IntakeOptions(published=day, outlet="Northern Wire"))
    assert [done.outcome for done in add(desk.ledger, reader, [report])] == ["added"]


def test_each_day_tells_what_changed_on_the_board(asker: httpx.Client) -> None:
    answer = asker.get("/feeds/libya.atom")
    feed = feedparser.parse(answer.content)
    assert (answer.headers["content-type"], feed.bozo, feed.version) == ("application/atom+xml", False, "atom10")
    assert 20 < len(feed.entries) <= 30
    assert len({each.id for each in feed.entries}) == len(feed.entries)
    days = [date.fromisoformat(each.id.rpartition(":")[2]) for each in feed.entries]
    assert days == sorted(days, reverse=True)
    for number in (0, 12):
        since = {"as_of": days[number].isoformat(), "since": days[number + 1].isoformat()}
        changes = asker.get("/api/v1/conflicts/libya/board", params=since).json()["changes"]
        items = html.fromstring(feed.entries[number].content[0].value).xpath("//li[strong]")
        assert [item.xpath("strong")[0].text for item in items] == [each["change"] for each in changes]
        assert changes != []


def test_all_that_a_feed_tells_has_a_page(asker: httpx.Client) -> None:
    feed = feedparser.parse(asker.get("/feeds/libya.atom").content)
    assert asker.get(feed.feed.link).status_code == 200
    for entry in feed.entries[:4]:
        links = html.fromstring(entry.content[0].value).xpath("//a/@href")
        assert {asker.get(link).status_code for link in [entry.link, *links[:5]]} == {200}


def test_a_day_keeps_its_id_whatever_comes_in(desk: Desk, reader: Reader) -> None:
    before = feedparser.parse(atom(desk, "libya", BASE)).entries
    day = date.fromisoformat(before[0].id.rpartition(":")[2])
    told(desk, reader, "Haftar signed the ceasefire agreement in Moscow on Monday.", day)
    told(desk, reader, "Turkey sent troops to Tripoli. Haftar rejected talks with Turkey.", day + timedelta(days=3))
    now = feedparser.parse(atom(desk, "libya", BASE)).entries
    assert [each.id for each in now[1:]] == [each.id for each in before][: len(now) - 1]
    assert (now[1].updated > before[0].updated, now[2].updated) == (True, before[1].updated)
    assert now[1].content != before[0].content


def test_both_feeds_tell_the_same(desk: Desk) -> None:
    entries = feedparser.parse(atom(desk, "sorvia", BASE)).entries
    feed = json.loads(json_feed(desk, "sorvia", BASE))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [(each["id"], each["url"], each["title"]) for each in feed["items"]] == [
        (each.id, each.link, each.title) for each in entries
    ]
    assert all(each["content_text"] and each["content_html"] for each in feed["items"])


def test_the_same_record_gives_the_same_bytes(desk: Desk, asker: httpx.Client) -> None:
    again = Desk(desk.ledger, SETTINGS)
    for make in (atom, json_feed, calendar):
        assert make(desk, "libya", BASE) == make(again, "libya", BASE)
    for path in ("/feeds/libya.atom", "/feeds/libya.json", "/feeds/libya.ics"):
        tag = asker.get(path).headers["etag"]
        assert asker.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert asker.get("/feeds/nowhere.atom").status_code == 404


def test_the_text_of_reports_is_no_markup(desk: Desk, reader: Reader) -> None:
    text = (
        "Haftar threatened to attack Turkey if <script>alert(1)</script> & <img src=x onerror=alert(1)> stays in Libya."
    )
    told(desk, reader, text, date(2031, 1, 1))
    feed = feedparser.parse(atom(desk, "libya", BASE), sanitize_html=False)
    content = html.fromstring(feed.entries[0].content[0].value)
    assert "<script>" in content.text_content()
    assert content.xpath("//script | //img") == []


# -- the calendar


def test_what_is_planned_is_in_the_calendar(asker: httpx.Client) -> None:
    answer = asker.get("/feeds/libya.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = {str(each["UID"]): each for each in Calendar.from_ical(answer.text).walk("VEVENT")}
    board = asker.get("/api/v1/conflicts/libya/board").json()
    due = [each for each in board["calendar"] if each["window"]["start"] or each["window"]["end"]]
    assert len(events) == len(due) > 5
    for each in due:
        event = events[f"libya-{each['id']}@dragoman"]
        _is_that(event, each)
        assert asker.get(str(event["URL"])).status_code == 200


def _is_that(event: Any, due: Any) -> None:
    """Assert that an event tells the days, the outcome and the first sentence of what is due."""
    start, end = due["window"]["start"] or due["window"]["end"], due["window"]["end"] or due["window"]["start"]
    assert event["DTSTART"].dt == date.fromisoformat(start)
    assert event["DTEND"].dt == date.fromisoformat(end) + timedelta(days=1)
    status = {"held": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "CANCELLED"}
    assert str(event["STATUS"]) == status.get(due["outcome"], "TENTATIVE")
    first = min(due["cited"], key=lambda cited: (cited["published"], cited["report"], cited["sentence"]))
    assert first["text"][:60] in str(event["DESCRIPTION"])


def test_an_outcome_changes_its_event_and_not_its_id(desk: Desk, reader: Reader) -> None:
    told(desk, reader, "Peace talks between Haftar and the GNA are planned in Geneva on May 5.", date(2030, 5, 1))
    before: dict[str, Any] = {
        str(each["UID"]): each for each in Calendar.from_ical(calendar(desk, "libya", BASE)).walk("VEVENT")
    }
    told(desk, reader, "The peace talks in Geneva between Haftar and the GNA were cancelled.", date(2030, 5, 3))
    now: dict[str, Any] = {
        str(each["UID"]): each for each in Calendar.from_ical(calendar(desk, "libya", BASE)).walk("VEVENT")
    }
    changed = [uid for uid, each in now.items() if uid in before and each["STATUS"] != before[uid]["STATUS"]]
    assert [(str(before[uid]["STATUS"]), str(now[uid]["STATUS"])) for uid in changed] == [("TENTATIVE", "CANCELLED")]
    assert before.keys() <= now.keys()
    assert now[changed[0]]["DTSTAMP"].dt > before[changed[0]]["DTSTAMP"].dt - timedelta(seconds=1)
