"""An installed spaCy English pipeline, loaded with only the parser's own steps, and texts parsed by it in batches.

What a text gives does not hang on what is parsed together with it (steady.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_UNUSED = ("ner", "attribute_ruler")  # never made
_TABLES = ("lemmatizer",)  # only its tables are looked at
_TOGETHER = 24_000  # characters parsed together: more is no quicker, and takes more memory
_SMALL = ("_sm", "_md", "_lg")  # the models whose parts multiply rows of texts


@lru_cache(maxsize=2)
def load(model: str) -> Language:
    """Return an installed pipeline by its name; raise ModelError where there is none, or none with a parser."""
    import spacy
    from spacy.util import is_package

    if not is_package(model):
        raise ModelError(
            where="setting model",
            found=f"{model!r} is not installed",
            remedy="install it with pip, or name an installed spaCy English pipeline (DRAGOMAN_MODEL=…)",
        )
    exclude, disable = list(_UNUSED), list(_TABLES)
    if any(model.endswith(size) or f"{size}_" in model for size in _SMALL):
        nlp = _steady(model, exclude, disable)
    else:
        nlp = spacy.load(model, exclude=exclude, disable=disable)
    if "parser" not in nlp.pipe_names:
        raise ModelError(where="setting model", found=f"{model!r} has no parser", remedy="name a pipeline that has one")
    return nlp


def _steady(model: str, exclude: list[str], disable: list[str]) -> Language:
    """Return a pipeline that multiplies with SteadyOps; others that the process loads keep their own operations."""
    import spacy
    from thinc.api import get_current_ops, set_current_ops

    from dragoman.reading.steady import SteadyOps

    before, ops = get_current_ops(), SteadyOps()
    set_current_ops(ops)
    try:
        nlp = spacy.load(model, exclude=exclude, disable=disable)
        nlp("The envoy left.")  # which shows the shapes of its matrices
    finally:
        set_current_ops(before)
    ops.settle()
    return nlp


def parses(nlp: Language, texts: Sequence[str | Doc], batch: int) -> Iterator[Doc]:
    """Yield the parse of each text, in order; texts of a length are parsed together, at least ``batch`` of them."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    found: dict[int, Doc] = {}
    for places in _batches(order, texts, batch):
        some = [texts[place] for place in places]
        found.update(zip(places, nlp.pipe(some, batch_size=len(some)), strict=True))
    return (found.pop(place) for place in range(len(texts)))


def _batches(order: Sequence[int], texts: Sequence[str | Doc], batch: int) -> Iterator[list[int]]:
    """Yield the places of texts some at a time: up to a number of characters, or ``batch`` of them if that is more."""
    some: list[int] = []
    size = 0
    for place in order:
        long = len(texts[place]) if isinstance(texts[place], str) else len(str(texts[place]))
        if len(some) >= batch and size + long > _TOGETHER:
            yield some
            some, size = [], 0
        some.append(place)
        size += long
    if some:
        yield some
