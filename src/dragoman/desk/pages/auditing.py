"""The audit log, for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from dragoman.desk.accounts.log import PAGE, Filter, kinds, lines
from dragoman.desk.asked import address, day_in
from dragoman.desk.guard import guard
from dragoman.desk.paper import page
from dragoman.desk.who import Role, User, needs

router = APIRouter()
Admin = Annotated[User, Depends(needs(Role.ADMIN))]
Text = Annotated[str, Query(max_length=100)]


def filter_of(
    user: Text = "",
    what: Text = "",
    first: Text = "",
    last: Text = "",
    before: Annotated[int | None, Query(ge=1)] = None,
) -> Filter:
    """Return which lines an address asks for."""
    return Filter(
        user=user.strip() or None, what=what or None, first=day_in(first, "first"), last=day_in(last, "last"),
        before=before,
    )  # fmt: skip


@router.get("/audit")
def listed(request: Request, asking: Admin, asked: Annotated[Filter, Depends(filter_of)]) -> Response:
    """Show the newest lines of the log that were asked for, a page at a time."""
    accounts = guard(request).accounts
    found = lines(accounts, asked, PAGE + 1)
    shown = found[:PAGE]
    more = _older(asked, shown[-1].no) if len(found) > PAGE else None
    return page(request, "audit.html", {"filter": asked, "lines": shown, "kinds": kinds(accounts), "more": more})


def _older(asked: Filter, before: int) -> str:
    return address("audit", user=asked.user, what=asked.what, first=asked.first, last=asked.last, before=before)
