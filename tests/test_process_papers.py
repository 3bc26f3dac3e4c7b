"""Agreements, truces, breaches, bodies and contradictions from claims made by hand; the record as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from process_claims import MONDAY, OSGILIATH, TUESDAY, claim, record, story_of_a_truce

from dragoman.model import Status, When

# agreements and signatures


def test_the_deal_the_truce_and_it_are_one_document() -> None:
    found = record(*story_of_a_truce())
    (agreement,) = found.agreements
    assert (agreement.name, agreement.kind, agreement.status) == (
        "truce agreement",
        "ceasefire",
        "partly_signed",
    )
    assert agreement.place == OSGILIATH
    assert [(s.party, s.status, s.document, len(s.claims)) for s in found.signatures] == [
        ("sauron", "not_signed", "truce agreement", 2),
        ("sauron", "refused", "truce agreement", 1),
        ("denethor", "signed", "truce agreement", 1),
    ]
    assert found.signatures[1].speakers == ("denethor",)


def test_monday_or_tuesday_stay_side_by_side() -> None:
    (found,) = record(*story_of_a_truce()).contradictions
    assert (found.kind, found.versions) == ("date", ("2020-01-13 (on Monday)", "2020-01-14 (on Tuesday)"))
    assert [side.evidence.sentence for side in found.sides] == [2, 4]


def test_signed_or_not_is_a_contradiction_but_a_change_of_mind_is_none() -> None:
    signed = claim(
        "SUPPORT",
        "Sauron signed the deal.",
        at=9,
        actor=("sauron",),
        content="the deal",
        date=TUESDAY,
        marks=("signature.signed",),
    )
    refused = claim(
        "REJECT",
        "Sauron refused to sign the deal.",
        actor=("sauron",),
        content="to sign the deal",
        marks=("signature.refused",),
    )
    assert [c.kind for c in record(signed, refused).contradictions] == ["status"]
    assert record(signed, replace(refused, date=MONDAY)).contradictions == ()


def test_earlier_documents_are_documents_of_their_own() -> None:
    june = When(earliest=date(2019, 6, 27), latest=date(2019, 6, 27), phrase="on June 27")
    found = record(
        claim(
            "SUPPORT",
            "Both signed a revised peace agreement.",
            actor=("gondor", "mordor"),
            date=MONDAY,
            content="a revised peace agreement",
            marks=("signature.signed",),
        ),
        claim(
            "SUPPORT",
            "They signed a declaration on June 27.",
            at=2,
            actor=("gondor", "mordor"),
            date=june,
            content="a declaration",
            status=Status.HISTORICAL,
            marks=("signature.signed",),
        ),
    )
    assert [(a.name, a.kind, a.status) for a in found.agreements] == [
        ("revised peace agreement", "comprehensive", "signed"),
        ("declaration", "framework", "signed"),
    ]


def test_negated_future_and_hypothetical_signing() -> None:
    base = claim("SUPPORT", "Rohan signs the pact.", actor=("rohan",), content="the pact", marks=("signature.signed",))
    for changes, status in (
        ({"negated": True}, ["not_signed"]),
        ({"status": Status.FUTURE}, ["will_sign"]),
        ({"status": Status.HYPOTHETICAL}, []),
    ):
        assert [s.status for s in record(replace(base, **changes)).signatures] == status


def test_trade_deals_are_not_of_the_record_and_voters_do_not_sign() -> None:
    found = record(
        claim(
            "SUPPORT",
            "Dale signed a trade deal.",
            actor=("dale",),
            content="a trade deal",
            marks=("signature.signed",),
        )
    )
    assert found.agreements == ()
    assert found.signatures == ()


def test_what_a_document_requires_is_a_term_and_no_demand() -> None:
    found = record(
        claim(
            "AGREE",
            "Both reached the peace deal.",
            actor=("gondor", "mordor"),
            content="the peace deal",
            marks=("agreement.reached",),
        ),
        claim(
            "REQUEST",
            "It requires both to free captives.",
            at=2,
            actor=("gondor",),
            content="to free captives",
            words={"subject": "It", "verb": "require"},
        ),
    )
    assert found.agreements[0].terms == ("to free captives",)
    assert found.positions == ()


# ceasefires and violations


def test_declared_from_and_until_are_three_days() -> None:
    text = "a truce beginning on Jan. 16 and lasting until Jan. 20"
    found = record(
        claim(
            "AGREE",
            f"Both agreed on {text}.",
            actor=("gondor", "mordor"),
            content=text,
            date=MONDAY,
            marks=("ceasefire.agreed",),
        ),
    )
    (entry,) = found.ceasefires
    assert (entry.status, entry.parties, entry.declared) == ("agreed", ("gondor", "mordor"), MONDAY)
    assert entry.from_ is not None
    assert entry.from_.earliest == date(2020, 1, 16)
    assert entry.until is not None
    assert entry.until.latest == date(2020, 1, 20)


def test_a_demand_for_a_truce_with_a_day_gives_the_day_and_who_is_asked() -> None:
    (entry,) = record(
        claim(
            "REQUEST",
            "Dale called on both to accept a ceasefire beginning on Jan. 12.",
            actor=("dale",),
            recipient=("gondor", "mordor"),
            content="to accept a ceasefire beginning on Jan. 12",
        ),
    ).ceasefires
    assert (entry.status, entry.parties) == ("proposed", ("gondor", "mordor"))
    assert entry.from_ is not None
    assert entry.from_.earliest == date(2020, 1, 12)


def test_a_complaint_does_not_end_a_truce_that_holds() -> None:
    holds = claim(
        "RETREAT",
        "The truce appears to hold.",
        hedged=True,
        marks=("ceasefire.holding",),
        words={"subject": "The truce"},
    )
    complains = claim(
        "ACCUSE",
        "Gondor accused Mordor of breaking the truce.",
        at=2,
        actor=("gondor",),
        recipient=("mordor",),
        content="breaking the truce",
    )
    (entry,) = record(holds, complains).ceasefires
    assert (entry.status, entry.hedged, entry.contrary) == ("holding", True, (complains.id,))
    assert entry.evidence == holds.evidence
    assert record(complains).ceasefires[0].status == "violated"


def test_ceasefire_states() -> None:
    for mark, negated, status in (
        ("ended", False, "ended"),
        ("extended", False, "extended"),
        ("in_force", False, "in_force"),
        ("rejected", False, "rejected"),
        ("holding", True, "violated"),
        ("declared", False, "agreed"),
    ):
        one = claim(
            "RETREAT",
            "The truce.",
            actor=("gondor",),
            marks=(f"ceasefire.{mark}",),
            words={"subject": "The truce"},
        )
        assert [c.status for c in record(replace(one, negated=negated)).ceasefires] == [status]


def test_accuser_accused_and_denial() -> None:
    accuses = claim(
        "ACCUSE",
        "Gondor accused the Orcs of violating the truce.",
        actor=("gondor",),
        recipient=("orcs",),
        content="violating the truce",
    )
    denies = claim("ASSAULT", "The Orcs denied firing.", at=2, actor=("orcs",), negated=True, said=("orcs",))
    (entry,) = record(accuses, denies).violations
    assert (entry.accuser, entry.accused, entry.denied_by) == ("gondor", ("orcs",), ("orcs",))
    assert (entry.act, entry.contrary) == ("violating the truce", (denies.id,))


def test_each_other_makes_two_violations_and_a_body_verifies() -> None:
    entries = record(
        claim(
            "ACCUSE",
            "Both accused each other of breaking the truce.",
            actor=("gondor", "mordor"),
            content="breaking the truce",
        ),
        claim(
            "ACCUSE",
            "The Council recorded 14 violations.",
            at=8,
            actor=("council",),
            content="14 violations",
            marks=("violation.alleged",),
            words={"clause": "The Council recorded 14 violations", "verb": "record"},
        ),
    ).violations
    assert {(e.accuser, e.accused, e.verified_by) for e in entries} == {
        ("gondor", ("mordor",), ()),
        ("mordor", ("gondor",), ()),
        ("council", (), ("council",)),
    }


def test_blame_for_something_else_is_no_violation() -> None:
    assert (
        record(
            claim(
                "ACCUSE",
                "Dale blamed Rohan for the drought.",
                actor=("dale",),
                recipient=("rohan",),
                content="the drought",
            )
        ).violations
        == ()
    )


def test_a_truce_and_a_framework_deal_are_two_documents() -> None:
    found = record(
        claim(
            "AGREE",
            "Both agreed on a truce.",
            actor=("gondor", "mordor"),
            content="a truce",
            marks=("agreement.reached",),
        ),
        claim(
            "REJECT",
            "Rohan refused to sign the framework deal.",
            at=2,
            actor=("rohan",),
            content="to sign the framework deal",
            marks=("signature.refused",),
        ),
        claim(
            "REJECT",
            "It left without signing it.",
            at=3,
            actor=("rohan",),
            content="signing it",
            marks=("signature.not_signed",),
        ),
    )
    assert [(a.name, a.kind, a.status) for a in found.agreements] == [
        ("truce", "ceasefire", "reached"),
        ("framework deal", "framework", "not_signed"),
    ]


def test_an_extension_is_not_a_declaration() -> None:
    (entry,) = record(
        claim(
            "AGREE",
            "Both agreed to extend the truce until Jan. 20.",
            actor=("gondor", "mordor"),
            date=MONDAY,
            content="to extend the truce until Jan. 20",
            marks=("ceasefire.agreed",),
        ),
    ).ceasefires
    assert (entry.status, entry.declared) == ("extended", None)
    assert entry.until is not None
    assert entry.until.latest == date(2020, 1, 20)


def test_an_accusation_that_is_denied_in_the_same_breath() -> None:
    (entry,) = record(
        claim(
            "ACCUSE",
            "Gondor accused Mordor of breaking the truce, which it denied.",
            actor=("gondor",),
            recipient=("mordor",),
            content="breaking the truce",
            negated=True,
            said=("mordor",),
        ),
    ).violations
    assert (entry.accuser, entry.accused, entry.denied_by) == ("gondor", ("mordor",), ("mordor",))


def test_who_calls_for_a_truce_is_no_side_of_it_and_a_pledge_to_end_war_is_none() -> None:
    found = record(
        claim(
            "REQUEST",
            "Dale called on Gondor to accept a truce.",
            actor=("dale",),
            recipient=("gondor",),
            content="to accept a truce",
        ),
        claim("RETREAT", "a truce beginning soon", actor=("dale",), content="a truce", marks=("ceasefire.in_force",)),
        claim(
            "RETREAT",
            "Rohan pledged to end the war.",
            at=2,
            actor=("rohan",),
            content="the war",
            marks=("ceasefire.in_force",),
            words={"verb": "end", "object": "the war"},
        ),
    )
    assert [c.parties for c in found.ceasefires] == [("gondor",)]
