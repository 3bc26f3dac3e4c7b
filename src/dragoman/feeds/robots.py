"""What a host allows: its robots.txt, asked for once in a while, and the pause that it wants between two requests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.robotparser import RobotFileParser

from dragoman.errors import FetchError, RefusedError
from dragoman.feeds.address import Target
from dragoman.feeds.clock import Clock
from dragoman.feeds.fetch import AGENT, LATER, Answer, Fetcher, Request, wanted_wait

_FORBIDDEN = (401, 403)
_LARGEST = 512_000  # bytes of it that are read
_FRESH = 3600.0  # seconds that a robots.txt is believed
_FAILED = 300.0  # seconds that a host which did not give it is not asked for it again
_LONGEST = 30.0  # seconds of pause that a host gets at most


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    rules: RobotFileParser | FetchError
    until: float


class Polite:
    """Fetches what a host's robots.txt allows, with a pause between two requests to one host, and not while it wants no request."""

    def __init__(self, fetcher: Fetcher, pause: float = 1.0, clock: Clock | None = None) -> None:
        self._fetcher = fetcher
        self._pause = pause
        self._clock = clock or Clock()
        self._rules: dict[str, _Rules] = {}
        self._last: dict[str, float] = {}
        self._barred: dict[str, float] = {}

    def get(self, request: Request) -> Answer:
        """Return the answer; RefusedError where the host does not want it asked, FetchError where it cannot be known."""
        asked: list[Target] = []

        def may(where: Target) -> None:
            self._require_open(where)
            rules = self._of(where, request.allowed)
            if not rules.can_fetch(AGENT, where.url):
                found = "robots.txt does not allow it"
                raise RefusedError(where=where.url, found=found, remedy="ask the outlet for leave, or leave it out")
            self._rest(where.host, _delay(rules))
            asked.append(where)

        answer = self._fetcher.get(replace(request, may=may))
        self._heed(asked[-1], answer)
        return answer

    def _heed(self, where: Target, answer: Answer) -> float | None:
        """Note for how long a host wants to be left alone, and return it."""
        after = wanted_wait(answer, self._clock.now())
        if after is not None:
            self._barred[where.origin] = self._clock.seconds() + after
        return after

    def _require_open(self, where: Target) -> None:
        """Raise FetchError where a host has said that it wants no request for now."""
        left = self._barred.get(where.origin, 0.0) - self._clock.seconds()
        if left > 0:
            raise FetchError(
                where=where.url, found=f"its host wants no request for {left:.0f} seconds", remedy=LATER, after=left
            )
        self._barred.pop(where.origin, None)

    def _rest(self, host: str, delay: float = 0.0) -> None:
        """Wait until the host may be asked again."""
        wanted = max(self._pause, delay)
        left = self._last.get(host, float("-inf")) + wanted - self._clock.seconds()
        if left > 0:
            self._clock.sleep(left)
        self._last[host] = self._clock.seconds()

    def _of(self, where: Target, allowed: frozenset[str]) -> RobotFileParser:
        known = self._rules.get(where.origin)
        if known is None or self._clock.seconds() > known.until:
            self._forget()
            known = self._rules[where.origin] = self._asked(where, allowed)
        if isinstance(known.rules, FetchError):
            raise known.rules.with_traceback(None)  # it is raised again and again, and must not grow
        return known.rules

    def _forget(self) -> None:
        """Let go of what no longer holds: a feed may lead to ever new hosts."""
        now = self._clock.seconds()
        self._rules = {origin: each for origin, each in self._rules.items() if each.until >= now}
        self._last = {host: last for host, last in self._last.items() if last + _LONGEST >= now}
        self._barred = {origin: until for origin, until in self._barred.items() if until > now}

    def _asked(self, where: Target, allowed: frozenset[str]) -> _Rules:
        """Return what robots.txt says, or why it cannot be known, and how long that is believed."""
        try:
            rules = self._said(where, allowed)
            self._last[where.host] -= max(0.0, _delay(rules) - self._pause)  # after it the usual pause is enough
            return _Rules(rules=rules, until=self._clock.seconds() + _FRESH)
        except FetchError as fault:
            if isinstance(fault, RefusedError):
                raise
            return _Rules(rules=fault, until=self._clock.seconds() + min(_FRESH, max(_FAILED, fault.after or 0.0)))

    def _said(self, where: Target, allowed: frozenset[str]) -> RobotFileParser:
        """Return what robots.txt says: all is allowed where there is none, nothing where it is forbidden to look at it.

        FetchError where the host does not say for now (RFC 9309: then nothing may be asked).
        """
        url = f"{where.origin}/robots.txt"
        self._rest(where.host)
        answer = self._fetcher.get(Request(url=url, allowed=allowed))
        after = self._heed(where, answer)
        rules = RobotFileParser()
        if answer.status >= 500 or answer.status == 429:
            raise FetchError(where=url, found=f"the host answered {answer.status}", remedy=LATER, after=after)
        if answer.status in _FORBIDDEN:
            rules.parse(["User-agent: *", "Disallow: /"])
        else:
            rules.parse(answer.body[:_LARGEST].decode("utf-8", "replace").splitlines() if answer.status < 300 else [])
        return rules


def _delay(rules: RobotFileParser) -> float:
    """Return the pause between two requests that a host wants, in seconds."""
    return min(_LONGEST, float(rules.crawl_delay(AGENT) or 0))
