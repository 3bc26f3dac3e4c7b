"""A ledger of N reports against its text, against reading them, and against bare sqlite3: size, cost of adding, time to read.

The reports of gate/reports are read once, for real; the ledger is filled with them and with copies of them under other ids,
so that N reports cost no N readings. Bounds: the ledger takes at most 4 times its text; adding costs at most 0.15 of reading.
"""

from __future__ import annotations

import argparse
import gc
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import msgspec

from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger, Made
from dragoman.model import Claim, Entity, Report, content_id
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import IntakeOptions, read_path
from dragoman.reading.parse import Sentence
from dragoman.reading.reader import Reading, default_reader

ROOT = Path(__file__).resolve().parent.parent
TIMES_TEXT, TIMES_READING = 4.0, 1.15
_FIRST = date(2020, 1, 1)
_MADE = Made(rulebook="sha256:" + "0" * 64, model="bench")
_HASH = re.compile(rb'"[0-9a-f]{16}"')


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a reading, as JSON takes it."""

    report: Report
    sentences: int
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    record: ProcessRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured: bytes and seconds."""

    reports: int
    claims: int
    text: int
    size: int
    reading: float
    adding: float
    settling: float
    told: float
    bare: float


def main() -> int:
    """Print the table; exit status 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, default=ROOT / "gate" / "reports")
    parser.add_argument("-n", type=int, default=2000, help="reports in the ledger (default 2,000)")
    parser.add_argument("--parts", action="store_true", help="print what each table and index takes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return _table(measured(options.reports, options.n, Path(folder, "bench.ledger"), parts=options.parts))


def measured(folder: Path, count: int, path: Path, *, parts: bool = False) -> Figures:
    """Return the figures of a ledger of ``count`` reports made of those in a folder."""
    kept, reading = _read(folder)
    ledger = Ledger(str(path), create=True)
    adding, text, claims = 0.0, 0, 0
    for each in _copies(kept, count):
        told = _reading(each)
        began = time.process_time()
        ledger.add(told, each.record, _MADE)
        adding += time.process_time() - began
        text += len(each.report.text.encode())
        claims += len(each.claims)
    began = time.process_time()
    settle(ledger)
    settling = time.process_time() - began
    ledger.close()
    size = sum(each.stat().st_size for each in path.parent.iterdir())
    if parts:
        _print_parts(path, text)
    ledger = Ledger(str(path))
    told_time = _best(lambda: sum(len(each.claims) for each in ledger.told()))
    ledger.close()
    return Figures(
        reports=count, claims=claims, text=text, size=size, reading=reading * count / len(kept), adding=adding,
        settling=settling, told=told_time, bare=_best(lambda: _bare(path)),
    )  # fmt: skip


def _read(folder: Path) -> tuple[list[Kept], float]:
    """Return what is kept of the readings of a folder's reports, and how many CPU seconds their reading took."""
    reader = default_reader()
    found = []
    spent = 0.0
    for place, report in enumerate(read_path(folder, IntakeOptions(published=_FIRST))):
        if not isinstance(report, Report):
            raise report
        began = time.process_time()
        reading = reader.read(report)
        record = record_of(reading, reader.rulebook.process)
        if place:  # the first one loads what is loaded on first use
            spent += time.process_time() - began
        claims = tuple(replace(claim, words={}, times=(), others={}) for claim in reading.claims)
        found.append(Kept(report, len(reading.sentences), reading.entities, claims, record))
    return found, spent * len(found) / max(1, len(found) - 1)


def _copies(kept: Sequence[Kept], count: int) -> Iterator[Kept]:
    """Yield so many reports: those that were read, then copies of them with other ids and days."""
    encoded = [msgspec.json.encode(each) for each in kept]
    for number in range(count):
        turn, place = divmod(number, len(kept))
        new = _HASH.sub(lambda found, turn=turn: b'"%s"' % content_id(found[0], turn).encode(), encoded[place])  # type: ignore[misc]
        copied = msgspec.json.decode(new if turn else encoded[place], type=Kept)
        day = _FIRST + timedelta(days=number // 20)
        yield msgspec.structs.replace(copied, report=replace(copied.report, published=day))


def _reading(kept: Kept) -> Reading:
    sentence = Sentence(
        number=1, start=0, end=0, text="", words=(), lemmas=(), tags=(), deps=(), heads=(), starts=(), ends=(), children=()
    )  # fmt: skip
    return Reading(
        report=kept.report, sentences=(sentence,) * kept.sentences, entities=kept.entities, claims=kept.claims, unread=()
    )  # fmt: skip


def _best(task: Callable[[], object]) -> float:
    """Return the median of five CPU times."""
    times = []
    for _ in range(5):
        gc.collect()
        began = time.process_time()
        task()
        times.append(time.process_time() - began)
    return statistics.median(times)


def _bare(path: Path) -> None:
    """Read what ``told`` reads: every column of every report and every claim."""
    connection = sqlite3.connect(path)
    connection.execute("SELECT * FROM reports ORDER BY published, id").fetchall()
    connection.execute("SELECT * FROM claims").fetchall()
    connection.close()


def _print_parts(path: Path, text: int) -> None:
    connection = sqlite3.connect(path)
    query = "SELECT name, sum(pgsize), sum(payload) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 8"
    try:
        for name, size, payload in connection.execute(query):
            print(f"  {name:32}{size / text:6.2f} x the text, filled {payload / size:4.0%}")
    except sqlite3.OperationalError as fault:
        print(f"  what each table takes is not told by this SQLite ({fault})")
    connection.close()


def _table(found: Figures) -> int:
    times, cost = found.size / found.text, 1 + found.adding / found.reading
    print(f"{found.reports} reports, {found.text:,} bytes of text, {found.claims} claims")
    print(f"size: {found.size:,} bytes, {times:.2f} x the text (bound {TIMES_TEXT})")
    print(
        f"add: {found.adding / found.reports * 1000:.1f} ms a report (CPU), reading {found.reading / found.reports * 1000:.1f} ms,"
        f" together {cost:.3f} x reading (bound {TIMES_READING})"
    )
    print(f"settle: {found.settling:.1f} s once for all, {found.settling / found.reports * 1000:.1f} ms a report")
    print(
        f"read: {found.told:.3f} s for all claims, {found.told / found.claims * 1e6:.1f} µs a claim; bare sqlite3 {found.bare:.3f} s,"
        f" ratio {found.told / found.bare:.1f}"
    )
    return int(times > TIMES_TEXT or cost > TIMES_READING)


if __name__ == "__main__":
    raise SystemExit(main())
