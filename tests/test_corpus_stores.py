"""A corpus in an object store, coded into an object store: the bytes are those of files; a run goes on there too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpora import bytes_in, report
from object_store import ACCESS, SECRET, lead_to, object_store

from dragoman.cli import run
from dragoman.corpus.asked import Wanted, asked_for
from dragoman.corpus.executing import Failure, Here, tried
from dragoman.corpus.on_dask import cluster_of
from dragoman.corpus.places import listed, read_bytes, removed, written
from dragoman.corpus.run import Run
from dragoman.corpus.types import Done, Job
from dragoman.errors import CorpusError
from dragoman.settings import Settings

CORPUS = "s3://archive/corpus"
FORMATS = ("claims", "records")


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """Run a store with a corpus: JSON lines, Parquet, and a file that cannot be read."""
    with object_store("archive", "results") as address:
        lines = "".join(json.dumps(report(number)) + "\n" for number in range(8))
        _put("news.jsonl", lines.encode())
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist([report(number) for number in range(8, 16)]), sink, row_group_size=4)
        _put("more/news.parquet", sink.getvalue().to_pybytes())
        _put("more/broken.parquet", b"PAR1 and no more")
        yield address


@pytest.fixture(scope="module")
def on_disk(store: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results of that corpus on a disk."""
    out = tmp_path_factory.mktemp("disk") / "out"
    run_into(str(out)).code(Here())
    return out


def _put(name: str, data: bytes) -> None:
    with written(f"{CORPUS}/{name}") as file:
        file.write(data)


def run_into(out: str) -> Run:
    return Run(out=out, asked=asked_for(wanted(CORPUS), Settings()))


def wanted(corpus: str) -> Wanted:
    return Wanted(corpus=(corpus,), formats=FORMATS, shard_size=4)


def bytes_at(out: str) -> dict[str, bytes]:
    return {each.path.removeprefix(f"{out}/"): read_bytes(each.path) for each in listed(out)}


def test_a_store_is_read_as_a_disk_is(on_disk: Path, tmp_path: Path) -> None:
    for each in listed(CORPUS):
        with written(str(tmp_path / "corpus" / each.path.removeprefix(f"{CORPUS}/"))) as file:
            file.write(read_bytes(each.path))
    asked = asked_for(wanted(str(tmp_path / "corpus")), Settings())
    manifest = Run(out=str(tmp_path / "out"), asked=asked).code(Here())
    assert manifest.counts["reports"] == 16
    assert manifest.counts["faults"] == 1
    kept, stored = bytes_in(tmp_path / "out"), bytes_in(on_disk)
    names = [name for name in kept if name.startswith(FORMATS)]
    assert len(names) == 8
    assert {name: kept[name] for name in names} == {name: stored[name] for name in names}


def test_results_in_a_store_are_those_on_a_disk(on_disk: Path) -> None:
    run_into("s3://results/whole").code(Here())
    assert bytes_at("s3://results/whole") == bytes_in(on_disk)


def test_a_run_in_a_store_is_gone_on_with(on_disk: Path) -> None:
    out, begun = "s3://results/resumed", []

    def stopping(job: Job) -> Done | Failure:
        begun.append(job.shard.id)
        if len(begun) == 3:
            raise KeyboardInterrupt
        return tried(job)

    with pytest.raises(KeyboardInterrupt):
        run_into(out).code(Here(stopping))
    assert [each.path.rpartition("/")[2] for each in listed(f"{out}/done")] == ["000001.json", "000002.json"]
    removed(f"{out}/claims/000001.jsonl")
    with pytest.raises(CorpusError, match="go on with it by --resume"):
        run_into(out).code(Here(stopping))
    run_into(out).code(Here(stopping), resume=True)
    assert begun == ["000001", "000002", "000003", "000001", "000003", "000004"]
    assert bytes_at(out) == bytes_in(on_disk)


def test_dask_codes_from_a_store_into_a_store(on_disk: Path) -> None:
    run_into("s3://results/dask").code(cluster_of("local:1"))
    assert bytes_at("s3://results/dask") == bytes_in(on_disk)


def test_no_key_is_in_the_results(on_disk: Path, store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lead_to(store, monkeypatch)
    everything = b"".join(bytes_in(on_disk).values())
    assert CORPUS.encode() in everything
    assert ACCESS.encode() not in everything
    assert SECRET.encode() not in everything


def test_a_store_that_refuses_ends_the_command_in_a_line(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", CORPUS, "--out", "s3://nobody-has-it/out", "--workers", "1"]) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("s3://nobody-has-it/out/plan.json: there is no bucket 'nobody-has-it'; see to it")
