"""The page for those who write programs: what the API takes and gives, made from its OpenAPI."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.desk.asked import AskedOf
from dragoman.desk.documented import faults, forms, groups
from dragoman.desk.paper import desk_of, page

router = APIRouter()


@router.get("/api")
def programs(request: Request, asked: AskedOf) -> Response:
    """Show the addresses of the API, and the forms."""
    published = request.app.openapi()
    followed = [desk_of(request).conflict(one) for one in sorted(desk_of(request).conflicts)]
    context = {
        "groups": groups(published),
        "forms": forms(published),
        "faults": faults(published),
        "followed": followed,
        "base": str(request.base_url).rstrip("/"),
    }
    return page(request, "programs.html", context, asked)
