"""The command line: parse arguments, call one function, print.

Exit status 0 all well, 1 something could not be read or failed, 2 wrong usage.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from dragoman.commands import (
    adding,
    boarding,
    checking,
    coding,
    deciding,
    desking,
    exporting,
    grounds,
    listing,
    saving,
    searching,
    watching,
)
from dragoman.commands.shared import (
    FAILED,
    OK,
    STOPPED,
    USAGE,
    JsonOption,
    PublishedOption,
    SettingsOption,
    bytes_of,
    complain,
    going_on,
    printable,
    reader_of,
    settings_of,
    taken_from,
    write,
)
from dragoman.errors import DragomanError, FormatError, IntakeError, SettingsError, fault_in

if TYPE_CHECKING:
    from dragoman.export.brief import Line
    from dragoman.export.whole import Whole
    from dragoman.gate import Table
    from dragoman.reading.reader import Reader
    from dragoman.reading.relate import Relation

USAGE_MISTAKES = (SettingsError, FormatError)
"""Mistakes of who calls: the exit status is 2."""

_WRITERS = frozenset({"add", "recode", "watch", "code", "decide", "backup", "restore"})
"""Commands whose work is not to print: it goes on where nobody reads any more what they print."""

_STYLES = {"title": "bold", "head": "bold cyan", "day": "bold", "note": "dim"}

app = typer.Typer(
    help="Reads news reports about a conflict and keeps the record of its peace process.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
rules = typer.Typer(help="Tools for who writes rules.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(rules, name="rules")
roster = typer.Typer(help="Who is who: check, look up, import.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(roster, name="roster")
app.add_typer(boarding.conflicts, name="conflicts")
app.add_typer(desking.desk, name="desk")
_COMMANDS = (
    *(adding.add, watching.watch, adding.recode, adding.diff, adding.status),
    *(boarding.brief, boarding.board, grounds.why, deciding.decide),
    *(listing.events, listing.claims, listing.entities, checking.check, coding.code, exporting.export),
    *(saving.backup, saving.restore),
)
for command in _COMMANDS:
    app.command()(command)
app.command(context_settings={"ignore_unknown_options": True})(searching.search)  # -word is a word to be left out


def main() -> None:
    """Run the command line; every mistake of the user is one line on standard error."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(
        50_000, 20, 20
    )  # loading makes many things that stay: looking through them again and again takes time
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Return the exit status of a command."""
    try:
        with going_on() if arguments[:1] and arguments[0] in _WRITERS else nullcontext():
            return int(app(args=arguments, prog_name="dragoman", standalone_mode=False) or OK)
    except TyperException as mistake:
        typer.echo(f"dragoman: {mistake.format_message()}; see dragoman --help", err=True)
        return USAGE
    except DragomanError as mistake:
        complain(mistake)
        return USAGE if isinstance(mistake, USAGE_MISTAKES) else FAILED
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    except (BrokenPipeError, SystemExit) as end:
        # who reads our output has gone (dragoman read … | head): nothing is left to say; of that typer makes a SystemExit
        if not isinstance(end.__context__ if isinstance(end, SystemExit) else end, BrokenPipeError):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


@app.callback(invoke_without_command=True)
def _top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Print the version, or the help where no command is given."""
    if version:
        from dragoman import __version__

        typer.echo(f"dragoman {__version__}")
        raise typer.Exit(OK)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(USAGE)


@app.command()
def read(  # noqa: PLR0913  an option of the command is a parameter here
    files: Annotated[
        list[Path],
        typer.Argument(help="Reports: text, HTML, JSON, JSON lines, a folder, or - for standard input."),
    ],
    published: PublishedOption = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of reports that state none.")] = None,
    json: JsonOption = False,
    text: Annotated[bool, typer.Option("--text", help="Add report.text to the JSON.")] = False,
    conflict: Annotated[str | None, typer.Option(help="Id of the conflict that the reports are filed under.")] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="Print the sentences under the brief.")] = False,
    settings: SettingsOption = None,
) -> None:
    """Read reports: a brief for people, or JSON."""
    from dragoman.export.contract import Extras
    from dragoman.export.whole import read_whole
    from dragoman.reading.intake import IntakeOptions

    chosen = settings_of(settings)
    day = published.date() if published else None
    options = IntakeOptions(published=day, outlet=outlet, max_chars=chosen.max_chars)
    show = _show_json if json else _brief_printer(evidence)
    reader: Reader | None = None
    status = OK
    for taken in taken_from(files, options):
        if isinstance(taken, DragomanError):
            complain(taken)
            status = FAILED
            continue
        reader = reader or reader_of(chosen)
        try:
            whole = read_whole(reader, taken, Extras(text=text, conflict=conflict))
        except Exception as fault:  # noqa: BLE001  a fault of ours in one report must not cost the others
            complain(fault_in(taken.source, fault))
            status = FAILED
            continue
        show(whole)
    raise typer.Exit(status)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="A sentence, or a few.")],
    published: PublishedOption = None,
    near: Annotated[int, typer.Option(min=0, help="How many frames that came near are shown.")] = 8,
    settings: SettingsOption = None,
) -> None:
    """Show how a sentence is read: clauses in roles, entities, frames that fired or came near, and why not."""
    from dragoman.reading.explain import explain as explained
    from dragoman.reading.plain import normalise

    text = normalise(sentence)
    if not any(character.isalpha() for character in text):
        raise IntakeError(where="SENTENCE", found="there are no words", remedy="give a sentence in English")
    typer.echo(explained(reader_of(settings_of(settings)), text, published.date() if published else None, near))


@app.command()
def relate(
    file: Annotated[
        Path,
        typer.Argument(
            help="Rows as TSV with a header or as JSON lines: id, sentence, source, target; - for standard input."
        ),
    ],
    json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Say the one relation from source to target that each sentence states."""
    from dragoman.export.contract import line_of, relation_form
    from dragoman.reading.relate import fault_of
    from dragoman.reading.relate import relate as related
    from dragoman.reading.rows import rows_of

    rows = list(rows_of(bytes_of(file), str(file)))
    usable = [row for row in rows if not isinstance(row, IntakeError)]
    relations = related(reader_of(settings_of(settings)), usable) if usable else iter(())
    status = OK
    for row in rows:
        if isinstance(row, IntakeError):
            complain(row)
            status = FAILED
            continue
        relation, mistake = next(relations), fault_of(row)
        if mistake is not None:
            complain(mistake)
            status = FAILED
        if json:
            write(line_of(relation_form(relation)))
        else:
            typer.echo(_relation_words(relation))
    raise typer.Exit(status)


@rules.command("check")
def check(settings: SettingsOption = None) -> None:
    """Load the rulebook and try each frame on its own examples: must fire on 'says', must not on 'never'."""
    from dragoman.reading.check import check_rules

    rulebook, failures = check_rules(settings_of(settings))
    for failure in failures:
        typer.echo(str(failure))
    frames = rulebook.frames
    examples = sum(len(frame.says) + len(frame.never) for frame in frames)
    typer.echo(f"{len(frames)} frames, {examples} examples, {len(failures)} failures")
    raise typer.Exit(FAILED if failures else OK)


@roster.command("check")
def check_roster(settings: SettingsOption = None) -> None:
    """Load the roster, yours over ours, and list names that clash, offices that overlap, dates that run backwards."""
    from dragoman.rulebook.audit import audit, counts
    from dragoman.rulebook.loader import load_rulebook

    entries = load_rulebook(settings_of(settings).roster).roster
    findings = audit(entries)
    for finding in findings:
        typer.echo(str(finding))
    kinds = ", ".join(f"{kind} {count}" for kind, count in counts(entries.values()).items())
    mistakes = sum(finding.mistake for finding in findings)
    typer.echo(f"{len(entries)} entries ({kinds}), {mistakes} mistakes, {len(findings) - mistakes} notes")
    raise typer.Exit(FAILED if mistakes else OK)


@roster.command("find")
def find_actor(
    name: Annotated[str, typer.Argument(help="Any name of an actor, or its id.")],
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what held on this day.")] = None,
    settings: SettingsOption = None,
) -> None:
    """Say who that is: id, name, kind, country, offices and ties, other names."""
    from dragoman.rulebook.loader import load_rulebook
    from dragoman.rulebook.lookup import described, find

    entries = load_rulebook(settings_of(settings).roster).roster
    found = find(entries, name)
    if not found.exact:
        near = "; these names hold its words:" if found.actors else ""
        typer.echo(f"dragoman: nobody in the roster is called {printable(name)!r}{near}", err=True)
    for actor in found.actors:
        typer.echo("\n".join(described(actor, entries, day.date() if day else None)))
    raise typer.Exit(OK if found.exact else FAILED)


@roster.command("import")
def import_actors(
    file: Annotated[Path, typer.Argument(help="An actor dictionary (PETRARCH) or FollowTheMoney JSON lines.")],
    out: Annotated[Path, typer.Option(help="Folder of your own roster; name it as 'roster' in the settings.")],
    settings: SettingsOption = None,
) -> None:
    """Make roster entries of another project's list; what cannot be read is listed with its line."""
    from dragoman.rulebook.imports import import_file
    from dragoman.rulebook.loader import load_rulebook

    settings_of(settings)
    done = import_file(file, out, load_rulebook(None))
    for fault in done.faults:
        typer.echo(f"{file}:{fault.line}: {printable(fault.what)}", err=True)
    written = f"{done.entries} entries written to {done.path}" if done.entries else "no entries; nothing written"
    typer.echo(f"{written}, {len(done.faults)} left out or doubtful")
    raise typer.Exit(OK if done.entries else FAILED)


@app.command()
def schema(
    form: Annotated[str, typer.Argument(help="What is printed: read, board, claims, events, why or search.")] = "read",
) -> None:
    """Print the JSON Schema of what read --json prints, or of another form."""
    from dragoman.export.schema import FORMS, schema_text

    if form not in FORMS:
        raise SettingsError(where="schema", found=f"no form {form!r}", remedy=f"give one of: {', '.join(FORMS)}")
    typer.echo(schema_text(form))


@app.command()
def gate(  # noqa: PLR0913  an option of the command is a parameter here
    rows: Annotated[
        Path | None, typer.Option(help="Judged rows: TSV with sentence, source, target, gold_root.")
    ] = None,
    reports: Annotated[Path | None, typer.Option(help="Folder with reports/*.txt and judged/*.toml.")] = None,
    floors: Annotated[Path, typer.Option(help="File with the pinned floors.")] = Path("gate/floors.toml"),
    pin: Annotated[bool, typer.Option("--pin", help="Raise the floors to what is reached now.")] = False,
    lower: Annotated[bool, typer.Option("--lower", help="With --pin: let floors sink, too.")] = False,
    faults: Annotated[int, typer.Option(help="Print so many faults.")] = 0,
    settings: SettingsOption = None,
) -> None:
    """Score the engine on judged rows and reports, and refuse to sink under the pinned floors."""
    from dragoman.floors import pinned, read_floors, scores_of, sunk, write_floors

    held = read_floors(floors)
    measured: dict[str, dict[str, float]] = {}
    for part, table in _tables(reader_of(settings_of(settings)), rows, reports):
        typer.echo("\n".join([part, *table.lines(), *table.faults[:faults], ""]))
        measured[part] = scores_of(part, table)
    if pin:
        write_floors(floors, pinned(held, measured, lower=lower))
        return
    under = [line for part, scores in measured.items() for line in sunk(part, scores, held)]
    for line in under:
        typer.echo(f"{floors}: {line}; mend the rules", err=True)
    raise typer.Exit(FAILED if under else OK)


def _tables(reader: Reader, rows: Path | None, reports: Path | None) -> Iterator[tuple[str, Table]]:
    from dragoman.gate import gate_reports, gate_rows, judged_sets

    if rows is None and reports is None:
        raise SettingsError(where="gate", found="nothing to score", remedy="give --rows FILE or --reports FOLDER")
    for path in (rows, reports):
        if path is not None and not path.exists():
            raise IntakeError(where=str(path), found="there is no such file", remedy="check the path")
    if rows is not None:
        yield "rows", gate_rows(reader, rows)
    if reports is not None:
        for kept in judged_sets(reports):
            yield kept, gate_reports(reader, reports, kept)


def _show_json(whole: Whole) -> None:
    from dragoman.export.contract import line_of

    write(line_of(whole.form))


def _brief_printer(evidence: bool) -> Callable[[Whole], None]:
    """Return what prints a brief: in colour on a terminal, plain lines of 80 columns elsewhere."""
    from dragoman.export.brief import BriefOptions, brief

    if not sys.stdout.isatty():
        parted = _Parted()

        def plain(whole: Whole) -> None:
            lines = brief(whole.form, whole.reading.names, BriefOptions(evidence=evidence))
            write("".join(f"{line.text}\n" for line in [*parted.gap(), *lines]).encode())

        return plain
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    options = BriefOptions(evidence=evidence, width=max(40, min(console.width, 100)))

    def coloured(whole: Whole) -> None:
        for line in brief(whole.form, whole.reading.names, options):
            console.print(Text(line.text, style=_STYLES.get(line.style, "")), soft_wrap=True)
        console.print()

    return coloured


class _Parted:
    """A blank line between briefs, none before the first."""

    def __init__(self) -> None:
        self._first = True

    def gap(self) -> list[Line]:
        """Return the lines that part this brief from the one before."""
        from dragoman.export.brief import Line

        gap = [] if self._first else [Line(text="", style="note"), Line(text="=" * 80, style="note")]
        self._first = False
        return gap


def _relation_words(relation: Relation) -> str:
    modes = f" ({', '.join(relation.modes)})" if relation.modes else ""
    negated = " negated" if relation.negated else ""
    status = f" {relation.status}" if relation.status else ""
    return f"{relation.id}\t{relation.event or '-'}{modes}{negated}{status}\t{relation.rule or '-'}"
