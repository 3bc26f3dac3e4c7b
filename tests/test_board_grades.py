"""Outlets are graded by the user: A to F, from a file, and nowhere mixed with how many origins tell a thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from boards import EARLY, ISSUES, quote

from dragoman.board.boards import Boards
from dragoman.board.conflicts import load_conflicts
from dragoman.board.grades import GRADES, graded, grades_of, load_grades
from dragoman.cli import run
from dragoman.errors import LedgerError, SettingsError
from dragoman.export.ledger_brief import BriefOptions, brief, brief_markdown
from dragoman.export.ledger_json import board_form
from dragoman.ledger.decided import carried
from dragoman.ledger.decisions import as_known, decide, decisions, withdraw
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind
from dragoman.views.naming import named_board

CONFLICTS = str(Path(__file__).resolve().parent.parent / "samples/conflicts")


def _file(folder: Path, text: str) -> str:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_grades_are_those_of_the_file_and_all_others_cannot_be_judged(tmp_path: Path) -> None:
    grades = load_grades(_file(tmp_path, '[reliability]\n"Northern  Wire" = "B"\n"harbour radio" = "E"\n'))
    found = graded(["Northern Wire", "Harbour Radio", "Gulf Ledger", None], grades)
    assert found == {"Gulf Ledger": "F", "Harbour Radio": "E", "Northern Wire": "B"}
    assert set(found.values()) <= set(GRADES)
    assert load_grades(None) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[reliability]\n"A" = "G"\n', "A has the grade 'G'"),
        ('[reliability]\n"A" = 1\n', "A has the grade 1"),
        ('[reliability]\n"A b" = "A"\n"a  B" = "C"\n', "has two grades"),
        ('[outlets]\n"A" = "A"\n', "there is outlets"),
        ('reliability = "A"\n', "reliability that is no table"),
        ("[reliability\n", "line 1"),
    ],
)
def test_what_is_wrong_in_a_file_of_grades_is_told(tmp_path: Path, text: str, found: str) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(SettingsError) as fault:
        load_grades(path)
    assert fault.value.where == path
    assert found in fault.value.found


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        load_grades(str(tmp_path / "none.toml"))


def test_the_brief_and_its_json_say_the_grades_and_nothing_else_changes() -> None:
    plain = EARLY
    board = replace(plain, reliability={"Northern Wire": "B", "Harbour Radio": "F"})
    options = BriefOptions(issues=ISSUES)
    lines = [line.text for line in brief(board, quote, None, options)]
    assert "Northern Wire (reliability B), " in " ".join(" ".join(lines).split())
    assert "Northern Wire (reliability B)" in brief_markdown(board, quote, None, options)
    head = [line.text for line in brief(plain, quote, None, options)]
    assert lines[: lines.index("SOURCES")] == head[: head.index("SOURCES")]
    assert board_form(board, quote).reliability == board.reliability
    assert board_form(plain, quote).reliability == {}


# -- grades by hand


@pytest.fixture
def ledger(desk_ledger: Path) -> Iterator[Ledger]:
    opened = Ledger(str(desk_ledger))
    yield opened
    opened.close()


def _grade(ledger: Ledger, outlet: str, grade: object, user: str = "ann") -> str:
    return decide(ledger, Asked(kind=DecisionKind.GRADED_SOURCE, about=(outlet,), value=grade, user=user)).id


def test_a_grade_by_hand_goes_before_the_file_until_it_is_withdrawn(ledger: Ledger, tmp_path: Path) -> None:
    path = _file(tmp_path, '[reliability]\n"Northern Wire" = "B"\n')
    first, last = _grade(ledger, "northern  wire", "d"), _grade(ledger, "Northern Wire", "C", "ben")
    now = decisions(ledger)
    assert [each.about for each in now] == [("Northern Wire",)] * 2
    assert grades_of(path, now) == {"northern wire": "C"}
    assert carried(ledger.told(), now).states == {first: "overruled", last: "stands"}
    assert grades_of(path, as_known(now, now[0].at)) == {"northern wire": "D"}
    withdraw(ledger, last, "ben")
    assert grades_of(path, decisions(ledger)) == {"northern wire": "D"}
    withdraw(ledger, first, "ann")
    assert grades_of(path, decisions(ledger)) == {"northern wire": "B"}


def test_a_grade_changes_nothing_of_what_is_told(ledger: Ledger) -> None:
    conflict = load_conflicts(CONFLICTS, None)["libya"]
    boards = Boards(ledger, whole=True)
    before, told = boards.board(conflict), boards.reports()
    mark = boards.mark()
    _grade(ledger, "The Gulf Ledger", "E")
    assert boards.board(conflict) is before
    assert all(one is other for one, other in zip(boards.reports(), told, strict=True))
    assert boards.mark() != mark
    shown = named_board(before, conflict, boards.settings, decisions(ledger))
    assert shown.reliability["The Gulf Ledger"] == "E"
    assert set(shown.reliability.values()) == {"E", "F"}
    assert replace(shown, reliability={}, names=before.names) == before


@pytest.mark.parametrize(
    ("outlet", "grade", "found"),
    [
        ("Northern Wire", "G", "the grade 'G'"), ("Northern Wire", None, "no grade is given"),
        ("Northern Wire", {"a": 1}, "the grade"), ("Nobody's Gazette", "A", "no report is of this outlet"),
        ("", "A", "no report is of this outlet"),
    ],
)  # fmt: skip
def test_a_grade_that_cannot_be_is_refused(ledger: Ledger, outlet: str, grade: object, found: str) -> None:
    with pytest.raises(LedgerError, match=found):
        _grade(ledger, outlet, grade)
    with pytest.raises(LedgerError, match="give the name of one outlet"):
        decide(ledger, Asked(kind=DecisionKind.GRADED_SOURCE, about=("a", "b"), value="A", user="ann"))
    assert decisions(ledger) == []


def test_the_command_grades_and_the_brief_says_so(
    desk_ledger: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    at = ("--ledger", str(desk_ledger))
    assert run(["decide", "graded-source", "northern wire", "--value", "b", "--user", "ann", *at]) == 0
    assert b'graded_source Northern Wire "B"' in capsysbinary.readouterr().out
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAGOMAN_CONFLICTS", CONFLICTS)
        assert run(["brief", "sorvia", *at]) == 0
    assert b"Northern Wire (reliability B)" in b" ".join(capsysbinary.readouterr().out.split())
