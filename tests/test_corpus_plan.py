"""The plan of a corpus: which files, in which order, in which shards; what is read once; what has changed."""

from __future__ import annotations

import os
import threading
from datetime import date
from pathlib import Path

import fsspec
import msgspec
import pytest
from corpus_made import as_lines, as_table, mixed, planned, read_all, reports, story

from dragoman.corpus.types import Plan, Taking
from dragoman.errors import CorpusError


def folder(tmp_path: Path) -> Path:
    """Return a folder with reports in files of four forms, three folders deep."""
    deep = tmp_path / "corpus" / "2020" / "01"
    deep.mkdir(parents=True)
    (tmp_path / "corpus" / "a.jsonl").write_bytes(as_lines(story(number) for number in range(7)))
    (tmp_path / "corpus" / "b.csv").write_bytes(as_table([story(number) for number in range(7, 12)]))
    (deep / "c.txt").write_text(f"{story(12)['headline']}\n\n{story(12)['text']}\n")
    page = "<html><body><article><h1>{headline}</h1><p>{text}</p></article></body></html>"
    (deep / "d.html").write_text(page.format(**story(13)))
    return tmp_path / "corpus"


def test_a_folder_is_read_whatever_its_shards(tmp_path: Path) -> None:
    corpus = folder(tmp_path)
    one = reports(corpus)
    assert len(one) == 14
    for size in (1, 2, 3, 5, 100):
        plan = planned(corpus, size=size)
        assert mixed(read_all(plan)) == mixed(one)
        assert [shard.id for shard in plan.shards] == [f"{number:06d}" for number in range(1, -(-14 // size) + 1)]


def test_the_plan_is_the_same_each_time_and_survives_its_file(tmp_path: Path) -> None:
    corpus = folder(tmp_path)
    plan = planned(corpus, size=3)
    assert planned(corpus, size=3) == plan
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan


def test_files_reached_by_two_ways_are_read_once(tmp_path: Path) -> None:
    corpus = folder(tmp_path)
    os.symlink(corpus / "2020", tmp_path / "corpus" / "again")
    os.symlink(corpus / "a.jsonl", tmp_path / "corpus" / "z.jsonl")
    os.symlink(corpus, tmp_path / "corpus" / "2020" / "loop")
    assert len(reports(corpus, corpus / "a.jsonl", corpus / "2020" / ".." / "b.csv")) == 14


def test_a_changed_file_has_another_mark(tmp_path: Path) -> None:
    corpus = folder(tmp_path)
    before = {file.path: file for file in planned(corpus).files}
    assert {file.path: file for file in planned(corpus).files} == before
    with (corpus / "a.jsonl").open("ab") as file:
        file.write(as_lines([story(99)]))
    text = (corpus / "b.csv").read_bytes()
    (corpus / "b.csv").write_bytes(text.replace(b"7th", b"8th"))
    after = {file.path: file for file in planned(corpus).files}
    assert {Path(path).name for path in before if after[path] != before[path]} == {"a.jsonl", "b.csv"}


def test_what_is_no_report_is_listed_once_and_hinders_nothing(tmp_path: Path) -> None:
    corpus = folder(tmp_path)
    (corpus / "x.jsonl").mkdir()
    (corpus / "empty").mkdir()
    (corpus / "e.jsonl").write_bytes(b"")
    (corpus / "f.pdf").write_bytes(b"%PDF-1.7")
    (corpus / "notes.md").write_text("Notes")
    os.symlink(tmp_path / "nowhere", corpus / "gone.jsonl")
    os.mkfifo(corpus / "pipe.jsonl")
    plan: list[Plan] = []
    thread = threading.Thread(target=lambda: plan.append(planned(corpus)), daemon=True)
    thread.start()
    thread.join(20)
    assert plan, "the pipe was waited for"
    found = [(Path(fault.where).name, fault.found) for fault in plan[0].faults]
    assert found == [
        ("e.jsonl", "the file holds no report"),
        ("empty", "the folder is empty"),
        ("f.pdf", "a file that ends in .pdf is not read"),
        ("gone.jsonl", "the link leads nowhere"),
        ("pipe.jsonl", "this is no file"),
        ("x.jsonl", "the folder is empty"),
    ]
    assert plan[0].guesses[0] == "files that end in .md are passed over: 1"
    assert len(read_all(plan[0])) == 14


@pytest.mark.parametrize("made", [True, False])
def test_an_empty_corpus_says_so(tmp_path: Path, made: bool) -> None:
    if made:
        (tmp_path / "none").mkdir()
    plan = planned(tmp_path / "none")
    assert plan.shards == ()
    assert [fault.found for fault in plan.faults] == ["the folder is empty" if made else "there is no such file"]


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no form 'docx'"):
        planned(tmp_path, taking=Taking(form="docx"))


def test_what_the_user_knows_fills_what_is_not_stated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(story(1)["text"])
    (one,) = reports(tmp_path, taking=Taking(published=date(2020, 1, 14), outlet="The Palantir"))
    assert (one.published, one.outlet) == (date(2020, 1, 14), "The Palantir")


def test_a_store_is_walked_like_a_folder(tmp_path: Path) -> None:
    corpus = folder(tmp_path)
    store = fsspec.filesystem("memory")
    store.put(str(corpus), "/walked", recursive=True)
    store.pipe("/walked/.hidden.jsonl", b"x")
    try:
        found = reports("memory://walked", size=4)
        assert len(found) == 14
        assert found[0].source == "memory://walked/2020/01/c.txt"
        assert [fault.found for fault in planned("memory://nowhere").faults] == ["there is no such file"]
    finally:
        store.rm("/walked", recursive=True)


def test_many_bytes_fill_a_shard_before_many_reports_do(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(b"Gondor left. " * (2 << 20))
    assert [len(shard.parts) for shard in planned(tmp_path).shards] == [3, 2]


def test_a_file_that_may_not_be_read_is_listed(tmp_path: Path) -> None:
    corpus = folder(tmp_path)
    (corpus / "a.jsonl").chmod(0)
    plan = planned(corpus)
    if os.geteuid() == 0:
        assert plan.faults == ()  # nothing is forbidden to root
    else:
        assert [fault.found for fault in plan.faults] == ["the file cannot be read (Permission denied)"]
