"""A day of news in simulated time: some twenty feeds that fail, move, lie and repeat, each in its way, and what they served soundly.

Hours are counted from the beginning; test_feeds_day.py lives through some of them, tools/watch_day.py through many days.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from random import Random

from feed_server import HOST, Page, Site, serving

from dragoman.feeds.clock import Clock
from dragoman.feeds.config import Feed, Feeds
from dragoman.feeds.fetch import Fetcher, Limits
from dragoman.feeds.robots import Polite
from dragoman.feeds.watch import Looked, Watch, follow
from dragoman.ledger.store import Ledger
from dragoman.reading.reader import Reader

BEGIN = datetime(2020, 1, 20, tzinfo=UTC)
EVERY = timedelta(hours=1)
HOUR = timedelta(hours=1)
SIZE = 120_000
_MARK = re.compile(r"dispatch [a-z]+ \d+ \d+")
_TALE = (
    "{who}'s army shelled the port of {place} on Monday, officials in Kučera said, and {other} called for talks at once. "
    "This is {mark} of the wire."
)
_SOUNDS = ("bel", "dor", "gon", "har", "lin", "mor", "nar", "pel", "ril", "sam", "tor", "vel")


class Over(BaseException):
    """The time is over."""


@dataclass
class Time:
    """The time of the world: it goes on when somebody sleeps. At the instants in ``stops`` somebody presses Ctrl-C."""

    now: datetime = BEGIN
    end: datetime = BEGIN + 24 * HOUR
    stops: list[datetime] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let the time pass; KeyboardInterrupt where it is stopped meanwhile, Over at the end."""
        self.now += timedelta(seconds=seconds)
        if self.stops and self.now >= self.stops[0]:
            self.stops.pop(0)
            raise KeyboardInterrupt
        if self.now >= self.end:
            raise Over

    def clock(self) -> Clock:
        """Return it as those see it who fetch."""
        return Clock(now=lambda: self.now, seconds=lambda: (self.now - BEGIN).total_seconds(), sleep=self.sleep)

    @property
    def hour(self) -> float:
        """Return the hours since the beginning."""
        return (self.now - BEGIN) / HOUR


@dataclass(frozen=True, slots=True)
class Story:
    """A report of a feed: its number, the version that stands now, when it came out, and its words."""

    number: int
    version: int
    day: datetime
    title: str
    text: str


Tells = Callable[["World", str, Mapping[str, str]], Page]


@dataclass
class World:
    """The sites, what they were asked for and when, and the marks of what was served so that it could be read."""

    time: Time
    site: Site
    own: Mapping[str, Site]  # feeds of another origin: what that says of itself holds for it alone
    asked: list[tuple[datetime, str]] = field(default_factory=list)
    sound: set[str] = field(default_factory=set)
    kept: dict[str, str] = field(default_factory=dict)

    def url(self, name: str, path: str = "") -> str:
        """Return the address of a feed, or of a page of it."""
        return self.own.get(name, self.site).url(f"/{name}{path}")

    def times(self, path: str) -> list[datetime]:
        """Return when something was asked for."""
        return [at for at, asked in self.asked if asked == path]

    def stories(self, name: str, versions: float = 0, pace: float = 7) -> list[Story]:
        """Return what a feed has by now, newest first: a story every so many hours, another version of it after ``versions`` hours."""
        found = []
        for number in range(int(self.time.hour // pace) + 1):
            out = BEGIN + number * pace * HOUR
            age = (self.time.now - out) / HOUR
            version = min(2, int(age // versions)) if versions else 0
            found.append(_story(name, number, version, out))
        return found[:-9:-1]

    def served(self, page: Page) -> Page:
        """Note what a sound page tells."""
        self.sound.update(_MARK.findall(page.body.decode("utf-8", "replace")))
        return page


def _story(name: str, number: int, version: int, out: datetime) -> Story:
    chance = Random(f"{name} {number}")
    words = ["".join(chance.choices(_SOUNDS, k=3)).title() for _ in range(3)]
    mark = f"dispatch {name} {number} {version}"
    text = _TALE.format(who=words[0], place=words[1], other=words[2], mark=mark)
    return Story(number, version, out, f"Port of {words[1]} shelled as {words[2]} calls for talks", text)


# -- forms of feeds


def rss(*items: str) -> bytes:
    """Return a feed in UTF-8."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title>{"".join(items)}</channel></rss>'.encode()


def loose(story: Story, guid: str = "", day: str | None = None) -> str:
    """Return an item that leads nowhere: its words are the report."""
    stated = format_datetime(story.day) if day is None else day
    parts = f"<title>{story.title}</title><description>{story.text}</description>"
    return f"<item>{parts}<guid>{guid or story.number}</guid>{f'<pubDate>{stated}</pubDate>' if stated else ''}</item>"


def linked(story: Story, link: str, text: str = "The port was shelled.", more: str = "") -> str:
    """Return an item that leads to a page."""
    parts = f"<title>{story.title}</title><link>{link}</link><description>{text}</description>{more}"
    return f"<item>{parts}<pubDate>{format_datetime(story.day)}</pubDate></item>"


def page(story: Story) -> bytes:
    """Return the page of a story."""
    words = f"<h1>{story.title}</h1><p>{story.text}</p>"
    return f"<html><head><title>N</title></head><body><article>{words}</article></body></html>".encode()


def steady(world: World, name: str, _: Mapping[str, str]) -> Page:
    """Tell all there is."""
    return world.served(Page(body=rss(*map(loose, world.stories(name)))))


def between(first: float, last: float, fails: Callable[[], Page], then: Tells = steady) -> Tells:
    """Fail between two hours of each day, and tell else."""

    def tells(world: World, name: str, headers: Mapping[str, str]) -> Page:
        return fails() if first <= world.time.hour % 24 < last else then(world, name, headers)

    return tells


# -- feeds that are no feeds for a while


def _half(world: World, name: str, headers: Mapping[str, str]) -> Page:
    if 3 <= world.time.hour % 24 < 6:
        whole = rss(*map(loose, world.stories(name)))
        return Page(body=whole[: len(whole) // 2], length=len(whole))
    return steady(world, name, headers)


def _typed(world: World, name: str, headers: Mapping[str, str]) -> Page:
    kind = ("application/json", "image/png", "", "text/plain; charset=nonsense")[int(world.time.hour) % 4]
    return replace(steady(world, name, headers), headers={"Content-Type": kind})


def _coded(world: World, name: str, _: Mapping[str, str]) -> Page:
    """Tell in another encoding each hour; now and then the host says another one than it is."""
    whole = rss(*map(loose, world.stories(name))).decode().replace('<?xml version="1.0"?>', "")
    world.served(Page(body=whole.encode()))
    codec, said, declared = (
        ("utf-8", "utf-8", ""), ("iso-8859-2", "iso-8859-2", "iso-8859-2"), ("utf-16", "utf-16", ""), ("cp1250", "", "windows-1250"),
        ("utf-8", "", "utf-8"), ("utf-8", "nonsense", "utf-8"),
    )[int(world.time.hour) % 6]  # fmt: skip
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    kind = f"application/xml; charset={said}" if said else "application/xml"
    return Page(body=(head + whole).encode(codec), headers={"Content-Type": kind})


# -- feeds that lie and repeat


def _guids(world: World, name: str, _: Mapping[str, str]) -> Page:
    """Give each item another guid each time, and each twice."""
    stories, at = world.stories(name), world.time.now.isoformat()
    items = [loose(each, f"{at}-{each.number}-{copy}") for each in stories for copy in range(2)]
    return world.served(Page(body=rss(*items)))


def _edited(world: World, name: str, _: Mapping[str, str]) -> Page:
    """Keep the guid and change the words."""
    return world.served(Page(body=rss(*map(loose, world.stories(name, versions=3)))))


def _full(world: World, name: str, _: Mapping[str, str]) -> Page:
    """Give the whole text with a link, and change it without a word."""

    def entry(story: Story) -> str:
        body = (
            f"&lt;p&gt;{story.text}&lt;/p&gt;&lt;p&gt;{'The talks go on in the old mill by the river. ' * 14}&lt;/p&gt;"
        )
        link = f'<link href="{world.url(name, f"/{story.number}")}"/>'
        head = f"<title>{story.title}</title>{link}<id>urn:{story.number}</id>"
        day = f"<published>{story.day.isoformat()}</published>"
        return f'<entry>{head}{day}<summary>In short.</summary><content type="html">{body}</content></entry>'

    entries = "".join(map(entry, world.stories(name, versions=4)))
    return world.served(
        Page(body=f'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>{entries}</feed>'.encode())
    )


def _pages(world: World, name: str, _: Mapping[str, str]) -> Page:
    """Lead to pages that change, and say so."""
    stories = world.stories(name, versions=4)
    for each in stories:
        body = page(each)
        world.site.pages[f"/{name}/{each.number}"] = Page(says=lambda _, b=body: world.served(Page(body=b)))  # type: ignore[misc]

    def changed(story: Story) -> str:
        at = (story.day + story.version * 4 * HOUR).isoformat()
        return f"<updated xmlns='http://www.w3.org/2005/Atom'>{at}</updated>"

    return Page(body=rss(*(linked(s, world.url(name, f"/{s.number}"), more=changed(s)) for s in stories)))


def _doubled(world: World, name: str, _: Mapping[str, str]) -> Page:
    """Lead to one page under two addresses."""
    items = []
    for each in world.stories(name):
        for way in ("a", "b"):
            path, body = f"/{each.number}{way}", page(each)
            world.site.pages[f"/{name}{path}"] = Page(says=lambda _, b=body: world.served(Page(body=b)))  # type: ignore[misc]
            items.append(linked(each, world.url(name, path)))
    return Page(body=rss(*items))


def _frail(world: World, name: str, _: Mapping[str, str]) -> Page:
    """Lead to pages of which every other answer is a fault."""
    items = []
    for each in world.stories(name):
        path, body = f"/{name}/{each.number}", page(each)

        def says(_: Mapping[str, str], path: str = path, body: bytes = body) -> Page:
            before = len(world.times(path))
            return (
                Page(status=502) if before % 3 else world.served(Page(body=body)) if before == 3 else Page(reset=True)
            )

        world.site.pages[path] = Page(says=says)
        items.append(linked(each, world.url(name, f"/{each.number}")))
    return Page(body=rss(*items), headers={"ETag": f'"{len(items)}"'})


def _dated(world: World, name: str, _: Mapping[str, str]) -> Page:
    """Lie about days, each story in its way, and each time in another zone."""
    zone = ("+0000", "-1100", "+1400")[int(world.time.hour) % 3]
    days = (
        "Fri, 01 Jan 2100 00:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "",
        f"Mon, 20 Jan 2020 23:30:00 {zone}",
        "yesterday",
    )
    return world.served(
        Page(body=rss(*(loose(each, day=days[each.number % 5]) for each in world.stories(name, pace=4))))
    )


def _stuck(world: World, name: str, headers: Mapping[str, str]) -> Page:
    """Say the same version of ever new words; who believes that gets nothing new."""
    if headers.get("If-None-Match") == '"1"' and world.time.hour % 24 < 12:
        return Page(status=304)
    return replace(steady(world, name, headers), headers={"ETag": '"1"', "Last-Modified": "yesterday"})


def _restless(world: World, name: str, headers: Mapping[str, str]) -> Page:
    """Say another version of the same words each time."""
    return replace(steady(world, name, headers), headers={"ETag": f'"{world.time.now.isoformat()}"'})


def _tired(world: World, name: str, headers: Mapping[str, str]) -> Page:
    """Want to be left alone for two hours and a half, as seconds or as a moment, before each answer."""
    before = len(world.times(f"/{name}"))
    if before % 3 == 0:
        return steady(world, name, headers)
    then = format_datetime(world.time.now + 2.5 * HOUR, usegmt=True)
    return Page(status=429 if before % 3 == 1 else 503, headers={"Retry-After": "9000" if before % 3 == 1 else then})


def _denied(world: World, name: str, _: Mapping[str, str]) -> Page:
    items = (loose(each) for each in world.stories(name))
    return world.served(Page(body=rss(*items)))


def _moved(to: Callable[[World, str], str], first: float = 0, last: float = 24) -> Tells:
    def tells(world: World, name: str, headers: Mapping[str, str]) -> Page:
        if first <= world.time.hour % 24 < last:
            return Page(status=302, headers={"Location": to(world, name)})
        return steady(world, name, headers)

    return tells


def _html() -> Page:
    return Page(
        body=b"<html><body><h1>Our new site</h1><p>Subscribe!</p></body></html>", headers={"Content-Type": "text/html"}
    )


FEEDS: Mapping[str, Tells] = {
    "steady": steady,
    "faulty": between(3, 9, lambda: Page(status=500)),
    "slow": between(4, 7, lambda: Page(body=b"x" * 100, pieces=10, pause=0.1)),
    "reset": between(2, 5, lambda: Page(reset=True)),
    "half": _half,
    "bomb": between(6, 9, lambda: Page(body=gzip.compress(b"\0" * 5_000_000), headers={"Content-Encoding": "gzip"})),
    "huge": between(1, 3, lambda: Page(body=rss("<item><title>x</title></item>" * 9000))),
    "typed": _typed,
    "moved": _moved(lambda world, name: world.url("target")),
    "circle": _moved(lambda world, name: world.url(name, "?") + "x" * (int(world.time.hour * 1000) % 3), 2, 8),
    "inner": _moved(lambda world, name: "http://10.255.255.1/feed", 2, 8),
    "coded": _coded,
    "guids": _guids,
    "edited": _edited,
    "full": _full,
    "pages": _pages,
    "doubled": _doubled,
    "frail": _frail,
    "dated": _dated,
    "stuck": _stuck,
    "restless": _restless,
    "html": between(1, 99, _html),
    "gone": between(2, 99, lambda: Page(status=404)),
    "tired": _tired,
    "denied": _denied,
}
APART = ("tired", "denied")


def _robots(world: World) -> Page:
    denies = 6 <= world.time.hour % 24 < 12
    return Page(body=b"User-agent: *\nDisallow: /denied\n" if denies else b"User-agent: *\nDisallow: /private\n")


@contextmanager
def world_of(time: Time) -> Iterator[World]:
    """Serve all feeds in a time."""
    with serving() as site, serving() as tired, serving() as denied:
        world = World(time, site, {"tired": tired, "denied": denied})
        for name, tells in {**FEEDS, "target": steady}.items():
            world.own.get(name, site).pages[f"/{name}"] = Page(says=partial(tells, world, name))
        denied.pages["/robots.txt"] = Page(says=lambda _: _robots(world))
        for each in (site, tired, denied):
            each.noted = lambda path: world.asked.append((time.now, path.partition("?")[0]))
        yield world


def lived(world: World, ledger: Path, reader: Reader) -> Iterator[Looked]:
    """Follow the feeds until the time is over; after each Ctrl-C begin again with what the ledger knows."""
    listed = [Feed(url=world.url(name), outlet=name.title(), every=EVERY) for name in FEEDS]
    listed.append(Feed(url=f"https://{HOST}:{world.site.port}/steady", outlet="No Certificate", every=EVERY))
    while True:
        clock = world.time.clock()
        kept = Ledger(str(ledger), create=True, clock=clock.now)
        fetcher = Fetcher(Limits(seconds=0.3, size=SIZE))
        watch = Watch(
            ledger=kept, reader=lambda: reader, feeds=Feeds(feeds=tuple(listed), allow=frozenset({HOST})),
            polite=Polite(fetcher, clock=clock), clock=clock,
        )  # fmt: skip
        try:
            yield from follow(watch)
        except KeyboardInterrupt:
            continue
        except Over:
            return
        finally:
            kept.close()
