"""A ledger as each revision of the schema wrote it is opened by today's program: all is there, and the same as if added today."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from ledger_of_revision import NOON, filled

from dragoman.backup.restoring import Back, restore
from dragoman.backup.saving import Wish, backup
from dragoman.cli import run
from dragoman.ledger import connect
from dragoman.ledger.dump import dump
from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify

TESTS = Path(__file__).resolve().parent

FILES = sorted((TESTS / "ledger_revisions").glob("*.sql"))
REVISIONS = [path.stem for path in FILES]
OLD = [revision for revision in REVISIONS if revision != connect.HEAD]


def _old(revision: str, path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((TESTS / "ledger_revisions" / f"{revision}.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the dump of a ledger to which the same was added today."""
    ledger = Ledger(str(tmp_path_factory.mktemp("today") / "test.ledger"), create=True, clock=lambda: NOON)
    filled(ledger)
    found = dump(ledger)
    ledger.close()
    return found


def _dumped(path: Path) -> bytes:
    ledger = Ledger(str(path))
    assert verify(ledger) == []
    found = dump(ledger)
    ledger.close()
    return found


def _state(path: Path) -> list[str]:
    """Return all that is in a file, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        names = [
            name for name, sql in listed if sql and sql.startswith("CREATE TABLE") and not name.startswith("words")
        ]
        return [str(listed), *(str(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names)]


def test_each_revision_has_its_file() -> None:
    assert set(REVISIONS) == connect._known()
    assert REVISIONS[-1] == connect.HEAD


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_ledger_of_each_revision_says_the_same_today(revision: str, tmp_path: Path, today: bytes) -> None:
    path = _old(revision, tmp_path / "old.ledger")
    assert _dumped(path) == today
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM ledger_version").fetchall() == [(connect.HEAD,)]
        assert connection.execute("SELECT failed, fault FROM feeds").fetchall() == [(2, "500")]
        assert connection.execute("SELECT count(*) FROM facts WHERE key = 'ledger'").fetchall() == [(1,)]
        found = connection.execute("SELECT count(*) FROM words WHERE words MATCH 'osgiliath'").fetchone()
        assert found[0] > 0


@pytest.mark.parametrize("revision", OLD)
def test_a_backup_leaves_an_old_ledger_as_it_is(revision: str, tmp_path: Path, today: bytes) -> None:
    path = _old(revision, tmp_path / "old.ledger")
    before = _state(path)
    backup(Wish(ledger=str(path)), tmp_path / "saved")
    assert _state(path) == before
    restore(tmp_path / "saved", Back(ledger=str(tmp_path / "new.ledger")))
    assert _dumped(tmp_path / "new.ledger") == today


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _old(connect.HEAD, tmp_path / "new.ledger")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE ledger_version SET version_num = '9001'")
        connection.commit()
    before = _state(path)
    for command in (["status"], ["backup", "--to", str(tmp_path / "saved")]):
        assert run([*command, "--ledger", str(path)]) == 1
        assert "its schema (9001) is of a newer version; update dragoman" in capsys.readouterr().err
    assert _state(path) == before
    assert not (tmp_path / "saved").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize("revision", OLD)
def test_a_migration_that_is_killed_leaves_the_ledger_as_before(revision: str, tmp_path: Path, today: bytes) -> None:
    count, killed = 0, 0
    while True:
        path = _old(revision, tmp_path / f"{count}.ledger")
        before = _state(path)
        child = os.fork()
        if child == 0:
            _opened_and_killed(path, count)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == -signal.SIGKILL:
            assert _state(path) == before
            killed += 1
        assert status in (0, -signal.SIGKILL)
        assert _dumped(path) == today
        if status == 0:
            break
        count += 1
    assert killed >= 2


def _opened_and_killed(path: Path, count: int) -> None:
    """Open a ledger, and be killed before so many orders that change its file have been carried out."""
    left = [count]

    def may(_: object, __: object, order: str, *___: object) -> None:
        if order.split()[0] in ("CREATE", "ALTER", "INSERT", "UPDATE", "DELETE"):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

    engine_of = connect.engine_of

    def watched(target: str, **given: object) -> object:
        engine = engine_of(target, **given)  # type: ignore[arg-type]
        event.listen(engine, "after_cursor_execute", may)
        return engine

    connect.engine_of = watched  # type: ignore[assignment]
    Ledger(str(path)).close()
