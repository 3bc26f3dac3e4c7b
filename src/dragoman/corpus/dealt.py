"""The prints of a corpus dealt out to files: one for each band and one of all runs; of each report only a few numbers are held."""

from __future__ import annotations

import hashlib
import os
from array import array
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.corpus.prints import BANDS, NUMBER, Mark

Array = NDArray[Any]


def dealt(shards: Iterable[list[Mark]], folder: Path) -> Dealt:
    """Return the prints of shards, dealt out to files of a folder."""
    held = Dealt(folder)
    with ExitStack() as stack:
        bands = [stack.enter_context((folder / f"band{number}").open("wb")) for number in range(BANDS)]
        runs = stack.enter_context((folder / "runs").open("wb"))
        for number, marks in enumerate(shards):
            columns = np.frombuffer(b"".join(mark.bands for mark in marks), dtype=NUMBER).reshape(-1, BANDS).T
            for file, column in zip(bands, columns, strict=True):
                file.write(np.ascontiguousarray(column).tobytes())
            for mark in marks:
                runs.write(mark.runs)
                held.hold(number, mark)
    return held


class Dealt:
    """What is held of each report, by its number: reports are numbered as the shards have them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names, self._name_ends = bytearray(), array("Q")
        self._keys, self._run_ends = array("Q"), array("Q")
        self._days, self._credits = array("I"), array("I")
        self._whom: dict[tuple[str, ...], int] = {}
        self._credited: list[frozenset[str]] = []
        self._runs = os.open(folder / "runs", os.O_RDONLY | os.O_CREAT)
        self.shards = array("I")

    def close(self) -> None:
        """Let go of the file of runs."""
        os.close(self._runs)

    def hold(self, shard: int, mark: Mark) -> None:
        """Take in the next report."""
        self._names += mark.report.encode()
        self._name_ends.append(len(self._names))
        self._keys.append(_key(mark.report))
        self._run_ends.append((self._run_ends[-1] if self._run_ends else 0) + len(mark.runs) // NUMBER.itemsize)
        self._days.append(mark.day)
        self.shards.append(shard)
        if mark.credits not in self._whom:
            self._whom[mark.credits] = len(self._credited)
            self._credited.append(frozenset(mark.credits))
        self._credits.append(self._whom[mark.credits])

    def name(self, number: int) -> str:
        """Return a report's id."""
        return self._names[_start(self._name_ends, number) : self._name_ends[number]].decode()

    def runs(self, number: int) -> Array:
        """Return a report's runs of words, hashed and sorted."""
        start, end = _start(self._run_ends, number), self._run_ends[number]
        size = NUMBER.itemsize
        return np.frombuffer(os.pread(self._runs, (end - start) * size, start * size), dtype=NUMBER)

    def credited(self, one: int, other: int) -> bool:
        """Return whether two reports credit the same source."""
        return bool(self._credited[self._credits[one]] & self._credited[self._credits[other]])

    def sizes(self) -> Array:
        """Return how many runs each report has."""
        return np.diff(np.frombuffer(self._run_ends, dtype=np.uint64), prepend=np.uint64(0))

    def band(self, number: int) -> Array:
        """Return the numbers of a band, by report."""
        return np.fromfile(self.folder / f"band{number}", dtype=NUMBER)

    def again(self) -> Iterator[tuple[int, int]]:
        """Yield the number of each report whose id stood in an earlier shard, with the number that it has there."""
        sorting = self._by_key()
        keys = np.frombuffer(self._keys, dtype=np.uint64)[sorting]
        first = 0
        for at in (np.flatnonzero(keys[1:] == keys[:-1]) + 1).tolist():
            if keys[first] != keys[at]:
                first = at - 1
            yield int(sorting[at]), int(sorting[first])

    def in_order(self) -> Array:
        """Return the numbers of the reports by day and id, each id once: the first that has it."""
        keys, days = np.frombuffer(self._keys, dtype=np.uint64), np.frombuffer(self._days, dtype=np.uint32)
        sorting = self._by_key()
        firsts = sorting[np.r_[True, keys[sorting][1:] != keys[sorting][:-1]][: len(keys)]]
        places: Array = firsts[np.lexsort((firsts, keys[firsts], days[firsts]))].astype(np.uint32)
        return places

    def _by_key(self) -> Array:
        return np.argsort(np.frombuffer(self._keys, dtype=np.uint64), kind="stable")


def _start(ends: array[int], number: int) -> int:
    return ends[number - 1] if number else 0


def _key(report: str) -> int:
    """Return a number by which ids are sorted: that of an id which is made from content; else one made from it.

    >>> _key("00000000000000ff"), _key("story-7") == _key("story-7")
    (255, True)
    """
    try:
        number = int(report, 16)
    except ValueError:
        number = -1
    plain = number >= 0 and report == f"{number:016x}"
    return (
        number if plain else int.from_bytes(hashlib.sha256(report.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    )
