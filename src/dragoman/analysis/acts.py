"""Acts as sums count them: each event once, told as having happened, on a day, by somebody to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.board.citing import counted
from dragoman.board.conflicts import Conflict
from dragoman.export.content import Content
from dragoman.ledger.store import Told
from dragoman.model import Claim, EventType, Status
from dragoman.rulebook.codes import SCALE
from dragoman.views.listing import WIDEST, tellings

Source = Content | Iterable[Told]
"""What was coded (export/content.py), or the reports of a ledger: ``ledger.told()``, ``Boards(ledger).reports(conflict)``."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """A claim, the day on which it was printed, and the first report of its text."""

    claim: Claim
    printed: date | None
    origin: str


def acts_of(source: Source, conflict: Conflict | None = None) -> tuple[Act, ...]:
    """Return the acts of a source by day: what is denied, planned, only possible or background is none of them.

    With a conflict, a person or army stands for the party that it is of on that day. Reports that a later one updates do not count.
    """
    told = _of_content(source) if isinstance(source, Content) else _of_reports(source)
    found = [act for each in told if (act := _act(each, conflict)) is not None]
    return tuple(sorted(found, key=lambda act: (act.day or date.max, act.event)))


def _of_content(content: Content) -> Iterator[list[_Telling]]:
    for event in content.events:
        yield [
            _Telling(
                claim=each.claim, printed=each.coded.report.published, origin=each.coded.same_as or each.coded.report.id
            )
            for each in event.tellings
        ]


def _of_reports(told: Iterable[Told]) -> Iterator[list[_Telling]]:
    for event in tellings(counted(told, date.max)):
        yield [
            _Telling(claim=kept.claim, printed=report.report.published, origin=report.origin) for report, kept in event
        ]


def _act(told: Sequence[_Telling], conflict: Conflict | None) -> Act | None:
    """Return the act that claims of one event tell of, by the first that tells it as having happened."""
    happened = [each for each in told if _has_happened(each.claim)]
    if not happened:
        return None
    lead = happened[0].claim
    stated = next((day for each in happened if (day := _day_of(each.claim))), None)
    day = stated or min((each.printed for each in happened if each.printed), default=None)
    return Act(
        event=lead.event_id or lead.id,
        type=lead.event,
        day=day,
        actors=_parties(lead.actor, conflict, day),
        recipients=_parties(lead.recipient, conflict, day),
        origins=len({each.origin for each in told}),
        claims=tuple(each.claim.id for each in told),
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
