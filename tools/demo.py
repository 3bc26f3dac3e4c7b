"""Read the sample reports with their days and outlets, as ``dragoman read`` does, and print their briefs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run ``dragoman read`` once for each sample; return the worst exit status."""
    index = tomllib.loads((ROOT / "samples" / "index.toml").read_text(encoding="utf-8"))
    command = Path(sys.executable).with_name("dragoman")
    worst = 0
    for report in index["report"]:
        file = f"samples/{report['file']}"
        options = ["--published", report["published"].isoformat(), "--outlet", report["outlet"]]
        print(f"$ dragoman read {file} {options[0]} {options[1]} {options[2]} {options[3]!r}\n", flush=True)
        worst = max(worst, subprocess.run([command, "read", file, *options], cwd=ROOT, check=False).returncode)
        print(flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
