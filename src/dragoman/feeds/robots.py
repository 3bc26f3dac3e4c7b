"""What a host allows: its robots.txt, asked for once in a while, and the pause that it wants between two requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic, sleep
from urllib.robotparser import RobotFileParser

from dragoman.errors import FetchError, RefusedError
from dragoman.feeds.address import Target
from dragoman.feeds.fetch import AGENT, LATER, Answer, Fetcher, Request

_FORBIDDEN = (401, 403)
_LARGEST = 512_000  # bytes of it that are read
_FRESH = 3600.0  # seconds that a robots.txt is believed
_LONGEST = 30.0  # seconds of pause that a host gets at most


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    rules: RobotFileParser
    known: float


class Polite:
    """Fetches what a host's robots.txt allows, with a pause between two requests to one host."""

    def __init__(self, fetcher: Fetcher, pause: float = 1.0, wait: Callable[[float], None] = sleep) -> None:
        self._fetcher = fetcher
        self._pause = pause
        self._wait = wait
        self._rules: dict[str, _Rules] = {}
        self._last: dict[str, float] = {}

    def get(self, request: Request) -> Answer:
        """Return the answer; RefusedError where the host does not want it asked, FetchError where it cannot be known."""

        def may(where: Target) -> None:
            rules = self._of(where, request.allowed)
            if not rules.can_fetch(AGENT, where.url):
                found = "robots.txt does not allow it"
                raise RefusedError(where=where.url, found=found, remedy="ask the outlet for leave, or leave it out")
            self._rest(where.host, rules)

        return self._fetcher.get(replace(request, may=may))

    def _rest(self, host: str, rules: RobotFileParser) -> None:
        """Wait until the host may be asked again."""
        wanted = min(_LONGEST, max(self._pause, float(rules.crawl_delay(AGENT) or 0)))
        left = self._last.get(host, -_LONGEST) + wanted - monotonic()
        if left > 0:
            self._wait(left)
        self._last[host] = monotonic()

    def _of(self, where: Target, allowed: frozenset[str]) -> RobotFileParser:
        known = self._rules.get(where.origin)
        if known is None or monotonic() - known.known > _FRESH:
            known = _Rules(rules=self._asked(where, allowed), known=monotonic())
            self._rules[where.origin] = known
        return known.rules

    def _asked(self, where: Target, allowed: frozenset[str]) -> RobotFileParser:
        """Return what robots.txt says: all is allowed where there is none, nothing where it is forbidden to look at it.

        FetchError where the host does not say for now (RFC 9309: then nothing may be asked).
        """
        url = f"{where.origin}/robots.txt"
        answer = self._fetcher.get(Request(url=url, allowed=allowed))
        rules = RobotFileParser()
        if answer.status >= 500 or answer.status == 429:
            raise FetchError(where=url, found=f"the host answered {answer.status}", remedy=LATER)
        if answer.status in _FORBIDDEN:
            rules.parse(["User-agent: *", "Disallow: /"])
        else:
            rules.parse(answer.body[:_LARGEST].decode("utf-8", "replace").splitlines() if answer.status < 300 else [])
        return rules
