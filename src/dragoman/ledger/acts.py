"""What an event of one report is compared by: its claims put together in a small form, computed once and kept with the report."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from dragoman.model import Basis, Claim, Entity, Kind, Report, When
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import Actor

_STEM = 6
_WORD = re.compile(r"[^\W_]+")
_SAME_WORDS = {
    word: words.split()[0]
    for words in (
        "truce ceasefire cease armistice ceasefires truces",
        "deal agreement pact accord document treaty deals agreements paper",
        "talks negotiations meeting meetings summit conference dialogue negotiate negotiating",
        "attack offensive assault raid shelling attacks bombardment strike strikes",
        "troops soldiers forces fighters army",
        "arms weapons weaponry armaments arming",
        "observers monitors monitoring monitor",
        "leave withdraw withdrawal pull",
    )
    for word in words.split()
}
_ENDING = re.compile(r"(?<=[^\W\d]{3})(?:ing|ed|es|s|e)$")
COMMON = frozenset({"truce", "deal", "talks", "attack", "troops", "sign", "peace"})
"""Words that many acts have in common: each counts half."""
_EMPTY = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday town city village district region area
    the a an and or of to in on at for from by with that this its his her their it he she they be is are was were been has have had
    not no as if when until after before into out over up any all some both side sides would will should could may might must who
    which fire new more other between against about said say also own there than two one do did does done so keep kept neither
    other same
    """.split()
)
_DAYS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d|\d{4}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NUMERALS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a": 1, "an": 1}


class Party(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """An actor as acts compare it. ``sides``: bodies that it is part of or acts for; ``named``: a name, not 'soldiers' or 'powers'.

    ``known``: the roster has it, so that its id is its name.
    """

    id: str
    sides: tuple[str, ...] = ()
    named: bool = True
    known: bool = False


class Act(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """An event of one report. ``id`` is the claim that leads it, ``claims`` all that tell of it; ``said`` marks their sentences.

    ``sharp``: its day was told as a weekday or a date, not as 'overnight' or 'recently'. ``country``: the place is a whole country.
    ``words`` are those of what is done, ``targets`` those of upon whom. ``headline``: nothing but the headline tells it.
    """

    id: str
    claims: tuple[str, ...]
    event: str
    negated: bool
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    first: date | None
    last: date | None
    sharp: bool
    place: str | None
    code: str | None
    country: bool
    words: frozenset[str]
    targets: frozenset[str]
    headline: bool
    marks: tuple[str, ...]
    count: int | None
    said: tuple[str, ...]


def acts_of(report: Report, claims: Iterable[Claim], entities: Iterable[Entity]) -> tuple[Act, ...]:
    """Return the events of one report as its own reading has them (``event_id``), in text order."""
    known = {entity.id: entity for entity in entities}
    groups: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: (c.evidence.start, c.id)):
        groups.setdefault(claim.event_id or claim.id, []).append(claim)
    roster = load_rulebook(None).roster if groups else {}
    said = _said(claim for group in groups.values() for claim in group)
    return tuple(_act(group, known, roster, report, said) for group in groups.values())


def _act(
    group: Sequence[Claim],
    known: Mapping[str, Entity],
    roster: Mapping[str, Actor],
    report: Report,
    said: Mapping[str, str],
) -> Act:
    leader = next((claim for claim in group if claim.id == claim.event_id), group[0])
    ordered = [leader, *(claim for claim in group if claim is not leader)]
    when = next((claim.date for claim in ordered if _dated(claim.date)), When())
    where = next((claim.place for claim in ordered if claim.place), None)
    actors = _once(identity for claim in ordered for identity in claim.actor)
    recipients = tuple(i for i in _once(i for claim in ordered for i in claim.recipient) if i not in actors)
    return Act(
        id=leader.id,
        claims=tuple(claim.id for claim in group),
        event=leader.event.value,
        negated=leader.negated,
        status=leader.status.value,
        actors=tuple(_party(identity, known, roster, report.published) for identity in actors),
        recipients=tuple(_party(identity, known, roster, report.published) for identity in recipients),
        first=when.earliest,
        last=when.latest,
        sharp=when.basis is Basis.STATED or bool(_DAYS.search(when.phrase or "")),
        place=where.name if where else None,
        code=where.code if where else None,
        country=where is not None and _is_state(where.name, roster),
        words=_words(ordered) - _names(actors, known),
        targets=_names(recipients, known),
        headline=all(claim.evidence.start < report.body_start for claim in group),
        marks=_once(mark for claim in ordered for mark in claim.marks),
        count=next((n for claim in ordered if (n := number_in(claim.casualties)) is not None), None),
        said=_once(said[claim.id] for claim in group),
    )


def number_in(text: str | None) -> int | None:
    """Return the first number of a text, in digits or words.

    >>> number_in("at least 1,200 people"), number_in("twenty-three soldiers"), number_in("dozens")
    (1200, 23, None)
    """
    digits = _NUMBER.search(text or "")
    if digits:
        return int(re.sub(r"\D", "", digits.group()))
    words = (text or "").lower().replace("-", " ").split()
    at = next((place for place, word in enumerate(words) if word in _NUMERALS), None)
    if at is None:
        return None
    tens, units = _NUMERALS[words[at]], _NUMERALS.get(words[at + 1], 0) if at + 1 < len(words) else 0
    return tens + units if tens >= 20 and 0 < units < 10 else tens


def stems(text: str | None) -> frozenset[str]:
    """Return the words that say something, folded and cut to their stems; words for one thing are one.

    >>> sorted(stems("to respect the cease-fire and the Ceasefire agreement"))
    ['deal', 'respec', 'truce']
    """
    spread = unicodedata.normalize("NFKD", (text or "").casefold())
    folded = "".join(c for c in spread if not unicodedata.combining(c)).replace("cease-fire", "ceasefire")
    found = (word for word in _WORD.findall(folded) if len(word) > 1 and word not in _EMPTY)
    return frozenset(_SAME_WORDS.get(word, _ENDING.sub("", word)[:_STEM]) for word in found)


def _words(claims: Sequence[Claim]) -> frozenset[str]:
    told = [stems(text) for claim in claims for text in (claim.content, claim.condition, claim.means)]
    return frozenset().union(*told)


def _names(identities: Iterable[str], known: Mapping[str, Entity]) -> frozenset[str]:
    return frozenset().union(*(stems(known[i].name if i in known else i) for i in identities))


def _party(identity: str, known: Mapping[str, Entity], roster: Mapping[str, Actor], day: date | None) -> Party:
    entity, actor = known.get(identity), roster.get(identity)
    sides = [entity.part_of] if entity and entity.part_of else []
    if actor:
        held = [office for office in actor.offices if office.held_on(day)]
        ties = [tie for tie in actor.affiliations if tie.title in ("leads", "led_by", "part_of")]
        sides += [each.of for each in (*held, *ties)]
    return Party(
        id=identity,
        sides=tuple(sorted(set(sides))),
        named=actor is not None or entity is None or bool(entity.part_of) or _is_name(entity),
        known=actor is not None,
    )


def _is_name(entity: Entity) -> bool:
    """Return whether an entity has a name: 'Karvan Voice' and 'Velk', not 'World powers' or 'soldiers'."""
    rest = entity.name[1:] if entity.kind is Kind.GROUP else entity.name
    return rest != rest.lower()


def _is_state(place: str, roster: Mapping[str, Actor]) -> bool:
    state = roster.get("-".join(place.lower().split()))
    return state is not None and state.kind is Kind.STATE


def _said(claims: Iterable[Claim]) -> dict[str, str]:
    """Return a mark of each claim's sentence and what it tells: alike in each print of a text, whoever is taken to be meant."""
    found: dict[str, str] = {}
    times: Counter[str] = Counter()
    for claim in claims:
        words = " ".join(_WORD.findall(claim.evidence.text.lower())[-40:])
        whole = "\x1f".join((claim.event.value, str(claim.negated), claim.content or "", words))
        times[whole] += 1
        found[claim.id] = hashlib.blake2b(f"{whole}\x1f{times[whole]}".encode(), digest_size=6).hexdigest()
    return found


def _dated(when: When) -> bool:
    return when.earliest is not None or when.latest is not None


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
