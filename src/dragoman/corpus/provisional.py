"""Until the sources are there: a plan of files of this machine, read as dragoman read reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.corpus.types import File, Part, Plan, Shard, Taking
from dragoman.errors import CorpusError
from dragoman.reading.intake import IntakeOptions, Taken, read_path


def plan_of(corpus: Sequence[str], taking: Taking, shard_size: int = 500, form: str | None = None) -> Plan:
    """Return the shards of files and folders."""
    paths = [each for name in corpus for each in _files(Path(name))]
    if not paths:
        raise CorpusError(where=" ".join(corpus), found="there is no report in it", remedy="give files or folders")
    parts = []
    for path in paths:
        count = sum(bool(line.strip()) for line in path.open("rb")) if path.suffix == ".jsonl" else 1
        parts += [
            Part(path=str(path), form="path", first=first, count=min(shard_size, count - first))
            for first in range(0, count, shard_size)
        ]
    shards: list[list[Part]] = [[]]
    for part in parts:
        if sum(each.count or 0 for each in shards[-1]) + (part.count or 0) > shard_size:
            shards.append([])
        shards[-1].append(part)
    made = tuple(Shard(id=f"{number:06}", parts=tuple(each)) for number, each in enumerate(shards, 1))
    return Plan(corpus=tuple(corpus), shards=made, files=tuple(_known(path) for path in paths))


def _known(path: Path) -> File:
    data = path.read_bytes()
    return File(path=str(path), size=len(data), mark=hashlib.sha256(data).hexdigest())


def _files(path: Path) -> list[Path]:
    return sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]


def read_part(part: Part, taking: Taking) -> Iterator[Taken]:
    """Yield the reports of a part."""
    options = IntakeOptions(published=taking.published, outlet=taking.outlet, max_chars=taking.max_chars)
    for number, taken in enumerate(read_path(Path(part.path), options)):
        if part.first <= number < part.first + (part.count or 1):
            yield taken
