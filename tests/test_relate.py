"""The one relation of a marked pair in a sentence: rows of our own, directions, and rows that cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from test_events import Said, noun, said, scene

from dragoman.model import EventType, Status
from dragoman.reading.reader import Reader
from dragoman.reading.relate import Relation, Row, _is_content, _is_weighed, _nearest, _under_way, fault_of, relate

PLAIN = "Gondor attacked Rohan."
ROWS = [
    ("Gondor accused Rohan of arming the rebels.", "Gondor", "Rohan", "ACCUSE"),
    ("Rohan was accused by Gondor of arming the rebels.", "Gondor", "Rohan", "ACCUSE"),
    ("Gondor attacked Rohan on Monday.", "Gondor", "Rohan", "ASSAULT"),
    ("Gondor urged Rohan to free the prisoners.", "Gondor", "Rohan", "REQUEST"),
    ("Gondor rejected an offer from Rohan.", "Gondor", "Rohan", "REJECT"),
    ("Gondor threatened to attack Rohan.", "Gondor", "Rohan", "THREATEN"),
    ("Gondor praised Rohan for its help.", "Gondor", "Rohan", "SUPPORT"),
    ("Gondor imposed sanctions on Rohan.", "Gondor", "Rohan", "SANCTION COERCE"),
    ("Gondor arrested Tilda Varn in the capital.", "Gondor", "Tilda Varn", "COERCE"),
    ("Students marched against Gondor on Monday.", "Students", "Gondor", "PROTEST"),
    ("Gondor and Rohan held talks in Rome.", "Gondor", "Rohan", "CONSULT"),
    ("Gondor sent food to Rohan.", "Gondor", "Rohan", "AID"),
    ("Gondor withdrew its troops from Rohan.", "Gondor", "Rohan", "RETREAT"),
    ("Gondor lifted sanctions on Rohan.", "Gondor", "Rohan", "CONCEDE"),
    ("Gondor will send food to Rohan.", "Gondor", "Rohan", "AGREE"),
    ("President Doe refused to meet with the Rohan envoy when he arrived.", "President Doe", "Rohan envoy", "REJECT"),
    ("Gondor is willing to send arms alongside humanitarian assistance to Rohan.", "Gondor", "Rohan", "AGREE"),
    ("Gondor said it would allow the Red Cross to deliver food.", "Gondor", "the Red Cross", "AGREE"),
    ("Gondor said the council of Rohan should free the prisoners.", "Gondor", "the council of Rohan", "REQUEST"),
    ("Gondor said on Monday that it would free the prisoners of Rohan.", "Gondor", "Rohan", "AGREE"),
    ("Gondor will attack Rohan.", "Gondor", "Rohan", "THREATEN"),
    ("Gondor will impose sanctions on Rohan.", "Gondor", "Rohan", "THREATEN"),
    ("Gondor did not help Rohan.", "Gondor", "Rohan", "REJECT"),
    ("Gondor will observe a ceasefire with Rohan from Monday.", "Gondor", "Rohan", "AGREE"),
    ("Gondor promised to send arms to Rohan.", "Gondor", "Rohan", "AGREE"),
    ("Gondor demanded that Rohan withdraw its troops from Bree.", "Gondor", "Rohan", "REQUEST"),
    ("After Rohan shelled the town of Bree, Gondor condemned Rohan.", "Gondor", "Rohan", "ACCUSE"),
    ("The envoy of Gondor, who met Rohan on Monday, praised Arnor.", "Gondor", "Arnor", "SUPPORT"),
    ("The envoy of Gondor, who met Rohan on Monday, praised Arnor.", "Gondor", "Rohan", "CONSULT"),
    ("Gondor says Rohan must end its attacks on Arnor.", "Gondor", "Rohan", "REQUEST"),
    (
        "The unions say they will not end the strike until their members ratify a deal.",
        "The unions",
        "their members",
        "REJECT",
    ),
    ("Gondor could not agree with Rohan on the price.", "Gondor", "Rohan", "REJECT"),
    ("Gondor wants to buy gas from Rohan.", "Gondor", "Rohan", "AGREE"),
    ("Gondor is considering a ban on the party.", "Gondor", "the party", "THREATEN"),
    ("Opposition leaders have announced they are boycotting the vote.", "Opposition leaders", "the vote", "PROTEST"),
    ("A court in Gondor ordered the retrial of a Rohan sailor.", "A court in Gondor", "a Rohan sailor", "ACCUSE"),
    (
        "The Gondor government ordered all foreigners to leave the province.",
        "The Gondor government",
        "foreigners",
        "COERCE",
    ),
]


def one(reader: Reader, sentence: str, source: str, target: str) -> Relation:
    """Return the relation of a single row."""
    return next(relate(reader, [Row(id="r", sentence=sentence, source=source, target=target)]))


@pytest.mark.parametrize(("sentence", "source", "target", "wanted"), ROWS)
def test_the_relation_of_a_pair(reader: Reader, sentence: str, source: str, target: str, wanted: str) -> None:
    found = one(reader, sentence, source, target)
    assert found.event is not None
    assert found.event.value in wanted.split()
    assert found.rule


def test_of_two_acts_the_one_between_the_pair_is_told(reader: Reader) -> None:
    sentence = "Gondor praised Rohan but condemned Arnor."
    assert one(reader, sentence, "Gondor", "Rohan").event is EventType.SUPPORT
    assert one(reader, sentence, "Gondor", "Arnor").event is EventType.ACCUSE


def test_of_two_sources_each_has_its_act(reader: Reader) -> None:
    sentence = "Gondor condemned Arnor, while Rohan praised Arnor."
    assert one(reader, sentence, "Gondor", "Arnor").event is EventType.ACCUSE
    assert one(reader, sentence, "Rohan", "Arnor").event is EventType.SUPPORT


def test_negation_and_plans_are_told(reader: Reader) -> None:
    assert one(reader, "Gondor never attacked Rohan.", "Gondor", "Rohan").negated
    assert not one(reader, "Gondor attacked Rohan.", "Gondor", "Rohan").negated
    planned = one(reader, "Gondor will send food to Rohan.", "Gondor", "Rohan")
    assert (planned.status, planned.modes) == (Status.FUTURE, ())


def test_a_sentence_without_a_relation_gives_none(reader: Reader) -> None:
    found = one(reader, "Gondor lies north of Rohan.", "Gondor", "Rohan")
    assert found == Relation(id="r")


def test_an_empty_target_scores_the_source_alone(reader: Reader) -> None:
    found = one(reader, "Teachers in Gondor went on strike on Monday.", "Teachers", "")
    assert found.event is EventType.PROTEST


def test_line_breaks_and_double_spaces_do_not_matter(reader: Reader) -> None:
    spaced = one(reader, "Gondor  accused\nTilda   Varn of lies. ", "Gondor", "Tilda\nVarn")
    assert spaced == one(reader, "Gondor accused Tilda Varn of lies.", "Gondor", "Tilda Varn")


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [("Arnor", "Rohan", "source 'Arnor'"), ("Gondor", "Arnor", "target 'Arnor'"), ("", "Rohan", "source ''")],
)
def test_a_phrase_that_is_not_in_the_sentence_is_told_and_not_marked(
    reader: Reader, source: str, target: str, told: str
) -> None:
    fault = fault_of(Row(id="r", sentence=PLAIN, source=source, target=target))
    assert str(fault) == f"row r: {told} is not in the sentence; mark words of the sentence"
    assert one(reader, PLAIN, source, target).event is EventType.ASSAULT


@pytest.mark.parametrize(("source", "target"), [("Gondor", "Rohan"), ("Gondor", ""), ("Gondor  attacked", "Rohan ")])
def test_a_row_whose_phrases_are_there_has_no_fault(source: str, target: str) -> None:
    assert fault_of(Row(id="r", sentence=PLAIN, source=source, target=target)) is None


@pytest.mark.parametrize(
    ("sentence", "source", "target"), [(PLAIN, "Arnor", "Dale"), ("", "Gondor", "Rohan"), (PLAIN, "", "")]
)
def test_a_row_with_nothing_marked_gives_no_relation(reader: Reader, sentence: str, source: str, target: str) -> None:
    assert one(reader, sentence, source, target) == Relation(id="r")


def test_rows_come_back_in_order_whatever_is_wrong_with_some(reader: Reader) -> None:
    rows = [
        Row(id="a", sentence=PLAIN, source="Gondor", target="Rohan"),
        Row(id="b", sentence="", source="Gondor", target="Rohan"),
        Row(id="c", sentence="Gondor praised Rohan.", source="Gondor", target="Rohan"),
    ]
    assert [(r.id, r.event) for r in relate(reader, rows)] == [
        ("a", EventType.ASSAULT),
        ("b", None),
        ("c", EventType.SUPPORT),
    ]


def test_a_row_gives_the_same_alone_and_among_many(reader: Reader) -> None:
    sentences = (
        PLAIN,
        "Gondor praised Rohan.",
        "Gondor may, said Rohan's envoy, yet attack Rohan.",
        "",
        "Gondor met Rohan.",
    )
    rows = [Row(id=str(n), sentence=sentences[n % 5], source="Gondor", target="Rohan") for n in range(150)]
    assert list(relate(reader, rows)) == [next(relate(reader, [row])) for row in rows]


TO, ING = {"tense": "infinitive"}, {"tense": "participle"}
PLAN = said("plan", subject="gondor")
WEIGHED = [
    ("wants to attack", [PLAN, said("attack", "plan", **TO)], True),
    ("considers attacking", [PLAN, said("attack", "plan", **ING)], True),
    ("the plan to attack", [noun("plan"), said("attack", "plan", "modifier", **TO)], True),
    ("plans an attack", [PLAN, noun("attack", "plan", "object")], True),
    ("prepares for an attack", [PLAN, noun("attack", "plan", "for")], True),
    ("planned after an attack", [PLAN, noun("attack", "plan", "after")], False),
    ("plans and attacks", [PLAN, said("attack", "plan", "conjunct", **TO)], False),
    ("plans that it attacked", [PLAN, said("attack", "plan", tense="past")], False),
    ("planned what it attacked", [PLAN, said("attack", "plan", "object", tense="past")], False),
    ("ended an attack", [said("end"), noun("attack", "end", "object")], False),
    ("ended to attack", [said("end"), said("attack", "end", **TO)], False),
    ("attacked", [said("attack")], False),
]


@pytest.mark.parametrize(("title", "clauses", "weighed"), WEIGHED, ids=[row[0] for row in WEIGHED])
def test_what_somebody_plans_is_not_done_yet(title: str, clauses: Sequence[Said], weighed: bool) -> None:
    made = scene("gondor plan end attack", *clauses)
    assert _is_weighed(made, made.clauses[-1]) is weighed


URGE = said("urge")
CONTENT = [
    ("urged to attack", [URGE, said("attack", "urge", **TO)], True),
    ("urged, to attack", [URGE, said("attack", "urge", "purpose", **TO)], True),
    ("the urging to attack", [noun("urge"), said("attack", "urge", "modifier", **TO)], True),
    ("urged that it attacks", [URGE, said("attack", "urge", tense="present")], True),
    ("urged an attack", [URGE, noun("attack", "urge", "object")], True),
    ("urged when it attacked", [URGE, said("attack", "urge", "time", tense="past")], False),
    ("urged, then to attack", [URGE, said("attack", "urge", "conjunct", **TO)], False),
    ("urged, attacking", [URGE, said("attack", "urge", "purpose", **ING)], False),
    ("urged to end an attack", [URGE, said("end", "urge", **TO), noun("attack", "end", "object")], True),
    ("urged after it ended an attack", [URGE, said("end", "urge", "after", tense="past"), noun("attack", "end", "object")], False),
    ("attacked", [URGE, said("attack")], False),
]  # fmt: skip


@pytest.mark.parametrize(("title", "clauses", "inside"), CONTENT, ids=[row[0] for row in CONTENT])
def test_what_is_asked_or_refused_stands_in_to_and_that_clauses(
    title: str, clauses: Sequence[Said], inside: bool
) -> None:
    made = scene("gondor urge end attack", *clauses)
    assert _is_content(made, made.clauses[-1], made.clauses[0]) is inside


@pytest.mark.parametrize(
    ("fields", "goes_on"),
    [
        ({"tense": "present"}, True),
        ({"tense": "past"}, False),
        ({"tense": "present", "modal": "will"}, False),
        ({"tense": "present", "form": "noun"}, False),
    ],
)
def test_an_act_in_the_present_is_under_way(fields: dict[str, Any], goes_on: bool) -> None:
    assert _under_way(scene("attack", said("attack", **fields)).clauses[0]) is goes_on


@pytest.mark.parametrize(
    ("text", "pair", "spans"),
    [
        ("A hit B", ("A", "B"), ((0, 1), (6, 7))),
        ("B hit A", ("A", "B"), ((6, 7), (0, 1))),
        ("A saw him and A hit B", ("A", "B"), ((14, 15), (20, 21))),
        ("B fled as A hit B there", ("A", "B"), ((10, 11), (16, 17))),
        ("B by A, though A saw no B", ("A", "B"), ((5, 6), (0, 1))),
        ("A of B hit B", ("A of B", "B"), ((0, 6), (11, 12))),
        ("AB", ("A", "B"), ((0, 1), (1, 2))),
        ("BA", ("A", "B"), ((1, 2), (0, 1))),
        ("A of B", ("A of B", "B"), ((0, 6), (5, 6))),
        ("A hit it", ("A", ""), ((0, 1), (0, 0))),
        ("it hit B", ("", "B"), ((0, 0), (7, 8))),
    ],
)
def test_of_a_phrase_that_stands_twice_the_nearest_is_meant(text: str, pair: tuple[str, str], spans: object) -> None:
    assert _nearest(text, pair) == spans
