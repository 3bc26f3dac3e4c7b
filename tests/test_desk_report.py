"""Reports, claims and events at the desk: what they show, in a browser, and what is done there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from desking import SETTINGS, Browsed, overflows, serving, violations
from playwright.sync_api import Page, expect

from dragoman.desk.kept import Desk
from dragoman.desk.parts.texts import Marked, compared, paragraphs
from dragoman.ledger.decisions import Asked, DecisionKind, decide, decisions
from dragoman.ledger.store import Ledger

LEFT = "left Moscow on Tuesday without signing"  # a sentence of 14 January in two prints of one origin
UPDATE = "ly-0103-nw-1"

expect.set_options(timeout=30_000)  # a busy machine loads the model slowly


@pytest.fixture
def desk(desk_ledger: Path) -> Iterator[Desk]:
    ledger = Ledger(str(desk_ledger))
    yield Desk(ledger, SETTINGS)
    ledger.close()


def claim_with(desk: Desk, words: str, report: str = "") -> str:
    """Return the id of the first claim whose sentence has these words."""
    return next(
        identity
        for identity, (told, kept) in desk.picture().claims.items()
        if words in kept.claim.evidence.text and told.kept.report.id.startswith(report)
    )


def current(page: Page) -> str:
    """Return the claim that the keys are at."""
    return page.locator(".card[aria-current=true]").get_attribute("id") or ""


# -- fit for all


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
def test_pages_are_fit_for_all(browsed: Browsed, desk: Desk, narrow: bool, dark: bool) -> None:
    claim = claim_with(desk, LEFT)
    wrong = claim_with(desk, "Haftar", "ly-0103")
    decide(desk.ledger, Asked(kind=DecisionKind.WRONG_CLAIM, about=(wrong,), user="anna"))
    event = desk.picture().claims[claim][1].claim.event_id
    page = browsed("/reports?outlet=Northern+Wire", narrow=narrow, dark=dark)
    for path in (
        f"/reports/{UPDATE}",
        f"/reports/{UPDATE}/diff",
        f"/claims/{wrong}",
        f"/claims/{claim}?field=actor",
        f"/events/{event}?why=true",
    ):
        assert (path, violations(page), overflows(page)) == (path, [], [])
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert (violations(page), overflows(page)) == ([], [])


# -- the text in pieces


def test_sentences_that_overlap_are_cut_into_pieces_with_the_claims_of_each() -> None:
    marks = [Marked(start=0, end=8, sentence=1, claims=("a",)), Marked(start=4, end=12, sentence=2, claims=("b",))]
    (found,) = paragraphs("one two three", marks)
    assert [(each.text, each.claims, each.ends, each.anchor) for each in found.pieces] == [
        ("one ", ("a",), (), 1),
        ("two ", ("a", "b"), ("a",), None),
        ("thre", ("b",), ("b",), 2),
        ("e", (), (), None),
    ]


def test_two_versions_are_compared_word_by_word() -> None:
    runs = compared("Head\n\nHe won by 315 votes.", "Head\n\nHe won by 325 votes.\n\nMore.")
    assert [[(run.how, run.text) for run in paragraph] for paragraph in runs] == [
        [("same", "Head")],
        [("same", "He won by "), ("del", "315"), ("ins", "325"), ("same", " votes.")],
        [("ins", "More.")],
    ]


# -- reports


def test_reports_are_listed_and_narrowed(desk: Desk) -> None:
    with serving(desk) as where, httpx.Client(base_url=where, timeout=60) as client:
        days = re.findall(r'<td class="nowrap">(\d+ \w+ \d+)', client.get("/reports").text)
        assert (len(days), days[0], days[-1]) == (50, "10 Apr 2021", "12 Mar 2021")
        libya = client.get("/reports?conflict=libya&from=2020-01-14&to=2020-01-14").text
        assert (
            len(re.findall(r'<td class="nowrap">14 Jan 2020', libya))
            == len(re.findall(r'<td class="nowrap">', libya))
            > 2
        )
        assert "No report is of these" in client.get("/reports?outlet=Nobody").text
        assert client.get("/reports?from=yesterday").status_code == 400
        assert client.get("/reports/nothing").status_code == 404


def test_sentences_that_gave_no_claim_are_marked_with_why(browsed: Browsed) -> None:
    page = browsed(f"/reports/{UPDATE}")
    expect(page.locator("#text p:not(.legend) .unread")).to_have_count(2)
    assert page.locator("#s3").inner_text() == "Lawmakers passed the bill by 325 votes to 184."
    assert page.locator("#s3").get_attribute("title") == "no rule fits this sentence"
    page.locator("#s3 + sup a").click()
    assert "Lawmakers passed the bill" in page.locator("pre").inner_text()


def test_what_an_update_changed_is_shown(browsed: Browsed) -> None:
    page = browsed(f"/reports/{UPDATE}/diff")
    assert (page.locator(".text p del").inner_text(), page.locator(".text p ins").inner_text()) == ("315", "325")
    page.get_by_role("link", name="Turkish parliament votes").last.click()
    page.get_by_role("link", name="what changed").click()
    assert page.url.endswith(f"/{UPDATE}/diff")


def test_a_report_is_filed_and_taken_out_by_hand(browsed: Browsed, desk: Desk) -> None:
    page = browsed(f"/reports/{UPDATE}")
    page.get_by_role("button", name="Take out of Libya").click()
    expect(page.get_by_text("Taken out of Libya by hand.")).to_be_visible()
    assert UPDATE not in desk.picture("libya").reports
    page.get_by_label("File under").select_option("libya")
    page.get_by_role("button", name="File", exact=True).click()
    expect(page.get_by_role("button", name="Take out of Libya")).to_be_visible()
    assert UPDATE in desk.picture("libya").reports


# -- keys


def test_keys_go_through_the_claims_and_decide(browsed: Browsed, desk: Desk) -> None:
    page = browsed(f"/reports/{UPDATE}")
    expect(page.locator("#text p:not(.legend) .unread")).to_have_count(2)  # what is not yet read has come
    page.keyboard.press("n")
    expect(page.locator("#told")).to_contain_text("Choose a claim first")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = current(page)
    assert page.evaluate("document.activeElement.id") == second
    assert page.locator("mark.now").inner_text() == "The Tripoli government welcomed the vote."
    page.keyboard.press("n")
    expect(page.locator(f"#{second}.out")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == second
    assert second.removeprefix("c-") not in desk.picture().claims
    page.keyboard.press("k")
    page.keyboard.press("y")
    expect(page.locator(".card .badge.good")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator(".card .badge.good")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator(".card.out")).to_have_count(0)
    assert [(each.kind, each.withdrawn_by) for each in decisions(desk.ledger)] == [
        (DecisionKind.WRONG_CLAIM, "tester"), (DecisionKind.RIGHT_CLAIM, "tester")
    ]  # fmt: skip
    page.keyboard.press("?")
    assert page.locator("#keys-help").is_visible()
    page.get_by_label("Single keys are on").uncheck()
    page.locator("h1").click()
    before = current(page)
    page.keyboard.press("j")
    assert current(page) == before
    page.get_by_role("button", name="Next").click()
    assert current(page) != before


def test_e_opens_the_claim_to_be_corrected(browsed: Browsed, desk: Desk) -> None:
    page = browsed(f"/reports/{UPDATE}")
    page.keyboard.press("j")
    claim = current(page).removeprefix("c-")
    page.keyboard.press("e")
    page.wait_for_url("**/claims/*correct")
    page.get_by_label("Field", exact=True).select_option("status")
    page.get_by_label("Right value").select_option("occurred")
    page.get_by_label("Why").fill("they voted")
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_text("(read as: future)")).to_be_visible()
    assert desk.picture().claims[claim][1].claim.status.value == "occurred"
    assert decisions(desk.ledger)[0].note == "they voted"


def test_who_acts_is_corrected_by_ticking_names(browsed: Browsed, desk: Desk) -> None:
    claim = claim_with(desk, LEFT)
    page = browsed(f"/claims/{claim}?field=actor")
    page.get_by_label("Fayez al-Sarraj").check()
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_text("(read as: Khalifa Haftar)")).to_be_visible()
    assert desk.picture().claims[claim][1].claim.actor == ("khalifa-haftar", "fayez-al-sarraj")


# -- a claim and the board


def test_a_claim_that_is_wrong_leaves_the_board_until_that_is_undone(browsed: Browsed, desk: Desk) -> None:
    claim = claim_with(desk, "Haftar refused on Tuesday to sign")
    page = browsed(f"/claims/{claim}")
    entry = page.locator("section:has(#stands-head) li a").first.get_attribute("href") or ""
    assert claim in cited(desk)
    page.get_by_role("button", name="Wrong").click()
    expect(page.locator(f"#decide-{claim} .badge.bad")).to_have_text("wrong")
    assert claim not in cited(desk)
    page.goto(f"/claims/{claim}")
    expect(page.get_by_text("This claim is out by decision")).to_be_visible()
    expect(page.get_by_text("It speaks for and against no entry.")).to_be_visible()
    page.locator(f"#decide-{claim}").get_by_role("button", name="Undo").click()
    expect(page.locator(f"#decide-{claim}").get_by_role("button", name="Wrong")).to_be_visible()
    assert claim in cited(desk)
    page.goto(entry)
    assert page.locator(f'a[href^="/claims/{claim}"], a[href*="/reports/"]').count() > 0


def cited(desk: Desk) -> set[str]:
    """Return the claims that the board of Libya stands on."""
    from dragoman.board.types import cited_in

    return {claim for each in cited_in(desk.shown("libya").board) for claim in each.claims}


def test_how_a_sentence_was_read_is_explained(browsed: Browsed, desk: Desk) -> None:
    page = browsed(f"/claims/{claim_with(desk, LEFT)}")
    page.get_by_role("link", name="Explain the reading").click()
    expect(page.locator("#explained pre")).to_contain_text("fired: leave-unsigned")
    assert "/claims/" in page.url


def test_a_claim_of_no_view_is_not_found(desk: Desk) -> None:
    claim = claim_with(desk, LEFT)
    with serving(desk) as where, httpx.Client(base_url=where, timeout=60) as client:
        assert client.get(f"/claims/{claim}?as_of=2020-01-14").status_code == 200
        assert client.get(f"/claims/{claim}?as_of=2020-01-13").status_code == 404
        assert client.get("/claims/0000").status_code == 404
        assert client.get(f"/claims/{claim}?field=id").status_code == 400
        assert client.get(f"/claims/{claim}?back=//evil.example").status_code == 400


# -- an event


def test_who_said_first_that_haftar_left_without_signing(browsed: Browsed, desk: Desk) -> None:
    page = browsed("/search?q=Haftar+left+Moscow+without+signing")
    page.locator('a[href="/reports/ly-0114-nw-1"], a[href^="/reports/ly-0114-nw-1"]').first.click()
    page.locator(".card", has_text="leave-unsigned").first.get_by_role("link", name=re.compile("^Claim")).click()
    page.get_by_role("link", name="all of it").click()
    assert (
        "First told on Tue 14 Jan 2020 by Continental Press Service, The Gulf Ledger and Northern Wire"
        in page.locator(".first").inner_text()
    )
    expect(page.locator("#why")).to_contain_text("Nearly joined")
    assert "Haftar went home on Monday" not in page.locator("section:has(#told-head)").inner_text()


def test_a_claim_is_parted_from_its_event_and_brought_back(browsed: Browsed, desk: Desk) -> None:
    claim = claim_with(desk, "after Khalifa Haftar left Moscow without signing it")
    event = desk.picture().claims[claim][1].claim.event_id
    page = browsed(f"/events/{claim}")
    assert page.url.endswith(f"/events/{event}")
    page.locator("li", has_text="mostly held on Wednesday").get_by_role("button", name="Tells of another event").click()
    assert desk.picture().claims[claim][1].claim.event_id != event
    page.get_by_role("button", name="Undo").first.click()
    page.wait_for_load_state("networkidle")
    assert desk.picture().claims[claim][1].claim.event_id == event


# -- addresses


def test_the_view_is_kept_in_links(desk: Desk) -> None:
    with serving(desk) as where:
        body = httpx.get(f"{where}/reports/{UPDATE}?as_of=2020-01-13", timeout=60).text
    inner = body[body.index('id="reader"') :]
    assert all("as_of=2020-01-13" in link for link in re.findall(r'href="(/(?:claims|actors|rules)/[^"]+)"', inner))
