"""The timeline of a conflict: its events by class over time, gaps of coverage as gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.desk.asked import AskedOf, day_in
from dragoman.desk.charts.bars import Bars, bars
from dragoman.desk.charts.bins import Bin, Ways, bins, fitting, span_words, ways
from dragoman.desk.charts.happenings import (
    As,
    Happening,
    Quad,
    Wish,
    WishOf,
    events_of,
    happenings,
    one_of,
    origins_of,
    report_days,
)
from dragoman.desk.faults import bad
from dragoman.desk.kept import Picture
from dragoman.desk.paper import desk_of, page, plural
from dragoman.views.times import Scale

router = APIRouter()

_LONGEST = 366 * 150  # days
_WIDE, _NARROW = (1100, 320), (350, 280)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What the page shows. ``asked`` is the scale that was asked for; ``outside`` how many events are earlier, later, undated."""

    start: date
    end: date
    scale: Scale
    asked: Scale | None
    bins: tuple[Bin, ...]
    wide: Bars
    narrow: Bars
    ways: Ways
    counts: dict[As, int]
    events: int
    origins: int
    dated_by_report: int
    silent: int
    outside: tuple[int, int, int]

    @property
    def words(self) -> str:
        """Return the time in words."""
        return span_words(self.start, self.end)

    def notes(self, wish: Wish) -> Iterator[str]:
        """Yield what is to be known of the chart, in sentences."""
        yield "An event stands at its own day where one is told (the first, of several), else at the day of its first report:"
        yield f"{self.dated_by_report} of {self.events} here."
        if self.silent:
            yield f"{plural(self.silent, self.scale.value)} of {len(self.bins)} without any report."
        words = (("is earlier", "are earlier"), ("is later", "are later"), ("has no day", "have no day"))
        for count, (one, many) in zip(self.outside, words, strict=True):
            if count:
                yield f"{plural(count, f'event {one}', f'events {many}')}."
        if wish.told_as is As.HAPPENED:
            others = (self.counts[kind] for kind in (As.PLANNED, As.BACKGROUND, As.DENIED))
            yield "Not drawn: {} planned or possible, {} background, {} told as not so;".format(*others)
            yield "“Events that are” above shows them apart."
        yield "An event of which several reports tell counts once; what an update replaced does not count."


@router.get("/conflicts/{conflict}/timeline")
def timeline(  # noqa: PLR0913  a parameter of the address is a parameter here
    request: Request,
    conflict: str,
    asked: AskedOf,
    wish: WishOf,
    scale: str | None = None,
    at: str | None = None,
    of: str | None = None,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Show the events of a conflict over time, and beneath a list of them: all that are drawn, or those of one bar."""
    desk = desk_of(request)
    picture = desk.picture(conflict, asked.view)
    drawn = timeline_of(picture, wish, one_of(Scale, scale, "scale") if scale else None)
    day, quad = day_in(at, "at"), one_of(Quad, of, "of") if of else None
    chosen = chosen_of(drawn, day, quad) if drawn else ()
    context = {
        "conflict": desk.conflict(conflict), "wish": wish, "drawn": drawn, "scales": tuple(Scale), "at": day, "of": quad,
        "keep": {**wish.query, "from_": wish.start, "to": wish.end, "scale": scale}, "quads": tuple(Quad), "kinds": tuple(As),
        "bin": next((each for each in drawn.bins if day and each.start <= day <= each.end), None) if drawn else None,
        "events": events_of(chosen, picture.names, number),
    }  # fmt: skip
    return page(request, "timeline.html", context, asked)


def timeline_of(picture: Picture, wish: Wish, asked: Scale | None = None) -> Timeline | None:
    """Return the timeline of a conflict's reports; None where there is no report with a day."""
    days, found = report_days(picture), happenings(picture)
    if not days:
        return None
    mine = wish.of(found)
    start, end = time_of(wish, days, mine)
    scale = fitting(start, end, asked)
    made = bins(start, end, scale, mine, days)
    shown = [event for each in made for event in each.events]
    return Timeline(
        start=start, end=end, scale=scale, asked=asked, bins=made,
        wide=bars(made, scale, width=_WIDE[0], height=_WIDE[1]),
        narrow=bars(made, scale, width=_NARROW[0], height=_NARROW[1]),
        ways=ways(start, end), counts={kind: len(found[kind]) for kind in As}, events=len(shown), origins=origins_of(shown),
        dated_by_report=sum(not each.stated for each in shown), silent=sum(not each.reports for each in made),
        outside=_outside(mine, start, end),
    )  # fmt: skip


def time_of(wish: Wish, days: Sequence[date], mine: Sequence[Happening]) -> tuple[date, date]:
    """Return the time that is shown: as asked for, else that of the reports; of what did not happen then, that of the events."""
    dated = [each.day for each in mine if each.day] if wish.told_as is not As.HAPPENED else []
    first, last = min([days[0], *dated[:1]]), max([days[-1], *dated[-1:]])
    start, end = wish.start or min(first, wish.end or first), wish.end or max(last, wish.start or last)
    if (end - start).days > _LONGEST:
        raise bad("from", f"{start} to {end} is too long to draw", "give at most 150 years")
    return start, end


def _outside(mine: Sequence[Happening], start: date, end: date) -> tuple[int, int, int]:
    earlier = sum(each.day is not None and each.day < start for each in mine)
    later = sum(each.day is not None and each.day > end for each in mine)
    return earlier, later, sum(each.day is None for each in mine)


def chosen_of(drawn: Timeline, day: date | None, quad: Quad | None) -> Sequence[Happening]:
    """Return the events of the bar in which a day is, or of all bars; of one class, where one is given."""
    found = [event for each in drawn.bins if day is None or each.start <= day <= each.end for event in each.events]
    return [each for each in found if quad is None or each.quad is quad]
