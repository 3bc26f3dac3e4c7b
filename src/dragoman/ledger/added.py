"""Claims that people added: in their report and in the updates of it that have the same sentence, or in a report of their source."""

from __future__ import annotations

import hashlib
from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from dragoman.ledger.elsewhere import Kin, chained, find_sentence
from dragoman.ledger.schema import decisions as table
from dragoman.ledger.schema import reports
from dragoman.ledger.store import Kept, KeptClaim, Made, Told
from dragoman.ledger.verdicts import Decision, DecisionKind, Held, Source, restored
from dragoman.model import Claim, Evidence, Report, content_id

RULE = "decided"
_ENDS = (".", "!", "?", "…")


def added_id(decision: str, update: str | None = None) -> str:
    """Return the id of the claim that a decision adds: to its report or its source, or else to an update of the report."""
    return content_id("decided", decision, *([update] if update else []))


def added_ids(connection: Connection) -> set[str]:
    """Return the ids of all claims that decisions of a ledger add, or may add to updates of a report."""
    updates: dict[str, list[str]] = {}
    for row in connection.execute(select(reports.c.id, reports.c.revises).where(reports.c.revises.is_not(None))):
        updates.setdefault(row.revises, []).append(row.id)
    found = set()
    for row in connection.execute(select(table).where(table.c.kind == DecisionKind.ADDED_CLAIM.value)):
        about = msgspec.json.decode(row.about, type=tuple[str, ...])
        found |= {added_id(row.id), *(added_id(row.id, update) for update in chained(about[:1], updates))}
    return found


@dataclass(slots=True, kw_only=True)
class Added:
    """The reports with the claims that people added: ``claims`` by decision (claim -> its report), and what had no place."""

    told: list[Told]
    places: dict[str, int] = field(default_factory=dict)
    claims: dict[str, dict[str, str]] = field(default_factory=dict)
    homeless: set[str] = field(default_factory=set)

    def put(self, kept: KeptClaim, decision: Decision) -> None:
        """Put a claim into its report."""
        place = self.places[kept.report]
        told = self.told[place]
        self.told[place] = replace(told, claims=tuple(sorted((*told.claims, kept), key=_place)))
        self.claims.setdefault(decision.id, {})[kept.claim.id] = kept.report


def with_added(told: Sequence[Told], live: Iterable[Decision], kin: Kin, until: date | None) -> Added:
    """Return the reports with what people added by decisions that count; an outside source is a report of no later than ``until``."""
    made = Added(told=list(told))
    inside: list[Decision] = []
    outside: list[Decision] = []
    for decision in live:
        source = decision.verdict.source
        if decision.kind is DecisionKind.ADDED_CLAIM and source is not None:
            (outside if source.report is None else inside).append(decision)
    for decision in outside:
        _put_outside(made, decision, until)
    made.places = {each.kept.report.id: place for place, each in enumerate(made.told)}
    put = [(decision, kept) for decision in inside if (kept := _inside(made, decision)) is not None]
    for decision, kept in put:  # now that all stand in their own reports
        _put_updates(made, decision, kept, kin)
    return made


def is_outside(told: Told) -> bool:
    """Return whether a report is no report of the ledger but an outside source's words, from which somebody took a claim."""
    return told.kept.made.rulebook == RULE


def _put_outside(made: Added, decision: Decision, until: date | None) -> None:
    own = _outside(decision)
    if until is None or (own.kept.report.published or date.min) <= until:
        insort(made.told, own, key=_order)
        made.claims[decision.id] = {own.claims[0].claim.id: own.kept.report.id}
    else:
        made.homeless.add(decision.id)


def _inside(made: Added, decision: Decision) -> KeptClaim | None:
    """Put an added claim into its report and return it; None where the report is not there."""
    source = decision.verdict.source or Source()
    place = made.places.get(source.report or "")
    if place is None or source.sentence is None or source.start is None or source.end is None:
        made.homeless.add(decision.id)
        return None
    report = made.told[place].kept.report
    words = report.text[source.start : source.end]
    evidence = Evidence(sentence=source.sentence, start=source.start, end=source.end, text=words)
    kept = _claim(decision, evidence, report.id)
    made.put(kept, decision)
    return kept


def _put_updates(made: Added, decision: Decision, first: KeptClaim, kin: Kin) -> None:
    """Put an added claim into those updates of its report that have its sentence, and do not tell the same there already."""
    held = Held(
        report=first.report, decision=decision.id, kind=decision.kind, field=None, user=decision.user, at=decision.at,
        carried=(first.claim.id, first.report),
    )  # fmt: skip
    for update in (each for each in kin.after(first.report) if each in made.places):
        told = made.told[made.places[update]]
        span = find_sentence(told.kept.report, first.claim.evidence.text)
        if span is None or any(_same(first, kept, span) for kept in told.claims):
            continue
        identity = added_id(decision.id, update)
        claim = replace(first.claim, id=identity, evidence=_numbered(told, *span))
        why = (replace(held, report=update),)
        made.put(replace(first, claim=claim, report=update, linked=identity, decided=why), decision)


def _same(first: KeptClaim, kept: KeptClaim, span: tuple[int, int]) -> bool:
    one, other = first.claim, kept.claim
    meets = other.evidence.start < span[1] and span[0] < other.evidence.end
    act = (one.event, one.negated, one.actor, one.recipient)
    return meets and act == (other.event, other.negated, other.actor, other.recipient)


def _numbered(told: Told, start: int, end: int) -> Evidence:
    """Return a sentence of a report with its number: as the report's claims and record have it, or between those before and after."""
    text = told.kept.report.text
    known = [kept.claim.evidence for kept in told.claims]
    known += [record.evidence for records in told.records.values() for record in records]
    for each in known:
        if each.start <= start and end <= each.end:
            return each
    before = max((each for each in known if each.end <= start), key=lambda each: each.end, default=None)
    low, since = (before.sentence, before.end) if before else (0, told.kept.report.body_start)
    high = min((each.sentence for each in known if each.start >= end), default=told.kept.sentences + 1)
    between = sum(part.rstrip("\"'”’»)").endswith(_ENDS) for part in text[since:start].split())
    number = max(min(low + 1 + between, high - 1), low + 1)
    return Evidence(sentence=number, start=start, end=end, text=text[start:end])


def _order(told: Told) -> tuple[date, str]:
    return told.kept.report.published or date.min, told.kept.report.id


def _place(kept: KeptClaim) -> tuple[int, str]:
    return kept.claim.evidence.start, kept.claim.id


def _outside(decision: Decision) -> Told:
    """Return a report of an outside source's words with the claim that somebody took from it.

    One without a day was known on the day of the decision.
    """
    source = decision.verdict.source or Source()
    text = source.quote or ""
    report = Report(
        id=f"decided-{decision.id}", headline=None, text=text, body_start=0, outlet=source.name, url=source.url,
        published=source.published or decision.at.date(), source=f"decision {decision.id}",
    )  # fmt: skip
    kept = Kept(
        number=0, report=report, recorded=decision.at, made=Made(rulebook=RULE, model=RULE), sentences=1,
        hash=hashlib.sha256(text.encode()).hexdigest(), revises=None, origin=report.id,
    )  # fmt: skip
    claim = _claim(decision, Evidence(sentence=1, start=0, end=len(text), text=text), report.id)
    return Told(kept=kept, claims=(claim,), entities=(), records={})


def _claim(decision: Decision, evidence: Evidence, report: str) -> KeptClaim:
    identity = added_id(decision.id)
    fields_of: dict[str, Any] = {name: restored(name, value) for name, value in decision.verdict.value.items()}
    words = {"user": decision.user, "decision": decision.id}
    claim = Claim(id=identity, evidence=evidence, rule=RULE, event_id=identity, words=words, **fields_of)
    by = f"decided by {decision.user}"
    return KeptClaim(claim=claim, report=report, first_rulebook=by, last_rulebook=by, gone=None, linked=identity)


__all__ = ["RULE", "Added", "added_id", "added_ids", "is_outside", "with_added"]
