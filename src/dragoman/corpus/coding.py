"""Reports to what is written of them: read together, with their records; again only where a change of rules may touch them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman import __version__
from dragoman.corpus.kept import KeptReport, KeptShard, keep_parses, parses_of, rules_of, words_in
from dragoman.corpus.touched import is_touched, words_of
from dragoman.errors import DragomanError, fault_in
from dragoman.export.content import Coded
from dragoman.export.contract import record_forms
from dragoman.export.formats.table import with_records
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.parses import Parses
from dragoman.reading.reader import Reader, Reading
from dragoman.rulebook.changes import Change, change_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What is made of a report beside its claims: its process records, and the words by which a change of rules may touch it."""

    records: bool = True
    words: bool = False


ALL = Making(records=True, words=True)


def making_of(formats: Iterable[str], keep: bool) -> Making:
    """Return what is made for these formats; of reports that are kept all, for they may be wanted in other formats later."""
    return ALL if keep else Making(records=with_records(formats))


def coded_all(
    reader: Reader, reports: Iterable[Report], making: Making = ALL, parses: Parses | None = None
) -> Iterator[KeptReport | DragomanError]:
    """Yield each report as it is coded; a fault of ours in its place. What is in ``parses`` is not parsed again."""
    for reading in reader.read_all(reports, parses):
        if isinstance(reading, DragomanError):
            yield reading
            continue
        try:
            yield _coded(reader, reading, making)
        except Exception as fault:  # noqa: BLE001  it must not cost the other reports
            yield fault_in(reading.report.source, fault)


def coded_first(
    reader: Reader, out: str, shard: str, reports: Iterable[Report]
) -> Iterator[KeptReport | DragomanError]:
    """Yield each report of a shard as it is coded, with all that may be wanted later; at the end, keep how it was parsed."""
    parses = reader.parser.new_parses()
    yield from coded_all(reader, reports, ALL, parses)
    keep_parses(out, shard, parses.to_bytes())


def coded_again(reader: Reader, out: str, shard: str, kept: KeptShard) -> Iterator[KeptReport | DragomanError]:
    """Yield the reports of a shard that was coded before, by today's rules.

    Only those are read that the change may touch, and of them only what was not parsed before is parsed.
    """
    change = _change(reader, out, kept)
    touched = [bool(change) and is_touched(words, change) for words in words_in(kept.reports)]
    asked = [each.coded.report for each, is_it in zip(kept.reports, touched, strict=True) if is_it]
    parses = reader.parser.new_parses(parses_of(out, shard) if asked else b"")
    again = coded_all(reader, asked, ALL, parses)
    for each, is_it in zip(kept.reports, touched, strict=True):
        yield next(again) if is_it else each
    if parses.added:
        keep_parses(out, shard, parses.to_bytes())


def kept_by(reader: Reader, reports: Sequence[KeptReport]) -> KeptShard:
    """Return what is kept of reports that this reader coded."""
    return KeptShard(
        version=__version__, rulebook=reader.rulebook.digest, model=reader.parser.name, reports=tuple(reports)
    )


def _change(reader: Reader, out: str, kept: KeptShard) -> Change:
    if (kept.version, kept.model) != (__version__, reader.parser.name):
        return Change(whole="another version or model")
    return Change() if kept.rulebook == reader.rulebook.digest else _change_since(reader, out, kept.rulebook)


@lru_cache(maxsize=2)
def _change_since(reader: Reader, out: str, digest: str) -> Change:
    """Return what differs from the rulebook of a digest; shards of a run ask for the same."""
    return change_of(rules_of(out, digest), reader.rulebook)


def _coded(reader: Reader, reading: Reading, making: Making) -> KeptReport:
    """Return a reading with what is made of it; claims in the order of the text."""
    claims = tuple(sorted(reading.claims, key=lambda claim: claim.evidence.start))
    report = reading.report
    records = record_forms(record_of(reading, reader.rulebook), claims) if making.records else {}
    words = words_of(report.text, reading.sentences, reader.parser.forms_of) if making.words else ()
    coded = Coded(report=report, entities=reading.entities, claims=claims, records=records)
    return KeptReport(coded, " ".join(sorted(words)), len(reading.sentences))
