"""Bodies and contradictions from claims made by hand, and what holds for the record as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from process_claims import MONDAY, OSGILIATH, ROOT, claim, record, story_of_a_truce

from dragoman.model import Claim
from dragoman.process.records import ProcessRecord
from dragoman.rulebook.loader import load_rulebook

# mechanisms


def test_a_committee_with_its_mandate() -> None:
    content = "the formation of a Council committee to oversee the breakup of militias"
    (entry,) = record(claim("REQUEST", f"Sauron demanded {content}.", actor=("sauron",), content=content)).mechanisms
    assert (entry.name, entry.kind, entry.status) == ("Council committee", "oversight", "demanded")
    assert (entry.mandate, entry.asked_by) == ("oversee the breakup of militias", ("sauron",))


def test_who_is_asked_in_and_out() -> None:
    entries = record(
        claim(
            "REQUEST",
            "Sauron stipulated that Rohan does not participate in international monitoring of the peace process.",
            actor=("sauron",),
            recipient=("rohan",),
            content="that Rohan does not participate in international monitoring of the peace process",
        ),
        claim(
            "REQUEST",
            "Gondor asked for Dale to be given seats as guarantors.",
            at=5,
            actor=("gondor",),
            content="to be given seats as guarantors",
            words={"clause": "Gondor asked for Dale to be given seats as guarantors"},
        ),
    ).mechanisms
    assert [(e.name, e.kind, e.asked_out, e.asked_in) for e in entries] == [
        ("international monitoring", "monitoring", ("rohan",), ()),
        ("guarantors", "oversight", (), ("dale",)),
    ]
    assert entries[0].mandate == "the peace process"


def test_it_is_the_body_named_before() -> None:
    (entry,) = record(
        claim(
            "CONSULT",
            "A Council committee that is to monitor the truce met.",
            actor=("council",),
            words={"subject": "A Council committee that is to monitor the truce"},
        ),
        claim(
            "REQUEST",
            "Sauron demanded that Rohan be excluded from it.",
            at=2,
            actor=("sauron",),
            recipient=("rohan",),
            content="that Rohan be excluded from it",
        ),
    ).mechanisms
    assert (entry.kind, entry.asked_out, entry.status) == ("monitoring", ("rohan",), "working")


def test_a_committee_without_a_task_is_no_mechanism() -> None:
    assert (
        record(claim("REQUEST", "Dale asked for a committee.", actor=("dale",), content="a committee")).mechanisms == ()
    )


# contradictions, order, and the whole


def test_two_counts_of_one_attack() -> None:
    base = claim(
        "ASSAULT",
        "Shells killed 12 civilians.",
        actor=("mordor",),
        recipient=("gondor",),
        date=MONDAY,
        place=OSGILIATH,
        casualties="12 civilians",
        event_id="e",
    )
    other = replace(base, id="z", casualties="at least twenty civilians", evidence=replace(base.evidence, sentence=4))
    (found,) = record(base, other).contradictions
    assert (found.kind, found.versions) == ("casualties", ("12 civilians", "at least twenty civilians"))
    assert record(base, replace(other, event_id="f", place=None)).contradictions == ()


def everything() -> list[Claim]:
    return [
        *story_of_a_truce(),
        claim(
            "REQUEST",
            "Denethor demands a Council mission to monitor the truce.",
            at=1,
            actor=("denethor",),
            content="a Council mission to monitor the truce",
        ),
        claim(
            "SUPPORT",
            "Rohan backs Gondor with arms.",
            at=9,
            actor=("rohan",),
            recipient=("gondor",),
            means="arms",
            marks=("alignment.political",),
        ),
        claim(
            "ACCUSE",
            "Gondor accused the Orcs of breaking the truce.",
            at=10,
            actor=("gondor",),
            recipient=("orcs",),
            content="breaking the truce",
        ),
        claim("CONSULT", "Gondor and Rohan met on Monday.", at=11, actor=("gondor", "rohan"), date=MONDAY),
    ]


@given(st.permutations(everything()))
def test_the_order_of_claims_changes_nothing(claims: Sequence[Claim]) -> None:
    assert record(*claims) == record(*everything())


def test_every_entry_rests_on_claims_and_its_evidence_is_one_of_theirs() -> None:
    claims = {each.id: each for each in everything()}
    found = record(*claims.values())
    entries = [
        entry
        for name in (
            "alignments",
            "positions",
            "talks",
            "agreements",
            "signatures",
            "ceasefires",
            "violations",
            "mechanisms",
        )
        for entry in getattr(found, name)
    ]
    assert len(entries) > 8
    for entry in entries:
        assert entry.claims
        assert entry.evidence in [claims[i].evidence for i in entry.claims]
        assert entry.sentences[0] == min(claims[i].evidence.sentence for i in entry.claims)
    assert len({entry.id for entry in entries}) == len(entries)


def test_no_claims_no_record_and_no_day_no_crash() -> None:
    assert record() == ProcessRecord()
    assert record(*everything(), day=None).signatures


def test_every_word_list_is_used_and_every_used_list_is_there() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (
            *sorted(ROOT.glob("*.py")),
            *sorted((ROOT.parent / "board").glob("*.py")),
            ROOT.parent / "rulebook" / "process.toml",  # rules over time name lists, too
        )
    )
    dynamic = (
        "support_",
        "kind_",
        "task_",
        "verbs_",
        "format_",
        "told_verbs_",
        "truce_",
        "talks_before_",
        "talks_after_",
    )
    lists = load_rulebook(None).process
    unused = [name for name in lists if f'"{name}"' not in source and not name.startswith(dynamic)]
    assert unused == []
    assert all(words and len(set(words)) == len(words) for words in lists.values())
