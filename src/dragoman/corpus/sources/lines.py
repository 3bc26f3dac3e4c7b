"""Lines of a file as bytes, in UTF-8 where the file says that it is UTF-16, none of them longer than is allowed."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.corpus.sources.unpacked import head, is_plain, pieces
from dragoman.errors import IntakeError

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Line(NamedTuple):
    """A line with its end, the byte at which it begins, and its length in bytes; of one that is too long, its beginning."""

    start: int
    data: bytes
    size: int


def wide(path: str) -> str | None:
    """Return the encoding that a file names in its byte order mark, where that is not UTF-8."""
    start = head(path, 4)
    return next((codec for mark, codec in _WIDE if start.startswith(mark)), None)


def enterable(path: str) -> bool:
    """Return whether a line can be found by its byte: the file is neither packed nor in UTF-16."""
    return is_plain(path) and wide(path) is None


def lines_of(path: str, longest: int, offset: int = 0) -> Iterator[Line]:
    """Yield the lines of a file from a byte on; a line of more than ``longest`` bytes is passed over and its beginning kept.

    Raises IntakeError where the file breaks; what comes before is yielded.
    """
    yield from split(pieces_in_utf8(path, offset), longest, offset)


def pieces_in_utf8(path: str, offset: int = 0) -> Iterator[bytes]:
    """Return the bytes of a file as they are, or in UTF-8 where it says that it is UTF-16; such a one cannot be entered."""
    codec = wide(path)
    return pieces(path, offset) if codec is None else _narrowed(pieces(path), codec, path)


def split(found: Iterable[bytes], longest: int, start: int = 0) -> Iterator[Line]:
    """Yield the lines in pieces of bytes.

    >>> [line.data for line in split([b"a\\nb", b"c\\n", b"d"], 9)], [line.size for line in split([b"abcdef\\ng"], 3)]
    ([b'a\\n', b'bc\\n', b'd'], [7, 1])
    """
    kept, size = b"", 0
    for piece in found:
        begin = 0
        while (end := piece.find(b"\n", begin) + 1) > 0:
            data = piece[begin:end]
            size += len(data)
            yield Line(start, kept + data if size <= longest else kept or data[:longest], size)
            start, kept, size, begin = start + size, b"", 0, end
        rest = piece[begin:]
        size += len(rest)
        if len(kept) < longest:
            kept += rest[: longest - len(kept)]
    if size:
        yield Line(start, kept, size)


def _narrowed(found: Iterable[bytes], codec: str, path: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for piece in found:
            yield decoder.decode(piece).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")
    except UnicodeDecodeError as mistake:
        raise IntakeError(
            where=path, found=f"it is not the {codec} that it says", remedy="save it as UTF-8"
        ) from mistake
