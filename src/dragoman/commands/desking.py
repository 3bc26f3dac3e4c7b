"""The command that opens the desk: pages and an API on this machine, or for a team."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.commands import desk_users
from dragoman.commands.deciding import login
from dragoman.commands.shared import LedgerOption, SettingsOption, ledger_of, settings_of
from dragoman.errors import SettingsError, install

PORT = 8765
desk = typer.Typer(rich_markup_mode=None)
desk.add_typer(desk_users.users, name="users")
desk.add_typer(desk_users.tokens, name="tokens")


@desk.callback(invoke_without_command=True)
def opened(  # noqa: PLR0913  an option of the command is a parameter here
    context: typer.Context,
    ledger: LedgerOption = None,
    host: Annotated[str, typer.Option(help="Address to be bound; another than loopback needs an admin.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to be bound; 0 takes a free one.")] = PORT,
    user: Annotated[str | None, typer.Option(help="Name of the single user (default: the login name).")] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="Name by which the desk is asked for; may be repeated.")
    ] = None,
    behind_proxy: Annotated[
        list[str] | None,
        typer.Option(help="Address of a proxy whose word on client and https is taken; may be repeated."),
    ] = None,
    settings: SettingsOption = None,
) -> None:
    """Open the desk of a ledger in a browser: look, check, decide. It goes on until it is stopped (Ctrl-C)."""
    try:
        from dragoman.desk.serve import Place, serve
    except ImportError as mistake:
        raise SettingsError(where="desk", found=f"{mistake.name} is not installed", remedy=install("desk")) from mistake
    if context.invoked_subcommand is not None:
        context.obj = {"ledger": ledger, "settings": settings}
        return
    chosen = settings_of(settings)
    place = Place(host=host, port=port, names=tuple(allow_host or ()), proxies=tuple(behind_proxy or ()))
    with ledger_of(chosen, ledger) as kept:
        serve(kept, chosen, login(user), place, typer.echo)
