"""``dragoman add FOLDER`` is killed in the middle: each report is whole or absent, never twice, the rerun ends as an undisturbed run.

Killed twice on each database; ``pytest tests/test_ledger_kill_command.py --kills 50`` does it fifty times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import SAMPLES

from dragoman.cli import run
from dragoman.errors import LedgerError
from dragoman.ledger.adding import add
from dragoman.ledger.dump import dump
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify
from dragoman.reading.intake import read_path
from dragoman.reading.reader import default_reader
from dragoman.settings import load_settings

COUNT = 20
KILLS = 2
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peace:
    """What an undisturbed run leaves: the lines of its dump before what is derived was settled, and the whole after.

    ``took`` is how many seconds it took when the model was loaded.
    """

    took: float
    lines: frozenset[bytes]
    whole: bytes


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a folder of reports, and a file in their midst that is none."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "news").mkdir()
    reports = (SAMPLES / "corpus" / "libya.jsonl").read_bytes().splitlines(keepends=True)[:COUNT]
    for number in range(0, COUNT, 5):
        (folder / "news" / f"{number:02}.jsonl").write_bytes(b"".join(reports[number : number + 5]))
    (folder / "news" / "07.txt").write_bytes(b" ")
    return folder


@pytest.fixture(scope="module")
def peace(news: Path) -> Peace:
    """Return what an undisturbed run leaves."""
    ledger, here, reader = Ledger(str(news / "peace.ledger"), create=True), Path.cwd(), default_reader(load_settings())
    os.chdir(news)
    began = time.perf_counter()
    outcomes = [done.outcome.value for done in add(ledger, reader, read_path(Path("news")))]
    took = time.perf_counter() - began
    os.chdir(here)
    assert (outcomes.count("added"), outcomes.count("failed")) == (COUNT, 1)
    unsettled = dump(ledger)
    settle(ledger)
    whole = dump(ledger)
    ledger.close()
    assert whole != unsettled
    return Peace(took=took, lines=frozenset(unsettled.splitlines()), whole=whole)


@pytest.fixture(params=["sqlite", "postgres"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Return what gives a new empty place for a ledger."""
    numbers = iter(range(1_000_000))
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"{next(numbers)}.ledger")
    return request.getfixturevalue("postgres")  # type: ignore[no-any-return]


def test_the_command_is_killed_between_reports(
    places: Callable[[], str], news: Path, peace: Peace, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(news)
    chance = random.Random(20200119)
    kills, left = pytestconfig.getoption("--kills") or KILLS, list[int]()
    while len(left) < kills or (not any(0 < count < COUNT for count in left) and len(left) < 10 * kills):
        target = places()
        _killed(target, chance.uniform(0, peace.took))
        left.append(_whole(target, peace))
        assert run(["add", "news", "--ledger", target]) == 1  # for the file that is no report
        assert _dumped(target) == peace.whole
    assert any(0 < count < COUNT for count in left), f"no kill came in between: {left}"


def _begun(target: str) -> subprocess.Popen[bytes]:
    """Begin the command and return it when it has said what became of its first report."""
    command = [sys.executable, "-m", "dragoman", "add", "news", "--ledger", target]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"added: ")
    return process


def _killed(target: str, after: float) -> None:
    process = _begun(target)
    time.sleep(after)
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode in (1, -signal.SIGKILL)


def _whole(target: str, peace: Peace) -> int:
    """Return how many reports a ledger has, each of them whole and once: as undisturbed runs leave them, settled or not yet."""
    try:
        ledger = Ledger(target)
    except LedgerError as fault:
        raise AssertionError("it has said that a report was added") from fault
    assert verify(ledger) == []
    there, count = dump(ledger).splitlines(), len(ledger.reports())
    ledger.close()
    assert len(set(there)) == len(there)
    assert set(there) <= peace.lines or set(there) == set(peace.whole.splitlines())
    assert count >= 1
    return count


def _dumped(target: str) -> bytes:
    ledger = Ledger(target)
    assert verify(ledger) == []
    found = dump(ledger)
    ledger.close()
    return found
