"""The printed forms that only the API has; all others are those of the commands (export/*_form.py)."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

import msgspec

from dragoman.export.form import RevisionForm
from dragoman.export.ledger_form import LedgerClaimForm
from dragoman.export.ledger_why import FilingForm
from dragoman.model import Kind

Form = TypeVar("Form")


class FaultForm(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong: ``error`` names the kind, ``detail`` says what was found and what to do, ``where`` the place."""

    error: str
    detail: str
    where: str


class Page(msgspec.Struct, Generic[Form], frozen=True, kw_only=True):
    """A part of a list; ``next`` is the cursor of the part after it, or null at the end."""

    items: tuple[Form, ...]
    next: str | None


class IssueForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a conflict is over, and the words that tell of it."""

    id: str
    name: str
    words: tuple[str, ...]


class ConflictForm(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict that is followed, as its file has it: parties and backers with their sides; and how many reports tell of it."""

    id: str
    name: str
    countries: tuple[str, ...]
    from_: str | None = msgspec.field(name="from")
    to: str | None
    places: tuple[str, ...]
    parties: dict[str, str]
    backers: dict[str, str]
    issues: tuple[IssueForm, ...]
    reports: int
    last: str | None


class ReportHeadForm(msgspec.Struct, frozen=True, kw_only=True):
    """A report: what it ``revises``, the ``origin`` of its text (itself where it is no copy), and when it was recorded."""

    id: str
    headline: str | None
    outlet: str | None
    url: str | None
    published: str | None
    recorded: str
    sentences: int
    revises: str | None
    origin: str


class ReportLineForm(ReportHeadForm, frozen=True, kw_only=True):
    """A report in a list, with the number of its claims."""

    claims: int


class NamedForm(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is told of in a report, and how often he is mentioned there."""

    id: str
    name: str
    kind: Kind
    code: str | None
    roster: bool
    mentions: int


class LedgerReportForm(ReportHeadForm, frozen=True, kw_only=True):
    """A report whole: its text (offsets count its code points), who is in it, what it claims, and where it is filed."""

    language: str
    revision: RevisionForm | None
    rulebook: str
    model: str
    text: str
    entities: tuple[NamedForm, ...]
    claims: tuple[LedgerClaimForm, ...]
    filings: tuple[FilingForm, ...]
    taken_out: tuple[str, ...]


class SeenForm(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is told of: names, how often, in how many reports, by which outlets, first and last day printed."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: Kind
    code: str | None
    roster: bool
    mentions: int
    reports: int
    outlets: dict[str, int]
    first: str | None
    last: str | None


class SourceOfForm(msgspec.Struct, frozen=True, kw_only=True):
    """What an added claim stands on: a sentence of a report, or an outside source with its words."""

    report: str | None
    sentence: int | None
    start: int | None
    end: int | None
    name: str | None
    quote: str | None
    url: str | None
    published: str | None


class CarriedForm(msgspec.Struct, frozen=True, kw_only=True):
    """A claim for which a decision holds, though it was made of the same claim elsewhere (``from``)."""

    claim: str
    report: str
    from_: dict[str, str] = msgspec.field(name="from")


class DecisionForm(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decided. ``state``: stands, overruled, withdrawn, or without object."""

    id: str
    kind: str
    about: tuple[str, ...]
    field: str | None
    value: Any
    source: SourceOfForm | None
    user: str
    at: str
    note: str | None
    withdrawn_at: str | None
    withdrawn_by: str | None
    state: str
    carried: tuple[CarriedForm, ...]


class TakenForm(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a report that was handed in: it was ``added``, or is ``there`` already; claims where it was added."""

    outcome: Literal["added", "there"]
    report: str
    claims: int | None


class UntoldForm(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be told: how often it was tried, when last, and what was wrong; it is tried again unless ``given_up``."""

    id: str
    conflict: str
    tries: int
    at: str | None
    found: str | None
    given_up: bool


class HookForm(msgspec.Struct, frozen=True, kw_only=True):
    """One who is told of changes: of what (all conflicts or entries where none is named), up to which instant, what waits."""

    name: str
    url: str
    conflicts: tuple[str, ...]
    changes: tuple[str, ...]
    entries: tuple[str, ...]
    told: str | None
    waiting: int
    sent: int
    last: str | None
    failed: tuple[UntoldForm, ...]
    trouble: str | None
