"""Boards that are kept are those that would be made anew, whatever comes in, in whatever order, and in another run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from dragoman.board.boards import Boards
from dragoman.board.conflicts import Conflict, load_conflicts
from dragoman.board.fold import board_of
from dragoman.board.shelf import folder_of
from dragoman.board.types import Board
from dragoman.board.viewed import reports_of
from dragoman.ledger.decisions import Asked, DecisionKind, decide, withdraw
from dragoman.ledger.store import Ledger, Made, View
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import read_path
from dragoman.reading.reader import Reader, Reading
from dragoman.settings import Settings

ROOT = Path(__file__).parent.parent
SORVIA: Conflict = load_conflicts(str(ROOT / "samples" / "conflicts"))["sorvia"]
MADE = Made(rulebook="sha256:0", model="test")
DAY = date(2021, 3, 5)
Read = list[tuple[Reading, ProcessRecord]]


@pytest.fixture(scope="module")
def read(reader: Reader) -> Read:
    """Return the reports of a conflict as read, in the mixed order in which they stand in the sample corpus."""
    reports = list(read_path(ROOT / "samples" / "corpus" / "sorvia.jsonl"))
    readings = [reader.read(each) for each in reports if not isinstance(each, Exception)]
    return [(each, record_of(each, reader.rulebook)) for each in readings]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with a shelf of their own."""
    return Settings(boards=str(tmp_path / "boards"))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return an empty ledger."""
    one = Ledger(str(tmp_path / "one.ledger"), create=True)
    yield one
    one.close()


def _add(ledger: Ledger, read: Read) -> None:
    for reading, record in read:
        ledger.add(reading, record, MADE)


def _run(ledger: Ledger, settings: Settings, conflict: Conflict = SORVIA) -> Board:
    """Return the board that another run makes, which keeps it for the next."""
    boards = Boards(ledger, settings)
    found = boards.board(conflict)
    boards.keep()
    return found


def _anew(ledger: Ledger, view: View | None = None) -> Board:
    chosen = view or View()
    return board_of(reports_of(ledger, SORVIA, chosen), SORVIA, chosen)


def test_a_board_that_is_kept_is_that_made_anew_after_each_report(
    ledger: Ledger, read: Read, settings: Settings
) -> None:
    boards = Boards(ledger, settings)
    for one in read:
        _add(ledger, [one])
        assert boards.board(SORVIA) == _anew(ledger)


def test_the_board_of_a_day_is_kept_until_something_of_that_day_comes(
    ledger: Ledger, read: Read, settings: Settings
) -> None:
    boards, view = Boards(ledger, settings), View(until=DAY)
    for number in range(0, len(read), 8):
        _add(ledger, read[number : number + 8])
        assert boards.board(SORVIA, view) == _anew(ledger, view)
        assert boards.board(SORVIA) == _anew(ledger)


def test_the_order_of_coming_in_is_no_matter(tmp_path: Path, read: Read, settings: Settings) -> None:
    found = []
    for turn in range(3):
        ledger = Ledger(str(tmp_path / f"{turn}.ledger"), create=True)
        boards = Boards(ledger, settings)
        mixed = list(read)
        Random(turn).shuffle(mixed)
        for number in range(0, len(mixed), 12):
            _add(ledger, mixed[number : number + 12])
            last = boards.board(SORVIA)
        found.append(last)
        ledger.close()
    assert found[0] == found[1] == found[2]


def test_another_run_goes_on_where_one_ended(ledger: Ledger, read: Read, settings: Settings) -> None:
    ordered = sorted(read, key=lambda one: (one[0].report.published or date.min, one[0].report.id))
    _add(ledger, ordered[:50])
    assert _run(ledger, settings) == _anew(ledger)
    asked: list[list[str]] = []
    for count in (50, 51, 60):
        _add(ledger, ordered[:count])
        boards = Boards(ledger, settings)
        boards.ledger = _Watched(ledger, asked)  # type: ignore[assignment]
        assert boards.board(SORVIA) == _anew(ledger)
        boards.keep()
    assert [len(ids) for ids in asked] == [1, 9]  # of what stood there nothing was read again


class _Watched:
    """A ledger that notes of which reports it was asked what is told."""

    def __init__(self, ledger: Ledger, asked: list[list[str]]) -> None:
        self._ledger, self._asked = ledger, asked

    def __getattr__(self, name: str) -> object:
        return getattr(self._ledger, name)

    def told(self, view: View) -> object:
        self._asked.append(sorted(view.ids or ()))
        return self._ledger.told(view)


def test_late_reports_and_updates_in_another_run(ledger: Ledger, read: Read, settings: Settings) -> None:
    for number in range(0, len(read), 18):
        _add(ledger, read[number : number + 18])
        boards = Boards(ledger, settings)
        for view in (View(until=DAY), View()):
            assert boards.board(SORVIA, view) == _anew(ledger, view)
        boards.keep()


Damage = Callable[[bytes], bytes]


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[: len(data) // 2], lambda data: b"\xff" * 99])
def test_a_damaged_file_is_as_if_there_were_none(
    ledger: Ledger, read: Read, settings: Settings, damage: Damage
) -> None:
    _add(ledger, read[:20])
    _run(ledger, settings)
    for file in _files(settings):
        whole = file.read_bytes()
        file.write_bytes(damage(whole))
        assert Boards(ledger, settings).board(SORVIA) == _anew(ledger)
        file.write_bytes(whole)
    for file in _files(settings):
        file.write_bytes(damage(file.read_bytes()))
    _add(ledger, read[20:24])
    assert Boards(ledger, settings).board(SORVIA) == _anew(ledger)


def test_other_rules_settings_or_files_have_other_boards(ledger: Ledger, read: Read, settings: Settings) -> None:
    _add(ledger, read[:40])
    _run(ledger, settings)
    keen = replace(settings, stale=1)
    assert Boards(ledger, keen).board(SORVIA) == board_of(reports_of(ledger, SORVIA, View()), SORVIA, View(), keen)
    other = replace(SORVIA, issues=())
    assert Boards(ledger, settings).board(other) == board_of(reports_of(ledger, other, View()), other, View())


def test_a_ledger_that_was_put_back_has_its_own_boards(tmp_path: Path, read: Read, settings: Settings) -> None:
    path = tmp_path / "back.ledger"
    ledger = Ledger(str(path), create=True)
    _add(ledger, read[:30])
    ledger.close()
    before = path.read_bytes()
    for part in (read[30:40], read[40:50]):
        path.write_bytes(before)
        for side in path.parent.glob("back.ledger-*"):
            side.unlink()
        ledger = Ledger(str(path))
        _add(ledger, part)
        assert _run(ledger, settings) == _anew(ledger)
        ledger.close()


def test_nothing_is_kept_where_the_setting_is_empty(ledger: Ledger, read: Read) -> None:
    _add(ledger, read[:5])
    assert folder_of(Settings(boards="")) is None
    assert _run(ledger, Settings(boards="")) == _anew(ledger)


def test_a_folder_that_cannot_be_written_is_no_fault(ledger: Ledger, read: Read, tmp_path: Path) -> None:
    _add(ledger, read[:5])
    (tmp_path / "file").write_text("no folder")
    assert _run(ledger, Settings(boards=str(tmp_path / "file"))) == _anew(ledger)


def test_decisions_count_at_once_and_until_they_are_withdrawn(ledger: Ledger, read: Read, settings: Settings) -> None:
    _add(ledger, read[:60])
    boards = Boards(ledger, settings)
    plain = boards.board(SORVIA)
    claim = next(claim for entry in plain.truces for cited in entry.cited for claim in cited.claims)
    for asked in (
        Asked(kind=DecisionKind.WRONG_CLAIM, about=(claim,), user="ann"),
        Asked(kind=DecisionKind.NOT_FILED, about=(plain.truces[0].cited[0].report, "sorvia"), user="ann"),
    ):
        decision = decide(ledger, asked)
        assert boards.board(SORVIA) == _anew(ledger) != plain
        assert boards.board(SORVIA, View(until=DAY)) == _anew(ledger, View(until=DAY))
        _add(ledger, read[60:])
        assert boards.board(SORVIA) == _anew(ledger)
        withdraw(ledger, decision.id, "ann")
        assert boards.board(SORVIA) == _anew(ledger)


def test_what_comes_after_a_decision_counts_though_only_days_were_asked_for(
    ledger: Ledger, read: Read, settings: Settings
) -> None:
    _add(ledger, read[:40])
    claim = next(c for entry in _anew(ledger).truces for cited in entry.cited for c in cited.claims)
    decide(ledger, Asked(kind=DecisionKind.WRONG_CLAIM, about=(claim,), user="ann"))
    boards = Boards(ledger, settings)
    assert boards.board(SORVIA, View(until=DAY)) == _anew(ledger, View(until=DAY))
    _add(ledger, read[40:])
    assert boards.board(SORVIA) == _anew(ledger)


def test_boards_of_many_days_are_not_all_held(ledger: Ledger, read: Read, settings: Settings) -> None:
    _add(ledger, read[:30])
    boards = Boards(ledger, settings)
    newest = boards.board(SORVIA)
    days = [DAY + timedelta(days=n) for n in range(-30, 30)]
    for day in days:
        assert boards.board(SORVIA, View(until=day)) == _anew(ledger, View(until=day))
    assert boards.board(SORVIA) is newest
    assert boards.board(SORVIA, View(until=days[0])) is not boards.board(SORVIA, View(until=days[-1]))


def test_the_board_of_an_instant_is_what_the_ledger_had(tmp_path: Path, read: Read, settings: Settings) -> None:
    hours = iter(range(1_000_000))
    ledger = Ledger(
        str(tmp_path / "clock.ledger"),
        create=True,
        clock=lambda: datetime(2021, 5, 1, tzinfo=UTC) + timedelta(hours=next(hours)),
    )
    _add(ledger, read[:20])
    view = View(known=datetime(2021, 5, 1, 10, 30, tzinfo=UTC))
    assert Boards(ledger, settings).board(SORVIA, view) == _anew(ledger, view)
    assert Boards(ledger, settings).board(SORVIA, view).reports <= 11
    ledger.close()


def _files(settings: Settings) -> list[Path]:
    folder = folder_of(settings)
    assert folder is not None
    return sorted(folder.iterdir())
