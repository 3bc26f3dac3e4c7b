"""The one relation of a marked pair in a sentence: rows of our own, directions, and rows that cannot be used."""

from __future__ import annotations

import pytest

from dragoman.model import EventType, Status
from dragoman.reading.reader import Reader
from dragoman.reading.relate import Relation, Row, fault_of, relate

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
