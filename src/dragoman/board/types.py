"""The frozen types of a board. Every entry has what speaks for it and against it; days are days of publication unless they say else.

Ids of parties are entity ids. A state that nothing has been said of for longer than the setting ``stale`` is *unknown*, with the day
of the last word; no number hides a contradiction: what speaks against an entry stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from dragoman.model import When, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One sentence that an entry stands on. ``origin`` is the first report of those that print the same text."""

    report: str
    outlet: str | None
    published: date | None
    origin: str
    sentence: int
    start: int
    end: int
    claims: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    hedged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every entry has. ``origins`` counts independent texts for it: ten prints of one wire are one."""

    id: str
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...] = ()

    @property
    def origins(self) -> int:
        """Return how many origins speak for it."""
        return len({each.origin for each in self.cited})

    @property
    def first(self) -> date | None:
        """Return the day on which it was first printed."""
        return min((each.published for each in self.cited if each.published), default=None)

    @property
    def last(self) -> date | None:
        """Return the day on which it was last printed."""
        return max((each.published for each in self.cited if each.published), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One step in the history of an entry: its state from the day on which it was printed."""

    state: str
    day: date | None
    text: str | None = None
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Truce(Entry):
    """A ceasefire. ``status`` as of the day: proposed, agreed, in_force, holding, violated, extended, rejected, ended, unknown.

    ``since``, where it is unknown: the day of the last report before it came to be so.
    """

    parties: tuple[str, ...]
    scope: str | None
    declared: When | None
    from_: When | None
    until: When | None
    status: str
    since: date | None
    history: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What a party did with a paper: signed, accepted, refused, not_signed, will_sign."""

    party: str
    status: str
    date: When
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Entry):
    """An agreement with its table of signatures. ``status`` as in process/records.py."""

    name: str
    kind: str | None
    terms: tuple[str, ...]
    parties: tuple[str, ...]
    place: Where | None
    date: When
    status: str
    signings: tuple[Signing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Entry):
    """One round of talks. ``status``: planned, proposed, held, ended, cancelled, postponed, or passed with no report."""

    name: str
    place: Where | None
    date: When
    format: str | None
    host: str | None
    mediators: tuple[str, ...]
    parties: tuple[str, ...]
    declined: tuple[str, ...]
    status: str
    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Entry):
    """Talks between the same parties: their rounds by day."""

    parties: tuple[str, ...]
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance(Entry):
    """A party's position on an issue, and how it came to it. ``state``: demand, offer, acceptance, refusal, red_line or dropped."""

    party: str
    issue: str
    of: tuple[str, ...]
    state: str
    content: str
    condition: str | None
    history: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Menace(Entry):
    """A threat. ``outcome``: open, carried_out, withdrawn or passed (its day is over and nothing was said of it).

    ``settled_by``: the sentences that its outcome stands on.
    """

    party: str
    whom: tuple[str, ...]
    condition: str | None
    consequence: str | None
    deadline: When | None
    outcome: str
    settled_by: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing(Entry):
    """Who backs whom with what kind of support. ``denied_by``: who says that it is not so."""

    backer: str
    backed: str
    kind: str
    means: str | None
    status: str
    denied_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach(Entry):
    """A violation: accuser, accused, denied, verified are four columns; it has no confidence of its own."""

    accusers: tuple[str, ...]
    accused: tuple[str, ...]
    act: str
    place: Where | None
    date: When
    denied_by: tuple[str, ...]
    verified_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Entry):
    """A mechanism: what it is for, who is in it, whom somebody wants in or out of it."""

    name: str
    kind: str
    mandate: str | None
    members: tuple[str, ...]
    asked_in: tuple[str, ...]
    asked_out: tuple[str, ...]
    asked_by: tuple[str, ...]
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Entry):
    """A line of the calendar. ``outcome``: ahead, held (done), postponed, cancelled, or passed (its days are over, nothing is told).

    ``settled_by``: the sentences that its outcome stands on.
    """

    what: str
    kind: str
    place: Where | None
    window: When
    due: tuple[str, ...]
    outcome: str
    settled_by: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Entry):
    """Reports that cannot all be right. ``kind``: polarity, day, place, number, signer, perpetrator.

    ``versions``: value -> sentences.
    """

    kind: str
    about: str
    versions: tuple[tuple[str, tuple[Cited, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning(Entry):
    """What a rule over time found: talks failed, truce broken, process resumed; ``day`` is when it came to be so."""

    rule: str
    words: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The state of one conflict's peace process as of a day.

    ``reliability``: how far a user trusts each outlet that is cited (board/grades.py), where there is a file of it.
    """

    conflict: str
    name: str
    until: date | None
    known: datetime | None
    reports: int
    last: date | None
    truces: tuple[Truce, ...] = ()
    papers: tuple[Paper, ...] = ()
    tracks: tuple[Track, ...] = ()
    stances: tuple[Stance, ...] = ()
    menaces: tuple[Menace, ...] = ()
    backings: tuple[Backing, ...] = ()
    breaches: tuple[Breach, ...] = ()
    bodies: tuple[Body, ...] = ()
    calendar: tuple[Due, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    turnings: tuple[Turning, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    reliability: dict[str, str] = field(default_factory=dict)


def cited_in(value: Any) -> Iterator[Cited]:
    """Yield the sentences that stand anywhere in a board or in an entry of it."""
    if isinstance(value, Cited):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from cited_in(each)
    elif is_dataclass(value):
        for item in fields(value):
            yield from cited_in(getattr(value, item.name))
