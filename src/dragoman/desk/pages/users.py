"""Who may use the desk, for admins: add, give a role, disable, give a new password."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from dragoman.desk.accounts.users import add_user, all_users, disable, enable, set_password, set_role, user
from dragoman.desk.faults import bad
from dragoman.desk.guard import audit, guard
from dragoman.desk.paper import page
from dragoman.desk.who import Role, User, needs

router = APIRouter()
Admin = Annotated[User, Depends(needs(Role.ADMIN))]
Name = Annotated[str, Path(max_length=64)]
ROLES = (Role.READER, Role.ANALYST, Role.ADMIN)
_DONE = {
    "role": "The role is set.",
    "disable": "The user is disabled, and signed out.",
    "enable": "The user may sign in.",
}


@router.get("/users")
def listed(request: Request, asking: Admin, done: Annotated[str, Query()] = "") -> Response:
    """Show the users."""
    shown = {"users": all_users(guard(request).accounts), "roles": ROLES, "done": _DONE.get(done, "")}
    return page(request, "users.html", shown)


@router.post("/users")
def add(
    request: Request, asking: Admin, name: Annotated[str, Form()] = "", role: Annotated[str, Form()] = ""
) -> Response:
    """Add a user, and show the password that was made, once. The first user is an admin."""
    made = _password()
    added = add_user(guard(request).accounts, name, Role.ADMIN if asking.alone else _role(role), made, handed=True)
    audit(request, "user added", f"{added.name}, {added.role}")
    return _handed(request, f"{added.name} is added", made, "/login" if asking.alone else "/users")


@router.post("/users/{name}/role")
def give_role(request: Request, asking: Admin, name: Name, role: Annotated[str, Form()] = "") -> Response:
    """Give a user another role."""
    chosen = _role(role)
    set_role(guard(request).accounts, name, chosen)
    audit(request, "role changed", f"{name}, {chosen}")
    return _back("role")


@router.post("/users/{name}/disable")
def shut_out(request: Request, asking: Admin, name: Name) -> Response:
    """Let a user no longer in."""
    disable(guard(request).accounts, name)
    audit(request, "user disabled", name)
    return _back("disable")


@router.post("/users/{name}/enable")
def let_back(request: Request, asking: Admin, name: Name) -> Response:
    """Let a user in again."""
    enable(guard(request).accounts, name)
    audit(request, "user enabled", name)
    return _back("enable")


@router.post("/users/{name}/reset")
def reset(request: Request, asking: Admin, name: Name) -> Response:
    """Give a user a new password, and show it once; the user's sessions and tokens end."""
    made, accounts = _password(), guard(request).accounts
    set_password(accounts, user(accounts, name).name, made, revoke=True, handed=True)
    audit(request, "password reset", name)
    return _handed(request, f"A new password for {name}", made, "/users")


def _password() -> str:
    return secrets.token_urlsafe(15)


def _role(given: str) -> Role:
    if given not in ROLES:
        raise bad("role", f"{given[:40]!r} is no role", f"take one of: {', '.join(ROLES)}")
    return Role(given)


def _handed(request: Request, title: str, made: str, back: str) -> Response:
    words = "Hand the password over: it opens the desk for 7 days, and is to be changed at the first sign-in."
    shown = {"title": title, "label": "Password", "words": words, "secret": made, "back": back}
    response = page(request, "secret.html", shown)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _back(done: str) -> Response:
    return RedirectResponse(f"/users?done={done}", HTTPStatus.SEE_OTHER)
