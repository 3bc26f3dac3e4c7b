"""Commands that show a conflict: its brief and its board, and the conflicts that there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.deciding import login
from dragoman.commands.shared import (
    DAYS,
    JsonOption,
    LedgerOption,
    SettingsOption,
    ledger_of,
    printable,
    settings_of,
    write,
    write_json,
)
from dragoman.commands.views import (
    AsOfOption,
    KnownOption,
    boards_of,
    conflict_named,
    day_of,
    hands_of,
    show,
    told_in,
    view_of,
    width,
    wrapped,
)
from dragoman.errors import SettingsError

if TYPE_CHECKING:
    from dragoman.board.conflicts import Conflict
    from dragoman.board.types import Board
    from dragoman.export.ledger_page import Quote


ConflictArgument = Annotated[str, typer.Argument(help="Id of a conflict: dragoman conflicts lists them.")]

conflicts = typer.Typer(help="The conflicts that are followed, and their reports.", rich_markup_mode=None)


def brief(  # noqa: PLR0913  an option of the command is a parameter here
    conflict: ConflictArgument,
    since: Annotated[
        datetime | None, typer.Option(formats=DAYS, help="First what changed since the board of this day.")
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
    from dragoman.views.naming import issues_of, short_names

    if markdown and json:
        raise SettingsError(where="brief", found="--markdown and --json", remedy="give one of them")
    if since and as_of and since > as_of:
        raise SettingsError(where="brief", found="--since is after --as-of", remedy="give an earlier day")
    chosen, view = settings_of(settings), view_of(as_of, known)
    with ledger_of(chosen, ledger) as kept:
        shown = boards_of(kept, conflict, view, chosen, day_of(since))
    now, before, quote, issues = shown.now, shown.before, shown.quote, issues_of(shown.conflict)
    options = BriefOptions(
        issues=issues,
        lines=lines,
        width=width(),
        parties=frozenset(shown.conflict.parties),
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
    from dragoman.views.naming import issues_of

    chosen, view = settings_of(settings), view_of(as_of, known)
    with ledger_of(chosen, ledger) as kept:
        shown = boards_of(kept, conflict, view, chosen)
    now, quote, issues = shown.now, shown.quote, issues_of(shown.conflict)
    if json:
        _print_board(now, None, quote, issues)
    else:
        parties = frozenset(shown.conflict.parties)
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
    from dragoman.views.naming import title_of

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
