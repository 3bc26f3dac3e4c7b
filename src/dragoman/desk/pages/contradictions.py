"""Contradictions: what reports tell in several ways, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.board.conflicts import Conflict
from dragoman.board.grades import GRADES
from dragoman.board.types import Board, Cited, Dispute
from dragoman.desk.asked import Asked, AskedOf
from dragoman.desk.faults import bad, not_found
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.paper import desk_of, page
from dragoman.desk.parts.paging import Paged, paged
from dragoman.desk.parts.sheet import quoted
from dragoman.export.brief import clean
from dragoman.export.ledger_words import ASKED, Tongue, dispute_words
from dragoman.ledger.store import View
from dragoman.views.naming import issues_of
from dragoman.views.versions import accusers, is_within, parties_of

router = APIRouter()
_SIZE = 10
_SENTENCES = 5
Words = Annotated[str, Query(max_length=200)]
Skip = Annotated[int, Query(ge=0, le=10_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a version: its text, the grade of its outlet, who says so (names or words), its claims."""

    cited: Cited
    text: str
    grade: str
    grade_words: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One way in which it is told: first sentences, how many there are, of how many origins and outlets."""

    words: str
    sentences: tuple[Sentence, ...]
    count: int
    origins: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A contradiction with its versions side by side; ``within``: one report tells it in both ways."""

    dispute: Dispute
    conflict: Conflict
    asks: str
    about: str
    within: bool
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A contradiction of a board, before it is set: who is in it, by ids."""

    conflict: Conflict
    board: Board
    picture: Picture
    dispute: Dispute
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which contradictions are shown, and ``entry``: the one that is led to."""

    kind: str = ""
    party: str = ""
    entry: str = ""

    def has(self, one: Listed) -> bool:
        """Return whether a contradiction is wanted."""
        return (not self.kind or one.dispute.kind == self.kind) and (not self.party or self.party in one.parties)


@router.get("/contradictions")
def everywhere(  # noqa: PLR0913  a parameter of the address is one here
    request: Request, asked: AskedOf, kind: Words = "", party: Words = "", entry: Words = "", skip: Skip = 0
) -> Response:
    """Show the contradictions of all conflicts that are followed."""
    desk = desk_of(request)
    return _page(request, None, asked, tuple(_of_all(desk, asked.view)), _chosen(kind, party, entry), skip)


@router.get("/conflicts/{conflict}/contradictions")
def of_conflict(  # noqa: PLR0913  a parameter of the address is one here
    request: Request,
    asked: AskedOf,
    conflict: str,
    kind: Words = "",
    party: Words = "",
    entry: Words = "",
    skip: Skip = 0,
) -> Response:
    """Show the contradictions of a conflict."""
    desk = desk_of(request)
    one = desk.conflict(conflict)
    return _page(request, one, asked, listed_in(desk, conflict, asked.view), _chosen(kind, party, entry), skip)


def _chosen(kind: str, party: str, entry: str) -> Chosen:
    if kind and kind not in ASKED:
        raise bad("kind", f"{kind[:40]!r} is no kind of contradiction", f"give one of: {', '.join(ASKED)}")
    return Chosen(kind=kind, party=party, entry=entry)


def listed_in(desk: Desk, conflict: str, view: View) -> tuple[Listed, ...]:
    """Return the contradictions of a conflict with who is in them."""
    shown, picture = desk.shown(conflict, view), desk.picture(conflict, view)

    def make(made: Picture) -> tuple[Listed, ...]:
        return tuple(
            Listed(
                conflict=shown.conflict, board=shown.board, picture=made, dispute=each,
                parties=parties_of(each, made.claims),
            )
            for each in shown.board.disputes
        )  # fmt: skip

    return picture.once("contradictions", make)


def _of_all(desk: Desk, view: View) -> Iterator[Listed]:
    """Yield the contradictions of all conflicts, each once: one that two conflicts have is the first's."""
    seen: set[str] = set()
    for conflict in desk.conflicts:
        for each in listed_in(desk, conflict, view):
            if each.dispute.id not in seen:
                seen.add(each.dispute.id)
                yield each


def _page(  # noqa: PLR0913
    request: Request, conflict: Conflict | None, asked: Asked, listed: tuple[Listed, ...], chosen: Chosen, skip: int
) -> Response:
    found = [each for each in listed if chosen.has(each)]
    shown = paged(found, _place(found, chosen.entry) if chosen.entry else skip, _SIZE)
    context = {
        "conflict": conflict,
        "rows": Paged(items=tuple(map(_shown, shown.items)), skip=shown.skip, count=shown.count),
        "every": len(listed),
        "chosen": chosen,
        "kinds": _kinds(listed),
        "parties": _parties(listed),
        "graded": any(each.board.reliability for each in listed),
    }
    return page(request, "contradictions.html", context, asked)


def _place(found: Iterable[Listed], entry: str) -> int:
    """Return where the page begins that has an entry."""
    places = [place for place, each in enumerate(found) if each.dispute.id == entry]
    if not places:
        raise not_found(entry, "contradiction", "it may be settled by now; look at all of them, or at another day")
    return places[0] // _SIZE * _SIZE


def _kinds(listed: Iterable[Listed]) -> list[tuple[str, str, int]]:
    counts = Counter(each.dispute.kind for each in listed)
    return [(kind, words, counts[kind]) for kind, words in ASKED.items() if counts[kind]]


def _parties(listed: Iterable[Listed]) -> list[tuple[str, str]]:
    """Return who is in contradictions, id and name, by name."""
    found = {party: clean(each.board.names.get(party, party)) for each in listed for party in each.parties}
    return sorted(found.items(), key=lambda each: (each[1].casefold(), each[0]))


def _shown(one: Listed) -> Shown:
    tongue = Tongue(one.board.names, issues_of(one.conflict))
    said = dispute_words(one.dispute, tongue)
    asks, _, about = said.title.partition(", ")
    versions = zip(said.facts, one.dispute.versions, strict=True)
    return Shown(
        dispute=one.dispute, conflict=one.conflict, asks=asks, about=about, within=is_within(one.dispute),
        versions=tuple(_version(fact.value, cited, one) for fact, (_, cited) in versions),
    )  # fmt: skip


def _version(words: str, cited: tuple[Cited, ...], one: Listed) -> Version:
    return Version(
        words=words, sentences=tuple(_sentence(each, one) for each in cited[:_SENTENCES]), count=len(cited),
        origins=len({each.origin for each in cited}),
        outlets=tuple(dict.fromkeys(clean(each.outlet or "outlet unknown") for each in cited)),
    )  # fmt: skip


def _sentence(cited: Cited, one: Listed) -> Sentence:
    grade = one.board.reliability.get(cited.outlet or "", "")
    said_by = cited.speakers or accusers(cited, one.picture.claims)
    return Sentence(
        cited=cited, text=quoted(one.picture, cited), grade=grade, grade_words=GRADES.get(grade, ""),
        speakers=tuple(_name(each, one) for each in said_by),
    )  # fmt: skip


def _name(identity: str, one: Listed) -> str:
    known = one.board.names.get(identity) or one.picture.names.get(identity)
    return clean(known or identity)
