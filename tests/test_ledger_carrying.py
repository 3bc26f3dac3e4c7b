"""A verdict on a claim holds for the same claim in other versions and prints of its report; and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from decision_reports import Clock, helps_of

from dragoman.board.boards import Boards
from dragoman.board.conflicts import load_conflicts
from dragoman.board.viewed import told_in
from dragoman.cli import run
from dragoman.ledger.added import added_id
from dragoman.ledger.adding import add
from dragoman.ledger.decided import Carried, carried, decided
from dragoman.ledger.decisions import decide, decisions, withdraw
from dragoman.ledger.elsewhere import find_sentence
from dragoman.ledger.settle import settle
from dragoman.ledger.store import KeptClaim, Ledger, Told, View
from dragoman.ledger.verdicts import Asked, Decision, DecisionKind, Source
from dragoman.ledger.verify import verify
from dragoman.process.records import Alignment
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader
from dragoman.settings import Settings

Decide = Callable[..., Decision]
HEADLINE = "Haftar leaves the truce talks in Moscow"
BODY = (
    "Libyan commander Khalifa Haftar left Moscow on Tuesday without signing the ceasefire. "
    "Egypt backed Haftar. "
    "Fighters of the Fezzan Shield occupied the pumping station at dawn and shut the valves, the oil company said. "
    'The talks were held behind closed doors in a guest house of the ministry, diplomats of "both sides" said. '
    "No date for another meeting of the delegations was set before they went home that evening."
)
LATER = BODY.replace('"both sides"', "“both sides”") + " Qatar sent money to Tripoli."
REPORTS = {
    "first": (14, "Reuters", HEADLINE, BODY),
    "update": (15, "Reuters", f"UPDATE 1-{HEADLINE}", LATER),
    "print": (15, "Tripoli Post", "Strongman walks out", f"{BODY} (Reuters)"),
    "other": (16, "Gulf Ledger", "Cairo stands firm", "Egypt backed Haftar. Ships were seen off the coast at dawn."),
}
NAMES = tuple(REPORTS)


def filled(path: Path, reader: Reader, names: Sequence[str] = NAMES) -> Ledger:
    """Return a new ledger with these reports, added in this order, all derived values made."""
    ledger = Ledger(str(path), create=True, clock=Clock())
    _add(ledger, reader, names)
    return ledger


def _add(ledger: Ledger, reader: Reader, names: Sequence[str]) -> None:
    for name in names:
        day, outlet, headline, body = REPORTS[name]
        report = from_text(body, IntakeOptions(published=date(2020, 1, day), outlet=outlet), headline=headline)
        assert [done.outcome for done in add(ledger, reader, [replace(report, id=name)])] == ["added"]
    settle(ledger)


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Iterator[Ledger]:
    made = filled(tmp_path / "ledger.sqlite", reader)
    yield made
    made.close()


@pytest.fixture
def rule(ledger: Ledger, reader: Reader) -> Decide:
    return ruling(ledger, reader)


def ruling(ledger: Ledger, reader: Reader) -> Decide:
    """Return what decides in a ledger."""
    helps = helps_of(reader)

    def ruled(kind: str, *about: str, **more: Any) -> Decision:
        asked = Asked(kind=DecisionKind(kind), about=about, user=more.pop("user", "anna"), **more)
        return decide(ledger, asked, helps)

    return ruled


def now(ledger: Ledger) -> Carried:
    return carried(ledger.told(), decisions(ledger))


def claims(told: Sequence[Told], event: str) -> dict[str, list[KeptClaim]]:
    """Return the claims of a type by the report's name."""
    return {each.kept.report.id: [kept for kept in each.claims if kept.claim.event == event] for each in told}


def one(ledger: Ledger, report: str, event: str) -> str:
    """Return the id of the one claim of a type in a report."""
    (found,) = claims(list(ledger.told()), event)[report]
    return found.claim.id


def actors(told: Sequence[Told]) -> dict[str, list[str]]:
    return {
        name: [who for kept in found for who in kept.claim.actor] for name, found in claims(told, "SUPPORT").items()
    }


def backers(told: Told) -> list[str]:
    return [each.backer for each in told.records.get("alignments", ()) if isinstance(each, Alignment)]


def written(told: Sequence[Told]) -> bytes:
    return msgspec.json.encode(told)


READ = {name: ["egypt"] for name in NAMES}


def test_the_reports_are_versions_and_prints_of_one(ledger: Ledger) -> None:
    kept = {each.report.id: each for each in ledger.reports()}
    assert {name: each.origin for name, each in kept.items()} == {
        "first": "first", "update": "first", "print": "first", "other": "other"
    }  # fmt: skip
    assert (kept["update"].revises, kept["print"].revises) == ("first", None)
    assert actors(list(ledger.told())) == READ


@pytest.mark.parametrize("about", ["first", "update", "print"])
def test_a_wrong_claim_is_wrong_in_all_versions_and_prints(ledger: Ledger, rule: Decide, about: str) -> None:
    before = list(ledger.told())
    made = rule("wrong_claim", one(ledger, about, "SUPPORT"))
    found = now(ledger)
    assert actors(found.told) == {"first": [], "update": [], "print": [], "other": ["egypt"]}
    assert [backers(each) for each in found.told] == [[], [], ["qatar"], ["egypt"]]
    assert found.states == {made.id: "stands"}
    sources = {listed[0].report: listed[0].carried for listed in found.held.values()}
    itself = (one(ledger, about, "SUPPORT"), about)
    assert sources == {name: None if name == about else itself for name in ("first", "update", "print")}
    withdraw(ledger, made.id, "ben")
    assert written(now(ledger).told) == written(before)


def test_a_corrected_field_is_corrected_in_all_versions_and_prints(ledger: Ledger, rule: Decide) -> None:
    before = list(ledger.told())
    made = rule("corrected_field", one(ledger, "first", "SUPPORT"), field="actor", value="qatar")
    told = now(ledger).told
    assert actors(told) == {**READ, "first": ["qatar"], "update": ["qatar"], "print": ["qatar"]}
    assert [backers(each)[0] for each in told] == ["qatar", "qatar", "qatar", "egypt"]
    assert all("qatar" in [entity.id for entity, _ in each.entities] for each in told[:3])
    (itself,), (update,) = (claims(told, "SUPPORT")[name] for name in ("first", "update"))
    assert [(each.decision, each.carried) for each in itself.decided] == [(made.id, None)]
    assert update.decided[0].words == (
        f"actor corrected by anna (decision {made.id}), carried from claim {itself.claim.id} in report first"
    )
    withdraw(ledger, made.id, "ben")
    assert written(now(ledger).told) == written(before)


def test_what_is_decided_of_a_claim_itself_goes_before_what_is_carried(ledger: Ledger, rule: Decide) -> None:
    first, update = one(ledger, "first", "SUPPORT"), one(ledger, "update", "SUPPORT")
    rule("corrected_field", update, field="actor", value="turkey")
    rule("corrected_field", first, field="actor", value="qatar")
    assert actors(now(ledger).told) == {**READ, "first": ["qatar"], "update": ["turkey"], "print": ["qatar"]}
    wrong = rule("wrong_claim", first)
    right = rule("right_claim", update, user="ben")
    found = now(ledger)
    assert actors(found.told) == {**READ, "first": [], "update": ["turkey"], "print": ["turkey"]} | {"print": ["qatar"]}
    assert (found.states[wrong.id], found.states[right.id]) == ("stands", "stands")
    withdraw(ledger, right.id, "ben")
    assert actors(now(ledger).told) == {**READ, "first": [], "update": [], "print": []}


def test_of_two_that_are_carried_the_later_stands(ledger: Ledger, rule: Decide) -> None:
    rule("wrong_claim", one(ledger, "first", "SUPPORT"))
    later = rule("right_claim", one(ledger, "update", "SUPPORT"))
    assert actors(now(ledger).told) == {**READ, "first": []}
    (held,) = now(ledger).held[one(ledger, "print", "SUPPORT")]
    assert (held.decision, held.carried) == (later.id, (one(ledger, "update", "SUPPORT"), "update"))


def test_what_one_sentence_says_twice_is_told_apart(ledger: Ledger, rule: Decide) -> None:
    def seized(told: Sequence[Told]) -> list[list[str]]:
        found = claims(told, "COERCE")
        assert len({(kept.claim.actor, kept.claim.recipient) for name in NAMES[:3] for kept in found[name]}) == 1
        return [sorted(kept.claim.content or "" for kept in found[name]) for name in NAMES[:3]]

    before = list(ledger.told())
    assert seized(before) == [["the pumping station", "the valves"]] * 3
    (valves,) = (kept for kept in claims(before, "COERCE")["first"] if kept.claim.content == "the valves")
    rule("wrong_claim", valves.claim.id)
    assert seized(now(ledger).told) == [["the pumping station"]] * 3


def test_a_report_that_comes_later_has_the_verdict(tmp_path: Path, reader: Reader) -> None:
    ledger = filled(tmp_path / "one.sqlite", reader, ["print"])
    ruling(ledger, reader)("wrong_claim", one(ledger, "print", "SUPPORT"))
    _add(ledger, reader, ["other", "update", "first"])
    assert actors(told_in(ledger, View())) == {**READ, "first": [], "update": [], "print": []}
    ledger.close()


def test_the_board_of_an_earlier_day_has_the_verdict_of_a_later_report(ledger: Ledger, rule: Decide) -> None:
    rule("wrong_claim", one(ledger, "update", "SUPPORT"))
    rule("corrected_field", one(ledger, "other", "SUPPORT"), field="actor", value="qatar")
    added_to(rule)
    whole = now(ledger).told
    for day, many in ((14, 1), (15, 3), (16, 4)):
        until = date(2020, 1, day)
        assert decided(ledger.told(View(until=until)), decisions(ledger), until) == whole[:many]
    early = carried(ledger.told(View(until=date(2020, 1, 14))), decisions(ledger), date(2020, 1, 14))
    assert actors(early.told) == {"first": []}
    assert list(early.states.values()) == ["stands", "without object", "stands"]


def test_what_was_known_before_has_no_later_verdict(tmp_path: Path, reader: Reader) -> None:
    ledger = filled(tmp_path / "one.sqlite", reader, ["first"])
    before = View(known=ledger.reports()[0].recorded)
    read = written(told_in(ledger, before))
    _add(ledger, reader, ["update"])
    middle = View(known=ledger.reports()[1].recorded)
    rule = ruling(ledger, reader)
    made = rule("wrong_claim", one(ledger, "update", "SUPPORT"))
    added_to(rule)
    assert actors(told_in(ledger, View())) == {"first": [], "update": []}
    assert written(told_in(ledger, before)) == read
    assert actors(told_in(ledger, middle)) == {"first": ["egypt"], "update": ["egypt"]}
    assert actors(told_in(ledger, View(known=made.at))) == {"first": [], "update": []}
    ledger.close()


def test_reports_that_no_decision_touches_are_the_very_same(ledger: Ledger, rule: Decide) -> None:
    told = list(ledger.told())
    rule("corrected_field", one(ledger, "update", "SUPPORT"), field="actor", value="qatar")
    rule("same_entity", "libya-lna", "qatar")
    rule("note", "other", note="odd")
    rule("right_claim", one(ledger, "other", "SUPPORT"))
    rule("filed", "other", "libya")
    value = {"event": "AID", "actor": ["turkey"]}
    rule("added_claim", value=value, source=Source(name="Memoirs", quote="A plane came.", published=date(2020, 1, 13)))
    found = {each.kept.report.id: each for each in decided(told, decisions(ledger))}
    kept = {each.kept.report.id: each for each in told}
    assert [name for name in NAMES if found[name] is kept[name]] == ["other"]
    assert len(found) == 5
    rule("same_event", one(ledger, "other", "SUPPORT"), claims(told, "COERCE")["first"][0].claim.id)
    again = {each.kept.report.id: each for each in decided(told, decisions(ledger))}
    assert again["other"] is not kept["other"]


def test_boards_that_are_kept_have_carried_verdicts_as_those_made_anew(tmp_path: Path, reader: Reader) -> None:
    ledger, libya = filled(tmp_path / "one.sqlite", reader, ["first", "other"]), load_conflicts()["libya"]
    settings = Settings(boards="")
    kept = Boards(ledger, settings)

    def backed() -> list[tuple[str, str]]:
        board = kept.board(libya)
        assert board == Boards(ledger, settings).board(libya)
        return sorted((each.backer, cited.report) for each in board.backings for cited in each.cited)

    assert ("egypt", "first") in backed()
    rule = ruling(ledger, reader)
    wrong = rule("wrong_claim", one(ledger, "first", "SUPPORT"))
    made = added_to(rule)
    assert [each for each in backed() if each[1] == "first"] == [("libya-lna", "first")]
    _add(ledger, reader, ["print", "update"])
    found = backed()
    assert ("libya-lna", "update") in found
    assert {report for who, report in found if who == "egypt"} == {"other"}
    withdraw(ledger, wrong.id, "ben")
    withdraw(ledger, made.id, "ben")
    assert {report for who, report in backed() if who == "egypt"} == {"other", "print", "update"}
    assert all(who != "libya-lna" for who, _ in backed())
    ledger.close()


# -- added claims


def added(told: Sequence[Told]) -> dict[str, list[KeptClaim]]:
    return {
        name: [kept for kept in found if kept.claim.rule == "decided"] for name, found in claims(told, "AID").items()
    }


def added_to(rule: Decide, report: str = "first") -> Decision:
    value = {
        "event": "AID",
        "actor": ["khalifa-haftar"],
        "recipient": ["turkey"],
        "marks": ["alignment.political"],
    }
    return rule("added_claim", report, value=value, source=Source(quote="behind closed doors"), user="ben")


def test_an_added_claim_stands_in_the_update_that_has_its_sentence(ledger: Ledger, rule: Decide) -> None:
    before = list(ledger.told())
    made = added_to(rule)
    found = now(ledger)
    listed = {name: found_here for name, found_here in added(found.told).items() if found_here}
    assert list(listed) == ["first", "update"]
    ((itself,), (copy,)) = listed.values()
    assert (itself.claim.id, copy.claim.id) == (added_id(made.id), added_id(made.id, "update"))
    assert (copy.claim.event_id, copy.claim.rule) == (itself.claim.id, "decided")
    assert (itself.claim.evidence.sentence, copy.claim.evidence.sentence) == (5, 5)
    assert copy.claim.evidence.text.endswith("diplomats of “both sides” said.")
    assert copy.decided[0].carried == (itself.claim.id, "first")
    assert [backers(found.told[place]) for place in (0, 2)] == [
        ["egypt", "khalifa-haftar"], ["egypt", "qatar", "khalifa-haftar"]
    ]  # fmt: skip
    assert found.states == {made.id: "stands"}
    assert list(verify(ledger)) == []
    withdraw(ledger, made.id, "ben")
    assert written(now(ledger).told) == written(before)


def test_an_added_claim_of_an_update_is_not_put_back_into_what_it_updates(ledger: Ledger, rule: Decide) -> None:
    added_to(rule, "update")
    assert [name for name, found in added(now(ledger).told).items() if found] == ["update"]
    added_to(rule, "first")
    assert {name: len(found) for name, found in added(now(ledger).told).items() if found} == {"first": 1, "update": 1}


def test_a_verdict_on_an_added_claim_holds_for_that_of_the_update(ledger: Ledger, rule: Decide) -> None:
    before = list(ledger.told())
    made = added_to(rule)
    wrong = rule("wrong_claim", added_id(made.id))
    assert written(now(ledger).told) == written(before)
    withdraw(ledger, wrong.id, "ben")
    rule("corrected_field", added_id(made.id), field="negated", value="yes")
    kept = rule("corrected_field", added_id(made.id, "update")[:9], field="negated", value="no")
    said = {name: [k.claim.negated for k in found] for name, found in added(now(ledger).told).items()}
    assert said == {"first": [True], "update": [False], "print": [], "other": []}
    assert kept.about == (added_id(made.id, "update"),)
    assert list(verify(ledger)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Others left. Haftar’s  men signed. Then all went.", "Haftar’s men signed."),
        ("MOSCOW, Jan 14 (Reuters) - Haftar's men signed.", "Haftar's men signed."),
        ("He left. “Haftar's men signed.” He laughed.", None),
        ("It was said: Haftar's men signed.", None),
        ("He denied that Haftar's men signed.", None),
        ("Haftar's men signed.org is a site.", None),
        ("Haftar's men never signed.", None),
    ],
)
def test_a_sentence_is_found_whole(text: str, found: str | None) -> None:
    report = from_text(text, IntakeOptions(), headline="Talks")
    span = find_sentence(report, "Haftar's men signed.")
    assert (report.text[slice(*span)] if span else None) == found


# -- by the command line


@pytest.fixture
def call(ledger: Ledger, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Callable[..., str]:
    """Return what runs a command over the ledger and gives its output."""

    def called(*arguments: str) -> str:
        assert run([*arguments, "--ledger", str(tmp_path / "ledger.sqlite")]) == 0
        return " ".join(capsysbinary.readouterr().out.decode().split())

    return called


def test_commands_say_that_a_verdict_was_carried(ledger: Ledger, rule: Decide, call: Callable[..., str]) -> None:
    first, update, copy = (one(ledger, name, "SUPPORT") for name in NAMES[:3])
    made = rule("corrected_field", first, field="actor", value="qatar")
    source = f"carried from claim {first} in report first"
    out = call("decide", "list")
    assert f"holds for claim {update} in report update: {source}" in out
    assert f"holds for claim {copy} in report print: {source}" in out
    (listed,) = [json.loads(call("decide", "list", "--json"))]
    assert [each["claim"] for each in listed["carried"]] == [copy, update]
    assert listed["carried"][0]["from"] == {"claim": first, "report": "first"}
    assert f"decided: actor corrected by anna (decision {made.id}), {source}" in call("why", update)
    line = json.loads(call("claims", "--report", "update", "--type", "SUPPORT"))
    assert line["decided"][0]["carried"] == {"claim": first, "report": "first"}
    assert "decided" not in json.loads(call("claims", "--report", "other", "--type", "SUPPORT"))
    wrong = rule("wrong_claim", first)
    assert f"decided: wrong by anna (decision {wrong.id}), {source}" in call("why", update)
    assert "Egypt backed Haftar." in call("why", update)
    (found,) = json.loads(call("why", update, "--json"))["claims"]
    assert [(each["kind"], each["carried"]) for each in found["decided"]] == [
        ("corrected_field", {"claim": first, "report": "first"}), ("wrong_claim", {"claim": first, "report": "first"})
    ]  # fmt: skip
    assert (found["claim"]["actor"], found["entries"]) == (["egypt"], [])
