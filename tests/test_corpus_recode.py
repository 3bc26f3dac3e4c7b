"""Coding once more by changed rules: the bytes are those of coding anew, and only the reports are read that the change may touch."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from corpora import bytes_in

from dragoman.cli import run
from dragoman.corpus import coding
from dragoman.corpus.touched import is_touched, words_of
from dragoman.model import EventType, Report
from dragoman.reading.reader import Reader
from dragoman.rulebook.changes import Change, FrameChange
from dragoman.rulebook.loader import forget
from dragoman.rulebook.types import Frame, Gives, Pattern
from dragoman.rulebook.types import Test as Condition

OWN_RULES = """
[[frame]]
id = "own-instructors"
when = { verb = ["train"], object = ["soldier"] }
gives = { event = "MOBILIZE", actor = "subject" }
says = ["Gondor trained soldiers."]

[[frame]]
id = "swap-prisoners"
when = { verb = ["exchange"], object = ["prisoner"] }
gives = { event = "CONCEDE", actor = "subject" }
says = ["Gondor and Mordor exchanged prisoners."]

[[cue]]
id = "own-hearsay"
words = ["spokeswoman"]
over = "clause"
sets = { hedged = true }
"""
OWN_ROSTER = """
[[actor]]
id = "gravonia"
name = "Gravonia"
kind = "state"
code = "GRV"
demonyms = ["Gravonian"]
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    lines = (ROOT / "samples" / "corpus" / "sorvia.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "sorvia.jsonl"
    path.write_text("\n".join(lines[:40]), encoding="utf-8")
    return path


def own(folder: Path, rules: str, roster: str) -> list[str]:
    """Write a user's own rules and roster, and return the option that names them."""
    for name, text in (("rules", rules), ("roster", roster)):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "own.toml").write_text(text, encoding="utf-8")
    settings = folder / "settings.toml"
    settings.write_text(f'rules = "{folder / "rules"}"\nroster = "{folder / "roster"}"\n', encoding="utf-8")
    coding_by_new_rules()
    return ["--settings", str(settings)]


def coding_by_new_rules() -> None:
    from dragoman.reading.reader import default_reader

    forget()
    default_reader.cache_clear()


def code(*arguments: str | Path) -> int:
    return run(["code", "--workers", "1", "--format", "claims", "--format", "records", *map(str, arguments)])


def results(out: Path) -> dict[str, bytes]:
    """Return the files of results of a folder: not the rules that it has seen, nor what was parsed for each of them."""
    found = bytes_in(out)
    return {name: data for name, data in found.items() if not name.startswith(("rules/", "parses/"))}


def test_coding_again_gives_the_bytes_of_coding_anew(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, out, anew = tmp_path / "before", tmp_path / "out", tmp_path / "anew"
    settings = own(tmp_path, "", "")
    assert code(corpus, "--out", out, "--keep-parses", "--shard-size", "25", *settings) == 0
    shutil.copytree(out, before)

    settings = own(tmp_path, OWN_RULES, OWN_ROSTER)
    read: list[str] = []
    coded_all = coding.coded_all
    monkeypatch.setattr(
        coding, "coded_all", lambda reader, reports, *more: coded_all(reader, _noted(reports, read), *more)
    )
    assert run(["code", "--recode", "--workers", "1", "--out", str(out), *settings]) == 0
    assert 0 < len(read) < 40
    assert code(corpus, "--out", anew, "--keep-parses", "--shard-size", "25", *settings) == 0
    assert results(out) == results(anew)
    changed = results(out)["claims/000001.jsonl"]
    assert changed != results(before)["claims/000001.jsonl"]
    assert all(told in changed for told in (b'"CONCEDE"', b'"MOBILIZE"', b'"gravonia"'))

    settings = own(tmp_path, "", "")
    assert run(["code", "--recode", "--workers", "1", "--out", str(out), *settings]) == 0
    assert results(out) == results(before)


def test_what_is_touched_is_read_again_without_the_model(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, anew = tmp_path / "out", tmp_path / "anew"
    assert code(corpus, "--out", out, "--keep-parses", *own(tmp_path, "", "")) == 0
    settings = own(tmp_path, OWN_RULES.replace("spokeswoman", "spokesman"), OWN_ROSTER)
    assert code(corpus, "--out", anew, *settings) == 0
    monkeypatch.setattr("dragoman.reading.pipeline.load", lambda _: pytest.fail("the model is asked for"))
    assert run(["code", "--recode", "--workers", "1", "--out", str(out), *settings]) == 0
    assert (out / "claims" / "000001.jsonl").read_bytes() == (anew / "claims" / "000001.jsonl").read_bytes()


def _noted(reports: Iterable[Report], read: list[str]) -> Iterator[Report]:
    for report in reports:
        read.append(report.id)
        yield report


def test_a_run_without_parses_cannot_be_coded_again(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(corpus, "--out", tmp_path / "out", "--shard-size", "50") == 0
    assert run(["code", "--recode", "--workers", "1", "--out", str(tmp_path / "out")]) == 1
    assert "the run kept no parses; code the corpus with --keep-parses" in capsys.readouterr().err


def test_coding_again_takes_other_formats(tmp_path: Path, corpus: Path) -> None:
    out = tmp_path / "out"
    assert code(corpus, "--out", out, "--keep-parses") == 0
    assert run(["code", "--recode", "--workers", "1", "--out", str(out), "--format", "events"]) == 0
    assert (out / "events" / "000001.jsonl").read_bytes()
    assert json.loads((out / "manifest.json").read_bytes())["formats"] == ["events"]


# -- which reports a change may touch


@pytest.fixture(scope="module")
def words() -> frozenset[str]:
    reader = Reader()
    text = "Gondor's troops pulled out of the cease-fire zone. Erdoğan refused an exchange of fire."
    return words_of(text, reader.parser.sentences(text), reader.parser.forms_of)


@pytest.mark.parametrize(
    "change",
    [
        Change(words=frozenset({"troop"})),
        Change(words=frozenset({"ceasefire"})),
        Change(words=frozenset({"refuse"})),
        Change(phrases=frozenset({"pull out"})),
        Change(phrases=frozenset({"exchange of fire"})),
        Change(stems=frozenset({"refus"})),
        Change(names=frozenset({"erdogan"})),
        Change(whole="another version"),
    ],
)
def test_what_a_report_has_touches_it(words: frozenset[str], change: Change) -> None:
    assert is_touched(words, change)


@pytest.mark.parametrize(
    "change",
    [
        Change(),
        Change(words=frozenset({"offensive"})),
        Change(phrases=frozenset({"pull trigger"})),
        Change(stems=frozenset({"refusenik"})),
        Change(names=frozenset({"mordor"})),
    ],
)
def test_what_a_report_has_not_does_not_touch_it(words: frozenset[str], change: Change) -> None:
    assert not is_touched(words, change)


def test_a_changed_frame_touches_where_its_conditions_can_be_met(words: frozenset[str]) -> None:
    def frame(verb: str, *objects: str) -> Frame:
        test = Condition(role="object", words=frozenset(objects))
        return Frame(id="x", verbs=(Pattern(lemma=verb),), tests=(test,), gives=Gives(event=EventType.AID))

    assert is_touched(words, Change(frames=(FrameChange(frames=(frame("refuse", "deal", "exchange"),)),)))
    assert not is_touched(words, Change(frames=(FrameChange(frames=(frame("refuse", "deal"),)),)))
    assert not is_touched(words, Change(frames=(FrameChange(frames=(frame("accept", "exchange"),)),)))
    only = FrameChange(
        frames=(frame("refuse", "exchange", "plan"), frame("refuse", "exchange")), any=frozenset({"plan"})
    )
    assert not is_touched(words, Change(frames=(only,)))
