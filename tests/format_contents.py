"""Contents for tests of formats: of the sample reports, read once, and made by hand for borderlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from conftest import load_samples

from dragoman.export.content import Coded, Content, Event, content_of
from dragoman.export.contract import Origin, form_of
from dragoman.export.whole import origin_of
from dragoman.model import Claim, Entity, EventType, Evidence, Kind, Report, When, content_id
from dragoman.process.board import record_of
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader

ORIGIN = Origin(rulebook="sha256:0", model="a model")
DAY = date(2021, 3, 10)  # a Wednesday


def coded_of(reader: Reader, report: Report) -> Coded:
    """Return a report as it is coded in a corpus."""
    reading = reader.read(report)
    form = form_of(reading, record_of(reading, reader.rulebook), ORIGIN)
    return Coded(
        report=report,
        entities=reading.entities,
        claims=reading.claims,
        records={kind: tuple(listed) for kind, listed in form.process.items()},
    )


def sample_content(reader: Reader) -> Content:
    """Return the sample reports as one shard."""
    return content_of(origin_of(reader), [coded_of(reader, sample.report()) for sample in load_samples()])


def read_content(reader: Reader, *texts: str, day: date = DAY, **known: Any) -> Content:
    """Return reports of these bodies as one shard."""
    options = IntakeOptions(published=day, **known)
    return content_of(ORIGIN, [coded_of(reader, from_text(text, options)) for text in texts])


def entity(identity: str, kind: Kind = Kind.GROUP, code: str | None = None, *sectors: str) -> Entity:
    """Return somebody whose name is the id in capitals."""
    return Entity(id=identity, name=identity.title(), kind=kind, code=code, sectors=sectors)


def made(
    *claims: Claim, entities: Iterable[Entity] = (), text: str = "Something happened. More happened.", **of_report: Any
) -> Content:
    """Return a report with claims made by hand; claims that share an ``event_id`` are one event."""
    report = Report(
        id="a-report",
        headline=None,
        text=text,
        body_start=0,
        **{"outlet": "The Gazette", "url": "https://gazette.example/1", "published": DAY, **of_report},
    )
    listed = tuple(replace(each, evidence=replace(each.evidence, text=text)) for each in claims)
    return content_of(ORIGIN, [Coded(report=report, entities=tuple(entities), claims=listed)])


def claim(event: EventType, **given: Any) -> Claim:
    """Return a claim made by hand."""
    identity = given.pop("id", content_id(event, sorted((name, str(value)) for name, value in given.items())))
    evidence = Evidence(sentence=1, start=0, end=34, text="")
    return Claim(
        **{"id": identity, "event": event, "evidence": evidence, "rule": "by-hand", "event_id": identity, **given}
    )


def on(day: date, last: date | None = None) -> When:
    """Return a day, or days from one to another."""
    return When(earliest=day, latest=last or day)


def told_twice(one: Content, other: Content) -> Content:
    """Return two contents whose events are one each: as a ledger has them."""
    events = [
        Event(id=first.id, tellings=(*first.tellings, *second.tellings))
        for first, second in zip(one.events, other.events, strict=True)
    ]
    return replace(one, reports=(*one.reports, *other.reports), events=tuple(events))


def bytes_of(write: Callable[[Content, BinaryIO], None], content: Content) -> bytes:
    """Return what a format writes."""
    out = BytesIO()
    write(content, out)
    return out.getvalue()
