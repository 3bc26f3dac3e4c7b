"""What stands in a feed, and how an item becomes a report: by its own text where that is whole, else by the page that it leads to."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urldefrag, urljoin

import feedparser
import msgspec
from lxml import html as lxml_html
from lxml.etree import ParserError

from dragoman.errors import FetchError, IntakeError
from dragoman.feeds.fetch import LATER, Answer
from dragoman.model import Report
from dragoman.reading.formats import iso_day
from dragoman.reading.intake import IntakeOptions, Taken, read_stream

_WHOLE = 600  # characters of text under which an item's content may be the beginning of it
_BLOCKS = frozenset("address article blockquote div h1 h2 h3 h4 h5 h6 li ol p pre section table tr ul".split())
_SPACE = re.compile(r"\s+")
_MOST = 500
_OLDEST = date(1990, 1, 1)
_AHEAD = timedelta(days=1)  # a day may have begun elsewhere
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed. ``text`` is plain; ``whole`` says that it is the report and not only its beginning."""

    key: str
    title: str | None
    link: str | None
    published: date | None
    updated: datetime | None
    text: str
    whole: bool


def items_of(answer: Answer, now: datetime) -> list[Item]:
    """Return the items of a feed, each once, in its order; FetchError where the answer is no RSS or Atom feed.

    A day that lies (after ``now``, before 1990, no day at all) is not known. Of a feed with more than 500 items the first are read.
    """
    return feed_of(answer, now, _MOST)[1]


def feed_of(answer: Answer, now: datetime, most: int | None = None) -> tuple[str | None, list[Item]]:
    """Return the title of a feed and its items, no more than ``most``; FetchError where the answer is no RSS or Atom feed."""
    parsed = _parsed(answer)
    if not parsed.get("version"):
        raise FetchError(
            where=answer.url, found="this is no RSS or Atom feed", remedy="give the address of the feed itself"
        )
    found: dict[str, Item] = {}
    for entry in parsed.entries[:most]:
        item = _item(entry, answer.url, now)
        if item is not None:
            found.setdefault(item.key, item)
    title = _SPACE.sub(" ", text_of(_plain(parsed.feed.get("title")))).strip()
    return title or None, list(found.values())


def _parsed(answer: Answer) -> Any:
    headers = {"content-type": answer.headers.get("content-type", "")}  # and no address: an id stays as it is written
    try:
        return feedparser.parse(io.BytesIO(answer.body), response_headers=headers)
    except Exception as mistake:  # foreign matter: whatever it breaks in the parser is the feed's mistake
        found = f"the feed cannot be read ({type(mistake).__name__})"
        raise FetchError(where=answer.url, found=found, remedy=LATER) from mistake


def report_of_item(item: Item, outlet: str, now: datetime, options: IntakeOptions) -> Taken:
    """Return the report that an item is by its own text; without a day of its own it is of the day on which it was found."""
    where, day = item.link or item.key, item.published or now.date()
    record = {
        "text": item.text, "headline": item.title, "url": item.link, "outlet": outlet, "published": day.isoformat(),
        "fetched": now.isoformat(),
    }  # fmt: skip
    empty = IntakeError(where=where, found="the item is empty", remedy="nothing: its outlet gives no text")
    return next(iter(read_stream(msgspec.json.encode(record), where, options)), empty)


def report_of_page(item: Item, page: Answer, outlet: str, now: datetime, options: IntakeOptions) -> Taken:
    """Return the report on the page that an item leads to; headline and day are the feed's where it states them, else the page's."""
    where = item.link or item.key
    taken = next(iter(read_stream(in_utf8(page), where, options)))
    if not isinstance(taken, Report):
        return taken
    body = taken.text[taken.body_start :]
    published = item.published or _plausible(taken.published, now)
    known = replace(item, title=item.title or taken.headline, published=published, text=body)
    return report_of_item(known, outlet, now, options)


def text_of(markup: str) -> str:
    """Return the plain text of an item's HTML, its blocks as paragraphs; scripts and styles say nothing.

    >>> text_of("<p>Gondor <b>signed</b>.</p><script>x</script><p>Mordor<br>did not.</p>")
    'Gondor signed.\\n\\nMordor\\ndid not.'
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    try:
        root = lxml_html.fragment_fromstring(markup, create_parent="div")
    except (ParserError, ValueError):
        return ""
    words = "".join(_words(root))
    blocks = (_SPACE.sub(" ", line).strip() for line in words.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(blocks)).strip()


def _words(node: Any) -> Iterator[str]:
    """Yield the words of a node; line breaks part its blocks, and stand for ``br`` alone."""
    if not isinstance(node.tag, str) or node.tag in ("script", "style", "template"):
        return
    block = node.tag in _BLOCKS
    yield "\n\n" if block else ""
    yield _SPACE.sub(" ", node.text or "")
    for child in node:
        yield "\n" if child.tag == "br" else ""
        yield from _words(child)
        yield _SPACE.sub(" ", child.tail or "")
    yield "\n\n" if block else ""


def _item(entry: Any, base: str, now: datetime) -> Item | None:
    link = None if _only_named(entry) else _link(_plain(entry.get("link")), base)
    title = _SPACE.sub(" ", text_of(_plain(entry.get("title")))).strip() or None
    content = max((text_of(_plain(each.get("value"))) for each in entry.get("content") or ()), key=len, default="")
    summary = text_of(_plain(entry.get("summary")))
    text = content or summary
    if not title and not text:
        return None
    return Item(
        key=link or f"{base}#{_plain(entry.get('id')) or title or text[:80]}",  # another feed may have the same ids
        title=title,
        link=link,
        published=_plausible(_day(entry), now),
        updated=_updated(entry, now),
        text=text,
        whole=link is None or (len(content) >= _WHOLE and len(content) > len(summary)),
    )


def _only_named(entry: Any) -> bool:
    """Return whether what stands for a link is an id that is no address ('17'), and would be one that others have, too."""
    return bool(entry.get("guidislink")) and not _plain(entry.get("id")).strip().startswith(_WEB)


def _of(entry: Any, name: str) -> Any:
    """Return what an entry states under a name and under no other that feedparser would put in its place."""
    return entry[name] if name in entry.keys() else None  # noqa: SIM118  its own 'in' knows those, too


def _plain(words: Any) -> str:
    """Return words of a feed as characters that UTF-8 has; nothing for what is no text."""
    return words.encode("utf-8", "replace").decode() if isinstance(words, str) else ""


def _link(link: str, base: str) -> str | None:
    try:
        whole = urldefrag(urljoin(base, link.strip())).url if link.strip() else ""
    except ValueError:
        return None
    return whole if whole.startswith(_WEB) else None


def _day(entry: Any) -> date | None:
    """Return the day of publication as the feed writes it there, not turned into another time zone's."""
    for name in ("published", "created", "updated"):
        stated = _of(entry, name)
        if isinstance(stated, str) and stated.strip():
            try:
                return iso_day(stated.strip()) or parsedate_to_datetime(stated).date()
            except (ValueError, TypeError, IndexError, OverflowError):
                parsed = _of(entry, f"{name}_parsed")
                return date(*parsed[:3]) if parsed and parsed[0] > 0 else None
    return None


def _updated(entry: Any, now: datetime) -> datetime | None:
    """Return when an item was last changed, where that is not yet to come."""
    parsed = _of(entry, "updated_parsed") or _of(entry, "published_parsed")
    try:
        moment = datetime(*parsed[:6]).replace(tzinfo=UTC) if parsed else None
    except ValueError:
        return None
    return moment if moment is not None and moment <= now else None


def _plausible(day: date | None, now: datetime) -> date | None:
    return day if day is not None and _OLDEST <= day <= now.date() + _AHEAD else None


def in_utf8(page: Answer) -> bytes:
    """Return a page's bytes in UTF-8 where they are in the charset that its host says; as they are where that is wrong."""
    try:
        page.body.decode("utf-8")
        return page.body
    except UnicodeDecodeError:
        named = _CHARSET.search(page.headers.get("content-type", ""))
    try:
        return page.body.decode(named.group(1)).encode() if named else page.body
    except (LookupError, UnicodeDecodeError):
        return page.body
