"""A run on Dask gives the bytes of a run in one process, whoever is killed, and whatever else joins the cluster."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import msgspec
import psutil
import pytest
from clusters import HELD, elsewhere, held, killed_once, outside, poisoned, until, with_other_rules
from corpora import asked_of, bytes_in, corpus_in, run_of
from distributed.utils import silence_logging_cmgr

from dragoman.corpus.executing import Failure, Here
from dragoman.corpus.manifest import Manifest
from dragoman.corpus.on_dask import Patience, _OnThisMachine, cluster_of
from dragoman.corpus.on_worker import Order, _lacks, order_of
from dragoman.corpus.run import Run
from dragoman.corpus.types import Done, Job
from dragoman.errors import CorpusError, FormatError


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus_in(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    run_of(corpus, out).code(Here())
    return out


@pytest.fixture(scope="module")
def two() -> Iterator[str]:
    """Give the address of a cluster with two workers, that has stood for all tests of the file."""
    with ExitStack() as stack:
        stack.enter_context(silence_logging_cmgr("CRITICAL"))
        yield stack.enter_context(_OnThisMachine(2))


def jobs_of(corpus: Path, out: Path) -> list[Job]:
    out.mkdir()
    return [each for each in run_of(corpus, out)._left() if isinstance(each, Job)]


def test_four_workers_change_no_byte(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    run_of(corpus, tmp_path / "out").code(cluster_of("local:4"))
    assert bytes_in(tmp_path / "out") == bytes_in(undisturbed)


def test_a_killed_worker_costs_only_its_shard(
    corpus: Path, undisturbed: Path, tmp_path: Path, two: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where the workers are not: paths count from the folder that the run is begun in
    run_of(corpus, Path("out")).code(cluster_of(two, killed_once))
    assert (tmp_path / "killed").exists()
    assert bytes_in(tmp_path / "out") == bytes_in(undisturbed)


def test_a_shard_that_is_coded_twice_at_a_time_is_as_coded_once(
    corpus: Path, undisturbed: Path, tmp_path: Path, two: str
) -> None:
    job = jobs_of(corpus, tmp_path / "out")[1]
    executor = cluster_of(two)
    executor.send(job)  # sent twice, as after a lost connection
    executor.send(job)
    first, second = executor.outcome(), executor.outcome()
    executor.close()
    assert first == second
    assert isinstance(first.came, Done)
    whole = bytes_in(undisturbed)
    assert bytes_in(tmp_path / "out") == {name: data for name, data in whole.items() if job.shard.id in name}


def test_a_shard_that_always_kills_its_worker_is_set_aside(corpus: Path, tmp_path: Path, two: str) -> None:
    run = run_of(corpus, tmp_path / "out")
    (tmp_path / "out").mkdir()
    executor = cluster_of(two, poisoned)
    try:
        aside = run._code(executor)
    finally:
        executor.close()
    assert list(aside) == [HELD]
    assert "killed: by hand, or for want of memory" in aside[HELD]
    assert (tmp_path / f"begun-{HELD}").read_text() == "xxx"
    assert {path.name[-1] for path in tmp_path.glob("begun-*")} == set("12345")


def test_results_that_are_not_seen_here_end_the_run(corpus: Path, tmp_path: Path, two: str) -> None:
    executor = cluster_of(two, elsewhere, patience=Patience(files=0.5))
    with pytest.raises(CorpusError, match="is not seen here: results go where all machines see them"):
        run_of(corpus, tmp_path / "out").code(executor)


def test_a_worker_that_lacks_files_of_the_run_is_none(corpus: Path, tmp_path: Path) -> None:
    order = msgspec.json.decode(order_of(jobs_of(corpus, tmp_path / "out")[0]), type=Order)
    assert order.there == (str(tmp_path / "out"), str(corpus / "news.jsonl"))
    assert _lacks(order) is None
    (tmp_path / "out").rmdir()
    assert _lacks(order) == f"does not see {tmp_path}/out"


def test_nothing_is_seen_from_other_machines(two: str) -> None:
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    ports = {each.laddr.ip for one in family for each in one.net_connections() if each.status == psutil.CONN_LISTEN}
    assert ports == {"127.0.0.1"}


def test_one_worker_and_a_scheduler_that_is_restarted_change_no_byte(
    corpus: Path, undisturbed: Path, tmp_path: Path
) -> None:
    said: list[str] = []
    out = tmp_path / "out"
    with outside(tmp_path) as cluster, ThreadPoolExecutor(1) as pool:
        scheduler, worker = cluster.scheduler(), cluster.worker()
        run = Run(out=str(out), asked=asked_of(corpus))
        running = pool.submit(lambda: run.code(cluster_of(cluster.address, held, say=said.append)))
        until(lambda: (tmp_path / "held").exists() or running.done())
        done = [each.stem for each in (out / "done").iterdir()]
        for process in (scheduler, worker):
            process.kill()
            process.wait()
        until(lambda: "the scheduler is gone" in "".join(said) or running.done())
        cluster.scheduler()
        cluster.worker()
        (tmp_path / "let-go").touch()
        manifest = running.result(120)
    assert isinstance(manifest, Manifest)
    assert manifest.aside == ()
    assert bytes_in(out) == bytes_in(undisturbed)
    assert done
    assert [(tmp_path / f"begun-{shard}").read_text() for shard in done] == ["x"] * len(done)


def test_a_worker_with_other_rules_writes_nothing(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    said: list[str] = []
    out, other = tmp_path / "out", with_other_rules(tmp_path)
    with outside(tmp_path) as cluster, ThreadPoolExecutor(1) as pool:
        cluster.scheduler()
        cluster.worker()
        running = pool.submit(lambda: run_of(corpus, out).code(cluster_of(cluster.address, held, say=said.append)))
        until(lambda: (tmp_path / "held").exists() or running.done())
        wrong = cluster.worker(other)  # comes in the middle, while the other stands still: the next shards are its
        until(lambda: said or running.done())
        (tmp_path / "let-go").touch()
        running.result(120)
        assert wrong.wait(60) is not None
        assert "has rulebook sha256:" in said[0]
        assert "it is sent away" in said[0]
        assert bytes_in(out) == bytes_in(undisturbed)


def test_a_worker_with_other_rules_is_found_before_anything_is_coded(corpus: Path, tmp_path: Path) -> None:
    with outside(tmp_path) as cluster:
        cluster.scheduler()
        cluster.worker(with_other_rules(tmp_path))
        with pytest.raises(CorpusError, match=r"tcp://127.*has rulebook sha256:.*install the same Dragoman"):
            run_of(corpus, tmp_path / "out").code(cluster_of(cluster.address, held))
    assert not list(tmp_path.glob("begun-*"))
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["plan.json"]


def test_a_killed_driver_leaves_what_is_gone_on_with(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--out", str(out), "--dask", "local:2", "--shard-size", "6", "--format", "claims", "--format", "records"]
    process = subprocess.Popen([sys.executable, "-W", "error", "-m", "dragoman", "code", str(corpus), *options])
    until(lambda: list(out.glob("done/*.json")) or process.poll() is not None)
    children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=30)
    assert not alive
    assert not (out / "manifest.json").exists()
    run_of(corpus, out).code(Here(), resume=True)
    assert bytes_in(out) == bytes_in(undisturbed)


def test_a_scheduler_that_does_not_come_is_said(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="see to the keys of TLS"):
        cluster_of("tls://127.0.0.1:1", patience=Patience(scheduler=0.5))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(CorpusError, match="no scheduler answers"):
            cluster_of(address, patience=Patience(scheduler=0.5))


def test_a_scheduler_that_does_not_come_back_ends_the_run(corpus: Path, tmp_path: Path) -> None:
    with outside(tmp_path) as cluster:
        scheduler = cluster.scheduler()
        executor = cluster_of(cluster.address, patience=Patience(scheduler=30))
        executor._patience, executor._checked = Patience(scheduler=0.5), True
        executor.send(jobs_of(corpus, tmp_path / "out")[0])
        scheduler.kill()
        came = executor.outcome().came
        executor.close()
    assert isinstance(came, Failure)
    assert came.final
    assert "no scheduler answers" in came.why


@pytest.mark.parametrize("asked", ["local", "local:0", "local:x", "127.0.0.1:8786", "http://127.0.0.1"])
def test_what_is_no_cluster_is_said(asked: str) -> None:
    with pytest.raises(CorpusError, match="is no cluster; give local:N"):
        cluster_of(asked)


def test_that_dask_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(FormatError, match=r"in a clone: pip install '\.\[cluster\]'"):
        cluster_of("local:2")
