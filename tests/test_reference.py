"""docs/reference is what the program says of itself, and nothing in the program is without words."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT

from dragoman import cli
from dragoman.rulebook import keys


@pytest.fixture(scope="module")
def reference() -> Iterator[ModuleType]:
    """Return tools/reference.py as a module."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import reference as made

        yield made
    finally:
        sys.path.remove(str(ROOT / "tools"))


def test_the_pages_are_current(reference: ModuleType) -> None:
    """Examples are not run again here: make manual does that."""
    made = dict(reference.pages(reference.kept_outputs()))
    assert sorted(made) == sorted(path.name for path in reference.FOLDER.glob("*.md"))
    stale = [name for name, text in made.items() if (reference.FOLDER / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run make reference"


def test_each_command_has_an_example_or_a_reason(reference: ModuleType) -> None:
    assert reference.commands.unshown() == []
    page = (reference.FOLDER / "commands.md").read_text(encoding="utf-8")
    assert set(reference.commands.outputs_in(page)) == {each.line for each in reference.commands.examples()}


@pytest.mark.parametrize("command", ["roster find", "conflicts show", "explain"])
def test_examples_print_what_stands_there(
    reference: ModuleType,
    command: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import shlex

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_CONFLICTS", raising=False)
    line = next(each.line for each in reference.commands.examples() if each.command == command)
    assert cli.run(shlex.split(line)[1:]) == cli.OK
    printed = reference.commands.steady(capsys.readouterr().out.rstrip())
    assert reference.kept_outputs()[line] == reference.commands.shortened(printed)


TABLES = {
    name: table for name, table in vars(keys).items() if name.isupper() and name not in ("OVER", "MAKES", "KIND_TESTS")
}


def test_all_tables_of_keys_are_printed(reference: ModuleType) -> None:
    printed = [table for _, table in reference.rulebook.TABLES.values()]
    assert [name for name, table in TABLES.items() if not any(table is each for each in printed)] == []


@pytest.mark.parametrize("name", TABLES)
def test_examples_of_keys_are_of_their_key(name: str) -> None:
    for key, said in TABLES[name].items():
        assert list(tomllib.loads(said.example)) == [key]


def test_what_has_no_words_is_told(reference: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference.rulebook, "TABLES", {"x": ("", {"id": keys.Key(" ", 'id = "a"')})})
    with pytest.raises(reference.MissingWordsError, match="key 'id' of x has no help text"):
        reference.rulebook.page()


def test_a_setting_without_words_is_told(reference: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference.settings, "meanings", dict)
    with pytest.raises(reference.MissingWordsError, match="setting 'model' has no help text"):
        reference.settings.page()


def test_an_option_without_words_is_told(reference: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    option = next(each for each in reference.commands.commands()["status"].params if "--ledger" in each.opts)
    monkeypatch.setattr(option, "help", None)
    with pytest.raises(reference.MissingWordsError, match="--ledger"):
        reference.commands.page({})


def test_a_command_that_is_new_is_missed(reference: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    known = reference.commands.commands()
    monkeypatch.setattr(reference.commands, "commands", lambda: {**known, "new": known["status"]})
    assert reference.commands.unshown() == ["new"]
    assert "## dragoman new" in reference.commands.page({})


def test_each_mistake_has_its_entry(reference: ModuleType) -> None:
    """Also those of classes that a module would define for itself: they are to stand in errors.py."""
    listed = {each.__name__ for each in reference.mistakes.classes()}
    bases = "|".join(listed)
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "dragoman").rglob("*.py")]
    defined = {name for text in sources for name in re.findall(rf"^class (\w+)\((?:{bases})\):", text, re.MULTILINE)}
    page = (reference.FOLDER / "errors.md").read_text(encoding="utf-8")
    assert defined | {"DragomanError"} == listed
    assert [name for name in listed if f"| `{name}` |" not in page] == []
    assert [str(status) for status in (0, 1, 2, 130) if f"| {status} |" not in page] == []
