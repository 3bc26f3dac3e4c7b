"""What claims and sentences say of the truces of a report: agreed, asked for, kept, broken, over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.model import Claim, EventType, Evidence, Kind, Status, When
from dragoman.process.agreements import signers
from dragoman.process.documents import documents, is_term
from dragoman.process.facts import Facts, clause_text, known, marked, own_text, verb_of
from dragoman.process.truces_told import era_of, told_truces, truce_named

_BY_MARK = {"proposed": "proposed", "agreed": "agreed", "declared": "agreed"}
_ASIDE = re.compile(r"\s(?:once|until|if|when|unless|after|because|that|which|who|as long as|before)\s.*", re.DOTALL)
_NOT = re.compile(r"\b(?:not|never|denied|denies)\b|n't\b")
_DESPITE = re.compile(
    r"\b(?:despite|in spite of|in violation of|in breach of|in defiance of|breach of|violation of"
    r"|(?:hours|minutes|days) after)\b[^.;]{0,40}"
    r"\b(?:truce|cease-?fire|armistice|cessation of hostilities)",
    re.IGNORECASE,
)
WHOEVER = re.compile(r"\b(?:whichever|whoever|anyone who|those who|those that|any side|any party|either side that)\b")
_EACH_OTHER = re.compile(
    r"\b(?:each other|one another|traded (?:accusations|charges|blame)|each (?:side |party )?(?:had |has )?accused the other)\b"
)
_SAID_ON = re.compile(r"\b(?:said|announced|declared|told [\w ]{3,20}) (on [A-Z]\w+day)\b")
_BACK = frozenset({"it", "this", "that", "which", "them"})
_NEGATED = {
    "holding": "violated",
    "in_force": "unknown",
    "agreed": "rejected",
    "violated": "holding",
    "ended": "holding",
}
TOLD = frozenset({"ended", "holding", "violated", "extended", "in_force"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one claim, or a sentence without one, says of a truce. ``firm``: it is no side's complaint."""

    claim: Claim | None
    evidence: Evidence
    status: str
    era: str
    parties: tuple[str, ...]
    firm: bool = True
    declared: When | None = None


def truce_words(claims: Sequence[Claim], facts: Facts) -> list[Word]:
    """Return what is said of truces."""
    words = [word for claim in claims if (word := _word(claim, facts)) is not None]
    words += _signed(claims, facts, {word.claim.id for word in words if word.claim})
    words += _broken(claims, words, facts)
    words = [w for w in words if not _is_refused_too(w, words) and not _is_outside(w, facts)]
    words += _told(words, facts)
    return _coherent(words, facts)


def _told(words: list[Word], facts: Facts) -> list[Word]:
    """Return what sentences say of a truce that no claim of theirs says."""
    said = {(word.evidence.sentence, word.status) for word in words}
    return [
        Word(
            claim=None, evidence=told.evidence, status=told.status, era=told.era,
            parties=facts.parties(facts.sided(told.parties)), firm=told.firm, declared=told.declared,
        )
        for told in told_truces(facts)
        if (told.evidence.sentence, told.status) not in said
    ]  # fmt: skip


def _is_refused_too(word: Word, words: list[Word]) -> bool:
    """Return whether who agrees to a truce refuses it in the same sentence: then it is another's truce."""
    refused = (w for w in words if w.status == "rejected" and w.evidence.sentence == word.evidence.sentence)
    return word.status == "agreed" and any(set(word.parties) <= set(w.parties) for w in refused)


def _is_outside(word: Word, facts: Facts) -> bool:
    """Return whether somebody who is no side only calls for a truce, of nobody who is one."""
    claim = word.claim
    if claim is None or claim.event is not EventType.REQUEST or word.status != "proposed" or not facts.pair:
        return False
    return not set(facts.sided((*claim.actor, *claim.recipient))) & set(facts.pair)


def _coherent(words: list[Word], facts: Facts) -> list[Word]:
    """Return the words, each in the era of its sentence; where that names no truce, in that of the truce before it."""
    eras = {word.evidence.sentence: word.era for word in words if word.era != "now"}
    found = []
    for word in words:
        number = word.evidence.sentence
        named = truce_named(word.evidence, facts)
        if word.status in TOLD and (word.era == "now" or not named):
            told = eras.get(number) if named else eras.get(number - 1)
            word = replace(word, era=told or word.era)
        found.append(word)
    return found


def _broken(claims: Sequence[Claim], words: list[Word], facts: Facts) -> list[Word]:
    """Return a breach for each attack told with a truce in force, 'despite' it or 'since then'."""
    stands = {
        word.evidence.sentence: word.era
        for word in words
        if word.status == "in_force" or _DESPITE.search(word.evidence.text)
    }
    named = {s.sentence for s in facts.sentences if truce_named(s, facts)}
    stands |= {n + 1: stands.get(n, "now") for n in named if _since(n + 1, facts)}
    return [
        Word(
            claim=claim,
            evidence=claim.evidence,
            status="violated",
            era=stands[claim.evidence.sentence],
            parties=(*claim.actor, *claim.recipient),
            firm=not claim.attribution,
        )
        for claim in claims
        if claim.event is EventType.ASSAULT
        and not claim.negated
        and claim.evidence.sentence in stands
        and claim.status is Status.OCCURRED
        and not (claim.date.phrase or "").startswith("since")
    ]


def _since(number: int, facts: Facts) -> bool:
    """Return whether a sentence tells what went on since the one before it."""
    text = next((s.text for s in facts.near(number)), "")
    return re.search(r"(?:since then|ever since|since the (?:truce|cease-?fire))", text) is not None


def _is_complaint(claim: Claim) -> bool:
    return claim.event is EventType.ACCUSE or (bool(claim.attribution) and claim.event is not EventType.ASSAULT)


def _word(claim: Claim, facts: Facts) -> Word | None:
    text = own_text(claim)
    if claim.evidence.text.rstrip('"” ').endswith("?"):
        return None
    mark = marked(claim, "ceasefire.")
    if mark is not None and not _speaks_of_truce(claim, facts):
        return None
    status = _status_by_mark(claim, mark) if mark else _status_by_words(claim, _core(claim), facts)
    if status is None and marked(claim, "violation.") in ("alleged", "verified") and not claim.negated:
        status = "violated" if _is_after_truce(claim, facts) else None
    if status is None or is_term(claim, facts) or (status in TOLD and WHOEVER.search(claim.evidence.text)):
        return None
    if status == "agreed" and _is_answer_alone(claim, text, facts):
        status = "proposed"
    if status == "holding" and len(facts.parties(claim.actor)) == 1:
        status = "in_force"  # one side keeps to it
    if status == "agreed" and facts.has(f"{verb_of(claim)} {text}", "extending"):
        status = "extended"
    declared = claim.date if _is_declared(claim, status) else _announced(claim, status, facts)
    return Word(
        claim=claim,
        evidence=claim.evidence,
        status=status,
        era=_era(claim, text, declared, facts),
        parties=_parties(claim, facts),
        firm=not _is_complaint(claim),
        declared=declared,
    )


def _is_answer_alone(claim: Claim, text: str, facts: Facts) -> bool:
    """Return whether one side alone accepts what others proposed, or will sign once something is done."""
    if re.search(r"\b(?:principle|idea) of (?:a |the )?(?:truce|cease-?fire)\b", text):
        return True
    alone = len(facts.sided(facts.parties(claim.actor))) < 2 and not claim.recipient
    return alone and (bool(claim.condition) or re.search(r"\b(?:proposed|offered|drafted) by\b", text) is not None)


def _is_after_truce(claim: Claim, facts: Facts) -> bool:
    """Return whether the claim's sentence or one of the three before it names a truce."""
    near = range(claim.evidence.sentence - 3, claim.evidence.sentence + 1)
    return any(s.sentence in near and truce_named(s, facts) for s in facts.sentences)


def _is_declared(claim: Claim, status: str) -> bool:
    """Return whether a claim's day is that on which a truce was agreed or announced, not that of its start."""
    done = status == "agreed" and claim.status in (Status.OCCURRED, Status.HISTORICAL)
    starts = marked(claim, "ceasefire.") in ("in_force", "holding")
    return done and known(claim.date) and not starts and claim.date.latest is not None


def _announced(claim: Claim, status: str, facts: Facts) -> When | None:
    """Return the day on which a truce is said to have been agreed, where no other is told: 'has been reached, X said on Monday'."""
    told = _SAID_ON.search(claim.evidence.text)
    done = status == "agreed" and claim.status is Status.OCCURRED and not known(claim.date)
    return facts.time_in(told.group(1), "at", ahead=False) if told and done and claim.event is EventType.AGREE else None


def _speaks_of_truce(claim: Claim, facts: Facts) -> bool:
    """Return whether a marked claim names a truce or points back to one ('pledged to end the war' does not)."""
    text = _core(claim)
    mark = marked(claim, "ceasefire.")
    if mark == "in_force" and facts.has(f"{verb_of(claim)} {text}", "truces"):
        return True  # 'has ceased fire'
    if mark == "violated" or not text.strip():
        return True
    found = facts.where(text, "truces")
    if mark == "agreed" and found and facts.has(f"{verb_of(claim)} {text[: found.start()]}", "about_truces"):
        return False
    back = claim.words.get("subject", "").lower() in _BACK or claim.words.get("object", "").lower() in _BACK
    if mark == "holding" and not facts.has(text, "truces", "pauses"):
        return back
    return back or facts.has(text, "truces", "document_heads", "pauses")


def _core(claim: Claim) -> str:
    """Return the claim's own words without what hangs below them ('once a ceasefire is in place')."""
    return " | ".join(_ASIDE.sub("", part) for part in own_text(claim).split(" | "))


def _is_denied(claim: Claim) -> bool:
    """Return whether the clause itself says 'not': a truce that 'collapsed' was not observed, and that is no denial."""
    return _NOT.search(clause_text(claim)) is not None


def _status_by_mark(claim: Claim, mark: str) -> str | None:
    status = _BY_MARK.get(mark, mark)
    if claim.negated and not (
        claim.event is EventType.RETREAT and status in ("ended", "violated") and not _is_denied(claim)
    ):
        return _NEGATED.get(status) if status != "agreed" or claim.event is EventType.REJECT else None
    if claim.status is Status.HYPOTHETICAL and status == "agreed":
        return "proposed"
    if claim.status in (Status.FUTURE, Status.HYPOTHETICAL) and status in TOLD:
        return "agreed" if claim.status is Status.FUTURE and status in ("in_force", "holding") else None
    return status


def _status_by_words(claim: Claim, text: str, facts: Facts) -> str | None:
    halted = claim.event in (EventType.CONCEDE, EventType.AGREE) and _halts_fighting(claim, facts)
    if halted and not claim.negated and (claim.status is not Status.OCCURRED or facts.has(verb_of(claim), "offering")):
        return "proposed"
    mutual = claim.event is EventType.ACCUSE and _EACH_OTHER.search(claim.evidence.text) is not None
    if not _names_truce(claim.evidence.text if mutual else text, facts) or claim.status is Status.HYPOTHETICAL:
        return None
    if is_order_to_stop(claim, facts):
        return "agreed"
    if claim.event is EventType.RETREAT and ("ceasefire" in claim.modes or facts.has(verb_of(claim), "keeping")):
        return "violated" if claim.negated else "agreed" if claim.status is Status.FUTURE else "holding"
    if claim.negated:
        return None
    if claim.event in (EventType.CONCEDE, EventType.AGREE):
        if facts.has(text, "about_truces"):
            return None
        return "agreed" if not facts.has(verb_of(claim), "offering") else "proposed"
    if claim.event is EventType.ACCUSE:
        return "violated" if facts.has(text, "breaking") or _EACH_OTHER.search(claim.evidence.text) else None
    if claim.event is EventType.REJECT:
        leaves = facts.has(verb_of(claim), "cancelling", "leaving") and not facts.has(text, "signing")
        if leaves and facts.has(claim.words.get("object") or claim.words.get("from"), "truces"):
            return "ended"
        return "rejected" if facts.has(verb_of(claim), "refusing") and facts.has(claim.content, "truces") else None
    wanted = (
        claim.event is EventType.REQUEST
        and facts.has(text, "truces")
        and facts.has(claim.content, "truces")
        and not facts.has(claim.content, "naming", "about_truces")
    )
    if wanted and facts.has(claim.content, "respecting"):
        return "in_force"
    return "proposed" if wanted else None


def _names_truce(text: str, facts: Facts) -> bool:
    """Return whether a text speaks of a truce, not only of what is called after one ('the ceasefire line')."""
    found = facts.every(text, "truces")
    return any(facts.pattern("called_after_truce").match(text, named.end() + 1) is None for named in found)


def is_order_to_stop(claim: Claim, facts: Facts) -> bool:
    """Return whether somebody orders his own men to hold their fire: a truce that one side declares."""
    own = facts.has(claim.words.get("object"), "subordinates") and set(facts.sided(claim.recipient)) <= set(
        facts.sided(claim.actor)
    )
    return claim.event is EventType.REQUEST and facts.has(verb_of(claim), "ordering") and own


def _halts_fighting(claim: Claim, facts: Facts) -> bool:
    """Return whether somebody will stop his attacks: 'would suspend its attacks on the police', 'would stop firing'."""
    words = f"{verb_of(claim)} {own_text(claim)} {clause_text(claim)}"
    return facts.has(words, "pauses") and facts.has(words, "halted_acts") and claim.event is EventType.CONCEDE


def _signed(claims: Sequence[Claim], facts: Facts, seen: set[str]) -> list[Word]:
    """Return the words of those who signed, accepted or refused a document that is a ceasefire."""
    made = {
        "signed": "agreed",
        "accepted": "agreed",
        "reached": "agreed",
        "refused": "rejected",
        "not_signed": "rejected",
    }
    return [
        Word(
            claim=mention.claim,
            evidence=mention.claim.evidence,
            status=made[mention.act],
            era=document.era,
            parties=facts.parties(signers(mention.claim, facts)),
            declared=mention.claim.date if made[mention.act] == "agreed" and known(mention.claim.date) else None,
        )
        for document in documents(claims, facts)
        for mention in document.mentions
        if document.kind == "ceasefire"
        and mention.act in made
        and mention.claim.id not in seen
        and (mention.kind == "ceasefire" or truce_named(mention.claim.evidence, facts))
    ]


def _era(claim: Claim, text: str, declared: When | None, facts: Facts) -> str:
    """Return 'now', or the month of an earlier truce."""
    if declared is not None and era_of(declared, facts) != "now":
        return era_of(declared, facts)
    day = (claim.date.earliest or claim.date.latest) if known(claim.date) else None
    if facts.has(text, "earlier_truces"):
        return f"earlier {day:%Y-%m}" if day else "earlier"
    if claim.status is Status.HISTORICAL and not facts.has(text, "still"):
        return f"{day:%Y-%m}" if day else "earlier"
    return "now"


def _parties(claim: Claim, facts: Facts) -> tuple[str, ...]:
    """Return the sides of the truce: who acts, and whom a demand or accusation is addressed to."""
    if (
        claim.event is EventType.RETREAT
        and facts.has(claim.words.get("subject"), "truce_names")
        and not _between(claim)
    ):
        return ()
    offered = marked(claim, "ceasefire.") == "proposed" and len(claim.recipient) > 1
    if offered or (
        claim.event in (EventType.REQUEST, EventType.SUPPORT)
        and marked(claim, "signature.") is None
        and claim.recipient
    ):
        people = claim.recipient
    elif claim.event is EventType.REQUEST:
        people = ()
    else:
        people = (*claim.actor, *claim.recipient)
    between = facts.ids_in(claim, _between(claim))
    people = between if len(between) > 1 else (*people, *between)
    helped = re.search(r"\b(?:proposed|brokered|drafted|mediated) by\b.*", own_text(claim))
    helpers = facts.ids_in(claim, helped.group().split(" | ")[0]) if helped else ()
    people = tuple(i for i in people if i not in helpers)
    return tuple(i for i in people if facts.may_be_party(i) and facts.kind(i) is not Kind.IGO)


def _between(claim: Claim) -> str | None:
    """Return 'between A and B' as it stands in the claim's own words."""
    return claim.words.get("between") or next(
        (text for role in ("subject", "object") if " between " in (text := claim.words.get(role, ""))), None
    )
