"""Who backs whom with what, since when that has been said, and who says that it is not so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.board.citing import Conflict, cited, cited_claim, counted, entries, parties, party, together
from dragoman.board.types import Backing, Cited
from dragoman.ledger.store import Told
from dragoman.model import Claim, EventType, content_id
from dragoman.process.records import Alignment
from dragoman.process.standing import longest

_STATES = ("stated", "planned", "historical")
_HELP = frozenset({EventType.AID, EventType.SUPPORT, EventType.COOPERATE, EventType.MOBILIZE})
_ANY = "political"  # a denial that names no kind is of any


@dataclass(frozen=True, slots=True, kw_only=True)
class _Denial:
    """One report's word that somebody does not back another."""

    backer: str
    backed: tuple[str, ...]
    kinds: frozenset[str]
    by: tuple[str, ...]
    cited: Cited


def backings(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Backing, ...]:
    """Return who backs whom as of a day, by backer and backed, one entry for each kind of support."""
    listed = counted(told, day)
    ties: dict[tuple[str, str, str], list[tuple[Told, Alignment]]] = {}
    for each, record in entries(listed, "alignments", Alignment):
        backer, backed = party(record.backer, each, conflict), party(record.backed, each, conflict)
        if backer != backed:
            ties.setdefault((backer, backed, record.kind), []).append((each, record))
    denials = [denial for each in listed for denial in _denials(each, conflict)]
    return tuple(_backing(key, ties[key], denials) for key in sorted(ties))


def _backing(key: tuple[str, str, str], words: Sequence[tuple[Told, Alignment]], denials: Iterable[_Denial]) -> Backing:
    backer, backed, kind = key
    against = [denial for denial in denials if _is_of(denial, key)]
    return Backing(
        id=content_id("backing", *key),
        backer=backer,
        backed=backed,
        kind=kind,
        means=longest(record.means for _, record in words),
        status=min((record.status for _, record in words), key=_STATES.index),
        denied_by=tuple(dict.fromkeys(who for denial in against for who in denial.by)),
        cited=together(cited(each, record) for each, record in words),
        against=together([denial.cited] for denial in against),
    )


def _is_of(denial: _Denial, key: tuple[str, str, str]) -> bool:
    backer, backed, kind = key
    if denial.backer != backer or (denial.backed and backed not in denial.backed):
        return False
    return kind in denial.kinds or not denial.kinds


def _denials(told: Told, conflict: Conflict) -> Iterable[_Denial]:
    """Yield who a report says does not help whom, and who says so: its speakers, else the backer himself."""
    for kept in told.claims:
        claim = kept.claim
        kinds = frozenset(mark.removeprefix("alignment.") for mark in claim.marks if mark.startswith("alignment."))
        if not claim.negated or not (kinds or claim.event in _HELP):
            continue
        backed = parties(claim.recipient, told, conflict)
        by = parties(_sayers(claim), told, conflict)
        for backer in parties(claim.actor, told, conflict):
            yield _Denial(
                backer=backer, backed=backed, kinds=_of_kinds(kinds), by=by or (backer,), cited=cited_claim(told, claim)
            )


def _sayers(claim: Claim) -> list[str]:
    return [link.speaker for link in claim.attribution if link.speaker]


def _of_kinds(kinds: frozenset[str]) -> frozenset[str]:
    """Return the kinds that a denial is of: 'military' is any help in war."""
    return frozenset() if not kinds or _ANY in kinds else kinds
