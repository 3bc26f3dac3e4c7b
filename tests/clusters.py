"""A Dask cluster of subprocesses on the loopback, and what its workers do in tests. Workers import this module."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from dragoman.corpus.executing import Failure, tried
from dragoman.corpus.places import written
from dragoman.corpus.shard import marker_of
from dragoman.corpus.types import Done, Job

HELD = "000003"
_QUIET = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
ROOT = Path(__file__).resolve().parent.parent


def killed_once(job: Job) -> Done | Failure:
    """Be killed in the second shard, the first time it comes, with a draft half written."""
    if job.shard.id == "000002" and _is_first(job, "killed"):
        draft = Path(job.out) / "claims" / "000002.jsonl.1.part"
        draft.parent.mkdir(exist_ok=True)
        draft.write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)
    return tried(job)


def poisoned(job: Job) -> Done | Failure:
    """Be killed by one shard whenever it comes; of the others nothing is written but the marker."""
    with (_place(job) / f"begun-{job.shard.id}").open("a") as file:
        file.write("x")
    if job.shard.id == HELD:
        os.kill(os.getpid(), signal.SIGKILL)
    with written(marker_of(job.out, job.shard.id)) as marker:
        marker.write(msgspec.json.encode(Done(shard=job.shard.id, files=())))
    return Done(shard=job.shard.id, files=())


def elsewhere(job: Job) -> Done | Failure:
    """Say that a shard is done, as a worker does that wrote it to a disk of its own."""
    return Done(shard=job.shard.id, files=())


def held(job: Job) -> Done | Failure:
    """Note each shard that is begun; stand still in one of them, the first time it comes, until the test lets go."""
    with (_place(job) / f"begun-{job.shard.id}").open("a") as file:
        file.write("x")
    if job.shard.id == HELD and _is_first(job, "held"):
        until(lambda: (_place(job) / "let-go").exists())
    return tried(job)


def until(is_so: Callable[[], object], seconds: float = 120) -> None:
    """Wait until something is so; fail where that takes too long."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError("it did not come to be")
        time.sleep(0.02)


def _place(job: Job) -> Path:
    """Return the folder beside the results, in which workers and test tell each other what goes on."""
    return Path(job.out).parent


def _is_first(job: Job, what: str) -> bool:
    """Return whether nobody asked this before."""
    try:
        (_place(job) / what).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


class Outside:
    """A scheduler and workers that a test starts and kills, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []

    def scheduler(self) -> subprocess.Popen[bytes]:
        """Start a scheduler at the address."""
        return self._start("dask_scheduler", "--port", str(self.port), "--no-jupyter")

    def worker(self, source: Path = ROOT / "src") -> subprocess.Popen[bytes]:
        """Start a worker of one thread, with the package as it is in a folder."""
        options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))
        return self._start("dask_worker", self.address, *options, source=source)

    def end(self) -> None:
        """Kill all that runs."""
        for process in self.processes:
            process.kill()
            process.wait()

    def _start(self, command: str, *options: str, source: Path = ROOT / "src") -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": f"{source}:{ROOT / 'tests'}"}
        with (self._folder / f"{command}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{command}", "--host", "127.0.0.1", *_QUIET, *options],
                env=environment,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process


@contextmanager
def outside(folder: Path) -> Iterator[Outside]:
    """Give a cluster with nothing in it; at the end, all that was started is killed."""
    cluster = Outside(folder)
    try:
        yield cluster
    finally:
        cluster.end()


def with_other_rules(folder: Path) -> Path:
    """Return a folder with the package as it is, but for one rule."""
    source = folder / "other"
    shutil.copytree(ROOT / "src" / "dragoman", source / "dragoman", copy_function=os.link, dirs_exist_ok=True)
    frames = sorted((source / "dragoman" / "rulebook" / "frames").glob("*.toml"))[0]
    text = frames.read_text(encoding="utf-8")
    frames.unlink()  # else the rule itself would change: it is one file under two names
    frames.write_text(f"{text}\n# another rulebook\n", encoding="utf-8")
    return source
