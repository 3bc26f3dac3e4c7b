"""Programs that are told of changes: signed, tried again, each change once, and only hosts that are allowed."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from desking import SETTINGS, serving

from dragoman.desk.kept import Desk
from dragoman.desk.told.hooked import load_hooks
from dragoman.desk.told.hooks import DELIVERY, SIGNATURE, WAITS, Messenger, messenger_of
from dragoman.errors import SettingsError
from dragoman.ledger.adding import add
from dragoman.ledger.decisions import decide, withdraw
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader
from dragoman.settings import Settings

SECRET = "a secret that is long enough"
NEWS = "Haftar rejected the ceasefire with Turkey on Monday. Turkey sent troops to Tripoli."


class Receiver:
    """A program that is told: what it got, and the statuses that it answers one after another (200 when there are no more)."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        mine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mine.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(mine.answers.pop(0) if mine.answers else 200)
                self.send_header("Content-Length", "0")
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/told?key=hidden"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a program that is told."""
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def ledger(desk_ledger: Path) -> Iterator[Ledger]:
    """Return a ledger of the sample corpus."""
    made = Ledger(str(desk_ledger))
    yield made
    made.close()


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def hooks_file(folder: Path, url: str, more: str = "", allow: str = '["127.0.0.1"]') -> Path:
    path = folder / "hooks.toml"
    path.write_text(
        f'every = 1\nallow = {allow}\n[[hook]]\nname = "team"\nurl = "{url}"\nsecret = "{SECRET}"\n{more}', "utf-8"
    )
    return path


def messenger(ledger: Ledger, path: Path, clock: Clock | None = None) -> Messenger:
    """Return what tells, as a desk that was just opened makes it."""
    settings = Settings(conflicts=SETTINGS.conflicts, hooks=str(path))
    made = messenger_of(Desk(ledger, settings))
    assert made is not None
    made.clock = clock or Clock()
    return made


def told(ledger: Ledger, reader: Reader, text: str = NEWS, day: date = date(2030, 1, 7)) -> None:
    report = from_text(text, IntakeOptions(published=day, outlet="Northern Wire"))
    assert [done.outcome for done in add(ledger, reader, [report])] == ["added"]


def test_what_changed_is_told_once_and_signed(
    ledger: Ledger, reader: Reader, receiver: Receiver, tmp_path: Path
) -> None:
    path = hooks_file(tmp_path, receiver.url)
    first = messenger(ledger, path)
    first.turn()
    assert receiver.got == []
    told(ledger, reader)
    first.turn()
    first.turn()
    messenger(ledger, path).turn()
    (headers, body), *more = receiver.got
    assert more == []
    parts = dict(part.split("=") for part in headers[SIGNATURE.lower()].split(","))
    expected = hmac.new(SECRET.encode(), f"{parts['t']}.".encode() + body, hashlib.sha256).hexdigest()
    assert (parts["v1"], parts["t"]) == (expected, "1800000000")
    sent = json.loads(body)
    assert (sent["conflict"], sent["id"]) == ("libya", headers[DELIVERY.lower()])
    changes = Desk(ledger, SETTINGS)
    entries = changes.shown("libya").board
    ids = {
        each.id for kind in ("truces", "stances", "backings", "menaces", "breaches") for each in getattr(entries, kind)
    }
    assert {each["change"] for each in sent["changes"]} <= {"new", "changed", "gone"}
    assert ids & {each["id"] for each in sent["changes"]}


def test_what_came_while_the_desk_was_closed_is_told(
    ledger: Ledger, reader: Reader, receiver: Receiver, tmp_path: Path
) -> None:
    path = hooks_file(tmp_path, receiver.url)
    messenger(ledger, path).turn()
    told(ledger, reader)
    again = messenger(ledger, path)
    again.turn()
    assert len(receiver.got) == 1
    open_all_along = {(each["change"], each["id"]) for each in json.loads(receiver.got[0][1])["changes"]}
    claim = next(iter(again.desk.picture("libya").told[-1].claims)).claim.id
    decision = decide(ledger, Asked(kind=DecisionKind.WRONG_CLAIM, about=(claim,), user="anna"))
    messenger(ledger, path).turn()
    withdraw(ledger, decision.id, "anna")
    messenger(ledger, path).turn()
    assert [json.loads(body)["conflict"] for _, body in receiver.got] == ["libya"] * 3
    assert open_all_along


def test_one_who_does_not_answer_is_asked_again(
    ledger: Ledger, reader: Reader, receiver: Receiver, tmp_path: Path
) -> None:
    clock, path = Clock(), hooks_file(tmp_path, receiver.url)
    receiver.answers = [500, 302]
    first = messenger(ledger, path, clock)
    first.turn()
    told(ledger, reader)
    first.turn()
    first.turn()
    assert len(receiver.got) == 1
    clock.now += WAITS[0]
    first.turn()
    assert [each["found"] for each in first.states()[0]["failed"]] == ["the host answered 302"]
    clock.now += WAITS[1]
    again = messenger(ledger, path, clock)
    again.turn()
    assert len({body for _, body in receiver.got}) == 1
    assert (len(receiver.got), again.states()[0]["sent"], again.states()[0]["waiting"]) == (3, 1, 0)
    assert len({headers[SIGNATURE.lower()] for headers, _ in receiver.got}) == 3


def test_it_is_given_up_at_last_and_listed(ledger: Ledger, reader: Reader, receiver: Receiver, tmp_path: Path) -> None:
    clock, path = Clock(), hooks_file(tmp_path, receiver.url)
    receiver.answers = [503] * (len(WAITS) + 1)
    mine = messenger(ledger, path, clock)
    mine.turn()
    told(ledger, reader)
    for _ in range(len(WAITS) + 3):
        mine.turn()
        clock.now += max(WAITS)
    (state,) = messenger(ledger, path, clock).states()
    assert (len(receiver.got), state["waiting"]) == (len(WAITS) + 1, 0)
    assert [(each["tries"], each["given_up"]) for each in state["failed"]] == [(len(WAITS) + 1, True)]


def test_only_what_is_chosen_is_told(ledger: Ledger, reader: Reader, receiver: Receiver, tmp_path: Path) -> None:
    mine = messenger(
        ledger, hooks_file(tmp_path, receiver.url, 'entries = ["backing"]\nchanges = ["new", "changed"]\n')
    )
    mine.turn()
    told(ledger, reader)
    mine.turn()
    kinds = {each["kind"] for _, body in receiver.got for each in json.loads(body)["changes"]}
    assert kinds <= {"backing"}
    other = messenger(ledger, hooks_file(tmp_path, receiver.url, 'conflicts = ["sorvia"]\n'))
    number = len(receiver.got)
    told(ledger, reader, "Turkey rejected talks with Haftar in Libya on Tuesday.", date(2030, 1, 8))
    other.turn()
    assert len(receiver.got) == number


def test_a_host_that_is_not_public_is_not_asked(
    ledger: Ledger, reader: Reader, receiver: Receiver, tmp_path: Path
) -> None:
    mine = messenger(ledger, hooks_file(tmp_path, receiver.url, allow="[]"))
    mine.turn()
    told(ledger, reader)
    mine.turn()
    assert receiver.got == []
    assert "is no public address" in mine.states()[0]["failed"][0]["found"]


def test_a_desk_that_is_served_tells(ledger: Ledger, reader: Reader, receiver: Receiver, tmp_path: Path) -> None:
    path = hooks_file(tmp_path, receiver.url)
    desk = Desk(ledger, Settings(conflicts=SETTINGS.conflicts, hooks=str(path)))
    with serving(desk) as where, httpx.Client(base_url=where, timeout=60) as client:
        _until(lambda: client.get("/api/v1/hooks").json()["items"][0]["told"])
        told(ledger, reader)
        _until(lambda: receiver.got)
        (state,) = _until(lambda: [each for each in client.get("/api/v1/hooks").json()["items"] if each["sent"]])
    assert (state["sent"], state["failed"], "hidden" in str(state), SECRET in str(state)) == (1, [], False, False)


def _until(there: Any) -> Any:
    end = time.monotonic() + 60
    while not (found := there()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "there is no hook"),
        ('[[hook]]\nname = "a"\nurl = "ftp://a"\nsecret = "0123456789abcdef"', "no address"),
        ('[[hook]]\nname = "a"\nurl = "https://a.example"\nsecret = "short"', "too short"),
        ('[[hook]]\nname = "a"\nurl = "https://a.example"\nsecret = "0123456789abcdef"\nwhen = 1', "unknown key"),
        (
            '[[hook]]\nname = "a"\nurl = "https://a.example"\nsecret = "0123456789abcdef"\nchanges = ["x"]',
            "changes has",
        ),
        ('every = 0\n[[hook]]\nname = "a"\nurl = "https://a.example"\nsecret = "0123456789abcdef"', "every = 0"),
        ("x", "="),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, found: str) -> None:
    path = tmp_path / "hooks.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as fault:
        load_hooks(path)
    assert found in str(fault.value)
    assert "0123456789abcdef" not in str(fault.value)
