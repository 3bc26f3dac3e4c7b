"""A ledger of N reports against its text, against reading them, and against bare sqlite3; a board against bare sqlite3.

Reports are read once, for real; the ledgers are filled with them and with copies of them under other ids (benchmarks/made.py), so
that N reports cost no N readings. Bounds: a ledger takes at most 4 times its text; adding costs at most 0.15 of reading; the board of
a conflict with 20,000 claims takes at most 3 times as long as bare sqlite3 takes to read its reports and claims once, and a tenth of
that when one report was added since.
"""

from __future__ import annotations

import argparse
import gc
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from made import STORY, Kept, copies, kept_of, later, median_time, put

from dragoman.board.boards import Boards
from dragoman.board.conflicts import Conflict, load_conflicts
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger
from dragoman.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
TIMES_TEXT, TIMES_READING, TIMES_BARE = 4.0, 1.15, 3.0
PART_WHEN_ADDED = 0.1
ADDED = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured of a ledger: bytes and CPU seconds."""

    reports: int
    claims: int
    text: int
    size: int
    reading: float
    adding: float
    settling: float
    told: float
    bare: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFigures:
    """What was measured of a board, in CPU seconds: asked for in another run, made anew, with one report more here and elsewhere."""

    reports: int
    claims: int
    bare: float
    claims_alone: float
    kept: float
    anew: float
    added: float
    added_elsewhere: float
    size: int


def main() -> int:
    """Print the tables; exit status 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, default=ROOT / "gate" / "reports")
    parser.add_argument("-n", type=int, default=2000, help="reports in the ledger (default 2,000)")
    parser.add_argument(
        "--claims", type=int, default=20_000, help="claims of the conflict whose board is made (default 20,000)"
    )
    parser.add_argument("--parts", action="store_true", help="print what each table and index takes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        worst = _table(measured(options.reports, options.n, Path(folder, "bench.ledger"), parts=options.parts))
    with tempfile.TemporaryDirectory() as folder:
        return max(worst, _board_table(board_measured(options.claims, Path(folder))))


def measured(folder: Path, count: int, path: Path, *, parts: bool = False) -> Figures:
    """Return the figures of a ledger of ``count`` reports made of those in a folder."""
    kept, reading = kept_of(folder)
    ledger = Ledger(str(path), create=True)
    adding, text, claims = 0.0, 0, 0
    for each in copies(kept, count):
        adding += put(ledger, each)
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
    told_time = median_time(lambda: sum(len(each.claims) for each in ledger.told()))
    ledger.close()
    return Figures(
        reports=count, claims=claims, text=text, size=size, reading=reading * count / len(kept), adding=adding,
        settling=settling, told=told_time, bare=median_time(lambda: _bare(path)),
    )  # fmt: skip


# -- boards


def board_measured(claims: int, folder: Path) -> BoardFigures:
    """Return the figures of the board of a conflict with so many claims: the sample corpus's, told again and again."""
    kept, _ = kept_of(ROOT / "samples" / "corpus" / "libya.jsonl")
    conflict = replace(load_conflicts()["libya"], end=None)
    path, settings = folder / "board.ledger", Settings(boards=str(folder / "boards"))
    ledger = Ledger(str(path), create=True)
    stream = _stream(kept)
    number = reports = 0
    while number < claims:
        each = next(stream)
        put(ledger, each)
        number, reports = number + len(each.claims), reports + 1
    settle(ledger)
    anew = _timed(lambda: Boards(ledger, Settings(boards="")).board(conflict))
    boards = Boards(ledger, settings)
    boards.board(conflict)
    boards.keep()
    bare = median_time(lambda: _bare(path))
    alone = median_time(lambda: _bare_claims(path))
    kept_time = median_time(lambda: Boards(ledger, settings).board(conflict))
    size = sum(each.stat().st_size for each in (folder / "boards").iterdir())
    here, elsewhere = [], []
    for _ in range(ADDED):
        put(ledger, next(stream))
        settle(ledger)
        here.append(_timed(lambda: boards.board(conflict)))
        elsewhere.append(_timed(lambda: _elsewhere(ledger, conflict, settings)))
    ledger.close()
    return BoardFigures(
        reports=reports, claims=number, bare=bare, claims_alone=alone, kept=kept_time, anew=anew,
        added=sorted(here)[ADDED // 2], added_elsewhere=sorted(elsewhere)[ADDED // 2], size=size,
    )  # fmt: skip


def _elsewhere(ledger: Ledger, conflict: Conflict, settings: Settings) -> None:
    boards = Boards(ledger, settings)
    boards.board(conflict)
    boards.keep()


def _stream(kept: list[Kept]) -> Iterator[Kept]:
    """Yield the reports of a conflict in the order of publication, then of its next telling, and so on."""
    ordered = sorted(kept, key=lambda each: (str(each.report.published), each.report.id))
    turn = 0
    while True:
        yield from later(ordered, turn, STORY)
        turn += 1


def _timed(task: Callable[[], object]) -> float:
    gc.collect()
    began = time.process_time()
    task()
    return time.process_time() - began


def _board_table(found: BoardFigures) -> int:
    bound, added_bound = TIMES_BARE * found.bare, PART_WHEN_ADDED * TIMES_BARE * found.bare
    print(
        f"board of {found.reports} reports, {found.claims} claims; bare sqlite3 reads them in {found.bare * 1000:.0f} ms CPU"
    )
    print(f"  (the table of claims alone, without what was read in the reports: {found.claims_alone * 1000:.0f} ms)")
    print(
        f"  asked for in another run: {found.kept * 1000:.0f} ms, {found.kept / found.bare:.2f} x (bound {TIMES_BARE});"
        f" kept in {found.size:,} bytes"
    )
    print(
        f"  one report later: {found.added * 1000:.1f} ms, {found.added / found.bare:.2f} x (bound"
        f" {PART_WHEN_ADDED * TIMES_BARE:.1f});"
        f" in another run {found.added_elsewhere * 1000:.0f} ms, {found.added_elsewhere / found.bare:.2f} x"
    )
    print(f"  with nothing kept: {found.anew:.2f} s, {found.anew / found.bare:.0f} x")
    return int(found.kept > bound or found.added > added_bound)


def _bare(path: Path) -> None:
    """Read what ``told`` reads: every column of every report and every claim."""
    connection = sqlite3.connect(path)
    connection.execute("SELECT * FROM reports ORDER BY published, id").fetchall()
    connection.execute("SELECT * FROM claims").fetchall()
    connection.close()


def _bare_claims(path: Path) -> None:
    connection = sqlite3.connect(path)
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
