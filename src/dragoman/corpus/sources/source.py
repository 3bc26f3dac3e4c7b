"""What every form of file is read through: records one after the other, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from dragoman.reading.intake import BYTES_PER_CHAR, Taken


class Record(NamedTuple):
    """A record before it is read: the byte at which it begins, as far as that is known, and what its source holds of it."""

    start: int
    held: Any


class Source(Protocol):
    """One file that is open to be read in its form.

    ``enterable``: the reading may begin at the byte of a record. ``guesses``: what was guessed of the file, in words.
    ``records`` are those from ``first`` on, and raise IntakeError where the file breaks; ``take`` gives back the report of
    one, what is wrong with it, or None where it is none and nothing is wrong (an empty line).
    """

    enterable: bool
    guesses: tuple[str, ...]

    def records(self, first: int, offset: int | None) -> Iterator[Record]: ...

    def take(self, number: int, record: Any) -> Taken | None: ...


def longest(max_chars: int) -> int:
    """Return how many bytes a record with a report of so many characters may have."""
    return max(max_chars * BYTES_PER_CHAR, 1 << 16)
