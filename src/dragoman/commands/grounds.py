"""The command that says why: what a claim, event, board entry or filing stands on, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
    quote_of,
    show,
    view_of,
    with_gone,
    wrapped,
)
from dragoman.errors import LedgerError

_LEAST = 4  # characters of an id that is looked up

if TYPE_CHECKING:
    from dragoman.board.conflicts import Conflict
    from dragoman.board.filing import Hands
    from dragoman.board.types import Board, Cited
    from dragoman.export.brief import Line
    from dragoman.export.ledger_page import Quote
    from dragoman.export.ledger_why import Grounds, OfClaim, OfEvent, OfReport
    from dragoman.export.ledger_words import Said
    from dragoman.ledger.store import KeptClaim, Told, View
    from dragoman.settings import Settings


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
    from dragoman.views.grounds import Asked, grounds

    chosen, view = settings_of(settings), view_of(as_of, known)
    if len(identity) < _LEAST:
        raise LedgerError(
            where=identity, found="too short for an id", remedy=f"give at least {_LEAST} characters of it"
        )
    with ledger_of(chosen, ledger) as kept:
        carried = carried_in(kept, view)
        told, hands = with_gone(kept, view, carried.told), hands_of(kept, view)
        asked = Asked(
            ledger=kept, view=view, told=told, conflicts=_conflicts(conflict, chosen), hands=hands, held=carried.held,
            board=lambda one: _board(one, told, hands, view, chosen),
        )  # fmt: skip
        found = grounds(identity, asked)
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


def _conflicts(conflict: str | None, settings: Settings) -> list[Conflict]:
    """Return the conflict that is named, or all."""
    from dragoman.board.conflicts import load_conflicts

    if conflict is not None:
        return [conflict_named(conflict, settings)]
    return list(load_conflicts(settings.conflicts, settings.roster).values())


def _board(conflict: Conflict, told: Sequence[Told], hands: Hands, view: View, settings: Settings) -> Board:
    """Return the board of a conflict, without claims that are gone."""
    from dragoman.board.filing import filed

    stand = (replace(each, claims=tuple(c for c in each.claims if c.gone is None)) for each in told)
    return board_in(Followed(conflict=conflict, told=tuple(filed(stand, conflict, hands))), view, settings)


# -- in words


def _lines(found: Grounds, told: Sequence[Told]) -> Iterator[Line]:
    from dragoman.views.naming import names_in

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
    from dragoman.views.naming import title_of

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
    from dragoman.views.naming import title_of

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
    from dragoman.views.naming import title_of

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
