"""What an entry stands on: the claims for and against it, who says so, and the evidence of the leading claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypedDict, TypeVar

from dragoman.model import Claim, Evidence, When, Where, content_id
from dragoman.process.facts import known
from dragoman.process.records import Record

_Item = TypeVar("_Item")
_Entry = TypeVar("_Entry", bound=Record)


class Standing(TypedDict):
    """The fields that every record shares."""

    id: str
    claims: tuple[str, ...]
    contrary: tuple[str, ...]
    speakers: tuple[str, ...]
    hedged: bool
    sentences: tuple[int, ...]
    evidence: Evidence


def standing(
    key: Sequence[str | None],
    claims: Iterable[Claim],
    contrary: Iterable[Claim] = (),
    *,
    also: Iterable[Claim] = (),
) -> Standing:
    """Return the shared fields of a record with that key (kind of record first), resting on these claims.

    ``also`` are claims that it rests on too but which do not lead.
    """
    listed = list(claims)
    lead = leading(listed)
    ranked = in_order([*listed, *also])
    return Standing(
        id=content_id(*key, lead.id),
        claims=tuple(claim.id for claim in ranked),
        contrary=tuple(claim.id for claim in in_order(contrary) if claim not in ranked),
        speakers=speakers_of(ranked),
        hedged=all(claim.hedged for claim in listed),
        sentences=tuple(sorted({claim.evidence.sentence for claim in ranked})),
        evidence=lead.evidence,
    )


def standing_on(key: Sequence[str | None], evidence: Evidence) -> Standing:
    """Return the shared fields of a record that a sentence states without any claim."""
    return Standing(
        id=content_id(*key, str(evidence.start)),
        claims=(),
        contrary=(),
        speakers=(),
        hedged=False,
        sentences=(evidence.sentence,),
        evidence=evidence,
    )


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims once each, by sentence, then id."""
    unique = {claim.id: claim for claim in claims}
    return sorted(unique.values(), key=lambda claim: (claim.evidence.sentence, claim.id))


def leading(claims: Iterable[Claim]) -> Claim:
    """Return the claim that says most; among equals the earliest."""
    return max(in_order(claims), key=lambda claim: (_fullness(claim), -claim.evidence.sentence))


def speakers_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return who says so, or nobody where the report says it itself in any of the claims."""
    listed = list(claims)
    if any(not claim.attribution for claim in listed):
        return ()
    return tuple(dict.fromkeys(link.speaker or link.text for claim in listed for link in claim.attribution))


def grouped(items: Iterable[_Item], same: Callable[[_Item, _Item], bool]) -> list[list[_Item]]:
    """Return the items in groups: each joins the first group with a member that is the same."""
    groups: list[list[_Item]] = []
    for item in items:
        home = next((group for group in groups if any(same(member, item) for member in group)), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return groups


def sorted_records(records: Iterable[_Entry]) -> tuple[_Entry, ...]:
    """Return records by the first sentence that speaks of them, then id."""
    return tuple(sorted(records, key=lambda record: (record.sentences[0], record.id)))


def best_time(times: Iterable[When | None]) -> When:
    """Return the narrowest known time, the first among equals; an unknown one where none is known."""
    listed = [when for when in times if when is not None]
    certain = [when for when in listed if known(when)]
    if certain:
        return min(certain, key=_width)
    return next((when for when in listed if when.phrase), When())


def best_place(places: Iterable[Where | None]) -> Where | None:
    """Return the first place, one with degrees before one without."""
    listed = [place for place in places if place is not None]
    return next((place for place in listed if place.lat is not None), listed[0] if listed else None)


def longest(texts: Iterable[str | None]) -> str | None:
    """Return the longest text; the first among equals."""
    return max((text for text in texts if text), key=len, default=None)


def _width(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 100_000
    return (when.latest - when.earliest).days


def _fullness(claim: Claim) -> int:
    return (
        2 * len(claim.actor) + 2 * len(claim.recipient) + 2 * (not claim.hedged) + known(claim.date)
        + (claim.place is not None) + 2 * bool(claim.content) + 2 * bool(claim.condition) + 3 * bool(claim.means)
    )  # fmt: skip
