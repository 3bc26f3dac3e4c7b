"""Web annotations: expanded as JSON-LD nothing is lost, and every selector finds its sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from formatting import ODD, claim_of, empty, made, written
from pyld import jsonld

from dragoman.export.content import Content
from dragoman.export.formats.annotations import CONTEXT
from dragoman.export.formats.wording import urn

OA = "http://www.w3.org/ns/oa#"
TERMS = Path(__file__).with_name("anno_context.json")
"""The terms of the W3C's context that annotations are written with, so that nothing is fetched."""


def _lines(content: Content) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written("annotations", content).splitlines()]


def _loader(url: str, _: Any) -> dict[str, Any]:
    assert url == CONTEXT, f"{url} would be fetched"
    document = json.loads(TERMS.read_text(encoding="utf-8"))
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


def _expanded(line: dict[str, Any]) -> dict[str, Any]:
    (node,) = jsonld.expand(line, {"documentLoader": _loader})
    assert isinstance(node, dict)
    return node


def _count(value: Any) -> int:
    """Return how many strings and numbers there are in a document, names of members and contexts aside."""
    if isinstance(value, dict):
        return sum(_count(item) for key, item in value.items() if key != "@context")
    return sum(map(_count, value)) if isinstance(value, list) else 1


def test_nothing_is_lost_when_it_is_expanded(content: Content) -> None:
    for line in _lines(content)[::7]:
        assert _count(_expanded(line)) == _count(line)


def test_the_check_sees_a_term_that_is_none() -> None:
    line = _lines(made("x", [claim_of("x")]))[0]
    assert _count(_expanded({**line, "stranger": "x"})) != _count({**line, "stranger": "x"})


def test_an_annotation_is_of_the_model(content: Content) -> None:
    node = _expanded(_lines(content)[0])
    assert node["@type"] == [f"{OA}Annotation"]
    assert node[f"{OA}motivatedBy"] == [{"@id": f"{OA}classifying"}]
    (target,) = node[f"{OA}hasTarget"]
    kinds = [selector["@type"][0] for selector in target[f"{OA}hasSelector"]]
    assert kinds == [f"{OA}TextPositionSelector", f"{OA}TextQuoteSelector"]
    purposes = {body[f"{OA}hasPurpose"][0]["@id"] for body in node[f"{OA}hasBody"]}
    assert purposes <= {f"{OA}{each}" for each in ("classifying", "describing", "tagging", "identifying")}
    assert f"{OA}classifying" in purposes


def test_both_selectors_find_the_sentence(content: Content) -> None:
    texts = {urn("span", coded.report.id): coded.report.text for coded in content.reports}
    for line in _lines(content):
        target = line["target"]
        text, (position, quote) = texts[target["id"].rsplit(":", 2)[0]], target["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        assert text[: position["start"]].endswith(quote["prefix"])


def test_every_claim_and_every_sentence_of_a_record_is_marked(content: Content) -> None:
    ids = [line["id"] for line in _lines(content)]
    claims = sum(len(coded.claims) for coded in content.reports)
    assert len(set(ids)) == len(ids) == claims + sum(len(entry.sentences) for entry in content.entries)


def test_the_claim_is_in_the_body_as_the_contract_prints_it(content: Content) -> None:
    line, claim = _lines(content)[0], content.reports[0].claims[0]
    (structured,) = [body for body in line["body"] if body.get("format") == "application/json"]
    assert json.loads(structured["value"])["event"] == claim.event
    assert structured["id"] == f"urn:dragoman:claim:{claim.id}"


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://a b", "not a url", 'https://x.example/"><b>'])
def test_a_report_without_a_good_address_has_a_name(url: str | None) -> None:
    (line,) = _lines(made("x", [claim_of("x")], report={"id": "../<r 1>", "url": url}))
    source = line["target"]["source"]
    assert source.startswith("urn:dragoman:report:")
    assert source.replace("urn:dragoman:report:", "").isalnum()


def test_odd_characters_are_quoted_as_they_are_and_taken_out_of_words() -> None:
    (line,) = _lines(made(ODD, [claim_of(ODD, content=ODD, actor=("<x>",))]))
    assert line["target"]["selector"][1]["exact"] == ODD
    assert "\u202e" not in line["body"][0]["value"]
    assert _count(_expanded(line)) == _count(line)


def test_denied_and_doubtful_are_tags() -> None:
    (line,) = _lines(made("x", [claim_of("x", negated=True, hedged=True)]))
    assert {"negated", "hedged"} <= {body["value"] for body in line["body"] if body["purpose"] == "tagging"}


def test_nothing_gives_an_empty_file() -> None:
    assert written("annotations", empty()) == b""


def test_the_same_content_gives_the_same_bytes(content: Content) -> None:
    assert written("annotations", content) == written("annotations", content)
