"""What is derived over reports does not depend on the order of adding, and looks back only."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_made import FIRST, Deed, many, reading_of
from sqlalchemy import select

from dragoman.ledger.reasons import why
from dragoman.ledger.schema import reports
from dragoman.ledger.settle import Derived, acts_in, derived, settle, with_derived
from dragoman.ledger.store import Ledger, Made, View
from dragoman.model import EventType
from dragoman.process.records import ProcessRecord
from dragoman.reading.reader import Reading

MADE = Made(rulebook="sha256:" + "1" * 64, model="made 1.0")
NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)


def kept(ledger: Ledger) -> Derived:
    """Return the derived values that a ledger keeps."""
    told = list(ledger.told())
    return Derived(
        revises={each.kept.report.id: each.kept.revises for each in told if each.kept.revises},
        origin={t.kept.report.id: t.kept.origin for t in told if t.kept.origin != t.kept.report.id},
        told={c.claim.id: c.claim.event_id for t in told for c in t.claims if c.claim.event_id != c.claim.id},
    )


def of_days(values: Derived, readings: list[Reading], last: date) -> Derived:
    """Return the values of the reports up to a day."""
    ids = {r.report.id for r in readings if (r.report.published or date.min) <= last}
    claims = {claim.id for r in readings if r.report.id in ids for claim in r.claims}
    return Derived(
        revises={i: other for i, other in values.revises.items() if i in ids},
        origin={i: other for i, other in values.origin.items() if i in ids},
        told={i: other for i, other in values.told.items() if i in claims},
    )


def added(folder: str, groups: list[list[Reading]]) -> Derived:
    """Return what a ledger keeps after these were added, settled after each group."""
    ledger = Ledger(str(Path(folder) / "ledger.sqlite"), create=True, clock=lambda: NOON)
    try:
        for group in groups:
            for reading in group:
                ledger.add(reading, ProcessRecord(), MADE)
            settle(ledger)
        assert not settle(ledger)
        return kept(ledger)
    finally:
        ledger.close()


DEEDS = st.builds(
    Deed,
    event=st.sampled_from([EventType.ASSAULT, EventType.REQUEST]),
    actor=st.sampled_from(["gondor-army", "mordor-army"]),
    thing=st.sampled_from(["the eastern bridge", "the grain convoy"]),
    place=st.sampled_from([None, "Osgiliath"]),
    day=st.sampled_from([None, FIRST, FIRST + timedelta(days=1)]),
)


@st.composite
def sets_of_readings(draw: st.DrawFn) -> list[Reading]:
    """Return a few reports of three days and none, some of them versions and copies of each other."""
    found: dict[str, Reading] = {}
    for number in range(draw(st.integers(2, 7))):
        day = draw(st.sampled_from([None, FIRST, FIRST + timedelta(days=1), FIRST + timedelta(days=2)]))
        deeds = draw(st.lists(DEEDS, min_size=1, max_size=4))
        title = draw(
            st.sampled_from(
                ["Gondor holds the bridge at last", "UPDATE 1-Gondor holds the bridge at last", f"News {number}"]
            )
        )
        reading = reading_of(
            f"{number}", day, deeds, outlet=draw(st.sampled_from(["The Palantir", "Bree Post"])), headline=title
        )
        found[reading.report.id] = reading
    return list(found.values())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings=sets_of_readings(), data=st.data())
def test_any_order_and_grouping_of_adds_gives_the_same_and_a_prefix_its_prefix(
    readings: list[Reading], data: st.DataObject
) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as second, TemporaryDirectory() as third:
        whole = added(first, [readings])
        shuffled = data.draw(st.permutations(readings))
        cut = data.draw(st.integers(0, len(shuffled)))
        assert added(second, [shuffled[:cut], shuffled[cut:]]) == whole
        until = FIRST + timedelta(days=data.draw(st.integers(0, 2)))
        some = [reading for reading in readings if (reading.report.published or date.min) <= until]
        assert added(third, [some]) == of_days(whole, readings, until)


def test_one_by_one_in_any_order_is_as_all_at_once(tmp_path: Path) -> None:
    readings = list(many(40, 8, seed=3))
    (tmp_path / "one").mkdir()
    (tmp_path / "all").mkdir()
    backwards = added(str(tmp_path / "one"), [[reading] for reading in reversed(readings)])
    assert backwards == added(str(tmp_path / "all"), [readings])
    assert len(backwards.told) > 40


def test_what_was_known_is_derived_from_the_reports_of_then(tmp_path: Path) -> None:
    deed = Deed(event=EventType.ASSAULT, actor="gondor-army", thing="the eastern bridge", place="Osgiliath", day=FIRST)
    late = reading_of("a", FIRST, [deed], outlet="Bree Post")
    early = reading_of(
        "b", FIRST + timedelta(days=1), [deed], outlet="The Palantir", headline="An army is seen at a bridge"
    )
    instants = iter([NOON, NOON + timedelta(days=1)])
    ledger = Ledger(str(tmp_path / "ledger.sqlite"), create=True, clock=lambda: next(instants))
    ledger.add(early, ProcessRecord(), MADE)
    ledger.add(late, ProcessRecord(), MADE)
    settle(ledger)
    assert kept(ledger).told == {early.claims[0].id: late.claims[0].id}
    view = View(known=NOON)
    (told,) = with_derived(ledger.told(view), derived(ledger, view))
    assert told.kept.origin == early.report.id
    assert told.claims[0].claim.event_id == early.claims[0].id
    assert derived(ledger) == kept(ledger)
    ledger.close()


def test_what_a_report_is_compared_by_is_made_once_and_again_after_a_new_reading(tmp_path: Path) -> None:
    ledger = Ledger(str(tmp_path / "ledger.sqlite"), create=True, clock=lambda: NOON)
    reading = next(iter(many(1, 4)))
    ledger.add(reading, ProcessRecord(), MADE)
    settle(ledger)

    def marks() -> bytes | None:
        with ledger.reading() as connection:
            found: bytes | None = connection.execute(select(reports.c.marks)).scalar_one()
            return found

    before = marks()
    assert before
    ledger.replace(reading, ProcessRecord(), Made(rulebook="sha256:" + "2" * 64, model="made 1.0"))
    assert marks() is None
    assert settle(ledger)
    assert marks() == before
    ledger.close()


def test_why_names_what_agreed_and_what_was_nearly_joined(tmp_path: Path) -> None:
    deed = Deed(event=EventType.ASSAULT, actor="gondor-army", thing="the eastern bridge", place="Osgiliath", day=FIRST)
    other_day = Deed(
        event=EventType.ASSAULT,
        actor="gondor-army",
        thing="the eastern bridge",
        place="Osgiliath",
        day=FIRST + timedelta(days=1),
    )
    ledger = Ledger(str(tmp_path / "ledger.sqlite"), create=True, clock=lambda: NOON)
    first, second, third = (
        reading_of("a", FIRST, [deed]),
        reading_of("b", FIRST + timedelta(days=1), [deed], outlet="Bree Post"),
        reading_of("c", FIRST + timedelta(days=2), [other_day], outlet="Bree Post"),
    )
    for reading in (first, second, third):
        ledger.add(reading, ProcessRecord(), MADE)
    settle(ledger)
    event = first.claims[0].id
    lines = why(acts_in(ledger), dict(kept(ledger).told), event)
    assert lines[0] == f"first told in {first.report.id}: ASSAULT gondor-army (2024-03-04)"
    assert f"also in {second.report.id}: ASSAULT gondor-army (2024-03-04)" in lines
    assert f"not joined, {third.report.id}: ASSAULT gondor-army (2024-03-05)" in lines
    assert "  day: 2024-03-04 / 2024-03-05" in lines
    ledger.close()
