"""Matrix products that give a text the same numbers, to the bit, whatever is parsed together with it.

A product of many rows is not always the product of each: on many processors the step of a kernel into which a row falls
decides in what order it is summed, and so the last bit. A parse could then hang on the texts in the same batch. Which is so
here is tried once, at load: either all rows go in one call, or those of each text in a call of their own. All else in the
pipeline works row by row (docs/decisions/0011-batches.md).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy
from thinc.api import NumpyOps

_LEAST = 1 << 21  # multiplications: for smaller products the libraries have kernels of their own
_FEWEST = 32  # rows, for the same reason
_TRIED = (0, 1, 2, 5, 11, 66, 333, 1000)  # rows beyond the fewest


class SteadyOps(NumpyOps):  # type: ignore[misc]
    """NumPy's operations with OpenBLAS; ``apart``: the rows of each text are multiplied by themselves.

    ``flatten`` joins the texts of a batch and keeps where each begins and ends, ``gemm`` goes by it; ``shapes`` are those of
    the matrices that rows were multiplied with.
    """

    def __init__(self) -> None:
        super().__init__(use_blis=False)
        self.apart = True
        self.shapes: set[tuple[int, int]] = set()
        self._kept = _Kept()

    def settle(self) -> None:
        """Have all rows multiplied in one call if, with the shapes met so far, that changes no bit of theirs."""
        self.apart = not all(rows_stand_alone(*shape) for shape in sorted(self.shapes))

    def flatten(self, X: Sequence[Any], dtype: Any = None, pad: int = 0, ndim_if_empty: int = 2) -> Any:  # noqa: N803
        """Return the rows of all texts; apart, each between rows of padding of its own."""
        some = [rows for rows in X if rows.size] if X is not None and self.apart else []
        self._kept.bounds = _bounds(some, pad)
        if not (some and pad):
            return super().flatten(X, dtype=dtype, pad=pad, ndim_if_empty=ndim_if_empty)
        whole = numpy.zeros((self._kept.bounds[-1], *some[0].shape[1:]), dtype=dtype or some[0].dtype)
        for start, rows in zip(self._kept.bounds, some, strict=False):
            whole[start + pad : start + pad + len(rows)] = rows
        return whole

    def unflatten(self, X: Any, lengths: Any, pad: int = 0) -> list[Any]:  # noqa: N803
        """Return the rows of each text without the padding around them."""
        if not (self.apart and pad):
            return list(super().unflatten(X, lengths, pad))
        found, start = [], 0
        for length in lengths:
            found.append(X[start + pad : start + pad + length] if length else X[:0])
            start += length + 2 * pad if length else 0
        return found

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Return the product of two matrices, each row as it would be without the others."""
        if trans1:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        right = y.T if trans2 else y
        whole = out if out is not None else numpy.empty((len(x), right.shape[1]), dtype=x.dtype)
        if not self.apart:
            return product(x, right, whole)
        self.shapes.add(right.shape)
        bounds = self._kept.bounds if self._kept.bounds and self._kept.bounds[-1] == len(x) else (0, len(x))
        for start, end in pairwise(bounds):
            numpy.dot(x[start:end], right, out=whole[start:end])
        return whole


class _Kept(threading.local):
    """Where the texts of the last ``flatten`` begin and end, in this thread."""

    bounds: tuple[int, ...] = ()


def product(rows: Any, right: Any, out: Any) -> Any:
    """Return rows times a matrix, written to ``out``; few rows are filled up with zeros, so that one kernel serves all."""
    least = _least(*right.shape)
    if len(rows) >= least:
        return numpy.dot(rows, right, out=out)
    filled = numpy.zeros((least, rows.shape[1]), dtype=rows.dtype)
    filled[: len(rows)] = rows
    out[:] = numpy.dot(filled, right)[: len(rows)]
    return out


def rows_stand_alone(inner: int, outer: int) -> bool:
    """Return whether a row times a matrix of this shape is the same to the bit wherever it stands among however many."""
    numbers = numpy.random.default_rng(inner * outer)
    row = numbers.standard_normal((1, inner), dtype="f")
    right = numbers.standard_normal((outer, inner), dtype="f").T
    alone = product(row, right, numpy.empty((1, outer), dtype="f"))
    sizes = [_least(inner, outer) + more for more in _TRIED]
    return all(bool((numpy.dot(numpy.repeat(row, size, axis=0), right) == alone).all()) for size in sizes)


def _least(inner: int, outer: int) -> int:
    return max(_FEWEST, -(-_LEAST // (inner * outer)))


def _bounds(texts: Sequence[Any], pad: int) -> tuple[int, ...]:
    """Return where the rows of each text begin, and where the last end; nothing for no texts."""
    bounds = [0]
    for rows in texts:
        bounds.append(bounds[-1] + len(rows) + 2 * pad)
    return tuple(bounds) if texts else ()
