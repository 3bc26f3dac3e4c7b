"""What a pattern cannot do without is read off the pattern: no text that it matches is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.process import cues as module
from dragoman.process.cues import cues_of, needed
from dragoman.process.lists import lists_of, pattern_of, slot_pattern
from dragoman.rulebook.loader import load_rulebook

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LISTS = lists_of(load_rulebook(None).process)


def _sentences() -> Iterator[str]:
    for path in sorted(SAMPLES.glob("*.txt")):
        yield from re.split(r"(?<=[.!?])\s+", path.read_text(encoding="utf-8"))


def test_no_list_is_passed_over_in_a_sentence_where_it_has_a_word() -> None:
    found = 0
    for text in _sentences():
        bits = LISTS.words.spot(text)
        for name in LISTS:
            if LISTS.pattern((name,)).search(text):
                found += 1
                assert LISTS.words.may(name, bits), (name, text)
    assert found > 500


def test_each_word_of_each_list_is_seen() -> None:
    for name, words in LISTS.items():
        for word in words:
            text = f"The {word.replace('*', 'x')} of it.".upper()
            if LISTS.pattern((name,)).search(text):
                assert LISTS.words.may(name, LISTS.words.spot(text)), (name, word)


def test_most_lists_are_passed_over_in_a_sentence_of_something_else() -> None:
    bits = LISTS.words.spot("The orchestra gave a concert.")
    assert sum(LISTS.words.may(name, bits) for name in LISTS) < len(LISTS) / 10


@pytest.mark.parametrize("text", ["\u017fhelling went on", "\u0130N FORCE", "KEPT \u0131n force"])
def test_letters_that_patterns_take_for_others_leave_it_open(text: str) -> None:
    pattern = pattern_of(("shell*", "in force"))
    assert pattern.search(text)
    cues = cues_of([("words", pattern)])
    assert cues.may("words", cues.spot(text))


PIECES = (
    "ab",
    "ac",
    "cease",
    "hall",
    "-",
    " ",
    "h",
    "l",
    "e",
    "bel",
    "cab",
    "hell",
    "bah",
    "c",
    "b\u00e9",
    "\u017f",
    "A",
)


@given(st.lists(st.sampled_from(PIECES), max_size=6))
def test_what_is_passed_over_has_no_match(pieces: list[str]) -> None:
    text = "".join(pieces)
    patterns = {
        "stem": pattern_of(("ab*", "cease-hall", "b\u00e9c")),
        "parts": re.compile(r"(?:ab|ac)+ (?:h|l)?e"),
        "either": re.compile(r"(?=bell)(?:bel|[ac])|cab", re.IGNORECASE),
        "repeat": re.compile(r"(?:hell){1,2}(?:bah){0,2}c"),
        "open": re.compile(r"[a-c]+"),
    }
    cues = cues_of(patterns.items())
    bits = cues.spot(text)
    assert [name for name, pattern in patterns.items() if pattern.search(text) and not cues.may(name, bits)] == []


def test_the_parser_of_this_python_is_one_that_we_read() -> None:
    names = ("LITERAL", "SUBPATTERN", "MAX_REPEAT", "MIN_REPEAT", "BRANCH")
    assert all(hasattr(module._ops, name) for name in names)
    assert needed("(?:ab|cd)+? e{2}fg(?:hi)*") == (frozenset({"ab", "cd"}), frozenset({"fg"}))


def test_without_that_parser_every_pattern_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_parser", None)
    cues = cues_of([("talks", re.compile("talks|summit"))])
    assert cues.may("talks", cues.spot("The orchestra gave a concert."))


def test_a_pattern_with_places_needs_its_own_words() -> None:
    pattern = slot_pattern("A, B['’]s? ~3 (?:ally|allies) since").pattern
    assert [sorted(texts) for texts in needed(pattern)] == [[", "], ["all"], [" since"]]


def test_the_same_mapping_is_made_into_lists_once() -> None:
    words = {"talks": ("talks",)}
    assert lists_of(words) is lists_of(words)
    assert lists_of(dict(words)) is not lists_of(words)
    assert lists_of(lists_of(words)) is lists_of(words)
