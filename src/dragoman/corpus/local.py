"""The executor of local processes: one worker a slot, made again when it is killed, so that it costs only its shard.

A worker is a process of its own at the other end of a pipe: it gets a job, gives what came of it, and ends with the process
that started it. Where the system can, workers are forked from a server that has loaded all they need (``preloaded``) and has
no threads; elsewhere each starts afresh.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from contextlib import suppress
from multiprocessing import forkserver, get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait

from dragoman.corpus.executing import Coder, Failure, Outcome, tried
from dragoman.corpus.types import Done, Job

_FORKS = "forkserver" in get_all_start_methods()
METHOD = "forkserver" if _FORKS else "spawn"
_CONTEXT = get_context("forkserver") if _FORKS else get_context("spawn")
_PATIENCE = 5.0  # seconds that a worker has to end


def make_ready() -> None:
    """Begin to load what workers need, so that this process can see to something else meanwhile; once is enough."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # they are as many as the cores: more threads only hinder
    if _FORKS:
        _CONTEXT.set_forkserver_preload(["dragoman.corpus.preloaded"])
        forkserver.ensure_running()


class Workers:
    """The executor of so many local processes; ``code`` is what they do with a job."""

    def __init__(self, number: int, code: Coder = tried) -> None:
        make_ready()
        self.slots = number
        self._code = code
        self._waiting: deque[Job] = deque()
        self._workers: list[_Worker] = []

    def send(self, job: Job) -> None:
        """Give a job to a worker that has none; where all have one, it waits."""
        self._waiting.append(job)
        self._deal()

    def outcome(self) -> Outcome:
        """Wait for the first worker that is done with its job, or has ended in it."""
        busy = {worker.pipe: worker for worker in self._workers if worker.job is not None}
        worker = busy[next(each for each in wait(list(busy)) if isinstance(each, Connection))]
        outcome = worker.outcome()
        if isinstance(outcome.came, Failure) and not worker.lives():
            self._workers.remove(worker)
        self._deal()
        return outcome

    def close(self) -> None:
        """End all workers at once."""
        self._waiting.clear()
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _deal(self) -> None:
        for worker in self._workers:
            if worker.job is None and self._waiting:
                worker.give(self._waiting.popleft())
        while self._waiting and len(self._workers) < self.slots:
            worker = _Worker(self._code)
            self._workers.append(worker)
            worker.give(self._waiting.popleft())


class _Worker:
    """A process, the pipe to it, and the job that it has."""

    def __init__(self, code: Coder) -> None:
        self.pipe, other = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_work, args=(other, code, dict(os.environ)), daemon=True)
        self._process.start()
        other.close()
        self.job: Job | None = None

    def give(self, job: Job) -> None:
        self.job = job
        with suppress(OSError):  # it has ended: then the pipe says so when the outcome is asked for
            self.pipe.send(job)

    def outcome(self) -> Outcome:
        """Return what came of the job; a pipe that ends without a word is a worker that was killed in it."""
        job, self.job = self.job, None
        assert job is not None
        came: Done | Failure
        try:
            came = self.pipe.recv()
        except (EOFError, OSError):
            self._process.join(_PATIENCE)
            came = Failure(why=f"the worker ended before the shard was done ({_ending(self._process.exitcode)})")
            self.end()
        return Outcome(job=job, came=came)

    def lives(self) -> bool:
        return self._process.is_alive()

    def end(self) -> None:
        self._process.kill()
        self._process.join(_PATIENCE)
        self.pipe.close()


def _ending(code: int | None) -> str:
    """Return how a process ended, in words.

    >>> _ending(-9), _ending(3)
    ('killed by SIGKILL: by hand, or for want of memory', 'exit status 3')
    """
    if code == -signal.SIGKILL:
        return "killed by SIGKILL: by hand, or for want of memory"
    if code is not None and code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit status {code}"


def _work(pipe: Connection, code: Coder, environment: dict[str, str]) -> None:
    """Do the work of a worker: job after job, until the pipe ends; the server that it comes from may have an older environment."""
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all of a terminal: who started us ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(50_000, 20, 20)  # as in the command line: what is loaded stays
    with suppress(EOFError, OSError):
        while True:
            pipe.send(code(pipe.recv()))


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: nobody waits for what it does."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
