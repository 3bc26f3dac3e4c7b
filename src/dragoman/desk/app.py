"""The desk as an ASGI application: routers, what stands before them, errors in one form, files that ship with it."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Collection
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.desk.bounds import Bounded, TooManyError
from dragoman.desk.faults import RequestError, form_of, status_of
from dragoman.desk.guard import UnsignedError, guard_of, is_secure, let_in
from dragoman.desk.kept import Desk
from dragoman.desk.pages import account, auditing, home, signing, users
from dragoman.desk.paper import page
from dragoman.desk.who import who
from dragoman.errors import DragomanError

PAGES = (home.router, signing.router, account.router, users.router, auditing.router)

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
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FOREVER = "public, max-age=31536000, immutable"
_BASIC = 'Basic realm="Dragoman", charset="UTF-8"'  # calendars and readers of feeds ask for name and password
_HTTPS = "max-age=31536000"
_log = logging.getLogger("dragoman.desk")


def app_of(desk: Desk, user: str, hosts: Collection[str] = ()) -> FastAPI:
    """Return the application of a desk.

    ``user`` is the name of its single user, as long as it has no others; ``hosts`` are names by which it may be asked for,
    besides those of loopback.
    """
    app = FastAPI(
        title="Dragoman", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    app.state.desk = desk
    app.state.guard = guard_of(desk, user, hosts)
    app.add_exception_handler(DragomanError, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _no_page)
    app.add_exception_handler(Exception, _failed)
    app.middleware("http")(_guarded)
    app.add_middleware(Bounded, upload=desk.settings.desk_upload)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.mount("/static", StaticFiles(packages=[("dragoman.desk", "static")]), name="static")
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    return app


async def _guarded(request: Request, call_next: Next) -> Response:
    """Let in who may come in, and send what tells a browser to load and run nothing but what is the desk's own."""
    began = time.thread_time()
    try:
        response = await let_in(request) or await call_next(request)
    except HTTPException as fault:
        response = await _no_page(request, fault)
    except DragomanError as fault:
        response = _answer(request, fault)
    _seal(request, response)
    response.headers["Server-Timing"] = f"loop;dur={1000 * (time.thread_time() - began):.1f}"
    return response


def _seal(request: Request, response: Response) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if is_secure(request):
        response.headers.setdefault("Strict-Transport-Security", _HTTPS)
    if request.url.path.startswith("/static/") and response.status_code == HTTPStatus.OK:
        response.headers["Cache-Control"] = _FOREVER
    else:
        response.headers.setdefault("Cache-Control", _keeping(request))


def _keeping(request: Request) -> str:
    """Return what a browser may keep: of a desk where one signs in, no page."""
    user = who(request)
    if user.alone:
        return "no-cache"
    return "private, no-cache" if request.url.path.startswith("/api/") else "private, no-store"


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
    """Answer where the program itself failed: with a number only, under which the reason stands on standard error."""
    number = secrets.token_hex(4)
    _log.error("fault %s at %s %s", number, request.method, request.url.path, exc_info=fault)
    found = f"the desk failed (fault {number})"
    remedy = "try it once more; if it stays, tell who runs the desk this number"
    response = _answer(request, _refused(request.url.path, found, remedy, HTTPStatus.INTERNAL_SERVER_ERROR))
    _seal(request, response)
    return response


def _refused(where: str, found: str, remedy: str, status: HTTPStatus) -> RequestError:
    return RequestError(where=where, found=found, remedy=remedy, status=status)


def _answer(request: Request, fault: DragomanError) -> Response:
    """Return an error in the one form: JSON for programs, a page for people, its middle for htmx."""
    status, form = status_of(fault), form_of(fault)
    response: Response
    if request.url.path.startswith(("/api/", "/static/", "/feeds/")):
        response = JSONResponse(form, status_code=status)
    else:
        template = "fault_part.html" if request.headers.get("HX-Request") else "fault.html"
        shown = {"fault": form, "status": int(status), "phrase": status.phrase}
        response = page(request, template, shown, status=status)
    if isinstance(fault, TooManyError):
        response.headers["Retry-After"] = str(fault.seconds)
    if isinstance(fault, UnsignedError):
        response.headers["WWW-Authenticate"] = _BASIC if request.url.path.startswith("/feeds/") else "Bearer"
    return response
