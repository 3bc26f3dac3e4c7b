"""Accusations and findings of a broken truce -> who says that whom did what, who denies it, who verified it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dragoman.model import Claim, EventType, Kind, Status, When, merged
from dragoman.process.breaches_told import ToldBreach, told_breaches
from dragoman.process.complaints import complaints, mutual_charges, told_complaints
from dragoman.process.facts import Facts, alike, clause_text, known, marked, own_text, stems
from dragoman.process.findings_told import told_findings
from dragoman.process.records import Violation
from dragoman.process.standing import (
    best_place,
    best_time,
    grouped,
    longest,
    sorted_records,
    standing,
    standing_on,
)
from dragoman.process.truce_words import WHOEVER
from dragoman.process.truces_told import era_of, made_on

_NEAR = 3
_FEW = 2  # longer words of an act that says hardly more than that there was fire: 'having fired first'
_BREACH = re.compile(
    r"\b(?:breach|violation|defiance) of [^.;,]{0,30}\b(?:truce|cease-?fire|armistice|cessation of hostilities|deal|accord|agreement)",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:these|those|such|this|that)\s+(?:acts?|attacks?|raids?|strikes?|violations?|incidents?|assaults?)\b[^.;]{0,40}\bviolations?\b",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"\b(?:denounced|condemned|called|described|branded|termed) (?:this|it|that|the (?:move|attack|raid|act))(?: as)? [“\"]?an? (?:[\w-]+ ){0,2}"  # noqa: E501
    r"(?:violation|breach)\b"
)
_MUTUAL = re.compile(
    r"\b(?:accus\w+|blam\w+)\s+(?:the other|each other|one another)\b|\beach (?:side |party )?(?:\w+ )?accus\w+ the other"
)
_SAME_DAY = re.compile(r"\b(?:the|that) same (?:day|morning|afternoon|evening|night)\b")
_FORCE = frozenset({EventType.ASSAULT, EventType.COERCE})
_WE = frozenset({"we", "our", "us"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Breach:
    """One claim's word of a breach."""

    accuser: str | None
    accused: tuple[str, ...]
    act: str
    claim: Claim


def violations(claims: Iterable[Claim], facts: Facts) -> tuple[Violation, ...]:
    """Return the breaches that the report tells of; a body that found one has verified it."""
    listed = list(claims)
    truce = frozenset(
        claim.evidence.sentence for claim in listed if facts.has(claim.evidence.text, "truces", "truce_deals")
    )
    found = [breach for claim in listed for breach in _breaches(claim, facts, truce)]
    found += _called(listed, facts)
    found += [
        _Breach(accuser=c.accuser, accused=c.accused, act=c.act, claim=c.claim) for c in complaints(listed, facts)
    ]
    found = _concrete([b for b in found if WHOEVER.search(b.claim.evidence.text) is None], listed, facts)
    told = [breach for breach in found if breach.accuser or breach.accused]
    told = [one for one in told if not (_is_bare(one.act, facts) and _is_detailed(one, told, facts))]
    made = [_violation(group, listed, facts) for group in grouped(told, lambda one, other: _same(one, other, facts))]
    for breach in (*told_breaches(facts), *told_complaints(facts), *told_findings(facts)):
        _add_told(made, breach, facts)
    for charge in mutual_charges(facts):
        for one, other in (facts.pair, facts.pair[::-1]):
            told_of = ToldBreach(accuser=one, accused=(other,), act=charge.act, own=True, evidence=charge.evidence)
            _add_told(made, told_of, facts)
    return sorted_records(_by_issuer(made, facts))


def _by_issuer(made: list[Violation], facts: Facts) -> list[Violation]:
    """Return the breaches, those in a side's own statement as its own complaint where nobody else makes it."""
    issuer = _issuer(facts)
    if issuer is None or sum(i == issuer and facts.text[s:e].lower() in _WE for s, e, i in facts.mentions) < 3:
        return made
    mine = facts.sided((issuer,))
    return [
        replace(v, accuser=issuer) if v.accuser is None and not v.speakers and facts.sided(v.accused) != mine else v
        for v in made
    ]


def _add_told(made: list[Violation], told: ToldBreach, facts: Facts) -> None:
    """Add a breach that a sentence tells of: who is accused in place of what its claims say, or as an entry of its own."""
    number = told.evidence.sentence
    accuser, accused = facts.sided(filter(None, [told.accuser])), set(facts.sided(told.accused))
    for at, entry in enumerate(made):
        if number in entry.sentences and not (told.own and accused != set(facts.sided(entry.accused))):
            other = set(facts.sided(entry.accused)) != accused and len(entry.accused) != 1
            who = told.accused if other else entry.accused
            made[at] = replace(
                entry, accused=who, accuser=entry.accuser or told.accuser,
                denied_by=merged((entry.denied_by, told.denied_by)), verified_by=merged((entry.verified_by, told.verified_by)),
            )  # fmt: skip
            return
        if told.verified_by:
            continue  # what a body found stands by itself: its day and act are its own
        if accused & set(facts.sided(entry.accused)) and (
            not accuser or accuser == facts.sided(filter(None, [entry.accuser]))
        ):
            return
    made.append(
        Violation(
            accuser=told.accuser, accused=told.accused, act=told.act, denied_by=told.denied_by,
            verified_by=told.verified_by, place=None, date=_told_on(told, facts),
            **standing_on(("violation", told.accuser, *told.accused), told.evidence),
        )
    )  # fmt: skip


def _told_on(told: ToldBreach, facts: Facts) -> When:
    """Return the day that a sentence names; 'on the same day' is that of the last day named before it."""
    before = [s.text for s in facts.sentences if s.sentence < told.evidence.sentence]
    texts = [told.evidence.text, *(reversed(before) if _SAME_DAY.search(told.evidence.text) else ())]
    return next((day for text in texts if (day := facts.time_in(text, "at", ahead=False))), When())


def _is_detailed(bare: _Breach, told: list[_Breach], facts: Facts) -> bool:
    """Return whether the report tells what a bare 'broke the truce' was."""
    return any(not _is_bare(b.act, facts) and _is_repeated(bare, b, facts) for b in told)


def _violation(group: list[_Breach], claims: list[Claim], facts: Facts) -> Violation:
    own = [breach.claim for breach in group]
    behind = _behind(group, claims, facts)
    accused = merged(breach.accused for breach in group)
    denials = [claim for claim in claims if claim not in own and _denies(claim, accused, group, facts)]
    proofs = [c for c in claims if c not in own and marked(c, "violation.") == "verified" and _about(c, group)]
    verifiers = [c for c in (*own, *proofs) if _verifies(c, facts)]
    return Violation(
        accuser=next((breach.accuser for breach in group if breach.accuser), None),
        accused=accused,
        act=longest(breach.act for breach in group) or group[0].claim.evidence.text,
        denied_by=merged([*map(_denied_at_once, own), *(_deniers(claim, accused) for claim in denials)]),
        verified_by=merged(claim.actor for claim in verifiers),
        place=best_place(claim.place for claim in (*own, *behind)),
        date=_dated(best_time(claim.date for claim in own), group, behind, facts),
        **standing(("violation", group[0].accuser, *accused), own, denials, also=proofs),
    )


def _behind(group: list[_Breach], claims: list[Claim], facts: Facts) -> list[Claim]:
    """Return the attacks that an accusation points back at: by the accused or by nobody named, told just before in like words."""
    accused = {side for breach in group for side in facts.sided(breach.accused)}
    first = min(breach.claim.evidence.sentence for breach in group)
    act = " ".join(breach.act for breach in group)
    return [
        claim for claim in claims
        if claim.event is EventType.ASSAULT and not claim.negated and claim.status is Status.OCCURRED
        and first - _NEAR <= claim.evidence.sentence < first
        and (not claim.actor or set(facts.sided(claim.actor)) & accused)
        and (_points_at(act, claim.evidence.text, facts) or (bool(claim.actor) and _is_bare(act, facts)))
    ]  # fmt: skip


def _points_at(act: str, text: str, facts: Facts) -> bool:
    """Return whether two texts tell of shots and have a longer word in common: 'the shelling' after 'shells hit a house'."""
    shared = bool(stems(act) & stems(text)) or (len(stems(act)) <= _FEW and facts.has(act, "shooting"))
    return facts.has(text, "shooting", "projectiles") and shared


def _dated(when: When, group: list[_Breach], behind: list[Claim], facts: Facts) -> When:
    """Return the day of a breach: its own, else that of the attack behind it or of the sentence that told of it just before."""
    if known(when):
        return when
    found = best_time(claim.date for claim in behind)
    if known(found):
        return found
    first, act = min(breach.claim.evidence.sentence for breach in group), " ".join(breach.act for breach in group)
    before = (s for s in reversed(facts.sentences) if first - _NEAR <= s.sentence < first)
    near = (s for s in before if _points_at(act, s.text, facts))
    return next((day for s in near if (day := facts.time_in(s.text, "at", ahead=False))), when)


def _called(claims: list[Claim], facts: Facts) -> list[_Breach]:
    """Return the attacks that are called violations right after them: 'these acts violate the ceasefire'."""
    found: list[_Breach] = []
    for claim in claims:
        if _points_back(claim.evidence.text) and (
            claim.event is EventType.ACCUSE or "ceasefire.violated" in claim.marks
        ):
            accuser = claim.actor[0] if claim.event is EventType.ACCUSE and claim.actor else _issuer(facts)
            this = _THIS.search(claim.evidence.text) is not None
            near = range(claim.evidence.sentence - (1 if this else 3), claim.evidence.sentence)
            kinds = _FORCE if this else {EventType.ASSAULT}
            acts = [c for c in claims if c.event in kinds and c.evidence.sentence in near and c.actor]
            found += [
                _Breach(accuser=accuser, accused=c.actor, act=clause_text(c), claim=c)
                for c in (acts[-1:] if this else acts)
                if not c.negated and accuser not in facts.sided(c.actor)
            ]
    return found


def _points_back(text: str) -> bool:
    """Return whether a sentence calls what was told before it a violation."""
    return _ACTS.search(text) is not None or _THIS.search(text) is not None


def _issuer(facts: Facts) -> str | None:
    """Return who is 'we' in a report that is a side's own statement."""
    mine = Counter(i for s, e, i in facts.mentions if facts.text[s:e].lower() in _WE)
    return mine.most_common(1)[0][0] if mine else None


def _concrete(found: list[_Breach], claims: list[Claim], facts: Facts) -> list[_Breach]:
    """Return the breaches, 'breaking the truce' being the attack that the same side tells of next, if it does.

    What the headline says again in the text stands there.
    """
    made = []
    for breach in found:
        later = [b for b in found if b.claim.evidence.sentence > 1 and _is_repeated(breach, b, facts)]
        if breach.claim.evidence.sentence == 1 and later:
            continue
        told = _attack_told(breach, claims, facts) if _is_bare(breach.act, facts) else None
        if told is None and len(stems(breach.act)) < 2:
            told = _attack_before(breach, claims)
        made.append(replace(breach, act=clause_text(told)) if told else breach)
    return made


def _is_repeated(one: _Breach, other: _Breach, facts: Facts) -> bool:
    same = facts.sided(filter(None, [one.accuser])) == facts.sided(filter(None, [other.accuser]))
    return same and bool(set(facts.sided(one.accused)) & set(facts.sided(other.accused)))


def _is_bare(act: str, facts: Facts) -> bool:
    """Return whether an act is only that a truce was broken, not how."""
    return facts.has(act, "breaking") and not facts.has(act, "shooting")


def _attack_told(breach: _Breach, claims: list[Claim], facts: Facts) -> Claim | None:
    """Return the attack by the accused that the accuser's side tells of in the next two sentences."""
    number = breach.claim.evidence.sentence
    mine = set(facts.sided(filter(None, [breach.accuser])))
    for claim in claims:
        if claim.event is EventType.ASSAULT and not claim.negated and number < claim.evidence.sentence <= number + 2:
            speakers = facts.sided(link.speaker for link in claim.attribution if link.speaker)
            foes = not claim.actor or set(facts.sided(claim.actor)) & set(facts.sided(breach.accused))
            if foes and mine & set(speakers):
                return claim
    return None


def _attack_before(breach: _Breach, claims: list[Claim]) -> Claim | None:
    """Return the attack told in the sentence of a breach or the one before it ('the attack was a breach of the truce')."""
    near = (breach.claim.evidence.sentence, breach.claim.evidence.sentence - 1)
    found = [c for c in claims if c.event is EventType.ASSAULT and not c.negated and c.evidence.sentence in near]
    return found[-1] if found else None


def _breaches(claim: Claim, facts: Facts, truce: frozenset[int]) -> list[_Breach]:
    mark = marked(claim, "violation.")
    if mark == "denied" or claim.status in (Status.FUTURE, Status.HYPOTHETICAL):
        return []
    act = claim.content or own_text(claim) or claim.evidence.text
    if claim.event is EventType.ACCUSE:
        return [] if _points_back(claim.evidence.text) else _accusations(claim, act, facts, truce)
    if mark is None and "ceasefire.violated" in claim.marks and _ACTS.search(claim.evidence.text):
        return []
    over = marked(claim, "ceasefire.") == "ended"
    if claim.event is EventType.RETREAT and claim.negated and facts.has(own_text(claim), "truces") and not over:
        return [_Breach(accuser=None, accused=facts.parties(claim.actor), act=clause_text(claim), claim=claim)]
    if mark in ("alleged", "verified") and not claim.negated:
        accuser = next((facts.voice(i) for i in claim.actor), None)
        accused = tuple(i for i in facts.parties(claim.recipient) if facts.sided([i]) != facts.sided([accuser or ""]))
        return [_Breach(accuser=accuser, accused=accused, act=act, claim=claim)]
    broken = facts.has(own_text(claim), "truces") and facts.has(clause_text(claim), "breaking")
    armed = claim.event in (EventType.ASSAULT, EventType.MOBILIZE)
    broken = broken or (armed and _BREACH.search(claim.evidence.text) is not None)
    if claim.event in _FORCE | {EventType.MOBILIZE} and broken and not claim.negated:
        said = next((link.speaker for link in claim.attribution if link.speaker), None)
        whole = claim.words.get("link") == "modifier" or facts.has(own_text(claim), "truces")
        act = claim.evidence.text if whole else clause_text(claim)
        return [_Breach(accuser=said, accused=facts.parties(claim.actor), act=act, claim=claim)]
    return []


def _accusations(claim: Claim, act: str, facts: Facts, truce: frozenset[int]) -> list[_Breach]:
    """'accused each other of breaking the truce': each is accuser and accused."""
    if not claim.actor or (claim.negated and not _denied_at_once(claim)):
        return []
    text = f"{act} {own_text(claim)}"
    number = claim.evidence.sentence
    near = not truce.isdisjoint((number - 1, number, number + 1))
    pair = facts.pair
    inside = not pair or set(facts.sided((*claim.actor, *claim.recipient))) <= set(pair)
    mutual = _MUTUAL.search(claim.evidence.text) is not None
    near = near or (mutual and not truce.isdisjoint(range(number - _NEAR, number)))
    whom = bool(claim.recipient) or (mutual and not _is_of_old(claim, facts))
    if marked(claim, "violation.") is None and not _is_breach(text, facts, near and (inside or mutual) and whom):
        return []
    if mutual or (not claim.recipient and len(claim.actor) > 1):
        both = facts.sided((*claim.actor, *claim.recipient))
        both = pair if len(pair) == 2 and (len(both) != 2 or not set(both) & set(pair)) else both
        return [_Breach(accuser=one, accused=tuple(i for i in both if i != one), act=act, claim=claim) for one in both]
    accuser = (
        claim.actor[0]
        if len(claim.actor) == 1
        else next((i for i in claim.actor if facts.may_be_party(i)), claim.actor[0])
    )
    return [_Breach(accuser=facts.voice(accuser), accused=facts.parties(claim.recipient), act=act, claim=claim)]


def _is_of_old(claim: Claim, facts: Facts) -> bool:
    """Return whether a sentence tells of a truce that was made long ago."""
    named = facts.where(claim.evidence.text, "truce_names")
    return named is not None and era_of(made_on(claim.evidence.text, named, facts), facts) != "now"


def _is_breach(text: str, facts: Facts, truce: bool) -> bool:
    if facts.has(text, "breaking") and facts.has(text, "truces", "document_heads", "violations"):
        return True
    if facts.has(text, "truce_names") and facts.has(text, "abusing"):
        return True
    return truce and facts.has(text, "shooting")


def _same(one: _Breach, other: _Breach, facts: Facts) -> bool:
    if not _is_repeated(one, other, facts):
        return False
    return alike(one.act, other.act) or (_is_bare(one.act, facts) and _is_bare(other.act, facts))


def _denies(claim: Claim, accused: tuple[str, ...], group: list[_Breach], facts: Facts) -> bool:
    """Return whether the accused deny it: a denied act of theirs, or a rejection, close by or in like words."""
    if not _about(claim, group):
        return False
    if marked(claim, "violation.") == "denied":
        return bool(_deniers(claim, accused))
    if claim.negated and claim.event in (
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.AID,
        EventType.MOBILIZE,
    ):
        return bool(_deniers(claim, accused))
    rejects = claim.event is EventType.REJECT and facts.has(own_text(claim), "accusations")
    return rejects and bool(set(claim.actor) & set(accused))


def _deniers(claim: Claim, accused: tuple[str, ...]) -> tuple[str, ...]:
    """Return who denies: the speaker where it is the accused or speaks of the accused's act; the accused itself."""
    speakers = tuple(link.speaker for link in claim.attribution if link.speaker)
    if set(claim.actor) & set(accused):
        return tuple(i for i in claim.actor if i in accused)
    return tuple(i for i in speakers if i in accused)


def _denied_at_once(claim: Claim) -> tuple[str, ...]:
    """Return the accused who deny an accusation in its own sentence ('… accused Rohan, which denied it')."""
    speakers = {link.speaker for link in claim.attribution}
    return tuple(i for i in claim.recipient if claim.negated and i in speakers)


def _about(claim: Claim, group: list[_Breach]) -> bool:
    near = any(0 <= claim.evidence.sentence - breach.claim.evidence.sentence <= _NEAR for breach in group)
    return near or any(alike(claim.content, breach.act) for breach in group)


def _verifies(claim: Claim, facts: Facts) -> bool:
    """Return whether a finding is by a body that watches, not by a side."""
    if marked(claim, "violation.") == "verified":
        return True
    return any(facts.kind(i) is Kind.IGO for i in claim.actor) and facts.has(clause_text(claim), "finding")
