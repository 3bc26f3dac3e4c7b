"""News feeds into a ledger: which are followed, how they are fetched with care, what is new in them.

config (FEEDS.toml) -> address (which hosts may be asked) -> fetch (one request, within limits) -> robots (what a host allows)
-> items (feed to items, item to report) -> watch (what is due; what is new goes through ledger/adding).
"""
