"""What is kept is read by its owner alone, and nothing is fetched that was not asked for: files, and the network at run time."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from desking import SETTINGS

from dragoman.desk.faults import form_of
from dragoman.desk.kept import Desk
from dragoman.desk.told.hooks import messenger_of
from dragoman.errors import LedgerError
from dragoman.ledger.store import Ledger
from dragoman.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
HOOKS = '[[hook]]\nname = "a"\nurl = "https://example.org"\nsecret = "sixteen letters!"\n'
GUARDED = """
import socket, sys

def refuse(*given, **_):
    raise AssertionError(f"the network was asked: {given}")

real = socket.socket.connect
def only_here(self, address):
    if self.family == getattr(socket, "AF_UNIX", None) or (isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")):
        return real(self, address)
    refuse(address)

socket.socket.connect = only_here
socket.socket.connect_ex = only_here
socket.getaddrinfo = lambda host, *a, real=socket.getaddrinfo, **k: (
    real(host, *a, **k) if host in ("127.0.0.1", "::1", "localhost", None) else refuse(host))
socket.gethostbyname = refuse
"""
DESK = """
from desking import SETTINGS, Asking
from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.ledger.store import Ledger
ledger = Ledger(LEDGER)
client = Asking(app_of(Desk(ledger, SETTINGS), "tester"))
for path in ("/", "/reports", "/conflicts/libya", "/conflicts/libya/map", "/rules", "/api/v1/claims", "/review"):
    assert client.get(path).status_code == 200, path
assert client.post("/api/v1/read", json={"text": "Turkey rejected the truce on Monday."}).status_code == 200
"""
COMMANDS = """
from dragoman.cli import main
LEDGER = sys.argv[2]
for given in sys.argv[1].split("|"):
    sys.argv = ["dragoman", *given.split()]
    try:
        main()
    except SystemExit as end:
        assert not end.code, (given, end.code)
"""
posix = pytest.mark.skipif(os.name != "posix", reason="the rights of files are those of POSIX")


def _run(program: str, *given: str) -> None:
    """Run a program in a process of its own that may ask no other machine."""
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, "-c", GUARDED + program, *given],
        env={**os.environ, "PYTHONPATH": path, "DRAGOMAN_CONFLICTS": str(ROOT / "samples/conflicts")},
        capture_output=True, text=True, timeout=300, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


# -- the network


def test_the_guard_sees_who_asks_the_network() -> None:
    for tried in (
        "socket.create_connection(('192.0.2.1', 80), 1)",
        "__import__('urllib.request').request.urlopen('http://a.test')",
    ):
        with pytest.raises(AssertionError, match="the network was asked"):
            _run(tried)


def test_reading_keeping_coding_and_the_desk_ask_no_other_machine(tmp_path: Path) -> None:
    report = tmp_path / "one.txt"
    report.write_text(
        "Turkey rejected the ceasefire on Monday. Haftar attacked Tripoli on 12 January 2020.\n", encoding="utf-8"
    )
    ledger, coded = tmp_path / "a.ledger", tmp_path / "coded"
    steps = (
        f"read {report} --json", f"add {report} --ledger {ledger}", f"board libya --ledger {ledger}",
        f"code {report} --out {coded} --workers 1",
    )  # fmt: skip
    _run(COMMANDS + DESK, "|".join(steps), str(ledger))
    assert any(coded.iterdir())


# -- files


@posix
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_ledger_is_made_for_its_owner(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        ledger = Ledger(str(tmp_path / "a.ledger"), create=True)
    finally:
        os.umask(before)
    found = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert set(found.values()) == {0o600}
    assert "a.ledger" in found
    ledger.close()


@posix
def test_a_ledger_that_is_shared_stays_so(tmp_path: Path) -> None:
    file = tmp_path / "a.ledger"
    Ledger(str(file), create=True).close()
    file.chmod(0o660)
    Ledger(str(file)).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o660


@posix
@pytest.mark.parametrize(("mode", "told"), [(0o644, True), (0o640, True), (0o600, False)])
def test_it_is_said_where_others_may_read_the_secrets_of_hooks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int, told: bool
) -> None:
    file = tmp_path / "hooks.toml"
    file.write_text(HOOKS, encoding="utf-8")
    file.chmod(mode)
    ledger = Ledger(str(tmp_path / "a.ledger"), create=True)
    with caplog.at_level(logging.WARNING):
        messenger_of(Desk(ledger, Settings(conflicts=SETTINGS.conflicts, hooks=str(file))))
    assert ("chmod 600" in caplog.text) is told
    assert "sixteen letters" not in caplog.text
    ledger.close()


@pytest.mark.parametrize("where", ["/srv/secret/record.ledger", "postgresql://someone:***@db.internal/record"])
def test_who_asks_the_desk_is_not_told_where_the_ledger_is(where: str) -> None:
    assert form_of(LedgerError(where=where, found="it is locked", remedy="wait"))["where"] == "the ledger"
    assert form_of(LedgerError(where="0123abcd", found="no such claim", remedy="look"))["where"] == "0123abcd"
