"""Stored parses: what is read by them is what was read first, without the model; what does not fit is parsed anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.model import Report
from dragoman.reading.intake import from_text, read_path
from dragoman.reading.parse import Parser
from dragoman.reading.parses import Kept, Parses, key_of
from dragoman.reading.reader import Reader
from dragoman.settings import Settings

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
# a heading that is read in another form, a single word in quotation marks, characters of all widths, an empty paragraph's mark
ODD = (
    "Rebels free bishop, shun truce\n\nThe army \"neutralised\" ten rebels near Çukurova.\n\n'Stopped' talks go on 🕊 — soon.",
    "ENVOY: REBELS MUST LEAVE TOWN\n\nTHE ENVOY OF ARNOR TOLD REPORTERS THAT BOTH SIDES HAD AGREED TO HALT FIRE.",
)


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    some = [each for each in read_path(SAMPLES / "corpus") if isinstance(each, Report)]
    return [*some[:20], *(from_text(text, name=f"odd {place}") for place, text in enumerate(ODD))]


@pytest.fixture
def stored(reader: Reader, reports: list[Report]) -> bytes:
    kept = reader.parser.new_parses()
    list(reader.read_all(reports, kept))
    return kept.to_bytes()


def test_what_is_kept_is_read_again_alike_and_without_the_model(
    reader: Reader, reports: list[Report], stored: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [reader.read(report) for report in reports]
    kept = reader.parser.new_parses(stored)
    monkeypatch.setattr("dragoman.reading.pipeline.load", lambda _: pytest.fail("the model is asked for"))
    assert list(reader.read_all(reports, kept)) == expected
    assert kept.added == 0
    assert kept.to_bytes() == stored


def test_parses_are_stored_alike_however_they_came(reader: Reader, reports: list[Report], stored: bytes) -> None:
    first = reader.parser.new_parses()
    list(reader.read_all(reports[:7], first))
    second = reader.parser.new_parses(first.to_bytes())
    list(reader.read_all(reports, second))
    assert second.added
    assert len(second) == len(first) + second.added
    assert second.to_bytes() == stored


def test_only_what_is_not_kept_is_parsed(reader: Reader, reports: list[Report], stored: bytes) -> None:
    new = from_text("Talks end\n\nRebels left the talks in Ostra on Monday.", name="new")
    kept = reader.parser.new_parses(stored)
    (*_, last) = reader.read_all([*reports, new], kept)
    assert last == reader.read(new)
    assert kept.added == 2


@pytest.mark.parametrize("broken", ["half", "other model", "nothing", "no store", "wrong count"])
def test_a_stale_or_broken_store_changes_nothing(
    reader: Reader, reports: list[Report], stored: bytes, broken: str
) -> None:
    import msgspec

    kept = msgspec.msgpack.decode(stored, type=Kept)
    data = {
        "half": stored[: len(stored) // 2],
        "other model": msgspec.msgpack.encode(msgspec.structs.replace(kept, made="1 another 1.0 spaCy 3.8.7")),
        "nothing": b"",
        "no store": b"\x81\xa4made\xa1x",
        "wrong count": msgspec.msgpack.encode(msgspec.structs.replace(kept, keys=kept.keys[1:])),
    }[broken]
    again = reader.parser.new_parses(data)
    assert len(again) == 0
    assert list(reader.read_all(reports[:3], again)) == [reader.read(report) for report in reports[:3]]


def test_a_heading_is_parsed_anew_where_its_verbs_have_changed(reader: Reader) -> None:
    model = Settings().model
    text = "Rebels free bishop, shun truce\n\nThe bishop had been held for a month in the hills, his office said."
    before, other = (Parser(model, verbs=verbs) for verbs in (("sign",), ("sign", "attack")))
    kept = before.new_parses()
    list(before.sentences_of([(text, None)], kept=kept))
    list(other.sentences_of([(text, None)], kept=kept))
    assert kept.added == 2  # 'attack' is no word of the heading
    after = Parser(model, verbs=("sign", "free", "shun"))
    (again,) = after.sentences_of([(text, None)], kept=kept)
    assert kept.added == 3
    assert again == after.sentences(text)
    assert again != before.sentences(text)


def test_digests_tell_pieces_apart() -> None:
    assert len({key_of("a"), key_of("b"), key_of("a", "b"), key_of("\udc80")}) == 4


def test_a_process_that_reads_what_is_kept_never_loads_the_model(tmp_path: Path, stored: bytes, reader: Reader) -> None:
    (tmp_path / "parses").write_bytes(stored)
    report = str(SAMPLES / "corpus")
    program = f"""
from pathlib import Path
from dragoman.model import Report
from dragoman.reading import pipeline
from dragoman.reading.intake import read_path
from dragoman.reading.reader import Reader
reader = Reader()
kept = reader.parser.new_parses(Path({str(tmp_path / "parses")!r}).read_bytes())
some = [each for each in read_path(Path({report!r})) if isinstance(each, Report)][:20]
print(sum(len(reading.claims) for reading in reader.read_all(some, kept)), pipeline.load.cache_info().currsize, kept.added)
"""
    done = subprocess.run([sys.executable, "-c", program], env=os.environ, capture_output=True, text=True, check=True)
    some = [each for each in read_path(SAMPLES / "corpus") if isinstance(each, Report)][:20]
    assert done.stdout.split() == [str(sum(len(reader.read(one).claims) for one in some)), "0", "0"]


def test_a_store_can_be_opened_by_spacy(reader: Reader, stored: bytes) -> None:
    import msgspec
    import spacy
    from spacy.tokens import DocBin

    kept = msgspec.msgpack.decode(stored, type=Kept)
    docs = list(DocBin().from_bytes(kept.parsed).get_docs(spacy.blank("en").vocab))
    assert len(docs) == len(kept.keys)
    assert any(token.dep_ == "nsubj" for token in docs[0])
    assert isinstance(Parses.of(stored, kept.made), Parses)
