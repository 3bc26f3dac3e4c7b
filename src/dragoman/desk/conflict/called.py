"""Those on a board by name: the short name that a page shows, and the full one behind it; and what each entry stands on in brief."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.board.types import Board, Cited, Entry
from dragoman.desk.kept import Shown
from dragoman.export.ledger_brief import notes_of
from dragoman.export.ledger_words import Tongue
from dragoman.settings import Settings
from dragoman.views.naming import issues_of, short_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Somebody's name as a page shows it, and in full."""

    id: str
    short: str
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an entry stands on, in brief. ``notes``: who alone says so, or that all reports hedge."""

    id: str
    origins: int
    reports: int
    first: date | None
    last: date | None
    against: int
    notes: tuple[str, ...]


class Called:
    """The names on the board of a conflict. ``names`` has the short ones, ``tongue`` says entries with them."""

    def __init__(self, shown: Shown, settings: Settings, *others: Board) -> None:
        names = {identity: name for board in (*others, shown.board) for identity, name in board.names.items()}
        short = short_names(shown.board, settings.roster)
        issues, parties = issues_of(shown.conflict), frozenset(shown.conflict.parties)
        self._full = Tongue(names, issues, parties)
        self.names = {**names, **short}
        self.tongue = Tongue(self.names, issues, parties)
        self._asked: set[str] = set()
        self.legend = tuple(Name(id=i, short=self.tongue.of(i), full=self._full.of(i)) for i in short)

    def of(self, identity: str) -> Name:
        """Return the name of somebody."""
        self._asked.add(identity)
        return Name(id=identity, short=self.tongue.of(identity), full=self._full.of(identity))

    def used(self, words: str) -> tuple[Name, ...]:
        """Return the short names with the full ones of those who were asked for, or are named in words."""
        there = set(re.findall(r"[\w-]+", words))
        return tuple(each for each in self.legend if each.id in self._asked or each.short in there)

    def all(self, identities: Iterable[str]) -> tuple[Name, ...]:
        """Return the names of all of them, in order."""
        return tuple(map(self.of, identities))

    def standing(self, entry: Entry, words: str = "") -> Standing:
        """Return what an entry stands on; ``words`` are what the page says of it already."""
        return standing_of(entry.id, entry.cited, entry.against, notes_of(words, entry.cited, self.tongue))


def standing_of(
    identity: str, cited: tuple[Cited, ...], against: tuple[Cited, ...], notes: tuple[str, ...] = ()
) -> Standing:
    """Return what sentences come to: origins, reports, first and last day, and how many speak against it."""
    days = [each.published for each in cited if each.published]
    return Standing(
        id=identity,
        origins=len({each.origin for each in cited}),
        reports=len({each.report for each in cited}),
        first=min(days, default=None),
        last=max(days, default=None),
        against=len(against),
        notes=notes,
    )
