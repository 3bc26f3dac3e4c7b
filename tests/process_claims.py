"""Claims made by hand, with invented names, for the tests of the record: no model, no frames."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import dragoman.process
from dragoman.model import (
    Attribution,
    Basis,
    Claim,
    Entity,
    EventType,
    Evidence,
    Kind,
    Mention,
    Report,
    When,
    Where,
    content_id,
)
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.reader import Reading
from dragoman.rulebook.loader import load_rulebook

ROOT = Path(dragoman.process.__file__).parent
DAY = date(2020, 1, 14)  # a Tuesday
MONDAY = When(earliest=date(2020, 1, 13), latest=date(2020, 1, 13), phrase="on Monday", basis=Basis.RELATIVE)
TUESDAY = When(earliest=DAY, latest=DAY, phrase="on Tuesday", basis=Basis.RELATIVE)
FRIDAY = When(earliest=date(2020, 1, 17), latest=date(2020, 1, 17), phrase="on Friday", basis=Basis.RELATIVE)
OSGILIATH = Where(name="Osgiliath", code="GON", lat=1.0, lon=2.0, text="in Osgiliath")
BOTH = ("gondor", "mordor")
KINDS = {
    "gondor": Kind.STATE,
    "rohan": Kind.STATE,
    "mordor": Kind.STATE,
    "dale": Kind.STATE,
    "denethor": Kind.PERSON,
    "sauron": Kind.PERSON,
    "ironfoot-front": Kind.ARMED_GROUP,
    "council": Kind.IGO,
    "erebor-times": Kind.MEDIA,
    "orcs": Kind.ARMED_GROUP,
}


def claim(event: str, sentence: str, /, **given_fields: Any) -> Claim:
    """Return a claim of that event; ``at`` numbers its sentence; the rest are fields of Claim."""
    number = given_fields.pop("at", 1)
    said = tuple(Attribution(speaker=i, text=i) for i in given_fields.pop("said", ()))
    start = number * 1000
    return Claim(
        id=given_fields.pop("id", content_id(number, event, sentence)),
        event=EventType(event),
        evidence=Evidence(sentence=number, start=start, end=start + len(sentence), text=sentence),
        rule=given_fields.pop("rule", "hand"),
        attribution=said,
        **given_fields,
    )


def broke(sentence: str, /, **told: Any) -> Claim:
    """Return the claim that Mordor broke the truce, which Gondor makes."""
    given = {
        "actor": ("gondor",),
        "recipient": ("mordor",),
        "content": "breaking the truce",
        "words": {"verb": "accuse"},
    }
    return claim("ACCUSE", sentence, **(given | told))


def shelled(sentence: str, /, **told: Any) -> Claim:
    """Return the claim that Mordor shelled something."""
    return claim("ASSAULT", sentence, **({"actor": ("mordor",), "words": {"verb": "shell"}} | told))


def record(*claims: Claim, day: date | None = DAY) -> ProcessRecord:
    """Return the record of a report that makes these claims; names in the sentences are mentions."""
    return record_of(reading(*claims, day=day), load_rulebook(None))


def reading(*claims: Claim, day: date | None = DAY) -> Reading:
    """Return the reading of a report that makes these claims; names in the sentences are mentions."""
    text = [" "] * (max(c.evidence.end for c in claims) + 1 if claims else 1)
    for each in claims:
        text[each.evidence.start : each.evidence.end] = each.evidence.text
    whole = "".join(text)
    return Reading(
        report=Report(id="r", headline=None, text=whole, body_start=0, published=day),
        sentences=(),
        entities=tuple(_entity(i, kind, whole) for i, kind in KINDS.items()),
        claims=claims,
        unread=(),
    )


def _entity(identity: str, kind: Kind, text: str) -> Entity:
    name = " ".join(part.capitalize() for part in identity.split("-"))
    starts, at = [], text.find(name)
    while at >= 0:
        starts.append(at)
        at = text.find(name, at + 1)
    mentions = tuple(Mention(start=s, end=s + len(name), text=name, how="name") for s in starts)
    return Entity(id=identity, name=name, kind=kind, roster=True, mentions=mentions)


def story_of_a_truce() -> list[Claim]:
    """Return the claims of a report in which one side signs and the other leaves without signing."""
    return [
        claim(
            "REJECT",
            "Sauron left on Monday without signing a deal.",
            at=2,
            actor=("sauron",),
            content="signing a deal",
            date=MONDAY,
            words={"without": "signing a deal", "verb": "leave"},
        ),
        claim(
            "REJECT",
            "He returned on Tuesday without signing it.",
            at=4,
            actor=("sauron",),
            content="signing it",
            date=TUESDAY,
            marks=("signature.not_signed",),
            words={"without": "signing it"},
        ),
        claim(
            "REJECT",
            "He refused to sign the truce.",
            at=6,
            actor=("sauron",),
            content="to sign the truce",
            said=("denethor",),
            words={"verb": "refuse"},
        ),
        claim(
            "SUPPORT",
            "Denethor signed the agreement in Osgiliath.",
            at=8,
            actor=("denethor",),
            content="the agreement",
            place=OSGILIATH,
            marks=("signature.signed",),
        ),
    ]
