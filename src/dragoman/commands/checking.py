"""The command ``check``: what is wrong in a ledger."""

from __future__ import annotations

import typer

from dragoman.commands.shared import FAILED, OK, LedgerOption, SettingsOption, ledger_of, printable, settings_of


def check(ledger: LedgerOption = None, settings: SettingsOption = None) -> None:
    """Verify a ledger: its file, each text by its hash, spans, references and the search index; exit status 1 if anything is wrong."""
    from dragoman.ledger.status import status
    from dragoman.ledger.verify import verify

    with ledger_of(settings_of(settings), ledger) as kept:
        found = verify(kept)
        for finding in found:
            typer.echo(printable(str(finding)))
        if found:
            typer.echo(
                f"{kept.where}: {len(found)} findings; restore a copy, or add the reports to a new ledger", err=True
            )
            raise typer.Exit(FAILED)
        state = status(kept)
        typer.echo(f"{state.reports} reports, {state.claims} claims: all is well")
    raise typer.Exit(OK)
