"""The boards of a ledger, kept: what was computed stays, and only what came since is read."""

from __future__ import annotations

from bisect import insort
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec

from dragoman.board.conflicts import Conflict
from dragoman.board.filing import Hands, filed, filing_of
from dragoman.board.fold import board_of
from dragoman.board.following import Following, Line, line_of
from dragoman.board.shelf import Shelf, Shelved
from dragoman.board.turns import Turns
from dragoman.board.types import Board
from dragoman.board.viewed import carried_in, hands_of, reports_of, told_in
from dragoman.ledger.decided import Carried, carried, decided, is_outside
from dragoman.ledger.decisions import as_known, by_hand, decisions
from dragoman.ledger.settle import derived_by, settle, with_derived
from dragoman.ledger.stamps import Standing, changed_since, standing
from dragoman.ledger.store import Ledger, Told, View, instant
from dragoman.ledger.verdicts import OF_FILING, OF_SOURCES, Decision, DecisionKind
from dragoman.settings import Settings

_OTHERS, _AT_HAND, _VIEWS = 4, 32, 8  # boards as of a day kept for another run, and in memory; views of reports
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
        self.lock = Turns()
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
        self._ordered: tuple[Told, ...] | None = None  # those told, in the order of publication
        self._views: OrderedDict[View, Mapping[str, Told]] = OrderedDict()  # the same as of views
        self._became: OrderedDict[View, Carried] = OrderedDict()  # what became of decisions, as of views
        self._at: Standing | None = None
        self._other = 0  # the version of lines that are of a view only: each time another

    def board(self, conflict: Conflict, view: View | None = None) -> Board:
        """Return the board of a conflict as of a view: what a reader of that day, or the ledger at that instant, would have had."""
        chosen, mine = view or View(), self._mine.get(conflict.id)
        if mine is not None and mine.conflict == conflict and chosen == View(until=chosen.until) and self._is_current():
            found = mine.made.get(chosen.until)
            if found is not None:  # it waits for none that is being made
                return found
        return self._board_of(conflict, chosen)

    @_one_at_a_time
    def _board_of(self, conflict: Conflict, chosen: View) -> Board:
        self._refresh()
        if chosen.ids is not None or (chosen.known is not None and not self.whole):
            told = reports_of(self.ledger, conflict, chosen)
            self._note_outside(told)
            return board_of(told, conflict, chosen, self.settings)
        mine = self._followed(conflict)
        if chosen.known is not None:
            return self._viewed_board(mine, chosen)
        if chosen.until not in mine.made:
            mine.made[chosen.until] = self._board(mine, chosen)
            mine.changed = True
        self._forget()
        found = mine.made[chosen.until]
        if len(mine.made) > _AT_HAND:
            mine.made = {until: board for until, board in mine.made.items() if board is found or until is None}
        return found

    def mark(self) -> Hashable:
        """Return what is another one as soon as reports or decisions of the ledger are others."""
        at = self._at
        return at if at is not None and self._standing() == at else self._marked()

    @_one_at_a_time
    def _marked(self) -> Hashable:
        self._refresh()
        return self._at

    def _standing(self) -> Standing:
        with self.ledger.reading() as connection:
            return standing(connection)

    def _is_current(self) -> bool:
        """Return whether nothing came since the last time."""
        return self._at is not None and self._standing() == self._at

    @_one_at_a_time
    def reports(self, conflict: Conflict | None = None, view: View | None = None) -> tuple[Told, ...]:
        """Return the reports of a conflict, or all, as of a view with what was decided of them, in the order of publication."""
        chosen = view or View()
        self._refresh()
        if chosen.ids is not None or not self.whole:
            return reports_of(self.ledger, conflict, chosen) if conflict else tuple(told_in(self.ledger, chosen))
        told = self._told if chosen == View() else self._told_as_of(chosen)
        if conflict is None:
            return self._all() if chosen == View() else tuple(told.values())
        mine = self._followed(conflict)
        lines = mine.lines if chosen == View() else self._lines_as_of(mine, chosen, told)
        return tuple(told[line.id] for line in lines)

    def decisions(self, view: View | None = None) -> tuple[Carried, Sequence[Decision], Hands]:
        """Return what became of each decision as of a view, all decisions as they were made, and what is filed by hand."""
        chosen = view or View()
        at = self._at  # set after all else: what is found after it is of it
        became, listed, hands = self._became.get(chosen), self._listed, self._hands
        if became is not None and chosen.known is None and at is not None and self._standing() == at:
            return became, listed, hands
        return self._decisions_of(chosen)

    @_one_at_a_time
    def _decisions_of(self, chosen: View) -> tuple[Carried, Sequence[Decision], Hands]:
        self._refresh()
        if chosen.ids is not None or not self.whole:
            listed = decisions(self.ledger, chosen.known)
            return carried_in(self.ledger, chosen), listed, hands_of(self.ledger, chosen)
        made = self._listed if chosen.known is None else as_known(self._listed, chosen.known)
        if chosen not in self._became:
            self._became[chosen] = carried(self._read_as_of(chosen), made, chosen.until)
            _at_most(_VIEWS, self._became)
        return self._became[chosen], made, self._hands if chosen.known is None else by_hand(made)

    def listed(self, view: View | None = None) -> Sequence[Decision]:
        """Return the decisions as they were made, those withdrawn among them; as of a view those that were known then."""
        self.mark()
        return self._listed if view is None or view.known is None else as_known(self._listed, view.known)

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
        wanted = frozenset(reports)
        read = self._read if self.whole else {}
        found = {identity: read[identity].kept.report.text for identity in wanted if identity in read}
        missing = wanted - found.keys() - self._outside.keys()
        return self._outside | found | (self.ledger.texts(missing) if missing else {})

    def _note_outside(self, told: Iterable[Told]) -> None:
        self._outside |= {each.kept.report.id: each.kept.report.text for each in told if is_outside(each)}

    # -- what came since

    def _refresh(self) -> None:
        """Read what came since the last time, and put it in its place in the conflicts that are followed."""
        now, changed = self._since()
        if now == self._at:
            return
        mark, listed = now.stamp, self._listed if self._at and now.word == self._at.word else decisions(self.ledger)
        self._ordered = None
        self._views.clear()
        self._became.clear()
        words = tuple(each for each in listed if each.withdrawn_at is None and each.kind not in _NO_WORD)
        hands = by_hand(listed)
        refiled: dict[str, set[str]] = {}  # by conflict
        for (report, conflict), _ in set(hands.items()) ^ set(self._hands.items()):
            refiled.setdefault(conflict, set()).add(report)
        if not self.whole and (hands != self._hands or bool(words) != bool(self._words)):
            self._mine, self._read, self._told, changed = {}, {}, {}, []
        if words != self._words:
            for mine in self._mine.values():
                mine.made = {until: board for until, board in mine.made.items() if until is None}
        all_kept = self.whole or bool(words)
        new, gone = self._decided(words, changed, mark) if all_kept else (self._taken(changed), frozenset())
        self._mark, self._hands, self._words, self._listed = mark, hands, words, listed
        self._turn = self._turn + bool(new or gone) if all_kept else mark
        for mine in self._mine.values():
            self._put(mine, [*new, *self._told_of(refiled.get(mine.conflict.id, ()))], gone)
        self._at = now  # after all else: who sees it need not wait

    def _told_of(self, ids: Iterable[str]) -> list[Told]:
        return [self._told[each] for each in ids if each in self._told]

    def _since(self) -> tuple[Standing, list[str]]:
        """Return how far a settled ledger has come, and the ids of the reports that changed since the last time."""
        while True:
            with self.ledger.reading() as connection:
                now = standing(connection)
                if now.settled:
                    asked = bool(self._mine or self._read) and now.stamp != self._mark
                    return now, changed_since(connection, self._mark) if asked else []
            settle(self.ledger)

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
        if changed or not self._read:
            found = self.ledger.told(View(ids=frozenset(changed))) if self._read else self.ledger.told()
            whole = self._read | {each.kept.report.id: each for each in found}
            self._read = {each.kept.report.id: each for each in sorted(whole.values(), key=_order)}
        listed = [self._as_it_was(each) for each in decided(self._read.values(), words)]
        told = {each.kept.report.id: each for each in listed}
        new = [each for each in listed if self._told.get(each.kept.report.id) is not each]
        self._note_outside(new)
        gone = frozenset(self._told.keys() - told.keys())
        self._told = told
        return new, gone

    def _as_it_was(self, told: Told) -> Told:
        """Return the very object that a report was, where it is told as before."""
        former = self._told.get(told.kept.report.id)
        return told if former is None or former != told else former

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
        if self.whole and None not in mine.made:  # any day's begins with what the newest was made with
            mine.made[None] = self._board(mine, View())
        if not self._words:
            return self._then(mine).board(mine.lines, self._load, view, self.settings.stale)
        return self._viewed_board(mine, view)

    def _viewed_board(self, mine: Mine, view: View) -> Board:
        told = self._told_as_of(view)
        return self._then(mine).board(
            self._lines_as_of(mine, view, told), lambda ids: told, view, self.settings.stale
        )  # fmt: skip

    def _then(self, mine: Mine) -> Following:
        """Return what the board of a view is made with: it goes its own way from where the newest board came by."""
        if mine.now.begun:
            mine.then = mine.now.branch(mine.then)
        return mine.then

    def _all(self) -> tuple[Told, ...]:
        if self._ordered is None:
            self._ordered = tuple(self._told.values())
        return self._ordered

    def _told_as_of(self, view: View) -> Mapping[str, Told]:
        """Return the reports of a view with what was decided by then, in their order, as if there were no others."""
        if view not in self._views:
            listed, words = self._read_as_of(view), self._words
            if view.known is not None:
                words = tuple(each for each in as_known(self._listed, view.known) if each.kind not in _NO_WORD)
            told = {each.kept.report.id: self._as_it_was(each) for each in decided(listed, words, view.until)}
            self._note_outside(told.values())
            self._views[view] = told
            _at_most(_VIEWS, self._views)
        self._views.move_to_end(view)
        return self._views[view]

    def _read_as_of(self, view: View) -> list[Told]:
        """Return the reports of a view as they were read, with their derived values as of then, in their order."""
        listed = [each for each in self._read.values() if _is_of(each, view)]
        return listed if view.known is None else list(with_derived(listed, derived_by(self.ledger, view)))

    def _lines_as_of(self, mine: Mine, view: View, told: Mapping[str, Told]) -> list[Line]:
        """Return the lines of a conflict's reports as of a view: where what came later would make a difference they are others."""
        hands = self._hands if view.known is None else by_hand(as_known(self._listed, view.known))
        refiled = {report for (report, _), _ in set(hands.items()) ^ set(self._hands.items())}

        def is_as_now(identity: str) -> bool:
            return identity not in refiled and told.get(identity) is self._told.get(identity)

        same = [line for line in mine.lines if line.id in told and is_as_now(line.id)]
        self._other -= 1
        others = (each for identity, each in told.items() if not is_as_now(identity))
        lines = [line_of(each, self._other) for each in others if filing_of(each, mine.conflict, hands) is not None]
        return sorted((*same, *lines), key=lambda each: each.order)

    def _followed(self, conflict: Conflict) -> Mine:
        mine = self._mine.get(conflict.id)
        if mine is None or mine.conflict != conflict:
            now, then = (Following(conflict, held=self.whole) for _ in range(2))
            mine = Mine(conflict=conflict, now=now, then=then)
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


def _at_most(number: int, kept: OrderedDict[View, Any]) -> None:
    """Forget what was made first where more is kept than so much."""
    while len(kept) > number:
        kept.popitem(last=False)


def _order(told: Told) -> tuple[date, str]:
    report = told.kept.report
    return report.published or date.min, report.id


def _is_of(told: Told, view: View) -> bool:
    """Return whether a report had been published by the day of a view and was known at its instant."""
    known = view.known and datetime.fromisoformat(instant(view.known))
    by_then = view.until is None or (told.kept.report.published or date.min) <= view.until
    return by_then and (known is None or told.kept.recorded <= known)
