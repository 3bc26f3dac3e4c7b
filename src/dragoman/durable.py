"""What is on the disk for good: a file's bytes, and its name in its folder, which is a thing of its own there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, BinaryIO


def sync(file: IO[bytes]) -> None:
    """Have what was written to an open file on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: str | os.PathLike[str]) -> None:
    """Have the names in a folder on the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def try_sync_folder(folder: str | os.PathLike[str]) -> None:
    """Have the names in a folder on the disk, where the file system can."""
    with suppress(OSError):
        sync_folder(folder)


@contextmanager
def whole(path: str | os.PathLike[str], draft: str | os.PathLike[str], mode: int = 0o666) -> Iterator[BinaryIO]:
    """Give a file to write to that bears its name only when all of it is on the disk; ``draft`` is its name until then."""
    try:
        with open(draft, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
            sync(file)
        os.replace(draft, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(draft)
        raise
    try_sync_folder(os.path.dirname(path) or ".")


def make_folder(folder: str) -> None:
    """Make a folder that is not there yet, and those above it, with their names on the disk where the file system can."""
    if os.path.isdir(folder):
        return
    above = os.path.dirname(os.path.abspath(folder))
    make_folder(above)
    os.makedirs(folder, exist_ok=True)  # another may have made it meanwhile
    try_sync_folder(above)
