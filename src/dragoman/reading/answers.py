"""Whom an act is meant for where its sentence does not say: who made the demand that is refused, whose war is mediated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.model import Claim, EventType, Kind, Status
from dragoman.reading.cast import Cast
from dragoman.reading.replies import taken_up, with_captors

_ANSWERS = frozenset({"position.acceptance", "position.offer", "position.refusal"})
_PUT = frozenset(
    {EventType.REQUEST, EventType.AGREE, EventType.THREATEN, EventType.ACCUSE, EventType.CONCEDE, EventType.SUPPORT}
)
_DONE_TO_THE_SAME = frozenset({EventType.SANCTION, EventType.REJECT, EventType.THREATEN})
_FRIENDLY = frozenset(
    {EventType.SUPPORT, EventType.AID, EventType.COOPERATE}
)  # done to somebody, they make no opponent
_OF_MANY = frozenset({"boycott", "shun", "sign", "lift", "object"})
_PROPOSING = frozenset({"propose", "offer", "suggest"})
_COURTEOUS = frozenset({EventType.CONCEDE, EventType.CONSULT, EventType.AID})
_TRAVELLING = frozenset("go come travel fly".split())  # who will not go to a place says so to nobody
_HITTING_BACK = frozenset({"hit", "shoot", "retort", "counter", "respond", "retaliate", "answer", "reply", "fire"})
_VOWING = frozenset({"vow", "answer"})
_NEAR = 3  # sentences: a mediation is between sides told of close by
_REACH = 2  # sentences: what lies further back is not answered
_TRUCES = re.compile(r"\b(?:cease-?fires?|truces?|peace|talks|negotiat\w+|fighting|hostilities)\b", re.IGNORECASE)
_TOLD_AGAIN = re.compile(
    r"(?:that|this|the|the same|his|her|its|their) (?:message|call|demand|appeal|request|plea|warning)", re.IGNORECASE
)
_OF_WAR = re.compile(
    r"\b(?:(?:air ?|naval |military |army )?bases?|barracks|outposts?|positions|posts?|check-?points?|convoys?|patrols?|depots?|radars?"  # noqa: E501
    r"|airfields?|warships?|frigates?|drones?|aircraft|warplanes?|jets?|helicopters?|tanks?|batter(?:y|ies)|launchers?|bunkers?"
    r"|trench(?:es)?|headquarters|command post|garrisons?|strongholds?|installations?|hide-?outs?|training camps?|arsenals?)\b"
)  # what only a side of a war has
_CALLED = 3  # a call for peace upon two sides says more of whose war it is than one act of enmity
_PARTIES = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.PERSON, Kind.GROUP, Kind.OTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facing:
    """Two sides that a claim sets face to face, and the sentence that does."""

    sentence: int
    one: str
    other: str


def addressed(claims: Sequence[Claim], cast: Cast) -> tuple[Claim, ...]:
    """Return the claims with the recipients that only their surroundings tell; those that name one stay as they are."""
    sides = _Sides(cast)
    facing = _facing(claims, sides)
    found: list[Claim] = []
    pair = _main_pair(facing)
    for place, plain in enumerate(claims := _with_doers(with_captors(claims))):
        claim = replace(plain, actor=pair) if pair and _is_of_both(plain) else _repeated(plain, claims[:place])
        claim = _by_whom_asked(claim, claims[:place])
        recipient = claim.recipient or taken_up(claim, claims, place, sides)
        recipient = recipient or _meant(claim, claims[:place], facing, sides)
        found.append(replace(claim, recipient=recipient) if recipient != claim.recipient else claim)
    return tuple(found)


def _main_pair(facing: Sequence[_Facing]) -> tuple[str, ...]:
    """Return the two sides that the report sets face to face most often, if no others as often."""
    counts = Counter(tuple(sorted((f.one, f.other))) for f in facing)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ()
    return ranked[0][0]


def _is_of_both(claim: Claim) -> bool:
    """Return whether a claim tells of a truce or a deal without saying whose: 'the ceasefire took effect'."""
    return not claim.actor and any(mark.partition(".")[0] in ("ceasefire", "agreement") for mark in claim.marks)


def _meant(claim: Claim, before: Sequence[Claim], facing: Sequence[_Facing], sides: _Sides) -> tuple[str, ...]:
    mine = {sides.of(i) for i in claim.actor}
    if _is_mediation(claim) and mine:
        return _parties_near(claim, facing, mine)
    if claim.event is EventType.ACCUSE and mine and _verb(claim) in _HITTING_BACK:
        return _who_blamed(claim, before, mine, sides)
    if claim.event is EventType.SANCTION and mine:
        return _as_beside(claim, before) or _opponent(facing, mine) or sides.home(mine)
    if len(mine) != 1 or not all(sides.is_party(i) for i in mine):
        return ()
    if claim.event in _DONE_TO_THE_SAME and (same := _as_beside(claim, before)):
        return same
    if claim.event is EventType.AGREE and (promised := _promised(claim, before, facing, mine)):
        return promised
    if claim.event is EventType.REJECT and (refused := _refused(claim, before, facing, sides)):
        return refused
    if claim.event is EventType.THREATEN and _verb(claim) not in _VOWING:
        return _opponent(_known_by(facing, claim), mine)
    if claim.event is EventType.ASSAULT and not claim.casualties and _is_struck(claim):
        return _opponent(_known_by(facing, claim), mine)
    signed = any(mark.startswith("signature.") for mark in claim.marks)
    if _ANSWERS & set(claim.marks) and not signed and not _is_own_offer(claim):
        return _who_put_it(claim, before, mine, sides)
    return ()


def _promised(claim: Claim, before: Sequence[Claim], facing: Sequence[_Facing], mine: set[str]) -> tuple[str, ...]:
    """Return to whom talks are proposed, or whom the actor met or made amends to in the verb before."""
    if "talks.proposed" in claim.marks and _verb(claim) in _PROPOSING:
        return _opponent(_known_by(facing, claim), mine)
    return _as_told(claim, before)


def _is_own_offer(claim: Claim) -> bool:
    """Return whether a promise answers nobody: 'promised to rebuild it', 'is committed to the deal'."""
    plain = "position.acceptance" not in claim.marks or _verb(claim) in ("be", "remain", "stay")
    return claim.event is EventType.AGREE and plain


def _refused(claim: Claim, before: Sequence[Claim], facing: Sequence[_Facing], sides: _Sides) -> tuple[str, ...]:
    """Return who asked for what is refused, else the other side, else who complains of it; nobody for a journey not made."""
    mine = {sides.of(i) for i in claim.actor}
    if not _is_break(claim):
        return _who_complains(claim, facing, mine, sides)
    if _verb(claim) in _TRAVELLING or (claim.negated and _verb(claim) == "rule"):
        return ()
    return _who_put_it(claim, before, mine, sides) or _opponent(_known_by(facing, claim), mine)


def _is_struck(claim: Claim) -> bool:
    """Return whether an attack is on a thing of war, which is the other side's: 'bombed a radar station'."""
    return any(_OF_WAR.search(claim.words.get(role, "")) for role in ("object", "on", "at", "against"))


def _known_by(facing: Sequence[_Facing], claim: Claim) -> Sequence[_Facing]:
    """Return the sides set face to face by a sentence no later than a claim, or again and again."""
    counts = Counter(frozenset((f.one, f.other)) for f in facing)
    here = claim.evidence.sentence
    return [f for f in facing if f.sentence <= here or counts[frozenset((f.one, f.other))] > 1]


def _opponent(facing: Sequence[_Facing], mine: set[str]) -> tuple[str, ...]:
    """Return whom the report sets against a side most often, if no other as often."""
    others = Counter(f.other if f.one in mine else f.one for f in facing if len({f.one, f.other} & mine) == 1)
    ranked = others.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ()
    return (ranked[0][0],)


def _is_break(claim: Claim) -> bool:
    """Return whether a refusal is one to the other side, not of a text, a truce of one's own or a meeting of many."""
    own = any(mark.partition(".")[0] in ("signature", "ceasefire") for mark in claim.marks)
    return not own and _verb(claim) not in _OF_MANY and claim.words.get("link") != "relative"


def _verb(claim: Claim) -> str:
    return (claim.words.get("verb", "").split() or [""])[0]


def _repeated(claim: Claim, before: Sequence[Claim]) -> Claim:
    """Return a claim that says only 'that message' with whom and what the demand told before was about."""
    if claim.event is not EventType.REQUEST or claim.recipient or not _TOLD_AGAIN.fullmatch(claim.content or ""):
        return claim
    for past in reversed(before):
        if claim.evidence.sentence - past.evidence.sentence > _REACH:
            break
        if past.event is EventType.REQUEST and past.recipient and past.content:
            return replace(claim, recipient=past.recipient, content=past.content)
    return claim


def _by_whom_asked(claim: Claim, before: Sequence[Claim]) -> Claim:
    """'Arnor pressed the rebels to pull back. They refused': nobody refuses his own demand, but whom he asked does."""
    subject = claim.words.get("subject", "").lower()
    if claim.event is not EventType.REJECT or claim.negated or subject not in ("he", "she", "it", "they") or not before:
        return claim
    past = before[-1]
    near = 0 <= claim.evidence.sentence - past.evidence.sentence <= 1
    asks = past.event is EventType.REQUEST and past.recipient and not set(past.recipient) & set(past.actor)
    if near and asks and claim.actor and set(claim.actor) <= set(past.actor):
        return replace(claim, actor=past.recipient, recipient=past.actor)
    return claim


def _who_blamed(claim: Claim, before: Sequence[Claim], mine: set[str], sides: _Sides) -> tuple[str, ...]:
    """'The rebels hit back that he had armed nomads': at who blamed them before."""
    for past in reversed(before):
        if claim.evidence.sentence - past.evidence.sentence > _REACH:
            return ()
        blamed = {sides.of(i) for i in past.recipient}
        if past.event is EventType.ACCUSE and mine & blamed and not mine & {sides.of(i) for i in past.actor}:
            return past.actor
    return ()


def _with_doers(claims: Sequence[Claim]) -> list[Claim]:
    """'Hunters raided the hamlet. Twelve herders were killed': who attacked in the sentence before, where only one did."""
    given: list[Claim] = []
    for claim in claims:
        doer = _attacked_before(claim, given)
        given.append(replace(claim, actor=doer) if doer else claim)
    return given


def _attacked_before(claim: Claim, before: Sequence[Claim]) -> tuple[str, ...]:
    plain = claim.event is EventType.ASSAULT and not claim.actor and not claim.negated and claim.recipient
    if not plain or claim.words.get("link") != "root" or claim.words.get("by") or claim.place is not None:
        return ()
    if claim.date.phrase is not None or claim.status is not Status.OCCURRED:
        return ()
    here = claim.evidence.sentence
    near = [p for p in before if here - p.evidence.sentence <= 1]
    attacks = [p for p in near if p.event is EventType.ASSAULT and p.status is Status.OCCURRED and not p.negated]
    told = [p for p in near if here - p.evidence.sentence == 1]
    if not attacks or not told or told[-1] is not attacks[-1] or len({p.actor for p in attacks}) != 1:
        return ()
    past = attacks[-1]
    hit = set(past.recipient) - set(claim.recipient)
    return past.actor if len(past.actor) == 1 and not hit and not set(past.actor) & set(claim.recipient) else ()


def _is_mediation(claim: Claim) -> bool:
    return claim.event is EventType.SUPPORT and any(mark == "talks.mediate" for mark in claim.marks)


def _parties_near(claim: Claim, facing: Sequence[_Facing], mine: set[str]) -> tuple[str, ...]:
    """Return the two sides told nearest to a mediation, before it rather than after."""
    here = claim.evidence.sentence
    others = [f for f in facing if not {f.one, f.other} & mine and abs(f.sentence - here) <= _NEAR]
    if not others:
        return ()
    nearest = min(others, key=lambda f: (abs(f.sentence - here), f.sentence > here, f.one, f.other))
    return tuple(sorted((nearest.one, nearest.other)))


def _as_beside(claim: Claim, before: Sequence[Claim]) -> tuple[str, ...]:
    """Return whom the actor acts against in the verb before: 'accused Y of spying and recalled its ambassador'."""
    for past in reversed(before):
        if past.evidence.sentence != claim.evidence.sentence or claim.words.get("link") != "conjunct":
            return ()
        hostile = past.event in _DONE_TO_THE_SAME or past.event is EventType.ACCUSE
        if hostile and past.actor == claim.actor and past.recipient:
            return past.recipient
    return ()


def _who_complains(claim: Claim, facing: Sequence[_Facing], mine: set[str], sides: _Sides) -> tuple[str, ...]:
    """'Gondor's delegate said that Rohan had again refused a truce': who says so of the other side was refused."""
    says = next((sides.of(link.speaker) for link in claim.attribution if link.speaker is not None), None)
    faced = any({f.one, f.other} == {says, *mine} for f in facing)
    return (says,) if says is not None and says not in mine and sides.is_party(says) and faced else ()


def _as_told(claim: Claim, before: Sequence[Claim]) -> tuple[str, ...]:
    """Return whom the actor met, or made amends to, in the verb before: 'apologised to X and offered to pay'."""
    if claim.words.get("link") != "conjunct":
        return ()
    here = [p for p in before if p.evidence.sentence == claim.evidence.sentence and claim.actor == p.actor]
    return here[-1].recipient if here and here[-1].event in _COURTEOUS else ()


def _who_put_it(claim: Claim, before: Sequence[Claim], mine: set[str], sides: _Sides) -> tuple[str, ...]:
    """Return who last demanded, offered or threatened something of the actor, in this sentence or the two before."""
    for past in reversed(before):
        if claim.evidence.sentence - past.evidence.sentence > _REACH:
            return ()
        asked = {sides.of(i) for i in past.recipient}
        if past.event in _PUT and mine & asked and not mine & {sides.of(i) for i in past.actor}:
            return past.actor
    return ()


def _facing(claims: Sequence[Claim], sides: _Sides) -> list[_Facing]:
    found: list[_Facing] = []
    for claim in claims:
        actors = tuple(dict.fromkeys(sides.of(i) for i in claim.actor if sides.is_party(sides.of(i))))
        recipients = tuple(dict.fromkeys(sides.of(i) for i in claim.recipient if sides.is_party(sides.of(i))))
        pair = (*actors, *recipients)
        opposed = not (recipients and claim.event in _FRIENDLY) and not _is_mediation(claim)
        called = tuple(sorted(set(recipients)))
        if claim.event is EventType.REQUEST and len(called) == 2 and _TRUCES.search(claim.content or ""):
            # who calls for a truce may be no side, but the two called upon are
            found += [_Facing(sentence=claim.evidence.sentence, one=called[0], other=called[1])] * _CALLED
        if len(pair) == 2 and len(set(pair)) == 2 and actors and opposed:
            found.append(_Facing(sentence=claim.evidence.sentence, one=pair[0], other=pair[1]))
    return found


class _Sides:
    """The side that an entity belongs to: a force's state, a spokesman's group; who mediates is on none."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast

    def of(self, identity: str) -> str:
        return self._cast.part_of(identity) or self._cast.camp_of(identity) or identity

    def is_named(self, identity: str) -> bool:
        """Return whether somebody has a name of his own, or is the army or police of one who has."""
        owned = identity in self._cast and self._cast.part_of(identity) is not None
        return identity in self._cast and (identity not in self._cast.nameless or owned)

    def is_armed(self, identity: str) -> bool:
        """Return whether somebody, with a name or without, bears arms."""
        return identity in self._cast and bool({"MIL", "COP", "REB", "UAF"} & set(self._cast.sectors(identity)))

    def home(self, mine: set[str]) -> tuple[str, ...]:
        """Return the report's own country, where it is another than the one that acts."""
        home = self._cast.home
        return (home,) if home is not None and home not in mine and home in self._cast else ()

    def is_party(self, identity: str) -> bool:
        known = identity in self._cast and identity not in self._cast.third
        return known and self._cast.kind(identity) in _PARTIES and identity not in self._cast.nameless
