"""A ledger by file or URL: SQLite in one file (WAL, foreign keys on) or PostgreSQL; its schema made or brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from dragoman.errors import LedgerError

HEAD = "0001"
_WAIT = 60.0  # seconds that one writer waits for another
_LOCK = 0x44524147  # one writer at a time on PostgreSQL, too


def connect(target: str, *, create: bool = False) -> Engine:
    """Return the engine of a ledger whose schema is this version's; LedgerError where it cannot be used.

    ``target`` is the path of an SQLite file or the URL of a database; ``create`` makes a ledger that is not there yet.
    """
    url, where = _url(target)
    path = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    if path is not None and not create and not path.exists():
        raise LedgerError(where=where, found="there is no ledger", remedy="add reports first: dragoman add PATH")
    try:
        engine = create_engine(url, connect_args={"timeout": _WAIT} if path is not None else {})
    except (ImportError, NoSuchModuleError) as fault:
        raise LedgerError(where=where, found=str(fault), remedy="install dragoman[postgres], or name a file") from fault
    if path is not None:
        event.listen(engine, "connect", _pragmas)
        event.listen(engine, "begin", _begin)
    with told(where):
        _migrate(engine, where, create=create)
    return engine


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn a fault of the database into a LedgerError that says what it is and what to do."""
    try:
        yield
    except DBAPIError as fault:
        reason = str(fault.orig).strip().splitlines()[0] if str(fault.orig).strip() else type(fault.orig).__name__
        raise LedgerError(where=where, found=reason, remedy=_remedy(reason)) from fault
    except sqlite3.Error as fault:
        raise LedgerError(where=where, found=str(fault), remedy=_remedy(str(fault))) from fault


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction that no other writer shares: kept whole at the end, or not at all."""
    with told(str(engine.url.render_as_string(hide_password=True))), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        else:
            connection.info["writing"] = True
        with connection.begin() if not connection.in_transaction() else connection.get_transaction() as _:  # type: ignore[union-attr]
            yield connection


def _url(target: str) -> tuple[Any, str]:
    if "://" not in target:
        return make_url("sqlite:///").set(database=target), target
    try:
        url = make_url(target)
    except ArgumentError as fault:
        raise LedgerError(
            where=target, found="no file and no database URL", remedy="give FILE or postgresql://…"
        ) from fault
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url, url.render_as_string(hide_password=True)


def _pragmas(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin says BEGIN itself
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.pop("writing", False) else "BEGIN")


def _migrate(engine: Engine, where: str, *, create: bool) -> None:
    """Bring the schema up to date in one transaction; refuse a newer one."""
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    if now == HEAD:
        return
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if now is not None and now not in known:
        raise LedgerError(where=where, found=f"its schema ({now}) is of a newer version", remedy="update dragoman")
    if now is None and not create:
        raise LedgerError(where=where, found="this is no ledger", remedy="add reports first: dragoman add PATH")
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _remedy(reason: str) -> str:
    low = reason.lower()
    if "locked" in low:
        return "another program is writing; wait until it has done"
    if "full" in low or "disk i/o" in low or "no space" in low:
        return "make room on the disk and do it again: what was added before is kept"
    if "malformed" in low or "not a database" in low:
        return "the file is damaged; restore a copy, or add the reports to a new ledger"
    if "readonly" in low or "unable to open" in low:
        return "check the path and who may write there"
    return "check that the database runs and may be used"
