"""One's own account: password, sessions, tokens for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from dragoman.desk.accounts.passwords import SHORTEST
from dragoman.desk.accounts.sessions import begin, end, sessions_of
from dragoman.desk.accounts.tokens import make_token, revoke, tokens_of, wanted
from dragoman.desk.accounts.users import is_password, set_password
from dragoman.desk.faults import bad, not_found
from dragoman.desk.guard import address_of, audit, cookie_of, guard, is_secure
from dragoman.desk.paper import page
from dragoman.desk.who import Role, Scope, User, needs, who

router = APIRouter()
Member = Annotated[User, Depends(needs(Role.READER))]
_DOES = {
    Role.READER: "you may look at everything",
    Role.ANALYST: "you may look at everything, decide, and add reports",
    Role.ADMIN: "you may look at everything, decide, add reports, and say who may do what",
}
_SCOPES = {
    Scope.READ: "look",
    Scope.DECIDE: "decide",
    Scope.ADD: "add reports",
    Scope.ADMIN: "do all that an admin may",
}
_DONE = {
    "password": "Your password is changed.",  # nosec B105  # words for people
    "session": "The session has ended.",
    "token": "The token is revoked.",  # nosec B105  # words for people
}


@router.get("/account")
def own(request: Request, done: Annotated[str, Query()] = "") -> Response:
    """Show one's account."""
    user, accounts = who(request), guard(request).accounts
    if user.alone:
        return page(request, "own.html")
    shown = {
        "does": _DOES[user.role],
        "shortest": SHORTEST,
        "sessions": sessions_of(accounts, user.name),
        "tokens": tokens_of(accounts, user.name),
        "scopes": [(scope, words) for scope, words in _SCOPES.items() if user.role.may(scope.role)],
        "done": _DONE.get(done, ""),
    }
    return page(request, "own.html", shown)


@router.post("/account/password")
def change_password(  # noqa: PLR0913  a parameter of the request is one here
    request: Request,
    user: Member,
    old: Annotated[str, Form()],
    new: Annotated[str, Form()],
    again: Annotated[str, Form()],
    tokens: Annotated[str, Form()] = "",
) -> Response:
    """Change one's password; the other sessions end, and this one begins anew. ``tokens``: revoke them, too."""
    kept = guard(request)
    _require_team(user)
    kept.counter.password(user.name)
    if not is_password(kept.accounts, user.name, old):
        audit(request, "password changed", user.name, "refused")
        raise bad("password", "this is not your password now", "go back, and give it again")
    if new != again:
        raise bad("password", "the new one is not twice the same", "go back, and give it again")
    if new == old:
        raise bad("password", "the new one is the old one", "go back, and give another")
    set_password(kept.accounts, user.name, new, revoke=bool(tokens))
    audit(request, "password changed", user.name)
    response = _back("password")
    made = begin(kept.accounts, user.name, address_of(request), request.headers.get("user-agent", ""))
    response.set_cookie(cookie_of(request), made, httponly=True, samesite="lax", secure=is_secure(request), path="/")
    return response


@router.post("/account/tokens")
def new_token(
    request: Request,
    user: Member,
    name: Annotated[str, Form()] = "",
    days: Annotated[str, Form(max_length=6)] = "",
    scope: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Make a token, and show it once."""
    _require_team(user)
    asked = wanted(name, scope or (), days)
    made = make_token(guard(request).accounts, user.name, asked)
    audit(request, "token made", f"{asked.name} ({', '.join(sorted(asked.scopes))})")
    words = "Copy the token to the program that it is for."
    return page(
        request, "secret.html",
        {"title": "A new token", "label": f"Token for {asked.name}", "words": words, "secret": made, "back": "/account"},
    )  # fmt: skip


@router.post("/account/tokens/{no}/revoke")
def revoke_token(request: Request, user: Member, no: int) -> Response:
    """Revoke a token of one's own."""
    if user.alone or not _fits(no) or not revoke(guard(request).accounts, user.name, no):
        raise not_found(str(no), "token", "see your tokens at /account")
    audit(request, "token revoked", str(no))
    return _back("token")


@router.post("/account/sessions/{no}/end")
def end_session(request: Request, user: Member, no: int) -> Response:
    """End a session of one's own."""
    if user.alone or not _fits(no) or not end(guard(request).accounts, user.name, no):
        raise not_found(str(no), "session", "see where you are signed in at /account")
    audit(request, "session ended", str(no))
    return _back("session")


def _require_team(user: User) -> None:
    if user.alone:
        raise bad("account", "this desk has no users", "add the first one at /users")


def _fits(no: int) -> bool:
    return 0 <= no < 2**31


def _back(done: str) -> Response:
    return RedirectResponse(f"/account?done={done}", HTTPStatus.SEE_OTHER)
