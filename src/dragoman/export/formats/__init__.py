"""The formats in which others want it: one module each, and one table of them (``table``)."""
