"""Where a report's text stands in the text that it was taken from: intake joins lines, takes out notices and marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import SequenceMatcher
from typing import TypeVar, cast

from dragoman.errors import IntakeError
from dragoman.model import Evidence, Mention, Span
from dragoman.reading.plain import is_dropped, normalise

_LONGEST = 5_000  # letters of a paragraph in which a cut is looked for
_CUT = 2_500  # and of what can have been taken out of it
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """For each offset of a report's text the place of its letter in the original: where that begins and ends."""

    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the report's text stands in the original; an empty one is empty there too."""
        if start >= end:
            at = self.begins[start] if start < len(self.begins) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.begins[start], max(self.begins[start], self.ends[end - 1])


def places_in(original: str, text: str) -> Places:
    """Return where each letter of a report's text stands in the original that intake made it from.

    Raises IntakeError where the text is not of that original.

    >>> original = "(Updates talks)\\r\\nGondor  left\\r\\nthe talks."
    >>> start, end = places_in(original, "Gondor left the talks.").span(7, 15)
    >>> original[start:end]
    'left\\r\\nthe'
    """
    if original == text:
        return Places(begins=tuple(range(len(text))), ends=tuple(range(1, len(text) + 1)))
    letters, begins, ends = _letters(original)
    here: list[int] = []
    at = 0
    for paragraph in text.split("\n\n"):
        bare = "".join(paragraph.split())
        found = _found(letters, bare, at)
        here += found
        at = found[-1] + 1 if found else at
    return _spread(text, [begins[i] for i in here], [ends[i] for i in here])


def _letters(original: str) -> tuple[str, list[int], list[int]]:
    """Return the letters that intake keeps, without spaces, and where each begins and ends in the original."""
    letters: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(original):
        for letter in normalise(original[start:end]):
            letters.append(letter)
            begins.append(start)
            ends.append(end)
    return "".join(letters), begins, ends


def _clusters(original: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that are composed as one: a letter with its accents; spaces and dropped marks are none."""
    start: int | None = None
    for at, letter in enumerate(original):
        if letter.isspace() or is_dropped(letter):
            if start is not None and letter.isspace():
                yield start, at
                start = None
        elif start is None or not unicodedata.combining(letter):
            if start is not None:
                yield start, at
            start = at
    if start is not None:
        yield start, len(original)


def _found(letters: str, bare: str, at: int) -> list[int]:
    """Return the numbers of a paragraph's letters among those of the original, from some letter on."""
    start = letters.find(bare, at)
    if start >= 0:
        return list(range(start, start + len(bare)))
    if len(bare) > _LONGEST:
        raise _not_of_it(bare)
    first = letters.find(bare[:12], at)
    window = letters[max(first, at) : max(first, at) + len(bare) + _CUT]
    found = [
        block.a + step + max(first, at)
        for block in SequenceMatcher(None, window, bare, autojunk=False).get_matching_blocks()
        for step in range(block.size)
    ]
    if len(found) != len(bare):
        raise _not_of_it(bare)
    return found


def _not_of_it(bare: str) -> IntakeError:
    found = f"{bare[:40]!r} of the report is not found in the text as given"
    return IntakeError(
        where="text", found=found, remedy="give the text as intake leaves it (dragoman.read(...).report.text)"
    )


def _spread(text: str, begins: list[int], ends: list[int]) -> Places:
    """Return the places of all offsets: a space begins where the next letter does and ends where the last one did."""
    number = -1
    first: list[int] = []
    last: list[int] = []
    for letter in text:
        if not letter.isspace():
            number += 1
        first.append(begins[min(number + letter.isspace(), len(begins) - 1)])
        last.append(ends[max(number, 0)])
    return Places(begins=tuple(first), ends=tuple(last))


def moved(value: _Value, places: Places, original: str) -> _Value:
    """Return the same with each mention, span and piece of evidence where it stands in the original, quoted as it stands there."""
    if isinstance(value, tuple):
        return cast("_Value", tuple(moved(each, places, original) for each in value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if isinstance(value, Span):
        start, end = places.span(value.start, value.end)
        return cast("_Value", Span(start=start, end=end))
    if isinstance(value, Evidence | Mention):
        start, end = places.span(value.start, value.end)
        return cast("_Value", replace(value, start=start, end=end, text=original[start:end]))
    changes = {field.name: moved(getattr(value, field.name), places, original) for field in fields(value)}
    return replace(value, **changes)
