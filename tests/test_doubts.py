"""Why a person should look at something: each doubt alone, then the queue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dragoman.board.conflicts import load_conflicts
from dragoman.board.types import Cited, Due, Entry, Menace, Round, Truce
from dragoman.desk.kept import Desk
from dragoman.ledger.decisions import decide, withdraw
from dragoman.ledger.store import Kept, KeptClaim, Ledger, Made, Told
from dragoman.ledger.verdicts import Asked, DecisionKind
from dragoman.model import Attribution, Claim, Entity, EventType, Evidence, Kind, Report, Status, When
from dragoman.settings import Settings
from dragoman.views import doubts
from dragoman.views.queue import Item, Record, queue

TEXT = "The Front left.\nBoth sides spoke of a truce.\nIt rained.\nThe Front fired.\nNobody signed."
DAY = When(earliest=date(2021, 3, 1), latest=date(2021, 3, 1))
CITED = Cited(
    report="a", outlet=None, published=date(2021, 3, 2), origin="a", sentence=1, start=0, end=15, claims=("1",)
)


def _claim(**given: object) -> Claim:
    evidence = Evidence(sentence=1, start=0, end=15, text=TEXT[:15])
    made = Claim(id="1", event=EventType.RETREAT, actor=("front",), date=DAY, evidence=evidence, rule="test")
    return replace(made, **given)  # type: ignore[arg-type]


def _told(*claims: Claim) -> Told:
    report = Report(id="a", headline=None, text=TEXT, body_start=0, published=date(2021, 3, 2))
    kept = Kept(
        number=1, report=report, recorded=datetime(2021, 3, 3, tzinfo=UTC),
        made=Made(rulebook="r", model="m"), sentences=5, hash="", revises=None, origin="a",
    )  # fmt: skip
    listed = (KeptClaim(claim=each, report="a", first_rulebook="r", last_rulebook="r", gone=None) for each in claims)
    return Told(kept=kept, claims=tuple(listed), entities=(), records={})


def test_claims_against_it_make_a_claim_contradicted() -> None:
    reason = doubts.contradicted(("x", "y"))
    assert reason is not None
    assert (reason.words, reason.to) == ("2 claims of the same report speak against it", ("claims", "x"))
    assert doubts.contradicted(()) is None


def test_a_speaker_of_whom_only_words_are_known_is_a_doubt() -> None:
    unknown = doubts.unknown_speaker(_claim(attribution=(Attribution(speaker=None, text="sources"),)))
    assert unknown is not None
    assert unknown.words == "said by “sources”, whoever that is"
    assert doubts.unknown_speaker(_claim(attribution=(Attribution(speaker="front", text="the Front"),))) is None


@pytest.mark.parametrize(
    ("doubt", "given", "words"),
    [
        (doubts.hedged, {"hedged": True}, "the report itself is in doubt"),
        (doubts.nobody_named, {"actor": ()}, "it is not said who did it"),
        (doubts.no_day, {"date": When()}, "it is not said on which day"),
    ],
)
def test_what_a_claim_leaves_open_is_a_doubt(doubt: object, given: dict[str, object], words: str) -> None:
    assert callable(doubt)
    assert doubt(_claim(**given)).words == words
    assert doubt(_claim()) is None


def test_background_needs_no_day() -> None:
    assert doubts.no_day(_claim(date=When(), status=Status.HISTORICAL)) is None


def test_other_events_of_the_same_type_parties_and_day_are_a_doubt() -> None:
    reason = doubts.twins(1)
    assert reason is not None
    assert reason.words == "1 other event of the same type, parties and day: are they one?"
    assert doubts.twins(0) is None


def test_an_actor_that_is_not_on_the_roster_is_a_doubt_where_it_is_one_that_acts() -> None:
    front = Entity(id="front", name="Front", kind=Kind.ARMED_GROUP)
    assert doubts.unlisted(front) is not None
    assert doubts.unlisted(replace(front, roster=True)) is None
    assert doubts.unlisted(replace(front, kind=Kind.PLACE)) is None


TRUCE = Truce(
    id="t", cited=(CITED,), parties=(), scope=None, declared=None, from_=None, until=None, status="unknown", since=None,
    history=(),
)  # fmt: skip
DUE = Due(id="d", cited=(CITED,), what="talks", kind="meeting", place=None, window=When(), due=(), outcome="passed")
MENACE = Menace(
    id="m", cited=(CITED,), party="a", whom=(), condition=None, consequence=None, deadline=None, outcome="passed"
)
ROUND = Round(
    id="r", cited=(CITED,), name="talks", place=None, date=When(), format=None, host=None, mediators=(), parties=(),
    declined=(), status="passed", outcome=None,
)  # fmt: skip


@pytest.mark.parametrize("entry", [TRUCE, DUE, MENACE, ROUND])
def test_an_entry_of_which_nothing_more_is_told_is_a_doubt(entry: Entry) -> None:
    reason = doubts.stale(entry)
    assert reason is not None
    assert reason.words == "nothing is told of it since 2 Mar 2021"


@pytest.mark.parametrize("entry", [replace(TRUCE, status="holding"), replace(DUE, outcome="held")])
def test_an_entry_of_which_something_is_told_is_none(entry: Entry) -> None:
    assert doubts.stale(entry) is None


def test_unread_sentences_with_a_word_of_the_process_are_found_between_those_that_were_read() -> None:
    fourth = Evidence(
        sentence=4, start=TEXT.index("The Front fired"), end=TEXT.index("\nNobody"), text="The Front fired."
    )
    found = list(doubts.unread_in(_told(_claim(), _claim(id="2", evidence=fourth))))
    assert [(each.first, each.last, each.word) for each in found] == [(2, 3, "truce"), (5, 5, "signed")]
    assert TEXT[found[0].start : found[0].end].strip() == "Both sides spoke of a truce.\nIt rained."


# -- the queue


def _queue(desk: Desk) -> tuple[Item, ...]:
    shown = [desk.shown(each) for each in desk.conflicts]
    carried, listed, _ = desk.boards.decisions()
    picture = desk.picture()
    boards = [(each.conflict, each.board) for each in shown if each.board.reports]
    return queue(Record(told=picture.told, boards=boards, seen=picture.seen, carried=carried, decisions=listed))


@pytest.fixture
def desk(desk_ledger: Path) -> Desk:
    return Desk(Ledger(str(desk_ledger)), Settings(conflicts="samples/conflicts"))


def test_the_queue_is_in_the_order_of_doubts_then_of_days(desk: Desk) -> None:
    found = _queue(desk)
    assert [each.reasons[0].rank for each in found] == sorted(each.reasons[0].rank for each in found)
    first = [each.day for each in found if each.reasons[0].key == "contradicted" and each.day]
    assert first == sorted(first, reverse=True)
    assert {"claim", "contradiction", "actor", "sentences", "entry"} <= {each.of for each in found}
    assert load_conflicts("samples/conflicts").keys() >= {each.conflict for each in found if each.conflict}


def test_what_was_decided_leaves_the_queue_and_comes_back_when_that_is_withdrawn(desk: Desk) -> None:
    claim = next(each for each in _queue(desk) if each.of == "claim")
    made = decide(desk.ledger, Asked(kind=DecisionKind.RIGHT_CLAIM, about=(claim.id,), user="anna"))
    assert claim.id not in {each.id for each in _queue(desk)}
    withdraw(desk.ledger, made.id, "anna")
    assert claim.id in {each.id for each in _queue(desk)}


@pytest.mark.parametrize("of", ["contradiction", "actor", "sentences", "entry"])
def test_what_was_looked_at_leaves_the_queue_and_another_note_leaves_it(desk: Desk, of: str) -> None:
    item = next(each for each in _queue(desk) if each.of == of)
    decide(desk.ledger, Asked(kind=DecisionKind.NOTE, about=item.about[:1], user="anna", note="ask Karl"))
    assert item.id in {each.id for each in _queue(desk)}
    decide(desk.ledger, Asked(kind=DecisionKind.NOTE, about=item.about[:1], user="anna", note=item.note))
    assert item.id not in {each.id for each in _queue(desk) if each.of == of}


def test_a_contradiction_on_which_somebody_decided_leaves_the_queue(desk: Desk) -> None:
    item = next(each for each in _queue(desk) if each.of == "contradiction")
    decide(desk.ledger, Asked(kind=DecisionKind.RIGHT_CLAIM, about=item.about[:1], user="anna"))
    assert item.id not in {each.id for each in _queue(desk) if each.of == "contradiction"}


def test_an_actor_of_whom_it_was_decided_who_it_is_leaves_the_queue(desk: Desk) -> None:
    item = next(each for each in _queue(desk) if each.id == "libya-parliament")
    assert item.reasons[0].words == "one of the roster is called so: House of Representatives"
    decide(desk.ledger, Asked(kind=DecisionKind.OTHER_ENTITY, about=(item.id, "libya-hor"), user="anna"))
    assert item.id not in {each.id for each in _queue(desk) if each.of == "actor"}
