"""A ledger and its accounts as one file that says whether it is whole, and back into a new place (docs/backup.md)."""
