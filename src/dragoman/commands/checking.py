"""The command ``check``: what is wrong in a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.shared import (
    FAILED,
    OK,
    JsonOption,
    LedgerOption,
    SettingsOption,
    ledger_of,
    printable,
    reader_of,
    settings_of,
    write_json,
)

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger
    from dragoman.ledger.verify import Finding
    from dragoman.settings import Settings


def check(
    reread: Annotated[
        bool, typer.Option("--reread", help="Read each report again: the same rules must give the same.")
    ] = False,
    ledger: LedgerOption = None,
    json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Verify a ledger: its file, each text by its hash, references, the search index, and that nothing in it is invented.

    Exit status 1 if anything is wrong.
    """
    from dragoman.ledger.status import status

    count = 0
    chosen = settings_of(settings)
    with ledger_of(chosen, ledger) as kept:
        for finding in _all(kept, chosen, reread=reread):
            count += 1
            if json:
                write_json(finding)
            else:
                typer.echo(printable(str(finding)))
        if count:
            typer.echo(f"{kept.where}: {count} finding{'s' * (count != 1)}; see what to do about each", err=True)
            raise typer.Exit(FAILED)
        state = status(kept)
        if not json:
            typer.echo(f"{state.reports} reports, {state.claims} claims: all is well")
    raise typer.Exit(OK)


def _all(kept: Ledger, settings: Settings, *, reread: bool) -> Iterator[Finding]:
    """Yield the findings of a ledger; those of a second reading, where it is wanted and all is well so far."""
    from dragoman.ledger.rereading import reread as read_again
    from dragoman.ledger.verify import findings
    from dragoman.rulebook.loader import load_rulebook

    well = True
    for finding in findings(kept, load_rulebook(settings.roster, settings.rules)):
        well = False
        yield finding
    if reread and well:
        yield from read_again(kept, reader_of(settings))
