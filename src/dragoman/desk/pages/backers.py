"""Who backs whom in a conflict, and who mediates: the graph on a page of its own."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.desk.asked import AskedOf
from dragoman.desk.charts.graph import backers_graph
from dragoman.desk.paper import desk_of, page

router = APIRouter()


@router.get("/conflicts/{conflict}/backers")
def backers(request: Request, conflict: str, asked: AskedOf) -> Response:
    """Show who arms, funds, fights for and backs whom, who mediates and who threatens."""
    shown = desk_of(request).shown(conflict, asked.view)
    return page(request, "backers.html", {"conflict": shown.conflict, "graph": backers_graph(shown)}, asked)
