"""A claim that a person adds from a sentence of a report: first the sentence is chosen, then what it states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import Response

from dragoman.desk.asked import AskedOf
from dragoman.desk.faults import bad, not_found
from dragoman.desk.kept import Desk
from dragoman.desk.paper import desk_of, page
from dragoman.desk.parts.lines import Card, Named, card_of, named
from dragoman.desk.who import Role, User, needs
from dragoman.export.brief import clean
from dragoman.ledger.decided import is_outside
from dragoman.ledger.store import KeptClaim, Told, View
from dragoman.model import EventType, Evidence, Status
from dragoman.views.listing import is_called

router = APIRouter()
STATUS = {
    Status.OCCURRED: "happened", Status.FUTURE: "planned", Status.HYPOTHETICAL: "possible", Status.HISTORICAL: "background"
}  # fmt: skip
_SOME = 12  # others that a search offers
_MOST = 40  # who is offered at all

Analyst = Annotated[User, Depends(needs(Role.ANALYST))]
Ids = Annotated[list[str] | None, Form(max_length=64)]
Text = Annotated[str | None, Form(max_length=400)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a form says that a sentence states; empty where the form is of another kind of decision."""

    event: str | None = None
    status: str | None = None
    negated: bool = False
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    content: str | None = None

    @property
    def value(self) -> Mapping[str, object]:
        """Return the claim's fields as a decision takes them; what was left out of the form is left out here.

        >>> Stated(event="AID", actor=("egypt",), first="2020-01-13", negated=True).value
        {'event': 'AID', 'actor': ['egypt'], 'negated': True, 'date': '2020-01-13'}
        """
        days = f"{self.first or ''}..{self.last}" if self.last and self.last != self.first else self.first
        given: dict[str, object] = {
            "event": self.event, "actor": list(self.actor), "recipient": list(self.recipient), "status": self.status,
            "negated": self.negated, "date": days, "content": self.content,
        }  # fmt: skip
        return {name: value for name, value in given.items() if value}


def stated(  # noqa: PLR0913  a field of the form is a parameter here
    event: Annotated[str | None, Form(max_length=20)] = None,
    status: Annotated[str | None, Form(max_length=20)] = None,
    negated: Annotated[bool, Form()] = False,
    actor: Ids = None,
    recipient: Ids = None,
    first: Annotated[str | None, Form(max_length=20)] = None,
    last: Annotated[str | None, Form(max_length=20)] = None,
    content: Text = None,
) -> Stated:
    """Return what a form says that a sentence states."""
    return Stated(
        event=event or None, status=status or None, negated=negated, actor=_ids(actor), recipient=_ids(recipient),
        first=first or None, last=last or None, content=clean(content).strip() or None if content else None,
    )  # fmt: skip


StatedOf = Annotated[Stated, Depends(stated)]


def _ids(given: list[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in map(clean, given or ()) if each))


@router.get("/reports/{identity}/claim")
def stating(  # noqa: PLR0913  a parameter of the address is one here
    request: Request,
    identity: str,
    asked: AskedOf,
    user: Analyst,
    sentence: Annotated[int | None, Query(ge=1)] = None,
    q: Annotated[str, Query(max_length=80)] = "",
    also: Annotated[list[str] | None, Query(max_length=64)] = None,
) -> Response:
    """Show the sentences of a report, or the form by which a claim is added from one of them."""
    desk = desk_of(request)
    told = desk.report(identity, asked.view)
    if asked.known:
        raise bad("known", "what is decided counts from now on", "add the claim on today's record")
    if is_outside(told):
        raise bad(identity, "this is no report of the ledger", "add claims to reports")
    sentences = _sentences(desk, told)
    one = next((each for each in sentences if each.sentence == sentence), None)
    if sentence is not None and one is None:
        raise not_found(str(sentence), "sentence of this report", f"it has {len(sentences)}")
    context = {
        "told": told,
        "sentences": sentences,
        "counts": {n: sum(_stands_in(each, n) for each in told.claims) for n in (each.sentence for each in sentences)},
        "one": one,
        "there": _there(desk, told, one, asked.view) if one else (),
        "people": _people(desk, told, q.strip(), tuple(also or ()), asked.view) if one else (),
        "q": q.strip(),
        "also": also or (),
        "events": list(EventType),
        "statuses": STATUS,
    }
    return page(request, "stating.html", context, asked)


def _sentences(desk: Desk, told: Told) -> tuple[Evidence, ...]:
    again = desk.read_again(told.kept.report)
    listed = again.sentences if again else ()
    return tuple(Evidence(sentence=each.number, start=each.start, end=each.end, text=each.text) for each in listed)


def _stands_in(kept: KeptClaim, sentence: int) -> bool:
    return kept.gone is None and kept.claim.evidence.sentence == sentence


def _there(desk: Desk, told: Told, one: Evidence, view: View) -> tuple[Card, ...]:
    """Return the claims that the sentence gave already."""
    names = desk.picture(view=view).names
    return tuple(card_of(each, names) for each in told.claims if _stands_in(each, one.sentence))


def _people(desk: Desk, told: Told, words: str, also: tuple[str, ...], view: View) -> tuple[Named, ...]:
    """Return whom the form offers: who was looked for, those found before, and all who are told of in the report."""
    picture = desk.picture(view=view)
    called = (each.id for each in picture.seen if words and is_called(each, words))
    known = (each for each in also if each in picture.names)
    told_of = (entity.id for entity, _ in sorted(told.entities, key=lambda pair: (-pair[1], pair[0].id)))
    ids = dict.fromkeys([*islice(called, _SOME), *known, *told_of])
    return named(list(ids)[:_MOST], picture.names)


__all__ = ["Stated", "StatedOf", "router", "stated"]
