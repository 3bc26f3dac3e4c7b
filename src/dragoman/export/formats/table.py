"""The table of formats: what each is called, how its files end, and where its writer stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import BinaryIO

from dragoman.errors import FormatError, install
from dragoman.export.content import Content

Writer = Callable[[Content, BinaryIO], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format. ``home`` is the module and function that write it; ``about`` says in a line what it is.

    ``joined`` says how files of it are put together: 'lines' (one after the other), 'table' (the first line once),
    'parquet' (row groups), or None where a file stands for itself. ``extra`` is what has to be
    installed for it. ``records``: entries of the process record are written in it.
    """

    name: str
    ending: str
    media: str
    about: str
    home: str
    joined: str | None = None
    needs: tuple[str, ...] = ()
    extra: str | None = None
    records: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the packages that it needs and that are not installed."""
        return tuple(package for package in self.needs if find_spec(package) is None)

    def writer(self) -> Writer:
        """Return the function that writes it; raise FormatError where a package that it needs is not installed."""
        for package in self.missing:
            remedy = install(self.extra or "formats")
            raise FormatError(where=self.name, found=f"{package} is not installed", remedy=remedy)
        module, _, function = self.home.partition(":")
        write: Writer = getattr(import_module(f"dragoman.export.formats.{module}"), function)
        return write


_LINES = "application/x-ndjson"
_PARQUET = "application/vnd.apache.parquet"

_TABLES = {
    "claims": "claims with report and evidence",
    "events": "events, described by the claim that leads",
    "records": "entries of the process record with all their sentences",
    "reports": "the reports that were read, those without a claim too",
    "entities": "who acts and is acted upon",
}


def _tables() -> Iterator[Format]:
    """Yield the rows of each kind as JSON lines, CSV and Parquet."""
    for name, what in _TABLES.items():
        yield Format(
            name=name, ending=".jsonl", media=_LINES, about=f"{what}: one JSON object a line",
            home=f"lines:{name}", joined="lines", records=name == "records",
        )  # fmt: skip
        yield Format(
            name=f"{name}-csv", ending=".csv", media="text/csv", about=f"{what}: CSV that is safe in a spreadsheet",
            home=f"sheets:{name}", joined="table", records=name == "records",
        )  # fmt: skip
        yield Format(
            name=f"{name}-parquet", ending=".parquet", media=_PARQUET, about=f"{what}: Parquet with a fixed schema",
            home=f"columns:{name}", joined="parquet", records=name == "records", needs=("pyarrow",), extra="formats",
        )  # fmt: skip


_EVENT_DATA: tuple[Format, ...] = (
    Format(
        name="plover",
        ending=".jsonl",
        media="application/x-ndjson",
        about="events as the PLOVER manual's chapter on data has them, one JSON object a line",
        home="plover:write",
        joined="lines",
        records=False,
    ),
    Format(
        name="cameo",
        ending=".tsv",
        media="text/tab-separated-values; charset=utf-8",
        about="events by CAMEO code in the 58 columns of GDELT 1.0, no line of names",
        home="cameo:write",
        joined="lines",
        records=False,
    ),
    Format(
        name="acled",
        ending=".csv",
        media="text/csv; charset=utf-8",
        about="violence, protests and strategic developments in ACLED's columns (ACLED-like: no data of ACLED's)",
        home="acled:write",
        joined="table",
        records=False,
    ),
    Format(
        name="ceasefires",
        ending=".csv",
        media="text/csv; charset=utf-8",
        about="ceasefires, a row a party, in columns after the ETH/PRIO ceasefire dataset",
        home="ceasefires:write",
        joined="table",
    ),
    Format(
        name="agreements",
        ending=".csv",
        media="text/csv; charset=utf-8",
        about="agreements, a row each, in columns after PA-X",
        home="papers:write_agreements",
        joined="table",
    ),
    Format(
        name="signatories",
        ending=".csv",
        media="text/csv; charset=utf-8",
        about="who signed, accepted or refused which agreement, a row each, in columns after PA-X",
        home="papers:write_signatories",
        joined="table",
    ),
)

_ALL: tuple[Format, ...] = (
    *_EVENT_DATA,
    *_tables(),
    Format(
        name="ftm", ending=".ftm.json", media=_LINES, about="FollowTheMoney entities: who, reports, acts, links",
        home="ftm:write", joined="lines", needs=("followthemoney",), extra="formats",
    ),
    Format(
        name="geojson", ending=".geojson", media="application/geo+json", home="geojson:write",
        about="GeoJSON of the events and records that have a place with coordinates",
    ),
    Format(
        name="annotations", ending=".jsonld.jsonl", media=_LINES, home="annotations:write", joined="lines",
        about="W3C Web Annotations of the sentences that claims and records stand on",
    ),
    Format(
        name="ical", ending=".ics", media="text/calendar", home="ical:write", needs=("icalendar",), extra="formats",
        about="iCalendar of what is planned, and of the deadlines of threats",
    ),
    Format(
        name="atom", ending=".atom", media="application/atom+xml", home="atom:write", needs=("feedgen",), extra="formats",
        about="Atom feed of the newest events and records",
    ),
    Format(
        name="prov", ending=".prov.json", media="application/json", home="prov:write",
        about="PROV-JSON: from which report, by which rule and by whom each claim, event and record came to be",
    ),
)  # fmt: skip

FORMATS: dict[str, Format] = {each.name: each for each in _ALL}


def format_of(name: str) -> Format:
    """Return a format by its name; raise FormatError where there is none of that name."""
    if name not in FORMATS:
        raise FormatError(where="--format", found=f"no format {name!r}", remedy=f"use one of: {', '.join(FORMATS)}")
    return FORMATS[name]


def with_records(names: Iterable[str]) -> bool:
    """Return whether one of these formats has entries of the process record: else they need not be made.

    >>> with_records(["claims", "plover"]), with_records(["claims", "ceasefires"])
    (False, True)
    """
    return any(format_of(name).records for name in names)
