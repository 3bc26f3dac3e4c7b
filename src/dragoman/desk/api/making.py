"""What a desk has -> the printed forms of the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from dragoman.board.conflicts import Conflict
from dragoman.board.filing import filing_of
from dragoman.desk.api.forms import (
    CarriedForm,
    ConflictForm,
    DecisionForm,
    IssueForm,
    LedgerReportForm,
    NamedForm,
    ReportLineForm,
    SeenForm,
    SourceOfForm,
)
from dragoman.desk.kept import Desk, Shown
from dragoman.desk.search.finding import OfReport, Sought, hit_of
from dragoman.desk.search.indexes import Row
from dragoman.export.form import RevisionForm
from dragoman.export.ledger_form import HitForm, LedgerClaimForm
from dragoman.export.ledger_json import hit_form, ledger_claim_form
from dragoman.export.ledger_why import filing_form
from dragoman.ledger.decided import Carried
from dragoman.ledger.store import Kept, Told, instant
from dragoman.ledger.verdicts import Decision, Source
from dragoman.views.listing import Seen


def row_form(row: Row) -> LedgerClaimForm:
    """Return the printed form of a claim with its report."""
    return ledger_claim_form(row.kept, row.told.kept)


def hit_of_report(found: OfReport, sought: Sought) -> HitForm:
    """Return the printed form of a report that was found by words."""
    return hit_form(hit_of(found, sought.words))


def report_line(told: Told) -> ReportLineForm:
    """Return the printed form of a report in a list."""
    return ReportLineForm(**_head(told.kept), claims=sum(kept.gone is None for kept in told.claims))


def ledger_report_form(desk: Desk, told: Told) -> LedgerReportForm:
    """Return the printed form of a whole report."""
    kept, report = told.kept, told.kept.report
    hands = desk.boards.decisions()[2]
    filings = (filing_of(told, one, hands) for one in desk.conflicts.values())
    revision = report.revision
    return LedgerReportForm(
        **_head(kept),
        language=report.language,
        revision=RevisionForm(notice=revision.notice, paragraphs=revision.paragraphs) if revision else None,
        rulebook=kept.made.rulebook,
        model=kept.made.model,
        text=report.text,
        entities=tuple(
            NamedForm(id=each.id, name=each.name, kind=each.kind, code=each.code, roster=each.roster, mentions=count)
            for each, count in told.entities
        ),
        claims=tuple(ledger_claim_form(one, kept) for one in told.claims if one.gone is None),
        filings=tuple(filing_form(filing) for filing in filings if filing is not None),
        taken_out=tuple(one for one in desk.conflicts if hands.get((report.id, one)) is False),
    )


def _head(kept: Kept) -> dict[str, Any]:
    report = kept.report
    return {
        "id": report.id, "headline": report.headline, "outlet": report.outlet, "url": report.url,
        "published": _iso(report.published), "recorded": instant(kept.recorded), "sentences": kept.sentences,
        "revises": kept.revises, "origin": kept.origin,
    }  # fmt: skip


def seen_form(seen: Seen) -> SeenForm:
    """Return the printed form of somebody who is told of."""
    return SeenForm(
        id=seen.id, name=seen.name, names=tuple(sorted(seen.names)), kind=seen.entity.kind, code=seen.entity.code,
        roster=seen.entity.roster, mentions=seen.mentions, reports=seen.outlets.total(),
        outlets=dict(sorted(seen.outlets.items())), first=_iso(min(seen.days, default=None)),
        last=_iso(max(seen.days, default=None)),
    )  # fmt: skip


def conflict_form(shown: Shown) -> ConflictForm:
    """Return the printed form of a conflict with how many reports tell of it."""
    one: Conflict = shown.conflict
    return ConflictForm(
        id=one.id, name=one.name, countries=one.countries, from_=_iso(one.start), to=_iso(one.end),
        places=one.places, parties=dict(one.parties), backers=dict(one.backers),
        issues=tuple(IssueForm(id=issue.id, name=issue.name, words=issue.words) for issue in one.issues),
        reports=shown.board.reports, last=_iso(shown.board.last),
    )  # fmt: skip


def decision_form(decision: Decision, carried: Carried) -> DecisionForm:
    """Return the printed form of a decision with what became of it."""
    verdict = decision.verdict
    return DecisionForm(
        id=decision.id, kind=decision.kind.value, about=decision.about, field=verdict.field,
        value=msgspec.to_builtins(verdict.value), source=_source(verdict.source), user=decision.user,
        at=instant(decision.at), note=decision.note,
        withdrawn_at=instant(decision.withdrawn_at) if decision.withdrawn_at else None,
        withdrawn_by=decision.withdrawn_by, state=carried.states.get(decision.id, "stands"),
        carried=_carried(decision.id, carried),
    )  # fmt: skip


def _carried(decision: str, carried: Carried) -> tuple[CarriedForm, ...]:
    """Return the claims for which a decision holds though it is about the same claim elsewhere, by report."""
    found: list[tuple[str, str, Mapping[str, str]]] = []
    for claim, listed in carried.held.items():
        for one in listed:
            if one.decision == decision and one.carried:
                found.append((one.report, claim, {"claim": one.carried[0], "report": one.carried[1]}))
    found.sort(key=lambda each: each[:2])
    return tuple(CarriedForm(claim=claim, report=report, from_=dict(origin)) for report, claim, origin in found)


def _source(source: Source | None) -> SourceOfForm | None:
    return msgspec.convert(msgspec.to_builtins(source), SourceOfForm) if source else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
