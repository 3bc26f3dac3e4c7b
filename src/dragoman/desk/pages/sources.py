"""Sources: each outlet with its reports, whom it copies and who copies it, what is held against it, and its grade, set by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.board.grades import GRADES, load_grades
from dragoman.board.types import Cited, Dispute, cited_in
from dragoman.desk.asked import Asked, AskedOf, address
from dragoman.desk.faults import not_found
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.paper import desk_of, page
from dragoman.desk.search.finding import Found, OfReport, Part
from dragoman.desk.search.indexes import outlet_of, outlets_of
from dragoman.ledger.decisions import grades_by_hand
from dragoman.ledger.status import faults
from dragoman.ledger.store import KeptClaim, Told
from dragoman.ledger.verdicts import OF_SOURCES, Decision, DecisionKind, Held, outlet_key

router = APIRouter()

_LINES, _FAULTS, _MOST = 100, 50, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An outlet ('' where reports have none): what it prints, from and by whom it is copied, and what is held against it.

    ``copies`` of its reports have another outlet's text first; ``agencies`` are named in datelines; ``claims`` are those that
    stand and those decided wrong.
    """

    outlet: str
    reports: int
    first: date | None
    last: date | None
    copies: int
    copied_from: tuple[tuple[str, int], ...]
    copied_by: tuple[tuple[str, int], ...]
    agencies: tuple[tuple[str, int], ...]
    claims: int
    contradicted: int
    wrong: int

    @property
    def key(self) -> str:
        """Return the name as it is compared."""
        return outlet_key(self.outlet)

    def share(self, number: int, whole: int) -> str:
        """Return a share in words: nothing, the number alone, or with per cent."""
        return f"{number:,} ({round(100 * number / whole)} %)" if number and whole else "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How far an outlet is trusted, and by whose word: a decision's, or the file's."""

    letter: str
    words: str
    decision: Decision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A claim of an outlet that reports contradict: the conflict, the dispute, and the sentence."""

    conflict: str
    dispute: Dispute
    cited: Cited
    text: str


@router.get("/sources")
def sources_page(
    request: Request,
    asked: AskedOf,
    outlet: Annotated[str | None, Query(max_length=500)] = None,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """Show all outlets, or one of them; ``outlet=`` that is empty stands for reports of which none is known."""
    desk = desk_of(request)
    picture = desk.picture(view=asked.view)
    listed = sources_of(desk, picture, asked)
    grades = _grades(desk, asked)
    if outlet is not None:
        return _one(request, desk, listed, grades, asked, outlet, cursor)
    part = Found(rows=list(listed.values()), key=lambda each: (-each.reports, each.key)).part(cursor, _LINES)
    wrong = faults(desk.ledger)
    shown = {
        "part": part, "grades": grades, "faults": wrong, "failures": wrong.failures[:_FAULTS], "most": _MOST,
    }  # fmt: skip
    return page(request, "sources.html", shown, asked)


def _one(  # noqa: PLR0913  what the page has at hand
    request: Request, desk: Desk, listed: Mapping[str, Source], grades: Mapping[str, Grade], asked: Asked, outlet: str,
    cursor: str | None,
) -> Response:  # fmt: skip
    key = outlet_key(outlet)
    if key not in listed:
        raise not_found(outlet or "outlet unknown", "source", "see all of them at /sources")
    picture = desk.picture(view=asked.view)
    found = Found(rows=[OfReport(told=each) for each in outlets_of(picture)[key]], key=lambda each: each.newest)
    history = [
        each for each in desk.decisions(asked.view) if each.kind in OF_SOURCES and outlet_key(each.about[0]) == key
    ]
    shown = {
        "source": listed[key], "grade_now": grades.get(key), "letters": GRADES, "history": history[::-1],
        "back": address("sources", outlet=listed[key].outlet), "part": _prints(found.part(cursor), picture),
        "contested": list(_contested(desk, asked, key))[:10],
    }  # fmt: skip
    return page(request, "source.html", shown, asked)


def _grades(desk: Desk, asked: Asked) -> dict[str, Grade]:
    """Return the grade of each outlet that has one, with whose word it is."""
    found = {
        outlet: Grade(letter=letter, words=GRADES[letter], decision=None)
        for outlet, letter in load_grades(desk.settings.sources).items()
    }
    for outlet, each in grades_by_hand(desk.decisions(asked.view)).items():
        found[outlet] = Grade(letter=each.verdict.value, words=GRADES[each.verdict.value], decision=each)
    return found


# -- what is told of an outlet


def sources_of(desk: Desk, picture: Picture, asked: Asked) -> Mapping[str, Source]:
    """Return the outlets of a picture by name, those with most reports first."""

    def make(it: Picture) -> dict[str, Source]:
        disputed = {claim for _, _, cited in _disputed(desk, asked) for claim in cited.claims}
        wrong = Counter(outlet_key(outlet_of(told)) for told, _ in wrong_claims(desk, it, asked))
        made = [_source(each, it, disputed, wrong) for each in outlets_of(it).values()]
        return {each.key: each for each in sorted(made, key=lambda each: (-each.reports, each.key))}

    return picture.once("sources", make)


def wrong_claims(desk: Desk, picture: Picture, asked: Asked) -> list[tuple[Told, KeptClaim]]:
    """Return the claims that were decided wrong, as they were read, with their reports."""

    def make(it: Picture) -> list[tuple[Told, KeptClaim]]:
        held = desk.boards.decisions(asked.view)[0].held
        claims = {claim for claim, listed in held.items() if _is_wrong(listed)}
        reports = {one.report for claim in claims for one in held[claim]}
        read = (desk.boards.as_read(report) for report in sorted(reports) if report in it.reports)
        return [(told, kept) for told in read if told for kept in told.claims if kept.claim.id in claims]

    return picture.once("sources.wrong", make)


def _is_wrong(held: Sequence[Held]) -> bool:
    """Return whether the last word on a claim is that it is wrong."""
    last = max((each for each in held if each.field is None), key=lambda each: (each.at, each.decision), default=None)
    return last is not None and last.kind is DecisionKind.WRONG_CLAIM


def _source(told: Sequence[Told], picture: Picture, disputed: set[str], wrong: Counter[str]) -> Source:
    key = outlet_key(outlet_of(told[0]))
    days = [each.kept.report.published for each in told if each.kept.report.published]
    copied = [origin for each in told if (origin := _copied(each, picture)) is not None]
    standing = [kept.claim.id for each in told for kept in each.claims if kept.gone is None]
    return Source(
        outlet=outlet_of(told[0]), reports=len(told), first=min(days, default=None), last=max(days, default=None),
        copies=len(copied), copied_from=_counted(copied), copied_by=_counted(_copiers(picture).get(key, ())),
        agencies=_counted(name for each in told if (name := _agency(each)) is not None),
        claims=len(standing) + wrong[key], contradicted=sum(each in disputed for each in standing), wrong=wrong[key],
    )  # fmt: skip


def _copied(told: Told, picture: Picture) -> str | None:
    """Return the outlet whose text a report has, where that is another one."""
    origin = picture.reports.get(told.kept.origin)
    if origin is None or outlet_key(outlet_of(origin)) == outlet_key(outlet_of(told)):
        return None
    return outlet_of(origin)


def _agency(told: Told) -> str | None:
    """Return the agency in a report's dateline, where that is not its outlet."""
    line = told.kept.report.dateline
    name = line.agency if line else None
    return name if name and outlet_key(name) != outlet_key(outlet_of(told)) else None


def _copiers(picture: Picture) -> Mapping[str, Sequence[str]]:
    """Return the outlets that copy each outlet, once a report."""

    def make(it: Picture) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each in it.told:
            copied = _copied(each, it)
            if copied is not None:
                found.setdefault(outlet_key(copied), []).append(outlet_of(each))
        return found

    return picture.once("sources.copiers", make)


def _counted(outlets: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(outlets).items(), key=lambda pair: (-pair[1], pair[0])))


def _disputed(desk: Desk, asked: Asked) -> Iterator[tuple[str, Dispute, Cited]]:
    """Yield the sentences of all disputes, with the conflict and the dispute."""
    for one in desk.conflicts:
        for dispute in desk.shown(one, asked.view).board.disputes:
            yield from ((one, dispute, cited) for cited in cited_in(dispute))


def _contested(desk: Desk, asked: Asked, key: str) -> Iterator[Contested]:
    """Yield what other reports contradict in an outlet's, each dispute once."""
    seen: set[str] = set()
    for conflict, dispute, cited in _disputed(desk, asked):
        if dispute.id not in seen and outlet_key(cited.outlet or "") == key:
            seen.add(dispute.id)
            text = desk.quote(desk.shown(conflict, asked.view).board)(cited)
            yield Contested(conflict=conflict, dispute=dispute, cited=cited, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A report of an outlet, with the report whose text it has, where that is another outlet's."""

    told: Told
    claims: int
    origin: Told | None


def _prints(part: Part[OfReport], picture: Picture) -> Part[Printed]:
    rows = tuple(
        Printed(
            told=each.told, claims=sum(kept.gone is None for kept in each.told.claims),
            origin=picture.reports.get(each.told.kept.origin) if _copied(each.told, picture) is not None else None,
        )
        for each in part.rows
    )  # fmt: skip
    return Part(rows=rows, count=part.count, before=part.before, next=part.next)
