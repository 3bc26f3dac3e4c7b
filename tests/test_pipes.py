"""Where whoever reads our output goes away: what only prints stops quietly, what adds to a ledger goes on to its end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from dragoman.ledger.store import Ledger

REPORTS = 40


def _reader_gone(*arguments: str, lines: int) -> subprocess.CompletedProcess[bytes]:
    """Run a command of whose output so many lines are read."""
    command = [sys.executable, "-m", "dragoman", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        printed = b"".join(run.stdout.readline() for _ in range(lines))
        run.stdout.close()
        complaints = run.stderr.read()
    return subprocess.CompletedProcess(command, run.returncode, printed, complaints)


def test_adding_goes_on_where_the_reader_of_its_output_goes_away(tmp_path: Path) -> None:
    text = "Gondor attacked Mordor on Monday, number {}."
    file, ledger = tmp_path / "reports.jsonl", tmp_path / "one.ledger"
    lines = [json.dumps({"id": f"r{at}", "text": text.format(at)}) for at in range(REPORTS)]
    file.write_text("\n".join(lines), encoding="utf-8")
    done = _reader_gone("add", str(file), "--ledger", str(ledger), lines=1)
    assert done.stdout.startswith(b"added: ")
    assert (done.returncode, done.stderr) == (0, b"")
    kept = Ledger(str(ledger))
    assert len(list(kept.told())) == REPORTS
    kept.close()


def test_what_only_prints_stops_quietly() -> None:
    done = _reader_gone("schema", "board", lines=0)
    assert (done.returncode, done.stderr) == (0, b"")
