"""The tables of a ledger, for SQLite and PostgreSQL alike. Days are dates; instants are UTC, to the microsecond, as ISO text.

Nothing is deleted: a claim that the rules no longer give is marked ``gone``, a decision that was withdrawn says when and by whom.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = String(64)
_INSTANT = String(32)

facts = Table(
    "facts",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single values: ``unsettled`` is the first day from which derived values must be made anew, or missing."""

books = Table(
    "books",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("rulebook", String(80), nullable=False),
    Column("model", String(80), nullable=False),
    UniqueConstraint("rulebook", "model"),
)
"""What readings were made with: each rulebook with each model once."""

reports = Table(
    "reports",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", _ID, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("headline", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("published", Date),
    Column("fetched", _INSTANT),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),  # SHA-256 of the text
    Column("rest", Text),  # revision notice and dateline, as JSON
    Column("said", LargeBinary, nullable=False),  # packed: all that was read in it (rows.Said)
    Column("sentences", Integer, nullable=False),
    Column("recorded", _INSTANT, nullable=False),
    Column("book", Integer, ForeignKey("books.no"), nullable=False),  # that with which it was read last
    Column("revises", _ID),  # derived: the report that this one is an update of
    Column("origin", _ID),  # derived: the first of those that print the same text, where that is another
    Column("marks", LargeBinary),  # derived: what its text is compared by
    Index("ix_reports_published", "published"),
)

claims = Table(
    "claims",
    metadata,
    Column("report", Integer, ForeignKey("reports.no"), primary_key=True),
    Column("place", Integer, primary_key=True),  # in the order in which the report's claims came in
    Column("id", _ID, nullable=False),
    Column("event", String(16), nullable=False),  # the type: REJECT
    Column("sentence", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("rule", String(120), nullable=False),
    Column("told", _ID),  # derived: the first claim of those that tell of the same event, where that is another
    Column("first_book", Integer, ForeignKey("books.no"), nullable=False),
    Column("last_book", Integer, ForeignKey("books.no"), nullable=False),
    Column("gone", Integer, ForeignKey("books.no")),  # the rulebook that no longer gives it
    CheckConstraint("length(rule) > 0", name="has_rule"),
    CheckConstraint('"end" > start AND start >= 0', name="has_evidence"),
    sqlite_with_rowid=False,
)
"""The claims: that each has its evidence and its rule is held here; its other fields are packed with its report."""

failures = Table(
    "failures",
    metadata,
    Column("source", Text, primary_key=True),
    Column("found", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("recorded", _INSTANT, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("about", Text, nullable=False),  # ids, as a JSON list
    Column("verdict", Text, nullable=False),  # as JSON
    Column("user", Text, nullable=False),
    Column("recorded", _INSTANT, nullable=False),
    Column("note", Text),
    Column("withdrawn", _INSTANT),
    Column("withdrawn_by", Text),
)

filings = Table(
    "filings",
    metadata,
    Column("report", Integer, ForeignKey("reports.no"), primary_key=True),
    Column("conflict", String(64), primary_key=True),
    Column("by", String(8), nullable=False),  # hand: a user said so; a filing by hand with filed = false takes it out
    Column("filed", Boolean, nullable=False),
    Column("recorded", _INSTANT, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("polled", _INSTANT),
    Column("failed", Integer, nullable=False, default=0),
    Column("fault", Text),
)
