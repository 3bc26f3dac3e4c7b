"""Search, sources and rules of the desk: their pages in a browser, what they give as files, and what is hostile."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from desking import SETTINGS, Browsed, overflows, serving, violations

from dragoman.desk.kept import Desk
from dragoman.desk.pages.search import marked
from dragoman.desk.taking import Given, Upload, take
from dragoman.export.ledger_form import HitForm
from dragoman.export.sheet import cell, columns_of, sheet
from dragoman.ledger.adding import made_with
from dragoman.ledger.decisions import decide
from dragoman.ledger.search import query_of
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.intake import from_text
from dragoman.reading.reader import Reader
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.written import written_at

HOSTILE = "<script>alert(1)</script>"
PAGES = (
    "/search?q=Haftar+left+without+signing&in=claims&sort=oldest", "/search?q=zzz+haftar&type=REJECT", "/sources",
    "/sources?outlet=Northern+Wire", "/rules?q=leave", "/rules?show=cues", "/rules/leave-unsigned", "/add",
)  # fmt: skip


@pytest.fixture
def desk(desk_ledger: Path) -> Iterator[Desk]:
    ledger = Ledger(str(desk_ledger))
    yield Desk(ledger, SETTINGS)
    ledger.close()


@pytest.fixture
def web(desk: Desk) -> Iterator[httpx.Client]:
    with serving(desk) as where, httpx.Client(base_url=where, timeout=60) as client:
        yield client


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_fit_for_all(browsed: Browsed, path: str, narrow: bool) -> None:
    page = browsed(path, narrow=narrow, dark=narrow)
    assert (violations(page), overflows(page)) == ([], [])


# -- tasks


def test_who_said_first_that_haftar_left_without_signing(browsed: Browsed) -> None:
    page = browsed("/")
    page.get_by_label("Search the reports").fill("Haftar left without signing")
    page.keyboard.press("Enter")
    page.get_by_label("Look for").select_option("claims")
    page.get_by_label("Order").select_option("oldest")
    page.get_by_role("button", name="Search").last.click()
    page.wait_for_url("**/search?*in=claims*")
    first = page.locator(".hits li").first
    assert "The Gulf Ledger, 14 Jan 2020" in first.inner_text()
    assert first.locator("mark").all_inner_texts() == ["Haftar", "left", "without", "signing"]
    assert "/reports/ly-0114-gl-" in (first.locator(".cite a").get_attribute("href") or "")
    assert page.evaluate("location.search").count("q=Haftar") == 1


def test_a_source_is_graded_by_hand_and_boards_show_it(browsed: Browsed) -> None:
    page = browsed("/sources?outlet=Northern+Wire")
    page.get_by_label("B usually reliable").check()
    page.get_by_label("Why").fill("own people there")
    page.get_by_role("button", name="Set the grade").click()
    assert "set by tester" in page.locator("main").inner_text()
    page.goto("/sources")
    assert "B by hand" in page.locator("tr", has_text="Northern Wire").first.inner_text()
    page.goto("/conflicts/sorvia")
    assert page.locator('.badge[title="reliability B: usually reliable"]').count() > 0
    page.goto("/sources?outlet=Northern+Wire")
    page.get_by_role("button", name="Withdraw it").click()
    assert "Not graded" in page.locator("main").inner_text()


def test_a_sentence_is_tried_on_the_rules(browsed: Browsed) -> None:
    page = browsed("/rules/try")
    page.locator("#sentence").fill("Haftar left Moscow on Tuesday without signing the ceasefire deal.")
    page.locator("#published").fill("2020-01-15")
    page.get_by_role("button", name="Read it").click()
    page.locator(".claim").wait_for()
    told = page.locator("#explained").inner_text()
    assert "REJECT khalifa-haftar" in told
    assert "2020-01-14..2020-01-14 (on Tuesday)" in told
    assert "sentence=Haftar" in page.url
    assert violations(page) == []


# -- files


@pytest.mark.parametrize("kind", ["reports", "claims", "events"])
def test_all_that_is_found_is_given_as_a_table_and_as_lines(web: httpx.Client, kind: str) -> None:
    asked = {"in": kind, "q": "ceasefire", "from": "2020-01-01", "to": "2020-02-01"}
    lines = [json.loads(line) for line in web.get("/search.jsonl", params=asked).text.splitlines()]
    answer = web.get("/search.csv", params=asked)
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    name = "report" if kind == "reports" else "id"
    assert len(lines) > 5
    assert [row[name] for row in table] == [line[name] for line in lines]
    assert answer.headers["content-disposition"] == f'attachment; filename="dragoman-{kind}.csv"'
    assert f"<strong>{len(lines)} {kind}</strong>" in web.get("/search", params=asked).text


def test_a_file_of_what_cannot_be_looked_for_is_an_error(web: httpx.Client) -> None:
    for path in ("/search.csv?q=!!", "/search.jsonl?type=DANCE", "/search.csv?conflict=nowhere"):
        assert web.get(path).status_code in (400, 404)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(begins: str) -> None:
    form = HitForm(
        report=f"{begins}1+1", outlet=f'{begins}cmd|"/c calc"!A1', published=None, headline=f",{begins}2;\x00",
        score=-1.5, start=0, end=1, snippet=f"{begins}HYPERLINK()",
    )  # fmt: skip
    whole = b"".join(sheet([form], columns_of(HitForm))).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(whole, newline=""))
    assert row["report"] == f"'{begins}1+1"
    assert row["outlet"].startswith(f"'{begins}")
    assert row["snippet"].startswith(f"'{begins}")
    assert row["score"] == "-1.5"
    assert cell([f"{begins}a", "b"]).startswith(f"'{begins}")


# -- what is hostile


def _hostile(desk: Desk, reader: Reader) -> Report:
    """Add a report in which all that is shown is markup."""
    text = f"{HOSTILE} Khalifa Haftar left Moscow without signing the truce {HOSTILE}, he said on Monday.\n\nTurkey condemned him."
    report = from_text(text, headline=f"{HOSTILE} Haftar leaves", name="hostile")
    report = replace(report, outlet=f'"><img src=x onerror=alert(1)>{HOSTILE}', id='<b>"id"')
    reading = reader.read(report)
    assert desk.ledger.add(reading, record_of(reading, reader.rulebook), made_with(reader))
    return report


def test_what_reports_say_is_never_markup(desk: Desk, web: httpx.Client, reader: Reader) -> None:
    report = _hostile(desk, reader)
    paths = [
        ("/search", {"q": "signing script"}), ("/search", {"q": "condemned", "in": "claims"}),
        ("/search", {"in": "events", "outlet": report.outlet or ""}), ("/search", {"q": HOSTILE, "party": HOSTILE}),
        ("/sources", {}), ("/sources", {"outlet": report.outlet or ""}), ("/sources", {"outlet": HOSTILE}),
        ("/rules", {"q": HOSTILE}), ("/rules/leave-unsigned", {}), ("/rules/" + "%3Cscript%3E", {}),
        ("/rules/try", {"sentence": f"{HOSTILE} Haftar left Moscow."}), ("/rules/try", {"published": HOSTILE, "sentence": "a"}),
    ]  # fmt: skip
    for path, asked in paths:
        text = web.get(path, params=asked).text
        assert "<script>alert" not in text, (path, asked)
        assert "<img" not in text, (path, asked)
    assert "&lt;<mark>script</mark>&gt;" in web.get("/search", params={"q": "signing script"}).text


def test_hits_are_marked_in_what_was_cleaned_and_cut() -> None:
    words = query_of("needle")
    pieces = marked("hay " * 300 + "a \x1b needle\u202e <b> " + "hay " * 300, words)
    assert ("needle", True) in pieces
    assert sum(len(piece) for piece, _ in pieces) < 450
    assert all("\x1b" not in piece and "\u202e" not in piece for piece, _ in pieces)


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=%00", "/search?q=" + "a" * 5000, "/search?q=" + "+".join("abcdefghi") * 9, "/search?cursor=%FF", "/search?from=x",
        "/search?outlet=%00&in=claims", "/search?party=%F0%9F%95%8A&place=%27%3B--", "/search?in=nobody", "/sources?outlet=%00",
        "/sources?cursor=WzFd", "/rules?cursor=bnVsbA", "/rules?show=x", "/rules/..%2f..%2fetc%2fpasswd", "/rules/try?sentence=%00",
        "/rules/try?sentence=" + "a" * 1001, "/rules/try?sentence=a&published=x", "/search.csv?q=%00",
    ],
)  # fmt: skip
def test_what_is_hostile_is_refused_or_nothing(web: httpx.Client, path: str) -> None:
    assert web.get(path).status_code in (200, 400, 404, 422)


# -- sources and rules


def test_sources_count_copies_contradictions_and_what_was_decided_wrong(desk: Desk, web: httpx.Client) -> None:
    told = next(each for each in desk.picture().told if each.kept.report.outlet == "Orinth Tribune" and each.claims)
    before = web.get("/sources?outlet=Orinth+Tribune").text
    assert "<dt>Decided wrong</dt><dd>0</dd>" in before
    rule = told.claims[0].claim.rule
    decide(desk.ledger, Asked(kind=DecisionKind.WRONG_CLAIM, about=(told.claims[0].claim.id,), user="ann"))
    after = web.get("/sources?outlet=Orinth+Tribune").text
    assert "<dt>Decided wrong</dt><dd>1 (3 %)</dd>" in after
    assert "decided wrong</span>" in web.get(f"/rules/{rule}").text
    assert "7 (54 %)" in web.get("/sources").text  # of The Gulf Ledger, copies of others


def test_what_fails_is_told_with_what_to_do(desk: Desk, web: httpx.Client) -> None:
    take(desk, Given(text="Bonjour, ceci est un texte en français."))
    assert "What could not be read" not in web.get("/sources").text
    take(desk, Given(files=(Upload(name="a<b>.txt", data=b"%PDF-1.7"),)))
    page = web.get("/sources").text
    assert "this is a PDF file, not text; <strong>give a report as text, HTML or JSON" in page
    assert "a&lt;b&gt;.txt" in page


def test_each_frame_is_found_as_it_is_written(web: httpx.Client) -> None:
    book = load_rulebook(None)
    assert all(f'id = "{frame.id}"' in written_at(frame.place) for frame in book.frames)
    assert all(written_at(frame.place).count("[[") == 1 for frame in book.frames[::50])
    assert written_at("../../../etc/passwd:1") == written_at("frames/none.toml:1") == written_at("words.toml:x") == ""
    assert "Must fire" in web.get("/rules/leave-unsigned").text
