"""How much and how often: sizes of what is sent to the desk, and how many requests a minute one user may make."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from dragoman.desk.faults import RequestError
from dragoman.settings import Settings

_MB = 1_000_000
SMALL, TEXTS = 1 * _MB, 2 * _MB  # of a form; of the API, where the text of a report may come in
_LARGE = ("/add", "/api/v1/reports")
_ALONE = 10  # times as many for the single user, whom only a program gone wrong stops
_ADDRESS = 4  # times as many tries to sign in from one address as for one name
_REFUSALS = 20  # of one address that are noted in a minute
_OWN = 64  # bits of an IPv6 address that one subscriber has no choice of


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How many requests a minute: to look, to change something, to have a text read, to sign in."""

    reads: int = 600
    writes: int = 60
    readings: int = 30
    signins: int = 5

    @classmethod
    def of(cls, settings: Settings) -> Rates:
        """Return what the settings say."""
        return cls(
            reads=settings.desk_reads, writes=settings.desk_writes, readings=settings.desk_readings,
            signins=settings.desk_signins,
        )  # fmt: skip


class TooManyError(RequestError):
    """More requests than are answered. ``seconds`` later the next one is."""

    def __init__(self, what: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            where=what, found="too many in one minute", remedy=f"wait {seconds} seconds", status=HTTPStatus.TOO_MANY_REQUESTS
        )  # fmt: skip


class Counter:
    """Counts requests by who makes them, in a window of a minute that moves."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def read(self, who: str, *, alone: bool) -> None:
        """Count that one looks; TooManyError where that is too often."""
        self._hit("requests", self._rates.reads * (_ALONE if alone else 1), who)

    def write(self, who: str, *, alone: bool) -> None:
        """Count that one changes something."""
        self._hit("changes", self._rates.writes * (_ALONE if alone else 1), who)

    def reading(self, who: str, *, alone: bool) -> None:
        """Count that one has a text read."""
        self._hit("texts", self._rates.readings * (_ALONE if alone else 1), who)

    def sign_in(self, address: str, name: str) -> None:
        """Count a try to sign in: by address and name, and by address with whatever names."""
        net = net_of(address)
        self._hit("tries to sign in", self._rates.signins * _ADDRESS, net)
        self._hit("tries to sign in", self._rates.signins, net, name)

    def password(self, name: str) -> None:
        """Count that one gives the own password once more."""
        self._hit("tries of the password", self._rates.signins, name)

    def refusal(self, address: str) -> bool:
        """Count that somebody was refused; False where enough of it is noted."""
        return self._limiter.hit(RateLimitItemPerMinute(_REFUSALS), "refusals", net_of(address))

    def _hit(self, what: str, most: int, *who: str) -> None:
        limit = RateLimitItemPerMinute(most)
        if not self._limiter.hit(limit, what, *who):
            free = self._limiter.get_window_stats(limit, what, *who).reset_time
            raise TooManyError(what, max(1, math.ceil(free - time.time())))


def net_of(address: str) -> str:
    """Return by what an address is counted: an IPv6 one by its network, in which one who asks may choose any.

    >>> net_of("192.0.2.7"), net_of("2001:db8:1:2:3::4"), net_of("::ffff:192.0.2.7"), net_of("testclient")
    ('192.0.2.7', '2001:db8:1:2::', '192.0.2.7', 'testclient')
    """
    try:
        one = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(one, IPv6Address):
        return str(one)
    return str(one.ipv4_mapped or ip_network((one, _OWN), strict=False).network_address)


def largest(path: str, upload: int) -> int:
    """Return how many bytes may be sent to an address; ``upload`` are the MB that reports may have.

    >>> largest("/decisions", 25), largest("/add", 25)
    (1000000, 25000000)
    """
    if path.rstrip("/") in _LARGE:
        return upload * _MB
    return TEXTS if path.startswith("/api/") else SMALL


def too_large(most: int) -> HTTPException:
    """Return that more was sent than is taken."""
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {most:,} bytes are not taken here")


class Incoming:
    """What is sent with a request, as it comes: it stops where that is too large, whatever was said of its length."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._had = 0
        self._again: bytes | None = None

    async def __call__(self) -> Message:
        """Return what comes next."""
        if self._again is not None:
            body, self._again = self._again, None
            return {"type": "http.request", "body": body, "more_body": False}
        message = await self._receive()
        self._had += len(message.get("body", b""))
        if self._had > self._most:
            raise too_large(self._most)
        return message

    def give_again(self, body: bytes) -> None:
        """Have the whole of what came be given once more, to who asks next."""
        self._again = body
