"""Actors: who is told of, and one page each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.board.conflicts import Conflict
from dragoman.desk.asked import AskedOf
from dragoman.desk.faults import bad
from dragoman.desk.kept import Desk
from dragoman.desk.paper import desk_of, page
from dragoman.desk.parts.paging import Paged, paged
from dragoman.desk.parts.sheet import sheet
from dragoman.ledger.store import View
from dragoman.model import Kind
from dragoman.views.actors import kind_words, side_words
from dragoman.views.listing import Seen, is_called

router = APIRouter()
_ROWS = 50
_SOME = 8
Words = Annotated[str, Query(max_length=200)]
Skip = Annotated[int, Query(ge=0, le=10_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody in one line of the list."""

    seen: Seen
    name: str
    sides: tuple[tuple[str, str], ...]
    first: date | None
    last: date | None

    @property
    def kind(self) -> str:
        """Return what kind of actor it is."""
        return kind_words(self.seen.entity.kind)

    @property
    def reports(self) -> int:
        """Return in how many reports."""
        return self.seen.outlets.total()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whom the list shows: whose name or id has these words, of which kind; places only where they are asked for."""

    words: str = ""
    kind: Kind | None = None

    def has(self, seen: Seen) -> bool:
        """Return whether somebody is wanted."""
        of_kind = seen.entity.kind is self.kind if self.kind else seen.entity.kind is not Kind.PLACE
        return of_kind and (not self.words or is_called(seen, self.words))


@router.get("/actors")
def everybody(request: Request, asked: AskedOf, q: Words = "", kind: Words = "", skip: Skip = 0) -> Response:
    """Show who is told of in any report."""
    desk = desk_of(request)
    told_of = [desk.conflict(each) for each in desk.conflicts if desk.shown(each, asked.view).board.reports]
    wanted = Wanted(words=q.strip(), kind=_kind(kind))
    rows = _rows(desk, told_of, None, asked.view, wanted, skip)
    return page(request, "actors.html", {"conflict": None, "rows": rows, **_chosen(wanted)}, asked)


@router.get("/conflicts/{conflict}/actors")
def of_conflict(  # noqa: PLR0913  a parameter of the address is one here
    request: Request, asked: AskedOf, conflict: str, q: Words = "", kind: Words = "", skip: Skip = 0
) -> Response:
    """Show who is told of in the reports of a conflict."""
    desk = desk_of(request)
    one = desk.conflict(conflict)
    wanted = Wanted(words=q.strip(), kind=_kind(kind))
    rows = _rows(desk, (one,), conflict, asked.view, wanted, skip)
    return page(request, "actors.html", {"conflict": one, "rows": rows, **_chosen(wanted)}, asked)


@router.get("/actors/{identity}")
def actor(  # noqa: PLR0913  a parameter of the address is one here
    request: Request,
    asked: AskedOf,
    identity: str,
    conflict: Annotated[str | None, Query(max_length=200)] = None,
    show: Words = "",
    skip: Skip = 0,
    q: Words = "",
    other: Words = "",
) -> Response:
    """Show all that is told of somebody, in one conflict or all."""
    desk = desk_of(request)
    shown = sheet(desk, identity, conflict or None, asked.view)
    found = _found(desk, identity, asked.view, q.strip()) if q.strip() else ()
    context = {
        "sheet": shown,
        "show": show,
        "events": shown.events_page(skip if show == "events" else 0),
        "skip": skip,
        "q": q.strip(),
        "found": found,
        "kind_words": kind_words,
        "other": shown.other(other) if other else None,
    }
    return page(request, "actor.html", context, asked)


def _found(desk: Desk, identity: str, view: View, words: str) -> tuple[Seen, ...]:
    """Return others who are called so."""
    every = (each for each in desk.picture(view=view).seen if each.id != identity and is_called(each, words))
    return tuple(each for each, _ in zip(every, range(_SOME), strict=False))


def _kind(given: str) -> Kind | None:
    try:
        return Kind(given) if given else None
    except ValueError as mistake:
        raise bad("kind", f"{given[:40]!r} is no kind of actor", f"give one of: {', '.join(Kind)}") from mistake


def _chosen(wanted: Wanted) -> Mapping[str, object]:
    kinds = [(each.value, kind_words(each)) for each in Kind]
    return {"q": wanted.words, "kind": wanted.kind.value if wanted.kind else "", "kinds": kinds}


def _rows(  # noqa: PLR0913
    desk: Desk, conflicts: Iterable[Conflict], conflict: str | None, view: View, wanted: Wanted, skip: int
) -> Paged[Row]:
    listed = [each for each in desk.picture(conflict, view).seen if wanted.has(each)]
    shown = paged(listed, skip, _ROWS)
    names = desk.picture(conflict, view).names
    make = partial(_row, conflicts=tuple(conflicts), names=names, view=view)
    return Paged(items=tuple(make(each) for each in shown.items), skip=shown.skip, count=shown.count)


def _row(seen: Seen, conflicts: Iterable[Conflict], names: Mapping[str, str], view: View) -> Row:
    last = max(seen.days, default=None)
    sides = ((one.name, side_words(seen.id, one, view.until or last, names)) for one in conflicts)
    return Row(
        seen=seen,
        name=names.get(seen.id, seen.name),
        sides=tuple((name, words) for name, words in sides if words),
        first=min(seen.days, default=None),
        last=last,
    )
