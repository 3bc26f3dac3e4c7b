"""The desk is killed while people add and decide: what was answered is there when it is opened again, once, and nothing half.

Who is to be told of changes is told then of what was due. Killed three times, on SQLite;
``pytest tests/test_desk_kill.py --kills 50`` does it fifty times.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from desking import formed
from ledger_prepared import fill, prepared

from dragoman.desk.accounts.store import Accounts, accounts_of
from dragoman.desk.accounts.users import add_user
from dragoman.desk.who import Role
from dragoman.ledger.decisions import decisions
from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify

KILLS = 3
KINDS = ("note", "wrong_claim", "right_claim", "note")
NEWS = "Haftar rejected the ceasefire with Turkey on Monday. Turkey sent troops to Tripoli."
MORE = "The House of Representatives demanded on Monday that Turkey withdraw its troops from Libya."
ENTRIES = ("truces", "stances", "backings", "menaces", "breaches")
PASSWORD = "a long word of Rohan"
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


class Receiver:
    """A program that is told: what it got, and whether it answers. While it ``holds`` it has got all, and says nothing."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.holds = False
        mine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                mine.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                if mine.holds:
                    self.close_connection = self.rfile.read(1) == b""  # until who told it is gone
                    return
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Be told of no more."""
        self.server.shutdown()
        self.server.server_close()


class Opener:
    """A process whose children are desks."""

    def __init__(self, folder: Path) -> None:
        self.receiver = Receiver()
        self._child: int | None = None
        hooks = folder / "hooks.toml"
        url = f"http://127.0.0.1:{self.receiver.server.server_port}/"
        hooks.write_text(
            f'every = 1\nallow = ["127.0.0.1"]\n[[hook]]\nname = "team"\nurl = "{url}"\nsecret = "{PASSWORD}"\n',
            "utf-8",
        )
        hooks.chmod(0o600)
        script = Path(__file__).with_name("desk_server.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script), str(hooks)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def asked(self, line: str) -> int:
        """Have a desk opened ('TARGET PORT': its id), or wait for it to end ('end': its exit status)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        number = int(self._process.stdout.readline())
        self._child = None if line == "end" else number
        return number

    def close(self) -> None:
        """Let the process end, and before it the desk that a failed test left open."""
        if self._child is not None:
            os.kill(self._child, signal.SIGKILL)
            self.asked("end")
        self._process.communicate(timeout=60)
        self.receiver.close()


@pytest.fixture(scope="module")
def opener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Return what opens desks."""
    made = Opener(tmp_path_factory.mktemp("hooks"))
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


@dataclass(slots=True)
class Sent:
    """What was sent, and what was answered: by the id of a decision its words, by that of a report its text and number of claims."""

    words: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    decisions: dict[str, str] = field(default_factory=dict)
    reports: dict[str, tuple[str, int]] = field(default_factory=dict)

    def send(self, client: httpx.Client, claims: list[str], name: str) -> None:
        """Decide and add reports until the desk is gone."""
        number = 0
        with suppress(httpx.TransportError):
            while True:
                if number % 3 == 1:
                    self.add(client, f"{NEWS} The envoys wrote letter {name.replace(' ', '-')}-{number}.")
                else:
                    self._decide(client, claims[number % len(claims)], f"{name} {number}", KINDS[number % 4])
                number += 1

    def add(self, client: httpx.Client, text: str) -> None:
        """Add a report."""
        self.texts.add(text)
        answer = client.post("/api/v1/reports", json={"text": text, "published": "2030-01-07", "outlet": "Dale Post"})
        assert answer.status_code == 201, answer.text
        taken = answer.json()
        self.reports[taken["report"]] = text, taken["claims"]

    def _decide(self, client: httpx.Client, claim: str, words: str, kind: str) -> None:
        self.words.add(words)
        answer = client.post("/api/v1/decisions", json={"kind": kind, "about": [claim], "note": words})
        assert answer.status_code == 201, answer.text
        self.decisions[answer.json()["id"]] = words


def _require_kept(ledger: Ledger, sent: Sent, unanswered: int, old: set[str]) -> None:
    """Require that a ledger has all that was answered, whole, and of the rest only what was under way at a kill."""
    assert verify(ledger) == []
    decided = {each.id: each.note for each in decisions(ledger)}
    assert {identity: decided.get(identity) for identity in sent.decisions} == sent.decisions
    assert set(decided.values()) <= sent.words
    counts = Counter(each.report for each in ledger.claims())
    kept = {
        each.report.id: (each.report.text, counts[each.report.id])
        for each in ledger.reports()
        if each.report.id not in old
    }
    assert {identity: kept.get(identity) for identity in sent.reports} == sent.reports
    assert {text for text, _ in kept.values()} <= sent.texts
    # the texts are alike: one of which a part was kept would have less
    assert len({count for _, count in kept.values()}) <= 1
    assert len(decided) + len(kept) <= len(sent.decisions) + len(sent.reports) + unanswered


def test_what_was_answered_is_there_after_a_kill(tmp_path: Path, opener: Opener, pytestconfig: pytest.Config) -> None:
    target, ledger, accounts = _made(tmp_path)
    claims, old = [each.claim.id for each in ledger.claims()], {each.report.id for each in ledger.reports()}
    chance, sent, port = Random(20200113), Sent(), _free()
    kills = pytestconfig.getoption("--kills") or KILLS
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for turn in range(10 * kills):
            if turn >= kills and sent.decisions and sent.reports:
                break  # on a busy machine it may take some more until both were answered
            child = opener.asked(f"{target} {port}")
            _signed_in(client)  # the session outlives the desk
            kill = threading.Timer(chance.uniform(0.2, 0.8 + turn % 10 / 2), os.kill, [child, signal.SIGKILL])
            kill.start()
            sent.send(client, claims, f"turn {turn}")
            kill.join()
            assert opener.asked("end") == -signal.SIGKILL
            _require_kept(ledger, sent, turn + 1, old)
    assert sent.decisions
    assert min(count for _, count in sent.reports.values()) > 1
    accounts.close()
    ledger.close()


def test_what_was_due_to_be_told_is_told_after_a_kill(tmp_path: Path, opener: Opener) -> None:
    target, ledger, accounts = _made(tmp_path)
    receiver, sent, port = opener.receiver, Sent(), _free()
    receiver.got.clear()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        child = opener.asked(f"{target} {port}")
        _signed_in(client)
        _until(lambda: _hook(client)["told"] is not None)
        receiver.holds = True
        sent.add(client, NEWS)
        _until(lambda: bool(receiver.got))
        sent.add(client, MORE)  # its telling waits for the first one
        os.kill(child, signal.SIGKILL)
        assert opener.asked("end") == -signal.SIGKILL
        receiver.holds = False
        child = opener.asked(f"{target} {port}")
        _signed_in(client)
        _until(lambda: _told(receiver) >= _there(client))
        os.kill(child, signal.SIGKILL)
        assert opener.asked("end") == -signal.SIGKILL
    first, *more = receiver.got
    # it came before the kill, and nobody could keep that it had: it comes once more, the same
    assert [each for each in more if each["id"] == first["id"]] == [first]
    once = {each["id"]: each for each in receiver.got}.values()
    new = [each["id"] for told in once for each in told["changes"] if each["change"] == "new"]
    assert len(new) == len(set(new)) > len(first["changes"]) > 0
    accounts.close()
    ledger.close()


def _made(folder: Path) -> tuple[str, Ledger, Accounts]:
    target = str(folder / "test.ledger")
    ledger = Ledger(target, create=True)
    fill(ledger, prepared(4))
    accounts = accounts_of(ledger, None)
    add_user(accounts, "eowyn", Role.ADMIN, PASSWORD)
    return target, ledger, accounts


def _until(came: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not came():
        assert time.monotonic() < until, "it did not come in a minute"
        time.sleep(0.05)


def _hook(client: httpx.Client) -> dict[str, Any]:
    (hook,) = client.get("/api/v1/hooks").json()["items"]
    return dict(hook)


def _told(receiver: Receiver) -> set[str]:
    return {each["id"] for told in receiver.got for each in told["changes"]}


def _there(client: httpx.Client) -> set[str]:
    """Return the ids of the entries of the board."""
    board = client.get("/api/v1/conflicts/libya/board").json()
    return {entry["id"] for kind in ENTRIES for entry in board[kind]}
