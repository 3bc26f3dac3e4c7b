"""What the commands that show a ledger share: as of which day and moment, of which conflict, and how lines are shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.shared import DAYS, MOMENTS, write

if TYPE_CHECKING:
    from dragoman.board.conflicts import Conflict
    from dragoman.board.types import Board
    from dragoman.export.brief import Line
    from dragoman.export.ledger_page import Quote
    from dragoman.ledger.store import Ledger, Told, View
    from dragoman.settings import Settings

_STYLES = {"title": "bold", "head": "bold cyan", "day": "bold", "note": "dim", "quote": "dim"}

AsOfOption = Annotated[
    datetime | None, typer.Option("--as-of", formats=DAYS, help="As a reader of this day could have it.")
]
KnownOption = Annotated[
    datetime | None, typer.Option("--known", formats=MOMENTS, help="As the ledger had it at this moment (UTC).")
]
FromOption = Annotated[datetime | None, typer.Option("--from", formats=DAYS, help="From this day on.")]
ToOption = Annotated[datetime | None, typer.Option("--to", formats=DAYS, help="To this day, included.")]
ConflictOption = Annotated[str | None, typer.Option("--conflict", help="Only reports of this conflict.")]


def view_of(as_of: datetime | None, known: datetime | None) -> View:
    """Return the view that the options ask for; a moment without a zone is UTC."""
    from dragoman.ledger.store import View
    from dragoman.reading.formats import in_utc

    return View(until=day_of(as_of), known=in_utc(known) if known else None)


def day_of(moment: datetime | None) -> date | None:
    """Return the day of an option."""
    return moment.date() if moment else None


def told_in(ledger: Ledger, view: View, *, gone: bool = False) -> list[Told]:
    """Return the reports of a view with what was read in them and decided of it; with claims that are gone where wanted."""
    from dragoman.board.viewed import told_in as told_as_of

    told = told_as_of(ledger, view)
    return with_gone(ledger, view, told) if gone else told


def with_gone(ledger: Ledger, view: View, told: Iterable[Told]) -> list[Told]:
    """Return the reports of a view with the claims that are gone, too."""
    whole = {each.kept.report.id: each for each in ledger.told(view, gone=True)}
    return [_with_gone(each, whole.get(each.kept.report.id, each)) for each in told]


def hands_of(ledger: Ledger, view: View) -> Mapping[tuple[str, str], bool]:
    """Return what was filed by hand as of a view: (report, conflict) -> whether it is of it."""
    from dragoman.board.viewed import hands_of as hands_as_of

    return hands_as_of(ledger, view)


def _with_gone(told: Told, whole: Told) -> Told:
    """Return a report with the claims that today's rules no longer give beside those that they do."""
    lost = [kept for kept in whole.claims if kept.gone is not None]
    stand = sorted((*told.claims, *lost), key=lambda kept: (kept.claim.evidence.start, kept.claim.id))
    return replace(told, claims=tuple(stand))


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A conflict, and its reports in the order of publication."""

    conflict: Conflict
    told: tuple[Told, ...]


def conflict_named(identity: str, settings: Settings) -> Conflict:
    """Return a conflict by its id; ConflictError names those that there are."""
    from dragoman.board.conflicts import conflict_of, load_conflicts

    return conflict_of(identity, load_conflicts(settings.conflicts, settings.roster))


def followed(ledger: Ledger, identity: str, view: View, settings: Settings, *, gone: bool = False) -> Followed:
    """Return the reports of a conflict in a view."""
    from dragoman.board.filing import filed

    conflict = conflict_named(identity, settings)
    return Followed(
        conflict=conflict, told=tuple(filed(told_in(ledger, view, gone=gone), conflict, hands_of(ledger, view)))
    )


def told_of(
    ledger: Ledger, conflict: str | None, view: View, settings: Settings, *, gone: bool = False
) -> Sequence[Told]:
    """Return the reports of a view, of one conflict where one is named; with claims that are gone where wanted."""
    if conflict is None:
        return told_in(ledger, view, gone=gone)
    return followed(ledger, conflict, view, settings, gone=gone).told


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A conflict's board, the one of an earlier day where that is asked for, and what gives the sentences of both."""

    conflict: Conflict
    now: Board
    before: Board | None
    quote: Quote


def boards_of(ledger: Ledger, identity: str, view: View, settings: Settings, since: date | None = None) -> Shown:
    """Return the board of a conflict as of a view, and that of the day ``since``; names that no report gives are the roster's."""
    from dragoman.board.boards import Boards
    from dragoman.board.types import cited_in
    from dragoman.ledger.decisions import decisions
    from dragoman.views.naming import named_board

    conflict, boards = conflict_named(identity, settings), Boards(ledger, settings)
    before = boards.board(conflict, replace(view, until=since)) if since else None
    now = boards.board(conflict, view)
    boards.keep()
    words = decisions(ledger, view.known)
    texts = boards.texts({cited.report for board in (before, now) if board is not None for cited in cited_in(board)})
    return Shown(
        conflict=conflict,
        now=named_board(now, conflict, settings, words),
        before=named_board(before, conflict, settings, words) if before is not None else None,
        quote=lambda cited: texts[cited.report][cited.start : cited.end],
    )


def board_in(mine: Followed, view: View, settings: Settings) -> Board:
    """Return the board of reports at hand; names that no report gives are the roster's."""
    from dragoman.board.fold import board_of
    from dragoman.views.naming import named_board

    return named_board(board_of(mine.told, mine.conflict, view, settings), mine.conflict, settings)


def quote_of(told: Iterable[Told]) -> Quote:
    """Return what gives the sentence of a citation from these reports."""
    texts = {each.kept.report.id: each.kept.report.text for each in told}
    return lambda cited: texts[cited.report][cited.start : cited.end]


def width() -> int:
    """Return the columns to be used: 80, or those of a terminal within limits."""
    if not sys.stdout.isatty():
        return 80
    from rich.console import Console

    return max(40, min(Console().width, 100))


def show(lines: Iterable[Line]) -> None:
    """Print lines: in colour on a terminal, plain elsewhere; what is in them is never read as markup."""
    if not sys.stdout.isatty():
        write("".join(f"{line.text}\n" for line in lines).encode())
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines:
        console.print(Text(line.text, style=_STYLES.get(line.style, "")), soft_wrap=True)


def wrapped(text: str, indent: int = 0, style: str = "item", later: int = 2) -> list[Line]:
    """Return a text as lines of the page's width."""
    import textwrap

    from dragoman.export.brief import Line

    lines = textwrap.wrap(
        text, width(), initial_indent=" " * indent, subsequent_indent=" " * (indent + later), break_on_hyphens=False
    )
    return [Line(text=line, style=style) for line in lines]
