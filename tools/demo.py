"""Read the sample reports with their days and outlets, as ``dragoman read`` does, and print their briefs."""

from __future__ import annotations

import os
import shlex
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run ``dragoman read`` on each sample, in one process so that the model loads once; return the worst status."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.chdir(ROOT)
    from dragoman.cli import run

    index = tomllib.loads(Path("samples/index.toml").read_text(encoding="utf-8"))
    worst = 0
    for report in index["report"]:
        day = report["published"].isoformat()
        arguments = ["read", f"samples/{report['file']}", "--published", day, "--outlet", report["outlet"]]
        print(f"$ dragoman {shlex.join(arguments)}\n", flush=True)
        worst = max(worst, run(arguments))
        print(flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
