"""What is on the disk for good: a file's bytes, and its name in its folder, which is a thing of its own there."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import IO


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


def make_folder(folder: str) -> None:
    """Make a folder that is not there yet, and those above it, with their names on the disk where the file system can."""
    if os.path.isdir(folder):
        return
    above = os.path.dirname(os.path.abspath(folder))
    make_folder(above)
    os.makedirs(folder, exist_ok=True)  # another may have made it meanwhile
    try_sync_folder(above)
