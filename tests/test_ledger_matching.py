"""Which acts are one event: each field, what is unknown, who may stand for whom, and headlines."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from ledger_made import Deed, reading_of

from dragoman.ledger.acts import Act, Party, acts_of, number_in, stems
from dragoman.ledger.agreement import Seen, agreement, kin, score, seen, stage
from dragoman.ledger.matching import Events, fields_of_time, prepared
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


NAMED = (
    Party(id="gondor-army"), Party(id="gondor-army", sides=("gondor",)), Party(id="gondor", known=True), Party(id="mordor"),
    Party(id="anton-dremmel"), Party(id="dremmel"), Party(id="velmora-rebels"), Party(id="velmora-rebels-leader"),
    Party(id="rohan-riders", sides=("rohan",), known=True), Party(id="rohan", known=True),
)  # fmt: skip


def by_lot(chance: random.Random, number: int) -> Seen:
    """Return an act of up to six weeks by named actors or nobody, in a report of its own."""
    day, span = DAY + timedelta(days=chance.randrange(60)), chance.choice((0, 0, 0, 1, 3, 6, 7, 8, 20, 38))
    dated = chance.random() > 0.15
    told = act(
        id=f"a{number}", said=(f"s{number}",), event=chance.choice(("ASSAULT", "CONSULT")), negated=chance.random() < 0.1,
        status=chance.choice(("occurred", "occurred", "historical", "future")), sharp=chance.random() < 0.5,
        actors=tuple(chance.sample(NAMED, chance.choice((0, 1, 1, 2)))), recipients=tuple(chance.sample(NAMED, chance.choice((0, 1)))),
        first=day - timedelta(days=span) if dated else None, last=day if dated else None, count=chance.choice((None, 3)),
        place=chance.choice((None, None, "Osgiliath", "Pelargir")), marks=chance.choice(((), ("talks.met",))),
        words=frozenset(chance.sample(["bridg", "convoy", "mill", "ford"], chance.choice((0, 1, 2)))),
    )  # fmt: skip
    return of(told, f"r{number}", DAY + timedelta(days=chance.randrange(60)))


def test_what_agrees_is_found_and_what_is_far_is_not_looked_at() -> None:
    chance, events, before, agreed = random.Random(5), Events(), list[Seen](), 0
    for one in (by_lot(chance, number) for number in range(300)):
        near = {other.act.id: other for other, _ in events.near(one)}
        alike = [other for other in before if score(other, one)]
        agreed += len(alike)
        assert [other.act.id for other in alike if other.act.id not in near] == []
        assert [other.act.id for other in alike if not _share_time(one, other)] == []
        for other in near.values():
            assert _kind(one) == _kind(other)
            short = max(one.end - one.start, other.end - other.start) <= 6
            assert _apart(one, other) <= (1 if short else 8)  # within a week and a day on either side
        assert [
            o.act.id for o in before if _share_time(one, o) and (_apart(one, o) > 8 or _kind(one) != _kind(o))
        ] == []
        events.put(one, one.act.id)
        before.append(one)
    assert agreed > 50


def _share_time(one: Seen, other: Seen) -> bool:
    return not set(fields_of_time(one)).isdisjoint(fields_of_time(other))


def _apart(one: Seen, other: Seen) -> int:
    return max(one.start - other.end, other.start - one.end)


def _kind(one: Seen) -> tuple[str, bool, str]:
    return one.act.event, one.act.negated, stage(one.act)


def test_acts_of_many_weeks_are_compared_with_each_other_whatever_their_weeks() -> None:
    long = act(first=DAY - timedelta(days=80), sharp=False)
    other = of(msgspec.structs.replace(long, first=DAY - timedelta(days=100), last=DAY - timedelta(days=45)), "r2")
    events = Events()
    events.put(of(long, "r1"), "a")
    assert [event for _, event in events.near(other)] == ["a"]
    assert _share_time(of(long, "r1"), other)
    short = of(act(id="b"), "r3")
    assert list(events.near(short)) == []
    assert not _share_time(of(long, "r1"), short)


BARE = {"words": frozenset[str](), "marks": ("talks.met",)}
LOOSE = {"actors": (), "words": frozenset({"attack", "troops"}), "count": 3}  # words that many acts have in common
HIT = act(recipients=(Party(id="mordor"),), **LOOSE)
FINDS = [
    ("the actor alone", act(**BARE), act(**BARE)),
    ("the actor's last name", act(actors=(Party(id="anton-dremmel"),), **BARE), act(actors=(Party(id="dremmel"),), **BARE)),
    ("a known actor's last name", act(actors=(Party(id="anton-velk", known=True),), **BARE), act(actors=(Party(id="velk"),), **BARE)),
    ("a name of three letters", act(actors=(Party(id="lgf"),), **BARE), act(actors=(Party(id="lgf"),), **BARE)),
    ("the actor's first name", act(actors=(Party(id="velmora-rebels-leader"),), **BARE),
     act(actors=(Party(id="velmora-rebels"),), **BARE)),
    ("the actor's side", act(actors=(Party(id="riders", sides=("rohan",), known=True),), **BARE),
     act(actors=(Party(id="rohan", known=True),), **BARE)),
    ("whom nobody named hit", HIT, HIT),
    ("where nobody named did it", act(place="Osgiliath", **LOOSE), act(place="OSGILIATH", **LOOSE)),
    ("what nobody named did", act(actors=(), count=3), act(actors=(), count=3)),
    ("what soldiers did", act(actors=(Party(id="soldiers", named=False),)), act(actors=(Party(id="soldiers", named=False),))),
    ("what soldiers did, and then whose", act(actors=(Party(id="army", named=False),)), ACT),
    ("whose soldiers did it, and then soldiers", ACT, act(actors=(Party(id="army", named=False),))),
]  # fmt: skip


@pytest.mark.parametrize(("title", "first", "second"), FINDS, ids=[row[0] for row in FINDS])
def test_an_act_is_found_by_what_is_told_of_it(title: str, first: Act, second: Act) -> None:
    assert joined(first, second)


def test_a_headline_that_shares_no_more_than_the_actor_goes_with_the_body() -> None:
    bare = act(id="h", claims=("h",), headline=True, words=frozenset(), said=("h",))
    assert [each.claims for each in prepared([bare, ACT])] == [("h", "a")]
    near = msgspec.structs.replace(bare, actors=(Party(id="gondor"), Party(id="gondor-army")))
    assert [each.claims for each in prepared([near, ACT])] == [("h",), ("a",)]  # only kin of who acts there


def test_a_headline_may_name_another_victim_or_thing_where_the_rest_is_the_same() -> None:
    on = {"recipients": (Party(id="mordor"),)}
    headline = act(id="h", claims=("h",), headline=True, recipients=(Party(id="rohan"),), said=("h",))
    kind = {"marks": ("talks.met",)}
    other = {"words": stems("the grain convoy")}
    for body, told, together in (
        (act(**on), {}, True),  # the same words
        (act(**on, **other, **kind), kind | {"recipients": ()}, True),  # other words for a thing of the same kind
        (act(**on, **other), {"recipients": ()}, False),
        (act(**on, **other, **kind), {}, False),
        (act(**on, **kind, words=frozenset()), kind, True),
        (act(**on, words=frozenset()), {}, False),
    ):
        some = prepared([msgspec.structs.replace(headline, **told), body])
        assert (len(some) == 1) is together


def test_the_whole_event_must_agree_not_only_its_closest_act() -> None:
    events = Events()
    events.place(of(act(id="one", place="Osgiliath"), "r1"))
    assert events.place(of(act(id="two", said=("t",)), "r2")) == "one"
    assert events.place(of(act(id="three", place="Pelargir", said=("u",)), "r3")) == "three"
    assert events.place(of(act(id="four", place="Osgiliath", said=("v",)), "r4")) == "one"
    assert events.place(of(act(id="five", negated=True, said=("w",)), "r5")) == "five"
