"""The manual as a site: it builds without a warning, its links lead somewhere, and it asks no other host for anything."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from desking import NARROW, WIDE, overflows, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return tools/check_site.py as a module."""
    spec = importlib.util.spec_from_file_location("check_site", ROOT / "tools" / "check_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_site"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the manual with warnings as errors."""
    if importlib.util.find_spec("mkdocs") is None or importlib.util.find_spec("nbconvert") is None:
        pytest.skip("MkDocs is not installed (pip install '.[manual]')")
    place = tmp_path_factory.mktemp("manual") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(place)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
    return place


def test_its_links_anchors_and_pictures_are_there(tool: ModuleType, site: Path) -> None:
    assert len(list(site.rglob("*.html"))) > 50
    assert tool.faults(site) == []


BROKEN = {
    '<a href="there.html">x</a>': "there.html leads nowhere",
    '<a href="#low">x</a>': "#low: there is no such anchor on index.html",
    '<a href="../../out.html">x</a>': "../../out.html leads nowhere",
    '<img src="a.png" alt="a">': "a.png leads nowhere",
    '<img src="index.html">': "picture index.html has no words",
    '<script src="https://example.org/a.js"></script>': "loads https://example.org/a.js from another host",
    '<link rel="stylesheet" href="//example.org/a.css">': "loads //example.org/a.css from another host",
    "<p>Two things:\n- a\n- b</p>": "'- ' became no list",
    "<p>A table:\n| a | b |</p>": "'| a | b |' became no list or table",
}


@pytest.mark.parametrize("part", BROKEN)
def test_what_is_broken_is_found(tool: ModuleType, tmp_path: Path, part: str) -> None:
    (tmp_path / "index.html").write_text(f"<html><body>{part}</body></html>", encoding="utf-8")
    found = tool.faults(tmp_path)
    assert len(found) == 1
    assert BROKEN[part].removeprefix("'").split("'")[0] in found[0]


def test_what_is_sound_is_let_be(tool: ModuleType, tmp_path: Path) -> None:
    sound = (
        '<h2 id="a">x</h2><a href="#a">y</a><a href="https://example.org">z</a><a href="mailto:a@b">m</a><p>1 - 2</p>'
    )
    (tmp_path / "index.html").write_text(f"<html><body>{sound}</body></html>", encoding="utf-8")
    assert tool.faults(tmp_path) == []
    assert tool.external(tmp_path) == ["https://example.org"]


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def browsed(browser: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    """Return what opens a page of the manual; a request to another host is refused, and fails the test."""
    wrong: list[str] = []
    contexts = []
    with _served(site) as where:

        def watch(route: Route) -> None:
            if route.request.url.startswith(where):
                route.continue_()
            else:
                wrong.append(route.request.url)
                route.abort()

        def look(path: str, *, narrow: bool = False, dark: bool = False) -> Page:
            width, height = NARROW if narrow else WIDE
            context = browser.new_context(
                base_url=where, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            contexts.append(context)
            context.route("**/*", watch)
            page = context.new_page()
            page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda fault: wrong.append(str(fault)))
            page.goto(path)
            return page

        yield look
        for context in contexts:
            context.close()
    assert wrong == []


PAGES = ("/index.html", "/frames.html", "/tutorial.html", "/formats/plover.html")


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_fit_for_all(browsed: Callable[..., Page], path: str, narrow: bool, dark: bool) -> None:
    page = browsed(path, narrow=narrow, dark=dark)
    assert (violations(page), overflows(page)) == ([], [])


def test_words_are_found(browsed: Callable[..., Page]) -> None:
    page = browsed("/index.html")
    page.locator("input[name=query]").fill("ceasefires")
    first = page.locator(".md-search-result__link").first
    first.wait_for(timeout=10_000)
    assert "ceasefire" in first.inner_text().lower()
