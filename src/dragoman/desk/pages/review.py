"""The review queue: what a person should look at, the gravest doubt first, with what it is and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.desk.asked import AskedOf
from dragoman.desk.faults import bad
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.paper import desk_of, page
from dragoman.desk.parts.decided import last_of
from dragoman.desk.parts.lines import claim_words
from dragoman.desk.parts.paging import Paged, paged
from dragoman.desk.who import who
from dragoman.export.brief import clean
from dragoman.export.ledger_words import spaced
from dragoman.ledger.store import KeptClaim, Told, View
from dragoman.views.doubts import TITLES, Reason
from dragoman.views.queue import Item, Record, queue

router = APIRouter()
_SIZE = 20
_OF = {
    "claim": "Claim", "contradiction": "Contradiction", "actor": "Actor", "sentences": "Unread", "entry": "Entry",
    "decision": "Decision",
}  # fmt: skip
Words = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A sentence with where it stands: its report, number and text."""

    told: Told
    sentence: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An item as it is set: what it is in words, its doubts with where they lead, and the sentence it is about."""

    item: Item
    what: str
    words: str
    to: tuple[str, ...]
    reasons: tuple[Reason, ...]
    quoted: Quoted | None
    event: str | None = None
    origins: int = 0


@router.get("/review")
def review(
    request: Request,
    asked: AskedOf,
    conflict: Annotated[str | None, Query(max_length=200)] = None,
    kind: Words = "",
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Show what a person should look at, the gravest doubt first."""
    if kind and kind not in TITLES:
        raise bad("kind", f"{kind[:40]!r} is no doubt", f"give one of: {', '.join(TITLES)}")
    desk = desk_of(request)
    one = desk.conflict(conflict) if conflict else None
    listed, counts = _queue(desk, conflict or None, asked.view)
    wanted = [each for each in listed if any(reason.key == kind for reason in each.reasons)] if kind else listed
    shown = paged(wanted, skip, _SIZE)
    picture, names = desk.picture(conflict or None, asked.view), desk.picture(view=asked.view).names
    context = {
        "conflict": one,
        "kind": kind,
        "kinds": [(key, words, counts[key]) for key, words in TITLES.items() if counts[key]],
        "every": len(listed),
        "cards": Paged(
            items=tuple(_card(desk, each, picture, names) for each in shown.items), skip=shown.skip, count=shown.count
        ),
        "titles": TITLES,
        "last": last_of(desk, who(request).name) if not asked.query else None,
    }
    return page(request, "review.html", context, asked)


def _queue(desk: Desk, conflict: str | None, view: View) -> tuple[Sequence[Item], Mapping[str, int]]:
    """Return the queue of a picture, and how many have each doubt."""
    picture = desk.picture(conflict, view)

    def make(made: Picture) -> tuple[Sequence[Item], Mapping[str, int]]:
        shown = [desk.shown(each, view) for each in ((conflict,) if conflict else desk.conflicts)]
        carried, listed, _ = desk.boards.decisions(view)
        record = Record(
            told=made.told, boards=[(each.conflict, each.board) for each in shown if each.board.reports],
            seen=made.seen, carried=carried, decisions=listed, roster=desk.settings.roster,
        )  # fmt: skip
        items = queue(record)
        return items, Counter(key for each in items for key in {reason.key for reason in each.reasons})

    return picture.once("queue", make)


# -- items as they are set


def _card(desk: Desk, item: Item, picture: Picture, names: Mapping[str, str]) -> Card:
    what, reasons = _OF[item.of], item.reasons
    if item.of == "claim" and item.id in picture.claims:
        told, kept = picture.claims[item.id]
        tellings = picture.events.get(kept.claim.event_id, ())
        return Card(
            item=item, what=what, words=claim_words(kept.claim, names), to=("claims", item.id), reasons=reasons,
            quoted=_sentence(told, kept), event=kept.claim.event_id, origins=len({each.origin for each, _ in tellings}),
        )  # fmt: skip
    if item.of == "sentences" and item.place is not None:
        told, place = picture.reports[item.about[0]], item.place
        text = told.kept.report.text[place.start : place.end]
        quoted = Quoted(told=told, sentence=place.first, text=text)
        words = f"Sentence {place.first}" if place.first == place.last else f"Sentences {place.first} to {place.last}"
        return Card(item=item, what=what, words=words, to=(), reasons=reasons, quoted=quoted)
    if item.of == "decision":
        return _of_decision(desk, item)
    to = {
        "actor": ("actors", item.id), "contradiction": ("contradictions", item.conflict or "", item.id),
    }.get(item.of, ("conflicts", item.conflict or "", "entries", item.id))  # fmt: skip
    quoted_claim = picture.claims.get(item.about[0])
    return Card(
        item=item, what=what, words=clean(item.title), to=to, reasons=reasons,
        quoted=_sentence(*quoted_claim) if quoted_claim else None,
    )  # fmt: skip


def _of_decision(desk: Desk, item: Item) -> Card:
    decision = next(each for each in desk.boards.decisions()[1] if each.id == item.id)
    words = f"{spaced(decision.kind)}, about {', '.join(decision.about)}, by {decision.user}"
    return Card(item=item, what=_OF[item.of], words=clean(words), to=("decisions",), reasons=item.reasons, quoted=None)


def _sentence(told: Told, kept: KeptClaim) -> Quoted:
    return Quoted(told=told, sentence=kept.claim.evidence.sentence, text=kept.claim.evidence.text)
