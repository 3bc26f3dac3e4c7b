"""Prove that nothing of what is read in reports is invented (docs/proofs.md): ``python tools/prove_reports.py REPORTS…``.

Prints what cannot be proved and how much was proved; exit status 1 where anything was not.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from given import reports_in

from dragoman.errors import DragomanError
from dragoman.process.board import record_of
from dragoman.process.proofs import stated_of, unproved
from dragoman.process.ties import Ties
from dragoman.reading.reader import default_reader


def main() -> int:
    """Print what cannot be proved of reports; exit status 1 where there is any such thing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    options = parser.parse_args()
    reader = default_reader()
    ties = Ties(reader.rulebook)
    reports = claims = wrong = 0
    for reading in reader.read_all(reports_in(options.paths)):
        if isinstance(reading, DragomanError):
            print(reading)
            wrong += 1
            continue
        reports, claims = reports + 1, claims + len(reading.claims)
        for each in unproved(stated_of(reading, record_of(reading, reader.rulebook)), ties):
            print(f"{reading.report.source}: {each}")
            wrong += 1
    print(f"{reports} reports, {claims} claims: {wrong or 'nothing'} unproved")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
