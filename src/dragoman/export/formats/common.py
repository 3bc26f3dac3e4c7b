"""What several formats ask of an event or entry: who is told of, on which day, where, how many died, in which sentence.

An event is told by claims. Those that say it is so come first, the leading one first of all; what the leading claim leaves open
(a day, a place) the next claim of the event that knows it gives. What none gives is unknown and stays so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, TypeVar

from dragoman.export.content import Content, Entry, Event, Sentence, Telling
from dragoman.export.formats.nations import nation_of
from dragoman.export.sheet import cell
from dragoman.model import Basis, Claim, Entity, Kind, Report, Status, When, Where, content_id

_T = TypeVar("_T")
_GRAINS = (("day", 1), ("week", 7), ("month", 31), ("year", 366))
_LINES = 2_000
_DIGITS = 15  # hexadecimal, so that a number of them fits into 63 bits


# -- which claims tell of an event


def asserted(event: Event) -> tuple[Telling, ...]:
    """Return the tellings by which the event took place, or is to: those that do not say that it did not."""
    return tuple(each for each in event.tellings if not each.claim.negated)


def happened(event: Event) -> tuple[Telling, ...]:
    """Return the tellings by which the event took place: neither denied, nor planned, nor only supposed."""
    past = (Status.OCCURRED, Status.HISTORICAL)
    return tuple(each for each in asserted(event) if each.claim.status in past)


def first_known(tellings: Iterable[Telling], of: Callable[[Claim], _T | None]) -> _T | None:
    """Return what the first claim that gives it gives, in the order of the tellings; None where none does."""
    return next((value for each in tellings if (value := of(each.claim)) is not None), None)


# -- when


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days that an event is told of, both included. ``grain``: day, week, month, year or longer, by how many they are."""

    first: date
    last: date
    grain: str

    @property
    def middle(self) -> date:
        """Return the day in the middle, the earlier of two."""
        return date.fromordinal((self.first.toordinal() + self.last.toordinal()) // 2)


def days_of(when: When | None) -> Days | None:
    """Return the days of an interval; None where it is open or nothing is known of it.

    >>> days_of(When(earliest=date(2020, 1, 13), latest=date(2020, 1, 19)))
    Days(first=datetime.date(2020, 1, 13), last=datetime.date(2020, 1, 19), grain='week')
    """
    if when is None or when.earliest is None or when.latest is None:
        return None
    return days_between(when.earliest, when.latest)


def days_between(first: date, last: date) -> Days:
    """Return days from the first to the last, with how exact that is."""
    number = (last - first).days + 1
    grain = next((name for name, most in _GRAINS if number <= most), "longer")
    return Days(first=first, last=last, grain=grain)


def days_in(form: Mapping[str, Any] | None) -> Days | None:
    """Return the days of an interval in the contract's form; None where it is open or unknown."""
    if not form or not form.get("start") or not form.get("end"):
        return None
    return days_between(date.fromisoformat(form["start"]), date.fromisoformat(form["end"]))


def when_of(tellings: Iterable[Telling]) -> When:
    """Return the interval by which an event's day is told: the first that has both ends, else the first with one."""
    listed = [each.claim.date for each in tellings]
    whole = next((when for when in listed if days_of(when) is not None), None)
    half = next((when for when in listed if when.earliest or when.latest), None)
    return whole or half or next((when for when in listed if when.basis is not Basis.UNKNOWN), When())


# -- where


def where_of(tellings: Iterable[Telling]) -> Where | None:
    """Return the place of an event."""
    return first_known(tellings, lambda claim: claim.place)


# -- who


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Somebody in an event. ``nation``: ISO alpha-3 code, where it is a country's; ``code`` and ``sectors`` are the roster's.

    ``said`` is how the sentence calls them.
    """

    id: str
    name: str
    kind: Kind
    code: str | None = None
    nation: str | None = None
    sectors: tuple[str, ...] = ()
    said: str | None = None


def who_is(identity: str, telling: Telling, content: Content) -> Who:
    """Return who that is: as the claim's report has it, else as another report or the roster has."""
    entity = next((each for each in telling.coded.entities if each.id == identity), None)
    entity = entity or content.entities.get(identity)
    if entity is None:
        return Who(id=identity, name=content.names.get(identity, identity), kind=Kind.OTHER)
    return Who(
        id=identity,
        name=content.names.get(identity, entity.name),
        kind=entity.kind,
        code=entity.code,
        nation=entity.code if nation_of(entity.code) else None,
        sectors=entity.sectors,
        said=_said(entity, telling.claim),
    )


def who_all(identities: Iterable[str], telling: Telling, content: Content) -> tuple[Who, ...]:
    """Return who these are, in their order."""
    return tuple(who_is(identity, telling, content) for identity in identities)


def named(identity: str, content: Content) -> str:
    """Return the name of an entity; its id where it has none."""
    entity = content.entities.get(identity)
    return content.names.get(identity) or (entity.name if entity else identity)


def _said(entity: Entity, claim: Claim) -> str | None:
    inside = (each for each in entity.mentions if claim.evidence.start <= each.start < claim.evidence.end)
    return next((each.text for each in inside), None)


# -- what leads back to the sentence


TRACE = (
    "source_report", "source_url", "source_outlet", "source_published", "sentence_start", "sentence_end", "sentence",
    "rule", "claims",
)  # fmt: skip
"""Columns that lead a row back to its sentence: ``sentence`` is text[sentence_start:sentence_end] of the report."""


def trace(tellings: Sequence[Telling]) -> dict[str, Any]:
    """Return the columns of ``TRACE`` of an event: the sentence of the leading claim, and all claims."""
    lead = tellings[0]
    return {
        **_source(lead.coded.report),
        "sentence_start": lead.claim.evidence.start,
        "sentence_end": lead.claim.evidence.end,
        "sentence": lead.claim.evidence.text,
        "rule": lead.claim.rule,
        "claims": tuple(each.claim.id for each in tellings),
    }


def entry_trace(entry: Entry) -> dict[str, Any]:
    """Return the columns of ``TRACE`` of an entry: its first sentence, and the claims that it rests on."""
    found: dict[str, Any] = {"claims": tuple(entry.form.get("claims", ()))}
    sentence = leading(entry)
    if sentence is not None:
        found |= _source(sentence.report)
        found |= {"sentence_start": sentence.start, "sentence_end": sentence.end, "sentence": sentence.text}
    return found


def leading(entry: Entry) -> Sentence | None:
    """Return the sentence that an entry is printed with; the first where it is printed with none."""
    evidence = entry.form.get("evidence")
    if evidence:
        span = (evidence["start"], evidence["end"])
        return next((each for each in entry.sentences if (each.start, each.end) == span), None) or _first(entry)
    return _first(entry)


def _first(entry: Entry) -> Sentence | None:
    return entry.sentences[0] if entry.sentences else None


def _source(report: Report) -> dict[str, Any]:
    return {
        "source_report": report.id,
        "source_url": report.url,
        "source_outlet": report.outlet,
        "source_published": iso(report.published),
    }


def iso(day: date | None) -> str | None:
    """Return a day as YYYY-MM-DD."""
    return day.isoformat() if day else None


def number_of(*parts: object) -> int:
    """Return a number made from content, for formats whose ids are numbers: the same on every machine.

    >>> number_of("a", "b") == number_of("a", "b"), number_of("a") < 2**63
    (True, True)
    """
    return int(content_id(*parts)[:_DIGITS], 16)


# -- tables


def write_csv(out: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a table: a line of columns, then the rows. Unknown is empty; what would be a formula in a spreadsheet is text."""
    held = io.StringIO(newline="")
    table = csv.writer(held, lineterminator="\n")
    table.writerow(columns)
    for number, row in enumerate(rows, 1):
        table.writerow([cell(row.get(name)) for name in columns])
        if number % _LINES == 0:
            out.write(held.getvalue().encode())
            held.seek(0)
            held.truncate()
    out.write(held.getvalue().encode())


def flat(value: Any) -> str:
    """Return the words of a cell in one line, for formats that quote nothing: without tabs and line ends.

    >>> flat("a\\tb\\n c"), flat(None), flat(-9.5)
    ('a b c', '', '-9.5')
    """
    return cell(" ".join(value.split()) if isinstance(value, str) else value)


def each_line(lines: Iterable[bytes], out: BinaryIO) -> None:
    """Write lines as they are made."""
    for line in lines:
        out.write(line)


def in_order(entries: Iterable[Entry], kind: str) -> Iterator[Entry]:
    """Yield the entries of a kind."""
    return (entry for entry in entries if entry.kind == kind)
