"""Files that bear their name only when all of them is written and on the disk, and are never written over another unasked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.durable import sync, sync_folder
from dragoman.errors import BackupError

PART = ".part"


@contextmanager
def drafts_for(path: Path) -> Iterator[Path]:
    """Give a folder beside a file to be made, which nobody else may look into; it is gone at the end, whatever happens."""
    folder = path.with_name(f"{path.name}.{os.getpid()}{PART}")
    try:
        shutil.rmtree(folder, ignore_errors=True)  # of a process of this number that was killed
        folder.mkdir(mode=0o700)
        yield folder
    except OSError as fault:
        found = f"it cannot be written ({fault.strerror or fault})"
        raise BackupError(where=str(path), found=found, remedy="check path and room, and do it again") from fault
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(draft: Path, path: Path, *, over: bool = False) -> None:
    """Give a written file its name, for good; BackupError where another has it and must not be written over."""
    with draft.open("rb") as file:
        sync(file)
    if over:
        os.replace(draft, path)
    else:
        require_free(path)
        try:
            os.link(draft, path)  # unlike a rename, never over another
        except FileExistsError:
            require_free(path)
        except OSError:  # a file system without links
            os.replace(draft, path)
    sync_folder(path.parent)


def require_free(path: Path, remedy: str = "name another file") -> None:
    """Raise BackupError where there is a file, or what SQLite left beside one."""
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")):
        if os.path.lexists(each):
            raise BackupError(where=str(each), found="there is a file already", remedy=remedy)
