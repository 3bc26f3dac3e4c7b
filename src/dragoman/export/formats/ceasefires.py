"""Ceasefires in columns after the ETH/PRIO Civil Conflict Ceasefire Dataset, a row a party (docs/formats/ceasefires.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from dragoman.export.content import Content, Entry
from dragoman.export.formats.common import TRACE, days_in, in_order, iso, write_csv
from dragoman.export.formats.linked import Around, Circle, around_of

ETH_PRIO = (
    "cc", "location", "region", "cf_id", "uniq_id", "ucdp_actor_id", "actor_name", "ucdp_acd_id", "ucdp_dyad", "pax_id",
    "cf_dec_yr", "cf_dec_month", "cf_dec_day", "cf_effect_yr", "cf_effect_month", "cf_effect_day", "side", "partial",
    "written", "fixed", "fixed_time", "nsa_frac", "p_humanitarian", "p_peaceprocess", "p_holiday", "p_election", "p_other",
    "cf_pp", "splinter", "ceasefire_class", "timing", "mediator_nego", "mediator_send", "implement", "enforcement", "ddr",
    "ended", "end_yr", "end_month", "end_day", "comment",
)  # fmt: skip
OWN = (
    "actor_id", "cf_name", "status", "hedged", "cf_dec_prec", "cf_effect_prec", "end_prec", "planned_end",
    "violations_alleged", "violations_verified", "conflict",
)  # fmt: skip
COLUMNS = (*ETH_PRIO, *OWN, *TRACE)

_NOT_DECLARED = ("proposed", "rejected")
_SIDES = {1: "unilateral", 2: "bilateral"}
_PARTIAL = {"local": 1, "partial": 1, "limited": 1, "nationwide": 0, "general": 0, "comprehensive": 0, "full": 0}
_LASTS = {"one-day": 1, "two-day": 2, "three-day": 3, "week-long": 7, "weeklong": 7}
_HOLIDAYS = r"\b(?:Eid|Ramadan|Christmas|Easter|New Year|Nowruz|Passover|Orthodox Christmas|Independence Day)\b"
_PURPOSES = {
    "p_humanitarian": re.compile(r"\bhumanitarian\b|\baid (?:deliver|convoy|in\b)|\bevacuat|\bvaccin", re.IGNORECASE),
    "p_holiday": re.compile(_HOLIDAYS),
    "p_election": re.compile(r"\belections?\b|\bvote\b|\bpolls\b|\breferendum\b", re.IGNORECASE),
    "p_peaceprocess": re.compile(r"\bpeace (?:talks|process|negotiations|deal|agreement|accord)\b", re.IGNORECASE),
}
_DDR = re.compile(
    r"\bdisarm|\bdemobili|\breintegrat|\bhand(?:ing)? (?:in|over) (?:\w+ )?(?:arms|weapons)", re.IGNORECASE
)
_TRUCE = re.compile(r"\btruce\b|\bcease-?fire\b|\bcessation\b", re.IGNORECASE)
_WATCHING = ("monitoring", "verification", "oversight")
_STANDING = ("established", "working", "planned")
_SIGNED = ("signed", "partly_signed")

Row = dict[str, Any]
Form = Mapping[str, Any]


def write(content: Content, out: BinaryIO) -> None:
    """Write the ceasefires that were declared or agreed, a row for each party; unknown is empty, never 0."""
    write_csv(out, COLUMNS, ceasefire_rows(content))


def ceasefire_rows(content: Content) -> Iterator[Row]:
    """Yield the rows by name of column; a ceasefire whose parties are not told is one row without an actor."""
    around = around_of(content)
    for entry in in_order(content.entries, "ceasefires"):
        if entry.form["status"] in _NOT_DECLARED:
            continue
        shared = _shared(entry, around)
        for party in entry.form["parties"] or (None,):
            yield {
                **shared,
                "uniq_id": f"{entry.id}-{party}" if party else entry.id,
                "actor_id": party,
                "actor_name": around.name(party) if party else None,
            }


def _shared(entry: Entry, around: Around) -> Row:
    form, nation, circle = entry.form, around.country(entry), around.circle(entry)
    papers = [each for each in circle.with_(entry, "agreements") if each.form["kind"] in ("ceasefire", None)]
    ended = form["status"] == "ended"
    implement = _watched(entry, circle)
    terms = " ".join((*_terms(papers), *_quotes(entry)))
    ddr = 1 if _DDR.search(terms) else None
    return {
        "cc": nation.alpha3 if nation else None,
        "location": nation.name if nation else None,
        "region": nation.region if nation else None,
        "cf_id": entry.id,
        **_day("cf_dec", form["declared"]),
        **_day("cf_effect", form["from"]),
        **(_day("end", form["until"]) if ended else {}),
        "planned_end": None if ended else _last(form["until"]),
        "side": _side(form),
        "partial": _PARTIAL.get(form["scope"] or ""),
        "written": 1 if any(each.form["status"] in _SIGNED for each in papers) else None,
        "fixed": 1 if _lasts(form) or (form["until"] and not ended) else None,
        "fixed_time": _lasts(form),
        **_purposes(entry),
        "ceasefire_class": _class(form, implement, ddr),
        **_mediated(entry, around),
        "implement": implement,
        "enforcement": _kept(entry, circle),
        "ddr": ddr,
        "cf_name": papers[0].form["name"] if papers else None,
        "status": form["status"],
        "hedged": int(form["hedged"]),
        **_violations(entry, circle),
        "conflict": entry.conflict,
        **around.trace(entry),
    }


def _day(name: str, form: Form | None) -> Row:
    """Return year, month and day of an interval as far as they are sure, with how exact it is."""
    days = days_in(form)
    if days is None:
        return {}
    first, last = days.first, days.last
    row: Row = {f"{name}_prec": days.grain}
    if first.year == last.year:
        row[f"{name}_yr"] = first.year
        if first.month == last.month:
            row[f"{name}_month"] = first.month
            row |= {f"{name}_day": first.day} if first == last else {}
    return row


def _last(form: Form | None) -> str | None:
    days = days_in(form)
    return iso(days.last) if days else None


def _side(form: Form) -> str | None:
    if form["scope"] in ("unilateral", "bilateral"):
        return str(form["scope"])
    number = len(form["parties"])
    return _SIDES.get(number, "multilateral") if number else None


def _lasts(form: Form) -> int | None:
    """Return how many days it is to last: by its own word ('a three-day truce'), else from its start to its end."""
    start, end = days_in(form["from"]), days_in(form["until"])
    if form["scope"] in _LASTS:
        return _LASTS[form["scope"]]
    exact = start and end and start.grain == end.grain == "day" and form["status"] != "ended"
    return (end.last - start.first).days if exact and start and end else None


def _purposes(entry: Entry) -> Row:
    """Return the purposes that the sentences of a ceasefire name."""
    words = " ".join(each for each in _quotes(entry) if _TRUCE.search(each))
    found: Row = {name: 1 for name, pattern in _PURPOSES.items() if pattern.search(words)}
    return {**found, "p_humanitarian": 1} if entry.form["scope"] == "humanitarian" else found


def _quotes(entry: Entry) -> Iterator[str]:
    return (each.text for each in entry.sentences)


def _terms(papers: Sequence[Entry]) -> Iterator[str]:
    return (term for each in papers for term in each.form["terms"])


def _class(form: Form, implement: int | None, ddr: int | None) -> int | None:
    """Return 3 (definitive) where it is for good and arms are laid down, 2 where it is watched over; else it is not known."""
    if form["scope"] in ("permanent", "lasting") and ddr:
        return 3
    return 2 if implement else None


def _mediated(entry: Entry, around: Around) -> Row:
    """Return whether talks that came to it were mediated, and by whom."""
    near = around.circle(entry).with_(entry, "talks")
    whom = dict.fromkeys(who for talks in near for who in talks.form["mediators"])
    if not whom:
        return {}
    return {"mediator_nego": 1, "mediator_send": "; ".join(map(around.name, whom))}


def _bodies(entry: Entry, circle: Circle) -> list[Entry]:
    """Return the bodies that are of a ceasefire: in a sentence with it, or the only one's by their own name or task."""
    alone = len(circle.of("ceasefires")) == 1
    near = circle.with_(entry, "mechanisms")
    return [
        body
        for body in circle.of("mechanisms")
        if body.form["status"] in _STANDING
        and (body in near or (alone and _TRUCE.search(f"{body.form['name']} {body.form['mandate'] or ''}")))
    ]


def _watched(entry: Entry, circle: Circle) -> int | None:
    return 1 if any(body.form["kind"] in _WATCHING for body in _bodies(entry, circle)) else None


def _kept(entry: Entry, circle: Circle) -> int | None:
    return 1 if any(body.form["kind"] == "peacekeeping" for body in _bodies(entry, circle)) else None


def _violations(entry: Entry, circle: Circle) -> Row:
    """Return how many breaches are told of it; of several ceasefires only those that share a sentence with it."""
    alone = len(circle.of("ceasefires")) == 1
    found = circle.of("violations") if alone else circle.with_(entry, "violations")
    verified = sum(bool(each.form["verified_by"]) for each in found)
    return {"violations_alleged": len(found) or None, "violations_verified": verified or None}
