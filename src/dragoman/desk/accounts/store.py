"""The store of accounts: a file beside the ledger, or tables under a schema of their own; made when the first thing is kept in it."""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock

from sqlalchemy import URL, Connection, Engine, func, insert, inspect, select, text

from dragoman.desk.accounts.tables import SCHEMA, VERSION, facts, metadata, users
from dragoman.errors import LedgerError
from dragoman.ledger.connect import WAIT, engine_of, log_ahead, place_of, private_file, reading, writing
from dragoman.ledger.store import Ledger, instant

_LOCK = 0x4445534B  # its writers do not wait for those of the ledger
_AGAIN = 1.0  # seconds after which one without users is asked again whether there are some
_POSTGRES = "postgresql"
_log = logging.getLogger("dragoman.desk")


def accounts_of(ledger: Ledger, named: str | None, clock: Callable[[], datetime] | None = None) -> Accounts:
    """Return the accounts of a ledger: those that a setting names, else those beside it."""
    return Accounts(named or beside(ledger.engine.url), clock=clock)


def beside(url: URL) -> str:
    """Return where the accounts of a ledger are unless a setting names another place: in its database, or a file of their own."""
    return url.render_as_string(hide_password=False) if url.drivername.startswith(_POSTGRES) else file_of(url.database)


def file_of(ledger: str | None) -> str:
    """Return the file of the accounts of a ledger that is a file."""
    return f"{ledger}.desk"


class Accounts:
    """A store of users, sessions, tokens and the audit log. Threads may share it. ``clock`` gives the time; tests set it."""

    def __init__(self, target: str, *, clock: Callable[[], datetime] | None = None, wait: float = WAIT) -> None:
        self._target = target
        self._wait = wait
        self._clock = clock or (lambda: datetime.now(UTC))
        self._engine: Engine | None = None
        self._lock = Lock()
        self._team = False
        self._asked = float("-inf")

    @property
    def where(self) -> str:
        """Return its place as people are told it."""
        return place_of(self._engine.url) if self._engine is not None else self._target.rpartition("@")[2]

    def now(self) -> datetime:
        """Return the time."""
        return self._clock()

    def close(self) -> None:
        """Let go of the database."""
        if self._engine is not None:
            self._engine.dispose()

    def there(self) -> bool:
        """Return whether anything was kept in it yet."""
        return self._opened(create=False) is not None

    def team(self) -> bool:
        """Return whether there are users, so that one has to sign in. Users are never deleted: once there are, there are."""
        if not self._team and time.monotonic() - self._asked > _AGAIN:
            self._team = self.there() and self._count() > 0
            self._asked = time.monotonic()
        return self._team

    def ask_again(self) -> None:
        """Have it looked up anew whether there are users."""
        self._asked = float("-inf")

    @cached_property
    def name(self) -> str:
        """Return a name that no other store has."""
        with self.reading() as connection:
            return str(connection.execute(select(facts.c.value).where(facts.c.key == "name")).scalar_one())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store, which is made if it is not there."""
        with reading(self._made()) as connection:
            yield _in_schema(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in one transaction that no other writer shares."""
        with writing(self._made()) as connection:
            yield _in_schema(connection)

    def _count(self) -> int:
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(users)).scalar_one())

    def _made(self) -> Engine:
        engine = self._opened(create=True)
        assert engine is not None
        return engine

    def _opened(self, *, create: bool) -> Engine | None:
        """Return the engine; None where the store is not there and is not to be made."""
        with self._lock:
            if self._engine is None:
                self._engine = _open(self._target, self._wait, create=create)
            return self._engine


def _open(target: str, wait: float, *, create: bool) -> Engine | None:
    file = None if "://" in target else Path(target)
    if file is not None and not create and not file.exists():
        return None
    if file is not None and not file.exists():
        _private(file)
    elif file is not None:
        _make_private(file)
    engine = engine_of(target, create=create, wait=wait, lock=_LOCK)
    try:
        if not _ready(engine) and not create:
            engine.dispose()
            return None
        _bring_up(engine, wait)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _private(file: Path) -> None:
    """Make a file that nobody else on the machine may read; what SQLite lays beside it gets the same rights."""
    try:
        private_file(file)
    except OSError as fault:
        found, remedy = f"the accounts cannot be kept there ({fault.strerror})", "name another place: accounts"
        raise LedgerError(where=str(file), found=found, remedy=remedy) from fault


def _make_private(file: Path) -> None:
    """Take from others on the machine the right to read a store that was copied or restored without care for it."""
    for each in (file, *(file.with_name(file.name + ending) for ending in ("-wal", "-shm", "-journal"))):
        try:
            if each.exists() and each.stat().st_mode & 0o077:
                each.chmod(0o600)
        except OSError as fault:
            _log.warning("others on this machine may be able to read %s (%s): chmod 600", each, fault.strerror)


def _ready(engine: Engine) -> bool:
    with reading(engine) as connection:
        return inspect(connection).has_table(facts.name, schema=_schema(connection))


def _bring_up(engine: Engine, wait: float) -> None:
    """Make the tables where they are not there; refuse those of another version."""
    if not _ready(engine):
        _require_free(engine)
        if engine.dialect.name != _POSTGRES:
            log_ahead(engine, wait)
        with writing(engine) as connection:
            if connection.dialect.name == _POSTGRES:
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            placed = _in_schema(connection)
            metadata.create_all(placed)
            if placed.execute(select(facts.c.key)).first() is None:
                rows = [{"key": "version", "value": VERSION}, {"key": "name", "value": secrets.token_hex(6)}]
                placed.execute(insert(facts), rows)
    with reading(engine) as connection:
        kept = _in_schema(connection).execute(select(facts.c.value).where(facts.c.key == "version")).scalar()
    if kept != VERSION:
        found = f"its accounts are of another version ({kept})"
        raise LedgerError(where=place_of(engine.url), found=found, remedy="update dragoman")


def _require_free(engine: Engine) -> None:
    """Raise LedgerError where a file has something else in it, such as a ledger."""
    with reading(engine) as connection:
        if _schema(connection) is None and inspect(connection).get_table_names():
            found, remedy = "this is no store of accounts but another database", "name a file of its own: accounts"
            raise LedgerError(where=place_of(engine.url), found=found, remedy=remedy)


def _in_schema(connection: Connection) -> Connection:
    schema = _schema(connection)
    return connection.execution_options(schema_translate_map={None: schema}) if schema else connection


def _schema(connection: Connection) -> str | None:
    return SCHEMA if connection.dialect.name == _POSTGRES else None


def stamp(moment: datetime) -> str:
    """Return an instant as it is kept."""
    return instant(moment)


def secret() -> str:
    """Return 256 bits of chance, as text that stands in a header or cookie."""
    return secrets.token_urlsafe(32)


def hash_of(given: str) -> str:
    """Return by what a random secret is known: nobody can tell the secret from it."""
    return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
