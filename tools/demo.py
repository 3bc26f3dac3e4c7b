"""Read the sample reports and print their briefs, follow conflicts through the sample corpus, and say how to open the desk on it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Command = tuple[str, ...]
DEMO = ".demo"
SETTINGS = {
    "ledger": f"{DEMO}/ledger.sqlite", "boards": f"{DEMO}/boards", "conflicts": "samples/conflicts",
}  # fmt: skip
FOLLOWED = (("libya", "2020-01-13", "2020-01-20"), ("sorvia", "2021-03-12", "2021-03-20"))


def main() -> int:
    """Run the commands of the demo, in one process so that the model loads once; return the worst status."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.chdir(ROOT)
    from dragoman.cli import run

    shutil.rmtree(DEMO, ignore_errors=True)
    Path(DEMO).mkdir()
    settings = Path(DEMO, "dragoman.toml")
    settings.write_text(
        "".join(f"{name} = {json.dumps(value)}\n" for name, value in SETTINGS.items()), encoding="utf-8"
    )
    os.environ |= {f"DRAGOMAN_{name.upper()}": value for name, value in SETTINGS.items()}
    worst = max(_shown(command, run) for command in (*readings(), *following()))
    print("The sample ledger is kept. To look at it in a browser, check it and decide:\n")
    print(f"  .venv/bin/dragoman desk --settings {settings}\n")
    print("and open http://127.0.0.1:8765 (Ctrl-C ends it).")
    return worst


def readings() -> Iterator[Command]:
    """Yield the commands that read the sample reports."""
    index = tomllib.loads(Path("samples/index.toml").read_text(encoding="utf-8"))
    for report in index["report"]:
        day = report["published"].isoformat()
        yield ("read", f"samples/{report['file']}", "--published", day, "--outlet", report["outlet"])


def following() -> Iterator[Command]:
    """Yield the commands that add the sample corpus to a ledger and print the briefs of its conflicts."""
    yield ("add", "samples/corpus")
    for conflict, since, day in FOLLOWED:
        yield ("brief", conflict, "--since", since, "--as-of", day)


def _shown(command: Command, run: Callable[[list[str]], int]) -> int:
    """Print a command and what it prints; of ``add``, which has a line for each report, the last one."""
    print(f"$ dragoman {shlex.join(command)}\n", flush=True)
    if command[0] != "add":
        status = run(list(command))
    else:
        with redirect_stdout(StringIO()) as printed:
            status = run(list(command))
        print(printed.getvalue().splitlines()[-1])
    print(flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
