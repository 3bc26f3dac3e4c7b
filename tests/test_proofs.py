"""Nothing is invented: the sample corpus is proved, and a reading that is spoilt on purpose is found out, in each way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.ledger.store import Ledger
from dragoman.ledger.verify import verify
from dragoman.model import Attribution, Basis, Entity, Evidence, Kind, Mention, Report, Status, When, Where
from dragoman.process.board import record_of
from dragoman.process.proofs import Proof, Stated, Unproved, stated_of, unproved
from dragoman.process.records import ProcessRecord
from dragoman.process.ties import Tie, Ties
from dragoman.reading.reader import Reader, Reading

TEXT = (
    "Gondor's foreign minister Imrahil Ferth said on Monday that Gondor had shelled the port of Tarsk with rockets, "
    "killing 12 civilians.\n\n"
    "The rebels threatened to leave the talks in Geneva if Gondor does not release 40 prisoners. Russia signed a ceasefire agreement "
    "in Geneva on Sunday. Bortavia refused foreign observers, the Kremlin said."
)  # fmt: skip
DAY = date(2021, 3, 16)


@pytest.fixture(scope="module")
def ties(reader: Reader) -> Ties:
    return Ties(reader.rulebook)


@pytest.fixture(scope="module")
def told(reader: Reader) -> Stated:
    reading = reader.read(Report(id="own", headline=None, text=TEXT, body_start=0, published=DAY))
    return stated_of(reading, record_of(reading, reader.rulebook))


def test_the_sample_corpus_is_proved(corpus: list[tuple[Reading, ProcessRecord]], ties: Ties) -> None:
    found = [f"{r.report.id}: {each}" for r, record in corpus for each in unproved(stated_of(r, record), ties)]
    assert found == []
    assert sum(len(r.claims) for r, _ in corpus) > 700


def test_a_ledger_of_the_sample_corpus_is_proved(corpus_ledger: Path) -> None:
    kept = Ledger(str(corpus_ledger))
    assert verify(kept) == []
    kept.close()


def test_a_reading_of_our_own_is_proved_and_has_much_to_spoil(told: Stated, ties: Ties) -> None:
    assert list(unproved(told, ties)) == []
    assert len(told.claims) >= 4
    assert told.record.positions
    assert told.record.threats


def _claim(told: Stated, event: str, **changes: Any) -> Stated:
    """Return what is told with one of its claims spoilt."""
    assert any(claim.event == event for claim in told.claims)
    return replace(told, claims=tuple(replace(c, **changes) if c.event == event else c for c in told.claims))


def _entry(told: Stated, kind: str, **changes: Any) -> Stated:
    first, *others = getattr(told.record, kind)
    return replace(told, record=replace(told.record, **{kind: (replace(first, **changes), *others)}))


def _added(told: Stated, entity: Entity) -> Stated:
    """Return what is told with an entity that an ASSAULT of it names."""
    spoilt = _claim(told, "ASSAULT", actor=(entity.id,))
    return replace(spoilt, entities={**spoilt.entities, entity.id: entity})


def _evidence(told: Stated, **changes: Any) -> Evidence:
    return replace(told.claims[0].evidence, **changes)


NOBODY = Entity(id="zx", name="Zarvia", kind=Kind.STATE)
MONDAY = When(earliest=date(2021, 3, 15), latest=date(2021, 3, 15), phrase="on Monday", basis=Basis.RELATIVE)

SPOILT: list[tuple[Callable[[Stated], Stated], Proof, str]] = [
    (
        lambda t: _claim(t, "ASSAULT", evidence=_evidence(t, text="He said so.")),
        Proof.QUOTE,
        "quotes what is not in the text",
    ),
    (
        lambda t: _claim(t, "ASSAULT", evidence=_evidence(t, start=1, text=TEXT[1 : t.claims[0].evidence.end])),
        Proof.QUOTE,
        "has another span of sentence 1",
    ),
    (
        lambda t: _claim(t, "ASSAULT", evidence=_evidence(t, sentence=9)),
        Proof.QUOTE,
        "stands on no sentence of the text (9)",
    ),
    (lambda t: _entry(t, "threats", evidence=_evidence(t, start=7)), Proof.QUOTE, "quotes what is not in the text"),
    (
        lambda t: replace(
            t,
            sentences={},
            claims=(replace(t.claims[0], evidence=_evidence(t, end=150, text=TEXT[:150])), *t.claims[1:]),
        ),
        Proof.QUOTE,
        "begins before the one before it ends",
    ),
    (
        lambda t: replace(
            t,
            entities={
                **t.entities,
                "gondor": replace(t.entities["gondor"], mentions=(Mention(start=3, end=9, text="Gondor", how="name"),)),
            },
        ),
        Proof.QUOTE,
        "is mentioned by what is not in the text: 'Gondor'",
    ),
    (lambda t: _claim(t, "ASSAULT", content="the port of Quill"), Proof.WORDS, "content 'the port of Quill'"),
    (lambda t: _claim(t, "ASSAULT", condition="if the rebels leave"), Proof.WORDS, "condition 'if the rebels leave'"),
    (lambda t: _claim(t, "ASSAULT", means="with drones"), Proof.WORDS, "means 'with drones'"),
    (lambda t: _claim(t, "ASSAULT", casualties="40 prisoners"), Proof.WORDS, "casualties '40 prisoners'"),
    (lambda t: _claim(t, "ASSAULT", words={"object": "the talks"}), Proof.WORDS, "role 'object' 'the talks'"),
    (
        lambda t: _claim(t, "ASSAULT", attribution=(Attribution(speaker="gondor", text="Gondor denied"),)),
        Proof.WORDS,
        "'Gondor denied'",
    ),
    (lambda t: _entry(t, "threats", consequence="to burn Tarsk down"), Proof.WORDS, "(burn, down)"),
    (lambda t: _entry(t, "positions", content="refuse vaccination of observers"), Proof.WORDS, "(vaccination)"),
    (lambda t: _claim(t, "ASSAULT", recipient=("mordor",)), Proof.ENTITY, "names entity mordor, which is not among"),
    (
        lambda t: _claim(t, "ASSAULT", attribution=(Attribution(speaker="mordor", text="Gondor"),)),
        Proof.ENTITY,
        "names entity mordor",
    ),
    (lambda t: _claim(t, "ASSAULT", others={"parties": ("mordor",)}), Proof.ENTITY, "names entity mordor"),
    (lambda t: _entry(t, "threats", against=("mordor",)), Proof.ENTITY, "names entity mordor"),
    (lambda t: _added(t, NOBODY), Proof.TIE, "names entity zx (Zarvia), for whom no words of the text stand"),
    (
        lambda t: _added(t, Entity(id="france", name="France", kind=Kind.STATE, roster=True)),
        Proof.TIE,
        "names entity france (France)",
    ),
    (
        lambda t: _added(t, Entity(id="zx-army", name="Zarvian army", kind=Kind.GROUP, part_of="zx")),
        Proof.TIE,
        "names entity zx-army",
    ),
    (lambda t: _claim(t, "ASSAULT", event_id="0" * 16), Proof.REFERENCE, "is linked with claim 0000000000000000"),
    (lambda t: _entry(t, "threats", claims=("0" * 16,)), Proof.REFERENCE, "names claim 0000000000000000"),
    (lambda t: _entry(t, "threats", contrary=("0" * 16,)), Proof.REFERENCE, "names claim 0000000000000000"),
    (
        lambda t: _claim(t, "ASSAULT", date=When(earliest=DAY, latest=DAY)),
        Proof.DAY,
        "has a day without a basis (2021-03-16..2021-03-16)",
    ),
    (
        lambda t: _claim(t, "ASSAULT", date=When(earliest=DAY, latest=DAY, basis=Basis.RELATIVE)),
        Proof.DAY,
        "has a day without words",
    ),
    (
        lambda t: _claim(t, "ASSAULT", date=replace(MONDAY, phrase="on Tuesday")),
        Proof.DAY,
        "has a day by words that the text has not: 'on Tuesday'",
    ),
    (
        lambda t: _claim(t, "ASSAULT", date=replace(MONDAY, earliest=DAY, latest=DAY)),
        Proof.DAY,
        "has a day that its words do not mean: 2021-03-16..2021-03-16 by 'on Monday'",
    ),
    (lambda t: _claim(t, "ASSAULT", times=(When(earliest=DAY, latest=DAY),)), Proof.DAY, "has a day without a basis"),
    (
        lambda t: _claim(
            t,
            "ASSAULT",
            date=When(earliest=date(2021, 3, 22), latest=date(2021, 3, 22), phrase="on Monday", basis=Basis.RELATIVE),
        ),
        Proof.DAY,
        "occurred by 2021-03-22, after its report was published (2021-03-16)",
    ),
    (
        lambda t: _entry(t, "threats", deadline=replace(MONDAY, phrase="by Friday")),
        Proof.DAY,
        "has a day by words that the text has not: 'by Friday'",
    ),
    (
        lambda t: _claim(t, "ASSAULT", place=Where(name="Quill", text="in Quill")),
        Proof.PLACE,
        "has a place by words that the text has not: 'in Quill'",
    ),
    (
        lambda t: _claim(t, "ASSAULT", place=Where(name="Tarsk")),
        Proof.PLACE,
        "has a place by words that the text has not: ''",
    ),
    (lambda t: _entry(t, "agreements", place=Where(name="Quill", text="in Quill")), Proof.PLACE, "'in Quill'"),
]


@pytest.mark.parametrize(("spoil", "proof", "said"), SPOILT)
def test_what_is_spoilt_is_found(
    told: Stated, ties: Ties, spoil: Callable[[Stated], Stated], proof: Proof, said: str
) -> None:
    found = list(unproved(spoil(told), ties))
    assert any(each.proof is proof and said in each.found for each in found), found


def test_each_proof_is_spoilt_in_some_way() -> None:
    assert {proof for _, proof, _ in SPOILT} == set(Proof)


def test_a_side_of_a_contradiction_is_proved(corpus: list[tuple[Reading, ProcessRecord]], ties: Ties) -> None:
    reading, record = next(one for one in corpus if one[1].contradictions)
    found = record.contradictions[0]
    side = replace(found.sides[0], evidence=replace(found.sides[0].evidence, text="Nobody said so."))
    for sides in ((side, *found.sides[1:]), (replace(found.sides[0], claims=("0" * 16,)), *found.sides[1:])):
        spoilt = replace(record, contradictions=(replace(found, sides=sides),))
        (one,) = unproved(stated_of(reading, spoilt), ties)
        assert one.where == f"entry {found.id} of its contradictions"


@pytest.mark.parametrize(
    ("text", "identity", "tie"),
    [
        ("Russia left.", "russia", Tie.NAME),
        ("MOSCOW LEAVES TALKS", "russia", Tie.NAME),
        ("The Russians left.", "russia", Tie.NAME),
        ("Lavrov left.", "sergei-lavrov", Tie.NAME),
        ("The Russian foreign minister left.", "sergei-lavrov", Tie.OFFICE),
        ("The Russian president left.", "sergei-lavrov", None),
        ("The French foreign minister left.", "sergei-lavrov", None),
        ("Lavrov left.", "russia", Tie.LINK),
        ("They want us to go.", "united-states", None),
    ],
)  # fmt: skip
def test_what_ties_an_entity_to_a_text(reader: Reader, ties: Ties, text: str, identity: str, tie: Tie | None) -> None:
    report = Report(id="own", headline=None, text=text, body_start=0, published=date(2020, 1, 14))
    roster = reader.rulebook.roster
    entities = {
        i: Entity(id=i, name=roster[i].name, kind=roster[i].kind, roster=True) for i in {identity, "sergei-lavrov"}
    }
    assert ties.of(report).tie(entities[identity], entities) is tie


def test_an_office_is_that_of_the_reports_day(reader: Reader, ties: Ties) -> None:
    text = "The Russian foreign minister left."
    lavrov = reader.rulebook.roster["sergei-lavrov"]
    entity = Entity(id=lavrov.id, name=lavrov.name, kind=lavrov.kind, roster=True)
    for day, tie in ((date(2020, 1, 14), Tie.OFFICE), (date(1999, 1, 14), None)):
        report = Report(id="own", headline=None, text=text, body_start=0, published=day)
        assert ties.of(report).tie(entity, {entity.id: entity}) is tie


@pytest.mark.parametrize(
    ("text", "status", "dated"),
    [
        ("Gondor demanded a session of the Council next week.", Status.OCCURRED, None),
        ("Gondor invited both sides to talks in Geneva on Sunday, March 21.", Status.OCCURRED, date(2021, 3, 21)),
        ("Gondor shelled Tarsk on Sunday.", Status.OCCURRED, date(2021, 3, 14)),
        ("The truce will begin on March 20. Mordor's army shelled Tarsk five days after.", Status.OCCURRED, None),
        ("Gondor will host talks with Mordor in Geneva on Sunday.", Status.FUTURE, date(2021, 3, 21)),
    ],
)  # fmt: skip
def test_what_occurred_has_no_day_to_come(reader: Reader, text: str, status: Status, dated: date | None) -> None:
    claims = reader.read(Report(id="own", headline=None, text=text, body_start=0, published=DAY)).claims
    assert (claims[-1].status, claims[-1].date.earliest) == (status, dated)


def test_words_that_tell_who_says_so_are_the_reports_own(reader: Reader, ties: Ties) -> None:
    texts = (
        "According to the Turkish army, rebels shelled Tarsk.",
        "Rebels shelled Tarsk, according residents of the town.",
        "Recep Tayyip Erdogan's spokesman, Ibrahim Kalin, criticised France.",
        "The parents wrote a letter to May demanding action from the army.",
    )
    for text in texts:
        reading = reader.read(Report(id="own", headline=None, text=text, body_start=0, published=DAY))
        assert reading.claims
        assert list(unproved(stated_of(reading, record_of(reading, reader.rulebook)), ties)) == []
    assert reading.claims[-1].date == When()


def test_a_month_is_no_march(reader: Reader) -> None:
    text = "Anna Ferth became the first nurse to die when the convoy she was travelling in was hit by a Turkish airstrike on 16 March."
    (claim,) = reader.read(Report(id="own", headline=None, text=text, body_start=0, published=DAY)).claims
    assert "protesters" not in claim.recipient


def test_an_unproved_thing_is_told_in_a_line() -> None:
    assert str(Unproved(where="claim a", proof=Proof.WORDS, found="has none")) == "claim a has none"
