"""CAMEO: 58 columns of GDELT 1.0, codes that exist, pairs of actors, days that are known."""

from __future__ import annotations

import itertools
import re
from datetime import date
from pathlib import Path

import pytest
from format_contents import DAY, bytes_of, claim, entity, made, on, told_twice

from dragoman.export.content import Content
from dragoman.export.formats.cameo import COLUMNS, write
from dragoman.export.formats.cameo_codes import cameo_codes
from dragoman.model import EventType, Kind, Status, When, Where
from dragoman.reading.reader import Reader
from dragoman.rulebook.codes import CONTEXTS, MODES

TABLE = Path("/work/shared/data/CAMEO2PLOVER-2021.txt")
GDELT = """GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode
    Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code Actor2Code
    Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code
    Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode EventRootCode QuadClass
    GoldsteinScale NumMentions NumSources NumArticles AvgTone Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode
    Actor1Geo_ADM1Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID Actor2Geo_Type Actor2Geo_FullName
    Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID ActionGeo_Type
    ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID DATEADDED
    SOURCEURL""".split()


def rows(content: Content) -> list[dict[str, str]]:
    text = bytes_of(write, content).decode()
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in text.splitlines()]


def test_the_columns_are_those_of_gdelt() -> None:
    assert list(COLUMNS) == GDELT
    assert len(COLUMNS) == 58


def test_the_samples_are_rows_that_can_be_read_back(samples_content: Content) -> None:
    found = rows(samples_content)
    assert len(found) > 50
    goldstein = cameo_codes().goldstein
    for row in found:
        assert re.fullmatch(r"\d{1,19}", row["GLOBALEVENTID"])
        assert int(row["GLOBALEVENTID"]) < 2**63
        assert re.fullmatch(r"(\d{8})?", row["SQLDATE"])
        assert re.fullmatch(r"\d{8}", row["DATEADDED"])
        assert row["EventCode"].startswith(row["EventBaseCode"])
        assert row["EventBaseCode"].startswith(row["EventRootCode"])
        assert float(row["GoldsteinScale"]) == goldstein[row["EventCode"]]
        assert row["QuadClass"] in "1234"
        assert row["IsRootEvent"] in "01"
        assert row["AvgTone"] == ""
        assert re.fullmatch(r"([A-Z]{3})*", row["Actor1Code"])
        assert row["Actor1Name"] == row["Actor1Name"].upper()
    assert len({row["GLOBALEVENTID"] for row in found}) == len(found)


def test_a_row_leads_back_to_its_sentence(samples_content: Content) -> None:
    texts = {coded.report.id: coded.report.text for coded in samples_content.reports}
    sentences = {t.claim.evidence.text for e in samples_content.events for t in e.tellings}
    for row in rows(samples_content):
        report, _, span = row["SOURCEURL"].rpartition("#char=")
        start, end = map(int, span.split(","))
        assert texts[report.removeprefix("urn:dragoman:report:")][start:end] in sentences


# -- codes


def test_every_claim_that_the_rulebook_can_give_has_a_code_that_is_on_the_scale(reader: Reader) -> None:
    codes = cameo_codes()
    for frame in reader.rulebook.frames:
        gives = frame.gives
        told = claim(gives.event, modes=gives.modes, contexts=gives.contexts, marks=gives.marks, rule=frame.id)
        assert codes.code_of(told) in codes.goldstein, frame.id


def test_every_type_mode_and_context_has_a_code() -> None:
    codes = cameo_codes()
    for event in EventType:
        for mode, context in itertools.product((None, *MODES.get(event, ())), (None, *sorted(CONTEXTS))):
            told = claim(event, modes=(mode,) if mode else (), contexts=(context,) if context else ())
            assert codes.code_of(told) in codes.goldstein


def test_every_rule_can_give_its_code(reader: Reader) -> None:
    """A rule that an earlier one always shuts out, or that asks for a word that is none, gives its code to nothing."""
    codes, frames = cameo_codes(), {frame.id for frame in reader.rulebook.frames}
    for status, listed in ((Status.OCCURRED, codes.occurred), (Status.FUTURE, codes.future)):
        for event, rules in listed.items():
            assert rules[-1].fits(claim(event))
            for rule in rules:
                assert rule.modes <= set(MODES.get(event, ()))
                assert rule.contexts <= CONTEXTS
                assert rule.rules <= frames
                told = claim(
                    event, status=status, modes=tuple(rule.modes)[:1], contexts=tuple(rule.contexts)[:1],
                    marks=tuple(rule.marks)[:1], rule=next(iter(rule.rules), "by-hand"),
                )  # fmt: skip
                assert codes.code_of(told) == rule.code, (event, rule)


def test_acts_to_each_other_are_those_of_the_rulebook(reader: Reader) -> None:
    mutual = {f.id for f in reader.rulebook.frames if f.gives.mutual and f.gives.event is EventType.ASSAULT}
    assert cameo_codes().mutual_rules == mutual


@pytest.mark.skipif(not TABLE.exists(), reason="the table of the PLOVER project is not on this machine")
def test_the_table_of_the_plover_project_leads_back() -> None:
    """What a code became in PLOVER is the type that the code stands for here, but for those that are said in cameo.toml."""
    became = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"(\d{3,4}): (\w+)", line):
            became[match[1]] = EventType(match[2])
    codes = cameo_codes()
    other = {
        (rule.code, event.value)
        for event, rules in codes.occurred.items()
        for rule in rules
        if became[rule.code] is not event
    }
    assert other == {
        ("045", "SUPPORT"), ("0871", "CONCEDE"), ("0353", "CONCEDE"), ("0355", "CONCEDE"), ("0356", "CONCEDE"),
        ("080", "RETREAT"), ("0831", "RETREAT"), ("116", "SANCTION"), ("163", "SANCTION"), ("175", "COERCE"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code", "goldstein"),
    [
        ({"event": EventType.RETREAT, "modes": ("ceasefire",), "contexts": ("military",)}, "0871", "9.0"),
        ({"event": EventType.SUPPORT, "contexts": ("diplomatic",), "marks": ("signature.signed",)}, "057", "8.0"),
        ({"event": EventType.REJECT, "modes": ("change",), "marks": ("signature.refused",)}, "127", "-5.0"),
        ({"event": EventType.ASSAULT, "modes": ("heavy-weapons",), "contexts": ("military",)}, "194", "-10.0"),
        ({"event": EventType.ASSAULT}, "180", "-9.0"),
        ({"event": EventType.AID, "status": Status.FUTURE, "contexts": ("military",)}, "0332", "5.2"),
    ],
)
def test_an_act_has_its_code_and_value(given: dict[str, object], code: str, goldstein: str) -> None:
    event = given.pop("event")
    assert isinstance(event, EventType)
    (row,) = rows(made(claim(event, **given)))
    assert (row["EventCode"], row["GoldsteinScale"]) == (code, goldstein)


# -- what is a row


@pytest.mark.parametrize(
    "given",
    [
        {"negated": True},
        {"status": Status.HYPOTHETICAL},
        {"status": Status.FUTURE},
        {"status": Status.HISTORICAL},
        {"status": Status.HISTORICAL, "date": When(latest=DAY)},
    ],
)
def test_what_did_not_happen_and_background_of_no_day_is_no_row(given: dict[str, object]) -> None:
    assert rows(made(claim(EventType.ASSAULT, **given))) == []


def test_a_plan_that_is_hedged_is_no_row_and_one_that_is_not_is_intent() -> None:
    assert rows(made(claim(EventType.CONSULT, status=Status.FUTURE, hedged=True))) == []
    (row,) = rows(made(claim(EventType.CONSULT, status=Status.FUTURE)))
    assert (row["EventCode"], row["QuadClass"]) == ("036", "1")


def test_background_with_its_day_is_a_row_of_that_day() -> None:
    (row,) = rows(made(claim(EventType.ASSAULT, status=Status.HISTORICAL, date=on(date(2019, 4, 4)))))
    assert (row["SQLDATE"], row["DATEADDED"]) == ("20190404", "20210310")


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (When(), ("", "", "", "")),
        (on(date(2021, 3, 9)), ("20210309", "202103", "2021", "2021.2712")),
        (on(date(2021, 3, 9), date(2021, 3, 10)), ("20210309", "202103", "2021", "2021.2712")),
        (on(date(2021, 3, 1), date(2021, 3, 7)), ("", "202103", "2021", "")),
        (on(date(2021, 1, 1), date(2021, 12, 31)), ("", "", "2021", "")),
        (on(date(2020, 12, 28), date(2021, 1, 3)), ("", "", "", "")),
    ],
)
def test_only_the_columns_of_the_day_that_leave_no_doubt_are_filled(when: When, told: tuple[str, ...]) -> None:
    (row,) = rows(made(claim(EventType.PROTEST, date=when)))
    assert tuple(row[name] for name in ("SQLDATE", "MonthYear", "Year", "FractionDate")) == told


# -- who


def test_a_row_for_each_pair() -> None:
    (one, other) = rows(made(claim(EventType.ACCUSE, actor=("a", "b"), recipient=("c",))))
    assert [(row["Actor1Name"], row["Actor2Name"]) for row in (one, other)] == [("A", "C"), ("B", "C")]
    assert one["GLOBALEVENTID"] != other["GLOBALEVENTID"]


def test_acts_to_each_other_go_both_ways_and_others_do_not() -> None:
    clash = claim(EventType.ASSAULT, actor=("a", "b"), rule="clash")
    raid = claim(EventType.ASSAULT, actor=("a", "b"), rule="by-hand")
    assert [(r["Actor1Name"], r["Actor2Name"]) for r in rows(made(clash, raid))] == [
        ("A", "B"), ("B", "A"), ("A", ""), ("B", ""),
    ]  # fmt: skip


def test_many_who_meet_are_not_all_pairs() -> None:
    many = tuple("abcdefg")
    assert [(r["Actor1Name"], r["Actor2Name"]) for r in rows(made(claim(EventType.CONSULT, actor=many)))] == [
        (each.upper(), "") for each in many
    ]


def test_nobody_named_is_a_row_without_actors() -> None:
    (row,) = rows(made(claim(EventType.PROTEST)))
    assert {row[name] for name in COLUMNS if name.startswith(("Actor1", "Actor2"))} == {""}


@pytest.mark.parametrize(
    ("who", "code", "country", "group", "types"),
    [
        (entity("x", Kind.STATE, "TUR", "GOV"), "TUR", "TUR", "", ("", "", "")),
        (entity("x", Kind.GROUP, "LBY", "REB", "MIL"), "LBYREBMIL", "LBY", "", ("REB", "MIL", "")),
        (entity("x", Kind.GROUP, "TLS", "JRN"), "TMPMED", "TMP", "", ("MED", "", "")),
        (entity("x", Kind.PERSON, "SDN", "MED"), "SDNHLH", "SDN", "", ("HLH", "", "")),
        (entity("x", Kind.GROUP, "COL", "PTY"), "COL", "COL", "", ("", "", "")),
        (entity("x", Kind.IGO, "UNO"), "IGOUNO", "", "UNO", ("IGO", "", "")),
        (entity("x", Kind.PERSON, "UNO", "GOV"), "IGOUNO", "", "UNO", ("IGO", "", "")),
        (entity("x", Kind.IGO, "EUR"), "IGOEUREEC", "EUR", "EEC", ("IGO", "", "")),
        (entity("x", Kind.NGO, "NGO", "CVL"), "NGOCVL", "", "", ("NGO", "CVL", "")),
        (entity("x", Kind.ARMED_GROUP, None, "REB"), "REB", "", "", ("REB", "", "")),
        (entity("x", Kind.OTHER), "", "", "", ("", "", "")),
    ],
)
def test_actors_have_cameos_codes(who: object, code: str, country: str, group: str, types: tuple[str, ...]) -> None:
    (row,) = rows(made(claim(EventType.PROTEST, actor=("x",)), entities=[who]))  # type: ignore[list-item]
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1KnownGroupCode"]) == (code, country, group)
    assert tuple(row[f"Actor1Type{number}Code"] for number in (1, 2, 3)) == types


# -- where, and how often told


def test_a_place_has_its_kind_and_the_code_of_its_country_that_gdelt_uses() -> None:
    town = claim(EventType.PROTEST, place=Where(name="Geneva", code="CHE", lat=46.2022, lon=6.1457))
    land = claim(EventType.AID, place=Where(name="Libya", code="LBY", lat=28.0, lon=17.0))
    first, second = rows(made(town, land))
    assert (first["ActionGeo_Type"], first["ActionGeo_FullName"], first["ActionGeo_CountryCode"]) == (
        "4", "Geneva, Switzerland", "SZ",
    )  # fmt: skip
    assert (second["ActionGeo_Type"], second["ActionGeo_FullName"], second["ActionGeo_Lat"]) == ("1", "Libya", "28.0")


def test_mentions_sources_and_articles_are_counted() -> None:
    one, other = made(claim(EventType.PROTEST, id="a")), made(claim(EventType.PROTEST, id="b"), outlet=None)
    (row,) = rows(told_twice(one, other))
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"]) == ("2", "1", "1")
    (unknown,) = rows(made(claim(EventType.PROTEST), outlet=None))
    assert unknown["NumSources"] == ""


def test_the_address_is_the_reports_with_the_sentence_after_it() -> None:
    (row,) = rows(made(claim(EventType.PROTEST)))
    assert row["SOURCEURL"] == "https://gazette.example/1#char=0,34"
    (other,) = rows(made(claim(EventType.PROTEST), url=None))
    assert other["SOURCEURL"] == "urn:dragoman:report:a-report#char=0,34"


def test_names_break_no_line_and_begin_no_formula() -> None:
    (row,) = rows(made(claim(EventType.PROTEST, actor=("=cmd|' /c calc'!a1\tb\nc",))))
    assert row["Actor1Name"] == "'=CMD|' /C CALC'!A1 B C"
