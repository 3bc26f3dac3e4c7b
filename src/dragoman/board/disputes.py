"""Disputes: what reports tell in two ways, and what one report itself tells so, each way with its sentences and origins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.board.citing import cited_claim, together
from dragoman.board.types import Cited, Dispute
from dragoman.ledger.contradictions import Clash, clashes, last_versions
from dragoman.ledger.store import Told
from dragoman.model import content_id
from dragoman.process.records import Contradiction

_KINDS = {"date": "day", "status": "signer", "denial": "polarity", "casualties": "number"}


def disputes(told: Sequence[Told]) -> tuple[Dispute, ...]:
    """Return the disputes of reports that are given in the order of publication: those between them, then those within one."""
    between = [_dispute(clash) for clash in clashes(told)]
    known = {(each.kind, claim) for each in between for cited in each.cited for claim in cited.claims}
    within = [
        _own(each, contradiction)
        for each in last_versions(told)
        for contradiction in each.contradictions
        if not any(
            (_KINDS[contradiction.kind], claim) in known for side in contradiction.sides for claim in side.claims
        )
    ]
    return (*between, *(each for each in within if len(each.versions) > 1))


def _dispute(clash: Clash) -> Dispute:
    versions = tuple(
        (value, together([[cited_claim(side.told, side.claim) for side in sides]])) for value, sides in clash.versions
    )
    return _made(clash.kind, content_id("dispute", clash.kind, clash.of, clash.first), clash.about, versions)


def _own(told: Told, found: Contradiction) -> Dispute:
    """Return what one report tells in two ways; a claim that is no more is no side."""
    versions = tuple((side.value, tuple(_of(told, side.claims))) for side in found.sides)
    kept = tuple((value, cited) for value, cited in versions if cited)
    return _made(_KINDS[found.kind], found.id, found.about, kept)


def _made(kind: str, identity: str, about: str, versions: tuple[tuple[str, tuple[Cited, ...]], ...]) -> Dispute:
    cited = together(cited for _, cited in versions)
    return Dispute(id=identity, kind=kind, about=about, versions=versions, cited=cited)


def _of(told: Told, claims: Sequence[str]) -> Iterator[Cited]:
    return (cited_claim(told, kept.claim) for kept in told.claims if kept.claim.id in claims)


from dataclasses import dataclass, field
from dragoman.board.folding import Fold


@dataclass(slots=True)
class _State:
    told: list = field(default_factory=list)


class Disputes(Fold):
    def begin(self):
        return _State()

    def take(self, told, day):
        self.state.told.append(told)

    def entries(self, now):
        return disputes(self.state.told)
