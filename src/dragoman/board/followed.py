"""How far each conflict is followed in a ledger: its reports, its last one, and whether it has grown stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.board.conflicts import Conflict
from dragoman.board.filing import Hands, filing_of
from dragoman.ledger.store import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A conflict that has reports. ``quiet``: days from its last report to the last of the ledger, None where no day is known."""

    conflict: str
    name: str
    reports: int
    first: date | None
    last: date | None
    quiet: int | None
    stale: bool


def followed(
    told: Iterable[Told], conflicts: Iterable[Conflict], *, stale: int, hands: Hands | None = None
) -> tuple[Followed, ...]:
    """Return the conflicts that the reports are of, by id; one is stale where more than ``stale`` days have gone since its last.

    Days are counted to the last report of all, so that the same ledger always gives the same.
    """
    listed = sorted(conflicts, key=lambda each: each.id)
    days: dict[str, list[date | None]] = {each.id: [] for each in listed}
    last = None
    for each in told:
        day = each.kept.report.published
        last = max(filter(None, (last, day)), default=None)
        for conflict in listed:
            if filing_of(each, conflict, hands) is not None:
                days[conflict.id].append(day)
    return tuple(_followed(each, days[each.id], last, stale) for each in listed if days[each.id])


def _followed(conflict: Conflict, days: list[date | None], until: date | None, stale: int) -> Followed:
    known = [day for day in days if day is not None]
    last = max(known, default=None)
    quiet = (until - last).days if until is not None and last is not None else None
    return Followed(
        conflict=conflict.id,
        name=conflict.name,
        reports=len(days),
        first=min(known, default=None),
        last=last,
        quiet=quiet,
        stale=quiet is not None and quiet > stale,
    )
