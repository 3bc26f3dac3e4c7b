"""iCalendar and Atom: read again by programs that others made; no clock, no markup, nothing that XML cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
from formatting import ODD, ORIGIN, claim_of, empty, made, report_of, written
from icalendar import Calendar
from lxml import etree, html

from dragoman.export.content import Coded, Content, content_of
from dragoman.export.formats.atom import NEWEST

SENTENCE = "Gondor said talks would open in Orinth on Sunday."
EVIDENCE = {"sentence": 1, "start": 0, "end": len(SENTENCE), "text": SENTENCE}
SHARED = {"claims": [], "contrary": [], "speakers": [], "hedged": False, "sentences": [1], "evidence": EVIDENCE}


def _days(start: str | None, end: str | None) -> dict[str, Any]:
    return {"start": start, "end": end, "text": None, "basis": "stated"}


def _planned(window: Mapping[str, Any], **others: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": "p1",
        "what": "talks",
        "kind": "meeting",
        "place": None,
        "where": None,
        "host": None,
        "due": [],
        "declined": [],
    }
    return {**plain, "window": window, **SHARED, **others}


def _threat(deadline: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "id": "t1", "party": "mordor", "against": ["gondor"], "condition": "unless it leaves", "consequence": "war",
        "deadline": deadline, "date": _days(None, None), **SHARED,
    }  # fmt: skip


def _calendar(content: Content) -> Calendar:
    calendar = Calendar.from_ical(written("ical", content))
    assert isinstance(calendar, Calendar)
    assert calendar.errors == []
    assert [event.errors for event in calendar.events if event.errors] == []
    return calendar


def _one(**records: Any) -> Content:
    return made(SENTENCE, records=records, report={"published": date(2020, 1, 10), "outlet": "Northern Wire"})


# -- iCalendar


def test_all_that_is_planned_with_a_day_is_in_the_calendar(content: Content) -> None:
    planned = [each for each in content.entries if each.kind == "planned"]
    deadlines = [each for each in content.entries if each.kind == "threats" and each.form["deadline"]]
    assert planned
    events = _calendar(content).events
    with_day = [
        each
        for each, window in [(e, e.form["window"]) for e in planned] + [(e, e.form["deadline"]) for e in deadlines]
        if window["start"] or window["end"]
    ]
    assert len(events) == len(with_day) > 20
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_an_event_has_its_days_its_place_and_its_sentence() -> None:
    where = {"name": "Orinth", "code": None, "lat": None, "lon": None, "text": "in Orinth"}
    window = _days("2020-01-12", "2020-01-14")
    (event,) = _calendar(_one(planned=[_planned(window, place="Orinth", where=where)])).events
    assert (event.start, event.end) == (date(2020, 1, 12), date(2020, 1, 15))
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("talks", "Orinth")
    assert f"Northern Wire, 10 Jan 2020: “{SENTENCE}”" in str(event["DESCRIPTION"])
    assert event.stamp is not None
    assert event.stamp.date() == date(2020, 1, 10)


@pytest.mark.parametrize(("start", "end"), [("2020-01-12", None), (None, "2020-01-12")])
def test_an_open_interval_has_one_day(start: str | None, end: str | None) -> None:
    (event,) = _calendar(_one(planned=[_planned(_days(start, end))])).events
    assert (event.start, event.end) == (date(2020, 1, 12), date(2020, 1, 13))


def test_what_has_no_day_is_counted_and_not_there() -> None:
    calendar = _calendar(_one(planned=[_planned(_days(None, None))]))
    assert calendar.events == []
    assert str(calendar["DESCRIPTION"]) == "1 more have no day"


def test_a_threat_with_a_deadline_is_there_and_one_without_is_not() -> None:
    (event,) = _calendar(_one(threats=[_threat(_days("2020-02-01", "2020-02-01"))])).events
    assert (event.start, str(event["SUMMARY"]).startswith("Deadline: mordor against gondor")) == (
        date(2020, 2, 1),
        True,
    )
    assert _calendar(_one(threats=[_threat(None)])).events == []


@pytest.mark.parametrize(
    ("outcome", "status"), [("held", "CONFIRMED"), ("cancelled", "CANCELLED"), (None, "TENTATIVE")]
)
def test_what_became_of_it_is_its_status(outcome: str | None, status: str) -> None:
    (event,) = _calendar(_one(planned=[_planned(_days("2020-01-12", None), outcome=outcome)])).events
    assert str(event["STATUS"]) == status


def test_the_last_day_of_time_and_odd_characters_break_no_calendar() -> None:
    window = _days("9999-12-31", "9999-12-31")
    odd = made(
        ODD,
        records={"planned": [_planned(window, what=f"{ODD}\r\nBEGIN:VALARM", evidence=None)]},
        report={"outlet": ODD, "url": "https://x.example/\r\nX:1"},
    )
    data = written("ical", odd)
    (event,) = _calendar(odd).events
    assert event.end > event.start
    assert b"\nBEGIN:VALARM" not in data
    assert "URL" not in event
    assert not any(character in data.decode() for character in "\x0b\u202e\u202c")


def test_lines_are_folded_at_75_octets(content: Content) -> None:
    assert max(map(len, written("ical", content).split(b"\r\n"))) <= 75


def test_two_reports_that_tell_of_one_id_are_two_events() -> None:
    form = _planned(_days("2020-01-12", None))
    listed = [
        Coded(report=report_of(SENTENCE, id=each), entities=(), claims=(), records={"planned": (form,)})
        for each in ("r1", "r2")
    ]
    assert {str(event["UID"]) for event in _calendar(content_of(ORIGIN, listed)).events} == {
        "r1-p1@dragoman",
        "r2-p1@dragoman",
    }


# -- Atom


def _feed(content: Content) -> Any:
    data = written("atom", content)
    feed = feedparser.parse(data)
    assert (feed.bozo, feed.version) == (False, "atom10")
    return feed


def test_the_newest_come_first_and_ids_are_not_used_twice(content: Content) -> None:
    entries = _feed(content).entries
    days = [each.updated for each in entries]
    assert len(entries) == len({each.id for each in entries}) == NEWEST
    assert days == sorted(days, reverse=True)
    newest = max(coded.report.published for coded in content.reports if coded.report.published and coded.claims)
    assert days[0].startswith(newest.isoformat())


def test_the_feed_was_updated_on_the_day_of_its_newest_report() -> None:
    feed = _feed(made("x", [claim_of("x")], report={"published": date(2020, 1, 10)}))
    assert feed.feed.updated == "2020-01-10T00:00:00+00:00"
    assert _feed(empty()).feed.updated == "1970-01-01T00:00:00+00:00"


def test_an_item_has_its_words_its_sentence_and_its_link() -> None:
    report = {"published": date(2020, 1, 10), "outlet": "Northern Wire", "url": "https://wire.example/1"}
    (entry,) = _feed(made("Shells fell.", [claim_of("Shells fell.", actor=("mordor",))], report=report)).entries
    assert (entry.id, entry.link) == ("urn:dragoman:event:c1", "https://wire.example/1")
    assert entry.title == "ASSAULT Mordor"
    assert html.fromstring(entry.content[0].value).xpath("//blockquote/text()") == [
        "Northern Wire, 10 Jan 2020: “Shells fell.”"
    ]


def test_ids_stay_as_reports_come_in(content: Content) -> None:
    half = content_of(content.origin, content.reports[:40])
    more = content_of(content.origin, content.reports[:41])
    ids, now = ({each.id for each in _feed(each).entries} for each in (half, more))
    assert len(ids & now) > NEWEST // 2


def test_nothing_in_a_report_is_markup_or_breaks_the_xml() -> None:
    content = made(ODD, [claim_of(ODD, content=ODD)], report={"outlet": "<script>", "url": "javascript:alert(1)"})
    (entry,) = _feed(content).entries
    root = etree.fromstring(written("atom", content))
    (text,) = root.xpath("//a:content/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert {node.tag for node in html.fragments_fromstring(text)} == {"p", "blockquote"}
    assert not html.fromstring(text).xpath("//b | //script")
    assert entry.get("links", []) == []


@pytest.mark.parametrize("name", ["ical", "atom"])
def test_nothing_gives_a_file_that_can_be_read(name: str) -> None:
    assert (_calendar(empty()).events if name == "ical" else _feed(empty()).entries) == []


@pytest.mark.parametrize("name", ["ical", "atom"])
def test_the_same_content_gives_the_same_bytes_on_another_day(
    name: str, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(name, content)
    monkeypatch.setattr("time.time", lambda: timedelta(days=30_000).total_seconds())
    assert written(name, content) == first
