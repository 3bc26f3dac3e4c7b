"""How a rule is written: the lines of its file, comments above it among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

_TABLE = re.compile(r"\[\[?[\w. ]+\]\]?\s*(?:#.*)?$")


def written_at(place: str) -> str:
    """Return the text of the entry of our rulebook at 'file:line', as its place is given; '' where there is none.

    >>> written_at("cues.toml:3").splitlines()[0]
    '[[cue]]'
    """
    name, _, line = place.rpartition(":")
    if not line.isdigit():
        return ""
    lines, first = _lines(name), int(line) - 1
    if not 0 <= first < len(lines) or not _TABLE.match(lines[first]):
        return ""
    start = _before(lines, first)
    end = next((at for at in range(first + 1, len(lines)) if _TABLE.match(lines[at])), len(lines))
    end = end if end == len(lines) else _before(lines, end)
    return "\n".join(lines[start:end]).strip("\n")


def _before(lines: Sequence[str], at: int) -> int:
    """Return where the comments above an entry begin."""
    while at > 0 and lines[at - 1].startswith("#"):
        at -= 1
    return at


@lru_cache(maxsize=128)
def _lines(name: str) -> tuple[str, ...]:
    path = files("dragoman.rulebook").joinpath(*name.split("/"))
    return tuple(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else ()
