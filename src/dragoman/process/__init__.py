"""Claims -> the record of a peace process: one module for each record, pure functions, no database."""
