"""Sentences that announce harm on a condition -> who threatens whom, whether or not a claim does: 'should they fire, we will …'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model import Claim, EventType, Evidence, Kind, When
from dragoman.process.facts import Facts

_CONDITION = re.compile(
    r"(?:\b(?:if|unless|whoever|anyone who|those who|whichever (?:side|party)|any (?:side|party|group|country|state) that|the moment|failing which"  # noqa: E501
    r"|any (?:such )?(?:move|breach|violation|attack|intervention|attempt|aggression"
    r"|military \w+|incursion|force))\b"
    r"|(?:(?<=\A)|(?<=[“\"])|(?<=But )|(?<=but )|(?<=And )|(?<=, ))[Ss]hould(?= [\w’'-]+)"
    r"|\bshould(?= (?:[A-Z][\w’'-]+|the \w+|it|they|he|she) be\b))[^,;.\"”]+",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:will|would|shall|’ll|'ll|threaten(?:ed|s|ing)? to|(?:is|are|was|were) (?:ready|prepared) to)\b"
    r"(?! (?:not|never)\b(?! hesitate))"
)
_REFUSES = re.compile(r"\b(?:will|would|shall) not (?:travel|attend|come|go|take part|sit|return|join|send|meet)\b")
_FOLLOWS = re.compile(r"(?:will|would|shall) (?:follow|ensue|come next|be the answer|be our answer|be launched)\b")
_PHRASE = re.compile(r"[;:\"“”]|,(?= )|\b(?:and|but)\b")
_YIELDS = re.compile(r"(?:would|will|shall) (?:also )?(?:halt|stop|end|free|release|withdraw|lift|cease)\b")
_PASSIVE = re.compile(
    r"\b(?:will|would|shall) (?:\w+ )?be (?:\w+ )?(?:\w+ed|met|shot|sent|hit|cut|held|driven|thrown)\b"
)
_SAYS = re.compile(r"\b(?:warn\w*|threaten\w*|said|says|told|added|vow\w*|declared|replied|wrote)\b")
_CUT = re.compile(r"\b(?:that|and|but)\b|[,;:\"“”]")
_GENERAL = re.compile(
    r"whoever|anyone|whichever|those who|failing|any (?:side|party|group|country|state) that", re.IGNORECASE
)
_DEMANDED = re.compile(r"\b(?:to|must|should|that) (?P<act>[^;]+?),?\s*\Z")
_END = re.compile(r"[,;.\"”]")
_OWN_MEN = re.compile(r"\b(?:his|her|their|its) [\w-]+ \Z")
_PRONOUNS = frozenset("it they he she we this that these those you".split())
_FIRST = re.compile(r"\b(?:we|our|us|I|my)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldThreat:
    """Who threatens whom on which condition with what, by a sentence."""

    party: str
    against: tuple[str, ...]
    condition: str
    consequence: str
    deadline: When | None
    evidence: Evidence


def told_threats(claims: Sequence[Claim], facts: Facts) -> tuple[ToldThreat, ...]:
    """Return the threats that the report's sentences make."""
    found = (_threat(sentence, claims, facts) for sentence in facts.sentences)
    return tuple(threat for threat in found if threat is not None)


def _threat(sentence: Evidence, claims: Sequence[Claim], facts: Facts) -> ToldThreat | None:
    text = sentence.text
    condition = _CONDITION.search(text)
    if condition is None or text.rstrip('"” ').endswith("?"):
        return None
    general = _GENERAL.match(condition.group())
    own = _MODAL.search(text, condition.start(), condition.end()) if general else None
    stop = own.start() if own else condition.end()
    rest = (text[: condition.start()], text[stop:])
    modals = [m for part, at in ((rest[0], 0), (rest[1], stop)) for m in _shifted(part, at)]
    inside = condition.group().lower().startswith("any ") and _MODAL.search(condition.group())
    modal = next((at for at in modals if at > condition.start()), modals[0] if modals else None)
    due = facts.time_in(condition.group(), "until")
    staying = (
        _REFUSES.search(text) if modal is None and due and condition.group().lower().startswith("unless") else None
    )
    modal = staying.start() if staying else modal
    if modal is None and inside:
        modal = condition.start() + inside.start()
    if modal is None:
        return None
    consequence = text[modal : condition.start()] if modal < condition.start() else text[modal:]
    if _YIELDS.match(consequence) and not facts.has(consequence, "menaces"):
        return None
    if _FOLLOWS.match(consequence) or _PASSIVE.match(consequence):
        consequence = _whole(text, modal, condition.start()) + consequence
    if staying is None and not _harms(consequence, text[condition.start() : stop], facts):
        return None
    failing = condition.group().lower().startswith("failing")  # 'failing which it will': the subject stands in it
    party = _party(sentence, modal, (condition.start(), condition.start() if failing else stop), claims, facts)
    if party is None or (not facts.may_be_party(party) and facts.kind(party) is not Kind.IGO):
        return None
    return ToldThreat(
        party=party,
        against=_against(sentence, condition, party, facts),
        condition=_on_what(text, condition, stop),
        consequence=_END.split(consequence.strip(' ,."”'), maxsplit=1)[0] if staying else consequence.strip(' ,."”'),
        deadline=due,
        evidence=sentence,
    )


def _whole(text: str, modal: int, condition: int) -> str:
    """Return the subject of what will be done or will follow: 'The lines that run to the city' will be cut."""
    floor = max((m.end() for m in _PHRASE.finditer(text[:modal]) if m.end() <= modal), default=0)
    whole = text[max(floor, text.find(",", condition, modal) + 1 if condition < modal else 0) : modal].lstrip()
    return "" if whole.strip().lower() in _PRONOUNS else whole


def _on_what(text: str, condition: re.Match[str], stop: int) -> str:
    """Return on what a threat hangs: its 'if', or the demand before 'failing which'."""
    demanded = _DEMANDED.search(text[: condition.start()]) if condition.group().lower().startswith("failing") else None
    return demanded.group("act") if demanded else text[condition.start() : stop].strip()


def _shifted(part: str, at: int) -> list[int]:
    return [at + m.start() for m in _MODAL.finditer(part)]


def _harms(consequence: str, condition: str, facts: Facts) -> bool:
    """Return whether what is announced is harm, or an answer to an attack."""
    if facts.has(_END.split(consequence, maxsplit=1)[0], "menaces"):
        return True
    if re.match(r"any\b", condition, re.IGNORECASE) and facts.has(consequence, "answers"):
        return True
    return (
        not condition.lower().startswith("unless")
        and facts.has(condition, "shooting")
        and facts.has(consequence, "answers")
    )


def _party(
    sentence: Evidence, modal: int, condition: tuple[int, int], claims: Sequence[Claim], facts: Facts
) -> str | None:
    """Return who threatens: who will do it; the speaker where it is told in the passive or of those who meet the condition."""
    text = sentence.text
    clause = max((m.end() for m in _CUT.finditer(text[:modal])), default=0)
    named = facts.ids_between(sentence.start + clause, sentence.start + modal)
    passive = _PASSIVE.match(text, modal) is not None or _suffers(text[modal:], facts)
    within = condition[0] <= clause < condition[1] or condition[0] <= modal < condition[1]
    first = _FIRST.search(text[clause:modal]) is not None
    men = _OWN_MEN.search(text[clause:modal])
    if (
        named
        and not men
        and not passive
        and not within
        and (first or facts.may_be_party(named[0]) or facts.kind(named[0]) is Kind.IGO)
    ):
        return facts.for_side(named[0]) if first else facts.voice(named[0])
    speaker = _speaker(sentence, claims, facts)
    if speaker is None:
        speaker = _force_told(sentence, facts)
    if speaker is None:
        speaker = _issuer(sentence, facts)
    return (
        facts.for_side(speaker)
        if speaker and (first or (men and not passive) or facts.speaks_for(speaker))
        else speaker
    )


def _force_told(sentence: Evidence, facts: Facts) -> str | None:
    """Return the one army of the report where a sentence has an army's staff speak that has no name: 'the general staff told'."""
    verb = _SAYS.search(sentence.text)
    if verb is None or not facts.has(sentence.text[: verb.start()].rsplit(",", 1)[-1], "armies"):
        return None
    forces = [i for i, e in facts.entities.items() if facts.has(e.name, "armies")]
    return forces[0] if len(forces) == 1 else None


def _suffers(consequence: str, facts: Facts) -> bool:
    """Return whether the harm is to who is named as its subject: 'would pay a price'."""
    return re.match(r"\w+ (?:\w+ )?", consequence) is not None and facts.has(
        " ".join(consequence.split()[:4]), "suffering"
    )


def _issuer(sentence: Evidence, facts: Facts) -> str | None:
    """Return who is 'we' in a sentence, or in the whole report where it is a side's own statement."""
    mine = [(s, i) for s, e, i in facts.mentions if _FIRST.fullmatch(facts.text[s:e])]
    here = [i for s, i in mine if sentence.start <= s < sentence.end]
    (most, count), *_ = Counter(i for _, i in mine).most_common(1) or [("", 0)]
    return here[0] if here else most if count > 2 else None


def _speaker(sentence: Evidence, claims: Sequence[Claim], facts: Facts) -> str | None:
    """Return who says a sentence: by its claims, else by 'X warned' in it, else as the last speaker before it."""
    here = [c for c in claims if c.evidence.sentence == sentence.sentence]
    named = set(facts.ids_between(sentence.start, sentence.end))
    threat = next((c.actor[0] for c in here if c.event is EventType.THREATEN and named & set(c.actor)), None)
    said = threat or next((link.speaker for c in here for link in reversed(c.attribution) if link.speaker), None)
    if said is not None:
        return said
    for near in (sentence, *facts.near(sentence.sentence - 1), *facts.near(sentence.sentence + 1)):
        verb = _SAYS.search(near.text)
        if verb is None:
            continue
        opened = max(near.text.rfind(mark, 0, verb.start()) for mark in '"”')
        before = facts.ids_between(near.start + opened + 1, near.start + verb.start())
        told = verb.group().lower() == "told"
        after = () if told else facts.ids_between(near.start + verb.end(), near.start + verb.end() + 40)
        if told and near is sentence and facts.has(near.text[: verb.start()].rsplit(",", 1)[-1], "armies"):
            return _force_told(near, facts)
        chosen = (before[:1] or after[:1]) if opened >= 0 else (before[-1:] or after[:1])
        if chosen:
            return chosen[0]
    return None


def _against(sentence: Evidence, condition: re.Match[str], party: str, facts: Facts) -> tuple[str, ...]:
    """Return whom a threat is against: who would bring it about, else whom the harm would meet."""
    if re.match(r"whichever", condition.group(), re.IGNORECASE):
        return facts.pair
    said = [i for _, e, i in facts.mentions_between(sentence.start, sentence.end) if _SAYS.match(facts.text, e + 1)]
    own = {party, facts.sides.get(party, party), *said}
    for modal in _MODAL.finditer(sentence.text):
        if _suffers(sentence.text[modal.start() :], facts):
            return tuple(i for i in _subject(sentence, modal.start(), facts) if i not in own)
    told = re.search(r"\b(?:told|warned) (?:the )?(?=[A-Z])", sentence.text)
    addressed = facts.ids_between(sentence.start + told.end(), sentence.start + told.end() + 40) if told else ()
    if addressed and facts.may_be_party(addressed[0]) and addressed[0] not in own:
        return addressed[:1]
    stop = re.compile(r"[,;.]").search(sentence.text, condition.end() + 2)
    spans = ((condition.start(), condition.end()), (condition.end(), stop.start() if stop else len(sentence.text)))
    for start, end in spans:
        for i in facts.ids_between(sentence.start + start, sentence.start + end):
            named = (
                start != condition.end() or facts.entities[i].name in sentence.text if i in facts.entities else False
            )
            if (
                named
                and facts.may_be_party(i)
                and i not in own
                and facts.sides.get(i, i) not in own
                and not facts.is_nobody(i)
            ):
                return (i,)
        if re.match(r"(?:any|whoever|anyone)\b", condition.group(), re.IGNORECASE):
            return ()
    return ()


def _subject(sentence: Evidence, end: int, facts: Facts) -> tuple[str, ...]:
    """Return who is the subject of the words of harm before a condition."""
    clause = max((m.end() for m in _CUT.finditer(sentence.text[:end])), default=0)
    return facts.ids_between(sentence.start + clause, sentence.start + end)
