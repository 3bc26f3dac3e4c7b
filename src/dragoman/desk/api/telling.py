"""How it stands with the hooks: who is told of changes, what was sent, and what could not be."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from dragoman.desk.api.answers import answer, told
from dragoman.desk.api.forms import HookForm, Page
from dragoman.desk.told.hooks import Messenger
from dragoman.desk.who import Role, User, needs

router = APIRouter(tags=["hooks"])


@router.get("/hooks", response_class=Response, responses=told("Page_HookForm_", "All who are told."))
def hooks(request: Request, user: Annotated[User, Depends(needs(Role.ADMIN))]) -> Response:
    """List who is told of changes, and how it stands with each: for admins."""
    messenger: Messenger | None = request.app.state.hooks
    states = messenger.states() if messenger else []
    return answer(request, Page(items=tuple(msgspec.convert(each, HookForm) for each in states), next=None))
