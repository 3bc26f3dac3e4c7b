"""Every link of the desk leads to a page that answers, every anchor to a place that is there, and every page can be left again."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from desking import SETTINGS, Asking, formed

from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.ledger.store import Ledger

_EACH = 2  # pages of one kind that are looked at; all their links are followed by a request
_ID = re.compile(r"/(?:[0-9a-f]{16}|(?:ly|sv)-[\w-]+)(?=/|$)")
_NAMED = re.compile(r"^/(conflicts|actors|rules)/[^/]+")
_LEFT_OUT = ("/static/", "/api/", "/logout")


class Seen(HTMLParser):
    """What a page has: its links, its anchors, the levels of its headings, its title."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.levels: list[int] = []
        self.title = ""
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.anchors.add(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self._in_title = tag == "title" and not self.title

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
            self._in_title = False


def kind_of(path: str) -> str:
    """Return an address without what tells one page of a kind from another; those of another day are one kind."""
    bare = _ID.sub("/*", _NAMED.sub(r"/\1/*", urlsplit(path).path))
    names = sorted(part.partition("=")[0] for part in urlsplit(path).query.split("&") if part)
    return f"{bare}@" if {"as_of", "known"} & set(names) else f"{bare}?{'&'.join(names)}"


def walked(client: Asking) -> Iterator[tuple[str, int, Seen]]:
    """Yield pages of each kind that links lead to from the first, each with its answer; few of a kind."""
    waiting, known, kinds = (
        deque(["/", "/add", "/users", "/audit", "/contradictions", "/actors"]),
        set[str](),
        Counter[str](),
    )
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if path in known or kinds[kind] >= _EACH:
            continue
        known.add(path)
        kinds[kind] += 1
        answer = client.get(path)
        html = answer.headers.get("content-type", "").startswith("text/html")
        seen = Seen(answer.text if html else "<title>·</title><h1></h1>")
        yield path, answer.status_code, seen
        for link in seen.links:
            target, _ = urldefrag(urljoin(path, link))
            if target.startswith("/") and not target.startswith(_LEFT_OUT):
                waiting.append(target)


@pytest.fixture
def client(desk_ledger: Path) -> Iterator[Asking]:
    """Give who asks a desk on which some things are decided, so that all kinds of pages have something to show."""
    ledger = Ledger(str(desk_ledger))
    asks = formed(Asking(app_of(Desk(ledger, SETTINGS), "tester")))
    claims = re.findall(r'id="c-([0-9a-f]+)"', asks.get("/reports/ly-0114-nw-1").text)
    for kind, about in (("wrong_claim", claims[0]), ("right_claim", claims[1]), ("note", claims[2])):
        assert asks.post("/decisions", data={"kind": kind, "about": about, "note": "seen"}).status_code == 303
    yield asks
    ledger.close()


def test_every_link_leads_to_a_page(client: Asking) -> None:
    pages: dict[str, Seen] = {}
    wrong = []
    for path, status, seen in walked(client):
        pages[path] = seen
        if status != 200:
            wrong.append(f"{path} answers {status}")
    assert wrong == []
    assert len(pages) > 60, sorted(map(kind_of, pages))
    for path, seen in pages.items():
        for link in seen.links:
            target, anchor = urldefrag(urljoin(path, link))
            if anchor and target in pages:
                assert anchor in pages[target].anchors, f"{path} leads to {link}, where no such place is"
    for path, seen in pages.items():
        assert seen.title.strip().removesuffix("· Dragoman").strip() or seen.title == "·", f"{path} has no title"
        assert seen.levels.count(1) == 1, f"{path} has {seen.levels.count(1)} first headings"
        steps = zip(seen.levels, seen.levels[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), f"{path} skips a level of headings: {seen.levels}"


def test_the_first_page_tells_the_ceasefire_that_the_conflict_tells(client: Asking) -> None:
    home = client.get("/").text
    for conflict in ("libya", "sorvia"):
        shown = client.get(f"/conflicts/{conflict}").text
        told = re.search(r'#truces">Ceasefire</a></dt>\s*<dd>(.*?)</dd>', shown, re.DOTALL)
        assert told is not None
        assert told[1] in home
