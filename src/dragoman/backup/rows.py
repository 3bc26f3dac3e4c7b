"""All rows of some tables from one database to another, each as it is."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, delete, func, insert, select, text

_AT_ONCE = 500  # rows in memory


def copy_rows(source: Connection, target: Connection, tables: Iterable[Table]) -> None:
    """Put the rows of the tables, those that others refer to first, where none but those of a new ledger or store are."""
    listed = list(tables)
    for table in reversed(listed):
        target.execute(delete(table))  # the name that a new one gave itself
    for table in listed:
        found = source.execution_options(yield_per=_AT_ONCE).execute(select(table))
        for rows in found.mappings().partitions(_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in rows])
        if target.dialect.name == "postgresql":
            _count_on(target, table)


def _count_on(target: Connection, table: Table) -> None:
    """Have PostgreSQL number the next row of a table after those that came with their numbers."""
    if "no" not in table.c:
        return
    schema = (target.get_execution_options().get("schema_translate_map") or {}).get(None)
    named = f"{schema}.{table.name}" if schema else table.name
    highest = target.execute(select(func.max(table.c.no))).scalar()
    sequence = target.execute(text("SELECT pg_get_serial_sequence(:named, 'no')"), {"named": named}).scalar()
    if sequence is not None and highest is not None:
        target.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})
