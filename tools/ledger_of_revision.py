"""Write a ledger with data as each revision of the schema had it: python tools/ledger_of_revision.py REVISION writes its SQL.

A revision's file (tests/ledger_revisions/REVISION.sql) is written once, when the revision is new, and stays: it is what a user of that
version has on the disk, its readings packed as they were packed then.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from alembic import command
from alembic.config import Config
from ledger_prepared import fill, prepared
from sqlalchemy import insert

from dragoman.ledger import connect
from dragoman.ledger.decisions import decide
from dragoman.ledger.schema import feeds
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind

ROOT = Path(__file__).resolve().parent.parent
COUNT = 6
NOON = datetime(2020, 1, 20, 12, tzinfo=UTC)
_YOUNGER = {"0001": {"stamp", "seen", "word", "ledger"}}  # facts that the revision did not keep


def filled(ledger: Ledger) -> None:
    """Put into a ledger what each revision's file has."""
    fill(ledger, prepared(COUNT))
    settle(ledger)
    claim = ledger.claims()[0].claim.id
    decide(ledger, Asked(kind=DecisionKind.WRONG_CLAIM, about=(claim,), user="eowyn", note="no such ford"))
    decide(ledger, Asked(kind=DecisionKind.NOTE, about=(claim,), user="faramir", note="see the map"))
    polled = NOON.isoformat(timespec="microseconds")
    with ledger.writing() as connection:
        row = {"url": "https://example.org/rss", "etag": '"7"', "polled": polled, "failed": 2, "fault": "500"}
        connection.execute(insert(feeds), [row])


def main() -> None:
    """Write the SQL of a revision to its file."""
    revision = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        new, old = Path(folder) / "new.ledger", Path(folder) / "old.ledger"
        ledger = Ledger(str(new), create=True, clock=lambda: NOON)
        filled(ledger)
        ledger.close()
        _upgraded(old, revision)
        with closing(sqlite3.connect(old)) as connection:
            _copied(connection, new, revision)
            words = "\n".join(_lines(connection))
    (ROOT / "tests" / "ledger_revisions" / f"{revision}.sql").write_text(f"{words}\n", encoding="utf-8")


def _upgraded(path: Path, revision: str) -> None:
    engine = connect.engine_of(str(path), create=True)
    with connect.writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(connect.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def _tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    listed = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'words_%'"
        " ORDER BY type != 'table', name = 'words', rowid"
    )
    return [(name, sql) for name, sql in listed]


def _copied(connection: sqlite3.Connection, new: Path, revision: str) -> None:
    connection.execute("ATTACH ? AS new", [str(new)])
    for name, sql in _tables(connection):
        if name in ("words", "ledger_version") or not sql.startswith("CREATE TABLE"):
            continue
        columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA table_info({name})"))
        connection.execute(f"DELETE FROM {name}")
        connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM new.{name}")
    for key in _YOUNGER.get(revision, ()):
        connection.execute("DELETE FROM facts WHERE key = ?", [key])
    connection.commit()


def _lines(connection: sqlite3.Connection) -> list[str]:
    lines, tables = [], _tables(connection)
    for name, sql in tables:
        lines.append(f"{sql};")
        if not sql.startswith("CREATE TABLE"):
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        quoted = " || ', ' || ".join(f'quote("{each}")' for each in columns)
        for (values,) in connection.execute(f"SELECT {quoted} FROM {name}"):
            lines.append(f"INSERT INTO {name} VALUES ({values});")
    return [*lines, "INSERT INTO words(words) VALUES ('rebuild');"]


if __name__ == "__main__":
    main()
