"""The printed form: it fits its schema, quotes are where the offsets say, and the same report gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import jsonschema
import msgspec
import pytest
from conftest import Sample, load_samples

from dragoman.export import process_form
from dragoman.export.contract import Extras, line_of
from dragoman.export.schema import schema
from dragoman.export.whole import read_whole
from dragoman.model import Basis, Evidence, When, Where
from dragoman.process import records
from dragoman.reading.reader import Reader

SAMPLES = load_samples()


def printed(reader: Reader, sample: Sample) -> dict[str, Any]:
    line = line_of(read_whole(reader, sample.report(), Extras(text=True)).form)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    return dict(json.loads(line))


@pytest.fixture(scope="module")
def lines(reader: Reader) -> dict[str, dict[str, Any]]:
    return {sample.path.name: printed(reader, sample) for sample in SAMPLES}


def quotes(node: object) -> Iterator[dict[str, Any]]:
    """Yield each object of the form that has offsets."""
    if isinstance(node, dict):
        if {"start", "end", "text"} <= node.keys() and isinstance(node["start"], int):
            yield node
        for value in node.values():
            yield from quotes(value)
    elif isinstance(node, list):
        for value in node:
            yield from quotes(value)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_output_fits_the_schema(lines: dict[str, dict[str, Any]]) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    for name, line in lines.items():
        assert [f"{name}: {error.json_path}: {error.message}" for error in validator.iter_errors(line)] == []


def test_the_schema_refuses_what_is_not_the_form(lines: dict[str, dict[str, Any]]) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    line = next(line for line in lines.values() if line["claims"])
    claim = line["claims"][0]
    for broken in (
        {**claim, "event": "ATTACK"},
        {**claim, "actor": None},
        {k: v for k, v in claim.items() if k != "rule"},
    ):
        assert not validator.is_valid({**line, "claims": [broken]})
    assert not validator.is_valid({key: value for key, value in line.items() if key != "process"})


def test_offsets_count_code_points_of_the_text(lines: dict[str, dict[str, Any]]) -> None:
    for name, line in lines.items():
        text = line["report"]["text"]
        found = list(quotes(line))
        assert found
        for quote in found:
            assert text[quote["start"] : quote["end"]] == quote["text"], name


def test_claims_name_entities_sentences_and_events_of_their_report(lines: dict[str, dict[str, Any]]) -> None:
    for name, line in lines.items():
        entities = {entity["id"] for entity in line["entities"]}
        ids = [claim["id"] for claim in line["claims"]]
        assert len(ids) == len(set(ids)), name
        for claim in line["claims"]:
            assert {*claim["actor"], *claim["recipient"]} <= entities, name
            assert claim["event_id"] in ids, name
            assert 1 <= claim["evidence"]["sentence"] <= line["report"]["sentences"], name


# A truce that holds, a conference that is planned, a committee that exists: their sentence tells no act of one party to another.
TOLD_WITHOUT_A_CLAIM = {
    "alignments", "ceasefires", "mechanisms", "planned", "talks", "agreements", "positions", "threats", "violations"
}  # fmt: skip


def test_records_stand_on_claims_or_on_their_sentence(lines: dict[str, dict[str, Any]]) -> None:
    for name, line in lines.items():
        ids = {claim["id"] for claim in line["claims"]}
        for kind, found in line["process"].items():
            for record in found:
                stand = record["claims"] if "claims" in record else [i for s in record["sides"] for i in s["claims"]]
                assert stand or kind in TOLD_WITHOUT_A_CLAIM, (name, kind)
                assert set(stand) <= ids, (name, kind)
                assert "sides" in record or record["evidence"]["text"].strip(), (name, kind)


def test_the_same_bytes_on_every_run_and_in_every_order(reader: Reader) -> None:
    def read(samples: list[Sample]) -> dict[str, bytes]:
        return {s.path.name: line_of(read_whole(reader, s.report()).form) for s in samples}

    first = read(SAMPLES)
    assert read(SAMPLES[::-1]) == first
    assert read(SAMPLES[3:] + SAMPLES[:3]) == first


def test_the_text_and_the_conflict_are_there_on_demand_only(reader: Reader) -> None:
    report = SAMPLES[0].report()
    plain = json.loads(line_of(read_whole(reader, report).form))["report"]
    full = json.loads(line_of(read_whole(reader, report, Extras(text=True, conflict="velmora")).form))["report"]
    assert "text" not in plain
    assert "conflict" not in plain
    assert full["text"] == report.text
    assert full["conflict"] == "velmora"


@pytest.mark.parametrize("kind", [item.name for item in fields(records.ProcessRecord)])
def test_each_kind_of_record_prints_the_fields_of_its_form(kind: str) -> None:
    from dragoman.export.contract import process_form as printed_process

    form = next(item.type for item in msgspec.structs.fields(process_form.ProcessForm) if item.name == kind)
    shape = form.__args__[0]
    made = made_up(RECORDS[kind])
    record = printed_process(records.ProcessRecord(**{kind: (made,)}))[kind][0]  # type: ignore[arg-type]
    assert set(record) == {field.encode_name for field in msgspec.structs.fields(shape)}
    msgspec.convert(record, shape)


RECORDS: dict[str, type] = {
    "alignments": records.Alignment,
    "positions": records.Position,
    "threats": records.Threat,
    "talks": records.Talks,
    "agreements": records.Agreement,
    "signatures": records.Signature,
    "ceasefires": records.Ceasefire,
    "violations": records.Violation,
    "mechanisms": records.Mechanism,
    "planned": records.Planned,
    "contradictions": records.Contradiction,
}
EVIDENCE = Evidence(sentence=1, start=0, end=5, text="Truce")
VALUES: dict[str, object] = {
    "str": "words",
    "str | None": None,
    "bool": False,
    "tuple[str, ...]": ("a",),
    "tuple[int, ...]": (1,),
    "Evidence": EVIDENCE,
    "When": When(phrase="soon", basis=Basis.UNKNOWN),
    "When | None": None,
    "Where | None": Where(name="Bree", text="in Bree"),
    "tuple[Side, ...]": (records.Side(value="Monday", claims=("a",), speakers=(), evidence=EVIDENCE),),
}


def made_up(kind: type) -> object:
    """Return a record with a value of the right type in each field."""
    return kind(**{item.name: VALUES[str(item.type)] for item in fields(kind)})
