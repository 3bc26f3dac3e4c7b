"""Intake: what holds for any bytes and any text, and for texts made to be slow."""

from __future__ import annotations

import json
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import IntakeError
from dragoman.model import Report
from dragoman.reading.intake import from_text, read_stream
from dragoman.reading.plain import blocks_of, normalise, paragraphs_of

HEADLINE = "Gondor leaves the Osgiliath talks"
FIRST = "The Gondor delegation left the talks with Mordor on Monday without signing the deal."
TEXT = f"{HEADLINE}\n\n{FIRST}\n\nMordor said that it would not return."
PAGE = f"<html><head><title>{HEADLINE}</title></head><body><article><p>{FIRST}</p></article></body>"


def take(data: bytes | str) -> list[Report | IntakeError]:
    return list(read_stream(data.encode() if isinstance(data, str) else data, "in"))


TEXTS = [TEXT, PAGE, FIRST, HEADLINE, "(Adds ", ")", "\n\n", "\n", "{", '"text": "', "[", "]", "}", "<html>"]
MARKS = [
    "<p>",
    "UPDATE 1-",
    "OSGILIATH, Jan 14 (AFP) - ",
    "This story was updated ",
    "\x00",
    "\u200f",
    "\x85",
]
RARE = ["\ud7ff", "é", "\ufeff"]
PIECES = st.sampled_from([*TEXTS, *MARKS, *RARE])


def check(taken: list[Report | IntakeError]) -> None:
    assert taken
    for one in taken:
        if isinstance(one, IntakeError):
            assert one.where.startswith("in")
            continue
        assert one.text[one.body_start :].strip()
        assert one.headline is None or one.text.startswith(f"{one.headline}\n\n")
        assert normalise(one.text) == one.text
        if one.dateline:
            assert one.body_start <= one.dateline.span.start < one.dateline.span.end < len(one.text)


@pytest.mark.parametrize(
    "text",
    [
        "(Adds)" * 150_000,
        "correction - this story - " * 30_000,
        "Updated" + " 1.1.1" * 100_000,
        "Updated 1" + ".1" * 300 + "x",
        "{}\n" + " " * 900_000,
        "UPDATE-" * 130_000,
        "<html><body><article><p>" + "the war " * 110_000,
        "<html><body><article><p>The war. " + "<b>x</b> " * 60_000,
        "<html><body><article><p>The war. " + "<td>x</td>" * 60_000,
        "<html><body><article><p " + "".join(f" a{n}" for n in range(60_000)) + ">The war.",
        "by " * 300_000,
        "MOSCOW, " * 100_000,
        "first, " * 100_000,
        "(" * 900_000,
        "\n \n" * 300_000 + "x",
    ],
)
def test_hostile_lengths_do_not_hang(text: str, ordinary: float) -> None:
    assert taken(text) < 12 * ordinary


@pytest.fixture(scope="module")
def ordinary() -> float:
    """Return the CPU seconds that as many letters of ordinary text take."""
    text = "The war went on in the town. " * 30_000
    return min(taken(text) for _ in range(3))


def taken(text: str) -> float:
    """Return the CPU seconds that taking a text in twice takes, alone and in JSON."""
    start = time.process_time()
    check(take(text))
    check(take(json.dumps({"title": text[:400_000], "text": text[:400_000]})))
    return time.process_time() - start


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check(take(data))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=8).map("".join))
def test_any_mixture_is_read_or_refused(text: str) -> None:
    taken = take(text.encode("utf-8", "replace"))
    check(taken)
    assert [str(each) for each in take(text.encode("utf-8", "replace"))] == [str(each) for each in taken]


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_any_value_in_a_record_is_read_or_refused(value: object) -> None:
    for key in ("text", "title", "published", "publisher", "id"):
        check(take(json.dumps({"text": FIRST, key: value})))


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    laid = "\n\n".join(paragraphs_of(blocks_of(once)))
    assert "\n\n".join(paragraphs_of(blocks_of(laid))) == laid


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_given_to_the_library(text: str) -> None:
    try:
        one = from_text(text)
    except IntakeError:
        return
    check([Report(**{**{name: getattr(one, name) for name in Report.__slots__}, "source": "in"})])
