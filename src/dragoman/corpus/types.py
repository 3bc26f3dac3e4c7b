"""The types that a corpus is coded by: what a plan says, what a worker is given, and what it leaves behind.

They are written to files as JSON, so that a run can be taken up again by another process or machine.
"""

from __future__ import annotations

from datetime import date

import msgspec

from dragoman.errors import DragomanError, LanguageError


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
    """What could not be read: where, what was found, and what to do about it; the language of a text that is in another."""

    where: str
    found: str
    remedy: str
    language: str | None = None


def fault_of(mistake: DragomanError) -> Fault:
    """Return a mistake as it is written to files.

    >>> fault_of(DragomanError(where="a.txt", found="it is empty", remedy="leave it out")).where
    'a.txt'
    """
    language = mistake.language if isinstance(mistake, LanguageError) else None
    return Fault(where=mistake.where, found=mistake.found, remedy=mistake.remedy, language=language)


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Which column of a table holds what; None: found by its name."""

    text: str | None = None
    headline: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    id: str | None = None


class Taking(msgspec.Struct, frozen=True, kw_only=True):
    """How reports are taken in: what the user knows of those that state none, the longest, which columns hold what.

    ``form`` is the form that all files are read in, whatever they look like; ``day_first`` how '04/03/2020' is read.
    """

    published: date | None = None
    outlet: str | None = None
    max_chars: int = 1_000_000
    columns: Columns = Columns()
    form: str | None = None
    day_first: bool | None = None


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was planned: its size in bytes, and the SHA-256 of its size, beginning and end, by which a change is found out."""

    path: str
    size: int
    mark: str


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The shards of a corpus, the files that they are read from, what cannot be read at all, and what was guessed, in words."""

    corpus: tuple[str, ...]
    shards: tuple[Shard, ...]
    files: tuple[File, ...] = ()
    faults: tuple[Fault, ...] = ()
    guesses: tuple[str, ...] = ()


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to code a shard, whatever machine it runs on.

    With ``skim``, what tells of no conflict by its words is not parsed (reading/skim.py).
    ``rulebook`` and ``model`` are what the run is made with: a worker that has others refuses. ``run`` is the mark of
    what was asked for, which the marker of the shard bears too.
    """

    shard: Shard
    out: str
    formats: tuple[str, ...]
    taking: Taking = Taking()
    settings: dict[str, str | int | None] = {}
    keep_parses: bool = False
    skim: bool = True
    rulebook: str | None = None
    model: str | None = None
    run: str = ""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file of results: its name in the folder of results, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a shard: its files, what was counted in it, and what in it could not be read.

    ``copies``: reports that stood in the shard before, word for word and with the same id; each is coded once.
    ``failed``: reports on which our code failed; they are among the faults.
    ``languages``: code -> reports in it, those counted too that were not read because of theirs.
    """

    shard: str
    run: str = ""
    files: tuple[Written, ...]
    reports: int = 0
    sentences: int = 0
    claims: int = 0
    events: int = 0
    records: int = 0
    copies: int = 0
    failed: int = 0
    languages: dict[str, int] = {}
    faults: tuple[Fault, ...] = ()
