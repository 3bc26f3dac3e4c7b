"""Records from claims made by hand, a case a row: what words, marks and states of a claim make of an entry."""

from __future__ import annotations

from typing import Any

import pytest
from process_claims import BOTH, FRIDAY, MONDAY, OSGILIATH, TUESDAY, broke, claim, record, shelled
from process_rows import fits, shown

from dragoman.model import Claim, Status, Where

PELARGIR = Where(name="Pelargir", code="GON", lat=3.0, lon=4.0, text="in Pelargir")


def _met(sentence: str, /, **told: Any) -> Claim:
    given = {"actor": BOTH, "words": {"object": "talks", "verb": "hold"}, "marks": ("talks.held",)}
    return claim("CONSULT", sentence, **(given | told))


CASES: dict[str, tuple[str, list[Claim], list[str]]] = {
    "talks at one place on two days are two": (
        "talks",
        [_met("Talks.", place=OSGILIATH, date=MONDAY), _met("Talks.", at=2, place=OSGILIATH, date=TUESDAY)],
        [
            "name=talks | place=Osgiliath | date=2020-01-13 | format=direct | status=held | parties=gondor,mordor",
            "name=talks | place=Osgiliath | date=2020-01-14 | format=direct | status=held | parties=gondor,mordor | sentences=2",
        ],
    ),
    "talks on one day at two places are two": (
        "talks",
        [_met("Talks.", place=OSGILIATH, date=MONDAY), _met("Talks.", at=2, place=PELARGIR, date=MONDAY)],
        [
            "name=talks | place=Osgiliath | date=2020-01-13 | format=direct | status=held | parties=gondor,mordor",
            "name=talks | place=Pelargir | date=2020-01-13 | format=direct | status=held | parties=gondor,mordor | sentences=2",
        ],
    ),
    "who mediates without a place joins the nearest talks before": (
        "talks",
        [
            _met("Talks.", place=OSGILIATH, date=MONDAY),
            _met("Talks.", at=3, place=PELARGIR, date=TUESDAY),
            claim(
                "SUPPORT",
                "Rohan mediated.",
                at=4,
                actor=("rohan",),
                marks=("talks.mediate",),
                words={"object": "the talks"},
            ),
        ],
        [
            "name=talks | place=Osgiliath | date=2020-01-13 | format=direct | status=held | parties=gondor,mordor",
            "name=talks | place=Pelargir | date=2020-01-14 | format=direct | status=held | parties=gondor,mordor "
            "| mediators=rohan | sentences=3,4",
        ],
    ),
    "a boycott right after talks is of them": (
        "talks",
        [
            _met("Talks.", place=OSGILIATH, date=MONDAY),
            claim(
                "REJECT",
                "The Orcs boycotted the talks.",
                at=2,
                actor=("orcs",),
                marks=("talks.boycott",),
                words={"object": "the talks"},
            ),
        ],
        [
            "name=talks | place=Osgiliath | date=2020-01-13 | format=direct | status=held | parties=gondor,mordor "
            "| declined=orcs | sentences=1,2"
        ],
    ),
    "a phone call is apart from talks on its day": (
        "talks",
        [
            _met("Talks.", place=OSGILIATH, date=MONDAY),
            _met("A call.", at=2, modes=("phone",), date=MONDAY),
        ],
        [
            "name=talks | place=Osgiliath | date=2020-01-13 | format=direct | status=held | parties=gondor,mordor",
            "name=talks | date=2020-01-13 | format=phone | status=held | parties=gondor,mordor | sentences=2",
        ],
    ),
    "a round that is called off keeps no day of the calling": (
        "talks",
        [
            claim(
                "REJECT",
                "Gondor called off talks in Osgiliath on Monday.",
                actor=("gondor",),
                recipient=("mordor",),
                date=MONDAY,
                place=OSGILIATH,
                marks=("talks.cancelled",),
                words={"object": "talks", "verb": "call off"},
            ),
        ],
        ["name=talks | place=Osgiliath | status=cancelled | parties=gondor,mordor"],
    ),
    "an offer on a day ahead is for that day": (
        "talks",
        [
            claim(
                "AGREE",
                "Gondor offered to meet Mordor on Friday.",
                actor=("gondor",),
                recipient=("mordor",),
                date=FRIDAY,
                content="to meet Mordor",
                status=Status.FUTURE,
                place=OSGILIATH,
                words={"verb": "offer", "object": "talks"},
            ),
        ],
        ["name=talks | place=Osgiliath | date=2020-01-17 | status=? | parties=gondor,mordor"],
    ),
    "talks in the past are background of those now": (
        "talks",
        [
            _met("Talks.", place=OSGILIATH, date=MONDAY),
            _met("Talks.", at=2, place=OSGILIATH, status=Status.HISTORICAL),
        ],
        [
            "name=talks | place=Osgiliath | date=2020-01-13 | format=direct | status=held | parties=gondor,mordor",
            "name=talks | place=Osgiliath | format=direct | status=held | parties=gondor,mordor | sentences=2",
        ],
    ),
    "rivals who met talked, friends paid a visit": (
        "talks",
        [
            shelled("Mordor shelled Gondor.", recipient=("gondor",)),
            claim("CONSULT", "They met.", at=2, actor=BOTH, date=MONDAY, words={"verb": "meet"}),
            claim("CONSULT", "They met.", at=3, actor=("gondor", "rohan"), date=FRIDAY, words={"verb": "meet"}),
        ],
        ["name=talks | date=2020-01-13 | format=direct | status=held | parties=gondor,mordor | sentences=2"],
    ),
    "a conference of one is no talks": (
        "talks",
        [
            claim(
                "CONSULT", "Gondor held a conference.", actor=("gondor",), date=MONDAY, words={"object": "a conference"}
            )
        ],
        [],
    ),
    "a breach denied by the accused in the next sentence": (
        "violations",
        [
            broke("Gondor accused Mordor of breaking the truce."),
            claim(
                "REJECT",
                "Mordor rejected it.",
                at=2,
                actor=("mordor",),
                content="the accusation",
                words={"object": "the accusation"},
            ),
        ],
        ["accuser=gondor | accused=mordor | act=breaking the truce | denied_by=mordor"],
    ),
    "a breach denied three sentences on and not four": (
        "violations",
        [
            broke("Gondor accused Mordor of breaking the truce."),
            claim(
                "REJECT",
                "The Orcs deny.",
                at=2,
                actor=("orcs",),
                content="the accusation",
                words={"object": "the accusation"},
            ),
            claim(
                "REJECT",
                "Mordor denies.",
                at=5,
                actor=("mordor",),
                content="the accusation",
                words={"object": "the accusation"},
            ),
        ],
        ["accuser=gondor | accused=mordor | act=breaking the truce"],
    ),
    "an attack that the accused are said not to have made is a denial": (
        "violations",
        [
            broke("Gondor accused Mordor of breaking the truce."),
            shelled("Mordor did not shell Dale.", at=2, negated=True, said=("mordor",)),
        ],
        ["accuser=gondor | accused=mordor | act=breaking the truce | denied_by=mordor"],
    ),
    "a speaker of the accused denies it": (
        "violations",
        [
            broke("Gondor accused Mordor of breaking the truce.", recipient=("sauron",)),
            shelled("The Orcs did not shell Dale, Sauron said.", at=2, negated=True, actor=("orcs",), said=("sauron",)),
        ],
        ["accuser=gondor | accused=sauron | act=breaking the truce | denied_by=sauron"],
    ),
    "the attack told next is what a bare breach was": (
        "violations",
        [
            broke("Gondor accused Mordor of breaking the truce."),
            shelled(
                "Mordor shelled Dale, Gondor said.", at=2, said=("gondor",), words={"clause": "Mordor shelled Dale"}
            ),
        ],
        ["accuser=gondor | accused=mordor | act=Mordor shelled Dale"],
    ),
    "an attack that another tells of is not the breach": (
        "violations",
        [
            broke("Gondor accused Mordor of breaking the truce."),
            shelled("Mordor shelled Dale, Rohan said.", at=2, said=("rohan",), words={"clause": "Mordor shelled Dale"}),
        ],
        ["accuser=gondor | accused=mordor | act=breaking the truce"],
    ),
    "an attack three sentences on is not the breach": (
        "violations",
        [
            broke("Gondor accused Mordor of breaking the truce."),
            shelled(
                "Mordor shelled Dale, Gondor said.", at=4, said=("gondor",), words={"clause": "Mordor shelled Dale"}
            ),
        ],
        ["accuser=gondor | accused=mordor | act=breaking the truce"],
    ),
    "a breach without a day has that of the attack just before": (
        "violations",
        [
            shelled("Mordor shelled Dale on Monday.", date=MONDAY, place=OSGILIATH),
            broke(
                "Gondor accused Mordor of shelling in breach of the truce.",
                at=2,
                content="shelling in breach of the truce",
            ),
        ],
        [
            "accuser=gondor | accused=mordor | act=shelling in breach of the truce | place=Osgiliath | date=2020-01-13 | sentences=2"
        ],
    ),
    "an attack four sentences before is not behind a breach": (
        "violations",
        [
            shelled("Mordor shelled Dale on Monday.", date=MONDAY, place=OSGILIATH),
            broke(
                "Gondor accused Mordor of shelling in breach of the truce.",
                at=5,
                content="shelling in breach of the truce",
            ),
        ],
        ["accuser=gondor | accused=mordor | act=shelling in breach of the truce | sentences=5"],
    ),
    "a body that records a breach has verified it": (
        "violations",
        [
            broke(
                "The Council recorded that Mordor broke the truce.",
                actor=("council",),
                content="recorded breach of the truce by Mordor",
                marks=("violation.verified",),
            ),
        ],
        ["accuser=council | accused=mordor | act=recorded breach of the truce by Mordor | verified_by=council"],
    ),
    "a side that records a breach has only alleged it": (
        "violations",
        [
            broke(
                "Gondor recorded that Mordor broke the truce.",
                content="a recorded breach of the truce",
                words={"verb": "record"},
            )
        ],
        ["accuser=gondor | accused=mordor | act=a recorded breach of the truce"],
    ),
    "each accuses the other": (
        "violations",
        [broke("Gondor and Mordor accused each other of breaking the truce.", actor=BOTH, recipient=())],
        [
            "accuser=gondor | accused=mordor | act=breaking the truce",
            "accuser=mordor | accused=gondor | act=breaking the truce",
        ],
    ),
    "what will be or might be is no breach": (
        "violations",
        [
            broke("Gondor will accuse Mordor of breaking the truce.", status=Status.FUTURE),
            broke("Gondor might accuse Mordor of breaking the truce.", at=2, status=Status.HYPOTHETICAL),
            broke("Gondor did not accuse Mordor of breaking the truce.", at=3, negated=True),
        ],
        [],
    ),
    "a breach told twice is one": (
        "violations",
        [
            broke("Gondor accused Mordor of breaking the truce.", at=2, date=MONDAY),
            broke("Gondor accused Mordor of violating the truce.", at=4, content="violating the truce"),
        ],
        ["accuser=gondor | accused=mordor | act=violating the truce | date=2020-01-13 | sentences=2,4"],
    ),
    "the dead of one attack are told in two numbers": (
        "contradictions",
        [
            shelled("Mordor killed 12 men.", casualties="12 dead", date=MONDAY, place=OSGILIATH, said=("gondor",)),
            shelled(
                "Mordor killed 1,200 men.", at=2, casualties="1,200 dead", date=MONDAY, place=OSGILIATH, said=("rohan",)
            ),
        ],
        ["kind=casualties | about=Mordor killed 12 men. | versions=1,200 dead,12 dead | speakers=gondor / rohan"],
    ),
    "two numbers of other days, places or people do not contradict": (
        "contradictions",
        [
            shelled("Mordor killed 12 men.", casualties="12 dead", date=MONDAY, place=OSGILIATH),
            shelled("Mordor killed 13 men.", at=2, casualties="13 dead", date=TUESDAY, place=OSGILIATH),
            shelled("Mordor killed 14 men.", at=3, casualties="14 dead", date=MONDAY, place=PELARGIR),
            shelled("Rohan killed 15 men.", at=4, casualties="15 dead", date=MONDAY, place=OSGILIATH, actor=("rohan",)),
            shelled("Mordor killed 16 men.", at=5, casualties="16 dead", place=OSGILIATH),
        ],
        [],
    ),
    "a number in words and its digits are one": (
        "contradictions",
        [
            shelled("Mordor killed 12 men.", casualties="12 dead", date=MONDAY, place=OSGILIATH),
            shelled("Mordor killed twelve men.", at=2, casualties="twelve dead", date=MONDAY, place=OSGILIATH),
        ],
        [],
    ),
    "two counts of one event contradict whatever their words": (
        "contradictions",
        [
            shelled("Mordor killed 12 men.", casualties="12 men", event_id="e1"),
            shelled("Mordor killed nine orcs.", at=2, casualties="nine orcs", event_id="e1"),
        ],
        ["kind=casualties | about=Mordor killed 12 men. | versions=12 men,nine orcs | speakers=- / -"],
    ),
    "a deed done and denied": (
        "contradictions",
        [
            claim("AID", "Dale sent Gondor arms.", actor=("dale",), recipient=("gondor",), content="arms", date=MONDAY),
            claim(
                "AID",
                "Dale sent none.",
                at=2,
                actor=("dale",),
                recipient=("gondor",),
                content="arms",
                negated=True,
                said=("dale",),
            ),
        ],
        ["kind=denial | about=dale: arms | versions=denied,stated | speakers=- / dale"],
    ),
    "deeds of other days, people or things do not deny each other": (
        "contradictions",
        [
            claim(
                "AID",
                "Dale sent Gondor arms.",
                actor=("dale",),
                recipient=("gondor",),
                content="new rifles",
                date=MONDAY,
            ),
            claim(
                "AID",
                "Not on Tuesday.",
                at=2,
                actor=("dale",),
                recipient=("gondor",),
                content="new rifles",
                date=TUESDAY,
                negated=True,
            ),
            claim(
                "AID", "Not Rohan.", at=3, actor=("rohan",), recipient=("gondor",), content="new rifles", negated=True
            ),
            claim(
                "AID",
                "Not to the Orcs.",
                at=4,
                actor=("dale",),
                recipient=("orcs",),
                content="new rifles",
                negated=True,
            ),
            claim(
                "AID", "Not bread.", at=5, actor=("dale",), recipient=("gondor",), content="fresh bread", negated=True
            ),
            claim(
                "AID",
                "Will not.",
                at=6,
                actor=("dale",),
                recipient=("gondor",),
                content="new rifles",
                negated=True,
                status=Status.FUTURE,
            ),
            claim(
                "COERCE",
                "No seizure.",
                at=7,
                actor=("dale",),
                recipient=("gondor",),
                content="new rifles",
                negated=True,
            ),
        ],
        [],
    ),
    "who backed before, who backs now, and who backs only a deal or might back": (
        "alignments",
        [
            claim(
                "SUPPORT",
                "Rohan backed Gondor.",
                actor=("rohan",),
                recipient=("gondor",),
                marks=("alignment.political",),
                status=Status.HISTORICAL,
            ),
            claim(
                "SUPPORT", "Dale backs Gondor.", at=2, actor=("dale",), recipient=("gondor",), words={"verb": "back"}
            ),
            claim(
                "SUPPORT",
                "Dale backs a deal.",
                at=3,
                actor=("dale",),
                recipient=("mordor",),
                words={"verb": "back", "object": "the deal"},
            ),
            claim(
                "SUPPORT",
                "Dale may back the Orcs.",
                at=4,
                actor=("dale",),
                recipient=("orcs",),
                words={"verb": "back"},
                status=Status.HYPOTHETICAL,
            ),
        ],
        [
            "backer=rohan | backed=gondor | kind=political | status=historical",
            "backer=dale | backed=gondor | kind=political | status=stated | sentences=2",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_claims_and_their_record(case: str) -> None:
    part, claims, wanted = CASES[case]
    found = [shown(entry) for entry in getattr(record(*claims), part)]
    assert fits(found, wanted), found
