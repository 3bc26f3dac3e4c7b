"""What lies ahead: meetings, signings, deadlines and announced acts with their days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dragoman.model import Claim, EventType, Status, When, merged
from dragoman.process.agreements import signers
from dragoman.process.documents import act_of
from dragoman.process.facts import Facts, alike, known, marked, overlapping, own_text, verb_of
from dragoman.process.planned_told import ToldPlan, told_plans
from dragoman.process.records import Planned, Signature, Talks
from dragoman.process.standing import (
    best_place,
    best_time,
    grouped,
    leading,
    sorted_records,
    standing,
    standing_on,
)
from dragoman.process.talks import talks
from dragoman.process.talks_told import place_in
from dragoman.process.ultimatums import Ultimatum, ultimatums

_ACTS = frozenset(
    {
        EventType.AGREE,
        EventType.CONCEDE,
        EventType.RETREAT,
        EventType.AID,
        EventType.SUPPORT,
        EventType.MOBILIZE,
    }
)
_LONGEST = 100
_COMING = ("planned", "postponed")


def planned(
    claims: Iterable[Claim], facts: Facts, held: Iterable[Talks], signed: Iterable[Signature]
) -> tuple[Planned, ...]:
    """Return the meetings that are ahead, and what else has a day ahead.

    ``held`` and ``signed`` are the talks and signatures of the same record.
    """
    listed = list(claims)
    by_id = {claim.id: claim for claim in listed}
    met = talks(listed, facts, every=True)
    meetings = [entry for entry in met if entry.status in _COMING and _is_set(entry) and _lies_ahead(entry, facts)]
    taken = {identity for entry in meetings for identity in entry.claims}
    known_talks = [t for t in held if t.status in _COMING and known(t.date)]
    found = [_meeting(_with_told(entry, known_talks), by_id, facts) for entry in meetings]
    found += _signings(listed, signed, facts)
    rest = [claim for claim in listed if claim.id not in taken]
    for kind, test in (("deadline", _is_deadline), ("act", _is_act)):
        chosen = [claim for claim in rest if test(claim, facts)]
        found += [_dated(kind, group, facts) for group in grouped(chosen, _same)]
        rest = [claim for claim in rest if claim not in chosen]
    _add_ultimatums(found, ultimatums(listed, facts), listed)
    found += [_of_sentence(told) for told in told_plans(facts) if not _is_known(told, found)]
    return sorted_records(_once(found))


def _with_told(entry: Talks, told: Iterable[Talks]) -> Talks:
    """Return a meeting with the day and place that the record of talks has for it."""
    for talk in told:
        if set(talk.sentences) & set(entry.sentences) and not overlapping(talk.date, entry.date):
            return replace(entry, date=talk.date, place=talk.place or entry.place)
        if set(talk.sentences) & set(entry.sentences) and talk.place:
            return replace(entry, place=talk.place)
    return entry


def _once(found: list[Planned]) -> list[Planned]:
    """Return the entries, of two deadlines for the same last day and people the first."""
    kept: list[Planned] = []
    for entry in found:
        same = (
            e
            for e in kept
            if e.kind == entry.kind == "deadline"
            and e.window.latest == entry.window.latest
            and (set(e.due) & set(entry.due) or not (e.due and entry.due))
        )
        if next(same, None) is None:
            kept.append(entry)
    return kept


def _add_ultimatums(found: list[Planned], given: Iterable[Ultimatum], claims: list[Claim]) -> None:
    """Add the last day of each ultimatum in place of what its own sentence's claims say of a deadline."""
    for ultimatum in given:
        number = ultimatum.evidence.sentence
        asking = (EventType.THREATEN, EventType.REQUEST)
        told = [c for c in claims if c.event in asking and c.evidence.sentence == number]
        key = ("planned", "deadline", ultimatum.act)
        found[:] = [e for e in found if not (e.kind == "deadline" and e.sentences == (number,))]
        found.append(
            Planned(
                what=f"deadline to {ultimatum.act}",
                kind="deadline",
                place=None,
                window=ultimatum.window,
                host=None,
                due=ultimatum.whom,
                declined=(),
                **(standing(key, told) if told else standing_on(key, ultimatum.evidence)),
            )
        )


def _is_known(told: ToldPlan, found: list[Planned]) -> bool:
    """Return whether what a sentence sets is among the entries: from its own sentence, or for the same days and people."""
    return any(
        (
            told.evidence.sentence in entry.sentences
            and (overlapping(entry.window, told.window) or entry.kind != told.kind)
        )
        or (entry.window == told.window and (set(entry.due) & set(told.due) or alike(entry.what, told.what)))
        for entry in found
    )


def _of_sentence(told: ToldPlan) -> Planned:
    return Planned(
        what=told.what,
        kind=told.kind,
        place=told.place,
        window=told.window,
        host=None,
        due=told.due,
        declined=(),
        **standing_on(("planned", told.kind, told.what), told.evidence),
    )


def _lies_ahead(entry: Talks, facts: Facts) -> bool:
    """Return whether the sentences of a meeting's claims call nothing off and its day has not passed."""
    off = any(facts.has(s.text, "cancelling") for number in entry.sentences for s in facts.near(number))
    return not off and (facts.day is None or (known(entry.date) and _is_coming(entry.date, facts)))


def _is_set(entry: Talks) -> bool:
    """Return whether a meeting ahead has a day, or a place and somebody to come."""
    return known(entry.date) or (entry.place is not None and bool(entry.parties or entry.host))


def _meeting(entry: Talks, by_id: dict[str, Claim], facts: Facts) -> Planned:
    claims = [by_id[identity] for identity in entry.claims]
    return Planned(
        what=entry.name,
        kind="meeting",
        place=entry.place or best_place(place_in(claim.evidence.text, facts) for claim in claims),
        window=entry.date,
        host=entry.host,
        due=entry.parties,
        declined=entry.declined,
        **standing(("planned", "meeting", *entry.parties), claims),
    )


def _signings(claims: list[Claim], signed: Iterable[Signature], facts: Facts) -> list[Planned]:
    """Return the signings ahead, one for each document."""
    ahead = [entry for entry in signed if entry.status == "will_sign"]
    by_id = {claim.id: claim for claim in claims}
    found = []
    for document in dict.fromkeys(entry.document for entry in ahead):
        entries = [entry for entry in ahead if entry.document == document]
        own = [by_id[identity] for entry in entries for identity in entry.claims]
        found.append(
            Planned(
                what=f"signing of the {document}",
                kind="signing",
                place=best_place(claim.place for claim in own),
                window=best_time(claim.date for claim in own),
                host=None,
                due=merged(signers(claim, facts) for claim in own),
                declined=(),
                **standing(("planned", "signing", document), own),
            )
        )
    return found


def _dated(kind: str, group: list[Claim], facts: Facts) -> Planned:
    lead = leading(group)
    window = _until(lead, facts) if kind == "deadline" else lead.date
    asked = lead.event in (EventType.REQUEST, EventType.THREATEN)
    due = lead.recipient if asked else facts.actors(lead)
    return Planned(
        what=lead.content or lead.words.get("clause") or own_text(lead) or verb_of(lead),
        kind=kind,
        place=lead.place or place_in(lead.content or lead.evidence.text, facts),
        window=window or lead.date,
        host=None,
        due=due,
        declined=(),
        **standing(("planned", kind, lead.content), group),
    )


def _until(claim: Claim, facts: Facts) -> When | None:
    """Return the last day for what a claim asks, threatens or promises."""
    phrase = claim.date.phrase if (claim.date.phrase or "?") in (claim.content or "") else None
    for text in (claim.content, claim.condition, phrase):
        when = facts.time_in(text, "until")
        if when is not None and _is_coming(when, facts):
            return when
    return None


def _is_deadline(claim: Claim, facts: Facts) -> bool:
    for_itself = (claim.content or "").removeprefix("for ").startswith("until ")  # 'asked for until Tuesday'
    unsaid = claim.event is EventType.REQUEST and (not claim.content or for_itself)
    own_men = facts.has(verb_of(claim), "ordering") and facts.has(claim.words.get("object"), "subordinates")
    past = re.search(r"\bhad (?:threatened|given|ordered|demanded|told)\b", claim.evidence.text) is not None
    if claim.negated or unsaid or own_men or past or claim.status is Status.HISTORICAL:
        return False
    asking = claim.event in (EventType.REQUEST, EventType.THREATEN, EventType.REJECT)
    promised = claim.event in _ACTS and claim.status is not Status.HYPOTHETICAL and act_of(claim, facts) is None
    until = _until(claim, facts) if asking or promised else None
    if until is None or marked(claim, "ceasefire.") is not None:
        return False
    return until.earliest is None or until.latest is None or (until.latest - until.earliest).days <= _LONGEST


def _is_act(claim: Claim, facts: Facts) -> bool:
    """Return whether a claim announces an act with a day ahead."""
    if claim.negated or claim.event not in _ACTS or claim.status is not Status.FUTURE or act_of(claim, facts):
        return False
    clause = claim.words.get("clause")
    own = clause is None or (claim.date.phrase or "") in clause
    if facts.has(verb_of(claim), "offering") and not facts.is_later(claim.date):
        return False
    return own and known(claim.date) and _is_coming(claim.date, facts)


def _is_coming(when: When, facts: Facts) -> bool:
    last = when.latest or when.earliest
    return facts.day is None or (last is not None and last >= facts.day)


def _same(one: Claim, other: Claim) -> bool:
    return bool(set(one.actor) & set(other.actor)) and alike(one.content, other.content)
