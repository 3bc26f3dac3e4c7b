"""What pages of the reference share: tables, and words that must not be missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MADE = "<!-- Made by tools/reference.py: change the program's own words, then run make reference. -->\n"
_CODE = re.compile(r"``(.+?)``", re.DOTALL)


class MissingWordsError(Exception):
    """Something in the program that has no help text, by its name."""


def needed(words: str | None, what: str) -> str:
    """Return the words; raise where there are none."""
    if words is None or not words.strip():
        raise MissingWordsError(f"{what} has no help text; give it one")
    return words.strip()


def code(text: str) -> str:
    """Return a text as code, whatever quotes it has.

    >>> code("a|b")
    '`a|b`'
    """
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def plain(docstring: str) -> str:
    """Return a docstring's first paragraphs as Markdown: one line a paragraph, no doctest.

    >>> plain("Say it.\\n\\n``a`` is\\nmore.\\n\\n>>> 1\\n1")
    'Say it.\\n\\n`a` is more.'
    """
    paragraphs = [" ".join(part.split()) for part in docstring.strip().split("\n\n")]
    return _CODE.sub(r"`\1`", "\n\n".join(part for part in paragraphs if part and not part.startswith(">>>")))


def doctest(docstring: str) -> str | None:
    """Return a docstring's example, or None."""
    parts = [part for part in docstring.split("\n\n") if part.lstrip().startswith(">>>")]
    return "\n".join(line.strip() for part in parts for line in part.strip("\n").splitlines()) if parts else None


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
