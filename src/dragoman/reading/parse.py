"""Report -> sentences of tokens with tags and dependencies, by any installed spaCy English pipeline.

Only the parser's own steps run: names, lemmas and word classes are looked up where they are needed, which makes
reading three to four times quicker than the pipeline as installed (docs/decisions/0002-parse.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from dragoman.model import Span
from dragoman.reading.headings import Headings
from dragoman.reading.headlines import is_heading, is_titled, past_forms, untitled
from dragoman.reading.lemmas import Lemmas, joined_up
from dragoman.reading.parses import FORM, Parses, Table, key_of, table_of
from dragoman.reading.pipeline import Pipeline, parses
from dragoman.reading.unquoted import QUOTED_WORD, requoted, scare_quotes, without

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LOOKED_UP = ("VB", "VBP", "VBZ", "NN", "NNS", "JJ", "JJR")  # one tag for each way to look a word up
_PARAGRAPH = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_SHORTENED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|[A-Z])\.\Z"
)
# what has no letter for so long is no text, and the tokenizer looks at each mark of it once for each that follows
_MARKS = re.compile(r"[^\w\s]{200,}")
_LONGEST = 3000  # code points: a longer paragraph is parsed in pieces, so that memory stays flat
_QUOTES = str.maketrans("“”„«»‘’‚—–", '"""""\'\'\'--')


class Casing(Protocol):
    """What the parser needs to give a text its ordinary case (same length)."""

    def recase(self, text: str) -> str: ...

    def recase_if_shouted(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: parallel tuples over its tokens. ``heads`` are token indices; a root is its own head.

    ``starts`` and ``ends`` are offsets into the report's text; ``children`` are in text order.
    """

    number: int
    start: int
    end: int
    text: str
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    paragraph: int = 0
    cased: str = ""

    @property
    def read_text(self) -> str:
        """Return the text in which names are sought: as it stands, or in ordinary case where it was all capitals."""
        return self.cased or self.text

    def quote(self, start: int, end: int) -> str:
        """Return the text of tokens start..end (end excluded).

        An empty stretch gives an empty string.
        """
        if start >= end:
            return ""
        return self.text[self.starts[start] - self.start : self.ends[end - 1] - self.start]


class Parser:
    """A pipeline, loaded when the first text is parsed: ``name`` as printed in results, and texts to sentences."""

    def __init__(
        self,
        model: str,
        batch: int = 8,
        casing: Casing | None = None,
        verbs: Iterable[str] = (),
        passives: frozenset[str] = frozenset(),
    ) -> None:
        self._casing = casing
        self._pipeline = Pipeline(model)
        self._batch = batch
        self.name = self._pipeline.name
        tables = self._pipeline.lemma_tables()
        self._lemmas = Lemmas(tables)
        past = past_forms(verbs, tables["verb"][0] if "verb" in tables else {})
        self._headings = Headings(self._pipeline, past, passives)

    def new_parses(self, stored: bytes = b"") -> Parses:
        """Return a store of parses for ``sentences_of``: with what was stored by the same pipeline, or an empty one."""
        made = f"{FORM} {self.name} spaCy {version('spacy')}"
        return Parses.of(stored, made) if stored else Parses(made)

    def forms_of(self, word: str) -> frozenset[str]:
        """Return every dictionary form that a word in small letters may be given, whatever its tag turns out to be."""
        return frozenset(self._lemmas.of(word, tag) for tag in _LOOKED_UP)

    def sentences(self, text: str, skip: Span | None = None) -> tuple[Sentence, ...]:
        """Return the sentences of the text, numbered from 1, each inside one paragraph; ``skip`` (a dateline) is left out."""
        return next(self.sentences_of([(text, skip)]))

    def sentences_of(
        self,
        texts: Sequence[tuple[str, Span | None]],
        left_out: Sequence[frozenset[int]] = (),
        kept: Parses | None = None,
    ) -> Iterator[tuple[Sentence, ...]]:
        """Yield the sentences of each text, in order: many short texts parsed together take half the time.

        ``left_out`` has for each text the paragraphs that are not parsed: their sentences are only counted (``rough_count``).
        What is ``kept`` is not parsed either, and what is parsed is added to it.
        """
        gone = left_out or [frozenset[int]()] * len(texts)
        cut = [tuple(self._pieces(text, skip, out)) for (text, skip), out in zip(texts, gone, strict=True)]
        tables = self._tables([piece for pieces in cut for piece in pieces if not piece.left_out], kept)
        for (text, _), pieces in zip(texts, cut, strict=True):
            found: list[Sentence] = []
            counted = 0
            for number, piece in enumerate(pieces):
                if piece.left_out:
                    counted += rough_count(piece.parsed)
                    continue
                place = _Place(offset=piece.offset, paragraph=number, number=len(found) + counted + 1)
                found += self._sentences(next(tables), piece.parsed, place, text)
            yield tuple(found)

    def _tables(self, pieces: Sequence[_Piece], kept: Parses | None) -> Iterator[Table]:
        """Yield the parse of each piece, in order, from what is kept or from the pipeline."""
        if kept is None:
            yield from (table_of(*each) for each in self._parsed(pieces))
            return
        keys = [key_of(piece.parsed, self._headings.rests_on(piece.parsed) if piece.headed else "") for piece in pieces]
        known = [kept.find(key) for key in keys]
        new = self._parsed([piece for piece, table in zip(pieces, known, strict=True) if table is None])
        for key, table in zip(keys, known, strict=True):
            if table is None:
                doc, surface = next(new)
                kept.add(key, doc, surface)
                table = table_of(doc, surface)
            yield table

    def _parsed(self, pieces: Sequence[_Piece]) -> Iterator[tuple[Doc, Doc]]:
        """Yield for each piece its parse, and the text that it is of: words of a heading may be parsed in other forms."""
        if not pieces:
            return
        docs = parses(self._pipeline.nlp, [self._bare(piece.parsed) for piece in pieces], self._batch)
        for piece, surface in zip(pieces, docs, strict=True):
            doc = self._headings.read(surface) if piece.headed else surface
            if QUOTED_WORD.search(piece.parsed):
                whole = self._pipeline.nlp.make_doc(piece.parsed)
                yield requoted(doc, whole, scare_quotes(whole)), whole
            else:
                yield doc, surface

    def _bare(self, text: str) -> str | Doc:
        """Return a text as it goes to the pipeline: single words without the quotation marks around them."""
        if not QUOTED_WORD.search(text):
            return text
        doc = self._pipeline.nlp.make_doc(text)
        return without(doc, scare_quotes(doc))

    def _pieces(self, text: str, skip: Span | None, gone: frozenset[int]) -> Iterator[_Piece]:
        """Yield the pieces of a text as they are parsed, without the stretch to skip; those that are ``gone`` as they stand."""
        rest = text[skip.end : skip.end + 40] if skip is not None else ""
        pieces = [_after(piece, skip, rest) for piece in _pieces(text)]
        headed = bool(pieces) and is_heading(text[slice(*pieces[0])], len(pieces))
        for number, (start, end) in enumerate(pieces):
            out = number in gone
            cased = text[start:end] if out else self._cased(text, start, end, headed).translate(_QUOTES)
            yield _Piece(offset=start, headed=headed, parsed=cased, left_out=out)
            headed = False

    def _cased(self, text: str, start: int, end: int, headed: bool) -> str:
        """Return a piece as it is parsed: shouting and titles in ordinary case."""
        piece = text[start:end]
        if self._casing is None:
            return piece
        if headed and is_titled(piece):
            return untitled(piece, text[end:], self._casing.recase)
        return self._casing.recase_if_shouted(piece)

    def _sentences(self, table: Table, parsed: str, place: _Place, text: str) -> Iterator[Sentence]:
        """Yield the sentences of a parsed piece: lists over the whole piece, cut at the bounds of each."""
        offset = place.offset
        for count, (first, last) in enumerate(_sentence_bounds(table)):
            here = slice(first, last)
            words, forms, tags = table.words[here], table.forms[here], table.tags[here]
            starts, ends = table.starts[here], table.ends[here]
            lemmas = [self._lemmas.of(form, tag) for form, tag in zip(forms, tags, strict=True)]
            if words != forms:
                tags = [_present(tag, form == word) for tag, form, word in zip(tags, forms, words, strict=True)]
            size = last - first
            heads = [_inside(head - first, token, size) for token, head in enumerate(table.heads[here])]
            columns = Columns(
                words=tuple(words),
                lemmas=joined_up(lemmas, tags),
                tags=tuple(tags),
                deps=tuple(table.deps[here]),
                heads=tuple(heads),
                starts=tuple(offset + start for start in starts),
                ends=tuple(offset + end for end in ends),
            )
            yield build_sentence(
                number=place.number + count,
                text=text[offset + starts[0] : offset + ends[-1]],
                columns=columns,
                paragraph=place.paragraph,
                cased=parsed[starts[0] : ends[-1]],
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The parallel tuples of a sentence's tokens, before children are known."""

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A paragraph, or a part of a long one: its offset in the text, whether it is a heading, its text as parsed, if it is parsed."""

    offset: int
    headed: bool
    parsed: str
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a parsed piece stands: its offset in the report, its paragraph, the number of its first sentence."""

    offset: int
    paragraph: int
    number: int


def _present(tag: str, as_written: bool) -> str:
    """Return the tag of a word; a heading's verb that was read in the past form stands in the present."""
    return tag if as_written or tag[:2] != "VB" else "VBP"


def build_sentence(*, number: int, text: str, columns: Columns, paragraph: int = 0, cased: str = "") -> Sentence:
    """Return a Sentence from its columns; tests build one so from words, tags, deps and heads alone."""
    return Sentence(
        number=number,
        start=columns.starts[0],
        end=columns.ends[-1],
        text=text,
        words=columns.words,
        lemmas=columns.lemmas,
        tags=columns.tags,
        deps=columns.deps,
        heads=columns.heads,
        starts=columns.starts,
        ends=columns.ends,
        children=children_of(columns.heads),
        paragraph=paragraph,
        cased=cased,
    )


def children_of(heads: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return for each token the tokens that hang on it, in text order.

    >>> children_of((1, 1, 1))
    ((), (0, 2), ())
    """
    lists: list[list[int]] = [[] for _ in heads]
    for token, head in enumerate(heads):
        if head != token:
            lists[head].append(token)
    return tuple(tuple(items) for items in lists)


def _inside(head: int, token: int, size: int) -> int:
    return head if 0 <= head < size else token


def _after(piece: tuple[int, int], skip: Span | None, rest: str) -> tuple[int, int]:
    """Return a piece without the stretch to skip at its start."""
    start, end = piece
    if skip is None or not (start <= skip.start and skip.end < end):
        return piece
    return skip.end + (len(rest) - len(rest.lstrip(" "))), end


def paragraphs_of(text: str, skip: Span | None = None) -> tuple[str, ...]:
    """Return the paragraphs of a text as the parser cuts them, without the stretch to skip."""
    rest = text[skip.end : skip.end + 40] if skip is not None else ""
    return tuple(text[slice(*_after(piece, skip, rest))] for piece in _pieces(text))


def rough_count(paragraph: str) -> int:
    """Return how many sentences a paragraph has as far as its marks tell, which a parse may see otherwise.

    >>> rough_count('It rained. "Where is Mr. Doe?" she asked.')
    2
    """
    ends = (end.start() + 1 for end in _END.finditer(paragraph))
    return 1 + sum(not _SHORTENED.search(paragraph, max(0, end - 6), end) for end in ends)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs, or what of them is before, between and after long runs of marks."""
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        for run in _MARKS.finditer(text, start, end):
            yield start, start + len(text[start : run.start()].rstrip())
            start = run.end() + (text[run.end() : run.end() + 1] == " ")
        yield start, end


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _stretches(text):
        while end - start > _LONGEST:
            cut = text.rfind(". ", start, start + _LONGEST)
            cut = cut + 1 if cut > start else (text.rfind(" ", start + 1, start + _LONGEST))
            cut = cut if cut > start else start + _LONGEST
            yield start, cut
            start = cut + 1 if text[cut] == " " else cut
        if text[start:end].strip():
            yield start, end


def _sentence_bounds(table: Table) -> Iterator[tuple[int, int]]:
    """Give each sentence's token range; a closing quotation mark cut off by the parser goes to its sentence."""
    pending: tuple[int, int] | None = None
    for start, end in pairwise((*table.begins, len(table.words))):
        if pending is not None and not any(form.isalpha() for form in table.forms[start:end]):
            pending = (pending[0], end)
            continue
        if pending is not None:
            yield pending
        pending = (start, end)
    if pending is not None:
        yield pending
