"""The desk as an ASGI application: routers, what stands before them, errors in one form, files that ship with it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.desk.api import published
from dragoman.desk.api.edge import Bounded
from dragoman.desk.faults import RequestError, form_of, status_of
from dragoman.desk.kept import Desk
from dragoman.desk.pages import actors, backers, conflict, contradictions, decisions, entries, feeds, home, search
from dragoman.desk.paper import page
from dragoman.desk.who import Role, User
from dragoman.errors import DragomanError, fault_in

PAGES = (
    home.router,
    search.router,
    actors.router,
    contradictions.router,
    decisions.router,
    backers.router,
    conflict.router,
    entries.router,
    feeds.router,
)

Next = Callable[[Request], Awaitable[Response]]
_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FOREVER = "public, max-age=31536000, immutable"


def app_of(desk: Desk, user: str) -> FastAPI:
    """Return the application of a desk; ``user`` is the name of its single user."""
    app = FastAPI(title="Dragoman", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.alone = User(name=user, role=Role.ADMIN, alone=True)
    app.add_exception_handler(DragomanError, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _no_page)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(Bounded, under=published.ROOT)
    app.middleware("http")(_guarded)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.mount("/static", StaticFiles(packages=[("dragoman.desk", "static")]), name="static")
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.include_router(published.router)
    published.publish(app)
    return app


async def _guarded(request: Request, call_next: Next) -> Response:
    """Note who asks, and send what tells a browser to load and run nothing but what is the desk's own."""
    began = time.thread_time()
    request.state.user = request.app.state.alone
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.url.path.startswith("/static/") and response.status_code == HTTPStatus.OK:
        response.headers["Cache-Control"] = _FOREVER
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    response.headers["Server-Timing"] = f"loop;dur={1000 * (time.thread_time() - began):.1f}"
    return response


# -- errors


async def _told(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, DragomanError)
    return _answer(request, fault)


async def _invalid(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    first = fault.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return _answer(request, _refused(where, str(first["msg"]), "see the form in /api/v1/openapi.json", HTTPStatus(422)))


async def _no_page(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    status = HTTPStatus(fault.status_code)
    response = _answer(request, _refused(request.url.path, str(fault.detail), "check the address", status))
    for name, value in (fault.headers or {}).items():
        response.headers[name] = value
    return response


async def _failed(request: Request, fault: Exception) -> Response:
    response = _answer(request, fault_in(request.url.path, fault))
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _refused(where: str, found: str, remedy: str, status: HTTPStatus) -> RequestError:
    return RequestError(where=where, found=found, remedy=remedy, status=status)


def _answer(request: Request, fault: DragomanError) -> Response:
    """Return an error in the one form: JSON for programs, a page for people, its middle for htmx."""
    status, form = status_of(fault), form_of(fault)
    if request.url.path.startswith(("/api/", "/static/")):
        return JSONResponse(form, status_code=status)
    template = "fault_part.html" if request.headers.get("HX-Request") else "fault.html"
    return page(request, template, {"fault": form, "status": int(status), "phrase": status.phrase}, status=status)
