"""Gathers the record of one report: every kind of entry, from the same claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from dragoman.model import Claim
from dragoman.process.agreements import agreements, signatures
from dragoman.process.alignments import alignments
from dragoman.process.ceasefires import ceasefires
from dragoman.process.contradictions import contradictions
from dragoman.process.facts import Facts, facts_of
from dragoman.process.mechanisms import mechanisms
from dragoman.process.planned import planned
from dragoman.process.positions import positions
from dragoman.process.records import ProcessRecord
from dragoman.process.settled import settled
from dragoman.process.standing import in_order
from dragoman.process.talks import talks
from dragoman.process.talks_joined import joined_talks
from dragoman.process.threats import threats
from dragoman.process.violations import violations
from dragoman.reading.reader import Reading
from dragoman.rulebook.types import Rulebook

# sentences: a text longer than any report is looked at in sections, so that time grows with its length alone
_SECTION = 600


def record_of(reading: Reading, rulebook: Rulebook) -> ProcessRecord:
    """Return what one report says of the peace process, by the lists and the roster of a rulebook.

    Entries of a text with more than 600 sentences are made section by section: who is who holds for all of it, but what two
    sections tell is not put together.
    """
    if not (reading.sentences or reading.claims or reading.signs):
        return ProcessRecord()
    claims, facts = settled(in_order((*reading.claims, *reading.signs)), facts_of(reading, rulebook))
    if len(facts.sentences) <= _SECTION:
        return _record(claims, facts)
    return _joined([_record(*section) for section in _sections(claims, facts)])


def _record(claims: Sequence[Claim], facts: Facts) -> ProcessRecord:
    signed = signatures(claims, facts)
    met = joined_talks(talks(claims, facts), facts)
    return ProcessRecord(
        alignments=alignments(claims, facts),
        positions=positions(claims, facts),
        threats=threats(claims, facts),
        talks=met,
        agreements=agreements(claims, facts),
        signatures=signed,
        ceasefires=ceasefires(claims, facts),
        violations=violations(claims, facts),
        mechanisms=mechanisms(claims, facts),
        planned=planned(claims, facts, met, signed),
        contradictions=contradictions(claims, signed, met),
    )


def _sections(claims: Sequence[Claim], facts: Facts) -> Iterator[tuple[list[Claim], Facts]]:
    """Yield the claims and facts of some sentences in a row, until all have had their turn."""
    for first in range(0, len(facts.sentences), _SECTION):
        some = facts.sentences[first : first + _SECTION]
        told = {sentence.sentence for sentence in some}
        mentions = facts.mentions_between(some[0].start, some[-1].end)
        here = [claim for claim in claims if claim.evidence.sentence in told]
        yield here, replace(facts, sentences=some, mentions=mentions)


def _joined(records: Sequence[ProcessRecord]) -> ProcessRecord:
    """Return one record of several, each entry once."""
    return ProcessRecord(**{kind.name: _all_of(records, kind.name) for kind in fields(ProcessRecord)})


def _all_of(records: Sequence[ProcessRecord], kind: str) -> tuple[Any, ...]:
    return tuple({entry.id: entry for record in records for entry in getattr(record, kind)}.values())
