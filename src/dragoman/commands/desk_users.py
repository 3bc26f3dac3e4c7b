"""The commands by which it is said who may use a desk: users, and tokens of programs. Passwords are never arguments."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.deciding import login
from dragoman.commands.shared import JsonOption, LedgerOption, SettingsOption, ledger_of, settings_of, write_json
from dragoman.errors import SettingsError

if TYPE_CHECKING:
    from dragoman.desk.accounts.store import Accounts
    from dragoman.desk.who import Role

users = typer.Typer(help="Who may use the desk.", no_args_is_help=True, rich_markup_mode=None)
tokens = typer.Typer(help="Tokens by which programs ask the desk.", no_args_is_help=True, rich_markup_mode=None)
NameArgument = Annotated[str, typer.Argument(help="The user's name.")]
RoleOption = Annotated[str, typer.Option("--role", help="reader, analyst or admin.")]
StdinOption = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@users.command("add")
def add(  # noqa: PLR0913  an option of the command is a parameter here
    context: typer.Context,
    name: NameArgument,
    role: RoleOption = "analyst",
    stdin: StdinOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Add a user; the password is asked for. The first user is an admin: from then on everybody signs in."""
    from dragoman.desk.accounts.users import add_user, name_of

    chosen, plain = _role(role), name_of(name)
    with _accounts(context, ledger, settings) as accounts:
        add_user(accounts, plain, chosen, _password(stdin))
        _note(accounts, "user added", f"{plain}, {chosen}")
    typer.echo(f"{plain} is added as {chosen}")


@users.command("list")
def listed(
    context: typer.Context, json: JsonOption = False, ledger: LedgerOption = None, settings: SettingsOption = None
) -> None:
    """List the users: name, role, whether they may sign in."""
    from dragoman.desk.accounts.users import all_users

    with _accounts(context, ledger, settings) as accounts:
        found = all_users(accounts)
    for each in found:
        if json:
            form = {"name": each.name, "role": each.role, "created": each.created, "disabled": each.disabled}
            write_json(form)
        else:
            typer.echo(f"{each.name}\t{each.role}\t{'disabled' if each.disabled else 'may sign in'}")


@users.command("role")
def set_role(
    context: typer.Context,
    name: NameArgument,
    role: Annotated[str, typer.Argument(help="reader, analyst or admin.")],
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Give a user another role."""
    from dragoman.desk.accounts import users as kept

    chosen, plain = _role(role), kept.name_of(name)
    with _accounts(context, ledger, settings) as accounts:
        kept.set_role(accounts, plain, chosen)
        _note(accounts, "role changed", f"{plain}, {chosen}")
    typer.echo(f"{plain} is {chosen}")


@users.command("disable")
def disable(
    context: typer.Context, name: NameArgument, ledger: LedgerOption = None, settings: SettingsOption = None
) -> None:
    """Let a user no longer in: sessions end, tokens are refused."""
    from dragoman.desk.accounts import users as kept

    plain = kept.name_of(name)
    with _accounts(context, ledger, settings) as accounts:
        kept.disable(accounts, plain)
        _note(accounts, "user disabled", plain)
    typer.echo(f"{plain} is disabled")


@users.command("enable")
def enable(
    context: typer.Context, name: NameArgument, ledger: LedgerOption = None, settings: SettingsOption = None
) -> None:
    """Let a user in again."""
    from dragoman.desk.accounts import users as kept

    plain = kept.name_of(name)
    with _accounts(context, ledger, settings) as accounts:
        kept.enable(accounts, plain)
        _note(accounts, "user enabled", plain)
    typer.echo(f"{plain} may sign in")


@users.command("password")
def password(
    context: typer.Context,
    name: NameArgument,
    stdin: StdinOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Give a user another password; it is asked for. The user's sessions and tokens end."""
    from dragoman.desk.accounts import users as kept

    plain = kept.name_of(name)
    with _accounts(context, ledger, settings) as accounts:
        kept.user(accounts, plain)
        kept.set_password(accounts, plain, _password(stdin), revoke=True)
        _note(accounts, "password reset", plain)
    typer.echo(f"{plain} has a new password")


@tokens.command("add")
def add_token(  # noqa: PLR0913  an option of the command is a parameter here
    context: typer.Context,
    user: NameArgument,
    name: Annotated[str, typer.Option("--for", help="What the token is for, in a few words.")],
    scope: Annotated[list[str] | None, typer.Option(help="read, decide, add or admin; may be repeated.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="For how many days (default: until it is revoked).")] = None,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Make a token of a user, and print it: it is shown only once."""
    from dragoman.desk.accounts.tokens import make_token, wanted
    from dragoman.desk.accounts.users import name_of

    plain, asked = name_of(user), wanted(name, scope or ["read"], days)
    with _accounts(context, ledger, settings) as accounts:
        made = make_token(accounts, plain, asked)
        _note(accounts, "token made", f"{plain}: {asked.name} ({', '.join(sorted(asked.scopes))})")
    typer.echo(made)


@tokens.command("list")
def list_tokens(
    context: typer.Context,
    user: NameArgument,
    json: JsonOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the tokens of a user: number, what it is for, scopes, when it was used last."""
    from dragoman.desk.accounts import users as kept
    from dragoman.desk.accounts.tokens import tokens_of

    with _accounts(context, ledger, settings) as accounts:
        found = tokens_of(accounts, kept.user(accounts, kept.name_of(user)).name)
    for each in found:
        form = {
            "no": each.no, "for": each.name, "scopes": sorted(each.scopes), "created": each.created, "used": each.used,
            "expires": each.expires,
        }  # fmt: skip
        if json:
            write_json(form)
        else:
            typer.echo(f"{each.no}\t{each.name}\t{','.join(sorted(each.scopes))}\t{each.used or 'never used'}")


@tokens.command("revoke")
def revoke_token(
    context: typer.Context,
    user: NameArgument,
    no: Annotated[int, typer.Argument(min=1, help="Its number in the list.")],
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Revoke a token of a user."""
    from dragoman.desk.accounts.tokens import revoke
    from dragoman.desk.accounts.users import name_of

    plain = name_of(user)
    with _accounts(context, ledger, settings) as accounts:
        if not revoke(accounts, plain, no):
            raise SettingsError(where=plain, found=f"no token {no}", remedy=f"see: dragoman desk tokens list {plain}")
        _note(accounts, "token revoked", f"{plain}: {no}")
    typer.echo(f"token {no} of {plain} is revoked")


@contextmanager
def _accounts(context: typer.Context, ledger: str | None, settings: object) -> Iterator[Accounts]:
    """Give the accounts of the ledger that the command names, or the command before it (desk --ledger FILE users …)."""
    from dragoman.desk.accounts.store import accounts_of

    before = context.find_object(dict) or {}
    chosen = settings_of(settings or before.get("settings"))  # type: ignore[arg-type]
    with ledger_of(chosen, ledger or before.get("ledger")) as kept:
        accounts = accounts_of(kept, chosen.accounts)
        try:
            yield accounts
        finally:
            accounts.close()


def _note(accounts: Accounts, what: str, about: str) -> None:
    from dragoman.desk.accounts.log import Noted, note

    note(accounts, Noted(user=f"{login()} (login name)", address="the command line", what=what, about=about))


def _role(given: str) -> Role:
    from dragoman.desk.who import Role

    if given not in (Role.READER, Role.ANALYST, Role.ADMIN):
        raise SettingsError(where="role", found=f"{given!r} is no role", remedy="take reader, analyst or admin")
    return Role(given)


def _password(stdin: bool) -> str:
    """Return a password that is asked for twice, or the first line of standard input."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
