"""What all local workers need, loaded once: the server that they are forked from imports this module before it serves.

Nothing is told here: what cannot be loaded is loaded again by a worker, whose job then says why it failed.
"""

from __future__ import annotations

import gc
from contextlib import suppress

from dragoman.corpus import shard
from dragoman.errors import DragomanError
from dragoman.reading.reader import default_reader
from dragoman.settings import load_settings

__all__ = ["shard"]
gc.disable()  # what is loaded stays: looking through it takes time, and writing into it would part the memory that is shared
with suppress(DragomanError):
    next(default_reader(load_settings(), skim=True).parser.sentences_of([("The envoy left.", None)], [frozenset()]))
gc.enable()
gc.freeze()
