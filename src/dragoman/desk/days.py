"""Days as the pages print them: between two of them stands a dash, where plain text has a hyphen."""

from __future__ import annotations

import re

from dragoman.export import ledger_words
from dragoman.model import When

_BETWEEN = re.compile(
    r"(?<=\d)-(?=\d{1,2} [A-Z][a-z]{2}\b)|(?<=[A-Z][a-z]{2})-(?=[A-Z][a-z]{2} \d{4})|(?<=[\da-z]) - (?=\d{1,2} [A-Z][a-z]{2}\b)"
)


def dashed(words: str) -> str:
    """Return words with a dash between the days in them.

    >>> dashed("held 14-31 Jan 2020"), dashed("30 Jan - 2 Feb 2020"), dashed("Jan-Feb 2020"), dashed("Resolution 24-10")
    ('held 14–31 Jan 2020', '30 Jan – 2 Feb 2020', 'Jan–Feb 2020', 'Resolution 24-10')
    """
    return _BETWEEN.sub(lambda found: found[0].replace("-", "\N{EN DASH}"), words)


def days_of(when: When | None) -> str:
    """Return days in words, or the words of the text where no day is known, or nothing."""
    return dashed(ledger_words.days_of(when))


__all__ = ["dashed", "days_of"]
