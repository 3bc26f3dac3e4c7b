"""Which report an update revises."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import ROOT

from dragoman.ledger.revisions import Head, address_of, head_of, revised, revisions, stem_of, turn_of
from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, from_text, read_path

BODY = "Gondor left the talks with Mordor on Monday without signing the deal."
TITLE = "Gondor leaves the talks in Bree"


def head(
    headline: str | None, identity: str, day: int | None = 1, outlet: str | None = "Wire", url: str | None = None
) -> Head:
    options = IntakeOptions(published=date(2024, 5, day) if day else None, outlet=outlet)
    report = from_text(BODY, options, headline=headline)
    return head_of(replace(report, id=identity, url=url))


@pytest.mark.parametrize(
    "headline",
    [
        TITLE,
        f"UPDATE 2-{TITLE}",
        f"UPDATE 1-{TITLE.upper()}",
        f"CORRECTED: {TITLE}",
        f"CORRECTED-UPDATE 2-{TITLE}",
        f"WRAPUP 3-{TITLE}",
        f"{TITLE} (updated)",
        f"{TITLE} (2nd lead)",
        f"(2nd LEAD) {TITLE}",
        f"3RD LEAD: {TITLE}",
        f"LEAD: {TITLE}",
        f"(LD) {TITLE}",
        f"2nd Ld-Writethru: {TITLE}",
        f"URGENT: {TITLE}",
        f"  {TITLE} [UPDATE 2]",
        "Gondor leaves the 'talks' in  Brée",
    ],
)
def test_the_marks_of_a_version_are_no_part_of_the_stem(headline: str) -> None:
    assert stem_of(headline)[0] == "gondor leaves the talks in bree"


@pytest.mark.parametrize(
    "headline", ["Update on the war", "Lead poisoning in Bree", "UPDATE 2", "Leads in the Bree case"]
)
def test_words_of_the_headline_itself_stay(headline: str) -> None:
    assert stem_of(headline)[0] == headline.lower()


def test_turns_are_in_order() -> None:
    marks: tuple[list[str], ...] = (
        ["URGENT"],
        [],
        ["CORRECTED"],
        ["UPDATE 1"],
        ["UPDATE 1", "CORRECTED"],
        ["2nd lead"],
        ["UPDATE 10"],
    )
    turns = [turn_of(each) for each in marks]
    assert turns == sorted(set(turns))


def test_updates_of_one_day_are_in_the_order_of_their_numbers_whatever_their_ids() -> None:
    ids = ["d", "a", "c", "b"]
    titles = (TITLE, f"UPDATE 1-{TITLE}", f"UPDATE 2-{TITLE}", f"CORRECTED-UPDATE 2-{TITLE}")
    heads = [head(title, identity) for title, identity in zip(titles, ids, strict=True)]
    assert revisions(heads) == {"a": "d", "c": "a", "b": "c"}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (head(TITLE, "a"), head(TITLE, "b", 4), "a"),  # three days
        (head(TITLE, "a"), head(TITLE, "b", 5), None),  # four
        (head(TITLE, "a"), head(TITLE, "b", 2, "Post"), None),  # another outlet
        (head(TITLE, "a"), head(TITLE, "b", 2, "WIRE"), "a"),
        (head(TITLE, "a", outlet=None), head(TITLE, "b", 2, None), None),  # no outlet is not the same outlet
        (head("News in brief", "a"), head("News in brief", "b", 2), None),  # a column, not an update
        (head("News in brief", "a"), head("UPDATE 1-News in brief", "b", 2), "a"),
        (head(TITLE, "a", url="https://x.example/1"), head("All else", "b", 20, "Post", "http://www.x.example/1/?utm_id=2#t"), "a"),
        (head("One", "a", url="https://x.example/"), head("Two", "b", url="https://x.example/"), None),  # a front page
        (head("One", "a", url="https://x.example/?id=1"), head("Two", "b", url="https://x.example/?id=2"), None),
        (head(TITLE, "a", None), head(TITLE, "b", 2), None),  # no day: not within three
        (head(TITLE, "a", None, url="u:1"), head(TITLE, "b", 2, url="u:1"), "a"),
        (head(None, "a"), head(None, "b", 2), None),
    ],
)  # fmt: skip
def test_what_joins_two_reports(first: Head, second: Head, expected: str | None) -> None:
    assert revised(second, [first]) == expected
    assert revised(first, [second]) is None
    assert revisions([second, first]) == ({second.id: expected} if expected else {})


def test_the_agency_of_the_dateline_is_the_outlet_where_none_is_stated() -> None:
    text = f"{TITLE}\n\nBREE, May 1 (Reuters) - {BODY}"
    made = from_text(text, IntakeOptions(published=date(2024, 5, 1)))
    later = replace(made, id="later", published=date(2024, 5, 2))
    assert made.outlet is None
    assert revised(head_of(later), [head_of(made)]) == made.id


def test_a_page_fetched_again_is_later_than_before() -> None:
    made = head(TITLE, "z", url="u:1")
    first, second = (
        replace(made, id=i, fetched=datetime(2024, 5, 1, hour, tzinfo=UTC)) for i, hour in (("b", 9), ("a", 10))
    )
    assert revisions([first, second]) == {"a": "b"}


def test_in_one_pass_as_one_by_one_and_the_same_for_each_beginning() -> None:
    dice = random.Random(5)
    titles = [TITLE, "Mordor says no to the deal", "Brief"]
    heads = []
    for number in range(60):
        title = dice.choice(["", "UPDATE 1-", "UPDATE 2-", "CORRECTED-"]) + dice.choice(titles)
        url = dice.choice([None, None, "https://x.example/1", "https://x.example/2"])
        heads.append(head(title, f"{dice.random()}-{number}", dice.randint(1, 20), dice.choice(["Wire", "Post"]), url))
    whole = revisions(heads)
    assert len(whole) > 20
    for each in heads:
        assert whole.get(each.id) == revised(each, [other for other in heads if other.id != each.id])
    days = sorted({each.day for each in heads if each.day})
    for day in days:
        until = [each for each in heads if each.day and each.day <= day]
        assert revisions(until) == {each.id: whole[each.id] for each in until if each.id in whole}
    assert days[-1] - days[0] > timedelta(days=10)


def test_an_address_that_cannot_be_parsed_stands_for_itself() -> None:
    assert address_of("http://[bad") == "http://[bad"
    assert head_of(Report(id="x", headline=None, text=BODY, body_start=0)).address is None


def test_the_updates_of_the_sample_corpus_are_those_that_were_judged() -> None:
    judged = tomllib.loads((ROOT / "tests" / "ledger_truth" / "revisions.toml").read_text(encoding="utf-8"))["revision"]
    corpus = [each for path in sorted((ROOT / "samples" / "corpus").glob("*.jsonl")) for each in read_path(path)]
    found = revisions(head_of(each) for each in corpus if isinstance(each, Report))
    assert found == {each["report"]: each["revises"] for each in judged}
    assert len(found) > 10
