"""Search: reports, claims and events by words and filters, each with its sentence and the hit marked; the whole as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from dragoman.desk.asked import Asked, AskedOf
from dragoman.desk.faults import form_of, status_of
from dragoman.desk.guard import audit
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.paper import desk_of, page
from dragoman.desk.search import finding as f
from dragoman.desk.search.indexes import Row, called, events_of, outlet_of, outlets_of
from dragoman.errors import DragomanError
from dragoman.export.brief import act_words, clean
from dragoman.export.contract import claim_form, line_of
from dragoman.export.records import Names
from dragoman.export.sheet import CLAIMS, EVENTS, HITS, sheet
from dragoman.ledger import search
from dragoman.ledger.store import Told
from dragoman.model import Claim, EventType, Status, When

router = APIRouter()

_LONGEST = 420  # characters of a sentence that are shown
_LEAD = 120  # of them before the first hit
_NAMES = 150  # of those told of that are suggested
_TERMS = 6  # words of a query of which is told how many reports have them
_COLUMNS = {f.Kind.REPORTS: HITS, f.Kind.CLAIMS: CLAIMS, f.Kind.EVENTS: EVENTS}
_FILTERS = {
    "conflict": "the conflict", "party": "the party", "type": "the type", "start": "the first day", "end": "the last day",
    "place": "the place", "outlet": "the source", "status": "the status",
}  # fmt: skip

Piece = tuple[str, bool]
"""A stretch of text, and whether it is a hit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """Where a sentence stands: its report, and its number where that is known."""

    report: str
    sentence: int | None
    outlet: str
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of what was found. ``path`` is that of its own page; ``type`` of a claim or event; ``notes`` in few words."""

    path: tuple[str, str]
    title: str
    pieces: tuple[Piece, ...]
    cite: Cite
    type: str | None = None
    day: When | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a search gave: a part of it, and what to try where it is nothing."""

    sought: f.Sought
    items: tuple[Item, ...]
    count: int
    before: int
    next: str | None
    parties: Mapping[str, str]
    tries: tuple[tuple[str, dict[str, str]], ...] = ()


@router.get("/search")
def search_page(
    request: Request, given: f.GivenIn, asked: AskedOf, cursor: Annotated[str | None, Query(max_length=2000)] = None
) -> Response:
    """Show what is found, or say in the page what cannot be looked for."""
    desk = desk_of(request)
    results, fault = None, None
    try:
        results = results_of(desk, given, asked, cursor)
    except DragomanError as mistake:
        fault = mistake
    shown = {
        "given": given, "results": results, "fault": form_of(fault) if fault else None, "kinds": list(f.Kind),
        "kind": results.sought.kind if results else f.Kind.REPORTS, "options": _options(desk),
        **_suggested(desk.picture(view=asked.view)),
    }  # fmt: skip
    status = int(status_of(fault)) if fault and not request.headers.get("HX-Request") else 200
    return page(request, "search.html", shown, asked, status=status)


@router.get("/search.csv")
def search_csv(request: Request, sought: f.SoughtOf, asked: AskedOf) -> Response:
    """Give all that is found as a table."""
    forms = f.forms_of(desk_of(request), sought, asked.view)
    audit(request, "export", f"{sought.kind}, CSV")
    return _file(sheet(forms, _COLUMNS[sought.kind]), "text/csv; charset=utf-8", f"dragoman-{sought.kind}.csv")


@router.get("/search.jsonl")
def search_lines(request: Request, sought: f.SoughtOf, asked: AskedOf) -> Response:
    """Give all that is found as JSON lines, in the forms of the commands."""
    forms = f.forms_of(desk_of(request), sought, asked.view)
    audit(request, "export", f"{sought.kind}, JSON lines")
    return _file(_lines(map(line_of, forms)), "application/x-ndjson", f"dragoman-{sought.kind}.jsonl")


def _file(pieces: Iterator[bytes], kind: str, name: str) -> Response:
    """Return a download. Its first piece is made at once, so that what cannot be found is still told as an error."""
    first = next(pieces, b"")

    def whole() -> Iterator[bytes]:
        yield first
        yield from pieces

    return StreamingResponse(
        whole(), media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _lines(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield lines in larger pieces."""
    held: list[bytes] = []
    for line in lines:
        held.append(line)
        if len(held) == 50:
            yield b"".join(held)
            held.clear()
    yield b"".join(held)


def results_of(desk: Desk, given: f.Given, asked: Asked, cursor: str | None = None) -> Results:
    """Return a part of what is found; DragomanError where a parameter cannot be used."""
    sought = f.sought_in(given)
    picture = f.picture_of(desk, sought, asked.view)
    part = _part(desk, sought, asked, cursor)
    return Results(
        sought=sought, items=tuple(_item(each, sought, picture) for each in part.rows), count=part.count,
        before=part.before, next=part.next, parties=called(picture, sought.party) if sought.party else {},
        tries=() if part.count else tuple(_tries(desk, given, sought)),
    )  # fmt: skip


def _part(desk: Desk, sought: f.Sought, asked: Asked, cursor: str | None) -> f.Part[Any]:
    if sought.kind is f.Kind.CLAIMS:
        return f.find_claims(desk, sought, asked.view).part(cursor)
    if sought.kind is f.Kind.EVENTS:
        return f.find_events(desk, sought, asked.view).part(cursor)
    return f.find_reports(desk, sought, asked.view).part(cursor)


def items_of(rows: Iterable[Row], sought: f.Sought, picture: Picture) -> list[Item]:
    """Return claims as they are listed."""
    return [_of_claim(row, sought, picture) for row in rows]


def _item(found: Any, sought: f.Sought, picture: Picture) -> Item:
    if isinstance(found, f.OfReport):
        return _of_report(found, sought)
    if isinstance(found, f.OfEvent):
        return _of_event(found, sought, picture)
    return _of_claim(found, sought, picture)


def _of_report(found: f.OfReport, sought: f.Sought) -> Item:
    report, kept = found.told.kept.report, found.told.kept
    claims = sum(each.gone is None for each in found.told.claims)
    notes = [f"{claims} claim{'s' * (claims != 1)}"]
    notes += ["copy of another report"] if kept.origin != report.id else []
    notes += ["updates a former report"] if kept.revises else []
    return Item(
        path=("reports", report.id), title=report.headline or "(no headline)", notes=tuple(notes),
        pieces=marked(f.hit_of(found, sought.words).snippet, sought.words),
        cite=_cite(found.told, f.sentence_of(found, sought.words)),
    )  # fmt: skip


def _of_claim(row: Row, sought: f.Sought, picture: Picture) -> Item:
    claim = row.kept.claim
    event = events_of(picture).get(claim.event_id)
    notes = [f"{event.origins} origin{'s' * (event.origins != 1)}"] if event else []
    notes += [] if claim.status is Status.OCCURRED else [claim.status.value]
    notes += [] if row.counts else ["updated since"]
    return _of_row(row, sought, picture, ("claims", claim.id), tuple(notes))


def _of_event(found: f.OfEvent, sought: f.Sought, picture: Picture) -> Item:
    event = found.event
    notes = [f"{event.origins} origin{'s' * (event.origins != 1)}"]
    notes += [f"{event.reports} reports"] if event.reports != event.origins else []
    item = _of_row(found.row, sought, picture, ("events", event.id), tuple(notes))
    lead = event.lead.kept.claim  # it stands for the event, which is sorted by its day
    return replace(item, title=_title(lead, picture), type=lead.event.value, day=lead.date)


def _of_row(row: Row, sought: f.Sought, picture: Picture, path: tuple[str, str], notes: tuple[str, ...]) -> Item:
    claim = row.kept.claim
    return Item(
        path=path, title=_title(claim, picture), type=claim.event.value, day=claim.date, notes=notes,
        pieces=marked(claim.evidence.text, sought.words), cite=_cite(row.told, claim.evidence.sentence),
    )  # fmt: skip


def _title(claim: Claim, picture: Picture) -> str:
    return act_words(claim_form(claim), Names(picture.names)).removeprefix(claim.event.value).strip()


def _cite(told: Told, sentence: int | None) -> Cite:
    report = told.kept.report
    return Cite(
        report=report.id, sentence=sentence, outlet=clean(report.outlet or "") or "outlet unknown",
        published=report.published,
    )  # fmt: skip


def marked(text: str, words: search.Query | None) -> tuple[Piece, ...]:
    """Return a text in pieces, those that are hits marked as such; a long one is cut around the first hit.

    >>> marked("Haftar <b>left</b>.", search.query_of("left"))
    (('Haftar <b>', False), ('left', True), ('</b>.', False))
    """
    text = clean(text)
    hits = search.hits_in(text, words) if words else []
    start, end = _cut(text, hits[0][0] if hits else 0)
    pieces: list[Piece] = [("…", False)] if start else []
    at = start
    for first, last in hits:
        if start <= first and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces += [(text[at:end] + ("…" if end < len(text) else ""), False)]
    return tuple(piece for piece in pieces if piece[0])


def _cut(text: str, hit: int) -> tuple[int, int]:
    if len(text) <= _LONGEST:
        return 0, len(text)
    start = text.rfind(" ", 0, max(0, hit - _LEAD)) + 1 if hit > _LEAD else 0
    end = text.rfind(" ", hit + 1, start + _LONGEST)
    return start, end if len(text) - start > _LONGEST and end > hit else min(len(text), start + _LONGEST)


def _tries(desk: Desk, given: f.Given, sought: f.Sought) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what to try instead: in words, and the parameters of it."""
    kept = given.query
    if sought.words and len(sought.words.wanted) > 1:
        for term in sought.words.wanted[:_TERMS]:
            one = " ".join(term)
            there = len(search.scores(desk.ledger, search.Query(wanted=(term,))))
            words = f'"{one}"' if len(term) > 1 else one
            told = f"only {words}: {there:,} report{'s' * (there != 1)} in the ledger"
            yield (told, {**kept, "q": words}) if there else (f"no report has {words}: try another form of it", {})
    if sought.words and sought.words.unwanted:
        wanted = " ".join(f'"{" ".join(term)}"' if len(term) > 1 else term[0] for term in sought.words.wanted)
        yield "also what has the -words in it", {**kept, "q": wanted}
    names = {"start": "from", "end": "to"}
    for field in fields(given):
        if field.name in _FILTERS and getattr(given, field.name):
            name = names.get(field.name, field.name)
            yield f"without {_FILTERS[field.name]}", {key: value for key, value in kept.items() if key != name}


def _options(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen: values with their words."""
    kinds = {"type": EventType, "status": Status, "sort": f.Order}
    named = sorted((one.name, one.id) for one in desk.conflicts.values())
    return {
        "conflict": [(identity, name) for name, identity in named],
        **{name: [(each.value, each.value) for each in kind] for name, kind in kinds.items()},
    }


def _suggested(picture: Picture) -> dict[str, Any]:
    """Return the names of those told of most often and all outlets, to be chosen from."""
    outlets = outlets_of(picture)
    return {
        "outlets": sorted({outlet_of(told[0]) for told in outlets.values()} - {""}),
        "names": sorted({each.name for each in picture.seen[:_NAMES]}),
    }


__all__ = ["Item", "items_of", "marked", "results_of", "router"]
