"""Claims, events and records as rows: JSON lines, CSV and Parquet have the same."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from formatting import ODD, ORIGIN, claim_of, empty, made, report_of, written

from dragoman.errors import FormatError
from dragoman.export.content import Coded, Content, Event, Telling, content_of
from dragoman.export.contract import claim_form
from dragoman.model import When, Where

LINES = ("claims", "events", "records", "reports", "entities")


def _rows(name: str, content: Content) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(name, content).splitlines()]


def test_a_claim_is_a_line_that_can_be_found_in_its_report(content: Content) -> None:
    rows = _rows("claims", content)
    texts = {coded.report.id: coded.report.text for coded in content.reports}
    assert len(rows) == sum(len(coded.claims) for coded in content.reports) > 50
    for row in rows:
        evidence = row["evidence"]
        assert texts[row["report"]][evidence["start"] : evidence["end"]] == evidence["text"]
        assert row["rulebook"].startswith("sha256:")


def test_a_line_has_the_claim_as_the_contract_prints_it(content: Content) -> None:
    rows = _rows("claims", content)
    forms = [json.loads(json.dumps(_form(claim))) for coded in content.reports for claim in coded.claims]
    assert [{key: row[key] for key in form} for row, form in zip(rows, forms, strict=True)] == forms


def _form(claim: Any) -> Any:
    return msgspec.to_builtins(claim_form(claim))


def test_names_stand_beside_ids(content: Content) -> None:
    for row in _rows("claims", content):
        assert row["actor_names"] == [content.names.get(each, each) for each in row["actor"]]
    assert any(row["actor"] != row["actor_names"] for row in _rows("claims", content))


def test_every_event_is_a_line_with_its_claims(content: Content) -> None:
    rows = _rows("events", content)
    claims = {row["id"]: row for row in _rows("claims", content)}
    assert sorted(each for row in rows for each in row["claims"]) == sorted(claims)
    for row in rows:
        lead = claims[row["claims"][0]]
        assert (row["event"], row["actor"], row["evidence"]) == (lead["event"], lead["actor"], lead["evidence"])


def test_every_record_is_a_line_with_its_sentences(content: Content) -> None:
    rows = _rows("records", content)
    texts = {coded.report.id: coded.report.text for coded in content.reports}
    assert [(row["record"], row["id"]) for row in rows] == [(each.kind, each.id) for each in content.entries]
    assert len({row["record"] for row in rows}) >= 8
    for row, entry in zip(rows, content.entries, strict=True):
        assert row["cited"], row["record"]
        assert all(texts[each["report"]][each["start"] : each["end"]] == each["text"] for each in row["cited"])
        for name, value in entry.form.items():
            if name != "place" and name != "where":
                assert row[name] == value, (row["record"], name)


def test_the_place_of_talks_is_the_place_with_its_coordinates(content: Content) -> None:
    entries = {each.id: each for each in content.entries if each.kind == "talks" and each.form["where"]}
    assert entries
    for row in _rows("records", content):
        if row["id"] in entries:
            assert row["place"] == entries[row["id"]].form["where"]


def test_a_contradiction_cites_the_sentences_of_its_sides() -> None:
    text = "Gondor said ten died. Mordor said two died."
    sides = [
        {"value": "ten", "claims": [], "speakers": [], "evidence": {"sentence": 1, "start": 0, "end": 21, "text": text[:21]}},
        {"value": "two", "claims": [], "speakers": [], "evidence": {"sentence": 2, "start": 22, "end": 43, "text": text[22:]}},
    ]  # fmt: skip
    form = {"id": "x", "kind": "casualties", "about": "the dead", "versions": ["ten", "two"], "sides": sides}
    (row,) = _rows("records", made(text, records={"contradictions": [form]}))
    assert [each["text"] for each in row["cited"]] == [text[:21], text[22:]]
    assert row["report"] == "r1"
    assert row["sides"] == sides


def test_what_is_not_known_is_null(content: Content) -> None:
    (row,) = _rows("claims", made("Shells fell.", [claim_of("Shells fell.")]))
    assert row["date"] == {"start": None, "end": None, "text": None, "basis": "unknown"}
    assert (row["place"], row["published"], row["outlet"], row["url"]) == (None, None, None, None)
    open_end = When(earliest=date(2020, 1, 2))
    (row,) = _rows("claims", made("x", [claim_of("x", date=open_end, place=Where(name="Nowhere"))]))
    assert (row["date"]["start"], row["date"]["end"]) == ("2020-01-02", None)
    assert row["place"] == {"name": "Nowhere", "code": None, "lat": None, "lon": None, "text": ""}


def test_odd_characters_come_back_as_they_were() -> None:
    (row,) = _rows("claims", made(ODD, [claim_of(ODD, content=ODD, actor=("a\nb",))], report={"outlet": ODD}))
    assert row["evidence"]["text"] == row["content"] == row["outlet"] == ODD


def test_reports_are_listed_also_where_they_gave_nothing() -> None:
    rows = _rows("reports", made("Rain fell.", report={"headline": None, "published": date(2020, 1, 2)}))
    assert [(row["id"], row["published"], row["claims"], row["characters"]) for row in rows] == [
        ("r1", "2020-01-02", 0, 10)
    ]


def test_reports_count_what_they_gave(content: Content) -> None:
    rows = _rows("reports", content)
    assert sum(row["claims"] for row in rows) == len(_rows("claims", content))
    assert sum(row["events"] for row in rows) == len(_rows("events", content))
    assert sum(row["records"] for row in rows) == len(_rows("records", content))


def test_everybody_that_a_claim_names_is_an_entity(content: Content) -> None:
    known = {row["id"]: row["name"] for row in _rows("entities", content)}
    for row in _rows("claims", content):
        assert [known[each] for each in row["actor"]] == row["actor_names"]


def test_a_copy_counts_with_the_report_it_copies() -> None:
    claims = [claim_of("x", id=each, event_id="e") for each in ("c1", "c2")]
    first, copy = (
        Coded(report=report_of("x", id=name), entities=(), claims=(claim,), same_as=same_as)
        for name, claim, same_as in (("r1", claims[0], None), ("r2", claims[1], "r1"))
    )
    assert [row["copy_of"] for row in _rows("claims", content_of(ORIGIN, [first, copy]))] == [None, "r1"]


def test_an_event_counts_the_reports_that_copy_one_another_once() -> None:
    reports = [("r1", None), ("r2", "r1"), ("r3", None)]
    listed = [Coded(report=report_of("x", id=name), entities=(), claims=(), same_as=copied) for name, copied in reports]
    tellings = tuple(Telling(coded=each, claim=claim_of("x", id=f"c{each.report.id}")) for each in listed)
    content = Content(origin=ORIGIN, events=(Event(id="e", tellings=tellings),))
    (row,) = _rows("events", content)
    assert (row["origins"], row["reports"], row["claims"]) == (2, ["r1", "r2", "r3"], ["cr1", "cr2", "cr3"])


def test_a_format_whose_package_is_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.export.formats.table.find_spec", lambda _: None)
    with pytest.raises(
        FormatError, match=r"claims-parquet: pyarrow is not installed; in a clone: pip install '\.\[formats\]'"
    ):
        written("claims-parquet", empty())
    assert written("claims", empty()) == b""


@pytest.mark.parametrize("name", LINES)
def test_nothing_gives_an_empty_file(name: str) -> None:
    assert written(name, empty()) == b""


@pytest.mark.parametrize("name", LINES)
def test_the_same_content_gives_the_same_bytes(name: str, content: Content) -> None:
    assert written(name, content) == written(name, content)
