"""The printed forms of a board, of events and of search, field by field: what the ledger's commands promise with ``--json``."""

from __future__ import annotations

import msgspec

from dragoman.export.form import ClaimForm, DateForm, PlaceForm
from dragoman.model import EventType, Status


class CitedForm(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that an entry stands on: ``text`` is the report's text[start:end]; ``origin`` the first print of that text."""

    report: str
    outlet: str | None
    published: str | None
    origin: str
    sentence: int
    start: int
    end: int
    text: str
    claims: tuple[str, ...]
    speakers: tuple[str, ...]
    hedged: bool


class EntryForm(msgspec.Struct, frozen=True, kw_only=True):
    """What every entry has: how many origins and reports tell of it, first and last day printed, sentences for and against."""

    id: str
    origins: int
    reports: int
    first: str | None
    last: str | None
    cited: tuple[CitedForm, ...]
    against: tuple[CitedForm, ...]


class TurnForm(msgspec.Struct, frozen=True, kw_only=True):
    """One step in the history of an entry."""

    state: str
    day: str | None
    text: str | None
    cited: CitedForm


class TruceForm(EntryForm, frozen=True, kw_only=True):
    """A ceasefire; ``since`` is the day of the last word where the status is unknown."""

    parties: tuple[str, ...]
    scope: str | None
    declared: DateForm | None
    from_: DateForm | None = msgspec.field(name="from")
    until: DateForm | None
    status: str
    since: str | None
    history: tuple[TurnForm, ...]


class SigningForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a party did with a paper."""

    party: str
    status: str
    date: DateForm
    cited: tuple[CitedForm, ...]
    against: tuple[CitedForm, ...]


class PaperForm(EntryForm, frozen=True, kw_only=True):
    """An agreement with its table of signatures."""

    name: str
    kind: str | None
    terms: tuple[str, ...]
    parties: tuple[str, ...]
    place: PlaceForm | None
    date: DateForm
    status: str
    signings: tuple[SigningForm, ...]


class RoundForm(EntryForm, frozen=True, kw_only=True):
    """One round of talks."""

    name: str
    place: PlaceForm | None
    date: DateForm
    format: str | None
    host: str | None
    mediators: tuple[str, ...]
    parties: tuple[str, ...]
    declined: tuple[str, ...]
    status: str
    outcome: str | None


class TrackForm(EntryForm, frozen=True, kw_only=True):
    """Talks between the same parties: their rounds."""

    parties: tuple[str, ...]
    rounds: tuple[RoundForm, ...]


class StanceForm(EntryForm, frozen=True, kw_only=True):
    """A party's position on an issue and its history."""

    party: str
    issue: str
    of: tuple[str, ...]
    state: str
    content: str
    condition: str | None
    history: tuple[TurnForm, ...]


class MenaceForm(EntryForm, frozen=True, kw_only=True):
    """A threat and what became of it."""

    party: str
    whom: tuple[str, ...]
    condition: str | None
    consequence: str | None
    deadline: DateForm | None
    outcome: str
    settled_by: tuple[CitedForm, ...]


class BackingForm(EntryForm, frozen=True, kw_only=True):
    """Who backs whom with what kind of support."""

    backer: str
    backed: str
    kind: str
    means: str | None
    status: str
    denied_by: tuple[str, ...]


class BreachForm(EntryForm, frozen=True, kw_only=True):
    """A violation: accusers, accused, denied and verified apart."""

    accusers: tuple[str, ...]
    accused: tuple[str, ...]
    act: str
    place: PlaceForm | None
    date: DateForm
    denied_by: tuple[str, ...]
    verified_by: tuple[str, ...]


class BodyForm(EntryForm, frozen=True, kw_only=True):
    """A mechanism."""

    name: str
    kind: str
    mandate: str | None
    members: tuple[str, ...]
    asked_in: tuple[str, ...]
    asked_out: tuple[str, ...]
    asked_by: tuple[str, ...]
    status: str | None


class DueForm(EntryForm, frozen=True, kw_only=True):
    """A line of the calendar and what became of it."""

    what: str
    kind: str
    place: PlaceForm | None
    window: DateForm
    due: tuple[str, ...]
    outcome: str
    settled_by: tuple[CitedForm, ...]


class VersionForm(msgspec.Struct, frozen=True, kw_only=True):
    """One of the ways in which something is told."""

    value: str
    origins: int
    cited: tuple[CitedForm, ...]


class DisputeForm(EntryForm, frozen=True, kw_only=True):
    """Reports that cannot all be right."""

    kind: str
    about: str
    versions: tuple[VersionForm, ...]


class TurningForm(EntryForm, frozen=True, kw_only=True):
    """What a rule over time found."""

    rule: str
    words: str
    day: str | None


class FactForm(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of an entry in words, before and now."""

    name: str
    before: str
    now: str


class ChangeForm(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that is ``new``, ``changed`` or ``gone`` against the board of the day ``since``.

    ``one_with``: the entry that took in what is gone, or from which what is new parted.
    """

    change: str
    kind: str
    id: str
    words: str
    facts: tuple[FactForm, ...]
    one_with: str | msgspec.UnsetType = msgspec.UNSET


class BoardForm(msgspec.Struct, frozen=True, kw_only=True):
    """The state of one conflict's peace process as of a day. ``since`` and ``changes`` are there where asked for."""

    version: str
    conflict: str
    name: str
    until: str | None
    known: str | None
    reports: int
    last: str | None
    names: dict[str, str]
    reliability: dict[str, str]
    since: str | msgspec.UnsetType | None = msgspec.UNSET
    changes: tuple[ChangeForm, ...] | msgspec.UnsetType = msgspec.UNSET
    truces: tuple[TruceForm, ...]
    turnings: tuple[TurningForm, ...]
    papers: tuple[PaperForm, ...]
    tracks: tuple[TrackForm, ...]
    stances: tuple[StanceForm, ...]
    menaces: tuple[MenaceForm, ...]
    backings: tuple[BackingForm, ...]
    breaches: tuple[BreachForm, ...]
    bodies: tuple[BodyForm, ...]
    calendar: tuple[DueForm, ...]
    disputes: tuple[DisputeForm, ...]


class SourceForm(msgspec.Struct, frozen=True, kw_only=True):
    """The claim, in which report, from which a decision is carried."""

    claim: str
    report: str


class HeldForm(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that changed a claim: about itself, or about the same claim in another version or print of its report."""

    decision: str
    kind: str
    field: str | None
    user: str
    carried: SourceForm | None


class LedgerClaimForm(ClaimForm, frozen=True, kw_only=True):
    """A claim as a ledger has it: with its report, the origin of that, and the rulebook that no longer gives it.

    ``decided`` is there where decisions changed the claim.
    """

    report: str
    origin: str
    outlet: str | None
    published: str | None
    gone: str | None
    decided: tuple[HeldForm, ...] | msgspec.UnsetType = msgspec.UNSET


class EventForm(msgspec.Struct, frozen=True, kw_only=True):
    """What one or more claims tell of: the fields are those of the claim that tells of it first, whose id it has."""

    id: str
    event: EventType
    modes: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    negated: bool
    status: Status
    date: DateForm
    place: PlaceForm | None
    content: str | None
    casualties: str | None
    origins: int
    reports: int
    claims: tuple[str, ...]


class HitForm(msgspec.Struct, frozen=True, kw_only=True):
    """A report that a search found: ``snippet`` is its text[start:end] around the first hit."""

    report: str
    outlet: str | None
    published: str | None
    headline: str | None
    score: float
    start: int
    end: int
    snippet: str
