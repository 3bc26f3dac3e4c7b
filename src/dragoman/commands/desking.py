"""The command that opens the desk: pages and an API on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.commands.deciding import login
from dragoman.commands.shared import LedgerOption, SettingsOption, ledger_of, settings_of
from dragoman.errors import SettingsError

PORT = 8765


def desk(
    ledger: LedgerOption = None,
    host: Annotated[str, typer.Option(help="Address to be bound.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to be bound; 0 takes a free one.")] = PORT,
    user: Annotated[str | None, typer.Option(help="Name of the single user (default: the login name).")] = None,
    settings: SettingsOption = None,
) -> None:
    """Open the desk of a ledger in a browser: look, check, decide. It goes on until it is stopped (Ctrl-C)."""
    chosen = settings_of(settings)
    try:
        from dragoman.desk.serve import serve
    except ImportError as mistake:
        raise SettingsError(
            where="desk", found=f"{mistake.name} is not installed", remedy="pip install 'dragoman[desk]'"
        ) from mistake
    with ledger_of(chosen, ledger) as kept:
        serve(kept, chosen, login(user), host, port)
