"""All reports read again with other rules: gained and lost claims, nothing deleted, and back again."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from dragoman.ledger.adding import add, made_with
from dragoman.ledger.recode import Recoded, outdated, recode
from dragoman.ledger.store import Ledger
from dragoman.model import Report
from dragoman.reading.events import Matcher
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader, Reading
from dragoman.rulebook.types import Rulebook

LEFT = "Gondor left the talks with Mordor on Monday without signing the deal."
SENT = "Turkey sent troops to Libya on Tuesday."


def report(body: str) -> Report:
    return from_text(body, IntakeOptions(published=date(2024, 5, 15), outlet="Wire"), headline="News", name=body[:6])


def ruled(reader: Reader, rulebook: Rulebook) -> Reader:
    """Return a reader that shares all with another but its rulebook."""
    other = copy.copy(reader)
    other.rulebook, other.matcher = rulebook, Matcher(rulebook)
    return other


@pytest.fixture(scope="module")
def without(reader: Reader) -> Reader:
    """A reader by a rulebook that does not know the frame of leaving talks unsigned."""
    (rule,) = {claim.rule for claim in reader.read(report(LEFT)).claims if claim.event == "REJECT"}
    frames = tuple(frame for frame in reader.rulebook.frames if frame.id != rule)
    assert len(frames) == len(reader.rulebook.frames) - 1
    return ruled(reader, replace(reader.rulebook, frames=frames, digest="sha256:without"))


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Iterator[Ledger]:
    made = Ledger(str(tmp_path / "ledger.sqlite"), create=True)
    list(add(made, reader, [report(LEFT), report(SENT)]))
    yield made
    made.close()


def events(done: list[Recoded]) -> dict[str, tuple[list[str], list[str]]]:
    return {each.source: ([c.event for c in each.gained], [c.event for c in each.lost]) for each in done}


def standing(ledger: Ledger) -> list[str]:
    return [each.claim.id for each in ledger.claims()]


def test_nothing_is_read_again_with_the_same_rules(ledger: Ledger, reader: Reader) -> None:
    assert list(recode(ledger, reader)) == []
    assert events(list(recode(ledger, reader, everything=True))) == {"Gondor": ([], []), "Turkey": ([], [])}


def test_what_the_rules_no_longer_give_is_gone_and_comes_back(ledger: Ledger, reader: Reader, without: Reader) -> None:
    before = standing(ledger)
    there = list(ledger.told())
    done = list(recode(ledger, without))
    lost = {each.source: [claim.id for claim in each.lost] for each in done}
    assert events(done)["Turkey"] == ([], [])
    assert "REJECT" in events(done)["Gondor"][1]
    assert set(standing(ledger)) == (set(before) - set(lost["Gondor"])) | {c.id for each in done for c in each.gained}
    marked = {each.claim.id: each for each in ledger.claims(gone=True)}
    assert set(before) <= set(marked)
    assert marked[lost["Gondor"][0]].gone == "sha256:without"
    assert list(recode(ledger, without)) == []

    back = list(recode(ledger, reader))
    assert {each.source: [claim.id for claim in each.gained] for each in back} == lost
    assert standing(ledger) == before
    assert [told.claims for told in ledger.told()] == [
        tuple(replace(claim, last_rulebook=reader.rulebook.digest) for claim in told.claims) for told in there
    ]
    assert [told.records for told in ledger.told()] == [told.records for told in there]


class _Faulty:
    """A reader that cannot read some reports."""

    def __init__(self, reader: Reader, bad: str) -> None:
        self.rulebook, self.parser = reader.rulebook, reader.parser
        self._reader, self._bad = reader, bad

    def read(self, report: Report) -> Reading:
        if self._bad in report.text:
            raise IndexError("no such token")
        return self._reader.read(report)


def test_a_report_that_cannot_be_read_again_stays_as_it_was(ledger: Ledger, reader: Reader, without: Reader) -> None:
    before = standing(ledger)
    done = list(recode(ledger, _Faulty(without, "Gondor")))  # type: ignore[arg-type]
    faults = {each.source: each.fault for each in done}
    assert faults["Turkey"] is None
    assert faults["Gondor"] is not None
    assert "IndexError" in faults["Gondor"].found
    assert standing(ledger) == before
    assert [row["source"] for row in ledger.failures()] == ["Gondor"]
    assert [source for _, source in outdated(ledger, made_with(without))] == ["Gondor"]
    assert [each.source for each in recode(ledger, without)] == ["Gondor"]
    assert ledger.failures() == []


def test_what_is_damaged_costs_only_itself(ledger: Ledger, reader: Reader, without: Reader) -> None:
    with ledger.writing() as connection:
        connection.execute(text("UPDATE reports SET said = x'00ff' WHERE source = 'Gondor'"))
    done = {each.source: each.fault for each in recode(ledger, without)}
    assert done["Turkey"] is None
    assert done["Gondor"] is not None
    assert done["Gondor"].where == "Gondor"


def test_another_model_is_a_reason_to_read_again(ledger: Ledger, reader: Reader) -> None:
    made = replace(made_with(reader), model="another 1.0")
    assert len(list(recode(ledger, reader, made))) == 2
    assert {each.made for each in ledger.reports()} == {made}
