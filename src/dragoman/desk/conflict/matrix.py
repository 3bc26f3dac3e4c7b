"""Tables of party by document and of party by issue: who did what with each paper, who stands where on each issue and stood before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.board.conflicts import Conflict
from dragoman.board.types import Paper, Signing, Stance, Turn
from dragoman.desk.conflict.called import Called, Name, Standing, standing_of
from dragoman.desk.conflict.rows import FEW, Rows, Which, made, taken
from dragoman.desk.days import days_of
from dragoman.export.ledger_brief import newest
from dragoman.export.ledger_words import since_when, spaced, tame
from dragoman.export.records import led

_COLUMNS = 5  # so many documents stand side by side
_ISSUES, _PARTIES = 8, 8


# -- who signed what


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What a party is said to have done with a paper; ``place`` names it on the page of the paper."""

    status: str
    date: str
    place: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper: what it is called, its state, day, place, terms, whose it is, and what it stands on."""

    name: str
    kind: str
    status: str
    date: str
    place: str
    terms: tuple[str, ...]
    parties: tuple[Name, ...]
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """A table of documents side by side, and for each party what it did with each: more than one where reports differ."""

    documents: tuple[Document, ...]
    rows: tuple[tuple[Name, tuple[tuple[Sign, ...], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The documents that somebody signed or did not as tables; the others, of which nobody's signature is told, as rows."""

    signed: Rows[Paper]
    tables: tuple[Signatures, ...]
    others: Rows[Document]


def papers_of(papers: Iterable[Paper], called: Called, which: Which) -> Papers:
    """Return the papers of a board, the newest first."""
    ranked = sorted(papers, key=newest)
    signed = taken("signatures", [paper for paper in ranked if paper.signings], which, _COLUMNS)
    others = taken("papers", [paper for paper in ranked if not paper.signings], which, FEW // 2)
    tables = [signed.shown[at : at + _COLUMNS] for at in range(0, len(signed.shown), _COLUMNS)]
    return Papers(
        signed=signed,
        tables=tuple(_signatures(each, called) for each in tables),
        others=made(others, (document_of(paper, called) for paper in others.shown)),
    )


def document_of(paper: Paper, called: Called) -> Document:
    """Return a paper as its column or row says it."""
    kind, name = spaced(paper.kind), tame(paper.name, 60)
    return Document(
        name=name[:1].upper() + name[1:],
        kind="" if kind in name.lower() else kind,
        status=spaced(paper.status),
        date=days_of(paper.date),
        place=tame(paper.place.name, 40) if paper.place else "",
        terms=tuple(tame(term, 80) for term in paper.terms[:3]),
        parties=called.all(paper.parties),
        standing=called.standing(paper),
    )


def _signatures(papers: Sequence[Paper], called: Called) -> Signatures:
    parties = dict.fromkeys(signing.party for paper in papers for signing in paper.signings)
    ranked = sorted(parties, key=lambda party: not called.tongue.has(party))
    rows = [(called.of(party), tuple(_signs(paper, party) for paper in papers)) for party in ranked]
    return Signatures(documents=tuple(document_of(paper, called) for paper in papers), rows=tuple(rows))


def _signs(paper: Paper, party: str) -> tuple[Sign, ...]:
    return tuple(sign_of(signing, at) for at, signing in enumerate(paper.signings) if signing.party == party)


def sign_of(signing: Signing, at: int) -> Sign:
    """Return what a party did with a paper, the ``at``-th of what is told of its signatures."""
    return Sign(
        status=spaced(signing.status),
        date=days_of(signing.date),
        place=f"signature-{at + 1}",
        standing=standing_of(str(at), signing.cited, signing.against),
    )


# -- who stands where


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """A position. ``since``: the day from which it has been so; ``before``: the state and content before it, where it moved."""

    state: str
    content: str
    condition: str
    to: tuple[Name, ...]
    since: date | None
    before: Turn | None
    standing: Standing

    @property
    def was(self) -> str:
        """Return the state before in words, empty where it never was another."""
        return spaced(self.before.state) if self.before else ""

    @property
    def was_content(self) -> str:
        """Return the words of the state before."""
        return tame(self.before.text or "", 90) if self.before else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """A party with its positions on each issue that is a column."""

    party: Name
    side: str
    cells: tuple[tuple[Standpoint, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """A position on something that is no issue of the conflict's file."""

    party: Name
    held: Standpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """Positions as a table of parties by issues, and those on other things as rows; ``total`` of both."""

    total: int
    issues: tuple[str, ...]
    more_issues: int
    rows: Rows[PartyRow]
    others: Rows[Single]


def positions_of(stances: Iterable[Stance], conflict: Conflict, called: Called, which: Which) -> Positions:
    """Return the positions on a board: the conflict's own parties first, then those who were last heard of."""
    listed = sorted(stances, key=lambda stance: (not called.tongue.has(stance.party), newest(stance)))
    known = {issue.id: issue.name for issue in conflict.issues}
    issues = [issue for issue in known if any(stance.issue == issue for stance in listed)]
    columns = issues if which.all == "positions" else sorted(_most(listed, issues)[:_ISSUES], key=issues.index)
    cells: dict[str, list[Stance]] = {}
    for stance in listed:
        if stance.issue in columns:
            cells.setdefault(stance.party, []).append(stance)
    rows = taken("positions", list(cells), which, _PARTIES)
    others = taken("other-positions", [stance for stance in listed if stance.issue not in known], which, FEW // 2)
    return Positions(
        total=len(listed),
        issues=tuple(tame(known[issue], 40) for issue in columns),
        more_issues=len(issues) - len(columns),
        rows=made(rows, (_party_row(party, cells[party], columns, conflict, called) for party in rows.shown)),
        others=made(
            others, (Single(party=called.of(each.party), held=standpoint_of(each, called)) for each in others.shown)
        ),
    )


def _most(listed: Sequence[Stance], issues: Sequence[str]) -> list[str]:
    """Return issues by how many parties have a position on them."""
    return sorted(issues, key=lambda issue: -sum(stance.issue == issue for stance in listed))


def _party_row(
    party: str, mine: Sequence[Stance], columns: Sequence[str], conflict: Conflict, called: Called
) -> PartyRow:
    cells = tuple(tuple(standpoint_of(each, called) for each in mine if each.issue == issue) for issue in columns)
    side = "" if party in conflict.parties else "backer" if party in conflict.backers else "outside"
    return PartyRow(party=called.of(party), side=side, cells=cells)


def standpoint_of(stance: Stance, called: Called) -> Standpoint:
    """Return a position with what it was before."""
    before = [turn for turn in stance.history if turn.state != stance.state]
    moved = before[-1] if before and stance.history[-1].state == stance.state else None
    return Standpoint(
        state=spaced(stance.state),
        content=tame(stance.content, 90),
        condition=tame(led("if", stance.condition), 90),
        to=called.all(stance.of),
        since=since_when(stance.history, stance.state) or stance.first,
        before=moved,
        standing=called.standing(stance, stance.content),
    )
