"""Papers, talks, the calendar and the rules over time, folded report by report: each step is as if all had been taken at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from board_reports import Shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.board import folding
from dragoman.board.calendar import Calendar
from dragoman.board.conflicts import load_conflicts
from dragoman.board.folding import Fold, Now
from dragoman.board.papers import Papers
from dragoman.board.rules import Turnings
from dragoman.board.tracks import Tracks
from dragoman.board.types import Entry
from dragoman.ledger.store import Told
from dragoman.reading.reader import Reader

LIBYA = load_conflicts()["libya"]
Kind = Callable[..., Fold[Any, Any]]
KINDS: tuple[Kind, ...] = (Papers, Tracks, Calendar, Turnings)
_GNA, _LNA = "The Government of National Accord", "the Libyan National Army"
REPORTS = (
    ("2", f"{_GNA} and {_LNA} will hold talks in Geneva this month."),
    ("4", f"{_GNA} and {_LNA} will hold talks in Geneva on January 8."),
    ("5", "Germany will host a Libya conference in Berlin in January, with Turkey and Russia attending."),
    ("7", "Turkey and Russia met in Berlin on Monday, January 6."),
    ("8", f"Khalifa Haftar met his officers in Benghazi on Wednesday. {_GNA} held talks in Tunis on Tuesday."),
    ("9", f"{_GNA} met {_LNA} in Geneva on Wednesday, January 8."),
    ("10", f"{_GNA} and {_LNA} resumed talks in Geneva on Friday."),
    ("11", f"The talks between {_GNA} and {_LNA} in Geneva ended without a deal on Saturday."),
    ("11", f"A ceasefire between {_GNA} and {_LNA} took effect on Saturday."),
    ("12", "Germany will host a Libya conference in Berlin on January 19, with Turkey and Russia attending."),
    ("13", "Fayez al-Sarraj signed the Moscow accord on Monday."),
    ("14", "Khalifa Haftar left Moscow without signing the Moscow accord on Tuesday."),
    ("15", f"{_LNA} attacked {_GNA} in Tripoli on Wednesday, January 15."),
    ("16", "Turkey and Russia met in Berlin on Thursday, January 16."),
    ("20", "Turkey and Russia met in Berlin on Sunday, January 19."),
    ("20", "Khalifa Haftar signed the Moscow accord on Monday."),
    ("21", "Russia and Germany met in Berlin on Sunday, January 19."),
    ("22", f"{_LNA} and {_GNA} signed the Skhirat agreement in Morocco on Tuesday."),
    ("25", f"{_GNA} and {_LNA} resumed talks in Geneva on Saturday, January 25."),
    ("26", f"The talks between {_GNA} and {_LNA} in Geneva collapsed on January 12."),
    ("2020-02-02", f"{_GNA} and {_LNA} will hold talks in Vienna on February 4."),
    ("2020-02-03", f"A ceasefire between {_GNA} and {_LNA} took effect on Monday, February 3."),
    ("2020-02-06", f"{_GNA} met {_LNA} in Vienna on Tuesday, February 4."),
    ("2020-02-07", f"{_LNA} attacked {_GNA} in Tripoli on Friday, February 7."),
    ("2020-02-08", f"{_LNA} attacked {_GNA} in Tripoli on January 13."),
    ("2020-02-09", f"{_GNA} and {_LNA} resumed talks in Vienna on Sunday, February 9."),
)  # fmt: skip
ELSEWHERE = "Khalifa Haftar visited a hospital in Benghazi on Monday."


@pytest.fixture(scope="module")
def shelf(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return a shelf of its own for these tests."""
    return Shelf(reader, tmp_path_factory.mktemp("folding"))


@pytest.fixture(scope="module")
def told(shelf: Shelf) -> list[Told]:
    """Return the reports as a ledger tells them."""
    return shelf.told(*REPORTS)


@pytest.fixture(scope="module")
def more(shelf: Shelf) -> Told:
    """Return a later report that has nothing to do with them."""
    return shelf.told(("2020-02-10", ELSEWHERE))[0]


def fold_of(kind: Kind, told: Sequence[Told], day: date) -> Any:
    """Return a fold that has taken these reports at once."""
    fold = kind(LIBYA)
    fold.add(told, day)
    return fold


def entries(fold: Fold[Any, Any], day: date) -> tuple[Entry, ...]:
    """Return the entries of a fold as of a day."""
    found: tuple[Entry, ...] = fold.entries(Now(day=day))
    return found


def days(told: Sequence[Told]) -> tuple[date, date]:
    """Return the day of the last report, and one long after."""
    last = told[-1].kept.report.published
    assert last is not None
    return last, last + timedelta(days=40)


def test_the_reports_tell_of_all_that_is_folded(told: list[Told]) -> None:
    day, _ = days(told)
    found: dict[Kind, Any] = {kind: entries(fold_of(kind, told, day), day) for kind in KINDS}
    assert [paper.status for paper in found[Papers]] == ["signed", "signed"]
    rounds = [made for track in found[Tracks] for made in track.rounds]
    berlin = next(made for made in rounds if made.place.name == "Berlin")
    assert (len(rounds), berlin.status, len(berlin.cited)) == (7, "held", 4)  # two plans, and who met there
    conference = next(due for due in found[Calendar] if due.what == "conference")
    assert (conference.outcome, len(conference.cited), len(conference.settled_by)) == ("held", 2, 2)
    assert {turn.rule for turn in found[Turnings]} == {"talks-failed", "process-resumed", "truce-broken"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_report_more_is_as_if_all_were_taken_at_once(told: list[Told], kind: Kind) -> None:
    fold = kind(LIBYA)
    for count in range(1, len(told) + 1):
        fold.add(told[count - 1 : count], date.max)
        for day in days(told[:count]):
            assert entries(fold, day) == entries(fold_of(kind, told[:count], date.max), day)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None)
@given(ways=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), max_size=6))
def test_a_fold_that_went_back_is_as_one_that_did_not(
    told: list[Told], kind: Kind, ways: list[tuple[int, int]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "_EVERY", 3)
        fold = fold_of(kind, told, date.max)
        entries(fold, days(told)[0])
        for back, upto in ways:
            # what comes after is told otherwise: in the opposite order
            taken = fold.back(min(back, fold.taken))
            told = [*told[:taken], *reversed(told[taken:])]
            end = max(taken, min(upto, len(told)))
            fold.add(told[taken:end], date.max)
            for day in days(told):
                assert entries(fold, day) == entries(fold_of(kind, told[:end], date.max), day)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_report_does_not_touch_is_not_made_again(told: list[Told], more: Told, kind: Kind) -> None:
    day, later = days(told)
    fold = fold_of(kind, told, day)
    before = entries(fold, day)
    fold.add([more], day)
    after = entries(fold, day)
    assert len(before) == len(after) > 1
    assert all(one is other for one, other in zip(before, after, strict=True))
    assert entries(fold, later) == after  # nothing of it is still ahead


@pytest.mark.parametrize("kind", KINDS)
def test_a_state_is_plain_data(told: list[Told], kind: Kind) -> None:
    day, _ = days(told)
    fold = fold_of(kind, told[:-3], day)
    entries(fold, day)
    other = kind(LIBYA)
    other.state = msgspec.json.decode(msgspec.json.encode(fold.state), type=type(fold.state))
    fold.add(told[-3:], day)
    other.add(told[-3:], day)
    assert entries(other, day) == entries(fold, day)
