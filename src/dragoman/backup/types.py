"""What a backup says of itself, and what is told when one was made or restored."""

from __future__ import annotations

import msgspec

FORM = 1  # of the file; a newer one is refused
MANIFEST, LEDGER, ACCOUNTS = "manifest.json", "ledger.sqlite", "accounts.sqlite"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A file in a backup: its size in bytes and its SHA-256."""

    size: int
    sha256: str


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much is in it; ``users`` and ``tokens`` are None where it has no accounts. ``findings`` are those of ``check``."""

    reports: int
    claims: int
    decisions: int
    findings: int = 0
    users: int | None = None
    tokens: int | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a backup. ``ledger`` is the name that no other ledger has, ``place`` where it was, without a password."""

    form: int
    dragoman: str
    made: str
    ledger: str
    place: str
    schema: str
    counts: Counts
    members: dict[str, Member]


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """What was made: the file of a backup with its SHA-256, or the place of a restored ledger with that of its backup."""

    place: str
    sha256: str
    made: str
    schema: str
    counts: Counts
