"""Truces, papers and talks from small reports: what is one and what is another, how it stands, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from board_reports import Shelf
from hypothesis import given
from hypothesis import strategies as st

from dragoman.board.conflicts import load_conflicts
from dragoman.board.papers import papers
from dragoman.board.tracks import tracks
from dragoman.board.truce_states import POSITIVE, State, steps
from dragoman.board.truces import truces
from dragoman.board.types import Paper, Round, Truce
from dragoman.ledger.store import Told
from dragoman.reading.reader import Reader

LIBYA = load_conflicts()["libya"]
CALL = (
    "8",
    "Russia and Turkey on Wednesday proposed a ceasefire between Haftar's Libyan National Army "
    "and the Government of National Accord from January 12.",
)
REFUSED = ("9", "The Libyan National Army rejected the ceasefire on Thursday.")
AGREED = (
    "11",
    "The Libyan National Army and the Government of National Accord agreed on Saturday on a ceasefire from January 12.",
)
HOLDS = ("14", "The ceasefire between the Libyan National Army and the Government of National Accord held on Tuesday.")
BROKEN = (
    "15",
    "The Government of National Accord accused the Libyan National Army of violating the ceasefire on Wednesday.",
)
OVER = ("16", "The Libyan National Army ended the ceasefire with the Government of National Accord on Thursday.")
ANEW = (
    "25",
    "The Libyan National Army and the Government of National Accord agreed on Saturday on a new ceasefire. "
    "The new ceasefire will begin on January 26 and end on February 5.",
)


@pytest.fixture(scope="module")
def shelf(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return a shelf of its own for these tests."""
    return Shelf(reader, tmp_path_factory.mktemp("processes"))


def on(day: str) -> date:
    """Return a day of January 2020, or of another month where it is written so."""
    return date.fromisoformat(day if "-" in day else f"2020-01-{int(day):02}")


def one(told: Sequence[Told], day: str) -> Truce:
    """Return the only truce as of a day."""
    found = truces(told, LIBYA, on(day))
    assert len(found) == 1
    return found[0]


# -- truces


def test_a_truce_goes_from_proposal_to_its_end_by_the_last_word(shelf: Shelf) -> None:
    told = shelf.told(CALL, REFUSED, AGREED, HOLDS, BROKEN, OVER)
    stood = {day: one(told, day).status for day in ("8", "9", "11", "12", "14", "15", "16", "20")}
    assert stood == {
        "8": "proposed", "9": "rejected", "11": "agreed", "12": "in_force", "14": "holding", "15": "violated",
        "16": "ended", "20": "ended",
    }  # fmt: skip
    last = one(told, "20")
    assert [turn.state for turn in last.history] == ["proposed", "rejected", "agreed", "holding", "violated", "ended"]
    assert [turn.day for turn in last.history] == [on(day) for day in ("8", "9", "11", "14", "15", "16")]
    assert set(last.parties) == {"libya-lna", "libya-gna"}
    assert last.from_ is not None
    assert last.from_.latest == on("12")
    assert last.declared is not None
    assert last.declared.latest == on("11")


def test_a_breach_and_an_end_speak_against_a_truce_that_holds(shelf: Shelf) -> None:
    told = shelf.told(
        AGREED,
        HOLDS,
        (
            "14",
            "The Government of National Accord accused the Libyan National Army of violating the ceasefire on Tuesday.",
        ),
    )
    truce = one(told, "14")
    assert truce.status == "holding"
    assert {cited.report for cited in truce.against} == {
        told[k].kept.report.id for k in range(3) if "violating" in told[k].kept.report.text
    }


def test_silence_makes_the_state_unknown_since_the_last_report_in_time(shelf: Shelf) -> None:
    told = shelf.told(
        AGREED,
        HOLDS,
        ("20", "Khalifa Haftar met his officers on Monday."),
        ("2020-02-20", "Khalifa Haftar met his officers."),
    )
    assert [one(told, day).status for day in ("28", "29")] == ["holding", "unknown"]
    assert one(told, "2020-03-01").since == on("20")
    assert truces(told, LIBYA, on("29"), stale=30)[0].status == "holding"


def test_a_truce_whose_time_is_over_has_ended_unless_nobody_had_spoken_of_it(shelf: Shelf) -> None:
    told = shelf.told(ANEW)
    assert [one(told, day).status for day in ("26", "2020-02-05", "2020-02-06")] == ["in_force", "in_force", "ended"]
    assert truces(told, LIBYA, on("2020-02-06"), stale=5)[0].status == "unknown"


def test_a_new_truce_with_days_of_its_own_is_another(shelf: Shelf) -> None:
    told = shelf.told(AGREED, HOLDS, OVER, ANEW)
    found = truces(told, LIBYA, on("27"))
    assert [truce.status for truce in found] == ["ended", "in_force"]
    assert found[1].until is not None
    assert found[1].until.latest == on("2020-02-05")


def test_a_call_for_a_lasting_truce_does_not_undo_the_one_in_force(shelf: Shelf) -> None:
    told = shelf.told(
        AGREED,
        HOLDS,
        (
            "19",
            "The Libyan National Army and the Government of National Accord were urged by "
            "Germany on Sunday to agree on a permanent ceasefire.",
        ),
    )
    assert truces(told, LIBYA, on("19"))[0].status == "holding"


def test_an_update_takes_the_place_of_what_it_updates_from_its_day_on(shelf: Shelf) -> None:
    told = shelf.told(AGREED, ("14", OVER[1].replace("Thursday", "Tuesday")), HOLDS, updates={2: 1})
    assert one(told, "14").status == "holding"
    assert "ended" not in [turn.state for turn in one(told, "14").history]
    assert one(told[:2] if "ended" in told[1].kept.report.text else [told[0], told[2]], "14").status == "ended"


def test_copies_are_one_origin(shelf: Shelf) -> None:
    told = shelf.told(AGREED, HOLDS)
    copy = replace(told[1], kept=replace(told[1].kept, report=replace(told[1].kept.report, id="copy")))
    assert one([*told, copy], "14").origins == 2
    assert len(one([*told, copy], "14").cited) == 3


_STATUSES = ("proposed", "rejected", "agreed", "violated", "in_force", "holding", "extended", "ended", "unknown")
_STATES = st.lists(
    st.builds(
        lambda status, day, origin: (status, date(2020, 1, day), origin),
        st.sampled_from(_STATUSES), st.integers(1, 9), st.sampled_from("abc"),
    ),
    max_size=12,
)  # fmt: skip


@given(_STATES)
def test_states_change_in_order_of_days_and_never_back_to_a_call_while_in_force(
    told: list[tuple[str, date, str]],
) -> None:
    states = [State(status=s, day=d, origin=o, dated=True, at=at) for at, (s, d, o) in enumerate(told)]
    found = steps(states)
    assert [step.day for step in found] == sorted(step.day for step in found)
    assert all(one_.status != other.status for one_, other in pairwise(found))
    for before, after in pairwise(found):
        if before.status in POSITIVE - {"agreed"} | {"violated"}:
            assert after.status not in ("proposed", "rejected", "agreed")


@given(_STATES, st.integers(0, 11))
def test_states_of_later_days_do_not_change_earlier_steps(told: list[tuple[str, date, str]], cut: int) -> None:
    states = [State(status=s, day=d, origin=o, dated=False, at=at) for at, (s, d, o) in enumerate(told)]
    states.sort(key=lambda state: state.day)
    early = [state for state in states if state.day <= date(2020, 1, 1 + cut % 9)]
    assert steps(states)[: len(steps(early))] == steps(early)


# -- papers

SIGNED = ("13", "Prime Minister Fayez al-Sarraj signed the Moscow accord in Moscow on Monday.")
UNSIGNED = ("14", "Khalifa Haftar left Moscow on Tuesday without signing the Moscow accord.")
LATER = ("20", "Khalifa Haftar signed the Moscow accord on Monday.")
TURKISH = ("2", "Turkey and the Government of National Accord signed a military agreement in November.")


def paper(told: Sequence[Told], day: str) -> Paper:
    """Return the Moscow accord as of a day."""
    found = [each for each in papers(told, LIBYA, on(day)) if "moscow" in each.name.lower()]
    assert len(found) == 1
    return found[0]


def table(of: Paper) -> dict[str, str]:
    """Return who did what with a paper."""
    return {signing.party: signing.status for signing in of.signings}


def test_a_paper_has_a_table_of_signatures_by_party(shelf: Shelf) -> None:
    told = shelf.told(TURKISH, SIGNED, UNSIGNED, LATER)
    assert (paper(told, "13").status, table(paper(told, "13"))) == ("partly_signed", {"libya-gna": "signed"})
    second = paper(told, "14")
    assert (second.status, table(second)) == ("partly_signed", {"libya-gna": "signed", "libya-lna": "not_signed"})
    third = paper(told, "20")
    assert (third.status, table(third)) == ("signed", {"libya-gna": "signed", "libya-lna": "signed"})
    assert {s.party: s.date.latest for s in third.signings} == {"libya-gna": on("13"), "libya-lna": on("20")}


def test_papers_of_other_parties_or_days_are_others(shelf: Shelf) -> None:
    told = shelf.told(TURKISH, SIGNED, UNSIGNED)
    assert [each.status for each in papers(told, LIBYA, on("20"))] == ["signed", "partly_signed"]


def test_who_is_said_to_have_signed_and_not_to_have_is_shown_with_both(shelf: Shelf) -> None:
    told = shelf.told(
        SIGNED, ("14", "Khalifa Haftar signed the Moscow accord on Monday, his spokesman said."), UNSIGNED
    )
    row = next(signing for signing in paper(told, "14").signings if signing.party == "libya-lna")
    assert row.status == "not_signed"
    assert row.cited
    assert row.against
    assert {c.report for c in row.cited}.isdisjoint({c.report for c in row.against})


def test_who_will_sign_no_accord_does_not_make_one(shelf: Shelf) -> None:
    told = shelf.told(("5", "Khalifa Haftar said on Sunday that he would not sign any accord."))
    assert papers(told, LIBYA, on("6")) == ()


# -- talks

PLANNED = (
    "30",
    "The Libyan National Army and the Government of National Accord will hold talks in Geneva on February 3.",
)
BEGUN = (
    "2020-02-03",
    "The Libyan National Army and the Government of National Accord held indirect talks in Geneva on Monday.",
)
ENDED = (
    "2020-02-05",
    "The talks between the Libyan National Army and the Government of National Accord "
    "in Geneva ended on Wednesday without an agreement.",
)
SECOND = (
    "2020-02-08",
    "The Libyan National Army and the Government of National Accord will hold a second round of talks in Geneva on February 18.",
)
OTHERS = ("2020-02-04", "Khalifa Haftar held talks with Italian Prime Minister Giuseppe Conte in Rome on Tuesday.")


def rounds(told: Sequence[Told], day: str) -> list[Round]:
    """Return the rounds of the track of the two sides."""
    found = [track for track in tracks(told, LIBYA, on(day)) if {"libya-lna", "libya-gna"} <= set(track.parties)]
    return [each for track in found for each in track.rounds]


def test_talks_are_rounds_of_one_track(shelf: Shelf) -> None:
    told = shelf.told(PLANNED, BEGUN, ENDED, SECOND, OTHERS)
    assert [each.status for each in rounds(told, "31")] == ["planned"]
    assert [each.status for each in rounds(told, "2020-02-03")] == ["held"]
    assert [each.status for each in rounds(told, "2020-02-10")] == ["ended", "planned"]
    first, second = rounds(told, "2020-02-10")
    assert (first.date.earliest, first.date.latest) == (on("2020-02-03"), on("2020-02-05"))
    assert first.format == "indirect"
    assert first.place is not None
    assert first.place.name == "Geneva"
    assert second.date.latest == on("2020-02-18")
    assert len(tracks(told, LIBYA, on("2020-02-10"))) == 2


def test_what_was_planned_and_of_which_nothing_is_told_has_passed(shelf: Shelf) -> None:
    told = shelf.told(PLANNED)
    assert [each.status for each in rounds(told, "2020-02-03")] == ["planned"]
    assert [each.status for each in rounds(told, "2020-02-04")] == ["passed"]


def test_talks_that_are_called_off_are_cancelled(shelf: Shelf) -> None:
    off = (
        "2020-02-02",
        "The talks between the Libyan National Army and the Government of National Accord in Geneva were cancelled on Sunday.",
    )
    assert [each.status for each in rounds(shelf.told(PLANNED, off), "2020-02-02")] == ["cancelled"]


# -- a day knows only the reports up to it

KINDS: tuple[Callable[..., object], ...] = (truces, papers, tracks)


@pytest.mark.parametrize("kind", KINDS)
def test_a_board_of_a_day_is_that_of_who_saw_only_the_reports_up_to_it(
    shelf: Shelf, kind: Callable[..., object]
) -> None:
    told = shelf.told(
        CALL, REFUSED, AGREED, HOLDS, BROKEN, OVER, ANEW, TURKISH, SIGNED, UNSIGNED, LATER, PLANNED, BEGUN, ENDED, SECOND, OTHERS,
        updates={4: 3, 10: 9},
    )  # fmt: skip
    for day in sorted({each.kept.report.published for each in told if each.kept.report.published}):
        seen = [each for each in told if each.kept.report.published and each.kept.report.published <= day]
        assert kind(told, LIBYA, day) == kind(seen, LIBYA, day)
