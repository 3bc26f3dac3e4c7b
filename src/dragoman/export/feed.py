"""An Atom feed as bytes: the same items give the same bytes. The desk's feeds and the format 'atom' are written by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feedgen.feed import FeedGenerator

from dragoman import __version__
from dragoman.export.days import NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed. Its id is the same whatever comes to be told later; ``text`` is its content without markup."""

    id: str
    url: str | None
    title: str
    html: str
    text: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed. ``page`` is the address of a page with the same; ``own`` is that of the feed itself."""

    id: str
    title: str
    items: tuple[Item, ...]
    page: str | None = None
    own: str | None = None


def atom_of(given: Feed) -> bytes:
    """Return a feed as Atom; it was updated when the last of its items was."""
    feed = FeedGenerator()
    feed.id(given.id)
    feed.title(given.title)
    feed.author({"name": "Dragoman"})
    feed.generator("Dragoman", version=__version__)
    if given.page:
        feed.link(href=given.page, rel="alternate")
    if given.own:
        feed.link(href=given.own, rel="self", type="application/atom+xml")
    feed.updated(max((each.updated for each in given.items), default=NEVER))
    for each in given.items:
        entry = feed.add_entry(order="append")
        entry.id(each.id)
        entry.title(each.title)
        if each.url:
            entry.link(href=each.url)
        entry.published(each.published)
        entry.updated(each.updated)
        entry.content(each.html, type="html")
    made: bytes = feed.atom_str(pretty=True)
    return made
