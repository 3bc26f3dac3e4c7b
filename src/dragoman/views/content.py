"""A ledger as content for formats: reports as they stand with what people decided, events over all of them, entries of boards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.board.boards import Boards
from dragoman.board.citing import counted
from dragoman.board.conflicts import Conflict, load_conflicts
from dragoman.board.filing import filed
from dragoman.board.types import Board
from dragoman.board.viewed import hands_of, told_in
from dragoman.export.content import Coded, Content, Entry, Event, Telling
from dragoman.export.contract import Origin, record_forms
from dragoman.ledger.decisions import decisions
from dragoman.ledger.store import Ledger, Told, View
from dragoman.ledger.verdicts import Decision
from dragoman.model import Entity, Report
from dragoman.process.records import ProcessRecord
from dragoman.settings import Settings
from dragoman.views.entries import entries_of
from dragoman.views.listing import Wanted, tellings
from dragoman.views.naming import named_board, names_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What of a ledger is exported: as of which view, of which conflict, from which day to which."""

    view: View = field(default_factory=View)
    conflict: Conflict | None = None
    start: date | None = None
    end: date | None = None


def ledger_content(ledger: Ledger, asked: Exported, settings: Settings) -> Content:
    """Return what a ledger has as of a view: of one conflict, else all reports and the entries of all conflicts that are followed.

    Claims that people rejected are not in it, those that they corrected are as corrected, those that they added are. A report that
    an update supersedes counts only by what the boards cite of it. From a day to a day: reports published, events that took place,
    entries told of in that time. Decisions: all of the ledger, or of a part of it those about something in it.
    """
    told = told_in(ledger, asked.view)
    if asked.conflict is not None:
        conflicts: Sequence[Conflict] = (asked.conflict,)
        told = list(filed(told, asked.conflict, hands_of(ledger, asked.view)))
    else:
        conflicts = tuple(load_conflicts(settings.conflicts, settings.roster).values())
    words = decisions(ledger, asked.view.known)
    made = Boards(ledger, settings)
    boards = [(conflict, board) for conflict in conflicts if (board := made.board(conflict, asked.view)).reports]
    made.keep()
    named = [named_board(board, conflict, settings, words) for conflict, board in boards]
    found = _between(told_content(told, named), asked)
    whole = asked.conflict is None and asked.start is None and asked.end is None
    return replace(found, decisions=tuple(words) if whole else tuple(_bearing(words, found)))


def told_content(told: Sequence[Told], boards: Iterable[Board] = ()) -> Content:
    """Return reports of a ledger and boards of them as content; events are led by the claim that was printed first."""
    standing = counted(told, date.max)
    coded = {each.kept.report.id: _coded(each) for each in standing}
    texts = {each.kept.report.id: each.kept.report for each in told}
    listed = tuple(boards)
    return Content(
        origin=_origin(standing),
        reports=tuple(coded.values()),
        events=tuple(_events(standing, coded)),
        entries=tuple(entry for board in listed for entry in entries_of(board, texts)),
        names={identity: name for board in listed for identity, name in board.names.items()} | names_in(standing),
        entities=_entities(told),
    )


def _coded(told: Told) -> Coded:
    claims = tuple(each.claim for each in told.claims if each.gone is None)
    process = ProcessRecord(**told.records, contradictions=told.contradictions)  # type: ignore[arg-type]
    own, origin = told.kept.report.id, told.kept.origin
    return Coded(
        report=told.kept.report,
        entities=tuple(entity for entity, _ in told.entities),
        claims=claims,
        records=record_forms(process, claims),
        same_as=origin if origin != own else None,
    )


def _events(told: Iterable[Told], coded: dict[str, Coded]) -> Iterator[Event]:
    for event in tellings(told):
        yield Event(
            id=event[0][1].claim.event_id,
            tellings=tuple(Telling(coded=coded[kept.report.id], claim=each.claim) for kept, each in event),
        )


def _entities(told: Iterable[Told]) -> dict[str, Entity]:
    """Return who is told of: as the roster has them, else as the report published last has."""
    found: dict[str, Entity] = {}
    for each in told:
        for entity, _ in each.entities:
            if entity.roster or not (entity.id in found and found[entity.id].roster):
                found[entity.id] = entity
    return found


def _origin(told: Iterable[Told]) -> Origin:
    """Return what the reports were read with; where they were read with several, all of them."""
    made = dict.fromkeys(each.kept.made for each in told)
    return Origin(
        rulebook="; ".join(dict.fromkeys(each.rulebook for each in made)),
        model="; ".join(dict.fromkeys(each.model for each in made)),
    )


def _bearing(words: Iterable[Decision], content: Content) -> Iterator[Decision]:
    """Yield the decisions about something that is in a content: a report, a claim, an event, an entry, who is told of."""
    there = {identity for coded in content.reports for identity in (coded.report.id, *(c.id for c in coded.claims))}
    there |= {event.id for event in content.events} | {entry.id for entry in content.entries} | set(content.entities)
    return (each for each in words if not there.isdisjoint(each.about))


# -- from a day to a day


def _between(content: Content, asked: Exported) -> Content:
    if asked.start is None and asked.end is None:
        return content
    wanted = Wanted(start=asked.start, end=asked.end)
    return replace(
        content,
        reports=tuple(each for each in content.reports if _is_of(each.report, asked)),
        events=tuple(
            event
            for event in content.events
            if any(wanted.has(each.claim, each.coded.report.published) for each in event.tellings)
        ),
        entries=tuple(entry for entry in content.entries if _is_told(entry, asked)),
    )


def _is_of(report: Report, asked: Exported) -> bool:
    day = report.published
    return day is not None and (asked.start or date.min) <= day <= (asked.end or date.max)


def _is_told(entry: Entry, asked: Exported) -> bool:
    return any(_is_of(each.report, asked) for each in entry.sentences)
