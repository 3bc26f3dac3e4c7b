"""PLOVER: every line fits our schema of it, leads back to its sentence, and says what it does not know."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from format_contents import DAY, bytes_of, claim, entity, made, on, read_content, told_twice
from jsonschema import Draft202012Validator

from dragoman.export.content import Content
from dragoman.export.formats.plover import write
from dragoman.export.formats.table import format_of
from dragoman.export.schema import schema
from dragoman.model import Attribution, EventType, Kind, Mention, Status, When, Where
from dragoman.reading.reader import Reader
from dragoman.rulebook.codes import CONTEXTS, MODES, SCALE

SCHEMA = Path(__file__).parent.parent / "docs" / "formats" / "plover.schema.json"


def lines(content: Content) -> list[dict[str, Any]]:
    return [json.loads(line) for line in bytes_of(write, content).splitlines()]


@pytest.fixture(scope="module")
def events(samples_content: Content) -> list[dict[str, Any]]:
    return lines(samples_content)


def test_every_line_fits_the_schema(events: list[dict[str, Any]]) -> None:
    Draft202012Validator.check_schema(schema("plover"))
    validator = Draft202012Validator(schema("plover"))
    assert len(events) > 50
    for event in events:
        validator.validate(event)


def test_the_schema_is_published_as_it_is() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema("plover")


@pytest.mark.parametrize(
    ("field", "value"), [("quad_code", 5), ("date", "14 Jan"), ("event", []), ("event", ["DEMAND"]), ("event_text", [])]
)
def test_the_schema_refuses_what_is_no_plover(events: list[dict[str, Any]], field: str, value: Any) -> None:
    assert not Draft202012Validator(schema("plover")).is_valid({**events[0], field: value})


def test_every_line_leads_back_to_its_sentence(events: list[dict[str, Any]], samples_content: Content) -> None:
    texts = {coded.report.id: coded.report.text for coded in samples_content.reports}
    for event in events:
        here = event["text_info"]
        assert texts[event["cite_info"]["citation"]][here["start"] : here["end"]] == event["event_text"][0]
        for source in event["dragoman"]["sources"]:
            assert texts[source["report"]][source["start"] : source["end"]]


def test_modes_and_contexts_are_plovers(events: list[dict[str, Any]]) -> None:
    for event in events:
        (kind,) = event["event"]
        assert set(event["mode"]) <= set(MODES.get(EventType(kind), ()))
        assert set(event["context"]) <= CONTEXTS | {"future", "historical", "hypothetical"}


def test_ids_are_unique_and_lines_the_same_each_time(samples_content: Content, events: list[dict[str, Any]]) -> None:
    assert len({event["id"] for event in events}) == len(events)
    assert bytes_of(format_of("plover").writer(), samples_content) == bytes_of(write, samples_content)


def test_what_is_denied_is_no_event(samples_content: Content, events: list[dict[str, Any]]) -> None:
    denied = [e for e in samples_content.events if all(t.claim.negated for t in e.tellings)]
    assert denied
    assert {event["id"] for event in events}.isdisjoint(event.id for event in denied)


def test_an_event_that_one_denies_and_one_tells_is_told_and_says_so() -> None:
    no = claim(EventType.ASSAULT, id="no", event_id="e", negated=True)
    yes = claim(EventType.ASSAULT, id="yes", event_id="e", date=on(date(2021, 3, 9)))
    (event,) = lines(made(no, yes))
    assert event["date"] == "2021-03-09"
    assert event["comment"] == "denied in 1 of 2 claims"
    assert [source["negated"] for source in event["dragoman"]["sources"]] == [True, False]


@pytest.mark.parametrize("status", [Status.FUTURE, Status.HYPOTHETICAL, Status.HISTORICAL])
def test_what_is_planned_supposed_or_background_is_so_by_the_manuals_context(status: Status) -> None:
    (event,) = lines(made(claim(EventType.CONSULT, status=status, contexts=("diplomatic",))))
    assert event["context"] == ["diplomatic", status.value]


def test_an_unknown_day_is_null_and_the_reports_day_stands_apart() -> None:
    (event,) = lines(made(claim(EventType.PROTEST)))
    assert (event["date"], event["enddate"], event["pub_date"]) == (None, None, DAY.isoformat())
    assert event["dragoman"]["date_basis"] == "unknown"


def test_an_interval_has_both_ends_and_a_day_that_is_only_before_another_is_unknown() -> None:
    week = claim(EventType.PROTEST, date=on(date(2021, 3, 1), date(2021, 3, 7)))
    before = claim(EventType.AID, date=When(latest=date(2021, 3, 7)))
    assert [(e["date"], e["enddate"]) for e in lines(made(week, before))] == [
        ("2021-03-01", "2021-03-07"),
        (None, None),
    ]


def test_what_the_leading_claim_leaves_open_another_report_gives() -> None:
    here = Where(name="Tripoli", code="LBY", lat=32.9, lon=13.2)
    one = made(claim(EventType.ASSAULT, id="a"))
    other = made(claim(EventType.ASSAULT, id="b", date=on(date(2021, 3, 8)), place=here))
    (event,) = lines(told_twice(one, other))
    assert (event["date"], event["event_loc"]["name"], event["event_loc"]["country code"]) == (
        "2021-03-08",
        "Tripoli",
        "LY",
    )
    assert (event["event_loc"]["cc3"], event["event_loc"]["geonameid"]) == ("LBY", None)
    assert [source["claim"] for source in event["dragoman"]["sources"]] == ["a", "b"]


def test_nobody_named_is_an_empty_list_and_who_is_named_has_plovers_codes() -> None:
    army = entity("army", Kind.GROUP, "LBY", "MIL", "REB", "GOV")
    mission = entity("mission", Kind.IGO, "UNO")
    act = claim(EventType.ASSAULT, actor=("army",), recipient=("mission", "stranger"))
    nobody, event = lines(made(claim(EventType.PROTEST), act, entities=[army, mission]))
    assert (nobody["actor"], nobody["recipient"]) == ([], [])
    assert [(a["code"], a["sector"], a["identifier_text"]) for a in event["actor"]] == [("LBY", "MILREB", "Army")]
    assert [(a["code"], a["sector"]) for a in event["recipient"]] == [("IGO", None), (None, None)]


def test_actors_are_called_as_in_the_sentence() -> None:
    army = entity("army")
    army = type(army)(
        id="army", name="The Army", kind=Kind.GROUP,
        mentions=(Mention(start=3, end=9, text="troops", how="description"), Mention(start=99, end=101, text="it", how="pronoun")),
    )  # fmt: skip
    (event,) = lines(made(claim(EventType.MOBILIZE, actor=("army",)), entities=[army]))
    assert event["actor"][0]["actor_text"] == "troops"


def test_the_dead_are_counted_only_where_the_sentence_states_it(reader: Reader) -> None:
    found = {
        text: [(e["dead"], e["injured"]) for e in lines(read_content(reader, text)) if e["event"] == ["ASSAULT"]]
        for text in (
            "Rebels killed at least 12 civilians in the town on Tuesday.",
            "Rebels wounded twenty soldiers in the town on Tuesday.",
            "Rebels attacked the town on Tuesday.",
        )
    }
    assert list(found.values()) == [[(12, None)], [(None, 20)], [(None, None)]]


def test_who_says_so_is_in_the_comment() -> None:
    said = claim(EventType.ASSAULT, attribution=(Attribution(speaker=None, text="witnesses said"),), hedged=True)
    (event,) = lines(made(said))
    assert event["comment"] == "hedged; said by witnesses said"
    assert event["dragoman"]["sources"][0]["said_by"] == ["witnesses said"]


def test_every_type_has_a_value_on_the_scale() -> None:
    assert set(SCALE) == set(EventType)
