"""docs/python.md: its code runs and gives what it says, and it names all that is public."""

from __future__ import annotations

import doctest
from pathlib import Path

import dragoman
import dragoman.component
from dragoman.component import Config

PAGE = Path(__file__).resolve().parent.parent / "docs" / "python.md"


def test_its_code_gives_what_it_says() -> None:
    done = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert done.attempted > 25
    assert done.failed == 0


def test_it_names_all_that_is_public() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in dragoman.__all__ if name not in text and name != "__version__"] == []
    assert [name for name in Config.__struct_fields__ if f"`{name}`" not in text] == []
