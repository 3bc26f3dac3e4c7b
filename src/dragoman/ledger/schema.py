"""The tables of a ledger, for SQLite and PostgreSQL alike. Days are dates; instants are UTC, to the microsecond, as ISO text.

Nothing is deleted: a claim that the rules no longer give is marked ``gone``, a decision that was withdrawn says when and by whom.
What is changed here needs a migration beside it (migrations/versions); a test holds the two together.
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
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)
VERSIONS = "ledger_version"  # a table of our own for the schema's version: a database may be another program's, too
_ID = Text().with_variant(Text(collation="C"), "postgresql")  # ordered by code point, as SQLite and Python do
_INSTANT = Text()

facts = Table(
    "facts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single values: ``unsettled`` is the first day from which derived values must be made anew, or missing; ``stamp`` is the number of
the last change of a report, ``seen`` what it was when all was settled last, ``ledger`` a name that no other ledger has.
"""

books = Table(
    "books",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("rulebook", Text, nullable=False),
    Column("model", Text, nullable=False),
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
    Column("language", Text, nullable=False),
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
    Column("stamp", Integer, nullable=False, server_default="0"),  # of the last change of what is told of it
    Index("ix_reports_published", "published"),
    Index("ix_reports_stamp", "stamp"),
)

marks = Table(
    "marks",
    metadata,
    Column("report", Integer, ForeignKey("reports.no"), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)
"""Derived: what a report is compared by (settle.Marks), apart from it, so that a report's row does not grow after it was written."""

rules = Table(
    "rules",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("rule", Text, nullable=False, unique=True),
    CheckConstraint("length(rule) > 0", name="is_named"),
)
"""The rules that gave claims, each once."""

claims = Table(
    "claims",
    metadata,
    Column("report", Integer, ForeignKey("reports.no"), primary_key=True),
    Column("id", _ID, primary_key=True),
    Column("place", Integer, nullable=False),  # from 0, in the order in which the report's claims came in
    Column("event", Text, nullable=False),  # the type: REJECT
    Column("sentence", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("rule", Integer, ForeignKey("rules.no"), nullable=False),
    Column("told", _ID),  # derived: the first claim of those that tell of the same event, where that is another
    Column("first_book", Integer, ForeignKey("books.no"), nullable=False),
    Column("last_book", Integer, ForeignKey("books.no"), nullable=False),
    Column("gone", Integer, ForeignKey("books.no")),  # the rulebook that no longer gives it
    CheckConstraint('"end" > start AND start >= 0 AND sentence > 0', name="has_evidence"),
    sqlite_with_rowid=False,
)
"""The claims, each once in its report, with its evidence and its rule; its other fields are packed with its report."""

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
    Column("kind", Text, nullable=False),
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
    Column("conflict", Text, primary_key=True),
    Column("by", Text, nullable=False),  # hand: a user said so; a filing by hand with filed = false takes it out
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
    Column("later", _INSTANT),  # before then its host does not want to be asked
)
