"""The tables of the store of accounts. What gives access is kept as a hash: of passwords argon2id, of random secrets SHA-256.

It has a version: another than ``VERSION`` is refused. Instants are UTC, as ISO text, as in the ledger.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

VERSION = "1"
SCHEMA = "dragoman_desk"  # on PostgreSQL, so that a ledger can be given away without it
GIVEN = "given "
metadata = MetaData()

facts = Table("desk_facts", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
"""``version`` of these tables; ``name`` of this store alone; ``GIVEN`` and a user: since when the password is one handed over."""

users = Table(
    "desk_users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("disabled", Text),
)

sessions = Table(
    "desk_sessions",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("user", Text, ForeignKey("desk_users.name"), nullable=False),
    Column("created", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("revoked", Text),
    Column("address", Text, nullable=False),
    Column("agent", Text, nullable=False),  # the browser, as it calls itself
    Index("ix_desk_sessions_user", "user"),
)

tokens = Table(
    "desk_tokens",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("user", Text, ForeignKey("desk_users.name"), nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # words, apart by spaces
    Column("created", Text, nullable=False),
    Column("used", Text),
    Column("expires", Text),
    Column("revoked", Text),
    Index("ix_desk_tokens_user", "user"),
)

audit = Table(
    "desk_audit",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("outcome", Text, nullable=False),
)
"""Only ever added to."""
