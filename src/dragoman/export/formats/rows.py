"""Claims, events, records, reports and entities as rows of a table: one type each, whatever file they are written to.

Every row says from which report it is and on which sentence it stands, and what it was made with. Offsets count code
points of the report's text; days are dates; what is not known is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.export.content import Coded, Content, Entry, Event, Sentence
from dragoman.export.contract import Origin
from dragoman.export.form import LinkForm, PlaceForm
from dragoman.model import Basis, Claim, Evidence, Report, When, Where


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """An interval of days, both ends included; an end that is open or unknown is None."""

    start: date | None
    end: date | None
    text: str | None
    basis: Basis


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """The sentence that a row stands on: its number from 1 (None where it is not known), its offsets, and the whole of it."""

    sentence: int | None
    start: int
    end: int
    text: str


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """One of the sentences that a record stands on, with its report and the claims in it."""

    report: str
    outlet: str | None
    url: str | None
    published: date | None
    start: int
    end: int
    text: str
    claims: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every row has: its id, its (leading) report, and of which report that one is a near-copy, where that is known."""

    id: str
    report: str | None
    copy_of: str | None
    outlet: str | None
    url: str | None
    published: date | None


class ClaimRow(Row, frozen=True, kw_only=True):
    """A claim: what a report says that somebody did to somebody. Claims of one ``event_id`` tell of one event."""

    event_id: str
    event: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actor: tuple[str, ...]
    actor_names: tuple[str, ...]
    recipient: tuple[str, ...]
    recipient_names: tuple[str, ...]
    negated: bool
    status: str
    hedged: bool
    quoted: bool
    attribution: tuple[LinkForm, ...]
    date: Days
    place: PlaceForm | None
    content: str | None
    condition: str | None
    means: str | None
    casualties: str | None
    evidence: Quote
    rule: str
    version: str
    rulebook: str
    model: str


class EventRow(Row, frozen=True, kw_only=True):
    """An event, described by the claim that leads; all that tell of it are in ``claims`` and ``reports``.

    ``origins`` is the number of reports that are no copies of one another.
    """

    event: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actor: tuple[str, ...]
    actor_names: tuple[str, ...]
    recipient: tuple[str, ...]
    recipient_names: tuple[str, ...]
    negated: bool
    status: str
    hedged: bool
    date: Days
    place: PlaceForm | None
    content: str | None
    casualties: str | None
    evidence: Quote
    origins: int
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    version: str
    rulebook: str
    model: str


class SideRow(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a contradiction."""

    value: str
    claims: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    evidence: Quote | None = None


_NONE: tuple[str, ...] = ()


class RecordRow(Row, frozen=True, kw_only=True):
    """A record of any kind. ``record`` is the kind ('ceasefires'); fields that its kind has not are None or empty."""

    record: str
    conflict: str | None
    kind: str | None = None
    name: str | None = None
    what: str | None = None
    status: str | None = None
    party: str | None = None
    parties: tuple[str, ...] = _NONE
    backer: str | None = None
    backed: str | None = None
    stance: str | None = None
    of: tuple[str, ...] = _NONE
    against: tuple[str, ...] = _NONE
    content: str | None = None
    condition: str | None = None
    consequence: str | None = None
    means: str | None = None
    document: str | None = None
    terms: tuple[str, ...] = _NONE
    scope: str | None = None
    despite: str | None = None
    format: str | None = None
    host: str | None = None
    mediators: tuple[str, ...] = _NONE
    declined: tuple[str, ...] = _NONE
    due: tuple[str, ...] = _NONE
    outcome: str | None = None
    accuser: str | None = None
    accused: tuple[str, ...] = _NONE
    act: str | None = None
    denied_by: tuple[str, ...] = _NONE
    verified_by: tuple[str, ...] = _NONE
    mandate: str | None = None
    members: tuple[str, ...] = _NONE
    asked_in: tuple[str, ...] = _NONE
    asked_out: tuple[str, ...] = _NONE
    asked_by: tuple[str, ...] = _NONE
    about: str | None = None
    versions: tuple[str, ...] = _NONE
    sides: tuple[SideRow, ...] = ()
    place: PlaceForm | None = None
    date: Days | None = None
    since: Days | None = None
    declared: Days | None = None
    from_: Days | None = msgspec.field(name="from", default=None)
    until: Days | None = None
    deadline: Days | None = None
    window: Days | None = None
    hedged: bool | None = None
    speakers: tuple[str, ...] = _NONE
    claims: tuple[str, ...] = _NONE
    contrary: tuple[str, ...] = _NONE
    sentences: tuple[int, ...] = ()
    evidence: Quote | None = None
    cited: tuple[Cited, ...] = ()
    version: str
    rulebook: str
    model: str


class ReportRow(Row, frozen=True, kw_only=True):
    """A report that was read, also where it gave nothing; how many claims, events and records it gave."""

    headline: str | None
    language: str
    revision: str | None
    characters: int
    claims: int
    events: int
    records: int
    version: str
    rulebook: str
    model: str


class EntityRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that claims name; ``roster`` is true where the roster knows it."""

    id: str
    name: str
    kind: str
    code: str | None
    sectors: tuple[str, ...]
    roster: bool
    part_of: str | None
    version: str
    rulebook: str


def claim_rows(content: Content) -> Iterator[ClaimRow]:
    """Yield a row for each claim, report by report, in the content's order."""
    made = made_with(content.origin)
    for coded in content.reports:
        shared = _of_report(coded.report, coded.same_as)
        for claim in coded.claims:
            yield ClaimRow(
                id=claim.id, event_id=claim.event_id, **shared, **_act(claim, content.names), quoted=claim.quoted,
                attribution=tuple(LinkForm(speaker=link.speaker, text=link.text) for link in claim.attribution),
                condition=claim.condition, means=claim.means, rule=claim.rule, **made,
            )  # fmt: skip


def event_rows(content: Content) -> Iterator[EventRow]:
    """Yield a row for each event, in the content's order."""
    made = made_with(content.origin)
    for event in content.events:
        lead = event.lead
        reports = tuple(dict.fromkeys(each.coded.report.id for each in event.tellings))
        yield EventRow(
            id=event.id, **_of_report(lead.coded.report, lead.coded.same_as), **_act(lead.claim, content.names),
            origins=_origins(event), reports=reports, claims=tuple(each.claim.id for each in event.tellings), **made,
        )  # fmt: skip


def record_rows(content: Content) -> Iterator[RecordRow]:
    """Yield a row for each entry of the record, in the content's order."""
    made = made_with(content.origin)
    copies = {coded.report.id: coded.same_as for coded in content.reports}
    for entry in content.entries:
        yield _record_row(entry, copies, made)


def report_rows(content: Content) -> Iterator[ReportRow]:
    """Yield a row for each report, in the content's order."""
    made = made_with(content.origin)
    for coded in content.reports:
        report = coded.report
        yield ReportRow(
            id=report.id, **_of_report(report, coded.same_as), headline=report.headline, language=report.language,
            revision=report.revision.notice if report.revision else None, characters=len(report.text),
            claims=len(coded.claims), events=len({claim.event_id for claim in coded.claims}),
            records=sum(len(records) for records in coded.records.values()), **made,
        )  # fmt: skip


def entity_rows(content: Content) -> Iterator[EntityRow]:
    """Yield a row for each entity, by id."""
    made = {name: value for name, value in made_with(content.origin).items() if name != "model"}
    for _, entity in sorted(content.entities.items()):
        yield EntityRow(
            id=entity.id, name=entity.name, kind=entity.kind.value, code=entity.code, sectors=entity.sectors,
            roster=entity.roster, part_of=entity.part_of, **made,
        )  # fmt: skip


def _record_row(entry: Entry, copies: Mapping[str, str | None], made: Mapping[str, str]) -> RecordRow:
    form = dict(entry.form)
    if "where" in form:  # talks and what is planned have the place's name in 'place'
        form["place"] = form["where"]
    elif isinstance(form.get("place"), str):
        form["place"] = None
    first = _leading(entry, form)
    shared = _of_report(first.report, copies.get(first.report.id)) if first else dict.fromkeys(_OF_REPORT)
    if first and not form.get("evidence"):
        form["evidence"] = {"sentence": None, "start": first.start, "end": first.end, "text": first.text}
    whole = {
        **form, **shared, **made, "id": entry.id, "record": entry.kind, "conflict": entry.conflict,
        "cited": [_cited(each) for each in entry.sentences],
    }  # fmt: skip
    return msgspec.convert(whole, RecordRow)


def _leading(entry: Entry, form: Mapping[str, Any]) -> Sentence | None:
    """Return the sentence that an entry is printed with: that of its evidence, or the first."""
    evidence = form.get("evidence") or {}
    place = (evidence.get("start"), evidence.get("end"))
    return next(
        (each for each in entry.sentences if (each.start, each.end) == place), next(iter(entry.sentences), None)
    )


def _cited(sentence: Sentence) -> dict[str, Any]:
    report = sentence.report
    return {
        "report": report.id, "outlet": report.outlet, "url": report.url, "published": report.published,
        "start": sentence.start, "end": sentence.end, "text": sentence.text, "claims": sentence.claims,
    }  # fmt: skip


_OF_REPORT = ("report", "copy_of", "outlet", "url", "published")


def _of_report(report: Report, same_as: str | None) -> dict[str, Any]:
    values = (report.id, same_as, report.outlet, report.url, report.published)
    return dict(zip(_OF_REPORT, values, strict=True))


def made_with(origin: Origin) -> dict[str, Any]:
    """Return what all rows were made with, in the contract's words."""
    digest = origin.rulebook if origin.rulebook.startswith("sha256:") else f"sha256:{origin.rulebook}"
    return {"version": __version__, "rulebook": digest, "model": origin.model}


def _act(claim: Claim, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what the row of a claim and that of its event have in common."""
    return {
        "event": claim.event.value, "modes": claim.modes, "contexts": claim.contexts,
        "actor": claim.actor, "actor_names": _named(claim.actor, names),
        "recipient": claim.recipient, "recipient_names": _named(claim.recipient, names),
        "negated": claim.negated, "status": claim.status.value, "hedged": claim.hedged,
        "date": _days(claim.date), "place": _place(claim.place), "content": claim.content,
        "casualties": claim.casualties, "evidence": _quote(claim.evidence),
    }  # fmt: skip


def _named(ids: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(each, each) for each in ids)


def _days(when: When) -> Days:
    return Days(start=when.earliest, end=when.latest, text=when.phrase, basis=when.basis)


def _place(where: Where | None) -> PlaceForm | None:
    if where is None:
        return None
    return PlaceForm(name=where.name, code=where.code, lat=where.lat, lon=where.lon, text=where.text)


def _quote(evidence: Evidence) -> Quote:
    return Quote(sentence=evidence.sentence, start=evidence.start, end=evidence.end, text=evidence.text)


def _origins(event: Event) -> int:
    return len({_first(each.coded) for each in event.tellings})


def _first(coded: Coded) -> str:
    return coded.same_as or coded.report.id
