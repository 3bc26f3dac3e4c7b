"""Truces proposed, agreed, kept and broken -> the ceasefires of a report, their state derived and their days apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dragoman.model import Claim, EventType, Kind, Status, When
from dragoman.process.agreements import signers
from dragoman.process.documents import documents, is_term
from dragoman.process.facts import Facts, clause_text, known, marked, own_text, verb_of
from dragoman.process.pairs import main_pair
from dragoman.process.records import Ceasefire
from dragoman.process.standing import best_time, merged, sorted_records, standing, standing_on
from dragoman.process.truces_told import ToldTruce, told_truces

_RANK = ("ended", "holding", "violated", "extended", "in_force", "rejected", "agreed", "proposed", "unknown")
_TOLD = frozenset({"ended", "holding", "violated", "extended", "in_force"})
_BY_MARK = {"proposed": "proposed", "agreed": "agreed", "declared": "agreed"}
_TERMS = frozenset({EventType.AGREE, EventType.CONCEDE, EventType.RETREAT})
_ASIDE = re.compile(r"\s(?:once|until|if|when|unless|after|because|that|which|who|as long as|before)\s.*", re.DOTALL)
_NOT = re.compile(r"\b(?:not|never|denied|denies)\b|n't\b")
_DESPITE = re.compile(
    r"\b(?:despite|in spite of|in violation of|in breach of|in defiance of|breach of|violation of"
    r"|(?:hours|minutes|days) after)\b[^.;]{0,40}"
    r"\b(?:truce|cease-?fire|armistice|cessation of hostilities)",
    re.IGNORECASE,
)
_BACK = frozenset({"it", "this", "that", "which", "them"})
_NEGATED = {
    "holding": "violated",
    "in_force": "unknown",
    "agreed": "rejected",
    "violated": "holding",
    "ended": "holding",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What one claim says of a truce."""

    claim: Claim
    status: str
    era: str
    parties: tuple[str, ...]
    declared: When | None = None


def ceasefires(claims: Iterable[Claim], facts: Facts) -> tuple[Ceasefire, ...]:
    """Return the truces of the report: the one of now, and earlier ones by their days."""
    listed = list(claims)
    words = [word for claim in listed if (word := _word(claim, facts)) is not None]
    words += _signed(listed, facts, {word.claim.id for word in words})
    words += _broken(listed, words)
    pair = main_pair(listed, facts)
    made = [_ceasefire(group, listed, facts, pair) for group in _truces(words, facts)]
    for told in told_truces(facts, {word.claim.evidence.sentence for word in words}):
        _add_told(made, told, pair, facts)
    return sorted_records(made)


def _add_told(made: list[Ceasefire], told: ToldTruce, pair: tuple[str, ...], facts: Facts) -> None:
    """Add what a sentence says of a truce without a claim: to the one truce that the report knows, else as a new one."""
    parties = facts.parties(facts.sided(told.parties)) or pair
    if made and not told.earlier:
        entry = made[-1]
        better = entry.status not in _TOLD and told.status in _TOLD
        status = told.status if better else entry.status
        sentences = tuple(sorted({*entry.sentences, told.evidence.sentence}))
        made[-1] = replace(entry, status=status, sentences=sentences, parties=entry.parties or parties)
    elif not made or (told.earlier and all(entry.status in ("proposed", "agreed") for entry in made)):
        made.append(
            Ceasefire(
                parties=parties, status=told.status, scope=None, despite=None, declared=None, from_=None, until=None,
                **standing_on(("ceasefire", "earlier" if told.earlier else "now"), told.evidence),
            )
        )  # fmt: skip


def _truces(words: list[_Word], facts: Facts) -> list[list[_Word]]:
    """Return the words in groups, one for each truce: by era, and apart where their sides are others.

    A truce of old and how a truce fares now are one, where no new one is agreed or asked for.
    """
    eras: dict[str, list[_Word]] = {}
    for word in words:
        eras.setdefault(word.era, []).append(word)
    now = eras.get("now", [])
    if (
        len(eras) == 2
        and now
        and not any(era.startswith("earlier") for era in eras)
        and not any(word.status in ("agreed", "proposed", "rejected") for word in now)
    ):
        eras = {"now": list(words)}
    return [group for era in eras.values() for group in _by_sides(era, facts)]


def _by_sides(words: list[_Word], facts: Facts) -> list[list[_Word]]:
    groups: list[tuple[set[str], list[_Word]]] = []
    for word in sorted(words, key=lambda w: (len(w.parties) < 2, w.claim.evidence.sentence)):
        sides = set(facts.sided(word.parties))
        home = next((g for g in groups if not sides or not g[0] or sides & g[0]), None)
        if home is None and (len(sides) < 2 or word.status == "proposed") and groups:
            home = groups[0]
        if home is None:
            groups.append((sides, [word]))
        else:
            home[0].update(sides)
            home[1].append(word)
    return [sorted(group, key=lambda w: w.claim.evidence.sentence) for _, group in groups]


def _ceasefire(words: list[_Word], claims: list[Claim], facts: Facts, pair: tuple[str, ...]) -> Ceasefire:
    status = _state(words)
    contrary = [w.claim for w in words if w.status != status and _contrary(w.status, status)]
    held = [w.claim for w in words if w.claim not in contrary]
    lead = [w.claim for w in words if w.status == status and w.claim in held] or held
    texts = [(own_text(w.claim), w.claim) for w in words]
    return Ceasefire(
        parties=_sides(words, facts, pair) or _bound(words, claims, facts) or pair,
        status=status,
        scope=next((scope for text, _ in texts if (scope := _scope(text, facts))), None),
        despite=next((told for claim in lead if (told := claim.words.get("despite"))), None),
        declared=_one(word.declared for word in words),
        from_=_one(_start(claim, text, facts) for text, claim in texts),
        until=_one(_end(claim, text, facts) for text, claim in texts),
        **standing(("ceasefire", words[0].era), lead, contrary, also=held),
    )


def _sides(words: list[_Word], facts: Facts, pair: tuple[str, ...]) -> tuple[str, ...]:
    """Return the governments and groups of a truce; a person only where he stands for none of them."""
    found = facts.parties(facts.sided(_without_callers(words)))
    groups = tuple(i for i in found if facts.kind(i) is not Kind.PERSON)
    found = groups if len(groups) > 1 else found
    named = tuple(
        i for i in found if i not in facts.entities or facts.entities[i].name != facts.entities[i].name.lower()
    )
    if len(named) > 1 or named == found:
        return named
    return pair if pair and set(named) <= set(pair) else found


def _bound(words: list[_Word], claims: list[Claim], facts: Facts) -> tuple[str, ...]:
    """Return whom the terms told after a truce bind, where nobody is named as its side ('Hamas will free …')."""
    last = max(word.claim.evidence.sentence for word in words)
    near = range(last, last + 4)
    terms = [c for c in claims if c.status is Status.FUTURE and c.event in _TERMS and c.evidence.sentence in near]
    return facts.parties(facts.sided(merged(claim.actor for claim in terms)))


def _broken(claims: list[Claim], words: list[_Word]) -> list[_Word]:
    """Return a breach for each attack told in the sentence that says a truce is in force."""
    stands = {
        word.claim.evidence.sentence: word.era
        for word in words
        if word.status == "in_force" or _DESPITE.search(word.claim.evidence.text)
    }
    return [
        _Word(
            claim=claim,
            status="violated",
            era=stands[claim.evidence.sentence],
            parties=(*claim.actor, *claim.recipient),
        )
        for claim in claims
        if claim.event is EventType.ASSAULT
        and not claim.negated
        and claim.evidence.sentence in stands
        and claim.status is Status.OCCURRED
    ]


def _without_callers(words: list[_Word]) -> tuple[str, ...]:
    """Return the sides of a truce; who only calls for it is none of them."""
    callers = {i for word in words if word.claim.event is EventType.REQUEST for i in word.claim.actor}
    asked = {i for word in words if word.claim.event is EventType.REQUEST for i in word.parties}
    bound = {i for word in words if word.status in ("agreed", "rejected") for i in word.parties}
    return tuple(i for i in merged(word.parties for word in words) if i not in callers or i in bound | asked)


def _state(words: list[_Word]) -> str:
    """Return the state of a truce: what is told of its course goes before what was agreed or asked.

    A complaint does not end or break a truce that is said to hold or to be in force.
    """
    course = {word.status for word in words if word.status in _TOLD}
    bound = {i for word in words if word.status == "agreed" for i in word.parties}
    if len(bound) > 1 and not course:
        return "agreed"
    if bound and course == {"violated"} and all(_is_complaint(w.claim) for w in words if w.status == "violated"):
        return "agreed"
    stands = course & {"holding", "in_force", "extended"}
    told = [word for word in words if word.status in ("violated", "ended")]
    firm = {word.status for word in told if not _is_complaint(word.claim)}
    if stands:
        course = stands | firm
    if not course and _offers_anew(words):
        return "proposed"
    return min(course or {word.status for word in words}, key=_RANK.index)


def _is_complaint(claim: Claim) -> bool:
    return claim.event is EventType.ACCUSE or (bool(claim.attribution) and claim.event is not EventType.ASSAULT)


def _offers_anew(words: list[_Word]) -> bool:
    """Return whether a truce that was rejected is proposed again after that, in other terms."""
    states = [word.status for word in sorted(words, key=lambda word: word.claim.evidence.sentence)]
    return "rejected" in states and states[-1] == "proposed" and "agreed" not in states


def _contrary(status: str, state: str) -> bool:
    against = {
        "holding": {"violated", "ended"},
        "violated": {"holding"},
        "ended": {"holding"},
        "agreed": {"rejected"},
    }
    return status in against.get(state, {"rejected"} if state != "proposed" else set())


def _word(claim: Claim, facts: Facts) -> _Word | None:
    text = own_text(claim)
    mark = marked(claim, "ceasefire.")
    if mark is not None and not _speaks_of_truce(claim, facts):
        return None
    status = _status_by_mark(claim, mark) if mark else _status_by_words(claim, _core(claim), facts)
    if status is None or is_term(claim, facts):
        return None
    if status == "agreed" and facts.has(f"{verb_of(claim)} {text}", "extending"):
        status = "extended"
    declared = claim.date if _is_declared(claim, status) else None
    return _Word(
        claim=claim,
        status=status,
        era=_era(claim, text, facts),
        parties=_parties(claim, facts),
        declared=declared,
    )


def _is_declared(claim: Claim, status: str) -> bool:
    """Return whether a claim's day is that on which a truce was agreed or announced, not that of its start."""
    done = status == "agreed" and claim.status in (Status.OCCURRED, Status.HISTORICAL)
    starts = marked(claim, "ceasefire.") in ("in_force", "holding")
    return done and known(claim.date) and not starts and claim.date.latest is not None


def _speaks_of_truce(claim: Claim, facts: Facts) -> bool:
    """Return whether a marked claim names a truce or points back to one ('pledged to end the war' does not)."""
    text = _core(claim)
    if marked(claim, "ceasefire.") == "violated" or not text.strip():
        return True
    back = claim.words.get("subject", "").lower() in _BACK or claim.words.get("object", "").lower() in _BACK
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
        return _NEGATED.get(status)
    if claim.status is Status.HYPOTHETICAL and status == "agreed":
        return "proposed"
    if claim.status in (Status.FUTURE, Status.HYPOTHETICAL) and status in _TOLD:
        return "agreed" if claim.status is Status.FUTURE and status in ("in_force", "holding") else None
    return status


def _status_by_words(claim: Claim, text: str, facts: Facts) -> str | None:
    halted = claim.event in (EventType.CONCEDE, EventType.AGREE) and _halts_fighting(claim, facts)
    if halted and not claim.negated and (claim.status is not Status.OCCURRED or facts.has(verb_of(claim), "offering")):
        return "proposed"
    if not facts.has(text, "truces") or claim.status is Status.HYPOTHETICAL:
        return None
    if claim.event is EventType.RETREAT and ("ceasefire" in claim.modes or facts.has(verb_of(claim), "keeping")):
        return "violated" if claim.negated else "agreed" if claim.status is Status.FUTURE else "holding"
    if claim.negated:
        return None
    if claim.event in (EventType.CONCEDE, EventType.AGREE):
        if facts.has(text, "about_truces"):
            return None
        return "agreed" if not facts.has(verb_of(claim), "offering") else "proposed"
    if claim.event is EventType.ACCUSE:
        return "violated" if facts.has(text, "breaking") else None
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


def _halts_fighting(claim: Claim, facts: Facts) -> bool:
    """Return whether somebody will stop his attacks: 'would suspend its attacks on the police', 'would stop firing'."""
    words = f"{verb_of(claim)} {own_text(claim)} {clause_text(claim)}"
    return facts.has(words, "pauses") and facts.has(words, "halted_acts") and claim.event is EventType.CONCEDE


def _signed(claims: list[Claim], facts: Facts, seen: set[str]) -> list[_Word]:
    """Return the words of those who signed, accepted or refused a document that is a ceasefire."""
    made = {
        "signed": "agreed",
        "accepted": "agreed",
        "reached": "agreed",
        "refused": "rejected",
        "not_signed": "rejected",
    }
    return [
        _Word(
            claim=mention.claim,
            status=made[mention.act],
            era=document.era,
            parties=facts.parties(signers(mention.claim, facts)),
            declared=mention.claim.date if made[mention.act] == "agreed" and known(mention.claim.date) else None,
        )
        for document in documents(claims, facts)
        for mention in document.mentions
        if document.kind == "ceasefire" and mention.act in made and mention.claim.id not in seen
    ]


def _era(claim: Claim, text: str, facts: Facts) -> str:
    """Return 'now', or the month of an earlier truce."""
    day = (claim.date.earliest or claim.date.latest) if known(claim.date) else None
    if facts.has(text, "earlier_truces"):
        return f"earlier {day:%Y-%m}" if day else "earlier"
    if claim.status is Status.HISTORICAL and not facts.has(text, "still"):
        return f"{day:%Y-%m}" if day else "earlier"
    return "now"


def _parties(claim: Claim, facts: Facts) -> tuple[str, ...]:
    """Return the sides of the truce: who acts, and whom a demand or accusation is addressed to."""
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
    return tuple(i for i in people if facts.may_be_party(i) and facts.kind(i) is not Kind.IGO)


def _between(claim: Claim) -> str | None:
    """Return 'between A and B' as it stands in the claim's own words."""
    return claim.words.get("between") or next(
        (text for role in ("subject", "object") if " between " in (text := claim.words.get(role, ""))), None
    )


def _scope(text: str, facts: Facts) -> str | None:
    found = facts.where(text, "truces")
    return facts.first(text[max(0, found.start() - 40) : found.start()], "scopes") if found else None


def _start(claim: Claim, text: str, facts: Facts) -> When | None:
    """Return the day from which the truce is in force, where the claim's words about it say so."""
    if not (facts.has(text, "truces") or marked(claim, "ceasefire.")):
        return None
    ahead = claim.status is not Status.OCCURRED or claim.event is EventType.REQUEST
    announced = claim.event in (EventType.CONCEDE, EventType.AGREE)
    begun = facts.time_in(text, "from", but=("since", "after")) if announced else None
    begun = begun or facts.time_in(f"{text} {claim.words.get('time', '')}", "from", ahead=ahead)
    if begun is None and claim.event is EventType.RETREAT:
        begun = facts.time_in(clause_text(claim), "from", ahead=ahead)
    if begun is not None:
        return begun
    named = facts.where(claim.content, "truces")
    rest = (claim.content or "")[named.end() :] if named else ""
    ahead_of_it = facts.time_in(rest, "at") if announced and facts.has(rest, "taking_effect") else None
    if ahead_of_it is not None:
        return ahead_of_it
    if marked(claim, "ceasefire.") == "in_force" or facts.has(f"{verb_of(claim)} {text}", "taking_effect"):
        return claim.date if known(claim.date) else facts.time_in(clause_text(claim), "at", ahead=ahead)
    return None


def _end(claim: Claim, text: str, facts: Facts) -> When | None:
    """Return the day until which the truce is to last: 'a truce until Friday', 'the truce expires on Friday'."""
    found = facts.where(text, "truces")
    if found is None and not marked(claim, "ceasefire."):
        return None
    if marked(claim, "ceasefire.") is not None or claim.event in (EventType.AGREE, EventType.CONCEDE):
        until = facts.time_in(text[found.start() :] if found else text, "until", but=("within", "by", "before"))
        if until is not None:
            return until
    if found and facts.has(verb_of(claim), "expiring") and known(claim.date):
        return claim.date
    return None


def _one(times: Iterable[When | None]) -> When | None:
    when = best_time(times)
    return when if known(when) else None
