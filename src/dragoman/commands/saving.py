"""The commands ``backup`` and ``restore``: a ledger with its accounts into one file, and back into a new place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.shared import JsonOption, LedgerOption, SettingsOption, printable, settings_of, write_json

if TYPE_CHECKING:
    from dragoman.backup.types import Saved

WithoutOption = Annotated[bool, typer.Option("--without-accounts", help="Leave users and tokens of the desk out.")]


def backup(  # noqa: PLR0913  an option of the command is a parameter here
    to: Annotated[Path, typer.Option("--to", help="File to be written; it bears its name only when it is whole.")],
    ledger: LedgerOption = None,
    force: Annotated[bool, typer.Option("--force", help="Write over an older file.")] = False,
    unsound: Annotated[bool, typer.Option("--unsound", help="Save it though check finds something in it.")] = False,
    without_accounts: WithoutOption = False,
    json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Save a ledger and the accounts of its desk in one file, while others go on, and check what was saved."""
    from dragoman.backup.saving import Wish
    from dragoman.backup.saving import backup as saved_to

    chosen = settings_of(settings)
    wish = Wish(
        ledger=ledger or chosen.ledger, accounts=False if without_accounts else chosen.accounts, force=force,
        unsound=unsound, wait=chosen.wait,
    )  # fmt: skip
    _show(saved_to(wish, to), json=json)


def restore(  # noqa: PLR0913  an option of the command is a parameter here
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What dragoman backup wrote.")],
    ledger: Annotated[
        str, typer.Option("--ledger", help="New place: a file that is not there, or the URL of an empty database.")
    ],
    sha256: Annotated[str | None, typer.Option("--sha256", help="The hash that the file must have.")] = None,
    unsound: Annotated[bool, typer.Option("--unsound", help="Take it though check finds something in it.")] = False,
    without_accounts: WithoutOption = False,
    json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Put a backup into a new place, and check it; nothing is ever written over."""
    from dragoman.backup.restoring import Back
    from dragoman.backup.restoring import restore as put_back

    chosen = settings_of(settings)
    back = Back(
        ledger=ledger, accounts=not without_accounts, sha256=sha256, unsound=unsound, wait=chosen.wait
    )  # fmt: skip
    _show(put_back(file, back), json=json)


def _show(saved: Saved, *, json: bool) -> None:
    if json:
        write_json(saved)
        return
    counts = saved.counts
    who = "no accounts" if counts.users is None else f"{counts.users} users, {counts.tokens} tokens"
    sound = f"check finds {counts.findings} things wrong" if counts.findings else "all is well"
    typer.echo(
        f"{printable(saved.place)}: {counts.reports} reports, {counts.claims} claims, {counts.decisions} decisions, {who}: {sound}"
    )
    typer.echo(f"sha256 {saved.sha256} of {saved.made}")
