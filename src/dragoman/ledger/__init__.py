"""The ledger: what many reports say, kept once, with what people decided of it; all else is computed from these.

schema (tables) -> connect (SQLite or PostgreSQL, versions of the schema) -> rows (types to rows and back) -> store (append, read).
Derived values (which report revises which, which copies which, which claims tell of one event) are caches over the reports in the
order in which they were published; ``settle`` makes them anew from any day on, so that the order of adding does not matter.
"""
