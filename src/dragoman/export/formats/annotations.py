"""W3C Web Annotations (JSON-LD): each sentence that a claim or a record stands on, marked in its report, one annotation a line.

Offsets count code points of the report's text as read (headline, blank line, body). Where a page has other words around it, the
quote with what stands before and after it finds the sentence again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import msgspec

from dragoman.export.brief import act_words, clean
from dragoman.export.content import Coded, Content, Entry, Sentence
from dragoman.export.contract import claim_form
from dragoman.export.formats.wording import agent, entry_ids, entry_words, source_of, urn
from dragoman.export.records import Names
from dragoman.model import Claim, Report, content_id

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters before and after a quote
_PLAIN = {"type": "TextualBody", "format": "text/plain", "language": "en"}

Annotation = dict[str, Any]


def write(content: Content, file: BinaryIO) -> None:
    """Write an annotation for each claim, and one for each sentence of each record."""
    generator = {"id": urn("software", "dragoman"), "type": "Software", "name": agent(content)}
    for made in _annotations(content):
        line = {"@context": CONTEXT, "type": "Annotation", **made, "generator": generator}
        file.write(msgspec.json.encode(line) + b"\n")


def _annotations(content: Content) -> Iterator[Annotation]:
    for coded in content.reports:
        for claim in coded.claims:
            yield _of_claim(coded, claim, content.names)
    for entry in content.entries:
        for sentence in entry.sentences:
            yield _of_entry(entry, sentence, content.names)


def _of_claim(coded: Coded, claim: Claim, names: Mapping[str, str]) -> Annotation:
    form = claim_form(claim)
    marks = ["negated"] * claim.negated + ["hedged"] * claim.hedged + ["quoted"] * claim.quoted
    who = dict.fromkeys(names.get(each, each) for each in (*claim.actor, *claim.recipient))
    body = [
        {**_PLAIN, "purpose": "describing", "value": clean(act_words(form, Names(names)))},
        _structured(urn("claim", claim.id), msgspec.to_builtins(form)),
        _tag("classifying", claim.event.value),
        *(_tag("tagging", each) for each in (*claim.modes, *claim.contexts, claim.status.value, *marks)),
        *(_tag("identifying", each) for each in who),
    ]
    target = _target(coded.report, claim.evidence.start, claim.evidence.end)
    return {"id": urn("annotation", "claim", claim.id), "motivation": "classifying", "body": body, "target": target}


def _of_entry(entry: Entry, sentence: Sentence, names: Mapping[str, str]) -> Annotation:
    ids = entry_ids(entry)
    place = content_id(sentence.report.id, sentence.start, sentence.end)
    kinds = [entry.form.get("kind"), entry.form.get("status"), "hedged" if entry.form.get("hedged") else None]
    body = [
        {**_PLAIN, "purpose": "describing", "value": entry_words(entry, names)},
        _structured(urn("record", entry.kind, *ids), dict(entry.form)),
        _tag("classifying", entry.kind),
        *(_tag("tagging", each) for each in kinds if each),
    ]
    return {
        "id": urn("annotation", "record", entry.kind, *ids, place), "motivation": "classifying", "body": body,
        "target": _target(sentence.report, sentence.start, sentence.end),
    }  # fmt: skip


def _structured(identity: str, form: Any) -> dict[str, Any]:
    """Return a claim or record as the contract prints it, as a text of JSON: JSON-LD has no words for its fields."""
    value = msgspec.json.encode(form).decode()
    return {
        "id": identity, "type": "TextualBody", "format": "application/json", "purpose": "describing", "value": value,
    }  # fmt: skip


def _tag(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": clean(value)}


def _target(report: Report, start: int, end: int) -> dict[str, Any]:
    """Return a stretch of a report; its id says of which report, for two versions of one may have the same address."""
    text = report.text
    return {
        "id": urn("span", report.id, str(start), str(end)),
        "type": "SpecificResource",
        "source": source_of(report),
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector", "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND],
            },
        ],
    }  # fmt: skip
