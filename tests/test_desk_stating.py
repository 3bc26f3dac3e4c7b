"""A claim that somebody adds from a sentence of a report, and how a claim shows its copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desking import SETTINGS, Asking, formed, overflows, violations

from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.ledger.store import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPORT = "ly-0114-nw-1"


@pytest.fixture
def asks(desk_ledger: Path) -> Iterator[Asking]:
    """Give who asks a desk of the sample corpus, and may decide."""
    ledger = Ledger(str(desk_ledger))
    yield formed(Asking(app_of(Desk(ledger, SETTINGS), "tester")))
    ledger.close()


def stated(asks: Asking, **fields: object) -> str:
    """Add a claim to the eighth sentence, and return where the desk sends one, or what it says."""
    form = {"kind": "added_claim", "about": REPORT, "sentence": 8, "back": f"/reports/{REPORT}", **fields}
    answer = asks.post("/decisions", data=form)
    return answer.headers.get("location") or answer.text


def test_the_sentences_lead_to_the_form(asks: Asking) -> None:
    listed = asks.get(f"/reports/{REPORT}/claim").text
    assert re.findall(r"/claim\?sentence=(\d)", listed) == list("12345678")
    form = asks.get(f"/reports/{REPORT}/claim?sentence=8").text
    assert "two days to discuss the text" in form
    assert 'name="actor" value="khalifa-haftar"' in form
    assert asks.get(f"/reports/{REPORT}/claim?sentence=9").status_code == 404


def test_somebody_who_is_not_in_the_report_is_found(asks: Asking) -> None:
    address = f"/reports/{REPORT}/claim?sentence=8"
    assert 'value="angela-merkel"' not in asks.get(address).text
    assert 'value="angela-merkel"' in asks.get(f"{address}&q=merkel").text
    assert 'value="angela-merkel"' in asks.get(f"{address}&also=angela-merkel").text


def test_an_added_claim_stands_in_its_report_with_all_that_was_said(asks: Asking) -> None:
    before = asks.get(f"/reports/{REPORT}").text
    fields = {"event": "REQUEST", "actor": "khalifa-haftar", "recipient": ["russia", "turkey"], "status": "future"}
    days = {"first": "2020-01-14", "last": "2020-01-16"}
    assert stated(asks, **fields, **days, negated="true", content="two days", note="it says so") == f"/reports/{REPORT}"
    after = asks.get(f"/reports/{REPORT}").text
    (claim,) = set(re.findall(r'id="c-([0-9a-f]+)"', after)) - set(re.findall(r'id="c-([0-9a-f]+)"', before))
    shown = " ".join(asks.get(f"/claims/{claim}").text.split())
    for words in (
        "REQUEST",
        ">not<",
        ">planned<",
        "Russia",
        "Turkey",
        "two days",
        "2020-01-14 to 2020-01-16",
        "it says so",
    ):
        assert words in shown, words
    assert "no rule made it" in shown


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"actor": "khalifa-haftar"}, "no event type"),
        ({"event": "REQUEST"}, "names nobody"),
        ({"event": "DANCE", "actor": "khalifa-haftar"}, "DANCE"),
        ({"event": "REQUEST", "actor": "nobody-at-all"}, "nobody has this id"),
        ({"event": "REQUEST", "actor": "khalifa-haftar", "first": "soon"}, "soon"),
        ({"event": "REQUEST", "actor": "khalifa-haftar", "sentence": 99}, "no sentence 99"),
    ],
)
def test_what_is_no_claim_is_refused_with_the_reason(asks: Asking, fields: dict[str, object], said: str) -> None:
    assert said in stated(asks, **fields)
    assert "added_claim" not in asks.get("/decisions").text


def test_a_claim_shows_which_outlets_print_its_sentence(asks: Asking) -> None:
    report = asks.get(f"/reports/{REPORT}").text
    pages = {claim: asks.get(f"/claims/{claim}").text for claim in re.findall(r'id="c-([0-9a-f]+)"', report)}
    copied = [page for page in pages.values() if "Haftar quits Moscow talks with no signature" in page]
    assert copied
    for page in copied:
        assert "Copies of the sentence" in page
        assert re.search(r"/reports/ly-0114-gl-1#s\d", page)
    alone = [page for page in pages.values() if "Haftar quits" not in page]
    assert all("have the sentence otherwise" in page or "has the sentence otherwise" in page for page in alone)


def test_a_claim_is_added_by_hand_in_a_browser(browsed: Callable[..., Page]) -> None:
    page = browsed(f"/reports/{REPORT}", narrow=True)
    page.get_by_role("link", name="Add a claim from a sentence").click()
    page.get_by_role("link", name="two days to discuss").press("Enter")
    assert not violations(page)
    assert overflows(page) == []
    page.get_by_label("Type of act").select_option("REQUEST")
    page.get_by_label("Khalifa Haftar did it").check()
    page.get_by_role("button", name="Add the claim").click()
    page.get_by_role("heading", name="Claim 8 REQUEST Khalifa Haftar").wait_for()
