"""What an address asks for: as of which day (what had happened) and instant (what was known), and addresses that keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Query

from dragoman.desk.faults import bad
from dragoman.ledger.store import View
from dragoman.reading.formats import in_utc

_FIRST, _LAST = 1000, 9000  # years
_DAY = "give a day as 2020-01-13"
_MOMENT = "give a day and time (UTC) as 2020-01-13T18:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """As of when a page is. Both clocks stand in each address, so that it can be shared."""

    as_of: date | None = None
    known: datetime | None = None

    @property
    def view(self) -> View:
        """Return which reports count."""
        return View(until=self.as_of, known=self.known)

    @property
    def query(self) -> dict[str, str]:
        """Return the parameters by which an address keeps both clocks."""
        known = self.known.strftime("%Y-%m-%dT%H:%M:%S").removesuffix(":00") if self.known else None
        given = {"as_of": self.as_of.isoformat() if self.as_of else None, "known": known}
        return {name: value for name, value in given.items() if value}


def asked_of(
    as_of: Annotated[
        str,
        Query(
            description="As a reader of this day could have it.",
            examples=["2020-01-13"],
            json_schema_extra={"format": "date"},
        ),
    ] = "",
    known: Annotated[
        str,
        Query(
            description="As the ledger had it at this moment (UTC).",
            examples=["2020-01-13T18:00"],
            json_schema_extra={"format": "date-time"},
        ),
    ] = "",
) -> Asked:
    """Return what an address asks for; RequestError where a day or moment is none."""
    return Asked(as_of=day_in(as_of, "as_of"), known=moment_in(known, "known"))


AskedOf = Annotated[Asked, Depends(asked_of)]


def day_in(given: str | None, name: str) -> date | None:
    """Return the day that a parameter gives, None where it is empty; RequestError where it is none."""
    if not given:
        return None
    try:
        return _with_days_around(date.fromisoformat(given))
    except ValueError as mistake:
        raise bad(name, f"{given[:40]!r} is no day", _DAY) from mistake


def moment_in(given: str | None, name: str) -> datetime | None:
    """Return the moment (UTC) that a parameter gives, None where it is empty; RequestError where it is none."""
    if not given:
        return None
    try:
        moment = in_utc(datetime.fromisoformat(given))
        _with_days_around(moment.date())
        return moment
    except (ValueError, OverflowError) as mistake:
        raise bad(name, f"{given[:40]!r} is no moment", _MOMENT) from mistake


def _with_days_around(day: date) -> date:
    """Return a day that has weeks and years before and after it, ValueError for one at the ends of the calendar."""
    if not _FIRST <= day.year <= _LAST:
        raise ValueError("it is at the end of the calendar")
    return day


def address(*parts: str, **query: object) -> str:
    """Return an address of the desk; what is None or empty is left out of its parameters.

    >>> address("reports", "a/b", as_of="2020-01-13", known=None)
    '/reports/a%2Fb?as_of=2020-01-13'
    """
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    given = {name.rstrip("_"): value for name, value in query.items() if value not in (None, "", [])}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path
