"""The entries of the board from small reports, and that the board of a day only knows the reports up to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from board_reports import LIBYA, OwnConflict, Shelf, day_of, texts_of

from dragoman.board.backings import backings
from dragoman.board.bodies import bodies
from dragoman.board.breaches import breaches
from dragoman.board.calendar import calendar
from dragoman.board.menaces import menaces
from dragoman.board.rules import turnings
from dragoman.board.stances import stances
from dragoman.board.types import Entry
from dragoman.ledger.store import Told
from dragoman.reading.reader import Reader

REBELS = OwnConflict(parties={"government": "state", "rebels": "rebels"})
KINDS = (stances, menaces, backings, breaches, bodies, calendar, turnings)
Function = Callable[[Sequence[Told], OwnConflict, date], tuple[Entry, ...]]


@pytest.fixture(scope="module")
def shelf(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return a shelf of its own for these tests."""
    folder: Path = tmp_path_factory.mktemp("board")
    return Shelf(reader, folder)


# -- positions

DEMAND = "Libyan commander Khalifa Haftar demanded on Monday that Turkey have no role in monitoring the ceasefire."
DROPPED = "Khalifa Haftar on Sunday dropped his demand that Turkey have no role in monitoring the ceasefire."


def test_a_demand_told_again_is_cited_and_dropped_is_a_turn(shelf: Shelf) -> None:
    told = shelf.told(("13", DEMAND), ("14", DEMAND.replace("on Monday ", "")), ("19", DROPPED))
    before = stances(told, LIBYA, day_of(18))
    assert [(s.party, s.issue, s.state, len(s.cited), len(s.history)) for s in before] == [
        ("libya-lna", "turkey-role", "demand", 2, 1)
    ]
    (now,) = stances(told, LIBYA, day_of(19))
    assert now.id == before[0].id
    assert now.state == "dropped"
    assert [(turn.state, turn.day) for turn in now.history] == [("demand", day_of(13)), ("dropped", day_of(19))]
    assert now.content == "that Turkey have no role in monitoring the ceasefire on Sunday" or now.content.startswith(
        "that"
    )


def test_what_was_refused_is_accepted_and_told_late_it_stays_so(shelf: Shelf) -> None:
    told = shelf.told(
        ("9", "Khalifa Haftar on Thursday rejected a ceasefire that Russia had proposed."),
        ("12", "Khalifa Haftar accepted the ceasefire on Sunday."),
        ("14", "Khalifa Haftar rejected a ceasefire on January 9."),
    )
    (stance,) = (s for s in stances(told, LIBYA, day_of(14)) if s.party == "libya-lna")
    assert (stance.issue, stance.state) == ("truce", "acceptance")
    assert [turn.state for turn in stance.history] == ["refusal", "acceptance"]
    assert len(stance.cited) == 3


def test_who_will_not_drop_his_demand_still_demands(shelf: Shelf) -> None:
    told = shelf.told(
        ("13", DEMAND), ("15", "Haftar refused to drop his demand that Turkey have no role in the monitoring.")
    )
    assert {s.state for s in stances(told, LIBYA, day_of(15))} == {"demand"}


def test_an_issue_that_the_conflict_does_not_name_goes_by_its_words(shelf: Shelf) -> None:
    told = shelf.told(
        ("10", "Haftar demanded that the militias in Tripoli be dissolved."),
        ("12", "Khalifa Haftar demanded again that the militias of Tripoli be dissolved."),
    )
    (stance,) = stances(told, LIBYA, day_of(12))
    assert stance.issue == "militias tripoli dissolved"
    assert len(stance.history) == 1
    assert len(stance.cited) == 2


def test_an_issue_is_the_same_on_another_day_and_by_another_word_for_a_truce(shelf: Shelf) -> None:
    told = shelf.told(
        ("9", "Khalifa Haftar on Thursday rejected a ceasefire on Saturday."),
        ("12", "Khalifa Haftar rejected a truce on January 11."),
    )
    (stance,) = stances(told, replace(LIBYA, issues=()), day_of(12))
    assert (stance.issue, len(stance.cited)) == ("truce", 2)


def test_an_updated_report_does_not_count(shelf: Shelf) -> None:
    reports = (("13", DEMAND), ("13", "Haftar demanded that Turkey leave Libya at once."))
    alone = stances(shelf.told(*reports), LIBYA, day_of(13))
    updated = stances(shelf.told(*reports, updates={1: 0}), LIBYA, day_of(13))
    assert {len(s.cited) for s in alone} == {2}
    assert [len(s.cited) for s in updated] == [1]
    assert "leave Libya" in updated[0].content


# -- threats

ULTIMATUM = "The rebels threatened to attack the capital unless the government freed the prisoners by Friday."


def test_a_threat_is_open_until_its_day_has_passed(shelf: Shelf) -> None:
    told = shelf.told(("13", ULTIMATUM))
    (still,) = menaces(told, REBELS, day_of(17))
    assert (still.party, still.outcome, still.deadline and still.deadline.latest) == ("rebels", "open", day_of(17))
    (over,) = menaces(told, REBELS, day_of(18))
    assert (over.outcome, over.settled_by) == ("passed", ())


def test_a_threat_is_carried_out_by_a_deed_that_fits_it(shelf: Shelf) -> None:
    done = "The rebels attacked the capital on Saturday, killing five soldiers."
    told = shelf.told(("13", ULTIMATUM), ("18", done))
    (menace,) = menaces(told, REBELS, day_of(19))
    assert menace.outcome == "carried_out"
    assert [texts_of(told)[each.report] for each in menace.settled_by] == [done]


@pytest.mark.parametrize(
    "other",
    [
        "The rebels called on the government to free the prisoners.",
        "The rebels attacked the capital on January 3.",
        "The rebels did not attack the capital on Saturday.",
        "The government attacked the rebels on Saturday.",
    ],
)
def test_other_deeds_do_not_carry_it_out(shelf: Shelf, other: str) -> None:
    (menace,) = menaces(shelf.told(("13", ULTIMATUM), ("18", other)), REBELS, day_of(19))
    assert menace.outcome == "passed"


def test_a_threat_is_withdrawn(shelf: Shelf) -> None:
    told = shelf.told(("13", ULTIMATUM), ("15", "The rebels withdrew their threat to attack the capital."))
    (menace,) = menaces(told, REBELS, day_of(19))
    assert menace.outcome == "withdrawn"
    assert len(menace.settled_by) == 1


# -- backing

SUPPLY = "The United Arab Emirates supplied drones to the Libyan National Army, the United Nations said."


def test_backing_by_kind_with_its_days_and_who_denies_it(shelf: Shelf) -> None:
    told = shelf.told(
        ("3", SUPPLY),
        ("5", SUPPLY.replace("supplied drones to", "has sent weapons to")),
        ("6", "The United Arab Emirates denied that it had supplied weapons to the Libyan National Army."),
        ("7", "Egypt supports the Libyan National Army."),
    )
    (egypt, emirates) = backings(told, LIBYA, day_of(7))
    assert (egypt.backer, egypt.kind, egypt.denied_by) == ("egypt", "political", ())
    assert (emirates.backed, emirates.kind, emirates.denied_by) == ("libya-lna", "arms", ("united-arab-emirates",))
    assert (emirates.first, emirates.last, emirates.origins) == (day_of(3), day_of(5), 2)
    assert [each.report for each in emirates.against] == [told[2].kept.report.id]
    assert backings(told, LIBYA, day_of(5))[0].denied_by == ()


# -- violations

SHELLED = "The Government of National Accord accused Haftar's forces of violating the truce by shelling {} on Thursday."


def test_one_breach_of_several_reports_with_four_columns(shelf: Shelf) -> None:
    told = shelf.told(
        ("16", SHELLED.format("Tripoli's southern suburbs")),
        ("17", SHELLED.format("the southern suburbs of Tripoli")),
        ("17", "The Libyan National Army denied that it had shelled the suburbs of Tripoli on Thursday."),
        ("18", "Haftar's forces violated the truce by shelling Misrata port on Friday, United Nations monitors said."),
    )
    found = {breach.act: breach for breach in breaches(told, LIBYA, day_of(18))}
    first = next(breach for act, breach in found.items() if "suburbs" in act)
    assert (first.accusers, first.accused, first.denied_by) == (("libya-gna",), ("libya-lna",), ("libya-lna",))
    assert (len(first.cited), len(first.against), first.verified_by) == (2, 1, ())
    assert first.date.latest == day_of(16)
    other = next(breach for act, breach in found.items() if "Misrata" in act)
    assert other.denied_by == ()
    assert len(found) == 2


# -- mechanisms


def test_a_body_told_of_twice_is_one(shelf: Shelf) -> None:
    told = shelf.told(
        ("16", "A joint military committee will monitor the ceasefire, the United Nations said."),
        ("20", "The joint military committee monitors the ceasefire in Libya."),
        ("21", "Haftar demanded that Turkey be kept out of the joint military committee that monitors the ceasefire."),
    )
    (body,) = bodies(told, LIBYA, day_of(21))
    assert (body.name, body.kind, body.first, body.last) == (
        "joint military committee", "monitoring", day_of(16), day_of(21),
    )  # fmt: skip
    assert body.asked_out == ("turkey",)


# -- the calendar

CONFERENCE = "Germany will host a Libya conference in Berlin on January 19, with Turkey and Russia attending."


def test_a_meeting_is_ahead_and_held_or_passes_with_no_report(shelf: Shelf) -> None:
    held = "Turkey and Russia met in Berlin on Sunday, January 19."
    told = shelf.told(("14", CONFERENCE), ("20", held))
    (ahead,) = calendar(told, LIBYA, day_of(19))
    assert (ahead.outcome, ahead.place and ahead.place.name, ahead.window.latest) == ("ahead", "Berlin", day_of(19))
    (done,) = calendar(told, LIBYA, day_of(20))
    assert done.outcome == "held"
    assert [texts_of(told)[each.report] for each in done.settled_by] == [held]
    (silent,) = calendar(told[:1], LIBYA, day_of(20))
    assert (silent.outcome, silent.settled_by) == ("passed", ())


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("The Berlin conference planned for Sunday was postponed, Germany said.", "postponed"),
        ("Germany cancelled the conference in Berlin.", "cancelled"),
    ],
)
def test_a_meeting_is_put_off(shelf: Shelf, word: str, outcome: str) -> None:
    told = shelf.told(("14", CONFERENCE), ("18", word))
    assert [due.outcome for due in calendar(told, LIBYA, day_of(25))] == [outcome]


def test_a_window_stays_a_window_and_days_are_in_order(shelf: Shelf) -> None:
    told = shelf.told(
        ("20", "The talks between the government and the rebels are due to resume later this month in Geneva."),
        ("20", "The rebels threatened to attack the capital if the government did not free the prisoners by Friday."),
    )
    found = calendar(told, REBELS, day_of(21))
    assert [due.kind for due in found] == ["meeting", "deadline"]
    assert (found[0].window.earliest, found[0].window.latest) == (day_of(20), day_of(31))
    assert {due.outcome for due in found} == {"ahead"}


# -- rules over time


def test_talks_fail_and_the_process_resumes(shelf: Shelf) -> None:
    told = shelf.told(
        ("13", "The government and the rebels met for talks in Geneva on Monday."),
        ("14", "The talks between the government and the rebels in Geneva ended without a deal on Tuesday."),
        ("27", "The government and the rebels resumed talks in Geneva on Monday, January 27."),
    )
    found = turnings(told, REBELS, day_of(27))
    assert [(turn.rule, turn.words, turn.day) for turn in found] == [
        ("talks-failed", "talks failed", day_of(14)),
        ("process-resumed", "process resumed", day_of(27)),
    ]
    assert {each.report for each in found[1].cited} == {told[1].kept.report.id, told[2].kept.report.id}
    assert [turn.rule for turn in turnings(told, REBELS, day_of(26))] == ["talks-failed"]


def test_a_truce_is_broken_by_deeds_not_by_words(shelf: Shelf) -> None:
    truce = ("12", "A ceasefire between the government and the rebels took effect on Sunday.")
    word = ("14", "The government accused the rebels of breaking the ceasefire.")
    deed = ("15", "The rebels attacked the government on Wednesday, January 15.")
    assert turnings(shelf.told(truce, word), REBELS, day_of(20)) == ()
    (turn,) = turnings(shelf.told(truce, word, deed), REBELS, day_of(20))
    assert (turn.rule, turn.day) == ("truce-broken", day_of(15))


# -- what holds for all

STORY = (
    ("9", "Khalifa Haftar on Thursday rejected a ceasefire that Russia had proposed."),
    ("12", "A ceasefire between the Government of National Accord and Haftar's forces took effect on Sunday."),
    ("13", DEMAND),
    ("14", CONFERENCE),
    (
        "14",
        "The talks in Moscow between Haftar and Sarraj ended without a deal on Tuesday. Haftar left Moscow without signing.",
    ),
    ("14", "Turkey threatened on Tuesday to attack Haftar if he attacked Tripoli again."),
    ("16", SHELLED.format("Tripoli's southern suburbs")),
    ("17", SUPPLY),
    ("17", "The Libyan National Army denied that it had shelled the suburbs of Tripoli on Thursday."),
    ("19", DROPPED),
    ("20", "Turkey and Russia met in Berlin on Sunday, January 19."),
    ("21", "Turkey attacked Haftar's forces near Tripoli on Tuesday."),
    ("22", "A joint military committee will monitor the ceasefire, the United Nations said."),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_board_of_a_day_is_that_of_the_reports_up_to_it(shelf: Shelf, kind: Function) -> None:
    told = shelf.told(*STORY, updates={8: 7})
    for number in range(8, 24):
        until = day_of(number)
        prefix = [each for each in told if each.kept.report.published and each.kept.report.published <= until]
        assert kind(told, LIBYA, until) == kind(prefix, LIBYA, until)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_entry_cites_sentences_that_stand_in_its_reports(shelf: Shelf, kind: Function) -> None:
    told = shelf.told(*STORY)
    texts = texts_of(told)
    found = kind(told, LIBYA, day_of(22))
    assert found
    for entry in found:
        for each in (*entry.cited, *entry.against):
            assert texts[each.report][each.start : each.end].endswith(".")
        assert entry.origins == len({each.origin for each in entry.cited}) > 0
    assert len({entry.id for entry in found}) == len(found)


def test_a_threat_of_the_story_is_carried_out(shelf: Shelf) -> None:
    told = shelf.told(*STORY)
    assert [menace.outcome for menace in menaces(told, LIBYA, day_of(20))] == ["open"]
    assert [menace.outcome for menace in menaces(told, LIBYA, day_of(22))] == ["carried_out"]
