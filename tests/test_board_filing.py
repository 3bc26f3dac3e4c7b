"""Which reports are of a conflict, and why; filings by hand; proposals of new conflicts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from board_reports import Shelf

from dragoman.board.conflicts import build_conflicts, load_conflicts
from dragoman.board.filing import Filing, filed, filing_of, suggest
from dragoman.ledger.store import Told
from dragoman.reading.reader import Reader
from dragoman.rulebook.loader import load_rulebook

CONFLICTS = load_conflicts()


@pytest.fixture(scope="module")
def shelf(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return a shelf of its own for these tests."""
    return Shelf(reader, tmp_path_factory.mktemp("filing"))


def rules_of(told: Told) -> dict[str, str]:
    """Return the conflicts of a report with the rule of each."""
    found = {name: filing_of(told, conflict) for name, conflict in CONFLICTS.items()}
    return {name: filing.rule for name, filing in found.items() if filing is not None}


@pytest.mark.parametrize(
    ("day", "text", "rules"),
    [
        ("2020-01-05", "Khalifa Haftar's forces shelled a port in the capital on Sunday.", {"libya": "own"}),
        ("2023-05-02", "The Sudanese army bombed the Rapid Support Forces in Omdurman on Monday.", {"sudan": "own"}),
        ("2022-04-02", "Ukraine accused Russia of shelling a school on Friday.", {"ukraine": "sides"}),
        ("2021-03-02", "Ethiopia sent food to villages near Mekelle on Monday.", {"ethiopia-tigray": "party"}),
        ("2020-01-05", "Turkey sent ships to Libya on Sunday.", {"libya": "backer"}),
        ("2020-01-21", "The Security Council demanded a ceasefire in Libya. The truce in Libya has not held.", {"libya": "country"}),
        ("2020-01-05", "Turkey raised the tax on bread on Sunday. President Tayyip Erdogan defended the tax.", {}),
        ("2021-03-02", "Ethiopia signed a trade agreement with Kenya on Monday.", {}),
        ("2013-05-02", "Khalifa Haftar praised the army on Monday.", {}),
    ],
)  # fmt: skip
def test_who_acts_where_and_when_files_a_report(shelf: Shelf, day: str, text: str, rules: dict[str, str]) -> None:
    assert rules_of(shelf.told((day, text))[0]) == rules


def test_a_report_may_be_of_two_conflicts_and_says_why(shelf: Shelf) -> None:
    told = shelf.told(
        ("2024-10-02", "Israel bombed Hamas in Gaza on Monday. Hezbollah fired rockets at Israel on Tuesday.")
    )[0]
    gaza, lebanon = (filing_of(told, CONFLICTS[name]) for name in ("israel-gaza", "israel-lebanon"))
    assert gaza is not None
    assert gaza.rule == "own"
    assert "hamas" in gaza.parties
    assert lebanon is not None
    assert "hezbollah" in lebanon.parties


def test_a_filing_by_hand_wins_both_ways(shelf: Shelf) -> None:
    libya = CONFLICTS["libya"]
    told = shelf.told(
        ("2020-01-05", "Khalifa Haftar's forces shelled a port on Sunday."), ("2020-01-06", "The price of bread rose.")
    )
    ids = [each.kept.report.id for each in told]
    assert [each.kept.report.id for each in filed(told, libya)] == ids[:1]
    hands = {(ids[0], "libya"): False, (ids[1], "libya"): True}
    assert [each.kept.report.id for each in filed(told, libya, hands)] == ids[1:]
    assert filing_of(told[1], libya, hands) == Filing(report=ids[1], conflict="libya", rule="hand")


FIGHTS = (
    ("2021-03-01", "Fighters of the Karvan Liberation Front attacked the army of Sorvia in Brakk on Monday."),
    ("2021-03-02", "Sorvia and the Karvan Liberation Front agreed on a ceasefire on Tuesday."),
    ("2021-03-03", "Sorvia and the Karvan Liberation Front signed a ceasefire in Orinth on Wednesday."),
    ("2021-03-03", "Khalifa Haftar's forces shelled a port on Wednesday."),
)


def test_parties_that_fight_or_talk_again_and_again_are_proposed_as_a_file_that_loads(shelf: Shelf) -> None:
    told = shelf.told(*FIGHTS)
    assert suggest(told, CONFLICTS.values(), least=4) == []
    found = suggest(told, CONFLICTS.values(), least=2)
    assert [each.parties for each in found] == [("karvan-liberation-front", "sorvia")]
    made = build_conflicts({"new.toml": found[0].text}, load_rulebook(None).roster)
    conflict = made["karvan-liberation-front-sorvia"]
    assert conflict.start is not None
    assert str(conflict.start) == "2021-03-01"
    assert [each.kept.report.id for each in filed(told, conflict)] == [each.kept.report.id for each in told[:3]]


def test_a_proposal_holds_to_names_that_would_break_a_file(shelf: Shelf) -> None:
    told = shelf.told(*FIGHTS[:3])
    strange = [
        replace(each, entities=tuple((replace(e, name='X"]\n[parties]\ny = "z\\'), n) for e, n in each.entities))
        for each in told
    ]
    found = suggest(strange, CONFLICTS.values(), least=2)
    made = build_conflicts({"new.toml": found[0].text}, load_rulebook(None).roster)
    assert set(made["karvan-liberation-front-sorvia"].parties) == {"karvan-liberation-front", "sorvia"}
