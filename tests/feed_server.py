"""A news site on this machine for the tests of feeds: pages by path, and what was asked of it."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is answered: in pieces with a pause before each, or the wire is cut at once (``reset``).

    ``says`` may look at the request's headers first.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: int = 1
    pause: float = 0.0
    length: int | None = None
    reset: bool = False
    says: Callable[[Mapping[str, str]], Page] | None = None


class Site:
    """The pages of a site, which tests fill, and the requests that it got."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self.port = int(server.server_address[1])
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.most = 0
        self.noted: Callable[[str], None] = lambda _: None
        self._now = 0
        self._lock = threading.Lock()

    def url(self, path: str) -> str:
        """Return the address of a page."""
        return f"http://{HOST}:{self.port}{path}"

    def secure(self, certificate: Path, key: Path) -> None:
        """Speak TLS from now on."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def paths(self) -> list[str]:
        """Return what was asked for since this was asked last, in order."""
        found = [path for path, _ in self.asked]
        self.asked.clear()
        return found

    @contextmanager
    def counted(self, path: str, headers: Mapping[str, str]) -> Iterator[None]:
        """Count a request, and how many there are at a time."""
        with self._lock:
            self.asked.append((path, {name.lower(): value for name, value in headers.items()}))
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1


@contextmanager
def serving() -> Iterator[Site]:
    """Run a site, and stop it at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with site.counted(self.path, dict(self.headers)), suppress(OSError):
                page = site.pages.get(self.path, Page(status=404))
                answer = page.says(dict(self.headers)) if page.says else page
                site.noted(self.path)
                self._answer(answer)

        def _answer(self, page: Page) -> None:
            if page.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            self.send_response(page.status)
            length = len(page.body) if page.length is None else page.length
            for name, value in {"Content-Length": str(length), **page.headers}.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            step = max(1, len(page.body) // page.pieces)
            for start in range(0, len(page.body), step):
                time.sleep(page.pause)
                self.wfile.write(page.body[start : start + step])
                self.wfile.flush()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    site = Site(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def packed(size: int) -> bytes:
    """Return that many zeros in gzip, a thousandth as large."""
    return gzip.compress(b"\0" * size)
