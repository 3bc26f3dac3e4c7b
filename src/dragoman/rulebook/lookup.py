"""Who is that: entries of the roster by any of their names, and what they were on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.rulebook.spelling import fold, forms
from dragoman.rulebook.types import Actor, Office

_WORDS = re.compile(r"\w+")
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Entries that a name stands for: ``exact`` where it is one of their names, else they only hold its words."""

    exact: bool
    actors: tuple[Actor, ...]


def names_of(actor: Actor) -> tuple[str, ...]:
    """Return all that an entry may be called: name, aliases, demonyms, seats."""
    return (actor.name, *actor.aliases, *actor.demonyms, *(seat.name for seat in actor.seats))


def find(roster: Mapping[str, Actor], name: str) -> Found:
    """Return the entries called so (accents, case, al-/el- aside), or those whose names hold all its words."""
    wanted = _keys(name.strip())
    exact = tuple(a for a in roster.values() if a.id == name.strip() or any(wanted & _keys(n) for n in names_of(a)))
    if exact:
        return Found(exact=True, actors=exact)
    words = _words(name)
    near = [a for a in roster.values() if words and any(words <= _words(n) for n in (a.id, *names_of(a)))]
    near.sort(key=lambda actor: not any(wanted & _keys(n.split()[-1]) for n in names_of(actor)))
    return Found(exact=False, actors=tuple(near[:_MOST]))


def _keys(name: str) -> set[str]:
    return {form.lower() for form in forms(name)}


def _words(name: str) -> set[str]:
    return set(_WORDS.findall(fold(name).lower()))


def described(actor: Actor, roster: Mapping[str, Actor], day: date | None) -> Iterator[str]:
    """Yield the lines that say who an entry is: all its offices and ties, or those of the day."""
    sectors = f" {', '.join(actor.sectors)}" if actor.sectors else ""
    yield f"{actor.id}: {actor.name}, {actor.kind.value.replace('_', ' ')}, {actor.code or 'no country'}{sectors}"
    if actor.start or actor.end:
        yield f"  existed {_span(actor.start, actor.end)}"
    if day is not None and _outside(actor, day):
        yield f"  did not exist on {day}"
    for link in (*actor.offices, *actor.affiliations):
        if day is None or _on(link, day):
            owner = roster[link.of].name if link.of in roster else link.of
            dates = _span(link.start, link.end)
            yield f"  {_title(link)} {owner} ({link.of}){' ' + dates if dates else ''}"
    others = [name for name in names_of(actor) if name != actor.name]
    if others:
        yield f"  also: {'; '.join(others)}"


def _on(link: Office, day: date) -> bool:
    return (link.start is None or link.start <= day) and (link.end is None or day <= link.end)


def _outside(actor: Actor, day: date) -> bool:
    return bool((actor.start and day < actor.start) or (actor.end and actor.end < day))


TIES = {"leads": "leads", "part_of": "part of", "wing_of": "wing of", "proxy_of": "proxy of", "led_by": "led by"}


def _title(link: Office) -> str:
    return TIES.get(link.title, f"{link.title} of")


def _span(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return ""
    return f"{f'from {start}' if start else ''}{' ' if start and end else ''}{f'to {end}' if end else ''}"
