"""Dragoman reads news reports about a conflict and keeps the record of its peace process.

The way of a report, each step a function or class of its own module:

1. ``reading.intake``       files and streams -> Report
2. ``reading.parse``        its text -> sentences with a tree
3. ``reading.clauses``      trees -> clauses in plain roles
4. ``reading.actors``       who is named: roster, offices, descriptions, pronouns
5. ``reading.events``       frames of the rulebook on clauses -> matches
6. ``reading.context``      negated, hedged, planned, conditional
7. ``reading.attribution``  who says so
8. ``reading.when`` and ``reading.where``  days and places
9. ``reading.claims`` and ``reading.same``  matches -> claims, linked to events
10. ``reading.reader``      all of these in a row -> Reading
11. ``process.board``       claims -> the record of the peace process
12. ``export``              the JSON of the contract, and the brief for people

>>> import dragoman
>>> reading = dragoman.read("Gondor attacked Mordor on Monday.", published="2024-05-15")
>>> [(claim.event.value, claim.actor, claim.recipient) for claim in reading.claims]
[('ASSAULT', ('gondor',), ('mordor',))]
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.errors import DragomanError
    from dragoman.model import Claim, Entity, Report
    from dragoman.process.records import ProcessRecord
    from dragoman.reading.reader import Reader, Reading
    from dragoman.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "DragomanError",
    "Entity",
    "ProcessRecord",
    "Reader",
    "Reading",
    "Report",
    "Settings",
    "__version__",
    "read",
    "record",
]

_HOMES = {
    "Claim": "dragoman.model",
    "DragomanError": "dragoman.errors",
    "Entity": "dragoman.model",
    "ProcessRecord": "dragoman.process.records",
    "Reader": "dragoman.reading.reader",
    "Reading": "dragoman.reading.reader",
    "Report": "dragoman.model",
    "Settings": "dragoman.settings",
}


def read(
    text: str, *, published: date | str | None = None, outlet: str | None = None, headline: str | None = None
) -> Reading:
    """Return what a report says; its first short paragraph is the headline where none is given.

    ``published`` is the report's day, as a date or '2024-05-15'. Raises IntakeError where the text is no report.
    """
    from dragoman.reading.intake import IntakeOptions, from_text
    from dragoman.reading.reader import default_reader

    day = date.fromisoformat(published) if isinstance(published, str) else published
    return default_reader().read(from_text(text, IntakeOptions(published=day, outlet=outlet), headline=headline))


def record(reading: Reading) -> ProcessRecord:
    """Return what a reading tells of the peace process: talks, truces, papers and who signs, threats, positions, backers.

    >>> reading = read("Gondor and Mordor signed a ceasefire in Osgiliath on Monday.", published="2024-05-15")
    >>> sorted((entry.party, entry.status) for entry in record(reading).signatures)
    [('gondor', 'signed'), ('mordor', 'signed')]
    """
    from dragoman.process.board import record_of
    from dragoman.rulebook.loader import load_rulebook

    return record_of(reading, load_rulebook(None))


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that importing dragoman stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
