"""Write docs/reference from the program itself: ``python tools/reference.py``; ``--check`` only says what is not current.

Commands come from the command line's own tables, settings from ``Settings``, keys from the loader's tables, the API from its OpenAPI,
event types from the model, mistakes and public names from their docstrings. Examples of commands are run, without a shell, in a
temporary folder with three of the samples. What has no words is an error here: nothing in the program is without help.
"""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pages import refreshed
from readme import run_here, steady
from reference_pages import api, commands, events, mistakes, public, rulebook, settings
from reference_pages.words import MissingWordsError

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": settings.page,
    "rulebook.md": rulebook.page,
    "events.md": events.page,
    "api.md": api.page,
    "errors.md": mistakes.page,
    "python.md": public.page,
}
_ROWS = "id\tsentence\tsource\ttarget\n1\tGondor accused Mordor of shelling the port.\tGondor\tMordor\n"
_SETTINGS = {"DRAGOMAN_BOARDS": "", "COLUMNS": "100"}
_SAMPLES = ("06-colombia-bogota.txt", "08-aceh-helsinki.txt", "10-libya-geneva.txt")


def pages(outputs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page; ``outputs`` are what the examples of commands print."""
    for name, made in PAGES.items():
        yield name, made()
    yield "commands.md", commands.page(outputs)


def kept_outputs() -> dict[str, str]:
    """Return the outputs of examples as the page of commands has them now."""
    page = FOLDER / "commands.md"
    return commands.outputs_in(page.read_text(encoding="utf-8")) if page.exists() else {}


def run_outputs() -> dict[str, str]:
    """Return the outputs of the examples as they are when they are run, one after another, in a folder with samples."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in _SAMPLES:
            (place / name.partition("-")[2]).write_bytes((ROOT / "samples" / name).read_bytes())
        (place / "rows.tsv").write_text(_ROWS, encoding="utf-8")
        return {example.line: _output(example.line, place) for example in commands.examples()}


def _output(line: str, place: Path) -> str:
    _, *arguments = shlex.split(line)
    status, printed, complaints = run_here(arguments, _SETTINGS, place)
    if status:
        raise SystemExit(f"{line}: ended with {status}: {complaints}")
    return commands.steady(steady((printed + complaints).rstrip()).replace(str(place), "…"))


def main() -> int:
    """Write the pages, or say which are not current."""
    for name in [name for name in os.environ if name.startswith("DRAGOMAN_")]:
        del os.environ[name]  # the examples are those of one who has set nothing
    try:
        made = [(FOLDER / name, text) for name, text in pages(run_outputs())]
    except MissingWordsError as missing:
        print(missing, file=sys.stderr)
        return 1
    return refreshed(made, "make reference")


if __name__ == "__main__":
    sys.exit(main())
