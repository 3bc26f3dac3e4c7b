"""Live through days of ``dragoman watch`` in simulated time, with the feeds of tests/feed_world.py; say what it took.

python tools/watch_day.py [DAYS]: exit status 1 where a report that was served soundly is lost or there twice.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import feed_world

from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify
from dragoman.reading.reader import default_reader

_MARK = re.compile(r"dispatch [a-z]+ \d+ \d+")


def main() -> None:
    """Live through the days, each with three stops by hand."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    chance, reader = Random(7), default_reader()
    end = feed_world.BEGIN + timedelta(days=days)
    stops = sorted(feed_world.BEGIN + timedelta(hours=chance.uniform(1, 24 * days - 1)) for _ in range(3 * days))
    began, looks, memory = time.perf_counter(), 0, list[tuple[float, float]]()
    with tempfile.TemporaryDirectory() as folder, feed_world.world_of(feed_world.Time(end=end, stops=stops)) as world:
        path = Path(folder) / "day.ledger"
        for _ in feed_world.lived(world, path, reader):
            looks += 1
            if world.time.hour // 12 > (memory[-1][0] // 12 if memory else -1):
                memory.append((world.time.hour, _megabytes()))
                sys.stdout.write(f"hour {memory[-1][0]:.0f}: {memory[-1][1]:.0f} MB\n")
                sys.stdout.flush()
        ledger = Ledger(str(path))
        told = Counter(mark for kept in ledger.reports() for mark in _MARK.findall(kept.report.text))
        findings = verify(ledger)
        ledger.close()
    lost, twice = world.sound - set(told), [mark for mark, times in told.items() if times > 1]
    took = time.perf_counter() - began
    sys.stdout.write(
        f"{days} days in {took:.0f} s: {looks} looks, {len(world.asked)} requests, {len(told)} reports, "
        f"{len(lost)} lost, {len(twice)} twice, {len(findings)} findings of check, {3 * days} stops by hand\n"
    )
    sys.exit(1 if lost or twice or findings else 0)


def _megabytes() -> float:
    """Return how much memory this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


if __name__ == "__main__":
    main()
