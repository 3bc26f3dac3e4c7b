"""Hostile reports and hostile input: what a report holds is shown as text, whatever it is; what a form is sent is refused, or text.

Pages are found by following links from the first one, forms by looking for them: a new page is tried without being named.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import lxml.html
import pytest
from desking import SETTINGS, Asking, formed, serving_app
from fastapi import FastAPI
from guarding import routes

from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.ledger.store import Ledger, Made
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage

TAGS = '"><script>window.owned=1</script><img src=x onerror="window.owned=2"></textarea></title><svg onload=window.owned=3>'
BRACES = "QQ{{7*7}}${7*7}{%raw%}QQ"
LINK = "javascript:window.owned=4"
BIDI = "\u202eevil\u2066\u200f\ufeff\u2028"
SQL = "'; DROP TABLE reports; --"
ALL = f"{TAGS} {BRACES} {LINK} {BIDI} {SQL}"
_SECONDS = 8.0  # for the forms; at most so long, whatever the machine
_BROWSED = 16  # kinds of pages that the browser opens; all are looked through without it
_EACH = 2  # pages of one kind
_BODY = (
    f"Libyan commander Khalifa Haftar {TAGS} left Moscow on Tuesday without signing the ceasefire. "
    f"Turkey said it would send troops to Libya {BRACES}. Egypt backed Haftar, said {BIDI} a spokesman. "
    f"Fayez al-Sarraj signed the ceasefire on Monday {SQL}. "
    "Haftar demanded that Turkey withdraw its troops from Libya. The GNA said that Haftar broke the truce on Sunday.\n"
)


@pytest.fixture(scope="module")
def hostile(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """Return the application of a desk whose reports are hostile in each of their fields."""
    ledger = Ledger(str(tmp_path_factory.mktemp("hostile") / "hostile.ledger"), create=True)
    links = (
        LINK,
        "data:text/html,<script>window.owned=5</script>",
        f"https://example.org/{TAGS}",
        "//evil.example",
        "HTTPS://ok.example/a",
    )
    for number, link in enumerate(links):
        text = f"Haftar leaves {ALL}\n\n{_BODY} This is print {number}."
        report = Report(
            id=f"{number:016x}", headline=f"Haftar leaves {ALL}", text=text, body_start=text.index("\n\n") + 2, url=link,
            outlet=f"Radio {ALL}", published=date(2020, 1, 14 + number), source=f"{TAGS}.txt",
        )  # fmt: skip
        reading = reader.read(report)
        entities = tuple(replace(each, name=f"{each.name} {ALL}") for each in reading.entities)
        record = record_of(reading, reader.rulebook)
        ledger.add(replace(reading, entities=entities), record, Made(rulebook="sha256:" + "0" * 64, model="test"))
    desk = Desk(ledger, replace(SETTINGS, desk_reads=9_999, desk_writes=9_999, desk_readings=9_999))
    desk.__dict__["_reader"] = reader
    app = app_of(desk, ALL)
    yield app
    app.state.guard.accounts.close()
    ledger.close()


@dataclass(frozen=True)
class Found:
    """A form of a page: where it goes, and what it has."""

    method: str
    action: str
    fields: tuple[tuple[str, str], ...]
    files: bool

    @property
    def kind(self) -> object:
        return self.method, kind_of(self.action), tuple(name for name, _ in self.fields)


def kind_of(address: str) -> str:
    """Return an address without what is of one report, claim or day."""
    parts = urlsplit(address)
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&")})
    return re.sub(r"/(?=[^/]*[0-9%])[^/]+|(?<=/actors/)[^/]+", "/*", parts.path) + "?" + "&".join(names)


def forms_in(html: lxml.html.HtmlElement, page: str) -> Iterator[Found]:
    """Yield the forms of a page with all that they would send."""
    for form in html.forms:
        inputs = form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name] | .//button[@name]")
        given = {each.get("name"): each.get("value") or "" for each in inputs if each.get("type") != "file"}
        fields = tuple((name, value) for name, value in given.items() if name != "csrf")
        files = any(each.get("type") == "file" for each in form.xpath(".//input"))
        yield Found(form.method, form.get("action") or page, fields, files)


def walk(client: Asking) -> dict[str, httpx.Response]:
    """Return the pages to which links lead from the first one, some of each kind."""
    pending, seen, kinds, found = (
        ["/", "/account", "/users", "/audit", "/add", "/contradictions"],
        set[str](),
        Counter[str](),
        {},
    )
    while pending:
        path = pending.pop(0)
        if path in seen or kinds[kind_of(path)] >= _EACH:
            continue
        seen.add(path)
        kinds[kind_of(path)] += 1
        found[path] = answer = client.get(path)
        if answer.status_code == 200 and "html" in answer.headers["content-type"]:
            tree = lxml.html.fromstring(answer.text)
            links = tree.xpath("//a/@href | //@hx-get")
            pending += [each.partition("#")[0] for each in links if each.startswith("/")]
    return found


_NEVER = {
    "iframe",
    "object",
    "embed",
    "base",
    "math",
    "video",
    "audio",
    "frame",
    "applet",
    "marquee",
    "foreignobject",
    "textarea_",
}
_ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "poster", "data")


def foreign(text: str) -> list[str]:
    """Return what stands in a page that is not the desk's own: scripts, handlers, styles, links that run or are not marked."""
    tree = lxml.html.fromstring(text)
    return [f"{what}: {lxml.html.tostring(one)[:150]!r}" for one in tree.iter() for what in _strange(one)]


def _strange(one: lxml.html.HtmlElement) -> Iterator[str]:
    if not isinstance(one.tag, str):
        return
    if one.tag in _NEVER or (one.tag == "meta" and one.get("http-equiv")):
        yield one.tag
    ours = ("/static/", "/feeds/") if one.tag == "link" and one.get("rel") == "alternate" else ("/static/",)
    if one.tag in ("script", "img", "link") and not (one.get("src") or one.get("href") or "").startswith(ours):
        yield f"{one.tag} that is not ours"
    if one.tag in ("script", "style") and (one.text or "").strip():
        yield f"{one.tag} in the page"
    for name, value in one.attrib.items():
        if name.startswith(("on", "hx-on")) or name == "style":
            yield name
        if name in _ADDRESSES:
            yield from _address(one, value)


def _address(one: lxml.html.HtmlElement, value: str) -> Iterator[str]:
    where = urlsplit(value.strip())
    if where.scheme or where.netloc:
        if where.scheme.lower() not in ("http", "https") or one.tag != "a":
            yield f"leads to {value[:40]!r}"
        elif not {"noopener", "noreferrer", "nofollow"} <= set((one.get("rel") or "").split()):
            yield f"an outside link that is not marked ({one.get('rel')})"


def test_the_check_sees_what_is_foreign() -> None:
    links = f"<a href='{LINK}'>a</a><a href='https://a.example'>b</a><a href='/x' style='a'>c</a>"
    page = f"<html><body><p>{TAGS}</p>{links}</body></html>"
    assert [each.partition(":")[0] for each in foreign(page)] == [
        "script that is not ours", "script in the page", "img that is not ours", "onerror", "onload", "leads to 'javascript",
        "an outside link that is not marked (None)", "style",
    ]  # fmt: skip
    assert (
        foreign("<html><body><a href='https://a.example' rel='noopener noreferrer nofollow'>b</a></body></html>") == []
    )


@pytest.fixture(scope="module")
def pages(hostile: FastAPI) -> dict[str, httpx.Response]:
    """Return the pages of the hostile desk."""
    return walk(Asking(hostile))


def test_reports_never_become_markup(pages: dict[str, httpx.Response]) -> None:
    shown = {path: answer for path, answer in pages.items() if "html" in answer.headers["content-type"]}
    assert len(shown) > 20
    assert {path: answer.status_code for path, answer in pages.items() if answer.status_code >= 500} == {}
    assert {path: strange for path, answer in shown.items() if (strange := foreign(answer.text))} == {}
    assert [path for path, answer in shown.items() if "QQ49" in answer.text or "$49" in answer.text] == []
    assert [path for path, answer in shown.items() if re.search("[\u202a-\u202e\u2066-\u2069]", answer.text)] == []
    assert sum("&lt;script&gt;window.owned" in answer.text for answer in shown.values()) > 10
    for answer in pages.values():
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_links_lead_to_all_pages_that_there_are(hostile: FastAPI, pages: dict[str, httpx.Response]) -> None:
    """Each page that shows what reports say is tried, or the walk misses it."""
    tried = {kind_of(path).partition("?")[0] for path in pages}
    every = {
        kind_of(path).partition("?")[0] for method, path in routes(hostile) if method == "GET" and "/api/" not in path
    }
    missed = {each for each in every - tried if not any(re.fullmatch(each.replace("*", "[^/]+"), one) for one in tried)}
    assert {each for each in missed if not each.startswith(("/login", "/feeds"))} == set()


def test_no_script_of_a_report_runs(hostile: FastAPI, pages: dict[str, httpx.Response], browser: Browser) -> None:
    shown = {path: answer for path, answer in pages.items() if "&lt;script&gt;window.owned" in answer.text}
    kinds = {kind_of(path).partition("?")[0]: path for path, answer in shown.items() if answer.status_code == 200}
    assert len(kinds) > 10
    wrong: list[str] = []
    with serving_app(hostile) as where:
        context = browser.new_context(base_url=where)
        page = context.new_page()
        page.add_init_script("window.alert = window.confirm = window.prompt = () => { window.owned = 'asked' }")
        page.on("console", lambda said: _complains(said, wrong))
        page.on("request", lambda sent: _asks(sent.url, where, wrong))
        for path in list(kinds.values())[:_BROWSED]:
            page.goto(path)
            assert (path, page.evaluate("window.owned")) == (path, None)
        context.close()
    assert wrong == []


def _complains(said: ConsoleMessage, wrong: list[str]) -> None:
    if said.type == "error" and not said.location["url"].endswith(
        "/favicon.ico"
    ):  # which a part of a page does not name
        wrong.append(f"{said.text} {said.location['url']}")


def _asks(url: str, where: str, wrong: list[str]) -> None:
    if not url.startswith((f"{where}/", "data:image/")):
        wrong.append(url)


HOSTILE = (
    TAGS, BRACES, SQL, LINK, BIDI, "../../../../etc/passwd", "file:///etc/passwd", "\0", "\r\nSet-Cookie: a=b", "x" * 200_000,
    "[" * 5_000, "-1", "9" * 40, "1e999", "٣", "\U0001f600" * 50, "0001-01-01", "9999-12-31T23:59:59+23:59", "%00%ff%fe", "",
)  # fmt: skip
BROKEN = (b"=%FF%FE", b"=%ED%A0%80", b"=\xff\xfe", b"=%", b"")


def test_forms_take_hostile_input_as_text_or_refuse_it(hostile: FastAPI, pages: dict[str, httpx.Response]) -> None:
    client = formed(Asking(hostile))
    forms: dict[object, Found] = {}
    for path, answer in pages.items():
        if answer.status_code == 200 and "html" in answer.headers["content-type"]:
            forms |= {form.kind: form for form in forms_in(lxml.html.fromstring(answer.text), path)}
    assert len(forms) > 10
    until, sent, wrong = time.monotonic() + _SECONDS, 0, []
    for form, given in _sendings(list(forms.values())):
        if time.monotonic() > until:
            break
        answer = _send(client, form, given)
        sent += 1
        if (
            answer.status_code >= 500
            or answer.status_code in (401, 429)
            or ("html" in answer.headers.get("content-type", "") and foreign(answer.text))
        ):
            wrong.append((form.action, repr(given)[:150], answer.status_code))
    assert wrong == []
    assert sent > 2 * len(forms)


def _sendings(forms: list[Found]) -> Iterator[tuple[Found, dict[str, str] | bytes]]:
    """Yield what is sent: each form with each value in all of its fields, then in each field alone, then what is no text."""
    for value in HOSTILE:
        for form in forms:
            yield form, dict.fromkeys(dict(form.fields), value)
    for form in forms:
        for name, _ in form.fields:
            yield form, {**dict(form.fields), name: ALL}
            for broken in BROKEN:
                yield form, name.encode() + broken


def _send(client: Asking, form: Found, given: dict[str, str] | bytes) -> httpx.Response:
    path = form.action.partition("?")[0]
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    if form.method.upper() == "GET":
        if isinstance(given, bytes):
            return client.get(f"{path}?{given.decode('latin-1')}")
        return client.get(path, params={name: value[:500] for name, value in given.items()})
    if isinstance(given, bytes):
        return client.post(path, content=given, headers=kind)
    files = {"files": (TAGS, given.get("text", ALL).encode())} if form.files else None
    return client.post(path, data=given, files=files)


@pytest.mark.parametrize(
    "path",
    ["/%00", "/%ff", "/reports/%00", "/reports/..%2f..%2fetc%2fpasswd", "/conflicts/%2e%2e", "/static/..%2f..%2fapp.py",
     "/static/%2e%2e/%2e%2e/app.py", "/?as_of=%00", "/?known=9999-12-31T23:59:59%2B23:59", "/claims/" + "a" * 5_000,
     "/conflicts/%3Cscript%3E", "/" + "a/" * 2_000, "/?" + "a=1&" * 5_000, "/actors/%ed%a0%80", "/events/%F0%9F%98%80"],
)  # fmt: skip
def test_hostile_addresses_are_not_found(hostile: FastAPI, path: str) -> None:
    answer = Asking(hostile).get(path)
    assert answer.status_code < 500
    assert foreign(answer.text) == []
    assert "def app_of" not in answer.text


def test_outlets_and_users_are_text_in_what_is_exported(hostile: FastAPI, tmp_path: Path) -> None:
    answer = Asking(hostile).get("/search.csv?q=Haftar")
    assert answer.headers["content-type"].startswith("text/csv"), answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "attachment" in answer.headers["content-disposition"]
