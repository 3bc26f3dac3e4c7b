"""Decisions: what people decided, and what a user decides or withdraws now."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from dragoman.desk.api.answers import answer, told
from dragoman.desk.api.edge import Plain, Words
from dragoman.desk.api.making import decision_form
from dragoman.desk.api.paging import PartOf
from dragoman.desk.asked import AskedOf
from dragoman.desk.faults import not_found
from dragoman.desk.guard import audit
from dragoman.desk.paper import desk_of
from dragoman.desk.search.finding import Found
from dragoman.desk.search.indexes import Key
from dragoman.desk.who import Role, User, needs
from dragoman.ledger.decisions import decide, withdraw
from dragoman.ledger.store import instant
from dragoman.ledger.verdicts import Asked, Decision, DecisionKind, Source
from dragoman.views.deciding import check_filing, helps_of

router = APIRouter(tags=["decisions"])
Analyst = Annotated[User, Depends(needs(Role.ANALYST))]

_Id = Annotated[Words, Field(min_length=1, max_length=300)]


class SourceIn(BaseModel):
    """What an added claim stands on: a sentence of the report by its number or words, or an outside source with its words."""

    model_config = ConfigDict(extra="forbid")

    sentence: int | None = Field(None, ge=1, le=1_000_000)
    quote: Words | None = Field(None, max_length=10_000)
    name: Words | None = Field(None, max_length=300)
    url: Words | None = Field(None, max_length=2_000)
    published: date | None = None


class DecisionIn(BaseModel):
    """What is to be decided: the kind, what it is about (ids), and what that kind needs (docs/ledger.md)."""

    model_config = ConfigDict(extra="forbid")

    kind: DecisionKind
    about: list[_Id] = Field(default_factory=list, max_length=50)
    field: Words | None = Field(None, max_length=50)
    value: Plain = Field(None, description="The right value of the field, or the fields of the claim that is added.")
    source: SourceIn | None = None
    note: Words | None = Field(None, max_length=10_000)


class NothingIn(BaseModel):
    """Nothing more is to be said: an empty object."""

    model_config = ConfigDict(extra="forbid")


@router.get("/decisions", response_class=Response, responses=told("Page_DecisionForm_", "Decisions, oldest first."))
def decisions(  # noqa: PLR0913  a parameter of the request is one here
    request: Request, asked: AskedOf, part: PartOf,
    kind: Annotated[DecisionKind | None, Query(description="Only of this kind.")] = None,
    about: Annotated[str | None, Query(max_length=300, description="Only about this id.")] = None,
    user: Annotated[str | None, Query(max_length=300, description="Only of this user.")] = None,
    state: Annotated[
        str | None, Query(max_length=30, description="Only which stands, or is overruled, withdrawn, without object.")
    ] = None,
) -> Response:  # fmt: skip
    """List what people decided, as it was made, with what became of each."""
    carried, listed, _ = desk_of(request).boards.decisions(asked.view)

    def fits(one: Decision) -> bool:
        is_asked = (kind in (None, one.kind)) and (not about or about in one.about) and (not user or user == one.user)
        return is_asked and (not state or carried.states.get(one.id, "stands") == state)

    found = Found(rows=[one for one in listed if fits(one)], key=_key)
    return answer(request, part.page(found, lambda one: decision_form(one, carried)))


@router.get("/decisions/{decision}", response_class=Response, responses=told("DecisionForm", "The decision."))
def decision(request: Request, asked: AskedOf, decision: str) -> Response:
    """Show a decision with what became of it."""
    carried, listed, _ = desk_of(request).boards.decisions(asked.view)
    found = next((one for one in listed if one.id == decision), None)
    if found is None:
        raise not_found(decision, "decision")
    return answer(request, decision_form(found, carried))


@router.post(
    "/decisions",
    status_code=201,
    response_class=Response,
    responses=told("DecisionForm", "What was decided.", status=201),
)
def deciding(request: Request, user: Analyst, wish: DecisionIn) -> Response:
    """Decide: the kinds are those of ``dragoman decide``."""
    desk = desk_of(request)
    check_filing(wish.kind, wish.about, desk.settings)
    helps = helps_of(desk.settings, lambda report: desk.reading(lambda reader: reader.read(report)))
    source = Source(**wish.source.model_dump()) if wish.source else None
    asked = Asked(
        kind=wish.kind, about=tuple(wish.about), user=user.name, field=wish.field, value=wish.value,
        source=None if source == Source() else source, note=wish.note,
    )  # fmt: skip
    made = decide(desk.ledger, asked, helps)
    audit(request, "decision", f"{made.kind} {made.id}")
    return _told(request, made, status=201)


@router.post(
    "/decisions/{decision}/withdraw", response_class=Response, responses=told("DecisionForm", "What was withdrawn.")
)
def withdrawing(request: Request, user: Analyst, decision: str, nothing: NothingIn) -> Response:
    """Withdraw a decision; it stays in the record, and counts no more."""
    desk = desk_of(request)
    if all(one.id != decision for one in desk.boards.decisions()[1]):
        raise not_found(decision, "decision")
    made = withdraw(desk.ledger, decision, user.name)
    audit(request, "decision withdrawn", f"{made.kind} {made.id}")
    return _told(request, made, status=200)


def _told(request: Request, decision: Decision, *, status: int) -> Response:
    carried = desk_of(request).boards.decisions()[0]
    return answer(request, decision_form(decision, carried), status=status)


def _key(one: Decision) -> Key:
    return instant(one.at), one.id
