"""Outlets are graded by the user: A to F, from a file, and nowhere mixed with how many origins tell a thing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from boards import EARLY, ISSUES, quote

from dragoman.board.grades import GRADES, graded, load_grades
from dragoman.errors import SettingsError
from dragoman.export.ledger_brief import BriefOptions, brief, brief_markdown
from dragoman.export.ledger_json import board_form


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
