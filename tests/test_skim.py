"""The skim: what it leaves out can give no claim, what it reads is read as if all were read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
import stream
from conftest import load_samples
from test_cases import CASES

from dragoman.errors import DragomanError
from dragoman.model import EventType, Report
from dragoman.process.board import record_of
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.parse import paragraphs_of, rough_count
from dragoman.reading.reader import Reader, Reading
from dragoman.reading.skim import WHY, Lexicon, Skim
from dragoman.reading.triggers import triggers
from dragoman.rulebook.types import Frame, Gives, Manner, Pattern, Rulebook
from dragoman.rulebook.types import Test as Condition

DAY = date(2021, 3, 5)
PLAIN = "The lamps were yellow. Nearby, rain had been wet."


@pytest.fixture(scope="session")
def skimming() -> Reader:
    return Reader(skim=True)


@pytest.fixture(scope="session")
def skim(skimming: Reader) -> Skim:
    assert skimming.skim is not None
    return skimming.skim


def _report(text: str) -> Report:
    return from_text(text, IntakeOptions(published=DAY))


def _words(rulebook: Rulebook, frame: Frame, text: str, reader: Reader) -> bool:
    """Return whether a text has what one frame needs (and no other of the rulebook)."""
    lists = {**rulebook.lists, "denying_words": frozenset({"deny"}), "dismissing_words": frozenset({"deny"})}
    found = triggers(replace(rulebook, frames=(frame,), process={}, lists=lists))
    return found.met(Lexicon(found, reader.parser.forms_of).of(text))


def test_what_a_frame_says_is_wanted(skim: Skim, skimming: Reader) -> None:
    told = [(frame.id, said) for frame in skimming.rulebook.frames if not frame.silent for said in frame.says]
    assert len(told) > 2000
    assert [(identity, said) for identity, said in told if not skim.wanted(said)] == []


def test_a_frame_needs_its_words_alone(skimming: Reader) -> None:
    """Each frame's own condition holds in what it says, not only that of some other frame."""
    reader, rulebook = skimming, skimming.rulebook
    some = [frame for frame in rulebook.frames[::23] if frame.says and not frame.silent]
    missed = [(f.id, said) for f in some for said in f.says if not _words(rulebook, f, said, reader)]
    assert len(some) > 100
    assert missed == []


def test_cases_that_give_a_claim_are_wanted(skim: Skim) -> None:
    told = [case.text for case in CASES if case.wanted]
    assert [text for text in told if not skim.wanted(text)] == []


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("The rebels must lay down their arms.", True),
        ("The rebels laid down their weapons.", True),
        ("The rebels laid down their hats.", False),
        ("The rebels down arms.", False),
        ("They were laying the arms.", False),
    ],
)
def test_a_need_is_of_verb_pattern_and_listed_words(skimming: Reader, text: str, met: bool) -> None:
    frame = Frame(
        id="lay-down",
        verbs=(Pattern(lemma="lay", rest=("down",)),),
        tests=(
            Condition(role="object", words=frozenset({"arm", "weapon"})),
            Condition(role="subject", words=frozenset({"king"}), kinds=frozenset({"#actor"})),
        ),
        gives=Gives(event=EventType.RETREAT),
    )
    assert _words(skimming.rulebook, frame, text, skimming) is met


@pytest.mark.parametrize(
    ("text", "met"),
    [("They mustn't go.", True), ("They go and must not.", True), ("They must go.", False), ("They do not go.", False)],
)
def test_a_need_is_of_mood(skimming: Reader, text: str, met: bool) -> None:
    frame = Frame(
        id="must-not-go",
        verbs=(Pattern(lemma="go"),),
        manner=Manner(modal=frozenset({"must"}), negated=True),
        gives=Gives(event=EventType.REJECT),
    )
    assert _words(skimming.rulebook, frame, text, skimming) is met


@pytest.mark.parametrize(("text", "met"), [("They may go.", True), ("They go.", True), ("They may leave.", False)])
def test_any_modal_needs_no_word(skimming: Reader, text: str, met: bool) -> None:
    manner = Manner(modal=frozenset("*"))
    frame = Frame(id="go", verbs=(Pattern(lemma="go"),), manner=manner, gives=Gives(event=EventType.REJECT))
    assert _words(skimming.rulebook, frame, text, skimming) is met


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("the pull-out", "pullout"), ("a cease-fire", "ceasefire"), ("re-opened", "reopen"), ("they've", "have"), ("met", "meet"),
        ("he signed it", "sign"), ("onto", "on"), ("Erdoğan’s talks", "talk"), ("cease fire", "ceasefire"), ("won't", "will"),
    ],
)  # fmt: skip
def test_forms_of_a_text(skimming: Reader, text: str, form: str) -> None:
    lexicon = Lexicon(triggers(skimming.rulebook), skimming.parser.forms_of)
    assert form in lexicon.of(text)


def _same(one: Reading, other: Reading, rulebook: Rulebook) -> bool:
    return (
        one.claims == other.claims
        and one.signs == other.signs
        and one.entities == other.entities
        and record_of(one, rulebook) == record_of(other, rulebook)
    )


def test_samples_are_read_alike(reader: Reader, skimming: Reader) -> None:
    for sample in load_samples():
        report = sample.report()
        assert _same(skimming.read(report), reader.read(report), reader.rulebook), sample.path


def test_a_paragraph_that_nothing_can_come_of_is_left_out(reader: Reader, skimming: Reader) -> None:
    told = "Rebels sign truce\n\nThe army shelled Tolm on Monday. {}The rebels signed a truce with the government on Friday."
    report = _report(told.format(f"Troops fled.\n\n{PLAIN}\n\n"))
    full, skimmed = reader.read(report), skimming.read(report)
    assert len(skimmed.sentences) == len(full.sentences) - 2
    assert _same(skimmed, full, reader.rulebook)
    assert [one.sentence for one in skimmed.unread if one.why == WHY] == [4, 5]
    assert [s.number for s in skimmed.sentences] == [1, 2, 3, 6]
    assert full.claims


def test_a_name_is_read_for_its_own_sake(skim: Skim) -> None:
    assert not skim.wanted(PLAIN)
    assert not skim.names_somebody(PLAIN)
    assert skim.names_somebody("Nearby was old Oskar Dremmel.")
    assert skim.names_somebody("Nearby were rebels.")


def test_stories_without_conflict_are_left_out(skimming: Reader) -> None:
    reports = [_report(told["text"]) for told in stream.general(92, seed=4)]
    readings = [one for one in skimming.read_all(reports) if isinstance(one, Reading)]
    assert len(readings) == len(reports)
    assert sum(not reading.sentences for reading in readings) > 0.8 * len(readings)
    gone = next(reading for reading in readings if not reading.sentences)
    assert (gone.claims, gone.entities) == ((), ())
    assert [one.sentence for one in gone.unread] == list(range(1, len(gone.unread) + 1))
    assert {one.why for one in gone.unread} == {WHY}


def test_few_sentences_of_unknown_parties_are_read(skimming: Reader) -> None:
    for text in ("Rohan sued Gondor.", "Talks\n\nGondor turned down an offer by Rohan to help. Rohan praised Gondor."):
        assert skimming.read(_report(text)).claims


def test_reports_of_invented_parties_are_read(skim: Skim, skimming: Reader) -> None:
    """Reports put together from what frames say, with nobody whom the roster knows, are dense in the signs."""
    said = [said for frame in skimming.rulebook.frames if not frame.silent for said in frame.says]
    texts = ["\n\n".join(said[place :: len(said) // 30][:30]) for place in range(0, len(said) // 30, 2)]
    assert len(texts) > 30
    assert all(skim.signs(text).per_hundred > 8 for text in texts)


def test_the_order_of_reports_does_not_matter(skimming: Reader) -> None:
    reports = [_report(told["text"]) for told in stream.general(6)] + [sample.report() for sample in load_samples()[:3]]

    def readings(given: Sequence[Report]) -> dict[str, Reading | DragomanError]:
        return {report.id: one for report, one in zip(given, skimming.read_all(given), strict=True)}

    first, last = readings(reports), readings(reports[::-1])
    fresh = Reader(skim=True)
    assert all(_told(first[r.id]) == _told(last[r.id]) == _told(fresh.read(r)) for r in reports)


def _told(reading: Reading | DragomanError) -> object:
    assert isinstance(reading, Reading)
    return reading.claims, reading.unread, reading.entities


@pytest.mark.parametrize(
    "piece", ["a-", "'s ", "A. ", ". A", "! ", "“", "rebel ", "ceasefire", ".)", "x\n\n", "Mr. ", "é", "al-", "1,"]
)
def test_hostile_text_is_skimmed_in_time(skim: Skim, piece: str) -> None:
    assert _seconds(skim, piece) < 60 * _seconds(
        skim, "Rain fell on the hills. "
    )  # what grows with the square takes far more


def _seconds(skim: Skim, piece: str) -> float:
    """Return the CPU seconds that the look at so many letters takes."""
    text = piece * (400_000 // len(piece))
    began = time.process_time()
    skim.left_out(paragraphs_of(text), text)
    assert rough_count(text) > 0
    return time.process_time() - began


def test_the_stream_is_as_said() -> None:
    told = list(stream.general(600, seed=2))
    assert len(stream.stories()) >= 90
    assert all(240 <= len(story.split()) <= 600 for story in stream.stories())
    assert len({one["text"] for one in told}) == len(told)
    assert told == list(stream.general(600, seed=2))
    assert not any("{" in one["text"] or "}" in one["text"] for one in told)
    mixed = list(stream.stream([{"text": "x", "published": "2020-01-01", "outlet": "y"}] * 3))
    assert [number for number, one in enumerate(mixed) if one["text"] == "x"] == [9, 19, 29]
