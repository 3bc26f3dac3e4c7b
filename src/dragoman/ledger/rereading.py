"""The deep look of the check: each report is read again, and the same rules must give what the ledger keeps of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from dragoman.errors import DragomanError
from dragoman.ledger import rows
from dragoman.ledger.adding import made_with
from dragoman.ledger.recode import outdated
from dragoman.ledger.store import KeptClaim, Ledger, Told, View
from dragoman.ledger.verify import REREAD, Finding
from dragoman.model import Claim
from dragoman.process.board import record_of
from dragoman.process.proofs import stated_of, unproved
from dragoman.process.records import ProcessRecord
from dragoman.process.ties import Ties
from dragoman.reading.reader import Reader, Reading

_TOGETHER = 32  # reports
_PACKED = rows.PackedClaim.__struct_fields__


def reread(ledger: Ledger, reader: Reader) -> Iterator[Finding]:
    """Yield how the reports of a ledger, read again, differ from what it keeps of them, and what of that cannot be proved.

    A report that was read with other rules or another model is not compared; how many there are is the last finding.
    """
    made, ties = made_with(reader), Ties(reader.rulebook)
    others = {identity for identity, _ in outdated(ledger, made)}
    mine = [identity for identity, _ in outdated(ledger, made, everything=True) if identity not in others]
    for start in range(0, len(mine), _TOGETHER):
        some = mine[start : start + _TOGETHER]
        told = list(ledger.told(View(ids=frozenset(some))))
        read = reader.read_all([each.kept.report for each in told])
        for kept, reading in zip(told, read, strict=True):
            where = f"report {kept.kept.report.id}"
            if isinstance(reading, DragomanError):
                yield Finding(where=where, found=f"it cannot be read again ({reading.found})", remedy=reading.remedy)
            else:
                found = _differing(kept, reading, record_of(reading, reader.rulebook), ties)
                yield from (Finding(where=where, found=each, remedy=REREAD) for each in found)
    if others:
        found_of = (
            f"{len(others)} report{'s were' if len(others) > 1 else ' was'} read with other rules, and not compared"
        )
        yield Finding(where="books", found=found_of, remedy="read them with today's: dragoman recode")


def _differing(kept: Told, reading: Reading, record: ProcessRecord, ties: Ties) -> Iterator[str]:
    yield from _claims(kept.claims, reading.claims)
    yield from _record(kept, record)
    now = sorted(((replace(each, mentions=()), len(each.mentions)) for each in reading.entities), key=lambda e: e[0].id)
    if list(kept.entities) != now:
        yield f"whom it tells of differs: {_first_differing(kept, now)}"
    yield from (str(each) for each in unproved(stated_of(reading, record), ties))


def _claims(kept: Sequence[KeptClaim], read: Sequence[Claim]) -> Iterator[str]:
    """Yield which claims are in but one of the two, and which differ, with in what."""
    was = {each.claim.id: _form(replace(each.claim, event_id=each.linked)) for each in kept}
    now = {claim.id: _form(claim) for claim in read}
    yield from (f"claim {each} is not what the same rules read in it" for each in was if each not in now)
    yield from (f"claim {each} is read in it by the same rules, and not kept" for each in now if each not in was)
    for identity, before in was.items():
        if identity in now and before != now[identity]:
            names = (name for name in before if before[name] != now[identity][name])
            yield f"claim {identity} is read otherwise by the same rules: {', '.join(names)}"


def _form(claim: Claim) -> dict[str, object]:
    """Return what a ledger keeps of a claim, by name."""
    whole = replace(claim, event_id=claim.event_id or claim.id)
    return {name: getattr(whole, name) for name in _PACKED}


def _record(kept: Told, record: ProcessRecord) -> Iterator[str]:
    was = {**kept.records, "contradictions": kept.contradictions}
    names = [each.name for each in fields(record) if was.get(each.name, ()) != getattr(record, each.name)]
    if names:
        yield f"its record is read otherwise by the same rules: {', '.join(names)}"


def _first_differing(kept: Told, now: Sequence[tuple[object, int]]) -> str:
    odd = sorted({repr(each) for each in kept.entities} ^ {repr(each) for each in now})
    return odd[0] if odd else "in its order"
