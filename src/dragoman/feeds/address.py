"""Which addresses may be asked: http and https, and only hosts all of whose addresses are public, or that are allowed by name.

The address that was looked at is the one that is connected to, so that a name cannot mean another host a moment later.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Thread
from urllib.parse import quote, urlsplit

from dragoman.errors import FetchError, RefusedError

Resolve = Callable[[str, int], list[str]]
_PORTS = {"http": 80, "https": 443}
_CARRIES = tuple(map(IPv6Network, ("64:ff9b::/96", "::/96")))  # an IPv4 address in the last bits: NAT64, and of old
_INSIDE = tuple(map(ip_network, (
    "fec0::/10", "64:ff9b:1::/48", "::ffff:0:0:0/96", "3fff::/20", "5f00::/16", "192.0.0.0/24",
)))  # fmt: skip  # of a site, of its translators, of examples, of routers, of a line: some Pythons take them for public
_SAFE = "/%:=&?~+!$,;'@()*[]-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where one request goes: the host by its name, the address that was looked at, and what is asked for."""

    url: str
    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def origin(self) -> str:
        """Return scheme, host and port: what a robots.txt holds for."""
        return f"{self.scheme}://{self.name}"

    @property
    def name(self) -> str:
        """Return the host as a request names it: with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target(url: str, allowed: frozenset[str], resolve: Resolve) -> Target:
    """Return where a request for an address goes; RefusedError where it must not be made, FetchError where nobody has the name."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode() if not _is_address(parts.hostname) else parts.hostname
        port = parts.port
    except (ValueError, UnicodeError) as mistake:
        raise RefusedError(where=url, found=f"this is no address ({mistake})", remedy="mend it") from mistake
    if parts.scheme not in _PORTS or not host or port == 0:
        raise RefusedError(where=url, found="this is no http or https address", remedy="give http://… or https://…")
    if parts.username is not None or parts.password is not None:
        raise RefusedError(where=url, found="the address has a user in it", remedy="give an address that needs none")
    port = port or _PORTS[parts.scheme]
    found = resolve(host, port)
    if not found:
        raise FetchError(where=url, found=f"the name {host} has no address", remedy="check the name")
    if host.lower() not in allowed:
        _require_public(url, host, found)
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Target(url=url, scheme=parts.scheme, host=host.lower(), port=port, address=found[0], path=path)


def is_public(address: str) -> bool:
    """Return whether an address is of a host that everybody can reach.

    >>> is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1"), is_public("1.1.1.1")
    (False, False, False, True)
    """
    try:
        one = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _carried(one)
    meant = one if inner is None else inner
    return meant.is_global and not meant.is_multicast and not any(meant in network for network in _INSIDE)


def system_resolve(host: str, port: int, wait: float = 10.0) -> list[str]:
    """Return the addresses that a name has, in the order in which to use them; nothing where it has none, or none in time."""
    found: list[str] = []

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(info[4][0]) for info in infos))

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(wait)
    return list(found)


def _require_public(url: str, host: str, found: list[str]) -> None:
    inner = next((each for each in found if not is_public(each)), None)
    if inner is not None:
        what = host if host == inner else f"{host} ({inner})"
        remedy = f'if it is to be asked all the same, allow it in FEEDS.toml: allow = ["{host}"]'
        raise RefusedError(where=url, found=f"{what} is no public address", remedy=remedy)


def _carried(one: IPv4Address | IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one stands for, or None."""
    if isinstance(one, IPv4Address):
        return None
    last = IPv4Address(int(one) & 0xFFFFFFFF)
    carried = last if any(one in network for network in _CARRIES) and int(one) > 1 else None
    return one.ipv4_mapped or one.sixtofour or (one.teredo[1] if one.teredo else None) or carried


def _is_address(host: str | None) -> bool:
    try:
        return bool(ip_address((host or "").partition("%")[0]))
    except ValueError:
        return False
