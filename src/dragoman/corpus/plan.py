"""The plan of a corpus: its files walked once, their records counted, and shared out over shards in a fixed order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec import structs

from dragoman.corpus import places
from dragoman.corpus.sources.forms import form_of_file
from dragoman.corpus.sources.reading import SOURCES, source_of
from dragoman.corpus.sources.unpacked import outside, unreadable
from dragoman.corpus.sources.walk import Walked, walk
from dragoman.corpus.types import File, Part, Plan, Shard, Taking, fault_of
from dragoman.errors import CorpusError, IntakeError

_END = 1 << 16
_BYTES = 64 << 20


def plan_of(corpus: Sequence[str], taking: Taking, size: int = 500) -> Plan:
    """Return the plan of a corpus: shards of at most ``size`` records and about 64 MB, and what of it cannot be read.

    The same files and the same taking give the same plan. Raises CorpusError where there is no form of that name.
    """
    if taking.form is not None and taking.form not in SOURCES:
        remedy = f"use one of: {', '.join(SOURCES)}"
        raise CorpusError(where="--from", found=f"no form {taking.form!r}", remedy=remedy)
    walked = walk(corpus)
    faults, guesses = list(walked.faults), list(_passed(walked))
    packing, files = _Packing(size), dict[str, File]()
    for path in walked.files:
        archive = outside(path)[0]
        try:
            if archive not in files:
                files[archive] = file_of(archive)
            guesses += _packed(path, taking, packing, files[archive].size)
        except IntakeError as mistake:
            faults.append(mistake)
        except OSError as mistake:
            faults.append(unreadable(path, mistake))
    shards = packing.done()
    read = {outside(part.path)[0] for shard in shards for part in shard.parts}
    return Plan(
        corpus=tuple(corpus),
        shards=shards,
        files=tuple(files[path] for path in sorted(read)),
        faults=tuple(sorted(map(fault_of, faults), key=lambda fault: (fault.where, fault.found))),
        guesses=tuple(guesses),
    )


def file_of(path: str) -> File:
    """Return the size and the mark of a file."""
    with places.opened(path) as file:
        size = file.seek(0, 2)
        mark = hashlib.sha256(str(size).encode())
        for start in sorted({0, max(size - _END, 0)}):
            file.seek(start)
            mark.update(file.read(_END))
    return File(path=path, size=size, mark=mark.hexdigest())


def _passed(walked: Walked) -> Iterator[str]:
    for ending, count in sorted(walked.passed.items()):
        kind = f"that end in {ending}" if ending else "without an ending"
        yield f"files {kind} are passed over: {count}"


def _packed(path: str, taking: Taking, packing: _Packing, size: int) -> tuple[str, ...]:
    """Share the records of a file out over the shards; return what was guessed of it. IntakeError where it has none."""
    form = taking.form or form_of_file(path)
    source = source_of(path, form, taking)
    number, start = -1, 0
    packing.begin(path, form)
    try:
        for number, start in enumerate(source.starts()):
            packing.put(number, start, start if source.enterable else None)
    except (IntakeError, OSError):
        if number < 0:  # else its last part meets it and says so
            raise
    packing.end(size)
    if number < 0:
        raise IntakeError(where=path, found="the file holds no report", remedy="leave it out")
    return source.guesses


@dataclass(slots=True)
class _Packing:
    """Shards as they fill with parts."""

    size: int
    shards: list[Shard] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    part: Part | None = None
    path: str = ""
    form: str = ""
    records: int = 0
    room: int = _BYTES
    last: int = 0

    def begin(self, path: str, form: str) -> None:
        """A file begins."""
        self.path, self.form, self.part, self.last = path, form, None, 0

    def put(self, number: int, start: int, offset: int | None) -> None:
        """Put a record in the shard that has room for it."""
        self.room -= start - self.last
        self.last = start
        if self.records >= self.size or (self.room < 0 and self.records):
            self._close(number)
        if self.part is None:
            self.part = Part(path=self.path, form=self.form, first=number, offset=offset if number else None)
        self.records += 1

    def end(self, size: int) -> None:
        """A file of so many bytes has ended: its last part goes to its end."""
        self.room -= max(size - self.last, 0)
        if self.part is not None:
            self.parts.append(self.part)
            self.part = None

    def done(self) -> tuple[Shard, ...]:
        """Return the shards."""
        self._shut()
        return tuple(self.shards)

    def _close(self, number: int) -> None:
        if self.part is not None:
            self.parts.append(structs.replace(self.part, count=number - self.part.first))
            self.part = None
        self._shut()

    def _shut(self) -> None:
        if self.parts:
            self.shards.append(Shard(id=f"{len(self.shards) + 1:06d}", parts=tuple(self.parts)))
        self.parts, self.records, self.room = [], 0, _BYTES
