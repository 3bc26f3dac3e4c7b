"""What writing each format costs against reading the reports that are written, in CPU time of one process.

The sample corpus is read once; its readings are repeated under other report ids to 1,000 reports. Bound: no format costs more than
5 % of the reading (``claims`` and ``claims-parquet``; the others are shown).
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dragoman.export.content import Coded, Content, content_of
from dragoman.export.contract import form_of
from dragoman.export.formats.table import FORMATS
from dragoman.export.whole import origin_of
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.intake import read_path
from dragoman.reading.reader import Reader

CORPUS = Path(__file__).resolve().parent.parent / "samples" / "corpus"
BOUND = 0.05
BOUND_FOR = ("claims", "claims-parquet")


def main() -> int:
    """Print a line a format; return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000)
    wanted = parser.parse_args().reports
    reader = Reader()
    reports = [each for each in read_path(CORPUS) if isinstance(each, Report)]
    reader.read(reports[0])
    start = time.process_time()
    coded = [_coded(reader, report) for report in reports]
    each = (time.process_time() - start) / len(reports)
    content = content_of(origin_of(reader), _repeated(coded, wanted))
    print(
        f"reading: {each * 1000:.1f} ms a report; {wanted} reports, {sum(len(c.claims) for c in content.reports)} claims"
    )
    broken = False
    for name in FORMATS:
        cost, size = _cost(name, content)
        share = cost / (each * wanted)
        print(f"{name:<18} {cost:7.3f} s {share:7.2%} of the reading {size / 1e6:8.2f} MB {_rate(name, content, cost)}")
        broken |= name in BOUND_FOR and share > BOUND
    return int(broken)


def _coded(reader: Reader, report: Report) -> Coded:
    reading = reader.read(report)
    form = form_of(reading, record_of(reading, reader.rulebook), origin_of(reader))
    records = {kind: tuple(listed) for kind, listed in form.process.items() if listed}
    return Coded(report=report, entities=reading.entities, claims=reading.claims, records=records)


def _repeated(coded: list[Coded], wanted: int) -> Iterator[Coded]:
    for number in range(wanted):
        one, turn = coded[number % len(coded)], number // len(coded)
        claims = tuple(replace(c, id=f"{c.id}{turn}", event_id=f"{c.event_id}{turn}") for c in one.claims)
        yield replace(one, report=replace(one.report, id=f"{one.report.id}-{turn}"), claims=claims)


def _cost(name: str, content: Content) -> tuple[float, int]:
    """Return the CPU time of writing a format, the better of two, and the size of the file."""
    write = FORMATS[name].writer()
    best = float("inf")
    for _ in range(2):
        held = io.BytesIO()
        start = time.process_time()
        write(content, held)
        best = min(best, time.process_time() - start)
    return best, len(held.getvalue())


def _rate(name: str, content: Content, cost: float) -> str:
    if not name.startswith("claims"):
        return ""
    rows = sum(len(coded.claims) for coded in content.reports)
    return f"{rows / cost:10,.0f} rows/s"


if __name__ == "__main__":
    sys.exit(main())
