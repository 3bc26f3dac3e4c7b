"""The first schema, written out: it stays as it is when schema.py goes on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make all tables, and the index of words for full-text search."""
    _numbered()
    _reports()
    _claims()
    _decided()
    _from_outside()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE words USING fts5(text, content='reports',"
            " content_rowid='no', tokenize='porter unicode61 remove_diacritics 2')"
        )
    else:
        op.execute("CREATE INDEX ix_reports_words ON reports USING gin (to_tsvector('english', text))")


def _numbered() -> None:
    op.create_table(
        "facts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_facts")),
    )
    op.create_table(
        "books",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_books")),
        sa.UniqueConstraint("rulebook", "model", name=op.f("uq_books_rulebook_model")),
    )
    op.create_table(
        "rules",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint("length(rule) > 0", name=op.f("ck_rules_is_named")),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_rules")),
        sa.UniqueConstraint("rule", name=op.f("uq_rules_rule")),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("fetched", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("rest", sa.Text()),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("revises", _ID),
        sa.Column("origin", _ID),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_reports")),
        sa.UniqueConstraint("id", name=op.f("uq_reports_id")),
        sa.ForeignKeyConstraint(["book"], ["books.no"], name=op.f("fk_reports_book")),
    )
    op.create_index("ix_reports_published", "reports", ["published"])
    op.create_table(
        "marks",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_marks")),
        sa.ForeignKeyConstraint(["report"], ["reports.no"], name=op.f("fk_marks_report")),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.Column("told", _ID),
        sa.Column("first_book", sa.Integer(), nullable=False),
        sa.Column("last_book", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer()),
        sa.CheckConstraint('"end" > start AND start >= 0 AND sentence > 0', name=op.f("ck_claims_has_evidence")),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_claims")),
        sa.ForeignKeyConstraint(["report"], ["reports.no"], name=op.f("fk_claims_report")),
        sa.ForeignKeyConstraint(["rule"], ["rules.no"], name=op.f("fk_claims_rule")),
        sa.ForeignKeyConstraint(["first_book"], ["books.no"], name=op.f("fk_claims_first_book")),
        sa.ForeignKeyConstraint(["last_book"], ["books.no"], name=op.f("fk_claims_last_book")),
        sa.ForeignKeyConstraint(["gone"], ["books.no"], name=op.f("fk_claims_gone")),
        sqlite_with_rowid=False,
    )


def _decided() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("withdrawn", sa.Text()),
        sa.Column("withdrawn_by", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_table(
        "filings",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("conflict", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("filed", sa.Boolean(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report", "conflict", name=op.f("pk_filings")),
        sa.ForeignKeyConstraint(["report"], ["reports.no"], name=op.f("fk_filings_report")),
    )


def _from_outside() -> None:
    op.create_table(
        "failures",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_failures")),
    )
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("polled", sa.Text()),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text()),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feeds")),
    )
