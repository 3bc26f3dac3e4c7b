"""What people decided: the list of it, how a decision is taken, and how it is taken back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from dragoman.desk.asked import AskedOf, address
from dragoman.desk.faults import bad
from dragoman.desk.guard import audit
from dragoman.desk.kept import Desk
from dragoman.desk.pages.stating import StatedOf
from dragoman.desk.paper import desk_of, page
from dragoman.desk.parts.decided import WORDS, cards, only, words_on
from dragoman.desk.who import Role, User, needs
from dragoman.export.brief import clean
from dragoman.ledger.decisions import Asked, Decision, DecisionKind, decide, withdraw
from dragoman.ledger.verdicts import Source
from dragoman.views.deciding import check_filing, helps_of

router = APIRouter()
PAGE = 50
_MOST = 64  # ids that a decision is about
_LONGEST = 4000  # characters of a value
_PART = "decide-"  # how the id of what shows a claim's verdict begins, see decide.html

Analyst = Annotated[User, Depends(needs(Role.ANALYST))]


@router.get("/decisions")
def listed(
    request: Request,
    asked: AskedOf,
    user: Annotated[str | None, Query(max_length=200)] = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Show what was decided, the newest first, with what became of it."""
    desk = desk_of(request)
    every = desk.boards.decisions(asked.view)[1]
    wanted = only(every, user or None, _kind(kind, "kind") if kind else None)
    shown = cards(desk, wanted[skip : skip + PAGE], asked.view)
    context = {
        "cards": shown,
        "count": len(wanted),
        "every": len(every),
        "users": sorted({each.user for each in every}),
        "kinds": [(one.value, words) for one, words in WORDS.items() if any(each.kind is one for each in every)],
        "chosen": {"user": user or "", "kind": kind or ""},
        "skip": skip,
        "next": skip + PAGE if skip + PAGE < len(wanted) else None,
    }
    return page(request, "decisions.html", context, asked)


@router.post("/decisions")
def taken(  # noqa: PLR0913  a field of the form is a parameter here
    request: Request,
    user: Analyst,
    claim: StatedOf,
    kind: Annotated[str, Form(max_length=40)],
    about: Annotated[list[str] | None, Form()] = None,
    field: Annotated[str | None, Form(max_length=40)] = None,
    value: Annotated[list[str] | None, Form()] = None,
    note: Annotated[str | None, Form(max_length=4000)] = None,
    sentence: Annotated[int | None, Form(ge=1)] = None,
    quote: Annotated[str | None, Form(max_length=4000)] = None,
    back: Annotated[str, Form(max_length=2000)] = "/decisions",
) -> Response:
    """Keep what a user decides, and go back to where it was decided."""
    desk, chosen, to = desk_of(request), _kind(kind, "kind"), way_back(back)
    ids = tuple(each for each in map(clean, about or ()) if each)
    if len(ids) > _MOST:
        raise bad("about", f"{len(ids)} ids given", f"give at most {_MOST}")
    given = ", ".join(each for each in map(clean, value or ()) if each)  # ids that are ticked, and others
    if len(given) > _LONGEST:
        raise bad("value", f"{len(given)} characters given", f"give at most {_LONGEST}")
    corrects, adds = chosen is DecisionKind.CORRECTED_FIELD, chosen is DecisionKind.ADDED_CLAIM
    source = Source(sentence=sentence, quote=clean(quote) if quote else None)
    wish = Asked(
        kind=chosen, about=ids, user=user.name, field=field or None, note=clean(note) if note else None,
        value=given if corrects or given else claim.value if adds else None, source=source if source != Source() else None,
    )  # fmt: skip
    check_filing(chosen, ids, desk.settings)
    helps = helps_of(desk.settings, lambda report: desk.reading(lambda reader: reader.read(report)))
    made = decide(desk.ledger, wish, helps)
    audit(request, "decision", f"{made.kind} {made.id}")
    return _answer(request, desk, made, to)


@router.post("/decisions/{identity}/withdraw")
def taken_back(
    request: Request, user: Analyst, identity: str, back: Annotated[str, Form(max_length=2000)] = "/decisions"
) -> Response:
    """Mark a decision as withdrawn, and go back to where that was done."""
    to = way_back(back)
    desk = desk_of(request)
    made = withdraw(desk.ledger, clean(identity), user.name)
    audit(request, "decision withdrawn", f"{made.kind} {made.id}")
    return _answer(request, desk, made, to)


def way_back(given: str) -> str:
    r"""Return an address to go back to; RequestError where it is none of this desk.

    >>> way_back("/claims/1f?as_of=2020-01-13#decide")
    '/claims/1f?as_of=2020-01-13#decide'
    """
    strange = any(c <= " " or c in "\\\x7f" for c in given)
    if strange or not given.startswith("/") or given.startswith("//") or urlsplit(given).netloc:
        raise bad("back", f"{clean(given)[:60]!r} is no path of this desk", "give a path as /claims/1f2e")
    return given


def _kind(given: str, where: str) -> DecisionKind:
    try:
        return DecisionKind(given)
    except ValueError as mistake:
        found = f"{clean(given)!r} is nothing to decide"
        raise bad(where, found, f"give one of: {', '.join(DecisionKind)}") from mistake


def _answer(request: Request, desk: Desk, decision: Decision, back: str) -> Response:
    """Return the part of the page that changed where htmx asked for it, else the way back."""
    target = request.headers.get("HX-Target", "")
    if request.headers.get("HX-Request") and target.startswith(_PART):
        claim = target.removeprefix(_PART)
        context = {"claim": claim, "word": words_on(desk).get(claim), "back": back, "decision": decision}
        return page(request, "decide_part.html", context)
    if request.headers.get("HX-Request") and not target:
        return page(request, "decide_part.html", {"claim": "", "word": None, "back": back, "decision": decision})
    return RedirectResponse(back, status_code=HTTPStatus.SEE_OTHER)


__all__ = ["PAGE", "address", "router", "way_back"]
