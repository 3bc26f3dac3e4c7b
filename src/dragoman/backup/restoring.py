"""A backup back into a new place: looked through, of today's schema, there whole or not at all, and never over another ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from sqlalchemy import func, select, update

from dragoman.backup.files import drafts_for, publish, require_free
from dragoman.backup.rows import copy_rows
from dragoman.backup.saving import alone, looked_through, require_sound
from dragoman.backup.sealed import manifest_of, opened_seal, unpack
from dragoman.backup.types import ACCOUNTS, LEDGER, Manifest, Saved
from dragoman.desk.accounts import tables as kept
from dragoman.desk.accounts.store import Accounts, beside, file_of
from dragoman.errors import BackupError
from dragoman.ledger.connect import HEAD, WAIT, engine_of, place_of, schema_of
from dragoman.ledger.dump import lines
from dragoman.ledger.schema import decisions, failures, feeds, metadata, reports
from dragoman.ledger.store import Ledger, instant
from dragoman.ledger.verify import Finding

_ANOTHER = "name a new place: --ledger NEW"
_UNSOUND = "take another backup, or have it all the same: --unsound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Where a backup goes: a new file or an empty database. ``sha256`` is what it must have, ``accounts`` whether they come, too.

    ``unsound`` takes back a ledger in which ``check`` finds something.
    """

    ledger: str
    accounts: bool = True
    sha256: str | None = None
    unsound: bool = False
    wait: float = WAIT


def restore(file: Path, back: Back) -> Saved:
    """Return what was restored; BackupError where the backup is not whole, or something is in the place already."""
    digest = opened_seal(file)
    if back.sha256 is not None and digest != back.sha256.lower().removeprefix("sha256:"):
        raise BackupError(
            where=str(file), found=f"it is another backup ({digest})", remedy="give the one that has this hash"
        )
    manifest = manifest_of(file)
    if "://" in back.ledger:
        engine = engine_of(back.ledger, create=True, wait=back.wait)
        engine.dispose()
        if engine.dialect.name != "sqlite":
            found = _into_database(file, manifest, back)
            return _done(manifest, digest, place_of(engine.url), found)
        return restore(file, replace(back, ledger=str(engine.url.database)))
    return _done(manifest, digest, back.ledger, _into_file(file, manifest, back))


def _done(manifest: Manifest, digest: str, place: str, found: list[Finding]) -> Saved:
    counts = msgspec.structs.replace(manifest.counts, findings=len(found))
    return Saved(place=place, sha256=digest, made=manifest.made, schema=HEAD, counts=counts)


def _into_file(file: Path, manifest: Manifest, back: Back) -> list[Finding]:
    target, users = Path(back.ledger), Path(file_of(back.ledger))
    require_free(target, _ANOTHER)
    require_free(users, _ANOTHER)
    with drafts_for(target) as folder:
        found = _unpacked(file, manifest, back, folder)
        if _has_accounts(manifest, back):
            publish(folder / ACCOUNTS, users)
        publish(folder / LEDGER, target)
    return found


def _has_accounts(manifest: Manifest, back: Back) -> bool:
    return back.accounts and ACCOUNTS in manifest.members


def _unpacked(file: Path, manifest: Manifest, back: Back, folder: Path) -> list[Finding]:
    """Unpack a backup into a folder, and bring it to what is used today; return what is wrong with it."""
    unpack(file, manifest, LEDGER, folder / LEDGER)
    found = looked_through(folder / LEDGER).found
    if len(found) > (manifest.counts.findings if back.unsound else 0):
        raise BackupError(where=str(file), found=f"check finds something in it: {found[0]}", remedy=_UNSOUND)
    if _has_accounts(manifest, back):
        unpack(file, manifest, ACCOUNTS, folder / ACCOUNTS)
        require_sound(folder / ACCOUNTS)
        _end_sessions(folder / ACCOUNTS)
    return found


def _end_sessions(draft: Path) -> None:
    """End all sessions: one that was signed out since the backup must not come to life again."""
    accounts = Accounts(str(draft))
    try:
        with accounts.writing() as connection:
            open_ones = update(kept.sessions).where(kept.sessions.c.revoked.is_(None))
            connection.execute(open_ones.values(revoked=instant(datetime.now(UTC))))
    finally:
        accounts.close()
    alone(draft)


# -- PostgreSQL


def _into_database(file: Path, manifest: Manifest, back: Back) -> list[Finding]:
    _require_empty(back)
    with TemporaryDirectory(prefix="dragoman-") as folder:
        drafts = Path(folder)
        found = _unpacked(file, manifest, back, drafts)
        if _has_accounts(manifest, back):
            _accounts_back(drafts / ACCOUNTS, back)
        _ledger_back(drafts / LEDGER, back)
    return found


def _require_empty(back: Back) -> None:
    """Raise BackupError where a database has a ledger with something in it, or accounts that would be written over."""
    engine = engine_of(back.ledger, wait=back.wait)
    where = place_of(engine.url)
    accounts = Accounts(beside(engine.url), wait=back.wait)
    try:
        used = accounts.there() if back.accounts else False
        there = schema_of(engine) is not None
    finally:
        accounts.close()
        engine.dispose()
    if there:
        ledger = Ledger(back.ledger, wait=back.wait)
        with ledger.reading() as connection:
            listed = (reports, decisions, failures, feeds)
            there = any(connection.execute(select(func.count()).select_from(each)).scalar_one() for each in listed)
        ledger.close()
    if there or used:
        found = "there is a ledger already" if there else "there are accounts already"
        raise BackupError(where=where, found=found, remedy="name an empty database: createdb makes one")


def _ledger_back(draft: Path, back: Back) -> None:
    """Put all rows into a database in one transaction, and see that it says what the backup says."""
    source, target = Ledger(str(draft)), Ledger(back.ledger, create=True, wait=back.wait)
    try:
        with source.reading() as old, target.writing() as new:
            copy_rows(old, new, metadata.sorted_tables)
        if _said(source) != _said(target):
            raise BackupError(where=target.where, found="it does not say what the backup says", remedy="report this")
    finally:
        source.close()
        target.close()


def _said(ledger: Ledger) -> str:
    """Return the hash of what a ledger says, whatever database it is in."""
    digest = hashlib.sha256()
    for line in lines(ledger):
        digest.update(msgspec.json.encode(line, order="sorted"))
    return digest.hexdigest()


def _accounts_back(draft: Path, back: Back) -> None:
    engine = engine_of(back.ledger, wait=back.wait)
    engine.dispose()
    source, target = Accounts(str(draft)), Accounts(beside(engine.url), wait=back.wait)
    try:
        with source.reading() as old, target.writing() as new:
            copy_rows(old, new, kept.metadata.sorted_tables)
    finally:
        source.close()
        target.close()
