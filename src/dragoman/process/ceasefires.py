"""Truces proposed, agreed, kept and broken -> the ceasefires of a report, their state derived and their days apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from dragoman.model import Claim, EventType, Kind, Status, When, merged
from dragoman.process.facts import Facts, clause_text, known, marked, overlapping, own_text, verb_of
from dragoman.process.records import Ceasefire
from dragoman.process.standing import best_time, sorted_records, standing, standing_on
from dragoman.process.truce_words import TOLD, Word, truce_words
from dragoman.process.truces_told import BACK

_RANK = ("ended", "holding", "violated", "extended", "in_force", "rejected", "agreed", "proposed", "unknown")
_TERMS = frozenset({EventType.AGREE, EventType.CONCEDE, EventType.RETREAT})
_APART = timedelta(days=31)


def ceasefires(claims: Iterable[Claim], facts: Facts) -> tuple[Ceasefire, ...]:
    """Return the truces of the report: the one of now, and earlier ones by their days."""
    listed = list(claims)
    words = truce_words(listed, facts)
    made = [_ceasefire(group, listed, facts) for group in truces(words, facts)]
    return sorted_records(_aged(made))


def truces(words: list[Word], facts: Facts) -> list[list[Word]]:
    """Return the words in groups, one for each truce: by era, and apart where their sides are others.

    A truce of old and how a truce fares now are one, where no new one is agreed or asked for.
    """
    eras: dict[str, list[Word]] = {}
    for word in words:
        eras.setdefault(word.era, []).append(word)
    now = eras.get("now", [])
    dated = sorted(era for era in eras if era[0].isdigit())
    if dated and now and not any(word.status in ("agreed", "proposed", "rejected") for word in now):
        eras[dated[-1]] += eras.pop("now")
    return [group for era in eras.values() for group in _by_sides(era, facts)]


def _by_sides(words: list[Word], facts: Facts) -> list[list[Word]]:
    groups: list[tuple[set[str], list[Word]]] = []
    for word in sorted(words, key=lambda w: (len(w.parties) < 2, w.evidence.sentence)):
        sides = set(facts.sided(word.parties))
        home = next((g for g in groups if not sides or not g[0] or sides & g[0]), None)
        if _is_one_sided(word) and groups and _is_another_day(word, (home or groups[0])[1]):
            home = None
        elif home is None and (len(sides) < 2 or word.status == "proposed") and groups:
            home = groups[0]
        if home is None:
            groups.append((sides, [word]))
        else:
            home[0].update(sides)
            home[1].append(word)
    return [sorted(group, key=lambda w: w.evidence.sentence) for _, group in groups]


def _is_one_sided(word: Word) -> bool:
    """Return whether one side alone declares a truce."""
    return word.claim is not None and word.claim.event is EventType.CONCEDE and len(word.parties) == 1


def _is_another_day(word: Word, words: list[Word]) -> bool:
    """Return whether a truce is declared on another day than the others' own."""
    if not known(word.declared) or word.declared is None:
        return False
    days = [w.declared for w in words if known(w.declared) and w.declared is not None]
    starts = [w.claim.date for w in words if w.claim and w.status in ("in_force", "agreed") and known(w.claim.date)]
    return bool(days or starts) and not any(overlapping(word.declared, day) for day in (*days, *starts))


def _ceasefire(words: list[Word], claims: list[Claim], facts: Facts) -> Ceasefire:
    status = _state(words, facts)
    contrary = [w.claim for w in words if w.claim and w.status != status and _contrary(w.status, status)]
    held = [w.claim for w in words if w.claim and w.claim not in contrary]
    lead = [w.claim for w in words if w.status == status and w.claim in held and w.claim] or held
    texts = [(own_text(w.claim), w.claim) for w in words if w.claim]
    key = ("ceasefire", words[0].era)
    first = next((w for w in words if w.status == status), words[0])
    base = standing(key, lead, contrary, also=held) if lead else standing_on(key, first.evidence)
    base["sentences"] = tuple(sorted({*base["sentences"], *(w.evidence.sentence for w in words)}))
    start = _one(_start(claim, text, facts) for text, claim in texts) or _told_day(words, "from", facts)
    end = _one(_end(claim, text, facts) for text, claim in texts) or _told_day(words, "until", facts)
    return Ceasefire(
        parties=_sides(words, facts) or _bound(words, claims, facts) or facts.pair,
        status=_by_days(status, start or _since_declared(words, facts), end, facts),
        scope=next((scope for text, _ in texts if (scope := _scope(text, facts))), None),
        despite=next((told for claim in lead if (told := claim.words.get("despite"))), None),
        declared=_one(word.declared for word in words),
        from_=start,
        until=end,
        **base,
    )


def _told_day(words: list[Word], role: str, facts: Facts) -> When | None:
    """Return from or until when a truce is, by the words after its name in sentences that no claim tells of."""
    for word in words:
        told = word.claim is None or word.status == "extended"
        named = facts.where(word.evidence.text, "truce_names", "truce_deals") if told else None
        named = named or (BACK.match(word.evidence.text) if told else None)
        rest = word.evidence.text[named.end() :] if named else ""
        ahead = word.status in ("agreed", "proposed", "extended")
        when = facts.time_in(rest, role, ahead=ahead, but=("since", "after", "within", "by", "before"))
        if when is None and role == "from" and (begun := facts.where(rest, "taking_effect")):
            when = facts.time_in(rest[begun.end() :][:40], "at", ahead=ahead)
        if when is None and role == "from" and word.status == "in_force" and named:
            when = facts.time_in(word.evidence.text[: named.start()], "at", ahead=ahead)  # 'its entry into force today'
        if when is None and role == "until" and (over := facts.where(rest, "only_to_end")):
            when = facts.time_in(rest[over.end() :][:40], "at")
        if when is not None:
            return when
    return None


def _since_declared(words: list[Word], facts: Facts) -> When | None:
    """Return the day on which one side alone declared a truce some days ago: it holds its fire from then on."""
    told = [w.declared for w in words if _is_one_sided(w) and w.status == "agreed" and w.declared is not None]
    days = [when for when in told if when.latest and facts.day and facts.day - when.latest > timedelta(days=2)]
    return days[0] if days and not _is_told_of(words, "rejected") else None


def _by_days(status: str, start: When | None, end: When | None, facts: Facts) -> str:
    """Return the state of a truce that was agreed: in force once its first day is past, ended once its last is."""
    if status not in ("agreed", "in_force") or facts.day is None:
        return status
    if end is not None and end.latest is not None and end.latest < facts.day:
        return "ended"
    if status == "in_force" and start is not None and start.earliest is not None and start.earliest > facts.day:
        return "agreed"
    begun = start is not None and start.latest is not None and start.latest < facts.day
    return "in_force" if begun else status


def _aged(made: list[Ceasefire]) -> list[Ceasefire]:
    """Return the truces, an older one that a newer one replaces being over where nothing else is told of it."""

    def day(entry: Ceasefire) -> date:
        times = [when for when in (entry.declared, entry.from_) if when is not None]
        return max((t.latest or t.earliest or date.min for t in times), default=date.max)

    found = []
    for entry in made:
        newer = any(
            other is not entry and set(entry.parties) <= set(other.parties) and day(other) - day(entry) > _APART
            for other in made
            if day(entry) > date.min and day(other) < date.max
        )
        over = newer and entry.status in ("agreed", "in_force")
        found.append(replace(entry, status="ended") if over else entry)
    return found


def _sides(words: list[Word], facts: Facts) -> tuple[str, ...]:
    """Return the governments and groups of a truce; a person only where he stands for none of them.

    Where both sides of the report's war are among them, the others only helped.
    """
    pair = facts.pair
    found = facts.parties(facts.sided(_without_callers(words)))
    if len(pair) == 2 and set(pair) <= set(found):
        return pair
    groups = tuple(i for i in found if facts.kind(i) is not Kind.PERSON)
    found = groups if len(groups) > 1 else found
    named = tuple(i for i in found if not facts.is_nobody(i))
    strange = [i for i in named if i not in pair]
    if set(named) & set(pair) and all(facts.kind(i) is Kind.PERSON for i in strange):
        named = tuple(i for i in named if i in pair)
    if len(named) > 1:
        return named
    alone = all(_is_one_sided(word) for word in words if word.status == "agreed")
    if named and alone and any(word.status == "agreed" for word in words) and not _is_told_of(words, "rejected"):
        return named
    return pair or named or found


def _is_told_of(words: list[Word], status: str) -> bool:
    return any(word.status == status for word in words)


def _bound(words: list[Word], claims: list[Claim], facts: Facts) -> tuple[str, ...]:
    """Return whom the terms told after a truce bind, where nobody is named as its side ('Hamas will free …')."""
    last = max(word.evidence.sentence for word in words)
    near = range(last, last + 4)
    terms = [c for c in claims if c.status is Status.FUTURE and c.event in _TERMS and c.evidence.sentence in near]
    return facts.parties(facts.sided(merged(claim.actor for claim in terms)))


def _without_callers(words: list[Word]) -> tuple[str, ...]:
    """Return the sides of a truce; who only calls for it is none of them."""
    asking = [w for w in words if w.claim and w.claim.event is EventType.REQUEST]
    callers = {i for word in asking if word.claim for i in word.claim.actor}
    asked = {i for word in asking for i in word.parties}
    bound = {i for word in words if word.status in ("agreed", "rejected") for i in word.parties}
    return tuple(i for i in merged(word.parties for word in words) if i not in callers or i in bound | asked)


def _state(words: list[Word], facts: Facts) -> str:
    """Return the state of a truce: what is told of its course goes before what was agreed or asked.

    A complaint does not end or break a truce that is said to hold, to be in force or to be just agreed.
    """
    course = {word.status for word in words if word.status in TOLD}
    bound = set(facts.sided(i for word in words if word.status == "agreed" for i in word.parties))
    if len(bound) > 1 and not course:
        return "agreed"
    firm = {word.status for word in words if word.firm and word.status in ("violated", "ended")}
    stands = course & {"holding", "in_force", "extended"}
    if "extended" in stands and "ended" not in course:
        return "extended"
    if "holding" in stands or ("violated" not in course and stands):
        course = stands | firm
    if not course and (_offers_anew(words) or _is_half(words, facts)):
        return "proposed"
    if not course and "rejected" in {word.status for word in words} and len(bound) < 2:
        return "rejected"
    return min(course or {word.status for word in words}, key=_RANK.index)


def _is_half(words: list[Word], facts: Facts) -> bool:
    """Return whether only one side signed, while the other stays away from the signing."""
    signed = [w for w in words if w.claim and marked(w.claim, "signature.") == "signed"]
    away = [w for w in words if w.claim and w.claim.negated and facts.has(own_text(w.claim), "signing")]
    return bool(signed and away)


def _offers_anew(words: list[Word]) -> bool:
    """Return whether a truce that was rejected is proposed again after that, in other terms."""
    states = [word.status for word in sorted(words, key=lambda word: word.evidence.sentence)]
    return "rejected" in states and states[-1] == "proposed" and "agreed" not in states


def _contrary(status: str, state: str) -> bool:
    against = {
        "holding": {"violated", "ended"},
        "violated": {"holding"},
        "ended": {"holding"},
        "agreed": {"rejected"},
    }
    return status in against.get(state, {"rejected"} if state != "proposed" else set())


def _scope(text: str, facts: Facts) -> str | None:
    found = facts.where(text, "truces")
    return facts.first(text[max(0, found.start() - 40) : found.start()], "scopes") if found else None


def _start(claim: Claim, text: str, facts: Facts) -> When | None:
    """Return the day from which a truce is in force; what has happened did not begin after the report's day."""
    begun = _begun(claim, text, facts)
    late = begun is not None and begun.earliest is not None and facts.day is not None and begun.earliest > facts.day
    return None if late and claim.event is EventType.RETREAT and claim.status is not Status.FUTURE else begun


def _begun(claim: Claim, text: str, facts: Facts) -> When | None:
    """Return the day from which the truce is in force, where the claim's words about it say so."""
    if not (facts.has(text, "truces") or marked(claim, "ceasefire.")):
        return None
    ahead = claim.status is not Status.OCCURRED or claim.event is EventType.REQUEST
    announced = claim.event in (EventType.CONCEDE, EventType.AGREE)
    begun = facts.time_in(text, "from", but=("since", "after")) if announced else None
    of_it = announced or (claim.event is EventType.RETREAT and not facts.has(claim.words.get("subject"), "truce_names"))
    told = f"{text} {claim.words.get('time', '')}"
    begun = begun or facts.time_in(told, "from", ahead=ahead, but=("since", "after") if of_it else ())
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
