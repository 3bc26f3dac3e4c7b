"""A day of ``watch`` in simulated time, with feeds that fail, move, lie and repeat: nothing is lost, nothing twice, nobody is pressed.

tools/watch_day.py lives through more days, and says how much memory it takes.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import datetime, timedelta

import pytest
from feed_server import HOST
from feed_world import APART, BEGIN, EVERY, FEEDS, HOUR, Time, World, lived, world_of

from dragoman.feeds.watch import Looked
from dragoman.ledger.settle import settle
from dragoman.ledger.status import FailingFeed, status
from dragoman.ledger.store import Kept, Ledger
from dragoman.ledger.verify import verify
from dragoman.reading.reader import Reader

HOURS = 24
_MARK = re.compile(r"dispatch [a-z]+ \d+ \d+")


class Day:
    """What is left of a day: the world, all looks, and the ledger's reports and failing feeds."""

    def __init__(self, world: World, looks: list[Looked], ledger: Ledger) -> None:
        self.world, self.looks = world, looks
        self.findings = verify(ledger)
        settle(ledger)
        self.reports: list[Kept] = list(ledger.reports())
        self.failing: dict[str, FailingFeed] = {each.feed: each for each in status(ledger).failing}

    def asked(self, name: str) -> list[datetime]:
        return self.world.times(f"/{name}")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Day:
    path = tmp_path_factory.mktemp("day") / "test.ledger"
    stops = [BEGIN + 5.5 * HOUR, BEGIN + 10 * HOUR + timedelta(seconds=4), BEGIN + 15 * HOUR + timedelta(seconds=9)]
    with world_of(Time(end=BEGIN + HOURS * HOUR, stops=stops)) as world:
        looks = list(lived(world, path, reader))
        assert world.time.stops == []
        ledger = Ledger(str(path))
        found = Day(world, looks, ledger)
        ledger.close()
    return found


def test_what_was_served_soundly_is_there_once(day: Day) -> None:
    told = Counter(mark for kept in day.reports for mark in _MARK.findall(kept.report.text))
    assert day.world.sound - set(told) == set()
    assert [mark for mark, times in told.items() if times > 1] == []
    assert set(told) == day.world.sound
    assert len(told) == len(day.reports) > 3 * len(FEEDS)
    assert day.findings == []


def test_each_feed_told_something(day: Day) -> None:
    assert {mark.split()[1] for mark in day.world.sound} == {*FEEDS, "target"} - {"moved"}


def test_changed_words_are_versions_of_one_report(day: Day) -> None:
    by_mark = {_MARK.findall(kept.report.text)[0]: kept for kept in day.reports}
    for name in ("edited", "full", "pages"):
        first, second, third = (by_mark[f"dispatch {name} 0 {version}"] for version in range(3))
        assert (first.revises, second.revises, third.revises) == (None, first.report.id, second.report.id)


def test_no_letter_was_broken(day: Day) -> None:
    assert all("officials in Kučera said" in kept.report.text for kept in day.reports)


def test_days_that_lie_became_the_day_of_finding(day: Day) -> None:
    for kept in day.reports:
        assert kept.report.published is not None
        assert BEGIN.date() <= kept.report.published <= (BEGIN + HOURS * HOUR).date()


def test_what_fails_is_listed_with_since_when_and_why(day: Day) -> None:
    world = day.world
    expected = {
        world.url("html"): (BEGIN + HOUR, "this is no RSS or Atom feed"),
        world.url("gone"): (BEGIN + 2 * HOUR, "the host answered 404"),
        f"https://{HOST}:{world.site.port}/steady": (BEGIN, "the request failed ("),
    }
    lasting = {feed: each for feed, each in day.failing.items() if feed in expected}
    assert set(lasting) == set(expected)
    for feed, (since, why) in expected.items():
        told = lasting[feed]
        assert told.since is not None
        assert since <= told.since <= since + EVERY + timedelta(minutes=2)
        assert told.found.startswith(why)
        assert told.failed >= 4
    well = {feed: each.found for feed, each in day.failing.items() if feed not in expected}
    assert set(well) <= {world.url("tired"), world.url("frail")}, well  # all others are well again
    inner = {str(look.fault) for look in day.looks if look.feed.url == world.url("inner") and look.fault}
    assert len(inner) == 1
    assert "10.255.255.1 is no public address" in inner.pop()


def test_nobody_is_asked_more_often_than_it_wants(day: Day) -> None:
    for name in FEEDS:
        if name != "circle":  # which asks itself
            asked = day.asked(name)
            gaps = [later - earlier for earlier, later in itertools.pairwise(asked)]
            assert min(gaps) >= EVERY, name
    tired = day.asked("tired")
    assert all(tired[at + 1] - tired[at] >= 2.5 * HOUR for at in range(len(tired) - 1) if at % 3)
    times = [at for at, _ in day.world.asked]
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= timedelta(seconds=1)


def test_robots_that_change_are_heeded(day: Day) -> None:
    said = [at for at, path in day.world.asked if path == "/robots.txt"]
    assert len(said) <= (1 + len(APART)) * (HOURS + 4)  # once an hour and host, and after each stop
    assert not [at for at in day.asked("denied") if BEGIN + 7 * HOUR <= at < BEGIN + 12 * HOUR]
    assert [at for at in day.asked("denied") if at > BEGIN + 12 * HOUR]


def test_pages_are_fetched_once_a_version(day: Day) -> None:
    paths = Counter(path for _, path in day.world.asked)
    assert paths["/pages/0"] == 3
    assert max(paths[f"/doubled/0{way}"] for way in "ab") <= 1 + 3  # the second address again after each stop
    assert paths["/frail/0"] == 4  # three faults, then it is had
