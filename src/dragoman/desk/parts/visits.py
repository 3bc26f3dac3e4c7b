"""When somebody was last here: of each conflict, in a cookie of the browser, and nowhere else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dragoman.reading.formats import in_utc

_PAUSE = timedelta(minutes=30)  # who comes back sooner is still here
_FORM = "%Y-%m-%dT%H:%M:%S"
_BETWEEN = "_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit. ``before``: when the one before it ended, None on the first; ``now``: the last moment of this one."""

    before: datetime | None
    now: datetime

    @property
    def cookie(self) -> str:
        """Return what the browser keeps."""
        return _BETWEEN.join(each.astimezone(UTC).strftime(_FORM) if each else "" for each in (self.before, self.now))


def visit_of(cookie: str | None, now: datetime) -> Visit:
    """Return the visit that goes on or begins at a moment; a cookie that is none of ours counts for nothing.

    >>> was = datetime(2020, 1, 13, 18, tzinfo=UTC)
    >>> visit_of(visit_of(None, was).cookie, was + timedelta(hours=2)).before == was
    True
    >>> visit_of(visit_of(None, was).cookie, was + timedelta(minutes=2)).before is None
    True
    """
    before, last = (_moment(part) for part in [*(cookie or "").split(_BETWEEN), ""][:2])
    if last is None or last > now:
        return Visit(before=None, now=now)
    return Visit(before=last if now - last > _PAUSE else before, now=now)


def _moment(text: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        return in_utc(datetime.strptime(text, _FORM).replace(tzinfo=UTC))
    return None
