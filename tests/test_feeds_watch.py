"""Feeds into a ledger: what is new is added once, what fails is counted and asked for more seldom. Nothing leaves the machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from feed_server import HOST, Page, Site, serving

from dragoman.cli import run
from dragoman.errors import FetchError
from dragoman.feeds.clock import Clock
from dragoman.feeds.config import Feed, Feeds
from dragoman.feeds.fetch import LATER, Answer, Fetcher, Limits
from dragoman.feeds.items import items_of, text_of
from dragoman.feeds.robots import Polite
from dragoman.feeds.watch import Look, Looked, State, Watch, look_at_all, look_at_due, next_due, state_of
from dragoman.ledger.store import Ledger
from dragoman.model import Report
from dragoman.reading.reader import Reader

NOW = datetime(2020, 1, 20, 12, tzinfo=UTC)
LEFT = "Gondor left the talks with Mordor on Monday without signing the deal. The talks will go on in Bree, officials said."
SENT = "Turkey sent troops to Libya on Tuesday, the government in Ankara said. Egypt condemned the move at once."
LONG = " ".join([LEFT, SENT] * 4)


def rss(*items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'.encode()


def item(link: str = "", title: str = "", day: str = "", text: str = "", more: str = "") -> str:
    parts = {"link": link, "title": title, "pubDate": day, "description": text}
    return f"<item>{''.join(f'<{n}>{v}</{n}>' for n, v in parts.items() if v)}{more}</item>"


def page(body: str, title: str = "News of the day", head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{each}</p>" for each in body.split("\n\n"))
    top = f"<head><title>{title}</title>{head}</head>"
    return f"<html>{top}<body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


MONDAY = "Mon, 13 Jan 2020 23:30:00 -0500"


class World:
    """A site, a ledger and a clock; ``look`` looks at the site's feed."""

    def __init__(self, site: Site, ledger: Ledger, reader: Reader, clock: list[datetime]) -> None:
        self.site, self.ledger, self.clock = site, ledger, clock
        self.feed = Feed(url=site.url("/rss"), outlet="The Palantir", every=timedelta(hours=1))
        self.watch = Watch(
            ledger=ledger,
            reader=lambda: reader,
            feeds=Feeds(feeds=(self.feed,), allow=frozenset({HOST})),
            polite=Polite(Fetcher(Limits(seconds=1.0, size=200_000)), pause=0.0),
        )

    def look(self) -> Looked:
        (looked,) = look_at_all(self.watch)
        return looked

    def later(self, **span: float) -> None:
        self.clock[0] += timedelta(**span)

    def reports(self) -> list[Report]:
        return [kept.report for kept in self.ledger.reports()]


@contextmanager
def world_at(where: str, reader: Reader) -> Iterator[World]:
    clock = [NOW]
    ledger = Ledger(where, create=True, clock=lambda: clock[0])
    with serving() as site:
        yield World(site, ledger, reader, clock)
    ledger.close()


@pytest.fixture
def world(tmp_path: Path, reader: Reader) -> Iterator[World]:
    with world_at(str(tmp_path / "ledger.sqlite"), reader) as made:
        yield made


def outcomes(looked: Looked) -> list[str]:
    return [each.outcome.value for each in looked.added]


def test_what_is_new_is_added_from_its_page(world: World) -> None:
    world.site.pages["/rss"] = Page(body=rss(item(world.site.url("/a#x"), "Talks fail", MONDAY, "Gondor left.")))
    world.site.pages["/a"] = Page(body=page(LEFT))
    looked = world.look()
    assert (looked.look, looked.items, outcomes(looked)) == (Look.NEW, 1, ["added"])
    (report,) = world.reports()
    assert (report.headline, report.outlet, report.url) == ("Talks fail", "The Palantir", world.site.url("/a"))
    assert (report.published, report.fetched) == (date(2020, 1, 13), NOW)
    assert LEFT in report.text
    assert [each.claim.event for each in world.ledger.claims()] != []
    assert world.site.paths() == ["/robots.txt", "/rss", "/a"]
    world.look()
    assert world.site.paths() == ["/rss"]  # a page that is there is not asked for again
    assert len(world.reports()) == 1


def test_the_state_of_a_feed_is_kept_on_each_database(target: str, reader: Reader) -> None:
    with world_at(target, reader) as world:
        linked = item(world.site.url("/a"), "Talks fail", MONDAY, "Gondor left.")
        world.site.pages["/rss"] = Page(
            body=rss(linked, item(world.site.url("/b"), "Troops", MONDAY), item(title="T", text=SENT))
        )
        world.site.pages["/a"] = Page(body=page(LEFT))
        assert sorted(outcomes(world.look())) == ["added", "added", "failed"]
        world.later(hours=1)
        assert outcomes(world.look()) == []
        world.site.pages["/rss"] = Page(status=500)
        assert world.look().look is Look.FAILED
        assert state_of(world.ledger, world.feed).failed == 1
        assert len(world.reports()) == 2


def test_a_feed_that_did_not_change_says_so(world: World) -> None:
    def says(headers: object) -> Page:
        same = isinstance(headers, dict) and headers.get("If-None-Match") == '"7"'
        stamp = isinstance(headers, dict) and headers.get("If-Modified-Since") == MONDAY
        return Page(status=304) if same and stamp else Page(
            body=rss(item(text=SENT, title="Troops")), headers={"ETag": '"7"', "Last-Modified": MONDAY}
        )  # fmt: skip

    world.site.pages["/rss"] = Page(says=says)
    assert world.look().look is Look.NEW
    world.later(hours=1)
    assert world.look() == Looked(feed=world.feed, look=Look.SAME)
    assert state_of(world.ledger, world.feed) == State(etag='"7"', modified=MONDAY, polled=world.clock[0])


def test_an_item_with_its_whole_text_needs_no_page(world: World) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><title>UPDATE 1-Talks &amp;amp; more</title>'
        f'<link href="/a"/><id>urn:1</id><updated>2020-01-14T10:00:00Z</updated><summary>{LEFT}</summary>'
        f'<content type="html">&lt;p&gt;{LONG}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</content></entry></feed>'
    )
    world.site.pages["/rss"] = Page(body=atom.encode())
    assert outcomes(world.look()) == ["added"]
    assert world.site.paths() == ["/robots.txt", "/rss"]
    (report,) = world.reports()
    assert (report.headline, report.published, report.url) == ("Talks & more", date(2020, 1, 14), world.site.url("/a"))
    assert report.text.endswith(LONG)


def test_items_that_come_again_are_added_once(world: World) -> None:
    same = item(world.site.url("/a"), "Talks fail", MONDAY, "x.")
    loose = item(title="Troops", text=SENT)
    world.site.pages["/rss"] = Page(body=rss(same, same, loose, loose))
    world.site.pages["/a"] = Page(body=page(LEFT))
    looked = world.look()
    assert (looked.items, outcomes(looked)) == (2, ["added", "added"])
    world.later(days=3)  # an item without a day gets no new one
    moved = item(world.site.url("/b"), "Talks fail", "Tue, 14 Jan 2020 10:00:00 GMT", "x.")
    world.site.pages["/rss"] = Page(body=rss(loose, moved))
    world.site.pages["/b"] = Page(body=page(LEFT))
    assert outcomes(world.look()) == []
    assert len(world.reports()) == 2


def test_a_page_that_was_changed_is_a_new_version(world: World) -> None:
    def feed(moment: str) -> bytes:
        more = f"<atom:updated xmlns:atom='http://www.w3.org/2005/Atom'>{moment}</atom:updated>"
        return rss(item(world.site.url("/a"), "Talks fail", MONDAY, "x.", more))

    world.site.pages["/rss"] = Page(body=feed("2020-01-14T10:00:00Z"))
    world.site.pages["/a"] = Page(body=page(LEFT))
    world.look()
    world.later(hours=2)
    world.site.pages["/a"] = Page(body=page(f"{LEFT}\n\n{SENT}"))
    world.site.pages["/rss"] = Page(body=feed("2030-01-14T10:00:00Z"))  # a day to come says nothing
    assert outcomes(world.look()) == []
    world.site.pages["/rss"] = Page(body=feed("2020-01-20T13:00:00Z"))
    assert outcomes(world.look()) == ["added"]
    assert sorted(len(report.text) for report in world.reports())[0] < len(LEFT) + 50
    assert {report.url for report in world.reports()} == {world.site.url("/a")}


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        (MONDAY, date(2020, 1, 13)),
        ("2020-01-14T23:30:00-05:00", date(2020, 1, 14)),
        ("Fri, 01 Jan 2099 00:00:00 GMT", date(2020, 1, 20)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", date(2020, 1, 20)),
        ("the day before yesterday", date(2020, 1, 20)),
        ("Mon, 99 Foo 2020 99:99:99 GMT", date(2020, 1, 20)),
        ("", date(2020, 1, 20)),
    ],
)
def test_days_that_lie_are_not_believed(world: World, stated: str, day: date) -> None:
    world.site.pages["/rss"] = Page(body=rss(item(title="Troops", text=SENT, day=stated)))
    world.look()
    assert [report.published for report in world.reports()] == [day]


def test_the_day_of_a_page_stands_in_for_one_that_lies(world: World) -> None:
    link = world.site.url("/a")
    world.site.pages["/rss"] = Page(body=rss(item(link, "Talks", "Fri, 01 Jan 2099 00:00:00 GMT", "x.")))
    head = '<meta property="article:published_time" content="2020-01-15T10:00:00Z">'
    world.site.pages["/a"] = Page(body=page(LEFT, head=head))
    world.look()
    assert [report.published for report in world.reports()] == [date(2020, 1, 15)]


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("windows-1252", "cp1252"),
        ("utf-8", "cp1252"),
        ("iso-8859-2", "utf-8"),
        ("nonsense", "utf-8"),
        ("koi8-r", "koi8-r"),
    ],
)
def test_encodings_are_found_though_the_host_lies(world: World, charset: str, codec: str) -> None:
    word = "Kučera" if codec == "utf-8" else "Müller" if codec == "cp1252" else "Юрий"
    body = page(f"Mr {word} left the talks on Monday without signing the deal. {SENT}").decode().encode(codec)
    world.site.pages["/rss"] = Page(body=rss(item(world.site.url("/a"), "Talks", MONDAY, "x.")))
    world.site.pages["/a"] = Page(body=body, headers={"Content-Type": f"text/html; charset={charset}"})
    assert outcomes(world.look()) == ["added"]
    assert word in world.reports()[0].text


def test_what_a_host_does_not_allow_is_added_by_the_words_of_the_feed(world: World) -> None:
    world.site.pages["/robots.txt"] = Page(body=b"User-agent: *\nDisallow: /a\n")
    inner = "http://10.0.0.1/secret"
    world.site.pages["/rss"] = Page(
        body=rss(item(world.site.url("/a"), "Talks", MONDAY, LEFT), item(inner, "Troops", MONDAY, SENT))
    )
    assert outcomes(world.look()) == ["added", "added"]
    assert world.site.paths() == ["/robots.txt", "/rss"]
    assert {LEFT in report.text or SENT in report.text for report in world.reports()} == {True}
    assert outcomes(world.look()) == []


def test_a_page_that_cannot_be_had_now_is_asked_for_again(world: World) -> None:
    link = world.site.url("/a")
    world.site.pages["/rss"] = Page(body=rss(item(link, "Talks", MONDAY, LEFT)), headers={"ETag": '"1"'})
    world.site.pages["/a"] = Page(status=503)
    looked = world.look()
    assert (looked.look, outcomes(looked)) == (Look.NEW, ["failed"])
    assert [(row["source"], row["remedy"]) for row in world.ledger.failures()] == [(link, LATER)]
    assert state_of(world.ledger, world.feed).etag is None  # so that the feed tells of it again
    world.site.pages["/a"] = Page(body=page(LEFT))
    assert outcomes(world.look()) == ["added"]
    assert world.ledger.failures() == []
    assert state_of(world.ledger, world.feed).etag == '"1"'


def test_a_page_that_is_no_report_fails_once(world: World) -> None:
    german = (
        "Die Regierung hat gestern einen Waffenstillstand mit den Rebellen geschlossen, sagte der Minister am Montag. "
    )
    world.site.pages["/rss"] = Page(body=rss(item(world.site.url("/a"), "Nachrichten", MONDAY)))
    world.site.pages["/a"] = Page(body=page(german * 3))
    assert outcomes(world.look()) == ["failed"]
    world.site.paths()
    assert outcomes(world.look()) == []
    assert world.site.paths() == ["/rss"]
    assert len(world.ledger.failures()) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Page(status=500), "the host answered 500"),
        (Page(status=404), "the host answered 404"),
        (Page(body=b"<html><body>Welcome</body></html>"), "this is no RSS or Atom feed"),
        (Page(body=b""), "this is no RSS or Atom feed"),
        (Page(body=b"\x00\xff\xfe" * 50), "this is no RSS or Atom feed"),
        (Page(body=b"x" * 200_001), "more than 200,000 bytes"),
        (Page(status=302, headers={"Location": "http://192.168.0.1/"}), "no public address"),
    ],
)
def test_a_feed_that_fails_is_counted_and_left_alone_longer_and_longer(world: World, answer: Page, said: str) -> None:
    world.site.pages["/rss"] = answer
    looked = world.look()
    assert looked.look is Look.FAILED
    assert looked.fault is not None
    assert said in looked.fault.found
    for failed in range(1, 4):
        state = state_of(world.ledger, world.feed)
        assert (state.failed, state.due(world.feed)) == (failed, world.clock[0] + timedelta(hours=2**failed))
        assert said in (state.fault or "")
        assert world.look().look is Look.WAITING
        world.later(hours=2**failed)
        assert world.look().look is Look.FAILED
    world.later(days=1)
    world.site.pages["/rss"] = Page(body=rss(item(title="Troops", text=SENT)))
    assert world.look().look is Look.NEW
    assert state_of(world.ledger, world.feed) == State(polled=world.clock[0])


def test_status_says_which_feeds_fail_since_when_and_why(
    target: str, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    def told() -> dict[str, object]:
        assert run(["status", "--json", "--ledger", target]) == 0
        return dict(json.loads(capsys.readouterr().out))

    with world_at(target, reader) as world:
        well = Feed(url=world.site.url("/well"), outlet="Herald")
        both = replace(world.watch, feeds=replace(world.watch.feeds, feeds=(world.feed, well)))
        world.site.pages["/well"] = Page(body=rss(item(title="Troops", text=SENT)))
        world.site.pages["/rss"] = Page(status=500)
        for _ in range(3):
            first, _ = look_at_all(both)
            assert first.look is Look.FAILED
            world.later(days=1)
        (failing,) = world_status(told())
        assert (failing["feed"], failing["failed"]) == (world.feed.url, 3)
        assert (failing["since"], failing["asked"]) == ("2020-01-20T12:00:00Z", "2020-01-22T12:00:00Z")
        assert (failing["found"], failing["remedy"]) == ("the host answered 500", LATER)
        assert told()["failures"] == []
        assert run(["status", "--ledger", target]) == 0
        lines = capsys.readouterr().out.splitlines()
        at = lines.index("feeds: 2, 1 of them failing")
        why = f"failed 3 times since 2020-01-20 12:00 UTC: the host answered 500; {LATER}"
        assert lines[at + 1] == f"  {world.feed.url}: {why}"
        world.site.pages["/rss"] = Page(body=rss())
        world.look()
        assert (told()["feeds"], told()["failing"]) == (2, [])
        world.site.pages["/rss"] = Page(status=404)
        world.look()
        (failing,) = world_status(told())
        assert (failing["failed"], failing["since"]) == (1, "2020-01-23T12:00:00Z")


def world_status(told: dict[str, object]) -> list[dict[str, object]]:
    found = told["failing"]
    assert isinstance(found, list)
    return found


def test_the_wait_has_an_end(world: World) -> None:
    assert State(polled=NOW, failed=99).due(world.feed) == NOW + timedelta(days=1)
    rare = Feed(url="http://a.org", outlet="a", every=timedelta(days=7))
    assert State(polled=NOW, failed=3).due(rare) == NOW + timedelta(days=7)


def test_feeds_are_looked_at_when_they_are_due(world: World) -> None:
    world.site.pages["/rss"] = Page(body=rss())
    assert next_due(world.watch) < NOW
    assert [each.look for each in look_at_due(world.watch)] == [Look.NEW]
    assert next_due(world.watch) == NOW + timedelta(hours=1)
    world.later(minutes=59)
    assert list(look_at_due(world.watch)) == []
    world.later(minutes=1)
    assert [each.look for each in look_at_due(world.watch)] == [Look.NEW]


def test_one_request_at_a_time(world: World) -> None:
    links = [world.site.url(f"/{number}") for number in range(6)]
    world.site.pages["/rss"] = Page(body=rss(*(item(link, f"Talks {link[-1]}", MONDAY, "x.") for link in links)))
    for number in range(6):
        world.site.pages[f"/{number}"] = Page(body=page(f"{LEFT} On day {number} it rained."), pause=0.02)
    assert outcomes(world.look()) == ["added"] * 6
    assert world.site.most == 1


# -- feeds themselves


def answer(body: bytes) -> Answer:
    return Answer(url="http://news.test/rss", status=200, headers={}, body=body)


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("plain text", "plain text"),
        ("<p>One.</p><p>Two&nbsp;three.</p>", "One.\n\nTwo three."),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<!-- x --><style>p{}</style>Words <b>here</b><br>and there", "Words here\nand there"),
        ("<div><div><p>Deep</p></div>\n\n\n<ul><li>x</li></ul></div>", "Deep\n\nx"),
    ],
)  # fmt: skip
def test_markup_is_turned_into_text(markup: str, plain: str) -> None:
    assert text_of(markup) == plain


def test_deep_markup_does_no_harm() -> None:
    assert text_of("<div>" * 5000 + "x" + "</div>" * 5000) in ("", "x")
    assert text_of("<p>&#xD800;&#1;ok</p>").encode("utf-8", "replace").endswith(b"ok")


def test_entities_of_a_feed_do_not_grow() -> None:
    bombs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "boom"}">' for n in range(10))
    body = f'<?xml version="1.0"?><!DOCTYPE rss [{bombs}]>'.encode() + rss(item(title="A", text="&a9;"))
    assert all(len(each.text) < 1000 for each in items_of(answer(body), NOW))


def test_of_a_huge_feed_the_first_items_are_read() -> None:
    body = rss(*(item(title=f"Item {number}", text="Words.") for number in range(600)))
    found = items_of(answer(body), NOW)
    assert len(found) == 500
    assert found[0].title == "Item 0"


def test_a_broken_feed_gives_what_can_be_read() -> None:
    found = items_of(answer(rss(item(title="A & B", text="One <b>two"), item(title="C", text="Three"))[:-20]), NOW)
    assert [each.title for each in found] == ["A & B", "C"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[::1/", ""])
def test_links_that_are_no_addresses_are_none(link: str) -> None:
    (found,) = items_of(answer(rss(item(link, "A", text="Words."))), NOW)
    assert found.link is None
    assert found.whole


def test_no_feed_is_an_error() -> None:
    with pytest.raises(FetchError, match="no RSS or Atom feed"):
        items_of(answer(b'{"version": "https://jsonfeed.org/version/1"}'), NOW)


# -- the command


@pytest.fixture
def call(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str) -> tuple[int, str, str]:
        status = run(list(arguments))
        out, err = capsysbinary.readouterr()
        return status, out.decode(), err.decode()

    return called


def test_watch_once(call: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    with serving() as site:
        (tmp_path / "FEEDS.toml").write_text(
            f'allow = ["{HOST}"]\n[[feed]]\nurl = "{site.url("/rss")}"\noutlet = "Wire"\n'
            f'[[feed]]\nurl = "{site.url("/none")}"\noutlet = "None"\n'
        )
        site.pages["/rss"] = Page(body=rss(item(title="Troops", text=SENT, day=MONDAY)))
        status, out, err = call("watch", "FEEDS.toml", "--once", "--ledger", "l.sqlite")
        assert status == 1
        assert out.splitlines()[0] == f"{site.url('/rss')}: read (1 items, 1 added, 0 failed)"
        assert out.splitlines()[1].startswith(f"{site.url('/none')}: failed (asked again from 20")
        assert err == f"{site.url('/none')}: the host answered 404; check the address\n"
        status, out, err = call("watch", "FEEDS.toml", "--once", "--ledger", "l.sqlite", "--json")
        assert (status, err) == (0, "")
        assert [json.loads(line)["look"] for line in out.splitlines()] == ["read", "waiting"]


def test_watch_goes_on_until_it_is_stopped(
    call: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    def slept_for(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("dragoman.feeds.clock.Clock", lambda: Clock(sleep=slept_for))
    with serving() as site:
        (tmp_path / "FEEDS.toml").write_text(
            f'allow = ["{HOST}"]\n[[feed]]\nurl = "{site.url("/rss")}"\noutlet = "Wire"\nevery = "1m"\n'
        )
        site.pages["/rss"] = Page(body=rss())
        status, out, _ = call("watch", "FEEDS.toml")
        assert (status, out) == (130, f"{site.url('/rss')}: read (0 items, 0 added, 0 failed)\n")
        assert site.paths() == ["/robots.txt", "/rss"]
        assert 0 < slept[0] <= 1  # after robots.txt
        assert all(50 < each <= 60 for each in slept[1:])


def test_a_private_host_is_not_asked(call: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    with serving() as site:
        (tmp_path / "FEEDS.toml").write_text(f'[[feed]]\nurl = "{site.url("/rss")}"\noutlet = "Wire"\n')
        status, _, err = call("watch", "FEEDS.toml", "--once")
        assert status == 1
        assert (
            f'{HOST} is no public address; if it is to be asked all the same, allow it in FEEDS.toml: allow = ["{HOST}"]'
            in err
        )
        assert site.asked == []


def test_a_mistake_in_the_file_is_wrong_usage(call: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "FEEDS.toml").write_text("[[feed]]\nurl = 'https://a.org'\noutlet = 'A'\nlimit = 1\n")
    status, out, err = call("watch", "FEEDS.toml", "--once")
    assert (status, out) == (2, "")
    assert "unknown key 'limit'" in err
    assert not (tmp_path / "ledger.sqlite").exists()


# -- what hosts want


@pytest.mark.parametrize("stated", ["7200", "Mon, 20 Jan 2020 14:00:00 GMT"])
def test_a_host_that_wants_to_be_left_alone_is(world: World, stated: str, tmp_path: Path, reader: Reader) -> None:
    world.site.pages["/rss"] = Page(status=429, headers={"Retry-After": stated})
    world.feed = Feed(url=world.feed.url, outlet="The Palantir", every=timedelta(minutes=15))
    world.watch = replace(
        world.watch, feeds=replace(world.watch.feeds, feeds=(world.feed,)),
        polite=Polite(Fetcher(), pause=0.0, clock=Clock(now=lambda: world.clock[0])),
    )  # fmt: skip
    assert world.look().due == NOW + timedelta(hours=2)
    again = replace(world.watch, polite=Polite(Fetcher(), pause=0.0))  # another run knows it from the ledger
    world.site.paths()
    for _ in range(7):
        world.later(minutes=15)
        assert list(look_at_due(again)) == []
    assert world.site.paths() == []
    world.later(minutes=15)
    assert [each.look for each in look_at_due(again)] == [Look.FAILED]


def test_a_host_that_wants_no_request_gets_none_for_its_pages_either(world: World) -> None:
    links = [world.site.url(f"/{number}") for number in range(4)]
    world.site.pages["/rss"] = Page(body=rss(*(item(link, f"Talks {link[-1]}", MONDAY, "x.") for link in links)))
    world.site.pages["/0"] = Page(status=503, headers={"Retry-After": "600"})
    assert outcomes(world.look()) == ["failed"] * 4
    assert world.site.paths() == ["/robots.txt", "/rss", "/0"]


def test_a_robots_txt_that_cannot_be_had_is_not_asked_for_again_at_once(world: World) -> None:
    seconds = [0.0]
    clock = Clock(now=lambda: world.clock[0], seconds=lambda: seconds[0])
    world.watch = replace(world.watch, polite=Polite(Fetcher(), pause=0.0, clock=clock))
    world.site.pages["/robots.txt"] = Page(status=500)
    assert world.look().look is Look.FAILED
    seconds[0] += 200.0
    world.later(days=1)
    assert world.look().look is Look.FAILED
    assert world.site.paths() == ["/robots.txt"]
    seconds[0] += 200.0
    world.later(days=2)
    world.look()
    assert world.site.paths() == ["/robots.txt"]


def test_ids_that_are_no_addresses_lead_nowhere(world: World) -> None:
    other = Feed(url=world.site.url("/other"), outlet="Bree Post", every=timedelta(hours=1))
    world.watch = replace(world.watch, feeds=replace(world.watch.feeds, feeds=(world.feed, other)))
    world.site.pages["/rss"] = Page(body=rss(item(title="Talks", text=LEFT, more="<guid>17</guid>")))
    world.site.pages["/other"] = Page(body=rss(item(title="Troops", text=SENT, more="<guid>17</guid>")))
    assert [outcomes(each) for each in look_at_all(world.watch)] == [["added"], ["added"]]
    assert [report.url for report in world.reports()] == [None, None]
    assert world.site.paths() == ["/robots.txt", "/rss", "/other"]


def test_who_is_cut_off_in_a_look_does_not_ask_again_at_once(world: World) -> None:
    world.site.pages["/rss"] = Page(body=rss(item(title="Talks", text=LEFT)), headers={"ETag": '"1"'})

    def stopped() -> Reader:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(look_at_due(replace(world.watch, reader=stopped)))
    assert state_of(world.ledger, world.feed) == State(polled=NOW)
    assert list(look_at_due(world.watch)) == []
    world.later(hours=1)
    (looked,) = look_at_due(world.watch)
    assert outcomes(looked) == ["added"]
    assert state_of(world.ledger, world.feed).etag == '"1"'
