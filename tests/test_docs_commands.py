"""What pages show is there: each command line of a page has a command and options that the program has, each Python block compiles."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import ROOT

from dragoman.cli import app

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^(?P<fence>```+)(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(?<!`)`(dragoman [^`\n]+)`(?!`)")
_LINE = re.compile(r"^(?:\$ )?(dragoman (?!desk\]).*)$")


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield the info and the text of each fenced block."""
    for found in _BLOCK.finditer(text):
        yield found["info"].strip(), found["text"]


def lines_of(text: str) -> Iterator[str]:
    """Yield the command lines that a page shows: in its blocks, also over several lines, and in its sentences."""
    for _, block in blocks(text):
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            if found := _LINE.match(line):
                yield found[1]
    yield from (found[1] for found in _INLINE.finditer(_BLOCK.sub("", text)))


@lru_cache(maxsize=1)
def _root() -> Any:
    return typer.main.get_command(app)


def wrong_in(line: str) -> str | None:
    """Return what a command line has that the program has not; output of a program ('dragoman: …') is none."""
    try:
        words = shlex.split(line.replace("[", " ").replace("]", " "), comments=True)[1:]
    except ValueError:
        words = line.split()[1:]
    command, params = _root(), list(_root().params)
    while words and words[0].rstrip(",") in getattr(command, "commands", {}):
        command = command.commands[words.pop(0).rstrip(",")]
        params = list(command.params)
    if command is _root() and words and not words[0].startswith("-"):
        return f"there is no command {words[0]!r}: {line}"
    known = {name for each in params for name in (*each.opts, *each.secondary_opts)} | {"--help"}
    options = [word.partition("=")[0].rstrip(",;.:") for word in words if re.match(r"--[a-z]", word)]
    strange = [option for option in options if option not in known]
    return f"{command.name} has no {strange[0]}: {line}" if strange else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_its_commands_are_there(page: Path) -> None:
    found = [wrong for line in lines_of(page.read_text(encoding="utf-8")) if (wrong := wrong_in(line))]
    assert found == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_its_python_compiles(page: Path) -> None:
    for info, text in blocks(page.read_text(encoding="utf-8")):
        if (
            info.split(" ")[0] == "python"
            and ">>>" not in text
            and "dragoman." not in text.split("\n")[0].partition("(")[0]
        ):
            compile(text, str(page), "exec")


RUN = frozenset(
    "README.md docs/start.md docs/how-it-reads.md docs/five-minutes.md docs/python.md docs/reference/commands.md "
    "docs/reference/python.md".split()
)
"""Pages whose blocks are run: by tools/readme.py, tools/reference.py, test_pages.py, test_python_docs.py, and below."""
_RUN_HERE = re.compile(r"<!-- run -->\n+```\n.*?```\n", re.DOTALL)  # by test_ledger_commands.py
NOT_RUN = 'title="not run by the tests"'


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_blocks_that_are_not_run_say_so(page: Path) -> None:
    if page.relative_to(ROOT).as_posix() in RUN:
        return
    shown = [
        text[:60]
        for info, text in blocks(_RUN_HERE.sub("", page.read_text(encoding="utf-8")))
        if (info.startswith("python") or re.search(r"^\$ dragoman ", text, re.MULTILINE)) and NOT_RUN not in info
    ]
    assert shown == []


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    found = [text for info, text in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if info == "python"]
    for text in found:
        exec(compile(text, "README.md", "exec"), {})
    assert "SUPPORT" in capsys.readouterr().out


def test_what_is_not_there_is_found() -> None:
    shown = (
        "```\n$ dragoman status --colour\n$ dragoman briefing x\n```\n"
        "Say `dragoman desk tokens add NAME --for`, or `dragoman add -x`."
    )
    lines = list(lines_of(shown))
    assert len(lines) == 4
    assert [wrong_in(line) for line in lines] == [
        "status has no --colour: dragoman status --colour",
        "there is no command 'briefing': dragoman briefing x",
        None,
        None,
    ]
