"""The audit log: who did what, when, from where, about what, and how it came out. It is only ever added to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, insert, select

from dragoman.desk.accounts.store import Accounts, stamp
from dragoman.desk.accounts.tables import audit

_LONGEST = 300
_BREAKING = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"
)  # what would begin a line or an order of its own where the log is shown
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What is noted: ``what`` was done, ``about`` what, by which user, from which address, and how it came out."""

    user: str
    address: str
    what: str
    about: str = ""
    outcome: str = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the log."""

    no: int
    at: str
    user: str
    address: str
    what: str
    about: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which lines are asked for: of a user, of a kind, from a day to a day, before a line."""

    user: str | None = None
    what: str | None = None
    first: date | None = None
    last: date | None = None
    before: int | None = None


def note(accounts: Accounts, noted: Noted) -> None:
    """Add a line to the log."""
    texts = {
        "user": noted.user, "address": noted.address, "what": noted.what, "about": noted.about, "outcome": noted.outcome,
    }  # fmt: skip
    row = {name: _plain(value) for name, value in texts.items()}
    with accounts.writing() as connection:
        connection.execute(insert(audit), [{**row, "at": stamp(accounts.now())}])


def lines(accounts: Accounts, asked: Filter, count: int = PAGE) -> tuple[Line, ...]:
    """Return the newest lines that were asked for."""
    if not accounts.there():
        return ()
    chosen = select(audit).where(*_conditions(asked)).order_by(audit.c.no.desc()).limit(count)
    with accounts.reading() as connection:
        return tuple(Line(**row) for row in connection.execute(chosen).mappings())


def kinds(accounts: Accounts) -> tuple[str, ...]:
    """Return what was ever noted."""
    if not accounts.there():
        return ()
    with accounts.reading() as connection:
        return tuple(connection.execute(select(audit.c.what).distinct().order_by(audit.c.what)).scalars())


def _conditions(asked: Filter) -> list[ColumnElement[bool]]:
    wanted = [
        audit.c.user == _plain(asked.user) if asked.user else None,
        audit.c.what == _plain(asked.what) if asked.what else None,
        audit.c.at >= asked.first.isoformat() if asked.first else None,
        audit.c.at < (asked.last + timedelta(days=1)).isoformat() if asked.last and asked.last < date.max else None,
        audit.c.no < min(asked.before, 2**31 - 1) if asked.before is not None else None,
    ]
    return [each for each in wanted if each is not None]


def _plain(given: str) -> str:
    """Return a text that each database takes and that stays one line, of bounded length."""
    whole = _BREAKING.sub(" ", given).encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"
