"""ACLED-like: only what ACLED would hold, in its columns and words; unknown is empty."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from format_contents import bytes_of, claim, entity, made, on, read_content, told_twice

from dragoman.export.content import Content
from dragoman.export.formats.acled import ACLED, COLUMNS, write
from dragoman.export.formats.acled_types import acled_types
from dragoman.model import EventType, Kind, Status, When, Where
from dragoman.reading.reader import Reader
from dragoman.rulebook.codes import CONTEXTS, MARKS, MODES

CODEBOOK = """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
    actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude
    longitude geo_precision source source_scale notes fatalities tags timestamp""".split()
TYPES = {
    "Battles": {"Government regains territory", "Non-state actor overtakes territory", "Armed clash"},
    "Protests": {"Excessive force against protesters", "Protest with intervention", "Peaceful protest"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    },
    "": {""},
}  # fmt: skip
INTER = {
    "", "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
}  # fmt: skip
DISORDER = {"Political violence", "Demonstrations", "Strategic developments", "Political violence; Demonstrations"}
ARMY, REBELS = entity("army", Kind.GROUP, "LBY", "MIL"), entity("rebels", Kind.ARMED_GROUP, "LBY", "REB")
VILLAGERS = entity("villagers", Kind.GROUP, "LBY", "CVL")
TRIPOLI = Where(name="Tripoli", code="LBY", lat=32.8875, lon=13.1873)


def rows(content: Content) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bytes_of(write, content).decode(), newline="")))


def row_of(*claims: Any, **given: Any) -> dict[str, str]:
    (row,) = rows(made(*claims, entities=given.pop("entities", (ARMY, REBELS, VILLAGERS)), **given))
    return row


def test_the_columns_are_acleds_and_those_that_lead_back() -> None:
    assert list(ACLED) == CODEBOOK
    assert COLUMNS[len(ACLED) :][:2] == ("source_report", "source_url")


def test_the_samples_are_rows_in_acleds_words(samples_content: Content) -> None:
    found = rows(samples_content)
    texts = {coded.report.id: coded.report.text for coded in samples_content.reports}
    assert len(found) > 20
    for row in found:
        assert row["sub_event_type"] in TYPES[row["event_type"]]
        assert row["disorder_type"] in DISORDER
        assert {row["inter1"], row["inter2"]} <= INTER
        assert row["time_precision"] in ("", "1", "2", "3")
        assert (row["event_date"] == "") == (row["year"] == "") == (row["time_precision"] == "")
        assert row["fatalities"] == "" or int(row["fatalities"]) >= 0
        assert texts[row["source_report"]][int(row["sentence_start"]) : int(row["sentence_end"])] == row["notes"]
    assert len({row["event_id_cnty"] for row in found}) == len(found)


def test_every_rule_can_give_its_type() -> None:
    types = acled_types()
    for event, rules in types.rules.items():
        for rule in rules:
            assert rule.sub in {*types.sub, "clash", "territory", "none"}
            assert rule.modes <= set(MODES.get(event, ()))
            assert rule.contexts <= CONTEXTS
            assert rule.marks <= MARKS
            assert rule.needs in ("", "armed", "nonstate", "noted")
    assert {name for names in TYPES.values() for name in names} >= set(types.sub)


# -- what ACLED would hold


@pytest.mark.parametrize(
    "given",
    [
        {"event": EventType.ACCUSE, "modes": ("allege",)},
        {"event": EventType.CONSULT, "actor": ("a", "b")},
        {"event": EventType.AID, "contexts": ("military",)},
        {"event": EventType.PROTEST, "modes": ("strike",)},
        {"event": EventType.PROTEST, "modes": ("hunger",)},
        {"event": EventType.RETREAT, "modes": ("ceasefire",), "marks": ("ceasefire.holding",)},
        {"event": EventType.SUPPORT, "marks": ("signature.signed",), "actor": ("army", "villagers")},
        {"event": EventType.COERCE, "modes": ("arrest",), "recipient": ("villagers",)},
        {"event": EventType.ASSAULT, "negated": True},
        {"event": EventType.ASSAULT, "status": Status.FUTURE},
        {"event": EventType.ASSAULT, "status": Status.HYPOTHETICAL},
        {"event": EventType.ASSAULT, "status": Status.HISTORICAL},
        {"event": EventType.ASSAULT, "date": on(date(2020, 1, 1), date(2020, 12, 31))},
    ],
)
def test_what_acled_would_not_hold_is_no_row(given: dict[str, Any]) -> None:
    told = claim(given.pop("event"), **given)
    assert rows(made(told, entities=[ARMY, VILLAGERS])) == []


@pytest.mark.parametrize(
    ("given", "kind", "sub"),
    [
        ({"actor": ("army",), "recipient": ("rebels",)}, "Battles", "Armed clash"),
        ({"actor": ("army", "rebels"), "rule": "clash"}, "Battles", "Armed clash"),
        ({"actor": ("rebels",), "recipient": ("villagers",)}, "Violence against civilians", "Attack"),
        ({"actor": ("rebels",), "casualties": "nine women"}, "Violence against civilians", "Attack"),
        ({"actor": ("rebels",)}, "", ""),
        ({"actor": ("rebels",), "contexts": ("military", "territory")}, "Battles", "Non-state actor overtakes territory"),
        ({"actor": ("army",), "contexts": ("military", "territory")}, "Battles", "Government regains territory"),
        ({"modes": ("drone",)}, "Explosions/Remote violence", "Air/drone strike"),
        ({"modes": ("unconventional",), "contexts": ("cbrn",)}, "Explosions/Remote violence", "Chemical weapon"),
        ({"modes": ("abduct",), "recipient": ("villagers",)}, "Violence against civilians", "Abduction/forced disappearance"),
        ({"modes": ("destroy",)}, "Strategic developments", "Looting/property destruction"),
    ],
)  # fmt: skip
def test_violence_has_its_type(given: dict[str, Any], kind: str, sub: str) -> None:
    row = row_of(claim(EventType.ASSAULT, **given))
    assert (row["event_type"], row["sub_event_type"]) == (kind, sub)


def test_arrests_by_a_group_that_is_no_state_are_abductions() -> None:
    press = entity("press", Kind.GROUP, "LBY", "JRN")
    held = claim(EventType.COERCE, modes=("arrest",), actor=("rebels",), recipient=("press",))
    assert row_of(held, entities=[REBELS, press])["sub_event_type"] == "Abduction/forced disappearance"


def test_soldiers_who_are_taken_are_no_civilians() -> None:
    row = row_of(claim(EventType.ASSAULT, modes=("abduct",), actor=("rebels",), recipient=("army",)))
    assert (row["disorder_type"], row["sub_event_type"], row["actor2"]) == ("Political violence", "", "Army")


def test_an_armed_group_of_no_known_type_bears_arms() -> None:
    front = entity("front", Kind.ARMED_GROUP)
    row = row_of(claim(EventType.ASSAULT, actor=("front",), recipient=("army",)), entities=[ARMY, front])
    assert (row["sub_event_type"], row["inter1"], row["interaction"]) == ("Armed clash", "", "")
    papers = claim(EventType.AGREE, marks=("agreement.reached",), actor=("front", "army"))
    assert row_of(papers, entities=[ARMY, front])["sub_event_type"] == "Agreement"


def test_talks_and_papers_are_agreements_where_an_armed_group_is_a_party() -> None:
    talks = claim(EventType.CONSULT, marks=("talks.held",), actor=("army", "rebels"))
    row = row_of(talks)
    assert (row["sub_event_type"], row["actor1"], row["actor2"]) == ("Agreement", "Army", "Rebels")
    assert row["interaction"] == "State forces-Rebel group"


# -- who


def test_protesters_and_civilians_go_by_their_type_with_their_own_name_beside_it() -> None:
    march = row_of(claim(EventType.PROTEST, modes=("demo",), actor=("villagers",), place=TRIPOLI))
    assert (march["actor1"], march["assoc_actor_1"], march["inter1"], march["interaction"]) == (
        "Protesters (Libya)", "Villagers", "Protesters", "Protesters only",
    )  # fmt: skip
    raid = row_of(claim(EventType.ASSAULT, actor=("army",), recipient=("villagers",)))
    assert (raid["actor2"], raid["interaction"], raid["civilian_targeting"]) == (
        "Civilians (Libya)", "State forces-Civilians", "Civilians targeted",
    )  # fmt: skip


def test_forces_of_another_country_are_external_and_the_pair_with_civilians_is_written_as_acled_does() -> None:
    foreign = entity("foreign", Kind.GROUP, "TUR", "MIL")
    raid = claim(EventType.ASSAULT, actor=("foreign",), recipient=("villagers",), place=TRIPOLI)
    row = row_of(raid, entities=[foreign, VILLAGERS])
    assert (row["inter1"], row["interaction"]) == ("External/Other forces", "External/Other forces-Civilians")


def test_a_minister_who_is_hit_is_a_civilian_and_one_who_signs_is_of_the_state() -> None:
    minister = entity("minister", Kind.PERSON, "LBY", "GOV")
    hit = row_of(claim(EventType.ASSAULT, actor=("rebels",), recipient=("minister",)), entities=[REBELS, minister])
    signs = claim(EventType.SUPPORT, marks=("signature.signed",), actor=("minister", "rebels"))
    assert hit["sub_event_type"] == "Attack"
    assert row_of(signs, entities=[REBELS, minister])["inter1"] == "State forces"


def test_an_interaction_with_somebody_of_no_known_type_is_empty() -> None:
    row = row_of(claim(EventType.ASSAULT, modes=("drone",), actor=("army",), recipient=("stranger",)))
    assert (row["inter1"], row["actor2"], row["inter2"], row["interaction"]) == ("State forces", "stranger", "", "")


# -- when, where, how many


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (When(), ("", "", "")),
        (on(date(2021, 3, 9)), ("2021-03-09", "2021", "1")),
        (on(date(2021, 3, 1), date(2021, 3, 7)), ("2021-03-04", "2021", "2")),
        (on(date(2021, 1, 1), date(2021, 1, 31)), ("2021-01-16", "2021", "3")),
    ],
)
def test_a_week_or_a_month_is_the_day_in_its_middle(when: When, told: tuple[str, ...]) -> None:
    row = row_of(claim(EventType.PROTEST, modes=("demo",), date=when))
    assert tuple(row[name] for name in ("event_date", "year", "time_precision")) == told


def test_a_day_that_is_not_stated_is_said_to_be_so() -> None:
    assert row_of(claim(EventType.PROTEST, modes=("demo",)))["tags"] == "day not stated, reported 2021-03-10"


def test_a_town_a_region_and_a_country_have_their_columns() -> None:
    town = row_of(claim(EventType.PROTEST, modes=("demo",), place=TRIPOLI))
    assert (town["location"], town["country"], town["iso"], town["region"], town["geo_precision"]) == (
        "Tripoli", "Libya", "434", "Northern Africa", "1",
    )  # fmt: skip
    region = row_of(claim(EventType.PROTEST, modes=("demo",), place=Where(name="Aceh", code="IDN", lat=4.5, lon=96.8)))
    assert (region["admin1"], region["location"], region["geo_precision"]) == ("Aceh", "", "3")
    land = row_of(claim(EventType.PROTEST, modes=("demo",), place=Where(name="Libya", code="LBY", lat=28.0, lon=17.0)))
    assert (land["country"], land["location"], land["latitude"], land["geo_precision"]) == ("Libya", "", "", "")


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Rebels killed at least 12 civilians in Goma on Monday.", "12"),
        ("Rebels wounded 12 civilians in Goma on Monday.", ""),
        ("Rebels killed dozens of civilians in Goma on Monday.", ""),
        ("Rebels attacked civilians in Goma on Monday.", ""),
    ],
)
def test_fatalities_are_those_that_the_report_states(reader: Reader, text: str, dead: str) -> None:
    found = [row for row in rows(read_content(reader, text)) if row["event_type"]]
    assert [row["fatalities"] for row in found] == [dead]


def test_of_two_numbers_the_lower_stands() -> None:
    def one(number: str, words: str) -> Content:
        told = claim(EventType.ASSAULT, id=number, actor=("rebels",), recipient=("villagers",), casualties=words)
        return made(told, entities=[REBELS, VILLAGERS], text=f"Rebels killed {words} there.")

    (row,) = rows(told_twice(one("a", "nine villagers"), one("b", "7 villagers")))
    assert row["fatalities"] == "7"


def test_lethal_force_against_protesters_is_excessive_force() -> None:
    crowd = entity("crowd", Kind.GROUP, "LBY", "CVL")
    told = claim(
        EventType.ASSAULT,
        modes=("crowd-control",),
        actor=("army",),
        recipient=("crowd",),
        casualties="three protesters",
    )
    (row,) = rows(
        made(told, entities=[ARMY, crowd], text="The army killed three protesters when it broke up the march.")
    )
    assert (row["event_type"], row["sub_event_type"], row["disorder_type"]) == (
        "Protests", "Excessive force against protesters", "Political violence; Demonstrations",
    )  # fmt: skip
    assert (row["actor2"], row["fatalities"], row["civilian_targeting"]) == (
        "Protesters (Libya)",
        "3",
        "Civilians targeted",
    )


def test_a_denial_and_a_hedge_are_tags() -> None:
    no = claim(EventType.ASSAULT, id="no", event_id="e", negated=True)
    yes = claim(EventType.ASSAULT, id="yes", event_id="e", modes=("drone",), hedged=True, date=on(date(2021, 3, 9)))
    assert row_of(no, yes)["tags"] == "denied in 1 of 2 claims; hedged"


def test_names_begin_no_formula() -> None:
    assert row_of(claim(EventType.PROTEST, modes=("demo",), actor=("@x",)))["assoc_actor_1"] == "'@x"
