"""What pages of the desk cost a server, in CPU time, on a ledger of 5,000 reports and 50,000 claims and on one of a tenth.

The ledgers are made of the sample corpus (benchmarks/made.py); a real server is started for each, and every kind of page is asked for
several times, of several things and days, the two side by side. Bounds: the median over the kinds of pages on the large ledger is at
most 150 ms, and at most 3 times that on the small one; the first page with all that it loads weighs at most 300 kB.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import psutil
from made import put, roundup_stream

from dragoman.board.conflicts import load_conflicts
from dragoman.desk.api.published import router as api
from dragoman.desk.app import PAGES
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger

ROOT = Path(__file__).resolve().parent.parent
CORPUS = tuple(ROOT / "samples" / "corpus" / name for name in ("libya.jsonl", "sorvia.jsonl"))
MILLISECONDS, TIMES, WEIGHT = 150.0, 3.0, 300_000
CONFLICTS = ("libya", "sorvia")
_ASSET = re.compile(r"""(?:href|src)="(/static/[^"#]+)""")
_WHOLE = (
    "/search.csv",
    "/search.jsonl",
    "/api/v1/export/{what}",
)  # they give all that there is: their cost is its size
_ALONE = ("/login", "/users", "/account", "/audit")  # of a desk with users


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of page: the route that it is of, the addresses by which it is asked for."""

    name: str
    addresses: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Server:
    """A desk that is served: its process, what asks it, and what was measured (CPU milliseconds by kind, the first time and after)."""

    name: str
    process: psutil.Process
    client: httpx.Client
    started: float = 0.0
    kinds: Sequence[Kind] = ()
    first: dict[str, float] = field(default_factory=dict)
    later: dict[str, float] = field(default_factory=dict)

    def cpu(self) -> float:
        """Return the CPU seconds that the process has taken, of all its threads."""
        try:
            return time.clock_gettime(~self.process.pid << 3 | 2)  # to the nanosecond
        except (AttributeError, OSError):
            times = self.process.cpu_times()
            return float(times.user + times.system)

    def get(self, address: str) -> httpx.Response:
        """Return what the desk answers; SystemExit where that is an error."""
        answer = self.client.get(address)
        if answer.is_error:
            raise SystemExit(f"{self.name}: {address} is answered by {answer.status_code}:\n{answer.text[:800]}")
        return answer

    def cost(self, address: str) -> float:
        """Return the CPU milliseconds that an answer takes."""
        began = self.cpu()
        self.get(address)
        return 1000 * (self.cpu() - began)


def main() -> int:
    """Print the table; exit status 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=5000, help="reports of the large ledger (default 5,000)")
    parser.add_argument("--times", type=int, default=9, help="how often each kind of page is asked for (default 9)")
    parser.add_argument("--keep", type=Path, help="folder in which the ledgers are made, or found, and left")
    parser.add_argument("--only", help="only kinds of pages that have this in their name")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        sizes = {"large": options.reports, "small": options.reports // 10}
        counts = make_ledgers(folder, sizes)
        settings = settings_in(Path(scratch))
        with serving(folder, "large", settings) as large, serving(folder, "small", settings) as small:
            servers = (large, small)
            for each in servers:
                each.kinds = kinds_of(each, options.times)
            missing = unvisited(large.kinds)
            measure(servers, options.only or "")
            return report(large, small, counts) or print_unvisited(missing)


# -- ledgers and servers


def make_ledgers(folder: Path, sizes: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Make ledgers of so many reports in a folder, those left out that are there; return how many reports and claims they have."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = {name: size for name, size in sizes.items() if not (folder / f"{name}.ledger").exists()}
    if missing:
        with tempfile.TemporaryDirectory() as scratch:
            stream = list(itertools.islice(roundup_stream(CORPUS, Path(scratch)), max(missing.values())))
        for name, size in missing.items():
            ledger = Ledger(str(folder / f"{name}.ledger"), create=True)
            for each in stream[:size]:
                put(ledger, each)
            settle(ledger)
            ledger.close()
    return {name: _counted(folder / f"{name}.ledger") for name in sizes}


def _counted(path: Path) -> tuple[int, int]:
    ledger = Ledger(str(path))
    with ledger.reading() as connection:
        reports, claims = (
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in ("reports", "claims")
        )
    ledger.close()
    return reports, claims


def settings_in(folder: Path) -> Path:
    """Write the settings that the servers have: the sample conflicts, and Libya's with no end."""
    conflicts = folder / "conflicts"
    shutil.copytree(ROOT / "samples" / "conflicts", conflicts)
    shipped = (ROOT / "src" / "dragoman" / "board" / "conflicts" / "libya.toml").read_text(encoding="utf-8")
    (conflicts / "libya.toml").write_text(re.sub(r"(?m)^to\s*=.*\n", "", shipped), encoding="utf-8")
    path = folder / "dragoman.toml"
    path.write_text(f"conflicts = '{conflicts}'\nboards = ''\n", encoding="utf-8")
    return path


@contextmanager
def serving(folder: Path, name: str, settings: Path) -> Iterator[Server]:
    """Serve the desk of a copy of a ledger from another process until it is no longer wanted."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, f"{name}.ledger")
        shutil.copy(folder / f"{name}.ledger", path)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "dragoman", "desk", "--ledger", str(path), "--port", str(port)]
        process = subprocess.Popen(
            [*command, "--settings", str(settings)], env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        )
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120)
        try:
            yield _started(Server(name=name, process=psutil.Process(process.pid), client=client))
        finally:
            client.close()
            process.terminate()
            process.wait(timeout=30)


def _started(server: Server) -> Server:
    """Wait until a server answers and has made what it makes at its start."""
    while True:
        try:
            server.client.get("/static/desk.css")
            break
        except httpx.TransportError:
            if not server.process.is_running() or server.process.status() == psutil.STATUS_ZOMBIE:
                raise SystemExit(f"{server.name}: the desk could not be served") from None
            time.sleep(0.1)
    server.get("/")
    while True:  # until it is at rest
        before = server.cpu()
        time.sleep(0.5)
        if server.cpu() - before < 0.02:
            break
    server.started = server.cpu()
    return server


# -- what is asked for


def kinds_of(server: Server, times: int) -> tuple[Kind, ...]:
    """Return the kinds of pages with their addresses: of things that stand far apart in the ledger."""

    def items(address: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = server.get(f"/api/v1/{address}").json()["items"]
        return found

    newest = date.fromisoformat(items("reports?limit=1")[0]["published"])
    days = [newest - timedelta(days=37 * n) for n in range(1, times + 1)]
    old = days[-1].isoformat()
    reports = [
        each["id"] for each in [*items(f"reports?limit={times // 2}"), *items(f"reports?limit={times}&as_of={old}")]
    ]
    claims = [
        each["id"] for each in [*items(f"claims?limit={times // 2}"), *items(f"claims?limit={times}&as_of={old}")]
    ]
    events = [
        each["id"] for each in [*items(f"events?limit={times // 2}"), *items(f"events?limit={times}&as_of={old}")]
    ]
    people = {each: _most(items(f"entities?limit=100&conflict={each}")) for each in CONFLICTS}
    boards = {each: server.get(f"/api/v1/conflicts/{each}/board").json() for each in CONFLICTS}
    entries = [(each, entry["id"]) for each, board in boards.items() for entry in _entries(board)]
    frames = [
        each
        for each in dict.fromkeys(re.findall(r'href="/rules/([\w-]+)"', server.get("/rules").text))
        if each != "try"
    ]
    return tuple(_kinds(_Things(times, days, reports, claims, events, people, _spread(entries, times), frames)))


def _most(seen: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the ids of those who are mentioned most, the first of them first."""
    return [each["id"] for each in sorted(seen, key=lambda each: -each["mentions"])]


def _entries(board: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    lists = (value for value in board.values() if isinstance(value, list) and value and isinstance(value[0], dict))
    return [entry for listed in lists for entry in listed if "id" in entry and "cited" in entry]


def _spread(listed: Sequence[Any], count: int) -> list[Any]:
    """Return so many things that stand far apart in a list."""
    return [listed[at * len(listed) // count] for at in range(count)] if listed else []


@dataclass(frozen=True, slots=True)
class _Things:
    times: int
    days: list[date]
    reports: list[str]
    claims: list[str]
    events: list[str]
    people: dict[str, list[str]]
    entries: list[tuple[str, str]]
    frames: list[str]


def _kinds(of: _Things) -> Iterator[Kind]:
    def kind(name: str, make: Callable[[int], str]) -> Kind:
        return Kind(name=name, addresses=tuple(make(n) for n in range(of.times)))

    def one(listed: Sequence[str], n: int) -> str:
        return quote(listed[n % len(listed)], safe="")

    def conflict(n: int) -> str:
        return CONFLICTS[n % len(CONFLICTS)]

    def day(n: int) -> str:
        return of.days[n % len(of.days)].isoformat()

    yield kind("/", lambda n: "/")
    yield kind("/ of a day", lambda n: f"/?as_of={day(n)}")
    for part in ("", "/timeline", "/map", "/backers", "/actors", "/contradictions", "/changes"):
        yield kind(f"/conflicts/{{conflict}}{part}", lambda n, part=part: f"/conflicts/{conflict(n)}{part}")  # type: ignore[misc]
        yield kind(
            f"/conflicts/{{conflict}}{part} of a day",
            lambda n, part=part: f"/conflicts/{conflict(n)}{part}?as_of={day(n)}",  # type: ignore[misc]
        )
    yield kind(
        "/conflicts/{conflict}/entries/{entry}",
        lambda n: "/conflicts/{}/entries/{}".format(*of.entries[n % len(of.entries)]),
    )
    yield kind("/actors", lambda n: f"/actors?page={n + 1}")
    yield kind("/actors/{identity}", lambda n: f"/actors/{one(of.people[conflict(n)], n)}")
    yield kind(
        "/actors/{identity} in a conflict", lambda n: f"/actors/{one(of.people[conflict(n)], n)}?conflict={conflict(n)}"
    )
    yield kind("/contradictions", lambda n: "/contradictions")
    yield kind("/reports", lambda n: f"/reports?conflict={conflict(n)}" if n % 2 else "/reports")
    yield kind("/reports/{identity}", lambda n: f"/reports/{one(of.reports, n)}")
    yield kind("/reports/{identity}/diff", lambda n: f"/reports/{one(of.reports, n)}/diff")
    yield kind("/reports/{identity}/explain/{number}", lambda n: f"/reports/{one(of.reports, n)}/explain/{n % 3 + 1}")
    yield kind("/reports/{identity}/claim", lambda n: f"/reports/{one(of.reports, n)}/claim?sentence={n % 3 + 1}")
    yield kind("/claims/{identity}", lambda n: f"/claims/{one(of.claims, n)}")
    yield kind("/claims/{identity} of a day", lambda n: f"/claims/{one(of.claims, -1 - n % 3)}?as_of={day(n)}")
    yield kind("/claims/{identity}/explain", lambda n: f"/claims/{one(of.claims, n)}/explain")
    yield kind("/events/{identity}", lambda n: f"/events/{one(of.events, n)}")
    yield kind("/events/{identity}/why", lambda n: f"/events/{one(of.events, n)}/why")
    yield kind("/review", lambda n: f"/review?conflict={conflict(n)}" if n % 2 else "/review")
    words = ("truce", "Haftar", "ceasefire talks", "shelled", "delegation", "-oil drone")
    for what in ("reports", "claims", "events"):
        yield kind(f"/search for {what}", lambda n, what=what: f"/search?kind={what}&q={quote(words[n % len(words)])}")  # type: ignore[misc]
    yield kind(
        "/search by day and party",
        lambda n: f"/search?kind=claims&conflict={conflict(n)}&from={day(n)}&to={day(max(0, n - 2))}",
    )
    for name in ("/sources", "/rules", "/add", "/api", "/decisions", "/login", "/users", "/account", "/audit"):
        yield kind(name, lambda n, name=name: str(name))  # type: ignore[misc]
    yield kind("/rules/{frame}", lambda n: f"/rules/{one(of.frames, n)}")
    yield kind(
        "/rules/try", lambda n: f"/rules/try?sentence={quote(f'Haftar left the talks on day {n} without signing.')}"
    )
    for ending in ("atom", "json", "ics"):
        yield kind(f"/feeds/{{conflict}}.{ending}", lambda n, ending=ending: f"/feeds/{conflict(n)}.{ending}")  # type: ignore[misc]
    yield from _api_kinds(of, kind, one)


def _api_kinds(
    of: _Things, kind: Callable[[str, Callable[[int], str]], Kind], one: Callable[[Sequence[str], int], str]
) -> Iterator[Kind]:
    for name in ("reports", "claims", "events", "entities", "conflicts", "decisions"):
        yield kind(f"/api/v1/{name}", lambda n, name=name: f"/api/v1/{name}?limit={20 + n}")  # type: ignore[misc]
    yield kind("/api/v1/reports/{report:path}", lambda n: f"/api/v1/reports/{one(of.reports, n)}")
    yield kind("/api/v1/claims/{claim}", lambda n: f"/api/v1/claims/{one(of.claims, n)}")
    yield kind("/api/v1/events/{event}", lambda n: f"/api/v1/events/{one(of.events, n)}")
    yield kind("/api/v1/entities/{entity:path}", lambda n: f"/api/v1/entities/{one(of.people[CONFLICTS[n % 2]], n)}")
    yield kind("/api/v1/search", lambda n: f"/api/v1/search?q=truce&limit={20 + n}")
    yield kind("/api/v1/conflicts/{conflict}", lambda n: f"/api/v1/conflicts/{CONFLICTS[n % 2]}")
    yield kind("/api/v1/conflicts/{conflict}/board", lambda n: f"/api/v1/conflicts/{CONFLICTS[n % 2]}/board")
    yield kind("/api/v1/why/{identity:path}", lambda n: f"/api/v1/why/{one(of.claims, n)}")
    yield kind("/api/v1/openapi.json", lambda n: "/api/v1/openapi.json")


def unvisited(kinds: Sequence[Kind]) -> list[str]:
    """Return the routes of the app that are not among the kinds: a page that is new is to be put to them."""
    listed = [
        str(getattr(route, "path", ""))
        for router in (*PAGES, api)
        for route in router.routes
        if "GET" in (getattr(route, "methods", None) or ())
    ]
    visited = {each.name.split(" ")[0] for each in kinds}
    left = (*_WHOLE, "/api/v1/decisions/{decision}")
    return [path for path in listed if path not in visited and path not in left]


# -- what is measured


def measure(servers: Sequence[Server], only: str) -> None:
    """Ask each server for each kind of page, side by side: once, then of the other things."""
    for kind in (each.name for each in servers[0].kinds if only in each.name):
        for server in servers:
            first, *others = next(each.addresses for each in server.kinds if each.name == kind)
            server.first[kind] = server.cost(first)
            server.later[kind] = statistics.fmean(server.cost(address) for address in others)


def report(large: Server, small: Server, counts: Mapping[str, tuple[int, int]]) -> int:
    """Print what was measured; 1 where a bound is not kept."""
    for name, (reports, claims) in counts.items():
        print(f"{name} ledger: {reports:,} reports, {claims:,} claims")
    print(f"{'CPU ms':<44}{'large':>8}{'small':>8}{'ratio':>7}{'first':>9}{'first':>8}")
    for kind, cost in large.later.items():
        ratio = cost / max(small.later[kind], 0.1)
        print(
            f"{kind:<44}{cost:>8.1f}{small.later[kind]:>8.1f}{ratio:>7.1f}{large.first[kind]:>9.1f}{small.first[kind]:>8.1f}"
        )
    medians = [statistics.median(_all(each)) for each in (large, small)]
    worst = max(large.later, key=lambda kind: large.later[kind])
    weight = weight_of(large, "/")
    memory = [each.process.memory_info().rss >> 20 for each in (large, small)]
    print(f"worst page: {worst}, {large.later[worst]:.0f} ms")
    print(f"start: {large.started:.1f} s CPU, {small.started:.1f} s; memory {memory[0]} MiB, {memory[1]} MiB")
    checks = (
        ("median ms over the kinds of pages", medians[0], MILLISECONDS),
        (f"median as a multiple of the small ledger's ({medians[1]:.1f} ms)", medians[0] / medians[1], TIMES),
        ("bytes of the first page with all that it loads", weight, WEIGHT),
    )
    for name, value, bound in checks:
        print(f"{'kept' if value <= bound else 'NOT KEPT':<9}{name} {value:,.1f} (bound {bound:,.0f})")
    return 0 if all(value <= bound for _, value, bound in checks) else 1


def _all(server: Server) -> list[float]:
    """Return what each kind of page costs in the mean, the first time among the others."""
    return [
        (server.first[each.name] + server.later[each.name] * (len(each.addresses) - 1)) / len(each.addresses)
        for each in server.kinds
        if each.name in server.later
    ]


def weight_of(server: Server, address: str) -> int:
    """Return how many bytes go over the wire for a page with the scripts, styles and pictures that it names."""
    first = server.get(address)
    assets = dict.fromkeys(_ASSET.findall(first.text))
    return sum(_bytes(server, each) for each in (address, *assets))


def _bytes(server: Server, address: str) -> int:
    with server.client.stream("GET", address) as answer:
        return sum(len(part) for part in answer.iter_raw())


def print_unvisited(missing: Sequence[str]) -> int:
    """Say which pages were not asked for; 1 where there are such."""
    for path in missing:
        print(f"NOT KEPT {path} is asked for by no address of this benchmark")
    return int(bool(missing))


if __name__ == "__main__":
    assert load_conflicts()  # what is wrong with them is told before ledgers are made
    raise SystemExit(main())
