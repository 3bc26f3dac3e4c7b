"""The command that says why: what a claim, event, board entry or filing stands on, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.shared import (
    OK,
    JsonOption,
    LedgerOption,
    SettingsOption,
    ledger_of,
    printable,
    settings_of,
    write,
)
from dragoman.commands.views import (
    AsOfOption,
    ConflictOption,
    Followed,
    KnownOption,
    board_in,
    conflict_named,
    hands_of,
    issues_of,
    names_in,
    quote_of,
    show,
    title_of,
    view_of,
    with_gone,
    wrapped,
)
from dragoman.errors import LedgerError

if TYPE_CHECKING:
    from dragoman.board.conflicts import Conflict
    from dragoman.board.types import Board, Cited
    from dragoman.export.brief import Line
    from dragoman.export.ledger_page import Quote
    from dragoman.export.ledger_why import Grounds, OfClaim, OfEvent, OfReport, Stand
    from dragoman.export.ledger_words import Said
    from dragoman.ledger.store import KeptClaim, Ledger, Told, View
    from dragoman.ledger.verdicts import Held
    from dragoman.settings import Settings

_LEAST = 4  # characters of an id that is looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: of which ledger, as of which view, of one conflict or of all; ``told`` has claims that are gone, too."""

    ledger: Ledger
    told: Sequence[Told]
    view: View
    settings: Settings
    hands: Mapping[tuple[str, str], bool]
    conflict: str | None
    held: Mapping[str, tuple[Held, ...]]

    @property
    def conflicts(self) -> list[Conflict]:
        """Return the conflict that is named, or all."""
        from dragoman.board.conflicts import load_conflicts

        if self.conflict is not None:
            return [conflict_named(self.conflict, self.settings)]
        return list(load_conflicts(self.settings.conflicts, self.settings.roster).values())

    def board(self, conflict: Conflict) -> Board:
        """Return the board of a conflict, without claims that are gone."""
        from dragoman.board.filing import filed

        stand = (replace(each, claims=tuple(c for c in each.claims if c.gone is None)) for each in self.told)
        mine = Followed(conflict=conflict, told=tuple(filed(stand, conflict, self.hands)))
        return board_in(mine, self.view, self.settings)


def why(  # noqa: PLR0913  an option of the command is a parameter here
    identity: Annotated[
        str, typer.Argument(metavar="ID", help="A claim, event, report or entry of a board, or how its id begins.")
    ],
    conflict: ConflictOption = None,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    json: JsonOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show what a claim, an event, a report's filing or an entry of a board stands on, and what speaks against it."""
    from dragoman.board.viewed import carried_in

    chosen, view = settings_of(settings), view_of(as_of, known)
    if len(identity) < _LEAST:
        raise LedgerError(
            where=identity, found="too short for an id", remedy=f"give at least {_LEAST} characters of it"
        )
    with ledger_of(chosen, ledger) as kept:
        carried = carried_in(kept, view)
        told = with_gone(kept, view, carried.told)
        asked = Asked(
            ledger=kept, told=told, view=view, settings=chosen, hands=hands_of(kept, view), conflict=conflict,
            held=carried.held,
        )  # fmt: skip
        found = _grounds(identity, asked)
    if not found:
        raise LedgerError(
            where=identity, found="no claim, event, report or entry has this id",
            remedy="dragoman board, events or claims show the ids",
        )  # fmt: skip
    if json:
        from dragoman.export.contract import line_of
        from dragoman.export.ledger_why import why_form

        write(line_of(why_form(found, quote_of(told))))
    else:
        show(_lines(found, told))
    raise typer.Exit(OK)


# -- what an id stands on


def _grounds(identity: str, asked: Asked) -> Grounds:
    """Return the grounds of what has an id that begins so: claims and reports, or else entries of boards."""
    from dragoman.export.ledger_why import Grounds

    claims = tuple(_claims(identity, asked))
    events = dict.fromkeys(of.kept.claim.event_id for of in claims)
    found = Grounds(
        asked=identity,
        claims=claims or tuple(_out(identity, asked)),
        events=tuple(event for each in events if (event := _event(each, asked)) is not None),
        reports=tuple(_reports(identity, asked)),
    )
    return found or replace(found, entries=tuple(_entries(identity, asked)))


def _claims(identity: str, asked: Asked) -> Iterator[OfClaim]:
    from dragoman.export.ledger_why import OfClaim

    found = [(each, kept) for each in asked.told for kept in each.claims if kept.claim.id.startswith(identity)]
    if len({kept.claim.id for _, kept in found}) > 1:
        raise LedgerError(where=identity, found=f"{len(found)} ids begin so", remedy="give more of it")
    for each, kept in found:
        against, stands = tuple(_against(each, kept)), tuple(_stands(each, kept, asked))
        yield OfClaim(
            told=each, kept=kept, against=against, stands=stands, held=asked.held.get(kept.claim.id, ())
        )  # fmt: skip


def _out(identity: str, asked: Asked) -> Iterator[OfClaim]:
    """Yield the claims that are out by decision whose ids begin so, as they were read, with whose word it is."""
    from dragoman.board.viewed import read_in
    from dragoman.export.ledger_why import OfClaim

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
    from dragoman.board.filing import filing_of
    from dragoman.export.ledger_why import Stand
    from dragoman.export.ledger_words import Tongue, all_said

    for one in asked.conflicts:
        if filing_of(report, one, asked.hands) is None:
            continue
        now = asked.board(one)
        for said in all_said(now, Tongue(now.names, issues_of(one))):
            for side, sentences in (("for", said.cited), ("against", said.against)):
                if any(kept.claim.id in cited.claims for cited in sentences):
                    yield Stand(conflict=one.id, side=side, said=said)


def _event(event: str, asked: Asked) -> OfEvent | None:
    """Return the claims that tell of an event, and why they are one and others are not of it; None where none stands."""
    from dragoman.export.ledger_why import OfEvent
    from dragoman.ledger.reasons import members, nearly
    from dragoman.ledger.reasons import why as reasons
    from dragoman.ledger.settle import acts_in

    listed = [(each.kept, one) for each in asked.told for one in each.claims if one.gone is None]
    tellings = tuple((kept, one) for kept, one in listed if one.claim.event_id == event)
    if not tellings:
        return None
    told, acts = {one.claim.id: one.claim.event_id for _, one in listed}, acts_in(asked.ledger, asked.view)
    return OfEvent(
        id=event,
        tellings=tellings,
        joined=tuple(members(acts, told, event)),
        near=tuple(nearly(acts, told, event)),
        lines=tuple(reasons(acts, told, event)),
    )


def _reports(identity: str, asked: Asked) -> Iterator[OfReport]:
    """Yield the reports whose ids begin so, and the conflicts that each is filed under."""
    from dragoman.board.filing import filing_of
    from dragoman.export.ledger_why import OfReport

    for each in asked.told:
        if each.kept.report.id.startswith(identity):
            filings = (filing_of(each, one, asked.hands) for one in asked.conflicts)
            out = (one.id for one in asked.conflicts if asked.hands.get((each.kept.report.id, one.id)) is False)
            found = tuple(filing for filing in filings if filing is not None)
            yield OfReport(told=each, filings=found, out=tuple(out))


def _entries(identity: str, asked: Asked) -> Iterator[tuple[str, Said]]:
    """Yield the entries of boards whose ids begin so: of one conflict, or of all."""
    from dragoman.export.ledger_words import Tongue, all_said

    for one in asked.conflicts:
        now = asked.board(one)
        for said in all_said(now, Tongue(now.names, issues_of(one))):
            if said.id.startswith(identity):
                yield one.id, said


# -- in words


def _lines(found: Grounds, told: Sequence[Told]) -> Iterator[Line]:
    names = names_in(told)
    for of in found.claims:
        yield from _claim_lines(of, names)
    for event in found.events:
        yield from _event_lines(event)
    for report in found.reports:
        yield from _report_lines(report)
    for conflict, said in found.entries:
        yield from _entry_lines(conflict, said, names, quote_of(told))


def _claim_lines(of: OfClaim, names: Mapping[str, str]) -> Iterator[Line]:
    from dragoman.export.brief import act_words
    from dragoman.export.contract import claim_form
    from dragoman.export.records import Names

    claim, form = of.kept.claim, claim_form(of.kept.claim)
    yield from wrapped(f"claim {claim.id}", style="head")
    yield from wrapped(printable(act_words(form, Names(names))), 2)
    yield from wrapped(title_of(of.told.kept), 2)
    yield from wrapped(printable(f"sentence {claim.evidence.sentence}: “{claim.evidence.text}”"), 2, "quote")
    says = ", told by ".join(names.get(link.speaker or "", link.text) for link in claim.attribution)
    yield from wrapped(printable(f"said by {says}") if says else "said by the report itself", 2)
    yield from wrapped(_made_words(of.kept), 2)
    for held in of.held:
        yield from wrapped(printable(f"decided: {held.words}"), 2)
    for other in of.against:
        yield from wrapped(printable(f"against it: {other.claim.id} “{other.claim.evidence.text}”"), 2)
    for stand in of.stands:
        said = stand.said
        yield from wrapped(f"speaks {stand.side} the {said.kind} {said.id} of {stand.conflict}: {said.title}", 2)


def _made_words(kept: KeptClaim) -> str:
    first, last = kept.first_rulebook[:19], kept.last_rulebook[:19]
    gone = f"; gone: rulebook {kept.gone[:19]} no longer gives it" if kept.gone else ""
    return f"rule {kept.claim.rule}; rulebook {first}{f' to {last}' if last != first else ''}{gone}"


def _event_lines(of: OfEvent) -> Iterator[Line]:
    origins = {report.origin for report, _ in of.tellings}
    reports = {report.report.id for report, _ in of.tellings}
    yield from wrapped(f"event {of.id}", style="head")
    yield from wrapped(f"told in {_count(reports, 'report')} of {_count(origins, 'origin')}", 2)
    for report, kept in of.tellings:
        mark = "" if report.origin == report.report.id else f" (same text as {report.origin})"
        yield from wrapped(f"{kept.claim.id} {title_of(report)}{mark}", 2)
        yield from wrapped(printable(f"“{kept.claim.evidence.text}”"), 4, "quote")
    for line in of.lines:
        yield from wrapped(printable(line), 4 if line.startswith(" ") else 2, "note")


def _count(items: set[str], word: str) -> str:
    return f"{len(items)} {word}{'s' if len(items) != 1 else ''}"


def _report_lines(of: OfReport) -> Iterator[Line]:
    yield from wrapped(f"report {of.told.kept.report.id}", style="head")
    yield from wrapped(title_of(of.told.kept), 2)
    for filing in of.filings:
        parts = ", ".join([*filing.parties, *filing.places, *filing.countries, *filing.issues])
        by = f"filed under {filing.conflict} by rule '{filing.rule}'"
        yield from wrapped(printable(f"{by}: {parts}" if parts else by), 2)
    for conflict in of.out:
        yield from wrapped(f"taken out of {conflict} by hand", 2)
    if not of.filings:
        yield from wrapped("filed under no conflict", 2)


def _entry_lines(conflict: str, said: Said, names: Mapping[str, str], quote: Quote) -> Iterator[Line]:
    reports, origins = {each.report for each in said.cited}, {each.origin for each in said.cited}
    yield from wrapped(f"{said.kind} {said.id} of {conflict}", style="head")
    yield from wrapped(said.words, 2)
    yield from wrapped(f"told in {_count(reports, 'report')} of {_count(origins, 'origin')}", 2)
    yield from _cited_lines(said.cited, names, quote)
    if said.against:
        yield from wrapped("against it", 2, "day")
    yield from _cited_lines(said.against, names, quote)


def _cited_lines(found: Iterable[Cited], names: Mapping[str, str], quote: Quote) -> Iterator[Line]:
    from dragoman.export.ledger_page import source_words
    from dragoman.export.ledger_words import Tongue

    for cited in found:
        yield from wrapped(source_words(cited, quote, {}), 4, "quote")
        notes = [f"said by {Tongue(names).all(cited.speakers)}"] if cited.speakers else []
        notes += ["in doubt"] if cited.hedged else []
        notes += [f"same text as {cited.origin[:12]}"] if cited.origin != cited.report else []
        notes += [f"claims {', '.join(cited.claims)}"] if cited.claims else []
        if notes:
            yield from wrapped("; ".join(notes), 6, "note")
