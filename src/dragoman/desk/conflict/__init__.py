"""The page of a conflict, made: names, rows, tables and sections of its board, and one entry with all that it stands on."""
