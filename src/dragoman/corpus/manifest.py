"""What a whole run came to: its files with their hashes, what was counted, what could not be read, which shards were set aside."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from dragoman.corpus.hashed import fits
from dragoman.corpus.places import joined, read_bytes, removed, written
from dragoman.corpus.shard import read_marker
from dragoman.corpus.types import Done, Fault, Job, Plan, Written
from dragoman.errors import NO_JSON, CorpusError

MANIFEST, FAULTS, DUPLICATES = "manifest.json", "faults.jsonl", "duplicates.jsonl"
COUNTED = ("reports", "sentences", "claims", "events", "records", "copies")


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """A shard that failed three times: which files it reads, and why it failed last."""

    shard: str
    why: str
    reads: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to. No clock, no machine and no number of workers is in it: the same corpus gives the same manifest.

    ``counts`` has reports, sentences, claims, events, records (where a format has them), copies, faults and duplicates;
    ``languages`` counts texts, read or not; ``files`` are sorted by name; ``merged`` are files in which all shards stand, where
    that was asked for.
    """

    version: str
    rulebook: str
    model: str
    formats: tuple[str, ...]
    shards: int
    counts: dict[str, int]
    languages: dict[str, int]
    files: tuple[Written, ...]
    merged: tuple[Written, ...] = ()
    aside: tuple[Aside, ...] = ()
    guesses: tuple[str, ...] = ()


class Sums:
    """What the markers of a run sum up to, read one at a time; faults go to their file on the way."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.files: list[Written] = []

    def faults(self, out: str, plan: Plan, aside: Mapping[str, str]) -> Iterator[Fault]:
        """Yield what could not be read, in the order of the corpus; count what the markers say."""
        yield from plan.faults
        for shard in plan.shards:
            if shard.id not in aside:
                done = marker(out, shard.id)
                self._add(done)
                yield from done.faults

    def total(self, *, records: bool) -> dict[str, int]:
        """Return what was counted, by name; records only where they were made."""
        return {name: self.counts[name] for name in COUNTED if records or name != "records"}

    def _add(self, done: Done) -> None:
        self.counts.update({name: getattr(done, name) for name in COUNTED})
        self.languages.update(done.languages)
        self.files += done.files


def marker(out: str, shard: str) -> Done:
    """Return the marker of a shard; raise CorpusError where it is gone."""
    done = read_marker(out, shard)
    if done is None:
        found = f"the marker of shard {shard} is gone or damaged"
        raise CorpusError(where=out, found=found, remedy="go on with --resume: the shard is coded again")
    return done


def write_lines(out: str, name: str, lines: Iterable[msgspec.Struct]) -> tuple[Written, int]:
    """Write a file of JSON lines; return what was written, and how many lines."""
    number, size, hashed = 0, 0, hashlib.sha256()
    with written(joined(out, name)) as file:
        for each in lines:
            line = msgspec.json.encode(each) + b"\n"
            hashed.update(line)
            file.write(line)
            number, size = number + 1, size + len(line)
    return Written(name=name, size=size, sha256=hashed.hexdigest()), number


def write_json(out: str, name: str, value: msgspec.Struct) -> None:
    """Write a file of JSON for people and programs: indented, keys as the type has them."""
    with written(joined(out, name)) as file:
        file.write(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")


def read_manifest(out: str) -> Manifest | None:
    """Return the manifest of a folder of results; None where there is none."""
    try:
        return msgspec.json.decode(read_bytes(joined(out, MANIFEST)), type=Manifest)
    except FileNotFoundError:
        return None


def clear_manifest(out: str) -> None:
    """Take away the manifest and what was put together by it: it says that a run is finished, and one begins."""
    try:
        before = read_manifest(out)
    except NO_JSON:
        before = None
    for each in before.merged if before else ():
        removed(joined(out, each.name))
    removed(joined(out, MANIFEST))


def done_before(job: Job) -> Done | None:
    """Return the marker that the shard of a job bears already, if it is of the same run and its files are there, whole."""
    done = read_marker(job.out, job.shard.id)
    if done is None or (done.shard, done.run) != (job.shard.id, job.run) or not fits(job.out, done.files):
        return None
    return done
