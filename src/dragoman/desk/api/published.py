"""The API whole: its routers under /api/v1, and its OpenAPI, in which the answers' schemas are those of the printed forms."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from dragoman import __version__
from dragoman.desk.api import deciding, export, reading, records, state, telling
from dragoman.desk.api.answers import COMPONENT, answer
from dragoman.desk.api.edge import let_in
from dragoman.desk.api.forms import (
    ConflictForm,
    DecisionForm,
    FaultForm,
    HookForm,
    LedgerReportForm,
    Page,
    ReportLineForm,
    SeenForm,
    TakenForm,
)
from dragoman.desk.guard import scope_of
from dragoman.export.ledger_form import BoardForm, EventForm, HitForm, LedgerClaimForm
from dragoman.export.ledger_why import WhyForm
from dragoman.export.schema import PrintedReading

ROOT = "/api/v1"
_FORMS: tuple[Any, ...] = (
    FaultForm, BoardForm, WhyForm, PrintedReading, LedgerReportForm, TakenForm, Page[ConflictForm],
    Page[ReportLineForm], Page[LedgerClaimForm], Page[EventForm], Page[SeenForm], Page[DecisionForm], Page[HitForm], Page[HookForm],
)  # fmt: skip
_ABOUT = """The record of a ledger as JSON: the same as the pages of the desk. docs/api.md is the manual.

`as_of` (as a reader of that day could have it) and `known` (as the ledger had it at that moment, UTC) go with every GET.
Lists come in parts: `{"items": [...], "next": cursor or null}`. Every GET has an `ETag`; with `If-None-Match` it is answered by 304
where nothing changed. Errors have one form: `{"error", "detail", "where"}`."""

_KEYS: dict[str, Any] = {
    "token": {
        "type": "http", "scheme": "bearer",
        "description": "A token, made at /account or by `dragoman desk tokens`. What an operation lists beside it is the scope that"
        " the token needs; one for `admin` may do all. A desk without users asks for none, and answers only its own machine.",
    },
    "name_and_token": {
        "type": "http", "scheme": "basic",
        "description": "A user's name, and as the password a token of that user: for readers of feeds and calendars.",
    },
}  # fmt: skip

_IN_PATHS = {
    "conflict": "Id of a conflict: GET /conflicts lists them.",
    "identity": "Id of a claim, an event, a report or an entry of a board, or how it begins.",
    "report": "Id of a report.",
    "claim": "Id of a claim.",
    "event": "Id of an event.",
    "entity": "Id of somebody who is told of.",
    "decision": "Id of a decision.",
    "what": "What is written: claims or events.",
}
"""What stands in the braces of an address."""

router = APIRouter(prefix=ROOT, dependencies=[Depends(let_in)])
for _each in (state, records, deciding, reading, export, telling):
    router.include_router(_each.router)


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """Show what the API takes and gives."""
    return answer(request, request.app.openapi())


def publish(app: FastAPI) -> None:
    """Have an application say truly what its API takes and gives."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _made(app)
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]


def _made(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(title="Dragoman", version=__version__, description=_ABOUT, routes=app.routes)
    _, ours = msgspec.json.schema_components(_FORMS, ref_template=COMPONENT)
    theirs = found.setdefault("components", {}).setdefault("schemas", {})
    for one in (
        one for methods in found["paths"].values() for each in methods.values() for one in each.get("parameters", ())
    ):
        if one["in"] == "path":
            one.setdefault("description", _IN_PATHS[one["name"]])
    found["components"]["schemas"] = dict(sorted({**theirs, **ours}.items()))
    found["components"]["securitySchemes"] = _KEYS
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            needed = [str(scope_of(method.upper(), path))]
            operation["security"] = [{key: needed} for key in _KEYS]
    return found
