"""A report's own record after decisions: what rests only on wrong claims is out, corrected claims give corrected values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from dragoman.model import Claim, Report, When, Where
from dragoman.process.board import record_of
from dragoman.process.records import ROLES, Contradiction, Record
from dragoman.process.standing import in_order, leading, speakers_of
from dragoman.reading.reader import Reading
from dragoman.rulebook.loader import load_rulebook

_TEXTS = frozenset({"content", "condition", "means", "consequence", "act", "what", "outcome", "mandate"})
_PARTIES = ("actor", "recipient")
_PLACED = ("date", "place", "content", "condition", "means")
_OTHER_ACT = ("event", "status")
_DISPUTED = {
    "date": ("date",), "casualties": ("casualties",), "status": ("actor",), "denial": ("actor", "recipient"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """The claims of a report before and after decisions, by id; one that is wrong is only in ``before``."""

    before: Mapping[str, Claim]
    now: Mapping[str, Claim]

    def changed(self, claim: str, names: Iterable[str]) -> bool:
        """Return whether a claim that still stands differs in one of the fields."""
        one, other = self.before[claim], self.now.get(claim)
        return other is not None and any(getattr(one, name) != getattr(other, name) for name in names)

    def touched(self, claim: str) -> bool:
        """Return whether a claim of the report is wrong, or has another value."""
        return claim in self.before and self.now.get(claim) != self.before[claim]


def amended(records: Iterable[Record], changes: Amended) -> tuple[Record, ...]:
    """Return the entries that still stand, each with what it now stands on and with the corrected values."""
    return tuple(found for record in records if (found := _amended(record, changes)) is not None)


def undisputed(found: Iterable[Contradiction], changes: Amended) -> tuple[Contradiction, ...]:
    """Return a report's contradictions with itself of which two sides still stand on claims that nobody took or corrected."""
    return tuple(left for each in found if (left := _undisputed(each, changes)) is not None)


def _undisputed(found: Contradiction, changes: Amended) -> Contradiction | None:
    names = (*_OTHER_ACT, "negated", *_DISPUTED.get(found.kind, ()))

    def out(claim: str) -> bool:
        return claim in changes.before and (claim not in changes.now or changes.changed(claim, names))

    sides = tuple(
        replace(side, claims=tuple(claim for claim in side.claims if not out(claim)))
        for side in found.sides
        if not side.claims or not all(map(out, side.claims))
    )
    if sides == found.sides:
        return found
    return replace(found, sides=sides, versions=tuple(side.value for side in sides)) if len(sides) > 1 else None


def recorded(report: Report, claim: Claim, reading: Reading) -> Mapping[str, tuple[Record, ...]]:
    """Return what the record's rules make of one claim of a report (of its marks), by kind."""
    own = replace(reading, report=report, claims=(claim,), sentences=(), unread=(), signs=())
    record = record_of(own, load_rulebook(None))
    kinds = [item.name for item in fields(record) if item.name != "contradictions"]
    return {kind: getattr(record, kind) for kind in kinds if getattr(record, kind)}


def _amended(record: Record, changes: Amended) -> Record | None:
    if not any(changes.touched(claim) for claim in (*record.claims, *record.contrary)):
        return record
    stay, against = _stand(record, changes)
    if record.claims and not stay:
        return None
    corrected = _corrected(record, changes)
    claims = in_order(changes.now[claim] for claim in stay if claim in changes.now)
    if not claims:
        return replace(corrected, contrary=against)
    there = {claim.evidence.sentence for claim in claims}
    gone = {changes.before[claim].evidence.sentence for claim in record.claims if claim not in stay} - there
    moved = record.evidence.sentence in gone
    return replace(
        corrected,
        claims=stay,
        contrary=against,
        speakers=speakers_of(claims),
        hedged=all(claim.hedged for claim in claims),
        sentences=tuple(number for number in record.sentences if number not in gone),
        evidence=leading(claims).evidence if moved else record.evidence,
    )


def _stand(record: Record, changes: Amended) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the claims for an entry and against it: one whose polarity was corrected goes to the other side."""
    alone = all(claim in changes.before and changes.changed(claim, _PARTIES) for claim in record.claims)

    def out(claim: str) -> bool:
        if claim not in changes.before:
            return False  # a mere sign, which is kept with no report
        return claim not in changes.now or changes.changed(claim, _OTHER_ACT) or (
            changes.changed(claim, _PARTIES) and not alone
        )  # fmt: skip

    def turned(claim: str) -> bool:
        return claim in changes.before and changes.changed(claim, ("negated",))

    stay = [claim for claim in record.claims if not out(claim)]
    against = [claim for claim in record.contrary if not out(claim)]
    return (
        tuple([c for c in stay if not turned(c)] + [c for c in against if turned(c)]),
        tuple([c for c in against if not turned(c)] + [c for c in stay if turned(c)]),
    )


def _corrected(record: Record, changes: Amended) -> Record:
    """Return an entry with the values of its corrected claims where no other of its claims gives the old ones."""
    values: dict[str, Any] = {}
    for claim in (each for each in record.claims if changes.touched(each) and each in changes.now):
        one, other = changes.before[claim], changes.now[claim]
        rest = [changes.now[each] for each in record.claims if each != claim and each in changes.now]
        for name in (*_PARTIES, *_PLACED):
            old, new = getattr(one, name), getattr(other, name)
            if old != new and all(getattr(each, name) != old for each in rest):
                values |= _replaced(replace(record, **values), old, new)
    return replace(record, **values)


def _replaced(record: Record, old: Any, new: Any) -> dict[str, Any]:
    """Return the fields of an entry that have the old value of a claim, with the new one."""
    found: dict[str, Any] = {}
    for item in fields(record):
        value = getattr(record, item.name)
        if isinstance(old, tuple) and item.name in ROLES:
            found[item.name] = _other_ids(value, old, new)
        elif (isinstance(old, When | Where) and value == old) or (
            isinstance(old, str) and item.name in _TEXTS and value == old
        ):
            found[item.name] = new if new is not None else value
    return {name: value for name, value in found.items() if value != getattr(record, name)}


def _other_ids(value: Any, old: tuple[str, ...], new: tuple[str, ...]) -> Any:
    """Return ids with those that a correction brought in place of those that it took away."""
    removed, brought = [each for each in old if each not in new], [each for each in new if each not in old]
    if isinstance(value, str):
        return brought[0] if value in removed and brought else value
    if not isinstance(value, tuple) or not any(each in removed for each in value):
        return value
    at = next(place for place, each in enumerate(value) if each in removed)
    listed = [*value[:at], *brought, *value[at:]]
    return tuple(dict.fromkeys(each for each in listed if each not in removed))
