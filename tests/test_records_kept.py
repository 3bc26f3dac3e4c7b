"""What is read in the sample reports, claim by claim and entry by entry: whoever changes the reading sees here what it changes.

tests/records/*.txt hold what was read last; they do not say that it is right (that is judged: ``make gate``). After a change of
the reading look at the difference: ``make records``, then ``git diff tests/records``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from conftest import SAMPLES, load_samples
from records_told import told

from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.intake import IntakeOptions, read_path
from dragoman.reading.reader import Reader

KEPT = Path(__file__).parent / "records"
GATE = SAMPLES.parent / "gate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A sample report, and the file that holds what was read in it."""

    file: Path
    title: str
    report: Report


def samples() -> Iterator[Kept]:
    """Yield the sample reports: those of samples/, of each file of the sample corpus, and the judged ones that may be studied."""
    for sample in load_samples():
        yield Kept(file=KEPT / "samples.txt", title=sample.path.stem, report=sample.report())
    for path in sorted((SAMPLES / "corpus").glob("*.jsonl")):
        for report in read_path(path, IntakeOptions()):
            assert isinstance(report, Report)
            yield Kept(file=KEPT / f"{path.stem}.txt", title=Path(report.source).name, report=report)
    for path in sorted((GATE / "judged").glob("*.toml")):
        judged = tomllib.loads(path.read_text(encoding="utf-8"))
        if judged["set"] == "look":  # the others are only counted, and nobody looks at them
            options = IntakeOptions(published=judged["published"], outlet=judged["outlet"])
            report = next(iter(read_path(GATE / "reports" / f"{path.stem}.txt", options)))
            assert isinstance(report, Report)
            yield Kept(file=KEPT / "judged.txt", title=path.stem, report=report)


ALL = list(samples())


@pytest.mark.parametrize("kept", ALL, ids=lambda kept: kept.title)
def test_what_is_read_is_what_was_read(kept: Kept, reader: Reader, request: pytest.FixtureRequest) -> None:
    reading = reader.read(kept.report)
    now = told(reading, record_of(reading, reader.rulebook))
    if request.config.getoption("--update"):
        _update(kept, now)
    assert now == sections(kept.file).get(kept.title)


def test_no_more_is_kept_than_is_read() -> None:
    listed = {(kept.file.name, kept.title) for kept in ALL}
    files = [file for file in KEPT.glob("*.txt") if file.name != "relations.txt"]  # test_relations_kept.py
    assert {(file.name, title) for file in files for title in sections(file)} == listed


@lru_cache
def sections(file: Path) -> dict[str, list[str]]:
    """Return the lines under each title."""
    found: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        if line.startswith("== "):
            some = found[line[3:]] = []
        elif line:
            some.append(line)
    return found


def _update(kept: Kept, now: list[str]) -> None:
    known = sections(kept.file) | {kept.title: now}
    order = [each.title for each in ALL if each.file == kept.file]
    titles = [title for title in order if title in known]
    text = "\n\n".join("\n".join([f"== {title}", *known[title]]) for title in titles)
    KEPT.mkdir(exist_ok=True)
    kept.file.write_text(text + "\n", encoding="utf-8")
    sections.cache_clear()
