"""A report's text in pieces: which claims stand on each, which sentences gave none and why; and two texts word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from dragoman.model import Evidence, Span

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
_ENDS = re.compile(r"[.!?…][\"'”’)]*\s+|\n\s*")
_NEAR = 400  # characters of a sentence before or after that are shown at most
_MOST_TOKENS = 4_000  # of two paragraphs that are compared word by word


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A stretch of text and what stands on it: claims by id, a sentence's number, why it gave no claim, kinds of record entries."""

    start: int
    end: int
    sentence: int
    claims: tuple[str, ...] = ()
    why: str | None = None
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that is marked alike from end to end. ``anchor``: the sentence that begins here; ``last``: it ends here."""

    text: str
    sentence: int | None = None
    claims: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    why: str | None = None
    records: tuple[str, ...] = ()
    anchor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Pieces that stand in one paragraph; ``head``: it is the headline."""

    pieces: tuple[Piece, ...]
    head: bool


def paragraphs(text: str, marks: Sequence[Marked], body_start: int = 0) -> tuple[Paragraph, ...]:
    """Return a text in paragraphs of pieces; marks may overlap.

    >>> found = paragraphs("One. Two.", [Marked(start=0, end=4, sentence=1, claims=("a",))])
    >>> [(piece.text, piece.claims, piece.anchor) for piece in found[0].pieces]
    [('One.', ('a',), 1), (' Two.', (), None)]
    """
    cuts = sorted({0, len(text), *(each.start for each in marks), *(each.end for each in marks)})
    anchored: set[int] = set()
    found = []
    for match in _PARAGRAPH.finditer(text):
        start, end = match.start(), match.start() + len(match.group().rstrip())
        inside = [start, *(cut for cut in cuts if start < cut < end), end]
        near = [each for each in marks if each.start < end and start < each.end]
        pieces = tuple(_piece(text, span, near, anchored) for span in pairwise(inside))
        found.append(Paragraph(pieces=pieces, head=end <= body_start))
    return tuple(found)


def _piece(text: str, span: tuple[int, int], marks: Iterable[Marked], anchored: set[int]) -> Piece:
    start, end = span
    on = [each for each in marks if each.start < end and start < each.end]
    number = on[0].sentence if on else None
    anchor = number if number is not None and number not in anchored else None
    anchored |= {anchor} if anchor is not None else set()
    return Piece(
        text=text[start:end],
        sentence=number,
        claims=tuple(dict.fromkeys(claim for each in on for claim in each.claims)),
        ends=tuple(dict.fromkeys(claim for each in on if each.end <= end for claim in each.claims)),
        why=next((each.why for each in on if each.why), None),
        records=tuple(dict.fromkeys(kind for each in on for kind in each.records)),
        anchor=anchor,
    )


def marks_of(
    claims: Iterable[tuple[str, Evidence]],
    records: Mapping[str, Iterable[Evidence]],
    unread: Iterable[tuple[Evidence, str]] = (),
) -> list[Marked]:
    """Return what is marked in a text: sentences with their claims, those that only the record has, those that gave nothing."""
    spans: dict[tuple[int, int], tuple[int, list[str]]] = {}
    for claim, evidence in claims:
        spans.setdefault((evidence.start, evidence.end), (evidence.sentence, []))[1].append(claim)
    found = [
        Marked(start=start, end=end, sentence=number, claims=tuple(ids))
        for (start, end), (number, ids) in spans.items()
    ]
    kinds: dict[tuple[int, int], tuple[int, list[str]]] = {}
    for kind, evidences in records.items():
        for each in evidences:
            kinds.setdefault((each.start, each.end), (each.sentence, []))[1].append(kind)
    for (start, end), (number, listed) in kinds.items():
        if not _met(found, start, end):
            found.append(Marked(start=start, end=end, sentence=number, records=tuple(dict.fromkeys(listed))))
    for evidence, why in unread:
        if not _met(found, evidence.start, evidence.end):
            found.append(Marked(start=evidence.start, end=evidence.end, sentence=evidence.sentence, why=why))
    return sorted(found, key=lambda each: (each.start, each.end))


def _met(marks: Iterable[Marked], start: int, end: int) -> bool:
    return any(each.start < end and start < each.end for each in marks)


def beside(text: str, span: Span | Evidence) -> tuple[str, str]:
    """Return the sentence before a stretch of text and the one after it, as far as marks of punctuation tell.

    >>> beside("He left. He signed nothing. It rained.", Span(start=9, end=27))
    ('He left.', 'It rained.')
    """
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    starts = [match.end() for match in _ENDS.finditer(before)]
    first = _ENDS.search(after)
    return before[starts[-1] if starts else 0 :][-_NEAR:].strip(), after[: first.start() + 1 if first else None][
        :_NEAR
    ].strip()


# -- two versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that both versions have, or only the earlier (``del``) or the later one (``ins``)."""

    how: Literal["same", "ins", "del"]
    text: str


def compared(before: str, now: str) -> tuple[tuple[Run, ...], ...]:
    """Return the paragraphs of two versions of a text, word by word.

    >>> [(run.how, run.text) for run in compared("He left Moscow.", "He left Moscow unsigned.")[0]]
    [('same', 'He left Moscow'), ('ins', ' unsigned'), ('same', '.')]
    """
    old, new = _split(before), _split(now)
    found: list[tuple[Run, ...]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [(Run(how="same", text=text),) for text in new[c:d]]
            continue
        paired = min(b - a, d - c)
        found += [_words(*pair) for pair in zip(old[a : a + paired], new[c : c + paired], strict=True)]
        found += [(Run(how="del", text=text),) for text in old[a + paired : b]]
        found += [(Run(how="ins", text=text),) for text in new[c + paired : d]]
    return tuple(found)


def _split(text: str) -> list[str]:
    return [match.group().rstrip() for match in _PARAGRAPH.finditer(text)]


def _words(before: str, now: str) -> tuple[Run, ...]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(now)
    if len(old) + len(new) > _MOST_TOKENS:
        return Run(how="del", text=before), Run(how="ins", text=now)
    return tuple(_runs(old, new))


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Run(how="same", text="".join(new[c:d]))
            continue
        if a < b:
            yield Run(how="del", text="".join(old[a:b]))
        if c < d:
            yield Run(how="ins", text="".join(new[c:d]))
