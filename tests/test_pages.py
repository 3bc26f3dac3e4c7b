"""The pages of the manual: each example is read as the page says, each picture is current, each block does what it says."""

from __future__ import annotations

import importlib.util
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT

from dragoman.board import conflicts
from dragoman.cli import run
from dragoman.reading.reader import Reader, default_reader
from dragoman.rulebook.loader import forget

DOCS = ROOT / "docs"
FILE = re.compile(
    r"`(?P<name>[\w.-]+(?:/[\w.-]+)?\.(?:toml|txt))`[^`\n]*:\n\n```(?:toml|text)\n(?P<text>.*?)```", re.DOTALL
)
BLOCK = re.compile(r"```\n(?P<text>\$ dragoman .*?)```", re.DOTALL)


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["codebook.md", "how-it-reads.md", "quality.md"])
def test_each_example_is_read_as_the_page_says(reader: Reader, page: str) -> None:
    examples = tool("examples")
    text = (DOCS / page).read_text(encoding="utf-8")
    assert DOCS / page in examples.PAGES
    assert examples.examples(text)
    assert examples.current(text, reader) == text, "run python tools/examples.py, and look at what changed"


def test_an_example_is_filled_and_its_other_columns_stay(reader: Reader) -> None:
    page = "| Sentence | Claims | Why |\n|---|---|---|\n| Gondor attacked Mordor. | old | so |\n\n| a | b |"
    fresh = tool("examples").current(page, reader)
    assert "| Gondor attacked Mordor. | **ASSAULT** gondor → mordor | so |\n\n| a | b |" in fresh


def test_every_event_type_has_two_examples() -> None:
    text = (DOCS / "codebook.md").read_text(encoding="utf-8").partition("## Borderlines")[0]
    for event in (
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
        "COERCE ASSAULT"
    ).split():
        assert len(re.findall(rf"^\| [^|]+ \| \*\*{event}\*\* [^;|]+ \|$", text, re.MULTILINE)) >= 2, event


def test_a_picture_of_clauses_is_current(reader: Reader) -> None:
    pictures = tool("clause_pictures")
    for name, sentence in pictures.SENTENCES.items():
        drawn = (DOCS / "pictures" / f"clauses-{name}.svg").read_text(encoding="utf-8")
        assert pictures.picture(reader, sentence) == drawn, "run python tools/clause_pictures.py"
        assert "Clause &#x27;" in drawn.partition("<desc")[2].partition("</desc>")[0]


def test_the_picture_of_the_layers_has_each_in_its_order() -> None:
    layers = tool("layer_picture")
    names, inside = layers.order()
    drawn = (DOCS / "pictures" / "layers.svg").read_text(encoding="utf-8")
    found = re.findall(r'class="name"[^>]*>([^<]+)<', drawn)
    assert found == list(names), "run python tools/layer_picture.py"
    assert re.findall(r'class="name"[^>]*>([^<]+)<', layers.picture(names, inside)) == found
    with pytest.raises(SystemExit, match="nothing says what attic does"):
        layers.picture((*names, "attic"), inside)


def _forget(name: str) -> None:
    """Let go of what was loaded before a file was written: a user's commands are processes of their own."""
    if name.startswith(("my-rules", "my-roster")):
        default_reader.cache_clear()
        forget()
    if "/" in name:
        conflicts._load.cache_clear()


def test_a_block_does_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (DOCS / "five-minutes.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for folder in ("my-rules", "my-roster", "my-conflicts"):
        (tmp_path / folder).mkdir()
    done = 0
    for part in re.split(r"\n(?=\*\*Step \d|## )", text):
        for file in FILE.finditer(part):
            (tmp_path / file["name"]).write_text(file["text"], encoding="utf-8")
            _forget(file["name"])
        for block in BLOCK.finditer(part):
            for piece in block["text"].split("$ dragoman ")[1:]:
                command, *wanted = piece.strip("\n").split("\n")
                run(shlex.split(command))
                printed = capsys.readouterr().out
                missing = [line for line in wanted if line.strip() not in printed]
                assert missing == [], printed
                done += 1
    assert done == 7
    assert run(["rules", "check"]) == 0, capsys.readouterr().out  # with a roster and a frame of one's own
