"""Put real output into README.md and pages of docs/: run the command in each ``<!-- output: … -->`` marker, replace the block below.

``python tools/readme.py`` rewrites the pages, ``--check`` only says whether they are current. A marker may cut the output:
``<!-- output: dragoman … | first 12 lines -->``, or ``| 9 lines from "against it"``. Runs only ``dragoman``, without a shell, in the
order of the page; each page has a ledger of its own in a temporary folder.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

from pages import refreshed

ROOT = Path(__file__).resolve().parent.parent
PAGES = tuple(ROOT / name for name in ("README.md", "docs/start.md", "docs/how-it-reads.md"))
_BLOCK = re.compile(r"(?P<marker><!-- output: (?P<command>.+?) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
_CUT = re.compile(r"^(first|last) (\d+) (lines|claims)$")
_FROM = re.compile(r'^(\d+) lines from "(.+)"$')
# what is another with each run or each changed rule; on a page it stands as these words
_UNSTEADY = (
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"), "DAY HH:MM UTC"),
    (re.compile(r"^[0-9a-f]{16}(?= [a-z]+_[a-z]+ )", re.MULTILINE), "DECISION"),
    (re.compile(r"(?<=rulebook sha256:)[0-9a-f]{12}"), "DIGEST"),
    (re.compile(r"(?<=\(decision )[0-9a-f]{16}(?=\))"), "DECISION"),
)


def current(text: str) -> str:
    """Return a page with each block's output as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder, "ledger.sqlite"))
        return _BLOCK.sub(
            lambda block: f"{block['marker']}\n```\n{_output(block['command'], ledger)}\n```\n\n{block['end']}", text
        )


def commands(text: str) -> list[str]:
    """Return the commands of the markers."""
    return [block["command"] for block in _BLOCK.finditer(text)]


def _output(command: str, ledger: str) -> str:
    shown, _, cut = command.partition(" | ")
    program, *arguments = shlex.split(shown)
    if program != "dragoman":
        raise SystemExit(f"{program!r} in a marker; only dragoman is run")
    status, printed, complaints = run_here(arguments, {"DRAGOMAN_LEDGER": ledger, "DRAGOMAN_BOARDS": ""})
    if status:
        raise SystemExit(f"{shown!r} ended with {status}: {complaints}")
    return f"$ {shown}\n{_cut(steady(printed.rstrip()), cut)}"


def run_here(arguments: list[str], settings: Mapping[str, str], place: Path = ROOT) -> tuple[int, str, str]:
    """Return status, output and complaints of a command; all run in this process, so that the model loads once."""
    from dragoman.cli import run

    before, folder, printed = dict(os.environ), Path.cwd(), BytesIO()
    os.environ.update(settings)
    os.chdir(place)
    try:
        with (
            redirect_stdout(TextIOWrapper(printed, encoding="utf-8")) as out,
            redirect_stderr(StringIO()) as complaints,
        ):
            status = run(arguments)
            out.flush()
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(before)
    return status, printed.getvalue().decode(), complaints.getvalue()


def steady(output: str) -> str:
    """Return an output without what is another with each run or each changed rule."""
    for pattern, words in _UNSTEADY:
        output = pattern.sub(words, output)
    return output


def _cut(output: str, cut: str) -> str:
    if not cut:
        return output
    lines = output.splitlines()
    inside = _FROM.match(cut)
    if inside is not None:
        first = next((number for number, line in enumerate(lines) if inside[2] in line), None)
        if first is None:
            raise SystemExit(f"{inside[2]!r} is in no line of what is printed: {cut}")
        return "\n".join(["…", *lines[first : first + int(inside[1])]])
    found = _CUT.match(cut)
    if found is None:
        raise SystemExit(
            f"{cut!r} in a marker; write 'first 12 lines', 'last 1 lines', 'first 1 claims' or '9 lines from \"words\"'"
        )
    end, number = found[1], int(found[2])
    if found[3] == "lines":
        return "\n".join(lines[:number] if end == "first" else lines[-number:])
    claims = json.loads(output)["claims"][:number]
    return json.dumps({"…": "…", "claims": claims}, indent=1, ensure_ascii=False)


def main() -> int:
    """Rewrite the pages, or with ``--check`` return 1 where a block is not current."""
    return refreshed(((page, current(page.read_text(encoding="utf-8"))) for page in PAGES), "make readme")


if __name__ == "__main__":
    sys.exit(main())
