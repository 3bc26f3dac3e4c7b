"""The desk is killed while people decide: what was answered with success is there after it is opened again, once, and nothing half.

Killed three times, on SQLite; ``pytest tests/test_desk_kill.py --kills 50`` does it fifty times.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest
from desking import formed
from ledger_prepared import fill, prepared

from dragoman.desk.accounts.store import accounts_of
from dragoman.desk.accounts.users import add_user
from dragoman.desk.who import Role
from dragoman.ledger.decisions import decisions
from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify

KILLS = 3
PASSWORD = "a long word of Rohan"
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


class Opener:
    """A process whose children are desks."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("desk_server.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def asked(self, line: str) -> int:
        """Have a desk opened ('TARGET PORT': its id), or wait for it to end ('end': its exit status)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    """Return what opens desks."""
    made = Opener()
    yield made
    made.close()


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _patiently(client: httpx.Client, path: str) -> httpx.Response:
    """Return the answer of a desk that may still be opening."""
    until = time.monotonic() + 60
    while True:
        try:
            return client.get(path)
        except httpx.TransportError:
            assert time.monotonic() < until, "the desk could not be opened"
            time.sleep(0.02)


def _signed_in(client: httpx.Client) -> httpx.Client:
    """Sign in as a browser does, unless the session still holds; send the token of forms from then on."""
    if _patiently(client, "/account").status_code != 200:
        found = re.search(r'name="csrf" (?:value|content)="([0-9a-f]+)"', client.get("/login").text)
        assert found is not None
        given = {"name": "eowyn", "password": PASSWORD, "csrf": found[1]}
        assert client.post("/login", data=given).status_code == 303
    return formed(client)


def _decide(client: httpx.Client, claims: list[str], name: str, answered: dict[str, str], sent: set[str]) -> None:
    """Decide until the desk is gone; note what it answered: the words by the id of the decision."""
    number = 0
    while True:
        words, number = f"{name} {number}", number + 1
        sent.add(words)
        kind = ("note", "wrong_claim", "right_claim")[number % 3]
        given = {"kind": kind, "about": [claims[number % len(claims)]], "note": words}
        try:
            answer = client.post("/api/v1/decisions", json=given)
        except httpx.TransportError:
            return
        assert answer.is_success, answer.text
        answered[answer.json()["id"]] = words


def test_what_was_answered_is_there_after_a_kill(tmp_path: Path, opener: Opener, pytestconfig: pytest.Config) -> None:
    target = str(tmp_path / "test.ledger")
    ledger = Ledger(target, create=True)
    fill(ledger, prepared(4))
    accounts = accounts_of(ledger, None)
    add_user(accounts, "eowyn", Role.ADMIN, PASSWORD)
    claims = [each.claim.id for each in ledger.claims()]
    chance, answered, sent, port = Random(20200113), dict[str, str](), set[str](), _free()
    kills = pytestconfig.getoption("--kills") or KILLS
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for turn in range(kills):
            child = opener.asked(f"{target} {port}")
            _signed_in(client)  # the session outlives the desk
            before = len(answered)
            kill = threading.Timer(chance.uniform(0.1, 0.6), os.kill, [child, signal.SIGKILL])
            kill.start()
            _decide(client, claims, f"turn {turn}", answered, sent)
            kill.join()
            assert opener.asked("end") == -signal.SIGKILL
            assert verify(ledger) == []
            kept = {each.id: each.note for each in decisions(ledger)}
            assert {identity: kept.get(identity) for identity in answered} == answered
            assert len(kept) <= len(answered) + turn + 1  # what was under way at a kill may be there, unanswered
            assert set(kept.values()) <= sent
            assert len(answered) > before or turn < kills - 1
    assert len(answered) > kills
    accounts.close()
    ledger.close()
