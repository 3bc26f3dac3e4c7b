"""PLOVER: events as the manual's chapter on data has them, one JSON object a line (docs/formats/plover.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, BinaryIO

import msgspec
from msgspec import Meta

from dragoman import __version__
from dragoman.export.content import Content, Event, Telling
from dragoman.export.contract import Origin
from dragoman.export.formats.common import (
    Who,
    asserted,
    each_line,
    iso,
    named,
    when_of,
    where_of,
    who_all,
)
from dragoman.export.formats.killed import hurt, killed
from dragoman.export.formats.nations import nation_of
from dragoman.model import Basis, EventType, Kind, Report, Status, When, Where
from dragoman.rulebook.codes import QUADS, SCALE

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Quad = Annotated[int, Meta(ge=1, le=4)]
Scale = Annotated[float, Meta(ge=-10, le=10)]
Code = Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]
Sector = Annotated[str, Meta(pattern=r"^([A-Z]{3}){1,2}$")]
Number = Annotated[int, Meta(ge=0)]

_QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_KINDS = {Kind.IGO: "IGO", Kind.NGO: "NGO"}
_CODES = {"UNO": "IGO", "EUR": "IGO"}  # bodies that are not among the manual's codes of actors without a state
_OWN = ("IGO", "NGO", "ISM", "IMG", "MNC")


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """A place, its fields called as GeoNames calls them; ``cc3`` is PLOVER's own: the alpha-3 code of its country."""

    geonameid: int | None
    name: str
    latitude: float | None
    longitude: float | None
    feature_class: str | None = msgspec.field(name="feature class")
    feature_code: str | None = msgspec.field(name="feature code")
    country_code: str | None = msgspec.field(name="country code")
    cc3: Code | None
    admin1_code: str | None = msgspec.field(name="admin1 code")


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts or is acted upon. ``identifier_id`` is the roster's id, or one made of the name where the roster has none."""

    code: Code | None
    sector: Sector | None
    actor_text: str | None
    identifier_id: str
    identifier_text: str
    actor_loc: Location | None
    religion: str | None
    ethnicity: str | None
    office: str | None
    gender: str | None
    age: int | None


class TextInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The sentence of the leading claim: its number in the report from 1, and its offsets in code points."""

    sequence: int
    start: int
    end: int
    text_story: list[str] | None
    connlu_parse: str | None
    treebank_parse: str | None


class CiteInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The report. ``citation`` is its id."""

    corpus: str | None
    citation: str
    url: str | None
    title: str | None
    language: str
    publication: str | None
    license: str | None
    copyright: str | None
    coder: str
    codebook: str
    version: str | None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that tells of the event, with what leads back to it. ``same_as``: the report that this one nearly copies."""

    claim: str
    report: str
    url: str | None
    publication: str | None
    pub_date: Day | None
    sequence: int
    start: int
    end: int
    rule: str
    negated: bool
    hedged: bool
    said_by: list[str]
    same_as: str | None


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What PLOVER has no field for: whether the act is background or to come, on what its day rests, who tells of it."""

    status: Status
    hedged: bool
    date_basis: Basis
    date_text: str | None
    content: str | None
    sources: list[Source]


class PloverEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event in PLOVER's form; what the manual asks for and no report states is null. ``pub_date``: the report's day.

    ``date`` is null where no report tells the day. ``context`` has future, historical or hypothetical where it is so.
    """

    id: str
    has_event: bool
    date: Day | None
    time: str | None
    enddate: Day | None
    endtime: str | None
    pub_date: Day | None
    actor: list[Actor]
    recipient: list[Actor]
    event: Annotated[list[EventType], Meta(min_length=1, max_length=1)]
    mode: list[str]
    context: list[str]
    quad_code: Quad
    event_scale: Scale
    event_loc: Location | None
    event_text: Annotated[list[str], Meta(min_length=1)]
    dead: Number | None
    injured: Number | None
    size: Number | None
    link: str | None
    text: str | None
    text_info: TextInfo
    cite_info: CiteInfo
    coder: str
    coded_date: Day | None
    coded_time: str | None
    comment: str | None
    dragoman: Own


def write(content: Content, out: BinaryIO) -> None:
    """Write the events that are said to have been, to be, or to be possible; not those that are only denied."""
    each_line((msgspec.json.encode(each) + b"\n" for each in plover_events(content)), out)


def plover_events(content: Content) -> Iterator[PloverEvent]:
    """Yield the events in PLOVER's form, in their order."""
    for event in content.events:
        told = asserted(event)
        if told:
            yield _event(event, told, content)


def _event(event: Event, told: tuple[Telling, ...], content: Content) -> PloverEvent:
    lead, when, where = told[0], when_of(told), where_of(told)
    claim, report = lead.claim, lead.coded.report
    return PloverEvent(
        id=event.id,
        has_event=True,
        date=iso(when.earliest),
        time=None,
        enddate=_end(when),
        endtime=None,
        pub_date=iso(report.published),
        actor=[_actor(who) for who in who_all(claim.actor, lead, content)],
        recipient=[_actor(who) for who in who_all(claim.recipient, lead, content)],
        event=[claim.event],
        mode=list(claim.modes),
        context=[*claim.contexts, *([] if claim.status is Status.OCCURRED else [claim.status.value])],
        quad_code=_QUADS.index(QUADS[claim.event]) + 1,
        event_scale=SCALE[claim.event],
        event_loc=_location(where) if where else None,
        event_text=list(dict.fromkeys(each.claim.evidence.text for each in told)),
        dead=killed(told),
        injured=hurt(told),
        size=None,
        link=None,
        text=None,
        text_info=_text_info(lead),
        cite_info=_cite_info(report, content.origin),
        coder=f"dragoman {__version__}",
        coded_date=None,
        coded_time=None,
        comment=_comment(event, told, content),
        dragoman=_own(event, lead, when, content),
    )


def _end(when: When) -> str | None:
    """Return the last day of more than one; None where it is one day, or only one end is known."""
    return iso(when.latest) if when.earliest and when.latest and when.earliest != when.latest else None


def _actor(who: Who) -> Actor:
    own = _CODES.get(who.code or "", who.code if who.nation or who.code in _OWN else None)
    return Actor(
        code=own or _KINDS.get(who.kind),
        sector="".join(who.sectors[:2]) or None,
        actor_text=who.said,
        identifier_id=who.id,
        identifier_text=who.name,
        actor_loc=None,
        religion=None,
        ethnicity=None,
        office=None,
        gender=None,
        age=None,
    )


def _location(where: Where) -> Location:
    nation = nation_of(where.code)
    return Location(
        geonameid=None,
        name=where.name,
        latitude=where.lat,
        longitude=where.lon,
        feature_class=None,
        feature_code=None,
        country_code=nation.alpha2 if nation else None,
        cc3=where.code or None,
        admin1_code=None,
    )


def _text_info(lead: Telling) -> TextInfo:
    evidence = lead.claim.evidence
    return TextInfo(
        sequence=evidence.sentence,
        start=evidence.start,
        end=evidence.end,
        text_story=None,
        connlu_parse=None,
        treebank_parse=None,
    )


def _cite_info(report: Report, origin: Origin) -> CiteInfo:
    return CiteInfo(
        corpus=None,
        citation=report.id,
        url=report.url,
        title=report.headline,
        language=report.language,
        publication=report.outlet,
        license=None,
        copyright=None,
        coder=f"dragoman {__version__}, {origin.model}",
        codebook=f"PLOVER, rulebook {origin.rulebook}",
        version=None,
    )


def _comment(event: Event, told: tuple[Telling, ...], content: Content) -> str | None:
    """Return in words what a reader of the row alone should know: that somebody denies it, that it is hedged, who says so."""
    denials = [each for each in event.tellings if each.claim.negated]
    notes = [f"denied in {len(denials)} of {len(event.tellings)} claims"] if denials else []
    notes += ["hedged"] if all(each.claim.hedged for each in told) else []
    speakers = _speakers(told[0], content)
    notes += [f"said by {', '.join(speakers)}"] if speakers else []
    return "; ".join(notes) or None


def _speakers(telling: Telling, content: Content) -> list[str]:
    return [named(link.speaker, content) if link.speaker else link.text for link in telling.claim.attribution]


def _own(event: Event, lead: Telling, when: When, content: Content) -> Own:
    return Own(
        status=lead.claim.status,
        hedged=all(each.claim.hedged for each in asserted(event)),
        date_basis=when.basis,
        date_text=when.phrase,
        content=lead.claim.content,
        sources=[_telling(each, content) for each in event.tellings],
    )


def _telling(telling: Telling, content: Content) -> Source:
    claim, report = telling.claim, telling.coded.report
    return Source(
        claim=claim.id,
        report=report.id,
        url=report.url,
        publication=report.outlet,
        pub_date=iso(report.published),
        sequence=claim.evidence.sentence,
        start=claim.evidence.start,
        end=claim.evidence.end,
        rule=claim.rule,
        negated=claim.negated,
        hedged=claim.hedged,
        said_by=_speakers(telling, content),
        same_as=telling.coded.same_as,
    )
