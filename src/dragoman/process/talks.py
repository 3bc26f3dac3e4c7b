"""Meetings, mediation, hosting, leaving -> the talks of a report: where, when, between whom, how far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from dragoman.model import Claim, EventType, Kind, Status, When, Where, merged
from dragoman.process.facts import Facts, clause_text, known, marked, overlapping, own_text, verb_of
from dragoman.process.naming import hosts_in, mediators_in, place_of, talks_name
from dragoman.process.records import Talks
from dragoman.process.standing import best_place, best_time, longest, sorted_records, standing

_COME = re.compile(
    r"(?:that [^,;.]{2,40}? )?(?:to )?(?:come|go|return|sit down|attend|resume|start|enter|open|hold|begin|join)\b"
)
_STATUSES = ("cancelled", "postponed", "ended", "held", "planned", "proposed")
_BY_MARK = {
    "held": "held", "planned": "planned", "ended": "ended", "cancelled": "cancelled", "proposed": "proposed",
    "postponed": "postponed", "left": "held", "mediate": "held", "host": "held", "attend": "held", "boycott": "planned",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What one claim says of some talks; ``side`` is past, ahead or background.

    ``bare`` traces name no talks and can only join others.
    """

    claim: Claim
    side: str
    status: str
    name: str | None
    parties: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    format: str | None = None
    bare: bool = False
    place: Where | None = None
    date: When


def talks(claims: Iterable[Claim], facts: Facts, *, every: bool = False) -> tuple[Talks, ...]:
    """Return the talks of the report; claims on the same place, days or parties are the same talks.

    A bare visit or encounter that no word calls talks is none, but with ``every``.
    """
    listed = list(claims)
    traces = [trace for claim in listed if (trace := _trace(claim, facts)) is not None]
    rivals = _rivals(listed, facts)
    groups = [group for group in _clustered(_sided(traces)) if every or _are_talks(group, rivals, facts)]
    past = [group for group in groups if group[0].side == "past"]
    lone = past[0] if len(past) == 1 else None
    made = sorted_records(_talks(group, listed if group is lone else [], facts) for group in groups)
    return _filled(made, facts)


def _filled(made: Sequence[Talks], facts: Facts) -> tuple[Talks, ...]:
    """Return the talks with the two sides of the report where none is named, and 'the same city' as the place before."""
    found: list[Talks] = []
    places = [entry.place for entry in made if entry.place]
    for entry in made:
        aside = {*entry.mediators, *entry.declined, entry.host}
        parties = entry.parties if any(i not in aside for i in entry.parties) else facts.pair
        parties = tuple(i for i in parties if i not in aside)
        place = entry.place
        if place is None and places and facts.has(entry.evidence.text, "same_place"):
            place = places[0]
        found.append(replace(entry, parties=parties, place=place))
    return tuple(found)


def _are_talks(group: list[Trace], rivals: frozenset[frozenset[str]], facts: Facts) -> bool:
    """Return whether claims tell of talks: named so with sides, a place or a day; of negotiators; or of rivals who met."""
    people = merged((*t.parties, *t.declined, *t.mediators, *t.hosts) for t in group)
    off = any(t.status in ("cancelled", "postponed") for t in group)
    if all(facts.has(t.name, "gatherings") for t in group) and len(people) < 2 and not off:
        return False
    if any(t.name or facts.has(t.claim.words.get("subject"), "negotiating") for t in group):
        told = any(_placed(t) or t.status in ("cancelled", "postponed") for t in group)
        return told or len(people) > 1
    sides = facts.sided(people)
    return any(frozenset(pair) in rivals for pair in combinations(sides, 2))


def _rivals(claims: list[Claim], facts: Facts) -> frozenset[frozenset[str]]:
    """Return the pairs of sides that fight in the report: by its attacks, and its two sides where one is an armed group."""
    foes = any(facts.kind(i) is Kind.ARMED_GROUP for i in facts.pair)
    pairs: set[frozenset[str]] = {frozenset(facts.pair)} if foes else set()
    for claim in claims:
        if claim.event is EventType.ASSAULT and not claim.negated:
            actors, others = facts.sided(claim.actor), facts.sided(claim.recipient)
            pairs |= {frozenset((one, other)) for one in actors for other in others or actors if one != other}
    return frozenset(pairs)


def _sided(traces: list[Trace]) -> list[Trace]:
    """Return the traces, each on its side: a boycott goes with the talks told before it.

    What stands in a sentence that plans talks at the same place is of those talks.
    """
    past = {t.claim.evidence.sentence for t in traces if t.side == "past" and t.name}
    traces = [
        replace(trace, side="past", status="held") if _boycotts_past(trace.claim, past) else trace for trace in traces
    ]
    ahead = [(t.claim.evidence.sentence, t.place) for t in traces if t.side == "ahead"]
    return [
        replace(trace, side="ahead", status="planned")
        if trace.side == "past" and (trace.claim.evidence.sentence, trace.place) in ahead
        else trace
        for trace in traces
    ]


def _boycotts_past(claim: Claim, past: set[int]) -> bool:
    """Return whether a boycott is of talks that the two sentences before tell of as held."""
    near = range(claim.evidence.sentence - 2, claim.evidence.sentence)
    return marked(claim, "talks.") == "boycott" and claim.status is Status.OCCURRED and not past.isdisjoint(near)


def _talks(group: list[Trace], claims: list[Claim], facts: Facts) -> Talks:
    mediators = merged(trace.mediators for trace in group)
    hosts = merged(trace.hosts for trace in group)
    declined = merged(trace.declined for trace in group)
    coming = facts.without_own(facts.attending(merged(trace.parties for trace in group)))
    mediators = merged([mediators, _go_between(coming, facts)])
    aside = {*mediators, *hosts, *declined}
    parties = tuple(i for i in coming if i not in aside)
    status, ending = _ending(group, claims, facts)
    place = best_place(trace.place for trace in group)
    return Talks(
        name=longest(trace.name for trace in group) or "talks",
        place=place,
        date=best_time(trace.date for trace in group),
        format=_format(group, (*parties, *mediators), facts),
        status=status,
        host=hosts[0] if hosts else None,
        mediators=mediators,
        parties=parties,
        declined=declined,
        outcome=facts.first(clause_text(ending), "outcomes") if ending else None,
        **standing(
            ("talks", place.name if place else None, *parties),
            [t.claim for t in group],
            also=[ending] if ending else [],
        ),
    )


def _go_between(met: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    """Return the persons and bodies that met both sides of the report and are of neither: 'met both delegations'."""
    if len(facts.pair) != 2 or not set(facts.pair) <= set(facts.sided(met)):
        return ()
    kinds = (Kind.PERSON, Kind.IGO, Kind.NGO)
    return tuple(i for i in met if facts.kind(i) in kinds and not set(facts.sided((i,))) & set(facts.pair))


def _ending(group: list[Trace], claims: list[Claim], facts: Facts) -> tuple[str, Claim | None]:
    """Return the state of talks, and the claim of theirs or of ``claims`` in which they are said to have ended."""
    status = min((trace.status for trace in group), key=_STATUSES.index)
    if group[0].side != "past":
        open_yet = any(trace.status == "proposed" for trace in group) and not any(_placed(trace) for trace in group)
        return ("proposed" if status == "planned" and open_yet else status), None
    known_claims = [trace.claim for trace in group]
    first = min(claim.evidence.sentence for claim in known_claims)
    others = [claim for claim in claims if claim.evidence.sentence < first + 6 and claim.event is not EventType.CONSULT]
    for claim in (*known_claims, *others):
        if facts.has(clause_text(claim), "talks_ended") and not claim.negated:
            return ("ended" if status == "held" else status), claim
    closed = next((claim for claim in known_claims if status == "held" and _closes(claim, others, facts)), None)
    if closed is None and status == "held":
        closed = next((claim for claim in others if facts.has(claim.evidence.text, "talks_over")), None)
    return ("ended" if closed else status), None


def _closes(claim: Claim, others: list[Claim], facts: Facts) -> bool:
    """Return whether talks are over: something came after them, at their close, or they were led to a signing."""
    if facts.has(claim.evidence.text, "talks_over"):
        return True
    if claim.words.get("after") and talks_name(claim.words["after"], facts) and _settled_at_talks(claim, facts):
        return True
    done = (c for c in others if c.evidence.sentence == claim.evidence.sentence and not c.negated)
    return marked(claim, "talks.") == "mediate" and any(marked(c, "signature.") == "signed" for c in done)


def _trace(claim: Claim, facts: Facts) -> Trace | None:
    mark = marked(claim, "talks.")
    text = own_text(claim)
    spoken = talks_name(text, facts) or (talks_name(verb_of(claim), facts) if claim.words.get("verb") else None)
    if spoken is None and mark in ("held", "ended", "cancelled", "postponed", "proposed", "planned"):
        spoken = talks_name(claim.evidence.text, facts)
    if spoken is None and claim.event is EventType.REQUEST and _COME.match(claim.content or "") and claim.place:
        spoken = "talks"
    status = _status(claim, mark, spoken, facts)
    if status is None:
        return None
    trace = Trace(
        claim=claim,
        side=_side(claim, status),
        bare=spoken is None and (mark == "attend" or _attends(claim, facts)),
        status=status,
        name=spoken,
        place=_place(claim, spoken, facts),
        date=_day(claim, status, facts),
        format=_format_word(claim, facts),
        mediators=merged([claim.others.get("mediators", ()), mediators_in(claim, facts)]),
        hosts=merged([claim.others.get("hosts", ()), claim.others.get("host", ()), hosts_in(claim, facts)]),
    )
    return _with_people(trace, claim, mark, facts)


def _with_people(trace: Trace, claim: Claim, mark: str | None, facts: Facts) -> Trace:
    """Return the trace with who hosts, mediates, declines and talks."""
    both = (*claim.actor, *(i for i in claim.recipient if i not in trace.mediators))
    verb = verb_of(claim)
    if mark == "host" or facts.has(verb, "hosting"):
        return replace(trace, hosts=merged([claim.actor, trace.hosts]), parties=_guests(claim, facts))
    if mark == "mediate" or (claim.event is EventType.SUPPORT and facts.has(verb, "mediating")):
        return replace(trace, mediators=merged([claim.actor, trace.mediators]), parties=claim.recipient)
    if mark in ("boycott", "declined") or (claim.negated and trace.side == "ahead") or _declines(claim, trace, facts):
        return replace(trace, declined=claim.actor)
    if trace.status in ("cancelled", "postponed") and claim.event is EventType.REJECT:
        return replace(trace, parties=both if claim.recipient else ())
    if claim.event in (EventType.CONSULT, EventType.AGREE):
        return replace(trace, parties=both)
    return replace(trace, parties=claim.recipient if claim.event is EventType.REQUEST else claim.actor)


def _guests(claim: Claim, facts: Facts) -> tuple[str, ...]:
    """Return between whom the talks are that somebody hosts."""
    return merged(facts.ids_in(claim, claim.words.get(role)) for role in ("with", "between", "among"))


def _declines(claim: Claim, trace: Trace, facts: Facts) -> bool:
    return claim.event is EventType.REJECT and trace.side == "ahead" and _attends(claim, facts)


def _status(claim: Claim, mark: str | None, spoken: str | None, facts: Facts) -> str | None:
    """Return the state of the talks that a claim tells of, or None where it tells of none."""
    if mark in ("host", "mediate") and claim.event is EventType.AGREE and facts.has(verb_of(claim), "offering"):
        return "proposed"
    if mark is not None:
        names_none = mark == "mediate" and spoken is None and facts.has(own_text(claim), "truces", "document_heads")
        return None if names_none else _status_by_mark(claim, mark)
    if claim.event is EventType.CONSULT and not claim.negated:
        people = len({*claim.actor, *claim.recipient})
        if claim.status is Status.HYPOTHETICAL or (people < 2 and spoken is None):
            return None
        return "planned" if claim.status is Status.FUTURE else "held"
    if _settled_at_talks(claim, facts):
        return "held"
    if _attends(claim, facts):
        return "planned"
    if spoken is None or claim.negated:
        return _status_of_offer(claim, facts)
    if claim.event in (EventType.AGREE, EventType.REQUEST):
        return _status_of_wish(claim, facts)
    if claim.event is EventType.SUPPORT and facts.has(verb_of(claim), "mediating"):
        return "held"
    if claim.event is EventType.REJECT:
        return _status_of_rejection(claim, facts)
    return None


def _status_of_wish(claim: Claim, facts: Facts) -> str | None:
    """'agreed on talks', 'called for talks', 'called on all parties to come to Geneva': planned or proposed."""
    if claim.event is EventType.AGREE:
        told = "planned" if facts.has(verb_of(claim), "planning") else "proposed"
        return _status_of_offer(claim, facts) or (told if talks_name(_asked(claim), facts) else None)
    named = talks_name(claim.words.get("object") or claim.words.get("for"), facts)
    return "proposed" if named or _COME.match(claim.content or "") else None


def _asked(claim: Claim) -> str:
    """Return the words for what is agreed, offered or refused."""
    roles = ("object", "complement", "to", "on")
    return " ".join([*(claim.words.get(role, "") for role in roles), claim.content or ""])


def _status_of_offer(claim: Claim, facts: Facts) -> str | None:
    """'offered to meet him' proposes talks, 'agreed to meet' and 'will hold talks' plan them."""
    if claim.event is not EventType.AGREE or claim.negated or claim.status is Status.HYPOTHETICAL:
        return None
    if claim.status is Status.FUTURE and talks_name(_asked(claim), facts):
        return "planned"
    if facts.has(_asked(claim), "meeting_ahead") and claim.recipient:
        return "proposed" if claim.condition or facts.has(verb_of(claim), "offering") else "planned"
    return None


def _settled_at_talks(claim: Claim, facts: Facts) -> bool:
    """Return whether something was agreed or signed at or after talks: then they were held."""
    if claim.event not in (EventType.AGREE, EventType.SUPPORT) or claim.negated or claim.status is Status.FUTURE:
        return False
    return _settling(claim, facts) is not None


def _settling(claim: Claim, facts: Facts) -> str | None:
    """Return the words for the talks at or after which something is settled: 'at a second round of talks in Geneva'."""
    for role in ("after", "at", "during", "following"):
        if talks_name(claim.words.get(role), facts):
            return claim.words[role]
    for text in (claim.words.get(role, "") for role in ("object", "on", "to")):
        found = re.search(r"\b(?:after|at|during|following)\s(.+)", text)
        if found and talks_name(found.group(1), facts):
            return found.group(1)
    return None


def _settling_day(claim: Claim, facts: Facts) -> When:
    return facts.time_in(_settling(claim, facts), "at", ahead=False) or When()


def _day(claim: Claim, status: str, facts: Facts) -> When:
    """Return the day of the talks: not the day on which they were offered, called off or settled something."""
    if _settled_at_talks(claim, facts):
        return _settling_day(claim, facts)
    if status not in ("planned", "proposed", "cancelled", "postponed"):
        return claim.date
    if claim.status is Status.OCCURRED and claim.event is EventType.AGREE and not facts.is_later(claim.date):
        return facts.time_in(claim.content, "at") or When()
    last = claim.date.latest or claim.date.earliest
    if status == "postponed":
        return facts.time_in(re.sub(r".*\b(?:to|until)\b", "", claim.evidence.text), "at") or When()
    if claim.date and (facts.day is None or last is None or last >= facts.day) and status != "cancelled":
        return claim.date
    return facts.time_in(claim.content, "at") or When()


def _place(claim: Claim, spoken: str | None, facts: Facts) -> Where | None:
    """Return where the talks are: by the words for them, else where the act is."""
    if _settled_at_talks(claim, facts):
        return place_of(_settling(claim, facts), facts) or claim.place
    if claim.place is None or claim.place.lat is None:
        told = place_of(clause_text(claim), facts) or place_of(claim.evidence.text if spoken else None, facts)
        return told or claim.place
    return claim.place


def _attends(claim: Claim, facts: Facts) -> bool:
    """Return whether somebody will come, or will not, to talks that need not be named: 'agreed to attend'."""
    if claim.event not in (EventType.AGREE, EventType.REJECT, EventType.CONSULT):
        return False
    ahead = claim.event is not EventType.CONSULT or claim.status is Status.FUTURE
    words = f"{verb_of(claim)} {claim.words.get('complement', '')} {claim.content or ''}"
    return ahead and facts.has(words, "attending")


def _status_of_rejection(claim: Claim, facts: Facts) -> str | None:
    if facts.has(verb_of(claim), "leaving") or "without" in claim.words:
        return "held"
    if facts.has(verb_of(claim), "cancelling"):
        return "cancelled"
    return None


def _status_by_mark(claim: Claim, mark: str) -> str | None:
    status = _BY_MARK.get(mark)
    if status == "held":
        if claim.status is Status.FUTURE:
            return "planned"
        if claim.status is Status.HYPOTHETICAL:
            return "planned" if claim.negated else "proposed"
        return "planned" if claim.negated and mark == "attend" else None if claim.negated else "held"
    return None if claim.negated and mark not in ("boycott", "ended", "postponed", "cancelled") else status


def _side(claim: Claim, status: str) -> str:
    if claim.status is Status.HISTORICAL and status not in ("postponed", "cancelled"):
        return "background"
    if status in ("planned", "proposed", "postponed", "cancelled"):
        return "ahead"
    return "past"


def _clustered(traces: list[Trace]) -> list[list[Trace]]:
    """Return the traces in groups; those with neither place nor day join the nearest talks that they can be."""
    groups: list[list[Trace]] = []
    for trace in sorted(traces, key=lambda t: (not _placed(t), t.claim.evidence.sentence, t.claim.id)):
        fitting = [group for group in groups if _fits(group, trace)]
        if not _placed(trace):
            fitting = _nearest(fitting, trace)
        if fitting:
            fitting[0].append(trace)
        elif trace.name or not trace.bare:
            groups.append([trace])
    return groups


def _placed(trace: Trace) -> bool:
    return trace.place is not None or known(trace.date)


def _fits(group: list[Trace], trace: Trace) -> bool:
    if group[0].side != trace.side:
        return False
    if trace.format == "phone" or any(member.format == "phone" for member in group):
        return all(member.format == trace.format for member in group) and _share(group, trace)
    if not _placed(trace):
        people = merged(member.parties for member in group)
        return len(people) < 2 or not trace.parties or _share(group, trace) or trace.side == "ahead"
    return all(_compatible(member, trace) for member in group) and (
        any(_anchored(member, trace) for member in group) or _share(group, trace)
    )


def _share(group: list[Trace], trace: Trace) -> bool:
    people = merged(member.parties for member in group)
    return not people or not trace.parties or not set(people).isdisjoint(trace.parties)


def _anchored(one: Trace, other: Trace) -> bool:
    """Return whether two traces have the same place, or days that are both told and the same."""
    if one.place and other.place:
        return True
    return known(one.date) and known(other.date)


def _compatible(one: Trace, other: Trace) -> bool:
    """Return whether nothing keeps two traces from being the same talks; one speaker's other day does not."""
    if one.place and other.place and one.place.name != other.place.name:
        return False
    if known(one.date) and known(other.date) and not overlapping(one.date, other.date):
        return one.claim.attribution != other.claim.attribution and bool(one.place) == bool(other.place)
    return True


def _nearest(groups: list[list[Trace]], trace: Trace) -> list[list[Trace]]:
    """Return the one group, or the nearest before the trace by at most two sentences."""
    if len(groups) < 2:
        return groups
    here = trace.claim.evidence.sentence
    near = [
        (here - member.claim.evidence.sentence, number)
        for number, group in enumerate(groups)
        for member in group
        if 0 <= here - member.claim.evidence.sentence <= 2
    ]
    return [groups[min(near)[1]]] if near else []


def _format_word(claim: Claim, facts: Facts) -> str | None:
    if "phone" in claim.modes:
        return "phone"
    text = clause_text(claim)
    for name in ("indirect", "direct", "phone"):
        if facts.has(text, f"format_{name}"):
            return name
    if facts.has(claim.evidence.text, "format_indirect") and talks_name(claim.evidence.text, facts):
        return "indirect"
    return "multilateral" if "multilateral" in claim.modes else None


def _format(group: list[Trace], parties: tuple[str, ...], facts: Facts) -> str | None:
    """Return how they talk: by the text's own word, else by who is there."""
    told = [trace.format for trace in group if trace.format]
    for name in ("phone", "indirect", "multilateral", "direct"):
        if name in told:
            return name
    people = {*parties, *merged(trace.mediators for trace in group)}
    bodies = [i for i in people if facts.kind(i) is Kind.IGO]
    if len(people) > 2 and bodies:
        return "multilateral"
    face = any(t.claim.event is EventType.CONSULT and t.status == "held" and len(t.parties) > 1 for t in group)
    return "direct" if face and any(facts.has(verb_of(t.claim), "meeting_in_person") for t in group) else None
