"""Dragoman reads news reports about a conflict and keeps the record of its peace process."""

__version__ = "0.1.0"
