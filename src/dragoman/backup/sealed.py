"""The file of a backup: a zip whose comment, its last bytes, is the SHA-256 of all bytes before it."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from dragoman.backup.types import FORM, MANIFEST, Manifest, Member
from dragoman.durable import sync
from dragoman.errors import NO_JSON, BackupError

_SEAL = re.compile(rb"sha256:[0-9a-f]{64}")
_LENGTH = 71
_PIECE = 1 << 20
_FAST = 1  # the texts pack well at any level, and what was read in them is packed already
_WHOLE = "take another backup: this one is cut off or was altered"
_NONE = "give a file that dragoman backup made"


def member_of(path: Path) -> Member:
    """Return size and hash of a file."""
    with path.open("rb") as file:
        return Member(size=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())


def seal(path: Path, manifest: Manifest, files: Mapping[str, Path]) -> str:
    """Write a new file that only its owner may read, whole and on the disk; return its SHA-256."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as packed:
            packed.comment = b"sha256:" + b"0" * 64
            packed.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
            for name, file in files.items():
                packed.write(file, name)
        out.seek(-_LENGTH, os.SEEK_END)
        end = out.tell()
        digest = _digest(out, end)
        out.seek(end)
        out.write(f"sha256:{digest.hexdigest()}".encode())
        sync(out)
    return opened_seal(path)


def opened_seal(path: Path) -> str:
    """Return the SHA-256 of a backup as ``sha256sum`` says it; BackupError where it is none, cut off or altered."""
    where = str(path)
    with _read(path) as file:
        if file.read(2) != b"PK":
            raise BackupError(where=where, found="this is no backup", remedy=_NONE)
        end = file.seek(0, os.SEEK_END) - _LENGTH
        file.seek(max(0, end))
        stated = file.read()
        digest = _digest(file, end)
    if not _SEAL.fullmatch(stated) or stated != f"sha256:{digest.hexdigest()}".encode():
        raise BackupError(where=where, found="it is not as it was written (hash)", remedy=_WHOLE)
    digest.update(stated)
    return digest.hexdigest()


def manifest_of(path: Path) -> Manifest:
    """Return what a backup says of itself; BackupError where that cannot be read, or is of a newer form."""
    where = str(path)
    with _packed(path) as packed:
        try:
            stated = packed.read(MANIFEST)
            form = msgspec.json.decode(stated, type=_Form).form
            if form <= FORM:
                return msgspec.json.decode(stated, type=Manifest)
        except (KeyError, *NO_JSON) as fault:
            raise BackupError(where=where, found=f"this is no backup ({fault})", remedy=_NONE) from fault
    raise BackupError(where=where, found=f"it is of a newer form ({form})", remedy="update dragoman")


class _Form(msgspec.Struct, frozen=True):
    form: int


def unpack(path: Path, manifest: Manifest, name: str, to: Path) -> None:
    """Write a member to a new file that only its owner may read; BackupError where it is not as the manifest says."""
    with _packed(path) as packed:
        try:
            with (
                packed.open(name) as member,
                os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
            ):
                while piece := member.read(_PIECE):
                    out.write(piece)
        except KeyError as fault:
            raise BackupError(where=str(path), found=f"it has no {name}", remedy=_NONE) from fault
    if member_of(to) != manifest.members.get(name):
        raise BackupError(where=str(path), found=f"its {name} is not the one that was saved (hash)", remedy=_WHOLE)


@contextmanager
def _packed(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as packed:
            yield packed
    except zipfile.BadZipFile as fault:
        raise BackupError(where=str(path), found=f"it cannot be unpacked ({fault})", remedy=_WHOLE) from fault


@contextmanager
def _read(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as fault:
        found = f"it cannot be read ({fault.strerror or fault})"
        raise BackupError(where=str(path), found=found, remedy="check the path") from fault
    with file:
        yield file


def _digest(file: BinaryIO, end: int) -> hashlib._Hash:
    """Return the hash of a file's bytes up to ``end``."""
    digest, left = hashlib.sha256(), end
    file.seek(0)
    while left > 0 and (piece := file.read(min(_PIECE, left))):
        digest.update(piece)
        left -= len(piece)
    return digest
