"""Alembic's entry: runs on the connection that connect.py hands over, inside its transaction, with the record of each migration."""

from alembic import context

from dragoman.ledger.schema import VERSIONS, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    version_table=VERSIONS,
)
context.run_migrations()
