"""Decisions as pages set them: what was decided, about what, with links, whether it stands; and the last word on each claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.desk.kept import Desk, Picture
from dragoman.desk.parts.lines import claim_words
from dragoman.export.brief import clean, shorten
from dragoman.export.ledger_words import spaced
from dragoman.ledger.added import RULE
from dragoman.ledger.decided import State
from dragoman.ledger.store import KeptClaim, View
from dragoman.ledger.verdicts import (
    GRADES,
    OF_CLAIMS,
    OF_ENTITIES,
    OF_EVENTS,
    OF_FILING,
    OF_SOURCES,
    WHO,
    Decision,
    DecisionKind,
    Held,
    Source,
)
from dragoman.views.naming import title_of

WORDS = {
    DecisionKind.SAME_ENTITY: "one and the same",
    DecisionKind.OTHER_ENTITY: "not the same",
    DecisionKind.SAME_EVENT: "one event",
    DecisionKind.OTHER_EVENT: "another event",
    DecisionKind.WRONG_CLAIM: "wrong",
    DecisionKind.RIGHT_CLAIM: "right",
    DecisionKind.CORRECTED_FIELD: "corrected",
    DecisionKind.ADDED_CLAIM: "claim added",
    DecisionKind.FILED: "filed under",
    DecisionKind.NOT_FILED: "taken out of",
    DecisionKind.GRADED_SOURCE: "source graded",
    DecisionKind.NOTE: "note",
}
_LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead to a page of the desk: ``to`` are the parts of its address, none where there is no page."""

    words: str
    to: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One decision: what was decided in words, about what, the value that it gives, and for how many claims elsewhere it holds."""

    decision: Decision
    state: State
    words: str
    about: tuple[Link, ...]
    value: str
    elsewhere: int

    @property
    def standing(self) -> bool:
        """Return whether it can be taken back."""
        return self.decision.withdrawn_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The last word on a claim as a whole: ``verdict`` is right or wrong, by a decision of a user; ``carried`` from elsewhere."""

    verdict: str
    decision: str
    user: str
    carried: bool


def words_on(desk: Desk, view: View | None = None) -> Mapping[str, Word]:
    """Return the last word on each claim that was called right or wrong, by its id."""
    carried = desk.boards.decisions(view)[0]
    found: dict[str, Word] = {}
    for claim, held in carried.held.items():
        for one in held:
            if one.kind in (DecisionKind.WRONG_CLAIM, DecisionKind.RIGHT_CLAIM):
                found[claim] = Word(
                    verdict=WORDS[one.kind], decision=one.decision, user=one.user, carried=one.carried is not None
                )
    return found


def cards(desk: Desk, decisions: Iterable[Decision], view: View | None = None) -> list[Card]:
    """Return decisions as they are set, in the order in which they are given."""
    carried = desk.boards.decisions(view)[0]
    picture, elsewhere = desk.picture(view=view), _elsewhere(carried.held)
    return [
        Card(
            decision=each, state=carried.states.get(each.id, "without object"), words=_words(each),
            about=tuple(_about(desk, picture, each)), value=_value(each, picture.names), elsewhere=elsewhere[each.id],
        )
        for each in decisions
    ]  # fmt: skip


def about_claim(desk: Desk, claim: str, view: View | None = None) -> list[Decision]:
    """Return the decisions on a claim, withdrawn ones, those carried from elsewhere, and that which added it among them."""
    carried, listed, _ = desk.boards.decisions(view)
    holding = {held.decision for held in carried.held.get(claim, ())}
    added = desk.picture(view=view).claims.get(claim)
    if added is not None and added[1].claim.rule == RULE:
        holding.add(str(added[1].claim.words.get("decision")))
    return [each for each in reversed(listed) if claim in each.about or each.id in holding]


def about_report(decisions: Sequence[Decision], report: str) -> list[Decision]:
    """Return the decisions on a report and on its claims, the newest first."""
    return [
        each
        for each in reversed(decisions)
        if report in each.about or any(anchor.report == report for anchor in each.verdict.anchors)
    ]


def last_of(desk: Desk, user: str) -> Decision | None:
    """Return the last decision of a user that is not withdrawn."""
    return next(
        (each for each in reversed(desk.boards.decisions()[1]) if each.user == user and each.withdrawn_at is None), None
    )


def only(decisions: Sequence[Decision], user: str | None, kind: DecisionKind | None) -> list[Decision]:
    """Return the decisions of a user and of a kind, the newest first; all where none is asked for."""
    return [
        each
        for each in reversed(decisions)
        if (user is None or each.user == user) and (kind is None or each.kind is kind)
    ]


def _elsewhere(held: Mapping[str, Iterable[Held]]) -> Counter[str]:
    """Return for how many claims elsewhere each decision holds."""
    return Counter(one.decision for listed in held.values() for one in listed if one.carried)


def _words(decision: Decision) -> str:
    if decision.kind is DecisionKind.CORRECTED_FIELD:
        return f"{spaced(decision.verdict.field)} corrected"
    return WORDS[decision.kind]


# -- about what


def _about(desk: Desk, picture: Picture, decision: Decision) -> Iterator[Link]:
    if decision.kind in OF_ENTITIES:
        names = {each.id: each.name for each in decision.verdict.entities}
        yield from (Link(words=clean(names.get(each, each)), to=("actors", each)) for each in decision.about)
    elif decision.kind in OF_CLAIMS or decision.kind in OF_EVENTS:
        reports = {anchor.claim: anchor.report for anchor in decision.verdict.anchors}
        yield from (_claim(desk, picture, each, reports.get(each)) for each in decision.about)
    elif decision.kind in OF_FILING:
        yield _report(picture, decision.about[0])
        yield _conflict(desk, decision.about[1])
    elif decision.kind in OF_SOURCES:
        yield from (Link(words=clean(each), to=("sources",), query={"outlet": each}) for each in decision.about)
    elif decision.kind is DecisionKind.ADDED_CLAIM:
        yield from (_report(picture, each) for each in decision.about)
        yield from _outside(decision.verdict.source)
    else:
        yield from (_any(desk, picture, each) for each in decision.about)


def _claim(desk: Desk, picture: Picture, identity: str, report: str | None) -> Link:
    """Return a claim as it is told now, or as it was read where it is out."""
    if identity in picture.claims:
        return Link(words=claim_words(picture.claims[identity][1].claim, picture.names), to=("claims", identity))
    told = desk.boards.as_read(report) if report else None
    kept: KeptClaim | None = next((each for each in told.claims if each.claim.id == identity), None) if told else None
    if kept is None:
        return Link(words=f"claim {identity}", to=("claims", identity))
    return Link(words=claim_words(kept.claim, picture.names), to=("claims", identity))


def _report(picture: Picture, identity: str) -> Link:
    told = picture.reports.get(identity)
    if told is None:
        return Link(words=f"report {identity}")
    return Link(words=title_of(told.kept), to=("reports", identity))


def _conflict(desk: Desk, identity: str) -> Link:
    known = desk.conflicts.get(identity)
    return Link(words=known.name, to=("conflicts", identity)) if known else Link(words=f"conflict {identity}")


def _outside(source: Source | None) -> Iterator[Link]:
    if source is not None and source.report is None:
        yield Link(words=shorten(clean(f"{source.name}: “{source.quote}”"), _LONGEST))


def _any(desk: Desk, picture: Picture, identity: str) -> Link:
    if identity in picture.reports:
        return _report(picture, identity)
    if identity in picture.names:
        return Link(words=clean(picture.names[identity]), to=("actors", identity))
    return _claim(desk, picture, identity, desk.ledger.holder(identity))


# -- the value


def _value(decision: Decision, names: Mapping[str, str]) -> str:
    """Return the value that a decision gives, as people read it."""
    verdict = decision.verdict
    if verdict.value is None:
        return "none" if verdict.field else ""
    if decision.kind in OF_SOURCES:
        return f"{verdict.value}, {GRADES[verdict.value]}"
    known = {**names, **{each.id: each.name for each in verdict.entities}}
    if verdict.field is not None:
        return field_words(verdict.field, verdict.value, known)
    return shorten(
        "; ".join(f"{spaced(name)}: {field_words(name, each, known)}" for name, each in verdict.value.items()), _LONGEST
    )


def field_words(field: str, value: object, names: Mapping[str, str]) -> str:
    """Return the value of a claim's field, in JSON's types, as people read it.

    >>> field_words("actor", ["haftar"], {"haftar": "Khalifa Haftar"}), field_words("negated", True, {})
    ('Khalifa Haftar', 'yes')
    """
    if value is None or value in ([], ""):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return _days(value) if field == "date" else clean(str(value.get("name") or value.get("text") or "unknown"))
    if isinstance(value, list):
        return ", ".join(field_words(field, each, names) for each in value)
    return clean(names.get(str(value), str(value)) if field in WHO else str(value))


def _days(value: Mapping[str, object]) -> str:
    first, last = value.get("earliest"), value.get("latest")
    if first is None and last is None:
        return "unknown"
    return str(first) if first == last else f"{first or '…'} to {last or '…'}"


__all__ = [
    "WORDS",
    "Card",
    "Link",
    "Word",
    "about_claim",
    "about_report",
    "cards",
    "field_words",
    "last_of",
    "only",
    "words_on",
]
