"""Agreements and who signed them, in columns after the PA-X Peace Agreements Database: two tables (docs/formats/agreements.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from dragoman.export.content import Content, Entry
from dragoman.export.formats.common import TRACE, days_in, in_order, iso, write_csv
from dragoman.export.formats.linked import Around, Circle, around_of
from dragoman.export.formats.nations import nation_of
from dragoman.model import Kind

PA_X = (
    "Con", "Contp", "PP", "PPName", "Reg", "AgtId", "Ver", "Agt", "Dat", "Status", "Lgt", "N_characters", "Agtp", "Stage",
    "StageSub", "Part", "ThrdPart", "OthAgr", "Loc1ISO", "Loc2ISO", "Loc1GWNO", "Loc2GWNO", "UcdpCon", "UcdpAgr",
)  # fmt: skip
AGREEMENTS = (*PA_X, "Place", "Place_lat", "Place_lon", "Dat_prec", "Terms", "SourceStatus", "conflict", *TRACE)
SIGNATORIES = (
    "AgtId", "Agt", "Dat", "actor_id", "actor_name", "actor_type", "actor_iso3c", "signatory_status", "signed_date",
    "signed_prec", "conflict", *TRACE,
)  # fmt: skip

_NONE = ("not_signed", "not_reached", "planned")
_STAGES = {
    "ceasefire": ("Cea", None),
    "framework": ("SubPar", "Frame"),
    "partial": ("SubPar", None),
    "comprehensive": ("SubComp", None),
    "implementation": ("Imp", None),
    "renewal": ("Ren", None),
}
_TYPES = {
    Kind.STATE: "Country/State",
    Kind.GOVERNMENT: "Country/State",
    Kind.IGO: "International organisation",
    Kind.NGO: "Non-governmental organisation",
    Kind.ARMED_GROUP: "Armed organisation",
    Kind.PERSON: "Person",
}
_MANY = 2

Row = dict[str, Any]


def write_agreements(content: Content, out: BinaryIO) -> None:
    """Write the agreements that were reached or signed, a row each; unknown is empty."""
    write_csv(out, AGREEMENTS, agreement_rows(content))


def write_signatories(content: Content, out: BinaryIO) -> None:
    """Write what each party did with each document, a row each: signed, accepted, refused, not_signed or will_sign."""
    write_csv(out, SIGNATORIES, signatory_rows(content))


def agreement_rows(content: Content) -> Iterator[Row]:
    """Yield the rows of agreements by name of column."""
    around = around_of(content)
    for entry in in_order(content.entries, "agreements"):
        if entry.form["status"] not in _NONE:
            yield _agreement(entry, around)


def signatory_rows(content: Content) -> Iterator[Row]:
    """Yield the rows of signatories by name of column; ``AgtId`` is empty where no entry of that document is there."""
    around = around_of(content)
    for entry in in_order(content.entries, "signatures"):
        yield _signatory(entry, around)


def _agreement(entry: Entry, around: Around) -> Row:
    form, nation = entry.form, around.country(entry)
    place = form["place"] or {}
    days = days_in(form["date"])
    stage, part = _STAGES.get(form["kind"] or "", (None, None))
    return {
        "Con": nation.name if nation else None,
        "PPName": entry.conflict,
        "Reg": nation.region if nation else None,
        "AgtId": entry.id,
        "Agt": form["name"],
        "Dat": iso(days.last) if days else None,  # of several days PA-X has the last
        "Dat_prec": days.grain if days else None,
        "Status": _status(form),
        "SourceStatus": form["status"],
        "Agtp": _level(entry, around),
        "Stage": stage,
        "StageSub": part,
        "Part": "; ".join(map(around.name, form["parties"])),
        "ThrdPart": "; ".join(map(around.name, _third(entry, around.circle(entry)))),
        "Loc1ISO": nation.alpha3 if nation else None,
        "Place": place.get("name"),
        "Place_lat": place.get("lat"),
        "Place_lon": place.get("lon"),
        "Terms": "; ".join(form["terms"]),
        "conflict": entry.conflict,
        **around.trace(entry),
    }


def _status(form: Mapping[str, Any]) -> str:
    if form["status"] == "partly_signed":
        return "Status unclear"
    return "Unilateral document" if len(form["parties"]) == 1 else "Multiparty signed/agreed"


def _level(entry: Entry, around: Around) -> str | None:
    """Return Inter where all parties are states of different countries, Intra where an armed group is one; else None."""
    parties = [around.who(each, entry) for each in entry.form["parties"]]
    if any(who is not None and who.kind is Kind.ARMED_GROUP for who in parties):
        return "Intra"
    states = {who.code for who in parties if who is not None and who.kind in (Kind.STATE, Kind.GOVERNMENT)} - {None}
    return "Inter" if len(states) == len(parties) >= _MANY else None


def _third(entry: Entry, circle: Circle) -> list[str]:
    """Return who mediated the talks that came to it, without those who are parties."""
    found = dict.fromkeys(who for talks in circle.with_(entry, "talks") for who in talks.form["mediators"])
    return [who for who in found if who not in entry.form["parties"]]


def _signatory(entry: Entry, around: Around) -> Row:
    form, paper = entry.form, _paper(entry, around.circle(entry))
    days, signed = days_in(paper.form["date"]) if paper else None, days_in(form["date"])
    who = around.who(form["party"], entry)
    nation = nation_of(who.code) if who else None
    return {
        "AgtId": paper.id if paper else None,
        "Agt": form["document"],
        "Dat": iso(days.last) if days else None,
        "actor_id": form["party"],
        "actor_name": around.name(form["party"]),
        "actor_type": _TYPES.get(who.kind) if who else None,
        "actor_iso3c": nation.alpha3 if nation else None,
        "signatory_status": form["status"],
        "signed_date": iso(signed.last) if signed else None,
        "signed_prec": signed.grain if signed else None,
        "conflict": entry.conflict,
        **around.trace(entry),
    }


def _paper(entry: Entry, circle: Circle) -> Entry | None:
    """Return the agreement that a signature is of: the one that it names by id, else the one of that name alone."""
    by_id = [each for each in circle.of("agreements") if each.id == entry.form.get("agreement")]
    by_name = [each for each in circle.of("agreements") if each.form["name"] == entry.form["document"]]
    found = by_id or by_name
    return (
        found[0]
        if len(found) == 1
        else next((each for each in found if entry.form["party"] in each.form["parties"]), None)
    )
