"""Put real output into README.md: run the command in each ``<!-- output: … -->`` marker, replace the block below.

``python tools/readme.py`` rewrites the file, ``--check`` only says whether it is current. A marker may cut the output:
``<!-- output: dragoman … | first 12 lines -->``. Runs only ``dragoman``, without a shell, in the order of the page and with a
ledger of its own in a temporary folder.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"(?P<marker><!-- output: (?P<command>.+?) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
_CUT = re.compile(r"^(first|last) (\d+) (lines|claims)$")


def current(text: str) -> str:
    """Return the README with each block's output as it is now."""
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
        raise SystemExit(f"README.md: {program!r} in a marker; only dragoman is run")
    run = [sys.executable, "-m", "dragoman", *arguments]
    environment = {**os.environ, "DRAGOMAN_LEDGER": ledger, "DRAGOMAN_BOARDS": ""}
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"README.md: {shown!r} ended with {done.returncode}: {done.stderr}")
    return f"$ {shown}\n{_cut(done.stdout.rstrip(), cut)}"


def _cut(output: str, cut: str) -> str:
    if not cut:
        return output
    found = _CUT.match(cut)
    if found is None:
        raise SystemExit(f"README.md: {cut!r} in a marker; write 'first 12 lines', 'last 1 lines' or 'first 1 claims'")
    end, number = found[1], int(found[2])
    if found[3] == "lines":
        lines = output.splitlines()
        return "\n".join(lines[:number] if end == "first" else lines[-number:])
    claims = json.loads(output)["claims"][:number]
    return json.dumps({"…": "…", "claims": claims}, indent=1, ensure_ascii=False)


def main() -> int:
    """Rewrite README.md, or with ``--check`` return 1 where a block is not current."""
    text = README.read_text(encoding="utf-8")
    fresh = current(text)
    if "--check" in sys.argv[1:]:
        if fresh != text:
            print("README.md: output is not current; run make readme", file=sys.stderr)
        return int(fresh != text)
    README.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
