"""Boards that hold all reports in memory, as the desk has them, are those made anew at each view, whatever came and was decided."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest

from dragoman.board.boards import Boards
from dragoman.board.conflicts import Conflict, load_conflicts
from dragoman.board.filing import filed
from dragoman.board.fold import board_of
from dragoman.board.turns import Turns
from dragoman.board.types import Board
from dragoman.board.viewed import hands_of
from dragoman.ledger.decided import carried, decided
from dragoman.ledger.decisions import Asked, Helps, decide, decisions, withdraw
from dragoman.ledger.settle import derived, derived_by, settle, with_derived
from dragoman.ledger.store import Ledger, Made, Told, View
from dragoman.ledger.verdicts import DecisionKind, Source
from dragoman.model import Evidence, Report
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import read_path
from dragoman.reading.reader import Reader, Reading

ROOT = Path(__file__).parent.parent
SORVIA: Conflict = load_conflicts(str(ROOT / "samples" / "conflicts"))["sorvia"]
MADE = Made(rulebook="sha256:0", model="test")
BEGAN = datetime(2021, 5, 1, tzinfo=UTC)
VIEWS = (
    View(),
    View(until=date(2021, 3, 12)),
    View(until=date(2021, 3, 25)),
    View(known=BEGAN + timedelta(hours=15, minutes=30)),
    View(until=date(2021, 3, 25), known=BEGAN + timedelta(hours=34, minutes=30)),
)
Read = list[tuple[Reading, ProcessRecord]]


@pytest.fixture(scope="module")
def read(reader: Reader) -> Read:
    """Return the reports of a conflict as read, in the mixed order in which they stand in the sample corpus."""
    reports = list(read_path(ROOT / "samples" / "corpus" / "sorvia.jsonl"))
    readings = [reader.read(each) for each in reports if not isinstance(each, Exception)]
    return [(each, record_of(each, reader.rulebook)) for each in readings]


@dataclass
class Kept:
    """A ledger whose clock goes on by an hour each time, reports that are still to come, and the decisions that were made."""

    ledger: Ledger
    boards: Boards
    coming: Read
    made: list[str] = field(default_factory=list)

    def add(self, number: int = 1) -> None:
        """Add the next reports."""
        for _ in range(min(number, len(self.coming))):
            self.ledger.add(*self.coming.pop(0), MADE)

    def decide(self, kind: str, *about: str, **given: object) -> None:
        """Decide something, and keep its id."""
        asked = Asked(kind=DecisionKind(kind), about=about, user="ann", **given)  # type: ignore[arg-type]
        self.made.append(decide(self.ledger, asked, Helps(sentences=_sentences)).id)

    def told(self) -> list[Told]:
        """Return the reports as they are told now."""
        return _told_anew(self.ledger, View())

    def claims(self) -> list[str]:
        """Return the claims that the board stands on, in its order."""
        board = self.boards.board(SORVIA)
        found = (
            claim
            for entry in (*board.truces, *board.papers, *board.breaches)
            for c in entry.cited
            for claim in c.claims
        )
        return list(dict.fromkeys(found))


@pytest.fixture
def kept(tmp_path: Path, read: Read) -> Iterator[Kept]:
    """Return a ledger with the first thirty reports, whose boards were asked for."""
    hours = count()
    ledger = Ledger(
        str(tmp_path / "one.ledger"), create=True, clock=lambda: BEGAN + timedelta(hours=next(hours))
    )  # fmt: skip
    found = Kept(ledger=ledger, boards=Boards(ledger, whole=True), coming=list(read))
    found.add(30)
    found.boards.board(SORVIA)
    yield found
    ledger.close()


def _sentences(report: Report) -> list[Evidence]:
    """Return the paragraphs of a report: each is sentence enough to be taken from."""
    found, at = [], 0
    for number, part in enumerate(report.text.split("\n\n"), start=1):
        found.append(Evidence(sentence=number, start=at, end=at + len(part), text=part))
        at += len(part) + 2
    return found


def _told_anew(ledger: Ledger, view: View) -> list[Told]:
    """Return the reports of a view from the ledger alone, with derived values that are made from nothing else."""
    settle(ledger)
    told = ledger.told(view)
    read = told if view.known is None else with_derived(told, derived(ledger, view))
    return decided(read, decisions(ledger, view.known), view.until)


def _board_anew(ledger: Ledger, view: View) -> tuple[Board, list[Told]]:
    told = list(filed(_told_anew(ledger, view), SORVIA, hands_of(ledger, view)))
    return board_of(told, SORVIA, view), told


def _compare(kept: Kept, views: tuple[View, ...] = VIEWS) -> None:
    """Compare all that is asked of boards with what is made anew."""
    for view in views:
        board, told = _board_anew(kept.ledger, view)
        assert kept.boards.board(SORVIA, view) == board, view
        assert list(kept.boards.reports(SORVIA, view)) == told, view
        assert list(kept.boards.reports(None, view)) == _told_anew(kept.ledger, view), view
    states, listed, hands = kept.boards.decisions()
    assert listed == decisions(kept.ledger)
    assert hands == hands_of(kept.ledger, View())
    anew = carried(kept.ledger.told(), listed)
    assert (states.told, states.states, states.held) == (anew.told, anew.states, anew.held)


def test_reports_that_come_late_or_update_others(kept: Kept) -> None:
    mark = kept.boards.mark()
    while kept.coming:
        kept.add(14)
        assert mark != (mark := kept.boards.mark())
        _compare(kept)
    assert any(each.kept.revises for each in kept.told())  # there were updates among them


def _wrong(kept: Kept) -> None:
    kept.decide("wrong_claim", kept.claims()[3])


def _right(kept: Kept) -> None:
    kept.decide("right_claim", kept.claims()[5])


def _corrected(kept: Kept) -> None:
    kept.decide("corrected_field", kept.claims()[1], field="event", value="REJECT")


def _same_entity(kept: Kept) -> None:
    kept.decide("same_entity", "taltesh", "gravonia")


def _events(kind: str) -> Callable[[Kept], None]:
    def ruled(kept: Kept) -> None:
        listed = [claim for told in kept.told() for claim in told.claims]
        first = next(claim for claim in listed if sum(c.claim.event_id == claim.claim.event_id for c in listed) > 1)
        same = [c.claim.id for c in listed if c.claim.event_id == first.claim.event_id]
        others = [c.claim.id for c in listed if c.claim.event is first.claim.event and c.claim.id not in same]
        kept.decide(kind, same[0], same[1] if kind == "other_event" else others[0])

    return ruled


def _added(kept: Kept) -> None:
    report = kept.told()[4].kept.report
    words = report.text[report.body_start :].split("\n")[0].split(". ")[0][-40:]
    value = {"event": "AID", "actor": ["gravonia"], "recipient": ["sorvia"], "marks": ["alignment.arms"]}
    kept.decide("added_claim", report.id, value=value, source=Source(quote=words))


def _outside(kept: Kept) -> None:
    value = {"event": "AID", "actor": ["gravonia"], "recipient": ["sorvia"], "marks": ["alignment.arms"]}
    source = Source(name="Memoirs", quote="Gravonia sent arms.", published=date(2021, 3, 20))
    kept.decide("added_claim", value=value, source=source)


def _carried(kept: Kept) -> None:
    """Decide on a claim of a report whose text others print, too: it holds there as well."""
    told = kept.told()
    said = {(each.kept.origin, claim.claim.evidence.text) for each in told for claim in each.claims if _is_print(each)}
    first = next(
        claim.claim.id for each in told if not _is_print(each)
        for claim in each.claims if (each.kept.report.id, claim.claim.evidence.text) in said
    )  # fmt: skip
    kept.decide("wrong_claim", first)
    held = kept.boards.decisions()[0].held
    assert any(one.carried for listed in held.values() for one in listed)


def _is_print(told: Told) -> bool:
    return told.kept.origin != told.kept.report.id and told.kept.revises is None


def _not_filed(kept: Kept) -> None:
    kept.decide("not_filed", kept.boards.reports(SORVIA)[9].kept.report.id, "sorvia")


def _note(kept: Kept) -> None:
    kept.decide("note", kept.claims()[0], note="see the map")


DEEDS = {
    "wrong": _wrong, "right": _right, "corrected": _corrected, "one entity": _same_entity, "one event": _events("same_event"),
    "two events": _events("other_event"), "added": _added, "outside": _outside, "carried": _carried, "not filed": _not_filed,
    "note": _note,
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_each_kind_of_decision_and_its_withdrawal(kept: Kept, deed: str) -> None:
    kept.add(20)
    before, mark = kept.boards.reports(), kept.boards.mark()
    DEEDS[deed](kept)
    assert mark != (mark := kept.boards.mark())
    _compare(kept, VIEWS[:2])
    withdraw(kept.ledger, kept.made[0], "ben")
    assert mark != kept.boards.mark()
    assert kept.boards.reports() == before
    _compare(kept, (VIEWS[0], VIEWS[4]))


@pytest.mark.parametrize("seed", range(2))
def test_whatever_comes_in_any_order(kept: Kept, seed: int) -> None:
    chance = Random(seed)
    for _ in range(8):
        if kept.made and chance.random() < 0.25:
            withdraw(kept.ledger, kept.made.pop(chance.randrange(len(kept.made))), "ben")
        elif chance.random() < 0.4:
            kept.add(chance.randrange(1, 6))
        else:
            DEEDS[chance.choice(sorted(DEEDS))](kept)
        _compare(kept, (View(), chance.choice(VIEWS[1:])))


def test_derived_values_as_of_an_instant_need_not_be_made_from_nothing(kept: Kept, read: Read) -> None:
    kept.coming.sort(key=lambda one: (one[0].report.published or date.min, one[0].report.id))
    kept.add(42)
    settle(kept.ledger)
    recorded = [each.recorded for each in kept.ledger.reports()]
    for known in (*sorted(recorded)[::9], BEGAN + timedelta(days=99)):
        for until in (None, date(2021, 3, 20)):
            view = View(known=known, until=until)
            assert derived_by(kept.ledger, view) == derived(kept.ledger, view)


def test_what_a_decision_does_not_touch_is_the_very_same(kept: Kept) -> None:
    before = {each.kept.report.id: each for each in kept.boards.reports()}
    DEEDS["one entity"](kept)
    DEEDS["wrong"](kept)
    between = {each.kept.report.id: each for each in kept.boards.reports()}
    withdraw(kept.ledger, kept.made[1], "ben")
    after = {each.kept.report.id: each for each in kept.boards.reports()}
    assert before.keys() == between.keys() == after.keys()
    assert sum(between[identity] is not after[identity] for identity in after) < len(after) / 4
    assert any(before[identity] is not after[identity] for identity in after)


def test_threads_ask_while_others_write(kept: Kept) -> None:
    """Each answer is that of one of the states that the ledger was in."""
    states, faults, answers = [_board_anew(kept.ledger, View())[0]], [], []
    writing, done = threading.Lock(), threading.Event()

    def write(chance: Random) -> None:
        for _ in range(4):
            with writing:
                if kept.made and chance.random() < 0.3:
                    withdraw(kept.ledger, kept.made.pop(), "ben")
                elif chance.random() < 0.5:
                    kept.add()
                else:
                    DEEDS[chance.choice(["wrong", "corrected", "not filed", "one entity"])](kept)
                states.append(_board_anew(kept.ledger, View())[0])

    def ask(chance: Random) -> None:
        while not done.is_set():
            answers.append(kept.boards.board(SORVIA))
            kept.boards.board(SORVIA, chance.choice(VIEWS))
            kept.boards.reports(SORVIA, chance.choice(VIEWS))
            kept.boards.decisions()

    def guarded(task: Callable[[Random], None], seed: int) -> None:
        try:
            task(Random(seed))
        except BaseException as fault:  # noqa: BLE001  told by the test
            faults.append(fault)

    readers = [threading.Thread(target=guarded, args=(ask, seed)) for seed in range(8)]
    writers = [threading.Thread(target=guarded, args=(write, seed)) for seed in range(2)]
    for each in (*readers, *writers):
        each.start()
    for each in writers:
        each.join()
    done.set()
    for each in readers:
        each.join()
    assert faults == []
    assert len({id(each) for each in answers}) > 1
    assert all(any(each == state for state in states) for each in {id(one): one for one in answers}.values())
    _compare(kept)


def test_threads_take_turns() -> None:
    """Who asks again and again for what is made under a lock does not keep others waiting."""
    turns, order, begun = Turns(), list[str](), threading.Event()

    def greedy() -> None:
        for _ in range(50):
            with turns, turns:
                order.append("greedy")
                begun.set()
                time.sleep(0.005)

    def modest() -> None:
        begun.wait()
        with turns:
            order.append("modest")

    threads = [threading.Thread(target=task) for task in (greedy, modest, modest)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert order.count("greedy") == 50
    assert order.index("modest") < 10
