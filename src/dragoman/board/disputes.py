"""Disputes: what reports tell in two ways, and what one report itself tells so, each way with its sentences and origins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.board.citing import cited_claim, together
from dragoman.board.types import Cited, Dispute
from dragoman.ledger.contradictions import Clash, clashes
from dragoman.ledger.store import Told
from dragoman.model import content_id


def disputes(told: Sequence[Told]) -> tuple[Dispute, ...]:
    """Return the disputes of reports that are given in the order of publication, in the order in which they came up."""
    return tuple(_dispute(clash) for clash in clashes(told))


def _dispute(clash: Clash) -> Dispute:
    versions = tuple((value, tuple(_cited(clash, value))) for value, _ in clash.versions)
    first = clash.versions[0][1][0].claim.event_id
    return Dispute(
        id=content_id("dispute", clash.kind, clash.of, first),
        kind=clash.kind,
        about=clash.about,
        versions=versions,
        cited=together(cited for _, cited in versions),
    )


def _cited(clash: Clash, wanted: str) -> Iterator[Cited]:
    for value, sides in clash.versions:
        if value == wanted:
            yield from (cited_claim(side.told, side.claim) for side in sides)
