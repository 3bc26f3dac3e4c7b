"""The power fails while it is written: what was promised before is there, nothing is half; and where nothing is synced, that is seen.

Few cuts; ``python tools/power_cut.py`` makes hundreds.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from power_cut import SECTOR, Disk, Done, Found, Trial, compiled, judged, logged
from power_writer import command, judge_of

from dragoman.errors import LedgerError
from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the library that logs what is done to files."""
    made = compiled(tmp_path_factory.mktemp("library"))
    if made is None:
        pytest.skip("no power is cut here: it needs Linux and a C compiler (apt-get install gcc)")
    return made


def _cut(library: Path, scratch: Path, writer: str, sizes: tuple[int, int], synchronous: str = "FULL") -> Found:
    """Return what is found in so many cuts of a writer of so many reports."""
    reports, count = sizes
    folder = scratch.resolve() / "written"
    folder.mkdir()
    done = logged(library, folder, command(writer, folder, reports, synchronous))
    return judged(Trial(done, folder, judge_of(writer, reports)), scratch, count, seed=20200113)


@pytest.mark.parametrize(("writer", "sizes"), [("ledger", (5, 8)), ("files", (1, 8))])
def test_what_was_promised_is_there_after_a_cut(
    library: Path, tmp_path: Path, writer: str, sizes: tuple[int, int]
) -> None:
    found = _cut(library, tmp_path, writer, sizes)
    assert found.faults == []
    assert found.syncs > found.promises >= 3 * sizes[0]
    assert found.cuts == sizes[1]


def test_what_is_not_synced_is_missed(library: Path, tmp_path: Path) -> None:
    found = _cut(library, tmp_path, "ledger", (2, 4), "OFF")
    assert found.syncs == 0
    words = ("lost: report", "lost: decision", "lost: line")
    assert [each for each in words if not any(each in fault for fault in found.faults)] == []


def _write(data: bytes, at: int = 0) -> Done:
    return Done("w", "/a/one", "", 7, at, data)


def _made(op: str, path: str, other: str = "", inode: int = 0) -> Done:
    return Done(op, path, other, inode, 0, b"")


def _ends(*done: Done) -> set[tuple[tuple[str, bytes], ...]]:
    """Return all that fifty cuts after these operations leave."""
    disk, chance = Disk(), Random(1)
    for each in done:
        disk.do(each)
    return {tuple(sorted(disk.after_cut(chance).items())) for _ in range(50)}


def test_a_disk_keeps_what_was_synced_and_of_the_rest_any_part() -> None:
    made, sync, folder = _made("c", "/a/one", inode=7), _made("s", "/a/one", inode=7), _made("d", "/a")
    assert _ends(made, _write(b"x"), sync, folder) == {(("/a/one", b"x"),)}
    assert _ends(made, _write(b"x"), sync) == {(), (("/a/one", b"x"),)}
    assert _ends(made, folder, _write(b"x")) == {(("/a/one", b""),), (("/a/one", b"x"),)}
    torn = {dict(each)["/a/one"] for each in _ends(made, folder, _write(b"x" * 2 * SECTOR))}
    assert {b"", b"x" * SECTOR, bytes(SECTOR) + b"x" * SECTOR, b"x" * 2 * SECTOR} == torn
    renamed = _made("r", "/a/one", "/a/two")
    kept = [made, _write(b"x"), sync, folder, renamed]
    assert _ends(*kept) == {(("/a/one", b"x"),), (("/a/two", b"x"),)}
    assert _ends(*kept, folder) == {(("/a/two", b"x"),)}
    assert _ends(*kept, folder, _made("u", "/a/two")) == {(), (("/a/two", b"x"),)}


def test_a_ledger_whose_making_was_cut_is_made_again(tmp_path: Path) -> None:
    # as SQLite leaves it where the first page did not reach the disk, and its journal did
    path = tmp_path / "test.ledger"
    path.write_bytes(bytes(2048))
    with pytest.raises(LedgerError, match="this is no database"):
        Ledger(str(path), create=True)
    head = (
        bytes.fromhex("d9d505f920a163d7") + (0).to_bytes(8) + (0).to_bytes(4) + SECTOR.to_bytes(4) + (1024).to_bytes(4)
    )
    path.with_name("test.ledger-journal").write_bytes(head.ljust(SECTOR, b"\0"))
    ledger = Ledger(str(path), create=True)
    assert verify(ledger) == []
    ledger.close()
