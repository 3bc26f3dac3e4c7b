"""What an id stands for and on: gathered from the reports of a view and the boards made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.board.conflicts import Conflict
from dragoman.board.filing import Hands, filing_of
from dragoman.board.types import Board
from dragoman.board.viewed import read_in
from dragoman.errors import LedgerError
from dragoman.export.ledger_why import Grounds, OfClaim, OfEvent, OfReport, Stand
from dragoman.export.ledger_words import Said, Tongue, all_said
from dragoman.ledger.agreement import Seen
from dragoman.ledger.reasons import lines_of, members, nearly
from dragoman.ledger.settle import acts_in
from dragoman.ledger.store import Kept, KeptClaim, Ledger, Told, View
from dragoman.ledger.verdicts import Held
from dragoman.views.listing import Telling
from dragoman.views.naming import issues_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of what is asked: reports of a ledger as of a view, claims that are gone among them; conflicts, and what gives their boards.

    ``held``: what was decided of claims, by their ids; ``hands``: what was filed by hand. ``acts`` gives the acts that may be of one
    event with those of some reports, ``stands`` the entries of a board by the claims that speak for or against them; all is looked
    through where they are not given.
    """

    ledger: Ledger
    view: View
    told: Sequence[Told]
    conflicts: Sequence[Conflict]
    board: Callable[[Conflict], Board]
    hands: Mapping[tuple[str, str], bool]
    held: Mapping[str, tuple[Held, ...]]
    acts: Callable[[Sequence[Kept]], Sequence[Seen]] | None = None
    stands: Callable[[Conflict], Mapping[str, Sequence[Stand]]] | None = None


def grounds(identity: str, asked: Asked) -> Grounds:
    """Return the grounds of what has an id that begins so: claims and reports, or else entries of boards.

    LedgerError where claims of several ids begin so.
    """
    claims = tuple(_claims(identity, asked))
    events = dict.fromkeys(of.kept.claim.event_id for of in claims)
    listed = [(each.kept, one) for each in asked.told for one in each.claims if one.gone is None] if events else []
    reports = [each for each in asked.told if each.kept.report.id.startswith(identity)]
    found = Grounds(
        asked=identity,
        claims=claims or tuple(claims_out(identity, asked)),
        events=tuple(event for each in events if (event := of_event(each, listed, asked)) is not None),
        reports=tuple(of_report(each, asked.conflicts, asked.hands) for each in reports),
    )
    return found or replace(found, entries=tuple(_entries(identity, asked)))


def _claims(identity: str, asked: Asked) -> Iterator[OfClaim]:
    found = [(each, kept) for each in asked.told for kept in each.claims if kept.claim.id.startswith(identity)]
    if len({kept.claim.id for _, kept in found}) > 1:
        raise LedgerError(where=identity, found=f"{len(found)} ids begin so", remedy="give more of it")
    yield from (of_claim(each, kept, asked) for each, kept in found)


def of_claim(told: Told, kept: KeptClaim, asked: Asked) -> OfClaim:
    """Return what a claim of a report stands on, what its report has against it, and for and against which entries it speaks."""
    against, stands = tuple(_against(told, kept)), tuple(_stands(told, kept, asked))
    return OfClaim(told=told, kept=kept, against=against, stands=stands, held=asked.held.get(kept.claim.id, ()))


def claims_out(identity: str, asked: Asked) -> Iterator[OfClaim]:
    """Yield the claims that are out by decision whose ids begin so, as they were read, with whose word it is."""
    found = {claim: held for claim, held in asked.held.items() if claim.startswith(identity)}
    reports = frozenset(each.report for held in found.values() for each in held)
    for told in read_in(asked.ledger, replace(asked.view, ids=reports)) if found else ():
        for kept in told.claims:
            if kept.claim.id in found:
                yield OfClaim(told=told, kept=kept, against=(), stands=(), held=found[kept.claim.id])


def _against(report: Told, kept: KeptClaim) -> Iterator[KeptClaim]:
    """Yield the claims of the report that its record has against what it has this claim for."""
    mine = [record for records in report.records.values() for record in records if kept.claim.id in record.claims]
    contrary = {identity for record in mine for identity in record.contrary}
    yield from (other for other in report.claims if other.claim.id in contrary)


def _stands(report: Told, kept: KeptClaim, asked: Asked) -> Iterator[Stand]:
    """Yield the entries of boards that a claim speaks for or against, of the conflicts that its report is filed under."""
    for one in asked.conflicts:
        if filing_of(report, one, asked.hands) is None:
            continue
        found = asked.stands(one) if asked.stands else stands_in(one, asked.board(one), report.kept.report.id)
        yield from found.get(kept.claim.id, ())


def stands_in(conflict: Conflict, board: Board, report: str | None = None) -> dict[str, list[Stand]]:
    """Return the entries of a board that each claim speaks for or against, by the claim's id; with ``report`` of its claims only."""
    found: dict[str, list[Stand]] = {}
    for said in all_said(board, Tongue(board.names, issues_of(conflict)), report):
        for side, sentences in (("for", said.cited), ("against", said.against)):
            for claim in dict.fromkeys(claim for cited in sentences for claim in cited.claims):
                found.setdefault(claim, []).append(Stand(conflict=conflict.id, side=side, said=said))
    return found


def of_event(event: str, listed: Sequence[Telling], asked: Asked) -> OfEvent | None:
    """Return the claims that tell of an event, and why they are one and others are not of it; None where none stands.

    ``listed`` are all claims that stand, in the order of publication.
    """
    tellings = tuple((kept, one) for kept, one in listed if one.claim.event_id == event)
    if not tellings:
        return None
    told = {one.claim.id: one.claim.event_id for _, one in listed}
    acts = asked.acts([kept for kept, _ in tellings]) if asked.acts else acts_in(asked.ledger, asked.view)
    return event_of(event, tellings, told, acts)


def event_of(event: str, tellings: tuple[Telling, ...], told: dict[str, str], acts: Sequence[Seen]) -> OfEvent:
    """Return why the claims that tell of an event are one, and which of these acts were nearly joined.

    ``told``: a claim that stands -> its event.
    """
    joined, near = tuple(members(acts, told, event)), tuple(nearly(acts, told, event))
    return OfEvent(
        id=event, tellings=tellings, joined=joined, near=near, lines=tuple(lines_of(acts, event, joined, near))
    )


def of_report(told: Told, conflicts: Iterable[Conflict], hands: Hands) -> OfReport:
    """Return a report, the conflicts that it is filed under, and those that it was taken out of by hand."""
    listed = tuple(conflicts)
    filings = (filing_of(told, one, hands) for one in listed)
    out = (one.id for one in listed if hands.get((told.kept.report.id, one.id)) is False)
    return OfReport(told=told, filings=tuple(filing for filing in filings if filing is not None), out=tuple(out))


def _entries(identity: str, asked: Asked) -> Iterator[tuple[str, Said]]:
    """Yield the entries of boards whose ids begin so."""
    for one in asked.conflicts:
        now = asked.board(one)
        for said in all_said(now, Tongue(now.names, issues_of(one))):
            if said.id.startswith(identity):
                yield one.id, said
