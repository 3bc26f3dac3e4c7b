"""Open the desk: bind an address, and serve until it is stopped. No other machine may ask a desk at which nobody has to sign in."""

from __future__ import annotations

import errno
import gc
import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any

import uvicorn

from dragoman.desk.accounts.store import Accounts, accounts_of
from dragoman.desk.accounts.users import admins
from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.desk.origin import is_loopback
from dragoman.errors import DragomanError, SettingsError
from dragoman.ledger.store import Ledger
from dragoman.settings import Settings

_ANY = ("", "0.0.0.0", "::")  # nosec B104  # what is given is compared with them; unasked the desk binds loopback
_AT_ONCE, _IDLE, _GRACE = 200, 15, 10  # requests; seconds a connection stays open unused; seconds to end what was begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a desk is served: address and port, names by which it is asked for, and addresses of who may pass requests on to it."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return all names by which it may be asked for."""
        return self.names if self.host in _ANY else (*self.names, self.host)


def serve(
    ledger: Ledger, settings: Settings, user: str, place: Place, say: Callable[[str], object] = lambda _: None
) -> None:
    """Serve the desk of a ledger until the process is told to stop; ``say`` is told where, once it listens.

    Raises SettingsError where others could ask it and nobody signs in, DragomanError where the address cannot be bound.
    """
    require_safe(place, accounts_of(ledger, settings.accounts))
    sockets = bound(place)
    desk = Desk(ledger, settings)
    Thread(target=_warm, args=(desk,), daemon=True).start()  # who comes first finds the most made, or being made
    _Server(configured(desk, user, place), say, place.host).run(sockets)


class _Server(uvicorn.Server):
    """A server that says where it listens."""

    def __init__(self, config: uvicorn.Config, say: Callable[[str], object], host: str) -> None:
        super().__init__(config)
        self._say, self._host = say, host

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        if self.started and sockets:
            host = f"[{self._host}]" if ":" in self._host else self._host or "0.0.0.0"  # nosec B104  said, not bound
            self._say(f"The desk listens at http://{host}:{sockets[0].getsockname()[1]} and stops with Ctrl-C.")


def bound(place: Place) -> list[socket.socket]:
    """Return a socket for each address of a host, all with one port; DragomanError where there is none or it is taken."""
    found: list[socket.socket] = []
    try:
        listed = socket.getaddrinfo(place.host or None, place.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, address in dict.fromkeys((each[0], each[4]) for each in listed):
            found.append(socket.socket(family, socket.SOCK_STREAM))
            _bind(found[-1], address, found[0].getsockname()[1] if len(found) > 1 else place.port)
    except OSError as mistake:
        for each in found:
            each.close()
        if mistake.errno == errno.EADDRINUSE:
            reason, remedy = "the port is in use", "end what listens there, or give another: --port 0 takes a free one"
        else:
            reason = f"it cannot be bound ({(mistake.strerror or str(mistake)).lower()})"
            remedy = "give another: --host 127.0.0.1, or a --port above 1023"
        raise DragomanError(where=f"{place.host}:{place.port}", found=reason, remedy=remedy) from mistake
    return found


def _bind(taken: socket.socket, address: Sequence[Any], port: int) -> None:
    if os.name == "posix":
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if taken.family == socket.AF_INET6:
        taken.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    taken.bind((address[0], port, *address[2:]))
    taken.listen()


def _warm(desk: Desk) -> None:
    """Make what the first pages show; none of it is then looked through for what is no longer used, which takes seconds."""
    desk.warm()
    gc.collect()
    gc.freeze()


def require_safe(place: Place, accounts: Accounts) -> None:
    """Raise SettingsError where another machine could ask a desk at which nobody has to sign in, or none could ask by a name."""
    public = not is_loopback(place.host) or place.names or place.proxies
    try:
        if public and not admins(accounts):
            found = "others could ask this desk, and it has no admin, so that nobody would have to sign in"
            raise SettingsError(
                where=place.host, found=found, remedy="add one: dragoman desk users add NAME --role admin"
            )
    finally:
        accounts.close()
    if place.host in _ANY and not place.names:
        found, remedy = "it is not said by which name the desk is asked for", "give it: --allow-host desk.example.org"
        raise SettingsError(where=place.host or "host", found=found, remedy=remedy)


def configured(desk: Desk, user: str, place: Place) -> uvicorn.Config:
    """Return how the desk is served."""
    return uvicorn.Config(
        app_of(desk, user, place.hosts),
        host=place.host,
        port=place.port,
        log_level="warning",
        server_header=False,
        ws="none",
        proxy_headers=bool(place.proxies),
        forwarded_allow_ips=list(place.proxies),
        limit_concurrency=_AT_ONCE,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_GRACE,
    )
