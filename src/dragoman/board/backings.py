"""Who backs whom with what, since when that has been said, and who says that it is not so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from dragoman.board.citing import Conflict, cited, cited_claim, entries, joined, parties, party
from dragoman.board.folding import Fold, Now, folded
from dragoman.board.types import Backing, Cited
from dragoman.ledger.store import Told
from dragoman.model import Claim, EventType, content_id, merged
from dragoman.process.records import Alignment
from dragoman.process.standing import longest

_STATES = ("stated", "planned", "historical")
_HELP = frozenset({EventType.AID, EventType.SUPPORT, EventType.COOPERATE, EventType.MOBILIZE})
_ANY = "political"  # a denial that names no kind is of any


@dataclass(frozen=True, slots=True, kw_only=True)
class _Denial:
    """One report's word that somebody does not back another."""

    backed: tuple[str, ...]
    kinds: frozenset[str]
    by: tuple[str, ...]
    cited: Cited


@dataclass(frozen=True, kw_only=True, eq=False)
class _Tie:
    """One kind of support, so far: what is said for it and against it."""

    backer: str
    backed: str
    kind: str
    means: str | None = None
    status: str = _STATES[-1]
    denied_by: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()
    against: tuple[Cited, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what it is sorted by."""
        return self.backer, self.backed, self.kind


@dataclass(slots=True, kw_only=True)
class _State:
    """``ties`` by the ids of their entries, ``denials`` by the backer."""

    ties: dict[str, _Tie] = field(default_factory=dict)
    denials: dict[str, tuple[_Denial, ...]] = field(default_factory=dict)


def backings(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Backing, ...]:
    """Return who backs whom as of a day, by backer and backed, one entry for each kind of support."""
    return folded(Backings(conflict), told, day)


class Backings(Fold[_State, Backing]):
    """Who backs whom by what reports tell, by backer and backed."""

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in what a report says of who backs whom, then what it says against that."""
        ties = self.state.ties
        for _, record in entries([told], "alignments", Alignment):
            backer, backed = party(record.backer, told, self.conflict), party(record.backed, told, self.conflict)
            if backer != backed:
                identity = content_id("backing", backer, backed, record.kind)
                tie = ties.get(identity) or self._begun(backer, backed, record.kind)
                ties[identity] = _told_again(tie, record, cited(told, record))
        for backer, denial in _denials(told, self.conflict):
            self.state.denials[backer] = (*self.state.denials.get(backer, ()), denial)
            for identity, tie in ties.items():
                if tie.backer == backer and _is_of(denial, tie):
                    ties[identity] = _denied(tie, [denial])

    def _begun(self, backer: str, backed: str, kind: str) -> _Tie:
        """Return a tie of which nothing but denials has been told."""
        tie = _Tie(backer=backer, backed=backed, kind=kind)
        return _denied(tie, [denial for denial in self.state.denials.get(backer, ()) if _is_of(denial, tie)])

    def entries(self, now: Now) -> tuple[Backing, ...]:
        """Return who backs whom by all that was taken."""
        self._kept.turn()
        listed = sorted(self.state.ties.items(), key=lambda found: found[1].key)
        return tuple(self._kept.get((tie,), partial(_backing, i, tie)) for i, tie in listed)


def _told_again(tie: _Tie, record: Alignment, sentences: tuple[Cited, ...]) -> _Tie:
    return replace(
        tie,
        means=longest((tie.means, record.means)),
        status=min((tie.status, record.status), key=_STATES.index),
        cited=joined(tie.cited, sentences),
    )


def _denied(tie: _Tie, denials: Sequence[_Denial]) -> _Tie:
    against = tie.against
    for denial in denials:
        against = joined(against, [denial.cited])
    return replace(tie, denied_by=merged((tie.denied_by, *(denial.by for denial in denials))), against=against)


def _backing(identity: str, tie: _Tie) -> Backing:
    return Backing(
        id=identity,
        backer=tie.backer,
        backed=tie.backed,
        kind=tie.kind,
        means=tie.means,
        status=tie.status,
        denied_by=tie.denied_by,
        cited=tie.cited,
        against=tie.against,
    )


def _is_of(denial: _Denial, tie: _Tie) -> bool:
    """Return whether what a backer's denial says is said of one of his ties."""
    if denial.backed and tie.backed not in denial.backed:
        return False
    return tie.kind in denial.kinds or not denial.kinds


def _denials(told: Told, conflict: Conflict) -> Iterator[tuple[str, _Denial]]:
    """Yield who a report says does not help whom, and who says so: its speakers, else the backer himself."""
    for kept in told.claims:
        claim = kept.claim
        kinds = frozenset(mark.removeprefix("alignment.") for mark in claim.marks if mark.startswith("alignment."))
        if not claim.negated or not (kinds or claim.event in _HELP):
            continue
        backed = parties(claim.recipient, told, conflict)
        by = parties(_sayers(claim), told, conflict)
        for backer in parties(claim.actor, told, conflict):
            yield (
                backer,
                _Denial(backed=backed, kinds=_of_kinds(kinds), by=by or (backer,), cited=cited_claim(told, claim)),
            )


def _sayers(claim: Claim) -> Iterable[str]:
    return [link.speaker for link in claim.attribution if link.speaker]


def _of_kinds(kinds: frozenset[str]) -> frozenset[str]:
    """Return the kinds that a denial is of: 'military' is any help in war."""
    return frozenset() if not kinds or _ANY in kinds else kinds
