"""The process records as printed, kind by kind: the schema is made from these, and tests hold the output to them."""

from __future__ import annotations

import msgspec

from dragoman.export.form import DateForm, EvidenceForm, PlaceForm


class RecordForm(msgspec.Struct, frozen=True, kw_only=True):
    """What every record has: ids of the claims for and against it, and the leading claim's sentence.

    ``speakers`` say so where the report does not; ``hedged`` is true where all that is said of it is in doubt.
    """

    id: str
    claims: tuple[str, ...]
    contrary: tuple[str, ...]
    speakers: tuple[str, ...]
    hedged: bool
    sentences: tuple[int, ...]
    evidence: EvidenceForm


class AlignmentForm(RecordForm, frozen=True, kw_only=True):
    """Who backs whom, how and with what."""

    backer: str
    backed: str
    kind: str
    means: str | None
    status: str
    since: DateForm | None


class PositionForm(RecordForm, frozen=True, kw_only=True):
    """A party's demand, offer, acceptance, refusal or red line; ``of`` are those it is put to."""

    party: str
    stance: str
    of: tuple[str, ...]
    content: str
    condition: str | None
    status: str
    date: DateForm


class ThreatForm(RecordForm, frozen=True, kw_only=True):
    """Who threatens whom with what, on which condition, by when."""

    party: str
    against: tuple[str, ...]
    condition: str | None
    consequence: str | None
    deadline: DateForm | None
    date: DateForm


class TalksForm(RecordForm, frozen=True, kw_only=True):
    """A meeting or round of talks; ``where`` is the place with its coordinates."""

    name: str
    place: str | None
    where: PlaceForm | None
    date: DateForm
    format: str | None
    status: str
    host: str | None
    mediators: tuple[str, ...]
    parties: tuple[str, ...]
    declined: tuple[str, ...]
    outcome: str | None


class AgreementForm(RecordForm, frozen=True, kw_only=True):
    """A document and its terms."""

    name: str
    kind: str | None
    terms: tuple[str, ...]
    status: str
    parties: tuple[str, ...]
    place: PlaceForm | None
    date: DateForm


class SignatureForm(RecordForm, frozen=True, kw_only=True):
    """A party and a document: signed, accepted, refused, not_signed or will_sign."""

    party: str
    document: str
    status: str
    place: PlaceForm | None
    date: DateForm


class CeasefireForm(RecordForm, frozen=True, kw_only=True):
    """A truce; its declaration, start and end are separate dates."""

    parties: tuple[str, ...]
    status: str
    scope: str | None
    despite: str | None
    declared: DateForm | None
    from_: DateForm | None = msgspec.field(name="from")
    until: DateForm | None


class ViolationForm(RecordForm, frozen=True, kw_only=True):
    """A breach of a truce that somebody alleges, or the report records."""

    accuser: str | None
    accused: tuple[str, ...]
    act: str
    denied_by: tuple[str, ...]
    verified_by: tuple[str, ...]
    place: PlaceForm | None
    date: DateForm


class MechanismForm(RecordForm, frozen=True, kw_only=True):
    """A body that monitors, oversees, verifies or mediates, and who is asked to be in or out of it."""

    name: str
    kind: str
    mandate: str | None
    members: tuple[str, ...]
    asked_in: tuple[str, ...]
    asked_out: tuple[str, ...]
    asked_by: tuple[str, ...]
    status: str | None


class PlannedForm(RecordForm, frozen=True, kw_only=True):
    """What lies ahead: a meeting, signing, deadline or act, and the window it is due in."""

    what: str
    kind: str
    place: str | None
    where: PlaceForm | None
    window: DateForm
    host: str | None
    due: tuple[str, ...]
    declined: tuple[str, ...]


class SideForm(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a contradiction."""

    value: str
    claims: tuple[str, ...]
    speakers: tuple[str, ...]
    evidence: EvidenceForm


class ContradictionForm(msgspec.Struct, frozen=True, kw_only=True):
    """Statements of one report that cannot all be true."""

    id: str
    kind: str
    about: str
    versions: tuple[str, ...]
    sides: tuple[SideForm, ...]


class ProcessForm(msgspec.Struct, frozen=True, kw_only=True):
    """All records of one report, by kind."""

    alignments: tuple[AlignmentForm, ...]
    positions: tuple[PositionForm, ...]
    threats: tuple[ThreatForm, ...]
    talks: tuple[TalksForm, ...]
    agreements: tuple[AgreementForm, ...]
    signatures: tuple[SignatureForm, ...]
    ceasefires: tuple[CeasefireForm, ...]
    violations: tuple[ViolationForm, ...]
    mechanisms: tuple[MechanismForm, ...]
    planned: tuple[PlannedForm, ...]
    contradictions: tuple[ContradictionForm, ...]
