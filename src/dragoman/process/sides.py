"""For whom a person of the report stands: the government, group or body that the text or the roster gives him."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from dragoman.model import Entity, Kind
from dragoman.process.lists import pattern_of
from dragoman.reading.reader import Reading
from dragoman.rulebook.types import Actor

_SIDES = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.GROUP})
_OF = re.compile(r"\b(?:of|for|from)(?: the)? \Z")
_LAST = len(" from the ")
_WIDEST = 250  # code points between a person and a side that one phrase may tie together
_REACH = 90


def sides_of(
    reading: Reading,
    mentions: Sequence[tuple[int, int, str]],
    words: Mapping[str, tuple[str, ...]],
    roster: Mapping[str, Actor],
) -> tuple[dict[str, str], frozenset[str]]:
    """Return the side of each person and army whose side is in the report too, and who speaks as a spokesman.

    Told by the text ('Rohan's president, Theoden', 'Gamling, a spokesman for Rohan'), else by the roster's offices.
    """
    entities = {entity.id: entity for entity in reading.entities}
    told, voices = _told(reading.report.text, mentions, entities, words)
    found = dict(told)
    for entity in entities.values():
        owner = entity.part_of or _office(entity, reading.report.published, roster)
        fits = owner in entities and entities[owner].kind in _SIDES if owner else False
        if (
            owner
            and fits
            and not _is_umbrella(entity, entities[owner])
            and (entity.kind is Kind.PERSON or entity.part_of)
            and owner != entity.id
        ):
            found.setdefault(entity.id, owner)
    return found, frozenset(voices)


def _is_umbrella(entity: Entity, owner: Entity) -> bool:
    """Return whether a group that fights is only part of an alliance of such groups: it stands for itself."""
    return entity.kind is Kind.ARMED_GROUP and owner.kind in (Kind.ARMED_GROUP, Kind.GROUP)


def _office(entity: Entity, day: date | None, roster: Mapping[str, Actor]) -> str | None:
    """Return the body of which the roster says that the person held an office on the day."""
    actor = roster.get(entity.id)
    if actor is None or entity.kind is not Kind.PERSON:
        return None
    held = [o for o in actor.offices if day is None or (o.start or date.min) <= day <= (o.end or date.max)]
    links = [*held, *(link for link in actor.affiliations if link.title in ("leads", "part_of"))]
    return next((link.of for link in links), None)


def _told(
    text: str,
    mentions: Sequence[tuple[int, int, str]],
    entities: Mapping[str, Entity],
    words: Mapping[str, tuple[str, ...]],
) -> tuple[dict[str, str], set[str]]:
    offices, speaking = pattern_of(words["offices"]), pattern_of(words["spokesmen"])
    found: dict[str, str] = {}
    voices: set[str] = set()
    plain = pattern_of(words["nameless_sides"])
    groups = sorted(
        (s, e, i)
        for s, e, i in mentions
        if entities[i].kind in _SIDES
        and (entities[i].name != entities[i].name.lower() or plain.search(entities[i].name))
    )
    named = sorted((s, e) for s, e, i in mentions if entities[i].kind is Kind.PERSON and text[s].isupper())
    for start, end, person in mentions:
        if entities[person].kind is not Kind.PERSON or person in found:
            continue
        for first, last, group in _near(groups, start, end):
            low, high = min(end, last), max(start, first)
            between = any(low <= s and e <= high for s, e in _near(named, low, high))
            gap = None if between else _gap(text, (start, end), (first, last))
            if gap is not None and offices.search(gap):
                found[person] = group
                if speaking.search(gap):
                    voices.add(person)
                break
    return found, voices


_Span = TypeVar("_Span", bound=tuple[Any, ...])


def _near(spans: Sequence[_Span], start: int, end: int) -> Sequence[_Span]:
    """Return those of the sorted spans that begin within reach of a stretch, so that long reports stay quick."""
    return spans[bisect_left(spans, (start - _WIDEST,)) : bisect_right(spans, (end + _WIDEST,))]


def _gap(text: str, person: tuple[int, int], group: tuple[int, int]) -> str | None:
    """Return the words that tie a person to a group: "'s president, " or ", a spokesman for the "."""
    if text[group[1] : person[0]] == ", ":
        return _led(text[max(0, group[0] - _WIDEST) : group[0]])
    if 0 <= person[0] - group[1] <= _REACH:
        gap = text[group[1] : person[0]]
        return gap if re.fullmatch(r"(?:['’]s?)?(?: [\w-]+){1,6},? ", gap) and not _breaks(gap) else None
    if 0 <= group[0] - person[1] <= _REACH:
        gap = text[person[1] : group[0]]
        fits = re.fullmatch(r", (?:the |an? )?(?:[\w-]+ ){0,4}(?:of|for|from|to) (?:the )?(?:[\w-]+ ){0,3}", gap)
        return gap if fits else None
    return None


def _led(before: str) -> str | None:
    """Return the words that end in 'of', 'for' or 'from': ', president of '; the end is looked at first, for it is seldom so."""
    if _OF.search(before[-_LAST:]) is None:
        return None
    led = re.search(r"[^.;]{0,60}\b(?:of|for|from)(?: the)? \Z", before)
    return led.group() if led else None


def _breaks(gap: str) -> bool:
    return re.search(r"\b(?:and|or|but|with|to|by|that|said|told|from|on|in|at|of|is|was|has|had)\b", gap) is not None
