"""Who is told of, as pages show it: all names, offices in time, the entries of boards that they are in, events, decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.board.conflicts import Conflict
from dragoman.board.types import Board, Cited, Entry
from dragoman.export.ledger_words import KINDS, entries_of
from dragoman.ledger.store import KeptClaim, Told
from dragoman.ledger.verdicts import OF_ENTITIES, Decision, DecisionKind
from dragoman.model import Kind
from dragoman.rulebook.lookup import TIES, names_of
from dragoman.rulebook.spelling import fold
from dragoman.rulebook.types import Actor, Office
from dragoman.views.listing import Seen, Telling, first_day

_SHORTEST = 4  # letters of a word by which names are alike
_ALIKE = 8

Ids = Callable[[Any], tuple[str, ...]]
Claims = Mapping[str, tuple[Told, KeptClaim]]


# -- the entries of boards that somebody is in


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """That somebody is in an entry. ``role``: as what. ``via``: the party that it stands under, where that is another.

    ``claims`` are those of the entry's claims that name who is of that party; none where the entry names the actor itself.
    """

    kind: str
    role: str
    entry: Entry
    via: str | None = None
    claims: frozenset[str] = frozenset()


def _one(name: str) -> Ids:
    return lambda entry: tuple(filter(None, (getattr(entry, name),)))


def _all(name: str) -> Ids:
    return lambda entry: tuple(getattr(entry, name))


def _signers(entry: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(each.party for each in entry.signings), *entry.parties)))


def _disputed(entry: Any) -> tuple[str, ...]:
    return (entry.about.partition(": ")[0], *(value for value, _ in entry.versions))


ROLES: Mapping[str, tuple[tuple[str, Ids], ...]] = {
    "truces": (("party", _all("parties")),),
    "papers": (("party", _signers),),
    "rounds": (
        ("took part", _all("parties")), ("mediated", _all("mediators")), ("host", _one("host")),
        ("declined", _all("declined")),
    ),
    "stances": (("holds it", _one("party")), ("asked of", _all("of"))),
    "menaces": (("threatens", _one("party")), ("threatened", _all("whom"))),
    "backings": (("backs", _one("backer")), ("backed", _one("backed")), ("denies it", _all("denied_by"))),
    "breaches": (
        ("accused", _all("accused")), ("accuses", _all("accusers")), ("denies it", _all("denied_by")),
        ("verified it", _all("verified_by")),
    ),
    "bodies": (
        ("member", _all("members")), ("wanted in", _all("asked_in")), ("wanted out", _all("asked_out")),
        ("asks for it", _all("asked_by")),
    ),
    "calendar": (("due", _all("due")),),
    "disputes": (("told of in several ways", _disputed),),
}  # fmt: skip


def parts_in(board: Board, conflict: Conflict, claims: Claims) -> dict[str, list[Part]]:
    """Return by id the entries of a board that somebody is in, those too that stand under the party that he is of."""
    found: dict[str, list[Part]] = {}
    for kind, _ in KINDS:
        for entry in entries_of(board, kind):
            for identity, part in _parts(kind, entry, conflict, claims):
                found.setdefault(identity, []).append(part)
    return found


def _parts(kind: str, entry: Entry, conflict: Conflict, claims: Claims) -> Iterator[tuple[str, Part]]:
    roles = {role: ids(entry) for role, ids in ROLES.get(kind, ())}
    own = frozenset(each for ids in roles.values() for each in ids)
    for role, ids in roles.items():
        yield from ((each, Part(kind=kind, role=role, entry=entry)) for each in dict.fromkeys(ids))
    for (identity, party), mine in _members(entry, own, conflict, claims).items():
        role = next(role for role, ids in roles.items() if party in ids)
        yield identity, Part(kind=kind, role=role, entry=entry, via=party, claims=frozenset(mine))


def _members(
    entry: Entry, own: frozenset[str], conflict: Conflict, claims: Claims
) -> dict[tuple[str, str], dict[str, None]]:
    """Return who is in an entry's claims and of one of its parties, with that party: the claims that name him."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for claim in (claim for cited in entry.cited for claim in cited.claims if claim in claims):
        told, kept = claims[claim]
        for identity in named_in(kept):
            party = conflict.party_of(identity, told.kept.report.published) if identity not in own else None
            if party is not None and party in own:
                found.setdefault((identity, party), {})[claim] = None
    return found


def named_in(kept: KeptClaim) -> tuple[str, ...]:
    """Return who is named in a claim: who acts, who is acted upon, who says so."""
    claim = kept.claim
    speakers = (link.speaker for link in claim.attribution if link.speaker)
    return tuple(dict.fromkeys((*claim.actor, *claim.recipient, *speakers)))


def own_sentences(part: Part) -> tuple[Cited, ...]:
    """Return the sentences of an entry that tell of somebody: all of them, or those that name who is of its party."""
    if part.via is None:
        return part.entry.cited
    return tuple(cited for cited in part.entry.cited if not part.claims.isdisjoint(cited.claims))


def own_turns(part: Part) -> tuple[Any, ...]:
    """Return the turns of a stance that are somebody's: all of them, or those whose claims name him."""
    history: tuple[Any, ...] = getattr(part.entry, "history", ())
    if part.via is None:
        return history
    return tuple(turn for turn in history if not part.claims.isdisjoint(turn.cited.claims))


# -- events


def events_with(events: Mapping[str, Sequence[Telling]]) -> dict[str, list[str]]:
    """Return by id the events that somebody acts in, is acted upon in or speaks of, the newest first."""
    found: dict[str, dict[str, date]] = {}
    for event, tellings in events.items():
        day = first_day(tellings[0])
        for _, kept in tellings:
            for identity in named_in(kept):
                found.setdefault(identity, {})[event] = day
    return {
        identity: sorted(mine, key=lambda each: (mine[each], each), reverse=True) for identity, mine in found.items()
    }


# -- names


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A name under which reports tell of somebody: the id that it was read as, mentions and reports."""

    name: str
    id: str
    mentions: int
    reports: int


def called(read: Iterable[Told], ids: frozenset[str]) -> tuple[Called, ...]:
    """Return the names of those who have one of these ids, the most often mentioned first; ``read`` are reports as they were read."""
    mentions: Counter[tuple[str, str]] = Counter()
    reports: Counter[tuple[str, str]] = Counter()
    for told in read:
        for entity, count in told.entities:
            if entity.id in ids:
                mentions[entity.name, entity.id] += count
                reports[entity.name, entity.id] += 1
    listed = sorted(mentions, key=lambda key: (-mentions[key], key))
    return tuple(Called(name=key[0], id=key[1], mentions=mentions[key], reports=reports[key]) for key in listed)


def other_names(actor: Actor | None, known: Iterable[str]) -> tuple[str, ...]:
    """Return the names that the roster has for somebody beside those that are known."""
    seen = set(known)
    return tuple(each for each in dict.fromkeys(names_of(actor)) if each not in seen) if actor else ()


def words_of_name(seen: Seen) -> frozenset[str]:
    """Return the longer words of all names of somebody, in small letters and without accents."""
    words = (word for name in seen.names for word in fold(name).casefold().replace("-", " ").split())
    return frozenset(word for word in words if len(word) >= _SHORTEST)


def by_word(seen: Iterable[Seen]) -> dict[str, list[Seen]]:
    """Return who has a word in a name, by word."""
    found: dict[str, list[Seen]] = {}
    for each in seen:
        for word in words_of_name(each):
            found.setdefault(word, []).append(each)
    return found


def alike(seen: Seen, words: Mapping[str, Sequence[Seen]]) -> tuple[Seen, ...]:
    """Return others whose names share a word with somebody's: those first whose word the fewest have."""
    found: dict[str, tuple[int, Seen]] = {}
    for word in sorted(words_of_name(seen)):
        for other in words.get(word, ()):
            if other.id != seen.id:
                rank = min(len(words[word]), found[other.id][0] if other.id in found else len(words[word]))
                found[other.id] = (rank, other)
    listed = sorted(found.values(), key=lambda each: (each[0], -each[1].mentions, each[1].id))
    return tuple(other for _, other in listed[:_ALIKE])


# -- offices


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An office or a tie: ``words`` say what, ``of`` is the id of whose it is, ``now`` whether it is held on the day asked for."""

    words: str
    of: str
    start: date | None
    end: date | None
    now: bool


def offices(actor: Actor | None, day: date) -> tuple[Held, ...]:
    """Return the offices and ties of an entry of the roster, the latest first."""
    if actor is None:
        return ()
    listed = [_held(each, day) for each in (*actor.offices, *actor.affiliations)]
    return tuple(sorted(listed, key=lambda each: (each.end or date.max, each.start or date.min), reverse=True))


def _held(office: Office, day: date) -> Held:
    words = TIES.get(office.title, f"{office.title} of".replace("_", " "))
    on = (office.start or date.min) <= day <= (office.end or date.max)
    return Held(words=words, of=office.of, start=office.start, end=office.end, now=on)


def holders(roster: Mapping[str, Actor]) -> dict[str, list[tuple[str, Office]]]:
    """Return by id who holds an office of it or is tied to it."""
    found: dict[str, list[tuple[str, Office]]] = {}
    for actor in roster.values():
        for office in (*actor.offices, *actor.affiliations):
            found.setdefault(office.of, []).append((actor.id, office))
    return found


# -- decisions on who is who


def group_of(identity: str, ids: Mapping[str, str]) -> frozenset[str]:
    """Return all ids that are one with somebody's, by who is who now.

    >>> sorted(group_of("gna", {"tripoli": "gna", "sarraj-camp": "gna"}))
    ['gna', 'sarraj-camp', 'tripoli']
    """
    target = ids.get(identity, identity)
    return frozenset({target, *(each for each, into in ids.items() if into == target)})


def of_entities(decisions: Iterable[Decision], ids: frozenset[str]) -> tuple[Decision, ...]:
    """Return what was decided and noted of somebody, the newest first."""
    kinds = OF_ENTITIES | {DecisionKind.NOTE}
    mine = [each for each in decisions if each.kind in kinds and not ids.isdisjoint(each.about)]
    return tuple(sorted(mine, key=lambda each: (each.at, each.id), reverse=True))


_KINDS = {Kind.OTHER: "kind unknown", Kind.IGO: "organisation of states", Kind.NGO: "non-state organisation"}


def kind_words(kind: Kind) -> str:
    """Return what kind of actor somebody is.

    >>> kind_words(Kind.ARMED_GROUP), kind_words(Kind.IGO)
    ('armed group', 'organisation of states')
    """
    return _KINDS.get(kind, kind.value.replace("_", " "))


# -- whose somebody is


def side_words(identity: str, conflict: Conflict, day: date | None, names: Mapping[str, str]) -> str:
    """Return whose somebody is in a conflict: a party with its side, of a party, a backer; nothing for all others."""
    if identity in conflict.parties:
        return f"party, side: {names.get(conflict.parties[identity], conflict.parties[identity])}"
    party = conflict.party_of(identity, day)
    if party is not None:
        return f"of {names.get(party, party)}"
    side = conflict.backers.get(identity)
    return f"backer of {names.get(side, side)}" if side else ""
