"""Parses as tables, and a store of them: what was parsed once by the same pipeline is read again without it.

The store is a DocBin of spaCy with a digest for each piece of text: of the piece as it was parsed and of all that its parse rests
on. A piece that is not found, or a store of another model or version, is parsed anew, so that a stale store costs time and
changes nothing (docs/decisions/0011-batches.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from spacy.tokens import Doc

FORM = 1  # of what is stored; raised where unquoted.py or headings.py come to parse otherwise
_COLUMNS = ("ORTH", "TAG", "DEP", "HEAD", "SENT_START")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A parsed piece as lists over its tokens; heads and offsets count from its start.

    ``words`` are as they stand, ``forms`` as they were parsed; ``begins`` has the tokens that begin a sentence.
    """

    words: list[str]
    forms: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    begins: list[int]


def key_of(text: str, rests_on: str = "") -> bytes:
    """Return the digest of a piece as it is parsed, and of what else its parse rests on."""
    return blake2b(f"{rests_on}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def table_of(doc: Doc, surface: Doc) -> Table:
    """Return a parse as lists; its words may have other forms than in the text, ``surface``, and are as many."""
    starts, lengths = (column.tolist() for column in surface.to_array(["IDX", "LENGTH"]).T)
    text = surface.text
    words = [text[start : start + length] for start, length in zip(starts, lengths, strict=True)]
    return _table(doc.to_array(list(_COLUMNS)), doc.vocab.strings, words, starts)


def _table(columns: Any, strings: Any, words: list[str], starts: list[int]) -> Table:
    """Return the table of an array whose columns are those of a parse, with the words as they stand and where they begin."""
    orths, tags, deps = (column.tolist() for column in columns.T[:3])
    heads, begun = (column.astype("int64").tolist() for column in columns.T[3:])
    named = {number: strings[number] for number in {*orths, *tags, *deps}}
    return Table(
        words=words,
        forms=[named[number] for number in orths],
        tags=[named[number] for number in tags],
        deps=[named[number] for number in deps],
        heads=[token + head for token, head in enumerate(heads)],
        starts=starts,
        ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
        begins=[token for token, begins in enumerate(begun) if begins == 1 or not token],
    )


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A store as it is written: what its parses were ``made`` by, a digest for each, and two DocBins.

    ``surfaces`` has, for a parse whose words have other forms than in the text, the place of the text in the second.
    """

    made: str
    keys: tuple[bytes, ...]
    surfaces: dict[int, int]
    parsed: bytes
    texts: bytes


class Parses:
    """Parses by digest, to be found again or added to; ``made`` says by what pipeline.

    Of what was stored, only what is asked for becomes a table. ``added`` counts the new ones.
    """

    def __init__(self, made: str) -> None:
        from spacy.tokens import DocBin

        self.made = made
        self.added = 0
        self._places: dict[bytes, int] = {}
        self._surfaces: dict[int, int] = {}
        self._parsed = DocBin(attrs=list(_COLUMNS))
        self._texts = DocBin(attrs=["ORTH"])
        self._strings: Any = None

    @classmethod
    def of(cls, data: bytes, made: str) -> Parses:
        """Return a stored store; an empty one where it is broken, or was made by another pipeline."""
        from spacy.tokens import DocBin

        store = cls(made)
        try:
            kept = msgspec.msgpack.decode(data, type=Kept)
            if kept.made != made:
                return store
            parsed, texts = DocBin().from_bytes(kept.parsed), DocBin().from_bytes(kept.texts)
        except Exception:  # noqa: BLE001  whatever is wrong with a store, its pieces are parsed anew
            return store
        if len(parsed) == len(kept.keys) and all(place < len(texts) for place in kept.surfaces.values()):
            store._parsed, store._texts = parsed, texts
            store._places = {key: place for place, key in enumerate(kept.keys)}
            store._surfaces = dict(kept.surfaces)
        return store

    def __len__(self) -> int:
        return len(self._places)

    def to_bytes(self) -> bytes:
        """Return the store as it is written: the same parses added in the same order give the same bytes."""
        kept = Kept(
            made=self.made,
            keys=tuple(self._places),
            surfaces=self._surfaces,
            parsed=self._parsed.to_bytes(),
            texts=self._texts.to_bytes(),
        )
        return msgspec.msgpack.encode(kept)

    def add(self, key: bytes, doc: Doc, surface: Doc) -> None:
        """Keep a parse, and the text that it is of where its words have other forms."""
        if key in self._places:
            return
        place = self._places[key] = len(self._places)
        self._parsed.add(doc)
        if doc is not surface:
            self._surfaces[place] = len(self._texts)
            self._texts.add(surface)
        self.added += 1
        self._strings = None

    def find(self, key: bytes) -> Table | None:
        """Return what was kept for a digest, or None."""
        place = self._places.get(key)
        if place is None:
            return None
        columns = self._parsed.tokens[place]
        order = [list(self._parsed.attrs).index(number) for number in _numbers()]
        of = self._surfaces.get(place)
        bin_, at = (self._parsed, place) if of is None else (self._texts, of)
        strings = self._all_strings()
        words = [strings[number] for number in bin_.tokens[at][:, 0].tolist()]
        return _table(columns[:, order], strings, words, _starts(words, bin_.spaces[at][:, 0].tolist()))

    def _all_strings(self) -> Any:
        if self._strings is None:
            from spacy.strings import StringStore

            self._strings = StringStore(sorted(self._parsed.strings | self._texts.strings))
        return self._strings


def _numbers() -> list[Any]:
    from spacy.attrs import intify_attr  # type: ignore[import-not-found]

    return [intify_attr(name) for name in _COLUMNS]


def _starts(words: Sequence[str], spaces: Sequence[bool]) -> list[int]:
    """Return where each word begins in the text that words and the spaces after them make."""
    starts, at = [], 0
    for word, space in zip(words, spaces, strict=True):
        starts.append(at)
        at += len(word) + bool(space)
    return starts
