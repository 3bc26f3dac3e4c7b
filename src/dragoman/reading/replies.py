"""What an act takes up that was told before: 'welcomed the move', 'turned it down', 'claimed the attack', 'as X had demanded'."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from dragoman.model import Claim, EventType

Side = Callable[[str], str]

_REACH = 2  # sentences: what lies further back is not taken up
_HELD = 12  # sentences: captives that are freed were taken so far back at most
_DEED = frozenset({
    EventType.AGREE, EventType.CONCEDE, EventType.RETREAT, EventType.COERCE, EventType.SANCTION, EventType.REJECT,
    EventType.MOBILIZE, EventType.AID, EventType.ASSAULT, EventType.THREATEN, EventType.COOPERATE,
})  # fmt: skip
_OFFER = frozenset({EventType.AGREE, EventType.REQUEST, EventType.CONCEDE})
_PROPER = frozenset({EventType.AGREE, EventType.CONCEDE})  # an offer is one of these sooner than a demand
_DEMAND = frozenset({EventType.REQUEST, EventType.THREATEN, EventType.AGREE})
_FORCE = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.COERCE})
_YIELDING = frozenset({EventType.AGREE, EventType.CONCEDE, EventType.RETREAT, EventType.AID, EventType.SANCTION})
_HARM = frozenset({
    EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.REJECT, EventType.MOBILIZE, EventType.THREATEN,
})  # fmt: skip
_NEWS = _YIELDING | {EventType.REJECT, EventType.COERCE}
_NOUNS: Mapping[str, frozenset[EventType]] = {
    **dict.fromkeys("proposal initiative suggestion offer overture invitation".split(), _OFFER),
    **dict.fromkeys("demand call request appeal plea condition ultimatum deadline order".split(), _DEMAND),
    **dict.fromkeys("move step decision gesture action measure moves measures".split(), _DEED),
    **dict.fromkeys("accusation accusations allegation allegations charges".split(), frozenset({EventType.ACCUSE})),
    **dict.fromkeys("threat warning threats warnings".split(), frozenset({EventType.THREATEN})),
    **dict.fromkeys("refusal rejection".split(), frozenset({EventType.REJECT})),
    **dict.fromkeys(
        "launch strike strikes attack attacks raid raids invasion bombing shelling killing".split(), _FORCE
    ),
    **dict.fromkeys("arrest arrests detention ban blockade closure curfew expulsion".split(), _HARM),
    **dict.fromkeys("release withdrawal pullout amnesty pardon".split(), _YIELDING),
}  # what each noun may stand for
_PRONOUNS: Mapping[EventType, frozenset[EventType]] = {
    EventType.REJECT: _OFFER,
    EventType.AGREE: _OFFER,
    EventType.SUPPORT: _YIELDING,
    EventType.ACCUSE: _HARM,
}  # what 'it' or 'that' stands for, by what is done to it
_ABOUT: Mapping[EventType, frozenset[EventType]] = {
    EventType.REJECT: frozenset(EventType),
    EventType.AGREE: _OFFER | _DEMAND,
    EventType.SUPPORT: _NEWS | _OFFER,
    EventType.ACCUSE: frozenset(EventType),
}  # what may be told before that is refused, accepted, hailed, condemned
_HAILING = frozenset("welcome hail praise applaud commend greet salute laud cheer endorse back support".split())
_BLAMING = frozenset("accuse blame charge sue suspect fault".split())  # 'it' is a body then, no act
_ANSWERS = frozenset({"position.acceptance", "position.refusal"})
_OBJECT = re.compile(
    r"(?P<pronoun>it|that|this|which)(?: as .*)?$|(?:the|that|this|such an?|its|his|her|their|an?) (?:\w+ ){0,2}?(?P<noun>\w+)$",
    re.IGNORECASE,
)
_HARMED = re.compile(
    r"(?:the|this|that) (?:\w+ ){0,2}?"
    r"(?:arrest|killing|murder|abduction|kidnapping|detention|assassination|execution|shooting)s? of\b",
    re.IGNORECASE,
)
_ANSWERED = frozenset({"accept", "refuse", "agree", "decline", "reject"})
_OWNING_UP = frozenset({"claim", "claim responsibility", "own up to", "take responsibility"})
_AMENDS = re.compile(
    r"(?:an?|the|its|their|his|immediate|full|public|formal|official) (?:\w+ ){0,2}?"
    r"(?:apology|explanation|compensation|reparations|inquiry|return|release|withdrawal)\b",
    re.IGNORECASE,
)
_AS_ASKED = re.compile(r"as\b", re.IGNORECASE)


class Sides(Protocol):
    """What is asked of entities: the side that one is of, and whether it has a name of its own."""

    def of(self, identity: str) -> str: ...

    def is_named(self, identity: str) -> bool: ...

    def is_armed(self, identity: str) -> bool: ...


def taken_up(claim: Claim, claims: Sequence[Claim], place: int, sides: Sides) -> tuple[str, ...]:
    """Return whose act, told before or in passing, the claim at a place takes up, so that it is meant for him."""
    before, of = claims[:place], sides.of
    if claim.event is EventType.ASSAULT:
        return _whom_it_hit(claim, before)
    mine = {of(i) for i in claim.actor}
    if claim.event is EventType.REQUEST:
        return _who_obeys(claim, before, mine, of) or _who_owes(claim, before, mine, of)
    wanted = _stands_for(claim)
    narrow = wanted & _PROPER if wanted <= _OFFER else wanted
    past = _last(claim, before, narrow, mine, of) or _last(claim, before, wanted, mine, of)
    if past is not None and len(past.actor) == 1:
        armed = claim.event is EventType.ACCUSE and sides.is_armed(past.actor[0])  # 'condemned the raid' of the police
        if armed or sides.is_named(past.actor[0]):
            return past.actor
    return _in_passing(claim, claims, mine, of) if claim.event is EventType.ACCUSE else ()


def _in_passing(claim: Claim, claims: Sequence[Claim], mine: set[str], of: Side) -> tuple[str, ...]:
    """'condemned the arrest of X, whom agents of Gondor took from her home': who did it, by the relative clause."""
    harm = _HARMED.match(claim.words.get("object", ""))
    here = (c for c in claims if c.evidence.sentence == claim.evidence.sentence and c.words.get("link") == "relative")
    done = [c for c in here if c.event in _HARM and c.actor and not mine & {of(i) for i in c.actor}]
    return done[0].actor if harm and len(done) == 1 else ()


def with_captors(claims: Sequence[Claim]) -> list[Claim]:
    """Give a release that names nobody ('they were freed on Monday') to who took these captives, by an earlier sentence or this."""
    given: list[Claim] = []
    for place, claim in enumerate(claims):
        freed = not claim.actor and "release" in claim.modes and claim.recipient
        captor = _captor(claim, claims[:place]) if freed else ()
        given.append(replace(claim, actor=captor) if captor else claim)
    return given


def _captor(claim: Claim, before: Sequence[Claim]) -> tuple[str, ...]:
    for past in reversed(before):
        if claim.evidence.sentence - past.evidence.sentence > _HELD:
            return ()
        held = past.event in (EventType.ASSAULT, EventType.COERCE) and {"abduct", "arrest", "seize"} & set(past.modes)
        if (held or "release" in past.modes) and past.actor and set(past.recipient) & set(claim.recipient):
            return past.actor
    return ()


def _stands_for(claim: Claim) -> frozenset[EventType]:
    """Return what types of act the object of a claim may stand for; none where it names something of its own."""
    verb = claim.words.get("verb", "").split()[0]
    about = _ABOUT.get(claim.event, frozenset())
    if claim.event is EventType.AGREE and "position.acceptance" not in claim.marks:
        return frozenset()
    if claim.event is EventType.SUPPORT and verb not in _HAILING:
        return frozenset()
    told = claim.words.get("object")
    if told is None:
        bare = verb in _ANSWERED and "to" not in claim.words and _is_bare(claim)
        return _PRONOUNS.get(claim.event, frozenset()) if bare else frozenset()
    found = _OBJECT.match(told)
    if found is None:
        return frozenset()
    if found.group("pronoun"):
        return _PRONOUNS.get(claim.event, frozenset()) if verb not in _BLAMING else frozenset()
    return about & _NOUNS.get(found.group("noun").lower(), frozenset())


def _is_bare(claim: Claim) -> bool:
    """Return whether nothing follows the verb: 'The emir has accepted.'"""
    last = claim.words.get("clause", "").rstrip(" .,;").split()[-1:]
    return bool(last) and last[0].lower() in ("accepted", "refused", "agreed", "declined")


def _last(
    claim: Claim, before: Sequence[Claim], wanted: frozenset[EventType], mine: set[str], of: Side
) -> Claim | None:
    """Return the last act of one of these types that another side did, in this sentence or shortly before."""
    for past in reversed(before):
        if claim.evidence.sentence - past.evidence.sentence > _REACH:
            return None
        others = past.actor and not mine & {of(i) for i in past.actor}
        if past.event in wanted and others and not _ANSWERS & set(past.marks):
            return past
    return None


def _whom_it_hit(claim: Claim, before: Sequence[Claim]) -> tuple[str, ...]:
    """'The Front claimed the attack': its victims were told before."""
    attack = claim.words.get("for") or claim.words.get("object", "")
    if claim.words.get("verb") not in _OWNING_UP or not attack.lower().startswith(("the ", "that ", "this ")):
        return ()
    near = [p for p in before if claim.evidence.sentence - p.evidence.sentence <= _REACH]
    hit = [p for p in near if p.event is EventType.ASSAULT and p.recipient and not set(p.recipient) & set(claim.actor)]
    return hit[0].recipient if hit else ()  # the attack that the report begins with, not the answer to it


def _who_obeys(claim: Claim, before: Sequence[Claim], mine: set[str], of: Side) -> tuple[str, ...]:
    """'Ostra left the valley, as X had demanded': who does it was asked."""
    if not _AS_ASKED.match(claim.words.get("clause", "")) or len(claim.words) > _BARE_WORDS:
        return ()
    here = [p for p in before if p.evidence.sentence == claim.evidence.sentence and p.words.get("link") == "root"]
    done = [p for p in here if p.actor and not mine & {of(i) for i in p.actor}]
    return done[-1].actor if done else ()


def _who_owes(claim: Claim, before: Sequence[Claim], mine: set[str], of: Side) -> tuple[str, ...]:
    """'The North demanded an apology': of who did it harm just before."""
    if not _AMENDS.match(claim.words.get("object", "")):
        return ()
    for past in reversed(before):
        if claim.evidence.sentence - past.evidence.sentence > 1:
            return ()
        hurt = mine & {of(i) for i in past.recipient}
        if past.event in _HARM and len(past.actor) == 1 and hurt and of(past.actor[0]) not in mine:
            return past.actor
    return ()


_BARE_WORDS = 6  # roles: a clause with no more than its subject and what every claim has
