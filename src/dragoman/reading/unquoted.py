"""Scare quotes -> a parse without them: 'the army "neutralised" ten rebels' is read as if the word stood bare.

The parser takes a single word in quotation marks for a name or an aside; the marks go in again once it has read the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

QUOTED_WORD = re.compile(r"(?:^|(?<=\s))([\"'])[a-z]+\1(?=[\s.,;:]|$)")
_MARKS = frozenset({'"', "'", "``", "''"})


def scare_quotes(doc: Doc) -> frozenset[int]:
    """Return the tokens that are quotation marks around one word in small letters."""
    found: set[int] = set()
    for token in doc[1:-1]:
        before, after = doc[token.i - 1], doc[token.i + 1]
        close = not before.whitespace_ and not token.whitespace_
        opened = before.i == 0 or bool(doc[before.i - 1].whitespace_)
        if token.text.isalpha() and token.text.islower() and close and opened and {before.text, after.text} <= _MARKS:
            found |= {before.i, after.i}
    return frozenset(found)


def without(doc: Doc, marks: frozenset[int]) -> Doc:
    """Return the bare tokens of a text, to be parsed."""
    kept = [token for token in doc if token.i not in marks]
    spaces = [bool(token.whitespace_) or token.i + 1 in marks or _closes(doc, token.i, marks) for token in kept]
    return type(doc)(doc.vocab, words=[token.text for token in kept], spaces=spaces)


def _closes(doc: Doc, token: int, marks: frozenset[int]) -> bool:
    return token + 1 < len(doc) and token + 1 in marks and bool(doc[token + 1].whitespace_)


def requoted(parsed: Doc, whole: Doc, marks: frozenset[int]) -> Doc:
    """Return a parse of the bare tokens with the marks in their places again, each hanging on its word."""
    places = [token.i for token in whole if token.i not in marks]
    inside = {mark: mark + 1 if mark + 2 in marks else mark - 1 for mark in marks}
    told = dict(zip(places, parsed, strict=True))
    return type(whole)(
        whole.vocab,
        words=[told[t.i].text if t.i in told else t.text for t in whole],
        spaces=[bool(token.whitespace_) for token in whole],
        tags=[told[t.i].tag_ if t.i in told else "''" for t in whole],
        deps=[told[t.i].dep_ if t.i in told else "punct" for t in whole],
        heads=[places[told[t.i].head.i] if t.i in told else inside[t.i] for t in whole],
    )
