"""Readings made without a parser, for tests and benchmarks of what is derived over many reports."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.model import (
    Basis,
    Claim,
    Entity,
    EventType,
    Evidence,
    Kind,
    Report,
    Status,
    Unread,
    When,
    Where,
    content_id,
)
from dragoman.reading.reader import Reading

FIRST = date(2024, 3, 4)
PLACES = ("Osgiliath", "Pelargir", "Edoras", "Dale", "Bree", "Harlond", "Linhir", "Calembel")
PARTIES = tuple(
    f"{land}-{body}" for land in ("gondor", "mordor", "rohan", "harad", "rhun") for body in ("army", "council", "envoy")
)
THINGS = (
    "the eastern bridge", "the grain convoy", "the white harbour", "prisoners of the siege", "the northern road", "a river truce",
    "the beacon towers", "observers at the ford", "the salt mines", "the horse herds", "a corridor for the wounded", "the river tolls",
)  # fmt: skip
SOUNDS = tuple(first + vowel + last for first in "bdfgklmnprst" for vowel in "aeiou" for last in "lmnrs")
DONE = {
    EventType.ASSAULT: "attacked", EventType.REQUEST: "demanded", EventType.REJECT: "refused", EventType.CONSULT: "discussed",
    EventType.ACCUSE: "blamed others for", EventType.RETREAT: "gave up", EventType.AGREE: "promised", EventType.AID: "paid for",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act of the made world: what its claims say."""

    event: EventType
    actor: str
    thing: str
    place: str | None = None
    day: date | None = None
    recipient: str | None = None
    negated: bool = False
    status: Status = Status.OCCURRED
    casualties: str | None = None
    marks: tuple[str, ...] = ()
    asides: tuple[str, ...] = ("",) * 4

    @property
    def sentence(self) -> str:
        """Return the sentence that tells of it."""
        place = f" in {self.place}" if self.place else ""
        day = f" on {self.day.isoformat()}" if self.day else ""
        to = f" against {self.recipient}" if self.recipient else ""
        dead = f", killing {self.casualties}" if self.casualties else ""
        verb = f"never {DONE[self.event]}" if self.negated else DONE.get(self.event, self.event.value.lower())
        one, two, three, four = (f" {aside}" if aside else "" for aside in self.asides)
        return f"The{one} {self.actor}{two} {verb}{three} {self.thing}{four}{to}{place}{day}{dead}."


def reading_of(  # noqa: PLR0913  each is a field of the report
    name: str,
    day: date | None,
    deeds: list[Deed],
    *,
    outlet: str = "The Palantir",
    headline: str | None = None,
    identity: str = "",
) -> Reading:
    """Return the reading of a report that tells of these deeds, one a sentence; ``name`` is its headline where none is given."""
    body = " ".join(deed.sentence for deed in deeds)
    title = headline or f"News {name}"
    report = Report(
        id=identity or content_id(title, body, outlet, day), headline=title, text=f"{title}\n\n{body}", body_start=len(title) + 2,
        outlet=outlet, published=day, source=name,
    )  # fmt: skip
    claims, start = [], report.body_start
    for number, deed in enumerate(deeds, start=2):
        end = start + len(deed.sentence)
        claims.append(
            _claim(report, deed, Evidence(sentence=number, start=start, end=end, text=report.text[start:end]))
        )
        start = end + 1
    ids = dict.fromkeys(i for claim in claims for i in (*claim.actor, *claim.recipient))
    entities = tuple(Entity(id=i, name=i.replace("-", " ").title(), kind=Kind.ARMED_GROUP) for i in ids)
    unread = (Unread(sentence=1, why="headline"),)
    return Reading(report=report, sentences=(), entities=entities, claims=tuple(claims), unread=unread)


def _claim(report: Report, deed: Deed, evidence: Evidence) -> Claim:
    identity = content_id(report.id, evidence.start, deed.sentence)
    when = (
        When(earliest=deed.day, latest=deed.day, phrase=deed.day.isoformat(), basis=Basis.STATED)
        if deed.day
        else When()
    )
    return Claim(
        id=identity, event_id=identity, event=deed.event, actor=(deed.actor,), recipient=(deed.recipient,) if deed.recipient else (),
        negated=deed.negated, status=deed.status, date=when, place=Where(name=deed.place) if deed.place else None, content=deed.thing,
        casualties=deed.casualties, evidence=evidence, rule="made", marks=deed.marks,
    )  # fmt: skip


def many(reports: int, deeds: int, seed: int = 1) -> Iterator[Reading]:
    """Yield so many readings, 33 a day, with so many deeds each; what was done on a day is told in several of them, in other words."""
    chance = random.Random(seed)
    days = max(1, reports // 33)
    world = [_deed(chance, FIRST + timedelta(days=at % days)) for at in range(reports * deeds // 3)]
    for number in range(reports):
        day = FIRST + timedelta(days=number * days // reports)
        near = [at for at in range((day - FIRST).days, len(world), days)]
        told = [world[chance.choice(near)] for _ in range(deeds - 2)] + [_deed(chance, None), _deed(chance, day)]
        told = [
            replace(deed, asides=tuple(f"{chance.choice(SOUNDS)}{chance.choice(SOUNDS)}" for _ in range(4)))
            for deed in told
        ]
        yield reading_of(f"{number}", day, told, outlet=f"Outlet {number % 10}")


def _deed(chance: random.Random, day: date | None) -> Deed:
    return Deed(
        event=chance.choice(list(DONE)), actor=chance.choice(PARTIES), thing=chance.choice(THINGS),
        place=chance.choice((None, *PLACES)), day=day, recipient=chance.choice((None, *PARTIES)),
    )  # fmt: skip
