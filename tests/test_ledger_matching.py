"""Which acts are one event: each field, what is unknown, who may stand for whom, and headlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from ledger_made import Deed, reading_of

from dragoman.ledger.acts import Act, Party, acts_of, number_in, stems
from dragoman.ledger.agreement import Seen, agreement, kin, score, seen
from dragoman.ledger.matching import Events, prepared
from dragoman.model import Basis, EventType, When

DAY = date(2024, 5, 15)
ARMY = Party(id="gondor-army")
ACT = Act(
    id="a", claims=("a",), event="ASSAULT", negated=False, status="occurred", actors=(ARMY,), recipients=(), first=DAY, last=DAY,
    sharp=True, place=None, code=None, country=False, words=stems("the eastern bridge"), targets=frozenset(), headline=False,
    marks=(), count=None, said=("s",),
)  # fmt: skip


def act(**fields: Any) -> Act:
    return msgspec.structs.replace(ACT, **fields)


def of(told: Act, report: str = "r", published: date | None = DAY, *texts: str) -> Seen:
    return seen(told, report, published, frozenset(texts))


def joined(first: Act, second: Act) -> bool:
    """Return whether an act of a day is one event with another act of that day's report and the next day's."""
    events = Events()
    one = events.place(of(msgspec.structs.replace(first, id="one"), "r1", DAY))
    two = events.place(of(msgspec.structs.replace(second, id="two", said=("other",)), "r2", DAY + timedelta(days=1)))
    return one == two


def test_the_same_act_in_two_reports_is_one_event() -> None:
    assert joined(ACT, ACT)


@pytest.mark.parametrize(
    "other",
    [
        act(event="COERCE"),
        act(negated=True),
        act(status="future"),
        act(actors=(Party(id="rohan-riders"),)),
        act(first=DAY - timedelta(days=1), last=DAY - timedelta(days=1)),
        act(words=stems("the grain convoy")),
        act(recipients=(), words=frozenset()),
    ],
)  # fmt: skip
def test_one_field_that_differs_or_too_little_said_parts_them(other: Act) -> None:
    assert not joined(ACT, other)


def test_places_and_recipients_part_where_both_are_told() -> None:
    here = act(place="Osgiliath", recipients=(Party(id="mordor"),))
    assert joined(here, ACT)
    assert not joined(here, act(place="Pelargir"))
    assert not joined(here, act(recipients=(Party(id="rohan"),)))
    assert joined(act(place="Libya", code="LBY", country=True), act(place="Tripoli", code="LBY"))
    assert not joined(act(place="Misrata", code="LBY"), act(place="Tripoli", code="LBY"))


def test_days_told_loosely_may_be_the_next_ones() -> None:
    loose = act(first=DAY - timedelta(days=1), last=DAY - timedelta(days=1), sharp=False)
    assert agreement(of(ACT), of(loose))["day"] == "near"
    assert agreement(of(ACT), of(msgspec.structs.replace(loose, sharp=True)))["day"] == "differs"


def test_an_act_of_unknown_day_joins_only_near_its_report_and_with_the_same_words() -> None:
    undated = act(first=None, last=None)
    assert joined(ACT, undated)
    assert not joined(ACT, msgspec.structs.replace(undated, words=stems("the bridge of boats over the river")))
    late = of(undated, "r2", DAY + timedelta(days=4))
    assert score(of(ACT), late) == 0.0


def test_who_may_stand_for_whom() -> None:
    state, force = Party(id="velmora"), Party(id="velmora-armed-forces", sides=("velmora",))
    assert kin(state, force)
    assert kin(Party(id="dremmel"), Party(id="anton-dremmel"))
    assert kin(Party(id="rebels", named=False), Party(id="velmora-rebels"))
    assert kin(Party(id="army", named=False), force)
    assert not kin(Party(id="libya", known=True), Party(id="libya-lna", known=True))
    assert not kin(Party(id="anton-dremmel"), Party(id="ilan-torvek"))


def test_the_signing_of_one_is_not_that_of_who_is_named_with_him() -> None:
    fields = {"event": "SUPPORT", "marks": ("signature.signed",), "words": stems("the Orinth accord")}
    both = act(actors=(Party(id="anton-velk"), Party(id="karvan-front")), **fields)
    assert joined(both, act(actors=(Party(id="anton-velk"),), **fields))
    assert not joined(both, act(actors=(Party(id="karvan-front"),), **fields))


def test_a_sentence_printed_twice_is_one_event_whatever_day_is_read_in_it() -> None:
    events = Events()
    first = events.place(of(act(id="one"), "r1", DAY, "text"))
    again = act(id="two", first=DAY + timedelta(days=5), last=DAY + timedelta(days=5))
    assert events.place(of(again, "r2", DAY + timedelta(days=5), "text")) == first
    assert events.place(of(again, "r3", DAY + timedelta(days=5), "other text")) == "two"


def test_acts_of_one_report_are_never_joined() -> None:
    events = Events()
    assert [events.place(of(act(id=name), "r1")) for name in ("one", "two")] == ["one", "two"]


def test_what_only_the_headline_tells_goes_with_the_body() -> None:
    headline = act(id="h", claims=("h",), headline=True, first=None, last=None, said=("h",))
    (only,) = prepared([headline, act(claims=("a", "b"))])
    assert (only.id, only.claims, only.first) == ("a", ("h", "a", "b"), DAY)
    assert len(prepared([headline, act(words=stems("the grain convoy"))])) == 2


def test_acts_are_the_events_of_the_reading() -> None:
    reading = reading_of(
        "x", DAY, [Deed(event=EventType.ASSAULT, actor="gondor-army", thing="the bridge", day=DAY)] * 2
    )
    first, second = reading.claims
    linked = (replace(first, date=When(earliest=None, basis=Basis.UNKNOWN), event_id=second.id), second)
    (one,) = acts_of(reading.report, linked, reading.entities)
    assert (one.id, one.claims, one.first, one.headline) == (second.id, (first.id, second.id), DAY, False)
    assert len(acts_of(reading.report, reading.claims, reading.entities)) == 2


def test_numbers_in_words() -> None:
    assert [number_in(text) for text in ("a dozen", "forty-two men", "3,500", "no one", None)] == [1, 42, 3500, 1, None]


def test_talks_are_one_event_whoever_is_named_first() -> None:
    host, guest = Party(id="velmora"), Party(id="karvan-front")
    talks = act(event="CONSULT", actors=(host,), recipients=(guest,), words=stems("talks on the border"))
    assert joined(talks, msgspec.structs.replace(talks, actors=(guest,), recipients=(host,)))
    assert joined(talks, msgspec.structs.replace(talks, actors=(host, guest), recipients=()))
    assert not joined(talks, msgspec.structs.replace(talks, actors=(Party(id="rohan"),)))


def test_acts_of_nobody_named_are_found_by_whom_they_hit_or_by_their_words() -> None:
    nobody = act(actors=(), recipients=(Party(id="mordor"),), place="Osgiliath")
    assert joined(nobody, nobody)
    assert joined(nobody, msgspec.structs.replace(nobody, actors=(ARMY,)))
    assert joined(act(actors=(ARMY,), recipients=(Party(id="mordor"),), place="Osgiliath"), nobody)
    assert not joined(nobody, msgspec.structs.replace(nobody, recipients=(Party(id="rohan"),)))


@pytest.mark.parametrize("days", [7, 8, 9, 30, 60, 400])
def test_acts_of_any_length_are_found_again(days: int) -> None:
    long = act(first=DAY - timedelta(days=days), sharp=False)
    assert joined(long, long)


def test_the_closest_act_takes_a_new_one_in() -> None:
    events = Events()
    far = events.place(of(act(id="far", words=stems("the eastern bridge at the mill")), "r1"))
    near = events.place(of(act(id="near", place="Pelargir", words=stems("the eastern bridge")), "r2"))
    assert far == near  # of one day, by one side, with the same words
    apart = act(id="apart", place="Osgiliath", said=("o",))
    assert events.place(of(apart, "r3")) == "apart"  # what has a place differs from the event's other place
    assert events.place(of(act(id="again", place="Pelargir", said=("p",)), "r4")) == far


def test_an_act_that_nobody_asks_for_is_not_compared() -> None:
    events = Events()
    events.put(of(ACT, "r1"), "a", asked_for=False)
    later = of(act(id="b", said=("t",)), "r2")
    assert list(events.near(later)) == []
    assert events.place(later) == "b"


def test_nobody_acts_upon_himself_but_talks_are_held_with_each_other() -> None:
    both = (ARMY, Party(id="mordor"))
    (struck,) = prepared([act(recipients=both)])
    assert struck.recipients == (Party(id="mordor"),)
    (talks,) = prepared([act(event="CONSULT", recipients=both)])
    assert talks.recipients == both


def test_a_headline_lends_the_body_what_it_lacks_and_takes_nothing() -> None:
    headline = act(
        id="h", claims=("h",), headline=True, first=None, last=None, said=("h",), place="Osgiliath",
        recipients=(Party(id="mordor"),), targets=frozenset({"bridge"}), words=stems("the eastern bridge of stone"), marks=("m",),
    )  # fmt: skip
    (bare,) = prepared([headline, act(marks=("n", "m"))])
    assert (bare.place, bare.recipients, bare.targets) == ("Osgiliath", headline.recipients, headline.targets)
    assert bare.words == ACT.words | headline.words
    assert (bare.marks, bare.said) == (("n", "m"), ("s", "h"))
    own = act(recipients=(Party(id="mordor"), Party(id="rohan")), targets=frozenset({"bridge", "mill"}))
    (full,) = prepared([headline, own])
    assert (full.recipients, full.targets) == (own.recipients, own.targets)


def test_a_headline_goes_with_the_act_that_it_fits_best() -> None:
    headline = act(id="h", claims=("h",), headline=True, place="Osgiliath")
    elsewhere, there = act(id="x", claims=("x",)), act(id="y", claims=("y",), place="Osgiliath")
    found = {each.id: each.claims for each in prepared([elsewhere, there, headline])}
    assert found == {"x": ("x",), "y": ("h", "y")}
    assert [each.id for each in prepared([headline, act(id="z", actors=(Party(id="rohan-riders"),))])] == ["h", "z"]
