"""The forms in which a report comes (plain text, HTML, JSON, JSON lines) to a draft of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

import msgspec

from dragoman.errors import NO_JSON, IntakeError


class Form(StrEnum):
    """What a file holds."""

    PLAIN = "plain"
    HTML = "html"
    JSON = "json"
    LINES = "lines"


FORMS: Mapping[str, Form | None] = {
    ".txt": None,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".json": Form.JSON,
    ".jsonl": Form.LINES,
    ".ndjson": Form.LINES,
}
"""The endings that are read in a directory; None where the form is found from the content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report before its text is cleaned. Not ``titled``: the headline still stands in the text."""

    where: str
    text: str
    headline: str | None = None
    titled: bool = True
    id: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    fetched: datetime | None = None


_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body|article)[\s>]", re.IGNORECASE)
_OBJECT = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\]])")
_BYTE = re.compile(r"\(byte (\d+)\)")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:$|[T ]\d\d:\d\d)")
_TEXT_KEYS = ("text", "body", "articleBody")
_SHOWN_CHARS = 60
# characters; under this trafilatura takes the whole page as one paragraph (by itself 250: all short news)
_LEAST_ARTICLE = "60"
_LONG_TAG = 20_000  # characters: no page of a report has a longer one, but for pictures in their own address
_MANY_TAGS = 10_000  # tags in lines of text: ten times what long pages have
_ATTRIBUTES = re.compile(rf"<([A-Za-z][\w:-]*)\s[^<>]{{{_LONG_TAG},}}>")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|em|font|i|kbd|mark|q|s|small|span|strong|sub|sup|td|th|tt|u|wbr)\b[^<>]*>",
    re.IGNORECASE,
)


def form_of(text: str) -> Form:
    """Return the form of a text, from how it begins.

    >>> form_of('{"text": "Gondor signed."}'), form_of("Gondor signed.")
    (<Form.JSON: 'json'>, <Form.PLAIN: 'plain'>)
    """
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if start.startswith("<") and _PAGE.search(start):
        return Form.HTML
    if not _OBJECT.match(start):
        return Form.PLAIN
    return Form.LINES if start.startswith("{") and _has_object_lines(text) else Form.JSON


def _has_object_lines(text: str) -> bool:
    """Return whether the first two lines that hold something are objects of their own."""
    found = [match.group().rstrip() for match in islice(re.finditer(r"\S[^\r\n]*", text), 2)]
    return len(found) == 2 and found[0].endswith("}") and found[1].startswith("{")


def records_of(text: str, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield place and JSON of each report in a JSON text; the place is 'file:line' for the entries of a list.

    Raises IntakeError where the text is no JSON, with the line.
    """
    data = text.encode("utf-8", "replace")
    if not data.lstrip().startswith(b"["):
        yield name, data
        return
    try:
        entries = msgspec.json.decode(data, type=list[msgspec.Raw])
    except NO_JSON as mistake:
        raise _broken(mistake, data, name) from mistake
    if not entries:
        raise IntakeError(where=name, found="the list is empty", remedy="give a list of reports")
    place, line = 0, 1
    for entry in entries:
        raw = bytes(entry)
        found = data.index(raw, place)
        line += data.count(b"\n", place, found)
        place = found
        yield f"{name}:{line}", raw
        line += raw.count(b"\n")
        place += len(raw)


def _broken(mistake: Exception, data: bytes, where: str) -> IntakeError:
    byte = _BYTE.search(str(mistake))
    line = data.count(b"\n", 0, int(byte.group(1))) + 1 if byte else 1
    place = f"{where}:{line}" if data.count(b"\n") else where
    reason = "nested too deeply" if isinstance(mistake, RecursionError) else str(mistake)
    return IntakeError(where=place, found=f"no readable JSON ({reason})", remedy="mend the JSON")


def draft_of_record(data: bytes, where: str) -> Draft:
    """Return the draft of one JSON object; raise IntakeError naming the key that cannot be read."""
    try:
        record = msgspec.json.decode(data)
    except NO_JSON as mistake:
        raise _broken(mistake, data, where) from mistake
    if not isinstance(record, dict):
        found = f"{_shown(record)} is no report"
        raise IntakeError(where=where, found=found, remedy='give {"headline": …, "text": …}')
    text = _words(record, _TEXT_KEYS, where)
    headline = _words(record, ("headline", "title"), where)
    if text is None and headline is None:
        found, remedy = 'the record has no "text"', 'give the report under "text", "body" or "articleBody"'
        raise IntakeError(where=where, found=found, remedy=remedy)
    return Draft(
        where=where,
        text=text or "",
        headline=headline,
        id=_words(record, ("id",), where),
        outlet=_words(record, ("outlet", "publisher", "source"), where),
        url=_words(record, ("url",), where),
        published=_day(record, where),
        fetched=iso_instant(record.get("fetched")),
    )


def _first(record: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, Any]:
    """Return the first of the keys that holds something, and what; an object stands for its name."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, dict) and key in {"publisher", "source", "outlet"}:
            value = value.get("name")
        if value is not None and not (isinstance(value, str) and not value.strip()):
            return key, value
    return keys[0], None


def _words(record: Mapping[str, Any], keys: tuple[str, ...], where: str) -> str | None:
    key, value = _first(record, keys)
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None or isinstance(value, str):
        return value.strip() if key not in _TEXT_KEYS and value else value
    found = f"{key} {_shown(value)} is no text"
    raise IntakeError(where=where, found=found, remedy="write it as text or leave it out")


def _day(record: Mapping[str, Any], where: str) -> date | None:
    key, value = _first(record, ("published", "datePublished", "date"))
    if value is None:
        return None
    if isinstance(value, str):
        day = iso_day(value.strip())
        if day:
            return day
    raise IntakeError(where=where, found=f"{key} {_shown(value)} is no ISO date", remedy="write YYYY-MM-DD")


def iso_day(value: str) -> date | None:
    """Return the day of an ISO date or time as it is written there, or None.

    >>> iso_day("2020-01-14T23:30:00Z").isoformat(), iso_day("14/01/2020")
    ('2020-01-14', None)
    """
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        pass
    match = _ISO.match(value)
    try:
        return date.fromisoformat(match.group(1)) if match else None
    except ValueError:
        return None


def iso_instant(value: object) -> datetime | None:
    """Return the instant of an ISO time, in UTC where it names no zone; None where it is none: nothing rests on it.

    >>> iso_instant("2020-01-14T23:30:00+02:00").isoformat(), iso_instant("yesterday")
    ('2020-01-14T21:30:00+00:00', None)
    """
    try:
        moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
        return in_utc(moment) if moment else None
    except (ValueError, OverflowError):
        return None


def in_utc(moment: datetime) -> datetime:
    """Return an instant in UTC; one without a zone is taken to be in UTC already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _shown(value: object) -> str:
    text = msgspec.json.encode(value).decode("utf-8", "replace")
    return text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + "…"


def draft_of_page(text: str, where: str) -> Draft:
    """Return the draft of the article in an HTML page; raise IntakeError where the page holds none."""
    page = _extract(_bearable(text), where)
    body = getattr(page, "text", None)
    if not isinstance(body, str) or not any(end in body for end in ".!?"):
        found, remedy = "the page holds no article", "give the page of one report, or its text"
        raise IntakeError(where=where, found=found, remedy=remedy)
    stated = {key: _stated(page, key) for key in ("title", "date", "sitename", "url")}
    return Draft(
        where=where,
        text=_parted(body),
        headline=stated["title"],
        outlet=stated["sitename"],
        url=stated["url"],
        published=iso_day(stated["date"]) if stated["date"] else None,
    )


def _bearable(page: str) -> str:
    """Return a page without what makes its extraction grow with its square: attributes by the thousand, inline tags without end."""
    if len(page) > _LONG_TAG:
        page = _ATTRIBUTES.sub(r"<\1>", page)
    return _INLINE.sub("", page) if page.count("<") > _MANY_TAGS and len(_INLINE.findall(page)) > _MANY_TAGS else page


def _parted(text: str) -> str:
    """Return the extracted lines as paragraphs; small letters go on after a mere line break."""
    lines = text.split("\n")
    return lines[0] + "".join(("\n" if line[:1].islower() else "\n\n") + line for line in lines[1:])


def _stated(page: object, key: str) -> str | None:
    value = getattr(page, key, None)
    return value.strip() or None if isinstance(value, str) else None


def _extract(text: str, where: str) -> object:
    """Return trafilatura's document, or None. The last day is fixed, so that no clock enters."""
    import trafilatura  # a second to import: only when a page is read
    from trafilatura.settings import DEFAULT_CONFIG

    for name in ("trafilatura", "htmldate"):
        logger = logging.getLogger(name)
        if not logger.handlers:  # what it cannot read is said by the error; nothing more on standard error
            logger.addHandler(logging.NullHandler())
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    config = deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _LEAST_ARTICLE)
    parts: dict[str, Any] = {"with_metadata": True, "include_comments": False, "include_tables": False}
    try:
        return trafilatura.bare_extraction(text, date_extraction_params=dates, config=config, **parts)
    except Exception as mistake:  # foreign matter: whatever it breaks in the extractor is the page's mistake
        found = f"the page cannot be read ({type(mistake).__name__})"
        raise IntakeError(where=where, found=found, remedy="give the text of the report") from mistake
