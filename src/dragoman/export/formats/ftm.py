"""FollowTheMoney: who acts, the reports, the mentions in them, acts and talks as events, and who backs whom as links.

``rulebook/ftm.py`` reads the entities again. Whoever the roster knows has one id everywhere; who is named has one by name, kind
and country; who is only described ('the forces') is somebody else in each report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, BinaryIO

import msgspec

from dragoman.export.brief import clean
from dragoman.export.content import Coded, Content, Entry, Event
from dragoman.export.formats.wording import (
    agent,
    days_of,
    entry_ids,
    entry_words,
    event_words,
    only_cited,
    place_of,
    safe,
    web_address,
)
from dragoman.model import Claim, Entity, Kind, Report, content_id
from dragoman.rulebook.countries import ALPHA3

_SCHEMAS = {
    Kind.PERSON: "Person", Kind.STATE: "PublicBody", Kind.GOVERNMENT: "PublicBody", Kind.ARMED_GROUP: "Organization",
    Kind.IGO: "Organization", Kind.NGO: "Organization", Kind.MEDIA: "Organization",
}  # fmt: skip
_ANYBODY = "LegalEntity"
_BODIES = frozenset({"Organization", "PublicBody"})
_TOPICS = {
    "GOV": "gov", "MIL": "mil", "COP": "gov.security", "SPY": "gov.security", "JUD": "gov.judicial",
    "LEG": "gov.legislative", "PTY": "pol.party", "LAB": "pol.union", "REL": "rel",
}  # fmt: skip
_OF_KIND = {Kind.STATE: "gov.national", Kind.GOVERNMENT: "gov.national", Kind.IGO: "gov.igo"}
_CODES = {alpha3: alpha2.lower() for alpha2, alpha3 in ALPHA3.items()}
_NAMED = frozenset({"name", "acronym"})
_HAPPENINGS = {
    "talks": ("date", ("host",), ("parties", "mediators")), "agreements": ("date", (), ("parties",)),
    "ceasefires": ("from", (), ("parties",)), "planned": ("window", ("host",), ("due",)),
}  # fmt: skip

Properties = Mapping[str, Iterable[str | None]]


def write(content: Content, file: BinaryIO) -> None:
    """Write each entity as a line of JSON, those that others point at first."""
    for line in _Writing(content).lines():
        file.write(msgspec.json.encode(line) + b"\n")


@lru_cache(maxsize=1)
def _model() -> Any:
    from followthemoney import model

    return model


@lru_cache(maxsize=16_384)
def _cleaned(schema: str, name: str, value: str) -> str | None:
    """Return a value of a property as its type has it, or None where it is none of that type. Most values come again and again."""
    cleaned: str | None = _model()[schema].properties[name].type.clean(value)
    return cleaned


def _proxy(schema: str, identity: str, properties: Properties) -> dict[str, Any]:
    """Return an entity as the library writes it: it cleans each value, and leaves out what is none of its type."""
    proxy = _model().make_entity(schema)
    proxy.id = identity
    for name, values in properties.items():
        prop = proxy.schema.properties[name]
        for value in values:
            if value and (cleaned := _cleaned(schema, name, value)):
                proxy.unsafe_add(prop, cleaned, cleaned=True)
    made: dict[str, Any] = proxy.to_dict()
    return {"caption": proxy.caption, **made}


class _Writing:
    def __init__(self, content: Content) -> None:
        self._content = content
        self._agent = agent(content)
        self._own = {coded.report.id: {each.id: each for each in coded.entities} for coded in content.reports}
        self._roster = {identity: entity for identity, entity in content.entities.items() if entity.roster}

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield all entities of the content."""
        yield from self._actors()
        for coded in (*self._content.reports, *only_cited(self._content)):
            yield self._article(coded)
            yield from self._mentions(coded)
        for event in self._content.events:
            yield self._event(event)
        for entry in self._content.entries:
            if entry.kind == "alignments":
                yield self._backing(entry)
            elif entry.kind in _HAPPENINGS:
                yield self._happening(entry)

    # -- who

    def _entity(self, identity: str, report: str) -> Entity | None:
        """Return whom an id means in a report: what the report itself says of that one, or whom the roster knows."""
        return self._own.get(report, {}).get(identity) or self._roster.get(identity)

    def _key(self, identity: str, report: str) -> str:
        return _entity_key(self._entity(identity, report) or _nobody(identity), report)

    def _keys(self, ids: Iterable[str], report: str) -> list[str]:
        return [self._key(each, report) for each in ids]

    def _actors(self) -> Iterator[dict[str, Any]]:
        found: dict[str, tuple[Entity, str]] = {}
        for report, entities in sorted(self._told().items()):
            for identity in sorted(entities):
                entity = self._entity(identity, report) or _nobody(identity)
                found.setdefault(_entity_key(entity, report), (entity, report))
        for key, (entity, report) in sorted(found.items()):
            yield _actor(key, entity)
            if entity.part_of and (whole := self._key(entity.part_of, report)) in found and whole != key:
                yield _part(key, whole, found[whole][0])

    def _told(self) -> dict[str, set[str]]:
        """Return who is told of in each report: of whom it speaks by name, who acts, and of what they are a part."""
        told: dict[str, set[str]] = {}
        for coded in self._content.reports:
            named = {each.id for each in coded.entities if each.kind is not Kind.PLACE and _names_in(each)}
            acting = {who for claim in coded.claims for who in (*claim.actor, *claim.recipient)}
            told.setdefault(coded.report.id, set()).update(named | acting)
        for entry in self._content.entries:
            for report in {each.report.id for each in entry.sentences[:1]}:
                told.setdefault(report, set()).update(_parties(entry))
        for report, ids in told.items():
            ids |= {whole for each in list(ids) if (whole := self._part_of(each, report))}
        return told

    def _part_of(self, identity: str, report: str) -> str | None:
        """Return of whom somebody is a part, where it is known who that is."""
        entity = self._entity(identity, report)
        return entity.part_of if entity and entity.part_of and self._entity(entity.part_of, report) else None

    # -- where it is told

    def _article(self, coded: Coded) -> dict[str, Any]:
        report = coded.report
        notes = [f"A near-copy of {_article_key(coded.same_as)}"] if coded.same_as else []
        properties: Properties = {
            "title": [clean(report.headline or "")], "publishedAt": [_iso(report.published)], "publisher": [report.outlet],
            "sourceUrl": [web_address(report)], "language": [report.language], "generator": [self._agent], "notes": notes,
        }  # fmt: skip
        return _proxy("Article", _article_key(report.id), properties)

    def _mentions(self, coded: Coded) -> Iterator[dict[str, Any]]:
        for entity in coded.entities:
            names = _names_in(entity)
            if names and entity.kind is not Kind.PLACE:
                key = self._key(entity.id, coded.report.id)
                properties: Properties = {
                    "document": [_article_key(coded.report.id)], "resolved": [key], "name": names,
                    "detectedSchema": [_SCHEMAS.get(entity.kind, _ANYBODY)],
                }  # fmt: skip
                yield _proxy("Mention", f"dragoman-mention-{content_id(key, coded.report.id)}", properties)

    def _proof(self, reports: Iterable[Report]) -> Properties:
        once = {report.id: report for report in reports}.values()
        return {
            "proof": [_article_key(report.id) for report in once], "publisher": [report.outlet for report in once],
            "sourceUrl": [web_address(report) for report in once],
        }  # fmt: skip

    # -- what happened

    def _event(self, event: Event) -> dict[str, Any]:
        lead, report = event.lead.claim, event.lead.coded.report
        when, place = lead.date, lead.place
        properties: Properties = {
            "name": [event_words(event, self._content.names)], "recordId": [event.id], "keywords": _marks(lead),
            "organizer": self._keys(lead.actor, report.id), "involved": self._keys(lead.recipient, report.id),
            "startDate": [_iso(when.earliest)], "endDate": [_iso(when.latest)],
            "location": [place.name if place else None], "country": [_CODES.get(place.code or "") if place else None],
            "description": [each.claim.evidence.text for each in event.tellings],
            **self._proof(each.coded.report for each in event.tellings),
        }  # fmt: skip
        return _proxy("Event", f"dragoman-event-{safe(event.id)}", properties)

    def _happening(self, entry: Entry) -> dict[str, Any]:
        field, organizers, involved = _HAPPENINGS[entry.kind]
        form, report = entry.form, _report_of(entry)
        start, end = days_of(form.get(field))
        end = days_of(form.get("until"))[1] if entry.kind == "ceasefires" else end
        place = place_of(form) or {}
        properties: Properties = {
            "name": [entry_words(entry, self._content.names)], "recordId": [entry.id],
            "keywords": [entry.kind, form.get("kind"), form.get("status"), "hedged" if form.get("hedged") else None],
            "organizer": self._keys(_ids(form, organizers), report), "involved": self._keys(_ids(form, involved), report),
            "startDate": [_iso(start)], "endDate": [_iso(end)], "location": [place.get("name")],
            "country": [_CODES.get(place.get("code") or "")], **self._told_by(entry),
        }  # fmt: skip
        return _proxy("Event", _entry_key(entry), properties)

    def _backing(self, entry: Entry) -> dict[str, Any]:
        form, report = entry.form, _report_of(entry)
        status = "hedged" if form.get("hedged") else form.get("status")
        properties: Properties = {
            "subject": [self._key(form["backer"], report)], "object": [self._key(form["backed"], report)],
            "role": [f"backs ({form['kind']})"], "status": [status], "recordId": [entry.id],
            "summary": [form.get("means")], "startDate": [_iso(days_of(form.get("since"))[0])], **self._told_by(entry),
        }  # fmt: skip
        return _proxy("UnknownLink", _entry_key(entry), properties)

    def _told_by(self, entry: Entry) -> Properties:
        return {
            "description": [each.text for each in entry.sentences],
            **self._proof(each.report for each in entry.sentences),
        }


def _actor(key: str, entity: Entity) -> dict[str, Any]:
    code = _CODES.get(entity.code or "")
    field = "nationality" if entity.kind is Kind.PERSON else "country"
    topics = [] if entity.kind is Kind.PERSON else [_OF_KIND.get(entity.kind), *map(_TOPICS.get, entity.sectors)]
    names = [name for name in _names_in(entity) if name != entity.name]
    properties: Properties = {
        "name": [clean(entity.name)], "weakAlias": names, field: [code], "topics": topics,
        "sector": entity.sectors, "keywords": [entity.kind.value, "roster" if entity.roster else None],
    }  # fmt: skip
    return _proxy(_SCHEMAS.get(entity.kind, _ANYBODY), key, properties)


def _part(key: str, whole: str, body: Entity) -> dict[str, Any]:
    identity = f"dragoman-part-{content_id(key, whole)}"
    if _SCHEMAS.get(body.kind) in _BODIES:
        return _proxy("Membership", identity, {"member": [key], "organization": [whole], "role": ["part of"]})
    return _proxy("UnknownLink", identity, {"subject": [key], "object": [whole], "role": ["part of"]})


def _entity_key(entity: Entity, report: str) -> str:
    if entity.roster:
        return f"dragoman-{safe(entity.id)}"
    if _names_in(entity):
        return f"dragoman-{content_id(entity.id, entity.kind, entity.code)}"
    return f"dragoman-{content_id(entity.id, report)}"


def _nobody(identity: str) -> Entity:
    return Entity(id=identity, name=identity, kind=Kind.OTHER)


def _names_in(entity: Entity) -> list[str]:
    return list(dict.fromkeys(clean(each.text) for each in entity.mentions if each.how in _NAMED))


def _parties(entry: Entry) -> set[str]:
    if entry.kind == "alignments":
        return {entry.form["backer"], entry.form["backed"]}
    _, organizers, involved = _HAPPENINGS.get(entry.kind, ("", (), ()))
    return set(_ids(entry.form, (*organizers, *involved)))


def _ids(form: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    found = (form.get(field) for field in fields)
    return [each for value in found for each in ([value] if isinstance(value, str) else value or ())]


def _marks(claim: Claim) -> list[str]:
    marks = ["negated"] if claim.negated else []
    return [claim.event.value, *claim.modes, *claim.contexts, claim.status.value, *marks, *["hedged"] * claim.hedged]


def _report_of(entry: Entry) -> str:
    return next((each.report.id for each in entry.sentences), "")


def _article_key(report: str) -> str:
    return f"dragoman-report-{safe(report)}"


def _entry_key(entry: Entry) -> str:
    return f"dragoman-record-{content_id(entry.kind, *entry_ids(entry))}"


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
