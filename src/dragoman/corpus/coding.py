"""Reports to what is written of them: read together, with their records; again only where a change of rules may touch them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dragoman import __version__
from dragoman.corpus.kept import KeptReport, KeptShard, rules_of, words_in
from dragoman.corpus.touched import is_touched, words_of
from dragoman.errors import DragomanError, fault_in
from dragoman.export.content import Coded
from dragoman.export.contract import record_forms
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.reader import Reader, Reading
from dragoman.rulebook.changes import Change, change_of


def coded_all(
    reader: Reader, reports: Iterable[Report], *, words: bool = False
) -> Iterator[KeptReport | DragomanError]:
    """Yield each report as it is coded, with its words where they are asked for; a fault of ours in its place."""
    for reading in reader.read_all(reports):
        if isinstance(reading, DragomanError):
            yield reading
            continue
        try:
            yield _coded(reader, reading, words)
        except Exception as fault:  # noqa: BLE001  it must not cost the other reports
            yield fault_in(reading.report.source, fault)


def coded_again(reader: Reader, out: str, kept: KeptShard) -> Iterator[KeptReport | DragomanError]:
    """Yield the reports of a shard that was coded before, by today's rules; only those are read that the change may touch."""
    change = _change(reader, out, kept)
    touched = [bool(change) and is_touched(words, change) for words in words_in(kept.reports)]
    again = coded_all(
        reader, [each.coded.report for each, is_it in zip(kept.reports, touched, strict=True) if is_it], words=True
    )
    for each, is_it in zip(kept.reports, touched, strict=True):
        yield next(again) if is_it else each


def kept_by(reader: Reader, reports: Sequence[KeptReport]) -> KeptShard:
    """Return what is kept of reports that this reader coded."""
    return KeptShard(
        version=__version__, rulebook=reader.rulebook.digest, model=reader.parser.name, reports=tuple(reports)
    )


def _change(reader: Reader, out: str, kept: KeptShard) -> Change:
    if (kept.version, kept.model) != (__version__, reader.parser.name):
        return Change(whole="another version or model")
    if kept.rulebook == reader.rulebook.digest:
        return Change()
    return change_of(rules_of(out, kept.rulebook), reader.rulebook)


def _coded(reader: Reader, reading: Reading, words: bool) -> KeptReport:
    """Return a reading with its records; claims in the order of the text."""
    record = record_of(reading, reader.rulebook.process)
    claims = tuple(sorted(reading.claims, key=lambda claim: claim.evidence.start))
    report = reading.report
    found = words_of(report.text, reading.sentences, reader.parser.forms_of) if words else ()
    return KeptReport(
        Coded(report=report, entities=reading.entities, claims=claims, records=record_forms(record, claims)),
        " ".join(sorted(found)),
        len(reading.sentences),
    )
