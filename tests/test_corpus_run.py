"""A run gives the same bytes whatever the number of workers, whoever is killed, and however often it is begun again."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from corpora import SHARD, asked_of, bytes_in, corpus_in, run_of

from dragoman.commands import coding
from dragoman.corpus.executing import Failure, Here, tried
from dragoman.corpus.local import Workers
from dragoman.corpus.manifest import Manifest, read_manifest
from dragoman.corpus.merge import merge
from dragoman.corpus.run import Progress, Run
from dragoman.corpus.types import Done, Job, Shard
from dragoman.errors import CorpusError
from dragoman.settings import Settings


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus_in(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    run_of(corpus, out).code(Here())
    return out


def _killed_once(mark: Path, job: Job) -> Done | Failure:
    """Be killed in the middle of the second shard, the first time it comes, with a draft half written; ``mark`` says so."""
    if job.shard.id == "000002" and not mark.exists():
        mark.touch()
        draft = Path(job.out) / "claims" / "000002.jsonl.1.part"
        draft.parent.mkdir(exist_ok=True)
        draft.write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)
    return tried(job)


def _always_killed(job: Job) -> Done | Failure:
    if job.shard.id == "000005":
        os.kill(os.getpid(), signal.SIGKILL)
    return tried(job)


def test_what_is_counted(undisturbed: Path) -> None:
    manifest = read_manifest(str(undisturbed))
    assert manifest is not None
    lines = {
        name: sum(path.read_bytes().count(b"\n") for path in (undisturbed / name).iterdir())
        for name in ("claims", "records")
    }
    assert manifest.counts["reports"] == 29
    assert manifest.counts["faults"] == 1
    assert {name: manifest.counts[name] for name in lines} == lines
    assert lines["claims"] > 29
    assert manifest.shards == 30 // SHARD
    assert [each.name for each in manifest.files] == sorted(
        name for name in bytes_in(undisturbed) if not name.startswith(("done/", "manifest"))
    )


def test_the_number_of_workers_changes_no_byte(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    out = tmp_path / "out"
    Run(out=str(out), asked=asked_of(corpus), tell=told.append).code(Workers(4))
    assert bytes_in(out) == bytes_in(undisturbed)
    assert told[-1] == Progress(done=5, aside=0, shards=5, reports=29)


def test_a_killed_worker_costs_only_its_shard(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    run_of(corpus, tmp_path / "out").code(Workers(2, partial(_killed_once, tmp_path / "killed")))
    assert (tmp_path / "killed").exists()
    assert bytes_in(tmp_path / "out") == bytes_in(undisturbed)


def test_a_shard_that_always_kills_its_worker_is_set_aside(
    corpus: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(coding, "_executor", lambda *_: lambda _: Workers(1, _always_killed))
    out = tmp_path / "out"
    assert _status(corpus, out) == 1
    manifest = _manifest(out)
    assert [(each.shard, each.reads) for each in manifest.aside] == [("000005", (str(corpus / "news.jsonl"),))]
    assert "SIGKILL" in manifest.aside[0].why
    assert "shard 000005 was set aside" in capsys.readouterr().err
    assert manifest.counts["reports"] == 29 - SHARD
    kept, whole = bytes_in(out), bytes_in(undisturbed)
    assert all(kept[name] == whole[name] for name in kept if name.startswith(("claims/", "done/")))
    assert _status(corpus, out, "--resume", executor=Here) == 1  # the report without text
    assert bytes_in(out) == whole


@pytest.fixture
def stopped(corpus: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A run in a process of its own, with two workers, when its first shard is done."""
    out = tmp_path / "out"
    process = _command(corpus, out, "--workers", "2")
    with process:
        while not list(out.glob("done/*.json")):
            assert process.poll() is None
            time.sleep(0.02)
        yield process, out
        process.kill()


def test_a_killed_driver_leaves_what_is_gone_on_with(
    stopped: tuple[subprocess.Popen[bytes], Path], corpus: Path, undisturbed: Path
) -> None:
    process, out = stopped
    workers = _children(process.pid)
    process.kill()
    process.wait()
    assert len(workers) >= 2
    _wait_until_gone(workers)
    assert not (out / "manifest.json").exists()
    run_of(corpus, out).code(Here(), resume=True)
    assert bytes_in(out) == bytes_in(undisturbed)


def _asleep(job: Job) -> Done | Failure:
    Path(job.out, str(os.getpid())).touch()
    time.sleep(60)
    return Failure(why="it slept")


def _drive(out: str) -> None:
    workers = Workers(1, _asleep)
    workers.send(Job(shard=Shard(id="000001", parts=()), out=out, formats=()))
    workers.outcome()


def test_a_worker_ends_with_who_started_it_also_in_the_midst_of_a_shard(tmp_path: Path) -> None:
    driver = get_context("spawn").Process(target=_drive, args=(str(tmp_path),))
    driver.start()
    while not (worker := [int(each.name) for each in tmp_path.iterdir()]):
        assert driver.is_alive()
        time.sleep(0.02)
    driver.kill()
    driver.join()
    _wait_until_gone(worker)


def test_a_run_that_begins_again_has_no_manifest(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(undisturbed, out)
    merge(str(out))
    (out / "claims" / "000003.jsonl").unlink()

    def interrupted(job: Job) -> Done | Failure:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_of(corpus, out).code(Here(interrupted), resume=True)
    assert sorted(path.name for path in out.iterdir() if path.is_file()) == [
        "duplicates.jsonl",
        "faults.jsonl",
        "plan.json",
    ]
    run_of(corpus, out).code(Here(), resume=True)
    assert bytes_in(out) == bytes_in(undisturbed)


def test_ctrl_c_leaves_what_is_gone_on_with(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    def interrupted(job: Job) -> Done | Failure:
        if job.shard.id == "000003":
            raise KeyboardInterrupt
        return tried(job)

    with pytest.raises(KeyboardInterrupt):
        run_of(corpus, tmp_path / "out").code(Here(interrupted))
    assert sorted(path.name for path in (tmp_path / "out" / "done").iterdir()) == ["000001.json", "000002.json"]
    run_of(corpus, tmp_path / "out").code(Here(), resume=True)
    assert bytes_in(tmp_path / "out") == bytes_in(undisturbed)


def test_a_full_disk_is_said_and_gone_on_from(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = _command(corpus, out, "--workers", "1", largest=6_000)
    _, said = process.communicate()
    assert process.returncode == 1
    assert b"File too large" in said
    assert b"--resume" in said
    assert said.count(b"\n") == 1
    assert [name for name in bytes_in(out) if name.endswith(".part")] == []
    run_of(corpus, out).code(Here(), resume=True)
    assert bytes_in(out) == bytes_in(undisturbed)


def test_only_what_has_no_valid_marker_is_done_again(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(undisturbed, out)
    (out / "claims" / "000001.jsonl").write_text("other\n")
    (out / "records" / "000002.jsonl").unlink()
    (out / "done" / "000003.json").write_text("{")
    (out / "done" / "000004.json").write_bytes((out / "done" / "000005.json").read_bytes())
    coded: list[str] = []

    def noted(job: Job) -> Done | Failure:
        coded.append(job.shard.id)
        return tried(job)

    run_of(corpus, out).code(Here(noted), resume=True)
    assert coded == ["000001", "000002", "000003", "000004"]
    assert bytes_in(out) == bytes_in(undisturbed)


def test_a_failure_is_tried_three_times(corpus: Path, tmp_path: Path, undisturbed: Path) -> None:
    tries: list[str] = []

    def failing(job: Job) -> Done | Failure:
        tries.append(job.shard.id)
        if tries.count("000002") < 3 and job.shard.id == "000002":
            return Failure(why="not yet")
        return tried(job)

    run_of(corpus, tmp_path / "out").code(Here(failing))
    assert tries.count("000002") == 3
    assert bytes_in(tmp_path / "out") == bytes_in(undisturbed)


def test_a_folder_with_another_run_is_refused(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    before = bytes_in(undisturbed)
    with pytest.raises(CorpusError, match="holds the results of a run; go on with it by --resume"):
        run_of(corpus, undisturbed).code(Here())
    with pytest.raises(CorpusError, match="begun for claims, records, now asked for is claims"):
        Run(out=str(undisturbed), asked=asked_of(corpus, formats=("claims",))).code(Here(), resume=True)
    other = corpus_in(tmp_path, 12)
    with pytest.raises(CorpusError, match=r"the corpus has changed: .*news.jsonl, .*news.jsonl"):
        run_of(other, undisturbed).code(Here(), resume=True)
    assert bytes_in(undisturbed) == before


def test_a_changed_report_is_seen(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path, 12)
    run_of(corpus, tmp_path / "out").code(Here())
    file = corpus / "news.jsonl"
    file.write_text(file.read_text().replace("Monday", "Sunday"))
    with pytest.raises(CorpusError, match=r"the corpus has changed: .*news.jsonl"):
        run_of(corpus, tmp_path / "out").code(Here(), resume=True)


def test_changed_rules_are_seen(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[[actor]]\nid = "arland"\nname = "Arland"\nkind = "state"\n')
    asked = asked_of(corpus, settings=Settings(roster=str(tmp_path)))
    with pytest.raises(CorpusError, match="begun with rulebook"):
        Run(out=str(undisturbed), asked=asked).code(Here(), resume=True)


def test_a_worker_with_other_rules_stops_the_run(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[[actor]]\nid = "arland"\nname = "Arland"\nkind = "state"\n')
    run = Run(out=str(tmp_path / "out"), asked=asked_of(corpus), settings=Settings(roster=str(tmp_path)))
    with pytest.raises(CorpusError, match="the worker has the rulebook"):
        run.code(Here())


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = corpus_in(tmp_path, 8)
    assert _status(corpus, tmp_path / "out", "--workers", "1", "--merge") == 1
    said = capsys.readouterr()
    assert said.out.startswith("7 reports, ")
    assert "news.jsonl:5: " in said.err
    file = corpus / "news.jsonl"
    file.write_text(file.read_text().replace('{"headline": "no text"}', '{"text": "The talks in Vellin began."}'))
    assert _status(corpus, tmp_path / "all", "--workers", "1") == 0
    assert _status(corpus, tmp_path / "all", "--format", "nothing", executor=Here) == 2
    assert _status(corpus, tmp_path / "all", "--column", "title=head", executor=Here) == 2


def _status(corpus: Path, out: Path, *options: str, executor: object = None) -> int:
    from dragoman.cli import run

    formats = () if "--format" in options else ("--format", "claims", "--format", "records")
    asked = ["code", str(corpus), "--out", str(out), "--shard-size", str(SHARD), *formats, *options]
    if executor is None:
        return run(asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coding, "_executor", lambda *_: lambda _: executor())  # type: ignore[operator]
        return run(asked)


def _manifest(out: Path) -> Manifest:
    manifest = read_manifest(str(out))
    assert manifest is not None
    return manifest


def _command(corpus: Path, out: Path, *options: str, largest: int | None = None) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own; no file that it writes may be larger than ``largest``."""
    asked = [
        "code",
        str(corpus),
        "--out",
        str(out),
        "--shard-size",
        str(SHARD),
        "--format",
        "claims",
        "--format",
        "records",
    ]

    def bounded() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return subprocess.Popen(
        [sys.executable, "-m", "dragoman", *asked, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=bounded,
    )


def _children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _wait_until_gone(processes: list[int]) -> None:
    """Wait for processes to end; fail where one is still at work after a while."""
    until = time.monotonic() + 10
    while any(Path(f"/proc/{each}").exists() for each in processes):
        assert time.monotonic() < until, "a worker outlived the one that started it"
        time.sleep(0.05)
