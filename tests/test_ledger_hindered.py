"""What hinders a command at its ledger is one line with place and remedy and exit status 1; what the ledger had it has afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from ledger_prepared import fill, made, prepared
from sqlalchemy import URL, Engine, create_engine, make_url, text

from dragoman.cli import run
from dragoman.commands.shared import ledger_of
from dragoman.ledger.connect import HEAD, PAGE, connect, place_of
from dragoman.ledger.dump import dump
from dragoman.ledger.schema import VERSIONS
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify
from dragoman.settings import load_settings

resource = pytest.importorskip("resource")  # users and limits of Unix
NOBODY = 65534
COUNT = 12
CLAIM = made(1)[0].claims[0].id
COMMANDS: dict[str, tuple[str, ...]] = {
    "add": ("add", "news", "--published", "2024-05-15"),
    "brief": ("brief", "libya"),
    "status": ("status",),
    "decide": ("decide", "wrong_claim", CLAIM, "--user", "ann"),
    "check": ("check",),
}
LEFT = [f"not added: news/{name}.txt" for name in "abc"]
BUSY = "another program is writing; wait until it has done, and do it again: nothing is lost"
BARRED = "check the path and who may read and write there"
BROKEN = "the file is damaged or no ledger; restore a copy, or add the reports to a new ledger"
FULL = "make room on the disk and do it again: what was added before is kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command did."""

    status: int
    out: str
    err: str

    def is_one_line(self, where: str, remedy: str) -> bool:
        """Return whether it failed with one line that names the place and the remedy."""
        told = self.err.startswith(f"{where}: ") and self.err.endswith(f"; {remedy}\n")
        return self.status == 1 and self.err.count("\n") == 1 and told


Call = Callable[..., Done]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Return what runs one of the commands in a folder with three reports; it waits a second for others."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAGOMAN_WAIT", "1")
    (tmp_path / "news").mkdir()
    for name in "abc":
        (tmp_path / "news" / f"{name}.txt").write_text(_report(name), encoding="utf-8")

    def called(command: str, target: str | Path, *more: str) -> Done:
        status = run([*COMMANDS[command], *more, "--ledger", str(target)])
        out, err = capfd.readouterr()
        return Done(status=status, out=out, err=err)

    return called


def _report(name: str) -> str:
    told = f"Gondor attacked Mordor on Monday, said the messenger of the {name} army."
    return f"War in the east, {name}\n\n{told} {'And by the river, Rohan backed Gondor. ' * 20}\n"


def _filled(target: str, *, settled: bool = True, count: int = COUNT) -> bytes:
    """Make a ledger with reports and return its dump."""
    ledger = Ledger(target, create=True)
    fill(ledger, prepared(count))
    if settled:
        settle(ledger)
    found = dump(ledger)
    ledger.close()
    return found


def _dumped(target: str | Path) -> bytes:
    ledger = Ledger(str(target))
    assert verify(ledger) == []
    found = dump(ledger)
    ledger.close()
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a settled ledger, closed."""
    path = tmp_path / "test.ledger"
    _filled(str(path))
    return path


def _url(target: str) -> URL:
    if "://" in target:
        return make_url(target).set(drivername="postgresql+psycopg")
    return URL.create("sqlite", database=target)


def connect_any(target: str) -> Engine:
    """Return an engine that does not ask of which version a ledger is."""
    return create_engine(_url(target))


# -- another program that writes


@contextmanager
def _busy(target: str) -> Iterator[None]:
    other = connect(target)
    with other.connect().execution_options(writing=True) as connection, connection.begin():
        yield
    other.dispose()


@pytest.mark.parametrize("command", COMMANDS)
def test_another_program_writes_for_longer_than_one_waits(target: str, command: str, call: Call) -> None:
    before, where = _filled(target), place_of(_url(target))
    with _busy(target):
        done = call(command, target)
    if command == "add":
        assert done.out.splitlines() == [*LEFT, "0 added, 0 already there, 0 failed, 3 not added"]
    if command in ("brief", "status") or (command == "check" and target.startswith("postgresql")):
        assert (done.status, done.err) == (0, "")  # who only reads waits for nobody
    else:
        assert done.is_one_line(where, BUSY)
    assert _dumped(target) == before
    assert call(command, target).status == 0


def test_a_brief_says_where_what_is_new_cannot_be_settled(target: str, call: Call) -> None:
    _filled(target, settled=False)
    with _busy(target):
        assert call("brief", target).is_one_line(place_of(_url(target)), BUSY)
        assert "not settled: from 0001-01-01 on" in call("status", target).out.splitlines()
    assert call("brief", target).status == 0
    assert "not settled: nothing" in call("status", target).out.splitlines()


def test_how_long_one_waits_is_a_setting(target: str) -> None:
    settings = load_settings(environment={"DRAGOMAN_WAIT": "3", "DRAGOMAN_LEDGER": target})
    asked = "SHOW lock_timeout" if "://" in target else "PRAGMA busy_timeout"
    with ledger_of(settings, None, create=True) as ledger, ledger.reading() as connection:
        assert connection.exec_driver_sql(asked).scalar() in (3000, "3s")


def test_what_is_left_of_a_batch_is_listed_as_json(file: Path, call: Call) -> None:
    with _busy(str(file)):
        lines = [json.loads(line) for line in call("add", file, "--json", "nosuch.txt").out.splitlines()]
    assert [(line["outcome"], line["source"]) for line in lines] == [("not added", f"news/{n}.txt") for n in "abc"]
    done = [json.loads(line) for line in call("add", file, "--json").out.splitlines()]
    assert [set(line) for line in done] == [set(line) for line in lines]


# -- of another version, damaged, none


def _is_refused(done: Done, where: Path, remedy: str) -> None:
    assert done.is_one_line(str(where), remedy), done
    assert done.out == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_ledger_is_left_as_it_is(target: str, command: str, call: Call) -> None:
    before = _filled(target)

    def version(number: str) -> None:
        engine = connect_any(target)
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE {VERSIONS} SET version_num = '{number}'"))
        engine.dispose()

    version("9999")
    done = call(command, target)
    assert done.is_one_line(place_of(_url(target)), "update dragoman")
    assert done.out == ""
    version(HEAD)
    assert _dumped(target) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_is_no_ledger(tmp_path: Path, command: str, call: Call) -> None:
    _is_refused(call(command, tmp_path), tmp_path, "name a file in it")
    assert [each.name for each in tmp_path.iterdir()] == ["news"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_damaged_head_is_told_of_and_left(file: Path, command: str, call: Call) -> None:
    for begin, length in ((0, 16), (18, 80)):
        data = bytearray(file.read_bytes())
        data[begin : begin + length] = b"\xa5" * length
        file.write_bytes(data)
        _is_refused(call(command, file), file, BROKEN)
        assert file.read_bytes() == data


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("place", [0.2, 0.6])
def test_damage_in_the_middle_is_told_of_and_left(tmp_path: Path, command: str, place: float, call: Call) -> None:
    file = tmp_path / "test.ledger"
    _filled(str(file), count=60)
    data = bytearray(file.read_bytes())
    begin = int(len(data) * place) // PAGE * PAGE
    data[begin : begin + 4 * PAGE] = b"\xa5" * 4 * PAGE
    file.write_bytes(data)
    done = call(command, file)
    if command == "check":
        lines = done.out.splitlines()
        assert done.status == 1
        assert all(
            line.startswith(f"{file}: ") and line.endswith("or add the reports to a new ledger") for line in lines
        )
        assert done.err.startswith(f"{file}: {len(lines)} finding")
    elif command == "decide" and done.status == 0:
        assert place > 0.5  # it met nothing of what is damaged
        return
    else:
        assert done.is_one_line(str(file), BROKEN), done
        assert done.out == "" or command == "add"  # which adds what it can before it meets what is damaged
    assert file.read_bytes() == data or command == "add"


# -- no right to write


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


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("mode", [0o444, 0])
def test_who_may_not_write_is_told_so(
    file: Path, command: str, mode: int, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        path = Path(folder, "test.ledger")
        shutil.copy(file, path)
        shutil.copytree("news", Path(folder, "news"))
        monkeypatch.chdir(folder)
        path.chmod(mode)
        os.chmod(folder, 0o555)
        with _unprivileged():
            done = call(command, path)
        assert done.is_one_line(str(path), BARRED), done
        monkeypatch.undo()
        os.chmod(folder, 0o755)
        path.chmod(0o644)
        assert _dumped(path) == _dumped(file)


# -- no room


@contextmanager
def _no_file_over(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_told_of(file: Path, command: str, call: Call) -> None:
    before = _dumped(file)
    with _no_file_over(10_000):  # SQLite needs more beside the file even to read
        done = call(command, file)
    assert done.is_one_line(str(file), FULL), done
    assert _dumped(file) == before
    assert call(command, file).status == 0


def test_a_disk_that_fills_up_keeps_what_was_added_before(file: Path, tmp_path: Path, call: Call) -> None:
    before = set(_dumped(file).splitlines())
    for number in range(20):
        (tmp_path / "news" / f"d{number:02}.txt").write_text(_report(f"d{number}"), encoding="utf-8")
    sources = [f"news/{each.name}" for each in sorted((tmp_path / "news").iterdir())]
    with _no_file_over(100_000):
        done = call("add", file)
    added = sum(line.startswith("added: ") for line in done.out.splitlines())
    assert 0 < added < len(sources)
    assert done.is_one_line(str(file), FULL), done
    left = [f"not added: {source}" for source in sources[added:]]
    assert done.out.splitlines()[added:] == [
        *left, f"{added} added, 0 already there, 0 failed, {len(left)} not added"
    ]  # fmt: skip
    ledger = Ledger(str(file))
    assert {each.report.source for each in ledger.reports()} >= {*sources[:added]}
    assert len(ledger.reports()) == COUNT + added
    ledger.close()
    again = call("add", file)
    assert (again.status, again.out.splitlines()[-1]) == (
        0, f"{len(left)} added, {added} already there, 0 failed"
    )  # fmt: skip
    assert before < set(_dumped(file).splitlines())


_JUDGE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from dragoman.errors import IntakeError
from dragoman.reading.intake import from_text
try:
    from_text("Gondor attacked Mordor. Rohan backed Gondor. " * 9, name="a.txt")
except IntakeError as fault:
    sys.exit(str(fault))
"""


def test_a_language_that_no_room_is_left_to_judge_is_no_fault_of_the_file() -> None:
    done = subprocess.run([sys.executable, "-c", _JUDGE], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr.startswith("a.txt: its language cannot be judged (File too large); make room in ")
