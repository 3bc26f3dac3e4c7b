"""Files of this machine or of an object store, by path or address (s3://…): read, list, and write whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import fsspec
from fsspec.core import url_to_fs

_LOCAL = ("file", "local")


def is_local(path: str) -> bool:
    """Return whether a path names a file of this machine.

    >>> is_local("corpus/2020.jsonl"), is_local("s3://archive/2020.jsonl")
    (True, False)
    """
    return "://" not in path or path.startswith(("file://", "local://"))


def joined(folder: str, *names: str) -> str:
    """Return the path of a name in a folder.

    >>> joined("s3://archive/out/", "shards", "000001.jsonl")
    's3://archive/out/shards/000001.jsonl'
    """
    return "/".join((folder.rstrip("/") or folder, *names))


def opened(path: str) -> BinaryIO:
    """Return a file opened to be read as bytes; OSError where it cannot be."""
    return cast(BinaryIO, fsspec.open(path, "rb").open())


@contextmanager
def written(path: str) -> Iterator[BinaryIO]:
    """Give a file to write to, that bears its name only when all of it is written; after an error there is none.

    A file of this machine is written under another name, synced and renamed; an object store shows an object only when whole.
    """
    system, inner = url_to_fs(path)
    if not _is_local_system(system):
        with system.open(inner, "wb") as file:
            yield cast(BinaryIO, file)
        return
    os.makedirs(os.path.dirname(inner) or ".", exist_ok=True)
    draft = f"{inner}.{os.getpid()}.part"
    try:
        with open(draft, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, inner)
    except BaseException:
        if os.path.exists(draft):
            os.unlink(draft)
        raise


def read_bytes(path: str) -> bytes:
    """Return all of a file; FileNotFoundError where there is none."""
    system, inner = url_to_fs(path)
    return cast(bytes, system.cat_file(inner))


def exists(path: str) -> bool:
    """Return whether there is a file or folder at a path."""
    system, inner = url_to_fs(path)
    return bool(system.exists(inner))


def _is_local_system(system: Any) -> bool:
    protocol = system.protocol
    return bool(set(_LOCAL) & set((protocol,) if isinstance(protocol, str) else protocol))
