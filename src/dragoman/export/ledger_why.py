"""What a claim, an event, a report's filing or an entry of a board stands on: as it is gathered, and its printed form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from dragoman import __version__
from dragoman.board.filing import Filing
from dragoman.board.types import Cited
from dragoman.export.ledger_form import CitedForm, HeldForm, LedgerClaimForm
from dragoman.export.ledger_json import cited_form, held_form, ledger_claim_form
from dragoman.export.ledger_page import Quote
from dragoman.export.ledger_words import Said
from dragoman.ledger.reasons import Agreed, Compared, agreed
from dragoman.ledger.store import Kept, KeptClaim, Told
from dragoman.ledger.verdicts import Held

Telling = tuple[Kept, KeptClaim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """An entry of a conflict's board that a claim speaks ``for`` or ``against``."""

    conflict: str
    side: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class OfClaim:
    """A claim with its report, what that has against it, the entries that it speaks for or against, and what was decided of it."""

    told: Told
    kept: KeptClaim
    against: tuple[KeptClaim, ...]
    stands: tuple[Stand, ...]
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfEvent:
    """The claims that tell of an event, why they are one, and which were nearly joined."""

    id: str
    tellings: tuple[Telling, ...]
    joined: tuple[Compared, ...]
    near: tuple[Compared, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfReport:
    """A report, the conflicts that it is filed under, and those that it was taken out of by hand."""

    told: Told
    filings: tuple[Filing, ...]
    out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What an id stands for and on: claims and events of that id, reports, entries of boards by their conflict."""

    asked: str
    claims: tuple[OfClaim, ...] = ()
    events: tuple[OfEvent, ...] = ()
    reports: tuple[OfReport, ...] = ()
    entries: tuple[tuple[str, Said], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.claims or self.reports or self.entries)


class StandForm(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a conflict's board that the claim speaks for or against: ``side``."""

    conflict: str
    side: str
    kind: str
    id: str
    title: str


class WhyClaimForm(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, the rulebooks that gave it first and last, what its report has against it, what it speaks for or against.

    ``decided``: what people decided of it; a wrong claim speaks for nothing.
    """

    claim: LedgerClaimForm
    first_rulebook: str
    last_rulebook: str
    against: tuple[LedgerClaimForm, ...]
    entries: tuple[StandForm, ...]
    decided: tuple[HeldForm, ...]


class AgreedForm(msgspec.Struct, frozen=True, kw_only=True):
    """A field in which two claims are the ``same`` or ``near``, the points that this counts, and what they say of it."""

    field: str
    how: str
    points: float
    words: str


class JoinedForm(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of the event and the earlier one that it agrees with most; ``same_sentence``: both are one sentence of one text."""

    claim: str
    report: str
    with_: str = msgspec.field(name="with")
    same_sentence: bool
    points: float
    agreed: tuple[AgreedForm, ...]


class ApartForm(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that was nearly joined, and what keeps it apart."""

    claim: str
    report: str
    with_: str = msgspec.field(name="with")
    points: float
    against: tuple[str, ...]


class WhyEventForm(msgspec.Struct, frozen=True, kw_only=True):
    """An event: the claims that tell of it, the first of them leading, how they agree, and which were nearly joined."""

    id: str
    origins: int
    reports: int
    tellings: tuple[LedgerClaimForm, ...]
    joined: tuple[JoinedForm, ...]
    apart: tuple[ApartForm, ...]


class FilingForm(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict that a report is filed under, the rule, and what made it so."""

    conflict: str
    rule: str
    parties: tuple[str, ...]
    places: tuple[str, ...]
    countries: tuple[str, ...]
    issues: tuple[str, ...]


class WhyReportForm(msgspec.Struct, frozen=True, kw_only=True):
    """A report, what it revises and copies (itself where it is no copy), its filings, and what it was ``taken_out`` of by hand."""

    report: str
    outlet: str | None
    published: str | None
    headline: str | None
    revises: str | None
    origin: str
    filings: tuple[FilingForm, ...]
    taken_out: tuple[str, ...]


class WhyEntryForm(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a conflict's board in words, with all sentences for it and against it."""

    conflict: str
    kind: str
    id: str
    words: str
    origins: int
    reports: int
    cited: tuple[CitedForm, ...]
    against: tuple[CitedForm, ...]


class WhyForm(msgspec.Struct, frozen=True, kw_only=True):
    """What an id, or what begins so, stands on: claims, the events that they tell of, reports, entries of boards."""

    version: str
    asked: str
    claims: tuple[WhyClaimForm, ...]
    events: tuple[WhyEventForm, ...]
    reports: tuple[WhyReportForm, ...]
    entries: tuple[WhyEntryForm, ...]


def why_form(found: Grounds, quote: Quote) -> WhyForm:
    """Return the printed form of grounds; ``quote`` gives a sentence's text."""
    return WhyForm(
        version=__version__,
        asked=found.asked,
        claims=tuple(map(_claim, found.claims)),
        events=tuple(map(_event, found.events)),
        reports=tuple(map(_report, found.reports)),
        entries=tuple(_entry(conflict, said, quote) for conflict, said in found.entries),
    )


def _claim(of: OfClaim) -> WhyClaimForm:
    report = of.told.kept
    return WhyClaimForm(
        claim=ledger_claim_form(of.kept, report),
        first_rulebook=of.kept.first_rulebook,
        last_rulebook=of.kept.last_rulebook,
        against=tuple(ledger_claim_form(other, report) for other in of.against),
        entries=tuple(
            StandForm(
                conflict=each.conflict, side=each.side, kind=each.said.kind, id=each.said.id, title=each.said.title
            )
            for each in of.stands
        ),
        decided=tuple(map(held_form, of.held)),
    )


def _event(of: OfEvent) -> WhyEventForm:
    return WhyEventForm(
        id=of.id,
        origins=len({report.origin for report, _ in of.tellings}),
        reports=len({report.report.id for report, _ in of.tellings}),
        tellings=tuple(ledger_claim_form(kept, report) for report, kept in of.tellings),
        joined=tuple(map(_joined, of.joined)),
        apart=tuple(map(_apart, of.near)),
    )


def _joined(compared: Compared) -> JoinedForm:
    return JoinedForm(
        claim=compared.later.act.id, report=compared.later.report, with_=compared.earlier.act.id,
        same_sentence=compared.copied, points=compared.points, agreed=_fields(agreed(compared)),
    )  # fmt: skip


def _fields(found: Iterable[Agreed]) -> tuple[AgreedForm, ...]:
    return tuple(AgreedForm(field=each.field, how=each.how, points=each.points, words=each.words) for each in found)


def _apart(compared: Compared) -> ApartForm:
    return ApartForm(
        claim=compared.later.act.id, report=compared.later.report, with_=compared.earlier.act.id,
        points=compared.points, against=compared.against,
    )  # fmt: skip


def _report(of: OfReport) -> WhyReportForm:
    kept, report = of.told.kept, of.told.kept.report
    return WhyReportForm(
        report=report.id, outlet=report.outlet, published=report.published.isoformat() if report.published else None,
        headline=report.headline, revises=kept.revises, origin=kept.origin, filings=tuple(map(filing_form, of.filings)),
        taken_out=of.out,
    )  # fmt: skip


def filing_form(filing: Filing) -> FilingForm:
    """Return the printed form of what a report is filed under, and why."""
    return FilingForm(
        conflict=filing.conflict, rule=filing.rule, parties=filing.parties, places=filing.places,
        countries=filing.countries, issues=filing.issues,
    )  # fmt: skip


def _entry(conflict: str, said: Said, quote: Quote) -> WhyEntryForm:
    return WhyEntryForm(
        conflict=conflict, kind=said.kind, id=said.id, words=said.words,
        origins=len({each.origin for each in said.cited}), reports=len({each.report for each in said.cited}),
        cited=_cited(said.cited, quote), against=_cited(said.against, quote),
    )  # fmt: skip


def _cited(found: Sequence[Cited], quote: Quote) -> tuple[CitedForm, ...]:
    return tuple(cited_form(each, quote) for each in found)
