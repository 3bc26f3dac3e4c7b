"""Gathers the record of one report: every kind of entry, from the same claims."""

from __future__ import annotations

from dragoman.process.agreements import agreements, signatures
from dragoman.process.alignments import alignments
from dragoman.process.ceasefires import ceasefires
from dragoman.process.contradictions import contradictions
from dragoman.process.facts import facts_of
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


def record_of(reading: Reading, rulebook: Rulebook) -> ProcessRecord:
    """Return what one report says of the peace process, by the lists and the roster of a rulebook."""
    if not (reading.sentences or reading.claims or reading.signs):
        return ProcessRecord()
    claims, facts = settled(in_order((*reading.claims, *reading.signs)), facts_of(reading, rulebook))
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
