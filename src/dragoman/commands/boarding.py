"""Commands that show a conflict: its brief, its board, the conflicts that there are, and why something is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.deciding import login
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
    followed,
    hands_of,
    issues_of,
    names_in,
    quote_of,
    short_names,
    show,
    title_of,
    told_in,
    view_of,
    width,
    wrapped,
    write_json,
)
from dragoman.errors import LedgerError, SettingsError

if TYPE_CHECKING:
    from dragoman.board.conflicts import Conflict
    from dragoman.board.types import Board, Cited
    from dragoman.export.brief import Line
    from dragoman.export.ledger_page import Quote
    from dragoman.export.ledger_words import Said, Tongue
    from dragoman.ledger.store import KeptClaim, Ledger, Told, View
    from dragoman.settings import Settings

_DAY = ["%Y-%m-%d"]
_LEAST = 4  # characters of an id that is looked up

ConflictArgument = Annotated[str, typer.Argument(help="Id of a conflict: dragoman conflicts lists them.")]

conflicts = typer.Typer(help="The conflicts that are followed, and their reports.", rich_markup_mode=None)


def brief(  # noqa: PLR0913  an option of the command is a parameter here
    conflict: ConflictArgument,
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="First what changed since the board of this day.")
    ] = None,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    json: JsonOption = False,
    lines: Annotated[int, typer.Option(min=20, help="Lines of the page, its sources not counted.")] = 60,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Print a conflict's peace process on one page: the state, what changed, each line with its sources."""
    from dragoman.export.ledger_brief import BriefOptions, brief_markdown
    from dragoman.export.ledger_brief import brief as brief_lines

    if markdown and json:
        raise SettingsError(where="brief", found="--markdown and --json", remedy="give one of them")
    if since and as_of and since > as_of:
        raise SettingsError(where="brief", found="--since is after --as-of", remedy="give an earlier day")
    chosen, view = settings_of(settings), view_of(as_of, known)
    with ledger_of(chosen, ledger) as kept:
        mine = followed(kept, conflict, view, chosen)
    now = board_in(mine, view, chosen)
    before = board_in(mine, replace(view, until=since.date()), chosen) if since else None
    quote, issues = quote_of(mine.told), issues_of(mine.conflict)
    options = BriefOptions(
        issues=issues,
        lines=lines,
        width=width(),
        parties=frozenset(mine.conflict.parties),
        short=short_names(now, chosen.roster),
    )
    if json:
        _print_board(now, before, quote, issues)
    elif markdown:
        write(brief_markdown(now, quote, before, options).encode())
    else:
        show(brief_lines(now, quote, before, options))


def board(  # noqa: PLR0913  an option of the command is a parameter here
    conflict: ConflictArgument,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    json: JsonOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Print all entries of a conflict's board with their ids, or the board as JSON."""
    from dragoman.export.ledger_brief import BriefOptions
    from dragoman.export.ledger_brief import brief as brief_lines

    chosen, view = settings_of(settings), view_of(as_of, known)
    with ledger_of(chosen, ledger) as kept:
        mine = followed(kept, conflict, view, chosen)
    now, quote, issues = board_in(mine, view, chosen), quote_of(mine.told), issues_of(mine.conflict)
    if json:
        _print_board(now, None, quote, issues)
    else:
        parties = frozenset(mine.conflict.parties)
        options = BriefOptions(issues=issues, lines=None, parties=parties, ids=True, width=width())
        show(brief_lines(now, quote, None, options))


def _print_board(now: Board, before: Board | None, quote: Quote, issues: Mapping[str, str]) -> None:
    from dragoman.export.contract import line_of
    from dragoman.export.ledger_json import board_form
    from dragoman.export.ledger_since import changes
    from dragoman.export.ledger_words import Tongue

    if before is None:
        write(line_of(board_form(now, quote)))
        return
    tongue = Tongue({**before.names, **now.names}, issues)
    write(line_of(board_form(now, quote, before.until, changes(before, now, tongue))))


# -- why


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
    chosen, view = settings_of(settings), view_of(as_of, known)
    if len(identity) < _LEAST:
        raise LedgerError(
            where=identity, found="too short for an id", remedy=f"give at least {_LEAST} characters of it"
        )
    with ledger_of(chosen, ledger) as kept:
        told = told_in(kept, view, gone=True)
        lines = [*_why_claims(identity, told), *_why_report(identity, told, chosen, hands_of(kept, view))]
        lines = lines or _why_entry(identity, conflict, kept, view, chosen)
    if not lines:
        raise LedgerError(
            where=identity, found="no claim, event, report or entry has this id",
            remedy="dragoman board, events or claims show the ids",
        )  # fmt: skip
    show(lines)
    raise typer.Exit(OK)


def _why_claims(identity: str, told: Sequence[Told]) -> list[Line]:
    found = [(each, kept) for each in told for kept in each.claims if kept.claim.id.startswith(identity)]
    if len({kept.claim.id for _, kept in found}) > 1:
        raise LedgerError(where=identity, found=f"{len(found)} ids begin so", remedy="give more of it")
    names = names_in(told)
    return [line for each, kept in found for line in _claim_lines(each, kept, told, names)]


def _claim_lines(report: Told, kept: KeptClaim, told: Sequence[Told], names: Mapping[str, str]) -> Iterator[Line]:
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
    tellings = [(each, one) for each in told for one in each.claims if one.claim.event_id == claim.event_id]
    yield from _event_lines(claim.event_id, tellings)


def _made_words(kept: KeptClaim) -> str:
    first, last = kept.first_rulebook[:19], kept.last_rulebook[:19]
    gone = f"; gone: rulebook {kept.gone[:19]} no longer gives it" if kept.gone else ""
    return f"rule {kept.claim.rule}; rulebook {first}{f' to {last}' if last != first else ''}{gone}"


def _against(report: Told, kept: KeptClaim) -> Iterator[KeptClaim]:
    """Yield the claims of the report that its record has against what it has this claim for."""
    mine = [record for records in report.records.values() for record in records if kept.claim.id in record.claims]
    contrary = {identity for record in mine for identity in record.contrary}
    yield from (other for other in report.claims if other.claim.id in contrary)


def _event_lines(event: str, tellings: Sequence[tuple[Told, KeptClaim]]) -> Iterator[Line]:
    origins = {each.kept.origin for each, _ in tellings}
    reports = {each.kept.report.id for each, _ in tellings}
    yield from wrapped(f"event {event}", style="head")
    yield from wrapped(f"told in {_count(reports, 'report')} of {_count(origins, 'origin')}", 2)
    for each, kept in tellings:
        mark = "" if each.kept.origin == each.kept.report.id else f" (same text as {each.kept.origin[:12]})"
        yield from wrapped(f"{kept.claim.id} {title_of(each.kept)}{mark}", 2)
        yield from wrapped(printable(f"“{kept.claim.evidence.text}”"), 4, "quote")


def _count(items: set[str], word: str) -> str:
    return f"{len(items)} {word}{'s' if len(items) != 1 else ''}"


def _why_report(
    identity: str, told: Sequence[Told], settings: Settings, hands: Mapping[tuple[str, str], bool]
) -> Iterator[Line]:
    """Yield the conflicts that a report is filed under, and why."""
    from dragoman.board.conflicts import load_conflicts
    from dragoman.board.filing import filing_of

    for each in told:
        if not each.kept.report.id.startswith(identity):
            continue
        yield from wrapped(f"report {each.kept.report.id}", style="head")
        yield from wrapped(title_of(each.kept), 2)
        filings = [filing_of(each, one, hands) for one in load_conflicts(settings.conflicts, settings.roster).values()]
        for filing in filter(None, filings):
            parts = [*filing.parties, *filing.places, *filing.countries, *filing.issues]
            yield from wrapped(
                printable(f"filed under {filing.conflict} by rule '{filing.rule}': {', '.join(parts)}"), 2
            )
        if not any(filings):
            yield from wrapped("filed under no conflict", 2)


def _why_entry(identity: str, conflict: str | None, ledger: Ledger, view: View, settings: Settings) -> list[Line]:
    """Return the lines of the entries of boards whose id begins so: of one conflict, or of all."""
    from dragoman.board.conflicts import load_conflicts
    from dragoman.board.filing import filed
    from dragoman.export.ledger_words import Tongue, all_said

    told, hands = told_in(ledger, view), hands_of(ledger, view)
    listed = load_conflicts(settings.conflicts, settings.roster)
    chosen = [conflict_named(conflict, settings)] if conflict else list(listed.values())
    lines: list[Line] = []
    for one in chosen:
        mine = Followed(conflict=one, told=tuple(filed(told, one, hands)))
        if not mine.told:
            continue
        now = board_in(mine, view, settings)
        tongue, quote = Tongue(now.names, issues_of(one)), quote_of(mine.told)
        for said in all_said(now, tongue):
            if said.id.startswith(identity):
                lines += _entry_lines(one, said, tongue, quote)
    return lines


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


# -- conflicts


@conflicts.callback(invoke_without_command=True)
def _conflicts(context: typer.Context) -> None:
    """List the conflicts where no command is given."""
    if context.invoked_subcommand is None:
        listed()


@conflicts.command("list")
def listed(json: JsonOption = False, settings: SettingsOption = None) -> None:
    """List the conflicts: id, name, countries, from when to when."""
    from dragoman.board.conflicts import load_conflicts

    chosen = settings_of(settings)
    for one in load_conflicts(chosen.conflicts, chosen.roster).values():
        if json:
            write_json(_conflict_form(one))
        else:
            typer.echo(printable(f"{one.id}: {one.name} ({', '.join(one.countries)}){_span(one)}"))


@conflicts.command("show")
def shown(conflict: ConflictArgument, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Show a conflict's file as it is understood: parties and backers by side, issues with their words."""
    one = conflict_named(conflict, settings_of(settings))
    if json:
        write_json(_conflict_form(one))
        return
    lines = wrapped(f"{one.name} ({one.id}): {', '.join(one.countries)}{_span(one)}", style="title")
    for label, of in (("parties", one.parties), ("backers", one.backers)):
        for side in one.sides:
            found = [identity for identity, own in of.items() if own == side]
            lines += wrapped(f"{label} {side}: {', '.join(found)}", 2) if found else []
    lines += wrapped(f"places: {', '.join(one.places)}", 2) if one.places else []
    for issue in one.issues:
        lines += wrapped(f"issue {issue.id} ({issue.name}): {', '.join(issue.words)}", 2)
    show([replace(line, text=printable_line(line.text)) for line in lines])


def printable_line(text: str) -> str:
    """Return a line without control characters, its indent kept."""
    body = text.lstrip(" ")
    return " " * (len(text) - len(body)) + printable(body)


@conflicts.command("suggest")
def suggested(
    least: Annotated[int, typer.Option(min=1, help="In at least so many origins.")] = 3,
    json: JsonOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Propose conflicts for reports that are of none: pairs of parties that fight or talk, each with a file to start from."""
    from dragoman.board.conflicts import load_conflicts
    from dragoman.board.filing import suggest

    chosen = settings_of(settings)
    with ledger_of(chosen, ledger) as kept:
        view = view_of(None, None)
        told = told_in(kept, view)
        known = load_conflicts(chosen.conflicts, chosen.roster).values()
        found = suggest(told, known, hands_of(kept, view), least=least)
    for each in found:
        if json:
            write_json({"parties": each.parties, "origins": each.origins, "text": each.text})
        else:
            typer.echo(f"# {each.origins} origins of no conflict\n{each.text}")
    if not found and not json:
        typer.echo(f"no two parties fight or talk in {least} origins of no conflict")


@conflicts.command("file")
def file(  # noqa: PLR0913  an option of the command is a parameter here
    report: Annotated[str, typer.Argument(help="Id of a report, or the beginning of it.")],
    conflict: ConflictArgument,
    out: Annotated[bool, typer.Option("--out", help="The report is not of the conflict.")] = False,
    user: Annotated[str | None, typer.Option(help="Who decides (default: the login name).")] = None,
    note: Annotated[str | None, typer.Option(help="Why.")] = None,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """File a report under a conflict by hand, or take it out: a decision, which goes before what the rules say."""
    from dragoman.ledger.decisions import decide
    from dragoman.ledger.verdicts import Asked, DecisionKind

    chosen = settings_of(settings)
    one = conflict_named(conflict, chosen)
    kind = DecisionKind.NOT_FILED if out else DecisionKind.FILED
    with ledger_of(chosen, ledger) as kept:
        made = decide(kept, Asked(kind=kind, about=(report, one.id), user=login(user), note=note))
        found = kept.report(made.about[0])
    name = title_of(found) if found else report
    typer.echo(printable(f"{'taken out of' if out else 'filed under'} {one.id} ({made.id}): {name}"))


def _span(one: Conflict) -> str:
    start = f" from {one.start}" if one.start else ""
    return start + (f" to {one.end}" if one.end else "")


def _conflict_form(one: Conflict) -> dict[str, object]:
    return {
        "id": one.id, "name": one.name, "countries": one.countries, "from": one.start, "to": one.end,
        "places": one.places, "parties": dict(one.parties), "backers": dict(one.backers),
        "issues": [{"id": issue.id, "name": issue.name, "words": issue.words} for issue in one.issues],
    }  # fmt: skip
