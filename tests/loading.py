"""A desk under load: readers and writers ask one at once over loopback; what was acknowledged must be in the ledger, once."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import httpx

from dragoman.board.conflicts import load_conflicts
from dragoman.board.fold import board_of
from dragoman.board.viewed import reports_of
from dragoman.export.contract import line_of
from dragoman.export.ledger_json import board_form
from dragoman.ledger.decisions import decisions
from dragoman.ledger.store import Ledger, View
from dragoman.settings import Settings
from dragoman.views.naming import named_board

CONFLICTS = ("libya", "sorvia")
_API = "/api/v1"
_NEWS = (
    "{day} - Haftar's forces shelled the port of Tripoli on {word}, the Government of National Accord said.\n\n"
    "{word} is the name of ship number {number}. Russia called for a truce."
)


@dataclass
class Load:
    """What was asked of a desk, and what it answered: seconds by what was asked for, what was refused, what it acknowledged."""

    where: str
    things: dict[str, list[Any]] = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, client: httpx.Client, what: str, method: str, address: str, given: Any = None) -> Any:
        """Ask the desk for something; note how long it took, and what was wrong."""
        began = time.perf_counter()
        answer = client.request(method, address, json=given)
        with self.lock:
            self.took.setdefault(what, []).append(time.perf_counter() - began)
            if answer.is_error:
                self.faults.append(f"{method} {address} {given or ''}: {answer.status_code} {answer.text[:300]}")
        return answer.json() if address.startswith(_API) and not answer.is_error else None

    def figures(self) -> str:
        """Return a line for what was asked for: how often in a second, and how long half and nineteen of twenty took at most."""
        lines = []
        for what, took in sorted(self.took.items()):
            ordered = sorted(took)
            half, most = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
            lines.append(
                f"{what:<10}{len(took) / self.seconds:7.1f} a second, p50 {1000 * half:6.0f} ms, p95 {1000 * most:6.0f} ms"
            )
        return "\n".join(lines)


def loaded(target: str, settings: Path, seconds: float, *, readers: int = 20, writers: int = 2) -> Load:
    """Return what came of so many readers and writers who ask the desk of a ledger at once for so long."""
    with desk_of(target, settings) as where:
        load = Load(where=where, things=_things(where))
        until = time.monotonic() + seconds
        tasks = [(_read, n) for n in range(readers)] + [(_write, n) for n in range(writers)]
        threads = [threading.Thread(target=_guarded, args=(task, load, seed, until)) for task, seed in tasks]
        began = time.perf_counter()
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        load.seconds = time.perf_counter() - began
        with httpx.Client(base_url=where, timeout=60) as client:
            load.things["boards"] = [client.get(f"{_API}/conflicts/{each}/board").content for each in CONFLICTS]
    return load


def wrong_in(load: Load, target: str, settings: Settings) -> list[str]:
    """Return what is wrong after a load: errors, decisions that were lost or kept twice, boards that are not those made anew."""
    found = list(load.faults)
    ledger = Ledger(target)
    kept = {each.id: each for each in decisions(ledger)}
    if sorted(load.made) != sorted(kept):
        found.append(f"acknowledged {len(load.made)} decisions, kept {len(kept)}: {set(load.made) ^ set(kept)}")
    gone = sorted(identity for identity, each in kept.items() if each.withdrawn_at is not None)
    if gone != sorted(load.withdrawn):
        found.append(f"acknowledged {len(load.withdrawn)} withdrawals, kept {len(gone)}")
    there = {each.report.id for each in ledger.reports()}
    found += [f"report {each} was lost" for each in load.added if each not in there]
    for identity, given in zip(CONFLICTS, load.things["boards"], strict=True):
        if given != _anew(ledger, identity, settings):
            found.append(f"the board of {identity} is not the one made anew")
    ledger.close()
    return found


def _anew(ledger: Ledger, identity: str, settings: Settings) -> bytes:
    conflict = load_conflicts(settings.conflicts)[identity]
    told = reports_of(ledger, conflict, View())
    texts = {each.kept.report.id: each.kept.report.text for each in told}
    board = named_board(board_of(told, conflict, View(), settings), conflict, settings, decisions(ledger))
    return line_of(board_form(board, lambda cited: texts[cited.report][cited.start : cited.end]))


@contextmanager
def desk_of(target: str, settings: Path) -> Iterator[str]:
    """Serve the desk of a ledger from a process of its own; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "dragoman",
        "desk",
        "--ledger",
        target,
        "--port",
        str(port),
        "--settings",
        str(settings),
    ]
    process = subprocess.Popen(command, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    where = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx.get(where, timeout=60)
                break
            except httpx.TransportError:
                assert process.poll() is None, "the desk could not be served"
                time.sleep(0.1)
        yield where
    finally:
        process.terminate()
        process.wait(timeout=60)


# -- what is asked


def _guarded(task: Callable[[Load, httpx.Client, Random, int], None], load: Load, seed: int, until: float) -> None:
    chance, turn = Random(f"{task.__name__} {seed}"), 0
    try:
        with httpx.Client(base_url=load.where, timeout=60) as client:
            while time.monotonic() < until:
                task(load, client, chance, 1000 * seed + turn)
                turn += 1
    except Exception as fault:  # noqa: BLE001  told with all that is wrong
        load.faults.append(f"{task.__name__}: {type(fault).__name__}: {fault}")


def _things(where: str) -> dict[str, list[Any]]:
    with httpx.Client(base_url=where, timeout=60) as client:

        def items(name: str) -> list[Any]:
            found: list[Any] = client.get(f"{_API}/{name}?limit=100").json()["items"]
            return found

        claims, reports = items("claims"), items("reports")
        return {
            "claims": claims, "reports": [each["id"] for each in reports],
            "entities": [each["id"] for each in items("entities")],
            "outlets": sorted({each["outlet"] for each in reports if each["outlet"]}),
            "events": [each["id"] for each in items("events")],
            "days": sorted({each["published"] for each in reports if each["published"]}),
        }  # fmt: skip


def _read(load: Load, client: httpx.Client, chance: Random, _: int) -> None:
    """Look at a page."""
    things, conflict = load.things, chance.choice(CONFLICTS)
    claim, report = chance.choice(things["claims"])["id"], chance.choice(things["reports"])
    day, event = chance.choice(things["days"]), chance.choice(things["events"])
    pages = (
        "/", f"/conflicts/{conflict}", f"/conflicts/{conflict}?as_of={day}", f"/conflicts/{conflict}/timeline", "/reports",
        f"/conflicts/{conflict}/backers", f"/conflicts/{conflict}/map", f"/conflicts/{conflict}/contradictions",
        f"/reports/{report}", f"/claims/{claim}", f"/events/{event}", "/search?q=truce", "/review", "/decisions", "/sources",
        f"/feeds/{conflict}.atom", f"/api/v1/conflicts/{conflict}/board", f"/api/v1/claims?as_of={day}", f"/actors?as_of={day}",
    )  # fmt: skip
    load.ask(client, "read", "GET", chance.choice(pages))


def _write(load: Load, client: httpx.Client, chance: Random, turn: int) -> None:
    """Decide something, withdraw a decision, or add a report."""
    roll = (
        chance.random() if turn % 1000 > 2 else 1.0
    )  # decisions come first: the first report that is added loads the reader
    with load.lock:
        open_ones = [each for each in load.made if each not in load.withdrawn]
    if roll < 0.15 and open_ones:
        _withdraw(load, client, chance, open_ones)
    elif roll < 0.25:
        _add(load, client, chance, turn)
    else:
        wish = _wish(load.things, chance, turn)
        done = load.ask(
            client, "decide", "POST", f"{_API}/decisions", {**wish, "note": wish.get("note", f"turn {turn}")}
        )
        with load.lock:
            load.made += [done["id"]] if done else []
            load.kinds[wish["kind"]] += 1


def _withdraw(load: Load, client: httpx.Client, chance: Random, open_ones: Sequence[str]) -> None:
    chosen = chance.choice(open_ones)
    with load.lock:  # no two take the same one
        if chosen in load.withdrawn:
            return
        load.withdrawn.append(chosen)
    load.ask(client, "withdraw", "POST", f"{_API}/decisions/{chosen}/withdraw", {})


def _add(load: Load, client: httpx.Client, chance: Random, turn: int) -> None:
    day = chance.choice(load.things["days"])
    word = "".join(chance.choice("bdgklmnprst") + chance.choice("aeiou") for _ in range(3)).title()
    given = {"text": _NEWS.format(day=day, word=word, number=turn), "published": day, "outlet": "Load Times"}
    done = load.ask(client, "add", "POST", f"{_API}/reports", given)
    with load.lock:
        load.added += [done["report"]] if done else []


def _wish(things: dict[str, list[Any]], chance: Random, turn: int) -> dict[str, Any]:
    """Return a decision of some kind."""
    one, other = chance.sample(things["claims"], 2)
    same = next(
        (each for each in things["claims"] if each["id"] != one["id"] and each["event_id"] == one["event_id"]), None
    )
    claim, report, conflict = one["id"], chance.choice(things["reports"]), chance.choice(CONFLICTS)
    value = {"event": "AID", "actor": ["turkey"], "recipient": ["libya-gna"], "marks": ["alignment.arms"]}
    wishes: list[dict[str, Any]] = [
        {"kind": "wrong_claim", "about": [claim]},
        {"kind": "right_claim", "about": [claim]},
        {"kind": "corrected_field", "about": [claim], "field": "hedged", "value": True},
        {"kind": "corrected_field", "about": [claim], "field": "content", "value": f"what was told {turn}"},
        {"kind": "same_entity", "about": chance.sample(things["entities"], 2)},
        {"kind": "other_entity", "about": chance.sample(things["entities"], 2)},
        {
            "kind": "added_claim",
            "about": [],
            "value": value,
            "source": {"name": "Memoirs", "quote": f"A ship came, number {turn}."},
        },
        {"kind": "not_filed", "about": [report, conflict]},
        {"kind": "filed", "about": [report, conflict]},
        {"kind": "note", "about": [claim], "note": f"see map {turn}"},
        {"kind": "graded_source", "about": [chance.choice(things["outlets"])], "value": chance.choice("ABCDEF")},
        {"kind": "same_event", "about": [claim, other["id"]]},
    ]
    if same is not None:
        wishes.append({"kind": "other_event", "about": [claim, same["id"]]})
    return chance.choice(wishes)
