"""Each report says with which change it was changed last, so that who keeps a board need only look at what came since."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Stamp the reports that are there as never changed, and name the ledger."""
    op.add_column("reports", sa.Column("stamp", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_reports_stamp", "reports", ["stamp"])
    facts = sa.table("facts", sa.column("key", sa.Text()), sa.column("value", sa.Text()))
    op.bulk_insert(facts, [{"key": "ledger", "value": uuid.uuid4().hex}])
