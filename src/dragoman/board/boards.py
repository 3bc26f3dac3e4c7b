"""The boards of a ledger, kept: what was computed stays, and only what came since is read."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from dragoman.board.conflicts import Conflict
from dragoman.board.filing import Hands, filed, filing_of
from dragoman.board.fold import board_of
from dragoman.board.following import Following, Line, line_of
from dragoman.board.shelf import Shelf, Shelved
from dragoman.board.types import Board
from dragoman.board.viewed import carried_in, hands_of, reports_of, told_in
from dragoman.ledger.decided import Carried, carried, decided, is_outside
from dragoman.ledger.decisions import by_hand, decisions
from dragoman.ledger.settle import settle
from dragoman.ledger.stamps import changed_since, stamp
from dragoman.ledger.store import Ledger, Told, View, unsettled
from dragoman.ledger.verdicts import OF_FILING, OF_SOURCES, Decision, DecisionKind
from dragoman.settings import Settings

_OTHERS, _AT_HAND = 4, 32  # boards as of a day that are kept for another run, and in memory
_NO_WORD = OF_FILING | OF_SOURCES | {DecisionKind.NOTE}  # decisions that change nothing of what is told


@dataclass(slots=True, kw_only=True)
class Mine:
    """A conflict that is followed: its reports, the boards that were made of them, and what the newest and another were made with."""

    conflict: Conflict
    lines: list[Line] = field(default_factory=list)
    made: dict[date | None, Board] = field(default_factory=dict)
    now: Following
    then: Following
    resumed: bool = False  # from what another run kept; ``now`` goes on from it once it is asked for
    stepped: bool = False  # whether ``now`` was asked for since it was kept
    changed: bool = False  # since it was kept for other runs


_P = ParamSpec("_P")
_R = TypeVar("_R")


def _one_at_a_time(
    method: Callable[Concatenate[Boards, _P], _R],
) -> Callable[Concatenate[Boards, _P], _R]:
    """Have a method wait for those that another thread has called."""

    @wraps(method)
    def waits(self: Boards, /, *given: _P.args, **named: _P.kwargs) -> _R:
        with self.lock:
            return method(self, *given, **named)

    return waits


class Boards:
    """The boards of a ledger. One that is asked for again costs what came since; one as of an instant is made anew each time.

    ``whole``: all reports are kept in memory, so that lists of them cost no reading. Threads may share it.
    """

    def __init__(self, ledger: Ledger, settings: Settings | None = None, *, whole: bool = False) -> None:
        self.ledger = ledger
        self.settings = settings or Settings()
        self.lock = RLock()
        self.whole = whole
        self._shelf = Shelf(ledger, self.settings)
        self._mine: dict[str, Mine] = {}
        self._outside: dict[str, str] = {}
        self._mark, self._turn = 0, 0
        self._hands: Hands = {}
        self._listed: list[Decision] = []
        self._words: tuple[Decision, ...] = ()
        self._read: dict[str, Told] = {}  # all reports as read, where people decided on what they tell
        self._told: dict[str, Told] = {}  # the same with what was decided; else those that were just read
        self._carried: Carried | None = None

    @_one_at_a_time
    def board(self, conflict: Conflict, view: View | None = None) -> Board:
        """Return the board of a conflict as of a view: what a reader of that day, or the ledger at that instant, would have had."""
        chosen = view or View()
        self._refresh()
        if chosen.known is not None or chosen.ids is not None:
            told = reports_of(self.ledger, conflict, chosen)
            self._note_outside(told)
            return board_of(told, conflict, chosen, self.settings)
        mine = self._followed(conflict)
        if chosen.until not in mine.made:
            mine.made[chosen.until] = self._board(mine, chosen)
            mine.changed = True
        self._forget()
        found = mine.made[chosen.until]
        if len(mine.made) > _AT_HAND:
            mine.made = {until: board for until, board in mine.made.items() if board is found or until is None}
        return found

    @_one_at_a_time
    def mark(self) -> tuple[int, int]:
        """Return what is another one as soon as reports or decisions of the ledger are others."""
        self._refresh()
        return self._mark, hash(tuple((each.id, each.withdrawn_at) for each in self._listed))

    @_one_at_a_time
    def reports(self, conflict: Conflict | None = None, view: View | None = None) -> tuple[Told, ...]:
        """Return the reports of a conflict, or all, as of a view with what was decided of them, in the order of publication."""
        chosen = view or View()
        self._refresh()
        if chosen.known is not None or chosen.ids is not None or not self.whole:
            return reports_of(self.ledger, conflict, chosen) if conflict else tuple(told_in(self.ledger, chosen))
        told = self._told if chosen.until is None else self._told_by(chosen.until)
        if conflict is None:
            return tuple(sorted(told.values(), key=lambda each: line_of(each).order))
        mine = self._followed(conflict)
        lines = mine.lines if chosen.until is None else self._lines_by(mine, chosen.until, told)
        return tuple(told[line.id] for line in lines)

    @_one_at_a_time
    def decisions(self, view: View | None = None) -> tuple[Carried, Sequence[Decision], Hands]:
        """Return what became of each decision as of a view, all decisions as they were made, and what is filed by hand."""
        chosen = view or View()
        self._refresh()
        if chosen != View() or not self.whole:
            listed = decisions(self.ledger, chosen.known)
            return carried_in(self.ledger, chosen), listed, hands_of(self.ledger, chosen)
        if self._carried is None:
            read = sorted(self._read.values(), key=lambda each: line_of(each).order)
            self._carried = carried(read, self._listed)
        return self._carried, self._listed, self._hands

    @_one_at_a_time
    def as_read(self, report: str) -> Told | None:
        """Return a report as it was read, whatever people decided; None where there is none with this id."""
        self._refresh()
        return self._read.get(report) or next(iter(self.ledger.told(View(ids=frozenset({report})))), None)

    @_one_at_a_time
    def all_as_read(self, reports: Iterable[str]) -> list[Told]:
        """Return these reports as they were read, whatever people decided, in their order; those that are not there left out."""
        self._refresh()
        wanted = [*reports]
        missing = frozenset(each for each in wanted if each not in self._read)
        found = {each.kept.report.id: each for each in self.ledger.told(View(ids=missing))} if missing else {}
        return [told for each in wanted if (told := self._read.get(each) or found.get(each)) is not None]

    @_one_at_a_time
    def keep(self) -> None:
        """Keep what changed for other runs: of each conflict the newest board, and few others."""
        for mine in self._mine.values():
            if mine.changed:
                self._keep(mine)

    def texts(self, reports: Iterable[str]) -> Mapping[str, str]:
        """Return the texts of reports by id, those of outside sources that boards were made with among them."""
        return self._outside | self.ledger.texts(frozenset(reports))

    def _note_outside(self, told: Iterable[Told]) -> None:
        self._outside |= {each.kept.report.id: each.kept.report.text for each in told if is_outside(each)}

    # -- what came since

    def _refresh(self) -> None:
        """Read what came since the last time, and put it in its place in the conflicts that are followed."""
        mark, changed = self._since()
        listed = decisions(self.ledger)
        if listed != self._listed or mark != self._mark:
            self._carried = None
        words = tuple(each for each in listed if each.withdrawn_at is None and each.kind not in _NO_WORD)
        hands = by_hand(listed)
        if hands != self._hands or (bool(words) != bool(self._words) and not self.whole):
            self._mine = {}
            if not self.whole:
                self._read, self._told, changed = {}, {}, []
        if words != self._words:
            for mine in self._mine.values():
                mine.made = {until: board for until, board in mine.made.items() if until is None}
        all_kept = self.whole or bool(words)
        new, gone = self._decided(words, changed, mark) if all_kept else (self._taken(changed), frozenset())
        self._mark, self._hands, self._words, self._listed = mark, hands, words, listed
        if all_kept:
            self._turn += bool(new or gone)
        else:
            self._turn = mark
        for mine in self._mine.values():
            self._put(mine, new, gone)

    def _since(self) -> tuple[int, list[str]]:
        """Return the number of the last change of a settled ledger, and the ids of the reports that changed since the last time."""
        while True:
            settle(self.ledger)
            with self.ledger.reading() as connection:
                if unsettled(connection) is None:  # nobody has added a report since
                    mark = stamp(connection)
                    asked = bool(self._mine or self._read) and mark != self._mark
                    return mark, changed_since(connection, self._mark) if asked else []

    def _taken(self, ids: Sequence[str]) -> list[Told]:
        found = list(self.ledger.told(View(ids=frozenset(ids)))) if ids else []
        self._told |= {each.kept.report.id: each for each in found}
        return found

    def _decided(
        self, words: tuple[Decision, ...], changed: Sequence[str], mark: int
    ) -> tuple[list[Told], frozenset[str]]:
        """Return the reports that are told otherwise than before, and the ids of those that are no more, by what people decided."""
        if self._read and mark == self._mark and words == self._words:
            return [], frozenset()
        found = self.ledger.told(View(ids=frozenset(changed))) if self._read else self.ledger.told()
        self._read |= {each.kept.report.id: each for each in found}
        listed = decided(sorted(self._read.values(), key=lambda each: line_of(each).order), words)
        told = {each.kept.report.id: each for each in listed}
        new = [each for each in listed if self._told.get(each.kept.report.id) is not each]
        self._note_outside(new)
        gone = frozenset(self._told.keys() - told.keys())
        self._told = told
        return new, gone

    def _put(self, mine: Mine, new: Sequence[Told], gone: frozenset[str]) -> None:
        """Put reports in their places among those of a conflict, and drop the boards for which that makes a difference."""
        ids = gone | {each.kept.report.id for each in new}
        former = [line for line in mine.lines if line.id in ids]
        lines = [line_of(each, self._turn) for each in new if filing_of(each, mine.conflict, self._hands) is not None]
        if not former and not lines:
            return
        if former:
            mine.lines = [line for line in mine.lines if line.id not in ids]
        for line in lines:
            insort(mine.lines, line, key=lambda each: each.order)
        first = min(line.day or date.min for line in (*former, *lines))
        mine.made = {until: board for until, board in mine.made.items() if until is not None and until < first}

    # -- a conflict

    @property
    def _all_kept(self) -> bool:
        """Return whether all reports are kept in memory: what people decided of one may hold in others."""
        return self.whole or bool(self._words)

    def _board(self, mine: Mine, view: View) -> Board:
        if view.until is None:
            return self._newest(mine).board(mine.lines, self._load, view, self.settings.stale)
        if not self._words:
            return mine.then.board(mine.lines, self._load, view, self.settings.stale)
        told = self._told_by(view.until)
        return mine.then.board(
            self._lines_by(mine, view.until, told), lambda ids: told, view, self.settings.stale
        )  # fmt: skip

    def _told_by(self, until: date) -> Mapping[str, Told]:
        """Return the reports up to a day with what was decided, as if there were no later ones."""
        listed = sorted(self._read.values(), key=lambda each: line_of(each).order)
        by_then = [each for each in listed if (each.kept.report.published or date.min) <= until]
        told = {each.kept.report.id: each for each in decided(by_then, self._words, until)}
        self._note_outside(told.values())
        return told

    def _lines_by(self, mine: Mine, until: date, told: Mapping[str, Told]) -> list[Line]:
        """Return the lines of a conflict's reports up to a day: where later ones would make a difference they are others."""
        same = {line.id: line for line in mine.lines if self._is_as_now(told.get(line.id))}
        version = -(self._turn * date.max.toordinal() + until.toordinal())
        others = (each for identity, each in told.items() if not self._is_as_now(each))
        lines = [line_of(each, version) for each in others if filing_of(each, mine.conflict, self._hands) is not None]
        return sorted((*same.values(), *lines), key=lambda each: each.order)

    def _is_as_now(self, told: Told | None) -> bool:
        now = self._told.get(told.kept.report.id) if told else None
        return told is not None and (told is now or told == now)

    def _followed(self, conflict: Conflict) -> Mine:
        mine = self._mine.get(conflict.id)
        if mine is None or mine.conflict != conflict:
            mine = Mine(conflict=conflict, now=Following(conflict), then=Following(conflict))
            self._mine[conflict.id] = mine
            if self._all_kept or not self._resumed(mine):
                self._begun(mine)
        return mine

    def _begun(self, mine: Mine) -> None:
        """Begin with all reports of the ledger."""
        if not self._all_kept:
            self._told = {each.kept.report.id: each for each in self.ledger.told()}
        mine.lines = [line_of(each, self._turn) for each in filed(self._told.values(), mine.conflict, self._hands)]

    def _resumed(self, mine: Mine) -> bool:
        """Go on from what was kept in another run, with what came since; False where nothing was."""
        kept = self._shelf.boards(mine.conflict, self._hands)
        if kept is None or kept.mark > self._mark:
            return False
        mine.lines, mine.made = list(kept.lines), dict(kept.made)
        if kept.mark < self._mark:
            with self.ledger.reading() as connection:
                changed = changed_since(connection, kept.mark)
            self._put(mine, self._taken(changed), frozenset())
        mine.resumed = True
        return True

    def _newest(self, mine: Mine) -> Following:
        """Return what the newest board is made with, gone on from what another run left."""
        if mine.resumed and not mine.stepped:
            held = self._shelf.held(mine.conflict, self._hands)
            with suppress(msgspec.MsgspecError, KeyError):
                if held is not None:
                    mine.now.resume(held, mine.lines)
        mine.resumed, mine.stepped = False, True
        return mine.now

    def _keep(self, mine: Mine) -> None:
        mine.changed = False
        if self._all_kept or None not in mine.made:
            return
        others = [(until, board) for until, board in mine.made.items() if until is not None]
        kept = Shelved(mark=self._mark, lines=tuple(mine.lines), made=((None, mine.made[None]), *others[-_OTHERS:]))
        self._shelf.put(mine.conflict, self._hands, kept, mine.now.held() if mine.stepped else None)
        mine.stepped = False

    def _load(self, ids: Sequence[str]) -> Mapping[str, Told]:
        missing = frozenset(ids) - self._told.keys()
        if missing:
            self._told |= {each.kept.report.id: each for each in self.ledger.told(View(ids=missing))}
        return self._told

    def _forget(self) -> None:
        """Let go of what was read, where it can be read again."""
        if not self._all_kept:
            self._told = {}
