"""A shard is coded: its reports are read, what they say is written in each format, and a marker says that it is done.

A pure function, partition in and files out: the same job writes the same bytes on every machine, and nothing stays here.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

import msgspec

from dragoman.corpus.places import joined, read_bytes, written
from dragoman.corpus.prints import ENDING, PRINTS, prints_of
from dragoman.corpus.provisional import read_part
from dragoman.corpus.types import Done, Fault, Job, Written, fault_of
from dragoman.errors import CorpusError, DragomanError, fault_in
from dragoman.export.content import Coded, content_of
from dragoman.export.contract import record_forms
from dragoman.export.formats.table import format_of
from dragoman.export.whole import origin_of
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.reader import Reader, Reading, default_reader
from dragoman.settings import Settings

DONE = "done"


def code_shard(job: Job) -> Done:
    """Write what the reports of a shard say, and its marker; return the marker. What was written before is written over.

    A report that cannot be read is a fault in the marker. Raise CorpusError where this process has other rules than the run.
    """
    reader = default_reader(Settings(**job.settings))  # type: ignore[arg-type]
    _require_same_rules(job, reader)
    taken = _Taken(job)
    coded = sorted(_coded(reader, taken), key=_place)
    content = content_of(origin_of(reader), coded)
    files = [_write(job, PRINTS, ENDING, lambda file: file.write(prints_of(each.report for each in coded)))]
    for name in job.formats:
        form = format_of(name)
        writer = form.writer()
        files.append(_write(job, name, form.ending, lambda file, writer=writer: writer(content, file)))  # type: ignore[misc]
    done = taken.done(coded, sorted(files, key=lambda each: each.name))
    with written(marker_of(job.out, job.shard.id)) as file:
        file.write(msgspec.json.encode(done) + b"\n")
    return done


def marker_of(out: str, shard: str) -> str:
    """Return where the marker of a shard is."""
    return joined(out, DONE, f"{shard}.json")


def read_marker(out: str, shard: str) -> Done | None:
    """Return the marker of a shard; None where there is none, or it is no marker."""
    try:
        return msgspec.json.decode(read_bytes(marker_of(out, shard)), type=Done)
    except (OSError, msgspec.DecodeError):
        return None


@dataclass(slots=True)
class _Taken:
    """The reports of a job as they are taken in, each id once, and what was counted and found on the way."""

    job: Job
    faults: list[Fault] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    copies: int = 0
    _seen: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Report]:
        for part in self.job.shard.parts:
            for taken in read_part(part, self.job.taking):
                if isinstance(taken, DragomanError):
                    self.fault(taken)
                elif self._is_new(taken):
                    yield taken

    def fault(self, mistake: DragomanError) -> None:
        """Keep what could not be read."""
        fault = fault_of(mistake)
        if fault.language is not None:
            self.languages[fault.language] += 1
        self.faults.append(fault)

    def done(self, coded: list[Coded], files: list[Written]) -> Done:
        """Return the marker."""
        return Done(
            shard=self.job.shard.id,
            files=tuple(files),
            reports=len(coded),
            sentences=self.sentences,
            claims=sum(len(each.claims) for each in coded),
            events=sum(len({claim.event_id for claim in each.claims}) for each in coded),
            records=sum(len(records) for each in coded for records in each.records.values()),
            copies=self.copies,
            languages=dict(sorted(self.languages.items())),
            faults=tuple(self.faults),
        )

    def _is_new(self, report: Report) -> bool:
        """Return whether no report before had its id; note what it is if one had."""
        self.languages[report.language] += 1
        content = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
        before = self._seen.get(report.id)
        if before is None:
            self._seen[report.id] = content
            return True
        if before == content:
            self.copies += 1
        else:
            found, remedy = f"another text before it has the id {report.id!r} too", "give each report an id of its own"
            self.fault(DragomanError(where=report.source, found=found, remedy=remedy))
        return False


def _coded(reader: Reader, taken: _Taken) -> Iterator[Coded]:
    """Yield what was read in each report; a fault of ours in one is kept, and costs no other."""
    for reading in reader.read_all(taken):
        if isinstance(reading, DragomanError):
            taken.fault(reading)
            continue
        try:
            coded = _coded_of(reader, reading)
        except Exception as fault:  # noqa: BLE001
            taken.fault(fault_in(reading.report.source, fault))
            continue
        taken.sentences += len(reading.sentences)
        yield coded


def _coded_of(reader: Reader, reading: Reading) -> Coded:
    """Return a reading with its records; claims in the order of the text."""
    record = record_of(reading, reader.rulebook.process)
    claims = tuple(sorted(reading.claims, key=lambda claim: claim.evidence.start))
    return Coded(
        report=reading.report,
        entities=reading.entities,
        claims=claims,
        records=record_forms(record, claims),
    )


def _place(coded: Coded) -> tuple[date, str]:
    """Return the place of a report in its shard: by day (unknown first), then by id."""
    return coded.report.published or date.min, coded.report.id


def _require_same_rules(job: Job, reader: Reader) -> None:
    for what, asked, mine in (
        ("rulebook", job.rulebook, reader.rulebook.digest),
        ("model", job.model, reader.parser.name),
    ):
        if asked not in (None, mine):
            found = f"the worker has the {what} {mine}, the run is made with {asked}"
            raise CorpusError(
                where=f"shard {job.shard.id}", found=found, remedy="install the same Dragoman on all machines"
            )


def _write(job: Job, folder: str, ending: str, write: Callable[[BinaryIO], object]) -> Written:
    """Write a file of results whole, and return its name, size and hash."""
    name = f"{folder}/{job.shard.id}{ending}"
    with written(joined(job.out, name)) as file:
        hashed = _Hashed(file)
        write(hashed)  # type: ignore[arg-type]
    return Written(name=name, size=hashed.size, sha256=hashed.digest())


class _Hashed:
    """A file that is written to from beginning to end, with its size and hash."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def tell(self) -> int:
        return self.size

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self.flush()

    def digest(self) -> str:
        return self._hash.hexdigest()
