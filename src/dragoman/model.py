"""The frozen types that travel from report to record. No logic but checks.

Offsets are Unicode code points into ``Report.text``; days are ``datetime.date``; ids are made from content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class EventType(StrEnum):
    """The sixteen event types of PLOVER (manual of December 2023)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Status(StrEnum):
    """Whether the act has happened, is to come, is only possible, or is background."""

    OCCURRED = "occurred"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"


class Basis(StrEnum):
    """What a day rests on."""

    STATED = "stated"
    RELATIVE = "relative-to-report"
    MISSING = "report-date-missing"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    STATE = "state"
    GOVERNMENT = "government"
    ARMED_GROUP = "armed_group"
    IGO = "igo"
    NGO = "ngo"
    MEDIA = "media"
    GROUP = "group"
    PLACE = "place"
    OTHER = "other"


def content_id(*parts: object) -> str:
    """Return a short id (16 hexadecimal digits of SHA-256) made from the parts, the same on every machine.

    >>> content_id("a", 1) == content_id("a", 1)
    True
    """
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def merged(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return all ids of the groups once each, in order.

    >>> merged([("a", "b"), ("b", "c")])
    ('a', 'b', 'c')
    """
    return tuple(dict.fromkeys(identity for group in groups for identity in group))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text: ``text[start:end]`` is the quote."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} runs backwards")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A notice that the report was updated; ``paragraphs`` are the body paragraphs it names, from 1."""

    notice: str
    paragraphs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Where, when and by whom a report was filed: 'MOSCOW, Jan 14 (Reuters) -'."""

    place: str | None = None
    day: date | None = None
    agency: str | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One news report as read. ``text`` is headline, blank line, body; ``body_start`` is the body's offset in it.

    ``fetched`` is the instant (UTC) at which it was got, where that is known: it orders versions of one day.
    """

    id: str
    headline: str | None
    text: str
    body_start: int
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    language: str = "en"
    revision: Revision | None = None
    dateline: Dateline | None = None
    source: str = "-"
    fetched: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An interval of days, inclusive; ``None`` at an end is open or unknown. ``phrase`` is the text it came from."""

    earliest: date | None = None
    latest: date | None = None
    phrase: str | None = None
    basis: Basis = Basis.UNKNOWN

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"interval {self.earliest}..{self.latest} runs backwards")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place: its name, ISO 3166 alpha-3 country code, degrees north and east, and the text it came from."""

    name: str
    code: str | None = None
    lat: float | None = None
    lon: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention of an entity. ``how``: name, acronym, surname, description, pronoun, demonym, seat, title."""

    start: int
    end: int
    text: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that acts or is acted upon. ``roster`` is true where the roster knows it."""

    id: str
    name: str
    kind: Kind
    code: str | None = None
    sectors: tuple[str, ...] = ()
    roster: bool = False
    mentions: tuple[Mention, ...] = ()
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One link of who says so; ``speaker`` is an entity id, or None where only the words are known."""

    speaker: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentence a claim stands in: its number from 1 and its offsets; ``text`` is the whole sentence."""

    sentence: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One act or relation that a report states: who did what to whom.

    ``marks`` are the record hints that the frame gave ('signature.signed'), ``document`` and ``parties`` what the
    process rules need beside actor and recipient; they are kept out of the printed form.
    """

    id: str
    event: EventType
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    negated: bool = False
    status: Status = Status.OCCURRED
    hedged: bool = False
    quoted: bool = False
    attribution: tuple[Attribution, ...] = ()
    date: When = field(default_factory=When)
    place: Where | None = None
    content: str | None = None
    condition: str | None = None
    means: str | None = None
    casualties: str | None = None
    evidence: Evidence
    rule: str
    event_id: str = ""
    marks: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    times: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A filler of a role: its head token and its stretch of tokens (``end`` excluded), inside one sentence."""

    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One predicate in plain roles. ``index`` is its token; ``form`` is verb, noun (a nominal act) or adjective.

    ``link`` says how it hangs on ``parent`` (a token index too): root, complement, conjunct, condition, reason, time,
    purpose, relative, aside, adverbial, or the preposition or role it stands under. ``light`` is the light verb that
    carries a nominal act ('launch' of 'launch an offensive').
    """

    index: int
    lemma: str
    form: str
    roles: Mapping[str, tuple[Phrase, ...]]
    parent: int | None = None
    link: str = "root"
    mark: str | None = None
    particles: frozenset[str] = frozenset()
    negated: bool = False
    tense: str = "none"
    modal: str | None = None
    perfect: bool = False
    passive: bool = False
    light: int | None = None
    start: int
    end: int

    def heads(self, role: str) -> tuple[int, ...]:
        """Return the head tokens of a role's fillers."""
        return tuple(phrase.head for phrase in self.roles.get(role, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A sentence that gave no claim, and why."""

    sentence: int
    why: str
