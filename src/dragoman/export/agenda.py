"""What is planned as iCalendar bytes: the same appointments give the same bytes.

The desk's calendars and the format 'ical' are written by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import STATUS, TRANSP, Calendar, Event

from dragoman import __version__
from dragoman.export.brief import clean, shorten

_LONGEST = 200
_LAST = date.max - timedelta(days=1)  # an event ends on the day after
_STATUS = {"held": STATUS.CONFIRMED, "cancelled": STATUS.CANCELLED, "postponed": STATUS.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What is due from the first day to the last; ``recorded`` is when it was last told of.

    ``outcome`` is what became of it, where that is known: held, cancelled, postponed.
    """

    uid: str
    title: str
    first: date
    last: date
    kind: str
    lines: tuple[str, ...]
    recorded: datetime
    outcome: str | None = None
    place: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A calendar: its name, when it last changed, its address, what else is to be said of it, and how often it is asked for again."""

    uid: str
    name: str
    changed: datetime
    url: str | None = None
    about: str | None = None
    refresh: timedelta | None = None


def days_shown(earliest: date | None, latest: date | None) -> tuple[date, date] | None:
    """Return the first and the last day of what is due; one that is open has one day, one without a day has none.

    >>> days_shown(None, date(2020, 1, 2))
    (datetime.date(2020, 1, 2), datetime.date(2020, 1, 2))
    """
    days = [min(day, _LAST) for day in (earliest, latest) if day is not None]
    return (days[0], days[-1]) if days else None


def ical_of(agenda: Agenda, appointments: Iterable[Appointment]) -> bytes:
    """Return a calendar of appointments in their order, each of whole days."""
    made = Calendar.new(
        prodid=f"-//Dragoman//{__version__}//EN", name=clean(agenda.name), uid=agenda.uid, url=agenda.url,
        description=clean(agenda.about) if agenda.about else None, refresh_interval=agenda.refresh,
        last_modified=agenda.changed,
    )  # fmt: skip
    for each in appointments:
        made.add_component(_event(each))
    return bytes(made.to_ical(sorted=True))


def _event(due: Appointment) -> Event:
    return Event.new(
        uid=due.uid, stamp=due.recorded, last_modified=due.recorded, start=due.first, end=due.last + timedelta(days=1),
        summary=shorten(clean(due.title), _LONGEST), location=clean(due.place) if due.place else None,
        status=_STATUS.get(due.outcome or "", STATUS.TENTATIVE), transparency=TRANSP.TRANSPARENT,
        categories=[clean(due.kind)], description="\n".join(filter(None, due.lines)), url=due.url,
    )  # fmt: skip
