"""Statements of one report that cannot all be true: signed or not, Monday or Tuesday, 12 or 20 dead, done or denied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from dragoman.model import Claim, EventType, When, content_id
from dragoman.process.facts import alike, known, overlapping, stems
from dragoman.process.records import Contradiction, Record, Side, Signature, Talks
from dragoman.process.standing import in_order, leading, speakers_of

_DONE = frozenset({"signed", "accepted"})
_NOT_DONE = frozenset({"refused", "not_signed"})
_DEEDS = frozenset(
    {
        EventType.AID,
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.RETREAT,
        EventType.CONSULT,
        EventType.MOBILIZE,
    }
)
_NUMBER = re.compile(r"\d[\d,.]*")
_NUMERALS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip


def contradictions(
    claims: Iterable[Claim], signatures: Sequence[Signature], talks: Sequence[Talks]
) -> tuple[Contradiction, ...]:
    """Return what the report tells in two ways, each with its sides, in text order."""
    listed = in_order(claims)
    by_id = {claim.id: claim for claim in listed}
    found = [
        *_statuses(signatures, by_id),
        *_signature_days(signatures, by_id),
        *_talks_days(talks, by_id),
        *_casualties(listed),
        *_denials(listed),
    ]
    unique = {each.id: each for each in found}
    return tuple(sorted(unique.values(), key=lambda c: (c.sides[0].evidence.sentence, c.id)))


def _made(kind: str, about: str, versions: Sequence[tuple[str, Sequence[Claim]]]) -> Contradiction:
    sides = [
        Side(
            value=value,
            claims=tuple(claim.id for claim in in_order(claims)),
            speakers=speakers_of(claims),
            evidence=leading(claims).evidence,
        )
        for value, claims in versions
    ]
    sides.sort(key=lambda side: (side.evidence.sentence, side.value))
    return Contradiction(
        id=content_id("contradiction", kind, about, *(claim for side in sides for claim in side.claims)),
        kind=kind,
        about=about,
        versions=tuple(side.value for side in sides),
        sides=tuple(sides),
    )


def _own(entry: Record, by_id: dict[str, Claim]) -> list[Claim]:
    return [by_id[identity] for identity in entry.claims if identity in by_id]


def _statuses(signatures: Sequence[Signature], by_id: dict[str, Claim]) -> Iterator[Contradiction]:
    """The same party signed and did not sign the same document."""
    for one, other in combinations(signatures, 2):
        if (one.party, one.document) != (other.party, other.document) or {one.status, other.status} <= _DONE:
            continue
        done, undone = (one, other) if one.status in _DONE else (other, one)
        if done.status in _DONE and undone.status in _NOT_DONE and not _later(undone, done):
            versions = [(done.status, _own(done, by_id)), (undone.status, _own(undone, by_id))]
            yield _made("status", f"{one.party}: {one.document}", versions)


def _later(undone: Signature, done: Signature) -> bool:
    """Return whether a refusal was before the signing: a change of mind, no contradiction."""
    return known(undone.date) and known(done.date) and not overlapping(undone.date, done.date)


def _signature_days(signatures: Sequence[Signature], by_id: dict[str, Claim]) -> Iterator[Contradiction]:
    """One act upon a document is told of two days."""
    for entry in signatures:
        yield from _days(f"{entry.party}: {entry.status.replace('_', ' ')}, {entry.document}", _own(entry, by_id))


def _talks_days(talks: Sequence[Talks], by_id: dict[str, Claim]) -> Iterator[Contradiction]:
    """The same talks are set on different days by different speakers."""
    for entry in talks:
        held = [claim for claim in _own(entry, by_id) if claim.event is EventType.CONSULT]
        place = f" in {entry.place.name}" if entry.place else ""
        yield from (c for c in _days(f"{entry.name}{place}", held) if c.sides[0].speakers != c.sides[1].speakers)


def _days(about: str, claims: Sequence[Claim]) -> Iterator[Contradiction]:
    by_day: list[tuple[When, list[Claim]]] = []
    for claim in in_order(claims):
        if not known(claim.date):
            continue
        home = next((group for when, group in by_day if overlapping(when, claim.date)), None)
        if home is None:
            by_day.append((claim.date, [claim]))
        else:
            home.append(claim)
    if len(by_day) > 1:
        yield _made("date", about, [(_day_words(when), group) for when, group in by_day])


def _day_words(when: When) -> str:
    first, last = when.earliest, when.latest
    days = f"{first}" if first == last else f"{first or '…'} to {last or '…'}"
    return f"{days} ({when.phrase})" if when.phrase else days


def _casualties(claims: Sequence[Claim]) -> Iterator[Contradiction]:
    """Two counts of the dead or hurt of one attack."""
    counted = [(claim, number) for claim in claims if (number := _count(claim)) is not None]
    for (one, first), (other, second) in combinations(counted, 2):
        if first != second and _one_attack(one, other):
            yield _made(
                "casualties",
                one.evidence.text,
                [(one.casualties or "", [one]), (other.casualties or "", [other])],
            )


def _count(claim: Claim) -> int | None:
    if claim.event is not EventType.ASSAULT or not claim.casualties or claim.negated:
        return None
    found = _NUMBER.search(claim.casualties)
    if found:
        return int(re.sub(r"\D", "", found.group()) or 0)
    return next((_NUMERALS[word] for word in claim.casualties.lower().split() if word in _NUMERALS), None)


def _one_attack(one: Claim, other: Claim) -> bool:
    if one.event_id and one.event_id == other.event_id:
        return True
    if not (known(one.date) and known(other.date) and overlapping(one.date, other.date)):
        return False
    if one.place is None or other.place is None or one.place.name != other.place.name:
        return False
    counted = stems(one.casualties) & stems(other.casualties)
    acting = not one.actor or not other.actor or bool(set(one.actor) & set(other.actor))
    return acting and (bool(counted) or one.rule == other.rule)


def _denials(claims: Sequence[Claim]) -> Iterator[Contradiction]:
    """An act that is stated and denied."""
    deeds = [claim for claim in claims if claim.event in _DEEDS and claim.actor]
    for yes in (claim for claim in deeds if not claim.negated):
        for no in (claim for claim in deeds if claim.negated):
            if _one_deed(yes, no):
                about = f"{', '.join(yes.actor)}: {yes.content or yes.event.value.lower()}"
                yield _made("denial", about, [("stated", [yes]), ("denied", [no])])


def _one_deed(yes: Claim, no: Claim) -> bool:
    if yes.event is not no.event or set(yes.actor).isdisjoint(no.actor) or yes.status is not no.status:
        return False
    if set(yes.recipient) != set(no.recipient) and (set(yes.recipient).isdisjoint(no.recipient)):
        return False
    if known(yes.date) and known(no.date) and not overlapping(yes.date, no.date):
        return False
    if no.event is EventType.CONSULT and set(no.actor) != set(yes.actor):
        return False
    return not yes.content or not no.content or alike(yes.content, no.content)
