"""Reports are mutated, and their claims follow: what is deleted goes, what is negated turns, what is swapped swaps."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dragoman.model import Claim, Report, Status
from dragoman.reading.reader import Reader, Reading

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
import mutate_reports

SENTENCES = (
    "Arland attacked Bortavia.",
    "Cassia has rejected the truce.",
    "Dorne accused Elvania of shelling villages.",
    "The rebels are blocking the road to Vellin.",
    "Forland's army captured the port of Morro on Monday.",
    "Elvania released forty prisoners.",
    "Police arrested a journalist in Quill.",
    "Cassia and Dorne signed a ceasefire agreement in Tarsk on Sunday.",
    "Arland sent troops to Cassia.",
    "The president criticised Forland.",
    "Bortavia threatened Arland with war.",
    "Thousands of people protested against the government in Vellin.",
)  # fmt: skip


def _report(*sentences: str) -> Report:
    return Report(id="own", headline=None, text=" ".join(sentences), body_start=0, published=date(2021, 3, 16))


@pytest.fixture(scope="module")
def read(reader: Reader) -> Reading:
    return reader.read(_report(*SENTENCES))


def test_each_mutation_of_a_fixed_set_behaves(reader: Reader, read: Reading) -> None:
    score = mutate_reports.measured(reader, [read])
    assert [(m.kind, m.sentence) for m, _ in score.failing] == []
    assert {kind: score.made[kind] for kind in mutate_reports.KINDS if score.made[kind] < 3} == {}


def _one(reader: Reader, text: str) -> Claim:
    (claim,) = reader.read(_report(text)).claims
    return claim


@pytest.mark.parametrize(
    "text",
    [
        "Arland did not attack Bortavia.",
        "Arland never attacked Bortavia.",
        "Arland has not attacked Bortavia.",
        "Arland denied that it had attacked Bortavia.",
        "Arland denied attacking Bortavia.",
        "It is not true that Arland attacked Bortavia.",
        "It was untrue that Arland attacked Bortavia.",
        "It is false that Arland attacked Bortavia.",
        "It is a lie that Arland attacked Bortavia.",
        "It is not the case that Arland attacked Bortavia.",
        "Arland failed to attack Bortavia.",
        "Arland refrained from attacking Bortavia.",
    ],
)  # fmt: skip
def test_each_way_to_negate_turns_the_claim(reader: Reader, text: str) -> None:
    assert not _one(reader, "Arland attacked Bortavia.").negated
    assert not _one(reader, "It is true that Arland attacked Bortavia.").negated
    assert _one(reader, text).negated


def test_what_is_unclear_is_hedged(reader: Reader) -> None:
    claim = _one(reader, "It is unconfirmed that Arland attacked Bortavia.")
    assert (claim.hedged, claim.negated) == (True, False)


def test_a_claim_that_does_not_follow_is_told(read: Reading) -> None:
    by_kind: dict[str, mutate_reports.Mutation] = {}
    for each in mutate_reports.mutations(read):
        by_kind.setdefault(each.kind, each)
    assert by_kind.keys() == mutate_reports.KINDS.keys()
    for kind, each in by_kind.items():
        stubborn = replace(each.claim, evidence=replace(each.claim.evidence, start=each.start, text="It is said anew."))
        assert not mutate_reports.behaves(each, replace(read, claims=(stubborn,))), kind


def test_what_another_sentence_says_too_may_stay(reader: Reader) -> None:
    read = reader.read(_report("Arland attacked Bortavia.", "Again Arland attacked Bortavia."))
    deleted = [each for each in mutate_reports.mutations(read) if each.kind == "deleted"]
    assert len(deleted) == 2
    assert all(mutate_reports.behaves(each, reader.read(each.report)) for each in deleted)
    assert all(reader.read(each.report).claims for each in deleted)


def test_the_changed_sentences_are_english(read: Reading) -> None:
    made = {each.sentence for each in mutate_reports.mutations(read)}
    assert made >= {
        "Arland did not attack Bortavia.",
        "Cassia has not rejected the truce.",
        "The rebels are not blocking the road to Vellin.",
        "Arland denied that it attacked Bortavia.",
        "It is not true that the president criticised Forland.",
        "Bortavia attacked Arland.",
        "Elvania released forty prisoners, Maria Lindqvist said.",
        "Police will arrest a journalist in Quill.",
        "If Arland attacked Bortavia, nobody would be safe.",
    }


def test_only_what_occurred_is_put_off(read: Reading) -> None:
    put_off = [each for each in mutate_reports.mutations(read) if each.kind in ("put off", "supposed")]
    assert {each.claim.status for each in put_off} == {Status.OCCURRED}
