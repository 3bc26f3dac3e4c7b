"""What an update added, changed and dropped against the report that it revises, in claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from dragoman.errors import LedgerError
from dragoman.ledger.revisions import Head, head_of, revisions
from dragoman.ledger.rows import report_of
from dragoman.ledger.schema import reports
from dragoman.ledger.store import Ledger, Told, View
from dragoman.model import Claim

Act = tuple[str, tuple[str, ...], tuple[str, ...], bool]
_EMPTY = (None, "", (None, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One act that both tell of, and which of its fields are another now."""

    before: Claim
    now: Claim
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """An update against the report that it revises; ``same`` counts the acts of the update that both tell alike."""

    added: tuple[Claim, ...]
    changed: tuple[Changed, ...]
    dropped: tuple[Claim, ...]
    same: int


def difference(before: Iterable[Claim], now: Iterable[Claim]) -> Diff:
    """Return what changed between the claims of two versions of a report.

    Type, actors, recipient and polarity make an act; within one act the tellings that are most alike are each other's
    version. A telling that says no more than a fuller one of the same report counts with that one.
    """
    old, new = _acts(before), _acts(now)
    added: list[Claim] = []
    dropped: list[Claim] = []
    changed: list[Changed] = []
    same = 0
    for act in dict.fromkeys([*new, *old]):
        first, second = _without_equals(old.get(act, []), new.get(act, []))
        same += len(new.get(act, [])) - len(second)
        while first and second:
            pair = max(((b, n) for b in first for n in second), key=lambda pair: _likeness(*pair))
            first.remove(pair[0])
            second.remove(pair[1])
            changed.append(Changed(before=pair[0], now=pair[1], fields=_differing(*pair)))
        added += second
        dropped += first
    return Diff(
        added=tuple(sorted(added, key=_place)),
        changed=tuple(sorted(changed, key=lambda each: _place(each.now))),
        dropped=tuple(sorted(dropped, key=_place)),
        same=same,
    )


def diff(ledger: Ledger, identity: str) -> tuple[Told, Told | None, Diff]:
    """Return a report, the one that it revises (None where it revises none) and what changed in claims.

    ``identity`` is the report's id or its beginning; LedgerError where there is no such report.
    """
    kept = ledger.report(identity)
    if kept is None:
        raise LedgerError(
            where=identity, found="no report has this id, or several begin so", remedy="give more of its id"
        )
    former = revisions(_heads(ledger)).get(kept.report.id)
    now = _told(ledger, kept.report.id)
    before = _told(ledger, former) if former else None
    return now, before, difference(*([each.claim for each in told.claims] if told else [] for told in (before, now)))


def _heads(ledger: Ledger) -> list[Head]:
    names = ("id", "source", "headline", "outlet", "url", "published", "fetched", "language", "rest")
    query = select(*(reports.c[name] for name in names))
    with ledger.reading() as connection:
        return [
            head_of(report_of({**row, "text": "", "body_start": 0})) for row in connection.execute(query).mappings()
        ]


def _told(ledger: Ledger, identity: str) -> Told:
    (told,) = ledger.told(View(ids=frozenset({identity})))
    return told


def _acts(claims: Iterable[Claim]) -> Mapping[Act, list[Claim]]:
    """Return the claims by their act, as they stand in the report, those left out that say no more than another."""
    found: dict[Act, list[Claim]] = {}
    for claim in sorted(claims, key=_place):
        act = (claim.event.value, tuple(sorted(claim.actor)), tuple(sorted(claim.recipient)), claim.negated)
        found.setdefault(act, []).append(claim)
    return {act: _fullest(told) for act, told in found.items()}


def _fullest(claims: list[Claim]) -> list[Claim]:
    """Return the claims of one act without those that a fuller (or, said alike, an earlier) one covers."""
    kept: list[Claim] = []
    for place, claim in enumerate(claims):
        covered = any(
            _covers(other, claim) and (rank < place or not _covers(claim, other))
            for rank, other in enumerate(claims)
            if rank != place
        )
        if not covered:
            kept.append(claim)
    return kept


def _covers(fuller: Claim, claim: Claim) -> bool:
    mine, other = details(claim), details(fuller)
    return all(value in _EMPTY or value == other[name] for name, value in mine.items())


def _without_equals(old: list[Claim], new: list[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Return the claims of both that the other does not have alike."""
    before, now = [details(claim) for claim in old], [details(claim) for claim in new]
    return (
        [claim for claim, what in zip(old, before, strict=True) if what not in now],
        [claim for claim, what in zip(new, now, strict=True) if what not in before],
    )


def details(claim: Claim) -> dict[str, Any]:
    """Return what may change in an act: its date, place, number, status, content, by the claim's field."""
    return {
        "date": (claim.date.earliest, claim.date.latest),
        "place": claim.place.name if claim.place else None,
        "casualties": _plain(claim.casualties),
        "status": claim.status.value,
        "hedged": claim.hedged,
        "content": _plain(claim.content),
        "condition": _plain(claim.condition),
        "means": _plain(claim.means),
    }


def _plain(words: str | None) -> str | None:
    """Return words without case and articles, which are no change."""
    return " ".join(word for word in words.casefold().split() if word not in ("a", "an", "the")) if words else None


def _differing(before: Claim, now: Claim) -> tuple[str, ...]:
    old, new = details(before), details(now)
    return tuple(name for name in old if old[name] != new[name])


def _likeness(before: Claim, now: Claim) -> tuple[float, int, int]:
    """Return how alike two tellings of an act are: equal fields and shared words; of equals the first ones."""
    words, others = (set((_plain(claim.content) or "").split()) for claim in (before, now))
    shared = len(words & others) / len(words | others) if words | others else 0.0
    alike = len(details(before)) - len(_differing(before, now)) + shared
    return alike, -before.evidence.start, -now.evidence.start


def _place(claim: Claim) -> tuple[int, str]:
    return claim.evidence.start, claim.id
