"""A claim as pages set it: what it says in words, where it stands, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from dragoman.desk.days import days_of
from dragoman.desk.faults import not_found
from dragoman.desk.kept import Desk
from dragoman.export.brief import act_words, clean, shorten
from dragoman.export.contract import claim_form
from dragoman.export.records import Names, led
from dragoman.ledger.store import KeptClaim, Told, View
from dragoman.model import Claim, Status

State = Literal["stands", "out", "gone"]
_LONGEST = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A claim with its report. ``state``: it stands, is out by decision (then as it was read), or gone: no rule gives it any more."""

    told: Told
    kept: KeptClaim
    state: State


def claim_words(claim: Claim, names: Mapping[str, str]) -> str:
    """Return a claim in words: type, what qualifies it, who to whom, about what, who says so."""
    return shorten(clean(act_words(claim_form(claim), Names(names))), _LONGEST)


def find_claim(desk: Desk, identity: str, view: View | None = None) -> Found:
    """Return a claim of a view with its report, also where it is out by decision or gone; RequestError where there is none."""
    picture = desk.picture(view=view)
    if identity in picture.claims:
        told, kept = picture.claims[identity]
        return Found(told=told, kept=kept, state="stands")
    report = _holder(desk, identity, view)
    if report is not None and report in picture.reports:
        whole = next(iter(desk.ledger.told(View(ids=frozenset({report})), gone=True)), None)
        for one in whole.claims if whole else ():
            if whole is not None and one.claim.id == identity:
                return Found(told=whole, kept=one, state="gone" if one.gone else "out")
    raise not_found(
        identity, "claim", "it may not have been known as of then; look at all that is known now, or search"
    )


def _holder(desk: Desk, identity: str, view: View | None) -> str | None:
    """Return the report that a claim stands in, also of one that somebody added."""
    held = desk.boards.decisions(view)[0].held.get(identity, ())
    return desk.ledger.holder(identity) or next((each.report for each in held), None)


# -- a claim as a card


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody by id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A claim in parts. ``number`` is its place on the page; ``said``: who says so, innermost first; ``corrected``: whose word which
    fields are.
    """

    id: str
    number: int
    event: str
    type: str
    marks: tuple[str, ...]
    who: tuple[Named, ...]
    whom: tuple[Named, ...]
    about: str
    day: str
    place: str
    said: tuple[str, ...]
    rule: str
    sentence: int
    quote: str
    state: State
    corrected: tuple[str, ...] = ()


_STATUS = {Status.FUTURE: "planned", Status.HYPOTHETICAL: "possible", Status.HISTORICAL: "background"}


def card_of(kept: KeptClaim, names: Mapping[str, str], state: State = "stands", number: int = 0) -> Card:
    """Return a claim as a card."""
    claim = kept.claim
    return Card(
        id=claim.id, number=number, event=claim.event_id or claim.id, type=claim.event.value, marks=marks_in(claim),
        who=named(claim.actor, names), whom=named(claim.recipient, names), about=_about(claim), day=days_of(claim.date),
        place=clean(claim.place.name) if claim.place else "", said=said_in(claim, names), rule=claim.rule,
        sentence=claim.evidence.sentence, quote=clean(claim.evidence.text), state=state,
        corrected=tuple(f"{held.field} corrected by {held.user}" for held in kept.decided),
    )  # fmt: skip


def marks_in(claim: Claim) -> tuple[str, ...]:
    """Return what qualifies a claim: not, planned, possible or background, in doubt."""
    found = (
        "not" if claim.negated else "",
        _STATUS.get(claim.status, ""),
        "in doubt" if claim.hedged else "",
        "quoted" if claim.quoted else "",
    )
    return tuple(filter(None, found))


def named(ids: Iterable[str], names: Mapping[str, str]) -> tuple[Named, ...]:
    """Return those with these ids, by name; an id without a name is shown as it stands."""
    return tuple(Named(id=each, name=clean(names.get(each, each))) for each in ids)


def said_in(claim: Claim, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return who says so, innermost first, those who say it together as one; nobody where it is the report itself."""
    together = groupby(dict.fromkeys(claim.attribution), key=lambda link: link.text)
    return tuple(
        Names({}).all(clean(names.get(each.speaker, each.text) if each.speaker else each.text) for each in links)
        for _, links in together
    )


def _about(claim: Claim) -> str:
    parts = (
        claim.content,
        led("if", claim.condition),
        led("with", claim.means) if claim.means != claim.content else None,
        claim.casualties,
    )
    return shorten(clean("; ".join(filter(None, parts))), _LONGEST)
