"""Which column or key of a record holds what, named by the user or guessed from its name; and a record as a draft of its report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dragoman.corpus.sources.days import day_of, is_numbered, order_of
from dragoman.corpus.types import Columns, Taking
from dragoman.errors import IntakeError
from dragoman.reading.formats import Draft
from dragoman.reading.intake import IntakeOptions

_PLAIN = re.compile(r"[\W_]+")
_SHOWN = 12
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "text": tuple(
        "text body articlebody fulltext bodytext articletext newstext maintext storytext content articlecontent"
        " contents article story fullarticle rawtext plaintext cleantext txt".split()
    ),
    "headline": tuple("headline title heading webtitle articletitle newstitle head hd headlines titletext".split()),
    "published": tuple(
        "published publisheddate datepublished publicationdate publishdate pubdate date webpublicationdate datepublish"
        " publishedat dateofpublication articledate newsdate storydate pubday publishedon pd datetime".split()
    ),
    "outlet": tuple(
        "outlet publisher source newspaper publication sourcename publicationname outletname newsoutlet newssource media"
        " medium sitename paper journal agency provider domain sn".split()
    ),
    "url": tuple("url link weburl articleurl sourceurl permalink uri address href".split()),
    "id": tuple("id articleid docid documentid reportid storyid newsid recordid uid guid uuid accession an".split()),
}
NAMES = tuple(_SPELLINGS)


def guessed(names: Sequence[str], columns: Columns) -> Columns:
    """Return which of the names holds what: what the user says stands, the rest is found by usual spellings.

    >>> guessed(["Title", "Full Text", "PubDate"], Columns(headline="Title"))
    Columns(text='Full Text', headline='Title', published='PubDate', outlet=None, url=None, id=None)
    """
    used = {name for field in NAMES if (name := getattr(columns, field))}
    bare: dict[str, str] = {}
    for name in names:
        if name not in used:
            bare.setdefault(_PLAIN.sub("", name).lower(), name)
    found: dict[str, str | None] = {}
    for field in NAMES:
        found[field] = getattr(columns, field)
        spelling = next((each for each in _SPELLINGS[field] if each in bare), None)
        if found[field] is None and spelling:
            found[field] = bare.pop(spelling)
    return Columns(**found)


def require_columns(names: Sequence[str], columns: Columns, where: str) -> None:
    """Raise IntakeError where a column that the user names is not there, or none is known to hold the text."""
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    for field in NAMES:
        name = getattr(columns, field)
        if name is not None and name not in names:
            raise IntakeError(where=where, found=f"no column {name!r} for {field}", remedy=f"its columns are: {shown}")
    if columns.text is None:
        found = "none of its columns is known to hold the text"
        raise IntakeError(where=where, found=found, remedy=f"say which: text=NAME; its columns are: {shown}")


def said(path: str, columns: Columns, own: Columns) -> tuple[str, ...]:
    """Return in words which columns were guessed, where any was."""
    found = [f"{field}={getattr(columns, field)}" for field in NAMES if getattr(columns, field) != getattr(own, field)]
    return (f"{path}: {', '.join(found)}",) if found else ()


def options_of(taking: Taking) -> IntakeOptions:
    """Return what the user knows of reports that state it not."""
    return IntakeOptions(published=taking.published, outlet=taking.outlet, max_chars=taking.max_chars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the records of a file are laid out: which column holds what, whether the user named that of ids, and the order of days."""

    columns: Columns
    own_ids: bool = False
    day_first: bool | None = None

    def fields(self) -> Iterator[tuple[str, str]]:
        """Yield the fields that are there, each with its column."""
        for field in NAMES:
            if name := getattr(self.columns, field):
                yield field, name

    def draft(self, record: Mapping[str, object], where: str) -> Draft:
        """Return the draft of a record by column; IntakeError where it has no text, or a day that is none.

        Numbers in a column that was guessed to hold ids are numbers of rows as often as not: they are not taken for ids.
        """
        found = {field: record.get(name) for field, name in self.fields()}
        text, headline = _words(found.get("text")), _words(found.get("headline"))
        if text is None and headline is None:
            raise IntakeError(where=where, found="the record has no text", remedy="leave it out or give its text")
        identity = _words(found.get("id"))
        return Draft(
            where=where,
            text=text or "",
            headline=headline,
            id=None if identity and identity.isdigit() and not self.own_ids else identity,
            outlet=_words(found.get("outlet")),
            url=_words(found.get("url")),
            published=_day(found.get("published"), where, self.day_first),
        )


def layout_of(names: Sequence[str], taking: Taking, days: Iterable[str] = ()) -> Layout:
    """Return the layout of a file with these columns; of ``days`` one that shows the order of day and month decides it."""
    order = taking.day_first if taking.day_first is not None else order_of(days)
    return Layout(columns=guessed(names, taking.columns), own_ids=taking.columns.id is not None, day_first=order)


def _words(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    words = str(value).strip() if value is not None and value == value else ""  # NaN is not itself
    return words or None


def _day(value: object, where: str, day_first: bool | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = _words(value)
    if words is None:
        return None
    if day := day_of(words, day_first):
        return day
    shown = words if len(words) <= 60 else words[:60] + "…"
    if is_numbered(words):
        found = f"the day {shown!r} may have the day or the month first"
        raise IntakeError(where=where, found=found, remedy="say which, or write YYYY-MM-DD")
    raise IntakeError(where=where, found=f"the day {shown!r} is none", remedy="write YYYY-MM-DD")
