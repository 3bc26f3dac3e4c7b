"""What the tests of the formats share: the samples read once as content, small contents made by hand, and writers run to bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from dragoman.export.content import Coded, Content, content_of
from dragoman.export.contract import Origin, form_of
from dragoman.export.formats.table import format_of
from dragoman.export.whole import origin_of
from dragoman.model import Claim, Entity, EventType, Evidence, Kind, Report
from dragoman.process.records import ProcessRecord
from dragoman.reading.reader import Reader, Reading

ORIGIN = Origin(rulebook="0" * 64, model="none 1.0")
ODD = "He said: \"=1+1\" & <b>'no'</b> \u2014 \u202eevil\u202c \U0001f54a \u00e9, ]]> {{x}}; a\\b,c\n\nSecond\x0bpart."


def coded_of(reading: Reading, process: ProcessRecord, origin: Origin, same_as: str | None = None) -> Coded:
    """Return a reading with its records as a format takes it."""
    form = form_of(reading, process, origin)
    records = {kind: tuple(listed) for kind, listed in form.process.items() if listed}
    return Coded(
        report=reading.report, entities=reading.entities, claims=reading.claims, records=records, same_as=same_as
    )


@pytest.fixture(scope="session")
def content(corpus: list[tuple[Reading, ProcessRecord]], reader: Reader) -> Content:
    """Return the sample corpus of two conflicts as content, its reports in order of day and id."""
    origin = origin_of(reader)
    listed = [coded_of(reading, process, origin) for reading, process in corpus]
    return content_of(origin, sorted(listed, key=lambda each: (each.report.published or date.max, each.report.id)))


def written(name: str, content: Content) -> bytes:
    """Return what the writer of a format writes of a content."""
    held = io.BytesIO()
    format_of(name).writer()(content, held)
    return held.getvalue()


def empty() -> Content:
    """Return a content with nothing in it."""
    return Content(origin=ORIGIN)


def report_of(text: str, **others: Any) -> Report:
    """Return a report with that text and no headline, day, outlet or address unless given."""
    return Report(**{"id": "r1", "headline": None, "text": text, "body_start": 0, **others})


def claim_of(text: str, **others: Any) -> Claim:
    """Return a claim that stands on the whole of a text and knows neither day nor place unless given."""
    evidence = Evidence(sentence=1, start=0, end=len(text), text=text)
    plain = {"id": "c1", "event_id": "c1", "event": EventType.ASSAULT, "evidence": evidence, "rule": "made"}
    return Claim(**{**plain, **others})


def made(
    text: str,
    claims: Sequence[Claim] = (),
    records: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    report: Mapping[str, Any] | None = None,
) -> Content:
    """Return a content of one report; whoever its claims name is an armed group of that name."""
    ids = dict.fromkeys(each for claim in claims for each in (*claim.actor, *claim.recipient))
    entities = tuple(Entity(id=each, name=each.title(), kind=Kind.ARMED_GROUP) for each in ids)
    listed = {kind: tuple(each) for kind, each in (records or {}).items()}
    coded = Coded(report=report_of(text, **(report or {})), entities=entities, claims=tuple(claims), records=listed)
    return content_of(ORIGIN, [coded])
