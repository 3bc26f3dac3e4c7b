"""Claims of support -> who backs whom, with what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dragoman.model import Claim, EventType, Kind, Status
from dragoman.process.alignments_told import ToldBacking, is_denied, one_kind, told_backings
from dragoman.process.facts import Facts, clause_text, is_ahead, marked, own_text, verb_of
from dragoman.process.records import Alignment
from dragoman.process.standing import longest, sorted_records, standing, standing_on

_KINDS = ("troops", "arms", "funds", "training", "mercenaries")
_SIDES = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.PERSON, Kind.ARMED_GROUP, Kind.GROUP, Kind.OTHER})
_HYPHEN = re.compile(r"[-‑](?:backed|supported|sponsored)\b")
_GIVING = frozenset({EventType.AID, EventType.AGREE})
_HANDS = frozenset("officers crews instructors advisers advisors trainers technicians engineers".split())
_ORDER = ("stated", "historical", "planned", "denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tie:
    """One claim's word that a backer backs somebody."""

    backer: str
    backed: str
    kind: str
    means: str | None
    status: str
    claim: Claim


def alignments(claims: Iterable[Claim], facts: Facts) -> tuple[Alignment, ...]:
    """Return one entry for each backer and backed of the report; what a sentence's own words tell goes before its claims."""
    listed = list(claims)
    told = [replace(b, backer=_whose(b.backer, facts), backed=_whose(b.backed, facts)) for b in told_backings(facts)]
    pairs: dict[tuple[str, str], list[_Tie]] = {}
    for claim in listed:
        for tie in _ties(claim, facts):
            if not _is_retold(tie, told, facts):
                pairs.setdefault((tie.backer, tie.backed), []).append(tie)
    made = [entry for ties in pairs.values() if (entry := _alignment(ties, facts)) is not None]
    for backing in told:
        if not _denies(backing, pairs, facts):
            _add_told(made, backing, listed, facts)
    return sorted_records(made)


def _is_retold(tie: _Tie, told: Iterable[ToldBacking], facts: Facts) -> bool:
    """Return whether the sentence of a claim tells otherwise than the claim who backs whom."""
    here = [b for b in told if b.evidence.sentence == tie.claim.evidence.sentence]
    pairs = {(facts.sided((b.backer,)), facts.sided((b.backed,))) for b in here}
    backer, backed = facts.sided((tie.backer,)), facts.sided((tie.backed,))
    if (backer, backed) in pairs or tie.status == "denied":
        return False
    if _HYPHEN.search(clause_text(tie.claim)) or is_denied(tie.claim.evidence.text):
        return True  # 'X-backed' is told by its own words; who denies it does not back
    return (backed, backer) in pairs or any(backer == one for one, _ in pairs)


def _add_told(made: list[Alignment], told: ToldBacking, claims: list[Claim], facts: Facts) -> None:
    """Add what a sentence tells of backing, with the help that its claims name; to an entry of the same two, its kind."""
    number = told.evidence.sentence
    given = [c for c in claims if c.evidence.sentence == number and c.event in _GIVING and not c.negated]
    mine = [c for c in given if set(facts.sided(c.actor)) & set(facts.sided((told.backer,))) and not c.recipient]
    mine = [c for c in mine if c.event is EventType.AID or facts.has(c.content, *_lists())]
    kinds = {told.kind, *(_kind(c, facts, marked(c, "alignment.")) for c in mine)} - {"political"}
    kind = one_kind(kinds) if kinds else "political"
    means = told.means or longest(c.means or c.content for c in mine)
    sides = {facts.sided((told.backer,)), facts.sided((told.backed,))}
    for at, entry in enumerate(made):
        if {facts.sided((entry.backer,)), facts.sided((entry.backed,))} == sides:
            kind = one_kind(both) if (both := {entry.kind, kind} - {"political"}) else "political"
            same = facts.sided((entry.backer,)) == facts.sided((told.backer,))
            whole = facts.sided((told.backer, told.backed)) == (told.backer, told.backed)
            told_so = same and whole
            made[at] = replace(
                entry,
                kind=kind,
                means=entry.means or means,
                backer=told.backer if told_so else entry.backer,
                backed=told.backed if told_so else entry.backed,
            )
            return
    made.append(
        Alignment(
            backer=told.backer, backed=told.backed, kind=kind, means=means, status="stated", since=None,
            **standing_on(("alignment", told.backer, told.backed), told.evidence),
        )
    )  # fmt: skip


def _denies(told: ToldBacking, pairs: Mapping[tuple[str, str], list[_Tie]], facts: Facts) -> bool:
    """Return whether a claim of the report says that the one does not back the other."""
    ties = pairs.get((told.backer, told.backed), [])
    return any(tie.status == "denied" for tie in ties)


def _alignment(ties: list[_Tie], facts: Facts) -> Alignment | None:
    held = [tie for tie in ties if tie.status != "denied"]
    if not held:
        return None
    claims = [tie.claim for tie in held]
    first = held[0]
    kinds = {tie.kind for tie in held} - {"political"}
    return Alignment(
        backer=first.backer,
        backed=first.backed,
        kind=one_kind(kinds) if kinds else "political",
        means=longest(tie.means for tie in held),
        status=min((tie.status for tie in held), key=_ORDER.index),
        since=next((when for claim in claims if (when := facts.time_in(own_text(claim), "from", ahead=False))), None),
        **standing(("alignment", first.backer, first.backed), claims, [t.claim for t in ties if t.status == "denied"]),
    )


def _ties(claim: Claim, facts: Facts) -> list[_Tie]:
    mark = marked(claim, "alignment.")
    if mark is None and not _is_backing(claim, facts):
        return []
    status = _status(claim)
    if status is None or (mark == "political" and facts.has(verb_of(claim), "praising")):
        return []
    if claim.event is EventType.AID and _is_relief(claim, facts):
        return []
    kind = _kind(claim, facts, mark)
    means = claim.means or (claim.content if claim.event is EventType.AID else None)
    if means in _names(claim.recipient, facts):
        means = None
    return [
        _Tie(backer=backer, backed=backed, kind=kind, means=means, status=status, claim=claim)
        for backer in (_whose(facts.voice(i), facts) for i in claim.actor)
        for backed in (_whose(i, facts) for i in claim.recipient)
        if _may_tie(backer, backed, facts) and not _is_thing(backed, claim, facts)
    ]


def _whose(identity: str, facts: Facts) -> str:
    """Return whose people somebody is: 'Gondor's officers' train for Gondor."""
    entity = facts.entities.get(identity)
    if entity is None or entity.part_of is None or entity.name.split()[-1] not in _HANDS:
        return identity
    return entity.part_of


def _is_relief(claim: Claim, facts: Facts) -> bool:
    """Return whether help goes to people in need, or is goods that serve no war ('gave us rice')."""
    nameless = [i for i in claim.recipient if facts.is_nameless(i)]
    if facts.has(" | ".join(_names(nameless, facts)), "civilians"):
        return True
    text = f"{verb_of(claim)} {own_text(claim)}"
    serves = facts.has(text, "support_military", *_lists()) or facts.has(verb_of(claim), "backing")
    return (not serves and facts.has(text, "relief")) or (bool(claim.means) and not serves)


def _is_backing(claim: Claim, facts: Facts) -> bool:
    """Return whether an unmarked claim tells of backing a side: support in words, or help that serves its war."""
    if any(not mark.startswith("position.") for mark in claim.marks):
        return False
    if claim.event is EventType.SUPPORT:
        return facts.has(verb_of(claim), "backing") and not facts.has(own_text(claim), "not_backing")
    return claim.event is EventType.AID and facts.has(f"{verb_of(claim)} {own_text(claim)}", "support_acts", *_lists())


def _status(claim: Claim) -> str | None:
    if claim.negated:
        return "denied"
    if claim.status is Status.FUTURE:
        return "planned"
    if is_ahead(claim):
        return None
    return "historical" if claim.status is Status.HISTORICAL else "stated"


def _kind(claim: Claim, facts: Facts, mark: str | None) -> str:
    means = claim.means or claim.content
    hits = {name for name in _KINDS if facts.has(means, f"support_{name}")}
    if mark in _KINDS:
        hits.add(mark)
    if hits:
        return one_kind(hits)
    if mark == "military" or claim.event is EventType.AID or facts.has(clause_text(claim), "support_military"):
        return "military"
    return "political"


def _may_tie(backer: str, backed: str, facts: Facts) -> bool:
    if backer == backed:
        return False
    backer_kind, backed_kind = facts.kind(backer), facts.kind(backed)
    return (backer_kind is None or backer_kind in _SIDES) and (backed_kind is None or backed_kind in _SIDES)


def _is_thing(identity: str, claim: Claim, facts: Facts) -> bool:
    """Return whether an entity is what is sent ('drones'), not who gets it."""
    entity = facts.entities.get(identity)
    if entity is None or entity.roster or claim.event is EventType.SUPPORT:
        return False
    sent = f"{claim.means or ''} {claim.content or ''}".lower()
    return entity.name.lower() in sent or identity in facts.ids_in(claim, claim.means)


def _names(identities: Iterable[str], facts: Facts) -> set[str]:
    return {facts.entities[i].name for i in identities if i in facts.entities}


def _lists() -> tuple[str, ...]:
    return tuple(f"support_{name}" for name in _KINDS)
