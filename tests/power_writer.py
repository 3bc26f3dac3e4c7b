"""What loses its power: a process that writes as the product does and marks what it has promised, and who judges what is left.

Run by tools/power_cut.py and test_power_cut.py as ``power_writer.py WRITER FOLDER COUNT SYNCHRONOUS``, with the library that logs.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger_prepared import MADE, made
from sqlalchemy import select

from dragoman.backup.restoring import Back, restore
from dragoman.backup.saving import Wish, backup
from dragoman.backup.sealed import opened_seal
from dragoman.corpus.places import written
from dragoman.desk.accounts.log import Filter, Noted, lines, note
from dragoman.desk.accounts.store import Accounts, accounts_of
from dragoman.desk.told.hooked import Remembered, remembered
from dragoman.errors import DragomanError
from dragoman.ledger import connect, schema
from dragoman.ledger.decisions import decide, decisions
from dragoman.ledger.dump import dump
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind
from dragoman.ledger.verify import verify

WRITERS = ("ledger", "files", "older")
_REVISIONS = Path(__file__).with_name("ledger_revisions")
_KINDS = (DecisionKind.NOTE, DecisionKind.WRONG_CLAIM, DecisionKind.RIGHT_CLAIM)
_OLD = 6  # reports of the older ledgers
_REOPENED = 60  # reports after which it is closed and opened anew; by then the log was emptied into the file, too
Judge = Callable[[Path, Sequence[str]], Iterator[str]]


def command(writer: str, folder: Path, count: int, synchronous: str = "FULL") -> list[str]:
    """Return the command of a process that writes to a folder."""
    return [sys.executable, str(Path(__file__).resolve()), writer, str(folder), str(count), synchronous]


def judge_of(writer: str, count: int) -> Judge:
    """Return who says what is wrong with a folder, where so much was promised."""
    return partial({"ledger": ledger_faults, "files": file_faults, "older": older_faults}[writer], count=count)


# -- a ledger with the accounts of its desk


def write_ledger(folder: Path, count: int) -> None:
    """Add reports, decide about each and note it, and settle now and then; mark each when it is done."""
    ledger, accounts = _opened(folder)
    for number in range(count):
        reading, record = made(number)
        ledger.add(reading, record, MADE)
        mark(f"report {number}")
        asked = Asked(kind=_KINDS[number % 3], about=(reading.claims[0].id,), user="eowyn", note=f"note {number}")
        decided = decide(ledger, asked)
        mark(f"decision {number} {decided.id}")
        note(accounts, Noted(user="eowyn", address="127.0.0.1", what="decision", about=decided.id))
        mark(f"line {decided.id}")
        if number % 5 == 4:
            settle(ledger)
        if number % _REOPENED == _REOPENED - 1:
            ledger.close()
            accounts.close()
            ledger, accounts = _opened(folder)
    ledger.close()
    accounts.close()


def _opened(folder: Path) -> tuple[Ledger, Accounts]:
    ledger = Ledger(str(folder / "test.ledger"), create=True)
    return ledger, accounts_of(ledger, None)


def ledger_faults(folder: Path, promised: Sequence[str], count: int) -> Iterator[str]:
    """Return what is wrong with a ledger and its accounts: not to be opened, damaged, something lost, half or never given."""
    try:
        ledger, accounts = _opened(folder)
        yield from (str(each) for each in verify(ledger))
        yield from _ledger_lost(ledger, promised, count)
        noted = {each.about for each in lines(accounts, Filter(), count=10 * count)}
        yield from (f"lost: line {each}" for each in _promised(promised, "line") if each not in noted)
        _go_on(ledger, count)
        yield from (f"going on: {each}" for each in verify(ledger))
        ledger.close()
        accounts.close()
    except DragomanError as fault:
        yield str(fault)


def _ledger_lost(ledger: Ledger, promised: Sequence[str], count: int) -> Iterator[str]:
    given = {reading.report.id: (number, reading) for number, (reading, _) in enumerate(map(made, range(count)))}
    there = {each.report.id: each.report.text for each in ledger.reports()}
    claims = schema.claims.join(schema.reports, schema.claims.c.report == schema.reports.c.no)
    with ledger.reading() as connection:
        found = connection.execute(
            select(schema.reports.c.id, schema.claims.c.id).select_from(claims).order_by(schema.claims.c.place)
        ).all()
    for identity, text in there.items():
        _, reading = given[identity]
        whole = [each.id for each in reading.claims] == [claim for report, claim in found if report == identity]
        if not whole or text != reading.report.text:
            yield f"half a report: {identity}"
    numbers = {given[identity][0] for identity in there}
    yield from (f"lost: report {each}" for each in _promised(promised, "report") if int(each) not in numbers)
    kept = {f"{each.note} {each.id}": each for each in decisions(ledger)}
    yield from (f"lost: decision {each}" for each in _promised(promised, "decision") if f"note {each}" not in kept)
    for each in kept.values():
        number = int((each.note or "").removeprefix("note "))
        if (each.kind, each.about) != (_KINDS[number % 3], (made(number)[0].claims[0].id,)):
            yield f"half a decision: {each}"


def _go_on(ledger: Ledger, count: int) -> None:
    """Add one report that is not there yet, and settle: what is left can be written to."""
    ledger.add(*made(count), MADE)
    settle(ledger)


def _promised(promised: Sequence[str], kind: str) -> list[str]:
    return [each.removeprefix(f"{kind} ") for each in promised if each.startswith(f"{kind} ")]


# -- files that are written beside and renamed


def write_files(folder: Path, count: int) -> None:
    """Back up and restore a ledger, write results of a corpus, and what is remembered of hooks; mark each when it is done."""
    (folder / "hooks").mkdir()
    ledger, accounts = _opened(folder)
    for number in range(count):
        ledger.add(*made(number), MADE)
        settle(ledger)
        note(accounts, Noted(user="eowyn", address="127.0.0.1", what="decision", about=str(number)))
        saved = backup(Wish(ledger=ledger.where), folder / f"{number}.saved")
        mark(f"saved {number} {saved.sha256}")
        restore(folder / f"{number}.saved", Back(ledger=str(folder / f"{number}.restored")))
        mark(f"restored {number}")
        with written(str(folder / "results" / "manifest.json")) as file:
            file.write(_manifest(number))
        mark(f"manifest {number}")
        Remembered(ledger="made", told={"team": str(number)}).keep(folder / "hooks" / "hooks.state")
        mark(f"told {number}")
    ledger.close()
    accounts.close()


def _manifest(number: int) -> bytes:
    return f"{number}:".encode() + hashlib.sha256(str(number).encode()).hexdigest().encode() * 50


def file_faults(folder: Path, promised: Sequence[str], count: int) -> Iterator[str]:
    """Return what is wrong with files: lost, older than promised, or half under their own names."""
    manifest, hooks = folder / "results" / "manifest.json", folder / "hooks" / "hooks.state"
    looks: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: _saved_faults(folder, promised),
        lambda: _restored_faults(folder, promised),
        lambda: _older("manifest", promised, manifest.read_bytes() if manifest.exists() else None, _manifest, count),
        lambda: _older("told", promised, remembered(hooks).told.get("team"), str, count),
    )
    for look in looks:
        try:
            yield from look()
        except DragomanError as fault:
            yield str(fault)


def _saved_faults(folder: Path, promised: Sequence[str]) -> Iterator[str]:
    digests = {each.stem: opened_seal(each) for each in folder.glob("*.saved")}
    for words in _promised(promised, "saved"):
        number, digest = words.split()
        if digests.get(number) != digest:
            yield f"lost: saved {number}"


def _restored_faults(folder: Path, promised: Sequence[str]) -> Iterator[str]:
    there = {each.stem: each for each in folder.glob("*.restored")}
    yield from (f"lost: restored {one}" for one in _promised(promised, "restored") if one not in there)
    for each in there.values():
        ledger = Ledger(str(each))
        yield from (f"{each.name}: {found}" for found in verify(ledger))
        if len(ledger.reports()) != int(each.stem) + 1:
            yield f"half: {each.name}"
        ledger.close()


def _older(
    kind: str, promised: Sequence[str], found: object, version: Callable[[int], object], count: int
) -> Iterator[str]:
    """Return that a file that is written again and again is not the version that was promised last, or a later one."""
    last = max(map(int, _promised(promised, kind)), default=-1)
    allowed = [version(number) for number in range(max(0, last), count)] + ([None] if last < 0 else [])
    if found not in allowed:
        yield f"lost: {kind} {last} or later"


# -- ledgers of older versions, that are brought up to date


def write_older(folder: Path, count: int) -> None:
    """Make ledgers as each version wrote them, open them with today's program, and add to them; mark each when it is done."""
    for path in sorted(_REVISIONS.glob("*.sql")):
        for mode in ("wal", "delete"):
            name = f"{path.stem}-{mode}"
            _old(folder / f"{name}.ledger", path, mode)
            mark(f"old {name}")
            ledger = Ledger(str(folder / f"{name}.ledger"))
            for number in range(count):
                ledger.add(*made(1000 + number), MADE)
                mark(f"added {name} {number}")
            ledger.close()


def _old(place: Path, script: Path, mode: str) -> None:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute("PRAGMA synchronous=EXTRA")  # the old ledger is on the disk: what comes after is tried
        connection.executescript(f"BEGIN; {script.read_text(encoding='utf-8')}; COMMIT;")


def older_faults(folder: Path, promised: Sequence[str], count: int) -> Iterator[str]:
    """Return what is wrong with ledgers of older versions: damaged, or without what they had or what was added."""
    added = Counter(each.split()[0] for each in _promised(promised, "added"))
    for name in _promised(promised, "old"):
        try:
            ledger = Ledger(str(folder / f"{name}.ledger"))
            yield from (f"{name}: {each}" for each in verify(ledger))
            there = dump(ledger).splitlines()
            yield from (f"{name}: lost: {each[:80]!r}" for each in _before() if each not in there)
            if not added[name] <= len(ledger.reports()) - _OLD <= count:
                yield f"{name}: {len(ledger.reports())} reports, {added[name]} were added"
            ledger.close()
        except DragomanError as fault:
            yield str(fault)


@lru_cache
def _before() -> list[bytes]:
    """Return what is told of a ledger that was brought up to date in peace."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "old.ledger"
        _old(path, _REVISIONS / "0001.sql", "wal")
        ledger = Ledger(str(path))
        found = dump(ledger).splitlines()
        ledger.close()
    return found


def mark(words: str) -> None:
    """Say in the log what is promised from now on."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
    from power_cut import mark as marked

    marked(words)


def _lax(synchronous: str) -> None:
    """Have SQLite sync less than the program wants, and files not at all: then the cuts must find what is lost."""
    strict = connect._pragmas

    def lax(connection: sqlite3.Connection, _: object) -> None:
        strict(connection, _)
        connection.execute(f"PRAGMA synchronous={synchronous}")

    connect._pragmas = lax
    os.fsync = lambda _: None  # type: ignore[assignment]


def main() -> None:
    """Write as told."""
    writer, folder, count, synchronous = sys.argv[1:]
    if synchronous != "FULL":
        _lax(synchronous)
    {"ledger": write_ledger, "files": write_files, "older": write_older}[writer](Path(folder), int(count))


if __name__ == "__main__":
    main()
