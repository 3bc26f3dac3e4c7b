"""The files of a run put together: every row once, in the order of the shards, written whole or not at all."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from corpora import SHARD, bytes_in, corpus_in

from dragoman.cli import run
from dragoman.corpus import merge as merging
from dragoman.corpus.hashed import seen
from dragoman.corpus.manifest import read_manifest
from dragoman.corpus.merge import merge
from dragoman.errors import CorpusError

_FORMATS = ("claims", "claims-csv", "claims-parquet", "ftm")


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coded")
    formats = [each for name in _FORMATS for each in ("--format", name)]
    asked = ["code", str(corpus_in(folder, 20)), "--out", str(folder / "out"), "--shard-size", str(SHARD)]
    assert run([*asked, "--workers", "1", *formats]) == 1
    return folder / "out"


def test_all_rows_are_there_once(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "--out", str(coded), "--merge"]) == 1  # a report was not read
    manifest = read_manifest(str(coded))
    assert manifest is not None
    assert [each.name for each in manifest.merged] == [
        "claims.jsonl",
        "claims-csv.csv",
        "claims-parquet.parquet",
        "ftm.json",
    ]
    assert all(seen(str(coded), each.name) == each for each in manifest.merged)
    assert str(coded / "claims.jsonl") in capsys.readouterr().out
    lines = (coded / "claims.jsonl").read_bytes()
    assert lines == b"".join(path.read_bytes() for path in sorted((coded / "claims").iterdir()))
    assert lines.count(b"\n") == manifest.counts["claims"]
    with (coded / "claims-csv.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == manifest.counts["claims"]
    assert "id" not in {row["id"] for row in rows}


def test_tables_of_parquet_are_one(coded: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    merge(str(coded))
    whole = parquet.read_table(coded / "claims-parquet.parquet")
    parts = [parquet.read_table(path) for path in sorted((coded / "claims-parquet").iterdir())]
    assert len(parts) > 2
    assert whole.num_rows == sum(part.num_rows for part in parts)
    assert whole.slice(0, parts[0].num_rows).equals(parts[0])


def test_merging_again_changes_nothing(coded: Path) -> None:
    merge(str(coded))
    before = bytes_in(coded)
    merge(str(coded))
    assert bytes_in(coded) == before


def test_what_cannot_be_put_together_leaves_no_file(coded: Path, tmp_path: Path) -> None:
    import shutil

    out = tmp_path / "out"
    shutil.copytree(coded, out)
    for path in out.glob("claims*.*"):
        path.unlink()
    part = out / "claims-csv" / "000002.csv"
    part.write_bytes(part.read_bytes().replace(b'"id"', b'"other"', 1))
    with pytest.raises(CorpusError, match="it has other columns"):
        merge(str(out))
    assert not (out / "claims-csv.csv").exists()
    assert [name for name in bytes_in(out) if name.endswith(".part")] == []


def test_a_run_that_is_not_finished_is_not_merged(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="finish the run first"):
        merge(str(tmp_path))


def test_every_way_of_joining_is_known() -> None:
    from dragoman.export.formats.table import FORMATS

    assert {form.joined for form in FORMATS.values()} - {None} <= set(merging._WAYS)
