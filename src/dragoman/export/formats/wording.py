"""What the formats of linked data and feeds share: ids that are safe anywhere, events and entries in words, and their days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from dragoman import __version__
from dragoman.export.brief import act_words, clean, shorten
from dragoman.export.content import Coded, Content, Entry, Event
from dragoman.export.contract import claim_form
from dragoman.export.days import NEVER, day_words
from dragoman.export.records import SECTIONS, Names
from dragoman.model import Report, content_id

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_LONGEST = 200
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+", re.IGNORECASE)
_WORDS = {kind: words for _, kinds in SECTIONS for kind, words in kinds}


def safe(identity: str) -> str:
    """Return an id as it is where it is letters, digits, '-' and '_' alone; what was made of words from outside as a hash.

    >>> safe("khalifa-haftar"), safe("a b<c>")
    ('khalifa-haftar', 'ec1407284342029f')
    """
    return identity if _SAFE.fullmatch(identity) else content_id(identity)


def urn(kind: str, *ids: str) -> str:
    """Return the name of something in the whole world.

    >>> urn("claim", "00ab")
    'urn:dragoman:claim:00ab'
    """
    return ":".join(("urn:dragoman", kind, *map(safe, ids)))


def entry_ids(entry: Entry) -> tuple[str, ...]:
    """Return what tells an entry from all others: its conflict or report, and its id. Two reports may tell of one id."""
    whose = entry.conflict or next((each.report.id for each in entry.sentences), "")
    return (whose, entry.id) if whose else (entry.id,)


def only_cited(content: Content) -> tuple[Coded, ...]:
    """Return the reports that entries are cited from and that are not in the content (a ledger's: an update took their place)."""
    there = {coded.report.id for coded in content.reports}
    cited = {each.report.id: each.report for entry in content.entries for each in entry.sentences}
    return tuple(Coded(report=cited[each], entities=(), claims=()) for each in sorted(cited.keys() - there))


def web_address(report: Report) -> str | None:
    """Return the address of a report where it is one of the web, safe to be written as a link."""
    return report.url if report.url and _WEB.fullmatch(report.url) else None


def source_of(report: Report) -> str:
    """Return the address of a report, or the name that it has where it has none."""
    return web_address(report) or urn("report", report.id)


def event_words(event: Event, names: Mapping[str, str]) -> str:
    """Return an event in a line of words, without characters that no format can hold."""
    return shorten(clean(act_words(claim_form(event.lead.claim), Names(names))), _LONGEST)


def entry_words(entry: Entry, names: Mapping[str, str]) -> str:
    """Return an entry in a line of words, without characters that no format can hold; its kind where no word is left."""
    return shorten(clean(_WORDS[entry.kind](dict(entry.form), Names(names))), _LONGEST) or entry.kind


def place_of(form: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the place of an entry with its coordinates, whichever field its kind has it in."""
    place = form.get("where") if "where" in form else form.get("place")
    return place if isinstance(place, Mapping) else None


def days_of(interval: Mapping[str, Any] | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of a printed interval.

    >>> days_of({"start": "2020-01-02", "end": None})
    (datetime.date(2020, 1, 2), None)
    """
    found = interval or {}
    start, end = (date.fromisoformat(found[key]) if found.get(key) else None for key in ("start", "end"))
    return start, end


def told_from(reports: Iterable[Report]) -> datetime:
    """Return the day on which the first of the reports was published, as an instant; NEVER where that is not known."""
    return min(_printed(reports), default=NEVER)


def told_until(reports: Iterable[Report]) -> datetime:
    """Return the day on which the newest of the reports was published, as an instant; NEVER where that is not known."""
    return max(_printed(reports), default=NEVER)


def _printed(reports: Iterable[Report]) -> list[datetime]:
    return [datetime.combine(each.published, time(), UTC) for each in reports if each.published]


def quoted(report: Report, sentence: str) -> str:
    """Return a sentence with the outlet and day of its report, in one line without characters that no format can hold."""
    outlet = clean(report.outlet or "") or "outlet unknown"
    day = day_words(report.published) if report.published else "day unknown"
    return f"{outlet}, {day}: “{clean(sentence)}”"


def agent(content: Content) -> str:
    """Return what a content was made with, in words."""
    digest = content.origin.rulebook.removeprefix("sha256:")
    return f"Dragoman {__version__}, rulebook sha256:{digest}, {content.origin.model}"
