"""Steps of the record one by one, on claims made by hand: who is short for whom, which attack is one, where one is at home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from process_claims import MONDAY, OSGILIATH, TUESDAY, claim, reading

from dragoman.model import Claim, Kind, Report, Status, When
from dragoman.process.contradictions import _one_attack
from dragoman.process.documents import _era
from dragoman.process.facts import Facts, facts_of
from dragoman.process.organs import _is_short_for
from dragoman.process.positions import _is_of
from dragoman.process.positions_told import ToldPosition
from dragoman.process.records import Position
from dragoman.process.settled import _home
from dragoman.process.talks import Trace, _format_word, _side, _with_people
from dragoman.process.talks_told import _is_time_or_side
from dragoman.process.ties import ReportTies, Ties
from dragoman.rulebook.loader import load_rulebook


def facts(*sentences: str) -> Facts:
    """Return the facts of a report of these sentences, with the names of process_claims."""
    claims = [claim("CONSULT", text, at=number) for number, text in enumerate(sentences, 1)]
    return facts_of(reading(*claims), load_rulebook(None))


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("SRF", "Sorvia Rebel Front", True),
        ("RF", "Sorvia Rebel Front", True),
        ("Srf", "Sorvia Rebel Front", False),
        ("SX", "Sorvia Rebel Front", False),
        ("F", "Sorvia Rebel Front", False),
    ],
)
def test_capitals_in_brackets_are_the_first_letters_of_a_name(short: str, name: str, fits: bool) -> None:
    assert _is_short_for(short, name) is fits


def attack(**told: Any) -> Claim:
    given = {"actor": ("mordor",), "date": MONDAY, "place": OSGILIATH, "casualties": "12 killed", "rule": "shell"}
    return claim("ASSAULT", "Mordor shelled Osgiliath.", **(given | told))


@pytest.mark.parametrize(
    ("told", "one"),
    [
        ({"casualties": "12 killed in the market"}, True),
        ({"casualties": "7 wounded"}, False),
        ({"casualties": "7 wounded", "rule": "shell"}, True),
        ({"date": TUESDAY}, False),
        ({"place": None}, False),
        ({"actor": ("rohan",)}, False),
        ({"actor": ()}, True),
    ],
)
def test_two_claims_are_of_one_attack(told: dict[str, Any], one: bool) -> None:
    assert _one_attack(attack(id="a"), attack(id="b", **({"rule": "bomb"} | told))) is one


@pytest.mark.parametrize(
    ("status", "side"),
    [
        ("planned", "ahead"),
        ("proposed", "ahead"),
        ("postponed", "ahead"),
        ("cancelled", "ahead"),
        ("held", "past"),
        ("ended", "past"),
    ],
)
def test_talks_are_ahead_or_past(status: str, side: str) -> None:
    held = claim("CONSULT", "Gondor met Mordor.", actor=("gondor", "mordor"))
    assert _side(held, status) == side
    old = replace(held, status=Status.HISTORICAL)
    assert _side(old, status) == ("ahead" if status in ("postponed", "cancelled") else "background")


def test_a_mode_says_that_many_meet() -> None:
    many = claim("CONSULT", "Gondor met Mordor and Rohan.", modes=("multilateral",))
    assert _format_word(many, facts(many.evidence.text)) == "multilateral"
    assert _format_word(replace(many, modes=()), facts(many.evidence.text)) is None


@pytest.mark.parametrize(
    ("sentences", "home"),
    [
        (("The Ironfoot Front fled.", "The Ironfoot Front left.", "Gondor waited."), None),
        (("The Ironfoot Front fled.", "The Ironfoot Front left.", "Gondor waited.", "Gondor won."), "gondor"),
        (("The Ironfoot Front fled.", "Gondor waited.", "Gondor won."), None),
        (
            (
                "The Ironfoot Front fled.",
                "The Ironfoot Front left.",
                "Gondor and Rohan waited.",
                "Gondor and Rohan won.",
            ),
            None,
        ),
    ],
)
def test_the_state_of_a_war_is_named_more_than_once_and_more_than_others(
    sentences: tuple[str, ...], home: str | None
) -> None:
    assert _home(facts(*sentences)) == home


@pytest.mark.parametrize(
    ("name", "is_so"),
    [
        ("Monday", True),
        ("May", True),
        ("Denethor", True),
        ("Ironfoot Front", True),
        ("Osgiliath", False),
        ("Gondor", False),
    ],
)
def test_a_day_a_person_and_a_group_are_no_place(name: str, is_so: bool) -> None:
    assert _is_time_or_side(name, facts("Denethor met the Ironfoot Front in Gondor.")) is is_so


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ({}, True),
        ({"party": "denethor"}, False),
        ({"stance": "refusal"}, False),
        ({"content": "to free the captives"}, False),
    ],
)
def test_a_demand_that_is_dropped_is_that_of_its_party_in_its_words(told: dict[str, Any], same: bool) -> None:
    sentence = claim("REQUEST", "Gondor demands that Mordor leave the ford.").evidence
    content = "that Mordor leave the ford"
    entry = Position(
        id="p", claims=(), sentences=(1,), evidence=sentence, party="gondor", stance="demand", of=("mordor",),
        content=content, condition=None, status="held", date=MONDAY, contrary=(), speakers=(), hedged=False,
    )  # fmt: skip
    given = {"party": "gondor", "stance": "demand", "of": ("mordor",), "content": content}
    assert _is_of(ToldPosition(evidence=sentence, **(given | told)), entry, facts(sentence.text)) is same


@pytest.mark.parametrize(
    ("date_", "era"),
    [
        (When(earliest=date(2019, 3, 5), latest=date(2019, 3, 7)), "2019-03"),
        (When(latest=date(2019, 4, 1)), "2019-04"),
        (When(earliest=date(2018, 1, 1)), "2018-01"),
        (When(), "earlier"),
    ],
)
def test_an_earlier_document_has_the_month_by_what_is_known_of_its_day(date_: When, era: str) -> None:
    told = claim("AGREE", "Gondor had signed the accord.", status=Status.HISTORICAL, date=date_)
    assert _era(told, None, facts("Gondor had signed the accord.")) == era


def test_a_document_of_now_has_no_month() -> None:
    told = claim("AGREE", "Gondor signed the accord.", date=MONDAY)
    assert _era(told, None, facts("Gondor signed the accord.")) == "now"


def test_who_is_known_as_a_voice_speaks_for_a_side_wherever_he_is_named() -> None:
    told = replace(facts("Denethor met Sauron."), voices=frozenset({"denethor"}))
    assert [told.speaks_for(each) for each in ("denethor", "sauron")] == [True, False]


@pytest.mark.parametrize(
    ("mark", "told", "declined"),
    [
        ("declined", {}, ("gondor",)),
        ("boycott", {}, ("gondor",)),
        ("attend", {}, ()),
        ("attend", {"negated": True}, ("gondor",)),
    ],
)
def test_who_declines_talks_is_no_party_to_them(mark: str, told: dict[str, Any], declined: tuple[str, ...]) -> None:
    one = claim("CONSULT", "Gondor stays away from the talks.", actor=("gondor",), **told)
    trace = Trace(claim=one, side="ahead", status="planned", name="the talks", date=one.date)
    found = _with_people(trace, one, mark, facts("Gondor stays away from the talks."))
    assert (found.declined, found.parties) == (declined, () if declined else ("gondor",))


def test_a_name_that_stands_whole_ties_also_who_is_known_by_a_surname() -> None:
    rulebook = load_rulebook(None)
    person = next(actor for actor in rulebook.roster.values() if actor.kind is Kind.PERSON and " " in actor.name)
    report = Report(id="x", headline=None, text=f"{person.name} spoke.", body_start=0, published=None)
    assert ReportTies(Ties(rulebook), report).named(person.id, person.name)
    short = replace(report, text=f"{person.name.split()[-1]} spoke.")
    assert ReportTies(Ties(rulebook), short).named(person.id, person.name)
    nobody = replace(report, text="Nobody spoke.")
    assert not ReportTies(Ties(rulebook), nobody).named(person.id, person.name)
