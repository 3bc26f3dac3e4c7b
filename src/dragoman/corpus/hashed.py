"""Files of results with their size and SHA-256: taken while they are written, or from a file as it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import IO, BinaryIO

from dragoman.corpus.places import joined, opened
from dragoman.corpus.types import Written

_PIECE = 1 << 20


class Hashed:
    """A file that is written to from beginning to end, with its size and hash."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def tell(self) -> int:
        return self.size

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self.flush()

    def digest(self) -> str:
        return self._hash.hexdigest()


def seen(out: str, name: str) -> Written:
    """Return a file of the results as it stands, with size and hash; raise OSError where it cannot be read."""
    with opened(joined(out, name)) as file:
        size, digest = hash_of(file)
    return Written(name=name, size=size, sha256=digest)


def fits(out: str, files: Sequence[Written]) -> bool:
    """Return whether files are there, whole, as their marker has them."""
    try:
        return all(seen(out, each.name) == each for each in files)
    except OSError:
        return False


def hash_of(file: IO[bytes]) -> tuple[int, str]:
    """Return size and SHA-256 of what a file still has."""
    size, hashed = 0, hashlib.sha256()
    while piece := file.read(_PIECE):
        size += len(piece)
        hashed.update(piece)
    return size, hashed.hexdigest()
