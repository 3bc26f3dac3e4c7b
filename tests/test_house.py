"""The measures of the house: what is counted, and what is over the bounds."""

from __future__ import annotations

from pathlib import Path

from house import LONGEST_FILE, LONGEST_FUNCTION, measured, over, report

TEXT = '''"""What it is.

In two parts.
"""

# why
ONE = "# no comment"  # beside code


def first() -> str:
    """Return it."""
    return """no
docstring"""


@property
def second() -> None: ...
'''


def test_lines_functions_and_what_explains_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text(TEXT, encoding="utf-8")
    found = measured(path)
    assert (found.lines, found.explaining) == (17, 6)
    assert found.functions == (("first", 4), ("second", 1))


def test_what_is_over_a_bound_is_named(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    body = "        pass\n" * (LONGEST_FUNCTION - 1)
    path.write_text(f"def just():\n{body}\n\nclass C:\n    async def more(self):\n{body}        pass\n")
    assert list(over([measured(path)])) == [f"{path}: more has {LONGEST_FUNCTION + 1} lines"]
    path.write_text("1\n" * LONGEST_FILE)
    assert list(over([measured(path)])) == []
    path.write_text("1\n" * (LONGEST_FILE + 1))
    assert list(over([measured(path)])) == [f"{path}: {LONGEST_FILE + 1} lines"]


def test_the_report_has_a_row_a_part_and_the_modules_of_each_layer(tmp_path: Path) -> None:
    for name in ("src/dragoman/model.py", "src/dragoman/reading/a.py", "src/dragoman/reading/deep/b.py", "tests/t.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("def f(): ...\n", encoding="utf-8")
    lines = list(report(tmp_path))
    assert [line.split()[:3] for line in lines[1:3]] == [["src", "3", "3"], ["tests", "1", "1"]]
    assert lines[3:5] == ["over the bounds: nothing", "modules a layer: reading 2 · (top) 1"]
