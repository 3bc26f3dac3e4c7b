"""A backup of a ledger and its accounts, made while others read and write, and looked through before it is said to be good."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, Table, func, select, text

from dragoman import __version__
from dragoman.backup.files import drafts_for, publish, require_free
from dragoman.backup.rows import copy_rows
from dragoman.backup.sealed import member_of, seal
from dragoman.backup.types import ACCOUNTS, FORM, LEDGER, Counts, Manifest, Saved
from dragoman.desk.accounts import tables as kept
from dragoman.desk.accounts.store import Accounts, beside
from dragoman.errors import BackupError, LedgerError
from dragoman.ledger.connect import HEAD, WAIT, engine_of, guarded, place_of, raw, schema_of
from dragoman.ledger.schema import claims, decisions, metadata, reports
from dragoman.ledger.stamps import name_of
from dragoman.ledger.store import Ledger, instant
from dragoman.ledger.verify import Finding, findings

_NO_LEDGER = "add reports first: dragoman add PATH"
_UNSOUND = "see dragoman check and mend it, or save it as it is: --unsound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be saved, and how: ``accounts`` is another place of them than beside the ledger; False leaves them out.

    ``force`` writes over an older file, ``unsound`` saves a ledger in which ``check`` finds something, too.
    """

    ledger: str
    accounts: str | bool | None = None
    force: bool = False
    unsound: bool = False
    wait: float = WAIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What is in a copy of a ledger: its name, how much there is, and what ``check`` finds."""

    name: str
    counts: Counts
    found: list[Finding]


def backup(wish: Wish, to: Path) -> Saved:
    """Return what was saved, in a file that is there whole or not at all; BackupError where it cannot be made, or is not sound."""
    if not wish.force:
        require_free(to, "name another file, or write over it: --force")
    with drafts_for(to) as folder:
        place, copied = _copied(wish, folder / LEDGER)
        if copied.found and not wish.unsound:
            more = f" and {len(copied.found) - 1} more" if len(copied.found) > 1 else ""
            found = f"check finds something in it: {copied.found[0]}{more}"
            raise BackupError(where=place, found=found, remedy=_UNSOUND)
        users = _accounts(wish, folder / ACCOUNTS)
        counts = msgspec.structs.replace(copied.counts, **(users or {}))
        files = {LEDGER: folder / LEDGER, **({ACCOUNTS: folder / ACCOUNTS} if users else {})}
        manifest = Manifest(
            form=FORM, dragoman=__version__, made=instant(datetime.now(UTC)), ledger=copied.name, place=place, schema=HEAD,
            counts=counts, members={name: member_of(path) for name, path in files.items()},
        )  # fmt: skip
        digest = seal(folder / "sealed", manifest, files)
        publish(folder / "sealed", to, over=wish.force)
    return Saved(place=str(to), sha256=digest, made=manifest.made, schema=HEAD, counts=counts)


def _copied(wish: Wish, draft: Path) -> tuple[str, Copied]:
    """Copy the ledger into a file of today's schema; return where it is, and what is in the copy."""
    engine = engine_of(wish.ledger, wait=wish.wait)
    try:
        place = place_of(engine.url)
        if schema_of(engine) is None:
            raise LedgerError(where=place, found="this is no ledger", remedy=_NO_LEDGER)
        if engine.dialect.name == "sqlite":
            copy_file(engine, draft)
        else:
            copy_database(wish, draft)
    finally:
        engine.dispose()
    return place, looked_through(draft)


def copy_file(engine: Engine, draft: Path) -> None:
    """Copy an SQLite file as it is at one instant, whatever others write meanwhile; its schema stays as it is."""
    with guarded(place_of(engine.url)), closing(sqlite3.connect(draft)) as target, raw(engine) as source:
        source.backup(target)


def copy_database(wish: Wish, draft: Path) -> None:
    """Copy all rows of a PostgreSQL ledger, as they are at one instant, into a new SQLite file."""
    source, target = Ledger(wish.ledger, wait=wish.wait), Ledger(str(draft), create=True)
    try:
        with source.reading() as old, target.writing() as new:
            copy_rows(old, new, metadata.sorted_tables)
            new.execute(text("INSERT INTO words(words) VALUES ('rebuild')"))
    finally:
        source.close()
        target.close()


def looked_through(draft: Path) -> Copied:
    """Bring a copy to today's schema, leave it as one file with nothing beside it, and return what is in it."""
    ledger = Ledger(str(draft))
    try:
        found = list(findings(ledger))
        with ledger.reading() as connection:
            some = [_count(connection, each) for each in (reports, claims, decisions)]
            counts = Counts(reports=some[0], claims=some[1], decisions=some[2], findings=len(found))
            copied = Copied(name=name_of(connection), counts=counts, found=found)
    finally:
        ledger.close()
    alone(draft)
    return copied


def alone(draft: Path) -> None:
    """Have all of an SQLite file in it, and nothing in a log beside it."""
    with guarded(str(draft)), closing(sqlite3.connect(draft)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _accounts(wish: Wish, draft: Path) -> dict[str, int] | None:
    """Copy the accounts, after the ledger, so that they have whoever decided in it; return how many, None where there are none."""
    if wish.accounts is False:
        return None
    source = Accounts(_place_of_accounts(wish), wait=wish.wait)
    target = Accounts(str(draft))
    try:
        if not source.there():
            return None
        with source.reading() as old, target.writing() as new:
            copy_rows(old, new, kept.metadata.sorted_tables)
            counts = {"users": _count(new, kept.users), "tokens": _count(new, kept.tokens)}
    finally:
        source.close()
        target.close()
    alone(draft)
    require_sound(draft)
    return counts


def _place_of_accounts(wish: Wish) -> str:
    if isinstance(wish.accounts, str):
        return wish.accounts
    engine = engine_of(wish.ledger, wait=wish.wait)
    engine.dispose()
    return beside(engine.url)


def require_sound(draft: Path) -> None:
    """Raise BackupError where a file of accounts is damaged, or a row in it refers to one that is not there."""
    with guarded(str(draft)), closing(sqlite3.connect(draft)) as connection:
        said = [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
        said += [f"a row of {row[0]} refers to nothing" for row in connection.execute("PRAGMA foreign_key_check")]
    if said:
        raise BackupError(
            where="accounts", found=f"they are damaged ({said[0]})", remedy="take an older backup of them"
        )


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
