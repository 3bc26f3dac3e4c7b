"""Bytes of a file as they were before it was packed (.gz, .zst, .bz2, .xz, in a .zip), in bounded pieces and within bounds."""

from __future__ import annotations

import bz2
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO, Protocol, cast

from dragoman.corpus import places
from dragoman.errors import IntakeError, install

PIECE = 1 << 18
_ZSTD_PIECE = 512  # a block of four bytes may stand for 128 kB: so much is at most 16 MB
_ZSTD_WINDOW = 1 << 27
_GZIP = 31  # window bits: gzip with its head and check
_FREE = 64 << 20  # bytes that come out before it is asked how well they were packed
_RATIO = 500  # news packs to a third or a tenth; the same few texts varied over and over to a two-hundredth
_INSIDE = "::"
_BROKEN = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
    KeyError,
)

PACKED = (".gz", ".zst", ".bz2", ".xz")
"""The endings of packed files that are read."""


class Unpacker(Protocol):
    """What the unpackers of zlib, bz2, lzma and zstandard have in common here: bounded pieces out of bounded pieces."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def pieces(self, data: bytes) -> Iterator[bytes]: ...


def inside(archive: str, member: str) -> str:
    """Return the path of a file in a zip archive.

    >>> inside("news.zip", "2020/a.csv")
    'zip://2020/a.csv::news.zip'
    """
    return f"zip://{member}{_INSIDE}{archive}"


def outside(path: str) -> tuple[str, str | None]:
    """Return the archive and the name in it of a path in a zip archive; else the path and None.

    >>> outside("zip://2020/a.csv::news.zip"), outside("news.csv")
    (('news.zip', '2020/a.csv'), ('news.csv', None))
    """
    if path.startswith("zip://") and _INSIDE in path:
        member, _, archive = path.removeprefix("zip://").rpartition(_INSIDE)
        return archive, member
    return path, None


def packing(path: str) -> str | None:
    """Return the ending by which a file is packed, or None.

    >>> packing("s3://archive/2020.jsonl.GZ"), packing("2020.jsonl")
    ('.gz', None)
    """
    archive, member = outside(path)
    return next((ending for ending in PACKED if (member or archive).lower().endswith(ending)), None)


def is_plain(path: str) -> bool:
    """Return whether a place in the bytes of a file is one in the file: nothing is packed."""
    return packing(path) is None and outside(path)[1] is None


@contextmanager
def raw(path: str) -> Iterator[BinaryIO]:
    """Give a file opened as it lies there, or as it lies in its zip archive; IntakeError where it cannot be."""
    archive, member = outside(path)
    with ExitStack() as stack:
        try:
            file = stack.enter_context(places.opened(archive))
            if member is not None:
                opened = stack.enter_context(zipfile.ZipFile(file))
                file = cast(BinaryIO, stack.enter_context(opened.open(member)))
        except _BROKEN as mistake:
            raise unreadable(path, mistake) from mistake
        yield file


def unreadable(path: str, mistake: Exception) -> IntakeError:
    """Return the error for a file that the system, the network or its packing does not let be read."""
    if isinstance(mistake, FileNotFoundError):
        return IntakeError(where=path, found="there is no such file", remedy="check the path")
    if isinstance(
        mistake, zipfile.BadZipFile | EOFError | zlib.error | lzma.LZMAError | KeyError | NotImplementedError
    ):
        return IntakeError(where=path, found=f"the archive is damaged ({mistake})", remedy="get the file again")
    reason = (mistake.strerror if isinstance(mistake, OSError) else None) or str(mistake) or type(mistake).__name__
    return IntakeError(where=path, found=f"the file cannot be read ({reason})", remedy="check path and permissions")


def pieces(path: str, offset: int = 0) -> Iterator[bytes]:
    """Yield the bytes of a file from an offset in them, unpacked, in pieces of bounded size.

    Raises IntakeError where the file cannot be read, ends in the middle of what is packed, or unpacks to many times its size;
    what comes before that is yielded.
    """
    ending = packing(path)
    with raw(path) as file:
        if ending is None and offset and outside(path)[1] is None:
            file.seek(offset)
            offset = 0
        packed = _read(file, path, _ZSTD_PIECE * 128 if ending == ".zst" else PIECE)
        whole = packed if ending is None else _unpacked(packed, ending, path)
        for piece in _guarded(whole, file, path) if outside(path)[1] else whole:
            if offset >= len(piece):
                offset -= len(piece)
                continue
            yield piece[offset:] if offset else piece
            offset = 0


def head(path: str, size: int) -> bytes:
    """Return the first bytes of a file, unpacked; fewer where it ends or breaks before. IntakeError where there are none to be had."""
    found: list[bytes] = []
    try:
        for piece in pieces(path):
            found.append(piece)
            if sum(map(len, found)) >= size:
                break
    except IntakeError:
        if not found:
            raise
    return b"".join(found)[:size]


def _read(file: BinaryIO, path: str, size: int) -> Iterator[bytes]:
    try:
        while piece := file.read(size):
            yield piece
    except _BROKEN as mistake:
        raise unreadable(path, mistake) from mistake


def _guarded(unpacked: Iterator[bytes], file: Any, path: str) -> Iterator[bytes]:
    """Yield what comes out of a zip archive, as long as it is not many times what went in."""
    out = 0
    packed = getattr(file, "_orig_compress_size", None) or 1
    for piece in unpacked:
        out += len(piece)
        if out > _FREE and out > packed * _RATIO:
            raise _swollen(path)
        yield piece


def _unpacked(packed: Iterator[bytes], ending: str, path: str) -> Iterator[bytes]:
    make = _UNPACKERS[ending]
    unpacker: Unpacker | None = None
    went, out = 0, 0
    for data in packed:
        went += len(data)
        while data:
            if unpacker is None or unpacker.eof:
                if unpacker is not None and not data.strip(b"\0"):
                    break  # archives of tapes are filled up with zeros
                unpacker = make()
            try:
                for piece in unpacker.pieces(data):
                    out += len(piece)
                    if out > _FREE and out > went * _RATIO:
                        raise _swollen(path)
                    yield piece
            except (zlib.error, OSError, EOFError, lzma.LZMAError, _DamagedError) as mistake:
                raise _damaged(path, str(mistake)) from mistake
            data = unpacker.unused_data if unpacker.eof else b""
    if unpacker is not None and not unpacker.eof:
        raise _damaged(path, "it ends in the middle")


def _damaged(path: str, how: str) -> IntakeError:
    found = f"the packed data are damaged ({how})"
    return IntakeError(where=path, found=found, remedy="what comes before is read; get the file again for the rest")


def _swollen(path: str) -> IntakeError:
    found = f"it unpacks to more than {_RATIO} times its size"
    return IntakeError(where=path, found=found, remedy="what comes before is read; unpack it yourself if you trust it")


class _DamagedError(Exception):
    """What zstandard could not unpack: its own error has no class that is known before it is imported."""


class _Gzip:
    """A member of a gzip file."""

    def __init__(self) -> None:
        self._own = zlib.decompressobj(_GZIP)

    @property
    def eof(self) -> bool:
        return self._own.eof

    @property
    def unused_data(self) -> bytes:
        return self._own.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data and not self._own.eof:
            if piece := self._own.decompress(data, PIECE):
                yield piece
            data = self._own.unconsumed_tail


class _Bounded:
    """A stream of bz2 or lzma, whose unpackers keep what they were given."""

    def __init__(self, own: Any) -> None:
        self._own = own

    @property
    def eof(self) -> bool:
        return bool(self._own.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._own.unused_data)

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            if piece := self._own.decompress(data, PIECE):
                yield piece
            data = b""
            if self._own.eof or self._own.needs_input:
                return


class _Zstd:
    """A frame of a zstandard file."""

    def __init__(self) -> None:
        try:
            import zstandard
        except ImportError as mistake:
            remedy = install("corpus")
            raise IntakeError(where=".zst", found="zstandard is not installed", remedy=remedy) from mistake
        self._error = zstandard.ZstdError
        self._own = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        self._left = b""

    @property
    def eof(self) -> bool:
        return self._own.eof

    @property
    def unused_data(self) -> bytes:
        return self._left

    def pieces(self, data: bytes) -> Iterator[bytes]:
        try:
            for start in range(0, len(data), _ZSTD_PIECE):
                if piece := self._own.decompress(data[start : start + _ZSTD_PIECE]):
                    yield piece
                if self._own.eof:
                    self._left = self._own.unused_data + data[start + _ZSTD_PIECE :]
                    return
        except self._error as mistake:
            raise _DamagedError(str(mistake)) from mistake


_UNPACKERS: dict[str, Callable[[], Unpacker]] = {
    ".gz": _Gzip,
    ".zst": _Zstd,
    ".bz2": lambda: _Bounded(bz2.BZ2Decompressor()),
    ".xz": lambda: _Bounded(lzma.LZMADecompressor()),
}
