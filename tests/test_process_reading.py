"""The record of the peace process from sentences of our own, through the whole reader."""

from __future__ import annotations

from datetime import date
from functools import partial

from conftest import load_samples, record_told

from dragoman.process.board import record_of
from dragoman.reading.reader import Reader

DAY = date(2020, 1, 14)
told = partial(record_told, day=DAY)


def test_signed_by_one_and_not_by_the_other(reader: Reader) -> None:
    found = told(
        reader,
        "President Arno Beld signed the ceasefire agreement in Vienna on Monday. "
        "General Tarek Holm left the talks on Monday without signing the deal.",
    )
    assert {(s.party, s.status) for s in found.signatures} == {
        ("arno-beld", "signed"),
        ("tarek-holm", "not_signed"),
    }
    assert [(a.name, a.kind, a.status) for a in found.agreements] == [
        ("ceasefire agreement", "ceasefire", "partly_signed")
    ]


def test_backers_and_what_they_send(reader: Reader) -> None:
    found = told(reader, "Turkey backs Azerbaijan with drones and advisers. Russia supports Armenia.")
    assert [(a.backer, a.backed, a.kind) for a in found.alignments] == [
        ("turkey", "azerbaijan", "military"),
        ("russia", "armenia", "political"),
    ]


def test_a_truce_that_appears_to_hold_is_hedged(reader: Reader) -> None:
    (entry,) = told(reader, "The ceasefire appears to have held on Monday.").ceasefires
    assert (entry.status, entry.hedged) == ("holding", True)


def test_talks_ahead(reader: Reader) -> None:
    found = told(reader, "Germany will host peace talks in Berlin later this month.")
    assert [(t.status, t.host, t.place.name if t.place else None) for t in found.talks] == [
        ("planned", "germany", "Berlin")
    ]
    assert [(p.what, p.window.latest) for p in found.planned] == [("peace talks", date(2020, 1, 31))]


def test_a_demand_for_a_body(reader: Reader) -> None:
    found = told(reader, "Armenia demanded the formation of a committee to monitor the truce.")
    assert [(p.party, p.stance) for p in found.positions] == [("armenia", "demand")]
    assert [(m.name, m.kind, m.mandate, m.status) for m in found.mechanisms] == [
        ("committee", "monitoring", "monitor the truce", "demanded")
    ]


def test_every_sample_gives_the_same_record_twice(reader: Reader) -> None:
    for sample in load_samples():
        report = sample.report()
        first = record_of(reader.read(report), reader.rulebook)
        assert first == record_of(reader.read(report), reader.rulebook)
        assert first.positions or first.signatures or first.talks or first.threats
