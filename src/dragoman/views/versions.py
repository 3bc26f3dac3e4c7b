"""What is told in several ways: who is in it, and whether one report tells it so."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.board.types import Cited, Dispute
from dragoman.ledger.store import KeptClaim, Told
from dragoman.model import EventType, merged


def is_within(dispute: Dispute) -> bool:
    """Return whether one report itself tells it in all these ways."""
    return len({cited.report for _, versions in dispute.versions for cited in versions}) == 1


def claims_of(dispute: Dispute) -> tuple[str, ...]:
    """Return the claims of all versions, once each."""
    found = (claim for _, versions in dispute.versions for cited in versions for claim in cited.claims)
    return tuple(dict.fromkeys(found))


def parties_of(dispute: Dispute, claims: Mapping[str, tuple[Told, KeptClaim]]) -> tuple[str, ...]:
    """Return who is in a contradiction, by ids: whom it is about, and who acts or is acted upon in its claims."""
    mine = (claims[each][1].claim for each in claims_of(dispute) if each in claims)
    who = dict.fromkeys(identity for claim in mine for identity in (*claim.actor, *claim.recipient))
    about, colon, _ = dispute.about.partition(": ")
    return tuple(dict.fromkeys((*((about,) if colon else ()), *who)))


def accusers(cited: Cited, claims: Mapping[str, tuple[Told, KeptClaim]]) -> tuple[str, ...]:
    """Return who accuses in the claims of a sentence: what is alleged is their word, though the report says that they said it."""
    mine = (claims[each][1].claim for each in cited.claims if each in claims)
    return merged(claim.actor for claim in mine if claim.event is EventType.ACCUSE)
