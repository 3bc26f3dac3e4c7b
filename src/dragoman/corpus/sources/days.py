"""Days as archives write them: '2020-01-14', '20200114', '14 January 2020', 'Jan. 14, 2020', '14/01/2020' where the order is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dragoman.reading.formats import iso_day

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+({_MONTH})\b\.?,?[\s-]+(\d{{4}})\b", re.IGNORECASE | re.ASCII
)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE | re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:$|[T ])")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:$|T?\d{6}Z?$)")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:$|[T ,])")


def day_of(words: str, day_first: bool | None = None) -> date | None:
    """Return the day that words begin with or name, or None: 'March 4, 2020 Wednesday', and '04/03/2020' where the order is known.

    >>> [str(day_of(words)) for words in ("2020-01-14T10:00:00Z", "20200114", "14-Jan-2020", "January 14, 2020 Tuesday", "14/01/2020")]
    ['2020-01-14', '2020-01-14', '2020-01-14', '2020-01-14', '2020-01-14']
    >>> day_of("04/03/2020"), str(day_of("04/03/2020", day_first=False))
    (None, '2020-04-03')
    """
    words = words.strip()
    if day := iso_day(words) if not words.isdigit() else None:
        return day
    if match := _YEAR_FIRST.match(words) or _COMPACT.match(words):
        return _made(*map(int, match.groups()))
    if match := _DAY_FIRST.search(words):
        return _made(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
    if match := _MONTH_FIRST.search(words):
        return _made(int(match[3]), _MONTHS[match[1].lower()], int(match[2]))
    return _numbered(words, day_first)


def order_of(days: Iterable[str]) -> bool | None:
    """Return whether days such as '14/01/2020' have the day first; None where they do not show it, or contradict each other.

    >>> order_of(["03/04/2020", "14/04/2020"]), order_of(["03/04/2020"])
    (True, None)
    """
    found = {
        int(match[1]) > 12
        for match in map(_NUMBERS.match, (day.strip() for day in days))
        if match and (int(match[1]) > 12) != (int(match[2]) > 12)
    }
    return found.pop() if len(found) == 1 else None


def is_numbered(words: str) -> bool:
    """Return whether words begin with a day written as '04/03/2020'."""
    return bool(_NUMBERS.match(words.strip()))


def _numbered(words: str, day_first: bool | None) -> date | None:
    match = _NUMBERS.match(words)
    if not match:
        return None
    first, second, year = map(int, match.groups())
    if first > 12 or first == second:
        return _made(year, second, first)
    if second > 12:
        return _made(year, first, second)
    return None if day_first is None else _made(year, *((second, first) if day_first else (first, second)))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
