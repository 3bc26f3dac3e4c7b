"""What the formats are written from: reports with what was read in them, events with who tells of them, entries of the record.

A shard of a corpus and a ledger are both put into these types; a format knows no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dragoman.export.contract import Origin
from dragoman.ledger.verdicts import Decision
from dragoman.model import Claim, Entity, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A report and what was read in it: who is told of, its claims in text order, its records by kind as the contract prints them.

    ``same_as`` is the report of which this one is a near-duplicate, where that is known.
    """

    report: Report
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    records: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    same_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A claim with the report that makes it."""

    coded: Coded
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: the claims that tell of it, the leading one first. Of a corpus, those of one report; of a ledger, of all."""

    id: str
    tellings: tuple[Telling, ...]

    @property
    def lead(self) -> Telling:
        """Return the telling that the event is described by."""
        return self.tellings[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence that an entry stands on: its report, the claims in it, its offsets in the report's text, and the quote."""

    report: Report
    claims: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the process record: of one report (a corpus), or of a conflict's board (a ledger).

    ``kind`` is the contract's name of its list ('ceasefires'); ``form`` has the fields that the contract prints for it.
    """

    kind: str
    id: str
    form: Mapping[str, Any]
    sentences: tuple[Sentence, ...]
    conflict: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that is written at a time. ``names``: entity id -> name; ``entities``: id -> who that is.

    ``decisions`` are those of people that what is written rests on, as they were made: a ledger has them, a corpus none.
    """

    origin: Origin
    reports: tuple[Coded, ...] = ()
    events: tuple[Event, ...] = ()
    entries: tuple[Entry, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()


def content_of(origin: Origin, reports: Iterable[Coded]) -> Content:
    """Return reports that were coded each for itself as content: events and entries of each report alone."""
    listed = tuple(reports)
    entities = {entity.id: entity for coded in listed for entity in coded.entities}
    return Content(
        origin=origin,
        reports=listed,
        events=tuple(event for coded in listed for event in _events(coded)),
        entries=tuple(entry for coded in listed for entry in _entries(coded)),
        names={identity: entity.name for identity, entity in entities.items()},
        entities=entities,
    )


def _events(coded: Coded) -> Iterator[Event]:
    told: dict[str, list[Telling]] = {}
    for claim in coded.claims:
        told.setdefault(claim.event_id, []).append(Telling(coded=coded, claim=claim))
    for identity, tellings in told.items():
        yield Event(id=identity, tellings=tuple(tellings))


def _entries(coded: Coded) -> Iterator[Entry]:
    for kind, records in coded.records.items():
        for form in records:
            yield Entry(kind=kind, id=form["id"], form=form, sentences=_sentences(coded, form))


def _sentences(coded: Coded, form: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """Return the sentences of a record: those of its claims, and the one that it is printed with."""
    parts = (form, *form.get("sides", ()))  # a contradiction has its claims and sentences in its sides
    wanted = frozenset(claim for part in parts for claim in part.get("claims", ()))
    found: dict[tuple[int, int], list[str]] = {}
    for claim in coded.claims:
        if claim.id in wanted:
            found.setdefault((claim.evidence.start, claim.evidence.end), []).append(claim.id)
    for part in parts:
        if evidence := part.get("evidence"):
            found.setdefault((evidence["start"], evidence["end"]), [])
    text = coded.report.text
    return tuple(
        Sentence(report=coded.report, claims=tuple(claims), start=start, end=end, text=text[start:end])
        for (start, end), claims in sorted(found.items())
    )
