"""Claims that tell of one event are linked; what an act did is no second act; the order of claims changes nothing."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import permutations

import pytest
from process_claims import MONDAY, TUESDAY, claim

from dragoman.model import Claim, Status, When
from dragoman.reading.cast import Cast
from dragoman.reading.same import link_events
from dragoman.rulebook.loader import build_rulebook

ATTACK = {"actor": ("rohan",), "recipient": ("gondor",)}


@cache
def cast() -> Cast:
    """Return the cast of an empty rulebook: linking asks nothing of it that these claims need."""
    return Cast(build_rulebook({}), None)


def linked(*claims: Claim) -> tuple[Claim, ...]:
    return link_events(claims, cast())


def events(*claims: Claim) -> int:
    """Return how many events the claims tell of."""
    return len({each.event_id for each in linked(*claims)})


def test_headline_and_body_tell_of_one_event_and_the_fuller_leads() -> None:
    short = claim("ASSAULT", "Rohan attacks Gondor", **ATTACK)
    full = claim("ASSAULT", "Rohan attacked Gondor on Monday.", at=2, date=MONDAY, **ATTACK)
    first, second = linked(short, full)
    assert first.event_id == second.event_id == full.id
    assert (first.id, second.id) == (short.id, full.id)


def test_a_claim_alone_leads_itself() -> None:
    (only,) = linked(claim("ASSAULT", "Rohan attacked Gondor.", **ATTACK))
    assert only.event_id == only.id


def test_of_two_as_full_the_earlier_leads() -> None:
    late = claim("ASSAULT", "Rohan attacked Gondor again and again.", at=3, **ATTACK)
    early = claim("ASSAULT", "Rohan attacked Gondor.", at=2, **ATTACK)
    assert {each.event_id for each in linked(early, late)} == {early.id}


@pytest.mark.parametrize(
    "change",
    [
        {"actor": ("dale",)},
        {"recipient": ("dale",)},
        {"recipient": ()},
        {"negated": True},
        {"status": Status.FUTURE},
        {"date": TUESDAY},
    ],
)
def test_what_differs_is_another_event(change: dict[str, object]) -> None:
    one = claim("ASSAULT", "Rohan attacked Gondor on Monday.", date=MONDAY, **ATTACK)
    other = claim("ASSAULT", "Another sentence.", at=2, **({"date": MONDAY} | ATTACK | change))
    assert events(one, other) == 2


def test_another_type_is_another_event() -> None:
    assert events(claim("ASSAULT", "One.", **ATTACK), claim("ACCUSE", "Two.", at=2, **ATTACK)) == 2


def test_more_actors_tell_of_the_same_event() -> None:
    more = claim("ASSAULT", "Two.", at=2, actor=("rohan", "dale"), recipient=("gondor",))
    assert events(claim("ASSAULT", "One.", **ATTACK), more) == 1


def test_a_day_inside_a_week_is_the_same_time() -> None:
    week = When(earliest=date(2020, 1, 13), latest=date(2020, 1, 19))
    assert (
        events(claim("ASSAULT", "One.", date=MONDAY, **ATTACK), claim("ASSAULT", "Two.", at=2, date=week, **ATTACK))
        == 1
    )


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("to withdraw from the valley", "to withdraw its men from the valley", 1),
        ("to withdraw from the valley", "to release the prisoners", 2),
        ("to withdraw from the valley", None, 2),
        (None, None, 1),
    ],
)
def test_demands_are_one_where_their_content_is(first: str | None, second: str | None, count: int) -> None:
    one = claim("REQUEST", "One.", content=first, **ATTACK)
    assert events(one, claim("REQUEST", "Two.", at=2, content=second, **ATTACK)) == count


def _act(**fields: object) -> Claim:
    words = {"verb": "shell", "form": "verb", "link": "root"}
    return claim(
        "ASSAULT", "Rohan shelled Gondor, killing 12 people.", id="act", **({"words": words} | ATTACK | fields)
    )


def _outcome(**fields: object) -> Claim:
    words = {"verb": "kill", "form": "verb", "link": "adverbial"}
    own = {"actor": ("rohan",), "recipient": ("civilians",), "casualties": "12 people", "words": words}
    return claim("ASSAULT", "Rohan shelled Gondor, killing 12 people.", id="outcome", **(own | fields))


def test_an_outcome_belongs_to_its_act() -> None:
    (only,) = linked(_act(), _outcome())
    assert (only.id, only.recipient, only.casualties) == ("act", ("gondor", "civilians"), "12 people")


@pytest.mark.parametrize(
    "change",
    [
        {"actor": ("dale",)},
        {"negated": True},
        {"status": Status.HISTORICAL},
        {"words": {"verb": "kill", "form": "verb", "link": "relative"}},
        {"words": {"verb": "abduct", "form": "verb", "link": "adverbial"}},
    ],
)
def test_what_is_no_outcome_stays_a_claim(change: dict[str, object]) -> None:
    assert len(linked(_act(), _outcome(**change))) == 2


def test_an_act_told_by_a_noun_takes_in_no_outcome() -> None:
    assert len(linked(_act(words={"verb": "attack", "form": "noun", "link": "object"}), _outcome())) == 2


def test_an_outcome_in_the_next_sentence_stays_a_claim() -> None:
    assert len(linked(_act(), _outcome(at=2))) == 2


def test_an_act_told_by_noun_and_verb_is_one_claim_the_fuller() -> None:
    noun = claim("ASSAULT", "S.", id="noun", actor=("rohan",), words={"form": "noun", "verb": "attack"})
    verb = claim("ASSAULT", "S.", id="verb", words={"form": "verb", "verb": "storm"}, date=MONDAY, **ATTACK)
    assert [each.id for each in linked(noun, verb)] == ["verb"]
    assert [each.id for each in linked(verb, noun)] == ["verb"]


def test_two_verbs_of_two_rules_are_two_claims() -> None:
    one = claim("ASSAULT", "S.", id="one", rule="fire", words={"form": "verb", "verb": "fire"}, **ATTACK)
    two = claim("ASSAULT", "S.", id="two", rule="abduct", words={"form": "verb", "verb": "abduct"}, **ATTACK)
    assert [each.id for each in linked(one, two)] == ["one", "two"]


def test_a_truce_without_parties_takes_those_told_before() -> None:
    deal = claim("AGREE", "Deal.", actor=("gondor", "rohan"), marks=("agreement.reached",))
    later = claim("AGREE", "Later.", at=5, actor=("gondor", "dale"), marks=("agreement.reached",))
    truce = claim("RETREAT", "The truce holds.", at=4, marks=("ceasefire.holding",))
    found = {each.evidence.sentence: each.actor for each in linked(deal, truce, later)}
    assert found[4] == ("gondor", "rohan")


def test_a_truce_with_parties_keeps_them() -> None:
    deal = claim("AGREE", "Deal.", actor=("gondor", "rohan"), marks=("agreement.reached",))
    truce = claim("RETREAT", "Dale keeps the truce.", at=2, actor=("dale",), marks=("ceasefire.holding",))
    assert linked(deal, truce)[1].actor == ("dale",)


def test_the_order_of_claims_changes_no_event() -> None:
    told = (
        claim("ASSAULT", "One.", id="a", **ATTACK),
        claim("ASSAULT", "Two.", id="b", at=2, date=MONDAY, **ATTACK),
        claim("ACCUSE", "Three.", id="c", at=3, content="of lies", **ATTACK),
        claim("ACCUSE", "Four.", id="d", at=4, content="of many lies", **ATTACK),
    )
    ways = {tuple(sorted((each.id, each.event_id) for each in linked(*way))) for way in permutations(told)}
    assert ways == {(("a", "b"), ("b", "b"), ("c", "c"), ("d", "c"))}
