"""Why a person should look at something: each doubt is a small function of what the record has, and says so in words.

Nothing is scored. ``ORDER`` is the order in which doubts are looked at: first what cannot all be true, then what would change the
state of the process if it were wrong, then what was hard to read, then what is only incomplete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dragoman.board.types import Due, Entry, Menace, Round, Truce
from dragoman.export.days import day_words
from dragoman.ledger.store import Told
from dragoman.model import Claim, Entity, Kind, Status
from dragoman.process.lists import pattern_of
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import Actor

TITLES = {
    "contradicted": "contradicted",
    "undecided": "told in several ways",
    "candidates": "several candidates",
    "without-object": "decision without object",
    "alone": "one origin alone",
    "speaker": "speaker unknown",
    "hedged": "in doubt",
    "nobody": "nobody named",
    "twins": "perhaps one event",
    "unread": "unread, with a word of the process",
    "stale": "no word since",
    "unlisted": "not on the roster",
    "no-day": "day not stated",
}
ORDER = tuple(TITLES)
_TRIGGERS = ("kind_ceasefire", "document_heads", "talks", "signing", "mediating")
_NO_ACTOR = frozenset({Kind.PLACE, Kind.GROUP, Kind.OTHER, Kind.MEDIA})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One doubt: its key (see TITLES) and why, in words. ``to``: the parts of the address of what it speaks of."""

    key: str
    words: str
    to: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """Return its place in the order of doubts, the gravest 0."""
        return ORDER.index(self.key)


# -- of claims


def contradicted(against: Sequence[str]) -> Reason | None:
    """Return the doubt that other claims of the same report speak against it."""
    if not against:
        return None
    words = (
        f"{_number(len(against), 'claim')} of the same report {'speaks' if len(against) == 1 else 'speak'} against it"
    )
    return Reason(key="contradicted", words=words, to=("claims", against[0]))


def disputed(asks: str, conflict: str, dispute: str) -> Reason:
    """Return the doubt that a claim is one of several versions."""
    return Reason(key="contradicted", words=f"reports differ: {asks}", to=("contradictions", conflict, dispute))


def alone(title: str, conflict: str, entry: str) -> Reason:
    """Return the doubt that an entry of a board stands on one origin, this claim's."""
    return Reason(key="alone", words=f"alone for: {title}", to=("conflicts", conflict, "entries", entry))


def unknown_speaker(claim: Claim) -> Reason | None:
    """Return the doubt that somebody says so of whom only the words are known."""
    unknown = [link.text for link in claim.attribution if link.speaker is None]
    return Reason(key="speaker", words=f"said by “{unknown[0]}”, whoever that is") if unknown else None


def hedged(claim: Claim) -> Reason | None:
    """Return the doubt that the report itself hedges."""
    return Reason(key="hedged", words="the report itself is in doubt") if claim.hedged else None


def nobody_named(claim: Claim) -> Reason | None:
    """Return the doubt that it is not said who did it."""
    return None if claim.actor else Reason(key="nobody", words="it is not said who did it")


def twins(others: int) -> Reason | None:
    """Return the doubt that other events have the same type, parties and day."""
    if not others:
        return None
    return Reason(
        key="twins", words=f"{_number(others, 'other event')} of the same type, parties and day: are they one?"
    )


def no_day(claim: Claim) -> Reason | None:
    """Return the doubt that an act that happened or is to come has no day."""
    timeless = claim.date.earliest is None and claim.date.latest is None and claim.status is not Status.HISTORICAL
    return Reason(key="no-day", words="it is not said on which day") if timeless else None


# -- of actors, entries, sentences, decisions


def several_candidates(entity: Entity, candidates: Sequence[Actor]) -> Reason | None:
    """Return the doubt that a name which was put to nobody is one that several of the roster have."""
    if entity.roster or not candidates:
        return None
    listed = ", ".join(each.name for each in candidates[:3])
    of = "one of the roster is" if len(candidates) == 1 else f"{len(candidates)} of the roster are"
    return Reason(key="candidates", words=f"{of} called so: {listed}", to=("actors", candidates[0].id))


def unlisted(entity: Entity) -> Reason | None:
    """Return the doubt that a person, government, state, armed group or organisation is known from reports alone."""
    if entity.roster or entity.kind in _NO_ACTOR:
        return None
    return Reason(key="unlisted", words="known from reports alone: the roster does not have it")


def stale(entry: Entry) -> Reason | None:
    """Return the doubt that nothing has been told of what was due, threatened or agreed."""
    quiet = (isinstance(entry, Truce) and entry.status == "unknown") or (
        isinstance(entry, Due | Menace) and entry.outcome == "passed"
    ) or (isinstance(entry, Round) and entry.status == "passed")  # fmt: skip
    if not quiet:
        return None
    return Reason(key="stale", words=f"nothing is told of it since {_day(entry.last)}")


def undecided(versions: int, conflict: str, dispute: str) -> Reason:
    """Return the doubt that nobody has decided on any version of a contradiction."""
    words = f"{_number(versions, 'version')}, and nobody has decided on any"
    return Reason(key="undecided", words=words, to=("contradictions", conflict, dispute))


def without_object() -> Reason:
    """Return the doubt that what a decision is about is not there now."""
    return Reason(key="without-object", words="what it is about is not there now; it counts again when it is")


def unread(words: str) -> Reason:
    """Return the doubt that a sentence with a word of the process gave no claim."""
    return Reason(key="unread", words=f"no claim was read here, and it has “{words}”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Sentences in a row that gave no claim: the first and last of them by number, and their offsets."""

    first: int
    last: int
    start: int
    end: int
    word: str


def unread_in(told: Told) -> Iterator[Stretch]:
    """Yield the stretches of a report between sentences that gave claims in which a word of the process stands."""
    text, pattern = told.kept.report.text, trigger()
    for first, last, start, end in _gaps(told):
        found = pattern.search(text, start, end)
        if found is not None:
            yield Stretch(first=first, last=last, start=start, end=end, word=found.group())


@lru_cache(maxsize=1)
def trigger() -> re.Pattern[str]:
    """Return the pattern of the words that tell of the process."""
    process = load_rulebook(None).process
    return pattern_of(tuple(dict.fromkeys(word for name in _TRIGGERS for word in process[name])))


def _gaps(told: Told) -> Iterator[tuple[int, int, int, int]]:
    spans = {kept.claim.evidence.sentence: kept.claim.evidence for kept in told.claims}
    records = {each.evidence.sentence: each.evidence for found in told.records.values() for each in found}
    number, place = 0, 0
    for sentence, evidence in sorted((spans | records).items()):
        if sentence > number + 1:
            yield number + 1, sentence - 1, place, evidence.start
        number, place = sentence, evidence.end
    if number < told.kept.sentences:
        yield number + 1, told.kept.sentences, place, len(told.kept.report.text)


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count != 1 else ''}"


def _day(day: date | None) -> str:
    return day_words(day) if day else "a day that is not known"
