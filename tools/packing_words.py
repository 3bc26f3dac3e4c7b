"""Make the words that packed reports have in common (src/dragoman/ledger/packingN.txt) from reports as they are read.

Ledgers are packed with that file: it is never made again, only followed by one of the next number, for a next form.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from dragoman.ledger.acts import acts_of
from dragoman.ledger.matching import prepared
from dragoman.ledger.rows import said_of
from dragoman.ledger.settle import acts_form
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.intake import IntakeOptions, read_path
from dragoman.reading.reader import default_reader

_DAY = date(2020, 1, 14)  # of reports that state none
_LENGTHS = (1, 2, 3, 4, 6, 8, 12)  # of the pieces between commas
_FEWEST = 6  # reports that a piece must come in
_SHORTEST = 5


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, nargs="+", help="files or folders with reports")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--marks", action="store_true", help="of what reports are compared by, not of what was read in them"
    )
    parser.add_argument("--limit", type=int, default=20_000, help="bytes (default 20,000)")
    options = parser.parse_args()
    options.out.write_text(common(_forms(options.reports, marks=options.marks), options.limit), encoding="utf-8")


def common(documents: Iterable[str], limit: int) -> str:
    """Return the pieces that spare most, the best last: those of many reports, by their length and how many they are."""
    counts: Counter[str] = Counter()
    for document in documents:
        parts = document.split(",")
        counts.update({",".join(parts[i : i + n]) for n in _LENGTHS for i in range(len(parts) - n + 1)})
    worth = ((count * (len(piece) - 3), piece) for piece, count in counts.items() if count >= _FEWEST)
    chosen: list[str] = []
    have = ""
    for _, piece in sorted(worth, reverse=True):
        if len(piece) < _SHORTEST or piece in have:
            continue
        if len(have) + len(piece) >= limit:
            break
        chosen.append(piece)
        have += f",{piece}"
    return ",".join(reversed(chosen))


def _forms(paths: Iterable[Path], *, marks: bool) -> Iterable[str]:
    reader = default_reader()
    for path in paths:
        for report in read_path(path, IntakeOptions(published=_DAY)):
            if not isinstance(report, Report):
                continue
            reading = reader.read(report)
            if marks:
                acts = prepared(acts_of(report, reading.claims, reading.entities))
                yield acts_form(acts, {claim.id: str(place) for place, claim in enumerate(reading.claims)}).decode()
            else:
                yield msgspec.json.encode(said_of(reading, record_of(reading, reader.rulebook))).decode()


if __name__ == "__main__":
    main()
