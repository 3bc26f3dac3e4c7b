"""Who is let in. Each request is looked at before a page sees it: host, size, user, how often, whether the desk's own page sent it."""

from __future__ import annotations

import base64
import binascii
import hmac
import logging
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.desk.accounts.log import Noted, note
from dragoman.desk.accounts.sessions import form_token, session_of, unmasked
from dragoman.desk.accounts.store import Accounts, accounts_of
from dragoman.desk.accounts.tokens import token_of
from dragoman.desk.bounds import Counter, Rates, largest, net_of, too_large
from dragoman.desk.faults import RequestError, refused, status_of
from dragoman.desk.kept import Desk
from dragoman.desk.origin import LOOPBACK, SAFE, is_foreign, is_forwarded, is_loopback, is_ours, is_simple
from dragoman.desk.who import NOBODY, Role, Scope, User, who
from dragoman.errors import DragomanError

_OPEN = ("/login",)
_CHANGING = ("/account", "/account/password", "/logout")  # all that is open to one whose password was handed over
_PROGRAMS = ("/api/", "/feeds/")  # where tokens are taken
_READINGS = ("/api/v1/read", "/rules/try")
_FOR_ADMINS = ("/api/v1/hooks",)
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SCOPES = (
    ("/api/v1/read", Scope.READ),
    ("/api/v1/decisions", Scope.DECIDE),
    ("/api/v1/reports", Scope.ADD),
)  # fmt: skip
VISIT = "dragoman-visit"  # the cookie of one who has not signed in yet: its forms have a token, too
_log = logging.getLogger("dragoman.desk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What a desk is guarded by. ``alone`` is the single user, ``key`` what the tokens of that user's forms are made with."""

    accounts: Accounts
    alone: User
    hosts: frozenset[str]
    counter: Counter
    upload: int
    key: str


def guard_of(desk: Desk, user: str, hosts: Collection[str] = ()) -> Guard:
    """Return what guards a desk; ``hosts`` are the names by which it may be asked for besides those of loopback."""
    return Guard(
        accounts=accounts_of(desk.ledger, desk.settings.accounts),
        alone=User(name=user, role=Role.ADMIN, alone=True),
        hosts=LOOPBACK | {host.lower().strip("[]") for host in hosts},
        counter=Counter(Rates.of(desk.settings)),
        upload=desk.settings.desk_upload,
        key=secrets.token_urlsafe(32),
    )


class UnsignedError(RequestError):
    """A request of somebody who has not signed in, or whose token opens nothing."""

    def __init__(self, where: str, found: str = "one has to sign in", remedy: str = "sign in at /login") -> None:
        super().__init__(where=where, found=found, remedy=remedy, status=HTTPStatus.UNAUTHORIZED)


class WrongTokenError(UnsignedError):
    """A request with a token that opens nothing: it may be one that somebody guesses or has found."""


class StrangeHostError(RequestError):
    """A request that asks for the desk by a name that is not its own."""

    def __init__(self, given: str) -> None:
        super().__init__(
            where="host", found=f"the desk is not called {given[:80]!r}",
            remedy="open it by its own name, or allow this one: --allow-host", status=HTTPStatus.BAD_REQUEST,
        )  # fmt: skip


def guard(request: Request) -> Guard:
    """Return what guards the desk that a request is made to."""
    kept: Guard = request.app.state.guard
    return kept


async def let_in(request: Request) -> Response | None:
    """Note who asks (``request.state.user``, ``.csrf``); RequestError or HTTPException where the request is refused.

    Where somebody only has to sign in, the way there is given back.
    """
    kept, path = guard(request), request.url.path
    request.state.user, request.state.csrf = NOBODY, ""
    if not is_ours(request.headers.get("host"), kept.hosts):
        raise StrangeHostError(request.headers.get("host", ""))
    _require_size(request, kept)
    if path.startswith("/static/"):
        return None
    request.state.user = user = await run_in_threadpool(_asking, request, kept)
    _count(request, kept, user)
    if user.role is Role.NOBODY and path not in _OPEN:
        return _way_in(request)
    if user.handed and path not in _CHANGING:
        return _to_change(request)
    if user.scopes is not None:
        _require_scope(request, user, user.scopes)
    elif request.method not in SAFE:
        await _require_own(request)
    return None


def audit(request: Request, what: str, about: str = "", outcome: str = "done", user: str | None = None) -> None:
    """Note in the audit log what was done: ``what`` in a few words, ``about`` what, and how it came out.

    What was done stands even where the log cannot be written; that is said on standard error.
    """
    name = who(request).name if user is None else user
    try:
        note(
            guard(request).accounts,
            Noted(user=name, address=address_of(request), what=what, about=about, outcome=outcome),
        )
    except DragomanError as fault:
        _log.error("the audit log was not written (%s: %s): %s", name, what, fault)


def note_refusal(request: Request, fault: DragomanError) -> None:
    """Note in the audit log that somebody tried what is not allowed; of one who goes on trying, some of it.

    That one has to sign in, or made a mistake in a form, is no such try. A sign-in that is refused is noted where it is refused.
    """
    status = status_of(fault)
    tried = status in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
    tried = tried or isinstance(fault, StrangeHostError | WrongTokenError)
    if tried and request.url.path != "/login" and guard(request).counter.refusal(address_of(request)):
        audit(request, "refused", f"{request.method} {request.url.path}", fault.found)


def address_of(request: Request) -> str:
    """Return the address that a request comes from."""
    return request.client.host if request.client else ""


def cookie_of(request: Request) -> str:
    """Return the name of the cookie that keeps a session: apart for each desk, and only of this host where it is served by https."""
    name = f"dragoman-{guard(request).accounts.name}"
    return f"__Host-{name}" if is_secure(request) else name


def visit_of(request: Request) -> str:
    """Return the name of the cookie of one who has not signed in."""
    return f"__Host-{VISIT}" if is_secure(request) else VISIT


def is_secure(request: Request) -> bool:
    """Return whether the desk is served by https, itself or by who stands before it."""
    return request.url.scheme == "https"


# -- who asks


def _asking(request: Request, kept: Guard) -> User:
    if not kept.accounts.team():
        return _alone(request, kept)
    given = request.headers.get("authorization")
    if given and request.url.path.startswith(_PROGRAMS):
        return _program(given, kept)
    secret = request.cookies.get(cookie_of(request))
    session = session_of(kept.accounts, secret) if secret else None
    if session is None or secret is None:
        visit = request.cookies.get(visit_of(request))
        request.state.csrf = form_token(visit) if visit else ""
        return NOBODY
    request.state.csrf = form_token(secret)
    return User(name=session.user, role=session.role, session=session.no, handed=session.handed)


def _alone(request: Request, kept: Guard) -> User:
    """Return the single user, who sits at this machine; anybody else is refused."""
    if not is_loopback(address_of(request)) or is_forwarded(request.headers):
        found = "this desk has no users, so that only this machine may ask it"
        raise refused(address_of(request), found, "add an admin: dragoman desk users add", HTTPStatus.FORBIDDEN)
    request.state.csrf = hmac.new(kept.key.encode(), b"the token of forms", "sha256").hexdigest()
    return kept.alone


def _program(given: str, kept: Guard) -> User:
    """Return in whose name a program asks: by a token, as a bearer's or as the password of that user."""
    token = token_of(kept.accounts, _secret_in(given))
    if token is None:
        raise WrongTokenError("authorization", "this token opens nothing", "make one at /account")
    reach = max((scope.role for scope in token.scopes), key=list(Role).index)
    role = reach if token.role.may(reach) else token.role
    return User(name=token.user, role=role, scopes=token.scopes)


def _secret_in(given: str) -> str:
    kind, _, rest = given.partition(" ")
    if kind.lower() == "bearer":
        return rest.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, ValueError):
            return ""
    return ""


# -- what is refused


def _require_size(request: Request, kept: Guard) -> None:
    most, given = largest(request.url.path, kept.upload), request.headers.get("content-length", "0")
    if given.isdecimal() and int(given[:20]) > most:
        raise too_large(most)


def _count(request: Request, kept: Guard, user: User) -> None:
    name = f"user {user.name}" if user.role is not Role.NOBODY else f"address {net_of(address_of(request))}"
    if request.method in SAFE:
        kept.counter.read(name, alone=user.alone)
    elif request.url.path in _READINGS:
        kept.counter.reading(name, alone=user.alone)
    else:
        kept.counter.write(name, alone=user.alone)


def _way_in(request: Request) -> Response:
    """Return the way to sign in, for who looks at a page; UnsignedError for programs, and for what would be changed."""
    if request.url.path.startswith(_PROGRAMS):
        raise UnsignedError(
            request.url.path, "a token is needed", "send Authorization: Bearer TOKEN; make one at /account"
        )
    if request.headers.get("HX-Request"):
        return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": "/login"})
    if request.method not in SAFE:
        raise UnsignedError(request.url.path)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?{urlencode({'back': here})}", HTTPStatus.SEE_OTHER)


def _to_change(request: Request) -> Response:
    """Return the way to a password of one's own, for who looks at a page; RequestError for the rest."""
    if request.method in SAFE and not request.url.path.startswith(_PROGRAMS):
        return RedirectResponse("/account", HTTPStatus.SEE_OTHER)
    raise refused(request.url.path, "the password was handed over by somebody", "change it first, at /account")


def scope_of(method: str, path: str) -> Scope:
    """Return the scope that a token needs.

    >>> scope_of("GET", "/api/v1/reports"), scope_of("POST", "/api/v1/reports"), scope_of("POST", "/api/v1/hooks")
    (<Scope.READ: 'read'>, <Scope.ADD: 'add'>, <Scope.ADMIN: 'admin'>)
    """
    if method in SAFE and not path.startswith(_FOR_ADMINS):
        return Scope.READ
    return next((scope for place, scope in _SCOPES if path == place or path.startswith(f"{place}/")), Scope.ADMIN)


def _require_scope(request: Request, user: User, scopes: frozenset[Scope]) -> None:
    needed = scope_of(request.method, request.url.path)
    if needed not in scopes and Scope.ADMIN not in scopes:
        raise refused(user.name, f"this token is not for {needed}", "make one that is, at /account")


async def _require_own(request: Request) -> None:
    """Raise where a request that changes something is not known to come from the desk's own pages."""
    remedy = "load the page again, and send it once more"
    if is_foreign(request.headers, request.url.scheme):
        raise refused(request.url.path, "another site sent this", "send it from the desk itself")
    if _is_program(request):
        return
    given = unmasked(request.headers.get("X-CSRF-Token") or await _sent(request))
    expected: str = request.state.csrf
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise refused(request.url.path, "the token of the form is missing or old", remedy)


def _is_program(request: Request) -> bool:
    """Return whether a program of the single user asks the API for what no page of another site could send."""
    alone = who(request).alone and request.url.path.startswith("/api/")
    return alone and not is_simple(request.method, request.headers.get("content-type", ""))


async def _sent(request: Request) -> str:
    """Return the token that a form gives back. The body is kept as ``request.state.body``, so that the page can read it, too."""
    if not request.headers.get("content-type", "").lower().startswith(_FORMS):
        return ""
    request.state.body = await request.body()
    async with request.form(max_part_size=guard(request).upload * 1_000_000) as form:
        given = form.get("csrf")
    return given if isinstance(given, str) else ""
