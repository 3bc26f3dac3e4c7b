"""Search of the desk without a browser: what is found, in which order, and in parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desking import SETTINGS

from dragoman.desk.kept import Desk
from dragoman.desk.search import finding as f
from dragoman.desk.search.indexes import called, claims_of, events_of
from dragoman.errors import DragomanError
from dragoman.ledger.search import has, hits_in, query_of, scores, search
from dragoman.ledger.store import Ledger, View
from dragoman.model import EventType
from dragoman.views.listing import Wanted, ids_named


@pytest.fixture
def desk(desk_ledger: Path) -> Iterator[Desk]:
    ledger = Ledger(str(desk_ledger))
    yield Desk(ledger, SETTINGS)
    ledger.close()


def _sought(**given: str) -> f.Sought:
    return f.sought_in(f.Given(**given))


def test_claims_are_those_that_the_command_lists(desk: Desk) -> None:
    picture = desk.picture()
    for given in ({"party": "Khalifa Haftar"}, {"type": "REJECT"}, {"start": "2020-01-13", "end": "2020-01-14"}):
        sought = f.sought_in(f.Given(**given), f.Kind.CLAIMS)
        wanted = Wanted(
            type=sought.type, parties=ids_named(sought.party, picture.names), start=sought.start, end=sought.end
        )
        listed = {
            kept.claim.id
            for told, kept in picture.claims.values()
            if wanted.has(kept.claim, told.kept.report.published)
        }
        assert {row.kept.claim.id for row in f.find_claims(desk, sought).rows} == listed != set()


def test_reports_are_those_that_the_ledger_finds_best_first(desk: Desk) -> None:
    words = query_of('Haftar "left Moscow" -sanctions')
    found = f.find_reports(desk, _sought(q='Haftar "left Moscow" -sanctions')).rows
    assert [each.told.kept.report.id for each in found] == [each.report for each in search(desk.ledger, words)]
    assert scores(desk.ledger, words) == {each.told.kept.report.id: each.score for each in found} != {}


def test_who_said_it_first_comes_first_where_the_oldest_are_wanted(desk: Desk) -> None:
    found = f.find_claims(desk, _sought(q="Haftar left without signing", order="oldest", kind="claims")).rows
    days = [row.told.kept.report.published for row in found]
    assert days
    assert days == sorted(day for day in days if day)
    assert all(has(row.kept.claim.evidence.text, query_of("Haftar left without signing")) for row in found)


def test_a_report_is_found_by_what_one_of_its_claims_says(desk: Desk) -> None:
    found = f.find_reports(desk, _sought(party="haftar", type="reject")).rows
    assert found
    for each in found:
        assert each.claim is not None
        claim = each.claim.kept.claim
        assert claim.event is EventType.REJECT
        assert not called(desk.picture(), "haftar").keys().isdisjoint({*claim.actor, *claim.recipient})
        assert f.hit_of(each, None).snippet == claim.evidence.text


@pytest.mark.parametrize("kind", list(f.Kind))
@pytest.mark.parametrize("order", list(f.Order))
def test_parts_are_the_whole_each_once(desk: Desk, kind: f.Kind, order: f.Order) -> None:
    sought = f.sought_in(f.Given(q="ceasefire", order=order.value), kind)
    find: Any = {f.Kind.REPORTS: f.find_reports, f.Kind.CLAIMS: f.find_claims, f.Kind.EVENTS: f.find_events}[kind]
    found = find(desk, sought)
    rows, part = list(found.part(size=7).rows), found.part(size=7)
    while part.next:
        part = found.part(part.next, size=7)
        rows += part.rows
    assert len(rows) > 7
    assert rows == list(found.rows)


def test_a_cursor_holds_when_reports_come_before_it(desk: Desk) -> None:
    sought = _sought(q="ceasefire", order="newest")
    later = f.find_reports(desk, sought)
    before = f.find_reports(desk, sought, View(until=date(2020, 3, 1)))
    cursor = before.part(size=3).next
    assert cursor is not None
    assert later.part(cursor, size=3).rows[0] == before.part(cursor, size=3).rows[0]
    assert later.part(cursor).before > before.part(cursor).before


@pytest.mark.parametrize(
    "given",
    [
        {"q": "!!"}, {"q": "-never"}, {"q": "a " * 40}, {"q": "x" * 5000}, {"type": "DANCE"}, {"status": "perhaps"},
        {"start": "yesterday"}, {"kind": "people"}, {"order": "worst"}, {"party": "y" * 5000},
    ],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_refused_in_words(given: dict[str, str]) -> None:
    with pytest.raises(DragomanError) as refused:
        _sought(**given)
    assert refused.value.remedy


@pytest.mark.parametrize("cursor", ["x", "=", "\x00", "é", "W10!", "bnVsbA", f.cursor_of(("1f", 2))])
def test_a_cursor_that_is_none_of_the_list_is_refused(desk: Desk, cursor: str) -> None:
    with pytest.raises(DragomanError, match="this is no cursor"):
        f.find_claims(desk, _sought(kind="claims")).part(cursor)


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "' OR 1=1 --x", "NEAR(a b)", "a\x00b", 'truce" OR "', "🕊 мир"]
)
def test_hostile_words_find_nothing_and_break_nothing(desk: Desk, words: str) -> None:
    for find in (f.find_reports, f.find_claims, f.find_events):
        assert find(desk, _sought(q=words)).part().count < 5


def test_hits_are_marked_in_any_form_of_their_words() -> None:
    assert hits_in("Signing, he signed and signs.", query_of("sign")) == [(0, 7), (12, 18), (23, 28)]
    assert hits_in("a <b>left</b> Moscow", query_of('"left b moscow" left')) == [(5, 20)]
    assert not has("They left by train.", query_of("left -train"))


def test_events_count_what_was_updated_since_no_more(desk: Desk) -> None:
    picture = desk.picture()
    updated = {each.kept.revises for each in picture.told} - {None}
    assert updated
    assert all(row.told.kept.report.id not in updated for each in events_of(picture).values() for row in each.rows)
    assert any(row.told.kept.report.id in updated for row in claims_of(picture).rows)


def test_a_view_of_a_day_finds_nothing_later(desk: Desk) -> None:
    sought = replace(_sought(q="ceasefire"), order=f.Order.NEWEST)
    found = f.find_reports(desk, sought, View(until=date(2020, 1, 13))).rows
    assert found
    assert all((each.told.kept.report.published or date.min) <= date(2020, 1, 13) for each in found)
