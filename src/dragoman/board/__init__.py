"""The board: the state of a peace process as of a day, computed from what the reports of a conflict say and what people decided.

conflicts (files that say what a conflict is) -> filing (which reports are of it) -> one module for each kind of entry, pure functions
over reports in the order in which they were published -> fold (all kinds, step by step) -> board (from a ledger, as of a day).
"""
