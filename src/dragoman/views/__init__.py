"""What commands and the desk ask of a ledger: lists, names, and what an entry stands on."""
