"""The printed form of a reading, field by field: what ``dragoman read --json`` promises (docs/contract.md)."""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman.model import Basis, EventType, Kind, Status


class RevisionForm(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that the report was updated, and the body paragraphs it names, from 1."""

    notice: str
    paragraphs: tuple[int, ...]


class ReportForm(msgspec.Struct, frozen=True, kw_only=True):
    """The report. ``text`` (headline, blank line, body) is there with ``--text``; all offsets count its code points."""

    id: str
    headline: str | None
    outlet: str | None
    url: str | None
    published: str | None
    language: str
    sentences: int
    revision: RevisionForm | None
    conflict: str | msgspec.UnsetType = msgspec.UNSET
    text: str | msgspec.UnsetType = msgspec.UNSET


class MentionForm(msgspec.Struct, frozen=True, kw_only=True):
    """One mention: ``text[start:end]`` is the quote."""

    start: int
    end: int
    text: str
    how: str


class EntityForm(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that acts or is acted upon; ``roster`` is true where the roster knows it."""

    id: str
    name: str
    kind: Kind
    code: str | None
    sectors: tuple[str, ...]
    roster: bool
    mentions: tuple[MentionForm, ...]


class LinkForm(msgspec.Struct, frozen=True, kw_only=True):
    """One link of who says so, outermost last; ``speaker`` is an entity, or null where only the words are known."""

    speaker: str | None
    text: str


class DateForm(msgspec.Struct, frozen=True, kw_only=True):
    """An interval of days, both ends included; an end that is open or unknown is null."""

    start: str | None
    end: str | None
    text: str | None
    basis: Basis


class PlaceForm(msgspec.Struct, frozen=True, kw_only=True):
    """A place, with ISO 3166 alpha-3 country code and degrees north and east."""

    name: str
    code: str | None
    lat: float | None
    lon: float | None
    text: str


class EvidenceForm(msgspec.Struct, frozen=True, kw_only=True):
    """The sentence: its number from 1, its offsets, and the whole of it."""

    sentence: int
    start: int
    end: int
    text: str


class ClaimForm(msgspec.Struct, frozen=True, kw_only=True):
    """One act or relation that the report states. Claims with one ``event_id`` tell of one event; its id leads."""

    id: str
    event: EventType
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    negated: bool
    status: Status
    hedged: bool
    quoted: bool
    attribution: tuple[LinkForm, ...]
    date: DateForm
    place: PlaceForm | None
    content: str | None
    condition: str | None
    means: str | None
    casualties: str | None
    evidence: EvidenceForm
    rule: str
    event_id: str


class UnreadForm(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that gave no claim, and why."""

    sentence: int
    why: str


Record = dict[str, Any]
"""A process record; export/schema.py says which fields each kind has."""


class ReadingForm(msgspec.Struct, frozen=True, kw_only=True):
    """What one report says. One such object a line."""

    version: str
    rulebook: str
    model: str
    report: ReportForm
    entities: tuple[EntityForm, ...]
    claims: tuple[ClaimForm, ...]
    process: dict[str, list[Record]]
    unread: tuple[UnreadForm, ...]


class RelationForm(msgspec.Struct, frozen=True, kw_only=True):
    """The one relation from source to target that a sentence states, or ``event`` null."""

    id: str
    event: EventType | None
    modes: tuple[str, ...]
    status: Status | None
    negated: bool
    rule: str | None
