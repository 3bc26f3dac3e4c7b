"""Ten reports of our own in the manner of agencies, with the records that a person made of them: floors by kind."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from conftest import record_told

from dragoman.gate import Table, gate_reports
from dragoman.model import Evidence, Report
from dragoman.process.facts import facts_of
from dragoman.process.slots import slotted
from dragoman.reading.reader import Reader

FOLDER = Path(__file__).resolve().parent / "process_reports"
DAY = date(2021, 3, 10)  # a Wednesday
told = partial(record_told, day=DAY)
# F1 by kind as it stands, less a little: to sink below is a change that somebody must want
FLOORS = {
    "alignment": 0.68, "position": 0.58, "threat": 0.75, "talks": 0.65, "agreement": 0.80, "signature": 0.73, "ceasefire": 0.76,
    "violation": 0.60, "mechanism": 0.73, "planned": 0.60,
}  # fmt: skip


@pytest.fixture(scope="module")
def table(reader: Reader) -> Table:
    """Return the scores of the ten reports."""
    return gate_reports(reader, FOLDER)


@pytest.mark.parametrize("kind", FLOORS)
def test_the_reports_of_our_own_keep_their_records(table: Table, kind: str) -> None:
    assert table.score(f"record {kind}").f1 >= FLOORS[kind], [f for f in table.faults if f" {kind} " in f]


@pytest.mark.parametrize(
    ("text", "backer", "backed", "kind"),
    [
        ("Armenia's ally, Norway, closed its border.", "norway", "armenia", "political"),
        ("Azerbaijan is supported and armed by Turkey.", "turkey", "azerbaijan", "arms"),
        ("The Houthis, Iran's allies, attended.", "iran", "houthis", "political"),
        ("The Houthis, whom Iran supports, signed a truce.", "iran", "houthis", "political"),
        ("Azerbaijan has received weapons from Turkey.", "turkey", "azerbaijan", "arms"),
        ("Russia has a mutual defence pact with Armenia.", "russia", "armenia", "military"),
    ],
)
def test_backing_by_the_words_around_two_names(reader: Reader, text: str, backer: str, backed: str, kind: str) -> None:
    assert (backer, backed, kind) in [(a.backer, a.backed, a.kind) for a in told(reader, text).alignments]


def test_who_denies_it_or_is_accused_backs_nobody(reader: Reader) -> None:
    for text in (
        "Armenia says the Houthis are armed by Iran, which denies the accusation.",
        "Armenia accused Turkey of arming Azerbaijan.",
        "Norway gave Armenia a week to answer.",
    ):
        assert told(reader, text).alignments == (), text


def test_who_brokers_or_hosts_is_no_side(reader: Reader) -> None:
    text = (
        "A truce brokered by Norway between Armenia and Azerbaijan is holding. Norway and Armenia agreed on Monday on relief. "
        "Norway will host talks in Oslo on Friday. Armenia and Azerbaijan met there in May."
    )
    assert all(set(c.parties) == {"armenia", "azerbaijan"} for c in told(reader, text).ceasefires)


def test_a_prolonged_truce_is_extended_and_a_renewal(reader: Reader) -> None:
    record = told(reader, "The truce between Armenia and Azerbaijan was extended on Tuesday until March 20.")
    assert [(c.status, c.until.latest if c.until else None) for c in record.ceasefires] == [
        ("extended", date(2021, 3, 20))
    ]
    assert "renewal" in [a.kind for a in record.agreements]


def test_a_journey_for_talks_plans_them(reader: Reader) -> None:
    found = told(reader, "Armenia's president will travel to Vienna on Friday for talks with Azerbaijan.").talks
    assert [(t.status, t.place.name if t.place else None) for t in found] == [("planned", "Vienna")]


def test_positions_by_the_words_around_a_name(reader: Reader) -> None:
    text = "Armenia, which wants a release of all prisoners, has accepted the plan of Norway."
    found = {(p.party, p.stance) for p in told(reader, text).positions}
    assert {("armenia", "demand"), ("armenia", "acceptance")} <= found


def test_a_sentence_with_a_sign_for_each_name(reader: Reader) -> None:
    report = Report(id="own", headline=None, text="Norway met Armenia.", body_start=0, published=DAY)
    facts = facts_of(reader.read(report), reader.rulebook)
    text = slotted(Evidence(sentence=1, start=0, end=19, text="Norway met Armenia."), facts)
    assert text.text == "\ue000 met \ue001."
    assert text.meant("\ue001") == ("armenia",)
    assert text.plain(0, 5, facts) == "Norway met"
