"""A ledger by file or URL: SQLite in one file (WAL, foreign keys on) or PostgreSQL; its schema made or brought up to date."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from dragoman.errors import LedgerError, install
from dragoman.ledger.schema import VERSIONS

HEAD = "0003"
WAIT = 60.0  # seconds that one writer waits for another
PAGE = 1024  # bytes, of a new file: rows of three to five thousand fill small pages best, and a row of claims needs no large one
_KEPT, _MOST = 8, 80  # connections that stay open, and at once; PostgreSQL has a hundred for all programs
_LOCK = 0x44524147  # one writer at a time on PostgreSQL, too
_MAKE = "add reports first: dragoman add PATH"
_NOT_OURS = "name the file of a ledger, or a new one"
_PASSWORD = re.compile(r"//.*@")  # in what is no URL: who and the password
_MAGIC = b"SQLite format 3\0"
_DRIVER = "postgresql+psycopg"
_NO_TEXT = "Could not decode to UTF-8"  # what Python says of SQLite's texts, days and instants has no code
_NO_DAY = ("Invalid isoformat string", "Couldn't parse date string")


def connect(target: str, *, create: bool = False, wait: float = WAIT) -> Engine:
    """Return the engine of a ledger whose schema is this version's; LedgerError where it cannot be used.

    ``target`` is the path of an SQLite file or the URL of a database; ``create`` makes a ledger that is not there yet;
    ``wait`` is how many seconds one writer waits for another before it gives up.
    """
    engine = engine_of(target, create=create, wait=wait)
    where = place_of(engine.url)
    try:
        with guarded(where):
            _bring_up_to_date(engine, where, create=create, wait=wait)
    except BaseException:
        engine.dispose()
        raise
    return engine


def engine_of(target: str, *, create: bool = False, wait: float = WAIT, lock: int = _LOCK) -> Engine:
    """Return the engine of a file or database, whatever tables it has; ``lock`` is what its writers wait for on PostgreSQL."""
    url = _url(target)
    where = place_of(url)
    if url.drivername == _DRIVER:
        engine = _postgres(url, where, wait)
    else:
        _require_file(where, create=create)
        engine = create_engine(url, connect_args={"timeout": wait}, **_pool(wait))
        event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", partial(_begin, lock))
    return engine


def place_of(url: URL) -> str:
    """Return a ledger's place as people are told it: a file's path, or a URL without its password."""
    return url.render_as_string(hide_password=True) if url.drivername == _DRIVER else str(url.database)


@contextmanager
def guarded(where: str) -> Iterator[None]:
    """Turn a fault of the database into a LedgerError that says what it is and what to do."""
    try:
        yield
    except DBAPIError as fault:
        raise LedgerError(where=where, found=_reason(fault.orig), remedy=_remedy(fault.orig)) from fault
    except PoolTimeout as fault:
        found = f"all {_MOST} connections are in use"
        raise LedgerError(where=where, found=found, remedy="wait, and do it again: nothing is lost") from fault
    except sqlite3.Error as fault:
        raise LedgerError(where=where, found=_reason(fault), remedy=_remedy(fault)) from fault
    except (ValueError, msgspec.DecodeError) as fault:
        if not isinstance(fault, msgspec.DecodeError) and not str(fault).startswith(_NO_DAY):
            raise
        found, remedy = f"a value in it cannot be read ({_reason(fault)})", "see what is wrong: dragoman check"
        raise LedgerError(where=where, found=found, remedy=remedy) from fault


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the ledger, whatever others write meanwhile."""
    with guarded(place_of(engine.url)), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction that no other writer shares: kept whole at the end, or not at all."""
    with guarded(place_of(engine.url)), engine.connect() as connection:
        connection = connection.execution_options(writing=True)
        with connection.begin():
            yield connection


def _url(target: str) -> URL:
    if "://" not in target:
        return URL.create("sqlite", database=target)
    try:
        url = make_url(target)
    except (ArgumentError, ValueError) as fault:
        found = "this is no file and no database URL"
        raise LedgerError(
            where=_PASSWORD.sub("//***@", target), found=found, remedy="give FILE or postgresql://…"
        ) from fault
    if url.drivername in ("postgresql", "postgres", _DRIVER):
        return url.set(drivername=_DRIVER)
    if url.drivername == "sqlite":
        return URL.create("sqlite", database=url.database or "")
    found = f"a ledger is not kept in {url.drivername}"
    raise LedgerError(where=url.render_as_string(hide_password=True), found=found, remedy="give FILE or postgresql://…")


def _pool(wait: float) -> dict[str, Any]:
    """Return how many connections there may be: one for each thread of a desk, and those in which its writers wait for one another."""
    return {"pool_size": _KEPT, "max_overflow": _MOST - _KEPT, "pool_timeout": max(1.0, wait)}


def _postgres(url: URL, where: str, wait: float) -> Engine:
    # what is kept is UTF-8, and what PostgreSQL says is told by its code, so that its language does not matter
    limits = f"-c lock_timeout={max(1, round(wait * 1000))} -c client_encoding=UTF8 -c timezone=UTC"
    given = url.query.get("options")
    options = f"{given} {limits}" if isinstance(given, str) else limits
    try:
        timeout = max(2, round(wait))
        return create_engine(url, connect_args={"options": options, "connect_timeout": timeout}, **_pool(wait))
    except (ImportError, NoSuchModuleError) as fault:
        raise LedgerError(where=where, found=str(fault), remedy=f"{install('postgres')}, or name a file") from fault


def _require_file(where: str, *, create: bool) -> None:
    """Raise LedgerError where the path is none at which a ledger is or can be made; where it can, its file is there then."""
    path = Path(where)
    if where in ("", ":memory:"):
        raise LedgerError(where=where or "the ledger", found="it names no file", remedy="give FILE or postgresql://…")
    try:
        if "\0" in where:
            raise ValueError("it has a NUL in it")
        if path.is_dir():
            raise LedgerError(where=where, found="this is a folder", remedy="name a file in it")
        if path.exists():
            _require_database(path)
            return
        if not create:
            raise LedgerError(where=where, found="there is no ledger", remedy=_MAKE)
        if not path.parent.is_dir():
            raise LedgerError(
                where=where, found=f"there is no folder {path.parent}", remedy="make it, or check the path"
            )
        private_file(path)
    except PermissionError as fault:
        raise LedgerError(where=where, found=fault.strerror or str(fault), remedy=_BARRED) from fault
    except (OSError, ValueError) as fault:
        raise LedgerError(where=repr(where), found=f"the path cannot be used ({fault})", remedy="check it") from fault


def private_file(path: Path) -> None:
    """Make a file that nobody else on the machine may read; what SQLite lays beside it gets the same rights."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _require_database(path: Path) -> None:
    """Raise LedgerError where a file has something else in it: SQLite takes a short one for an empty database, and writes over it."""
    with suppress(PermissionError), path.open("rb") as file:  # whether it may be read, SQLite says
        head = file.read(len(_MAGIC))
        if not any(head) and path.with_name(f"{path.name}-journal").exists():
            return  # power failed while it was made: SQLite makes it empty again
        if head not in (b"", _MAGIC):
            raise LedgerError(where=str(path), found=f"this is no database (it begins with {head!r})", remedy=_BROKEN)


def _pragmas(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin says BEGIN itself
    for pragma in (f"page_size={PAGE}", "foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(lock: int, connection: Connection) -> None:
    """Begin a transaction; a writer's waits here for other writers, so that what it reads is still so when it writes."""
    writes = connection.get_execution_options().get("writing", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock})")


def _bring_up_to_date(engine: Engine, where: str, *, create: bool, wait: float) -> None:
    """Bring the schema up to date in one transaction with the record of it; refuse a newer one, and what is no ledger."""
    now = schema_of(engine)
    if now is None and not create:
        raise LedgerError(where=where, found="this is no ledger", remedy=_MAKE)
    if now != HEAD:
        with writing(engine) as connection:
            _migrate(connection)
    if engine.dialect.name == "sqlite":
        log_ahead(engine, wait)


def schema_of(engine: Engine) -> str | None:
    """Return the version of a ledger's schema, None where nothing is there; LedgerError for a newer one, and what is no ledger."""
    where = place_of(engine.url)
    with reading(engine) as connection:
        now = _version(connection, where)
    if now is not None and now != HEAD and now not in _known():
        raise LedgerError(where=where, found=f"its schema ({now}) is of a newer version", remedy="update dragoman")
    return now


def _version(connection: Connection, where: str) -> str | None:
    """Return the version of a ledger's schema, None where the database is empty; LedgerError where it is another program's."""
    tables = set(inspect(connection).get_table_names())
    if VERSIONS in tables:
        return connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()  # nosec B608  # a name of ours
    if tables:
        found = f"this is no ledger but another program's database ({', '.join(sorted(tables)[:3])})"
        raise LedgerError(where=where, found=found, remedy=_NOT_OURS)
    return None


def log_ahead(engine: Engine, wait: float) -> None:
    """Have readers and one writer not wait for each other, where the file may be written: a state of the file, kept in it."""
    with raw(engine) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        if mode != "wal":
            _patiently(connection, "PRAGMA journal_mode=WAL", wait)


@contextmanager
def raw(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Give a connection to an SQLite file as the driver has it."""
    pooled = engine.raw_connection()
    try:
        connection = pooled.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        yield connection
    finally:
        pooled.close()


def _patiently(connection: sqlite3.Connection, order: str, wait: float) -> None:
    """Run what SQLite does not wait for by itself while another program has the file."""
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute(order)
            return
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
                return  # it is read as it is
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.02)


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(_migrations()).walk_revisions()}


def _migrations() -> str:
    return str(Path(__file__).parent / "migrations")


def _migrate(connection: Connection) -> None:
    """Run the missing migrations on the connection, in its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _migrations().replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _reason(fault: BaseException | None) -> str:
    lines = str(fault).strip().splitlines()
    if str(fault).startswith(_NO_TEXT):
        return "a text in it is no UTF-8"  # and is not to be shown
    return lines[0] if lines else type(fault).__name__


def _remedy(fault: Any) -> str:
    """Return what to do about a fault of SQLite or PostgreSQL, by its code."""
    code = getattr(fault, "sqlite_errorcode", None)
    if str(fault).startswith(_NO_TEXT):
        return _BROKEN
    if code is not None:
        return _SQLITE.get(code & 0xFF, _OTHER)
    state = getattr(fault, "sqlstate", None) or ""
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2], _OTHER)


_OTHER = "check that the database runs and may be used"
_BUSY = "another program is writing; wait until it has done, and do it again: nothing is lost"
_FULL = "make room on the disk and do it again: what was added before is kept"
_BROKEN = "the file is damaged or no ledger; restore a copy, or add the reports to a new ledger"
_BARRED = "check the path and who may read and write there"
_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY, sqlite3.SQLITE_LOCKED: _BUSY, sqlite3.SQLITE_FULL: _FULL, sqlite3.SQLITE_IOERR: _FULL,
    sqlite3.SQLITE_CORRUPT: _BROKEN, sqlite3.SQLITE_NOTADB: _BROKEN, sqlite3.SQLITE_READONLY: _BARRED,
    sqlite3.SQLITE_CANTOPEN: _BARRED, sqlite3.SQLITE_PERM: _BARRED, sqlite3.SQLITE_AUTH: _BARRED,
}  # fmt: skip
_POSTGRES = {
    "55P03": _BUSY, "40": _BUSY, "53": _FULL, "53300": "too many programs use the database; wait, and do it again",
    "42501": _BARRED, "28": "check user and password", "3D": "make the database first (createdb)", "XX": _BROKEN,
    "22": "mend the report", "23": "mend the report",
}  # fmt: skip
