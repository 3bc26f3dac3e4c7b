"""What two rulebooks differ in: told by the words that a report must have for the difference to touch it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.model import EventType, Kind
from dragoman.rulebook.changes import change_of
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import Actor, Frame, Gives, Office, Pattern, Rulebook
from dragoman.rulebook.types import Test as Condition


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook(None)


def other(book: Rulebook, **changed: object) -> Rulebook:
    return replace(book, digest="other", **changed)  # type: ignore[arg-type]


def test_the_same_rulebook_differs_in_nothing(book: Rulebook) -> None:
    assert not change_of(book, book)
    assert not change_of(book, other(book))


def test_a_new_frame_is_told_with_the_words_that_only_it_knows(book: Rulebook) -> None:
    frame = Frame(id="new", verbs=(Pattern(lemma="frobnicate"),), gives=Gives(event=EventType.AID))
    change = change_of(book, other(book, frames=(*book.frames, frame)))
    assert [each.frames for each in change.frames] == [(frame,)]
    assert change.words == {"frobnicate"}
    assert change_of(other(book, frames=(*book.frames, frame)), book) == change


def test_a_frame_that_differs_in_words_of_a_test_is_told_by_these(book: Rulebook) -> None:
    place, frame = next((p, f) for p, f in enumerate(book.frames) if any(test.words for test in f.tests))
    tests = tuple(replace(test, words=test.words | {"zeppelin"}) if test.words else test for test in frame.tests)
    frames = (*book.frames[:place], replace(frame, tests=tests), *book.frames[place + 1 :])
    change = change_of(book, other(book, frames=frames))
    assert [each.any for each in change.frames] == [frozenset({"zeppelin"})]


def test_a_frame_that_gives_something_else_is_told_without_words(book: Rulebook) -> None:
    changed = replace(book.frames[0], gives=replace(book.frames[0].gives, modes=("other",)))
    change = change_of(book, other(book, frames=(changed, *book.frames[1:])))
    assert [each.any for each in change.frames] == [None]


def test_what_only_describes_a_frame_is_no_difference(book: Rulebook) -> None:
    changed = replace(book.frames[0], says=("Gondor spoke.",), place="elsewhere:1")
    assert not change_of(book, other(book, frames=(changed, *book.frames[1:])))


def test_frames_in_another_order_may_touch_all(book: Rulebook) -> None:
    assert change_of(book, other(book, frames=book.frames[::-1])).whole


def test_a_new_office_is_told_by_the_names_of_its_holder_and_of_whom_it_is_of(book: Rulebook) -> None:
    state = Actor(id="gondor", name="Gondor", kind=Kind.STATE, code="GON", demonyms=("Gondorian",))
    holder = Actor(id="ecthelion", name="Ecthelion Húrin", kind=Kind.PERSON, aliases=("the Steward",))
    office = Office(title="steward", of="gondor", start=date(2020, 1, 1))
    before = other(book, roster={**book.roster, state.id: state, holder.id: holder})
    after = replace(before, digest="third", roster={**before.roster, holder.id: replace(holder, offices=(office,))})
    names = change_of(before, after).names
    assert {"ecthelion", "hurin", "steward", "gondor", "gondorian"} <= names
    assert len(names) < 8


def test_a_new_group_is_told_by_the_names_of_its_state_too(book: Rulebook) -> None:
    group = Actor(id="libya-new", name="Fezzan Guard", kind=Kind.ARMED_GROUP, code="LBY")
    assert {"fezzan", "libya"} <= change_of(book, other(book, roster={**book.roster, group.id: group})).names


def test_words_of_lists_and_records_are_told_by_what_is_new_or_gone(book: Rulebook) -> None:
    name = next(iter(book.lists))
    changed = other(book, lists={**book.lists, name: book.lists[name] | {"zeppelin raid"}})
    assert change_of(book, changed).phrases == {"zeppelin raid"}
    record = next(iter(book.process))
    changed = other(book, process={**book.process, record: (*book.process[record], "zeppelin*", "lay-up", "airship")})
    change = change_of(book, changed)
    assert change.words == {"airship"}
    assert change.stems == {"zeppelin", "lay", "up"}


def test_a_test_of_kinds_is_no_word(book: Rulebook) -> None:
    frame = Frame(
        id="new", verbs=(Pattern(lemma="sign", rest=("off",)),), gives=Gives(event=EventType.AID),
        tests=(Condition(role="subject", kinds=frozenset({"#actor"})),),
    )  # fmt: skip
    assert change_of(book, other(book, frames=(*book.frames, frame))).words == frozenset()
