"""The graph of backers: ties, layout, and its page in a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from desking import SETTINGS, Browsed, overflows, violations

from dragoman.board.types import Backing, Board, Cited, Menace, Round, Track
from dragoman.desk.charts.graph import backers_graph
from dragoman.desk.charts.layers import layout
from dragoman.desk.kept import Desk, Shown
from dragoman.ledger.store import Ledger, View
from dragoman.model import When
from dragoman.views.ties import Sign, Standing, side_backed, ties_of

DAY = date(2020, 1, 3)
HELD = Cited(report="r", outlet="O", published=DAY, origin="r", sentence=1, start=0, end=1)
HEDGED = replace(HELD, hedged=True)


@pytest.fixture
def libya(corpus_ledger: Path) -> Shown:
    return Desk(Ledger(str(corpus_ledger)), SETTINGS).shown("libya")


def _backing(identity: str, status: str = "stated", *, cited: Cited = HELD, denied: tuple[str, ...] = ()) -> Backing:
    return Backing(
        id=identity, backer="turkey", backed="libya-gna", kind="arms", means=None, status=status, denied_by=denied,
        cited=(cited,),
    )  # fmt: skip


def _round(identity: str, day: int, status: str = "held") -> Round:
    return Round(
        id=identity, name="talks", place=None, date=When(), format=None, host="germany", mediators=("un",),
        parties=("libya-gna", "libya-lna", "germany"), declined=(), status=status, outcome=None,
        cited=(replace(HELD, published=date(2020, 1, day), origin=f"r{day}"),),
    )  # fmt: skip


def _menace(identity: str, party: str, whom: str) -> Menace:
    return Menace(
        id=identity,
        party=party,
        whom=(whom,),
        condition=None,
        consequence=None,
        deadline=None,
        outcome="open",
        cited=(HELD,),
    )


def _board(**entries: object) -> Board:
    board = Board(conflict="libya", name="Libya", until=None, known=None, reports=1, last=DAY)
    return replace(board, **entries)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("backing", "standing"),
    [
        (_backing("a"), Standing.TOLD),
        (_backing("a", cited=HEDGED), Standing.ALLEGED),
        (_backing("a", "planned"), Standing.PLANNED),
        (_backing("a", "historical"), Standing.OVER),
        (_backing("a", "historical", denied=("turkey",)), Standing.DENIED),
    ],
)
def test_a_backing_is_a_tie_for_somebody_that_stands_as_it_is_told(
    libya: Shown, backing: Backing, standing: Standing
) -> None:
    (tie,) = ties_of(_board(backings=(backing,)), libya.conflict)
    assert (tie.sign, tie.kind, tie.standing, tie.entry) == (Sign.FOR, "arms", standing, "a")


def test_rounds_of_the_same_two_are_one_tie_and_the_last_leads(libya: Shown) -> None:
    track = Track(id="t", cited=(), parties=(), rounds=(_round("new", 9, "planned"), _round("old", 5)))
    ties = ties_of(_board(tracks=(track,)), libya.conflict)
    assert [(tie.source, tie.target, tie.kind) for tie in ties] == [
        ("germany", "libya-gna", "hosts"),
        ("germany", "libya-lna", "hosts"),
        ("un", "libya-gna", "mediates"),
        ("un", "libya-lna", "mediates"),
    ]
    assert {(tie.entry, tie.more, tie.standing, tie.origins) for tie in ties} == {
        ("new", ("old",), Standing.PLANNED, 2)
    }


def test_threats_of_others_to_others_are_no_ties(libya: Shown) -> None:
    menaces = (_menace("in", "turkey", "libya-lna"), _menace("out", "turkey", "greece"))
    assert [(tie.entry, tie.sign) for tie in ties_of(_board(menaces=menaces), libya.conflict)] == [("in", Sign.AGAINST)]


def test_a_backer_stands_by_the_side_that_most_origins_say(libya: Shown) -> None:
    ties = ties_of(libya.board, libya.conflict)
    assert [side_backed(who, ties, libya.conflict) for who in ("turkey", "egypt", "germany")] == ["west", "east", None]


def test_lines_run_through_no_box_and_start_and_end_at_their_own_ports(libya: Shown) -> None:
    graph = backers_graph(libya)
    for drawn in (graph.wide, graph.narrow):
        for one, other in combinations([who.box for who in drawn.who], 2):
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
        starts = [re.match(r"M\S+", edge.line.path) for edge in drawn.edges]
        assert len({start.group() for start in starts if start}) == len(drawn.edges) == len(graph.ties)
        assert len({edge.line.head for edge in drawn.edges}) == len(drawn.edges)
        assert all(who.box.y >= 0 and who.box.y + who.box.height <= drawn.height for who in drawn.who)


def test_a_line_passes_a_column_in_a_lane_of_its_own() -> None:
    made = layout([["a"], ["b"], ["c"]], [("a", "c"), ("a", "b"), ("b", "c")], width=500, box=100)
    (between,) = (box for box in made.boxes if box.id == "b")
    way = next(line.path for line in made.lines if line.index == 0)
    level = float(re.findall(r",([\d.]+) H", way)[-1])
    assert not between.y <= level <= between.y + between.height


def test_the_sides_stand_left_and_right_with_their_backers_outside(libya: Shown) -> None:
    x = {who.box.id: who.box.x for who in backers_graph(libya).wide.who}
    assert x["turkey"] < x["libya-gna"] < x["germany"] < x["libya-lna"] < x["egypt"]


def test_the_graph_is_the_same_each_time(libya: Shown) -> None:
    mixed = replace(libya, board=replace(libya.board, backings=libya.board.backings[::-1]))
    assert backers_graph(libya) == backers_graph(mixed)


def test_where_there_is_nothing_the_graph_is_empty(corpus_ledger: Path) -> None:
    graph = backers_graph(Desk(Ledger(str(corpus_ledger)), SETTINGS).shown("libya", View(until=date(2019, 1, 1))))
    assert (graph.ties, graph.wide.who, graph.narrow.edges) == ((), (), ())


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
@pytest.mark.parametrize("path", ["/conflicts/libya/backers", "/conflicts/libya/backers?as_of=2019-01-01"])
def test_its_page_is_fit_for_all(browsed: Browsed, path: str, narrow: bool, dark: bool) -> None:
    page = browsed(path, narrow=narrow, dark=dark)
    assert (violations(page), overflows(page)) == ([], [])


def test_each_line_leads_to_its_entry_as_of_the_same_day(browsed: Browsed, libya: Shown) -> None:
    page = browsed("/conflicts/libya/backers?as_of=2020-01-20", narrow=True)
    lines = page.locator("svg.slim a.tie")
    assert page.locator("svg.broad").is_hidden()
    known = {each.id for each in libya.board.backings} | {r.id for t in libya.board.tracks for r in t.rounds}
    for line in lines.all():
        if "against" not in str(line.get_attribute("class")):
            found = re.fullmatch(r"/conflicts/libya/entries/(\w+)\?as_of=2020-01-20", str(line.get_attribute("href")))
            assert found
            assert found.group(1) in known
    assert lines.count() == page.locator("table tbody tr").count() > 10


def test_of_three_sides_the_second_stands_right_and_each_says_which_it_is(libya: Shown) -> None:
    parties = {"a": "first", "b": "second", "c": "third"}
    conflict = replace(libya.conflict, parties=parties, backers={}, ties={}, members={})
    backed = tuple(replace(_backing(who), backer=f"friend-{who}", backed=who) for who in "abc")
    graph = backers_graph(replace(libya, conflict=conflict, board=_board(backings=backed)))
    assert {(who.box.id, who.role) for who in graph.wide.who if len(who.box.id) == 1} == {
        ("a", "side first"), ("b", "side second"), ("c", "side third"),
    }  # fmt: skip
    x = {who.box.id: who.box.x for who in graph.wide.who}
    assert x["friend-a"] == x["friend-c"] < x["a"] == x["c"] < x["b"] < x["friend-b"]
