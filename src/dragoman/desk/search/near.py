"""The acts that are told of about the time of an event: what may nearly be of it, and no others need be read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dragoman.desk.kept import Desk, Picture
from dragoman.ledger.agreement import Seen
from dragoman.ledger.settle import acts_in
from dragoman.ledger.store import Kept

_AROUND = 10  # days before and after an event's reports within which others may nearly tell of it


def acts_near(desk: Desk, picture: Picture, reports: Sequence[Kept]) -> list[Seen]:
    """Return the acts that the reports of an event tell of, and those published within some days of one of them."""
    return acts_in(desk.ledger, replace(picture.view, until=None, ids=_near(picture, reports)))


def _near(picture: Picture, reports: Sequence[Kept]) -> frozenset[str]:
    order = picture.once("days", lambda made: [each.kept.report.published or date.min for each in made.told])
    found = {each.report.id for each in reports}
    for day in {each.report.published for each in reports} - {None}:
        assert day is not None
        start, end = day - timedelta(days=_AROUND), day + timedelta(days=_AROUND)
        near = picture.told[bisect_left(order, start) : bisect_right(order, end)]
        found |= {each.kept.report.id for each in near}
    return frozenset(found)
