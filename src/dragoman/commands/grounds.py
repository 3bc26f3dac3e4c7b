"""The command that says why: what a claim, event, board entry or filing stands on, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.shared import OK, LedgerOption, SettingsOption, ledger_of, printable, settings_of
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
    from dragoman.export.ledger_words import Said, Tongue
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
    held: Mapping[str, Sequence[Held]]

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
        found = carried_in(kept, view)
        asked = Asked(
            ledger=kept, told=with_gone(kept, view, found.told), view=view, settings=chosen, hands=hands_of(kept, view),
            conflict=conflict, held=found.held,
        )  # fmt: skip
        lines = [*_why_claims(identity, asked), *_why_report(identity, asked)]
        lines = lines or list(_why_out(identity, asked)) or list(_why_entry(identity, asked))
    if not lines:
        raise LedgerError(
            where=identity, found="no claim, event, report or entry has this id",
            remedy="dragoman board, events or claims show the ids",
        )  # fmt: skip
    show(lines)
    raise typer.Exit(OK)


def _why_claims(identity: str, asked: Asked) -> Iterator[Line]:
    found = [(each, kept) for each in asked.told for kept in each.claims if kept.claim.id.startswith(identity)]
    if len({kept.claim.id for _, kept in found}) > 1:
        raise LedgerError(where=identity, found=f"{len(found)} ids begin so", remedy="give more of it")
    names = names_in(asked.told)
    for each, kept in found:
        yield from _claim_lines(each, kept, names)
        yield from _held_lines(kept.claim.id, asked)
        yield from _standing_lines(each, kept, asked)
        yield from _event_lines(kept.claim.event_id, asked)


def _why_out(identity: str, asked: Asked) -> Iterator[Line]:
    """Yield the claims that people decided to be wrong: what was read, and whose word it is."""
    from dragoman.board.viewed import read_in

    found = {claim: listed[0].report for claim, listed in asked.held.items() if claim.startswith(identity)}
    if not found:
        return
    names = names_in(asked.told)
    for each in read_in(asked.ledger, replace(asked.view, ids=frozenset(found.values()))):
        for kept in each.claims:
            if kept.claim.id in found:
                yield from _claim_lines(each, kept, names)
                yield from _held_lines(kept.claim.id, asked)


def _held_lines(claim: str, asked: Asked) -> Iterator[Line]:
    for held in asked.held.get(claim, ()):
        yield from wrapped(printable(f"decided: {held.words}"), 2)


def _claim_lines(report: Told, kept: KeptClaim, names: Mapping[str, str]) -> Iterator[Line]:
    from dragoman.export.brief import act_words
    from dragoman.export.contract import claim_form
    from dragoman.export.records import Names

    claim, form = kept.claim, claim_form(kept.claim)
    yield from wrapped(f"claim {claim.id}", style="head")
    yield from wrapped(printable(act_words(form, Names(names))), 2)
    yield from wrapped(title_of(report.kept), 2)
    yield from wrapped(printable(f"sentence {claim.evidence.sentence}: “{claim.evidence.text}”"), 2, "quote")
    says = ", told by ".join(names.get(link.speaker or "", link.text) for link in claim.attribution)
    yield from wrapped(printable(f"said by {says}") if says else "said by the report itself", 2)
    yield from wrapped(_made_words(kept), 2)
    for other in _against(report, kept):
        yield from wrapped(printable(f"against it: {other.claim.id} “{other.claim.evidence.text}”"), 2)


def _standing_lines(report: Told, kept: KeptClaim, asked: Asked) -> Iterator[Line]:
    """Yield the entries of boards that a claim speaks for or against, of the conflicts that its report is filed under."""
    from dragoman.board.filing import filing_of
    from dragoman.export.ledger_words import Tongue, all_said

    for one in asked.conflicts:
        if filing_of(report, one, asked.hands) is None:
            continue
        now = asked.board(one)
        for said in all_said(now, Tongue(now.names, issues_of(one))):
            for side, sentences in (("for", said.cited), ("against", said.against)):
                if any(kept.claim.id in cited.claims for cited in sentences):
                    yield from wrapped(f"speaks {side} the {said.kind} {said.id} of {one.id}: {said.title}", 2)


def _made_words(kept: KeptClaim) -> str:
    first, last = kept.first_rulebook[:19], kept.last_rulebook[:19]
    gone = f"; gone: rulebook {kept.gone[:19]} no longer gives it" if kept.gone else ""
    return f"rule {kept.claim.rule}; rulebook {first}{f' to {last}' if last != first else ''}{gone}"


def _against(report: Told, kept: KeptClaim) -> Iterator[KeptClaim]:
    """Yield the claims of the report that its record has against what it has this claim for."""
    mine = [record for records in report.records.values() for record in records if kept.claim.id in record.claims]
    contrary = {identity for record in mine for identity in record.contrary}
    yield from (other for other in report.claims if other.claim.id in contrary)


def _event_lines(event: str, asked: Asked) -> Iterator[Line]:
    """Yield the claims that tell of an event, and why they are one and others are not of it."""
    from dragoman.ledger.reasons import why as reasons
    from dragoman.ledger.settle import acts_in

    listed = [(each, one) for each in asked.told for one in each.claims if one.gone is None]
    tellings = [(each, one) for each, one in listed if one.claim.event_id == event]
    if not tellings:
        return
    origins = {each.kept.origin for each, _ in tellings}
    reports = {each.kept.report.id for each, _ in tellings}
    yield from wrapped(f"event {event}", style="head")
    yield from wrapped(f"told in {_count(reports, 'report')} of {_count(origins, 'origin')}", 2)
    for each, kept in tellings:
        mark = "" if each.kept.origin == each.kept.report.id else f" (same text as {each.kept.origin})"
        yield from wrapped(f"{kept.claim.id} {title_of(each.kept)}{mark}", 2)
        yield from wrapped(printable(f"“{kept.claim.evidence.text}”"), 4, "quote")
    told = {one.claim.id: one.claim.event_id for _, one in listed}
    for line in reasons(acts_in(asked.ledger, asked.view), told, event):
        yield from wrapped(printable(line), 4 if line.startswith(" ") else 2, "note")


def _count(items: set[str], word: str) -> str:
    return f"{len(items)} {word}{'s' if len(items) != 1 else ''}"


def _why_report(identity: str, asked: Asked) -> Iterator[Line]:
    """Yield the conflicts that a report is filed under, and why."""
    from dragoman.board.filing import filing_of

    for each in asked.told:
        if not each.kept.report.id.startswith(identity):
            continue
        yield from wrapped(f"report {each.kept.report.id}", style="head")
        yield from wrapped(title_of(each.kept), 2)
        filings = [filing for one in asked.conflicts if (filing := filing_of(each, one, asked.hands)) is not None]
        for filing in filings:
            parts = ", ".join([*filing.parties, *filing.places, *filing.countries, *filing.issues])
            by = f"filed under {filing.conflict} by rule '{filing.rule}'"
            yield from wrapped(printable(f"{by}: {parts}" if parts else by), 2)
        out = [one.id for one in asked.conflicts if asked.hands.get((each.kept.report.id, one.id)) is False]
        for conflict in out:
            yield from wrapped(f"taken out of {conflict} by hand", 2)
        if not filings:
            yield from wrapped("filed under no conflict", 2)


def _why_entry(identity: str, asked: Asked) -> Iterator[Line]:
    """Yield the lines of the entries of boards whose id begins so: of one conflict, or of all."""
    from dragoman.export.ledger_words import Tongue, all_said

    for one in asked.conflicts:
        now = asked.board(one)
        tongue, quote = Tongue(now.names, issues_of(one)), quote_of(asked.told)
        for said in all_said(now, tongue):
            if said.id.startswith(identity):
                yield from _entry_lines(one, said, tongue, quote)


def _entry_lines(conflict: Conflict, said: Said, tongue: Tongue, quote: Quote) -> Iterator[Line]:
    yield from wrapped(f"{said.kind} {said.id} of {conflict.id}", style="head")
    yield from wrapped(said.words, 2)
    yield from wrapped(
        f"told in {_count({c.report for c in said.cited}, 'report')} of {_count({c.origin for c in said.cited}, 'origin')}",
        2,
    )
    for cited in said.cited:
        yield from _cited_lines(cited, tongue, quote)
    if said.against:
        yield from wrapped("against it", 2, "day")
    for cited in said.against:
        yield from _cited_lines(cited, tongue, quote)


def _cited_lines(cited: Cited, tongue: Tongue, quote: Quote) -> Iterator[Line]:
    from dragoman.export.ledger_page import source_words

    yield from wrapped(source_words(cited, quote), 4, "quote")
    notes = [f"said by {tongue.all(cited.speakers)}"] if cited.speakers else []
    notes += ["in doubt"] if cited.hedged else []
    notes += [f"same text as {cited.origin[:12]}"] if cited.origin != cited.report else []
    notes += [f"claims {', '.join(cited.claims)}"] if cited.claims else []
    if notes:
        yield from wrapped("; ".join(notes), 6, "note")
