"""What a ledger promises, on SQLite and on PostgreSQL alike: it keeps what it is given, whole, once, in any order."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from ledger_prepared import DAY, LATER, MADE, NOON, fill, made, prepared
from sqlalchemy import delete, func, insert, inspect, select, text, update

from dragoman.errors import DragomanError, LedgerError
from dragoman.ledger import connect as connecting
from dragoman.ledger import rows
from dragoman.ledger.dump import dump
from dragoman.ledger.schema import VERSIONS, claims, facts, marks, metadata, reports, rules
from dragoman.ledger.settle import settle
from dragoman.ledger.stamps import UNSETTLED
from dragoman.ledger.store import Ledger, Told, View, unsettle
from dragoman.model import Claim, Evidence
from dragoman.process.records import ProcessRecord

_SEARCH = {
    "sqlite": "SELECT count(*) FROM words WHERE words MATCH :word",
    "postgresql": "SELECT count(*) FROM reports WHERE to_tsvector('english', text) @@ plainto_tsquery('english', :word)",
}


@pytest.fixture
def ledger(target: str) -> Iterator[Ledger]:
    """Return an empty ledger; every add is a minute later than the one before."""
    minutes = iter(range(1_000_000))
    made_ledger = Ledger(target, create=True, clock=lambda: NOON + timedelta(minutes=next(minutes)))
    yield made_ledger
    made_ledger.close()


def _count(ledger: Ledger, table: str) -> int:
    with ledger.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def _told(ledger: Ledger, identity: str, *, gone: bool = False) -> Told:
    (told,) = ledger.told(View(ids=frozenset({identity})), gone=gone)
    return told


def _lasting(claim: Claim) -> Claim:
    """Return a claim without what only the process rules need."""
    return replace(claim, words={}, times=(), others={})


def _found(ledger: Ledger, word: str) -> int:
    """Return how many reports a search for a word finds."""
    with ledger.reading() as connection:
        return int(connection.execute(text(_SEARCH[connection.dialect.name]), {"word": word}).scalar_one())


def _by_id(found: Iterable[Claim]) -> dict[str, Claim]:
    return {claim.id: claim for claim in found}


def test_it_keeps_what_it_is_given(ledger: Ledger) -> None:
    given_to = prepared(9)
    assert fill(ledger, given_to) == [True] * 9
    for reading, record in given_to:
        told = _told(ledger, reading.report.id)
        assert told.kept.report == reading.report
        assert [each.claim for each in told.claims] == [_lasting(claim) for claim in reading.claims]
        assert [each.linked for each in told.claims] == [claim.event_id for claim in reading.claims]
        assert told.entities == tuple(
            (replace(entity, mentions=()), len(entity.mentions))
            for entity in sorted(reading.entities, key=lambda each: each.id)
        )
        assert told.records == {kind: found for kind in rows.KINDS if (found := getattr(record, kind))}
        assert told.contradictions == record.contradictions
        assert (told.kept.made, told.kept.sentences) == (MADE, len(reading.sentences))


def test_the_event_of_a_claim_is_its_reader_s_until_it_is_settled(ledger: Ledger) -> None:
    fill(ledger, prepared(2))
    first, _, third, _ = (
        claim.id for claim in made(1)[0].claims
    )  # the reader took the third to tell of the first's event
    other = made(0)[0].claims[1].id
    settled: tuple[tuple[dict[str, str | None], tuple[str, str]], ...] = (
        ({}, (first, first)),
        ({first: third}, (third, third)),
        ({first: None, third: first}, (first, first)),
        ({first: other, third: other}, (other, other)),
        ({first: other, third: None}, (other, third)),
    )
    for told, events in settled:
        with ledger.writing() as connection:
            for identity, event in told.items():
                connection.execute(update(claims).where(claims.c.id == identity).values(told=event))
        found = {each.claim.id: each for each in ledger.claims()}
        assert (found[first].claim.event_id, found[third].claim.event_id) == events
        assert (found[first].linked, found[third].linked) == (first, first)


def test_a_report_without_claims_is_kept(ledger: Ledger) -> None:
    reading, _ = made(1)
    ledger.add(replace(reading, claims=(), entities=()), ProcessRecord(), MADE)
    told = _told(ledger, reading.report.id)
    assert (told.claims, told.entities, told.records, told.contradictions) == ((), (), {}, ())


def test_adding_twice_changes_nothing(ledger: Ledger) -> None:
    fill(ledger, prepared(5))
    once, rows_once = dump(ledger), [_count(ledger, name) for name in ("reports", "claims", "rules", "books")]
    assert fill(ledger, prepared(5)) == [False] * 5
    assert dump(ledger) == once
    assert [_count(ledger, name) for name in ("reports", "claims", "rules", "books")] == rows_once


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_adding_does_not_matter(ledger: Ledger, tmp_path: Path, seed: int) -> None:
    readings = prepared(12)
    other = Ledger(str(tmp_path / "other.ledger"), create=True)
    fill(other, readings)
    random.Random(seed).shuffle(readings)
    fill(ledger, readings[:7])
    settle(ledger)
    fill(ledger, readings[7:])
    for each in (ledger, other):
        assert settle(each)
    assert dump(ledger) == dump(other)  # on PostgreSQL this says as well that both databases say the same
    other.close()


def test_reports_come_in_the_order_in_which_they_were_published(ledger: Ledger) -> None:
    fill(ledger, prepared(20))
    found = [(each.report.published or date.min, each.report.id) for each in ledger.reports()]
    assert found == sorted(found)
    assert found[0][0] == date.min
    assert found[-1][0] > DAY
    assert [told.kept.report.id for told in ledger.told()] == [identity for _, identity in found]


def test_ids_are_ordered_by_code_point(ledger: Ledger) -> None:
    reading, _ = made(3)
    names = ["b", "B", "a-1", "a1", "ä", "Z", "_"]
    for name in names:
        ledger.add(replace(reading, report=replace(reading.report, id=name), claims=()), ProcessRecord(), MADE)
    assert [each.report.id for each in ledger.reports()] == sorted(names)


def test_views_narrow_the_reports(ledger: Ledger) -> None:
    fill(ledger, prepared(20))
    everything = ledger.reports()
    until = [each for each in everything if each.report.published is None or each.report.published <= DAY]
    assert 0 < len(until) < len(everything)
    assert ledger.reports(View(until=DAY)) == until
    known = NOON + timedelta(minutes=4)
    assert {each.report.id for each in ledger.reports(View(known=known))} == {r.report.id for r, _ in prepared(5)}
    assert ledger.reports(View(known=known.replace(tzinfo=None))) == ledger.reports(View(known=known))
    some = frozenset(each.report.id for each in everything[3:6])
    assert {told.kept.report.id for told in ledger.told(View(ids=some))} == some
    assert list(ledger.told(View(ids=frozenset()))) == []
    assert ledger.claims(View(until=date(1999, 1, 1), ids=frozenset({until[-1].report.id}))) == []


def test_a_view_may_have_many_ids(ledger: Ledger) -> None:
    fill(ledger, prepared(2))
    many = frozenset(f"id-{number}" for number in range(70_000)) | {made(1)[0].report.id}
    assert [each.report.id for each in ledger.reports(View(ids=many))] == [made(1)[0].report.id]


def test_a_report_is_found_by_the_beginning_of_its_id(ledger: Ledger) -> None:
    reading, _ = made(3)
    for name in ("abc1", "abc2", "abc", "a_c3", "A%"):
        ledger.add(replace(reading, report=replace(reading.report, id=name), claims=()), ProcessRecord(), MADE)
    found = {begin: (kept.report.id if (kept := ledger.report(begin)) else None) for begin in
             ("abc", "abc1", "ab", "a_", "A", "a%", "%", "ABC", "", "zzz")}  # fmt: skip
    assert found == {"abc": "abc", "abc1": "abc1", "ab": None, "a_": "a_c3", "A": "A%", "a%": None, "%": None,
                     "ABC": None, "": None, "zzz": None}  # fmt: skip


def test_a_new_reading_takes_the_place_of_the_former(ledger: Ledger) -> None:
    reading, record = made(1)
    first, second, third, fourth = reading.claims
    fresh = replace(second, id="00000000000000aa", content="another")
    now = replace(reading, claims=(fresh, replace(first, content="more"), fourth), entities=reading.entities[:1])
    ledger.add(reading, record, MADE)
    change = ledger.replace(now, ProcessRecord(positions=record.positions), LATER)
    assert (change.gained, set(change.lost)) == ((fresh.id,), {second.id, third.id})
    told = _told(ledger, reading.report.id)
    assert _by_id(each.claim for each in told.claims) == _by_id(map(_lasting, now.claims))
    assert {each.claim.id: (each.first_rulebook, each.last_rulebook) for each in told.claims} == {
        fresh.id: (LATER.rulebook, LATER.rulebook),
        first.id: (MADE.rulebook, LATER.rulebook),
        fourth.id: (MADE.rulebook, LATER.rulebook),
    }
    assert (told.kept.made, len(told.entities), set(told.records)) == (LATER, 1, {"positions"})
    gone = [each for each in _told(ledger, reading.report.id, gone=True).claims if each.gone]
    assert _by_id(each.claim for each in gone) == _by_id(map(_lasting, (second, third)))
    assert {each.gone for each in gone} == {LATER.rulebook}
    back = ledger.replace(reading, record, MADE)
    assert (set(back.gained), back.lost) == ({second.id, third.id}, (fresh.id,))
    assert _by_id(each.claim for each in ledger.claims()) == _by_id(map(_lasting, reading.claims))


def test_a_new_reading_that_says_the_same_changes_nothing_but_its_rulebook(ledger: Ledger) -> None:
    fill(ledger, prepared(2))
    before = dump(ledger)
    change = ledger.replace(*made(1), MADE)
    assert (change.gained, change.lost, dump(ledger)) == ((), (), before)


def test_what_is_not_there_cannot_be_read_anew(ledger: Ledger) -> None:
    reading, record = made(1)
    with pytest.raises(LedgerError, match="has no report"):
        ledger.replace(reading, record, MADE)
    ledger.add(reading, record, MADE)
    before = dump(ledger)
    other = replace(reading, report=replace(reading.report, text=reading.report.text + " And more."))
    with pytest.raises(LedgerError, match="with this text"):
        ledger.replace(other, record, LATER)
    assert dump(ledger) == before


def test_failures_are_kept_until_the_source_is_read(ledger: Ledger) -> None:
    reading, record = made(1)
    for found in ("it is empty", "it is binary"):
        ledger.fail(DragomanError(where=reading.report.source, found=found, remedy="mend it"))
    ledger.fail(DragomanError(where="other.txt", found="no", remedy="none"))
    assert [(each["source"], each["found"]) for each in ledger.failures()] == [
        (reading.report.source, "it is binary"), ("other.txt", "no"),
    ]  # fmt: skip
    ledger.add(reading, record, MADE)
    assert [each["source"] for each in ledger.failures()] == ["other.txt"]


@pytest.mark.parametrize("evidence", [(1, 30, 30), (1, 31, 30), (0, 10, 20)])
def test_a_claim_without_evidence_is_refused_and_its_report_with_it(ledger: Ledger, evidence: tuple[int, ...]) -> None:
    fill(ledger, prepared(2))
    before, found = dump(ledger), _found(ledger, "osgiliath")
    reading, record = made(2)
    sentence, start, end = evidence
    bad = replace(reading.claims[3], evidence=Evidence(sentence=sentence, start=start, end=end, text=""))
    with pytest.raises(LedgerError):
        ledger.add(replace(reading, claims=(*reading.claims[:3], bad)), record, MADE)
    assert (dump(ledger), _found(ledger, "osgiliath")) == (before, found)
    assert ledger.add(reading, record, MADE)
    assert _found(ledger, "osgiliath") == found + 1


def test_the_database_holds_claims_to_rule_report_and_once(ledger: Ledger) -> None:
    fill(ledger, prepared(1))
    with ledger.reading() as connection:
        row = dict(connection.execute(select(claims)).mappings().first() or {})
    for wrong in ({"rule": None}, {"rule": 99}, {"report": 99}, {"first_book": 99}, {"gone": 99}, {}, {"id": None}):
        with pytest.raises(LedgerError), ledger.writing() as connection:
            connection.execute(insert(claims).values({**row, **({"id": "x"} if wrong else {}), **wrong}))
    with pytest.raises(LedgerError), ledger.writing() as connection:
        connection.execute(insert(rules).values(rule=""))
    with pytest.raises(LedgerError), ledger.writing() as connection:
        connection.execute(delete(reports))


def test_a_fault_in_a_transaction_leaves_nothing_of_it(ledger: Ledger) -> None:
    half = insert(facts).values(key="half", value="done")
    before = _count(ledger, "facts")
    with contextlib.suppress(RuntimeError), ledger.writing() as connection:
        connection.execute(half)
        raise RuntimeError
    assert _count(ledger, "facts") == before


@pytest.mark.parametrize("packed", [b"", b"\x09", b"\x01damaged", None])
def test_what_reports_are_compared_by_is_made_anew_where_it_is_damaged(ledger: Ledger, packed: bytes | None) -> None:
    fill(ledger, prepared(6))
    settle(ledger)
    before = dump(ledger)
    with ledger.writing() as connection:
        connection.execute(update(marks).values(packed=packed) if packed is not None else delete(marks))
        unsettle(connection, None)
    assert settle(ledger)
    assert (dump(ledger), _count(ledger, "marks")) == (before, 6)


def test_the_first_day_to_be_settled_is_noted(ledger: Ledger) -> None:
    noted = []
    for number in (8, 3, 5, 7, 2):
        fill(ledger, [made(number)])
        with ledger.reading() as connection:
            noted.append(connection.execute(select(facts.c.value).where(facts.c.key == UNSETTLED)).scalar())
    assert noted == ["2020-01-21", "2020-01-16", "2020-01-16", "0001-01-01", "0001-01-01"]


def test_a_reader_sees_one_state(ledger: Ledger, target: str) -> None:
    fill(ledger, prepared(2))
    other = Ledger(target)
    with other.reading() as connection:
        before = connection.execute(select(func.count()).select_from(reports)).scalar()
        fill(ledger, prepared(2, start=2))
        assert connection.execute(select(func.count()).select_from(reports)).scalar() == before == 2
        assert connection.execute(select(func.count()).select_from(claims)).scalar() == 8
    assert len(other.reports()) == 4
    other.close()


def test_words_are_found(ledger: Ledger) -> None:
    fill(ledger, prepared(6))
    assert (_found(ledger, "prisoner"), _found(ledger, "unheard")) == (6, 0)


def test_the_migrated_schema_is_the_one_in_the_code(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "version_table": VERSIONS,
                "include_name": _is_ours,
                "target_metadata": metadata,
            },
        )
        assert compare_metadata(context, metadata) == []
        assert connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar() == connecting.HEAD
        checks = {
            (table, check["name"])
            for table in metadata.tables
            for check in inspect(connection).get_check_constraints(table)
        }
        assert checks == {("claims", "ck_claims_has_evidence"), ("rules", "ck_rules_is_named")}


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    """Return whether a table or index is in the metadata; those of full-text search are each database's own."""
    return not (kind == "table" and str(name).startswith("words")) and name != "ix_reports_words"


def test_the_head_is_the_last_migration() -> None:
    assert max(connecting._known()) == connecting.HEAD


def test_a_migration_and_its_record_are_one_transaction(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = command.upgrade

    def cut_off(*arguments: Any) -> None:
        upgrade(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", cut_off)
        with pytest.raises(KeyboardInterrupt):
            Ledger(target, create=True)
    with pytest.raises(
        LedgerError, match="this is no ledger; add reports"
    ):  # a table in it would make it another program's
        Ledger(target)
    Ledger(target, create=True).close()
    Ledger(target).close()


def test_instants_are_utc_and_sort_by_time(ledger: Ledger) -> None:
    fill(ledger, prepared(3))
    assert sorted(each.recorded for each in ledger.reports()) == [NOON + timedelta(minutes=n) for n in range(3)]
    assert all(each.recorded.tzinfo == UTC or each.recorded.utcoffset() == timedelta(0) for each in ledger.reports())


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300)


@given(body=_TEXTS, content=_TEXTS)
def test_whatever_the_text_what_was_read_comes_back(body: str, content: str) -> None:
    reading, record = made(1)
    told = replace(reading, claims=(replace(reading.claims[0], content=content), *reading.claims[1:]))
    said = rows.said_of(told, record)
    back = rows.unpacked(rows.packed(said, body), body, "here")
    assert (back.claims, back.record) == (said.claims, said.record)
    assert [rows.entity_of(bytes(each)) for _, each in back.entities] == [
        rows.entity_of(bytes(e)) for _, e in said.entities
    ]


def test_what_is_packed_belongs_to_its_text() -> None:
    reading, record = made(1)
    data = rows.packed(rows.said_of(reading, record), reading.report.text)
    for wrong, words in ((data, reading.report.text + "."), (data[:-9], reading.report.text), (b"\x09" + data[1:], "")):
        with pytest.raises(LedgerError, match=r"damaged|unknown form"):
            rows.unpacked(wrong, words, "here")


def test_half_a_character_is_told_of_its_report(ledger: Ledger) -> None:
    reading, record = made(1)
    broken = replace(reading, report=replace(reading.report, text="Half \ud800 of it."))
    with pytest.raises(LedgerError, match=r"made/1\.txt: it is no Unicode text"):
        ledger.add(broken, record, MADE)
    assert _count(ledger, "reports") == 0
