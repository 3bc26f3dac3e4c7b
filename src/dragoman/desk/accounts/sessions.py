"""Sessions of those who have signed in: known by a random secret that only their browser has."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, literal, select, update

from dragoman.desk.accounts.store import Accounts, hash_of, secret, stamp
from dragoman.desk.accounts.tables import GIVEN, facts, sessions, users
from dragoman.desk.who import Role

IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)
_SEEN = timedelta(minutes=1)  # how exactly it is kept when one was used last
_KEPT = timedelta(days=30)  # how long one that has ended is still known


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session as the store has it. ``role`` is that which its user has now; ``handed``: the user has no password of the own yet."""

    no: int
    user: str
    role: Role
    created: str
    seen: str
    expires: str
    address: str
    agent: str
    handed: bool


def begin(accounts: Accounts, name: str, address: str, agent: str) -> str:
    """Begin a session of a user; return its secret, which is kept nowhere."""
    made, now = secret(), accounts.now()
    row = {
        "hash": hash_of(made), "user": name, "created": stamp(now), "seen": stamp(now), "expires": stamp(now + LONGEST),
        "address": address, "agent": agent[:200],
    }  # fmt: skip
    with accounts.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.expires < stamp(now - _KEPT)))
        connection.execute(insert(sessions), [row])
    return made


def session_of(accounts: Accounts, given: str) -> Session | None:
    """Return the session that a secret opens now; None where there is none, or where it or its user has ended."""
    now = accounts.now()
    with accounts.reading() as connection:
        row = connection.execute(_OPEN.where(sessions.c.hash == hash_of(given))).first()
    if row is None or row.expires <= stamp(now) or row.seen <= stamp(now - IDLE):
        return None
    if row.seen < stamp(now - _SEEN):
        with accounts.writing() as connection:
            connection.execute(update(sessions).where(sessions.c.no == row.no).values(seen=stamp(now)))
    return _session(row)


def sessions_of(accounts: Accounts, name: str) -> tuple[Session, ...]:
    """Return the open sessions of a user, the newest first."""
    now = accounts.now()
    mine = _OPEN.where(sessions.c.user == name, sessions.c.expires > stamp(now), sessions.c.seen > stamp(now - IDLE))
    with accounts.reading() as connection:
        return tuple(_session(row) for row in connection.execute(mine.order_by(sessions.c.no.desc())))


def end(accounts: Accounts, name: str, no: int) -> bool:
    """End a session of a user; False where the user has no such session."""
    mine = (sessions.c.no == no) & (sessions.c.user == name) & sessions.c.revoked.is_(None)
    with accounts.writing() as connection:
        return connection.execute(update(sessions).where(mine).values(revoked=stamp(accounts.now()))).rowcount > 0


def form_token(given: str) -> str:
    """Return the token that forms give back, made of a secret that is only in the browser's cookie.

    >>> form_token("a") == form_token("a") != form_token("b")
    True
    """
    return hmac.new(given.encode("utf-8", "surrogatepass"), b"the token of forms", "sha256").hexdigest()


def masked(token: str) -> str:
    """Return the token of forms as a page has it: another each time, so that how well a page packs tells nobody what it is (BREACH).

    >>> unmasked(masked("00ff")), masked("")
    ('00ff', '')
    """
    plain = bytes.fromhex(token)
    mask = secrets.token_bytes(len(plain))
    return (mask + bytes(one ^ other for one, other in zip(mask, plain, strict=True))).hex()


def unmasked(given: str) -> str:
    """Return the token of forms that a page had; nothing where it is none.

    >>> unmasked("abc"), unmasked("é")
    ('', '')
    """
    try:
        both = bytes.fromhex(given)
        half = len(both) // 2
        return bytes(one ^ other for one, other in zip(both[:half], both[half:], strict=True)).hex()
    except ValueError:
        return ""


_OPEN = (
    select(sessions, users.c.role, facts.c.value.label("given"))
    .join(users, sessions.c.user == users.c.name)
    .outerjoin(facts, facts.c.key == literal(GIVEN) + users.c.name)
    .where(sessions.c.revoked.is_(None), users.c.disabled.is_(None))
)


def _session(row: Any) -> Session:
    return Session(
        no=row.no, user=row.user, role=Role(row.role), created=row.created, seen=row.seen, expires=row.expires,
        address=row.address, agent=row.agent, handed=row.given is not None,
    )  # fmt: skip
