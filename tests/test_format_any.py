"""Whatever a report says, and however odd its ids, addresses and days: every format is written and read again by its library."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import feedparser
import pyarrow as pa
import pyarrow.parquet as pq
from formatting import claim_of, made, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from jsonschema import Draft202012Validator
from prov.model import ProvDocument
from test_format_annotations import _count, _expanded
from test_format_ftm import _broken
from test_format_geojson import RFC_7946

from dragoman.export.content import Content
from dragoman.model import Basis, Status, When, Where

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
TRAPS = ("=1+1", "@x", "-1", "<b>&amp;</b>", "]]>", "a\r\nEND:VEVENT", "\x00\x0b\u2028\ufffe", "a; b")
SOME = st.one_of(WORDS, st.sampled_from(TRAPS))
MAYBE = st.none() | SOME
IDS = st.lists(SOME, max_size=2, unique=True).map(tuple)
DAYS = st.none() | st.dates()
DEGREES = st.none() | st.floats(allow_nan=False, allow_infinity=False)
URLS = (
    st.none()
    | st.sampled_from(["https://x.example/ä?q=1#f", "javascript:x", "http://", "https://[::1", "http://a b"])
    | SOME
)


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Return an interval: open, closed or unknown."""
    known = sorted(each for each in (draw(DAYS), draw(DAYS)) if each)
    open_ends: list[date | None] = [None] * (2 - len(known))
    days = [*open_ends, *known] if draw(st.booleans()) else [*known, *open_ends]
    return When(earliest=days[0], latest=days[1], phrase=draw(MAYBE), basis=draw(st.sampled_from(Basis)))


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Return a content of one report with a claim, an alignment and something planned."""
    text = draw(SOME)
    place = Where(name=draw(SOME), code=draw(st.sampled_from([None, "LBY", "?"])), lat=draw(DEGREES), lon=draw(DEGREES))
    claim = claim_of(
        text, actor=draw(IDS), recipient=draw(IDS), date=draw(whens()), place=draw(st.none() | st.just(place)),
        content=draw(MAYBE), means=draw(MAYBE), condition=draw(MAYBE), casualties=draw(MAYBE), rule=draw(SOME),
        status=draw(st.sampled_from(Status)), negated=draw(st.booleans()), modes=draw(IDS),
    )  # fmt: skip
    shared = {
        "claims": ["c1"], "contrary": [], "speakers": draw(IDS), "hedged": draw(st.booleans()), "sentences": [1],
        "evidence": {"sentence": 1, "start": 0, "end": len(text), "text": text},
    }  # fmt: skip
    window = {"start": None, "end": None, "text": None, "basis": "unknown"}
    for end, day in zip(("start", "end"), sorted(draw(st.lists(st.dates(), max_size=2))), strict=False):
        window[end] = day.isoformat()
    planned = {
        "id": "p1", "what": draw(SOME), "kind": "act", "place": draw(MAYBE), "where": None, "window": window,
        "host": draw(MAYBE), "due": draw(IDS), "declined": [], **shared,
    }  # fmt: skip
    backing = {
        "id": "a1", "backer": draw(SOME), "backed": draw(SOME), "kind": "arms", "means": draw(MAYBE), "status": "stated",
        "since": draw(st.none() | st.just(window)), **shared,
    }  # fmt: skip
    report = {
        "id": draw(SOME),
        "outlet": draw(MAYBE),
        "url": draw(URLS),
        "published": draw(DAYS),
        "headline": draw(MAYBE),
    }
    return made(text, [claim], {"planned": [planned], "alignments": [backing]}, report)


few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _lines(name: str, content: Content) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(name, content).splitlines()]


@few
@given(contents())
def test_tables_have_the_same_in_each_form(content: Content) -> None:
    for name in ("claims", "events", "records", "reports", "entities"):
        lines = _lines(name, content)
        table = pq.read_table(pa.BufferReader(written(f"{name}-parquet", content))).to_pylist()
        assert json.loads(json.dumps(table, default=date.isoformat)) == lines
        text = written(f"{name}-csv", content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == len(lines) + 1
        assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+@\t\r\n＝＋＠"))]


@few
@given(contents())
def test_linked_data_is_read_by_its_libraries(content: Content) -> None:
    lines = _lines("ftm", content)
    known = {line["id"]: line["schema"] for line in lines}
    assert [found for line in lines if (found := _broken(line, known))] == []
    assert all(_count(_expanded(line)) == _count(line) for line in _lines("annotations", content))
    raw = json.loads(written("prov", content))
    document = ProvDocument.deserialize(content=json.dumps(raw))
    assert len(document.records) == sum(len(section) for name, section in raw.items() if name != "prefix")
    assert ProvDocument.deserialize(content=document.serialize()) == document


@few
@given(contents())
def test_maps_calendars_and_feeds_are_read_by_their_libraries(content: Content) -> None:
    Draft202012Validator(RFC_7946).validate(json.loads(written("geojson", content)))
    calendar = Calendar.from_ical(written("ical", content))
    assert isinstance(calendar, Calendar)
    assert all(event.end > event.start and not event.errors for event in calendar.events)
    window = next(entry.form["window"] for entry in content.entries if entry.kind == "planned")
    assert len(calendar.events) == bool(window["start"] or window["end"])
    feed = feedparser.parse(written("atom", content))
    assert not feed.bozo
    assert len(feed.entries) == 3
