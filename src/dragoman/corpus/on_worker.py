"""What a worker of Dask is given and gives back: it codes a job where it has the rules and the files of the run, else nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

import msgspec

from dragoman import __version__
from dragoman.corpus.asked import model_of
from dragoman.corpus.executing import Coder, Failure
from dragoman.corpus.manifest import done_before
from dragoman.corpus.places import is_local
from dragoman.corpus.types import Done, Job
from dragoman.errors import DragomanError
from dragoman.rulebook.loader import load_rulebook
from dragoman.settings import Settings

# what else the bytes of results rest on: the parser, the text of pages, languages, the writer of Parquet
_LIBRARIES = ("spacy", "thinc", "numpy", "trafilatura", "py3langid", "pyarrow")
_ONE_AT_A_TIME = threading.Lock()


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What the bytes of results rest on, in one process: rules, model, and the versions of what reads and writes."""

    rulebook: str | None
    model: str | None
    versions: dict[str, str | None]


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker gets: a job, the stamp that it asks for, the folder that paths count from, and which of them are there."""

    job: Job
    stamp: Stamp
    folder: str
    there: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker sends back: what came of a job, or why it is no worker for it; then it has written nothing."""

    worker: str
    done: Done | None = None
    failure: Failure | None = None
    unfit: str | None = None


def order_of(job: Job) -> bytes:
    """Return what a worker gets for a job, as bytes."""
    there = tuple(path for path in _paths(job) if os.path.exists(path))
    return msgspec.json.encode(Order(job=job, stamp=stamp_asked(job), folder=os.getcwd(), there=there))


def _paths(job: Job) -> Iterator[str]:
    """Yield the paths of a job on a file system: they must be the same on all machines."""
    for path in dict.fromkeys((job.out, *(part.path for part in job.shard.parts))):
        if is_local(path):
            yield path


def worked(sent: bytes, code: Coder) -> bytes:
    """Return what came of a job, on the worker; one that has other rules than the run, or lacks its files, writes nothing."""
    from distributed import get_worker

    order = _taken(sent)
    worker = str(get_worker().address)
    with _ONE_AT_A_TIME:  # a reader is no matter of two threads
        unfit = _differs(order) or _lacks(order)
        if unfit is not None:
            return msgspec.json.encode(Answer(worker=worker, unfit=unfit))
        came = done_before(order.job) or code(order.job)
    if isinstance(came, Done):
        return msgspec.json.encode(Answer(worker=worker, done=came))
    return msgspec.json.encode(Answer(worker=worker, failure=came))


def _differs(order: Order) -> str | None:
    mine = _stamp(order.job)
    if isinstance(mine, str):
        return mine
    return None if mine == order.stamp else f"has {difference(mine, order.stamp)}"


def _lacks(order: Order) -> str | None:
    """Return which of the files of a job this machine lacks."""
    return next((f"does not see {path}" for path in order.there if not os.path.exists(path)), None)


def _taken(sent: bytes) -> Order:
    """Return what was sent, in the folder that the run was begun in, if this machine has it: paths may count from there."""
    order = msgspec.json.decode(sent, type=Order)
    with suppress(OSError):
        os.chdir(order.folder)
    return order


def stamp_here(sent: bytes) -> bytes:
    """Return the stamp of this process for what was sent, as bytes; why it has none, where it cannot code."""
    return msgspec.json.encode(_stamp(_taken(sent).job))


def _stamp(job: Job) -> Stamp | str:
    """Return the stamp of this process for the settings of a job; why it has none, where it cannot code."""
    settings = Settings(**job.settings)  # type: ignore[arg-type]
    try:
        rulebook, model = load_rulebook(settings.roster, settings.rules).digest, model_of(settings.model)
    except DragomanError as mistake:
        return f"cannot code ({mistake})"
    return Stamp(rulebook=rulebook, model=model, versions=_versions())


def stamp_asked(job: Job) -> Stamp:
    """Return the stamp that a job asks for: the rules of its run, the versions of this process."""
    return Stamp(rulebook=job.rulebook, model=job.model, versions=_versions())


@lru_cache(maxsize=1)
def _versions() -> dict[str, str | None]:
    return {"dragoman": __version__, **{name: _version(name) for name in _LIBRARIES}}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def difference(theirs: Stamp, asked: Stamp) -> str:
    """Return in words what of a stamp is not as asked.

    >>> asked = Stamp(rulebook="sha256:a", model="small 3.8.0", versions={"dragoman": "0.2", "pyarrow": "22"})
    >>> difference(Stamp(rulebook="sha256:b", model="small 3.8.0", versions={"dragoman": "0.2", "pyarrow": None}), asked)
    'rulebook sha256:b, the run has sha256:a; pyarrow none, the run has 22'
    """
    pairs = [("rulebook", theirs.rulebook, asked.rulebook), ("model", theirs.model, asked.model)]
    pairs += [(name, theirs.versions.get(name), value) for name, value in asked.versions.items()]
    return "; ".join(
        f"{name} {mine or 'none'}, the run has {other or 'none'}" for name, mine, other in pairs if mine != other
    )
