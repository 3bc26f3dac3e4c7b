"""A feed whose host says how long it wants to be left alone is left alone so long, also by another run."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Keep of each feed the instant before which its host does not want to be asked."""
    op.add_column("feeds", sa.Column("later", sa.Text()))
