"""The report that Dragoman grew from: every system of it must be in the record. Skipped where shared/ is absent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from dragoman.model import Claim, Report
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import IntakeOptions, read_path
from dragoman.reading.reader import Reader, Reading

SEED = Path(__file__).resolve().parent.parent.parent / "shared" / "seed"
FILES = sorted(SEED.glob("*.txt"))
pytestmark = pytest.mark.skipif(not FILES, reason="shared/seed is not beside the project")

HAFTAR, ERDOGAN, GNA, LNA = "khalifa-haftar", "recep-tayyip-erdogan", "libya-gna", "libya-lna"


@pytest.fixture(scope="module")
def reading(reader: Reader) -> Reading:
    options = IntakeOptions(published=date(2020, 1, 14), outlet="Ahval")
    report = next(iter(read_path(FILES[0], options)))
    assert isinstance(report, Report)
    return reader.read(report)


@pytest.fixture(scope="module")
def record(reading: Reading, reader: Reader) -> ProcessRecord:
    return record_of(reading, reader.rulebook)


def those(reading: Reading, event: str, actor: str) -> list[Claim]:
    return [c for c in reading.claims if c.event.value == event and actor in c.actor]


def speakers(claims: Iterable[Claim]) -> set[str | None]:
    return {link.speaker for claim in claims for link in claim.attribution}


def test_the_revision_notice_is_out_of_the_text(reading: Reading) -> None:
    revision = reading.report.revision
    assert revision is not None
    assert revision.paragraphs == (2, 3, 4, 5)
    assert "Updates in second" not in reading.report.text


def test_the_threats_have_their_conditions(reading: Reading, record: ProcessRecord) -> None:
    # 'we will not refrain' in a president's mouth is his state (docs/coding-conventions.md 18)
    threats = [c for who in (ERDOGAN, "turkey") for c in those(reading, "THREATEN", who) if c.condition]
    assert len(threats) == 2
    assert all(c.recipient == (HAFTAR,) and c.status.value == "occurred" and not c.negated for c in threats)
    assert sorted(str(t.condition)[:16] for t in record.threats) == ["should he contin", "should he renew "]
    assert {t.party for t in record.threats} == {ERDOGAN, "turkey"}


def test_haftar_rejects_turkey_as_mediator_by_a_daily(reading: Reading) -> None:
    (rejected,) = [c for c in those(reading, "REJECT", HAFTAR) if c.recipient == ("turkey",)]
    assert "mediator" in str(rejected.content)
    assert speakers([rejected]) == {"asharq-al-awsat"}


def test_haftar_demands_a_committee_by_a_daily(reading: Reading, record: ProcessRecord) -> None:
    (demand,) = [c for c in those(reading, "REQUEST", HAFTAR) if "committee" in str(c.content)]
    assert speakers([demand]) == {"asharq-al-awsat"}
    (committee,) = [m for m in record.mechanisms if "committee" in m.name]
    assert (committee.status, committee.kind) == ("demanded", "oversight")
    assert "breakup of militias" in str(committee.mandate)


def test_haftar_wants_fighters_home_and_turkey_out_by_a_broadcaster(reading: Reading, record: ProcessRecord) -> None:
    said = [c for c in those(reading, "REQUEST", HAFTAR) if "deutsche-welle" in speakers([c])]
    assert any("sent home" in str(c.content) for c in said)
    assert any("does not participate" in str(c.content) and c.recipient == ("turkey",) for c in said)
    (monitoring,) = [m for m in record.mechanisms if "monitoring" in m.name]
    assert monitoring.asked_out == ("turkey",)


def test_who_signs_and_who_does_not(record: ProcessRecord) -> None:
    table = {(s.party, s.status) for s in record.signatures}
    assert {("fayez-al-sarraj", "signed"), (HAFTAR, "not_signed")} <= table
    (signed,) = [s for s in record.signatures if s.status == "signed"]
    assert signed.place is not None
    assert signed.place.name == "Moscow"
    assert {s.document for s in record.signatures} == {"ceasefire agreement"}


def test_the_backers_and_with_what(record: ProcessRecord) -> None:
    backing = {(a.backer, a.backed) for a in record.alignments}
    assert {("turkey", GNA), ("russia", LNA)} <= backing
    assert {(b, HAFTAR) for b in ("egypt", "united-arab-emirates", "france")} <= backing
    assert ("russia-mercenaries", LNA) in backing
    (turkish,) = [a for a in record.alignments if a.backer == "turkey"]
    assert turkish.means == "troops, advisers and militants"


def test_the_ceasefire_holds_in_doubt_from_its_day(record: ProcessRecord) -> None:
    (truce,) = record.ceasefires
    assert (truce.status, truce.hedged) == ("holding", True)
    assert truce.from_ is not None
    assert truce.from_.earliest == date(2020, 1, 12)
    assert truce.despite == "the continuation of some fighting"


def test_the_talks_held_and_the_conference_planned(record: ProcessRecord) -> None:
    moscow, berlin = record.talks
    assert (moscow.format, moscow.status, moscow.outcome) == ("indirect", "ended", "inconclusively")
    assert (berlin.status, berlin.host, berlin.mediators) == ("planned", "germany", ("united-nations",))
    (plan,) = record.planned
    assert (plan.window.earliest, plan.window.latest) == (date(2020, 1, 14), date(2020, 1, 31))
    assert set(plan.due) == {"turkey", "russia"}


def test_monday_against_tuesday_is_shown(record: ProcessRecord) -> None:
    (one,) = record.contradictions
    assert one.kind == "date"
    assert {"Monday" in version for version in one.versions} == {True, False}


def test_nothing_is_coded_that_the_text_does_not_say(reading: Reading) -> None:
    named = {"china", "iran", "israel", "nato", "european-union", "united-states", "saudi-arabia"}
    told = {i for c in reading.claims for i in (*c.actor, *c.recipient)}
    assert not told & named
    media = {"asharq-al-awsat", "deutsche-welle"}
    assert not told & media
    assert all(reading.report.text[c.evidence.start : c.evidence.end] == c.evidence.text for c in reading.claims)
