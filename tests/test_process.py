"""Alignments, positions, threats, talks and plans from claims made by hand."""

from __future__ import annotations

from datetime import date

from process_claims import DAY, MONDAY, OSGILIATH, TUESDAY, claim, record

from dragoman.model import Basis, Status, When

# alignments


def test_backer_and_backed_are_one_entry_with_the_fullest_means() -> None:
    entries = record(
        claim(
            "SUPPORT",
            "Rohan backs Gondor.",
            actor=("rohan",),
            recipient=("gondor",),
            marks=("alignment.political",),
        ),
        claim(
            "AID",
            "Rohan sent Gondor troops and arms.",
            at=2,
            actor=("rohan",),
            recipient=("gondor",),
            means="troops and arms",
        ),
    ).alignments
    assert [(e.backer, e.backed, e.kind, e.means, e.status) for e in entries] == [
        ("rohan", "gondor", "military", "troops and arms", "stated")
    ]
    assert len(entries[0].claims) == 2
    assert entries[0].sentences == (1, 2)


def test_one_kind_of_help_is_named_by_its_kind() -> None:
    (entry,) = record(
        claim("AID", "Dale lent Rohan money.", actor=("dale",), recipient=("rohan",), means="money")
    ).alignments
    assert entry.kind == "funds"


def test_what_an_accusation_says_is_no_alignment() -> None:
    sentence = "Gondor accused Mordor of arming the Orcs."
    accuses = claim("ACCUSE", sentence, actor=("gondor",), recipient=("mordor",), content="arming the Orcs")
    assert record(accuses).alignments == ()


def test_a_denial_stands_against_and_alone_makes_no_entry() -> None:
    backs = claim("AID", "Mordor sends the Orcs arms.", actor=("mordor",), recipient=("orcs",), means="arms")
    denies = claim(
        "AID",
        "Mordor denied sending arms.",
        at=2,
        actor=("mordor",),
        recipient=("orcs",),
        means="arms",
        negated=True,
        said=("mordor",),
    )
    both = record(backs, denies)
    assert both.alignments[0].contrary == (denies.id,)
    assert [c.kind for c in both.contradictions] == ["denial"]
    assert record(denies).alignments == ()


def test_praise_relief_and_gifts_by_bodies_are_no_alignments() -> None:
    assert (
        record(
            claim(
                "SUPPORT",
                "Rohan praised Gondor.",
                actor=("rohan",),
                recipient=("gondor",),
                rule="praise",
                marks=("alignment.political",),
                words={"verb": "praise"},
            ),
            claim("SUPPORT", "Rohan hailed the truce of Gondor.", at=2, actor=("rohan",), recipient=("gondor",)),
            claim(
                "AID",
                "The Council lent Gondor money.",
                at=3,
                actor=("council",),
                recipient=("gondor",),
                means="money",
            ),
            claim("AID", "Dale sent Gondor flour.", at=4, actor=("dale",), recipient=("gondor",), means="flour"),
        ).alignments
        == ()
    )


# positions and threats


def test_every_demand_is_a_position_and_headline_and_body_are_one() -> None:
    entries = record(
        claim(
            "REQUEST",
            "Denethor demands Mordor withdrawal",
            actor=("denethor",),
            recipient=("mordor",),
            content="Mordor withdrawal",
        ),
        claim(
            "REQUEST",
            "He asked that Mordor withdraw all troops.",
            at=3,
            actor=("denethor",),
            recipient=("mordor",),
            content="that Mordor withdraw all troops",
        ),
    ).positions
    assert [(e.party, e.stance, e.of, e.status) for e in entries] == [("denethor", "demand", ("mordor",), "held")]
    assert entries[0].sentences == (1, 3)


def test_stances_by_event_words_and_marks() -> None:
    entries = record(
        claim("REJECT", "Sauron rejected the plan.", actor=("sauron",), content="the plan"),
        claim(
            "AGREE",
            "Rohan offered to free captives.",
            at=2,
            actor=("rohan",),
            content="to free captives",
            words={"verb": "offer"},
            condition="if Mordor withdraws",
        ),
        claim(
            "AGREE",
            "Gondor accepted the terms.",
            at=3,
            actor=("gondor",),
            content="the terms",
            words={"verb": "accept"},
        ),
        claim(
            "REQUEST",
            "Dale drew a line.",
            at=4,
            actor=("dale",),
            content="no orcs",
            marks=("position.red_line",),
        ),
        claim(
            "CONCEDE",
            "The Orcs dropped their demand for land.",
            at=5,
            actor=("orcs",),
            content="their demand for land",
            words={"verb": "drop"},
        ),
    ).positions
    assert [(e.stance, e.status) for e in entries] == [
        ("refusal", "held"),
        ("offer", "conditional"),
        ("acceptance", "held"),
        ("red_line", "held"),
        ("demand", "dropped"),
    ]


def test_deeds_wishes_and_names_are_no_positions() -> None:
    assert (
        record(
            claim(
                "REJECT",
                "Sauron left without signing.",
                actor=("sauron",),
                content="signing",
                marks=("signature.not_signed",),
            ),
            claim(
                "REQUEST",
                "He could demand more.",
                at=2,
                actor=("sauron",),
                content="more",
                status=Status.HYPOTHETICAL,
            ),
            claim(
                "SUPPORT",
                "Rohan backs Gondor.",
                at=3,
                actor=("rohan",),
                content="Gondor",
                marks=("position.acceptance",),
            ),
            claim("REQUEST", "The Erebor Times asked.", at=4, actor=("erebor-times",), content="a truce"),
        ).positions
        == ()
    )


def test_threats_with_their_conditions_are_apart_and_repeats_together() -> None:
    condition = "should he renew his push"
    entries = record(
        claim(
            "THREATEN",
            "Sauron will pay a price should he renew his push.",
            actor=("denethor",),
            recipient=("sauron",),
            content="a price",
            condition=condition,
            said=("denethor",),
        ),
        claim(
            "THREATEN",
            "He would pay should he renew his push.",
            at=2,
            actor=("denethor",),
            recipient=("sauron",),
            content="a price",
            condition=condition,
            said=("denethor",),
        ),
        claim(
            "THREATEN",
            "He threatened Rohan with war.",
            at=3,
            actor=("denethor",),
            recipient=("rohan",),
            content="war",
            condition="unless it yields",
        ),
        claim("THREATEN", "He vowed to fight on.", at=4, actor=("sauron",), content="to fight on"),
    ).threats
    assert [(e.against, e.condition, e.consequence) for e in entries] == [
        (("sauron",), condition, "a price"),
        (("rohan",), "unless it yields", "war"),
    ]
    assert entries[0].speakers == ("denethor",)


def test_announced_force_on_a_condition_is_a_threat_with_its_deadline() -> None:
    (entry,) = record(
        claim(
            "ASSAULT",
            "Mordor will bomb Dale unless it yields by Friday.",
            actor=("mordor",),
            recipient=("dale",),
            status=Status.FUTURE,
            condition="unless it yields by Friday",
            words={"clause": "Mordor will bomb Dale unless it yields by Friday", "verb": "bomb"},
        ),
    ).threats
    assert entry.consequence == "Mordor will bomb Dale"
    assert entry.deadline is not None
    assert entry.deadline.latest == date(2020, 1, 17)


# talks and what is planned


def test_claims_on_one_place_are_the_same_talks() -> None:
    sentence = "Denethor left indirect peace talks in Osgiliath on Monday."
    entries = record(
        claim(
            "REJECT",
            sentence,
            actor=("denethor",),
            place=OSGILIATH,
            date=MONDAY,
            words={"object": "indirect peace talks", "verb": "leave"},
        ),
        claim(
            "SUPPORT",
            "Rohan mediated the talks.",
            at=2,
            actor=("rohan",),
            marks=("talks.mediate",),
            words={"object": "the talks"},
        ),
        claim(
            "CONSULT",
            "The talks ended inconclusively.",
            at=3,
            marks=("talks.ended",),
            words={"subject": "The talks", "clause": "The talks ended inconclusively"},
        ),
        claim(
            "CONSULT",
            "Sauron and Denethor negotiated.",
            at=4,
            actor=("sauron", "denethor"),
            marks=("talks.held",),
        ),
    ).talks
    assert [(e.name, e.format, e.status, e.mediators, e.outcome) for e in entries] == [
        ("indirect peace talks", "indirect", "ended", ("rohan",), "inconclusively")
    ]
    assert entries[0].parties == ("denethor", "sauron")
    assert entries[0].date == MONDAY


def test_talks_ahead_have_host_mediator_and_who_is_due() -> None:
    sentence = "Dale will host Council-led peace talks in Osgiliath this month."
    month = When(earliest=DAY, latest=date(2020, 1, 31), phrase="this month", basis=Basis.RELATIVE)
    found = record(
        claim(
            "AGREE",
            sentence,
            actor=("dale",),
            status=Status.FUTURE,
            place=OSGILIATH,
            date=month,
            marks=("talks.host",),
            words={"object": "Council-led peace talks in Osgiliath", "verb": "host"},
        ),
        claim(
            "AGREE",
            "Rohan and Gondor are due to attend.",
            at=2,
            actor=("rohan", "gondor"),
            status=Status.FUTURE,
            marks=("talks.attend",),
            words={"verb": "attend"},
        ),
        claim("REJECT", "Mordor will not attend.", at=3, actor=("mordor",), words={"verb": "attend"}),
    )
    (talks,) = found.talks
    assert (talks.status, talks.host, talks.mediators, talks.declined) == (
        "planned",
        "dale",
        ("council",),
        ("mordor",),
    )
    (planned,) = found.planned
    assert (planned.what, planned.kind, planned.due, planned.host) == (
        "peace talks",
        "meeting",
        ("rohan", "gondor"),
        "dale",
    )
    assert planned.window == month


def test_past_and_planned_talks_and_phone_calls_stay_apart() -> None:
    entries = record(
        claim(
            "CONSULT",
            "Gondor and Rohan held talks.",
            actor=("gondor", "rohan"),
            place=OSGILIATH,
            date=MONDAY,
            words={"object": "talks"},
        ),
        claim(
            "CONSULT",
            "Gondor and Rohan spoke by phone.",
            at=2,
            actor=("gondor", "rohan"),
            modes=("phone",),
            date=MONDAY,
            words={"subject": "The two leaders"},
        ),
        claim(
            "AGREE",
            "They agreed to hold talks.",
            at=3,
            actor=("gondor", "rohan"),
            content="to hold talks",
            status=Status.FUTURE,
        ),
    ).talks
    assert [(e.status, e.format) for e in entries] == [("held", None), ("held", "phone"), ("planned", None)]


def test_many_parties_with_a_body_are_multilateral_and_offers_are_proposed() -> None:
    entries = record(
        claim(
            "CONSULT",
            "Talks were held.",
            actor=("gondor", "rohan", "council"),
            marks=("talks.held",),
            words={"object": "Talks"},
        ),
        claim(
            "AGREE",
            "Denethor offered to hold talks with Sauron if he yields.",
            at=9,
            actor=("denethor",),
            recipient=("sauron",),
            content="to hold talks with Sauron",
            condition="if he yields",
            words={"verb": "offer"},
        ),
    ).talks
    assert [(e.format, e.status) for e in entries] == [("multilateral", "held"), (None, "proposed")]


def test_no_meeting_that_did_not_happen() -> None:
    assert record(claim("CONSULT", "They did not meet.", actor=("gondor", "rohan"), negated=True)).talks == ()


def test_other_speakers_day_of_the_same_talks_is_a_contradiction() -> None:
    found = record(
        claim(
            "CONSULT",
            "They met on Monday.",
            actor=("gondor", "rohan"),
            place=OSGILIATH,
            date=MONDAY,
            marks=("talks.held",),
            words={"subject": "The two sides"},
        ),
        claim(
            "CONSULT",
            "They met on Tuesday.",
            at=5,
            actor=("gondor", "rohan"),
            place=OSGILIATH,
            date=TUESDAY,
            marks=("talks.held",),
            words={"subject": "The two sides"},
            said=("orcs",),
        ),
    )
    assert len(found.talks) == 1
    assert [c.versions for c in found.contradictions] == [("2020-01-13 (on Monday)", "2020-01-14 (on Tuesday)")]


def test_deadlines_and_dated_acts_are_planned() -> None:
    friday = When(earliest=date(2020, 1, 17), latest=date(2020, 1, 17), phrase="on Friday")
    entries = record(
        claim(
            "REQUEST",
            "The Council told both to name officers by Friday.",
            actor=("council",),
            recipient=("gondor", "mordor"),
            content="to name officers by Friday",
        ),
        claim(
            "AGREE",
            "Dale will send observers on Friday.",
            at=2,
            actor=("dale",),
            status=Status.FUTURE,
            content="observers",
            date=friday,
        ),
        claim(
            "AGREE",
            "Dale promised help in 2019.",
            at=3,
            actor=("dale",),
            status=Status.FUTURE,
            content="help",
            date=When(earliest=date(2019, 1, 1), latest=date(2019, 12, 31)),
        ),
    ).planned
    assert [(e.kind, e.due) for e in entries] == [("deadline", ("gondor", "mordor")), ("act", ("dale",))]
    assert entries[0].window.latest == date(2020, 1, 17)


def test_who_boycotts_held_talks_and_who_postpones_talks_ahead() -> None:
    entries = record(
        claim(
            "SUPPORT",
            "Rohan mediated talks.",
            actor=("rohan",),
            place=OSGILIATH,
            marks=("talks.mediate",),
            words={"object": "talks"},
        ),
        claim(
            "REJECT",
            "Mordor boycotted the talks.",
            at=2,
            actor=("mordor",),
            marks=("talks.boycott",),
            words={"object": "the talks"},
        ),
        claim(
            "REJECT",
            "Dale postponed the summit.",
            at=6,
            actor=("dale",),
            marks=("talks.postponed",),
            words={"object": "the summit"},
        ),
    ).talks
    assert [(e.name, e.status, e.declined, e.parties) for e in entries] == [
        ("talks", "held", ("mordor",), ()),
        ("summit", "postponed", (), ()),
    ]
