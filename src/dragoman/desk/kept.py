"""What one desk has: its settings and ledger, the boards, and pictures of the reports, each made once as long as nothing changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from threading import Lock, RLock
from typing import Any, TypeVar

from dragoman.board.boards import Boards
from dragoman.board.conflicts import Conflict, load_conflicts
from dragoman.board.types import Board, cited_in
from dragoman.desk.faults import not_found
from dragoman.export.ledger_page import Quote
from dragoman.export.ledger_why import Stand
from dragoman.feeds.fetch import Answer, Fetcher, Limits, Request
from dragoman.feeds.robots import Polite
from dragoman.ledger.store import KeptClaim, Ledger, Told, View
from dragoman.ledger.verdicts import Decision
from dragoman.model import Report
from dragoman.reading.reader import Reader, Reading, default_reader
from dragoman.settings import Settings
from dragoman.views.grounds import stands_in
from dragoman.views.listing import Seen, Telling, seen_in, tellings
from dragoman.views.naming import named_board, names_in

_PICTURES = 24
_READINGS = 64

_Made = TypeVar("_Made")
_HELD: ContextVar[dict[object, Any] | None] = ContextVar("held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Have all that is asked of desks meanwhile, by this task and its threads, be of one state each, though others write."""
    token = _HELD.set({})
    try:
        yield
    finally:
        _HELD.reset(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A conflict with its board as of a view, its parties' names on it."""

    conflict: Conflict
    board: Board
    view: View


class Picture:
    """The reports of a view (of one conflict, or all) as they are told with what was decided, and what is looked up in them.

    It never changes; each index is made when it is first asked for.
    """

    def __init__(self, told: tuple[Told, ...], view: View) -> None:
        self.told = told
        self.view = view
        self._made: dict[str, Any] = {}
        self._lock = RLock()

    @cached_property
    def reports(self) -> Mapping[str, Told]:
        """Reports by id."""
        return {each.kept.report.id: each for each in self.told}

    @cached_property
    def claims(self) -> Mapping[str, tuple[Told, KeptClaim]]:
        """Claims that stand, by id, with their report; a claim that several reports have is that of the first."""
        found: dict[str, tuple[Told, KeptClaim]] = {}
        for each in self.told:
            for kept in each.claims:
                if kept.gone is None:
                    found.setdefault(kept.claim.id, (each, kept))
        return found

    @cached_property
    def events(self) -> Mapping[str, list[Telling]]:
        """Events by id: the claims that tell of each, the first leading."""
        return {each[0][1].claim.event_id: each for each in tellings(self.told)}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of entities by id."""
        return names_in(self.told)

    @cached_property
    def seen(self) -> list[Seen]:
        """All who are told of, the most often mentioned first."""
        return seen_in(self.told)

    def once(self, name: str, make: Callable[[Picture], _Made]) -> _Made:
        """Return what is made of the picture under a name, made now if it was not before."""
        with self._lock:
            if name not in self._made:
                self._made[name] = make(self)
            made: _Made = self._made[name]
            return made


class Desk:
    """One ledger with what is shown of it. Threads may share it."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self.ledger = ledger
        self.settings = settings
        self.boards = Boards(ledger, settings, whole=True)
        self._pictures: OrderedDict[object, Picture] = OrderedDict()
        self._shown: OrderedDict[object, Shown] = OrderedDict()
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._making: dict[object, Lock] = {}
        self._lock = Lock()
        self._reading = Lock()
        self._fetching = Lock()
        self.allow: frozenset[str] = frozenset()  # hosts that may be asked though their address is not public: none

    # -- conflicts and boards

    @property
    def conflicts(self) -> Mapping[str, Conflict]:
        """Return the conflicts that are followed, by id."""
        return load_conflicts(self.settings.conflicts, self.settings.roster)

    def conflict(self, identity: str) -> Conflict:
        """Return a conflict by its id; RequestError names those that there are."""
        if identity not in self.conflicts:
            raise not_found(identity, "conflict", f"there are: {', '.join(sorted(self.conflicts))}")
        return self.conflicts[identity]

    def shown(self, identity: str, view: View | None = None) -> Shown:
        """Return a conflict with its board as of a view."""
        chosen, conflict = view or View(), self.conflict(identity)

        def make() -> Shown:
            board = self.boards.board(conflict, chosen)
            return Shown(
                conflict=conflict,
                board=named_board(board, conflict, self.settings, self.decisions(chosen)),
                view=chosen,
            )

        return self._once(self._shown, ("board", identity, chosen), make)

    def decisions(self, view: View | None = None) -> Sequence[Decision]:
        """Return the decisions as they were made, those withdrawn among them; as of a view those that were known then."""
        return self.boards.listed(view)

    def warm(self) -> None:
        """Make what the first pages show: the reports, and the boards of the conflicts that they are of, the newest first."""
        self.picture()
        for identity in self.conflicts:
            self.shown(identity)

    def quote(self, *boards: Board) -> Quote:
        """Return what gives the sentences that stand in boards."""
        texts = self.boards.texts({cited.report for board in boards for cited in cited_in(board)})
        return lambda cited: texts[cited.report][cited.start : cited.end]

    def stands(self, conflict: Conflict, view: View) -> Mapping[str, Sequence[Stand]]:
        """Return by claim the entries of a conflict's board that it speaks for or against."""
        board = self.shown(conflict.id, view).board
        return self.picture(conflict.id, view).once("stands", lambda _: stands_in(conflict, board))

    # -- reports

    def picture(self, conflict: str | None = None, view: View | None = None) -> Picture:
        """Return the reports of a conflict, or of all, as of a view."""
        chosen = view or View()
        one = self.conflict(conflict) if conflict is not None else None

        def make() -> Picture:
            return Picture(self.boards.reports(one, chosen), chosen)

        return self._once(self._pictures, ("picture", conflict, chosen), make)

    def report(self, identity: str, view: View | None = None) -> Told:
        """Return a report as it is told; RequestError where there is none with this id."""
        found = self.picture(view=view).reports.get(identity)
        if found is None:
            raise not_found(identity, "report")
        return found

    def _once(self, shelf: OrderedDict[object, _Made], key: tuple[object, ...], make: Callable[[], _Made]) -> _Made:
        """Return what was made for a key since the ledger last changed, or make it; within one request it stays the same."""
        held = _HELD.get()
        if held is None:
            return self._last(shelf, key, make)
        if key not in held:
            held[key] = self._last(shelf, key, make)
        found: _Made = held[key]
        return found

    def _last(self, shelf: OrderedDict[object, _Made], key: tuple[object, ...], make: Callable[[], _Made]) -> _Made:
        whole = (*key, self.boards.mark())
        with self._lock:
            if whole in shelf:
                shelf.move_to_end(whole)
                return shelf[whole]
            gate = self._making.setdefault(whole, Lock())
        with gate:  # of all who ask for it one makes it
            if whole in shelf:
                return self._last(shelf, key, make)
            try:
                made = make()
                with self._lock:
                    shelf[whole] = made
                    while len(shelf) > _PICTURES:
                        shelf.popitem(last=False)
            finally:
                self._making.pop(whole, None)
        return made

    # -- reading

    @cached_property
    def _reader(self) -> Reader:
        return default_reader(self.settings)

    def read_again(self, report: Report, *, wait: bool = True) -> Reading | None:
        """Return what the rules of now read in a report, kept for the next time; None where it was not read and is not waited for.

        The reader and its rulebook are the same as long as the desk is open, and a report never changes: its id will do.
        """
        with self._lock:
            found = self._readings.get(report.id)
            if found is not None:
                self._readings.move_to_end(report.id)
        if found is None and wait:
            found = self.reading(lambda reader: reader.read(report))
            with self._lock:
                self._readings[report.id] = found
                while len(self._readings) > _READINGS:
                    self._readings.popitem(last=False)
        return found

    def reading(self, use: Callable[[Reader], _Made]) -> _Made:
        """Return what is made with the reader, which one thread has at a time."""
        with self._reading:
            return use(self._reader)

    # -- fetching

    @cached_property
    def _polite(self) -> Polite:
        return Polite(Fetcher(Limits(seconds=15, size=5_000_000)))

    def fetching(self, url: str) -> Answer:
        """Return what is at an address of the web, one at a time; FetchError where it cannot be had, or must not be asked for."""
        with self._fetching:
            return self._polite.get(Request(url=url, allowed=self.allow))
