"""Who codes the shards: what an executor is, what it tells, and the one that works in this process."""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Callable
from typing import Protocol

import msgspec

from dragoman.corpus.types import Done, Job
from dragoman.errors import CorpusError, DragomanError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a shard was not coded, in words that are the same wherever it happens. ``final``: nothing else can be coded either."""

    why: str
    final: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job: done, or failed."""

    job: Job
    came: Done | Failure


class Executor(Protocol):
    """Somebody who codes shards."""

    @property
    def slots(self) -> int:
        """Return how many jobs keep all its workers at work; that may change."""

    def send(self, job: Job) -> None:
        """Take a job in; it may begin at once."""

    def outcome(self) -> Outcome:
        """Wait for what comes of one of the jobs that were sent; one that never ends well is a Failure, nothing is raised."""

    def close(self) -> None:
        """Let the workers go, at once: what they are about is not finished."""


Coder = Callable[[Job], Done | Failure]


def failure_of(fault: BaseException) -> Failure:
    """Return why a job failed; without paths of drafts and numbers of processes, which would differ from run to run.

    >>> failure_of(ValueError("no such frame"))
    Failure(why='ValueError: no such frame', final=False)
    >>> failure_of(OSError(errno.ENOSPC, "No space left on device", "out/claims/000001.jsonl")).final
    True
    """
    if isinstance(fault, DragomanError):
        return Failure(why=str(fault), final=isinstance(fault, CorpusError))
    if isinstance(fault, OSError) and fault.strerror:
        return Failure(why=fault.strerror, final=fault.errno in _NO_ROOM)
    return Failure(why=f"{type(fault).__name__}: {fault}")


def tried(job: Job) -> Done | Failure:
    """Return what comes of a job."""
    from dragoman.corpus.shard import code_shard

    try:
        return code_shard(job)
    except Exception as fault:  # noqa: BLE001  whatever is wrong with a shard must not cost the others
        return failure_of(fault)


class Here:
    """The executor that codes in this process, one shard at a time; ``code`` is what is done with a job."""

    slots = 1

    def __init__(self, code: Coder = tried) -> None:
        self._code = code
        self._jobs: deque[Job] = deque()

    def send(self, job: Job) -> None:
        """Keep a job until its outcome is asked for."""
        self._jobs.append(job)

    def outcome(self) -> Outcome:
        """Code the job that was sent first."""
        job = self._jobs.popleft()
        return Outcome(job=job, came=self._code(job))

    def close(self) -> None:
        """Forget what was sent."""
        self._jobs.clear()
