"""What every form of file is read through: records one after the other, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from dragoman.reading.intake import BYTES_PER_CHAR, Taken


class Record(NamedTuple):
    """A record before it is read: its number from 0, the byte at which it begins as far as that is known, and what is held of it."""

    number: int
    start: int
    held: Any


class Source(Protocol):
    """One file that is open to be read in its form.

    ``enterable``: the reading may begin at the byte of a record. ``guesses``: what was guessed of the file, in words.
    """

    enterable: bool = False
    guesses: tuple[str, ...] = ()

    def starts(self) -> Iterator[int]:
        """Yield of each record the byte at which it begins, as far as that is known; IntakeError where the file breaks."""
        return (record.start for record in self.records(0, None))

    def records(self, first: int, offset: int | None) -> Iterator[Record]:
        """Yield the records from the number ``first`` on, which begins at ``offset`` if that is given; IntakeError where it breaks."""

    def take(self, number: int, record: Any) -> Taken | None:
        """Return the report of a record, what is wrong with it, or None where it is none and nothing is wrong (an empty line)."""


def longest(max_chars: int) -> int:
    """Return how many bytes a record with a report of so many characters may have."""
    return max(max_chars * BYTES_PER_CHAR, 1 << 16)
