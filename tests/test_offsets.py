"""What intake changes in a text, and that each letter of a report is found again where it was."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import IntakeError
from dragoman.model import Evidence, Span
from dragoman.reading.intake import from_text
from dragoman.reading.offsets import moved, places_in

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
WRAPPED = (
    "UPDATE 2-Rohan, Isengard agree on truce\r\n\r\nEDORAS, May 14 - Rohan and Isen\u00adgard agreed on a cease-\r\nfire\u00a0on "
    "Tuesday.\r\n\r\n(Adds reaction from Edoras, background)\r\n\r\nThe cafe\u0301 of The\u0301oden was  hit."
)


def _again(original: str, start: int, end: int) -> str:
    """Return a stretch of the original with what intake does to letters, and without spaces."""
    bare = original[start:end].replace("\u00ad", "").replace("e\u0301", "é")
    return "".join(bare.split())


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_each_stretch_of_a_sample_is_found_again(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wrapped = "\r\n\r\n".join("\r\n".join(textwrap.wrap(block, 60)) for block in text.split("\n\n"))
    for original in (text, wrapped.replace(" the ", "\u00a0the\u00ad ")):
        report = from_text(original).text
        places = places_in(original, report)
        for word in re.finditer(r"\S+", report):
            assert _again(original, *places.span(*word.span())) == word.group()


def test_what_intake_takes_out_is_passed_over() -> None:
    report = from_text(WRAPPED).text
    assert "Adds" not in report
    assert "UPDATE" not in report
    places = places_in(WRAPPED, report)
    for phrase in ("agree on truce", "Isengard agreed", "cease-fire on Tuesday", "The café of Théoden was hit."):
        start = report.index(phrase)
        assert _again(WRAPPED, *places.span(start, start + len(phrase))) == "".join(phrase.split())


def test_a_line_that_is_a_notice_within_a_paragraph_is_passed_over() -> None:
    original = "Rohan signed the accord on Monday.\nThis article was corrected on Tuesday.\nIt has not been seen since."
    report = from_text(original).text
    assert "corrected" not in report
    places = places_in(original, report)
    for phrase in ("signed the accord", "It has not been seen"):
        start, end = places.span(report.index(phrase), report.index(phrase) + len(phrase))
        assert original[start:end] == phrase


def test_a_text_of_another_original_is_refused() -> None:
    with pytest.raises(IntakeError, match="'Rohansigned' of the report is not found"):
        places_in("Isengard did not.", "Rohan signed")


def test_evidence_is_quoted_as_it_stands() -> None:
    original = "Rohan  signed.\r\nIsengard did not."
    places = places_in(original, "Rohan signed. Isengard did not.")
    evidence = Evidence(sentence=1, start=0, end=13, text="Rohan signed.")
    assert moved((evidence, Span(start=14, end=22), "as it is"), places, original) == (
        Evidence(sentence=1, start=0, end=14, text="Rohan  signed."),
        Span(start=16, end=24),
        "as it is",
    )


@given(
    st.lists(
        st.sampled_from(["Rohan", " ", "\u00a0", "\r\n", "\n\n", "\u200b", "e\u0301", "-", "signed.", "(Adds talks) "]),
        min_size=1,
    )
)
def test_any_text_is_laid_over_its_original(pieces: list[str]) -> None:
    original = "".join(pieces)
    try:
        report = from_text(original).text
    except IntakeError:
        return
    places = places_in(original, report)
    assert len(places.begins) == len(places.ends) == len(report)
    assert all(0 <= start <= len(original) for start in places.begins)
    assert places.span(0, len(report))[1] <= len(original)
