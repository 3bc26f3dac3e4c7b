"""CAMEO: events in the 58 columns of GDELT 1.0, between tabs and without a line of names (docs/formats/cameo.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import permutations
from typing import Any, BinaryIO

from dragoman.export.content import Content, Event, Telling
from dragoman.export.formats.cameo_codes import Codes, base_of, cameo_codes, quad_of, root_of
from dragoman.export.formats.common import (
    Who,
    asserted,
    days_of,
    each_line,
    flat,
    number_of,
    when_of,
    where_of,
    who_is,
)
from dragoman.export.formats.nations import nation_of
from dragoman.export.formats.places import feature_of
from dragoman.model import Claim, Kind, Report, Status, Where
from dragoman.reading.where import Feature

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The columns in their order; the file itself has no line of them, as GDELT's has none."""

_NEAR = 2  # days of which the first stands for an event that is told of no single day
_YEAR = 365
_MONTH = 30  # days, as GDELT counts them for FractionDate
_MOST = 6  # parties between which acts to each other are written pair by pair

Row = dict[str, Any]


def write(content: Content, out: BinaryIO) -> None:
    """Write the events that have a CAMEO code, a row for each pair of who acts and who is acted upon."""
    lines = ("\t".join(flat(row.get(name)) for name in COLUMNS) + "\n" for row in cameo_rows(content))
    each_line((line.encode() for line in lines), out)


def cameo_rows(content: Content) -> Iterator[Row]:
    """Yield the rows by name of column, event by event; what is unknown has no entry."""
    codes = cameo_codes()
    for event in content.events:
        told = _told(event, codes)
        if told:
            yield from _rows(event, told, codes, content)


def _told(event: Event, codes: Codes) -> tuple[Telling, ...]:
    """Return the tellings of an event that can be coded; none of background of which no day is known."""
    return tuple(
        each
        for each in asserted(event)
        if codes.code_of(each.claim) is not None
        and not (each.claim.status is Status.HISTORICAL and days_of(each.claim.date) is None)
        and not (each.claim.status is Status.FUTURE and each.claim.hedged)
    )


def _rows(event: Event, told: tuple[Telling, ...], codes: Codes, content: Content) -> Iterator[Row]:
    lead = told[0]
    code = codes.code_of(lead.claim) or ""
    shared = {
        **_day(told),
        "IsRootEvent": int(_is_root(lead)),
        "EventCode": code,
        "EventBaseCode": base_of(code),
        "EventRootCode": root_of(code),
        "QuadClass": quad_of(code),
        "GoldsteinScale": codes.goldstein[code],
        **_counts(told),
        **_geo("ActionGeo", where_of(told)),
        "DATEADDED": _compact(lead.coded.report.published),
        "SOURCEURL": source_url(lead.coded.report, lead.claim),
    }
    for one, other in _pairs(lead.claim, codes):
        yield {
            "GLOBALEVENTID": number_of(event.id, one, other, code),
            **shared,
            **_actor("Actor1", who_is(one, lead, content) if one else None, codes),
            **_actor("Actor2", who_is(other, lead, content) if other else None, codes),
        }


def _pairs(claim: Claim, codes: Codes) -> Iterator[tuple[str | None, str | None]]:
    """Yield who acts on whom, one pair a row; where several act on each other, each on each."""
    if codes.is_mutual(claim) and len(claim.actor) <= _MOST:
        yield from permutations(claim.actor, 2)
        return
    for one in claim.actor or (None,):
        for other in claim.recipient or (None,):
            yield one, other


def _day(told: tuple[Telling, ...]) -> Row:
    """Return the columns of the day: those that the interval leaves no doubt of."""
    days = days_of(when_of(told))
    if days is None:
        return {}
    first, last = days.first, days.last
    row: Row = {}
    if first.year == last.year:
        row["Year"] = first.year
    if (first.year, first.month) == (last.year, last.month):
        row["MonthYear"] = f"{first:%Y%m}"
    if (last - first).days < _NEAR:
        row |= {"SQLDATE": _compact(first), "MonthYear": f"{first:%Y%m}", "Year": first.year}
        row["FractionDate"] = f"{first.year + (first.month * _MONTH + first.day) / _YEAR:.4f}"
    return row


def _compact(day: date | None) -> str | None:
    return f"{day:%Y%m%d}" if day else None


def _is_root(telling: Telling) -> bool:
    """Return whether a claim stands in the headline or the first paragraph."""
    report = telling.coded.report
    first = report.text.find("\n\n", report.body_start)
    return first < 0 or telling.claim.evidence.start < first


def _counts(told: tuple[Telling, ...]) -> Row:
    """Return how many claims, outlets and reports tell of the event; no number of outlets where none is known."""
    outlets = {each.coded.report.outlet for each in told} - {None}
    return {
        "NumMentions": len(told),
        "NumSources": len(outlets) or None,
        "NumArticles": len({each.coded.report.id for each in told}),
    }


def _actor(side: str, who: Who | None, codes: Codes) -> Row:
    if who is None:
        return {}
    country, group, kinds = _coded(who, codes)
    row = {"Name": who.name.upper(), "CountryCode": country, "KnownGroupCode": group}
    row |= {f"Type{number}Code": kind for number, kind in enumerate(kinds, 1)}
    parts = (*kinds, country, group) if group else (country, *kinds)
    row["Code"] = "".join(part for part in parts if part)
    return {f"{side}{name}": value for name, value in row.items() if value}


def _coded(who: Who, codes: Codes) -> tuple[str, str, tuple[str, ...]]:
    """Return the country, the known group and the types of somebody in CAMEO's codes; a state alone has its country only."""
    own = tuple(dict.fromkeys(codes.sectors[each] for each in who.sectors if each in codes.sectors))
    body = codes.bodies.get(who.code or "")
    if body is not None:
        country, group, kind = body
        return country, group, (kind, *(each for each in own if each != "GOV"))[:3]  # its officials are its own
    country = codes.countries.get(who.nation or "", who.nation or "")
    if who.kind is Kind.STATE:
        return country, "", ()
    kind = {Kind.IGO: "IGO", Kind.NGO: "NGO"}.get(who.kind, "")
    return country, "", tuple(each for each in (kind, *own) if each)[:3]


def _geo(side: str, where: Where | None) -> Row:
    """Return the columns of a place. Types: 1 a country, 4 a city, 5 a region; 3 and 2 for those of the United States."""
    if where is None:
        return {}
    nation, feature = nation_of(where.code), feature_of(where)
    row: Mapping[str, Any] = {
        "Type": _TYPES.get((feature, where.code == "USA")),
        "FullName": f"{where.name}, {nation.name}" if nation and feature != "country" else where.name,
        "CountryCode": nation.fips if nation else None,
        "Lat": where.lat,
        "Long": where.lon,
    }
    return {f"{side}_{name}": value for name, value in row.items()}


_TYPES: Mapping[tuple[Feature | None, bool], int] = {
    ("country", False): 1, ("country", True): 1, ("region", True): 2, ("city", True): 3, ("city", False): 4,
    ("region", False): 5,
}  # fmt: skip


def source_url(report: Report, claim: Claim) -> str:
    """Return the address of a report with the characters of the sentence after it; of one without address, a name of its id.

    The form of the ending is that of RFC 5147: '#char=912,1120' are the characters 912 to 1120 (excluded) of the report's text.
    """
    address = report.url or f"urn:dragoman:report:{report.id}"
    return address if "#" in address else f"{address}#char={claim.evidence.start},{claim.evidence.end}"
