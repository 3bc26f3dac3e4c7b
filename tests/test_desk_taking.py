"""Reports that people give at the desk: pasted, as files, by an address; and what is hostile in them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import feed_server
import httpx
import pytest
from desking import SETTINGS, Browsed, formed, serving
from feed_server import Page, Site

from dragoman.desk import taking
from dragoman.desk.kept import Desk
from dragoman.desk.taking import Done, Given, Upload, page_at, take
from dragoman.ledger.store import Ledger
from dragoman.reading.intake import IntakeOptions
from dragoman.reading.reader import Reader

TEXT = "General Khalifa Haftar left Moscow on Tuesday without signing the ceasefire agreement, officials said."
FRENCH = """Le général Haftar a quitté Moscou mardi sans signer l'accord de cessez-le-feu, ont déclaré des responsables.
Le ministère russe des Affaires étrangères a indiqué que les négociations se poursuivraient dans les prochains jours à Berlin."""
PAGE = f"""<!doctype html><html lang="en"><head><title>Haftar leaves</title></head><body><article><h1>Haftar leaves</h1>
<p>{TEXT}</p>
<p>Turkey condemned the general on Wednesday, and the United Nations called for a truce in Libya.</p></article></body></html>"""


@pytest.fixture
def desk(desk_ledger: Path, reader: Reader) -> Iterator[Desk]:
    ledger = Ledger(str(desk_ledger))
    made = Desk(ledger, SETTINGS)
    made.__dict__["_reader"] = reader  # the one of the test process: loading one takes seconds
    yield made
    ledger.close()


@pytest.fixture
def web(desk: Desk) -> Iterator[httpx.Client]:
    with serving(desk) as where, httpx.Client(base_url=where, timeout=60) as client:
        yield formed(client)


@pytest.fixture
def site() -> Iterator[Site]:
    with feed_server.serving() as running:
        running.pages["/robots.txt"] = Page(status=404)
        yield running


def _outcomes(done: list[Done]) -> list[str]:
    return [each.outcome.value for each in done]


def test_a_pasted_text_is_added_once_and_is_read(desk: Desk) -> None:
    given = Given(text=TEXT, headline="Haftar leaves", outlet="Own desk", published=date(2020, 1, 15))
    (done,) = take(desk, given)
    assert (done.outcome, done.outlet, done.published, done.headline) == (
        "added", "Own desk", date(2020, 1, 15), "Haftar leaves",
    )  # fmt: skip
    assert done.claims
    assert done.report in desk.picture().reports
    assert _outcomes(take(desk, given)) == ["already there"]


def test_each_file_is_told_of_and_none_costs_the_others(desk: Desk) -> None:
    lines = "\n".join(json.dumps({"text": f"{TEXT} It was day {n}.", "published": "2020-01-15"}) for n in range(2))
    files = (
        Upload(name="a.txt", data=TEXT.encode()),
        Upload(name="b.pdf", data=b"%PDF-1.7 \x00"),
        Upload(name="c.txt", data=b"%PDF-1.7"),
        Upload(name="d.jsonl", data=lines.encode()),
        Upload(name="e.html", data=PAGE.encode()),
        Upload(name="f.txt", data=b""),
        Upload(name="noend", data=TEXT.encode()),
        Upload(name="big.txt", data=b"x" * (taking.LARGEST + 1)),
        Upload(name="../../g.txt", data=TEXT.encode()),
    )
    done = take(desk, Given(files=files))
    assert [(each.source.partition(":")[0], each.outcome.value) for each in done] == [
        ("a.txt", "added"), ("b.pdf", "failed"), ("c.txt", "failed"), ("d.jsonl", "added"), ("d.jsonl", "added"),
        ("e.html", "added"), ("f.txt", "failed"), ("noend", "failed"), ("big.txt", "failed"), ("g.txt", "already there"),
    ]  # fmt: skip
    assert all(each.found and each.remedy for each in done if each.outcome == "failed")


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.html", gzip.compress(b"<html>" + b"a" * 4_000_000), "a gzip archive"),
        ("a.txt", ("Général Haftar a dit «non» à Genève. " * 9).encode() + b"\xe9", "not UTF-8, though the rest"),
        ("a.txt", b"\xff\xfe\x00", "UTF-16"),
        ("a.txt", b"\x00\x00\x01 Haftar left Moscow.", "binary"),
        ("a.json", b"[" * 100_000, "nested too deeply|no readable JSON"),
        ("a.json", b'{"text": {"a": 1}}', "is no text"),
        ("a.jsonl", b'{"text": \n', "no readable JSON"),
        ("a.html", b"<html>" + b"<div>" * 20_000, "no article|cannot be read"),
        ("a.txt", FRENCH.encode(), "in French"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_in_words(desk: Desk, name: str, data: bytes, found: str) -> None:
    for done in take(desk, Given(files=(Upload(name=name, data=data),))):
        assert done.outcome == "failed"
        assert re.search(found, done.found or ""), done.found
        assert done.remedy


def test_more_reports_than_may_be_are_left_and_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "REPORTS", 2)
    lines = "\n".join(json.dumps({"text": f"{TEXT} It was day {n}."}) for n in range(4))
    done = take(desk, Given(files=(Upload(name="a.jsonl", data=lines.encode()),)))
    assert _outcomes(done) == ["added", "added", "failed", "failed"]
    assert done[-1].source.startswith("a.jsonl:4")


# -- addresses


NOT_PUBLIC = [
    "http://127.0.0.1/", "http://127.0.0.1:8080/x", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://0/",
    "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://localhost/", "file:///etc/passwd",
    "ftp://example.org/", "gopher://127.0.0.1/", "http://user:pw@example.org/", "//127.0.0.1", "javascript:alert(1)", "http://",
    "http://exa\x00mple.org/", "http://" + "a" * 3000,
]  # fmt: skip


def test_an_address_that_is_not_public_is_refused(web: httpx.Client, desk: Desk) -> None:
    pages = {url: web.post("/add", data={"address": url}) for url in NOT_PUBLIC}
    assert [url for url, page in pages.items() if page.status_code != 200 or ">refused</span>" not in page.text] == []
    assert [url for url, page in pages.items() if "FEEDS.toml" in page.text] == []
    assert len(desk.picture().told) == 150


def test_a_page_is_read_from_its_address(desk: Desk, site: Site) -> None:
    desk.allow = frozenset({"127.0.0.1"})
    site.pages["/news"] = Page(body=PAGE.encode(), headers={"Content-Type": "text/html"})
    (done,) = take(desk, Given(address=site.url("/news"), outlet="Own desk"))
    assert (done.outcome, done.headline, done.outlet, done.published) == ("added", "Haftar leaves", "Own desk", None)
    assert desk.report(done.report or "").kept.report.url == site.url("/news")
    assert site.paths() == ["/robots.txt", "/news"]


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:9/", "http://[::1]/", "http://169.254.169.254/", "file:///etc/passwd"]
)
def test_a_redirect_to_what_is_not_public_is_refused(desk: Desk, site: Site, to: str) -> None:
    desk.allow = frozenset({"localhost"})
    site.pages["/away"] = Page(status=302, headers={"Location": to})
    url = site.url("/away").replace("127.0.0.1", "localhost")
    (done,) = take(desk, Given(address=url))
    assert done.outcome == "failed"
    assert "no public address" in (done.found or "") or "no http or https address" in (done.found or "")
    assert site.paths() == ["/robots.txt", "/away"]


def test_what_a_host_does_not_allow_is_not_asked(desk: Desk, site: Site) -> None:
    desk.allow = frozenset({"127.0.0.1"})
    site.pages["/robots.txt"] = Page(body=b"User-agent: *\nDisallow: /")
    site.pages["/news"] = Page(body=PAGE.encode())
    (done,) = take(desk, Given(address=site.url("/news")))
    assert "robots.txt does not allow it" in (done.found or "")
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (Page(body=feed_server.packed(30_000_000), headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}), "more than"),
        (Page(status=404), "the host answered 404"),
        (Page(status=503), "the host answered 503"),
        (Page(body=b"<rss/>", headers={"Content-Type": "application/rss+xml"}), "and no page"),
        (Page(body=b"%PDF-1.7", headers={"Content-Type": "application/pdf"}), "and no page"),
        (Page(body=b"\x00\x01", headers={"Content-Type": "text/html"}), "not text"),
        (Page(body=b"<html><body>no", headers={"Content-Type": "text/html"}), "no article"),
    ],
)  # fmt: skip
def test_what_is_no_report_at_an_address_is_refused_in_words(desk: Desk, site: Site, page: Page, found: str) -> None:
    desk.allow = frozenset({"127.0.0.1"})
    site.pages["/x"] = page
    taken = page_at(desk, site.url("/x"), IntakeOptions())
    assert found in str(taken)


# -- the page


def test_what_was_refused_stays_in_the_form(web: httpx.Client) -> None:
    page = web.post(
        "/add", data={"text": f"Bonjour <b>à</b> tous. {FRENCH}", "outlet": "O", "published": "2020-01-15"}
    ).text
    assert ">refused</span>" in page
    assert "Bonjour &lt;b&gt;à&lt;/b&gt; tous. Le général" in page
    wrong = web.post("/add", data={"text": TEXT, "published": "yesterday"})
    assert wrong.status_code == 400
    assert TEXT in wrong.text


def _declared(where: httpx.URL, length: int) -> int:
    """Return the status of a request that says that so much will come."""
    connection = HTTPConnection(where.host, where.port or 80, timeout=30)
    connection.putrequest("POST", "/add")
    connection.putheader("Content-Length", str(length))
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_too_much_is_refused(web: httpx.Client) -> None:
    assert web.post("/add").status_code == 400
    many = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(taking.FILES + 5)]
    assert web.post("/add", files=many).status_code == 400
    assert _declared(web.base_url, 999_999_999) == 413
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    endless = (head if number == 0 else b"a" * 1_000_000 for number in range(40))
    sent = {"Content-Type": "multipart/form-data; boundary=x"}
    assert web.post("/add", content=endless, headers=sent).status_code == 413
    broken = web.post("/add", content=b"--x\r\nnonsense", headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert broken.status_code == 400


def test_a_report_is_added_in_the_browser_and_can_be_opened(browsed: Browsed, tmp_path: Path) -> None:
    page = browsed("/add")
    path = tmp_path / "news.txt"
    path.write_text(TEXT, encoding="utf-8")
    page.locator("#files").set_input_files(path)
    page.get_by_label("Headline").fill("Hello")
    page.get_by_label("Text of the report").fill(FRENCH)
    page.get_by_role("button", name="Read and add").click()
    page.get_by_role("heading", name="What became of it").wait_for()
    told = page.locator("#added").inner_text()
    assert "1 added" in told
    assert "1 refused" in told
    assert page.locator("#text").input_value().startswith("Le général")
    assert page.locator("#added a").first.get_attribute("href")
