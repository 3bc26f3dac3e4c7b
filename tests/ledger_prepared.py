"""Readings that cost nothing: short reports with claims, entities and records, made by number and not read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from dragoman.ledger.store import Ledger, Made
from dragoman.model import (
    Attribution,
    Basis,
    Claim,
    Dateline,
    Entity,
    EventType,
    Evidence,
    Kind,
    Mention,
    Report,
    Revision,
    Span,
    Status,
    When,
    Where,
    content_id,
)
from dragoman.process.records import Contradiction, Position, ProcessRecord, Side, Talks, Violation
from dragoman.reading.parse import Sentence
from dragoman.reading.reader import Reading

MADE = Made(rulebook="sha256:" + "1" * 64, model="made 1.0")
LATER = Made(rulebook="sha256:" + "2" * 64, model="made 1.0")
DAY = date(2020, 1, 13)
NOON = datetime(2020, 1, 20, 12, tzinfo=UTC)
_SIDES = ("Gondor", "Mordor", "Rohan", "Harad", "Rhûn", "Dale")
_ACTS = (
    (EventType.REJECT, "rejected the truce of the {other} envoys", "reject-plan"),
    (EventType.ACCUSE, "accused {other} of shelling Osgiliath “at night”", "accuse-of"),
    (EventType.CONSULT, "met {other} at the ford", "meet"),
    (EventType.REQUEST, "asked {other} for its prisoners", "ask-for"),
)
# what claims and entries of all reports have beside their own sentence: nothing that is kept is without words
_OPENING = "On 13 January 2020 12 killed by shelling at Osgiliath, not at Dale, sources told; of “the truce”\nof \U0001f54a he said"


def prepared(count: int, *, start: int = 0) -> list[tuple[Reading, ProcessRecord]]:
    """Return so many readings; the same number always gives the same."""
    return [made(number) for number in range(start, start + count)]


def made(number: int, *, sentences: int = 4) -> tuple[Reading, ProcessRecord]:
    """Return the reading and the record of a made report."""
    report, spans, told = _report(number, sentences)
    claims = tuple(_claim(report, place, span, told[place]) for place, span in enumerate(spans))
    reading = Reading(
        report=report,
        sentences=tuple(_sentence(place, span, report.text) for place, span in enumerate(spans)),
        entities=_entities(number, report.text),
        claims=claims,
        unread=(),
    )
    return reading, record_made(claims)


def fill(ledger: Ledger, readings: Sequence[tuple[Reading, ProcessRecord]], made_with: Made = MADE) -> list[bool]:
    """Add readings and return which were new."""
    return [ledger.add(reading, record, made_with) for reading, record in readings]


def _report(number: int, sentences: int) -> tuple[Report, list[tuple[int, int]], list[tuple[str, str, int]]]:
    headline = f"Truce of day {number} in doubt"
    text = f"{headline}\n\n{_OPENING}\n\n"
    spans: list[tuple[int, int]] = []
    told: list[tuple[str, str, int]] = []
    for place in range(sentences):
        actor, other = _SIDES[(number + place) % 6], _SIDES[(number + 2 * place + 1) % 6]
        act = (number + place) % len(_ACTS)
        sentence = f"{actor} {_ACTS[act][1].format(other=other)} on Monday, message {number}-{place}."
        spans.append((len(text), len(text) + len(sentence)))
        told.append((actor.lower(), other.lower(), act))
        text += f"{sentence}\n\n" if place % 2 else f"{sentence} "
    text = text.rstrip()
    day = DAY + timedelta(days=number % 9) if number % 7 else None
    report = Report(
        id=content_id("made", number),
        headline=headline,
        text=text,
        body_start=len(headline) + 2,
        outlet=("Minas Times", "Dale Post", None)[number % 3],
        url=f"https://example.org/{number}" if number % 2 else None,
        published=day,
        revision=Revision(notice="Adds details in paragraph 2", paragraphs=(2,)) if number % 5 == 0 else None,
        dateline=Dateline(place="OSGILIATH", day=day, agency="Reuters", span=Span(start=0, end=5)) if day else None,
        source=f"made/{number}.txt",
        fetched=NOON + timedelta(minutes=number) if number % 4 == 0 else None,
    )
    return report, spans, told


def _claim(report: Report, place: int, span: tuple[int, int], told: tuple[str, str, int]) -> Claim:
    actor, other, act = told
    event, _, rule = _ACTS[act]
    identity = content_id(report.id, place)
    full = place % 2 == 1
    return Claim(
        id=identity,
        event=event,
        modes=("change",) if full else (),
        contexts=("diplomatic", "military") if full else (),
        actor=(actor,),
        recipient=(other,),
        negated=place == 3,
        status=Status.FUTURE if place == 2 else Status.OCCURRED,
        quoted=full,
        attribution=(Attribution(speaker=actor, text="he said"), Attribution(speaker=None, text="sources"))
        if full
        else (),
        date=When(earliest=DAY, latest=DAY, phrase="On 13 January 2020", basis=Basis.STATED) if full else When(),
        place=Where(name="Osgiliath", code="GON", lat=-12.25, lon=30.5, text="at Osgiliath") if full else None,
        content="“the truce”\nof \U0001f54a" if full else None,
        casualties="12 killed" if place == 2 else None,
        evidence=Evidence(sentence=place + 1, start=span[0], end=span[1], text=report.text[span[0] : span[1]]),
        rule=rule,
        event_id=content_id(report.id, 0) if place == 2 else identity,
        marks=("position.demand",) if full else (),
        others={"parties": (actor,)},
        words={"object": "truce"},
        times=(When(),),
    )


def _sentence(place: int, span: tuple[int, int], text: str) -> Sentence:
    return Sentence(
        number=place + 1, start=span[0], end=span[1], text=text[span[0] : span[1]],
        words=(), lemmas=(), tags=(), deps=(), heads=(), starts=(), ends=(), children=(),
    )  # fmt: skip


def _entities(number: int, text: str) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            id=name.lower(), name=name, kind=Kind.STATE, code="GON" if place == 0 else None, roster=place < 3,
            sectors=("GOV", "MIL") if place % 2 else (),
            mentions=tuple(Mention(start=at, end=at + len(name), text=name, how="name") for at in _found(name, text)),
        )
        for place, name in enumerate(_SIDES)
        if name in text
    )  # fmt: skip


def _found(name: str, text: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(name, at)]


def record_made(claims: tuple[Claim, ...]) -> ProcessRecord:
    """Return the record that made claims give."""
    first, second = claims[0], claims[-1]
    return ProcessRecord(
        positions=(
            Position(
                id=content_id("position", first.id), claims=(first.id,), sentences=(1,), evidence=first.evidence,
                contrary=(second.id,), speakers=first.actor, hedged=True, party=first.actor[0], stance="demand",
                of=first.recipient, content="the truce", condition=None, status="held", date=When(latest=DAY),
            ),
        ),
        talks=(
            Talks(
                id=content_id("talks", second.id), claims=(second.id,), sentences=(1, 4), evidence=second.evidence,
                contrary=(), speakers=(),
                hedged=False, name="talks", place=Where(name="Dale", text="at Dale"), date=When(), format=None, status="held",
                host=second.recipient[0],
                mediators=(), parties=second.actor, declined=(), outcome=None,
            ),
        ),
        violations=(
            Violation(
                id=content_id("violation", first.id), claims=(first.id,), sentences=(1,), evidence=first.evidence,
                contrary=(),
                speakers=(), hedged=False, accuser=None, accused=first.actor, act="shelling", denied_by=(), verified_by=(), place=None,
                date=When(),
            ),
        ) if len(claims) > 2 else (),
        contradictions=(
            Contradiction(
                id=content_id("contradiction", first.id), kind="date", about="the truce", versions=("Monday", "Tuesday"),
                sides=tuple(
                    Side(value=value, claims=(claim.id,), speakers=claim.actor, evidence=claim.evidence)
                    for value, claim in (("Monday", first), ("Tuesday", second))
                ),
            ),
        ) if len(claims) > 3 else (),
    )  # fmt: skip
