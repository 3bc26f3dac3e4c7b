"""What people decide, written down: checked before, kept with who and when, withdrawn and never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from decision_reports import NOON, claim_of, filled, helps_of
from sqlalchemy import select

from dragoman.errors import LedgerError
from dragoman.ledger.added import added_id
from dragoman.ledger.asking import Helps
from dragoman.ledger.decisions import by_hand, decide, decisions, withdraw
from dragoman.ledger.schema import decisions as table
from dragoman.ledger.schema import filings
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind, Source, restored
from dragoman.model import Basis, EventType, When
from dragoman.reading.reader import Reader


@pytest.fixture
def ledger(target: str, reader: Reader) -> Iterator[Ledger]:
    made = filled(target, reader)
    yield made
    made.close()


@pytest.fixture
def helps(reader: Reader) -> Helps:
    return helps_of(reader)


def asked(kind: str, *about: str, **more: Any) -> Asked:
    return Asked(kind=DecisionKind(kind), about=about, user=more.pop("user", "anna"), **more)


def reject(ledger: Ledger) -> str:
    return claim_of(list(ledger.told()), 0, "REJECT").claim.id


def rows(ledger: Ledger) -> list[Any]:
    with ledger.reading() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_a_decision_is_kept_with_who_when_and_why(ledger: Ledger) -> None:
    claim = reject(ledger)
    made = decide(ledger, asked("wrong_claim", claim[:8], note="  he signed "))
    assert decisions(ledger) == [made]
    assert (made.about, made.user, made.note, made.withdrawn_at) == ((claim,), "anna", "he signed", None)
    assert made.at > NOON
    (anchor,) = made.verdict.anchors
    (report,) = [told for told in ledger.told() if told.kept.report.id == anchor.report]
    assert report.kept.report.text[anchor.start : anchor.end].startswith("Libyan commander Khalifa Haftar left Moscow")
    assert (anchor.claim, anchor.event, anchor.beside) == (claim, EventType.REJECT, ())


def test_withdrawn_is_not_deleted_and_only_once(ledger: Ledger) -> None:
    made = decide(ledger, asked("wrong_claim", reject(ledger)))
    gone = withdraw(ledger, made.id[:6], "ben")
    assert decisions(ledger) == [gone]
    assert len(rows(ledger)) == 1
    assert (gone.withdrawn_by, replace(gone, withdrawn_at=None, withdrawn_by=None)) == ("ben", made)
    with pytest.raises(LedgerError, match="ben withdrew it on 2020-01-20"):
        withdraw(ledger, made.id, "ben")
    with pytest.raises(LedgerError, match="there is no such decision"):
        withdraw(ledger, "ffffffffffff", "ben")
    with pytest.raises(LedgerError, match="there is no such decision"):
        withdraw(ledger, "", "ben")


def test_it_counts_from_when_it_was_recorded_until_it_was_withdrawn(ledger: Ledger) -> None:
    made = decide(ledger, asked("wrong_claim", reject(ledger)))
    gone = withdraw(ledger, made.id, "ben")
    assert gone.withdrawn_at is not None
    moment = timedelta(microseconds=1)
    assert decisions(ledger, made.at - moment) == []
    assert decisions(ledger, made.at) == [made]
    assert decisions(ledger, gone.withdrawn_at - moment) == [made]
    assert decisions(ledger, gone.withdrawn_at) == [gone]


def test_the_same_at_the_same_instant_is_one_decision(tmp_path: Path, reader: Reader) -> None:
    ledger = filled(tmp_path / "still.sqlite", reader, lambda: NOON)
    claim = reject(ledger)
    one, other = (decide(ledger, asked("wrong_claim", claim)) for _ in range(2))
    third = decide(ledger, asked("wrong_claim", claim, user="ben"))
    assert one == other
    assert one.id != third.id
    assert decisions(ledger) == sorted([one, third], key=lambda each: each.id)
    ledger.close()


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        ("event", "aid", EventType.AID),
        ("actor", "qatar, egypt", ("qatar", "egypt")),
        ("recipient", [], ()),
        ("negated", "Yes", True),
        ("hedged", False, False),
        ("content", "", None),
        ("modes", "change", ("change",)),
        ("date", "2020-01-13", When(earliest=date(2020, 1, 13), latest=date(2020, 1, 13), phrase="2020-01-13", basis=Basis.STATED)),
        ("date", "2020-01-13..", When(earliest=date(2020, 1, 13), phrase="2020-01-13..", basis=Basis.STATED)),
        ("date", "", When()),
    ],
)  # fmt: skip
def test_a_value_has_the_type_of_its_field(ledger: Ledger, helps: Helps, field: str, given: Any, value: Any) -> None:
    made = decide(ledger, asked("corrected_field", reject(ledger), field=field, value=given), helps)
    (kept,) = decisions(ledger)
    assert kept == made
    assert restored(field, kept.verdict.value) == value
    assert [entity.id for entity in kept.verdict.entities] == (list(value) if field == "actor" else [])


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("rule", "x", "the field 'rule' cannot be corrected; use one of: event, modes"),
        ("event", "SURRENDER", "one of AGREE, CONSULT"),
        ("status", "done", "one of occurred, future, hypothetical, historical"),
        ("negated", "perhaps", "true or false"),
        ("date", "Monday", "a day \\(2020-01-13\\)"),
        ("date", "2020-01-14..2020-01-12", "runs backwards"),
        ("date", '{"earliest": ', "no readable JSON"),
        ("modes", "visit", "REJECT has no mode 'visit'; use some of: assist, change, meet, yield"),
        ("contexts", "weather", "there is no context 'weather'; use some of: asylum"),
        ("actor", "nobody-at-all", "nobody has this id"),
        ("content", [1], "text, or nothing"),
        (None, "x", "no field or no value is given; give --field \\(one of event"),
        ("event", None, "no field or no value"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(
    ledger: Ledger, helps: Helps, field: str | None, given: Any, said: str
) -> None:
    with pytest.raises(LedgerError, match=said):
        decide(ledger, asked("corrected_field", reject(ledger), field=field, value=given), helps)
    assert rows(ledger) == []


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (asked("wrong_claim", "0123456789abcdef"), "there is no such claim"),
        (asked("wrong_claim", ""), "there is no such claim"),
        (asked("wrong_claim", "%"), "there is no such claim"),
        (asked("wrong_claim"), "0 given; give one id or more"),
        (asked("same_event", "0123"), "1 given; give two different ids"),
        (asked("same_entity", "egypt", "egypt"), "1 given; give two different ids"),
        (asked("same_entity", "egypt", "egipt"), "nobody has this id"),
        (asked("other_entity", "egypt", "turkey", value="x"), "only corrected_field, graded_source and added_claim have one"),
        (asked("filed", "0123", "libya"), "no report has this id"),
        (asked("filed", "0123", "Libya; DROP"), "this is no conflict's id"),
        (asked("note", "egypt", note=" "), "the note is empty"),
        (asked("note", "atlantis", note="x"), "no report, claim or entity has this id"),
        (asked("wrong_claim", "0123", user=" "), "there is no such claim"),
        (asked("added_claim", value="{}"), "the claim has no event type; give \"event\": one of AGREE"),
        (asked("added_claim", value="AID"), "no readable JSON"),
        (asked("added_claim", value={"event": "AID"}), "the claim names nobody"),
        (asked("added_claim", value={"event": "AID", "actor": ["egypt"], "id": "1"}), "a claim has no field 'id'"),
        (asked("added_claim", value={"event": "AID", "actor": ["egypt"]}), "the claim has no source; give a report's id"),
        (
            asked("added_claim", value={"event": "AID", "actor": ["egypt"], "marks": ["arms"]}, source=Source(name="B", quote="b")),
            "there is no mark 'arms'",
        ),
        (
            asked("added_claim", value={"event": "AID", "actor": ["egypt"]}, source=Source(name="B", quote="...")),
            "the claim has no source",
        ),
    ],
)  # fmt: skip
def test_what_is_about_nothing_is_refused(ledger: Ledger, helps: Helps, wish: Asked, said: str) -> None:
    with pytest.raises(LedgerError, match=said):
        decide(ledger, wish, helps)
    assert rows(ledger) == []


def test_who_decides_is_named(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="give who decides"):
        decide(ledger, asked("wrong_claim", reject(ledger), user=" "))


def test_an_added_claim_has_its_sentence(ledger: Ledger, helps: Helps) -> None:
    report = next(iter(ledger.told())).kept.report
    value = {"event": "AID", "actor": ["egypt"], "recipient": ["khalifa-haftar"]}
    by_words = decide(ledger, asked("added_claim", report.id, value=value, source=Source(quote="Egypt  backed")), helps)
    source = by_words.verdict.source
    assert source is not None
    assert report.text[source.start : source.end] == "Egypt backed Haftar."
    by_number = decide(ledger, asked("added_claim", report.id[:7], value=value, source=Source(sentence=3)), helps)
    assert by_number.verdict.source == source
    for wrong in (Source(sentence=99), Source(quote="Egypt sent arms"), Source()):
        with pytest.raises(LedgerError, match="give --sentence 1 to 4"):
            decide(ledger, asked("added_claim", report.id, value=value, source=wrong), helps)
    with pytest.raises(LedgerError, match="a report and an outside source"):
        decide(ledger, asked("added_claim", report.id, value=value, source=Source(name="A book", sentence=3)), helps)
    wrong_claim = decide(ledger, asked("wrong_claim", added_id(by_words.id)))
    assert wrong_claim.verdict.anchors == ()


def test_filing_by_hand_is_in_its_table_and_the_last_word_counts(ledger: Ledger) -> None:
    report = next(iter(ledger.told())).kept.report.id

    def filed() -> list[tuple[str, bool]]:
        with ledger.reading() as connection:
            return [(row.conflict, row.filed) for row in connection.execute(select(filings))]

    decide(ledger, asked("filed", report[:6], "libya"))
    decide(ledger, asked("filed", report, "syria"))
    last = decide(ledger, asked("not_filed", report, "libya"))
    assert sorted(filed()) == [("libya", False), ("syria", True)]
    assert by_hand(decisions(ledger)) == {(report, "libya"): False, (report, "syria"): True}
    assert by_hand(decisions(ledger, last.at - timedelta(minutes=1)))[report, "libya"]
    withdraw(ledger, last.id, "ben")
    assert sorted(filed()) == [("libya", True), ("syria", True)]
    withdraw(ledger, decisions(ledger)[1].id, "ben")
    assert filed() == [("libya", True)]


def test_a_damaged_decision_is_told(ledger: Ledger) -> None:
    made = decide(ledger, asked("wrong_claim", reject(ledger)))
    with ledger.writing() as connection:
        connection.execute(table.update().values(verdict='{"anchors": 3}'))
    with pytest.raises(LedgerError, match=f"{made.id}: the decision cannot be read"):
        decisions(ledger)
