"""Acts as sums count them: each event once, told as having happened, on a day, by somebody to somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.board.conflicts import Conflict
from dragoman.export.content import Content, Event
from dragoman.ledger.store import Told
from dragoman.model import Claim, EventType, Status
from dragoman.rulebook.codes import SCALE
from dragoman.views.content import told_content
from dragoman.views.listing import WIDEST

Source = Content | Iterable[Told]
"""What was coded (export/content.py), or reports of a ledger: ``ledger.told()``, ``Boards(ledger).reports(conflict)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An event. ``day`` is its first where a report says it, else that of the first report; ``origins`` are independent texts.

    ``actors`` and ``recipients`` are ids of entities, those of a conflict's parties where they were asked for.
    """

    event: str
    type: EventType
    day: date | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    origins: int
    claims: tuple[str, ...]

    @property
    def scale(self) -> float:
        """Return how friendly (up to 10) or hostile (down to -10) its type is on PLOVER's scale."""
        return SCALE[self.type]

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return who acts towards whom; of those who act together with nobody else ('A and B agreed') each towards each."""
        others = self.recipients or (self.actors if self.scale > 0 else ())
        return tuple((one, other) for one in self.actors for other in others if one != other)


def acts_of(source: Source, conflict: Conflict | None = None) -> tuple[Act, ...]:
    """Return the acts of a source by day: what is denied, planned, only possible or background is none of them.

    With a conflict, a person or army stands for the party that it is of on that day. Reports that a later one updates do not count.
    """
    content = source if isinstance(source, Content) else told_content(tuple(source))
    found = [act for each in content.events if (act := _act(each, conflict)) is not None]
    return tuple(sorted(found, key=lambda act: (act.day or date.max, act.event)))


def _act(event: Event, conflict: Conflict | None) -> Act | None:
    """Return the act of an event, by the first claim that tells it as having happened."""
    happened = [each for each in event.tellings if _has_happened(each.claim)]
    if not happened:
        return None
    lead = happened[0].claim
    stated = next((day for each in happened if (day := _day_of(each.claim))), None)
    printed = [day for each in happened if (day := each.coded.report.published)]
    day = stated or min(printed, default=None)
    return Act(
        event=event.id,
        type=lead.event,
        day=day,
        actors=_parties(lead.actor, conflict, day),
        recipients=_parties(lead.recipient, conflict, day),
        origins=len({each.coded.same_as or each.coded.report.id for each in event.tellings}),
        claims=tuple(each.claim.id for each in event.tellings),
    )


def _has_happened(claim: Claim) -> bool:
    return claim.status is Status.OCCURRED and not claim.negated


def _day_of(claim: Claim) -> date | None:
    """Return the first day of a claim that tells of no longer time than a month."""
    first, last = claim.date.earliest, claim.date.latest
    return first if first and last and (last - first).days <= WIDEST else None


def _parties(identities: Iterable[str], conflict: Conflict | None, day: date | None) -> tuple[str, ...]:
    if conflict is None:
        return tuple(dict.fromkeys(identities))
    return tuple(dict.fromkeys(conflict.party_of(each, day) or each for each in identities))
