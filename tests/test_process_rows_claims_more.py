"""More records from claims made by hand: truces, positions, bodies, plans, papers and threats."""

from __future__ import annotations

from typing import Any

import pytest
from process_claims import BOTH, FRIDAY, MONDAY, OSGILIATH, broke, claim, record, shelled
from process_rows import fits, shown

from dragoman.model import Claim, Status


def _in_force(sentence: str, /, **told: Any) -> Claim:
    given = {"actor": BOTH, "marks": ("ceasefire.in_force",), "words": {"object": "the truce"}}
    return claim("RETREAT", sentence, **(given | told))


CASES: dict[str, tuple[str, list[Claim], list[str]]] = {
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
            broke(
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
            shelled("The truce took effect, and Mordor shelled Gondor.", recipient=("gondor",)),
        ],
        ["parties=gondor,mordor | status=violated"],
    ),
    "an attack of old, a denied one or one to come breaks no truce": (
        "ceasefires",
        [
            _in_force("The truce took effect, and Mordor shelled Gondor."),
            shelled(
                "The truce took effect, and Mordor shelled Gondor.", recipient=("gondor",), status=Status.HISTORICAL
            ),
            _in_force("The truce took effect, and Mordor did not shell Gondor.", at=2),
            shelled(
                "The truce took effect, and Mordor did not shell Gondor.", at=2, recipient=("gondor",), negated=True
            ),
            _in_force("The truce took effect, and Mordor will shell Gondor.", at=3),
            shelled(
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
