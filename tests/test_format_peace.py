"""Ceasefires, agreements and signatories: rows that lead back, what was never declared left out, unknown empty and never 0."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any, BinaryIO

import pytest
from format_contents import ORIGIN, bytes_of, entity, made, read_content

from dragoman.export.content import Coded, Content, Entry, Sentence, content_of
from dragoman.export.formats import ceasefires, papers
from dragoman.model import Entity, Kind, Report
from dragoman.reading.reader import Reader

NO_DAY = {"start": None, "end": None, "text": None, "basis": "unknown"}
ARMY, REBELS = entity("army", Kind.STATE, "LBY", "GOV"), entity("rebels", Kind.ARMED_GROUP, "LBY", "REB")


def rows(write: Callable[[Content, BinaryIO], None], content: Content) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bytes_of(write, content).decode(), newline="")))


def day(first: str, last: str | None = None) -> dict[str, Any]:
    return {"start": first, "end": last or first, "text": "then", "basis": "stated"}


Made = tuple[str, str, int, dict[str, Any]]


def entry(list_: str, identity: str, at: int = 0, /, **form: Any) -> Made:
    """Return an entry that stands on the words of the report from ``at`` on."""
    shared = {"id": identity, "claims": [], "contrary": [], "speakers": [], "hedged": False, "sentences": [1]}
    return list_, identity, at, {**shared, **form}


def truce(identity: str = "t", at: int = 0, /, **form: Any) -> Made:
    given: dict[str, Any] = {"parties": ["army", "rebels"], "status": "agreed", "scope": None, "despite": None}
    return entry("ceasefires", identity, at, **{**given, "declared": None, "from": None, "until": None, **form})


def paper(identity: str = "p", at: int = 0, /, **form: Any) -> Made:
    given: dict[str, Any] = {
        "name": "accord",
        "kind": None,
        "terms": [],
        "status": "signed",
        "parties": ["army", "rebels"],
    }
    return entry("agreements", identity, at, **{**given, "place": None, "date": NO_DAY, **form})


def content_with(
    *entries: Made,
    text: str = "First sentence here. Second.",
    entities: tuple[Entity, ...] = (ARMY, REBELS),
    conflict: str | None = None,
) -> Content:
    made_up = made(entities=entities, text=text)
    report = made_up.reports[0].report
    return replace(
        made_up,
        entries=tuple(
            Entry(
                kind=kind, id=identity, form=form, conflict=conflict,
                sentences=(Sentence(report=report, claims=(), start=at, end=len(text), text=text[at:]),),
            )
            for kind, identity, at, form in entries
        ),
    )  # fmt: skip


# -- the samples


@pytest.mark.parametrize(
    ("write", "columns"),
    [
        (ceasefires.write, ceasefires.COLUMNS),
        (papers.write_agreements, papers.AGREEMENTS),
        (papers.write_signatories, papers.SIGNATORIES),
    ],
)
def test_the_samples_are_rows_that_lead_back(
    samples_content: Content, write: Callable[[Content, BinaryIO], None], columns: tuple[str, ...]
) -> None:
    found = rows(write, samples_content)
    texts = {coded.report.id: coded.report.text for coded in samples_content.reports}
    claims = {claim.id for coded in samples_content.reports for claim in coded.claims}
    assert len(found) > 5
    for row in found:
        assert tuple(row) == columns
        assert texts[row["source_report"]][int(row["sentence_start"]) : int(row["sentence_end"])] == row["sentence"]
        assert set(row["claims"].split("; ")) - {""} <= claims
        assert bool(row["claims"]) == bool(row["rule"])


def test_ids_of_rows_are_unique(samples_content: Content) -> None:
    truces = rows(ceasefires.write, samples_content)
    deals = rows(papers.write_agreements, samples_content)
    assert len({row["uniq_id"] for row in truces}) == len(truces)
    assert len({row["AgtId"] for row in deals}) == len(deals)


def test_every_signatory_of_a_deal_in_the_table_of_deals_leads_to_it(samples_content: Content) -> None:
    deals = {row["AgtId"]: row["Agt"] for row in rows(papers.write_agreements, samples_content)}
    for row in rows(papers.write_signatories, samples_content):
        assert deals[row["AgtId"]] == row["Agt"]


def test_a_report_is_read_into_all_three(reader: Reader) -> None:
    text = (
        "Armenia and Azerbaijan signed a ceasefire agreement in Moscow on Tuesday after talks mediated by Russia. "
        "The truce is to begin on March 12."
    )
    content = read_content(reader, text)
    first, second = rows(ceasefires.write, content)
    assert {first["actor_name"], second["actor_name"]} == {"Armenia", "Azerbaijan"}
    assert (first["side"], first["written"], first["location"]) == ("bilateral", "1", "")
    (deal,) = rows(papers.write_agreements, content)
    assert (deal["Agtp"], deal["Stage"], deal["Status"], deal["Place"]) == (
        "Inter",
        "Cea",
        "Multiparty signed/agreed",
        "Moscow",
    )
    assert {row["signatory_status"] for row in rows(papers.write_signatories, content)} == {"signed"}


# -- ceasefires


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_a_ceasefire_that_nobody_declared_is_no_row(status: str) -> None:
    assert rows(ceasefires.write, content_with(truce(status=status))) == []


def test_what_is_not_told_is_empty_and_not_zero() -> None:
    row = rows(ceasefires.write, content_with(truce()))[0]
    known = {"cc", "location", "region", "cf_id", "uniq_id", "actor_name", "side", "actor_id", "status", "hedged"}
    assert {name for name in (*ceasefires.ETH_PRIO, *ceasefires.OWN) if row[name]} == known
    assert (row["cc"], row["location"], row["hedged"]) == ("LBY", "Libya", "0")


def test_a_ceasefire_without_parties_is_one_row_without_an_actor() -> None:
    (row,) = rows(ceasefires.write, content_with(truce(parties=[])))
    assert (row["actor_name"], row["side"], row["uniq_id"]) == ("", "", "t")


@pytest.mark.parametrize(
    ("interval", "told"),
    [
        (day("2021-03-09"), ("2021", "3", "9", "day")),
        (day("2021-03-01", "2021-03-07"), ("2021", "3", "", "week")),
        (day("2021-02-22", "2021-03-07"), ("2021", "", "", "month")),
        (day("2020-12-28", "2021-01-03"), ("", "", "", "week")),
        (None, ("", "", "", "")),
    ],
)
def test_days_are_as_exact_as_they_are_told(interval: dict[str, Any] | None, told: tuple[str, ...]) -> None:
    row = rows(ceasefires.write, content_with(truce(declared=interval)))[0]
    assert tuple(row[f"cf_dec_{name}"] for name in ("yr", "month", "day", "prec")) == told


def test_an_end_that_is_set_is_planned_and_one_that_came_is_the_end() -> None:
    until = day("2021-03-12")
    planned = rows(ceasefires.write, content_with(truce(until=until, **{"from": day("2021-03-09")})))[0]
    assert (planned["planned_end"], planned["fixed"], planned["fixed_time"], planned["end_yr"]) == (
        "2021-03-12",
        "1",
        "3",
        "",
    )
    over = rows(ceasefires.write, content_with(truce(until=until, status="ended")))[0]
    assert (over["planned_end"], over["fixed"], over["end_yr"], over["end_day"]) == ("", "", "2021", "12")


@pytest.mark.parametrize(
    ("form", "side"),
    [
        ({"parties": ["army"]}, "unilateral"),
        ({"parties": ["army", "rebels"]}, "bilateral"),
        ({"parties": ["army", "rebels", "others"]}, "multilateral"),
        ({"scope": "unilateral"}, "unilateral"),
    ],
)
def test_sides_are_those_of_its_own_word_else_of_its_parties(form: dict[str, Any], side: str) -> None:
    assert {row["side"] for row in rows(ceasefires.write, content_with(truce(**form)))} == {side}


def test_what_shares_its_sentence_tells_of_it_and_what_does_not_tells_nothing() -> None:
    talks = {
        "name": "talks",
        "place": None,
        "where": None,
        "date": NO_DAY,
        "format": None,
        "status": "held",
        "host": None,
    }
    more: dict[str, Any] = {"mediators": ["rebels"], "parties": [], "declined": [], "outcome": None}
    body: dict[str, Any] = {
        "name": "mission",
        "kind": "monitoring",
        "mandate": None,
        "members": [],
        "status": "working",
    }
    deal = paper(kind="ceasefire", terms=["disarm all fighters"])
    near = [deal, entry("talks", "k", **talks, **more), entry("mechanisms", "m", **body)]
    row = rows(ceasefires.write, content_with(truce(scope="permanent"), *near))[0]
    assert [row[name] for name in ("written", "cf_name", "mediator_nego", "mediator_send", "implement", "ddr", "ceasefire_class")] == [
        "1", "accord", "1", "Rebels", "1", "1", "3",
    ]  # fmt: skip
    far = [(kind, identity, 21, form) for kind, identity, _, form in near]
    row = rows(ceasefires.write, content_with(truce(scope="permanent"), *far))[0]
    assert [row[name] for name in ("written", "mediator_nego", "implement", "ddr", "ceasefire_class")] == [""] * 5


def test_a_body_that_is_only_demanded_watches_nothing() -> None:
    body = entry(
        "mechanisms", "m", name="truce committee", kind="monitoring", mandate=None, members=[], status="demanded"
    )
    assert rows(ceasefires.write, content_with(truce(), body))[0]["implement"] == ""


def test_breaches_are_counted_where_it_is_clear_of_which_ceasefire() -> None:
    def breach(identity: str, at: int, *verified: str) -> Made:
        form = {"accuser": None, "accused": [], "act": "shelling", "denied_by": [], "verified_by": list(verified)}
        return entry("violations", identity, at, **form, place=None, date=NO_DAY)

    one = rows(ceasefires.write, content_with(truce(), breach("a", 0), breach("b", 21, "rebels")))[0]
    assert (one["violations_alleged"], one["violations_verified"]) == ("2", "1")
    two = rows(ceasefires.write, content_with(truce("t"), truce("u", 21), breach("b", 21)))
    assert [row["violations_alleged"] for row in two] == ["", "", "1", "1"]


def test_the_purpose_is_one_that_its_sentence_names() -> None:
    text = "The truce for Ramadan lets aid convoys in. Elections are far off."
    found = rows(ceasefires.write, content_with(truce(), text=text))[0]
    assert (found["p_holiday"], found["p_humanitarian"]) == ("1", "1")


def test_the_rebels_of_another_report_are_others() -> None:
    def coded(report: str, nation: str) -> Coded:
        text = f"The rebels kept the truce, {report} said."
        _, _, _, form = truce(report, parties=["rebels"])
        evidence = {"sentence": 1, "start": 0, "end": len(text), "text": text}
        return Coded(
            report=Report(id=report, headline=None, text=text, body_start=0),
            entities=(entity("rebels", Kind.ARMED_GROUP, nation, "REB"),),
            claims=(),
            records={"ceasefires": ({**form, "evidence": evidence},)},
        )

    content = content_of(ORIGIN, [coded("one", "LBY"), coded("two", "COL")])
    assert [row["cc"] for row in rows(ceasefires.write, content)] == ["LBY", "COL"]


# -- agreements and signatories


@pytest.mark.parametrize("status", ["planned", "not_reached", "not_signed"])
def test_a_paper_that_nobody_agreed_on_is_no_row(status: str) -> None:
    assert rows(papers.write_agreements, content_with(paper(status=status))) == []


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"status": "reached"}, "Multiparty signed/agreed"),
        ({"status": "partly_signed"}, "Status unclear"),
        ({"parties": ["rebels"]}, "Unilateral document"),
    ],
)
def test_the_status_is_in_pa_xs_words(form: dict[str, Any], status: str) -> None:
    (row,) = rows(papers.write_agreements, content_with(paper(**form)))
    assert row["Status"] == status


def test_of_several_days_the_last_is_the_day_and_an_unknown_day_is_empty() -> None:
    known = content_with(paper(date=day("2015-08-01", "2015-08-31"), kind="framework"))
    (row,) = rows(papers.write_agreements, known)
    assert (row["Dat"], row["Dat_prec"], row["Stage"], row["StageSub"]) == ("2015-08-31", "month", "SubPar", "Frame")
    (unknown,) = rows(papers.write_agreements, content_with(paper()))
    assert (unknown["Dat"], unknown["Dat_prec"], unknown["Stage"], unknown["Agtp"]) == ("", "", "", "Intra")


@pytest.mark.parametrize("status", ["signed", "accepted", "refused", "not_signed", "will_sign"])
def test_what_a_party_did_is_told_as_it_is(status: str) -> None:
    signing = entry(
        "signatures", "s", party="rebels", document="accord", status=status, place=None, date=day("2021-03-09")
    )
    (row,) = rows(papers.write_signatories, content_with(paper(), signing))
    assert (row["AgtId"], row["signatory_status"], row["actor_type"], row["actor_iso3c"], row["signed_date"]) == (
        "p", status, "Armed organisation", "LBY", "2021-03-09",
    )  # fmt: skip


def test_a_signature_of_a_document_that_has_two_of_its_name_is_of_the_partys() -> None:
    signing = entry("signatures", "s", party="rebels", document="accord", status="signed", place=None, date=NO_DAY)
    both = (paper("p", parties=["army"]), paper("q", parties=["rebels"]))
    assert [row["AgtId"] for row in rows(papers.write_signatories, content_with(*both, signing))] == ["q"]
    neither = (paper("p", parties=["army"]), paper("q", parties=["army"]))
    assert [row["AgtId"] for row in rows(papers.write_signatories, content_with(*neither, signing))] == [""]


def test_a_signature_that_names_its_agreement_is_of_that_one() -> None:
    signing = entry(
        "signatures", "s", party="rebels", document="accord", agreement="q", status="signed", place=None, date=NO_DAY
    )
    assert [row["AgtId"] for row in rows(papers.write_signatories, content_with(paper("p"), paper("q"), signing))] == [
        "q"
    ]


def test_entries_of_a_conflict_say_so() -> None:
    (row,) = rows(papers.write_agreements, content_with(paper(), conflict="libya"))
    assert (row["conflict"], row["PPName"]) == ("libya", "libya")


def test_words_of_a_report_begin_no_formula() -> None:
    (row,) = rows(papers.write_agreements, content_with(paper(name="=1+1", terms=["-x"])))
    assert (row["Agt"], row["Terms"]) == ("'=1+1", "'-x")
