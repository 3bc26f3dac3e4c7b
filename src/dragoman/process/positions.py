"""Demands, offers, acceptances, refusals and red lines -> where each party stands on what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.model import Claim, EventType, Kind, Status, When, merged
from dragoman.process.documents import is_term
from dragoman.process.facts import Facts, alike, clause_text, marked, own_text, stems, verb_of
from dragoman.process.positions_told import ToldPosition, told_positions, told_refusals
from dragoman.process.records import Position
from dragoman.process.standing import (
    best_time,
    grouped,
    in_order,
    leading,
    longest,
    sorted_records,
    standing,
    standing_on,
)

_SPOKEN = frozenset({EventType.REQUEST, EventType.REJECT, EventType.AGREE, EventType.CONCEDE})
_DEEDS = (
    "signature.not_signed",
    "talks.left",
    "talks.boycott",
    "talks.cancelled",
    "talks.postponed",
    "violation.",
    "talks.attend",
)
_BACK = frozenset(
    {
        "that",
        "it",
        "this",
        "them",
        "those",
        "which",
        "so",
        "do so",
        "do that",
        "do it",
        "to do so",
        "to do that",
        "to do it",
    }
)
_TERMS = re.compile(
    r"\A[Uu]nder (?:the|its|this)\b|\b(?:document|agreement|accord|deal|text|plan) (?:says|provides|requires)\b"
)
_ASKED_BY = re.compile(
    r"\b(?:demand|call|request|appeal|ultimatum)s? (?:by|from|of) [^;.]{2,70}?,? that (?P<what>[^;.]+)"
)
_ABOUT = ("complement", "object", "for", "purpose")
_EVENT_MARKS = ("talks.", "ceasefire.", "agreement.", "mechanism.", "signature.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stand:
    """One claim's word on where a party stands."""

    party: str
    stance: str
    status: str
    content: str
    claim: Claim


def positions(claims: Iterable[Claim], facts: Facts) -> tuple[Position, ...]:
    """Return each party's positions; what one party says of one thing in several places is one entry."""
    listed = in_order(claims)
    stands = [stand for claim in listed for stand in _stands(claim, listed, facts)]
    made = [_position(group, facts) for group in grouped(stands, _same)]
    taken = {number for entry in made if entry.stance == "refusal" for number in entry.sentences}
    for told in told_refusals(facts, taken):
        made.append(
            Position(
                party=told.party, stance="refusal", of=(), content=told.content, condition=None, status="held",
                date=When(), **standing_on(("position", told.party, "refusal", told.content), told.evidence),
            )
        )  # fmt: skip
    for position in told_positions(facts):
        if position.status == "dropped":
            made = [replace(e, status="dropped") if _is_of(position, e, facts) else e for e in made]
        if not _is_told(position, made, facts):
            made.append(
                Position(
                    party=position.party, stance=position.stance, of=position.of, content=position.content,
                    condition=None, status=position.status, date=When(),
                    **standing_on(("position", position.party, position.stance, position.content), position.evidence),
                )
            )  # fmt: skip
    return sorted_records(made)


def _is_of(told: ToldPosition, entry: Position, facts: Facts) -> bool:
    """Return whether an entry is the demand that a sentence says is dropped."""
    same = facts.sided((entry.party,)) == facts.sided((told.party,)) and entry.stance == told.stance
    return same and alike(entry.content, told.content)


def _is_told(told: ToldPosition, made: Sequence[Position], facts: Facts) -> bool:
    """Return whether an entry has what a sentence tells: of its own sentence in like words, or of its party."""
    for entry in made:
        same = facts.sided((entry.party,)) == facts.sided((told.party,))
        if told.evidence.sentence in entry.sentences and (
            alike(entry.content, told.content) or (same and entry.stance == told.stance)
        ):
            return True
        if same and entry.stance == told.stance and alike(entry.content, told.content):
            return True
    return False


def _addressed(claims: list[Claim], party: str, facts: Facts) -> tuple[str, ...]:
    """Return whom a position is addressed to: not the party itself, nor who speaks for it."""
    own = {link.speaker for claim in claims for link in claim.attribution} | {party}
    return tuple(i for i in merged(c.recipient for c in claims) if i not in own and facts.sides.get(i) != party)


def _position(group: list[_Stand], facts: Facts) -> Position:
    claims = [stand.claim for stand in group]
    lead = leading(claims)
    first = next(stand for stand in group if stand.claim is lead)
    dropped = any(stand.status == "dropped" for stand in group)
    conditional = all(stand.status == "conditional" for stand in group)
    return Position(
        party=first.party,
        stance=first.stance,
        of=_addressed(claims, first.party, facts),
        content=first.content,
        condition=longest(claim.condition for claim in claims),
        status="dropped" if dropped else "conditional" if conditional else "held",
        date=best_time([lead.date, *(claim.date for claim in claims)]),
        **standing(("position", first.party, first.stance, first.content), claims),
    )


def _same(one: _Stand, other: _Stand) -> bool:
    if one.party != other.party or one.stance != other.stance:
        return False
    first, second = set(one.claim.recipient), set(other.claim.recipient)
    return alike(one.content, other.content) and (not first or not second or bool(first & second))


def _stands(claim: Claim, claims: Sequence[Claim], facts: Facts) -> list[_Stand]:
    found = _stance(claim, facts)
    content = _meant(claim, _content(claim), claims, facts)
    if content and found and found[0] == "refusal" and facts.is_name(claim, content) and claim.words.get("verb"):
        content = f"{claim.words['verb']} {content}"
    bare = (
        content is None
        or facts.is_name(claim, content)
        or (len(stems(content)) < 2 and facts.has(content, "attending"))
    )
    if found is None or content is None or bare:
        return []
    stance, status = found
    asked = _ASKED_BY.search(claim.evidence.text) if stance == "refusal" and "that" not in content else None
    if asked is not None and content.split(" by ")[0] in asked.group():
        content = asked.group("what")
    return [
        _Stand(party=party, stance=stance, status=status, content=content, claim=claim)
        for party in facts.meant(claim)
        if facts.kind(party) is not Kind.MEDIA and not _is_nobody(party, facts)
    ]


def _is_nobody(party: str, facts: Facts) -> bool:
    """Return whether a party is only people in general: residents, families, 'people'."""
    entity = facts.entities.get(party)
    return (
        entity is not None and not entity.roster and facts.pattern("private_people").fullmatch(entity.name) is not None
    )


def _is_own_order(claim: Claim, facts: Facts) -> bool:
    """Return whether a claim orders one's own men about ('ordered the commander of the front to retake the base')."""
    own = {facts.sides.get(i, i) for i in claim.actor} | set(claim.actor)
    if any(i.startswith(f"{one}-") for i in claim.recipient for one in claim.actor):
        return True
    if not facts.has(verb_of(claim), "ordering"):
        return False
    below = facts.has(claim.words.get("object"), "subordinates")
    return below or (bool(claim.recipient) and all(i in own or facts.sides.get(i, i) in own for i in claim.recipient))


def _content(claim: Claim) -> str | None:
    return claim.content or next((claim.words[role] for role in _ABOUT if claim.words.get(role)), None)


def _meant(claim: Claim, content: str | None, claims: Sequence[Claim], facts: Facts) -> str | None:
    """Return what 'that', 'it' or 'the condition' is: what the sentence before asks or sets as its condition."""
    if content is None or not (content.lower() in _BACK or facts.where(content, "conditions_named")):
        return content
    reach = 4 if content.lower() in _BACK else 2
    last = [c for c in claims if 0 < claim.evidence.sentence - c.evidence.sentence <= reach and c.id != claim.id]
    texts = [c.condition or (c.content if c.event in _SPOKEN else None) for c in reversed(last)]
    found = next((text for text in texts if text and text.lower() not in _BACK), None)
    if found is None and content.lower() in _BACK and marked(claim, "signature.") == "refused":
        return clause_text(claim)  # 'refused to initial it'
    return found or (None if content.lower() in _BACK else content)


def _is_plan(claim: Claim, facts: Facts) -> bool:
    """Return whether 'will free', 'is to withdraw' only tells a plan or a term: no word offers or promises it."""
    if claim.status is not Status.FUTURE or claim.event not in (EventType.AGREE, EventType.CONCEDE):
        return False
    return claim.words.get("link") in ("root", "conjunct", "relative") and not facts.has(
        verb_of(claim), "offering", "accepting"
    )


def _is_no_stand(claim: Claim, facts: Facts) -> bool:
    """Return whether a claim only looks like a position: what is not refused, terms of a text, words that point elsewhere."""
    content = claim.content or ""
    if claim.event is EventType.THREATEN or facts.has(verb_of(claim), "recognising"):
        return True
    if claim.event is EventType.REQUEST and claim.status is Status.FUTURE:
        return True
    if claim.status is Status.HYPOTHETICAL and not (claim.condition and claim.event is EventType.AGREE):
        return True
    if claim.event is EventType.REJECT and (claim.negated or "ceasefire.ended" in claim.marks):
        return True
    if claim.event is EventType.SUPPORT and facts.has(verb_of(claim), "backing"):
        return True
    if (
        claim.event in (EventType.CONCEDE, EventType.AGREE)
        and claim.status is Status.FUTURE
        and _TERMS.search(claim.evidence.text)
    ):
        return True
    subject = claim.words.get("subject", "")
    return content.startswith("which ") or (len(subject) > 2 and len(content) > 60 and subject in content)


def _stance(claim: Claim, facts: Facts) -> tuple[str, str] | None:
    """Return the stance and whether it is held, conditional or dropped; None where the claim is no position."""
    mark = marked(claim, "position.")
    if _is_own_order(claim, facts) or _is_plan(claim, facts) or _is_no_stand(claim, facts):
        return None
    if claim.event is EventType.CONCEDE and claim.status is Status.FUTURE and (claim.content or "").startswith("no "):
        return "refusal", "held"
    if any(m.startswith(deed) for m in claim.marks for deed in _DEEDS) or is_term(claim, facts):
        return None
    if claim.event is EventType.CONCEDE and facts.has(f"{verb_of(claim)} {own_text(claim)}", "dropping"):
        return ("demand", "dropped") if facts.has(own_text(claim), "demands") else None
    if mark == "acceptance" and facts.has(verb_of(claim), "agreeing") and not _is_deed(claim):
        return None
    stance = mark or (_by_event(claim, facts) if claim.event in _SPOKEN else None)
    if stance == "demand" and claim.event is EventType.REQUEST and verb_of(claim) == "propose":
        stance = "offer"
    if stance == "offer" and facts.has(verb_of(claim), "pledging") and len(facts.sided(claim.actor)) > 1:
        stance = "acceptance"  # both sides promise the same
    if stance == "offer" and facts.has(verb_of(claim), "committing") and facts.has(claim.content, "document_heads"):
        stance = "acceptance"
    if stance is None or (claim.negated and stance != "refusal") or not _is_matter(stance, claim, facts):
        return None
    return stance, "conditional" if claim.condition and stance in ("offer", "acceptance") else "held"


def _is_deed(claim: Claim) -> bool:
    """Return whether one agrees to do something or that something be done, not on a thing."""
    return (claim.content or "").startswith(("to ", "that ", "for "))


def _is_matter(stance: str, claim: Claim, facts: Facts) -> bool:
    """Return whether the issue is one of the peace: a deed to agree to or refuse, terms, a text, talks; no charges, no vows."""
    about = f"{claim.content or ''} {own_text(claim)}"
    if stance == "acceptance" and facts.has(verb_of(claim), "pledging"):
        return True
    if stance == "acceptance" and (claim.content or "").lower() in _BACK:
        return True  # what 'it' is has been told before
    if stance == "acceptance":
        return facts.has(claim.content or own_text(claim), "matters", "truces", "document_heads", "talks")
    if stance == "offer":
        deed = (claim.content or "").startswith(("to ", "that ")) and not facts.has(
            about, "menaces", "accusations", "inquiries"
        )
        firm = facts.has(verb_of(claim), "promising") and not (deed and facts.has(verb_of(claim), "pledging"))
        return not firm or bool(claim.condition)
    if stance == "refusal" and facts.has(claim.content, "accusations"):
        return False
    return stance != "demand" or facts.pattern("conditions_named").fullmatch(about.strip()) is None


def _by_event(claim: Claim, facts: Facts) -> str | None:
    if claim.event is EventType.REQUEST:
        return "demand"
    if claim.event is EventType.REJECT:
        return "refusal"
    if {"talks.proposed", "ceasefire.proposed"} & set(claim.marks) and facts.has(verb_of(claim), "offering"):
        return "offer"
    if (
        claim.event is EventType.AGREE
        and (claim.content or "").startswith("to ")
        and facts.has(verb_of(claim), "agreeing")
    ):
        return "acceptance"
    if any(mark.startswith(prefix) for mark in claim.marks for prefix in _EVENT_MARKS):
        return None
    text = f"{verb_of(claim)} {own_text(claim)}"
    if facts.has(verb_of(claim), "offering"):
        return "offer"
    if facts.has(verb_of(claim), "accepting") or facts.has(claim.words.get("complement"), "accepting"):
        return "acceptance"
    return "offer" if claim.event is EventType.CONCEDE and facts.has(text, "offering") else None
