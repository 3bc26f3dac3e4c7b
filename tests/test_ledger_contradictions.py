"""What cannot both be right is found and kept side by side; what was corrected is no side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from ledger_made import Deed, reading_of

from dragoman.board.disputes import disputes
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger, Made, Told
from dragoman.model import EventType, Status
from dragoman.process.records import ProcessRecord
from dragoman.reading.reader import Reading

DAY = date(2024, 5, 15)
NEXT = DAY + timedelta(days=1)
SHELLING = Deed(
    event=EventType.ASSAULT,
    actor="gondor-army",
    thing="the market of Linhir",
    place="Linhir",
    day=DAY,
    casualties="seven people",
)


def told(folder: Path, readings: Sequence[Reading]) -> list[Told]:
    ledger = Ledger(str(folder / "ledger.sqlite"), create=True, clock=lambda: datetime(2024, 6, 1, tzinfo=UTC))
    for reading in readings:
        ledger.add(reading, ProcessRecord(), Made(rulebook="sha256:" + "1" * 64, model="made 1.0"))
    settle(ledger)
    found = list(ledger.told())
    ledger.close()
    return found


def two(first: Deed, second: Deed) -> list[Reading]:
    """Return two reports of two days, one for each deed, in other words."""
    return [
        reading_of("one", DAY, [first], outlet="Bree Post"),
        reading_of("two", NEXT, [in_other_words(second)], outlet="Dale Mail"),
    ]


def in_other_words(deed: Deed) -> Deed:
    return replace(deed, asides=("indeed", "by all accounts", "so they say", "once more"))


def changed(deed: Deed, **fields: object) -> Deed:
    return replace(deed, **fields)  # type: ignore[arg-type]


SIGNED = Deed(
    event=EventType.SUPPORT, actor="imrahil", thing="the accord of the ford", day=DAY, marks=("signature.signed",)
)
UNSIGNED = Deed(
    event=EventType.REJECT, actor="imrahil", thing="the accord of the ford", day=DAY, marks=("signature.not_signed",)
)


@pytest.mark.parametrize(
    ("kind", "first", "second", "values"),
    [
        ("number", SHELLING, changed(SHELLING, casualties="twelve people"), ("seven people", "twelve people")),
        ("number", Deed(event=EventType.AID, actor="rohan", thing="120 riders", day=DAY, recipient="gondor"),
         Deed(event=EventType.AID, actor="rohan", thing="210 riders", day=DAY, recipient="gondor"), ("120 riders", "210 riders")),
        ("polarity", SHELLING, changed(SHELLING, negated=True, casualties=None), ("stated", "denied")),
        ("perpetrator", SHELLING, changed(SHELLING, actor="mordor-host"), ("gondor-army", "mordor-host")),
        ("signer", SIGNED, UNSIGNED, ("signed", "did not sign")),
        ("day", SIGNED, changed(SIGNED, day=DAY - timedelta(days=1)), ("2024-05-15", "2024-05-14")),
        ("place", changed(SIGNED, place="Dale"), changed(SIGNED, place="Bree"), ("Dale", "Bree")),
    ],
)  # fmt: skip
def test_each_kind(tmp_path: Path, kind: str, first: Deed, second: Deed, values: tuple[str, str]) -> None:
    (clash,) = [c for c in disputes(told(tmp_path, two(first, second))) if c.kind == kind]
    assert tuple(value for value, _ in clash.versions) == values
    assert [len(sides) for _, sides in clash.versions] == [1, 1]


def test_a_charge_and_its_denial(tmp_path: Path) -> None:
    charge = Deed(event=EventType.ACCUSE, actor="gondor", thing="burning the white harbour", recipient="harad", day=DAY)
    denial = Deed(event=EventType.ASSAULT, actor="harad", thing="the white harbour", negated=True)
    (clash,) = disputes(told(tmp_path, two(charge, denial)))
    assert (clash.kind, [value for value, _ in clash.versions]) == ("polarity", ["alleged", "denied"])
    other = changed(denial, thing="the salt mines")
    (tmp_path / "other").mkdir()
    assert disputes(told(tmp_path / "other", two(charge, other))) == ()


@pytest.mark.parametrize(
    "second",
    [
        SHELLING,
        changed(SHELLING, day=NEXT, casualties="twelve people"),
        changed(SHELLING, thing="a column of riders", place=None, casualties="twelve people"),
        changed(SHELLING, actor="mordor-host", day=NEXT),
        changed(SHELLING, negated=True, day=NEXT, casualties=None),
        changed(SHELLING, status=Status.FUTURE, casualties="twelve people"),
    ],
)
def test_another_act_is_no_contradiction(tmp_path: Path, second: Deed) -> None:
    assert disputes(told(tmp_path, two(SHELLING, second))) == ()


def test_a_signature_after_a_refusal_is_a_change_of_mind(tmp_path: Path) -> None:
    assert disputes(told(tmp_path, two(UNSIGNED, changed(SIGNED, day=DAY + timedelta(days=3))))) == ()


def test_what_an_update_corrected_is_no_side_nor_are_the_prints_of_the_first_version(tmp_path: Path) -> None:
    title = "Seven dead in the market of Linhir"
    more = [
        changed(SHELLING, thing=f"the {n} gate of the wall", place=None, casualties=None)
        for n in ("first", "second", "third", "last")
    ]
    corrected = changed(SHELLING, casualties="twelve people")
    readings = [
        reading_of("one", DAY, [SHELLING, *more], outlet="Bree Post", headline=title),
        reading_of("two", DAY, [SHELLING, *more], outlet="Dale Mail", headline="Shells on a market"),
        reading_of("three", NEXT, [corrected, *more], outlet="Bree Post", headline=f"CORRECTED-{title}"),
    ]
    found = told(tmp_path, readings)
    assert len({each.kept.origin for each in found}) == 1
    assert disputes(found) == ()
    assert disputes(told_without(found, readings[2])) == ()


def told_without(found: list[Told], reading: Reading) -> list[Told]:
    return [each for each in found if each.kept.report.id != reading.report.id]


def test_disputes_have_their_sentences_and_origins(tmp_path: Path) -> None:
    found = told(tmp_path, two(SHELLING, changed(SHELLING, casualties="twelve people")))
    (dispute,) = disputes(found)
    assert (dispute.kind, dispute.origins) == ("number", 2)
    assert dispute.about == "gondor-army: the market of Linhir"
    assert [(value, [c.report for c in cited]) for value, cited in dispute.versions] == [
        ("seven people", [found[0].kept.report.id]),
        ("twelve people", [found[1].kept.report.id]),
    ]
