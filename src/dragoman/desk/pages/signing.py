"""Sign in and out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from dragoman.desk.accounts.sessions import begin, end, form_token, session_of
from dragoman.desk.accounts.store import secret
from dragoman.desk.accounts.users import all_users, signed_in
from dragoman.desk.bounds import TooManyError
from dragoman.desk.guard import address_of, audit, cookie_of, guard, is_secure, visit_of
from dragoman.desk.origin import back_in
from dragoman.desk.paper import page
from dragoman.desk.who import Role, who

router = APIRouter()
_WRONG = "This name and password do not belong together, or the user is disabled."


@router.get("/login")
def entrance(request: Request, back: Annotated[str, Query()] = "/") -> Response:
    """Show the form by which one signs in; who is in already is sent on."""
    if who(request).role is not Role.NOBODY:
        return RedirectResponse(back_in(back), HTTPStatus.SEE_OTHER)
    name = visit_of(request)
    visit = request.cookies.get(name) or secret()
    request.state.csrf = form_token(visit)
    response = page(request, "login.html", {"told": "", "back": back_in(back)})
    _set(response, request, name, visit)
    return response


@router.post("/login")
def sign_in(  # nosec B107  # a field that is left out is no password
    request: Request,
    name: Annotated[str, Form(max_length=1000)] = "",
    password: Annotated[str, Form(max_length=10_000)] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Begin a session where name and password belong together; the same answer is given whatever is wrong."""
    kept, plain = guard(request), name.strip().lower()
    if not kept.accounts.team():
        return RedirectResponse(back_in(back), HTTPStatus.SEE_OTHER)
    try:
        kept.counter.sign_in(address_of(request), plain[:80])
    except TooManyError:
        audit(request, "sign in", outcome="too often", user=_known(request, plain))
        raise
    account = signed_in(kept.accounts, plain, password)
    if account is None:
        audit(request, "sign in", outcome="refused", user=_known(request, plain))
        return page(request, "login.html", {"told": _WRONG, "back": back_in(back)}, status=HTTPStatus.UNAUTHORIZED)
    _forget(request)
    response = RedirectResponse(back_in(back), HTTPStatus.SEE_OTHER)
    made = begin(kept.accounts, account.name, address_of(request), request.headers.get("user-agent", ""))
    _set(response, request, cookie_of(request), made)
    response.delete_cookie(visit_of(request), secure=is_secure(request), httponly=True, samesite="lax")
    audit(request, "sign in", user=account.name)
    return response


@router.post("/logout")
def sign_out(request: Request) -> Response:
    """End the session."""
    user = who(request)
    if user.session is not None:
        end(guard(request).accounts, user.name, user.session)
        audit(request, "sign out")
    response = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    if not user.alone:
        response.delete_cookie(cookie_of(request), secure=is_secure(request), httponly=True, samesite="lax")
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _forget(request: Request) -> None:
    """End the session that this browser had before: each sign-in begins a new one."""
    accounts = guard(request).accounts
    former = session_of(accounts, request.cookies.get(cookie_of(request), ""))
    if former is not None:
        end(accounts, former.user, former.no)


def _known(request: Request, name: str) -> str:
    """Return the name of a user; nothing where there is none, for what was typed may be a password in the wrong field."""
    return next((each.name for each in all_users(guard(request).accounts) if each.name == name), "")


def _set(response: Response, request: Request, name: str, value: str) -> None:
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=is_secure(request), path="/")
