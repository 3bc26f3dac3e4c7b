"""Whether a request comes from the desk's own pages: the host that it names, and the site that sends it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PORTS = {"http": 80, "https": 443}
_SIMPLE = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def is_loopback(address: str) -> bool:
    """Return whether an address or name is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address.lower() == "localhost"


def host_in(given: str) -> str | None:
    """Return the name of a Host header without its port; None where it is none.

    >>> host_in("LOCALHOST:8765"), host_in("[::1]:8765"), host_in("a@b")
    ('localhost', '::1', None)
    """
    try:
        parts = urlsplit(f"//{given}")
        _ = parts.port
    except ValueError:
        return None
    if parts.username is not None or parts.path or parts.query or parts.fragment:
        return None
    return (parts.hostname or "").rstrip(".") or None


def is_ours(given: str | None, hosts: Collection[str]) -> bool:
    """Return whether a Host header names this desk: another name may have been made to mean this machine."""
    return given is not None and host_in(given) in hosts


def is_forwarded(headers: Mapping[str, str]) -> bool:
    """Return whether somebody passed a request on."""
    return any(name in headers for name in _FORWARDED)


def is_foreign(headers: Mapping[str, str], scheme: str) -> bool:
    """Return whether a browser says that a page of another site sends a request."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return True
    return origin is not None and _place(origin) != _place(f"{scheme}://{headers.get('host', '')}")


def is_simple(method: str, content_type: str) -> bool:
    """Return whether a page of another site could have a browser send this without asking first."""
    return method == "POST" and content_type.partition(";")[0].strip().lower() in _SIMPLE


def _place(url: str) -> tuple[str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.hostname, parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None, None


def back_in(given: str | None) -> str:
    """Return the path of the desk to go back to; the first page where it is none, or another site's.

    >>> back_in("/reports?q=a"), back_in("//evil.example/"), back_in("https://evil.example"), back_in("/\\\\evil.example")
    ('/reports?q=a', '/', '/', '/')
    """
    if not given or not given.startswith("/") or given[1:2] in ("/", "\\") or not given.isprintable():
        return "/"
    return given
