"""A backup holds what was written up to one instant, is checked, and goes back to the same boards; nothing half or altered passes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from desking import ROOT
from ledger_prepared import MADE, fill, prepared

from dragoman.backup import files, sealed
from dragoman.backup.restoring import Back, restore
from dragoman.backup.saving import Wish, backup
from dragoman.backup.types import ACCOUNTS, LEDGER
from dragoman.cli import run
from dragoman.desk.accounts.sessions import begin, session_of
from dragoman.desk.accounts.store import Accounts, accounts_of
from dragoman.desk.accounts.tokens import make_token, token_of, wanted
from dragoman.desk.accounts.users import add_user, all_users
from dragoman.desk.who import Role
from dragoman.errors import BackupError, LedgerError
from dragoman.ledger.decisions import decide
from dragoman.ledger.dump import dump
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind
from dragoman.ledger.verify import verify

COUNT = 6
PASSWORD = "a long word of Rohan"


@pytest.fixture(params=["sqlite", "postgres"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Return what gives a new empty place for a ledger."""
    numbers = iter(range(1_000_000))
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"{next(numbers)}.ledger")
    return request.getfixturevalue("postgres")  # type: ignore[no-any-return]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a backup of some reports."""
    _filled(str(tmp_path / "old.ledger"), COUNT).close()
    backup(Wish(ledger=str(tmp_path / "old.ledger")), tmp_path / "saved")
    return tmp_path / "saved"


def _filled(target: str, count: int) -> Ledger:
    ledger = Ledger(target, create=True)
    fill(ledger, prepared(count))
    claim = ledger.claims()[0].claim.id
    decide(ledger, Asked(kind=DecisionKind.WRONG_CLAIM, about=(claim,), user="eowyn", note="no such ford"))
    return ledger


def _dumped(target: str) -> bytes:
    ledger = Ledger(target)
    assert verify(ledger) == []
    found = dump(ledger)
    ledger.close()
    return found


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if files.PART in path.name)


# -- there and back


@pytest.mark.usefixtures("quick_hashes")
def test_a_ledger_and_its_accounts_come_back(places: Callable[[], str], tmp_path: Path) -> None:
    old, new = places(), places()
    ledger = _filled(old, COUNT)
    accounts = accounts_of(ledger, None)
    add_user(accounts, "eowyn", Role.ADMIN, PASSWORD)
    token, session = (
        make_token(accounts, "eowyn", wanted("import", ["read"], None)),
        begin(accounts, "eowyn", "::1", "b"),
    )
    whole = dump(ledger)
    saved = backup(Wish(ledger=old), tmp_path / "saved")
    assert (saved.counts.reports, saved.counts.decisions, saved.counts.users, saved.counts.tokens) == (COUNT, 1, 1, 1)
    assert saved.sha256 == hashlib.sha256((tmp_path / "saved").read_bytes()).hexdigest()
    assert stat.S_IMODE((tmp_path / "saved").stat().st_mode) == 0o600
    assert token.encode() not in (tmp_path / "saved").read_bytes()
    back = restore(tmp_path / "saved", Back(ledger=new, sha256=saved.sha256))
    assert back.counts == saved.counts
    assert _dumped(new) == whole
    there = Ledger(new)
    again = accounts_of(there, None)
    assert [each.name for each in all_users(again)] == ["eowyn"]
    assert token_of(again, token) is not None
    assert session_of(accounts, session) is not None
    assert session_of(again, session) is None  # a sign-in does not outlive its ledger
    begin(again, "eowyn", "::1", "b")
    assert fill(there, prepared(COUNT + 2)) == [False] * COUNT + [True] * 2  # rows are numbered on
    assert verify(there) == []
    for each in (ledger, accounts, there, again):
        each.close()
    assert _left(tmp_path) == []


def test_a_ledger_moves_from_one_database_to_the_other(postgres: Callable[[], str], tmp_path: Path) -> None:
    first, second, third = str(tmp_path / "1.ledger"), postgres(), str(tmp_path / "3.ledger")
    _filled(first, COUNT).close()
    for number, (old, new) in enumerate(((first, second), (second, third))):
        backup(Wish(ledger=old), tmp_path / f"saved{number}")
        restore(tmp_path / f"saved{number}", Back(ledger=new))
    assert _dumped(third) == _dumped(second) == _dumped(first)


def test_boards_come_back_byte_for_byte(
    corpus_ledger: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_CONFLICTS", str(ROOT / "samples" / "conflicts"))
    monkeypatch.setenv("DRAGOMAN_BOARDS", "")
    old, new, saved = tmp_path / "old.ledger", tmp_path / "new.ledger", tmp_path / "saved"
    shutil.copy(corpus_ledger, old)
    assert run(["backup", "--ledger", str(old), "--to", str(saved)]) == 0
    assert run(["restore", str(saved), "--ledger", str(new)]) == 0
    capsysbinary.readouterr()
    boards = []
    for each in (old, new):
        for conflict in ("libya", "sorvia"):
            assert run(["board", conflict, "--json", "--ledger", str(each)]) == 0
            boards.append(capsysbinary.readouterr().out)
    assert boards[:2] == boards[2:]
    assert min(map(len, boards)) > 1000


def test_a_backup_in_the_midst_of_a_writers_work_is_a_prefix_of_it(places: Callable[[], str], tmp_path: Path) -> None:
    target, listed, done = places(), prepared(40), threading.Event()
    Ledger(target, create=True).close()

    def write() -> None:
        ledger = Ledger(target)
        for reading, record in listed:
            ledger.add(reading, record, MADE)
        ledger.close()
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    held: list[int] = []
    while not done.is_set() or not held:
        saved = backup(Wish(ledger=target), tmp_path / f"saved{len(held)}")
        held.append(saved.counts.reports)
    writer.join()
    for number, count in enumerate(held):
        restore(tmp_path / f"saved{number}", Back(ledger=str(tmp_path / f"back{number}")))
        ledger = Ledger(str(tmp_path / f"back{number}"))
        assert verify(ledger) == []
        assert {each.report.id for each in ledger.reports()} == {reading.report.id for reading, _ in listed[:count]}
        ledger.close()
    assert held == sorted(held)
    assert held[0] < len(listed), f"no backup came in between: {held}"


# -- what is not whole


def test_a_backup_that_is_cut_off_or_altered_anywhere_is_refused(file: Path, tmp_path: Path) -> None:
    whole, target = file.read_bytes(), tmp_path / "new.ledger"
    step = max(1, len(whole) // 60)
    for length in (0, 1, 70, 71, *range(2, len(whole), step), len(whole) - 1):
        file.write_bytes(whole[:length])
        with pytest.raises(BackupError):
            restore(file, Back(ledger=str(target)))
    for at in (*range(0, len(whole), step), len(whole) - 1):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BackupError):
            restore(file, Back(ledger=str(target)))
    assert not target.exists()
    file.write_bytes(whole)
    restore(file, Back(ledger=str(target)))


def test_one_that_was_altered_and_sealed_again_has_another_hash_and_is_checked(file: Path, tmp_path: Path) -> None:
    """Who can write the file can seal it anew: then the hash that was noted elsewhere tells, and so does the check."""
    noted, manifest = sealed.opened_seal(file), sealed.manifest_of(file)
    sealed.unpack(file, manifest, LEDGER, tmp_path / LEDGER)
    with sqlite3.connect(tmp_path / LEDGER) as connection:
        connection.execute("UPDATE reports SET text = replace(text, 'Monday', 'Friday')")
    connection.close()
    forged = {**manifest.members, LEDGER: sealed.member_of(tmp_path / LEDGER)}
    other = type(manifest)(
        **{name: getattr(manifest, name) for name in manifest.__struct_fields__} | {"members": forged}
    )
    sealed.seal(tmp_path / "forged", other, {LEDGER: tmp_path / LEDGER})
    with pytest.raises(BackupError, match="it is another backup"):
        restore(tmp_path / "forged", Back(ledger=str(tmp_path / "new.ledger"), sha256=noted))
    with pytest.raises(BackupError, match="its text is not the one that was added"):
        restore(tmp_path / "forged", Back(ledger=str(tmp_path / "new.ledger")))
    assert not (tmp_path / "new.ledger").exists()


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("text", b"Gondor signed.", "this is no backup"),
        ("zip", None, "it is not as it was written"),
        ("none", b"", "this is no backup"),
    ],
)
def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path, name: str, data: bytes | None, found: str) -> None:
    file = tmp_path / name
    if data is None:
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("a", "b" * 200)
    else:
        file.write_bytes(data)
    with pytest.raises(BackupError, match=found):
        restore(file, Back(ledger=str(tmp_path / "new.ledger")))


def test_a_backup_of_a_newer_form_is_refused(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "FORM", 0)
    with pytest.raises(BackupError, match=r"it is of a newer form \(1\); update dragoman"):
        restore(file, Back(ledger=str(tmp_path / "new.ledger")))


def test_a_ledger_that_is_not_sound_is_saved_only_on_request(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ledger", tmp_path / "new.ledger"
    _filled(str(old), COUNT).close()
    with sqlite3.connect(old) as connection:
        connection.execute("UPDATE reports SET text = replace(text, 'Monday', 'Friday') WHERE no = 1")
    connection.close()
    with pytest.raises(BackupError, match=r"check finds something in it.*and \d+ more|its text is not"):
        backup(Wish(ledger=str(old)), tmp_path / "saved")
    assert not (tmp_path / "saved").exists()
    saved = backup(Wish(ledger=str(old), unsound=True), tmp_path / "saved")
    assert saved.counts.findings > 0
    with pytest.raises(BackupError, match="check finds something"):
        restore(tmp_path / "saved", Back(ledger=str(new)))
    assert restore(tmp_path / "saved", Back(ledger=str(new), unsound=True)).counts == saved.counts


# -- nothing is written over, nothing half is left


def test_nothing_is_written_over_unasked(file: Path, tmp_path: Path) -> None:
    old, whole = str(tmp_path / "old.ledger"), file.read_bytes()
    with pytest.raises(BackupError, match="there is a file already; name another file, or write over it: --force"):
        backup(Wish(ledger=old), file)
    assert file.read_bytes() == whole
    assert backup(Wish(ledger=old, force=True), file).counts.reports == COUNT
    kept = Path(old).read_bytes()
    with pytest.raises(BackupError, match="there is a file already; name a new place"):
        restore(file, Back(ledger=old))
    assert Path(old).read_bytes() == kept
    (tmp_path / "new.ledger-wal").write_bytes(b"of another ledger")
    with pytest.raises(BackupError, match=r"new\.ledger-wal: there is a file already"):
        restore(file, Back(ledger=str(tmp_path / "new.ledger")))
    assert _left(tmp_path) == []


def test_a_database_with_something_in_it_is_left_alone(file: Path, postgres: Callable[[], str]) -> None:
    target = postgres()
    _filled(target, 1).close()
    before = _dumped(target)
    with pytest.raises(BackupError, match="there is a ledger already; name an empty database"):
        restore(file, Back(ledger=target))
    assert _dumped(target) == before


def test_what_is_no_ledger_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        backup(Wish(ledger=str(tmp_path / "none.ledger")), tmp_path / "saved")
    with sqlite3.connect(tmp_path / "other.sqlite") as connection:
        connection.execute("CREATE TABLE cellar (wine TEXT)")
    connection.close()
    with pytest.raises(LedgerError, match="another program's database"):
        backup(Wish(ledger=str(tmp_path / "other.sqlite")), tmp_path / "saved")
    with pytest.raises(BackupError, match="it cannot be written"):
        backup(Wish(ledger=str(tmp_path / "none.ledger")), tmp_path / "no folder" / "saved")
    assert _left(tmp_path) == []
    assert not (tmp_path / "saved").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize("at", ["copied", "sealed", "linked"])
def test_killed_in_the_middle_there_is_no_half_file(tmp_path: Path, at: str) -> None:
    old, saved = str(tmp_path / "old.ledger"), tmp_path / "saved"
    _filled(old, COUNT).close()
    child = os.fork()
    if child == 0:
        _die_at(at)
        backup(Wish(ledger=old), saved)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert len(_left(tmp_path)) == 1
    if at == "linked":
        assert sealed.manifest_of(saved).counts.reports == COUNT  # it had its name: it is whole
        sealed.opened_seal(saved)
    else:
        assert not saved.exists()
    backup(Wish(ledger=old, force=True), saved)
    restore(saved, Back(ledger=str(tmp_path / "new.ledger")))
    assert _dumped(str(tmp_path / "new.ledger")) == _dumped(old)


def _die_at(at: str) -> None:
    """Have this process killed when the ledger was copied, the file sealed, or its name given."""
    from dragoman.backup import saving

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if at == "copied":
        saving.looked_through = die  # type: ignore[assignment]
    elif at == "sealed":
        saving.publish = die  # type: ignore[attr-defined]
    else:
        files.sync_folder = die  # type: ignore[attr-defined]


# -- as commands


def test_as_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _filled("ledger.sqlite", COUNT).close()
    assert run(["backup", "--to", "saved"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"saved: {COUNT} reports, ")
    assert first.endswith(", 1 decisions, no accounts: all is well")
    digest = second.split()[1]
    assert run(["backup", "--to", "saved", "--force", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["place"], told["counts"]["reports"], told["counts"]["users"]) == ("saved", COUNT, None)
    assert run(["restore", "saved", "--ledger", "new.ledger", "--sha256", digest]) == 1
    assert "it is another backup" in capsys.readouterr().err
    assert run(["restore", "saved", "--ledger", "new.ledger", "--sha256", told["sha256"], "--json"]) == 0
    back = json.loads(capsys.readouterr().out)
    assert (back["place"], back["sha256"], back["counts"]) == ("new.ledger", told["sha256"], told["counts"])
    assert run(["check", "--ledger", "new.ledger"]) == 0
    assert run(["restore", "saved"]) == 2


@pytest.mark.usefixtures("quick_hashes")
def test_accounts_are_left_out_on_request_and_found_where_the_settings_say(tmp_path: Path) -> None:
    old = str(tmp_path / "old.ledger")
    _filled(old, 1).close()
    accounts = Accounts(str(tmp_path / "who"))
    add_user(accounts, "eowyn", Role.ADMIN, PASSWORD)
    accounts.close()
    assert backup(Wish(ledger=old), tmp_path / "1").counts.users is None
    assert backup(Wish(ledger=old, accounts=False), tmp_path / "2").counts.users is None
    assert backup(Wish(ledger=old, accounts=str(tmp_path / "who")), tmp_path / "3").counts.users == 1
    assert ACCOUNTS not in sealed.manifest_of(tmp_path / "2").members
    restore(tmp_path / "3", Back(ledger=str(tmp_path / "a"), accounts=False))
    assert not (tmp_path / "a.desk").exists()
    restore(tmp_path / "3", Back(ledger=str(tmp_path / "b")))
    assert stat.S_IMODE((tmp_path / "b.desk").stat().st_mode) == 0o600
