"""Boards kept from one run to the next: two files for each conflict of a ledger, in a folder that may be emptied at any time.

What is in a file counts only for the same ledger, conflict, settings, filings by hand and version of these rules; else it is as if
there were none. A file that cannot be read or written costs time and nothing more.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from contextlib import suppress
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs
from sqlalchemy import select

from dragoman.board.conflicts import Conflict
from dragoman.board.filing import Hands
from dragoman.board.following import Held, Line
from dragoman.board.types import Board
from dragoman.ledger.schema import reports
from dragoman.ledger.stamps import name_of
from dragoman.ledger.store import Ledger
from dragoman.rulebook.loader import load_rulebook
from dragoman.settings import Settings

_PACKAGES = ("board", "process", "ledger")  # whose code makes boards
_CODER = msgspec.msgpack.Encoder()
_BOARDS, _STEPS = ".boards", ".steps"  # two files: the second is opened only where something came since
_QUICK = 1  # of zlib's levels
_Kept = TypeVar("_Kept")
Last = tuple[int, str, str]
"""Number, id and instant of the report that was added last: a ledger that was put back has another one."""


class Shelved(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a conflict as of a mark: its reports, and boards by day (None: that of the last report)."""

    mark: int
    lines: tuple[Line, ...]
    made: tuple[tuple[date | None, Board], ...]


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says: for what it counts, and what is kept."""

    key: str
    last: Last
    kept: msgspec.Raw


class Shelf:
    """Where the boards of one ledger are kept."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self._folder = folder_of(settings)
        self._ledger = ledger
        self._settings = settings
        with ledger.reading() as connection:
            where = ledger.where if "://" in ledger.where else os.path.realpath(ledger.where)
            self._name = f"{where} {name_of(connection)}"

    def boards(self, conflict: Conflict, hands: Hands) -> Shelved | None:
        """Return the boards that are kept of a conflict, where they count."""
        return self._get(conflict, hands, _BOARDS, Shelved)

    def held(self, conflict: Conflict, hands: Hands) -> Held | None:
        """Return how the newest board was made, as far as that counts."""
        return self._get(conflict, hands, _STEPS, Held)

    def put(self, conflict: Conflict, hands: Hands, kept: Shelved, held: Held | None) -> None:
        """Keep a conflict's boards, and how the newest was made where it was made now."""
        self._put(conflict, hands, _BOARDS, kept)
        if held is not None:
            self._put(conflict, hands, _STEPS, held)

    def _get(self, conflict: Conflict, hands: Hands, ending: str, of: type[_Kept]) -> _Kept | None:
        if self._folder is None:
            return None
        with suppress(OSError, zlib.error, msgspec.MsgspecError):
            data = zlib.decompress(self._path(self._folder, conflict, ending).read_bytes())
            file = msgspec.msgpack.decode(data, type=_File)
            if file.key == self._key(conflict, hands) and self._has(file.last):
                return msgspec.msgpack.decode(file.kept, type=of)
        return None

    def _put(self, conflict: Conflict, hands: Hands, ending: str, kept: object) -> None:
        last = self._last()
        if self._folder is None or last is None:
            return
        file = _File(key=self._key(conflict, hands), last=last, kept=msgspec.Raw(_CODER.encode(kept)))
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self._path(self._folder, conflict, ending), zlib.compress(_CODER.encode(file), _QUICK))

    def _path(self, folder: Path, conflict: Conflict, ending: str) -> Path:
        name = hashlib.sha256(f"{self._name} {conflict.id}".encode()).hexdigest()[:32]
        return folder / f"{name}{ending}"

    def _key(self, conflict: Conflict, hands: Hands) -> str:
        mine = sorted((report, filed) for (report, of), filed in hands.items() if of == conflict.id)
        parts = (
            conflict,
            mine,
            self._settings.stale,
            _code(),
            load_rulebook(self._settings.roster, self._settings.rules).digest,
        )
        return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()

    def _last(self) -> Last | None:
        query = select(reports.c.no, reports.c.id, reports.c.recorded).order_by(reports.c.no.desc()).limit(1)
        with self._ledger.reading() as connection:
            found = connection.execute(query).first()
        return (found.no, found.id, found.recorded) if found else None

    def _has(self, last: Last) -> bool:
        query = select(reports.c.id, reports.c.recorded).where(reports.c.no == last[0])
        with self._ledger.reading() as connection:
            found = connection.execute(query).first()
        return found is not None and (found.id, found.recorded) == last[1:]


def folder_of(settings: Settings) -> Path | None:
    """Return the folder in which boards are kept: the setting, or that of the user's cache; None where the setting is empty."""
    if settings.boards is None:
        return platformdirs.user_cache_path("dragoman", appauthor=False) / "boards"
    return Path(settings.boards) if settings.boards else None


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


@lru_cache(maxsize=1)
def _code() -> str:
    """Return a digest of the code that makes boards: another version may make others."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        listed = (each for each in files(f"dragoman.{package}").iterdir() if each.name.endswith(".py"))
        for each in sorted(listed, key=lambda file: file.name):
            digest.update(each.read_bytes())
    return digest.hexdigest()
