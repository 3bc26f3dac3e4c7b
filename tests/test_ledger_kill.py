"""A process that adds is killed at any moment, or two add at once: each report is whole or absent, never twice, a rerun ends alike.

Killed six times on each database; ``pytest tests/test_ledger_kill*.py --kills 50`` does it fifty times, and as often to the command.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ledger_prepared import fill, prepared

from dragoman.errors import LedgerError
from dragoman.ledger.dump import dump
from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify

COUNT = 12
KILLS = 6
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


class Adder:
    """A process whose children add prepared reports."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("ledger_adder.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def begin(self, target: str, first: int = 0, step: int = 1) -> int:
        """Begin to add every so many of the reports, from one on, and return the id of the child that does."""
        return self._asked(f"{target} {first} {step} {COUNT}")

    def end(self) -> int:
        """Return the exit status of the child, when it has ended."""
        return self._asked("end")

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate(timeout=60)

    def _asked(self, line: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        return int(self._process.stdout.readline())


@pytest.fixture(scope="module")
def adders() -> Iterator[tuple[Adder, Adder]]:
    """Return two processes that add."""
    both = Adder(), Adder()
    yield both
    for each in both:
        each.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the dump of a ledger to which all reports were added in peace."""
    ledger = Ledger(str(tmp_path_factory.mktemp("peace") / "test.ledger"), create=True)
    fill(ledger, prepared(COUNT))
    whole = dump(ledger)
    ledger.close()
    return whole


@pytest.fixture(params=["sqlite", "postgres"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Return what gives a new empty place for a ledger."""
    numbers = iter(range(1_000_000))
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"{next(numbers)}.ledger")
    return request.getfixturevalue("postgres")  # type: ignore[no-any-return]


def test_killed_at_any_moment_nothing_is_lost_or_doubled(
    places: Callable[[], str], adders: tuple[Adder, Adder], undisturbed: bytes, pytestconfig: pytest.Config
) -> None:
    adder, chance = adders[0], random.Random(20200113)
    takes = [_timed(adder, places()) for _ in range(3)][-1]  # the first one waits for the process to start
    left: list[int] = []
    kills = pytestconfig.getoption("--kills") or KILLS
    for turn in range(10 * kills):
        if turn >= kills and any(0 < count < COUNT for count in left):
            break  # a kill came in between; on a busy machine that may take some more
        target = places()
        child = adder.begin(target)
        time.sleep(chance.uniform(0, takes))
        os.kill(child, signal.SIGKILL)  # until end() is asked, its parent has not let go of its id
        assert adder.end() in (0, -signal.SIGKILL)
        left.append(_whole(target, undisturbed))
        adder.begin(target)
        assert adder.end() == 0
        assert _dumped(target) == undisturbed
    assert any(0 < count < COUNT for count in left), f"no kill came in between: {left}"


def test_two_add_at_once_and_both_finish(
    places: Callable[[], str], adders: tuple[Adder, Adder], undisturbed: bytes
) -> None:
    # the second adds the same reports, then the same ones from the last on
    for first, step in ((0, 1), (COUNT - 1, -1)):
        target = places()
        adders[0].begin(target)
        adders[1].begin(target, first, step)
        assert [adder.end() for adder in adders] == [0, 0]
        assert _dumped(target) == undisturbed


def _timed(adder: Adder, target: str) -> float:
    """Return how many seconds an undisturbed run takes."""
    began = time.perf_counter()
    adder.begin(target)
    assert adder.end() == 0
    return time.perf_counter() - began


def _whole(target: str, undisturbed: bytes) -> int:
    """Return how many reports a ledger has, each of them whole: those of the undisturbed run, in the order of adding."""
    try:
        ledger = Ledger(target)
    except LedgerError as fault:
        if fault.found not in ("there is no ledger", "this is no ledger"):
            raise
        return 0  # killed before there was one
    assert verify(ledger) == []
    there = dump(ledger).splitlines()
    assert len(set(there)) == len(there)
    assert set(there) <= set(undisturbed.splitlines())
    ids = {each.report.id for each in ledger.reports()}
    ledger.close()
    assert ids == {reading.report.id for reading, _ in prepared(len(ids))}
    return len(ids)


def _dumped(target: str) -> bytes:
    ledger = Ledger(target)
    assert verify(ledger) == []
    found = dump(ledger)
    ledger.close()
    return found
