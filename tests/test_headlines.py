"""The grammar of headlines: plain verbs, titles with capitals, clauses side by side."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.model import EventType, Status
from dragoman.reading.headlines import is_heading, is_titled, past_forms, untitled
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader

BODY = "The envoy of Kenya spoke in Nairobi on Monday. A spokesman for the army of Kenya had no comment."


def events(reader: Reader, heading: str) -> set[EventType]:
    """Return the types that the claims of a heading have."""
    reading = reader.read(from_text(f"{heading}\n\n{BODY}", IntakeOptions(published=date(2024, 5, 15))))
    return {claim.event for claim in reading.claims if claim.evidence.sentence == 1}


@pytest.mark.parametrize(
    ("heading", "event"),
    [
        ("Rebels free bishop in Kenya after talks", EventType.RETREAT),
        ("Kenya's army and rebels sign truce in Nairobi", EventType.SUPPORT),
        ("UN Envoy Urges Kenya's Army to Halt Attacks", EventType.REQUEST),
        ("Sudan rejects UN envoy, warns Kenya over border", EventType.REJECT),
        ("Kenya signs truce with hill rebels", EventType.SUPPORT),
        ("Kenya fires warning shots at Sudan's patrol boat", EventType.ASSAULT),
        ("Two monks abducted in northern Kenya", EventType.ASSAULT),
        ("Kenya's army accused of burning villages", EventType.ACCUSE),
        ("Sudan's Lowlanders fire missile at airport in Kenya", EventType.ASSAULT),
        ("Kenya to host talks between Sudan, hill rebels", EventType.AGREE),
        ("Kenyan envoy in Khartoum for talks on border", EventType.CONSULT),
        ("Kenya and Sudan in new talks over border", EventType.CONSULT),
        ("Hill rebels told to leave Nakuru as Kenya, Sudan meet", EventType.REQUEST),
    ],
)
def test_a_heading_tells_its_act(reader: Reader, heading: str, event: EventType) -> None:
    assert event in events(reader, heading)


def test_a_comma_joins_two_who_act(reader: Reader) -> None:
    reading = reader.read(
        from_text(f"Sudan, Kenya agree to truce\n\n{BODY}", IntakeOptions(published=date(2024, 5, 15)))
    )
    first = next(claim for claim in reading.claims if claim.evidence.sentence == 1)
    assert first.actor == ("sudan", "kenya")


def test_a_plan_in_a_heading_is_to_come(reader: Reader) -> None:
    reading = reader.read(
        from_text(
            f"Kenya to host talks between Sudan, hill rebels\n\n{BODY}", IntakeOptions(published=date(2024, 5, 15))
        )
    )
    first = next(claim for claim in reading.claims if claim.evidence.sentence == 1)
    assert first.status is Status.FUTURE
    assert first.actor == ("kenya",)


def test_what_was_done_to_somebody_in_a_heading_has_no_doer(reader: Reader) -> None:
    reading = reader.read(
        from_text(f"Two monks abducted in Sudan\n\n{BODY}", IntakeOptions(published=date(2024, 5, 15)))
    )
    first = next(claim for claim in reading.claims if claim.evidence.sentence == 1)
    assert not first.actor
    assert first.recipient == ("monks",)


def test_a_heading_is_short_and_has_no_full_stop() -> None:
    assert is_heading("Kenya rejects envoy", 3)
    assert not is_heading("Kenya rejects the envoy.", 3)
    assert not is_heading("Kenya rejects envoy", 1)


def test_names_of_the_body_keep_their_capitals_in_a_title() -> None:
    title = "Envoy Urges Ravelin Guard To Leave"
    assert is_titled(title)
    assert untitled(title, "He said that the Ravelin men left.", str.lower) == "envoy urges Ravelin guard to leave"


def test_past_forms_follow_the_table_and_else_the_rule() -> None:
    assert past_forms(["seize", "carry"], {"sought": ["seek"]}) == {"seize": "seized", "carry": "carried"}
