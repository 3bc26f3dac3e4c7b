"""The desk: pages and an API by which people look at a ledger, check it and decide, in a browser (docs/desk.md).

Needs the extra ``desk``. Everything that a page loads ships with the package.
"""
