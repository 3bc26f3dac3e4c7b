"""API tokens: for programs that ask in a user's name, and may do no more than their scopes and than that user."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from dragoman.desk.accounts.store import Accounts, hash_of, secret, stamp
from dragoman.desk.accounts.tables import tokens, users
from dragoman.desk.accounts.users import user, with_article
from dragoman.desk.who import Role, Scope
from dragoman.errors import SettingsError

_PREFIX = "dragoman_"  # by which one that got lost is found
_USED = timedelta(minutes=1)
_LONGEST_NAME, _LONGEST_DAYS = 80, 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as the store has it. ``role`` is that which its user has now."""

    no: int
    user: str
    role: Role
    name: str
    scopes: frozenset[Scope]
    created: str
    used: str | None
    expires: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A token as it is asked for. ``days``: for how long, None without an end."""

    name: str
    scopes: frozenset[Scope]
    days: int | None


def wanted(name: str, scopes: Collection[str], days: str | int | None) -> Wanted:
    """Return what is asked for; SettingsError where the name is empty, or a scope or number is none."""
    plain = " ".join(name.split())
    if not plain or len(plain) > _LONGEST_NAME or not plain.isprintable():
        raise SettingsError(where="name", found=f"{name[:80]!r}", remedy="say in a few words what the token is for")
    try:
        chosen = frozenset(Scope(each) for each in scopes)
        number = int(days) if days not in (None, "") else None
    except ValueError as mistake:
        remedy = f"take some of {', '.join(Scope)}, and a number of days"
        raise SettingsError(where="token", found=str(mistake)[:80], remedy=remedy) from mistake
    if not chosen or (number is not None and not 0 < number <= _LONGEST_DAYS):
        remedy = f"choose at least one of {', '.join(Scope)}, and 1 to {_LONGEST_DAYS} days"
        raise SettingsError(where="token", found="no scope, or no number of days that can be", remedy=remedy)
    return Wanted(name=plain, scopes=chosen, days=number)


def make_token(accounts: Accounts, name: str, asked: Wanted) -> str:
    """Make a token of a user; return its secret, which is kept nowhere.

    SettingsError where the user is disabled, or may not do what it is for.
    """
    whose, made, now = user(accounts, name), _PREFIX + secret(), accounts.now()
    if whose.disabled is not None:
        remedy = f"let the user in again: dragoman desk users enable {name}"
        raise SettingsError(where=name, found="the user is disabled, and a token would be refused", remedy=remedy)
    role = whose.role
    beyond = sorted(scope for scope in asked.scopes if not role.may(scope.role))
    if beyond:
        raise SettingsError(
            where=name, found=f"{with_article(role)} may not {', '.join(beyond)}", remedy="leave these scopes out"
        )
    row = {
        "hash": hash_of(made), "user": name, "name": asked.name, "scopes": " ".join(sorted(asked.scopes)),
        "created": stamp(now), "expires": stamp(now + timedelta(days=asked.days)) if asked.days else None,
    }  # fmt: skip
    with accounts.writing() as connection:
        connection.execute(insert(tokens), [row])
    return made


def token_of(accounts: Accounts, given: str) -> Token | None:
    """Return the token that a secret is, None where it is none, or where it or its user has ended."""
    now = accounts.now()
    with accounts.reading() as connection:
        row = connection.execute(_OPEN.where(tokens.c.hash == hash_of(given))).first()
    if row is None or not _lasts(row, now):
        return None
    if row.used is None or row.used < stamp(now - _USED):
        with accounts.writing() as connection:
            connection.execute(update(tokens).where(tokens.c.no == row.no).values(used=stamp(now)))
    return _token(row)


def tokens_of(accounts: Accounts, name: str) -> tuple[Token, ...]:
    """Return the tokens of a user that still open something, the newest first."""
    now = accounts.now()
    with accounts.reading() as connection:
        rows = connection.execute(_OPEN.where(tokens.c.user == name).order_by(tokens.c.no.desc())).all()
    return tuple(_token(row) for row in rows if _lasts(row, now))


def revoke(accounts: Accounts, name: str, no: int) -> bool:
    """Revoke a token of a user; False where the user has no such token."""
    mine = (tokens.c.no == no) & (tokens.c.user == name) & tokens.c.revoked.is_(None)
    with accounts.writing() as connection:
        return connection.execute(update(tokens).where(mine).values(revoked=stamp(accounts.now()))).rowcount > 0


_OPEN = (
    select(tokens, users.c.role)
    .join(users, tokens.c.user == users.c.name)
    .where(tokens.c.revoked.is_(None), users.c.disabled.is_(None))
)


def _lasts(row: Any, now: datetime) -> bool:
    return row.expires is None or row.expires > stamp(now)


def _token(row: Any) -> Token:
    return Token(
        no=row.no, user=row.user, role=Role(row.role), name=row.name, created=row.created, used=row.used,
        expires=row.expires, scopes=frozenset(Scope(each) for each in row.scopes.split()),
    )  # fmt: skip
