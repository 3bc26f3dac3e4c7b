"""A shard is coded: its reports are read, what they say is written in each format, and a marker says that it is done.

A pure function, partition in and files out: the same job writes the same bytes on every machine, and nothing stays here.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from io import BytesIO
from typing import BinaryIO

import msgspec

from dragoman.corpus.coding import coded_again, coded_all, coded_first, kept_by, making_of
from dragoman.corpus.hashed import Hashed, fits
from dragoman.corpus.kept import KeptReport, KeptShard, keep, kept_of
from dragoman.corpus.places import joined, read_bytes, written
from dragoman.corpus.prints import ENDING, PRINTS, prints_of
from dragoman.corpus.sources.reading import read_part
from dragoman.corpus.types import Done, Fault, Job, Written, fault_of
from dragoman.errors import NO_JSON, CorpusError, DragomanError, fault_in
from dragoman.export.content import content_of
from dragoman.export.contract import Origin
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
    reader = default_reader(Settings(**job.settings), skim=job.skim)  # type: ignore[arg-type]
    _require_same_rules(job, reader)
    before = _before(job)
    taken = _Taken(job, before.done) if before else _Taken(job)
    if before:
        found = coded_again(reader, job.out, job.shard.id, before.kept)
    elif job.keep_parses:
        found = coded_first(reader, job.out, job.shard.id, taken)
    else:
        found = coded_all(reader, taken, making_of(job.formats, keep=False))
    reports = sorted(taken.sound(found), key=_place)
    origin = origin_of(reader)
    try:
        files = _written(job, origin, reports, before)
    except (OSError, DragomanError):
        raise
    except Exception:  # one report that a format cannot write must not cost the others
        writable = list(_writable(job, origin, reports, taken))
        if len(writable) == len(reports):
            raise
        reports = writable
        files = _written(job, origin, reports, before)
    if job.keep_parses:
        keep(job.out, job.shard.id, kept_by(reader, reports))
    done = taken.done(reports, files)
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
    except (OSError, *NO_JSON):
        return None


@dataclass(frozen=True, slots=True)
class _Before:
    """What a shard came to when it was coded before: its marker, and what was kept of its reports."""

    done: Done
    kept: KeptShard


def _before(job: Job) -> _Before | None:
    """Return what a shard came to before, where all of its reports were kept."""
    done = read_marker(job.out, job.shard.id) if job.keep_parses else None
    kept = kept_of(job.out, job.shard.id) if done is not None and not done.failed else None
    return _Before(done, kept) if done is not None and kept is not None else None


@dataclass(slots=True)
class _Taken:
    """The reports of a job as they are taken in, each id once, and what was counted and found on the way.

    Of a shard that was coded before nothing is taken in: what was counted and found then stands.
    """

    job: Job
    before: Done | None = None
    faults: list[Fault] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    copies: int = 0
    failed: int = 0
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

    def sound(self, found: Iterable[KeptReport | DragomanError]) -> Iterator[KeptReport]:
        """Yield the reports that were coded; keep what is wrong with the others."""
        for each in found:
            if isinstance(each, DragomanError):
                self.fail(each)
            else:
                yield each

    def fail(self, mistake: DragomanError) -> None:
        """Keep a fault of ours in a report."""
        self.failed += 1
        self.fault(mistake)

    def done(self, reports: Sequence[KeptReport], files: Sequence[Written]) -> Done:
        """Return the marker."""
        before, coded = self.before, [each.coded for each in reports]
        return Done(
            shard=self.job.shard.id,
            run=self.job.run,
            files=tuple(files),
            reports=len(coded),
            sentences=sum(each.sentences for each in reports),
            claims=sum(len(each.claims) for each in coded),
            events=sum(len({claim.event_id for claim in each.claims}) for each in coded),
            records=sum(len(records) for each in coded for records in each.records.values()),
            copies=before.copies if before else self.copies,
            failed=self.failed,
            languages=before.languages if before else dict(sorted(self.languages.items())),
            faults=(*(before.faults if before else ()), *self.faults),
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


def _place(kept: KeptReport) -> tuple[date, str]:
    """Return the place of a report in its shard: by day (unknown first), then by id."""
    report = kept.coded.report
    return report.published or date.min, report.id


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


def _written(job: Job, origin: Origin, reports: Sequence[KeptReport], before: _Before | None) -> list[Written]:
    """Write the prints and each format, and return their files by name."""
    content = content_of(origin, (each.coded for each in reports))
    files = [_prints(job, reports, before)]
    for name in job.formats:
        form = format_of(name)
        files.append(_write(job, name, form.ending, partial(form.writer(), content)))
    return sorted(files, key=lambda each: each.name)


def _prints(job: Job, reports: Sequence[KeptReport], before: _Before | None) -> Written:
    """Write the prints of the reports; those of the same texts from before stand, where their file is whole."""
    name = f"{PRINTS}/{job.shard.id}{ENDING}"
    known = {each.name: each for each in before.done.files} if before and before.done.reports == len(reports) else {}
    if name in known and fits(job.out, [known[name]]):
        return known[name]
    return _write(job, PRINTS, ENDING, lambda file: file.write(prints_of(each.coded.report for each in reports)))


def _writable(job: Job, origin: Origin, reports: Iterable[KeptReport], taken: _Taken) -> Iterator[KeptReport]:
    """Yield the reports that all formats can write; what is wrong with another is its fault."""
    writers = [format_of(name).writer() for name in job.formats]
    for each in reports:
        try:
            for write in writers:
                write(content_of(origin, [each.coded]), BytesIO())
        except Exception as fault:  # noqa: BLE001  see above
            taken.fail(fault_in(each.coded.report.source, fault))
        else:
            yield each


def _write(job: Job, folder: str, ending: str, write: Callable[[BinaryIO], object]) -> Written:
    """Write a file of results whole, and return its name, size and hash."""
    name = f"{folder}/{job.shard.id}{ending}"
    with written(joined(job.out, name)) as file:
        hashed = Hashed(file)
        write(hashed)  # type: ignore[arg-type]
    return Written(name=name, size=hashed.size, sha256=hashed.digest())
