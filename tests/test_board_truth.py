"""The board of the sample corpus: truces, papers and talks held to the hand-made truth of six days; a day knows nothing later."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dragoman.board.board import board
from dragoman.board.conflicts import Conflict, load_conflicts
from dragoman.board.filing import filing_of
from dragoman.board.types import Board, Round, Truce
from dragoman.board.viewed import reports_of
from dragoman.ledger.store import Ledger, Made, View
from dragoman.model import When
from dragoman.process.records import ProcessRecord
from dragoman.reading.reader import Reading

ROOT = Path(__file__).resolve().parent
CONFLICTS = load_conflicts(str(ROOT.parent / "samples" / "conflicts"))
NAMES = ("libya", "sorvia")
Read = Sequence[tuple[Reading, ProcessRecord]]
# How many judgements hold of those that there are: they may only grow. What fails is told in the report of the test.
HOLD = {"truce": 48, "paper": 2, "signature": 18, "talks": 64, "stale": 2}
OF = {"truce": 50, "paper": 2, "signature": 19, "talks": 73, "stale": 2}


def kept(folder: Path, name: str, read: Read, start: datetime = datetime(2021, 6, 1, tzinfo=UTC)) -> Ledger:
    """Return a ledger with these readings, added one a minute."""
    at = iter(start + timedelta(minutes=n) for n in range(10 * len(read) + 10))
    ledger = Ledger(str(folder / f"{name}.db"), create=True, clock=lambda: next(at))
    for reading, record in read:
        ledger.add(reading, record, Made(rulebook="own", model="own"))
    return ledger


@pytest.fixture(scope="module")
def whole(corpus: Read, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Return a ledger of the whole corpus."""
    ledger = kept(tmp_path_factory.mktemp("whole"), "whole", corpus)
    yield ledger
    ledger.close()


def truth(name: str) -> dict[str, Any]:
    """Return the truth of a conflict."""
    return tomllib.loads((ROOT / "ledger_truth" / f"{name}.toml").read_text(encoding="utf-8"))


# -- held to the truth


class Judge:
    """Asks a board what the truth of a day says, and counts."""

    def __init__(self, conflict: Conflict, sides: Mapping[str, Sequence[str]]) -> None:
        self._conflict, self._sides = conflict, sides
        self.held: list[tuple[str, bool, str]] = []

    def named(self, listed: Sequence[str], side: str) -> bool:
        """Return whether one of the ids is that side, or the party to which it belongs."""
        ids = self._sides.get(side, [side])
        return any(i in listed or self._conflict.party_of(i) in listed for i in ids)

    def say(self, kind: str, what: object, *, holds: bool) -> None:
        """Count a judgement."""
        self.held.append((kind, holds, str(what)))

    def truce(self, found: Board, said: Mapping[str, Any]) -> None:
        """Judge the truce of a day: the last that is not over, or the last."""
        plain = [truce for truce in found.truces if truce.scope is None]
        open_ = [truce for truce in plain if truce.status != "ended"] or plain
        truce = open_[-1] if open_ else None
        self.say("truce", ("status", truce), holds=(truce.status if truce else "none") in said["status"])
        if truce is None:
            return
        self.say("truce", ("parties", truce), holds=all(self.named(truce.parties, p) for p in said["parties"]))
        days = {"declared": truce.declared, "from": truce.from_, "until": truce.until}
        for key, when in days.items():
            if key in said:
                self.say("truce", (key, when), holds=last(when) == said[key])
        self._history(truce, said)

    def earlier(self, found: Board, said: Mapping[str, Any]) -> None:
        """Judge the truce before: its status, the day from which it was in force, and that on which it ended."""
        right = [
            truce for truce in found.truces if last(truce.from_) == said["from"] and truce.status in said["status"]
        ]
        over = [turn.day for truce in right for turn in truce.history if turn.state == "ended"]
        self.say("truce", ("earlier", right), holds=len(right) == 1 and over == [said["ended"]])

    def _history(self, truce: Truce, said: Mapping[str, Any]) -> None:
        states = [turn.state for turn in truce.history]
        if "history" in said:
            self.say("truce", ("history", states), holds=states == said["history"])
        if "ended" in said:
            over = [turn.day for turn in truce.history if turn.state == "ended"]
            self.say("truce", ("ended", over), holds=over == [said["ended"]])

    def signature(self, found: Board, said: Mapping[str, Any]) -> None:
        """Judge one cell of the table of signatures."""
        words = set(said["document"].lower().split())
        cells = [
            signing for paper in found.papers if words & set(paper.name.lower().split())
            for signing in paper.signings if self.named([signing.party], said["party"])
        ]  # fmt: skip
        right = [s for s in cells if s.status in said["status"] and ("day" not in said or within(said["day"], s.date))]
        fits = any(s.against or not said.get("against") for s in right) or ("none" in said["status"] and not cells)
        self.say("signature", (said, cells), holds=fits)

    def talks(self, found: Board, said: Mapping[str, Any]) -> None:
        """Judge one round: that it is there with its status, then its days, format, host, mediators and parties."""
        rounds = [each for track in found.tracks for each in track.rounds if is_there(each, said)]
        right = [each for each in rounds if each.status in said["status"]]
        self.say("talks", (said, rounds), holds=bool(right))
        if not right:
            return
        one = right[0]
        if "from" in said:
            self.say(
                "talks", (said, one.date), holds=(one.date.earliest, one.date.latest) == (said["from"], said["to"])
            )
        if "format" in said:
            self.say("talks", (said, one.format), holds=one.format == said["format"])
        who = {"host": (one.host or "",), "mediators": one.mediators, "parties": one.parties}
        for key in who.keys() & said.keys():
            wanted = [said[key]] if isinstance(said[key], str) else said[key]
            self.say("talks", (said, who[key]), holds=all(self.named(who[key], side) for side in wanted))


def last(when: When | None) -> date | None:
    """Return the last day of a time."""
    return when.latest if when is not None else None


def within(day: date, when: When) -> bool:
    """Return whether a day is one of a time's."""
    return when.earliest is not None and when.latest is not None and when.earliest <= day <= when.latest


def is_there(one: Round, said: Mapping[str, Any]) -> bool:
    """Return whether a round is at the place that the truth names, on days that can be its."""
    if one.place is None or one.place.name.lower() != said["place"].lower():
        return False
    first, end = one.date.earliest, one.date.latest
    return "from" not in said or bool(first and end and first <= said["to"] and said["from"] <= end)


def judged(ledger: Ledger) -> list[tuple[str, bool, str]]:
    """Return every judgement of both conflicts on all days."""
    found = []
    for name in NAMES:
        said = truth(name)
        judge = Judge(CONFLICTS[name], said["sides"])
        for day in said["board"]:
            made = board(ledger, CONFLICTS[name], View(until=day["day"]))
            judge.truce(made, day["truce"])
            for one in day.get("signatures", ()):
                judge.signature(made, one)
            if day.get("signatures") == []:
                judge.say("signature", made.papers, holds=not any(paper.signings for paper in made.papers))
            for one in day["talks"]:
                judge.talks(made, one)
            if "earlier_truce" in day:
                judge.earlier(made, day["earlier_truce"])
            if "paper" in day:
                status = {paper.name: paper.status for paper in made.papers}
                judge.say("paper", status, holds=status.get(day["paper"]["name"]) in day["paper"]["status"])
        stale = said["stale"]
        state = board(ledger, CONFLICTS[name], View(until=stale["day"])).truces
        unknown = (stale["truce_status"], stale["since"])
        judge.say("stale", state, holds=any((truce.status, truce.since) == unknown for truce in state))
        found += judge.held
    return found


def test_truces_papers_and_talks_hold_to_the_truth_of_six_days(whole: Ledger) -> None:
    found = judged(whole)
    counts, holding = Counter(kind for kind, _, _ in found), Counter(kind for kind, holds, _ in found if holds)
    wrong = "\n".join(f"{kind}: {what}" for kind, holds, what in found if not holds)
    assert {kind: holding[kind] for kind in HOLD if holding[kind] < HOLD[kind]} == {}, wrong
    assert all(counts[kind] >= OF[kind] for kind in OF), counts


def test_the_number_of_reports_of_each_day_is_that_of_the_truth(whole: Ledger) -> None:
    for name in NAMES:
        days = {day["day"]: day["reports"] for day in truth(name)["board"]}
        assert {day: board(whole, CONFLICTS[name], View(until=day)).reports for day in days} == days


def test_each_report_is_filed_where_it_belongs_and_nowhere_else(whole: Ledger) -> None:
    for each in whole.told():
        filed = [name for name, conflict in CONFLICTS.items() if filing_of(each, conflict) is not None]
        assert filed == ["libya" if each.kept.report.id.startswith("ly-") else "sorvia"], each.kept.report.headline


# -- two clocks


def test_the_board_of_a_day_is_that_of_a_ledger_that_saw_only_the_reports_up_to_it(
    corpus: Read, whole: Ledger, tmp_path: Path
) -> None:
    shuffled = list(corpus)
    random.Random(3).shuffle(shuffled)
    for name, days in (
        ("libya", (date(2020, 1, 11), date(2020, 1, 14))),
        ("sorvia", (date(2021, 3, 15), date(2021, 4, 6))),
    ):
        for day in days:
            seen = [pair for pair in shuffled if pair[0].report.published and pair[0].report.published <= day]
            early = kept(tmp_path, f"{name}-{day}", seen)
            assert board(early, CONFLICTS[name], View(until=day)) == board(whole, CONFLICTS[name], View(until=day))
            assert (
                replace(board(early, CONFLICTS[name]), until=day).truces
                == board(whole, CONFLICTS[name], View(until=day)).truces
            )
            early.close()


def test_the_board_of_an_instant_is_that_of_a_ledger_that_had_no_more(corpus: Read, tmp_path: Path) -> None:
    first = kept(tmp_path, "first", corpus[:40])
    more = kept(tmp_path, "more", corpus[:60])
    instants = sorted(report.recorded for report in more.reports())
    now = View(known=instants[39])
    assert len(more.reports(now)) == 40
    had = board(more, CONFLICTS["libya"], now)
    assert replace(had, known=None) == board(first, CONFLICTS["libya"])
    assert had != board(more, CONFLICTS["libya"])
    for ledger in (first, more):
        ledger.close()


def test_reports_of_a_conflict_come_in_the_order_of_publication(whole: Ledger) -> None:
    told = reports_of(whole, CONFLICTS["sorvia"], View())
    days = [each.kept.report.published for each in told]
    assert len(told) == 72
    assert days == sorted(day for day in days if day)
