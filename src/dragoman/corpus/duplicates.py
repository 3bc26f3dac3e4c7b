"""Which reports of a corpus are near-copies of an earlier one: found from the prints of the shards, in memory that stays flat.

Reports are taken in the order in which they were published, as in a ledger, and the same rule says what a copy is
(ledger/origins.py). Under each of 128 bands (two numbers of the MinHash in one) the reports are sorted, so that near-copies
meet; those that meet twice are compared exactly. Who meets and the runs of words lie in files of a folder that is thrown away;
of each report some sixty bytes are held. Of many that meet under one band, only the first two and the nearest two before are
looked at: ten thousand copies of a text cost ten thousand steps, not fifty million.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.corpus.dealt import Dealt, dealt
from dragoman.corpus.places import joined, read_bytes
from dragoman.corpus.prints import BANDS, ENDING, PRINTS, Mark, marks_in
from dragoman.ledger.origins import Likeness, is_copy

_HITS = 2  # bands under which two texts meet by more than chance
_LOOKED_AT = 6  # candidates that are compared exactly
_BLOCK = 4096  # reports whose candidates are sought at a time
_MEETING = np.dtype([("later", "<u4"), ("earlier", "<u4")])

Array = NDArray[Any]


class Duplicate(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is a near-copy of an earlier one: its origin, the first that has the text, and the shards of both.

    ``likeness`` is the share of the shorter text that this and the nearest earlier print have in common. Where ``origin`` is the
    report itself, its id stands in the corpus again: in an earlier shard and in this one.
    """

    report: str
    origin: str
    likeness: float
    shard: str
    origin_shard: str


def duplicates(out: str, shards: Sequence[str]) -> Iterator[Duplicate]:
    """Yield the reports of the shards that stand there again, then the near-duplicates by day and id."""
    with TemporaryDirectory(prefix="dragoman-") as folder, closing(dealt(_marks(out, shards), Path(folder))) as held:
        for number, first in held.again():
            yield _duplicate(held, shards, (number, first), _likeness(held, first, number).of_shorter)
        for number, origin, likeness in _Finder(held).found():
            yield _duplicate(held, shards, (number, origin), likeness)


def _marks(out: str, shards: Sequence[str]) -> Iterator[list[Mark]]:
    for shard in shards:
        yield marks_in(read_bytes(joined(out, PRINTS, f"{shard}{ENDING}")))


def _duplicate(held: Dealt, shards: Sequence[str], pair: tuple[int, int], likeness: float) -> Duplicate:
    later, earlier = pair
    return Duplicate(
        report=held.name(later),
        origin=held.name(earlier),
        likeness=round(likeness, 3),
        shard=shards[held.shards[later]],
        origin_shard=shards[held.shards[earlier]],
    )


class _Finder:
    """Finds the origin of each report, in order of day and id; places count in that order."""

    def __init__(self, held: Dealt) -> None:
        self._held = held
        self._order = held.in_order()
        self._origin = np.arange(len(self._order), dtype=np.uint32)

    def found(self) -> Iterator[tuple[int, int, float]]:
        """Yield the number of each report that is a near-copy, the number of its origin, and how alike they are."""
        bounds = [self._met(band) for band in range(BANDS)]
        for block in range(-(-len(self._order) // _BLOCK)):
            for place, candidates in _candidates([self._block(band, bounds[band], block) for band in range(BANDS)]):
                best = self._best(place, candidates)
                if best is not None:
                    likeness, near = best
                    self._origin[place] = self._origin[near]
                    yield int(self._order[place]), int(self._order[self._origin[near]]), likeness

    def _best(self, place: int, candidates: Iterable[int]) -> tuple[float, int] | None:
        """Return the earlier report whose text a report shares most, of those that make it a copy."""
        number, best = int(self._order[place]), None
        for near in candidates:
            other = int(self._order[near])
            found = _likeness(self._held, other, number)
            if is_copy(found, self._held.credited(other, number)):
                best = min(best or (0.0, near), (-found.of_shorter, near))
        return (-best[0], best[1]) if best else None

    def _met(self, band: int) -> Array:
        """Write to a file who meets whom under a band, by the later one; return where each block of them begins and the last ends."""
        meetings = self._meetings(band)
        meetings.tofile(self._held.folder / f"met{band}")
        bounds: Array = np.searchsorted(meetings["later"], np.arange(0, len(self._order) + _BLOCK, _BLOCK))
        return bounds

    def _block(self, band: int, bounds: Array, block: int) -> Array:
        start, end = int(bounds[block]), int(bounds[block + 1])
        offset = start * _MEETING.itemsize
        return np.fromfile(self._held.folder / f"met{band}", dtype=_MEETING, count=end - start, offset=offset)

    def _meetings(self, band: int) -> Array:
        """Return who meets whom under a band, by the later one: the first two that have its number, and the two before each."""
        places = np.flatnonzero(self._held.sizes()[self._order]).astype(np.uint32)  # those that have words
        keys = self._held.band(band)[self._order[places]]
        sorting = np.argsort(keys, kind="stable")
        keys, places = keys[sorting], places[sorting]
        at = np.arange(len(keys))
        first = np.maximum.accumulate(np.where(np.r_[True, keys[1:] != keys[:-1]][: len(keys)], at, 0))
        seconds = first + 1
        pairs = [(at > first, first), (at > seconds, seconds)]
        pairs += [(at - back > seconds, at - back) for back in (1, 2)]
        meetings = np.concatenate(
            [np.rec.fromarrays([places[at[on]], places[to[on]]], dtype=_MEETING) for on, to in pairs]
        )
        meetings.sort(order="later")
        return meetings


def _candidates(met: Iterable[Array]) -> Iterator[tuple[int, list[int]]]:
    """Yield the places that meet an earlier one under two bands: with those, the most often met first."""
    codes = [some["later"].astype(np.uint64) << np.uint64(32) | some["earlier"] for some in met]
    pairs, times = np.unique(np.concatenate(codes), return_counts=True)
    pairs, times = pairs[times >= _HITS], times[times >= _HITS]
    later, earlier = pairs >> np.uint64(32), pairs & np.uint64(0xFFFFFFFF)
    sorting = np.lexsort((earlier, -times, later))
    together = zip(later[sorting].tolist(), earlier[sorting].tolist(), strict=True)
    for place, group in groupby(together, key=lambda pair: pair[0]):
        yield place, [near for _, near in group][:_LOOKED_AT]


def _likeness(held: Dealt, earlier: int, later: int) -> Likeness:
    one, other = held.runs(earlier), held.runs(later)
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return Likeness(shared=shared, of_earlier=shared / max(1, len(one)), of_later=shared / max(1, len(other)))
