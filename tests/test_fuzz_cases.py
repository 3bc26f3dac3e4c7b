"""What the fuzzer broke (docs/fuzzing.md): each input fails without its mend. And that the fuzzer sees what is broken."""

from __future__ import annotations

import json
import time
from pathlib import Path

import fuzz
import pytest
from fuzz_checks import CHECKS, check_intake, check_reading, check_rulebook, check_spans
from fuzz_made import MAKERS
from fuzz_words import BASES, PIECES
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import RulebookError
from dragoman.reading.intake import from_text
from dragoman.reading.reader import Reader
from dragoman.rulebook.loader import build_rulebook

CASES = sorted((Path(__file__).parent / "fuzz_cases").iterdir())
TOML = {
    "a list that is a number": ("words.toml", 'truces = ["truce", "ceasefire"]', "truces = 3"),
    "a list of lists": ("words.toml", 'truces = ["truce", "ceasefire"]', 'truces = [["truce"]]'),
    "a blank word in a list": ("words.toml", 'truces = ["truce", "ceasefire"]', 'truces = ["truce", " "]'),
    "an unknown kind of body": ("words.toml", 'kind = "armed_group"', 'kind = "army"'),
    "a title that is a text": ("words.toml", 'president = ["president"]', 'president = "president"'),
    "one frame in brackets": ("frames/a.toml", "[[frame]]", "[frame]"),
    "a verb that is true": ("frames/a.toml", '"sign", "be ready"', "true"),
    "a role of numbers": ("frames/a.toml", 'with = ["army"]', "with = 1.5"),
    "an event in a list": ("frames/a.toml", '"SUPPORT"', '["SUPPORT"]'),
    "an unknown status": ("frames/a.toml", '"future"', '"soon"'),
    "a rank in words": ("frames/a.toml", "rank = 3", 'rank = "first"'),
    "others that are a text": ("frames/a.toml", 'others = { host = "in" }', 'others = "in"'),
    "an id that is a table": ("frames/a.toml", 'id = "sign-truce"', "id = {}"),
    "a cue that is a table": ("cues.toml", "[[cue]]", "[cue]"),
    "a cue of blanks": ("cues.toml", '"be due"', '" "'),
    "a cue with a list of what it is over": ("cues.toml", '"complement"', '["complement"]'),
    "a record list that is a day": ("process.toml", 'articles = ["the", "a"]', "articles = 2020-01-01"),
    "a name of blanks": ("roster/a.toml", 'name = "Gondor"', 'name = " "'),
}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_broke_once_holds(path: Path) -> None:
    CHECKS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("case", TOML)
def test_a_value_of_another_kind_is_a_mistake_with_its_place(case: str) -> None:
    name, old, new = TOML[case]
    assert old in BASES[0][name]
    with pytest.raises(RulebookError) as caught:
        build_rulebook({**BASES[0], name: BASES[0][name].replace(old, new, 1)})
    assert any(line.startswith(name) for line in caught.value.mistakes)


@pytest.mark.parametrize("number", range(len(BASES)))
def test_what_is_changed_was_sound(number: int) -> None:
    check_rulebook(json.dumps(BASES[number]).encode())
    if "conflict.toml" not in BASES[number]:
        build_rulebook(BASES[number])


@pytest.mark.parametrize("form", PIECES)
def test_whole_files_are_taken_in(form: str) -> None:
    for data in PIECES[form]:
        check_intake(form.encode() + b"\n" + data)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_some_inputs_of_each_target(data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(fuzz.NAMES))
    CHECKS[target](MAKERS[target](fuzz.Drawn(data)))


def test_a_campaign_keeps_the_first_input_of_each_fault(tmp_path: Path) -> None:
    def check(made: bytes) -> None:
        if b"x" in made:
            check_spans(json.loads(made))

    campaign = fuzz.Campaign(target="reading", check=check, folder=tmp_path, until=time.monotonic() + 60)
    for made in (b"fine", b"x", b"xx"):
        campaign.run(made)
    kept = list((tmp_path / "found").iterdir())
    assert [path.read_bytes() for path in kept] == [b"x"]
    assert campaign.tried == 3
    assert list(campaign.found.values()) == [2]
    assert fuzz.named(fuzz.fault_of(check, b"x") or Exception()).startswith("JSONDecodeError at ")


def test_what_does_not_end_is_a_finding() -> None:
    def check(made: bytes) -> None:
        while made:
            try:
                made = made[::-1]
            except Exception:  # noqa: BLE001  what catches all faults must not hide it
                made = b"caught"

    assert isinstance(fuzz.fault_of(check, b"x", seconds=0.2), fuzz.TooSlowError)


def test_the_checks_see_a_span_that_is_not_in_the_text(reader: Reader) -> None:
    reading = reader.read(from_text("Gondor attacked Mordor on Monday."))
    check_spans(reading)
    object.__setattr__(reading.sentences[0], "start", 1)
    with pytest.raises(AssertionError, match="not at its offsets"):
        check_spans(reading)


def test_the_checks_see_a_reading_that_differs_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = iter((b"1", b"2"))
    monkeypatch.setattr("fuzz_checks.printed_of", lambda *_: next(turns))
    with pytest.raises(AssertionError, match="not the same twice"):
        check_reading(b"Gondor attacked Mordor on Monday.")
