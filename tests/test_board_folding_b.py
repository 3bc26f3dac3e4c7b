"""Positions, threats, backings, breaches, bodies, disputes and names folded report by report are those folded at once."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from board_reports import LIBYA, Shelf

from dragoman.board import disputes as disputes_module
from dragoman.board import folding
from dragoman.board.backings import Backings
from dragoman.board.bodies import Bodies
from dragoman.board.breaches import Breaches
from dragoman.board.citing import counted
from dragoman.board.disputes import Disputes
from dragoman.board.folding import Fold, Now
from dragoman.board.menaces import Menaces
from dragoman.board.names import Names
from dragoman.board.stances import Stances
from dragoman.ledger.store import Told
from dragoman.reading.reader import Reader

COUNTED: Mapping[str, type[Fold[Any, Any]]] = {
    "stances": Stances, "menaces": Menaces, "backings": Backings, "breaches": Breaches, "bodies": Bodies,
}  # fmt: skip
KINDS: Mapping[str, type[Fold[Any, Any]]] = {**COUNTED, "disputes": Disputes, "names": Names}
DEMAND = "Libyan commander Khalifa Haftar demanded on Monday that Turkey have no role in monitoring the ceasefire."
SUPPLY = "The United Arab Emirates supplied drones to the Libyan National Army, the United Nations said."
SHELLED = "The Government of National Accord accused Haftar's forces of violating the truce by shelling {} on Thursday."
COMMITTEE = "The joint military committee monitors the ceasefire in Libya."
REPORTS = (
    ("3", "The United Arab Emirates denied that it had supplied weapons to the Libyan National Army."),
    ("9", "Khalifa Haftar on Thursday rejected a ceasefire that Russia had proposed."),
    ("12", "Khalifa Haftar accepted the ceasefire on Sunday."),
    ("13", DEMAND),
    ("13", "Haftar's forces broke the truce, the Government of National Accord said."),
    ("14", "Turkey threatened on Tuesday to attack Haftar if he attacked Tripoli again by Friday, January 24."),
    ("14", DEMAND.replace("on Monday ", "")),
    ("15", "Haftar demanded that the militias in Tripoli be dissolved."),
    ("16", SHELLED.format("Tripoli's southern suburbs")),
    ("16", "A joint military committee will monitor the ceasefire, the United Nations said."),
    ("17", "The Government of National Accord accused Haftar's forces of violating the truce with the attack."),
    ("17", SUPPLY),
    ("17", SHELLED.format("the southern suburbs of Tripoli")),
    ("17", "The Libyan National Army denied that it had shelled the suburbs of Tripoli on Thursday."),
    ("18", "Haftar's forces shelled Misrata on Friday, killing seven people."),
    ("18", "Haftar's forces shelled Misrata on Friday, killing twelve people."),
    ("18", "Haftar's forces violated the truce by shelling Misrata port on Friday, United Nations monitors said."),
    ("19", "Haftar's forces did not shell Misrata on Friday, the Libyan National Army said."),
    ("19", "Khalifa Haftar on Sunday dropped his demand that Turkey have no role in monitoring the ceasefire."),
    ("20", COMMITTEE),
    ("20", "The United Arab Emirates has sent weapons to the Libyan National Army. Egypt supports Haftar."),
    ("21", "Turkey attacked Haftar's forces near Tripoli on Tuesday."),
    ("22", "Haftar demanded that Turkey be kept out of the joint military committee that monitors the ceasefire."),
    ("23", "The Government of National Accord demanded that the militias of Tripoli be dissolved. Haftar agreed."),
    ("23", "Turkey had threatened on January 14 to attack Haftar if he attacked Tripoli again."),
    (
        "23",
        "The shelling killed seven people in Tripoli on Thursday. The shelling on Thursday in Tripoli killed ten people.",
    ),
)


@pytest.fixture(scope="module")
def reports(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """Return the reports as the ledger tells them."""
    folder: Path = tmp_path_factory.mktemp("folding")
    return with_one_event(Shelf(reader, folder).told(*REPORTS))


def with_one_event(told: Sequence[Told]) -> list[Told]:
    """Return reports that take all killing in Misrata for one event, as a ledger that was settled does."""

    def one(each: Told) -> Told:
        claims = [
            replace(kept, claim=replace(kept.claim, event_id="misrata"))
            if "Misrata" in kept.claim.evidence.text
            else kept
            for kept in each.claims
        ]
        return replace(each, claims=tuple(claims))

    return [one(each) for each in told]


def mixed(told: Sequence[Told], seed: int) -> list[Told]:
    """Return reports of which some print or update others by chance, and which call some by other names."""
    chance = random.Random(seed)
    ids = [each.kept.report.id for each in told]
    return [
        replace(
            each,
            kept=replace(
                each.kept,
                origin=chance.choice(ids[: at + 1]) if chance.random() < 0.4 else ids[at],
                revises=chance.choice(ids) if chance.random() < 0.2 else None,
                sentences=chance.randrange(5),
            ),
            entities=tuple(
                (replace(entity, name=chance.choice((entity.name, "the other")), roster=False), count)
                for entity, count in each.entities
            ),
        )
        for at, each in enumerate(told)
    ]


def last(told: Sequence[Told]) -> date:
    return max(each.kept.report.published or date.min for each in told)


def fresh(kind: str, told: Sequence[Told]) -> tuple[Any, ...]:
    """Return the entries of reports that are folded at once."""
    fold = KINDS[kind](LIBYA)
    fold.add(told, last(told))
    return fold.entries(Now(day=last(told)))


def listed(kind: str, told: Sequence[Told]) -> list[Told]:
    """Return the reports that a kind of entries is made of."""
    return list(counted(told, last(told)) if kind in COUNTED else told)


@pytest.mark.parametrize("kind", KINDS)
def test_the_reports_tell_enough(kind: str, reports: list[Told]) -> None:
    assert len(fresh(kind, reports)) >= {"menaces": 1, "bodies": 1, "disputes": 2, "backings": 2}.get(kind, 3)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", KINDS)
def test_report_by_report_is_all_at_once(kind: str, seed: int, reports: list[Told]) -> None:
    told = listed(kind, mixed(reports, seed) if seed else reports)
    fold = KINDS[kind](LIBYA)
    for count in range(1, len(told) + 1):
        fold.add(told[count - 1 : count], last(told[:count]))
        assert fold.entries(Now(day=last(told[:count]))) == fresh(kind, told[:count]), count


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", KINDS)
def test_back_and_on_by_another_way_is_that_way(
    kind: str, seed: int, reports: list[Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "_EVERY", 4)
    monkeypatch.setattr(disputes_module, "_HELD", 3)
    chance = random.Random(seed)
    told = mixed(reports, seed)
    fold = KINDS[kind](LIBYA)
    former: list[Told] = []
    for _ in range(12):
        some = [each for each in told if chance.random() < 0.85] or told
        way = listed(kind, some[: chance.randrange(1, len(some) + 1)])
        same = next((at for at, pair in enumerate(zip(former, way, strict=False)) if pair[0] is not pair[1]), None)
        taken = fold.back(min(len(former), len(way)) if same is None else same)
        fold.add(way[taken:], last(way))
        assert fold.entries(Now(day=last(way))) == fresh(kind, way)
        former = way


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_that_is_read_anew_is_told_anew(kind: str, reports: list[Told]) -> None:
    fold = KINDS[kind](LIBYA)
    fold.add(reports, last(reports))
    before = fold.entries(Now(day=last(reports)))
    others = [replace(each, claims=(), records={}, contradictions=(), entities=()) for each in reports[5:]]
    other = [*reports[:5], *others]
    fold.add(other[fold.back(5) :], last(reports))
    assert fold.entries(Now(day=last(reports))) == fresh(kind, other) != before


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", KINDS)
def test_a_state_is_plain_data_that_can_be_gone_on_from(kind: str, seed: int, reports: list[Told]) -> None:
    told = listed(kind, mixed(reports, seed) if seed else reports)
    fold = KINDS[kind](LIBYA)
    for at in (len(told) // 2, len(told) - 1):
        fold.add(told[fold.taken : at], last(told))
        encoded = msgspec.msgpack.encode(fold.steps()[-1][1])
        fold = KINDS[kind](LIBYA)
        fold.resume(msgspec.msgpack.decode(encoded, type=type(fold.begin())), at)
        assert fold.entries(Now(day=last(told))) == fresh(kind, told[:at])
    fold.add(told[fold.taken :], last(told))
    assert fold.entries(Now(day=last(told))) == fresh(kind, told)
    assert fold.back(len(told) - 1) == len(told) - 1
    assert fold.entries(Now(day=last(told))) == fresh(kind, told[:-1])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "names"])
def test_what_nothing_is_told_of_is_not_made_again(kind: str, reports: list[Told]) -> None:
    told = [*reports, replace(reports[0], claims=(), records={}, contradictions=())]
    fold = KINDS[kind](LIBYA)
    fold.add(told[:-1], last(told))
    before = fold.entries(Now(day=last(told)))
    fold.add(told[-1:], last(told))
    after = fold.entries(Now(day=last(told)))
    assert len(before) == len(after) > 0
    assert all(one is other for one, other in zip(before, after, strict=True))


def test_only_the_breach_that_is_told_of_is_made_again(reports: list[Told]) -> None:
    made = []
    fold = Breaches(LIBYA)
    for each in reports:
        fold.add([each], last(reports))
        made.append(fold.entries(Now(day=last(reports))))
    anew = [sum(all(entry is not other for other in before) for entry in after) for before, after in pairwise(made)]
    assert max(anew) == 1
    assert len(made[-1]) > 2


def test_a_threat_passes_with_its_day_and_no_report(reports: list[Told]) -> None:
    fold = Menaces(LIBYA)
    told = [each for each in reports if (each.kept.report.published or date.min) < date(2020, 1, 20)]
    fold.add(told, last(told))
    days = (date(2020, 1, 24), date(2020, 1, 25), date(2020, 1, 24))
    assert [entry.outcome for day in days for entry in fold.entries(Now(day=day))] == ["open", "passed", "open"]


def test_a_copy_speaks_again_where_the_fuller_one_is_updated_by_another_text(reports: list[Told]) -> None:
    seven, twelve = (each for each in reports if "shelled Misrata on Friday, killing" in each.kept.report.text)
    late = replace(reports[-1], claims=(), contradictions=())
    copy = replace(seven, kept=replace(seven.kept, report=replace(seven.kept.report, id="copy"), sentences=9))
    update = replace(late, kept=replace(late.kept, revises="copy"))
    fold = Disputes(LIBYA)
    for told, who in (
        ((seven, twelve), {seven.kept.report.id, twelve.kept.report.id}),
        ((copy,), {"copy", twelve.kept.report.id}),
        ((update,), {seven.kept.report.id, twelve.kept.report.id}),
    ):
        fold.add(told, last(reports) + timedelta(days=1))
        (dispute,) = (each for each in fold.entries(Now(day=last(reports))) if each.kind == "number")
        assert {sentence.report for sentence in dispute.cited} == who


def test_an_update_that_is_printed_before_what_it_updates_speaks(reports: list[Told]) -> None:
    seven, twelve = (each for each in reports if "shelled Misrata on Friday, killing" in each.kept.report.text)
    update = replace(reports[0], kept=replace(reports[0].kept, revises=twelve.kept.report.id), contradictions=())
    assert any(each.kind == "number" for each in fresh("disputes", [seven, twelve]))
    assert not any(each.kind == "number" for each in fresh("disputes", [update, seven, twelve]))


def test_what_was_let_go_of_is_asked_for_again(reports: list[Told], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "_EVERY", 4)
    monkeypatch.setattr(disputes_module, "_HELD", 1)
    numbers = [each for each in reports if "shelled Misrata on Friday, killing" in each.kept.report.text]
    told = [*numbers, *reports[:6]]
    update = replace(reports[-1], kept=replace(reports[-1].kept, revises=numbers[0].kept.report.id), contradictions=())
    fold = Disputes(LIBYA)
    fold.add([*told, update], last(reports))
    assert not any(each.kind == "number" for each in fold.entries(Now(day=last(reports))))
    fold.add(told[fold.back(len(told)) :], last(reports))
    assert any(each.kind == "number" for each in fold.entries(Now(day=last(reports))))


def test_what_is_told_late_counts_for_what_was_told_before(reports: list[Told]) -> None:
    (arms,) = (each for each in fresh("backings", reports) if each.kind == "arms")
    assert arms.denied_by == ("united-arab-emirates",)
    assert [sentence.published for sentence in arms.against] == [date(2020, 1, 3)]
    (threat,) = fresh("menaces", reports)
    assert (threat.outcome, len(threat.cited)) == ("carried_out", 2)
    (stance,) = (each for each in fresh("stances", reports) if each.issue == "turkey-role")
    assert [turn.state for turn in stance.history] == ["demand", "dropped", "demand"]
    (denied,) = (each for each in fresh("breaches", reports) if "suburbs" in each.act)
    assert (denied.denied_by, len(denied.cited)) == (("libya-lna",), 3)
