"""A report with very many claims in a ledger: what it takes to add it, to settle it, and to settle a short one that comes after it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from growing import name, state

from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger, Made
from dragoman.model import Claim, Entity, EventType, Evidence, Kind, Mention, Report, When, content_id
from dragoman.process.records import Position, ProcessRecord
from dragoman.reading.parse import Sentence
from dragoman.reading.reader import Reading

_DAY = date(2024, 5, 15)
_MADE = Made(rulebook="sha256:" + "0" * 64, model="bench")
_TYPES = (EventType.ASSAULT, EventType.ACCUSE, EventType.REJECT, EventType.CONSULT)


def steps_of(claims: int) -> dict[str, float]:
    """Return what each step takes where a report makes so many claims, in seconds of CPU."""
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(str(Path(folder, "grown.ledger")), create=True)
        ledger.add(*reading_made(20, 0), _MADE)
        settle(ledger)
        large, small = reading_made(claims, 1), reading_made(20, 2)
        took["add"] = _timed(lambda: ledger.add(*large, _MADE))
        took["settle"] = _timed(lambda: settle(ledger))
        ledger.add(*small, _MADE)
        took["settle the next"] = _timed(lambda: settle(ledger))
        ledger.close()
    return took


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def reading_made(claims: int, number: int) -> tuple[Reading, ProcessRecord]:
    """Return the reading and record of a made report of a day: a sentence, a claim and a demand for each number, none alike."""
    headline = f"News of day {number}"
    told = [
        f"{state(n)} struck {name(n)} near {name(n + 7)} with {number}-{n} shells on Monday." for n in range(claims)
    ]
    text, spans = f"{headline}\n\n", []
    for sentence in told:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    text = text.rstrip()
    day = _DAY + timedelta(days=number)
    identity = content_id("grown", number, claims)
    report = Report(
        id=identity, headline=headline, text=text, body_start=len(headline) + 2, published=day, source=f"{number}.txt"
    )
    made = tuple(_claim(identity, n, span, text, day) for n, span in enumerate(spans))
    reading = Reading(
        report=report,
        sentences=tuple(_sentence(n, span, text) for n, span in enumerate(spans)),
        entities=_entities(told, spans),
        claims=made,
        unread=(),
    )
    return reading, ProcessRecord(positions=tuple(map(_position, made)))


def _claim(report: str, n: int, span: tuple[int, int], text: str, day: date) -> Claim:
    identity = content_id(report, n)
    return Claim(
        id=identity, event=_TYPES[n % 4], actor=(state(n).lower(),), recipient=(name(n).lower().replace(" ", "-"),),
        date=When(earliest=day, latest=day, phrase="on Monday"), content=f"{name(n + 7)} with shells", event_id=identity, rule="grown",
        evidence=Evidence(sentence=n + 1, start=span[0], end=span[1], text=text[span[0] : span[1]]),
    )  # fmt: skip


def _position(claim: Claim) -> Position:
    return Position(
        id=content_id("position", claim.id), claims=(claim.id,), contrary=(), speakers=(), hedged=False,
        sentences=(claim.evidence.sentence,), evidence=claim.evidence, party=claim.actor[0], stance="demand", of=claim.recipient,
        content="a truce", condition=None, status="held", date=claim.date,
    )  # fmt: skip


def _sentence(n: int, span: tuple[int, int], text: str) -> Sentence:
    return Sentence(
        number=n + 1, start=span[0], end=span[1], text=text[span[0] : span[1]],
        words=(), lemmas=(), tags=(), deps=(), heads=(), starts=(), ends=(), children=(),
    )  # fmt: skip


def _entities(told: list[str], spans: list[tuple[int, int]]) -> tuple[Entity, ...]:
    """Return the entities with their mentions: a sentence begins with who strikes, and 'struck' stands before who is struck."""
    found: dict[str, tuple[Kind, list[Mention]]] = {}
    for n, (sentence, (start, _)) in enumerate(zip(told, spans, strict=True)):
        for kind, word, at in ((Kind.STATE, state(n), 0), (Kind.OTHER, name(n), sentence.index(name(n)))):
            mention = Mention(start=start + at, end=start + at + len(word), text=word, how="name")
            found.setdefault(word, (kind, []))[1].append(mention)
    return tuple(
        Entity(
            id=word.lower().replace(" ", "-"), name=word, kind=kind, mentions=tuple(mentions), roster=kind is Kind.STATE
        )
        for word, (kind, mentions) in found.items()
    )
