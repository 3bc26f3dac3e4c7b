"""Files of this machine or of an object store, by path or address (s3://…): read, list, and write whole or not at all.

What an object store refuses is an OSError in clear words, like a disk's. Keys to it come from the environment or from
fsspec's own settings, never from an address: so none can reach a file of results.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast
from uuid import uuid4

import fsspec

from dragoman.corpus.stores import refuse_keys, said_by_store, unknown_store
from dragoman.durable import make_folder, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOCAL = frozenset({"file", "local"})
# stores that show an object only when all of it is there; others (sftp, hdfs, smb) write under another name and rename
_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "memory"})
_BUFFER = 1 << 20
DRAFT = ".part"


class Listed(NamedTuple):
    """A file in a folder: its path, and its size in bytes. Without a size it cannot be looked at; to open it says why."""

    path: str
    size: int | None


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
    """Return a file opened to be read as bytes; OSError where it cannot be, then or later."""
    system, inner = _resolved(path)
    if _is(system, _LOCAL):
        return open(inner, "rb")
    with said_by_store(path):
        file = system.open(inner, "rb")
    return cast(BinaryIO, io.BufferedReader(_Stored(file, path), _BUFFER))


@contextmanager
def written(path: str) -> Iterator[BinaryIO]:
    """Give a file to write to, that bears its name only when all of it is written; after an error there is none.

    Two that write one file at a time do not meet: each has a draft of its own, and the last to end stands.
    """
    system, inner = _resolved(path)
    if not _is(system, _LOCAL):
        with _sent(system, inner, path) as file:
            yield file
        return
    make_folder(os.path.dirname(inner) or ".")
    with whole(inner, f"{inner}.{uuid4().hex}{DRAFT}") as file:
        yield file


def read_bytes(path: str) -> bytes:
    """Return all of a file; FileNotFoundError where there is none."""
    system, inner = _resolved(path)
    with said_by_store(path, local=_is(system, _LOCAL)):
        return cast(bytes, system.cat_file(inner))


def exists(path: str) -> bool:
    """Return whether there is a file or folder at a path; OSError where a store does not say."""
    system, inner = _resolved(path)
    try:
        with said_by_store(path, local=_is(system, _LOCAL)):
            system.invalidate_cache()
            system.info(inner)
    except FileNotFoundError:
        return False
    return True


def removed(path: str) -> None:
    """Remove a file, where there is one."""
    system, inner = _resolved(path)
    with suppress(FileNotFoundError), said_by_store(path, local=_is(system, _LOCAL)):
        system.invalidate_cache()
        system.rm_file(inner)


def listed(folder: str) -> tuple[Listed, ...]:
    """Return the files in a folder and in those inside it, in the order of their paths; without drafts and hidden ones.

    A file is listed as itself. FileNotFoundError where there is nothing of that name.
    """
    system, inner = _resolved(folder)
    if _is(system, _LOCAL):
        return tuple(sorted(_walked(folder if "://" not in folder else inner)))
    with said_by_store(folder):
        system.invalidate_cache()
        found = system.find(inner, detail=True)
    if not found and not exists(folder):
        raise FileNotFoundError(2, "there is no such folder", folder)
    # an object that ends in a slash stands for a folder
    inside = ((name.removeprefix(inner.rstrip("/")), each["size"]) for name, each in found.items() if name[-1] != "/")
    return tuple(sorted(Listed(folder.rstrip("/") + rest, size) for rest, size in inside if _is_shown(rest.split("/"))))


def swept(folder: str) -> int:
    """Remove the drafts that killed processes left in a folder of this machine; return how many. Nobody may be writing there.

    An object store has none to show: what was not sent whole is no object.
    """
    system, inner = _resolved(folder)
    if not _is(system, _LOCAL):
        return 0
    drafts = [os.path.join(top, name) for top, _, names in os.walk(inner) for name in names if name.endswith(DRAFT)]
    for draft in drafts:
        with suppress(FileNotFoundError):
            os.unlink(draft)
    return len(drafts)


class _Stored(io.RawIOBase):
    """A file of a store, whose faults are OSErrors also in the midst of reading."""

    def __init__(self, file: Any, path: str) -> None:
        self._file, self._path = file, path

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = 0) -> int:
        with said_by_store(self._path):
            return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: Any) -> int:
        with said_by_store(self._path):
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


@contextmanager
def _sent(system: Any, inner: str, path: str) -> Iterator[BinaryIO]:
    """Give a file of this machine, and send it whole to a store when all of it is written.

    A store's own file would be stored on closing, also after an error and half written.
    """
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        draft = os.path.join(folder, "draft")
        with open(draft, "xb") as file:
            yield file
        with said_by_store(path):
            if _is(system, _WHOLE):
                system.put_file(draft, inner)
            else:
                _put_and_renamed(system, draft, inner)


def _put_and_renamed(system: Any, draft: str, inner: str) -> None:
    system.makedirs(system._parent(inner), exist_ok=True)
    other = f"{inner}.{uuid4().hex}{DRAFT}"
    try:
        system.put_file(draft, other)
        if system.exists(inner):
            system.rm_file(inner)  # not all systems rename onto a file that is there
        system.mv(other, inner)
    except BaseException:
        with suppress(FileNotFoundError):
            system.rm_file(other)
        raise


def _walked(top: str) -> Iterator[Listed]:
    """Yield the files below a folder of this machine; links are followed, but not in circles."""
    mode = os.stat(top)
    if not os.path.isdir(top):
        yield Listed(top, mode.st_size)
        return
    yield from _inside(top, frozenset({(mode.st_dev, mode.st_ino)}))


def _inside(folder: str, above: frozenset[tuple[int, int]]) -> Iterator[Listed]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield Listed(_printable(folder), None)
        return
    for entry in entries:
        if not _is_shown((entry.name,)):
            continue
        path = joined(folder, entry.name)
        try:
            mode = entry.stat()
            is_folder = entry.is_dir()
        except OSError:
            yield Listed(_printable(path), None)
            continue
        place = (mode.st_dev, mode.st_ino)
        if is_folder and place not in above:
            yield from _inside(path, above | {place})
        elif not is_folder:
            name = _printable(path)
            yield Listed(name, mode.st_size if name == path else None)


def _printable(path: str) -> str:
    """Return a path as it can be written to a file: bytes that are no UTF-8 as \\xNN; no file bears that name."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_shown(names: Iterable[str]) -> bool:
    return not any(name.startswith(".") or name.endswith(DRAFT) for name in names)


def _resolved(path: str) -> tuple[Any, str]:
    if is_local(path):
        return fsspec.filesystem("file"), path.partition("://")[2] if "://" in path else path
    refuse_keys(path)
    with unknown_store(path):
        return cast(tuple[Any, str], fsspec.core.url_to_fs(path))


def _is(system: Any, kinds: frozenset[str]) -> bool:
    protocol = system.protocol
    return not kinds.isdisjoint((protocol,) if isinstance(protocol, str) else protocol)
