"""The reports that a tool is given; what cannot be read is told, and at least one must be there."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, read_path


def reports_in(paths: Iterable[Path]) -> Iterator[Report]:
    """Yield the reports of files and folders; tell what is none, and end the tool where there is no report."""
    read = 0
    for path in paths:
        for one in read_path(path, IntakeOptions()):
            if isinstance(one, Report):
                read += 1
                yield one
            else:
                print(one, file=sys.stderr)
    if not read:
        sys.exit("no report could be read")
