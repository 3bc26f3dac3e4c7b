"""What the tools share that write pages and pictures from the program: only what is not current is written, or said."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path


def refreshed(fresh: Iterable[tuple[Path, str]], remedy: str) -> int:
    """Write the files that are not current; with ``--check`` only say which they are, and return 1 where there are such."""
    stale = 0
    for path, text in fresh:
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if "--check" in sys.argv[1:]:
            print(f"{path.name} is not current; run {remedy}", file=sys.stderr)
            stale = 1
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return stale
