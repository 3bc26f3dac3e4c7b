"""GeoJSON (RFC 7946): events and entries that have a place with coordinates, one feature each, as one FeatureCollection.

Positions are [longitude, latitude] in WGS 84. What has no coordinates is no feature; the member 'dragoman' counts it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from dragoman.export.content import Content, Entry, Event
from dragoman.export.formats.rows import EventRow, RecordRow, event_rows, made_with, record_rows
from dragoman.export.formats.wording import entry_ids, entry_words, event_words, urn

Feature = dict[str, Any]
_OF_RECORD = ("date", "window", "from", "declared", "since", "deadline")


def write(content: Content, file: BinaryIO) -> None:
    """Write the features, one a line, then what the file was made with and how many have no coordinates."""
    file.write(b'{"type":"FeatureCollection","features":[')
    left = {"events": 0, "records": 0}
    first = True
    for what, feature in _features(content):
        if feature["geometry"] is None:
            left[what] += 1
            continue
        file.write((b"\n" if first else b",\n") + msgspec.json.encode(feature))
        first = False
    foreign = {**made_with(content.origin), "without_coordinates": left}
    file.write(b'\n],"dragoman":' + msgspec.json.encode(foreign) + b"}\n")


def _features(content: Content) -> Iterator[tuple[str, Feature]]:
    for event, row in zip(content.events, event_rows(content), strict=True):
        yield "events", _of_event(event, row, content)
    for entry, record in zip(content.entries, record_rows(content), strict=True):
        yield "records", _of_entry(entry, record, content)


def _of_event(event: Event, row: EventRow, content: Content) -> Feature:
    properties = {
        "what": "event", "id": row.id, "title": event_words(event, content.names), "event": row.event,
        "modes": row.modes, "contexts": row.contexts, "status": row.status, "negated": row.negated,
        "actor": row.actor, "actor_names": row.actor_names, "recipient": row.recipient,
        "recipient_names": row.recipient_names, "casualties": row.casualties, "origins": row.origins,
    }  # fmt: skip
    return _feature(urn("event", row.id), row, properties, row.date)


def _of_entry(entry: Entry, row: RecordRow, content: Content) -> Feature:
    form = msgspec.to_builtins(row)
    told = next((form[name] for name in _OF_RECORD if form[name] and (form[name]["start"] or form[name]["end"])), None)
    properties = {
        "what": row.record, "id": row.id, "title": entry_words(entry, content.names), "kind": row.kind,
        "status": row.status, "parties": _parties(row), "party_names": _named(_parties(row), content),
        "conflict": row.conflict,
    }  # fmt: skip
    return _feature(urn("record", entry.kind, *entry_ids(entry)), row, properties, told)


def _feature(identity: str, row: EventRow | RecordRow, properties: dict[str, Any], days: Any) -> Feature:
    """Return a feature: its own properties, then day, place, report and sentence, all of them plain values or lists."""
    days = msgspec.to_builtins(days) or {}
    evidence, place = row.evidence, row.place
    shared = {
        "hedged": row.hedged, "date_start": days.get("start"), "date_end": days.get("end"), "date_text": days.get("text"),
        "place": place.name if place else None, "country": place.code if place else None,
        "report": row.report, "copy_of": row.copy_of, "outlet": row.outlet, "url": row.url, "published": row.published,
        "quote": evidence.text if evidence else None, "quote_start": evidence.start if evidence else None,
        "quote_end": evidence.end if evidence else None, "claims": row.claims,
    }  # fmt: skip
    geometry = _point(place.lat, place.lon) if place else None
    return {"type": "Feature", "id": identity, "geometry": geometry, "properties": {**properties, **shared}}


def _point(lat: float | None, lon: float | None) -> dict[str, Any] | None:
    """Return the point of a place; None where one of its degrees is missing or is none on Earth.

    >>> _point(32.9, 13.2), _point(95.0, 13.2)
    ({'type': 'Point', 'coordinates': [13.2, 32.9]}, None)
    """
    if lat is None or lon is None or not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    if abs(lat) > 90 or abs(lon) > 180:
        return None
    return {"type": "Point", "coordinates": [lon, lat]}


def _parties(row: RecordRow) -> tuple[str, ...]:
    """Return all whom a record names as taking part, whichever field its kind has them in."""
    one = (row.party, row.backer, row.backed, row.host, row.accuser)
    many = (row.parties, row.mediators, row.accused, row.due, row.members)
    return tuple(dict.fromkeys([*filter(None, one), *(each for group in many for each in group)]))


def _named(ids: Iterable[str], content: Content) -> tuple[str, ...]:
    return tuple(content.names.get(each, each) for each in ids)
