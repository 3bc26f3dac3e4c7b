"""Report -> printed form: reading, process record and form in one step, for the command line and for programs."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.export.contract import Extras, Origin, form_of
from dragoman.export.form import ReadingForm
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.reader import Reader, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A reading and its printed form."""

    reading: Reading
    form: ReadingForm


def read_whole(reader: Reader, report: Report, extras: Extras | None = None) -> Whole:
    """Return what a report says in the form of the contract."""
    reading = reader.read(report)
    process = record_of(reading, reader.rulebook)
    return Whole(reading=reading, form=form_of(reading, process, origin_of(reader), extras))


def origin_of(reader: Reader) -> Origin:
    """Return what a reader's results are made with."""
    return Origin(rulebook=reader.rulebook.digest, model=reader.parser.name)
