"""The brief for people: what it shows, in which order, in how many columns; text of reports is data."""

from __future__ import annotations

import re

import msgspec
import pytest
from conftest import load_samples
from hypothesis import given
from hypothesis import strategies as st

from dragoman.export.brief import BriefOptions, brief, clean, shorten
from dragoman.export.form import ReadingForm
from dragoman.export.whole import Whole, read_whole
from dragoman.model import Status
from dragoman.reading.reader import Reader

_NUMBERS = re.compile(r"\[\d+(, \d+)*\]$")
EVIDENCE = {"sentence": 2, "start": 0, "end": 1, "text": "x"}
SHARED = {
    "id": "i", "claims": [], "contrary": [], "speakers": [], "hedged": False, "sentences": [2],
    "evidence": EVIDENCE,
}  # fmt: skip
MONDAY = {"start": "2024-05-13", "end": "2024-05-13", "text": "Monday", "basis": "relative-to-report"}
UNKNOWN = {"start": None, "end": None, "text": None, "basis": "unknown"}
PROCESS: dict[str, list[dict[str, object]]] = {
    "ceasefires": [
        {
            "parties": ["gondor", "mordor"], "status": "holding", "scope": None, "despite": None,
            "declared": None, "from": MONDAY, "until": None,
        }
    ],
    "signatures": [{"party": "mordor", "document": "truce", "status": "not_signed", "place": None, "date": UNKNOWN}],
    "threats": [
        {
            "party": "mordor", "against": ["gondor"], "condition": "it attacks", "consequence": "a heavy price",
            "deadline": None, "date": UNKNOWN,
        }
    ],
    "alignments": [
        {
            "backer": "rohan", "backed": "gondor", "kind": "military", "means": "riders",
            "status": "stated", "since": None,
        }
    ],
    "planned": [
        {
            "what": "talks", "kind": "meeting", "place": "Bree", "where": None,
            "window": {**MONDAY, "end": "2024-05-31"}, "host": None, "due": ["rohan"], "declined": [],
        }
    ],
}  # fmt: skip
NAMES = {"gondor": "Gondor", "mordor": "Mordor", "rohan": "Rohan"}


@pytest.fixture(scope="module")
def whole(reader: Reader) -> Whole:
    return read_whole(reader, load_samples()[0].report())


def lines_of(whole: Whole, options: BriefOptions | None = None) -> list[str]:
    return [line.text for line in brief(whole.form, whole.reading.names, options)]


def with_records(form: ReadingForm) -> ReadingForm:
    made = {kind: [SHARED | record for record in records] for kind, records in PROCESS.items()}
    return msgspec.structs.replace(form, process=made)


def test_it_opens_with_headline_and_day(whole: Whole) -> None:
    lines = lines_of(whole)
    assert lines[0] == whole.form.report.headline
    assert lines[1].startswith("Northern Wire · Tue 14 Mar 2023 · ")
    assert lines[2].startswith("Updated: ")


def test_each_sample_fits_80_columns_and_cites_its_sentences(reader: Reader) -> None:
    for sample in load_samples():
        whole = read_whole(reader, sample.report())
        lines = brief(whole.form, whole.reading.names)
        assert max(len(line.text) for line in lines) <= 80
        items = [line.text for line in lines if line.style == "item"]
        assert items
        assert _NUMBERS.search(items[-1])


def test_state_comes_first_and_events_last(whole: Whole) -> None:
    form = with_records(whole.form)
    lines = brief(form, NAMES)
    heads = [line.text for line in lines if line.style == "head"]
    assert heads == [
        "CEASEFIRE AND VIOLATIONS", "AGREEMENTS AND SIGNATURES", "THREATS", "BACKERS", "PLANNED", "EVENTS",
    ]  # fmt: skip
    text = "\n".join(line.text for line in lines)
    for part in (
        "Ceasefire holding: Gondor and Mordor; from 13 May 2024 [2]",
        "Mordor, not signed: truce [2]",
        "Mordor against Gondor: a heavy price; if it attacks [2]",
        "Rohan, backing Gondor: military; riders [2]",
        "Talks: Bree; 13-31 May 2024; due: Rohan [2]",
    ):
        assert part in text


def test_who_says_it_is_shown_where_it_is_not_the_report(whole: Whole) -> None:
    spoken = [claim for claim in whole.form.claims if claim.attribution and claim.attribution[-1].speaker]
    assert spoken
    assert "said by" in " ".join(lines_of(whole))


def test_evidence_prints_the_sentences_that_are_cited(whole: Whole) -> None:
    without, with_it = lines_of(whole), lines_of(whole, BriefOptions(evidence=True))
    assert "SENTENCES" not in without
    assert with_it[: len(without)] == without
    shown = " ".join(" ".join(with_it[len(without) :]).split())
    assert whole.form.claims[0].evidence.text in shown


def test_text_of_reports_is_data(whole: Whole) -> None:
    evil = msgspec.structs.replace(whole.form.report, headline="[red]\x1b[31mGondor\u202e[/] [link=x]y")
    lines = brief(msgspec.structs.replace(whole.form, report=evil), whole.reading.names)
    assert lines[0].text == "[red][31mGondor[/] [link=x]y"


@given(st.text())
def test_clean_text_holds_no_control_characters_and_stays_clean(text: str) -> None:
    done = clean(text)
    assert done == clean(done)
    assert done.isprintable()


@given(st.text(alphabet="ab ,"), st.integers(5, 50))
def test_shortened_text_is_no_longer_than_asked(text: str, longest: int) -> None:
    assert len(shorten(text, longest)) <= longest + 2


def test_a_day_and_until_that_day_have_headings_of_their_own(whole: Whole) -> None:
    first, second, *_ = whole.form.claims
    day = msgspec.structs.replace(first.date, start="2024-05-13", end="2024-05-13")
    on = msgspec.structs.replace(first, status=Status.OCCURRED, date=day, event_id=first.id)
    until = msgspec.structs.replace(
        second, status=Status.OCCURRED, event_id=second.id, date=msgspec.structs.replace(day, start=None)
    )
    form = msgspec.structs.replace(whole.form, claims=(on, until))
    headings = [line.text.strip() for line in brief(form, whole.reading.names, None)]
    assert headings.index("Mon 13 May 2024") < headings.index("until 13 May 2024")
