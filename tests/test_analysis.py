"""Sums over what reports tell: what counts as an act, signed networks, tension, and pictures of them."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import dragoman
from dragoman.analysis.acts import Act, acts_of
from dragoman.analysis.charts import network_figure, png_of, tension_figure
from dragoman.analysis.network import signed_network
from dragoman.analysis.tension import tension
from dragoman.board.conflicts import load_conflicts
from dragoman.board.types import Backing, Board, Cited, Menace, Paper, Signing
from dragoman.errors import FormatError
from dragoman.export.content import Coded, Content, content_of
from dragoman.export.contract import Origin
from dragoman.model import EventType, When

LIBYA = load_conflicts()["libya"]
DAY = date(2020, 1, 8)
HELD = Cited(report="r", outlet="O", published=DAY, origin="r", sentence=1, start=0, end=1)


def _act(kind: EventType, actors: str, recipients: str = "", day: date | None = DAY) -> Act:
    return Act(
        event=f"{kind} {actors} {day}", type=kind, day=day, actors=tuple(actors.split()),
        recipients=tuple(recipients.split()), origins=1, claims=("c",),
    )  # fmt: skip


def _content(*texts: str) -> Content:
    readings = [dragoman.read(text, published="2024-05-15") for text in texts]
    coded = [Coded(report=each.report, entities=each.entities, claims=each.claims) for each in readings]
    return content_of(Origin(rulebook="r", model="m"), coded)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Gondor attacked Mordor on Monday.", [("ASSAULT", "gondor", "mordor", date(2024, 5, 13))]),
        ("Gondor did not attack Mordor on Monday.", []),
        ("Gondor will attack Mordor on Friday.", []),
        ("Gondor attacked Mordor in 2019.", []),
    ],
)
def test_an_act_is_told_as_having_happened(text: str, acts: list[tuple[str, str, str, date]]) -> None:
    content = _content(text)
    assert content.events
    found = acts_of(content)
    assert [(each.type.value, *each.actors, *each.recipients, each.day) for each in found] == acts


def test_an_act_without_a_day_is_of_the_day_it_was_printed() -> None:
    (act,) = acts_of(_content("Gondor has attacked Mordor."))
    assert act.day == date(2024, 5, 15)


def test_a_copy_is_no_other_origin() -> None:
    content = _content("Gondor attacked Mordor on Monday.")
    (event,) = content.events
    copy = replace(event.lead, coded=replace(event.lead.coded, same_as=event.lead.coded.report.id))
    (act,) = acts_of(replace(content, events=(replace(event, tellings=(event.lead, copy)),)))
    assert act.origins == 1


def test_persons_and_armies_act_for_their_party() -> None:
    (act,) = acts_of(_content("Khalifa Haftar attacked Tripoli's Government of National Accord on Monday."), LIBYA)
    assert act.actors == ("libya-lna",)
    assert act.recipients == ("libya-gna",)


def test_those_who_agree_do_so_towards_each_other() -> None:
    assert _act(EventType.AGREE, "a b").pairs() == (("a", "b"), ("b", "a"))
    assert _act(EventType.ASSAULT, "a b").pairs() == ()
    assert _act(EventType.ASSAULT, "a b", "b c").pairs() == (("a", "b"), ("a", "c"), ("b", "c"))


def test_a_network_sums_up_acts_with_their_sign() -> None:
    acts = [_act(EventType.ASSAULT, "a", "b"), _act(EventType.AID, "a", "b"), _act(EventType.AGREE, "a c")]
    graph = signed_network([*acts, _act(EventType.REQUEST, "c", "b")], names={"a": "Rohan"})
    edge = graph.edges["a", "b"]
    assert (edge["weight"], edge["sign"], edge["positive"], edge["negative"]) == (-1.9, -1, 1, 1)
    assert edge["kinds"] == {"ASSAULT": 1, "AID": 1}
    assert edge["stands_on"] == ("c", "c")
    assert sorted(graph.edges) == [("a", "b"), ("a", "c"), ("c", "a")]
    assert graph.nodes["a"]["name"] == "Rohan"
    assert graph.nodes["b"]["side"] is None
    wider = signed_network([_act(EventType.REQUEST, "c", "b")], types=list(EventType))
    assert wider.edges["c", "b"]["weight"] == -5.0


def _backing(identity: str, **changes: Any) -> Backing:
    made = Backing(
        id=identity, backer="turkey", backed="libya-gna", kind="arms", means=None, status="stated", denied_by=(), cited=(HELD,),
    )  # fmt: skip
    return replace(made, **changes)


def _board(**entries: Any) -> Board:
    return Board(conflict="libya", name="Libya", until=None, known=None, reports=1, last=DAY, **entries)


def test_a_network_of_a_board_has_what_is_told_and_stands() -> None:
    signings = tuple(
        Signing(party=party, status=status, date=When(), cited=(HELD,))
        for party, status in (("libya-gna", "signed"), ("libya-lna", "refused"), ("turkey", "accepted"))
    )
    paper = Paper(
        id="p", name="deal", kind=None, terms=(), parties=(), place=None, date=When(), status="signed", signings=signings,
        cited=(HELD,),
    )  # fmt: skip
    menace = Menace(
        id="m", party="libya-lna", whom=("libya-gna",), condition=None, consequence=None, deadline=None, outcome="open",
        cited=(HELD,),
    )  # fmt: skip
    backings = (
        _backing("b"),
        _backing("denied", backer="egypt", denied_by=("egypt",)),
        _backing("alleged", backer="jordan", cited=(replace(HELD, hedged=True),)),
        _backing("over", backer="chad", status="historical"),
    )
    board = _board(backings=backings, papers=(paper,), menaces=(menace,), names={"turkey": "Turkey"})
    graph = signed_network(board, LIBYA)
    assert {(*pair, edge["weight"]) for *pair, edge in graph.edges(data=True)} == {
        ("turkey", "libya-gna", 8.8), ("libya-gna", "turkey", 4.2), ("libya-lna", "libya-gna", -5.1),
    }  # fmt: skip
    assert graph.nodes["libya-lna"]["side"] == "east"
    assert graph.nodes["turkey"]["name"] == "Turkey"
    assert graph.edges["turkey", "libya-gna"]["stands_on"] == ("b", "p")
    with pytest.raises(FormatError, match="give the conflict"):
        signed_network(board)


def test_tension_sums_up_what_two_do_to_each_other() -> None:
    acts = [
        _act(EventType.ASSAULT, "a", "b", date(2020, 1, 6)),
        _act(EventType.AGREE, "b a", "", date(2020, 1, 12)),
        _act(EventType.ASSAULT, "a", "x", date(2020, 1, 7)),
        _act(EventType.THREATEN, "c", "a", date(2020, 1, 21)),
        _act(EventType.THREATEN, "c", "a", None),
    ]
    weeks = tension(acts, "a", ["b", "c"])
    assert [(point.start, point.total, point.conflict, point.cooperation, point.events) for point in weeks] == [
        (date(2020, 1, 6), -5.1, -9.3, 4.2, 2),
        (date(2020, 1, 13), 0, 0, 0, 0),
        (date(2020, 1, 20), -5.1, -5.1, 0, 1),
    ]
    assert weeks[0].end == date(2020, 1, 12)
    assert [point.start.day for point in tension(acts, "b", "a", by="day")] == list(range(6, 13))
    assert tension(acts, "b", "x") == ()
    with pytest.raises(ValueError, match="fortnight"):
        tension(acts, "a", "b", by="fortnight")


def test_pictures_are_the_same_each_time_and_take_names_as_they_are() -> None:
    acts = [_act(EventType.ASSAULT, "libya-lna", "libya-gna"), _act(EventType.AID, "turkey x$_{y", "libya-gna")]
    names = {"x$_{y": "Band of $x_{ \\frac ^"}
    drawn = [png_of(network_figure(signed_network(acts, LIBYA, names=names), "Cost: $5 and $_{")) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert drawn[0].startswith(b"\x89PNG")
    series = [
        png_of(tension_figure(tension(acts, "libya-lna", "libya-gna", by), "a $_{ b")) for by in ("day", "day", "year")
    ]
    assert series[0] == series[1] != series[2]
    assert png_of(tension_figure((), "nothing")).startswith(b"\x89PNG")
    assert png_of(network_figure(signed_network([]), "nobody")).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("package", "make"), [("networkx", lambda: signed_network([])), ("matplotlib.figure", lambda: tension_figure(()))]
)
def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch, package: str, make: Any) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(FormatError, match=r"in a clone: pip install '\.\[analysis\]'"):
        make()
