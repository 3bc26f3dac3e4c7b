"""What the near-duplicates of a corpus are found by: each shard leaves a file of the prints of its reports.

A print has the numbers under which near-copies meet (MinHash, two by two) and the runs of words by which they are then compared,
as in a ledger (ledger/origins.py); the runs are hashed to four bytes each.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from dragoman.ledger.origins import credits_of, runs_of
from dragoman.model import Report

PRINTS = "prints"
ENDING = ".msgpack"
BANDS = 128
NUMBER = np.dtype("<u4")
_SEED = 42
_MIX = np.uint32(0x9E3779B1)


class Mark(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """The print of a report. ``day``: days since the year 1, 0 where it is not known.

    ``bands`` and ``runs`` are uint32, little end first. Runs are sorted. A report without words has no runs, and nothing is like it.
    """

    report: str
    day: int
    bands: bytes
    runs: bytes
    credits: tuple[str, ...] = ()


def prints_of(reports: Iterable[Report]) -> bytes:
    """Return the file of the prints of a shard."""
    return msgspec.msgpack.encode([mark_of(report) for report in reports])


def marks_in(data: bytes) -> list[Mark]:
    """Return the prints of a shard from its file."""
    return msgspec.msgpack.decode(data, type=list[Mark])


def mark_of(report: Report) -> Mark:
    """Return the print of a report."""
    runs = sorted(runs_of(report))
    hashed = np.unique(np.fromiter((zlib.crc32(run.encode()) for run in runs), dtype=NUMBER, count=len(runs)))
    return Mark(
        report=report.id,
        day=report.published.toordinal() if report.published else 0,
        bands=_bands(runs).tobytes(),
        runs=hashed.tobytes(),
        credits=tuple(sorted(credits_of(report))),
    )


def _bands(runs: list[str]) -> NDArray[Any]:
    """Return the numbers under which a text meets its near-copies: two numbers of its MinHash in one."""
    hashed = RMinHash(num_perm=2 * BANDS, seed=_SEED)
    hashed.update(runs)
    pairs = np.array(hashed.digest(), dtype=NUMBER).reshape(BANDS, 2)
    return (pairs[:, 0] * _MIX) ^ pairs[:, 1]
