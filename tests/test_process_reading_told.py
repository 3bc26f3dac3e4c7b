"""The record from short texts of our own, with invented sides: each text and what one kind of entry must say of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from conftest import record_told

from dragoman.reading.reader import Reader

DAY = date(2021, 3, 10)  # a Wednesday
Case = tuple[str, list[Any]]


told = partial(record_told, day=DAY)


def check(cases: list[Case]) -> Callable[[Any], Any]:
    """Return the mark that runs a test for each text."""
    return pytest.mark.parametrize(("text", "wanted"), cases, ids=[text[:40] for text, _ in cases])


@check(
    [
        ("The Tarvan government and the rebels of the Kesset Front agreed on Tuesday to a ceasefire that will start on Friday.",
         [("agreed", date(2021, 3, 12))]),
        ("A truce between Oskania and Belmar held on Wednesday for a third day, residents and monitors said.",
         [("holding", None)]),
        ("The ceasefire in Tarvan collapsed on Monday when Kesset Front fighters shelled the capital's airport.",
         [("ended", None)]),
        ("The month-long truce between Tarvan and the Kesset Front expired on Sunday, and fighting resumed around Istra.",
         [("ended", None)]),
        ("The truce in Istra has been broken several times since it took effect on February 20, the United Nations said.",
         [("violated", None)]),
        ("Oskania and Belmar exchanged fire for a second day in spite of a truce that they reached last month.",
         [("violated", None)]),
        ("Oskania declared a three-day ceasefire from Thursday to allow aid into the city of Istra.",
         [("agreed", date(2021, 3, 11))]),
        ("The Kesset Front has called for a ceasefire.", [("proposed", None)]),
        ("The ceasefire is due to take effect at midnight on Saturday.", [("agreed", date(2021, 3, 13))]),
        ("Oskania ended its ceasefire with Belmar on Wednesday, saying its troops had come under fire.", [("ended", None)]),
        ("The Kesset Front suspended its participation in the truce on Monday.", [("ended", None)]),
        ("Tarvan's president, Otto Lind, ruled out a ceasefire with the Kesset Front.", [("rejected", None)]),
    ]
)  # fmt: skip
def test_how_a_truce_stands(reader: Reader, text: str, wanted: list[Any]) -> None:
    found = told(reader, text).ceasefires
    assert [(e.status, e.from_.earliest if e.from_ else None) for e in found] == wanted


def test_who_only_offers_a_truce_is_no_side_of_it(reader: Reader) -> None:
    (entry,) = told(reader, "Norway has proposed a 10-day truce to Tarvan and the Kesset Front.").ceasefires
    assert "norway" not in entry.parties


@check(
    [
        ("Negotiators from Tarvan and the Kesset Front will meet in the Swiss town of Vevey next Monday.",
         [("planned", "Vevey", 2)]),
        ("Talks between Tarvan and the Kesset Front in the Swiss town of Vevey ended on Tuesday without a deal.",
         [("ended", "Vevey", 2)]),
        ("Oskania and Belmar held indirect talks in Muscat on Sunday. A second round will be held in Vienna on March 20.",
         [("held", "Muscat", 2), ("planned", "Vienna", 2)]),
        ("The Kesset Front called off talks with the government of Tarvan that were due to open in Oslo on Thursday.",
         [("cancelled", "Oslo", 2)]),
        ("Switzerland offered to host peace talks between Oskania and Belmar.", [("proposed", None, 2)]),
        ("Peace talks between Oskania and Belmar opened in Vienna on Tuesday.", [("held", "Vienna", 2)]),
        ("Belmar proposed talks with Oskania without preconditions.", [("proposed", None, 2)]),
    ]
)  # fmt: skip
def test_talks_where_and_how_far(reader: Reader, text: str, wanted: list[Any]) -> None:
    found = told(reader, text).talks
    assert [(e.status, e.place.name if e.place else None, len(e.parties)) for e in found] == wanted


@check(
    [
        ("A joint committee chaired by the African Union will monitor the withdrawal.",
         [("joint committee", "monitor the withdrawal", "planned", ("african-union",))]),
        ("Under the accord, a commission is to be set up to verify the disarmament of the Kesset Front.",
         [("commission", "verify the disarmament of the Kesset Front", "planned", ())]),
        ("Belmar demanded that a neutral observer mission be deployed along the border to monitor the truce.",
         [("neutral observer mission", "monitor the truce", "demanded", ())]),
        ("The police commission said that turnout was high. The diplomatic mission of Belmar was attacked by a mob.", []),
    ]
)  # fmt: skip
def test_bodies_with_a_task(reader: Reader, text: str, wanted: list[Any]) -> None:
    found = told(reader, text).mechanisms
    assert [(e.name, e.mandate, e.status, e.members) for e in found] == wanted


@check(
    [
        ("Oskania gave Belmar until noon on Monday to withdraw its troops from Istra.",
         [("deadline", date(2021, 3, 15), ("belmar",))]),
        ("Oskania demanded that Belmar withdraw all its troops from Istra within 21 days.",
         [("deadline", date(2021, 3, 31), ("belmar",))]),
        ("Belmar promised to free 40 prisoners by Friday.", [("deadline", date(2021, 3, 12), ("belmar",))]),
        ("The deadline for the Kesset Front to lay down its arms expires on Sunday.",
         [("deadline", date(2021, 3, 14), ("kesset-front",))]),
        ("The five-day truce ended on Tuesday without an extension.", []),
    ]
)  # fmt: skip
def test_what_lies_ahead(reader: Reader, text: str, wanted: list[Any]) -> None:
    found = told(reader, text).planned
    assert [(e.kind, e.window.latest, e.due) for e in found] == wanted


def test_a_vote_that_is_to_come(reader: Reader) -> None:
    (entry,) = told(reader, "The parliament of Oskania is to vote on the peace accord on Thursday.").planned
    assert (entry.window.latest, "vote on the peace accord" in entry.what) == (date(2021, 3, 11), True)


def test_an_ultimatum_is_a_threat_with_its_deadline(reader: Reader) -> None:
    found = told(reader, "Oskania gave Belmar until noon on Monday to withdraw its troops from Istra.")
    assert [(t.party, t.against, t.condition) for t in found.threats] == [
        ("oskania", ("belmar",), "withdraw its troops from Istra")
    ]
    assert found.positions == ()


@check(
    [
        ("The Kesset Front accepted a peace plan drawn up by Norway but refused to disarm before elections.",
         [("kesset-front", "acceptance"), ("kesset-front", "refusal"), ("norway", "offer")]),
        ("Residents of Istra demanded more bread.", []),
        ("Belmar rejected the charges as absurd.", []),
        ("Tarvan said that it was ready to talk to the rebels.", [("tarvan", "offer")]),
        ("Belmar's president, Irma Toll, said her country would never give up Istra.", [("irma-toll", "refusal")]),
        ("The European Union appealed to Belmar to open its ports to relief ships.", [("european-union", "demand")]),
    ]
)  # fmt: skip
def test_where_parties_stand(reader: Reader, text: str, wanted: list[Any]) -> None:
    assert sorted((e.party, e.stance) for e in told(reader, text).positions) == wanted


@check(
    [
        ("Belmar accused Oskania of breaching the truce by sending drones over Istra. "
         "Oskania's defence ministry rejected the accusation.", [("belmar", ("oskania",), ("oskania",))]),
        ("The truce collapsed on Sunday, and fighting resumed around Istra.", []),
    ]
)  # fmt: skip
def test_breaches(reader: Reader, text: str, wanted: list[Any]) -> None:
    assert [(e.accuser, e.accused, e.denied_by) for e in told(reader, text).violations] == wanted


def test_a_truce_refused_in_words_about_another_thing_is_no_refused_text(reader: Reader) -> None:
    found = told(
        reader, "We reject the date, which was fixed in breach of the agreement that both sides reached in May."
    )
    assert found.signatures == ()


@check(
    [
        ("Oskania demanded that Belmar withdraw its troops from Istra.",
         [("oskania", "demand", "held", "that Belmar withdraw its troops from Istra")]),
        ("Oskania demanded that Belmar leave the Istra valley. On Tuesday it dropped its demand that Belmar leave the valley.",
         [("oskania", "demand", "dropped", "that Belmar leave the Istra valley")]),
        ("Oskania urged Belmar to open the road to Istra. Belmar refused to do that.",
         [("oskania", "demand", "held", "to open the road to Istra"), ("belmar", "refusal", "held", "to open the road to Istra")]),
        ("Belmar accepted the plan put forward by Norway.", [("belmar", "acceptance", "held", "the plan put forward by Norway")]),
        ("Belmar rejected the plan put forward by Norway.", [("belmar", "refusal", "held", "the plan put forward by Norway")]),
        ("Oskania and Belmar pledged to respect the ceasefire.",
         [("belmar", "acceptance", "held", "to respect the ceasefire"),
          ("oskania", "acceptance", "held", "to respect the ceasefire")]),
        ("Oskania ordered its troops to hold the bridge.", []),
        ("Residents of Istra demanded an end to the shelling.", []),
        ("Belmar rejected the accusations.", []),
    ]
)  # fmt: skip
def test_where_each_stands(reader: Reader, text: str, wanted: list[Any]) -> None:
    assert [(p.party, p.stance, p.status, p.content) for p in told(reader, text).positions] == wanted


@check(
    [
        ("Unless Belmar leaves the valley by Friday, Oskania will not attend the talks.",
         [("oskania", ("belmar",), "Unless Belmar leaves the valley by Friday", date(2021, 3, 12))]),
        ("Oskania threatened to bomb Belmar if it did not free the sailors by Sunday.",
         [("oskania", ("belmar",), "if it did not free the sailors by Sunday", date(2021, 3, 14))]),
        ("Whoever breaks the truce will be punished, Oskania said.", [("oskania", (), "Whoever breaks the truce", None)]),
        ("Oskania will sign the accord unless Belmar attacks.", []),
        ("Would Oskania attack if Belmar moved its troops?", []),
    ]
)  # fmt: skip
def test_who_threatens_on_which_condition(reader: Reader, text: str, wanted: list[Any]) -> None:
    found = told(reader, text).threats
    assert [(t.party, t.against, t.condition, t.deadline.latest if t.deadline else None) for t in found] == wanted


@check(
    [
        ("Oskania accused Belmar of breaking the truce by shelling Istra on Monday. Belmar denied the accusation.",
         [("oskania", ("belmar",), ("belmar",), None)]),
        ("Shells hit a school in Istra on Sunday, killing two. Oskania accused Belmar of the shelling, "
         "which it called a breach of the truce.", [("oskania", ("belmar",), (), date(2021, 3, 7))]),
    ]
)  # fmt: skip
def test_who_is_accused_of_a_breach_and_denies_it(reader: Reader, text: str, wanted: list[Any]) -> None:
    found = told(reader, text).violations
    assert [(v.accuser, v.accused, v.denied_by, v.date.earliest) for v in found] == wanted
