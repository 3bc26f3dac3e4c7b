"""Actors and contradictions at the desk, in a browser."""

from __future__ import annotations

import pytest
from desking import Browsed, overflows, violations

PAGES = [
    "/actors",
    "/conflicts/sorvia/actors?kind=person",
    "/actors/khalifa-haftar?conflict=libya",
    "/actors/army?other=sorvia-armed-forces",
    "/conflicts/libya/contradictions",
    "/contradictions?kind=day",
    "/review",
    "/review?conflict=sorvia&kind=unread",
]


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_fit_for_all(browsed: Browsed, path: str, narrow: bool, dark: bool) -> None:
    page = browsed(path, narrow=narrow, dark=dark)
    assert (violations(page), overflows(page)) == ([], [])


def test_the_list_of_actors_says_who_is_whose(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya/actors?q=haftar")
    (row,) = page.locator("tbody tr").all()
    cells = row.locator("th, td").all_inner_texts()
    assert cells == ["Khalifa Haftar", "person", "of Libyan National Army", "130", "56", "1 Jan – 11 Feb 2020"]
    page.get_by_role("link", name="Khalifa Haftar").click()
    assert page.url.endswith("/actors/khalifa-haftar?conflict=libya")


def test_an_actor_s_position_moves_by_turns_each_with_its_sentence(browsed: Browsed) -> None:
    page = browsed("/actors/khalifa-haftar?conflict=libya")
    truce = page.locator(".move").filter(has=page.get_by_role("heading", name="Ceasefire"))
    turns = [each.inner_text() for each in truce.locator("ol.turns > li").all()]
    assert [turn.split(":")[0] for turn in turns] == ["14 Jan 2020 refusal", "16 Jan 2020 offer", "17 Jan 2020 offer"]
    truce.locator("ol.turns > li").first.get_by_role("link").click()
    assert "Haftar refused on Tuesday to sign" in page.locator(f"#{page.url.partition('#')[2]}").inner_text()


def test_an_actor_as_of_a_day_has_only_what_was_told_by_then(browsed: Browsed) -> None:
    page = browsed("/actors/khalifa-haftar?conflict=libya&as_of=2020-01-15")
    truce = page.locator(".move").filter(has=page.get_by_role("heading", name="Ceasefire"))
    assert truce.locator("ol.turns > li").count() == 1
    assert "as_of=2020-01-15" in (page.locator(".move h3 a").first.get_attribute("href") or "")


def test_two_actors_are_made_one_and_that_is_undone(browsed: Browsed) -> None:
    page = browsed("/actors/army?conflict=sorvia")
    page.get_by_label("Another actor").fill("sorvia armed")
    page.locator("#found").get_by_role("link", name="Sorvia armed forces").click()
    page.get_by_label("Why").fill("the same troops")
    page.get_by_role("button", name="These two are one").click()
    assert page.locator(".notice").inner_text().startswith("army is taken to be Sorvia")
    page.locator(".notice").get_by_role("link").click()
    assert page.url.split("?")[0].endswith("/actors/sorvia-armed-forces")
    names = page.locator("section", has=page.get_by_role("heading", name="Names", exact=True))
    assert "army read as army" in " ".join(names.locator("tbody").inner_text().split())
    assert "Taken to be one with army" in names.inner_text()
    assert page.locator("ol.entries").filter(has_text="the same troops").count() == 1
    page.get_by_role("button", name="Undo").click()
    assert "Taken to be one" not in page.locator("main").inner_text()
    page.goto("/actors/army?conflict=sorvia")
    assert page.locator(".notice").count() == 0
    assert "withdrawn" in page.locator("#one").inner_text()


def test_two_that_are_not_one_are_offered_no_more(browsed: Browsed) -> None:
    page = browsed("/actors/libya-parliament")
    page.locator("#found").get_by_role("link", name="parliament", exact=True).click()
    page.get_by_role("button", name="These are not one").click()
    assert "not the same: Libyan parliament and parliament" in page.locator("#one ol").inner_text()
    assert page.locator("#found").get_by_role("link", name="parliament", exact=True).count() == 0


def test_a_contradiction_leads_to_both_sentences(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya/contradictions?kind=day")
    card = page.locator("article").filter(has_text="signing truce in Moscow")
    versions = card.locator(".version")
    assert versions.locator("h3").all_inner_texts() == ["14 Jan 2020", "13 Jan 2020"]
    texts = [each.inner_text() for each in versions.locator("blockquote").all()]
    links = [each.get_attribute("href") or "" for each in versions.locator("a.cite").all()]
    assert len(texts) == len(links) == 2
    for text, link in zip(texts, links, strict=True):
        page.goto(link)
        sentence = page.locator(f"#{link.partition('#')[2]}")
        assert text in " ".join(sentence.inner_text().split())


def test_a_contradiction_has_an_address_of_its_own_also_on_a_later_page(browsed: Browsed) -> None:
    page = browsed("/contradictions")
    page.get_by_role("link", name="More").click()
    page.wait_for_url("**/contradictions?skip=10")
    later = page.locator("article").last.get_attribute("id")
    page.locator("article").last.get_by_role("link").first.click()
    page.wait_for_selector("article.led")
    assert page.locator("article.led").get_attribute("id") == later
    assert "entry=" in page.url
    assert page.url.endswith(f"#{later}")


def test_what_one_report_tells_in_two_ways_is_marked(browsed: Browsed) -> None:
    page = browsed("/conflicts/libya/contradictions")
    (marked,) = page.locator("article").filter(has_text="within one report").all()
    outlets = {each.inner_text() for each in marked.locator("a.cite").all()}
    assert len(outlets) == 1


# -- the review queue


def test_the_first_of_the_queue_is_decided_on_and_the_next_is_seen(browsed: Browsed) -> None:
    page = browsed("/review?conflict=libya")
    before = [each.get_attribute("id") for each in page.locator("[data-item]").all()]
    page.locator("[data-item]").first.get_by_role("button", name="Right").click()
    page.wait_for_function("id => !document.getElementById(id)", arg=before[0])
    after = [each.get_attribute("id") for each in page.locator("[data-item]").all()]
    assert after[0] == before[1]
    assert "right claim" in page.locator(".last").inner_text()


def test_the_queue_is_worked_through_by_keys(browsed: Browsed) -> None:
    page = browsed("/review?conflict=libya")
    ids = [each.get_attribute("id") for each in page.locator("[data-item]").all()]
    page.keyboard.press("j")
    assert page.locator(".current").get_attribute("id") == ids[1]
    page.keyboard.press("n")
    page.wait_for_function("id => !document.getElementById(id)", arg=ids[1])
    page.wait_for_selector(".current")
    page.keyboard.press("u")
    page.wait_for_function("id => document.getElementById(id)", arg=ids[1])
    page.wait_for_selector(".current")
    page.keyboard.press("k")
    assert page.locator(".current").get_attribute("id") == ids[0]


def test_the_queue_works_without_scripts(browsed: Browsed) -> None:
    page = browsed("/review?conflict=libya&kind=unread")
    first = page.locator("[data-item]").first
    assert "no claim was read here" in first.inner_text()
    before, link = first.get_attribute("id"), first.locator("a.cite").get_attribute("href") or ""
    first.locator("form").evaluate("form => { form.removeAttribute('hx-post'); form.cloneNode(true) }")
    form = first.locator("form")
    form.evaluate("form => { const copy = form.cloneNode(true); form.replaceWith(copy); }")
    first.get_by_role("button", name="Looked at").click()
    page.wait_for_url("**/review?conflict=libya&kind=unread")
    assert page.locator(f"[id='{before}']").count() == 0
    page.goto(link)
    page.locator(f"[id='{link.partition('#')[2]}']").wait_for()  # its text is read again after the page


def test_the_queue_leads_to_saying_who_an_actor_is(browsed: Browsed) -> None:
    page = browsed("/review?kind=candidates&conflict=libya")
    page.locator("[id='i-actor-libya-parliament']").get_by_role("link", name="Say who it is").click()
    page.get_by_role("button", name="These two are one").click()
    assert page.locator(".notice").inner_text().startswith("Libyan parliament is taken to be House of Representatives")
    page.goto("/review?kind=candidates&conflict=libya")
    assert page.locator("[id='i-actor-libya-parliament']").count() == 0
