"""An installed spaCy English pipeline, loaded with only the parser's own steps, and texts parsed by it in batches.

What a text gives does not hang on what is parsed together with it (steady.py).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dragoman.errors import ModelError
from dragoman.reading.lemmas import Tables, tables_in

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_UNUSED = ("ner", "attribute_ruler", "lemmatizer")  # never made; of the last, only the tables are looked at
_TOGETHER = 48_000  # characters parsed together: more is no quicker, and takes more memory
_LOADING = threading.Lock()
_SMALL = ("_sm", "_md", "_lg")  # the models whose parts multiply rows of texts


class Pipeline:
    """An installed pipeline by its name, with the version as printed in results; ``nlp`` is loaded when first asked for.

    Raise ModelError where there is none, or none with a parser.
    """

    def __init__(self, model: str) -> None:
        meta = _meta(model)
        if "parser" not in meta["pipeline"]:
            raise ModelError(
                where="setting model", found=f"{model!r} has no parser", remedy="name a pipeline that has one"
            )
        self._model = model
        self._folder = _folder(model) / f"{meta['lang']}_{meta['name']}-{meta['version']}"
        self.name = f"{model} {meta['version']}"

    @property
    def nlp(self) -> Language:
        """Return the loaded pipeline, the same for all of this name in the process."""
        with _LOADING:
            return load(self._model)

    def lemma_tables(self) -> Tables:
        """Return the tables of the pipeline's own lemmatizer, without loading the pipeline; nothing where it has none."""
        from spacy.lookups import Lookups

        folder = self._folder / "lemmatizer" / "lookups"
        return tables_in(Lookups().from_disk(folder)) if folder.exists() else {}


@lru_cache(maxsize=2)
def load(model: str) -> Language:
    """Return an installed pipeline, loaded."""
    import spacy

    if any(model.endswith(size) or f"{size}_" in model for size in _SMALL):
        return _steady(model)
    return spacy.load(model, exclude=list(_UNUSED))


def _meta(model: str) -> dict[str, Any]:
    """Return what an installed pipeline says of itself."""
    try:
        return cast("dict[str, Any]", json.loads((_folder(model) / "meta.json").read_text(encoding="utf-8")))
    except (ImportError, OSError, ValueError) as mistake:
        raise ModelError(
            where="setting model",
            found=f"{model!r} is not installed",
            remedy="install it with pip, or name an installed spaCy English pipeline (DRAGOMAN_MODEL=…)",
        ) from mistake


def _folder(model: str) -> Path:
    """Return where the package of a pipeline is."""
    found = find_spec(model)
    if found is None or found.origin is None:
        raise ImportError(model)
    return Path(found.origin).parent


def _steady(model: str) -> Language:
    """Return a pipeline that multiplies with SteadyOps; others that the process loads keep their own operations."""
    import spacy
    from thinc.api import get_current_ops, set_current_ops

    from dragoman.reading.steady import SteadyOps

    before, ops = get_current_ops(), SteadyOps()
    set_current_ops(ops)
    try:
        nlp = spacy.load(model, exclude=list(_UNUSED))
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
