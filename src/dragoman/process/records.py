"""The frozen types of the record of a peace process: each entry with the claims it stands on and its evidence.

Ids of parties are entity ids; days are ``When`` intervals; what no claim says is ``None`` or empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Evidence, When, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every entry has: ``claims`` for, ``contrary`` against, ``speakers`` where the report does not say so itself.

    ``sentences`` are the numbers of the sentences that speak of it; ``hedged`` is true where all of them are in doubt.
    """

    id: str
    claims: tuple[str, ...]
    contrary: tuple[str, ...]
    speakers: tuple[str, ...]
    hedged: bool
    sentences: tuple[int, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment(Record):
    """Who backs whom. ``kind``: political, military, troops, arms, funds, training, mercenaries.

    ``status``: stated, historical, planned. What an accusation says is none.
    """

    backer: str
    backed: str
    kind: str
    means: str | None
    status: str
    since: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Record):
    """A party's demand, offer, acceptance, refusal or red_line. ``status``: held, conditional or dropped."""

    party: str
    stance: str
    of: tuple[str, ...]
    content: str
    condition: str | None
    status: str
    date: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat(Record):
    """Who threatens whom with what, on which condition, by when."""

    party: str
    against: tuple[str, ...]
    condition: str | None
    consequence: str | None
    deadline: When | None
    date: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks(Record):
    """A meeting or a round of talks. ``format``: direct, indirect, multilateral, phone or None where not said.

    ``status``: planned, proposed, held, ended, cancelled, postponed. ``declined`` are those who will not come.
    """

    name: str
    place: Where | None
    date: When
    format: str | None
    status: str
    host: str | None
    mediators: tuple[str, ...]
    parties: tuple[str, ...]
    declined: tuple[str, ...]
    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """A document. ``kind``: ceasefire, framework, partial, comprehensive, implementation, renewal or None.

    ``status``: signed, partly_signed, reached, not_signed, not_reached, planned.
    """

    name: str
    kind: str | None
    terms: tuple[str, ...]
    status: str
    parties: tuple[str, ...]
    place: Where | None
    date: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Record):
    """A party and a document: signed, accepted, refused, not_signed, will_sign."""

    party: str
    document: str
    status: str
    place: Where | None
    date: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceasefire(Record):
    """A truce. ``declared``, ``from_`` (in force from, printed as ``from``) and ``until`` are None where not said.

    ``status``: proposed, agreed, in_force, holding, violated, extended, rejected, ended, unknown.
    """

    parties: tuple[str, ...]
    status: str
    scope: str | None
    despite: str | None
    declared: When | None
    from_: When | None
    until: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation(Record):
    """An alleged or recorded breach of a truce. It carries no confidence of its own."""

    accuser: str | None
    accused: tuple[str, ...]
    act: str
    denied_by: tuple[str, ...]
    verified_by: tuple[str, ...]
    place: Where | None
    date: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Record):
    """A body or role that does oversight, monitoring, verification, mediation or peacekeeping.

    ``status``: demanded, proposed, established, working, or None where nothing is said of it.
    """

    name: str
    kind: str
    mandate: str | None
    members: tuple[str, ...]
    asked_in: tuple[str, ...]
    asked_out: tuple[str, ...]
    asked_by: tuple[str, ...]
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned(Record):
    """What lies ahead. ``kind``: meeting, signing, deadline or act; ``window`` is when it is due."""

    what: str
    kind: str
    place: Where | None
    window: When
    host: str | None
    due: tuple[str, ...]
    declined: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a contradiction: what it says, who says so, in which claims and which sentence."""

    value: str
    claims: tuple[str, ...]
    speakers: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Statements of one report that cannot all be true. ``kind``: date, status, denial, casualties.

    ``versions`` are the sides' values.
    """

    id: str
    kind: str
    about: str
    versions: tuple[str, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessRecord:
    """All that one report says of the peace process."""

    alignments: tuple[Alignment, ...] = ()
    positions: tuple[Position, ...] = ()
    threats: tuple[Threat, ...] = ()
    talks: tuple[Talks, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    signatures: tuple[Signature, ...] = ()
    ceasefires: tuple[Ceasefire, ...] = ()
    violations: tuple[Violation, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    planned: tuple[Planned, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


ROLES = frozenset({
    "party", "parties", "of", "against", "host", "mediators", "declined", "accuser", "accused", "denied_by", "verified_by",
    "backer", "backed", "members", "asked_in", "asked_out", "asked_by", "due", "speakers",
})  # fmt: skip
"""The fields of entries that name entities by their ids."""
