"""One request over HTTP within limits: whole time, size (packed and unpacked), redirects, each to an address that is allowed."""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from time import monotonic
from urllib.parse import urldefrag, urljoin

from dragoman import __version__
from dragoman.errors import FetchError, RefusedError
from dragoman.feeds.address import Resolve, Target, system_resolve, target

AGENT = "dragoman"
_AGENT_LINE = f"{AGENT}/{__version__}"
_MOVED = frozenset({301, 302, 303, 307, 308})
_PIECE = 65536
_WAITING = frozenset({429, 503})  # the answers that say when to come again
_DAY = 86_400.0
_GZIP = 31  # window bits: gzip with its head and check
LATER = "it is tried again later"  # the remedy of what may be different another time


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a request may take with all its redirects (seconds), how large an answer may be, and how often it may move on."""

    seconds: float = 20.0
    size: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the address that answered at last, its status, headers by small letters, and the body unpacked."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for. ``allowed`` are hosts that need no public address; ``may`` is asked of each address before it is used."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    may: Callable[[Target], None] = lambda _: None


def wanted_wait(answer: Answer, now: datetime) -> float | None:
    """Return for how many seconds the host of an answer wants to be left alone, no more than a day; None where it does not say.

    >>> from datetime import UTC
    >>> wanted_wait(Answer(url="", status=429, headers={"retry-after": "120"}, body=b""), datetime.now(UTC))
    120.0
    """
    stated = answer.headers.get("retry-after", "").strip()
    if answer.status not in _WAITING or not stated:
        return None
    if stated.isascii() and stated.isdigit():
        return min(_DAY, float(stated[:9]))
    try:
        then = parsedate_to_datetime(stated)
        return min(_DAY, max(0.0, (then - now).total_seconds()))
    except (ValueError, TypeError, IndexError, OverflowError):  # no date, or one without a time zone
        return None


class Fetcher:
    """Makes one request at a time."""

    def __init__(self, limits: Limits | None = None, resolve: Resolve = system_resolve) -> None:
        self.limits = limits or Limits()
        self._resolve = resolve

    def get(self, request: Request) -> Answer:
        """Return the answer, whatever its status; FetchError where there is none in time and size.

        RefusedError where it must not be asked for: an address that is not allowed, or redirects without end.
        """
        end = monotonic() + self.limits.seconds
        url, seen = urldefrag(request.url).url, set[str]()
        while True:
            seen.add(url)
            where = target(url, request.allowed, self._resolve)
            request.may(where)
            answer = self._ask(where, request, end)
            moved = answer.headers.get("location") if answer.status in _MOVED else None
            if moved is None:
                return answer
            url = urldefrag(urljoin(url, moved.strip())).url
            if url in seen:
                raise RefusedError(where=request.url, found="redirects run in a circle", remedy="check the address")
            if len(seen) > self.limits.redirects:
                found = f"more than {self.limits.redirects} redirects"
                raise RefusedError(where=request.url, found=found, remedy="give the address where they end")

    def post(self, request: Request, body: bytes) -> Answer:
        """Return the answer to a body that is sent, whatever its status, within the same limits; redirects are not followed."""
        where = target(request.url, request.allowed, self._resolve)
        request.may(where)
        return self._ask(where, request, monotonic() + self.limits.seconds, body)

    def _ask(self, where: Target, request: Request, end: float, sent: bytes | None = None) -> Answer:
        headers = {
            "Host": where.name,
            "User-Agent": _AGENT_LINE,
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **request.headers,
        }
        with self._faults(where, end), _connected(where, end) as connection:
            connection.request("GET" if sent is None else "POST", where.path, body=sent, headers=headers)
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            if response.status in _MOVED and "location" in told:
                return Answer(url=where.url, status=response.status, headers=told, body=b"")
            body = b"".join(_within(self._pieces(response, where), self.limits.size, where.url))
            if monotonic() >= end:
                raise TimeoutError
            return Answer(url=where.url, status=response.status, headers=told, body=body)

    def _pieces(self, response: HTTPResponse, where: Target) -> Iterator[bytes]:
        """Yield the body in pieces, unpacked; no piece is larger than a bounded one, however well it was packed."""
        packed = (response.getheader("content-encoding") or "identity").strip().lower()
        raw = _within(_raw(response), self.limits.size, where.url)
        if packed in ("identity", ""):
            return raw
        if packed not in ("gzip", "x-gzip"):
            raise HTTPException(f"it is packed as {packed!r}")
        return _unpacked(raw)

    @contextmanager
    def _faults(self, where: Target, end: float) -> Iterator[None]:
        """Turn what can go wrong on the way into a FetchError."""
        try:
            yield
        except ssl.SSLCertVerificationError as fault:
            found = f"its certificate does not hold ({fault.verify_message})"
            raise FetchError(where=where.url, found=found, remedy=LATER) from fault
        except (OSError, HTTPException, zlib.error, ValueError) as fault:
            slow = isinstance(fault, TimeoutError) or monotonic() >= end
            reason = f"no whole answer in {self.limits.seconds:g} seconds" if slow else _reason(fault)
            raise FetchError(where=where.url, found=reason, remedy=LATER) from fault


@contextmanager
def _connected(where: Target, end: float) -> Iterator[HTTPConnection]:
    """Give a connection to the address that was looked at, which is cut when the time is over, whatever is going on."""
    left = max(0.01, end - monotonic())
    plain = socket.create_connection((where.address, where.port), timeout=left)
    watch = Timer(max(0.01, end - monotonic()), _cut, [plain])
    watch.daemon = True
    watch.start()
    wire: socket.socket = plain
    try:
        if where.scheme == "https":
            wire = ssl.create_default_context().wrap_socket(plain, server_hostname=where.host)
        connection = HTTPConnection(where.host, where.port)
        connection.sock = wire
        yield connection
    finally:
        watch.cancel()
        wire.close()
        plain.close()


def _cut(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _raw(response: HTTPResponse) -> Iterator[bytes]:
    while piece := response.read1(_PIECE):
        yield piece
    if response.length:
        raise HTTPException("the answer was cut off")


def _within(pieces: Iterator[bytes], size: int, where: str) -> Iterator[bytes]:
    """Yield pieces up to a size; FetchError where there are more."""
    so_far = 0
    for piece in pieces:
        so_far += len(piece)
        if so_far > size:
            raise RefusedError(
                where=where, found=f"the answer has more than {size:,} bytes", remedy="give another address"
            )
        yield piece


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpack, begun = zlib.decompressobj(_GZIP), False
    for piece in pieces:
        rest = piece
        while rest:
            begun = True
            yield unpack.decompress(rest, _PIECE)
            rest = unpack.unconsumed_tail
            if unpack.eof:
                rest, begun = unpack.unused_data.lstrip(b"\0"), False
                unpack = zlib.decompressobj(_GZIP)
    if begun:
        raise HTTPException("the packed answer was cut off")


def _reason(fault: Exception) -> str:
    words = str(fault).strip() or type(fault).__name__
    return f"the request failed ({words})"
