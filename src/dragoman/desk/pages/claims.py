"""A claim: its fields, the sentence it stands on, the rule that made it, what it speaks for, and what was decided of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from dragoman.desk.asked import AskedOf
from dragoman.desk.faults import bad, not_found
from dragoman.desk.kept import Desk
from dragoman.desk.pages.decisions import way_back
from dragoman.desk.pages.reports import shelf
from dragoman.desk.paper import desk_of, page
from dragoman.desk.parts.decided import Card as DecisionCard
from dragoman.desk.parts.decided import about_claim, cards, field_words, words_on
from dragoman.desk.parts.lines import Card, Found, Named, card_of, find_claim, named, said_in
from dragoman.desk.parts.texts import beside
from dragoman.export.brief import clean
from dragoman.export.ledger_why import Stand
from dragoman.export.ledger_words import spaced
from dragoman.ledger.added import RULE
from dragoman.ledger.elsewhere import find_sentence
from dragoman.ledger.store import KeptClaim, Told, View
from dragoman.ledger.verdicts import FIELDS, WHO, builtin
from dragoman.model import Claim, EventType, Evidence, Span, Status
from dragoman.reading.explain import explained, explained_words
from dragoman.rulebook.codes import CONTEXTS, MODES
from dragoman.views.grounds import Asked, of_claim
from dragoman.views.listing import Telling

router = APIRouter()
_PRINTS = 60  # other prints of the text that are looked at
_TRUTH = (("true", "yes"), ("false", "no"))
_HINTS = {
    "date": "a day (2020-01-13), days (2020-01-12..2020-01-14), or nothing for unknown",
    "place": "the name of a place, or nothing for none",
    "attribution": "who says so, innermost first, with commas between them; nothing for the report itself",
    "actor": "ids of others, with commas between them",
    "recipient": "ids of others, with commas between them",
}
_LABELS = {"event": "type", "actor": "who", "recipient": "to whom", "hedged": "in doubt", "attribution": "said by"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a claim in words. ``read``: what was read, where somebody corrected it."""

    name: str
    label: str
    value: str
    read: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """How a field is corrected: one of ``choices``, several of them (``many``), or ``text``. Each choice: value, words, now so."""

    field: str
    label: str
    choices: tuple[tuple[str, str, bool], ...] = ()
    many: bool = False
    text: str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another print of the claim's text that has its sentence: where, and the claim that was read there, if one was."""

    told: Told
    sentence: int | None
    claim: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """A claim as it is set."""

    found: Found
    card: Card
    fields: tuple[Field, ...]
    before: str
    after: str
    chain: tuple[str, ...]
    against: tuple[Card, ...]
    stands: tuple[Stand, ...]
    tellings: tuple[Telling, ...]
    copies: tuple[Copy, ...]
    prints: int
    history: tuple[DecisionCard, ...]

    @property
    def told(self) -> Told:
        """Return the report that the claim stands in."""
        return self.found.told

    @property
    def origins(self) -> int:
        """Return how many origins tell of its event."""
        return len({report.origin for report, _ in self.tellings})


@router.get("/claims/{identity}")
def claim(
    request: Request,
    identity: str,
    asked: AskedOf,
    field: Annotated[str | None, Query(max_length=40)] = None,
    back: Annotated[str | None, Query(max_length=2000)] = None,
) -> HTMLResponse:
    """Show a claim, and let it be decided about."""
    desk = desk_of(request)
    if field and field not in FIELDS:
        raise bad("field", f"{clean(field)!r} cannot be corrected", f"choose one of: {', '.join(FIELDS)}")
    found = find_claim(desk, identity, asked.view)
    names = desk.picture(view=asked.view).names
    context = {
        "shown": _claim(desk, found, asked.view),
        "word": words_on(desk, asked.view).get(identity),
        "choices": [(each, _label(each)) for each in FIELDS],
        "input": _input(field, found, names) if field else None,
        "back": way_back(back) if back else None,
        "added": found.kept.claim.rule == RULE,
    }
    return page(request, "claim.html", context, asked)


def _claim(desk: Desk, found: Found, view: View) -> ClaimPage:
    picture = desk.picture(view=view)
    told, kept = found.told, found.kept
    text, evidence = told.kept.report.text, kept.claim.evidence
    before, after = beside(text, evidence)
    others = [each for each in shelf(picture).prints.get(told.kept.origin, ()) if each.kept.report.id != kept.report]
    grounds = of_claim(told, kept, Asked(
        ledger=desk.ledger, view=view, told=(), conflicts=(), board=lambda one: desk.shown(one.id, view).board, hands={},
        held={},
    ))  # fmt: skip
    return ClaimPage(
        found=found,
        card=card_of(kept, picture.names, found.state),
        fields=tuple(_fields(desk, found, picture.names)),
        before=clean(before),
        after=clean(after),
        chain=tuple(reversed(_chain(kept.claim, picture.names))),
        against=tuple(card_of(each, picture.names) for each in grounds.against),
        stands=_stands(desk, found, view) if found.state == "stands" else (),
        tellings=tuple(picture.events.get(kept.claim.event_id, ())),
        copies=tuple(_copies(kept, others[:_PRINTS])),
        prints=len(others),
        history=tuple(cards(desk, about_claim(desk, kept.claim.id, view), view)),
    )


def _copies(kept: KeptClaim, prints: Iterable[Told]) -> Iterator[Copy]:
    """Yield the prints of one text that have the sentence of a claim, too."""
    words = " ".join(kept.claim.evidence.text.split())
    for each in prints:
        there = [
            one.claim for one in each.claims if one.gone is None and " ".join(one.claim.evidence.text.split()) == words
        ]
        same = next((one for one in there if one.event is kept.claim.event), None)
        if there:
            yield Copy(told=each, sentence=there[0].evidence.sentence, claim=same.id if same else None)
        elif find_sentence(each.kept.report, kept.claim.evidence.text):
            yield Copy(told=each, sentence=None, claim=None)


def _chain(claim: Claim, names: Mapping[str, str]) -> list[str]:
    """Return who says so with the words for it, innermost first."""
    words = list(dict.fromkeys(clean(link.text) for link in claim.attribution))
    speakers = said_in(claim, names)
    return [who if who in text else f"{who} (“{text}”)" for who, text in zip(speakers, words, strict=False)]


def _stands(desk: Desk, found: Found, view: View) -> tuple[Stand, ...]:
    """Return the entries of boards that a claim speaks for or against, of the conflicts that its report is filed under."""
    listed: list[Stand] = []
    report = found.told.kept.report.id
    for one in desk.conflicts.values():
        if report in desk.picture(one.id, view).reports:
            listed += desk.stands(one, view).get(found.kept.claim.id, ())
    return tuple(listed)


def _fields(desk: Desk, found: Found, names: Mapping[str, str]) -> list[Field]:
    """Return the fields of a claim in words, with what was read where that was corrected."""
    claim, corrected = found.kept.claim, {held.field for held in found.kept.decided}
    read = desk.boards.as_read(found.told.kept.report.id) if corrected else None
    was = next((each.claim for each in read.claims if each.claim.id == claim.id), None) if read else None
    return [
        Field(
            name=name,
            label=_label(name),
            value=_value(claim, name, names),
            read=_value(was, name, names) if was is not None and name in corrected else "",
        )
        for name in FIELDS
    ]


def _value(claim: Claim, field: str, names: Mapping[str, str]) -> str:
    if field == "attribution":
        return ", told by ".join(_chain(claim, names)) or "the report itself"
    words = field_words(field, builtin(getattr(claim, field)), names)
    if field == "date" and claim.date.phrase:
        return f"{words} (“{clean(claim.date.phrase)}”, {spaced(claim.date.basis.value).replace('-', ' ')})"
    return words


def _label(field: str) -> str:
    return _LABELS.get(field, field)


# -- correcting a field


def _input(field: str, found: Found, names: Mapping[str, str]) -> Input:
    claim = found.kept.claim
    closed: Mapping[str, tuple[tuple[str, str], ...]] = {
        "event": tuple((each.value, each.value) for each in EventType),
        "status": tuple((each.value, each.value) for each in Status),
        **dict.fromkeys(("negated", "hedged", "quoted"), _TRUTH),
    }
    several = {"modes": sorted(MODES.get(claim.event, ())), "contexts": sorted(CONTEXTS)}
    label, hint = _label(field), _HINTS.get(field, "")
    if field in closed:
        now = str(getattr(claim, field)).lower() if field not in ("event", "status") else getattr(claim, field).value
        return Input(field=field, label=label, choices=tuple((v, words, v == now) for v, words in closed[field]))
    if field in several:
        chosen = set(getattr(claim, field))
        return Input(field=field, label=label, choices=tuple((v, v, v in chosen) for v in several[field]), many=True)
    if field in WHO:
        listed = _people(found, names)
        chosen = set(getattr(claim, field))
        choices = tuple((each.id, each.name, each.id in chosen) for each in listed)
        return Input(field=field, label=label, choices=choices, many=True, text="", hint=hint)
    return Input(field=field, label=label, text=_text(claim, field), hint=hint)


def _people(found: Found, names: Mapping[str, str]) -> tuple[Named, ...]:
    """Return who is told of in the claim's report, those of the claim first."""
    claim = found.kept.claim
    ids = dict.fromkeys([*claim.actor, *claim.recipient, *(entity.id for entity, _ in found.told.entities)])
    return named(ids, names)


def _text(claim: Claim, field: str) -> str:
    """Return a field as the text that a correction of it is read from."""
    value: Any = getattr(claim, field)
    if field == "date":
        first, last = (day.isoformat() if day else "" for day in (value.earliest, value.latest))
        return first if first == last else f"{first}..{last}"
    if field == "place":
        return value.name if value else ""
    if field == "attribution":
        return ", ".join(link.text for link in value)
    return value or ""


# -- how it was read


@router.get("/claims/{identity}/explain")
def claim_explained(request: Request, identity: str, asked: AskedOf) -> HTMLResponse:
    """Show how the sentence of a claim is read by the rules of now."""
    desk = desk_of(request)
    found = find_claim(desk, identity, asked.view)
    evidence = found.kept.claim.evidence
    return _explained(request, desk, found.told, evidence)


@router.get("/reports/{identity}/explain/{number}")
def sentence_explained(request: Request, identity: str, number: int, asked: AskedOf) -> HTMLResponse:
    """Show how a sentence of a report is read by the rules of now."""
    desk = desk_of(request)
    told = desk.report(identity, asked.view)
    again = desk.read_again(told.kept.report)
    one = next((each for each in again.sentences if each.number == number), None) if again else None
    if one is None:
        raise not_found(str(number), "sentence of this report")
    return _explained(request, desk, told, Evidence(sentence=one.number, start=one.start, end=one.end, text=one.text))


def _explained(request: Request, desk: Desk, told: Told, one: Evidence) -> HTMLResponse:
    report, span = told.kept.report, Span(start=one.start, end=one.end)
    lines = desk.reading(lambda reader: explained_words(explained(reader, report, only=span)))
    context = {"told": told, "lines": lines, "text": clean(one.text), "number": one.sentence}
    return page(request, "explain_part.html" if request.headers.get("HX-Request") else "explain.html", context)


__all__ = ["router"]
