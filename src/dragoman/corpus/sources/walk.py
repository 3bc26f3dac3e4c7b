"""The files of a corpus: those that are named, and those in folders and zip archives, each once, in the order of their paths."""

from __future__ import annotations

import os
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.corpus import places
from dragoman.corpus.sources.forms import ARCHIVE, DOCUMENTS, ENDINGS, ending_of
from dragoman.corpus.sources.unpacked import inside, unreadable
from dragoman.errors import IntakeError


@dataclass(slots=True)
class Walked:
    """What a walk finds: the files, what cannot be read, and how many files of which ending were passed over."""

    files: list[str] = field(default_factory=list)
    faults: list[IntakeError] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)


def walk(corpus: Sequence[str]) -> Walked:
    """Return the files of a corpus, each once however often and on whatever way it is reached."""
    found = Walked()
    named: dict[str, str] = {}
    for path in corpus:
        for each, known in _below(path, found):
            if known or _is_read(each, found):
                identity = os.path.realpath(each) if places.is_local(each) else each
                named[identity] = min(each, named.get(identity, each))
    for each in sorted(named.values()):
        if ending_of(each) == ARCHIVE:
            found.files += _members(each, found)
        else:
            found.files.append(each)
    return found


def _is_read(path: str, found: Walked) -> bool:
    """Return whether a file of a folder is read by its ending; note where it is not."""
    ending = ending_of(path)
    if ending in ENDINGS or ending == ARCHIVE:
        return True
    if ending in DOCUMENTS:
        what = f"a file that ends in {ending} is not read"
        found.faults.append(
            IntakeError(where=path, found=what, remedy="save what is in it as text, HTML, JSON lines or CSV")
        )
    else:
        found.passed[ending] += 1
    return False


def _below(path: str, found: Walked) -> Iterator[tuple[str, bool]]:
    """Yield the files at and below a path, and whether it was named by the user itself."""
    if not places.is_local(path):
        yield from _stored(path, found)
        return
    path = os.path.normpath(path.removeprefix("file://").removeprefix("local://"))
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as mistake:
        found.faults.append(_refused(path, mistake))
        return
    if stat.S_ISDIR(mode):
        yield from ((each, False) for each in _in_folder(path, found, {os.path.realpath(path)}))
    elif stat.S_ISREG(mode):
        yield path, True
    else:
        found.faults.append(IntakeError(where=path, found="this is no file", remedy="give a file or a folder"))


def _refused(path: str, mistake: Exception) -> IntakeError:
    if isinstance(mistake, OSError) and mistake.strerror and not isinstance(mistake, FileNotFoundError):
        return unreadable(path, mistake)
    if os.path.islink(path):
        return IntakeError(where=path, found="the link leads nowhere", remedy="mend or remove it")
    return IntakeError(where=path, found="there is no such file", remedy="check the path")


def _empty(path: str) -> IntakeError:
    endings = ", ".join(ENDINGS)
    return IntakeError(where=path, found="the folder is empty", remedy=f"give files that end in {endings}")


def _in_folder(folder: str, found: Walked, seen: set[str]) -> Iterator[str]:
    """Yield the files below a folder of this machine; a folder that was seen on the way is not entered again."""
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as mistake:
        found.faults.append(unreadable(folder, mistake))
        return
    if not names:
        found.faults.append(_empty(folder))
    for name in names:
        path = f"{folder}/{name}" if folder != "." else name
        try:
            mode = os.stat(path).st_mode
        except OSError as mistake:
            found.faults.append(_refused(path, mistake))
            continue
        if stat.S_ISDIR(mode):
            real = os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                yield from _in_folder(path, found, seen)
        elif stat.S_ISREG(mode):
            yield path
        elif ending_of(path) in ENDINGS:
            found.faults.append(IntakeError(where=path, found="this is no file", remedy="give a file or a folder"))


def _stored(path: str, found: Walked) -> Iterator[tuple[str, bool]]:
    """Yield the files at and below an address of an object store."""
    try:
        listed = places.listed(path)
    except (OSError, ValueError) as mistake:
        found.faults.append(unreadable(path, mistake))
        return
    if not listed:
        found.faults.append(_empty(path))
    for each in listed:
        yield each.path, each.path == path


def _members(path: str, found: Walked) -> Iterator[str]:
    """Yield the paths of the files in a zip archive."""
    try:
        with places.opened(path) as file, zipfile.ZipFile(file) as archive:
            names = sorted({name for name in archive.namelist() if not name.endswith("/")})
    except (OSError, zipfile.BadZipFile, NotImplementedError) as mistake:
        found.faults.append(unreadable(path, mistake))
        return
    shown = [name for name in names if not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))]
    if not shown:
        found.faults.append(_empty(path))
    for name in shown:
        member = inside(path, name)
        if _is_read(member, found):
            yield member
