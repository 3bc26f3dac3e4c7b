"""The frozen types of a rulebook. Files are TOML; the loader turns them into these or reports all mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dragoman.model import EventType, Kind, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office held: ``title`` of the entity ``of``, from and to days inclusive (None: unknown or still)."""

    title: str
    of: str
    start: date | None = None
    end: date | None = None

    def held_on(self, day: date | None) -> bool:
        """Return whether the office was held on the day; without a day, whether it has no end."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A capital or seat whose name means this government, while it was one."""

    name: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One entry of the roster (docs/roster.md)."""

    id: str
    name: str
    kind: Kind
    code: str | None = None
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    offices: tuple[Office, ...] = ()
    affiliations: tuple[Office, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A verb or noun of a frame: its lemma and the words that must stand with it ('lay', 'siege', 'to')."""

    lemma: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A condition on a role: any of ``words`` (lemmas), ``kinds`` (#actor …), or ``anything``."""

    role: str
    words: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    anything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gives:
    """What a frame writes down; role names say where the actor, recipient and so on are found.

    ``sign``: it tells of the process ('the talks collapsed') without an act of anybody, and makes no claim.
    """

    event: EventType
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actor: tuple[str, ...] = ("subject",)
    recipient: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    mutual: bool = False
    status: Status | None = None
    negated: bool = False
    marks: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keeps: bool = False
    sign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a clause stands: under which auxiliary (``*``: any), in which tense, negated, passive; empty or None: not asked."""

    modal: frozenset[str] = frozenset()
    tense: frozenset[str] = frozenset()
    negated: bool | None = None
    passive: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rule: when a clause looks like this, a claim like that. ``says`` and ``never`` are its tests.

    ``manner``: how the clause must stand in all that is asked; ``barred``: how it may stand in none of it.
    """

    id: str
    verbs: tuple[Pattern, ...] = ()
    nouns: tuple[Pattern, ...] = ()
    any_verb: bool = False
    tests: tuple[Test, ...] = ()
    unless: tuple[Test, ...] = ()
    manner: Manner | None = None
    barred: Manner | None = None
    gives: Gives
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    place: str = ""
    rank: int = 0
    silent: bool = False
    relate: EventType | None = None

    @property
    def weight(self) -> int:
        """How specific the frame is: the number of its conditions."""
        asked = self.manner or Manner()
        return (
            self.rank
            + len(self.tests) * 2
            + bool(self.unless)
            + bool(asked.modal)
            + bool(asked.tense)
            + (asked.negated is not None) * 2
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word that governs a clause and changes what it means.

    ``over``: complement (a governing verb or noun), clause (a word inside it), modal (its auxiliary).
    """

    id: str
    words: tuple[Pattern, ...]
    over: str
    negated: bool = False
    hedged: bool = False
    status: Status | None = None
    speaker: bool = False
    transparent: bool = False
    exceptions: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A common noun that acts for somebody ('troops', 'officials'): what it makes of the name before it.

    ``makes``: owner (stands for the state or group itself), force (its armed forces), body (a part of its own).
    """

    words: tuple[str, ...]
    makes: str
    kind: Kind
    sectors: tuple[str, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a rule over time: any of these kinds of entry ('talks.ended'), with words of a list in its sentence.

    ``after`` and ``within``: at least and at most so many days after the step before it.
    """

    any: tuple[str, ...]
    has: tuple[str, ...] = ()
    after: int = 0
    within: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTime:
    """What steps that follow one another come to; ``words`` say it for people.

    Steps that come within ``fresh`` days after it tell of the same; rules of one id are ways to the same.
    """

    id: str
    words: str
    when: tuple[Step, ...]
    fresh: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All rules. ``digest`` is the SHA-256 of its files, printed in every result."""

    digest: str
    lists: Mapping[str, frozenset[str]]
    frames: tuple[Frame, ...]
    cues: tuple[Cue, ...]
    agents: tuple[Agent, ...]
    agent_of: Mapping[str, Agent]
    roster: Mapping[str, Actor]
    titles: Mapping[str, str]
    process: Mapping[str, tuple[str, ...]]
    states: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[tuple[str, str], tuple[tuple[str, Office], ...]] = field(default_factory=dict)
    over_time: tuple[OverTime, ...] = ()

    def words(self, name: str) -> frozenset[str]:
        """Return a word list by name."""
        return self.lists[name]
