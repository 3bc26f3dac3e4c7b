"""A writer of a ledger loses its power at any moment: what was acknowledged before is there afterwards, nothing is half.

A process adds reports, decides and notes as the desk does (tests/power_writer.py), and all that it does to its files is logged in
order (power_cut.c). For each cut the files are made as a disk may hold them then: what was synced, and of what came later an
arbitrary part, torn at sectors. Today's program opens them and goes on. Prints what was lost, half or wrong; exit status 1 where
anything was.
"""

from __future__ import annotations

import argparse
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
SECTOR = 512
_HEAD = struct.Struct("<c3xIIIQQQ")
_SHIM = Path(__file__).with_name("power_cut.c")
_WAYS = ("nothing more", "in order", "any part", "all but little", "all")  # what reached the disk without being synced


# -- what was done


@dataclass(frozen=True, slots=True)
class Done:
    """An operation: c(reate), w(rite), t(runcate), s(ync), d (folder synced), r(ename), l(ink), u(nlink), k (folder made), m(ark)."""

    op: str
    path: str
    other: str
    inode: int
    offset: int
    data: bytes


def compiled(folder: Path) -> Path | None:
    """Return the library that logs, compiled into a folder; None where there is no compiler, or this is no Linux."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = folder / "power_cut.so"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-pthread", "-o", made, _SHIM], check=True)
    return made


def logged(library: Path, folder: Path, command: Sequence[str]) -> list[Done]:
    """Run a command that writes to an empty folder; return what it did there, in order."""
    log = folder.with_name(f"{folder.name}.log")
    given = {"LD_PRELOAD": str(library), "POWER_CUT_FOLDER": str(folder), "POWER_CUT_LOG": str(log)}
    subprocess.run(command, env={**os.environ, **given}, check=True)
    return list(read(log.read_bytes()))


def read(data: bytes) -> Iterator[Done]:
    """Return the operations of a log."""
    at = 0
    while at < len(data):
        op, path, other, _, inode, offset, size = _HEAD.unpack_from(data, at)
        texts, end = at + _HEAD.size, at + _HEAD.size + path + other
        names = (os.path.normpath(data[texts : texts + path].decode()), data[texts + path : end].decode())
        size = size if op in b"wm" else 0
        yield Done(op.decode(), *names, inode, offset, data[end : end + size])
        at = end + size


def mark(words: str) -> None:
    """Put into the log of this process what it has promised by now."""
    import ctypes

    ctypes.CDLL(None).power_cut_mark(words.encode())


# -- what a disk may hold


@dataclass(slots=True, eq=False)
class File:
    """A file, or a folder: what of it is on the disk for certain, and what was done to it since."""

    folder: bool = False

    synced: bytearray = field(default_factory=bytearray)
    later: list[Done] = field(default_factory=list)

    def sync(self) -> None:
        """Have all of it on the disk."""
        for each in self.later:
            _apply(self.synced, each, lambda: True)
        self.later.clear()

    def after(self, reached: Callable[[], bool], torn: Callable[[], bool]) -> bytes:
        """Return what may be found: of what was done since the sync, what reached the disk, some of that in part."""
        found = bytearray(self.synced)
        for each in self.later:
            if reached():
                _apply(found, each, reached if torn() else lambda: True)
        return bytes(found)


def _apply(content: bytearray, done: Done, reached: Callable[[], bool]) -> None:
    """Do to a file what was done to it, as far as each sector reached the disk; what lies between is zeros."""
    if done.op == "t":
        del content[done.offset :]
        content.extend(bytes(done.offset - len(content)))
        return
    at, end = done.offset, done.offset + len(done.data)
    while at < end:
        until = min(end, at - at % SECTOR + SECTOR)
        if reached():
            content.extend(bytes(max(0, until - len(content))))
            content[at:until] = done.data[at - done.offset : until - done.offset]
        at = until


@dataclass(slots=True)
class Disk:
    """The folder's files while they are written: the names that are there, those on the disk, and what was done to names since."""

    names: dict[str, File] = field(default_factory=dict)
    synced: dict[str, File] = field(default_factory=dict)
    later: list[tuple[Done, File]] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    _inodes: dict[int, File] = field(default_factory=dict)

    def do(self, done: Done) -> None:
        """Follow an operation."""
        match done.op:
            case "c":
                file = self._inodes[done.inode] = File()
                self._name(done, file)
            case "k":
                self.folders.add(done.path)
                self._name(done, File(folder=True))
            case "w" | "t":
                self._inodes[done.inode].later.append(done)
            case "s":
                self._inodes[done.inode].sync()
            case "r" | "l" | "u":
                self._name(done, self.names[done.path])
            case "d":
                mine = [each for each in self.later if done.path in _folders(each[0])]
                self.later = [each for each in self.later if each not in mine]
                for each in mine:
                    _rename(self.synced, *each)

    def _name(self, done: Done, file: File) -> None:
        _rename(self.names, done, file)
        self.later.append((done, file))

    def after_cut(self, chance: Random) -> dict[str, bytes]:
        """Return what files there may be when the power fails now."""
        way, part = chance.choice(_WAYS), chance.random()
        names = dict(self.synced)
        until = chance.randint(0, len(self.later))
        for place, (done, file) in enumerate(self.later):
            if {"nothing more": False, "all": True, "in order": place < until}.get(way, chance.random() < part):
                _rename(names, done, file)
        part = {"nothing more": 0.0, "all": 1.0, "all but little": 0.95}.get(way, part)
        found = {path: file for path, file in names.items() if not file.folder and self._reached(path, names)}
        return {
            path: file.after(lambda: chance.random() < part, lambda: chance.random() < 0.5)
            for path, file in found.items()
        }

    def _reached(self, path: str, names: Mapping[str, File]) -> bool:
        """Return whether the folders that were made for a file are there."""
        above = [path[:at] for at, sign in enumerate(path) if sign == "/"]
        return all(each in names for each in above if each in self.folders)


def _rename(names: dict[str, File], done: Done, file: File) -> None:
    if done.op in "ru":
        names.pop(done.path, None)
    if done.op != "u":
        names[done.other or done.path] = file


def _folders(done: Done) -> set[str]:
    return {os.path.dirname(done.other or done.path)} | ({os.path.dirname(done.path)} if done.op == "u" else set())


@dataclass(frozen=True, slots=True)
class Cut:
    """The files after a cut, by their paths; what was promised before it; and after how many operations it came."""

    at: int
    files: Mapping[str, bytes]
    promised: tuple[str, ...]


def cuts(done: Sequence[Done], count: int, chance: Random) -> Iterator[Cut]:
    """Return so many cuts, anywhere in what was done: some right after a promise, for then all of it must be there."""
    ends = [place + 1 for place, each in enumerate(done) if each.op == "m"]
    places = sorted(chance.choice(ends) if each % 3 == 0 else chance.randint(0, len(done)) for each in range(count))
    disk, promised, at = Disk(), list[str](), 0
    for place in places:
        for each in done[at:place]:
            disk.do(each)
            if each.op == "m":
                promised.append(each.data.decode())
        at = place
        yield Cut(place, disk.after_cut(chance), tuple(promised))


def laid(cut: Cut, was: Path, folder: Path) -> None:
    """Write the files of a cut to an empty folder, where they were in the folder that was logged."""
    for path, data in cut.files.items():
        if path.endswith("-shm"):
            data = b"\xff" * len(data)  # its content may be anything: it is made anew
        to = folder / Path(path).relative_to(was)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)


# -- the tool


@dataclass(slots=True)
class Found:
    """What came of cuts: how many, how many operations there were, and the faults with their places."""

    operations: int = 0
    syncs: int = 0
    promises: int = 0
    cuts: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trial:
    """What was done in which folder, and who says what is wrong with a folder for which so much was promised."""

    done: Sequence[Done]
    was: Path
    judge: Callable[[Path, Sequence[str]], Iterable[str]]


def judged(trial: Trial, scratch: Path, count: int, seed: int) -> Found:
    """Cut so many times, and return what was found wrong; the folder of a cut with faults is left."""
    done = trial.done
    found = Found(len(done), sum(each.op == "s" for each in done), sum(each.op == "m" for each in done))
    for cut in cuts(done, count, Random(seed)):
        folder = scratch / f"cut {found.cuts}"
        folder.mkdir()
        laid(cut, trial.was, folder)
        found.cuts += 1
        wrong = [f"after operation {cut.at}: {each}" for each in trial.judge(folder, cut.promised)]
        found.faults += wrong
        if not wrong:
            shutil.rmtree(folder)
    return found


def main() -> int:
    """Write, cut, and print what was found."""
    sys.path.insert(0, str(ROOT / "tests"))
    from power_writer import WRITERS, command, judge_of

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--synchronous", default="FULL", help="NORMAL or OFF: what is lost if less is synced, or nothing"
    )
    parser.add_argument("--writer", choices=WRITERS, default="ledger")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made).resolve()
        library = compiled(scratch)
        if library is None:
            print("there is no C compiler here, or this is no Linux")
            return 2
        folder = scratch / "written"
        folder.mkdir()
        done = logged(library, folder, command(options.writer, folder, options.reports, options.synchronous))
        trial = Trial(done, folder, judge_of(options.writer, options.reports))
        found = judged(trial, scratch, options.cuts, options.seed)
    print(f"{found.operations} operations, {found.syncs} syncs, {found.promises} promises")
    print("\n".join([f"{found.cuts} cuts, {len(found.faults)} faults", *found.faults[:20]]))
    return int(bool(found.faults))


if __name__ == "__main__":
    sys.exit(main())
