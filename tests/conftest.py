"""What several test files share: the samples, one loaded reader, and the command as a process."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import IntakeOptions, read_path
from dragoman.reading.reader import Reader, Reading, default_reader

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update: write what is read now into tests/cases/*.test."""
    parser.addoption("--update", action="store_true", help="write what is read now into tests/cases/*.test")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample report: its file, day and outlet."""

    path: Path
    published: date
    outlet: str

    def report(self) -> Report:
        """Return the sample as read."""
        options = IntakeOptions(published=self.published, outlet=self.outlet)
        report = next(iter(read_path(self.path, options)))
        assert isinstance(report, Report)
        return report


def load_samples() -> list[Sample]:
    """Return the sample reports in the order of their index."""
    index = tomllib.loads((SAMPLES / "index.toml").read_text(encoding="utf-8"))
    return [
        Sample(path=SAMPLES / entry["file"], published=entry["published"], outlet=entry["outlet"])
        for entry in index["report"]
    ]


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Return the one reader of the test process."""
    return default_reader()


def record_told(reader: Reader, text: str, day: date) -> ProcessRecord:
    """Return the record of a report of that day with that body."""
    report = Report(id="own", headline=None, text=text, body_start=0, published=day)
    return record_of(reader.read(report), reader.rulebook.process)


Command = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def dragoman() -> Command:
    """Return a function that runs the command as a process of its own."""

    def run(*arguments: str | Path, given: bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "dragoman", *map(str, arguments)]
        return subprocess.run(command, input=given, capture_output=True, cwd=cwd, check=False, timeout=120)

    return run


@pytest.fixture(scope="session")
def corpus(reader: Reader) -> list[tuple[Reading, ProcessRecord]]:
    """Return the sample corpus of two conflicts, read once for the session, in the order of its files."""
    reports = [each for each in read_path(SAMPLES / "corpus") if isinstance(each, Report)]
    readings = [reader.read(report) for report in reports]
    return [(reading, record_of(reading, reader.rulebook.process)) for reading in readings]
