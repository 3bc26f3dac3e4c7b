"""FollowTheMoney: every line is an entity that the library takes, points at entities of its range, and is read back as an actor."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from followthemoney import model
from followthemoney.exc import InvalidData
from formatting import ODD, ORIGIN, claim_of, empty, made, report_of, written

from dragoman.export.content import Coded, Content, content_of
from dragoman.model import Entity, Kind, Mention, Where
from dragoman.rulebook.ftm import read_ftm


def _lines(content: Content) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written("ftm", content).splitlines()]


@pytest.fixture(scope="module")
def lines(content: Content) -> list[dict[str, Any]]:
    """Return the entities of the sample corpus."""
    return _lines(content)


def _broken(line: dict[str, Any], known: dict[str, str]) -> list[str]:
    """Return what the library finds wrong with an entity, and what it points at that is not there or of another schema."""
    proxy = model.get_proxy(line)
    try:
        proxy.schema.validate(cast(Any, line))
    except InvalidData as mistake:
        return [str(mistake)]
    found = []
    for prop, value in proxy.itervalues():
        if prop.type.clean(value) != value:
            found.append(f"{prop.name}: {value!r}")
        if prop.type.name == "entity" and not (value in known and model[known[value]].is_a(prop.range)):
            found.append(f"{prop.name} -> {value} ({known.get(value)})")
    return found


def test_every_line_is_an_entity_that_the_library_takes(lines: list[dict[str, Any]]) -> None:
    known = {line["id"]: line["schema"] for line in lines}
    assert len(known) == len(lines), "an id is there twice"
    assert [found for line in lines if (found := _broken(line, known))] == []
    assert all(model.get_proxy(line).to_dict()["properties"] == line["properties"] for line in lines)


def test_the_check_sees_what_is_wrong() -> None:
    line = {
        "id": "a",
        "schema": "UnknownLink",
        "properties": {"subject": ["b"], "object": ["c"], "startDate": ["soon"]},
    }
    assert _broken(line, {"b": "Person"})


def test_all_is_there(lines: list[dict[str, Any]], content: Content) -> None:
    counts = Counter(line["schema"] for line in lines)
    kinds = Counter(entry.kind for entry in content.entries)
    happenings = sum(kinds[each] for each in ("talks", "agreements", "ceasefires", "planned"))
    assert counts["Article"] == len(content.reports)
    assert counts["Event"] == len(content.events) + happenings
    links = [line for line in lines if line["schema"] == "UnknownLink" and line["id"].startswith("dragoman-record-")]
    assert len(links) == kinds["alignments"] > 0
    assert {"Person", "PublicBody", "Organization", "LegalEntity", "Mention"} <= set(counts)


def test_an_act_has_its_actor_its_report_and_its_sentence(lines: list[dict[str, Any]], content: Content) -> None:
    events = {line["properties"]["recordId"][0]: line for line in lines if line["id"].startswith("dragoman-event-")}
    names = {line["id"]: line["caption"] for line in lines}
    event = next(each for each in content.events if each.lead.claim.actor and each.lead.claim.recipient)
    properties = events[event.id]["properties"]
    assert [names[each] for each in properties["organizer"]] == [content.names[each] for each in event.lead.claim.actor]
    assert properties["description"][0] == event.lead.claim.evidence.text
    assert properties["proof"] == [f"dragoman-report-{event.lead.coded.report.id}"]


def test_the_roster_import_reads_the_actors_again(lines: list[dict[str, Any]], content: Content) -> None:
    actors = [line for line in lines if line["schema"] in ("Person", "PublicBody", "Organization", "LegalEntity")]
    taken = read_ftm("\n".join(map(json.dumps, lines)), {})
    assert [draft.name for draft in taken.drafts] == [line["caption"] for line in actors]
    haftar = next(draft for draft in taken.drafts if draft.name == "Khalifa Haftar")
    assert (haftar.kind, haftar.code) == (Kind.PERSON, "LBY")
    assert {draft.kind for draft in taken.drafts} >= {Kind.PERSON, Kind.GROUP, Kind.IGO}


def _coded(identity: str, entity: Entity, sentence: str = "The forces left.") -> Coded:
    claim = claim_of(sentence, id=f"c{identity}", event_id=f"c{identity}", actor=(entity.id,))
    return Coded(report=report_of(sentence, id=identity), entities=(entity,), claims=(claim,))


def test_who_is_only_described_is_somebody_else_in_each_report() -> None:
    mention = Mention(start=0, end=6, text="forces", how="description")
    forces = Entity(id="forces", name="forces", kind=Kind.GROUP, mentions=(mention,))
    lines = _lines(content_of(ORIGIN, [_coded("r1", forces), _coded("r2", forces)]))
    assert len([line for line in lines if line["caption"] == "forces"]) == 2
    known = replace(forces, id="lna", name="LNA", roster=True)
    lines = _lines(content_of(ORIGIN, [_coded("r1", known), _coded("r2", known)]))
    assert [line["id"] for line in lines if line["caption"] == "LNA"] == ["dragoman-lna"]


def test_one_name_in_two_countries_is_two_entities() -> None:
    mention = (Mention(start=0, end=10, text="Parliament", how="name"),)
    here = Entity(id="parliament", name="Parliament", kind=Kind.GROUP, code="LBY", mentions=mention)
    there = replace(here, code="COL")
    lines = _lines(content_of(ORIGIN, [_coded("r1", here), _coded("r2", there)]))
    found = [line for line in lines if line["schema"] == "LegalEntity"]
    assert sorted(line["properties"]["country"][0] for line in found) == ["co", "ly"]


def test_ids_are_the_same_whatever_else_is_in_the_file(content: Content, lines: list[dict[str, Any]]) -> None:
    half = content_of(content.origin, content.reports[::2])
    whole = {line["id"]: line for line in lines}
    for line in _lines(half):
        assert line["id"] in whole


def test_what_is_denied_or_only_possible_is_marked() -> None:
    (event,) = [
        line for line in _lines(made("x", [claim_of("x", negated=True, hedged=True)])) if line["schema"] == "Event"
    ]
    assert {"negated", "hedged"} <= set(event["properties"]["keywords"])
    assert "NOT" in event["caption"]


def test_odd_characters_and_ids_break_nothing() -> None:
    claim = claim_of(ODD, actor=("a <b>\n",), recipient=("\u202e",), place=Where(name=ODD, code="XXX"))
    lines = _lines(made(ODD, [claim], report={"id": "../<x>", "outlet": ODD, "url": "javascript:alert(1)"}))
    known = {line["id"]: line["schema"] for line in lines}
    assert [found for line in lines if (found := _broken(line, known))] == []
    assert not [line for line in lines if "sourceUrl" in line["properties"]]
    assert all(identity.replace("-", "").isalnum() for identity in known)


def test_a_day_that_is_not_known_is_left_out() -> None:
    (event,) = [line for line in _lines(made("x", [claim_of("x")])) if line["schema"] == "Event"]
    assert not {"startDate", "endDate", "date"} & set(event["properties"])


def test_a_copy_names_what_it_copies() -> None:
    coded = Coded(report=report_of("x", id="r2", published=date(2020, 1, 2)), entities=(), claims=(), same_as="r1")
    (article,) = _lines(content_of(ORIGIN, [coded]))
    assert article["properties"]["notes"] == ["A near-copy of dragoman-report-r1"]


def test_nothing_gives_an_empty_file() -> None:
    assert written("ftm", empty()) == b""


def test_the_same_content_gives_the_same_bytes(content: Content) -> None:
    assert written("ftm", content) == written("ftm", content)


def test_a_report_that_is_only_cited_is_an_article(content: Content) -> None:
    part = replace(content, reports=content.reports[:1], events=())
    lines = _lines(part)
    known = {line["id"]: line["schema"] for line in lines}
    assert [found for line in lines if (found := _broken(line, known))] == []
