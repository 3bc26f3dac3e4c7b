"""A corpus in which everything is wrong that can be: the rest is coded, each mistake is listed, and the exit status is 1."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from corpora import report

from dragoman.cli import run

BROKEN = '{"text": "The “talks” in the café of Bærum"}'.encode().replace(b"talks", b"talks \xe9\xff") + b"\n"


def lines(*numbers: int) -> bytes:
    return b"".join(json.dumps(report(number)).encode() + b"\n" for number in numbers)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Fourteen reports that can be read, and nine files or lines that cannot."""
    place = tmp_path / "corpus"
    (place / "empty").mkdir(parents=True)
    (place / "a-good.jsonl").write_bytes(lines(1, 2, 3))
    (place / "b-cut.jsonl.gz").write_bytes(gzip.compress(lines(*range(4, 400)), mtime=0)[:-3000])
    (place / "c-cut.jsonl.zst").write_bytes(zstandard.compress(lines(400, 401))[:-9])
    table = pa.table({"text": [report(n)["text"] for n in (402, 403)], "published": ["2021-03-02"] * 2})
    pq.write_table(table, place / "d-broken.parquet")
    whole = (place / "d-broken.parquet").read_bytes()
    (place / "d-broken.parquet").write_bytes(whole[: len(whole) // 2] + b"PAR1")
    (place / "e-bytes.jsonl").write_bytes(lines(404) + BROKEN + lines(405))
    (place / "f-long.jsonl").write_bytes(lines(406) + b'{"text": "' + b"word " * 5_000_000 + b'"}\n' + lines(407))
    (place / "g-bomb.jsonl.gz").write_bytes(gzip.compress(lines(408) + b" " * 200_000_000 + lines(409), mtime=0))
    (place / "h-nothing.jsonl").write_bytes(b"")
    (place / "i-gone.jsonl").symlink_to(place / "nowhere.jsonl")
    (place / "j-quotes.csv").write_text('text,published\n"never closed,2021-03-02\n', encoding="utf-8")
    (place / "k-good.jsonl").write_bytes(lines(410, 411, 412))
    return place


def test_what_is_bad_is_listed_and_the_rest_is_coded(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["code", str(corpus), "--out", str(out), "--workers", "1", "--format", "reports"]) == 1
    faults = [json.loads(line) for line in (out / "faults.jsonl").read_text(encoding="utf-8").splitlines()]
    bad = {Path(fault["where"].partition(":")[0]).name for fault in faults}
    assert bad >= {
        "b-cut.jsonl.gz", "c-cut.jsonl.zst", "d-broken.parquet", "e-bytes.jsonl", "f-long.jsonl", "g-bomb.jsonl.gz",
        "h-nothing.jsonl", "i-gone.jsonl", "j-quotes.csv",
    }  # fmt: skip
    assert not bad & {"a-good.jsonl", "k-good.jsonl"}
    assert all(fault["found"] and fault["remedy"] for fault in faults)

    rows = [json.loads(line) for path in sorted((out / "reports").iterdir()) for line in path.read_text().splitlines()]
    told = {row["headline"] for row in rows}
    sound = (1, 2, 3, 4, 5, 404, 405, 406, 407, 408, 410, 411, 412)
    assert told >= {f"News of day {number}" for number in sound}
    counts = json.loads((out / "manifest.json").read_bytes())["counts"]
    assert counts["reports"] == len(rows)
    assert counts["faults"] == len(faults)
    said = capsys.readouterr().err
    assert f"{len(faults)} not read" in said


def test_an_empty_folder_is_no_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["code", str(tmp_path / "empty"), "--out", str(tmp_path / "out"), "--workers", "1"]) == 1
    assert "there is no report in it" in capsys.readouterr().err
    assert not (tmp_path / "out" / "manifest.json").exists()
