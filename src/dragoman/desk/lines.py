"""A claim as pages set it: what it says in words, where it stands, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dragoman.desk.faults import not_found
from dragoman.desk.kept import Desk
from dragoman.export.brief import act_words, clean, shorten
from dragoman.export.contract import claim_form
from dragoman.export.records import Names
from dragoman.ledger.store import KeptClaim, Told, View
from dragoman.model import Claim

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
