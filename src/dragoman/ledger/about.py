"""What decisions are about, in the reports at hand: claims by id, or by their words where an id is gone; and the same elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.ledger.added import RULE, Added
from dragoman.ledger.elsewhere import Kin, said_of, same_in
from dragoman.ledger.store import KeptClaim
from dragoman.ledger.verdicts import Anchor, Decision, Said

Source = tuple[str, str]


class Objects:
    """What decisions are about, in the reports at hand: claims by their ids, or by their evidence where an id is gone."""

    def __init__(self, added: Added, kin: Kin) -> None:
        self.told = added.told
        self.places = added.places
        self.homeless = added.homeless
        self.supplied = frozenset(report for claims in added.claims.values() for report in claims.values())
        supplied = (each for report in self.supplied for each in self.told[self.places[report]].claims)
        self.copied = {kept.claim.id: kept.decided for kept in supplied if kept.decided}
        self._kin = kin
        self._by = added.claims
        self._added = {claim: (claims, report) for claims in added.claims.values() for claim, report in claims.items()}

    def claims(self, decision: Decision) -> tuple[str, ...]:
        """Return the claims that a decision is about, those left out that are gone with nothing in their place."""
        return tuple(dict.fromkeys(kept.claim.id for kept, _ in self.themselves(decision)))

    def themselves(self, decision: Decision) -> Iterator[tuple[KeptClaim, str]]:
        """Yield the claims that a decision is about, each with the id by which the decision has it."""
        anchors = {anchor.claim: anchor for anchor in decision.verdict.anchors}
        for identity in decision.about:
            kept = self._claim(identity, anchors.get(identity))
            if kept is not None:
                yield kept, identity

    def elsewhere(self, decision: Decision) -> Iterator[tuple[KeptClaim, Source]]:
        """Yield the claims of other reports that are the same as what a decision is about, each with what it is carried from."""
        for identity in decision.about:
            for claim, report in self._added.get(identity, ({}, ""))[0].items():
                if claim != identity:
                    yield self._in(report, claim), (identity, self._added[identity][1])
        for anchor in decision.verdict.anchors:
            yield from self._same(anchor)

    def added_by(self, decision: str) -> tuple[str, ...]:
        """Return the claims that a decision adds."""
        return tuple(self._by.get(decision, ()))

    def kept(self, claim: str, report: str) -> KeptClaim | None:
        """Return a claim of a report, or None where it is not there."""
        place = self.places.get(report)
        listed = self.told[place].claims if place is not None else ()
        return next((kept for kept in listed if kept.claim.id == claim), None)

    def _same(self, anchor: Anchor) -> Iterator[tuple[KeptClaim, Source]]:
        """Yield what is the same as a claim by what it says now, or said when it was decided."""
        itself, said = self._claim(anchor.claim, anchor), dict[Said, None]()
        if itself is not None:
            said[said_of(itself, self.told[self.places[anchor.report]])] = None
        if anchor.said is not None:
            said[anchor.said] = None
        found: dict[tuple[str, str], KeptClaim] = {}
        for each in said:
            for report in self._kin.of(anchor.report, each.origin):
                place = self.places.get(report)
                same = same_in(self.told[place], each) if place is not None else ()
                found |= {(report, kept.claim.id): kept for kept in same if kept.claim.rule != RULE}
        source = (itself.claim.id if itself else anchor.claim, anchor.report)
        yield from ((kept, source) for kept in found.values())

    def _claim(self, identity: str, anchor: Anchor | None) -> KeptClaim | None:
        if anchor is None:
            return self._in(self._added[identity][1], identity) if identity in self._added else None
        kept = self.kept(identity, anchor.report)
        place = self.places.get(anchor.report)
        if kept is not None or place is None:
            return kept
        near = [kept for kept in self.told[place].claims if _in_place(kept, anchor)]
        return near[0] if len(near) == 1 else None

    def _in(self, report: str, claim: str) -> KeptClaim:
        (found,) = (kept for kept in self.told[self.places[report]].claims if kept.claim.id == claim)
        return found


def _in_place(kept: KeptClaim, anchor: Anchor) -> bool:
    """Return whether a claim can have taken the place of one that is gone: of its sentence and type, and not there before."""
    claim = kept.claim
    meets = claim.evidence.start < anchor.end and anchor.start < claim.evidence.end
    return meets and claim.event is anchor.event and claim.id not in anchor.beside and claim.rule != RULE


__all__ = ["Objects", "Source"]
