"""Alembic's entry: runs on the connection that connect.py hands over, inside its transaction."""

from alembic import context

from dragoman.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
