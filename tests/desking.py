"""What tests of the desk share: a ledger of the sample corpus, a desk that serves it, and a browser that looks at it.

conftest.py has the fixtures for all tests.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
import pytest
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI

from dragoman.desk.accounts import passwords
from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.ledger.store import Ledger, Made
from dragoman.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
NO_BROWSER = "no browser at"
WIDE, NARROW = (1280, 900), (375, 800)
SETTINGS = Settings(conflicts=str(ROOT / "samples/conflicts"))
_MADE = Made(rulebook="sha256:" + "0" * 64, model="test")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def corpus_ledger(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger of the sample corpus: to be copied, not to be written to."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.ledger"
    ledger = Ledger(str(path), create=True)
    for reading, record in corpus:
        ledger.add(reading, record, _MADE)
    ledger.close()
    return path


@pytest.fixture
def desk_ledger(corpus_ledger: Path, tmp_path: Path) -> Path:
    """Return a ledger of the sample corpus that a test may write to."""
    path = tmp_path / "desk.ledger"
    for each in corpus_ledger.parent.glob(corpus_ledger.name + "*"):
        shutil.copy(each, path.with_name(each.name.replace(corpus_ledger.name, path.name)))
    return path


def serving(desk: Desk, user: str = "tester") -> AbstractContextManager[str]:
    """Serve a desk on a free port of loopback from another thread; give its address."""
    return serving_app(app_of(desk, user))


@contextmanager
def serving_app(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of loopback from another thread; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
        assert thread.is_alive(), "the desk could not be served"
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def served(desk_ledger: Path) -> Iterator[str]:
    """Serve the desk of the sample corpus; give its address."""
    ledger = Ledger(str(desk_ledger))
    with serving(Desk(ledger, SETTINGS)) as where:
        yield where
    ledger.close()


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have passwords hashed with little work; that they are with much, test_desk_accounts.py sees."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium; skip where there is none."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{NO_BROWSER} {CHROMIUM} (apt-get install chromium, or set CHROMIUM)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield started
        started.close()


Browsed = Callable[..., "Page"]


@pytest.fixture
def browsed(browser: Browser, served: str) -> Iterator[Browsed]:
    """Return what opens an address of the desk in a new window.

    When the test ends it fails where a page asked another host for something, or said that something went wrong in its console.
    """
    wrong: list[str] = []
    contexts = []

    def look(path: str, *, narrow: bool = False, dark: bool = False) -> Page:
        width, height = NARROW if narrow else WIDE
        context = browser.new_context(
            base_url=served,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda sent: _strange(sent.url, served, wrong))
        page.on("console", lambda said: _complains(said, page, wrong))
        page.on("pageerror", lambda fault: wrong.append(str(fault)))
        page.goto(path)
        return page

    yield look
    for context in contexts:
        context.close()
    assert wrong == []


def _complains(said: ConsoleMessage, page: Page, wrong: list[str]) -> None:
    """Note an error of the console; that a page itself is not there, its test has asked for."""
    if said.type == "error" and said.location["url"] != page.url:
        wrong.append(said.text)


def _strange(url: str, served: str, wrong: list[str]) -> None:
    if not url.startswith((f"{served}/", "data:", "blob:")):
        wrong.append(f"asks {url}")


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA (and its best practices) on a page: rule, what it is, where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['help']}: {[node['html'][:150] for node in each['nodes'][:3]]}" for each in found]


def overflows(page: Page) -> list[str]:
    """Return what stands out of a page to the right, so that the page scrolls sideways."""
    script = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1
            && !e.closest('.wide, svg')).map(e => e.outerHTML.slice(0, 120))"""
    found: list[str] = page.evaluate(script)
    return found


Form = TypeVar("Form", httpx.Client, "Asking")


def formed(client: Form) -> Form:
    """Return a client that sends the token of forms of the page that it may see."""
    found = re.search(r'<meta name="csrf" content="([0-9a-f]+)">', client.get("/account").text)
    assert found is not None, "the page has no token of forms"
    client.headers["X-CSRF-Token"] = found[1]
    return client


class Asking:
    """A client that asks an application without a server, from an address, by a name, and keeps its cookies as a browser does."""

    def __init__(
        self, app: FastAPI, *, host: str = "127.0.0.1", address: str = "127.0.0.1", scheme: str = "http", **headers: str
    ) -> None:
        self._transport = httpx.ASGITransport(app, client=(address, 50000), raise_app_exceptions=False)
        self._base = f"{scheme}://{host}"
        self.cookies = httpx.Cookies()
        self.headers = httpx.Headers({name.replace("_", "-"): value for name, value in headers.items()})

    def get(self, path: str, **given: Any) -> httpx.Response:
        """Ask for a page."""
        return self.request("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        """Send a form."""
        return self.request("POST", path, **given)

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Return the answer to a request; where it leads on, that is not followed."""

        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=self._transport, base_url=self._base, cookies=self.cookies, headers=self.headers
            ) as client:
                answer = await client.request(method, path, **given)
                self.cookies = client.cookies
                return answer

        return asyncio.run_coroutine_threadsafe(ask(), _loop()).result()


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop in which applications are asked: in a thread of its own, for a browser may have this one's."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop
