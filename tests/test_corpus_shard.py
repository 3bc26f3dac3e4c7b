"""A shard is coded by itself: sorted rows, each report once, faults that cost no other report, no trace in the worker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pytest
from corpora import bytes_in, report

from dragoman.corpus import coding
from dragoman.corpus.executing import Here
from dragoman.corpus.prints import marks_in
from dragoman.corpus.shard import code_shard, read_marker
from dragoman.corpus.types import Done, Job, Part, Shard, Taking
from dragoman.errors import FormatError
from dragoman.export.content import Content
from dragoman.export.formats import lines
from dragoman.process.board import record_of
from dragoman.reading.reader import Reader, Reading


def _job(folder: Path, records: list[Any], **options: Any) -> Job:
    file = folder / "news.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    shard = Shard(id="000007", parts=(Part(path=str(file), form="jsonl"),))
    return Job(**{"shard": shard, "out": str(folder / "out"), "formats": ("claims", "records"), **options})


def _rows(folder: Path, name: str = "claims") -> list[Any]:
    return [json.loads(line) for line in (folder / "out" / name / "000007.jsonl").read_text().splitlines()]


def test_rows_are_sorted_and_counted(tmp_path: Path) -> None:
    records = [report(number) for number in (5, 3, 9, 4)]
    del records[2]["published"]
    done = code_shard(_job(tmp_path, records, skim=False))
    rows = _rows(tmp_path)
    assert [row["published"] for row in rows] == sorted((row["published"] for row in rows), key=lambda day: day or "")
    assert rows[0]["published"] is None
    places = [(row["published"] or "", row["report"], row["evidence"]["start"]) for row in rows]
    assert places == sorted(places)
    assert (done.reports, done.claims, done.records) == (4, len(rows), len(_rows(tmp_path, "records")))
    assert done.events == len({row["event_id"] for row in rows})
    assert done.sentences == 4 * 4
    assert done.languages == {"en": 4}


def test_the_order_of_the_corpus_changes_no_row(tmp_path: Path) -> None:
    records = [report(number) for number in range(6)]
    code_shard(_job(tmp_path, records))
    before = bytes_in(tmp_path / "out")
    code_shard(_job(tmp_path, records[::-1]))
    assert bytes_in(tmp_path / "out") == before


def test_files_are_those_of_the_marker(tmp_path: Path) -> None:
    import hashlib

    done = code_shard(_job(tmp_path, [report(1)]))
    files = bytes_in(tmp_path / "out")
    assert sorted(files) == ["claims/000007.jsonl", "done/000007.json", "prints/000007.msgpack", "records/000007.jsonl"]
    for each in done.files:
        assert (each.size, each.sha256) == (len(files[each.name]), hashlib.sha256(files[each.name]).hexdigest())
    assert read_marker(str(tmp_path / "out"), "000007") == done
    assert msgspec.json.decode(files["done/000007.json"], type=Done) == done


def test_a_report_that_stands_twice_is_coded_once(tmp_path: Path) -> None:
    once = code_shard(_job(tmp_path, [report(1), report(2)]))
    rows = _rows(tmp_path)
    twice = code_shard(_job(tmp_path, [report(1), report(2), report(1)]))
    assert _rows(tmp_path) == rows
    assert (once.copies, twice.copies, twice.reports, twice.faults) == (0, 1, 2, ())


def test_two_texts_with_one_id_are_a_fault(tmp_path: Path) -> None:
    done = code_shard(_job(tmp_path, [{**report(1), "id": "same"}, {**report(2), "id": "same"}]))
    assert done.reports == 1
    assert [fault.found for fault in done.faults] == ["another text before it has the id 'same' too"]
    assert {row["report"] for row in _rows(tmp_path)} == {"same"}


def test_what_cannot_be_read_is_listed(tmp_path: Path) -> None:
    french = "Les deux délégations ont quitté la ville de Genève sans signer le texte que les médiateurs avaient proposé hier soir."
    done = code_shard(_job(tmp_path, [report(1), {"text": french}, {"headline": "nothing"}, report(2)]))
    assert done.reports == 2
    assert done.languages == {"en": 2, "fr": 1}
    assert [(fault.where.rpartition("/")[2], fault.language) for fault in done.faults] == [
        ("news.jsonl:2", "fr"),
        ("news.jsonl:3", None),
    ]


def test_a_fault_of_ours_costs_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, recorded = Reader.read_parsed, record_of

    def failing(self: Reader, given: Any, *rest: Any) -> Reading:
        if "News of day 2" in given.text:
            raise ZeroDivisionError("no such thing")
        return read(self, given, *rest)

    def failing_too(reading: Reading, words: Any) -> Any:
        if "News of day 3" in reading.report.text:
            raise KeyError("party")
        return recorded(reading, words)

    monkeypatch.setattr(Reader, "read_parsed", failing)
    monkeypatch.setattr(coding, "record_of", failing_too)
    done = code_shard(_job(tmp_path, [report(number) for number in range(1, 5)]))
    assert done.reports == 2
    assert sorted(fault.found.partition(":")[0] for fault in done.faults) == [
        "the reading failed (KeyError",
        "the reading failed (ZeroDivisionError",
    ]
    assert all(fault.where.rpartition("/")[2] in ("news.jsonl:2", "news.jsonl:3") for fault in done.faults)


def test_a_report_that_a_format_cannot_write_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = lines.records

    def failing(content: Content, file: BinaryIO) -> None:
        if any("News of day 2" in coded.report.text for coded in content.reports):
            raise OverflowError("too odd a day")
        whole(content, file)

    monkeypatch.setattr(lines, "records", failing)
    done = code_shard(_job(tmp_path, [report(number) for number in range(1, 4)]))
    assert done.reports == 2
    assert [fault.where.rpartition("/")[2] for fault in done.faults] == ["news.jsonl:2"]
    assert len({row["report"] for row in _rows(tmp_path)}) == 2
    monkeypatch.setattr(lines, "records", lambda content, file: 1 / len(content.entries[99:]))
    with pytest.raises(ZeroDivisionError):
        code_shard(_job(tmp_path, []))


def test_a_shard_without_a_readable_report_is_done(tmp_path: Path) -> None:
    done = code_shard(_job(tmp_path, [{"headline": "nothing"}]))
    assert (done.reports, len(done.faults)) == (0, 1)
    assert _rows(tmp_path) == []
    assert marks_in((tmp_path / "out" / "prints" / "000007.msgpack").read_bytes()) == []


def test_taking_reaches_the_reports(tmp_path: Path) -> None:
    told = {"text": report(1)["text"]}
    code_shard(_job(tmp_path, [told], taking=Taking(outlet="Evening News")))
    assert {row["outlet"] for row in _rows(tmp_path)} == {"Evening News"}


def test_what_fails_outside_a_report_is_a_failure_of_the_shard(tmp_path: Path) -> None:
    job = _job(tmp_path, [report(1)], formats=("no such format",))
    with pytest.raises(FormatError):
        code_shard(job)
    here = Here()
    here.send(job)
    assert "no such format" in getattr(here.outcome().came, "why", "")
    assert not (tmp_path / "out" / "done").exists()
