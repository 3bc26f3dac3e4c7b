"""Names and titles as people read them: of parties, issues, reports; a board with its names and the grades of its outlets."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import replace

from dragoman.board.conflicts import Conflict
from dragoman.board.grades import graded, grades_of
from dragoman.board.types import Board, cited_in
from dragoman.export.brief import clean, shorten
from dragoman.export.days import day_words
from dragoman.ledger.store import Kept, Told
from dragoman.ledger.verdicts import Decision
from dragoman.rulebook.loader import load_rulebook
from dragoman.settings import Settings

_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,5}")
_LONG = 18  # letters of a name for which its acronym stands on a page


def named_board(board: Board, conflict: Conflict, settings: Settings, decisions: Iterable[Decision] = ()) -> Board:
    """Return a board with the roster's names of those that no report names, and with the grades of its outlets.

    There are none where no outlet is graded, by the file of the settings or by decisions.
    """
    roster = load_rulebook(settings.roster).roster
    known = {i: roster[i].name for i in (*conflict.parties, *conflict.backers) if i in roster}
    grades = grades_of(settings.sources, decisions)
    outlets = (cited.outlet for cited in cited_in(board)) if grades or settings.sources else ()
    return replace(board, names={**known, **board.names}, reliability=graded(outlets, grades))


def issues_of(conflict: Conflict) -> dict[str, str]:
    """Return the names of a conflict's issues by id."""
    return {issue.id: issue.name for issue in conflict.issues}


def short_names(board: Board, roster: str | None) -> dict[str, str]:
    """Return the acronyms by which the roster knows those on a board whose names are long, each acronym for one only."""

    entries = load_rulebook(roster).roster
    found: dict[str, str] = {}
    for identity, name in sorted(board.names.items()):
        known = entries[identity].aliases if identity in entries and len(name) >= _LONG else ()
        acronym = next((alias for alias in known if _ACRONYM.fullmatch(alias)), None)
        if acronym is not None and acronym not in found.values():
            found[identity] = acronym
    return found


def names_in(told: Iterable[Told]) -> dict[str, str]:
    """Return the names of all entities of these reports by id: the roster's, or that of the report published last."""
    found: dict[str, tuple[bool, str]] = {}
    for each in told:
        for entity, _ in each.entities:
            if entity.roster or not found.get(entity.id, (False, ""))[0]:
                found[entity.id] = (entity.roster, entity.name)
    return {identity: name for identity, (_, name) in found.items()}


def title_of(kept: Kept) -> str:
    """Return a report's outlet, day and headline in one line."""

    report = kept.report
    day = day_words(report.published) if report.published else "day unknown"
    headline = shorten(clean(report.headline or "(no headline)"), 100)
    return f"{clean(report.outlet or '') or 'outlet unknown'}, {day}: {headline}"


def lines_of(name: str, letters: int, most: int = 2) -> tuple[str, ...]:
    """Return a name in at most so many lines of so many letters.

    >>> lines_of("Government of National Accord", 17)
    ('Government of', 'National Accord')
    """
    return tuple(textwrap.wrap(name, letters, max_lines=most, placeholder=" …")) or ("…",)
