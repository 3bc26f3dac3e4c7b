"""Users: added, given another role, disabled, given another password. They are never deleted, for decisions carry their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from dragoman.desk.accounts.passwords import is_old, matches, password_hash
from dragoman.desk.accounts.store import Accounts, stamp
from dragoman.desk.accounts.tables import GIVEN, facts, sessions, tokens, users
from dragoman.desk.who import Role
from dragoman.errors import SettingsError

HANDED = timedelta(days=7)  # how long a password that was handed over opens the desk
_NAME = re.compile(r"[a-z][a-z0-9._@-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user as the store has it."""

    name: str
    role: Role
    created: str
    disabled: str | None


def name_of(given: str) -> str:
    """Return a name as it is kept, SettingsError where it cannot be one.

    >>> name_of(" Miriam.K ")
    'miriam.k'
    """
    name = given.strip().lower()
    if not _NAME.fullmatch(name):
        remedy = "take a letter of a to z, then also 0 to 9 and . _ @ -, at most 64 in all"
        raise SettingsError(where="user", found=f"{given[:80]!r} cannot be a name", remedy=remedy)
    return name


def with_article(role: Role) -> str:
    """Return a role as it stands in a sentence.

    >>> with_article(Role.ANALYST)
    'an analyst'
    """
    return f"{'an' if role[0] in 'ao' else 'a'} {role}"


def add_user(accounts: Accounts, given: str, role: Role, password: str, *, handed: bool = False) -> Account:
    """Add a user; SettingsError where there is one of this name, or where the first is no admin.

    ``handed``: the password is handed over, and has to be changed by its user.
    """
    name = name_of(given)
    hashed = password_hash(password, name)
    row = {"name": name, "role": str(_real(role)), "hash": hashed, "created": stamp(accounts.now())}
    with accounts.writing() as connection:
        if _row(connection, name) is not None:
            raise SettingsError(where=name, found="there is such a user", remedy="take another name")
        if role is not Role.ADMIN and not connection.execute(select(func.count()).select_from(users)).scalar_one():
            found = f"the first user must be an admin, not {with_article(role)}"
            raise SettingsError(where=name, found=found, remedy="add an admin first: --role admin")
        connection.execute(insert(users), [row])
        _hand(connection, name, row["created"] if handed else None)
    accounts.ask_again()
    return user(accounts, name)


def all_users(accounts: Accounts) -> tuple[Account, ...]:
    """Return the users by name."""
    if not accounts.there():
        return ()
    with accounts.reading() as connection:
        return tuple(_account(row) for row in connection.execute(select(users).order_by(users.c.name)))


def user(accounts: Accounts, name: str) -> Account:
    """Return a user; SettingsError where there is none of this name."""
    with accounts.reading() as connection:
        return _account(_known(connection, name))


def admins(accounts: Accounts) -> int:
    """Return how many admins may sign in."""
    return sum(each.role is Role.ADMIN and each.disabled is None for each in all_users(accounts))


def signed_in(accounts: Accounts, name: str, password: str) -> Account | None:
    """Return the user whose name and password these are, None where they are nobody's or the user is disabled.

    It takes as long for a name that nobody has. A hash that was made with older parameters is made anew.
    """
    with accounts.reading() as connection:
        row = _row(connection, name.strip().lower())
        handed = connection.execute(select(facts.c.value).where(facts.c.key == GIVEN + _key(row))).scalar()
    if not matches(row.hash if row is not None else None, password) or row is None or row.disabled is not None:
        return None
    if handed is not None and handed < stamp(accounts.now() - HANDED):
        return None
    if is_old(row.hash):
        _change(accounts, row.name, hash=password_hash(password, row.name))
    return _account(row)


def is_password(accounts: Accounts, name: str, password: str) -> bool:
    """Return whether this is the password of a user."""
    return signed_in(accounts, name, password) is not None


def set_role(accounts: Accounts, name: str, role: Role) -> None:
    """Give a user another role; SettingsError for the last admin."""
    _change(accounts, name, role=str(_real(role)))


def disable(accounts: Accounts, name: str) -> None:
    """Let a user no longer in: sessions end, tokens are refused; SettingsError for the last admin."""
    _change(accounts, name, disabled=stamp(accounts.now()))


def enable(accounts: Accounts, name: str) -> None:
    """Let a user in again."""
    _change(accounts, name, disabled=None)


def set_password(accounts: Accounts, name: str, password: str, *, revoke: bool = False, handed: bool = False) -> None:
    """Give a user another password; all sessions of the user end, and where it is said so, all tokens.

    ``handed``: the password is handed over, and has to be changed by its user.
    """
    _change(accounts, name, hash=password_hash(password, name))
    with accounts.writing() as connection:
        now = stamp(accounts.now())
        _hand(connection, name, now if handed else None)
        if revoke:
            mine = (tokens.c.user == name) & tokens.c.revoked.is_(None)
            connection.execute(update(tokens).where(mine).values(revoked=now))


def _hand(connection: Connection, name: str, since: str | None) -> None:
    """Note since when the password of a user is one that was handed over; None where it is the user's own."""
    connection.execute(delete(facts).where(facts.c.key == GIVEN + name))
    if since is not None:
        connection.execute(insert(facts), [{"key": GIVEN + name, "value": since}])


def _change(accounts: Accounts, name: str, **changed: str | None) -> None:
    with accounts.writing() as connection:
        before = _account(_known(connection, name))
        connection.execute(update(users).where(users.c.name == name).values(changed))
        if before.role is Role.ADMIN and before.disabled is None:
            _require_admin(connection, name)
        if "hash" in changed or changed.get("disabled"):
            mine = (sessions.c.user == name) & sessions.c.revoked.is_(None)
            connection.execute(update(sessions).where(mine).values(revoked=stamp(accounts.now())))


def _require_admin(connection: Connection, name: str) -> None:
    left = select(func.count()).select_from(users).where(users.c.role == str(Role.ADMIN), users.c.disabled.is_(None))
    if not connection.execute(left).scalar_one():
        raise SettingsError(where=name, found="this is the last admin", remedy="make another user admin first")


def _real(role: Role) -> Role:
    if role is Role.NOBODY:
        raise SettingsError(where="role", found="nobody is no role of a user", remedy="take reader, analyst or admin")
    return role


def _known(connection: Connection, name: str) -> Any:
    row = _row(connection, name)
    if row is None:
        raise SettingsError(where=name[:80], found="there is no such user", remedy="see the list of users")
    return row


def _row(connection: Connection, name: str) -> Any:
    if "\0" in name:  # which no database takes
        return None
    return connection.execute(select(users).where(users.c.name == name)).first()


def _key(row: Any) -> str:
    return str(row.name) if row is not None else ""


def _account(row: Any) -> Account:
    return Account(name=row.name, role=Role(row.role), created=row.created, disabled=row.disabled)
