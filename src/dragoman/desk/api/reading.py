"""Text in, what it says out: the form of ``dragoman read --json``; and search."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from dragoman.desk.api.answers import JSON, answer, answered, told
from dragoman.desk.api.edge import Words
from dragoman.desk.api.filters import DaysOf, OfConflict
from dragoman.desk.api.forms import Page
from dragoman.desk.asked import AskedOf
from dragoman.desk.paper import desk_of
from dragoman.export.contract import Extras, line_of
from dragoman.export.ledger_json import hit_form
from dragoman.export.whole import read_whole
from dragoman.ledger.search import Filter, query_of, search
from dragoman.ledger.store import View
from dragoman.reading.intake import IntakeOptions, from_text

router = APIRouter(tags=["reading"])

LONGEST = 200_000  # code points of one report that is read while somebody waits


class ReadIn(BaseModel):
    """A report to be read: its text, and what is known of it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST, description="The report as plain text.")
    published: date | None = Field(None, description="The day on which it was published.")
    outlet: Words | None = Field(None, max_length=300)
    headline: Words | None = Field(None, max_length=1_000, description="Without it a short first line is the headline.")
    conflict: Words | None = Field(None, max_length=300, description="Id of the conflict that it is filed under.")


@router.post("/read", response_class=Response, responses=told("PrintedReading", "What it says."))
def read(request: Request, given: ReadIn) -> Response:
    """Read a report without keeping it: the very bytes of ``dragoman read --json``."""
    desk = desk_of(request)
    longest = min(LONGEST, desk.settings.max_chars)
    options = IntakeOptions(published=given.published, outlet=given.outlet or None, max_chars=longest)
    report = from_text(given.text, options, headline=given.headline or None, name="text")
    extras = Extras(conflict=given.conflict)
    return answered(request, desk.reading(lambda reader: line_of(read_whole(reader, report, extras).form)), JSON)


@router.get("/search", response_class=Response, responses=told("Page_HitForm_", "Reports, the best first."))
def found(  # noqa: PLR0913  a parameter of the request is one here
    request: Request, asked: AskedOf, days: DaysOf,
    q: Annotated[str, Query(max_length=1_000, description='Words, "phrases", and -words that must not be there.')],
    outlet: Annotated[str | None, Query(max_length=300, description="Only of this outlet.")] = None,
    conflict: OfConflict = None,
    limit: Annotated[int, Query(ge=1, le=200, description="So many reports at most.")] = 50,
) -> Response:  # fmt: skip
    """Find reports by words in them: all of the words, in any form, and none of the -words."""
    desk, view = desk_of(request), asked.view
    if conflict:
        ids = frozenset(desk.picture(conflict, view).reports)
        view = View(until=view.until, known=view.known, ids=ids)
    only = Filter(outlet=outlet or None, start=days.start, end=days.end)
    hits = search(desk.ledger, query_of(q), only, view, limit)
    return answer(request, Page(items=tuple(map(hit_form, hits)), next=None))
