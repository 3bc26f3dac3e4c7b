"""Records from claims made by hand, a case a row: what words, marks and states of a claim make of an entry."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from process_claims import MONDAY, OSGILIATH, TUESDAY, claim, record
from process_rows import fits, shown

from dragoman.model import Basis, Claim, Status, When, Where

FRIDAY = When(earliest=date(2020, 1, 17), latest=date(2020, 1, 17), phrase="on Friday", basis=Basis.RELATIVE)
PELARGIR = Where(name="Pelargir", code="GON", lat=3.0, lon=4.0, text="in Pelargir")
BOTH = ("gondor", "mordor")


def _met(sentence: str, /, **told: Any) -> Claim:
    given = {"actor": BOTH, "words": {"object": "talks", "verb": "hold"}, "marks": ("talks.held",)}
    return claim("CONSULT", sentence, **(given | told))


def _broke(sentence: str, /, **told: Any) -> Claim:
    given = {
        "actor": ("gondor",),
        "recipient": ("mordor",),
        "content": "breaking the truce",
        "words": {"verb": "accuse"},
    }
    return claim("ACCUSE", sentence, **(given | told))


def _shelled(sentence: str, /, **told: Any) -> Claim:
    return claim("ASSAULT", sentence, **({"actor": ("mordor",), "words": {"verb": "shell"}} | told))


def _in_force(sentence: str, /, **told: Any) -> Claim:
    given = {"actor": BOTH, "marks": ("ceasefire.in_force",), "words": {"object": "the truce"}}
    return claim("RETREAT", sentence, **(given | told))


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
            _shelled("Mordor shelled Gondor.", recipient=("gondor",)),
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
            _broke("Gondor accused Mordor of breaking the truce."),
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
            _broke("Gondor accused Mordor of breaking the truce."),
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
            _broke("Gondor accused Mordor of breaking the truce."),
            _shelled("Mordor did not shell Dale.", at=2, negated=True, said=("mordor",)),
        ],
        ["accuser=gondor | accused=mordor | act=breaking the truce | denied_by=mordor"],
    ),
    "a speaker of the accused denies it": (
        "violations",
        [
            _broke("Gondor accused Mordor of breaking the truce.", recipient=("sauron",)),
            _shelled(
                "The Orcs did not shell Dale, Sauron said.", at=2, negated=True, actor=("orcs",), said=("sauron",)
            ),
        ],
        ["accuser=gondor | accused=sauron | act=breaking the truce | denied_by=sauron"],
    ),
    "the attack told next is what a bare breach was": (
        "violations",
        [
            _broke("Gondor accused Mordor of breaking the truce."),
            _shelled(
                "Mordor shelled Dale, Gondor said.", at=2, said=("gondor",), words={"clause": "Mordor shelled Dale"}
            ),
        ],
        ["accuser=gondor | accused=mordor | act=Mordor shelled Dale"],
    ),
    "an attack that another tells of is not the breach": (
        "violations",
        [
            _broke("Gondor accused Mordor of breaking the truce."),
            _shelled(
                "Mordor shelled Dale, Rohan said.", at=2, said=("rohan",), words={"clause": "Mordor shelled Dale"}
            ),
        ],
        ["accuser=gondor | accused=mordor | act=breaking the truce"],
    ),
    "an attack three sentences on is not the breach": (
        "violations",
        [
            _broke("Gondor accused Mordor of breaking the truce."),
            _shelled(
                "Mordor shelled Dale, Gondor said.", at=4, said=("gondor",), words={"clause": "Mordor shelled Dale"}
            ),
        ],
        ["accuser=gondor | accused=mordor | act=breaking the truce"],
    ),
    "a breach without a day has that of the attack just before": (
        "violations",
        [
            _shelled("Mordor shelled Dale on Monday.", date=MONDAY, place=OSGILIATH),
            _broke(
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
            _shelled("Mordor shelled Dale on Monday.", date=MONDAY, place=OSGILIATH),
            _broke(
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
            _broke(
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
            _broke(
                "Gondor recorded that Mordor broke the truce.",
                content="a recorded breach of the truce",
                words={"verb": "record"},
            )
        ],
        ["accuser=gondor | accused=mordor | act=a recorded breach of the truce"],
    ),
    "each accuses the other": (
        "violations",
        [_broke("Gondor and Mordor accused each other of breaking the truce.", actor=BOTH, recipient=())],
        [
            "accuser=gondor | accused=mordor | act=breaking the truce",
            "accuser=mordor | accused=gondor | act=breaking the truce",
        ],
    ),
    "what will be or might be is no breach": (
        "violations",
        [
            _broke("Gondor will accuse Mordor of breaking the truce.", status=Status.FUTURE),
            _broke("Gondor might accuse Mordor of breaking the truce.", at=2, status=Status.HYPOTHETICAL),
            _broke("Gondor did not accuse Mordor of breaking the truce.", at=3, negated=True),
        ],
        [],
    ),
    "a breach told twice is one": (
        "violations",
        [
            _broke("Gondor accused Mordor of breaking the truce.", at=2, date=MONDAY),
            _broke("Gondor accused Mordor of violating the truce.", at=4, content="violating the truce"),
        ],
        ["accuser=gondor | accused=mordor | act=violating the truce | date=2020-01-13 | sentences=2,4"],
    ),
    "the dead of one attack are told in two numbers": (
        "contradictions",
        [
            _shelled("Mordor killed 12 men.", casualties="12 dead", date=MONDAY, place=OSGILIATH, said=("gondor",)),
            _shelled(
                "Mordor killed 1,200 men.", at=2, casualties="1,200 dead", date=MONDAY, place=OSGILIATH, said=("rohan",)
            ),
        ],
        ["kind=casualties | about=Mordor killed 12 men. | versions=1,200 dead,12 dead | speakers=gondor / rohan"],
    ),
    "two numbers of other days, places or people do not contradict": (
        "contradictions",
        [
            _shelled("Mordor killed 12 men.", casualties="12 dead", date=MONDAY, place=OSGILIATH),
            _shelled("Mordor killed 13 men.", at=2, casualties="13 dead", date=TUESDAY, place=OSGILIATH),
            _shelled("Mordor killed 14 men.", at=3, casualties="14 dead", date=MONDAY, place=PELARGIR),
            _shelled(
                "Rohan killed 15 men.", at=4, casualties="15 dead", date=MONDAY, place=OSGILIATH, actor=("rohan",)
            ),
            _shelled("Mordor killed 16 men.", at=5, casualties="16 dead", place=OSGILIATH),
        ],
        [],
    ),
    "a number in words and its digits are one": (
        "contradictions",
        [
            _shelled("Mordor killed 12 men.", casualties="12 dead", date=MONDAY, place=OSGILIATH),
            _shelled("Mordor killed twelve men.", at=2, casualties="twelve dead", date=MONDAY, place=OSGILIATH),
        ],
        [],
    ),
    "two counts of one event contradict whatever their words": (
        "contradictions",
        [
            _shelled("Mordor killed 12 men.", casualties="12 men", event_id="e1"),
            _shelled("Mordor killed nine orcs.", at=2, casualties="nine orcs", event_id="e1"),
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
    "a truce that both observe holds": (
        "ceasefires",
        [
            claim(
                "AGREE",
                "Gondor and Mordor agreed on a truce.",
                actor=BOTH,
                date=MONDAY,
                content="a truce",
                marks=("ceasefire.agreed",),
            ),
            claim(
                "RETREAT",
                "They observe the truce.",
                at=2,
                actor=BOTH,
                marks=("ceasefire.holding",),
                words={"object": "the truce"},
            ),
        ],
        ["parties=gondor,mordor | status=holding | declared=2020-01-13 | sentences=1,2"],
    ),
    "an accusation makes a truce in force a broken one": (
        "ceasefires",
        [
            claim(
                "RETREAT",
                "The truce took effect.",
                actor=BOTH,
                date=MONDAY,
                marks=("ceasefire.in_force",),
                words={"object": "the truce"},
            ),
            _broke(
                "Gondor accused Mordor of breaking the truce.",
                at=2,
                marks=("ceasefire.violated",),
                words={"object": "the truce"},
            ),
        ],
        ["parties=gondor,mordor | status=violated | from=2020-01-13 | sentences=1,2"],
    ),
    "a truce that one side observes is in force": (
        "ceasefires",
        [
            claim(
                "AGREE",
                "They agreed on a truce.",
                actor=BOTH,
                date=MONDAY,
                content="a truce",
                marks=("ceasefire.agreed",),
            ),
            claim(
                "RETREAT",
                "Gondor observes it.",
                at=2,
                actor=("gondor",),
                marks=("ceasefire.holding",),
                words={"object": "the truce"},
            ),
        ],
        ["parties=gondor,mordor | status=in_force | declared=2020-01-13 | sentences=1,2"],
    ),
    "a truce that was never agreed is refused": (
        "ceasefires",
        [
            claim(
                "REJECT",
                "They agreed on no truce.",
                actor=BOTH,
                negated=True,
                marks=("ceasefire.agreed",),
                words={"object": "a truce"},
            )
        ],
        ["parties=gondor,mordor | status=rejected"],
    ),
    "a truce refused and proposed anew is proposed": (
        "ceasefires",
        [
            claim(
                "REJECT",
                "Mordor refused a truce.",
                actor=("mordor",),
                content="a truce",
                words={"verb": "refuse", "object": "a truce"},
            ),
            claim(
                "REQUEST",
                "Gondor asked for a truce.",
                at=2,
                actor=("gondor",),
                recipient=("mordor",),
                content="a truce",
                words={"for": "a truce"},
            ),
        ],
        ["parties=? | status=proposed | sentences=1,2"],
    ),
    "a truce proposed and then refused is refused": (
        "ceasefires",
        [
            claim(
                "REQUEST",
                "Gondor asked for a truce.",
                actor=("gondor",),
                recipient=("mordor",),
                content="a truce",
                words={"for": "a truce"},
            ),
            claim(
                "REJECT",
                "Mordor refused a truce.",
                at=2,
                actor=("mordor",),
                content="a truce",
                words={"verb": "refuse", "object": "a truce"},
            ),
        ],
        ["parties=? | status=rejected | sentences=1,2"],
    ),
    "a side that leaves a truce ends it": (
        "ceasefires",
        [
            claim(
                "AGREE",
                "They agreed on a truce.",
                actor=BOTH,
                date=MONDAY,
                content="a truce",
                marks=("ceasefire.agreed",),
            ),
            claim("REJECT", "Mordor left it.", at=2, actor=("mordor",), words={"verb": "leave", "object": "the truce"}),
        ],
        ["parties=gondor,mordor | status=ended | declared=2020-01-13 | sentences=1,2"],
    ),
    "a truce whose last day is past is over": (
        "ceasefires",
        [
            claim(
                "CONCEDE",
                "Gondor and Mordor declared a truce until Monday.",
                actor=BOTH,
                content="a truce until Monday",
                marks=("ceasefire.declared",),
                words={"object": "a truce until Monday"},
            ),
        ],
        ["parties=gondor,mordor | status=? | until=?"],
    ),
    "an attack with a truce in force is a breach of it": (
        "ceasefires",
        [
            _in_force("The truce took effect, and Mordor shelled Gondor."),
            _shelled("The truce took effect, and Mordor shelled Gondor.", recipient=("gondor",)),
        ],
        ["parties=gondor,mordor | status=violated"],
    ),
    "an attack of old, a denied one or one to come breaks no truce": (
        "ceasefires",
        [
            _in_force("The truce took effect, and Mordor shelled Gondor."),
            _shelled(
                "The truce took effect, and Mordor shelled Gondor.", recipient=("gondor",), status=Status.HISTORICAL
            ),
            _in_force("The truce took effect, and Mordor did not shell Gondor.", at=2),
            _shelled(
                "The truce took effect, and Mordor did not shell Gondor.", at=2, recipient=("gondor",), negated=True
            ),
            _in_force("The truce took effect, and Mordor will shell Gondor.", at=3),
            _shelled(
                "The truce took effect, and Mordor will shell Gondor.",
                at=3,
                recipient=("gondor",),
                status=Status.FUTURE,
            ),
        ],
        ["parties=gondor,mordor | status=in_force | sentences=1,2,3"],
    ),
    "a call for a truce with a scope": (
        "ceasefires",
        [
            claim(
                "REQUEST",
                "Gondor asked Mordor for a humanitarian truce.",
                actor=("gondor",),
                recipient=("mordor",),
                content="a humanitarian truce",
                words={"for": "a humanitarian truce"},
            )
        ],
        ["parties=? | status=proposed | scope=humanitarian"],
    ),
    "what is agreed, promised and refused": (
        "positions",
        [
            claim(
                "AGREE",
                "Gondor agreed to release captives.",
                actor=("gondor",),
                content="to release captives",
                words={"verb": "agree"},
            ),
            claim("AGREE", "Rohan agreed on it.", at=2, actor=("rohan",), content="a harvest", words={"verb": "agree"}),
            claim(
                "AGREE",
                "Rohan and Dale pledged to withdraw.",
                at=3,
                actor=("rohan", "dale"),
                content="to withdraw",
                words={"verb": "pledge"},
            ),
            claim(
                "AGREE",
                "Mordor pledged to withdraw.",
                at=4,
                actor=("mordor",),
                content="to withdraw at once",
                words={"verb": "pledge"},
            ),
            claim(
                "REJECT",
                "Sauron refused charges.",
                at=5,
                actor=("sauron",),
                content="the accusations",
                words={"verb": "reject"},
            ),
            claim("REJECT", "Sauron did not refuse.", at=6, actor=("sauron",), content="a withdrawal", negated=True),
            claim("REQUEST", "Dale will ask.", at=7, actor=("dale",), content="a withdrawal", status=Status.FUTURE),
            claim(
                "CONCEDE",
                "Mordor will free no captives.",
                at=8,
                actor=("mordor",),
                content="no captives",
                status=Status.FUTURE,
            ),
        ],
        [
            "party=gondor | stance=acceptance | content=to release captives | status=held",
            "party=rohan | stance=acceptance | content=to withdraw | status=held | sentences=3",
            "party=dale | stance=acceptance | content=to withdraw | status=held | sentences=3",
            "party=mordor | stance=offer | content=to withdraw at once | status=held | sentences=4",
            "party=mordor | stance=refusal | content=no captives | status=held | sentences=8",
        ],
    ),
    "what 'that' is stands up to four sentences before": (
        "positions",
        [
            claim(
                "REQUEST",
                "Gondor demanded a withdrawal.",
                actor=("gondor",),
                recipient=("mordor",),
                content="a full withdrawal",
            ),
            claim("REJECT", "Mordor refused that.", at=5, actor=("mordor",), content="that", words={"verb": "refuse"}),
            claim("REJECT", "Sauron refused that.", at=10, actor=("sauron",), content="that", words={"verb": "refuse"}),
        ],
        [
            "party=gondor | stance=demand | of=mordor | content=a full withdrawal | status=held",
            "party=mordor | stance=refusal | content=a full withdrawal | status=held | sentences=5",
        ],
    ),
    "a demand repeated is one, to another it is another": (
        "positions",
        [
            claim(
                "REQUEST",
                "Gondor demanded a withdrawal.",
                actor=("gondor",),
                recipient=("mordor",),
                content="a full withdrawal",
                date=MONDAY,
            ),
            claim(
                "REQUEST",
                "Gondor demanded a withdrawal.",
                at=2,
                actor=("gondor",),
                recipient=("mordor",),
                content="the full withdrawal",
            ),
            claim(
                "REQUEST",
                "Gondor demanded a withdrawal.",
                at=3,
                actor=("gondor",),
                recipient=("orcs",),
                content="a full withdrawal",
            ),
            claim(
                "REQUEST",
                "Gondor demanded bread.",
                at=4,
                actor=("gondor",),
                recipient=("mordor",),
                content="fresh bread",
            ),
        ],
        [
            "party=gondor | stance=demand | of=mordor | content=a full withdrawal | status=held | date=2020-01-13 | sentences=1,2",
            "party=gondor | stance=demand | of=orcs | content=a full withdrawal | status=held | sentences=3",
            "party=gondor | stance=demand | of=mordor | content=fresh bread | status=held | sentences=4",
        ],
    ),
    "a body and its mandate, as it is asked for, set up and at work": (
        "mechanisms",
        [
            claim(
                "REQUEST",
                "Gondor demanded the formation of a committee to oversee the truce.",
                actor=("gondor",),
                content="the formation of a committee to oversee the truce",
            ),
            claim(
                "AGREE",
                "They agreed to set up the committee.",
                at=2,
                actor=BOTH,
                content="to set up the committee",
                status=Status.FUTURE,
            ),
        ],
        ["name=committee | kind=oversight | mandate=oversee the truce | asked_by=gondor | status=? | sentences=1,2"],
    ),
    "who is to be out of it two sentences on": (
        "mechanisms",
        [
            claim(
                "AGREE",
                "They formed a committee to monitor the truce.",
                actor=BOTH,
                content="to form a committee to monitor the truce",
            ),
            claim(
                "REQUEST",
                "Mordor demanded that Rohan be excluded from it.",
                at=3,
                actor=("mordor",),
                recipient=("rohan",),
                content="that Rohan be excluded from it",
            ),
        ],
        [
            "name=committee | kind=monitoring | mandate=monitor the truce | asked_out=rohan | asked_by=mordor | status=established "
            "| sentences=1,3"
        ],
    ),
    "who is to be out of it three sentences on is out of something else": (
        "mechanisms",
        [
            claim(
                "AGREE",
                "They formed a committee to monitor the truce.",
                actor=BOTH,
                content="to form a committee to monitor the truce",
            ),
            claim(
                "REQUEST",
                "Mordor demanded that Rohan be excluded from it.",
                at=4,
                actor=("mordor",),
                recipient=("rohan",),
                content="that Rohan be excluded from it",
            ),
        ],
        ["name=committee | kind=monitoring | mandate=monitor the truce | status=established"],
    ),
    "bare monitors are a body only with a task": (
        "mechanisms",
        [
            claim("AID", "Dale sent monitors.", actor=("dale",), content="monitors", words={"verb": "send"}),
            claim(
                "AID",
                "Dale sent observers to watch the truce.",
                at=2,
                actor=("dale",),
                content="observers to watch the truce",
                words={"verb": "send"},
            ),
        ],
        [
            "name=observers | kind=monitoring | mandate=watch the truce | members=dale | status=established | sentences=2"
        ],
    ),
    "a deadline by what is asked and an act by its day": (
        "planned",
        [
            claim(
                "REQUEST",
                "Gondor demanded that Mordor leave by Friday.",
                actor=("gondor",),
                recipient=("mordor",),
                content="that Mordor leave by Friday",
            ),
            claim(
                "RETREAT",
                "Rohan will withdraw on Friday.",
                at=2,
                actor=("rohan",),
                date=FRIDAY,
                status=Status.FUTURE,
                content="its riders",
            ),
            claim("RETREAT", "Dale withdrew on Monday.", at=3, actor=("dale",), date=MONDAY, content="its men"),
            claim(
                "RETREAT",
                "Dale will not withdraw on Friday.",
                at=4,
                actor=("dale",),
                date=FRIDAY,
                status=Status.FUTURE,
                negated=True,
                content="its men",
            ),
        ],
        [
            "what=that Mordor leave by Friday | kind=deadline | window=2020-01-17 | due=mordor",
            "what=its riders | kind=act | window=2020-01-17 | due=rohan | sentences=2",
        ],
    ),
    "an order to one's own men and a demand of old set no deadline": (
        "planned",
        [
            claim(
                "REQUEST",
                "Gondor ordered its troops to leave by Friday.",
                actor=("gondor",),
                content="to leave by Friday",
                words={"verb": "order", "object": "its troops"},
            ),
            claim(
                "REQUEST",
                "Gondor had demanded that Mordor leave by Friday.",
                at=2,
                actor=("gondor",),
                content="that Mordor leave by Friday",
            ),
            claim(
                "REQUEST",
                "Gondor demanded that Mordor leave by Friday.",
                at=3,
                actor=("gondor",),
                content="that Mordor leave by Friday",
                negated=True,
            ),
            claim(
                "REQUEST",
                "Gondor demanded that.",
                at=4,
                actor=("gondor",),
                content="that Mordor leave by Friday",
                status=Status.HISTORICAL,
            ),
        ],
        [],
    ),
    "a paper is signed by one, refused by the other": (
        "agreements",
        [
            claim(
                "SUPPORT",
                "Gondor signed the accord.",
                actor=("gondor",),
                content="the peace accord",
                marks=("signature.signed",),
                date=MONDAY,
                place=OSGILIATH,
            ),
            claim(
                "REJECT",
                "Mordor refused to sign the accord.",
                at=2,
                actor=("mordor",),
                content="to sign the peace accord",
                marks=("signature.refused",),
                words={"verb": "refuse"},
            ),
        ],
        [
            "name=peace accord | kind=comprehensive | status=partly_signed | parties=gondor,mordor | place=Osgiliath | date=2020-01-13"
        ],
    ),
    "a signing ahead of two, and who will come": (
        "planned",
        [
            claim(
                "AGREE",
                "Gondor and Mordor will sign the accord on Friday.",
                actor=BOTH,
                content="the peace accord",
                date=FRIDAY,
                status=Status.FUTURE,
                marks=("signature.will_sign",),
                place=OSGILIATH,
            ),
        ],
        ["what=signing of the peace accord | kind=signing | place=Osgiliath | window=2020-01-17 | due=gondor,mordor"],
    ),
    "a threat told twice is one, of another or on another condition another": (
        "threats",
        [
            claim(
                "THREATEN",
                "Mordor threatened war.",
                actor=("mordor",),
                recipient=("gondor",),
                content="war",
                condition="unless it yields",
            ),
            claim(
                "THREATEN",
                "Mordor threatened war.",
                at=2,
                actor=("mordor",),
                recipient=("gondor",),
                content="war",
                condition="unless it yields",
            ),
            claim(
                "THREATEN",
                "Mordor threatened war.",
                at=3,
                actor=("mordor",),
                recipient=("rohan",),
                content="war",
                condition="unless it yields",
            ),
            claim(
                "THREATEN",
                "Mordor did not threaten.",
                at=4,
                actor=("mordor",),
                recipient=("dale",),
                content="war",
                condition="unless it yields",
                negated=True,
            ),
            claim(
                "THREATEN",
                "Mordor threatened to free captives.",
                at=5,
                actor=("mordor",),
                recipient=("dale",),
                content="to attack or pay by Friday",
            ),
        ],
        [
            "party=mordor | against=gondor | condition=unless it yields | consequence=war | sentences=1,2",
            "party=mordor | against=rohan | condition=unless it yields | consequence=war | sentences=3",
            "party=mordor | against=dale | condition=? | consequence=? | deadline=2020-01-17 | sentences=5",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_claims_and_their_record(case: str) -> None:
    part, claims, wanted = CASES[case]
    found = [shown(entry) for entry in getattr(record(*claims), part)]
    assert fits(found, wanted), found
