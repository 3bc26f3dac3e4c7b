"""What is kept of a shard besides its results, so that it can be coded again without being read again.

Of each report: what was read in it, and its words, by which a change of rules is seen to touch it or not (corpus/touched.py);
and how its paragraphs were parsed (reading/parses.py), for those that a change touches.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import msgspec

from dragoman.corpus.places import joined, read_bytes, written
from dragoman.errors import CorpusError
from dragoman.export.content import Coded
from dragoman.rulebook.types import Rulebook

KEPT, RULES, PARSES = "kept", "rules", "parses"
_SPEED = 1  # of zlib: results are written once and read once


class KeptReport(msgspec.Struct, frozen=True, array_like=True):
    """A report as it was coded, its words joined by spaces, and how many sentences it has."""

    coded: Coded
    words: str
    sentences: int


class KeptShard(msgspec.Struct, frozen=True, kw_only=True):
    """The reports of a shard, and what they were coded by."""

    version: str
    rulebook: str
    model: str
    reports: tuple[KeptReport, ...]


def keep(out: str, shard: str, kept: KeptShard) -> None:
    """Write what is kept of a shard."""
    with written(_path(out, shard)) as file:
        file.write(zlib.compress(msgspec.msgpack.encode(kept), _SPEED))


def kept_of(out: str, shard: str) -> KeptShard | None:
    """Return what is kept of a shard; None where nothing is, or it cannot be read."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(read_bytes(_path(out, shard))), type=KeptShard)
    except (OSError, zlib.error, msgspec.MsgspecError):
        return None


def keep_parses(out: str, shard: str, parses: bytes) -> None:
    """Write how the reports of a shard were parsed (reading/parses.py)."""
    with written(_parses_path(out, shard)) as file:
        file.write(parses)


def parses_of(out: str, shard: str) -> bytes:
    """Return how the reports of a shard were parsed; nothing where it was not kept or cannot be read."""
    try:
        return read_bytes(_parses_path(out, shard))
    except OSError:
        return b""


def keep_rules(out: str, rulebook: Rulebook) -> None:
    """Write a rulebook that results are made by, so that later ones can be compared with it."""
    with written(_rules_path(out, rulebook.digest)) as file:
        file.write(zlib.compress(msgspec.msgpack.encode(rulebook), _SPEED))


def rules_of(out: str, digest: str) -> Rulebook:
    """Return the rulebook of a digest; raise CorpusError where it is not kept."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(read_bytes(_rules_path(out, digest))), type=Rulebook)
    except (OSError, zlib.error, msgspec.MsgspecError) as mistake:
        found = f"the rulebook {digest[:19]}… that the results were made by is not there ({mistake})"
        raise CorpusError(where=out, found=found, remedy="code the corpus anew into another folder") from mistake


def words_in(kept: Iterable[KeptReport]) -> Iterator[frozenset[str]]:
    """Yield the words of each report."""
    return (frozenset(each.words.split(" ")) for each in kept)


def _path(out: str, shard: str) -> str:
    return joined(out, KEPT, f"{shard}.msgpack.z")


def _parses_path(out: str, shard: str) -> str:
    return joined(out, PARSES, f"{shard}.msgpack")


def _rules_path(out: str, digest: str) -> str:
    return joined(out, RULES, f"{digest.removeprefix('sha256:')}.msgpack.z")
