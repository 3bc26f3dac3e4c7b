"""The executor on Dask: a cluster by the address of its scheduler, or one of this machine (``local:N``).

Nothing stays in the cluster: a worker writes a shard's files and sends back its marker. So a worker that is killed costs only
its shard, and after a restart of the scheduler the folder of results says what is left to do.
"""

from __future__ import annotations

import logging
import os
import queue
import re
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import msgspec

from dragoman.corpus.executing import Coder, Failure, Outcome, tried
from dragoman.corpus.local import METHOD, make_ready
from dragoman.corpus.manifest import done_before
from dragoman.corpus.on_worker import Answer, Stamp, difference, order_of, stamp_asked, stamp_here, worked
from dragoman.corpus.shard import read_marker
from dragoman.corpus.types import Done, Job
from dragoman.errors import CorpusError, FormatError, install

_LOCAL = re.compile(r"local:([1-9][0-9]{0,3})")
_ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://\S+")
_NOTHING = logging.CRITICAL + 1
_LOOK = 1.0  # seconds between two looks at the cluster while nothing comes
_FRESH = 5.0  # seconds for which the number of its threads is taken to be as it was
_ANSWER = 30.0  # seconds in which a cluster that is there answers
_LOST = (CancelledError, OSError)  # by which one learns that a scheduler is gone
_SAME = "install the same Dragoman, with the same libraries and settings, on all machines"
Said = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds that a run waits for a scheduler to come, or to come back, for a first worker, and for files of others to be seen."""

    scheduler: float = 600
    workers: float = 3600
    files: float = 90


@dataclass(slots=True)
class _Sent:
    """A job in the cluster, and the future of what comes of it."""

    job: Job
    future: Any


def cluster_of(
    asked: str, code: Coder = tried, *, patience: Patience | None = None, say: Said = lambda _: None
) -> Cluster:
    """Return the executor for ``--dask``: 'local:N', or the address of a scheduler; raise CorpusError where there is none."""
    patience = patience or Patience()
    local = _LOCAL.fullmatch(asked)
    if not local and not _ADDRESS.fullmatch(asked):
        found, remedy = f"{asked!r} is no cluster", "give local:N, or tcp://host:port or tls://host:port of a scheduler"
        raise CorpusError(where="--dask", found=found, remedy=remedy)
    try:
        import distributed  # noqa: F401  said here once, in our words
    except ImportError as missing:
        remedy = install("cluster")
        raise FormatError(where="--dask", found="dask.distributed is not installed", remedy=remedy) from missing
    from distributed.utils import silence_logging_cmgr

    with ExitStack() as stack:
        # what Dask says of lost connections and killed workers, the run says in its own words
        stack.enter_context(silence_logging_cmgr(_NOTHING))
        address = stack.enter_context(_OnThisMachine(int(local[1]))) if local else asked
        return Cluster(address, code, patience=patience, say=say, ends=stack.pop_all())


class Cluster:
    """The executor of a Dask cluster; ``code`` is what its workers do with a job, ``say`` is told what the run waits for."""

    def __init__(self, address: str, code: Coder, *, patience: Patience, say: Said, ends: ExitStack) -> None:
        self._address, self._code, self._patience, self._say, self._ends = address, code, patience, say, ends
        self._waiting: deque[Job] = deque()
        self._sent: dict[str, _Sent] = {}
        self._ended: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._ready: deque[Outcome] = deque()
        self._checked = False
        self._trusted: set[str] = set()
        self._threads, self._asked_at, self._alone_since = 0, 0.0, time.monotonic()
        try:
            self._client = self._reached()
        except CorpusError:
            self._ends.close()
            raise

    @property
    def slots(self) -> int:
        """Return how many threads the cluster has now: workers may come and go."""
        return max(1, self._threads)

    def send(self, job: Job) -> None:
        """Give a job to the cluster; raise CorpusError where, at the first one, a worker has other rules than the run."""
        if not self._checked:
            self._require_same_rules(job)
            self._checked = True
        self._waiting.append(job)
        with suppress(*_LOST):  # what cannot be sent now is sent when the scheduler is back
            self._deal()

    def outcome(self) -> Outcome:
        """Wait for what comes of a job. A scheduler that is gone is waited for, as long as the patience lasts."""
        while not self._ready:
            try:
                self._look()
                self._deal()
                self._settle(self._ended.get(timeout=_LOOK))
                self._deal()
            except queue.Empty:
                continue
            except CorpusError as end:
                return Outcome(job=self._jobs()[0], came=Failure(why=str(end), final=True))
            except _LOST as fault:
                self._say(f"the scheduler is gone ({type(fault).__name__}); waiting for it")
                self._begin_again()
        return self._ready.popleft()

    def close(self) -> None:
        """Take back what was sent and part from the cluster; one of this machine ends."""
        for sent in self._sent.values():
            with suppress(Exception):
                sent.future.cancel()
        self._sent.clear()
        self._waiting.clear()
        self._part()
        self._ends.close()

    def _jobs(self) -> list[Job]:
        """Return the jobs that nothing has come of yet."""
        return [*(sent.job for sent in self._sent.values()), *self._waiting]

    def _deal(self) -> None:
        """Send as many jobs as there are threads: a worker that is killed is to blame one job alone, not all that wait for it."""
        while self._waiting and len(self._sent) < self.slots:
            self._submit(self._waiting[0])
            self._waiting.popleft()

    def _submit(self, job: Job) -> None:
        key = f"dragoman-{job.shard.id}-{uuid4().hex}"
        future = self._client.submit(worked, order_of(job), self._code, key=key, pure=False)
        self._sent[key] = _Sent(job, future)
        self._await(key, future)

    def _await(self, key: str, future: Any) -> None:
        ended = self._ended
        future.add_done_callback(lambda _: ended.put(key))

    def _settle(self, key: str) -> None:
        """Take what came of a job, if it is one of ours still; a job that the cluster lost is no outcome."""
        sent = self._sent.get(key)
        if sent is None:
            return
        if sent.future.status == "cancelled":
            raise ConnectionError("cancelled")
        came = self._came(sent)
        if came is None:
            self._await(key, sent.future)
            return
        del self._sent[key]
        if isinstance(came, str):
            self._refuse(came, sent.job)
        else:
            self._ready.append(Outcome(job=sent.job, came=came))

    def _came(self, sent: _Sent) -> Done | Failure | str | None:
        """Return what came of a job that has ended; the address of its worker where that was none for it.

        None where the worker was lost before it could say it: the cluster codes it anew.
        """
        from distributed import KilledWorker

        if sent.future.status == "error":
            fault = sent.future.exception(timeout=_ANSWER)
            if isinstance(fault, KilledWorker):
                self._threads -= 1  # until we ask: no two jobs for the worker that is left
                return Failure(
                    why="the worker ended before the shard was done (killed: by hand, or for want of memory)"
                )
            # what is wrong with a shard is no error here: the worker could not even begin
            return Failure(why=f"a worker cannot code ({type(fault).__name__}: {fault}); {_SAME}", final=True)
        if sent.future.status != "finished":
            return None
        try:
            answer = msgspec.json.decode(sent.future.result(timeout=_ANSWER), type=Answer)
        except TimeoutError:
            return None
        if answer.unfit is not None:
            self._say(f"worker {answer.worker} {answer.unfit}: it is sent away")
            return answer.worker
        came = answer.done or answer.failure
        assert came is not None
        return came if isinstance(came, Failure) else self._seen(sent.job, came, answer.worker)

    def _seen(self, job: Job, done: Done, worker: str) -> Done | Failure:
        """Return a marker, if what a worker says that it wrote is seen from here; looked at once a worker."""
        until = time.monotonic() + self._patience.files
        while worker not in self._trusted:
            if read_marker(job.out, job.shard.id) is not None:
                self._trusted.add(worker)
            elif time.monotonic() > until:
                why = f"what worker {worker} writes is not seen here: results go where all machines see them"
                return Failure(why=why, final=True)
            else:
                time.sleep(_LOOK)
        return done

    def _refuse(self, worker: str, job: Job) -> None:
        """Send a worker away that came with other rules, and the job to others."""
        self._waiting.appendleft(job)
        self._client.retire_workers(workers=[worker], close_workers=True)
        self._asked_at = 0.0

    def _look(self) -> None:
        """Ask how many threads there are, now and then; raise CorpusError where there has been no worker for too long."""
        now = time.monotonic()
        if self._client.status != "running":
            raise ConnectionError("not connected")
        if now - self._asked_at < _FRESH:
            return
        self._threads, self._asked_at = sum(self._client.nthreads().values()), now
        if self._threads:
            self._alone_since = now
        elif now - self._alone_since > self._patience.workers:
            found = f"no worker for {self._patience.workers:.0f} seconds"
            raise CorpusError(where=self._address, found=found, remedy="start workers (docs/cluster.md)")

    def _begin_again(self) -> None:
        """Reach the scheduler anew; what the folder of results has not is sent again, what it has is done."""
        self._part()
        jobs = self._jobs()
        try:
            self._client = self._reached()
        except CorpusError as end:
            self._ready.append(Outcome(job=jobs[0], came=Failure(why=str(end), final=True)))
            return
        self._sent.clear()
        self._waiting.clear()
        for job in jobs:
            done = done_before(job)
            if done is not None:
                self._ready.append(Outcome(job=job, came=done))
            else:
                self._waiting.append(job)

    def _reached(self) -> Any:
        """Return a connection to the scheduler; raise CorpusError where it does not come within the patience."""
        from distributed import Client

        until = time.monotonic() + self._patience.scheduler
        while True:
            try:
                client: Any = Client(  # type: ignore[no-untyped-call]
                    self._address, timeout=min(_ANSWER, self._patience.scheduler), set_as_default=False
                )
                self._asked_at, self._alone_since = 0.0, time.monotonic()
                return client
            except (TypeError, ValueError, RuntimeError) as fault:
                remedy = "see to the keys of TLS (docs/cluster.md)"
                raise CorpusError(
                    where=self._address, found=f"no connection can be made ({fault})", remedy=remedy
                ) from fault
            except _LOST as fault:
                if time.monotonic() > until:
                    found = f"no scheduler answers for {self._patience.scheduler:.0f} seconds ({type(fault).__name__})"
                    remedy = "check the address, and that it runs; what is done stays: go on with --resume"
                    raise CorpusError(where=self._address, found=found, remedy=remedy) from fault
                time.sleep(_LOOK)

    def _part(self) -> None:
        with suppress(Exception):
            self._client.close(timeout=2)

    def _require_same_rules(self, job: Job) -> None:
        """Wait for a first worker, and ask those that are there for their stamp."""
        try:
            stamps = self._stamps(job)
        except (*_LOST, ImportError) as fault:
            found = f"a worker does not answer ({type(fault).__name__}: {fault})"
            raise CorpusError(where=self._address, found=found, remedy=_SAME) from fault
        mine = stamp_asked(job)
        for worker, theirs in sorted(stamps.items()):
            if isinstance(theirs, str):
                raise CorpusError(where=worker, found=f"the worker {theirs}", remedy=_SAME)
            if theirs != mine:
                raise CorpusError(where=worker, found=f"the worker has {difference(theirs, mine)}", remedy=_SAME)

    def _stamps(self, job: Job) -> dict[str, Stamp | str]:
        until = time.monotonic() + self._patience.workers
        while not (found := self._client.nthreads()):
            if time.monotonic() > until:
                raise TimeoutError(f"no worker for {self._patience.workers:.0f} seconds")
            time.sleep(_LOOK)
        self._threads = sum(found.values())
        answers = self._client.run(stamp_here, order_of(job), on_error="return")
        return {
            worker: msgspec.json.decode(answer, type=Stamp | str) if isinstance(answer, bytes) else f"{answer}"
            for worker, answer in answers.items()
        }


@dataclass(slots=True)
class _OnThisMachine:
    """A cluster of processes of this machine, one thread each, with no port open beyond the loopback; gives its address."""

    number: int
    _ends: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> str:
        import dask
        from distributed import LocalCluster

        make_ready()
        self._ends.enter_context(dask.config.set({"distributed.worker.multiprocessing-method": METHOD}))
        folder = tempfile.mkdtemp(prefix="dragoman-dask-")
        self._ends.callback(partial(shutil.rmtree, folder, ignore_errors=True))
        # the run counts how often a shard kills its worker
        self._ends.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": 0}))
        cluster: Any = LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=self.number,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            worker_dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            silence_logs=_NOTHING,
            local_directory=folder,
            env=dict(os.environ),  # the server that they are forked from may have an older one
        )
        self._ends.callback(cluster.close)
        return str(cluster.scheduler_address)

    def __exit__(self, *_: object) -> None:
        self._ends.close()
