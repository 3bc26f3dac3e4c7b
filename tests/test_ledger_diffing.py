"""What an update added, changed and dropped against the report that it revises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import LedgerError
from dragoman.ledger.adding import add
from dragoman.ledger.diffing import diff, difference
from dragoman.ledger.store import Ledger
from dragoman.model import Basis, Claim, EventType, Evidence, Report, Status, When, Where
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader

MONDAY, TUESDAY = date(2024, 5, 13), date(2024, 5, 14)


def claim(place: int, content: str | None = "the deal", day: date | None = None, **rest: object) -> Claim:
    """Return a claim that stands at a place of its report: Gondor refuses Mordor the deal."""
    when = When(earliest=day, latest=day, basis=Basis.STATED) if day else When()
    start = place * 10
    made = Claim(
        id=f"c{place}",
        event=EventType.REJECT,
        actor=("gondor",),
        recipient=("mordor",),
        content=content,
        date=when,
        evidence=Evidence(sentence=place + 1, start=start, end=start + 5, text="x"),
        rule="r",
    )
    return replace(made, **rest)  # type: ignore[arg-type]


def told(
    before: list[Claim], now: list[Claim]
) -> tuple[list[str], list[tuple[str, str, tuple[str, ...]]], list[str], int]:
    found = difference(before, now)
    return (
        [each.id for each in found.added],
        [(each.before.id, each.now.id, each.fields) for each in found.changed],
        [each.id for each in found.dropped],
        found.same,
    )


def test_the_same_act_is_the_same_claim_wherever_it_stands() -> None:
    assert told([claim(1)], [claim(7, "The deal")]) == ([], [], [], 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", When(earliest=TUESDAY, latest=TUESDAY)),
        ("place", Where(name="Bree")),
        ("casualties", "20 people"),
        ("status", Status.FUTURE),
        ("content", "the peace deal"),
        ("condition", "its troops stay"),
        ("hedged", True),
    ],
)
def test_another_detail_of_an_act_is_a_change(field: str, value: object) -> None:
    before = claim(1, day=MONDAY)
    assert told([before], [replace(claim(2, day=MONDAY), **{field: value})]) == ([], [("c1", "c2", (field,))], [], 0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value"),
    [("event", EventType.SUPPORT), ("actor", ("rohan",)), ("recipient", ()), ("negated", True)],
)
def test_another_type_actor_recipient_or_polarity_is_another_act(field: str, value: object) -> None:
    assert told([claim(1)], [replace(claim(2), **{field: value})]) == (["c2"], [], ["c1"], 0)  # type: ignore[arg-type]


def test_the_order_of_actors_is_no_change() -> None:
    both = claim(1, actor=("gondor", "rohan"))
    assert told([both], [replace(both, actor=("rohan", "gondor"))]) == ([], [], [], 1)


def test_the_tellings_most_alike_are_each_others_version() -> None:
    before = [claim(1, "the release of all prisoners"), claim(2, "a ceasefire in Bree", MONDAY)]
    now = [claim(3, "a ceasefire in Bree", TUESDAY), claim(4, "the release of some prisoners")]
    assert told(before, now) == ([], [("c2", "c3", ("date",)), ("c1", "c4", ("content",))], [], 0)


def test_a_headline_that_says_no_more_than_the_text_is_nothing_new() -> None:
    bare = claim(0, None)
    assert told([claim(1, day=MONDAY)], [bare, claim(2, day=MONDAY)]) == ([], [], [], 1)
    assert told([bare, claim(1, day=MONDAY)], [claim(2, day=TUESDAY)]) == ([], [("c1", "c2", ("date",))], [], 0)
    assert told([claim(1)], [claim(1), claim(2)]) == ([], [], [], 1)


def test_one_more_telling_with_another_content_is_added() -> None:
    assert told([claim(1)], [claim(1), claim(2, "the talks")]) == (["c2"], [], [], 1)
    assert told([claim(1), claim(2, "the talks")], [claim(1)]) == ([], [], ["c2"], 1)


TITLE = "Haftar leaves the talks in Moscow"
FIRST = "Khalifa Haftar demanded that Turkey leave the talks. The army attacked Tripoli on Sunday. Egypt backed Haftar."
LATER = "Khalifa Haftar demanded that Turkey leave Libya. The army attacked Tripoli on Saturday. Qatar backed Turkey."


def version(headline: str, body: str) -> Report:
    return from_text(body, IntakeOptions(published=date(2020, 1, 14), outlet="Wire"), headline=headline)


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Iterator[Ledger]:
    made = Ledger(str(tmp_path / "ledger.sqlite"), create=True)
    list(add(made, reader, [version(f"UPDATE 1-{TITLE}", LATER), version(TITLE, FIRST)]))
    yield made
    made.close()


def test_an_update_against_the_report_that_it_revises(ledger: Ledger) -> None:
    first, second = version(TITLE, FIRST), version(f"UPDATE 1-{TITLE}", LATER)
    now, before, found = diff(ledger, second.id[:8])
    assert (now.kept.report.id, before and before.kept.report.id) == (second.id, first.id)
    assert [(each.event, each.actor, each.recipient) for each in found.added] == [("SUPPORT", ("qatar",), ("turkey",))]
    assert [(each.event, each.actor) for each in found.dropped] == [("SUPPORT", ("egypt",))]
    assert [(each.now.event, each.fields) for each in found.changed] == [
        ("REQUEST", ("content",)),
        ("ASSAULT", ("date",)),
    ]
    assert found.changed[0].before.evidence.text == "Khalifa Haftar demanded that Turkey leave the talks."
    assert found.changed[0].now.evidence.text == "Khalifa Haftar demanded that Turkey leave Libya."
    assert found.same == 1  # the headline's


def test_a_first_report_revises_none(ledger: Ledger) -> None:
    now, before, found = diff(ledger, version(TITLE, FIRST).id)
    assert before is None
    assert {each.id for each in found.added} <= {each.claim.id for each in now.claims}


def test_no_such_report_is_an_error(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no report has this id"):
        diff(ledger, "nobody")
