"""Text in: what it says, in the form of ``dragoman read --json``, or a report of the ledger."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Self

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.responses import Response

from dragoman.desk.api.answers import JSON, answer, answered, told
from dragoman.desk.api.deciding import Analyst
from dragoman.desk.api.edge import Words
from dragoman.desk.api.forms import TakenForm
from dragoman.desk.guard import audit
from dragoman.desk.paper import desk_of
from dragoman.desk.taking import PASTED, Given, take
from dragoman.errors import IntakeError
from dragoman.export.contract import Extras, line_of
from dragoman.export.whole import read_whole
from dragoman.ledger.adding import Outcome
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


class ReportIn(BaseModel):
    """A report to be kept: its text, or the address at which it is to be had (not both), and what is known of it."""

    model_config = ConfigDict(extra="forbid")

    text: Words | None = Field(None, min_length=1, max_length=LONGEST, description="The report as plain text.")
    url: Words | None = Field(None, min_length=1, max_length=2_000, description="The address of its page.")
    published: date | None = Field(None, description="The day on which it was published, where it does not say.")
    outlet: Words | None = Field(None, max_length=300)
    headline: Words | None = Field(None, max_length=1_000)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.text is None) == (self.url is None):
            raise ValueError("give text or url, and not both")
        return self


@router.post(
    "/reports", status_code=201, response_class=Response,
    responses={**told("TakenForm", "It was there already."), **told("TakenForm", "It was added.", status=201)},
)  # fmt: skip
def adding(request: Request, user: Analyst, given: ReportIn) -> Response:
    """Add a report: 201 where it was added, 200 where the ledger has it already; what is refused is told as an error."""
    wish = Given(
        text=given.text or "", headline=given.headline or "", address=given.url or "", outlet=given.outlet or "",
        published=given.published,
    )  # fmt: skip
    done = next(iter(take(desk_of(request), wish)), None)
    if done is None:
        raise IntakeError(where=PASTED, found="there is nothing in it but blanks", remedy="give the text of the report")
    if done.outcome is Outcome.FAILED:
        raise IntakeError(where=done.source, found=done.found or "", remedy=done.remedy or "")
    added = done.outcome is Outcome.ADDED
    if added:
        audit(request, "report added", done.report or "")
    form = TakenForm(outcome="added" if added else "there", report=done.report or "", claims=done.claims)
    return answer(request, form, status=HTTPStatus.CREATED if added else HTTPStatus.OK)
