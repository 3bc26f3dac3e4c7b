"""What changed on a board: an entry is the one that stands on the same sentences, whatever its id and its name have become."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from board_reports import Shelf
from boards import EARLY, NAMES, PAPER, cite

from dragoman.board.conflicts import load_conflicts
from dragoman.board.fold import board_of
from dragoman.board.types import Board, Cited, Paper, Turning
from dragoman.export.ledger_brief import brief
from dragoman.export.ledger_json import board_form
from dragoman.export.ledger_since import Change, changes
from dragoman.export.ledger_words import Tongue
from dragoman.ledger.store import Told, View
from dragoman.reading.reader import Reader


def place(number: int, report: str = "r1", origin: str | None = None, length: int | None = None) -> Cited:
    """Return a sentence by its number, of a length of its own."""
    base = cite("r1")
    return replace(base, report=report, origin=origin or report, sentence=number, end=length or 10 + number)


def paper(identity: str, *numbers: int, name: str = "Truce", status: str = "signed") -> Paper:
    return replace(
        PAPER, id=identity, name=name, status=status, signings=(), cited=tuple(map(place, numbers)), against=()
    )


def between(before: Sequence[Paper], now: Sequence[Paper]) -> tuple[Change, ...]:
    old, new = (replace(EARLY, papers=tuple(papers)) for papers in (before, now))
    return changes(old, new, Tongue(NAMES))


def told_of(found: Sequence[Change]) -> list[tuple[str, str, str | None]]:
    """Return how, id, and the id of the entry that it is or was one with."""
    return [(each.how, each.entry.id, each.one_with.id if each.one_with else None) for each in found]


def test_an_entry_of_another_id_and_name_is_known_by_its_sentences() -> None:
    assert between([paper("a", 1, 2)], [paper("b", 1, 2, 3, name="Accord")]) == ()
    (found,) = between([paper("a", 1, 2)], [paper("b", 1, 2, 3, name="Accord", status="refused")])
    assert (found.how, found.entry.id) == ("changed", "b")
    assert found.facts == (("status", "signed", "refused"),)
    assert [cited.sentence for cited in found.cited] == [3]


def test_most_sentences_go_before_the_id_and_the_id_before_the_name() -> None:
    old = [paper("a", 1, 2, 3), paper("b", 4)]
    new = [paper("b", 1, 2, 3, 5, status="held"), paper("c", 4, status="lost")]
    found = between(old, new)
    assert [(each.how, each.entry.id) for each in found] == [("changed", "b"), ("changed", "c")]
    assert [cited.sentence for cited in found[0].cited] == [5]
    tied = between([paper("a", 1), paper("b", 1, status="held")], [paper("c", 1), paper("b", 1, status="held")])
    assert tied == ()
    named = between([paper("a", 1, name="A"), paper("b", 1, name="B", status="held")], [paper("c", 1, name="B")])
    assert [(each.how, each.entry.id) for each in named] == [("changed", "c"), ("gone", "a")]


def test_two_that_become_one() -> None:
    found = between([paper("a", 1, 2, name="A"), paper("b", 3, name="B")], [paper("a", 1, 2, 3, status="held")])
    assert told_of(found) == [("changed", "a", None), ("gone", "b", "a")]


def test_one_that_becomes_two() -> None:
    found = between([paper("a", 1, 2, 3)], [paper("a", 1, name="A"), paper("c", 2, 3, name="B", status="held")])
    assert told_of(found) == [("new", "a", "a"), ("changed", "c", None)]


def test_what_shares_a_sentence_with_another_entry_is_not_one_with_it() -> None:
    found = between([paper("a", 1), paper("b", 1, 2, name="B")], [paper("a", 1)])
    assert told_of(found) == [("gone", "b", None)]
    found = between([paper("a", 1)], [paper("a", 1), paper("b", 1, 2, name="B")])
    assert told_of(found) == [("new", "b", None)]


def test_an_entry_that_its_title_makes_what_it_is_becomes_no_other() -> None:
    def turning(identity: str, words: str) -> Turning:
        return Turning(id=identity, rule="r", words=words, day=None, cited=(place(1),))

    old, new = (
        replace(EARLY, turnings=(turning(*each),)) for each in (("a", "talks failed"), ("b", "process resumed"))
    )
    assert [each.how for each in changes(old, new, Tongue(NAMES))] == ["new", "gone"]
    again = replace(EARLY, turnings=(turning("b", "talks failed"),))
    assert changes(old, again, Tongue(NAMES)) == ()


def test_an_entry_whose_first_report_was_updated_is_known_by_the_update() -> None:
    """The update has the sentences under other numbers; two entries of one name are told apart by them."""
    old = [paper("a", 3), replace(paper("b", 4), status="held")]
    moved = [place(5, "r1b", "r1", 14), place(4, "r1b", "r1", 13)]
    new = [replace(paper("c"), cited=(moved[0],), status="held"), replace(paper("d"), cited=(moved[1],))]
    assert between(old, new) == ()


def test_the_order_of_entries_does_not_matter() -> None:
    old = [paper("a", 1, 2, 3), paper("b", 4, 5), paper("c", 6, name="C")]
    new = [paper("d", 3, 4, status="held"), paper("b", 1, 2), paper("e", 5, 6, name="C")]
    told = {
        tuple(sorted(told_of(between(first, second)), key=str))
        for first in permutations(old)
        for second in permutations(new)
    }
    assert len(told) == 1


# -- over real reports


LATE = (
    ("13", "Libya's Government of National Accord signed a ceasefire in Moscow on January 13."),
    ("15", "The Government of National Accord signed a ceasefire in Moscow on Monday. The truce was holding."),
)


def board(told: Sequence[Told], day: int) -> Board:
    return board_of(tuple(told), load_conflicts()["libya"], View(until=date(2020, 1, day)))


@pytest.fixture(scope="module")
def shelf(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(reader, tmp_path_factory.mktemp("since"))


def test_a_late_report_that_was_published_earlier_makes_nothing_gone_and_new(shelf: Shelf) -> None:
    told = shelf.told(*LATE)
    before, now = board(told[1:], 15), board(told, 15)
    assert before.truces
    assert before.papers
    assert {entry.id for entry in (*before.truces, *before.papers)}.isdisjoint(
        entry.id for entry in (*now.truces, *now.papers)
    )
    found = changes(before, now, Tongue(now.names))
    assert {each.how for each in found} <= {"changed"}


def test_where_an_entry_went_is_said() -> None:
    before = replace(EARLY, papers=(paper("a", 1, name="Truce of Moscow"), paper("b", 2, name="Pledge")))
    now = replace(EARLY, papers=(paper("a", 1, 2, name="Truce of Moscow"),))
    found = changes(before, now, Tongue(NAMES))
    text = " ".join(line.text.strip() for line in brief(now, lambda _: "It was signed.", before))
    assert re.search(r"GONE agreement: Pledge \(ceasefire\): signed; now one with Truce of Moscow \(ceasefire\)", text)
    form = board_form(now, lambda _: "It was signed.", before.until, found)
    assert [(each.change, each.one_with) for each in form.changes or ()] == [("gone", "a")]
    back = " ".join(line.text.strip() for line in brief(before, lambda _: "It was signed.", now))
    assert re.search(r"NEW agreement: Pledge \(ceasefire\): signed; before one with Truce of Moscow", back)
