"""PROV-JSON: the library reads the document, writes it again the same, and each record leads back to its report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from formatting import ODD, ORIGIN, claim_of, empty, made, report_of, written
from prov.model import ProvDocument

from dragoman.export.content import Coded, Content, content_of
from dragoman.export.formats.prov import PREFIXES
from dragoman.ledger.added import RULE, added_id
from dragoman.ledger.verdicts import Decision, DecisionKind, Verdict

AT = datetime(2020, 1, 20, 12, 30, tzinfo=UTC)


def _read(content: Content) -> tuple[dict[str, Any], ProvDocument]:
    data = written("prov", content).decode()
    return json.loads(data), ProvDocument.deserialize(content=data)


def _decided(**others: Any) -> Decision:
    plain: dict[str, Any] = {
        "id": "d1", "kind": DecisionKind.WRONG_CLAIM, "about": ("c1",), "verdict": Verdict(), "user": "ana <x>", "at": AT,
    }  # fmt: skip
    return Decision(**{**plain, **others})


def _with(content: Content, *decisions: Decision) -> Content:
    return replace(content, decisions=decisions)


def _number(raw: dict[str, Any]) -> int:
    return sum(len(section) for name, section in raw.items() if name != "prefix")


def test_the_library_reads_all_of_it_and_writes_it_again(content: Content) -> None:
    raw, document = _read(content)
    assert len(document.records) == _number(raw) > 1000
    again = ProvDocument.deserialize(content=document.serialize())
    assert again == document
    assert again.get_provn() == document.get_provn()


def test_the_check_sees_a_relation_that_is_lost(content: Content) -> None:
    raw, document = _read(made("x", [claim_of("x")]))
    del raw["wasDerivedFrom"]
    assert ProvDocument.deserialize(content=json.dumps(raw)) != document


def test_every_record_leads_back_to_a_report_and_every_claim_to_its_rule(content: Content) -> None:
    raw, _ = _read(content)
    sources: dict[str, set[str]] = {}
    for tie in raw["wasDerivedFrom"].values():
        sources.setdefault(tie["prov:generatedEntity"], set()).add(tie["prov:usedEntity"])
    reports = {name for name in raw["entity"] if name.startswith("report:")}

    def reaches(name: str) -> bool:
        return name in reports or any(reaches(each) for each in sources.get(name, ()))

    made_things = [name for name in raw["entity"] if name.partition(":")[0] in ("claim", "event", "record")]
    assert [name for name in made_things if not reaches(name)] == []
    rules = {tie["prov:generatedEntity"]: tie.get("dragoman:rule") for tie in raw["wasDerivedFrom"].values()}
    for coded in content.reports:
        for claim in coded.claims:
            assert rules[f"claim:{claim.id}"] == claim.rule


def test_all_is_there(content: Content) -> None:
    raw, _ = _read(content)
    kinds = [name.partition(":")[0] for name in raw["entity"]]
    assert kinds.count("report") == len(content.reports) == len(raw["activity"])
    assert kinds.count("claim") == sum(len(coded.claims) for coded in content.reports)
    assert kinds.count("event") == len(content.events)
    assert kinds.count("record") == len(content.entries)


def test_whatever_is_tied_is_there(content: Content) -> None:
    raw, _ = _read(content)
    assert _loose(raw) == set()


def _loose(raw: dict[str, Any]) -> set[str]:
    """Return the ends of relations that are not there."""
    there = {name for section in ("entity", "activity", "agent") for name in raw[section]}
    ties = [tie for section in set(raw) - {"prefix", "entity", "activity", "agent"} for tie in raw[section].values()]
    return {end for tie in ties for name, end in tie.items() if name.startswith("prov:")} - there


def test_a_reading_is_by_dragoman_with_its_rulebook_as_plan() -> None:
    raw, _ = _read(made("x", [claim_of("x")]))
    (tie,) = raw["wasAssociatedWith"].values()
    agent, plan = raw["agent"][tie["prov:agent"]], raw["entity"][tie["prov:plan"]]
    assert agent["prov:type"]["$"] == "prov:SoftwareAgent"
    assert (agent["dragoman:model"], plan["dragoman:digest"]) == (ORIGIN.model, f"sha256:{ORIGIN.rulebook}")
    assert "prov:startTime" not in raw["activity"]["reading:r1"]


def test_a_record_without_a_claim_is_derived_from_the_report() -> None:
    text = "The truce largely held."
    evidence = {"sentence": 1, "start": 0, "end": len(text), "text": text}
    form = {
        "id": "t1", "parties": [], "status": "holding", "scope": None, "despite": None, "declared": None, "from": None,
        "until": None, "claims": [], "contrary": [], "speakers": [], "hedged": False, "sentences": [1], "evidence": evidence,
    }  # fmt: skip
    raw, _ = _read(made(text, records={"ceasefires": [form]}))
    (tie,) = raw["wasDerivedFrom"].values()
    assert (tie["prov:usedEntity"], tie["prov:activity"]) == ("report:r1", "reading:r1")
    assert (tie["dragoman:start"], tie["dragoman:end"]) == (0, len(text))


def test_a_copy_is_an_alternate_of_what_it_copies() -> None:
    coded = Coded(report=report_of("x", id="r2"), entities=(), claims=(), same_as="r1")
    raw, _ = _read(content_of(ORIGIN, [coded]))
    (tie,) = raw["alternateOf"].values()
    assert tie == {"prov:alternate1": "report:r2", "prov:alternate2": "report:r1"}


def test_a_decision_is_an_activity_of_somebody_that_bears_on_the_claim() -> None:
    raw, document = _read(_with(made("x", [claim_of("x")]), _decided(note=ODD)))
    decision = raw["activity"]["decision:d1"]
    assert (decision["prov:startTime"], decision["prov:label"]) == (AT.isoformat(), "wrong_claim")
    (tie,) = raw["wasInfluencedBy"].values()
    assert tie == {"prov:influencee": "claim:c1", "prov:influencer": "decision:d1"}
    (who,) = [
        each["prov:agent"] for each in raw["wasAssociatedWith"].values() if each["prov:activity"] == "decision:d1"
    ]
    assert raw["agent"][who]["prov:label"] == "ana <x>"
    assert ProvDocument.deserialize(content=document.serialize()) == document


def test_a_withdrawn_decision_bears_on_nothing_and_says_who_withdrew_it() -> None:
    decision = _decided(withdrawn_at=AT.replace(hour=14), withdrawn_by="ben")
    raw, document = _read(_with(made("x", [claim_of("x")]), decision))
    assert "wasInfluencedBy" not in raw
    assert [tie["prov:informed"] for tie in raw["wasInformedBy"].values()] == ["decision:d1.withdrawn"]
    assert {agent["prov:label"] for agent in raw["agent"].values()} >= {"ana <x>", "ben"}
    assert ProvDocument.deserialize(content=document.serialize()) == document


@pytest.mark.parametrize("update", [None, "r1"])
def test_a_claim_that_somebody_added_was_generated_by_the_decision(update: str | None) -> None:
    claim = claim_of("x", id=added_id("d1", update), rule=RULE)
    raw, _ = _read(_with(made("x", [claim]), _decided(kind=DecisionKind.ADDED_CLAIM, about=("r1",))))
    (tie,) = raw["wasGeneratedBy"].values()
    assert tie == {"prov:entity": f"claim:{claim.id}", "prov:activity": "decision:d1"}


def test_odd_ids_and_characters_break_nothing() -> None:
    odd = made(
        ODD, [claim_of(ODD)], report={"id": "../<x y>", "headline": ODD, "outlet": "\x00\ud800", "url": "https://a b"}
    )
    raw, document = _read(odd)
    assert len(document.records) == _number(raw)
    locals_ = [name.partition(":")[2] for section in ("entity", "activity", "agent") for name in raw[section]]
    assert all(each.replace("-", "").replace(".", "").isalnum() for each in locals_)
    assert "\x0b" not in json.dumps(raw, ensure_ascii=False)


def test_days_are_days_and_what_is_unknown_is_left_out() -> None:
    raw, _ = _read(made("x", report={"published": date(2020, 1, 10), "url": "https://x.example/1"}))
    report = raw["entity"]["report:r1"]
    assert report["dragoman:published"] == {"$": "2020-01-10", "type": "xsd:date"}
    assert not {"prov:label", "dragoman:outlet"} & set(report)


def test_nothing_gives_a_document_of_the_agent_alone() -> None:
    raw, document = _read(empty())
    assert raw["prefix"] == PREFIXES
    assert len(document.records) == 2


def test_the_same_content_gives_the_same_bytes(content: Content) -> None:
    assert written("prov", content) == written("prov", content)


def test_a_report_that_is_only_cited_is_there(content: Content) -> None:
    raw, _ = _read(replace(content, reports=content.reports[:1], events=()))
    assert _loose(raw) == set()
