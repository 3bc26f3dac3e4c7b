"""The command ``check``: what is wrong in a ledger."""

from __future__ import annotations

import typer

from dragoman.commands.shared import (
    FAILED,
    OK,
    JsonOption,
    LedgerOption,
    SettingsOption,
    ledger_of,
    printable,
    settings_of,
    write_json,
)


def check(ledger: LedgerOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Verify a ledger: its file, each text by its hash, spans, references and the search index; exit status 1 if anything is wrong."""
    from dragoman.ledger.status import status
    from dragoman.ledger.verify import findings
    from dragoman.rulebook.loader import load_rulebook

    count = 0
    chosen = settings_of(settings)
    with ledger_of(chosen, ledger) as kept:
        for finding in findings(kept, load_rulebook(chosen.roster, chosen.rules)):
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
