"""A shard is coded: its reports are read, what they say is written in each format, and a marker says that it is done.

A pure function, partition in and files out: the same job writes the same bytes on every machine, and nothing stays here.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

import msgspec

from dragoman.corpus.coding import coded_again, coded_all, kept_by
from dragoman.corpus.kept import KeptReport, keep, kept_of
from dragoman.corpus.places import joined, read_bytes, written
from dragoman.corpus.prints import ENDING, PRINTS, prints_of
from dragoman.corpus.provisional import read_part
from dragoman.corpus.types import Done, Fault, Job, Written, fault_of
from dragoman.errors import CorpusError, DragomanError
from dragoman.export.content import Coded, content_of
from dragoman.export.formats.table import format_of
from dragoman.export.whole import origin_of
from dragoman.model import Report
from dragoman.reading.reader import Reader, default_reader
from dragoman.settings import Settings

DONE = "done"


def code_shard(job: Job) -> Done:
    """Write what the reports of a shard say, and its marker; return the marker. What was written before is written over.

    A report that cannot be read is a fault in the marker. Raise CorpusError where this process has other rules than the run.
    """
    reader = default_reader(Settings(**job.settings))  # type: ignore[arg-type]
    _require_same_rules(job, reader)
    reports, counts = _reports(reader, job)
    coded = [each.coded for each in reports]
    content = content_of(origin_of(reader), coded)
    files = [_write(job, PRINTS, ENDING, lambda file: file.write(prints_of(each.report for each in coded)))]
    for name in job.formats:
        form = format_of(name)
        writer = form.writer()
        files.append(_write(job, name, form.ending, lambda file, writer=writer: writer(content, file)))  # type: ignore[misc]
    if job.keep_parses:
        keep(job.out, job.shard.id, kept_by(reader, reports))
    done = msgspec.structs.replace(
        counts, rulebook=reader.rulebook.digest, files=tuple(sorted(files, key=lambda each: each.name))
    )
    with written(marker_of(job.out, job.shard.id)) as file:
        file.write(msgspec.json.encode(done) + b"\n")
    return done


def _reports(reader: Reader, job: Job) -> tuple[list[KeptReport], Done]:
    """Return the reports of a shard as coded, in order, and what was counted; of one that was coded before, from what is kept."""
    before = read_marker(job.out, job.shard.id) if job.keep_parses else None
    kept = kept_of(job.out, job.shard.id) if before is not None and not before.failed else None
    taken = _Taken(job)
    found = coded_again(reader, job.out, kept) if kept else coded_all(reader, taken, words=job.keep_parses)
    reports = []
    for each in found:
        if isinstance(each, DragomanError):
            taken.fail(each)
        else:
            reports.append(each)
    reports.sort(key=lambda each: _place(each.coded))
    return reports, _counted(taken.done(before if kept is not None else None), reports)


def _counted(done: Done, reports: Sequence[KeptReport]) -> Done:
    """Return a marker with what was counted in reports."""
    coded = [each.coded for each in reports]
    return msgspec.structs.replace(
        done,
        reports=len(reports),
        sentences=sum(each.sentences for each in reports),
        claims=sum(len(each.claims) for each in coded),
        events=sum(len({claim.event_id for claim in each.claims}) for each in coded),
        records=sum(len(records) for each in coded for records in each.records.values()),
    )


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
    failed: int = 0
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

    def fail(self, mistake: DragomanError) -> None:
        """Keep a fault of ours in the reading of a report."""
        self.failed += 1
        self.fault(mistake)

    def done(self, before: Done | None) -> Done:
        """Return a marker of what was taken in; that of a coding before with what failed now, where nothing was taken in."""
        if before is not None:
            return msgspec.structs.replace(before, faults=(*before.faults, *self.faults), failed=self.failed)
        return Done(
            shard=self.job.shard.id,
            files=(),
            copies=self.copies,
            failed=self.failed,
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
