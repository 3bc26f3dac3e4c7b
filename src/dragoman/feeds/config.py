"""FEEDS.toml: the feeds that are followed, how often, and hosts that may be asked though their address is not public."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dragoman.errors import SettingsError
from dragoman.settings import toml_of

USUAL = timedelta(minutes=30)
_LEAST, _MOST = timedelta(minutes=1), timedelta(days=30)
_EVERY = re.compile(r"(\d{1,6})\s*([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_TOP, _FEED = ("feed", "allow"), ("url", "outlet", "every")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed: its address, the outlet of its reports, and how long to wait between two looks at it."""

    url: str
    outlet: str
    every: timedelta = USUAL

    @property
    def host(self) -> str:
        """Return the name of its host."""
        return (urlsplit(self.url).hostname or "").lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The feeds in their order; ``allow`` are names of hosts whose address need not be public."""

    feeds: tuple[Feed, ...]
    allow: frozenset[str] = frozenset()

    def allowed(self, feed: Feed) -> frozenset[str]:
        """Return the hosts that a feed may lead to whatever their address: none for a feed that is not itself on one of them.

        So what a public feed says can never make us ask a host of the inner network.
        """
        return self.allow if feed.host in self.allow else frozenset()


def load_feeds(path: Path) -> Feeds:
    """Return the feeds of a file; SettingsError where it cannot be read, or a key or value is not allowed."""
    given = toml_of(path)
    require_known(given, _TOP, str(path))
    listed = given.get("feed")
    if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
        raise SettingsError(where=str(path), found="there is no feed", remedy="give [[feed]] with url and outlet")
    feeds = tuple(_feed(each, f"{path}: feed {number}") for number, each in enumerate(listed, 1))
    twice = next((feed.url for n, feed in enumerate(feeds) if feed.url in {f.url for f in feeds[:n]}), None)
    if twice is not None:
        raise SettingsError(where=str(path), found=f"{twice} is given twice", remedy="give each feed once")
    return Feeds(feeds=feeds, allow=_hosts(given.get("allow", []), str(path)))


def require_known(given: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> None:
    """Raise SettingsError where a table has a key that is none of those allowed."""
    for key in given:
        if key not in allowed:
            raise SettingsError(where=where, found=f"unknown key {key!r}", remedy=f"use one of: {', '.join(allowed)}")


def _feed(given: Mapping[str, Any], where: str) -> Feed:
    require_known(given, _FEED, where)
    url, outlet = (_text(given, name, where) for name in ("url", "outlet"))
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(where=where, found=f"url = {url!r}", remedy="give an address: https://…")
    return Feed(url=url, outlet=outlet, every=_every(given["every"], where) if "every" in given else USUAL)


def _text(given: Mapping[str, Any], name: str, where: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(where=where, found=f"{name} = {value!r}", remedy=f"give {name} as text")
    return value.strip()


def _every(value: Any, where: str) -> timedelta:
    match = _EVERY.fullmatch(value.strip()) if isinstance(value, str) else None
    wait = int(match.group(1)) * _UNITS[match.group(2)] if match else timedelta(0)
    if not _LEAST <= wait <= _MOST:
        remedy = "give minutes, hours or days, from '1m' to '30d': every = '30m'"
        raise SettingsError(where=where, found=f"every = {value!r}", remedy=remedy)
    return wait


def _hosts(value: Any, where: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise SettingsError(
            where=where, found=f"allow = {value!r}", remedy='give names of hosts: allow = ["news.local"]'
        )
    return frozenset(each.strip().lower() for each in value)
