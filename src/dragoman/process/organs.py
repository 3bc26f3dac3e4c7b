"""Mentions that mean somebody else than they seem to: a side's own organ, its short form in brackets, 'the government of'."""

from __future__ import annotations

import re

from dragoman.model import Kind
from dragoman.process.facts import Facts

_OF = re.compile(r"(?:,| of| for) (?:the )?\Z")
_BRACKET = re.compile(r"\s\(\Z")
_LONGEST = 12  # code points between an organ and the name of its side
_GROUPS = frozenset({Kind.GROUP, Kind.ARMED_GROUP, Kind.PERSON, Kind.OTHER})
_POWERS = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.GROUP})


def organs(facts: Facts) -> dict[str, str]:
    """Return whose organ an entity is, by the words around its name.

    'The Negotiating Panel of the Front' and 'General Command, People's Army' are the Front and the Army; 'SRF' in brackets behind a
    name is that name.
    """
    found: dict[str, str] = {}
    names = {
        e.name: e.id for e in facts.entities.values() if e.kind in _POWERS and " " in e.name and e.name[0].isupper()
    }
    for at, (start, end, identity) in enumerate(facts.mentions):
        text = facts.text[start:end]
        known = names.get(text, identity)
        if known != identity and facts.kind(identity) is Kind.PERSON and not facts.entities[identity].roster:
            found[identity] = known
        for begin, last, owner in facts.mentions[at + 1 : at + 4]:
            gap = facts.text[end:begin]
            if not 0 < len(gap) <= _LONGEST or owner == identity:
                continue
            owner = names.get(facts.text[begin:last], owner)
            if _OF.fullmatch(gap) and _is_organ(identity, text, facts) and facts.kind(owner) in _POWERS:
                found[identity] = owner
            elif (
                _BRACKET.fullmatch(gap)
                and _is_short_for(facts.text[begin:last], text)
                and facts.kind(identity) in _POWERS
            ):
                found.setdefault(owner, identity)
    return {one: found.get(other, other) for one, other in found.items() if found.get(other) != one}


def _is_organ(identity: str, text: str, facts: Facts) -> bool:
    """Return whether an entity is called a panel, command or committee, and nothing else."""
    entity = facts.entities.get(identity)
    if entity is None or entity.roster or entity.kind not in _GROUPS or not text[:1].isupper():
        return False
    return facts.pattern("organs").fullmatch(text.split()[-1]) is not None


def _is_short_for(short: str, name: str) -> bool:
    """Return whether capitals in brackets are the first letters of a name."""
    letters = "".join(word[0] for word in re.findall(r"[A-Z][\w’'-]*", name))
    return short.isupper() and len(short) > 1 and (letters == short or letters.endswith(short))


def governments(facts: Facts) -> dict[int, str]:
    """Return at which offsets 'the government of X' and 'X's government' stand for the state X that they name."""
    bare = facts.pattern("bare_governments")
    found = {}
    for start, end, identity in facts.mentions:
        if bare.fullmatch(facts.text[start:end]) is None:
            continue
        named = re.match(r" of (?:the )?(?=[A-Z])", facts.text[end : end + 12])
        if named is None:
            continue
        state = next((i for s, _, i in facts.mentions_between(end, end + 60) if s == end + named.end()), None)
        if state is not None and state != identity and facts.kind(state) in (Kind.STATE, Kind.GOVERNMENT):
            found[start] = state
    return found
