"""Whatever is wrong with its place, a ledger says where, what and what to do; nothing is lost, what is not its own is left alone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ledger_prepared import MADE, fill, made, prepared
from sqlalchemy import text

from dragoman.cli import run
from dragoman.errors import LedgerError
from dragoman.ledger.connect import connect
from dragoman.ledger.dump import dump
from dragoman.ledger.schema import VERSIONS
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify

NOBODY = 65534
_FILL = """
import resource, sys
from ledger_prepared import MADE, prepared
from dragoman.errors import LedgerError
from dragoman.ledger.store import Ledger
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    ledger = Ledger(sys.argv[1], create=True)
    for reading, record in prepared(2000):
        ledger.add(reading, record, MADE)
except LedgerError as fault:
    sys.exit(f"{fault.found}; {fault.remedy}")
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a ledger with five reports, closed."""
    path = tmp_path / "test.ledger"
    ledger = Ledger(str(path), create=True)
    fill(ledger, prepared(5))
    ledger.close()
    return path


def _fault(target: str | Path, *, create: bool = False, wait: float = 5) -> LedgerError:
    """Return the fault with which a ledger cannot be opened."""
    with pytest.raises(LedgerError) as raised:
        Ledger(str(target), create=create, wait=wait)
    return raised.value


def _dumped(path: Path) -> bytes:
    ledger = Ledger(str(path))
    assert verify(ledger) == []
    found = dump(ledger)
    ledger.close()
    return found


# -- no room


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("room", [20_000, 150_000, 500_000])
def test_a_full_disk_costs_nothing_that_was_added_before(tmp_path: Path, room: int) -> None:
    path = tmp_path / "test.ledger"
    tests = str(Path(__file__).parent)
    told = subprocess.run(
        [sys.executable, "-c", _FILL, str(path), str(room)], capture_output=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([tests, os.environ.get("PYTHONPATH", "")])},
    )  # fmt: skip
    assert told.returncode == 1
    assert b"make room on the disk and do it again: what was added before is kept" in told.stderr
    ledger = Ledger(str(path), create=True)
    assert verify(ledger) == []
    there = [told.kept.report.id for told in ledger.told()]
    assert room < 500_000 or there  # an empty ledger takes a quarter of a million
    assert set(there) == {reading.report.id for reading, _ in prepared(len(there))}
    assert fill(ledger, prepared(len(there) + 2)) == [False] * len(there) + [True] * 2
    assert verify(ledger) == []
    ledger.close()


# -- another writer


@contextmanager
def _busy(target: str) -> Iterator[None]:
    """Be another program that writes."""
    other = connect(target)
    with other.connect().execution_options(writing=True) as connection, connection.begin():
        yield
    other.dispose()


def test_a_writer_waits_and_then_says_so(target: str) -> None:
    Ledger(target, create=True).close()
    ledger = Ledger(target, wait=0.3)
    reading, record = made(1)
    with _busy(target):
        began = time.perf_counter()
        with pytest.raises(LedgerError) as raised:
            ledger.add(reading, record, MADE)
        assert 0.25 < time.perf_counter() - began < 20
        assert "another program is writing; wait until it has done" in raised.value.remedy
        assert ledger.reports() == []  # reading goes on meanwhile
    assert ledger.add(reading, record, MADE)
    ledger.close()


def test_who_only_reads_what_is_settled_waits_for_no_writer(target: str) -> None:
    ledger = Ledger(target, create=True, wait=0.3)
    ledger.add(*made(1), MADE)
    assert settle(ledger)
    with _busy(target):
        assert not settle(ledger)
        assert len(ledger.reports()) == 1
    ledger.close()


def test_a_writer_goes_on_when_the_other_has_done(target: str) -> None:
    Ledger(target, create=True).close()
    ledger, done = Ledger(target, wait=30), []
    with _busy(target):
        adding = threading.Thread(target=lambda: done.append(ledger.add(*made(1), MADE)))
        adding.start()
        time.sleep(0.3)
        assert done == []
    adding.join()
    assert done == [True]
    ledger.close()


def test_it_is_said_where_a_new_ledger_has_to_wait(tmp_path: Path) -> None:
    path = tmp_path / "test.ledger"
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "another program is writing" in _fault(path, create=True, wait=0.2).remedy
    other.close()
    Ledger(str(path), create=True).close()


# -- of another version, damaged, or none


def test_a_newer_ledger_is_left_alone(target: str) -> None:
    ledger = Ledger(target, create=True)
    fill(ledger, prepared(2))
    with ledger.writing() as connection:
        connection.execute(text(f"UPDATE {VERSIONS} SET version_num = '9999'"))
    for create in (False, True):
        fault = _fault(target, create=create)
        assert (fault.found, fault.remedy) == ("its schema (9999) is of a newer version", "update dragoman")
    with ledger.writing() as connection:
        connection.execute(text(f"UPDATE {VERSIONS} SET version_num = '0001'"))
    assert len(ledger.reports()) == 2
    ledger.close()


@pytest.mark.parametrize(
    "content", [b"Gondor rejected the truce.\n" * 400, b"SQLite format 3\0" + b"\xff" * 8000, b"x"]
)
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    for create in (False, True):
        fault = _fault(path, create=create)
        assert fault.where == str(path)
        assert fault.remedy.startswith("the file is damaged or no ledger; restore a copy")
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["report.txt"]


def test_an_empty_file_is_no_ledger_until_one_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new.ledger"
    path.touch()
    assert _fault(path).found == "this is no ledger"
    Ledger(str(path), create=True).close()
    assert _dumped(path) == b""


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.close()
    before = path.read_bytes()
    for create in (False, True):
        assert _fault(path, create=create).found == "this is no ledger but another program's database (alembic_version)"
    assert path.read_bytes() == before


@pytest.mark.parametrize("begin", [0, 18, 8192])
def test_a_damaged_file_is_told_of(file: Path, begin: int) -> None:
    data = bytearray(file.read_bytes())
    data[begin : begin + 40_000] = b"\xa5" * len(data[begin : begin + 40_000])
    file.write_bytes(data)
    with pytest.raises(LedgerError) as raised:
        dump(Ledger(str(file)))
    assert (raised.value.where, "restore a copy" in raised.value.remedy) == (str(file), True)


def test_a_file_that_was_cut_off_is_told_of(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(LedgerError, match=r"malformed.*restore a copy"):
        dump(Ledger(str(file)))


def test_what_was_read_in_a_report_is_told_of_where_it_is_damaged(file: Path) -> None:
    report = made(1)[0].report.id
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE reports SET said = substr(said, 1, 60) WHERE id = ?", (report,))
    connection.close()
    ledger = Ledger(str(file))
    with pytest.raises(LedgerError, match=f"{report}: what was read in it is damaged"):
        ledger.claims()
    assert len(ledger.reports()) == 5
    ledger.close()


# -- no place for a ledger


def test_a_place_where_no_ledger_can_be_is_told_of(tmp_path: Path) -> None:
    assert _fault(tmp_path / "none").found == "there is no ledger"
    assert _fault(tmp_path).found == "this is a folder"
    assert _fault(tmp_path, create=True).found == "this is a folder"
    assert _fault(tmp_path / "no" / "new", create=True).found == f"there is no folder {tmp_path / 'no'}"
    assert _fault("", create=True).found == "it names no file"
    assert _fault(":memory:", create=True).found == "it names no file"
    assert "cannot be used" in _fault("a\0b", create=True).found
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["50% of it.ledger", "a?mode=ro.ledger", "file:a.ledger", "Ñandú 'x'.ledger", "a#b;c"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "100%s" / name
    path.parent.mkdir()
    for target in (str(path), str(path)):
        ledger = Ledger(target, create=True)
        fill(ledger, prepared(1))
        ledger.close()
    assert path.is_file()
    assert {each.name for each in path.parent.iterdir()} == {name}


def test_a_url_of_sqlite_is_its_file(file: Path) -> None:
    ledger = Ledger(f"sqlite:///{file}")
    assert (ledger.where, len(ledger.reports())) == (str(file), 5)
    ledger.close()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://ann:secret@localhost/x", "a ledger is not kept in mysql"),
        ("postgresql://ann:secret@localhost:1/x", "port 1"),
        ("postgres://ann:secret@localhost:1/x", "port 1"),
        ("postgresql://ann:secret@localhost:port/x", "this is no file and no database URL"),
        ("://ann:secret@x", "this is no file and no database URL"),
    ],
)  # fmt: skip
def test_a_url_that_cannot_be_used_is_told_of_without_its_password(url: str, told: str) -> None:
    fault = _fault(url, wait=2)
    assert told in fault.found
    assert "secret" not in str(fault)


def test_a_database_that_is_not_there_or_has_no_ledger_is_told_of(request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgres")()
    assert _fault(url).found == "this is no ledger"
    assert "does not exist" in _fault(url.replace("/test_", "/no_"), create=True).found


@contextmanager
def _unprivileged() -> Iterator[None]:
    """Be nobody for a while, where one is root, to whom everything is allowed."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs users")
def test_a_file_that_may_not_be_read_or_written_is_told_of(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "test.ledger")
        path.write_bytes(file.read_bytes())
        path.chmod(0)
        os.chmod(folder, 0o555)
        with _unprivileged():
            faults = [_fault(path), _fault(path, create=True), _fault(Path(folder, "new"), create=True)]
        assert {fault.remedy for fault in faults} == {"check the path and who may read and write there"}
        path.chmod(0o444)
        with _unprivileged(), pytest.raises(LedgerError, match="check the path and who may"):
            fill(Ledger(str(path)), prepared(1))
        os.chmod(folder, 0o755)
        path.chmod(0o644)
        assert _dumped(path) == _dumped(file)


# -- as the command tells it


@pytest.mark.parametrize("command", ["status", "check"])
def test_the_command_ends_with_one_line_and_status_one(
    file: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.ledger"
    broken.write_bytes(b"\0" * 5000)
    newer = tmp_path / "newer.ledger"
    newer.write_bytes(file.read_bytes())
    with sqlite3.connect(newer) as connection:
        connection.execute(f"UPDATE {VERSIONS} SET version_num = '9999'")
    connection.close()
    for place in (tmp_path, tmp_path / "none", broken, newer, "mysql://x"):
        assert run([command, "--ledger", str(place)]) == 1
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
        assert told.err.startswith(f"{place}: ")
