"""A board, a claim, an event or a hit of a ledger -> its printed form (ledger_form.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.board.types import Board, Cited, Dispute, Entry
from dragoman.export.contract import claim_form, date_form, place_form
from dragoman.export.ledger_form import (
    BoardForm,
    ChangeForm,
    CitedForm,
    EventForm,
    FactForm,
    HeldForm,
    HitForm,
    LedgerClaimForm,
    SourceForm,
)
from dragoman.export.ledger_page import Quote
from dragoman.export.ledger_since import Change
from dragoman.ledger.search import Hit
from dragoman.ledger.store import Kept, KeptClaim
from dragoman.ledger.verdicts import Held
from dragoman.model import When, Where


def board_form(
    board: Board, quote: Quote, since: date | None = None, changes: Iterable[Change] | None = None
) -> BoardForm:
    """Return the printed form of a board; ``quote`` gives a sentence's text, ``changes`` are those since the day ``since``."""
    made = {field.name: _plain(getattr(board, field.name), quote) for field in fields(board)}
    if changes is not None:
        made["since"] = since.isoformat() if since else None
        made["changes"] = [msgspec.to_builtins(change_form(change)) for change in changes]
    return msgspec.convert({"version": __version__, **made}, BoardForm)


def change_form(change: Change) -> ChangeForm:
    """Return the printed form of a change."""
    said = change.entry
    told = tuple(FactForm(name=name, before=before, now=now) for name, before, now in change.facts)
    other = change.one_with.id if change.one_with else msgspec.UNSET
    return ChangeForm(change=change.how, kind=said.kind, id=said.id, words=said.words, facts=told, one_with=other)


def _plain(value: Any, quote: Quote) -> Any:
    """Return a value of a board in JSON's types."""
    if isinstance(value, When):
        return msgspec.to_builtins(date_form(value))
    if isinstance(value, Where):
        return msgspec.to_builtins(place_form(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(sorted(value.items()))
    if isinstance(value, tuple | list):
        return [_plain(item, quote) for item in value]
    if is_dataclass(value):
        return _object(value, quote)
    return value


def _object(value: Any, quote: Quote) -> dict[str, Any]:
    made = {field.name.rstrip("_"): _plain(getattr(value, field.name), quote) for field in fields(value)}
    if isinstance(value, Cited):
        return {**made, "text": quote(value)}
    if isinstance(value, Dispute):
        made["versions"] = [_version(told, cited, quote) for told, cited in value.versions]
    if isinstance(value, Entry):
        made["origins"] = value.origins
        made["reports"] = len({each.report for each in value.cited})
        made["first"], made["last"] = (day.isoformat() if day else None for day in (value.first, value.last))
    return made


def _version(value: str, cited: tuple[Cited, ...], quote: Quote) -> dict[str, Any]:
    origins = len({each.origin for each in cited})
    return {"value": value, "origins": origins, "cited": [_plain(each, quote) for each in cited]}


def cited_form(cited: Cited, quote: Quote) -> CitedForm:
    """Return the printed form of a sentence that is cited; ``quote`` gives its text."""
    return msgspec.convert(_plain(cited, quote), CitedForm)


def ledger_claim_form(kept: KeptClaim, report: Kept) -> LedgerClaimForm:
    """Return the printed form of a claim of a ledger."""
    published = report.report.published
    decided = tuple(map(held_form, kept.decided)) or msgspec.UNSET
    return LedgerClaimForm(
        **{name: getattr(form, name) for form in [claim_form(kept.claim)] for name in form.__struct_fields__},
        report=kept.report, origin=report.origin, outlet=report.report.outlet,
        published=published.isoformat() if published else None, gone=kept.gone, decided=decided,
    )  # fmt: skip


def held_form(held: Held) -> HeldForm:
    """Return the printed form of a decision that holds for a claim."""
    carried = SourceForm(claim=held.carried[0], report=held.carried[1]) if held.carried else None
    return HeldForm(
        decision=held.decision, kind=held.kind.value, field=held.field, user=held.user, carried=carried
    )  # fmt: skip


def event_form(told: list[tuple[Kept, KeptClaim]]) -> EventForm:
    """Return the printed form of an event: the claims that tell of it with their reports, the first of them leading."""
    lead = claim_form(told[0][1].claim)
    shared = (name for name in EventForm.__struct_fields__ if name in lead.__struct_fields__ and name != "id")
    return EventForm(
        id=told[0][1].claim.event_id, **{name: getattr(lead, name) for name in shared},
        origins=len({report.origin for report, _ in told}), reports=len({report.report.id for report, _ in told}),
        claims=tuple(kept.claim.id for _, kept in told),
    )  # fmt: skip


def hit_form(hit: Hit) -> HitForm:
    """Return the printed form of a report that was found."""
    return HitForm(
        report=hit.report, outlet=hit.outlet, published=hit.published.isoformat() if hit.published else None,
        headline=hit.headline, score=hit.score, start=hit.start, end=hit.end, snippet=hit.snippet,
    )  # fmt: skip
