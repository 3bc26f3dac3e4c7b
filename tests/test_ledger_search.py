"""Search: words, phrases and exclusions on both databases; a query is data; the snippet holds the first hit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import LedgerError
from dragoman.ledger.search import Filter, Query, around, first_hit, query_of, search
from dragoman.ledger.store import Ledger, Made, View
from dragoman.model import Report
from dragoman.process.records import ProcessRecord
from dragoman.reading.reader import Reading

TEXTS = {
    "left": ("Northern Wire", date(2020, 1, 14), "Haftar left Moscow without signing the truce."),
    "signed": ("Tripoli Courier", date(2020, 1, 13), "Sarraj signed the cease-fire in Moscow. Haftar asked for time."),
    "oil": ("Gulf Ledger", date(2020, 1, 19), "Moscow left the oil ports alone; café owners talked of sanctions."),
    "old": ("Northern Wire", None, "A truce of long ago, before any war over oil."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A ledger with the four reports, and what finds in it."""

    ledger: Ledger

    def ids(self, words: str, only: Filter | None = None, view: View | None = None) -> set[str]:
        """Return the ids of the reports that are found."""
        return {hit.report for hit in search(self.ledger, query_of(words), only, view)}


@pytest.fixture
def found(target: str) -> Iterator[Found]:
    hours = iter(range(24))
    ledger = Ledger(target, create=True, clock=lambda: datetime(2020, 2, 1, next(hours), tzinfo=UTC))
    for name, (outlet, day, text) in TEXTS.items():
        report = Report(id=name, headline=None, text=text, body_start=0, outlet=outlet, published=day)
        reading = Reading(report=report, sentences=(), entities=(), claims=(), unread=())
        assert ledger.add(reading, ProcessRecord(), Made(rulebook="sha256:1", model="m"))
    yield Found(ledger=ledger)
    ledger.close()


def test_words_phrases_and_exclusions(found: Found) -> None:
    assert found.ids("Moscow") == {"left", "signed", "oil"}
    assert found.ids("moscow left") == {"left", "oil"}
    assert found.ids('"left Moscow"') == {"left"}
    assert found.ids('Moscow -"left the oil"') == {"left", "signed"}
    assert found.ids("Moscow -Haftar") == {"oil"}
    assert found.ids("sign") == {"left", "signed"}
    assert found.ids("truces") == {"left", "old"}
    assert found.ids("cease-fire") == {"signed"}
    assert found.ids("Haftar's truce") == {"left"}
    assert found.ids("nowhere") == set()


def test_reports_are_narrowed_by_outlet_day_and_view(found: Found) -> None:
    assert found.ids("truce", Filter(outlet="northern wire")) == {"left", "old"}
    assert found.ids("moscow", Filter(start=date(2020, 1, 14), end=date(2020, 1, 18))) == {"left"}
    assert found.ids("truce", Filter(start=date(2020, 1, 1))) == {"left"}
    assert found.ids("moscow", None, View(until=date(2020, 1, 13))) == {"signed"}
    assert found.ids("moscow", None, View(known=datetime(2020, 2, 1, 1, tzinfo=UTC))) == {"left", "signed"}
    assert found.ids("moscow", None, View(ids=frozenset({"oil", "old"}))) == {"oil"}


def test_hits_are_ranked_alike_each_time_and_cut_to_the_limit(found: Found) -> None:
    hits = search(found.ledger, query_of("oil"))
    assert {hit.report for hit in hits} == {"oil", "old"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert search(found.ledger, query_of("oil")) == hits
    assert search(found.ledger, query_of("oil"), limit=1) == hits[:1]
    for hit in hits:
        assert hit.snippet == TEXTS[hit.report][2][hit.start : hit.end]


ODD = [
    '"',
    "AND OR NOT",
    "NEAR(truce)",
    "col:umn",
    "tru*ce",
    "(((",
    "truce)",
    "'; DROP TABLE reports; --",
    "a^b",
    "!!:* & |",
    "\\",
]


@pytest.mark.parametrize("words", ODD)
def test_no_query_is_an_error_of_syntax(found: Found, words: str) -> None:
    if any(character.isalnum() for character in words):
        assert found.ids(words) <= set(TEXTS)
    assert found.ids(f"moscow -nowhere {words}") <= found.ids("moscow") == {"left", "signed", "oil"}


@given(st.text(max_size=40))
def test_any_text_is_words_or_has_none(words: str) -> None:
    try:
        made = query_of(words)
    except LedgerError:
        return
    assert made.wanted
    assert all(word.isalnum() for term in (*made.wanted, *made.unwanted) for word in term)


def test_a_query_without_words_says_what_to_give() -> None:
    for words in ("", "  ", "-war", '""', "--"):
        with pytest.raises(LedgerError, match="no word to be found"):
            query_of(words)
    with pytest.raises(LedgerError, match="more than 32 words"):
        query_of(" ".join(f"w{n}" for n in range(33)))


def test_the_snippet_begins_before_the_first_hit_and_ends_between_words() -> None:
    text = f"{'peace ' * 60}Haftar left Moscow {'without signing ' * 40}"
    hit = first_hit(text, query_of('signing "left Moscow"'))
    assert text[hit:].startswith("left Moscow")
    start, end = around(text, hit)
    assert start < hit < end
    assert end - start <= 200
    assert text[start - 1] == " "
    assert text[end] == " "


def test_a_hit_is_seen_in_any_form_of_the_word() -> None:
    assert first_hit("They met. Talks on oil.", Query(wanted=(("talk",),))) == 10
    assert first_hit("The Café closed.", Query(wanted=(("cafe",),))) == 4
    assert first_hit("nothing of it", Query(wanted=(("truce",),))) == 0


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    start, end = around("x" * 1000, 500)
    assert end - start == 200
    assert start <= 500 < end
