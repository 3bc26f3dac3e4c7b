"""The types that a corpus is coded by: what a plan says, what a worker is given, and what it leaves behind.

They are written to files as JSON, so that a run can be taken up again by another process or machine.
"""

from __future__ import annotations

from datetime import date

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Records ``first`` to ``first + count`` (excluded) of a file, counted from 0; without ``count``, to its end.

    ``offset`` is the byte at which the first of them begins, where the form of the file lets one begin there.
    ``form`` is the name of its source (corpus/sources).
    """

    path: str
    form: str
    first: int = 0
    count: int | None = None
    offset: int | None = None


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """What is coded in one go, and written to files of its own. Shards are numbered in the order of the corpus: '000001'."""

    id: str
    parts: tuple[Part, ...]


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be read: where, what was found, and what to do about it."""

    where: str
    found: str
    remedy: str


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Which column of a table holds what; None: found by its name."""

    text: str | None = None
    headline: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    id: str | None = None


class Taking(msgspec.Struct, frozen=True, kw_only=True):
    """How reports are taken in: what the user knows of those that state none, the longest, which columns hold what."""

    published: date | None = None
    outlet: str | None = None
    max_chars: int = 1_000_000
    columns: Columns = Columns()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The shards of a corpus, what of it cannot be read at all, and what was guessed (columns), in words."""

    corpus: tuple[str, ...]
    shards: tuple[Shard, ...]
    faults: tuple[Fault, ...] = ()
    guesses: tuple[str, ...] = ()


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to code a shard, whatever machine it runs on.

    ``rulebook`` and ``model`` are what the run is made with: a worker that has others refuses.
    """

    shard: Shard
    out: str
    formats: tuple[str, ...]
    taking: Taking = Taking()
    settings: dict[str, str | int | None] = {}
    keep_parses: bool = False
    rulebook: str | None = None
    model: str | None = None


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file of results: its name in the folder of results, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a shard: its files, what was counted in it, and what in it could not be read.

    ``copies`` are reports that stood in the shard more than once (the same id): each is coded once. ``languages`` counts
    the texts by language, those that are not read, too.
    """

    shard: str
    files: tuple[Written, ...]
    reports: int = 0
    sentences: int = 0
    claims: int = 0
    events: int = 0
    records: int = 0
    copies: int = 0
    languages: dict[str, int] = {}
    faults: tuple[Fault, ...] = ()
