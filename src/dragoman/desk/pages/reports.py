"""Reports: the list of them, a report with its claims on its text, and what an update changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from dragoman.board.filing import Filing
from dragoman.desk.asked import AskedOf, day_in
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.paper import desk_of, page
from dragoman.desk.parts.decided import Card as DecisionCard
from dragoman.desk.parts.decided import about_report, cards, last_of, words_on
from dragoman.desk.parts.lines import Card, Named, card_of
from dragoman.desk.parts.texts import Paragraph, Piece, Run, compared, marks_of, paragraphs
from dragoman.desk.who import who
from dragoman.export.brief import clean
from dragoman.export.ledger_words import spaced
from dragoman.ledger.decided import is_outside
from dragoman.ledger.diffing import Diff, difference
from dragoman.ledger.store import KeptClaim, Told, View
from dragoman.model import Claim, Evidence
from dragoman.reading.reader import Reading
from dragoman.views.grounds import of_report

router = APIRouter()
PAGE = 50
_DECISIONS = 50  # that a report's page lists
_NO_RULE = "no rule fits this sentence"
_READ_NOW = "today's rules find a claim here, the ledger's reading did not: dragoman recode reads it again"


# -- the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What is looked up among the reports of a picture: the newest first, outlets, updates by what they revise, prints by origin."""

    newest: tuple[Told, ...]
    outlets: tuple[str, ...]
    updates: Mapping[str, tuple[Told, ...]]
    prints: Mapping[str, tuple[Told, ...]]


def shelf(picture: Picture) -> Shelf:
    """Return what is looked up among the reports of a picture."""
    return picture.once("reports", _shelf)


def _shelf(picture: Picture) -> Shelf:
    updates: dict[str, list[Told]] = {}
    prints: dict[str, list[Told]] = {}
    for each in picture.told:
        if each.kept.revises:
            updates.setdefault(each.kept.revises, []).append(each)
        prints.setdefault(each.kept.origin, []).append(each)
    return Shelf(
        newest=tuple(reversed(picture.told)),
        outlets=tuple(sorted({each.kept.report.outlet for each in picture.told if each.kept.report.outlet})),
        updates={name: tuple(listed) for name, listed in updates.items()},
        prints={name: tuple(listed) for name, listed in prints.items()},
    )


@router.get("/reports")
def reports(  # noqa: PLR0913  a parameter of the address is one here
    request: Request,
    asked: AskedOf,
    conflict: Annotated[str | None, Query(max_length=80)] = None,
    outlet: Annotated[str | None, Query(max_length=400)] = None,
    start: Annotated[str | None, Query(alias="from", max_length=20)] = None,
    end: Annotated[str | None, Query(alias="to", max_length=20)] = None,
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Show the reports, the newest first."""
    picture = desk_of(request).picture(conflict or None, asked.view)
    found = shelf(picture)
    listed = _within(found.newest, outlet or None, day_in(start, "from"), day_in(end, "to"))
    context = {
        "listed": listed[skip : skip + PAGE],
        "count": len(listed),
        "every": len(picture.told),
        "outlets": found.outlets,
        "chosen": {"conflict": conflict or "", "outlet": outlet or "", "from": start or "", "to": end or ""},
        "skip": skip,
        "next": skip + PAGE if skip + PAGE < len(listed) else None,
    }
    return page(request, "reports.html", context, asked)


def _within(newest: Sequence[Told], outlet: str | None, start: date | None, end: date | None) -> Sequence[Told]:
    if outlet is None and start is None and end is None:
        return newest
    return [
        each
        for each in newest
        if (outlet is None or each.kept.report.outlet == outlet)
        and (start is None or (each.kept.report.published or date.min) >= start)
        and (end is None or (each.kept.report.published or date.max) <= end)
    ]


# -- one report


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A report as it is set.

    ``lost``: claims that today's rules no longer give. ``complete``: sentences that gave no claim are marked; else they are
    still to be asked for.
    """

    told: Told
    outside: bool
    paragraphs: tuple[Paragraph, ...]
    cards: tuple[Card, ...]
    lost: tuple[Card, ...]
    numbers: Mapping[str, int]
    complete: bool
    unread: int
    filings: tuple[Filing, ...]
    out: tuple[str, ...]
    origin: Told | None
    former: Told | None
    updates: tuple[Told, ...]
    copies: tuple[Told, ...]
    entities: tuple[tuple[Named, int, str], ...]
    decisions: tuple[DecisionCard, ...]
    names: Mapping[str, str]

    def because(self, filing: Filing) -> tuple[str, ...]:
        """Return what a filing stands on, by name."""
        parties = (clean(self.names.get(each, each)) for each in filing.parties)
        return (*parties, *filing.places, *filing.countries, *filing.issues)

    def is_out(self, piece: Piece) -> bool:
        """Return whether all claims of a piece are out by decision."""
        standing = {card.id for card in self.cards if card.state == "stands"}
        return standing.isdisjoint(piece.claims)


@router.get("/reports/{identity}")
def report(request: Request, identity: str, asked: AskedOf, unread: bool = False) -> HTMLResponse:
    """Show a report: its text with the claims on it, and what is known of it."""
    desk = desk_of(request)
    shown = _report(desk, desk.report(identity, asked.view), asked.view, read=unread)
    words = words_on(desk, asked.view)
    context = {"shown": shown, "words": words, "last": last_of(desk, who(request).name), "spaced": spaced}
    return page(request, "report.html", context, asked)


def _report(desk: Desk, told: Told, view: View, *, read: bool) -> ReportPage:
    picture = desk.picture(view=view)
    kept, places = told.kept, shelf(picture)
    standing = [each for each in told.claims if each.gone is None]
    listed = _with_out(desk, told)
    ids = {each.claim.id for each in standing}
    made = tuple(
        card_of(each, picture.names, "stands" if each.claim.id in ids else "out", number)
        for number, each in enumerate(listed, 1)
    )
    again = desk.read_again(kept.report, wait=read)
    marks = marks_of(
        ((each.claim.id, each.claim.evidence) for each in listed),
        {kind: [entry.evidence for entry in entries] for kind, entries in told.records.items()},
        _unread(again) if again else (),
    )
    _, listed_decisions, hands = desk.boards.decisions(view)
    filed = of_report(told, tuple(desk.conflicts.values()), hands)
    return ReportPage(
        told=told, outside=is_outside(told), paragraphs=paragraphs(kept.report.text, marks, kept.report.body_start),
        cards=made, lost=_lost(desk, told, picture.names), numbers={each.id: each.number for each in made}, complete=again is not None,
        unread=sum(each.why is not None for each in marks), filings=filed.filings, out=filed.out,
        origin=picture.reports.get(kept.origin) if kept.origin != kept.report.id else None,
        former=picture.reports.get(kept.revises) if kept.revises else None,
        updates=places.updates.get(kept.report.id, ()), copies=_copies(told, places), entities=_entities(told, picture),
        decisions=tuple(cards(desk, about_report(listed_decisions, kept.report.id)[:_DECISIONS], view)),
        names=picture.names,
    )  # fmt: skip


def _with_out(desk: Desk, told: Told) -> list[KeptClaim]:
    """Return the claims of a report, those that are out by decision among them, as they stand in the text."""
    read = desk.boards.as_read(told.kept.report.id)
    there = {each.claim.id for each in told.claims}
    out = [each for each in read.claims if each.gone is None and each.claim.id not in there] if read else []
    whole = [*(each for each in told.claims if each.gone is None), *out]
    return sorted(whole, key=lambda each: (each.claim.evidence.start, each.claim.id))


def _lost(desk: Desk, told: Told, names: Mapping[str, str]) -> tuple[Card, ...]:
    """Return the claims of a report that a newer reading no longer gave, as they stand in the text."""
    read = desk.boards.as_read(told.kept.report.id)
    gone = [each for each in read.claims if each.gone is not None] if read else []
    return tuple(card_of(each, names, "gone") for each in sorted(gone, key=lambda each: each.claim.evidence.start))


def _unread(reading: Reading) -> Iterable[tuple[Evidence, str]]:
    """Yield the sentences of a reading with why they give no claim, for those of which the ledger has none."""
    silent = {each.sentence for each in reading.unread}
    for each in reading.sentences:
        evidence = Evidence(sentence=each.number, start=each.start, end=each.end, text=each.text)
        yield evidence, _NO_RULE if each.number in silent else _READ_NOW


def _copies(told: Told, places: Shelf) -> tuple[Told, ...]:
    """Return the other prints of a report's text: none where they are many origins' one."""
    listed = places.prints.get(told.kept.origin, ())
    return tuple(each for each in listed if each is not told and each.kept.report.id != told.kept.origin)


def _entities(told: Told, picture: Picture) -> tuple[tuple[Named, int, str], ...]:
    """Return who is told of: name, number of mentions and kind, the most often mentioned first."""
    listed = sorted(told.entities, key=lambda pair: (-pair[1], pair[0].id))
    return tuple(
        (Named(id=one.id, name=clean(picture.names.get(one.id, one.name))), count, spaced(one.kind.value))
        for one, count in listed
    )


# -- two versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """An act of both versions as either tells it, and the fields that differ."""

    before: Card
    now: Card
    fields: tuple[str, ...]


@router.get("/reports/{identity}/diff")
def versions(request: Request, identity: str, asked: AskedOf) -> HTMLResponse:
    """Show what a report changed against the former version: claims, and the text word by word."""
    desk = desk_of(request)
    picture, told = desk.picture(view=asked.view), desk.report(identity, asked.view)
    former = picture.reports.get(told.kept.revises or "")
    empty = Diff(added=(), changed=(), dropped=(), same=0)
    found = difference(_claims(former), _claims(told)) if former else empty
    runs: tuple[tuple[Run, ...], ...] = compared(former.kept.report.text, told.kept.report.text) if former else ()

    def card(claim: Claim) -> Card:
        return card_of(picture.claims[claim.id][1], picture.names)

    context = {
        "told": told,
        "former": former,
        "added": [card(each) for each in found.added],
        "dropped": [card(each) for each in found.dropped],
        "changed": [Altered(before=card(e.before), now=card(e.now), fields=e.fields) for e in found.changed],
        "same": found.same,
        "runs": runs,
    }
    return page(request, "report_diff.html", context, asked)


def _claims(told: Told) -> list[Claim]:
    return [each.claim for each in told.claims if each.gone is None]
