"""The desk as an ASGI application: routers, what stands before them, errors in one form, files that ship with it."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, nullcontext
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman import __version__
from dragoman.desk.api import published
from dragoman.desk.bounds import Incoming, TooManyError, largest
from dragoman.desk.faults import form_of, is_of_store, refused, status_of
from dragoman.desk.guard import UnsignedError, guard_of, is_secure, let_in, note_refusal
from dragoman.desk.kept import Desk, held
from dragoman.desk.pages import (
    account,
    actors,
    add,
    auditing,
    backers,
    claims,
    conflict,
    contradictions,
    decisions,
    entries,
    events,
    feeds,
    home,
    maps,
    programs,
    reports,
    review,
    rules,
    search,
    signing,
    sources,
    stating,
    timeline,
    users,
)
from dragoman.desk.paper import page
from dragoman.desk.told.hooks import Messenger, messenger_of
from dragoman.desk.who import who
from dragoman.errors import DragomanError

PAGES = (
    home.router,
    search.router,
    sources.router,
    add.router,
    rules.router,
    actors.router,
    contradictions.router,
    decisions.router,
    backers.router,
    timeline.router,
    maps.router,
    conflict.router,
    entries.router,
    reports.router,
    stating.router,
    claims.router,
    events.router,
    review.router,
    signing.router,
    account.router,
    users.router,
    auditing.router,
    feeds.router,
    programs.router,
)

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
_LOOKS = ("GET", "HEAD")  # requests that change nothing
_HTTPS = "max-age=31536000; includeSubDomains"
_log = logging.getLogger("dragoman.desk")


def app_of(desk: Desk, user: str, hosts: Collection[str] = ()) -> FastAPI:
    """Return the application of a desk.

    ``user`` is the name of its single user, as long as it has no others; ``hosts`` are names by which it may be asked for,
    besides those of loopback.
    """
    app = FastAPI(
        title="Dragoman", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=_awake
    )
    app.state.desk = desk
    app.state.hooks = messenger_of(desk)
    app.state.guard = guard_of(desk, user, hosts)
    app.add_exception_handler(DragomanError, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _no_page)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(_Guarded)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.mount("/static", StaticFiles(packages=[("dragoman.desk", "static")]), name="static")
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.include_router(published.router)
    published.publish(app)
    return app


@asynccontextmanager
async def _awake(app: FastAPI) -> AsyncIterator[None]:
    """Tell of changes as long as the desk is served, where somebody is to be told; then let go of what was opened for it."""
    messenger: Messenger | None = app.state.hooks
    if messenger is not None:
        messenger.start()
    yield
    if messenger is not None:
        await run_in_threadpool(messenger.stop)
    app.state.guard.accounts.close()


class _Guarded:
    """Lets in who may come in, and sends what tells a browser to load and run nothing but what is the desk's own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing is served by websockets, and nobody is let in by one
            await send({"type": "websocket.close", "code": 1008})
            return
        began = time.thread_time()
        incoming = Incoming(receive, largest(scope["path"], scope["app"].state.guard.upload))
        request = Request(scope, incoming)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _seal(request, headers, message["status"])
                headers["Server-Timing"] = f"loop;dur={1000 * (time.thread_time() - began):.1f}"
            await send(message)

        refused = await _let_in(request)
        body: bytes | None = getattr(request.state, "body", None)
        if refused is None and body is not None:
            incoming.give_again(body)
        with held() if request.method in _LOOKS else nullcontext():
            await (self._app if refused is None else refused)(scope, incoming, sealed)


async def _let_in(request: Request) -> Response | None:
    """Return the answer to a request that is not let in, None where it is."""
    try:
        return await let_in(request)
    except HTTPException as fault:
        return await _no_page(request, fault)
    except DragomanError as fault:
        return await _told(request, fault)


def _seal(request: Request, headers: MutableHeaders, status: int) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if is_secure(request):
        headers.setdefault("Strict-Transport-Security", _HTTPS)
    if request.url.path.startswith("/static/") and status == HTTPStatus.OK:
        headers["Cache-Control"] = _FOREVER
    else:
        headers.setdefault("Cache-Control", _keeping(request))


def _keeping(request: Request) -> str:
    """Return what a browser may keep: of a desk where one signs in, no page."""
    user = who(request)
    if user.alone:
        return "no-cache"
    return "private, no-cache" if request.url.path.startswith("/api/") else "private, no-store"


# -- errors


async def _told(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, DragomanError)
    if is_of_store(fault):
        _log.error("%s %r: %s", request.method, request.url.path, fault)
    await run_in_threadpool(note_refusal, request, fault)
    return _answer(request, fault)


async def _invalid(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    first = fault.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return _answer(request, refused(where, str(first["msg"]), "see the form in /api/v1/openapi.json", HTTPStatus(422)))


async def _no_page(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    status = HTTPStatus(fault.status_code)
    response = _answer(request, refused(request.url.path, str(fault.detail), "check the address", status))
    for name, value in (fault.headers or {}).items():
        response.headers[name] = value
    return response


async def _failed(request: Request, fault: Exception) -> Response:
    """Answer where the program itself failed: with a number only, under which the reason stands on standard error."""
    number = secrets.token_hex(4)
    _log.error("fault %s at %s %r", number, request.method, request.url.path, exc_info=fault)
    found = f"the desk failed (fault {number})"
    remedy = "try it once more; if it stays, tell who runs the desk this number"
    response = _answer(request, refused(request.url.path, found, remedy, HTTPStatus.INTERNAL_SERVER_ERROR))
    _seal(request, response.headers, response.status_code)
    return response


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
